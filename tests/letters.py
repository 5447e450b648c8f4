"""Make letters in tests without files."""

from datetime import date
from pathlib import Path

from generator.assembly import Assembly, Order, assemble
from generator.case.load import case_of
from generator.case.model import Case
from generator.folders import Folders, bundled_folder
from generator.law.load import load_law
from generator.letters.catalogue import letter_names, load_kind
from generator.letters.language import load_language
from generator.sources import parse_source

ROOT = Path(__file__).resolve().parent.parent
LETTERS = ROOT / "templates" / "letters"
AS_OF = date(2026, 6, 1)
FOLDERS = Folders((bundled_folder(),))
LAW = load_law("tj", FOLDERS)
KINDS = {name: load_kind(name, FOLDERS) for name in letter_names(FOLDERS)}
KIND = KINDS["prosecutor-complaint"]
ALONE = tuple(name for name, entry in KINDS.items() if not entry.kind.bundle_only)
"""The kinds of letter that can be written one by one."""
LANGUAGES = {language: load_language(language, FOLDERS) for language in ("ru", "tg", "en")}


def case_from(text: str) -> Case:
    """Read a case written in a test."""
    return case_of(parse_source(text.encode(), "case.yaml"))


def letter_of(  # one argument for each thing a test may choose
    case: Case,
    language: str = "ru",
    kind: str = "prosecutor-complaint",
    *,
    draft: bool = False,
    client: int = 1,
    about: int = 1,
) -> Assembly:
    """Assemble a letter of a case."""
    return assemble(case, LAW, KINDS[kind], Order(LANGUAGES[language], AS_OF, draft, client, about), FOLDERS)


def example(name: str) -> str:
    """Return the text of an example case."""
    return (Path(bundled_folder()) / "examples" / name).read_text("utf-8")


def own_example(kind: str) -> Case:
    """Return the case that makes a kind of letter say as much as it can."""
    return case_from((LETTERS / kind / "example.yaml").read_text("utf-8"))


def abouts(kind: str, case: Case) -> range:
    """Return the numbers of the things in a case that a kind of letter can be about."""
    listed = KINDS[kind].kind.about
    return range(1, len(getattr(case.facts, listed)) + 1) if listed else range(1, 2)

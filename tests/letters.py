"""Make letters in tests without files."""

from datetime import date
from pathlib import Path

from generator.assembly import Assembly, Order, assemble
from generator.case.load import case_of
from generator.case.model import Case
from generator.folders import Folders, bundled_folder
from generator.law.load import load_law
from generator.letters.catalogue import load_kind
from generator.letters.language import load_language
from generator.sources import parse_source

ROOT = Path(__file__).resolve().parent.parent
AS_OF = date(2026, 6, 1)
FOLDERS = Folders((bundled_folder(),))
LAW = load_law("tj", FOLDERS)
KIND = load_kind("prosecutor-complaint", FOLDERS)
LANGUAGES = {language: load_language(language, FOLDERS) for language in ("ru", "tg", "en")}


def case_from(text: str) -> Case:
    """Read a case written in a test."""
    return case_of(parse_source(text.encode(), "case.yaml"))


def letter_of(case: Case, language: str = "ru", *, draft: bool = False, client: int = 1) -> Assembly:
    """Assemble the complaint of a case."""
    return assemble(case, LAW, KIND, Order(LANGUAGES[language], AS_OF, draft, client), FOLDERS)


def example(name: str) -> str:
    """Return the text of an example case."""
    return (Path(bundled_folder()) / "examples" / name).read_text("utf-8")

"""The kinds of letter: what each needs, pleads and asks, as data beside its text."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from generator.document import Form
from generator.errors import CaseError, DataError
from generator.folders import Folders
from generator.sources import read_source
from generator.validation import YesNo, validate


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]


class Addressee(BaseModel):
    """Whom a letter goes to, in one of four ways.

    A role and level, which the pack of the country turns into an office; an official of the case, or where he is not
    known the first of some bodies; a body at a path; the office above the body at a path.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: str = ""
    level: str = ""
    official: Literal["investigator", "prosecutor", "caller", ""] = ""
    bodies: Texts = ()
    body: str = ""
    above: str = ""


class Refusal(BaseModel):
    """What may not be written into some facts of a letter: beginnings of words, by language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    facts: Texts
    words: dict[str, Texts]


class LetterKind(BaseModel):
    """A kind of letter, as its `letter.yaml` describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    form: Form = "letter"
    titles: dict[str, str]
    purposes: dict[str, str]
    signers: Annotated[tuple[Literal["client", "representative"], ...], BeforeValidator(_as_tuple)] = ()
    representatives: Texts = ("advocate", "legal_representative")
    addressee: Addressee | None = None
    copies: tuple[Addressee, ...] = ()
    about: Literal["", "submissions", "inquiries"] = ""
    stages: Texts = ()
    requires: Texts = ()
    requires_one: Texts = ()
    requires_with: dict[str, Texts] = Field(default_factory=dict)
    excludes: dict[str, Texts] = Field(default_factory=dict)
    ahead: Texts = ()
    past: Texts = ()
    asks: Texts = ()
    pleads: Texts = ()
    refuses: Refusal | None = None
    plea_needed: YesNo = True
    requests: Texts = ()
    annexes: Texts = ()
    reply: str = ""
    next: Texts = ()
    together: Texts = ()
    bundle_only: YesNo = False
    consent_as: str = ""
    leading: str = "ru"
    reviewed: Texts = ()
    name: Annotated[str, Field(exclude=True)] = ""


@dataclass(frozen=True, slots=True, eq=False)
class CatalogueEntry:
    """A kind of letter and the folder its texts lie in; an entry is equal to none but itself."""

    kind: LetterKind
    folder: Path

    def text(self, language: str, country: str) -> Path:
        """Return the text for a language, the one written for the country if there is one."""
        for name in (f"{language}-{country}.md", f"{language}.md"):
            if (self.folder / name).is_file():
                return self.folder / name
        raise CaseError.one("no-text", None, self.kind.name, language=language, known=", ".join(self.languages()))

    def languages(self) -> tuple[str, ...]:
        """Return the languages the letter is written in."""
        return tuple(sorted({path.stem.split("-")[0] for path in self.folder.glob("*.md")}))


def load_kind(name: str, folders: Folders) -> CatalogueEntry:
    """Load one kind of letter by name; raise `CaseError` if there is none, `DataError` if it is defective."""
    folder = folders.find("templates", "letters", name, "letter.yaml")
    if folder is None:
        raise CaseError.one("unknown-letter", None, name, known=", ".join(letter_names(folders)))
    return kind_in(folder.parent)


def kind_in(folder: Path) -> CatalogueEntry:
    """Load the kind of letter a folder holds; raise `DataError` if it is defective."""
    kind: LetterKind = validate(LetterKind, read_source(folder / "letter.yaml", DataError), DataError)
    return CatalogueEntry(kind.model_copy(update={"name": folder.name}), folder)


@lru_cache(maxsize=128)
def cached_kind(name: str, folders: Folders) -> CatalogueEntry:
    """Load a kind of letter once in a process, which does not see later changes of its file; see `load_kind`."""
    return load_kind(name, folders)


def letter_names(folders: Folders) -> tuple[str, ...]:
    """Return the names of all letters."""
    return folders.names("templates", "letters", holding="letter.yaml")

"""The kinds of letter: what each needs, pleads and asks, as data beside its text."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from generator.errors import CaseError, DataError
from generator.folders import Folders
from generator.sources import read_source
from generator.validation import validate

Texts = Annotated[tuple[str, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)]


class Addressee(BaseModel):
    """Whom a letter goes to: a role and level, which the pack of the country turns into an office."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: str
    level: str = ""


class LetterKind(BaseModel):
    """A kind of letter, as its `letter.yaml` describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    titles: dict[str, str]
    purposes: dict[str, str]
    signers: Texts
    addressee: Addressee
    copies: tuple[Addressee, ...] = ()
    stages: Texts = ()
    requires: Texts = ()
    asks: Texts = ()
    pleads: Texts = ()
    reply: str = ""
    next: Texts = ()
    reviewed: Texts = ()
    name: Annotated[str, Field(exclude=True)] = ""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A kind of letter and the folder its texts lie in."""

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
    kind: LetterKind = validate(LetterKind, read_source(folder, DataError), DataError)
    return CatalogueEntry(kind.model_copy(update={"name": name}), folder.parent)


def letter_names(folders: Folders) -> tuple[str, ...]:
    """Return the names of all letters."""
    return folders.names("templates", "letters", holding="letter.yaml")

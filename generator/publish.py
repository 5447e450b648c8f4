"""Render a letter in the formats asked for, read every file back, and describe the set in a manifest."""

import functools
import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from generator import __version__
from generator.assembly import Assembly, Order
from generator.case.model import Case
from generator.case.texts import texts
from generator.document import Form, Letter
from generator.errors import CaseError, Problem, RenderError
from generator.findings.model import Finding
from generator.law.model import LawPack
from generator.law.provisions import ProvisionVersion
from generator.law.versions import Version
from generator.render import readback
from generator.render.docx import render_docx
from generator.render.engine import PRINTERS, Engine, engine_fault
from generator.render.glyphs import missing_glyphs
from generator.render.house_style import HouseStyle, dressed
from generator.render.html import render_html
from generator.render.txt import render_txt

RENDERERS: Mapping[str, Callable[[Letter, HouseStyle], bytes]] = {
    "docx": render_docx,
    "html": render_html,
    "txt": lambda letter, _style: render_txt(letter),
}
"""What makes each format but the paged ones."""
FORMATS = ("docx", "pdf", "phone", "html", "txt")
ENDINGS: Mapping[str, str] = {
    "docx": ".docx",
    "pdf": ".pdf",
    "phone": "_phone.pdf",
    "html": ".html",
    "txt": ".txt",
}
"""What follows the stem in the name of a file."""
USUAL: Mapping[Form, tuple[str, ...]] = {
    "letter": ("docx", "pdf"),
    "card": ("docx", "pdf", "phone"),
    "message": ("txt",),
}
"""The formats of a form when none is asked for."""
POSSIBLE: Mapping[Form, tuple[str, ...]] = {
    "letter": ("docx", "pdf", "html", "txt"),
    "card": FORMATS,
    "message": ("txt",),
}
PAGED = frozenset({"pdf", "phone"})
"""The formats made by the PDF engine."""
TEXT_LIBRARIES = ("jinja2", "markdown-it-py")
"""The libraries whose version can change the words of a letter; those that make its files come on top."""


def file_stem(case: Case, letter: Letter, client: int, about: str = "") -> str:
    """Return the name of a letter's files without ending: codes only, never a name of a person."""
    number = f"-{client}" if len(case.facts.clients) > 1 else ""
    draft = "_draft" if letter.draft_mark else ""
    subject = f"-{about}" if about else ""
    return f"{case.facts.case.id}{number}_{letter.kind}{subject}_{letter.language}{draft}"


def publish(  # noqa: PLR0913  # what is made, of what, and how it looks
    case: Case, letter: Letter, style: HouseStyle, formats: Sequence[str], stem: str, *, engine: Engine = "weasyprint"
) -> dict[str, bytes]:
    """Return the files of a letter by name, each read back and found to hold the same words.

    Raises `CaseError` for a character no font has or a protected word that would be told, `RenderError` for a
    document that differs from its model.
    """
    letter = dressed(letter, style)
    if codes := missing_glyphs(letter, style):
        raise CaseError(_no_glyph(case, code) for code in codes)
    renderers = {**RENDERERS, **PRINTERS[engine]}
    outputs = {name: renderers[name](letter, style) for name in formats}
    checked = {**outputs, **_measured(letter, style, formats, engine)}
    names = [stem + ENDINGS[name] for name in formats]
    try:
        readback.check(letter, checked, case.facts.protected_words, names, style.card_margin)
    except RenderError as fault:
        if all(problem.id == "protected-word" for problem in fault.problems):
            raise CaseError(fault.problems) from None  # the case can be mended, the document is sound
        raise
    return {stem + ENDINGS[name]: content for name, content in outputs.items()}


def _measured(letter: Letter, style: HouseStyle, formats: Sequence[str], engine: Engine) -> dict[str, bytes]:
    """Return the PDF of a card that is made for Word alone: only there is seen whether its panels hold the text."""
    wanted = letter.form == "card" and "docx" in formats and "pdf" not in formats
    printer = PRINTERS[engine]["pdf"]
    return {"pdf": printer(letter, style)} if wanted and engine_fault(engine, style) is None else {}


def _no_glyph(case: Case, code: str) -> Problem:
    """Point at the fact that holds a character no font has."""
    char = chr(int(code.removeprefix("U+"), 16))
    path = next((path for path, text in texts(case) if char in text), "")
    return Problem("no-glyph", case.place(path), path, {"code": code, "name": unicodedata.name(char, "")})


def manifest_entry(  # noqa: PLR0913  # one argument for each thing that is told
    assembly: Assembly,
    order: Order,
    law: LawPack,
    inputs: Mapping[str, Any],
    files: Mapping[str, bytes],
    *,
    engine: Engine,
) -> dict[str, Any]:
    """Return what the manifest says of one letter: what it was made from, what it rests on, its files and digests.

    `inputs` are the digests of what the letter was made from. No file of the user is named.
    """
    return {
        "kind": assembly.letter.kind,
        "language": assembly.letter.language,
        "client": order.client,
        **({"about": assembly.about} if assembly.about else {}),
        "draft": order.draft,
        "as_of": order.as_of.isoformat(),
        "versions": {"arznoma": __version__, **{name: _version(name) for name in _libraries(files, engine)}},
        "inputs": {**inputs, "law": {"name": law.head.id, "sha256": law.digest}},
        "files": [{"name": name, "bytes": len(content), "sha256": sha256(content)} for name, content in files.items()],
        "findings": [_finding(finding) for finding in assembly.findings.values()],
        "cited": [{**_provision(name, text), "printed": text.citable} for name, text in sorted(assembly.cited.items())],
        "gaps": list(assembly.gaps),
    }


def _libraries(files: Mapping[str, bytes], engine: Engine) -> Iterator[str]:
    """Yield the libraries whose version can change the bytes of these files."""
    yield from TEXT_LIBRARIES
    for ending, library in ((".docx", "docxtpl"), (".pdf", engine)):
        if any(name.endswith(ending) for name in files):
            yield library


@functools.cache
def _version(library: str) -> str:
    """Return the version of a library; it does not change while we run."""
    return version(library)


def manifest(case_id: str, entries: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the manifest of a folder, one thing on a line; equal input gives equal bytes."""
    letters = ",\n".join(map(_listed, entries))
    return f'{{"case": {_json(case_id)}, "letters": [\n{letters}\n]}}\n'.encode()


def _listed(entry: Mapping[str, Any]) -> str:
    told = ",\n".join(f"  {_json(key)}: {_told(value)}" for key, value in entry.items())
    return f"{{\n{told}\n}}"


def _json(value: object) -> str:
    return to_json(value).decode()  # ten times as fast as `json`


def _told(value: object) -> str:
    """Return a value as JSON, the things of a list below each other."""
    if not isinstance(value, list) or not value:
        return _json(value)
    return "[\n    " + ",\n    ".join(map(_json, value)) + "\n  ]"


def merged_entries(old: bytes | None, case_id: str, new: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the entries of a folder's manifest with the new letters in it, the old ones of the same case kept.

    An old manifest that cannot be read, or is of another case, is not merged.
    """
    try:
        before = json.loads(old) if old else {}
        kept = before["letters"] if before.get("case") == case_id else []
        names = {file["name"] for entry in new for file in entry["files"]}
        others = [entry for entry in kept if not names & {file["name"] for file in entry["files"]}]
    except (ValueError, KeyError, TypeError, AttributeError):
        others = []
    return sorted(
        [*others, *new], key=lambda entry: (entry["kind"], entry["language"], entry["client"], entry["draft"])
    )


def digests_in(old: bytes | None) -> frozenset[str]:
    """Return the digests of the files that a manifest vouches for; none if it cannot be read."""
    try:
        letters = json.loads(old)["letters"] if old else ()
        return frozenset(file["sha256"] for letter in letters for file in letter["files"])
    except (ValueError, KeyError, TypeError):
        return frozenset()


def digest_of(*places: Path) -> str:
    """Return one digest for files and folders: their names and bytes, in order."""
    files = [path for place in places for path in (sorted(place.rglob("*")) if place.is_dir() else [place])]
    digest = hashlib.sha256()
    for path in files:
        if path.is_file():
            digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def sha256(content: bytes) -> str:
    """Return the digest of a file in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _finding(finding: Finding) -> dict[str, Any]:
    measured = finding.measured
    return {
        "ground": finding.ground,
        "outcome": finding.outcome.value,
        "facts": [{"path": f.path, "line": f.place.line, "column": f.place.column} for f in finding.facts],
        "missing": list(finding.missing),
        "measured_minutes": None if measured is None else int(measured.total_seconds() // 60),
        "limit_hours": finding.limit_hours,
        **_on_whose_word("limit_confirmed", finding.limit),
        "law_of": str(finding.day or ""),
        "provisions": [_provision(name, text) for name, text in (finding.provisions or {}).items()],
    }


def _provision(name: str, text: ProvisionVersion) -> dict[str, Any]:
    """Say which text of a provision was used, how well it is known, and on whose word where a lawyer confirmed it."""
    told = {"provision": name, "from": str(text.from_ or ""), "grade": text.grade}
    return {**told, **_on_whose_word("confirmed", text)}


def _on_whose_word(key: str, text: Version | None) -> dict[str, Any]:
    """Name the lawyer who confirmed a text, the day and the source; say nothing where nobody did."""
    word = text.confirmed if text else None
    return {key: word.told()} if word else {}


__all__ = [
    "ENDINGS",
    "FORMATS",
    "PAGED",
    "POSSIBLE",
    "USUAL",
    "file_stem",
    "manifest",
    "manifest_entry",
    "merged_entries",
    "publish",
    "sha256",
]

"""Render a letter in the formats asked for, and read every file back."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.case.disclosure import disclose
from generator.case.model import Case
from generator.case.texts import NOT_PRINTED, texts
from generator.document import Form, Letter, Paragraph, Run, Signature
from generator.errors import CaseError, Problem, RenderError
from generator.render import readback
from generator.render.docx import render_docx
from generator.render.engine import PRINTERS, Engine, engine_fault
from generator.render.glyphs import missing_glyphs
from generator.render.house_style import HouseStyle, dressed
from generator.render.html import render_html
from generator.render.protection import folded, tells
from generator.render.said import said_by
from generator.render.txt import render_txt
from generator.tree import is_plain

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
_MOST_ODD, _LONG_WORD, _LONG_FACT = 40, 60, 60
PAGED = frozenset({"pdf", "phone"})
"""The formats made by the PDF engine."""


def file_stem(case: Case, letter: Letter, client: int, about: str = "", *, draft: bool = False) -> str:
    """Return the name of a letter's files without ending: codes only, never a name of a person."""
    number = f"-{client}" if len(case.facts.clients) > 1 else ""
    subject = f"-{about}" if about else ""
    return f"{case.facts.case.id}{number}_{letter.kind}{subject}_{letter.language}{'_draft' if draft else ''}"


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
        readback.check(letter, checked, style, case.facts.protected_words, names)
    except RenderError as fault:
        if all(problem.id == "protected-word" for problem in fault.problems):
            raise CaseError(_telling(case, letter, names)) from None  # the case can be mended, the document is sound
        if long := list(_too_long(case, letter, fault.problems)):
            raise CaseError(long) from None
        if named := list(_misprinted(case, letter, style, {name: renderers[name] for name in formats})):
            raise CaseError(named) from None
        raise
    return {stem + ENDINGS[name]: content for name, content in outputs.items()}


def _telling(case: Case, letter: Letter, names: Sequence[str]) -> Iterator[Problem]:
    """Name the facts that bring a protected word into a letter or its names; where none does, its own text says it."""
    protected = case.facts.protected_words
    printed = folded(" ".join([*(each.text for part in said_by(letter) for each in part), letter.running, *names]))
    there = [(path, text) for path, text in texts(disclose(case)) if not path.startswith(NOT_PRINTED)]
    told = [path for path, text in there if folded(text) in printed and tells(text, protected)]
    yield from (Problem("protected-word-told", case.place(path), path) for path in told)
    if not told:
        yield Problem("protected-word-own", case.place("protected_words"), "protected_words", {"letter": letter.kind})


def _too_long(case: Case, letter: Letter, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Name the longest fact on each panel of a card that is too full; nothing where its own text is to blame."""
    panels = said_by(letter)
    for problem in problems:
        if problem.id != "panel-too-full":
            continue
        said = " ".join(" ".join(each.text for each in panels[int(problem.values["panel"]) - 1]).split())
        there = [(path, text) for path, text in texts(case) if " ".join(text.split()) in said]
        path, text = max(there, key=lambda each: len(each[1]), default=("", ""))
        if len(text) > _LONG_FACT:
            yield Problem("panel-too-full-by", case.place(path), path, problem.values)


def _misprinted(
    case: Case, letter: Letter, style: HouseStyle, renderers: Mapping[str, Callable[[Letter, HouseStyle], bytes]]
) -> Iterator[Problem]:
    """Name the characters of the facts that are not printed as they are written, found by printing each by itself."""
    words = {
        char: (path, word) for path, text in texts(case) for word in text.split() for char in word if not is_plain(char)
    }
    for char, (path, word) in list(words.items())[:_MOST_ODD]:
        bare = replace(
            letter,
            form="letter",
            letterhead=(),
            reference=(),
            corner=(),
            title=(Run("1"),),
            subject=(),
            basis=(),
            body=(Paragraph((Run(f"1 {word[:_LONG_WORD]} 1"),)),),
            annexes_heading=(),
            annexes=(),
            signature=Signature((), (Run("1"),)),
            running="",
            draft_mark="",
        )
        try:
            readback.check(bare, {name: render(bare, style) for name, render in renderers.items()}, style)
        except RenderError:
            values = {"code": f"U+{ord(char):04X}", "name": unicodedata.name(char, "")}
            yield Problem("not-printed-truly", case.place(path), path, values)


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

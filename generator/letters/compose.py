"""Compose a letter: fill its text, parse it, number it, settle its citations, and tie its words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.document import Block as DocumentBlock
from generator.document import Break, Form, Heading, Item, Letter, Line, Paragraph, Run, Signature, Table, plain
from generator.errors import DataError, Place, Problem
from generator.letters.fill import fill
from generator.letters.filters import callables
from generator.letters.lines import Frame, Look, Tie, frame_of
from generator.letters.outline import TITLE, Entry, outline_of
from generator.letters.pieces import Pieces
from generator.letters.settle import Said, Settler
from generator.letters.typography import tie_end, tying
from generator.letters.view import Told
from generator.letters.wording import Wording

Regions = Mapping[str, tuple[Entry, ...]]
_NEEDED: dict[Form, tuple[str, ...]] = {"letter": ("title", "signature"), "card": ("title",), "message": ()}


@dataclass(frozen=True, slots=True)
class Text:
    """A letter text to fill, the folder of the passages it may include, and the form it is written for."""

    path: Path
    clauses: Path | None
    form: Form = "letter"


def compose(kind: str, text: Text, facts: dict[str, object], wording: Wording, settler: Settler) -> Letter:
    """Return the letter that a text makes of the facts.

    `facts` are the names the text may use; gaps are noted in `settler`.
    """
    filled = fill(text.path, text.clauses, {**facts, **callables(wording.words()), "ref": settler.reference})
    outline = outline_of(filled)
    settler.numbers = outline.labels
    letter = _letter(kind, text.form, outline.regions, _Liner(wording, settler, filled.slots))
    has = {"title": letter.title, "signature": letter.signature.name}
    if lacking := [part for part in _NEEDED[text.form] if not has[part]]:
        raise DataError(Problem("letter-incomplete", Place(text.path.as_posix()), "", {"part": p}) for p in lacking)
    return letter


class _Liner:
    """Turn pieces with slots into finished lines."""

    def __init__(self, wording: Wording, settler: Settler, slots: Sequence[Any]) -> None:
        self.settler, self.language, self.slots = settler, wording.language, slots
        self.tie = tying(wording.language.typography)

    def line(self, pieces: Pieces, entry: Entry) -> Line:
        """Return one line, its slots filled."""
        if not pieces.slots:
            return _line(pieces, (), self.tie)
        settle, slots, first, place = self.settler.settle, self.slots, entry.first, entry.raw.place
        said = [settle(slots[first + slot], place) for slot in pieces.slots]
        told = [words for words in said if type(words) is Told]
        if not told:
            return _line(pieces, tuple(said), self.tie)
        return _frame(pieces, tuple([None if type(words) is Told else words for words in said]), self.tie).line(told)

    def lines(self, entry: Entry) -> list[Line]:
        """Return the lines of a corner paragraph, one for each line of the text."""
        return [self.line(pieces, entry) for pieces in entry.raw.lines]


@lru_cache(maxsize=4096)
def _line(pieces: Pieces, said: tuple[Said, ...], tie: Tie) -> Line:
    """Return a line in which a case tells nothing: other letters have it too."""
    return _frame(pieces, said, tie).line(())


@lru_cache(maxsize=4096)
def _frame(pieces: Pieces, said: tuple[Said | None, ...], tie: Tie) -> Frame:
    """Return the frame of a line from what its slots say, with `None` for what the case tells."""
    return frame_of(_parts(pieces, said), tie)


def _parts(pieces: Pieces, said: Sequence[Said | None]) -> Iterator[tuple[str | None, Look]]:
    words = iter(said)
    for piece in pieces.all:
        if piece.slot < 0:
            yield piece.text, piece.look
            continue
        strong, emphasis, *_ = piece.look
        match next(words):
            case None:
                yield None, Look(strong, emphasis, "filled")
            case "":
                continue
            case str(text):
                yield text, piece.look
            case parts:
                yield from ((part.text, Look(strong, emphasis, part.origin, part.target)) for part in parts)


def _letter(kind: str, form: Form, regions: Regions, liner: _Liner) -> Letter:
    def one(region: str) -> Line:
        first = next(iter(regions.get(region, ())), None)
        return liner.line(first.raw.pieces, first) if first else ()

    def lines(region: str) -> tuple[Line, ...]:
        found = [line for entry in regions.get(region, ()) for line in liner.lines(entry)]
        return tuple(line for line in found if plain(line))

    letterhead, reference = lines("letterhead"), one("reference")
    corner = tuple(tuple(map(tie_end, group)) for name in ("addressee", "copies", "sender") if (group := lines(name)))
    title, subject, basis = one(TITLE), one("subject"), one("basis")
    body = tuple([_block(entry, liner) for entry in regions.get("", ())])
    annexes = [_block(entry, liner) for entry in regions.get("annexes", ())]
    date, name, post = _signature(regions.get("signature", ()), liner)
    return Letter(
        kind=kind,
        language=liner.language.language,
        corner=corner,
        title=title,
        subject=subject,
        basis=basis,
        body=body,
        annexes_heading=next((block.text for block in annexes if isinstance(block, Paragraph | Heading)), ()),
        annexes=tuple(block for block in annexes if isinstance(block, Item)),
        signature=Signature(*((post, name, ()) if reference else (date, name, post)), lines("received")),
        running=plain(one("running")),
        draft_mark=liner.language.draft if liner.settler.draft else "",
        form=form,
        letterhead=letterhead,
        reference=reference,
    )


def _signature(entries: Sequence[Entry], liner: _Liner) -> tuple[Line, Line, Line]:
    """Return the lines of the region: the date, the name, and the post if the signer has one."""
    lines = [line for entry in entries for line in liner.lines(entry)]
    date, name, post, *_ = (*lines, (), (), ())
    return date, name, post


def _block(entry: Entry, liner: _Liner) -> DocumentBlock:
    raw = entry.raw
    if raw.kind == "break":
        return Break()
    if raw.kind == "table":
        head, *rows = (tuple(liner.line(cell, entry) for cell in row) for row in raw.cells)
        return Table(head, tuple(rows), raw.id)
    text = liner.line(raw.pieces, entry)
    match raw.kind:
        case "item":
            text = _ended(text, entry.end) if entry.end else text
            return Item(text, entry.series, entry.label, entry.number, raw.level, raw.id)
        case "heading":
            return Heading(text, raw.level, raw.id)
        case _:
            return Paragraph(text, raw.id)


def _ended(line: Line, end: str) -> Line:
    """Return a line with a sign at its end, in the look of the text."""
    *before, last = line or (Run(""),)
    return (*before, Run(last.text + end)) if last == Run(last.text) else (*line, Run(end))

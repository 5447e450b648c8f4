"""Compose a letter: fill its text, parse it, number it, settle its citations, and tie its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

from generator.document import Block as DocumentBlock
from generator.document import Break, Form, Heading, Item, Letter, Line, Paragraph, Run, Signature, Table, plain
from generator.errors import DataError, Place, Problem
from generator.letters.fill import fill
from generator.letters.filters import FUNCTIONS
from generator.letters.lines import Frame, Look, Tie, frame_of
from generator.letters.markup import DASH, Pieces
from generator.letters.settle import Said, Settler
from generator.letters.stretches import Block, read
from generator.letters.typography import tie_end, tying
from generator.letters.view import Told
from generator.letters.wording import Wording

Numbered = tuple[Block, str, int]
"""A block with its label and number; both are empty but for items."""
_NEEDED: dict[Form, tuple[str, ...]] = {"letter": ("title", "signature"), "card": ("title",), "message": ()}


@dataclass(frozen=True, slots=True)
class Text:
    """A letter text to fill, the folder of the passages it may include, and the form it is written for."""

    path: Path
    clauses: Path | None
    form: Form = "letter"


def compose(kind: str, text: Text, facts: dict[str, object], wording: Wording, settler: Settler) -> Letter:
    """Return the letter that a text makes of the facts.

    `facts` are the names the text may use; gaps are noted in `settler`. Blocks whose text is empty vanish, and so do
    headings that nothing follows; numbers are given after that, so a dropped item leaves no hole.
    """
    words = wording.words()
    functions = {name: words[name] for name in FUNCTIONS}
    filled = fill(text.path, text.clauses, {**facts, **functions, "ref": settler.reference, "_words": words})
    blocks = list(_numbered(_without_empty(read(filled))))
    settler.numbers = {block.raw.id: label for block, label, _ in blocks if block.raw.id}
    letter = _letter(kind, text.form, blocks, _Liner(wording, settler))
    has = {"title": letter.title, "signature": letter.signature.name}
    if lacking := [part for part in _NEEDED[text.form] if not has[part]]:
        raise DataError(Problem("letter-incomplete", Place(text.path.as_posix()), "", {"part": p}) for p in lacking)
    return letter


class _Liner:
    """Turn pieces with slots into finished lines."""

    def __init__(self, wording: Wording, settler: Settler) -> None:
        self.settler, self.language = settler, wording.language
        self.tie = tying(wording.language.typography)

    def line(self, pieces: Pieces, block: Block) -> Line:
        """Return one line, its slots filled."""
        if not pieces.slots:
            return _line(pieces, (), self.tie)
        settle, place = self.settler.settle, block.raw.place
        said = [settle(block.slots[slot], place) for slot in pieces.slots]
        told = [words for words in said if type(words) is Told]
        if not told:
            return _line(pieces, tuple(said), self.tie)
        return _frame(pieces, tuple([None if type(words) is Told else words for words in said]), self.tie).line(told)

    def lines(self, block: Block) -> Iterator[Line]:
        """Return the lines of a corner paragraph, one for each line of the text."""
        for pieces in block.raw.lines:
            yield self.line(pieces, block)


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
            case str(text) if text:
                yield text, piece.look
            case parts:
                yield from ((part.text, Look(strong, emphasis, part.origin, part.target)) for part in parts)


def _letter(kind: str, form: Form, blocks: list[Numbered], liner: _Liner) -> Letter:
    regions: dict[str, list[Numbered]] = {}
    for numbered in blocks:
        raw = numbered[0].raw
        regions.setdefault("title" if raw.kind == "title" else raw.region, []).append(numbered)

    def one(region: str) -> Line:
        found = regions.get(region, [])
        return liner.line(found[0][0].raw.pieces, found[0][0]) if found else ()

    def lines(region: str) -> tuple[Line, ...]:
        found = (line for block, _, _ in regions.get(region, []) for line in liner.lines(block))
        return tuple(line for line in found if plain(line))

    letterhead, reference = lines("letterhead"), one("reference")
    corner = tuple(tuple(map(tie_end, group)) for name in ("addressee", "copies", "sender") if (group := lines(name)))
    title, subject, basis = one("title"), one("subject"), one("basis")
    body = tuple(_blocks(regions.get("", []), liner))
    annexes = [_block(*numbered, liner) for numbered in regions.get("annexes", [])]
    date, name, post = _signature(regions.get("signature", []), liner)
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


def _signature(blocks: list[Numbered], liner: _Liner) -> tuple[Line, Line, Line]:
    """Return the lines of the region: the date, the name, and the post if the signer has one."""
    lines = [line for block, _, _ in blocks for line in liner.lines(block)]
    date, name, post, *_ = (*lines, (), (), ())
    return date, name, post


def _blocks(blocks: list[Numbered], liner: _Liner) -> Iterator[DocumentBlock]:
    """Make the blocks; the items of a list of requests end with a semicolon, the last of them with a full stop."""
    for (block, label, number), following in zip_longest(blocks, blocks[1:]):
        made = _block(block, label, number, liner)
        if isinstance(made, Item) and block.series.startswith("request"):
            last = following is None or following[0].series != block.series
            made = Item(_ended(made.text, "." if last else ";"), made.series, label, number, made.level, made.id)
        yield made


def _block(block: Block, label: str, number: int, liner: _Liner) -> DocumentBlock:
    raw = block.raw
    if raw.kind == "break":
        return Break()
    if raw.kind == "table":
        head, *rows = (tuple(liner.line(cell, block) for cell in row) for row in raw.cells)
        return Table(head, tuple(rows), raw.id)
    text = liner.line(raw.pieces, block)
    match raw.kind:
        case "item":
            return Item(text, block.series, label, number, raw.level, raw.id)
        case "heading":
            return Heading(text, raw.level, raw.id)
        case _:
            return Paragraph(text, raw.id)


def _without_empty(blocks: Sequence[Block]) -> list[Block]:
    """Drop blocks that say nothing, and headings that nothing follows."""
    kept: list[Block] = []
    for block in reversed(blocks):
        raw = block.raw
        if raw.kind != "break" and not raw.cells and not _says_anything(block):
            continue
        follows = kept[-1].raw if kept else None
        alone = follows is None or follows.kind in ("heading", "break") or follows.region != raw.region
        if raw.kind == "heading" and alone:
            continue
        kept.append(block)
    return kept[::-1]


def _says_anything(block: Block) -> bool:
    pieces = block.raw.pieces
    return pieces.worded or any(block.slots[slot] != "" for slot in pieces.slots)


def _numbered(blocks: Sequence[Block]) -> Iterator[Numbered]:
    """Give each item its label and number within its series; other blocks get none."""
    counts: dict[str, list[int]] = {}
    for block in blocks:
        level = block.raw.level
        if block.raw.kind != "item":
            yield block, "", 0
            continue
        count = counts.setdefault(block.series, [0, 0])
        count[level] += 1
        if level == 0:
            count[1] = 0
        if block.series.startswith("point"):
            yield block, DASH, count[level]
            continue
        end = ")" if block.series.startswith("request") else "."
        label = f"{count[0]}{end}" if level == 0 else f"{count[0]}.{count[1]}{end}"
        yield block, label, count[level]


def _ended(line: Line, end: str) -> Line:
    """Return a line with a sign at its end, in the look of the text."""
    *before, last = line or (Run(""),)
    return (*before, Run(last.text + end)) if last == Run(last.text) else (*line, Run(end))

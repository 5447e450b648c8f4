"""Compose a letter: fill its text, parse it, number it, settle its citations, and tie its words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from generator.document import Block, Break, Form, Heading, Item, Letter, Line, Paragraph, Run, Signature, Table, plain
from generator.errors import DataError, Place, Problem
from generator.letters.fill import FIRST_SLOT, Filled, fill
from generator.letters.filters import FUNCTIONS
from generator.letters.markup import DASH, Piece, Raw, parse
from generator.letters.settle import Settler
from generator.letters.typography import tie, tie_end
from generator.letters.wording import Wording

_SLOT = re.compile(f"([{chr(FIRST_SLOT)}-{chr(0xFFFFD)}])")
_NEEDED: dict[Form, tuple[str, ...]] = {"letter": ("title", "signature"), "card": ("title",), "message": ()}
_SPACES = re.compile(r"[ \n]+")


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
    raws = _without_empty(parse(filled), filled.slots)
    numbers = list(_numbers(raws))
    settler.numbers = {raw.id: label for raw, (label, _) in zip(raws, numbers, strict=True) if raw.id}
    letter = _letter(kind, list(zip(raws, numbers, strict=True)), _Liner(filled, wording, settler), wording)
    has = {"title": letter.title, "signature": letter.signature.name}
    if lacking := [part for part in _NEEDED[text.form] if not has[part]]:
        raise DataError(Problem("letter-incomplete", Place(text.path.as_posix()), "", {"part": p}) for p in lacking)
    return replace(letter, form=text.form)


class _Liner:
    """Turn pieces with slots into finished lines."""

    def __init__(self, filled: Filled, wording: Wording, settler: Settler) -> None:
        self.filled, self.wording, self.settler = filled, wording, settler

    def line(self, pieces: Sequence[Piece], place: Place) -> Line:
        """Return one line: slots filled, runs of white space of the text folded into one space, words tied."""
        runs: list[Run] = []
        for piece in pieces:
            for part in _SLOT.split(piece.text):
                if _SLOT.fullmatch(part):
                    value = self.filled.slots[ord(part) - FIRST_SLOT]
                    runs += [
                        Run(settled.text, piece.strong, piece.emphasis, settled.origin, settled.target)
                        for settled in self.settler.settle(value, place)
                        if settled.text
                    ]
                elif part:
                    runs.append(Run(_SPACES.sub(" ", part), piece.strong, piece.emphasis))
        return tie(_merged(_trimmed(runs)), self.wording.language.typography)

    def lines(self, pieces: Sequence[Piece], place: Place) -> Iterator[Line]:
        """Return the lines of a corner paragraph, one for each line of the text."""
        current: list[Piece] = []
        for piece in pieces:
            if piece.text == "\n":
                yield self.line(current, place)
                current = []
            else:
                current.append(piece)
        yield self.line(current, place)


def _letter(kind: str, raws: list[tuple[Raw, tuple[str, int]]], liner: _Liner, wording: Wording) -> Letter:
    regions: dict[str, list[tuple[Raw, tuple[str, int]]]] = {}
    for raw in raws:
        regions.setdefault("title" if raw[0].kind == "title" else raw[0].region, []).append(raw)

    def one(region: str) -> Line:
        found = regions.get(region, [])
        return liner.line(found[0][0].pieces, found[0][0].place) if found else ()

    def lines(region: str) -> tuple[Line, ...]:
        found = (line for raw, _ in regions.get(region, []) for line in liner.lines(raw.pieces, raw.place))
        return tuple(line for line in found if plain(line))

    letterhead, reference = lines("letterhead"), one("reference")
    corner = tuple(tuple(map(tie_end, group)) for name in ("addressee", "copies", "sender") if (group := lines(name)))
    title, subject, basis = one("title"), one("subject"), one("basis")
    body = tuple(_finished_lists([_block(raw, number, liner) for raw, number in regions.get("", [])]))
    annexes = [_block(raw, number, liner) for raw, number in regions.get("annexes", [])]
    date, name, post = _signature(regions.get("signature", []), liner)
    return Letter(
        kind=kind,
        language=wording.language.language,
        corner=corner,
        title=title,
        subject=subject,
        basis=basis,
        body=body,
        annexes_heading=next((block.text for block in annexes if isinstance(block, Paragraph | Heading)), ()),
        annexes=tuple(block for block in annexes if isinstance(block, Item)),
        signature=Signature(*((post, name, ()) if reference else (date, name, post)), lines("received")),
        running=plain(one("running")),
        draft_mark=wording.language.draft if liner.settler.draft else "",
        letterhead=letterhead,
        reference=reference,
    )


def _signature(raws: list[tuple[Raw, tuple[str, int]]], liner: _Liner) -> tuple[Line, Line, Line]:
    """Return the lines of the region: the date, the name, and the post if the signer has one."""
    lines = [line for raw, _ in raws for line in liner.lines(raw.pieces, raw.place)]
    date, name, post, *_ = (*lines, (), (), ())
    return date, name, post


def _block(raw: Raw, number: tuple[str, int], liner: _Liner) -> Block:
    match raw.kind:
        case "item":
            label, value = number
            return Item(liner.line(raw.pieces, raw.place), raw.series, label, value, raw.level, raw.id)
        case "heading":
            return Heading(liner.line(raw.pieces, raw.place), raw.level, raw.id)
        case "table":
            head, *rows = (tuple(liner.line(cell, raw.place) for cell in row) for row in raw.cells)
            return Table(head, tuple(rows), raw.id)
        case "break":
            return Break()
        case _:
            return Paragraph(liner.line(raw.pieces, raw.place), raw.id)


def _without_empty(raws: Sequence[Raw], slots: Sequence[object]) -> list[Raw]:
    """Drop blocks that say nothing, and headings that nothing follows."""

    def says(part: str) -> bool:
        return slots[ord(part) - FIRST_SLOT] != "" if _SLOT.fullmatch(part) else bool(part.strip())

    def empty(raw: Raw) -> bool:
        return (
            not raw.cells
            and raw.kind != "break"
            and not any(says(part) for piece in raw.pieces for part in _SLOT.split(piece.text))
        )

    kept: list[Raw] = []
    for raw in reversed([raw for raw in raws if not empty(raw)]):
        follows = kept[-1] if kept else None
        alone = follows is None or follows.kind in ("heading", "break") or follows.region != raw.region
        if raw.kind == "heading" and alone:
            continue
        kept.append(raw)
    return kept[::-1]


def _numbers(raws: Sequence[Raw]) -> Iterator[tuple[str, int]]:
    """Give each item its label and number within its series; other blocks get none."""
    counts: dict[str, list[int]] = {}
    for raw in raws:
        if raw.kind != "item":
            yield "", 0
            continue
        count = counts.setdefault(raw.series, [0, 0])
        count[raw.level] += 1
        if raw.level == 0:
            count[1] = 0
        if raw.series.startswith("point"):
            yield DASH, count[raw.level]
            continue
        end = ")" if raw.series.startswith("request") else "."
        label = f"{count[0]}{end}" if raw.level == 0 else f"{count[0]}.{count[1]}{end}"
        yield label, count[raw.level]


def _finished_lists(blocks: list[Block]) -> Iterator[Block]:
    """End the items of a list of requests with a semicolon and the last with a full stop."""
    for series, group in groupby(blocks, lambda block: block.series if isinstance(block, Item) else ""):
        items = list(group)
        if not series.startswith("request"):
            yield from items
            continue
        for n, item in enumerate(items, 1):
            if isinstance(item, Item):
                text = (*item.text, Run("." if n == len(items) else ";"))
                yield replace(item, text=_merged(list(text)))


def _trimmed(runs: list[Run]) -> list[Run]:
    """Fold spaces where runs of the text meet, and at both ends."""
    trimmed: list[Run] = []
    for run in runs:
        text = run.text
        if run.origin == "author" and text.startswith(" ") and (not trimmed or trimmed[-1].text.endswith(" ")):
            text = text.lstrip(" ")
        if text:
            trimmed.append(replace(run, text=text))
    while trimmed:
        last = trimmed.pop()
        if text := last.text.rstrip(" "):
            return [*trimmed, replace(last, text=text)]
    return trimmed


def _merged(runs: list[Run]) -> Line:
    """Join neighbouring runs of one look and origin; the number of a reference stays a run of its own."""
    merged: list[Run] = []
    for run in runs:
        if merged and not run.target and replace(merged[-1], text=run.text) == run:
            merged[-1] = replace(run, text=merged[-1].text + run.text)
        else:
            merged.append(run)
    return tuple(merged)

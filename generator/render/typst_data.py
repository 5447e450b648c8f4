"""Turn a letter into the plain data that the style file of typst builds it from: text stays text, never markup."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from generator.document import Block, Heading, Item, Letter, Line, Paragraph, Run, Table, plain
from generator.render.house_style import Paper
from generator.render.layout import (
    ItemList,
    by_script,
    column_widths,
    drawn,
    is_point,
    kept_whole,
    kept_with_next,
    number_columns,
    panels,
    with_lists,
)

Data = dict[str, Any]
_WIDEST = 1.1  # the width of the widest letters in parts of their size
_PADDING = 5.67  # points that a cell keeps free at its sides
_LINE = 0.6  # the width of a letter in a line with its spaces, more than usual, in parts of its size
_WORD = re.compile(r"\S+")


def typst_data(letter: Letter, paper: Paper, points: Mapping[str, float]) -> Data:
    """Return a letter as strings, numbers, lists and dictionaries; see `letter.typ` for what becomes of each.

    `points` are the measures of the paper: by them is told which words might be wider than a line.
    """
    walker = _Walker(letter, paper, points)
    return {
        "language": letter.language,
        "title-text": drawn(plain(letter.title)),
        "draft": letter.draft_mark,
        "foot": walker.line((Run(letter.running),)) if paper == "letter" and letter.running else [],
        **walker.opening(),
        "panels": [list(walker.blocks(panel)) for panel in panels(letter.body)],
        **walker.closing(),
    }


class _Walker:
    """Turn the blocks of one letter into data."""

    def __init__(self, letter: Letter, paper: Paper, points: Mapping[str, float]) -> None:
        self.letter = letter
        self.kept = kept_with_next(letter)
        self.points = points
        sides = points["margin-left"] + (
            points["margin-left"] + points["rule"] if paper == "card" else points["margin-right"]
        )
        self.width = points["page-width"] / (2 if paper == "card" else 1) - sides
        self.longest = self.letters(self.width - 2 * max(points["number-column"], points["subject-inset"]))

    def letters(self, width: float, size: str = "title-size") -> int:
        """Return of how many letters a word is that certainly finds room in a width."""
        return int(width / (_WIDEST * self.points[size]))

    def opening(self) -> Data:
        letter, corner = self.letter, self.letters(self.width - self.points["corner-left"])
        return {
            "letterhead": [self.line(line) for line in letter.letterhead],
            "reference": self.line(letter.reference),
            "corner": [[self.line(line, corner) for line in group] for group in letter.corner],
            "title": self.line(letter.title),
            "subject": self.line(letter.subject),
            "basis": self.line(letter.basis),
        }

    def closing(self) -> Data:
        letter, signature = self.letter, self.letter.signature
        said: Data = {
            "annexes-heading": self.line(letter.annexes_heading),
            "annexes": list(self.blocks(letter.annexes)),
        }
        if plain(signature.name):
            said["signature"] = {
                "post": self.line(signature.post),
                "left": self.line(signature.left, self.letters(self.points["signature-line-from"])),
                "name": self.line(signature.name, self.letters(self.width - self.points["signature-line-to"])),
                "received": [self.line(line) for line in signature.received],
            }
        return said

    def blocks(self, blocks: Sequence[Block]) -> Iterator[Data]:
        for block in with_lists(blocks):
            match block:
                case Heading(text, level):
                    yield {"kind": "heading", "level": level, "line": self.line(text)}
                case Paragraph(text):
                    yield {"kind": "paragraph", "line": self.line(text), "kept": block in self.kept}
                case ItemList(items):
                    yield from self.lists(items)
                case Table():
                    yield {"kind": "table", **self.table(block)}

    def lists(self, items: tuple[Item, ...]) -> Iterator[Data]:
        """Yield a list; typst keeps whole lists with what follows, so its items to be kept are one of their own."""
        runs = groupby(_by_outer(items), lambda group: (self.is_kept(group), group[0].level > 0))
        for (kept, inner), members in runs:
            groups = list(members)
            own = [(item,) for group in groups for item in group] if inner else groups
            yield {"kind": "list", "kept": kept, "inner": inner, "items": [self.item(group) for group in own]}

    def is_kept(self, group: Sequence[Item]) -> bool:
        return any(item in self.kept for item in group)

    def item(self, group: Sequence[Item]) -> Data:
        item, *inner = group
        said: Data = {"label": item.label, "point": is_point(item), "line": self.line(item.text)}
        if inner:
            said["inner"] = [self.item([each]) for each in inner]
        return said

    def table(self, table: Table) -> Data:
        widths = column_widths(table)
        room = [self.width * width / 100 - _PADDING for width in widths]
        most = [self.letters(width, "table-size") for width in room]
        head, *rows = ([self.line(*cell) for cell in zip(row, most, strict=True)] for row in (table.head, *table.rows))
        return {
            "widths": widths,
            "numbers": number_columns(table),
            "head": head,
            "rows": rows,
            "whole": kept_whole(table) and self.is_low(table, room),
            "kept": table in self.kept,
        }

    def is_low(self, table: Table, room: Sequence[float]) -> bool:
        """Say whether a table certainly finds room on a page; typst would let a whole one run off the paper."""
        size, leading = self.points["table-size"], self.points["table-leading"]
        rows = [[len(plain(cell)) * _LINE * size for cell in row] for row in (table.head, *table.rows)]
        lines = sum(max(length // width + 2 for length, width in zip(row, room, strict=True)) for row in rows)
        return lines * leading < self.points["page-height"] - self.points["margin-top"] - self.points["margin-bottom"]

    def line(self, line: Line, longest: int | None = None) -> list[Any]:
        """Return a line in pieces of one look and one script; the pieces of a long word are a list in the list."""
        pieces = [(run, *part) for run in line for part in by_script(drawn(run.text), self.letter.language)]
        words = _long_words("".join([text for _, text, _ in pieces]), self.longest if longest is None else longest)
        if not words:
            return _joined(_piece(*piece) for piece in pieces)
        said: list[Any] = []
        start, last = 0, -1
        for run, text, language in pieces:
            for part, word in _cut(text, start, words):
                one = _piece(run, part, language)
                if word is None:
                    said.append(one)
                elif word == last:
                    said[-1].append(one)
                else:
                    said.append([one])
                    last = word
            start += len(text)
        return said


def _piece(run: Run, text: str, language: str) -> str | Data:
    """Return a stretch of text: a string, or more where it has a look or a language of its own."""
    gap = run.origin == "gap"
    if not (language or run.strong or run.emphasis or gap):
        return text
    marks = {"strong": run.strong, "emphasis": run.emphasis, "gap": gap}
    told: Data = {name: True for name, wanted in marks.items() if wanted}
    if language:
        told["language"] = language
    return {"text": text, **told}


def _joined(pieces: Iterable[str | Data]) -> list[Any]:
    """Return pieces with neighbours that are nothing but text made one."""
    said: list[Any] = []
    for piece in pieces:
        if said and isinstance(piece, str) and isinstance(said[-1], str):
            said[-1] += piece
        else:
            said.append(piece)
    return said


def _by_outer(items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """Yield each item of the first level with those of the second below it; a list may begin with the second."""
    group: list[Item] = []
    for item in items:
        if item.level == 0 and group:
            yield tuple(group)
            group = []
        group.append(item)
    if group:
        yield tuple(group)


def _long_words(text: str, longest: int) -> list[tuple[int, int]]:
    """Return where the words of more letters than `longest` begin and end."""
    if max(map(len, text.split()), default=0) <= longest:  # as a rule
        return []
    return [found.span() for found in _WORD.finditer(text) if found.end() - found.start() > longest]


def _cut(text: str, start: int, words: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int | None]]:
    """Yield the parts of a text that begins at `start`, each with the beginning of the long word it belongs to."""
    done, end = start, start + len(text)
    for first, last in words:
        if first < end and last > done:
            if first > done:
                yield text[done - start : first - start], None
                done = first
            yield text[done - start : last - start], first
            done = min(last, end)
    if done < end:
        yield text[done - start :], None

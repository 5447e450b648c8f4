"""Turn a letter into the plain data that the style file of typst builds it from: text stays text, never markup."""

import re
from collections.abc import Iterable, Iterator, Sequence
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
    referred_items,
    with_lists,
)

Data = dict[str, Any]
_LONG = 14  # letters of a word that may be wider than the narrowest line outside a table
_LONG_IN_TABLE = 8
_TALL_ROW, _TALL_TABLE = 600, 1500  # letters of a cell, of a table, that may not find room on one page
_WORD = re.compile(r"\S+")


def typst_data(letter: Letter, paper: Paper) -> Data:
    """Return a letter as strings, numbers, lists and dictionaries; see `letter.typ` for what becomes of each."""
    walker = _Walker(letter)
    return {
        "paper": paper,
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

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.kept = kept_with_next(letter)
        self.items = referred_items(letter)

    def opening(self) -> Data:
        letter = self.letter
        return {
            "letterhead": [self.line(line) for line in letter.letterhead],
            "reference": self.line(letter.reference),
            "corner": [[self.line(line) for line in group] for group in letter.corner],
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
                "left": self.line(signature.left),
                "name": self.line(signature.name),
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
        groups = _by_outer(items)
        for (kept, inner), members in groupby(groups, lambda group: (self.is_kept(group), group[0].level > 0)):
            own = [(item,) for group in members for item in group] if inner else members
            yield {"kind": "list", "kept": kept, "inner": inner, "items": [self.item(group) for group in own]}

    def is_kept(self, group: Sequence[Item]) -> bool:
        return any(item in self.kept for item in group)

    def item(self, group: Sequence[Item]) -> Data:
        item, *inner = group
        said: Data = {"label": item.label, "point": is_point(item), "line": self.line(item.text)}
        if self.items.get(item.id) is item:
            said["id"] = item.id
        if inner:
            said["inner"] = [self.item([each]) for each in inner]
        return said

    def table(self, table: Table) -> Data:
        rows = [[self.line(cell, _LONG_IN_TABLE) for cell in row] for row in table.rows]
        longest = [max(len(plain(cell)) for cell in row) for row in table.rows]
        return {
            "widths": column_widths(table),
            "numbers": number_columns(table),
            "head": [self.line(cell, _LONG_IN_TABLE) for cell in table.head],
            "rows": [{"cells": row, "whole": n < _TALL_ROW} for row, n in zip(rows, longest, strict=True)],
            "whole": kept_whole(table) and sum(longest) < _TALL_TABLE,
            "kept": table in self.kept,
        }

    def line(self, line: Line, longest: int = _LONG) -> list[Data]:
        """Return a line in pieces of one look and one script; those of a long word are held together."""
        pieces = [(run, *part) for run in line for part in by_script(drawn(run.text), self.letter.language)]
        cuts = _long_words("".join(text for _, text, _ in pieces), longest)
        said: list[Data] = []
        start = 0
        for run, text, language in pieces:
            for part, word in _cut(text, start, cuts):
                one = self.piece(run, part, language)
                if word is None:
                    said.append(one)
                elif said and said[-1].get("word-at") == word:
                    said[-1]["word"].append(one)
                else:
                    said.append({"word-at": word, "word": [one]})
            start += len(text)
        return said

    def piece(self, run: Run, text: str, language: str) -> Data:
        said: Data = {"text": text}
        if language:
            said["language"] = language
        if run.target in self.items:
            said["target"] = run.target
        marks = {"strong": run.strong, "emphasis": run.emphasis, "gap": run.origin == "gap"}
        return said | {name: True for name, wanted in marks.items() if wanted}


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

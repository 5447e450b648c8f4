"""Turn our letters into what a usual script has: one Word template with placeholders, and the values of each letter.

The template is our own Word file of a letter in which placeholders stand where letters differ. So it has the same house
style, styles and lists as our files and, once it is filled, the same words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from generator.document import Block, Heading, Item, Letter, Line, Paragraph, Run, plain
from generator.render.layout import drawn

_HOLE = "\0"  # among the words of a line: here letters differ


@dataclass(frozen=True, slots=True)
class Marks:
    """How a template engine writes a value, and the paragraphs around one that not every letter has."""

    value: str
    opening: str
    closing: str


DOCXTPL = Marks("{{{{ {0} }}}}", "{{%p if {0} %}}", "{{%p endif %}}")
DOCXTEMPLATER = Marks("{{{0}}}", "{{#{0}}}", "{{/{0}}}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A line of a template: the texts that all letters share, and between each two of them the name of a value."""

    texts: tuple[str, ...]
    names: tuple[str, ...]

    def line(self, marks: Marks) -> Line:
        """Return the line with placeholders."""
        places = [marks.value.format(name) for name in self.names]
        return (Run("".join(text + place for text, place in zip(self.texts, [*places, ""], strict=True))),)

    def values(self, text: str) -> dict[str, str]:
        """Return the values that make the line say a text; raise `ValueError` if there are none."""
        found = re.fullmatch("(.*?)".join(map(re.escape, self.texts)), text)
        if not found:
            raise ValueError(self.texts)
        return dict(zip(self.names, found.groups(), strict=True))


@dataclass(frozen=True, slots=True)
class Template:
    """What letters have in common: their blocks and lines by key; `conditions` names those some letters lack."""

    sample: Letter
    blocks: Mapping[str, Block]
    patterns: Mapping[str, Pattern]
    conditions: Mapping[str, str]

    def letter(self, marks: Marks) -> Letter:
        """Return a letter with placeholders: rendered by us, it is the template for an engine."""
        line = {key: pattern.line(marks) for key, pattern in self.patterns.items()}
        sample = self.sample
        return replace(
            sample,
            corner=tuple(tuple(line[key] for key, _ in group) for group in _corner(sample)),
            title=line["title"],
            subject=line["subject"],
            basis=line["basis"],
            body=tuple(self._blocks(line, marks)),
            annexes_heading=line["annexes"],
            annexes=tuple(item._replace(text=line[key]) for key, item in _annexes(sample)),
            signature=replace(sample.signature, left=line["left"], name=line["name"]),
            running=plain(line["running"]),
        )

    def values(self, letter: Letter) -> dict[str, str | bool]:
        """Return what fills the template for a letter."""
        lines = lines_of(letter)
        values: dict[str, str | bool] = {name: key in lines for key, name in self.conditions.items()}
        for key, line in lines.items():
            values |= self.patterns[key].values(drawn(plain(line)))
        return values

    def _blocks(self, line: Mapping[str, Line], marks: Marks) -> Iterator[Block]:
        counted: dict[str, int] = {}
        for key, block in self.blocks.items():
            written = _with_text(block, line[key])
            if isinstance(written, Item):  # as if no letter lacked an item
                number = counted[written.series] = counted.get(written.series, 0) + 1
                written = written._replace(number=number, label=written.label.replace(str(written.number), str(number)))
            if key in self.conditions:
                opening, closing = (mark.format(self.conditions[key]) for mark in (marks.opening, marks.closing))
                yield from (Paragraph((Run(opening),)), written, Paragraph((Run(closing),)))
            else:
                yield written


def template_of(letters: Sequence[Letter]) -> Template:
    """Return the template that makes all these letters."""
    blocks, words, numbers = dict[str, Block](), dict[str, list[str]](), dict[str, int]()
    for letter in letters:
        blocks = _joined(blocks, {_key(block): block for block in letter.body})
        for key, line in lines_of(letter).items():
            told = _words(line)
            words[key] = _common(words.get(key, told), told)
            numbers[key] = numbers.get(key, 0) + 1
    patterns = {key: _pattern(found, number * 100) for number, (key, found) in enumerate(words.items(), 1)}
    lacking = [key for key, number in numbers.items() if number < len(letters)]
    # names are Cyrillic, for our Word files part a text where its script changes
    conditions = {key: f"есть{number}" for number, key in enumerate(lacking, 1)}
    return Template(letters[0], blocks, patterns, conditions)


def lines_of(letter: Letter) -> dict[str, Line]:
    """Return the lines of a letter by keys that mean the same in all letters of a kind."""
    return {
        **{key: line for group in _corner(letter) for key, line in group},
        "title": letter.title,
        "subject": letter.subject,
        "basis": letter.basis,
        **{_key(block): block.text for block in letter.body},
        "annexes": letter.annexes_heading,
        **{key: item.text for key, item in _annexes(letter)},
        "left": letter.signature.left,
        "name": letter.signature.name,
        "running": (Run(letter.running),),
    }


def _corner(letter: Letter) -> Iterator[list[tuple[str, Line]]]:
    for number, group in enumerate(letter.corner):
        yield [(f"corner {number} {place}", line) for place, line in enumerate(group)]


def _annexes(letter: Letter) -> Iterator[tuple[str, Item]]:
    return ((f"annex {item.number}", item) for item in letter.annexes)


def _with_text(block: Block, text: Line) -> Block:
    return block._replace(text=text) if isinstance(block, Heading | Paragraph | Item) else block


def _key(block: Block) -> str:
    """Return what a block is known by in all letters; no table, for what a table has in common is another matter."""
    return f"{block.series} {block.id}" if isinstance(block, Item) else plain(block.text)


def _joined(known: Mapping[str, Block], new: Mapping[str, Block]) -> dict[str, Block]:
    """Return blocks with new ones put where they belong: after the one they follow."""
    order, after = list(known), 0
    for key in new:
        if key not in known:
            order.insert(after, key)
        after = order.index(key) + 1
    return {key: known.get(key) or new[key] for key in order}


def _words(line: Line) -> list[str]:
    """Return the words of a line and what stands between them; what was filled in goes for one word."""
    words = []
    for run in line:
        words += [drawn(run.text)] if run.origin == "filled" else re.findall(r"\s+|\S+", drawn(run.text))
    return words


def _common(one: list[str], other: list[str]) -> list[str]:
    """Return what two lines share, with a hole for whatever differs."""
    if one == other:
        return one
    shared: list[str] = []
    for how, start, end, _, _ in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        shared += one[start:end] if how == "equal" else [_HOLE]
    return shared


def _pattern(words: Iterable[str], number: int) -> Pattern:
    texts = re.split(f"{_HOLE}+", "".join(words))
    return Pattern(tuple(texts), tuple(f"з{number + place}" for place in range(len(texts) - 1)))

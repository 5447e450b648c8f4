"""Render a letter as plain text: one paragraph to a line, labels included."""

from collections.abc import Iterator

from generator.document import Block, Break, Heading, Item, Letter, Line, Paragraph, Table, plain
from generator.render.layout import drawn

_INDENT = " " * 40
_RULE = "_" * 20
_NARROW = 40


def render_txt(letter: Letter) -> bytes:
    """Return the letter as UTF-8 text with a final newline."""
    return ("\n".join(_lines(letter)) + "\n").encode()


def _lines(letter: Letter) -> Iterator[str]:
    if letter.form == "message":
        yield from ([letter.draft_mark, ""] if letter.draft_mark else [])
        yield from list(_body(letter))[1:]
    else:
        yield from _whole(letter)


def _whole(letter: Letter) -> Iterator[str]:
    yield from _top(letter)
    yield from (_text(line) for line in (letter.title, letter.subject, letter.basis) if line)
    yield from _body(letter)
    if letter.annexes_heading or letter.annexes:
        yield from ("", _text(letter.annexes_heading)) if letter.annexes_heading else ("",)
        for annex in letter.annexes:
            yield from _block(annex)
    signature = letter.signature
    if not plain(signature.name):
        return
    yield ""
    if signature.post:
        yield _text(signature.post)
    yield f"{_text(signature.left)}    {_RULE}    {_text(signature.name)}".strip()
    if signature.received:
        yield from ("", *map(_text, signature.received))


def _top(letter: Letter) -> Iterator[str]:
    if letter.draft_mark:
        yield from (letter.draft_mark, "")
    for part in (letter.letterhead, (letter.reference,) if letter.reference else ()):
        if part:
            yield from (*map(_text, part), "")
    for group in letter.corner:
        yield from (_INDENT + _text(line) for line in group)
        yield ""


def _body(letter: Letter) -> Iterator[str]:
    """Return the lines of the body, an empty one before each part of it."""
    previous: Block | None = None
    for block in letter.body:
        if isinstance(block, Break):
            previous = None
            continue
        if not (isinstance(previous, Item) and isinstance(block, Item)):
            yield ""
        yield from _block(block)
        previous = block


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text) | Paragraph(text):
            yield _text(text)
        case Item(text, label=label, level=level):
            yield f"{'    ' * level}{label} {_text(text)}"
        case Table(head, rows):
            yield from _table([tuple(map(_text, row)) for row in (head, *rows)])


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [min(_NARROW, max(len(row[n]) for row in rows)) for n in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _text(line: Line) -> str:
    return drawn(plain(line))

"""What a letter says, paragraph by paragraph: what every output is held against."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.document import Block, Break, Item, Letter, Table, plain
from generator.render.read_pdf import squeezed


class Said(NamedTuple):
    """A paragraph the letter says: its label and words; in a table also the head that a new page repeats."""

    text: str
    head: str = ""


def said_by(letter: Letter) -> list[list[Said]]:
    """Return what each panel of a card says; anything else is one panel. A message is its body alone."""
    panels: list[list[Said]] = [[]]
    whole = letter.form != "message"
    panels[0] += _opening(letter) if whole else ()
    for block in letter.body:
        panels += [[]] if isinstance(block, Break) and letter.form == "card" else []
        panels[-1] += _block(block)
    panels[-1] += _closing(letter) if whole else ()
    return panels


def _opening(letter: Letter) -> Iterator[Said]:
    yield from (Said(plain(line)) for line in (*letter.letterhead, letter.reference))
    for group in letter.corner:
        yield from (Said(plain(line)) for line in group)
    yield from (Said(plain(line)) for line in (letter.title, letter.subject, letter.basis))


def _closing(letter: Letter) -> Iterator[Said]:
    yield Said(plain(letter.annexes_heading))
    for annex in letter.annexes:
        yield from _block(annex)
    if plain(letter.signature.name):  # nobody's signature is not printed
        yield Said(plain(letter.signature.post))
        yield Said(f"{plain(letter.signature.left)} {plain(letter.signature.name)}")
        yield from (Said(plain(line)) for line in letter.signature.received)


def _block(block: Block) -> Sequence[Said]:
    match block:
        case Item():
            return (Said(f"{block.label} {plain(block.text)}"),)
        case Table(head, rows):
            repeated = squeezed("".join(map(plain, head)))
            cells = [Said(plain(cell), repeated) for row in rows for cell in row]
            return [*(Said(plain(cell)) for cell in head), *cells]
        case Break():
            return ()
        case _:
            return (Said(plain(block.text)),)

"""The list that covers a bundle: which letters it holds, with the pages counted from what would be printed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.assembly import Assembly, Order, assemble
from generator.case.model import Case
from generator.document import Letter
from generator.folders import Folders
from generator.law.model import LawPack
from generator.letters.enclosures import Enclosure
from generator.planning import Plan
from generator.render.engine import PRINTERS, Choice, Engine, chosen_engine, engine_fault
from generator.render.house_style import HouseStyle, dressed
from generator.render.read_pdf import page_count


@dataclass(frozen=True, slots=True)
class Materials:
    """What letters of a case are made with: the case, its law, the house style, where everything lies, what prints."""

    case: Case
    law: LawPack
    style: HouseStyle
    folders: Folders
    print_with: Choice
    batch: bool = False

    @property
    def engine(self) -> Engine:
        """Return the PDF engine; to be asked only where something is printed, since it loads one to see if it runs."""
        return chosen_engine(self.print_with, self.style, batch=self.batch)


def cover(
    made_with: Materials, plan: Plan, printed: Sequence[tuple[Assembly, Order, bytes | None]]
) -> Iterator[tuple[Assembly, Order]]:
    """Yield the covering list of a bundle in each language of its letters; cards and messages need none.

    Each letter comes with its PDF where that was made; its pages are counted there.
    """
    if plan.covering is None:
        return
    titles = {planned.entry.kind.name: planned.entry.kind.titles for planned in plan.letters}
    orders = {order.language.language: order for _, order, _ in printed}
    for language, order in orders.items():
        enclosures = tuple(
            _enclosure(assembly, titles[assembly.letter.kind], _pages(assembly.letter, made_with, pdf))
            for assembly, _, pdf in printed
            if assembly.letter.language == language and assembly.letter.form == "letter"
        )
        own = replace(order, enclosures=enclosures, about=1)
        if enclosures:
            yield assemble(made_with.case, made_with.law, plan.covering, own, made_with.folders), own


def _enclosure(assembly: Assembly, titles: Mapping[str, str], pages: int | None) -> Enclosure:
    letter, occasion = assembly.letter, assembly.occasion
    title = titles.get(letter.language, letter.kind)
    return Enclosure(title, occasion.addressee, occasion.copies, occasion.settings.annexes, pages)


def _pages(letter: Letter, made_with: Materials, pdf: bytes | None) -> int | None:
    """Count the pages a letter takes on paper, in a PDF made for it if need be; unknown where none can be made."""
    if pdf is None:
        style, engine = made_with.style, made_with.engine
        if engine_fault(engine, style):
            return None
        pdf = PRINTERS[engine]["pdf"](dressed(letter, style), style)
    return page_count(pdf)

"""Turn lines of a letter into Word runs: their look, words in another script, references that Word can renumber."""

from collections.abc import Iterator, Mapping

from lxml import etree

from generator.document import Item, Letter, Line, Run
from generator.render.layout import WORD_TAGS, by_script, drawn, referred_items
from generator.render.word import XML_SPACE, W

_RUN_STYLES = {(True, False): "Strong", (False, True): "Emphasis", (True, True): "Strong Emphasis"}


class RunMaker:
    """Make the runs of one letter, and the bookmarks its references lead to."""

    def __init__(self, letter: Letter, styles: Mapping[str, str]) -> None:
        self.language, self.styles = letter.language, styles
        self.items = referred_items(letter)
        self.numbers = {name: number for number, name in enumerate(self.items, 1)}

    def runs(self, line: Line) -> Iterator[etree._Element]:
        """Return the runs of a line; a reference is a field that shows the number of its item."""
        for run in line:
            if self._is_number(run):
                yield self._field("begin")
                yield _with(self._run(), "instrText", rf" REF {self._bookmark(run.target)} \n \h ")
                yield self._field("separate")
                yield from self._texts(run)
                yield self._field("end")
            else:
                yield from self._texts(run)

    def marked(self, paragraph: etree._Element, item: Item) -> etree._Element:
        """Return the paragraph of an item, in a bookmark if a reference leads to it."""
        if self.items.get(item.id) is item:
            number = str(self.numbers[item.id])
            start = etree.Element(f"{W}bookmarkStart")
            start.set(f"{W}id", number)
            start.set(f"{W}name", self._bookmark(item.id))
            paragraph.insert(1, start)  # after the properties
            etree.SubElement(paragraph, f"{W}bookmarkEnd").set(f"{W}id", number)
        return paragraph

    def _is_number(self, run: Run) -> bool:
        """Say whether Word would print the same: of a label it leaves out the full stop at the end, and no bracket."""
        return run.target in self.items and self.items[run.target].label.rstrip(".") == run.text

    def _bookmark(self, name: str) -> str:
        return f"_Ref_{self.numbers[name]}"

    def _texts(self, run: Run) -> Iterator[etree._Element]:
        style = "Gap" if run.origin == "gap" else _RUN_STYLES.get((run.strong, run.emphasis), "")
        for text, language in by_script(drawn(run.text), self.language):
            yield _with(self._run(style, language), "t", text)

    def _run(self, style: str = "", language: str = "") -> etree._Element:
        element = etree.Element(f"{W}r")
        if style or language:
            properties = etree.SubElement(element, f"{W}rPr")
            if style:
                etree.SubElement(properties, f"{W}rStyle").set(f"{W}val", self.styles[style.lower()])
            if language:
                etree.SubElement(properties, f"{W}lang").set(f"{W}val", WORD_TAGS[language])
        return element

    def _field(self, part: str) -> etree._Element:
        element = self._run()
        etree.SubElement(element, f"{W}fldChar").set(f"{W}fldCharType", part)
        return element


def _with(run: etree._Element, tag: str, text: str) -> etree._Element:
    element = etree.SubElement(run, f"{W}{tag}")
    element.text = text
    element.set(XML_SPACE, "preserve")
    return run

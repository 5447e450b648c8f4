"""Turn lines of a letter into Word runs: their look, words in another script, references that Word can renumber.

Markup is written here and in the modules beside it as text; what comes from a letter passes through `escaped`, what
comes from a house style has been escaped when it was prepared.
"""

import functools
import html
import re
from collections.abc import Mapping

from generator.document import Item, Letter, Line, Run
from generator.render.layout import WORD_TAGS, by_script, drawn, referred_items

TAB = "<w:r><w:tab/></w:r>"
_RUN_STYLES = {(True, False): "strong", (False, True): "emphasis", (True, True): "strong emphasis"}
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escaped(text: str) -> str:
    """Return text as it stands between tags; raise `ValueError` for a character that XML cannot hold."""
    if _NO_XML.search(text):
        raise ValueError
    return html.escape(text, quote=False)


class RunMaker:
    """Make the runs of one letter, and the bookmarks its references lead to."""

    def __init__(self, letter: Letter, styles: Mapping[str, str]) -> None:
        self.language, self.styles = letter.language, styles
        self.items = referred_items(letter)
        self.numbers = {name: number for number, name in enumerate(self.items, 1)}

    def runs(self, line: Line) -> str:
        """Return the runs of a line; a reference is a field that shows the number of its item."""
        return "".join([self._referring(run) if run.target else self._texts(run) for run in line])

    def marked(self, runs: str, item: Item) -> str:
        """Return the runs of an item, in a bookmark if a reference leads to it."""
        if self.items.get(item.id) is not item:
            return runs
        number = self.numbers[item.id]
        start = f'<w:bookmarkStart w:id="{number}" w:name="{self._bookmark(item.id)}"/>'
        return f'{start}{runs}<w:bookmarkEnd w:id="{number}"/>'

    def _referring(self, run: Run) -> str:
        """Return a field, if Word would print the same: of a label it leaves out the last full stop, and no bracket."""
        item = self.items.get(run.target)
        if item is None or item.label.rstrip(".") != run.text:
            return self._texts(run)
        code = rf" REF {self._bookmark(run.target)} \n \h "
        shown = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        return f"{_field('begin')}{shown}{_field('separate')}{self._texts(run)}{_field('end')}"

    def _bookmark(self, name: str) -> str:
        return f"_Ref_{self.numbers[name]}"

    def _texts(self, run: Run) -> str:
        text, strong, emphasis, origin, _ = run
        written = _written_value if origin == "filled" else _written_words
        if strong or emphasis or origin == "gap":
            style = "gap" if origin == "gap" else _RUN_STYLES[strong, emphasis]
            return written(text, self.styles[style], self.language)
        return written(text, "", self.language)


def _written(text: str, style: str, language: str) -> str:
    """Return the runs of a text, each in the language of its script."""
    return "".join(
        f'<w:r>{_look(style, spoken)}<w:t xml:space="preserve">{escaped(piece)}</w:t></w:r>'
        for piece, spoken in by_script(drawn(text), language)
    )


_written_words = functools.lru_cache(maxsize=2048)(_written)  # which all letters of a kind have between their values
_written_value = functools.lru_cache(maxsize=256)(_written)  # few of which come again in the letters of others


def _look(style: str, language: str) -> str:
    if not style and not language:
        return ""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    spoken = f'<w:lang w:val="{WORD_TAGS[language]}"/>' if language else ""
    return f"<w:rPr>{named}{spoken}</w:rPr>"


def _field(part: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{part}"/></w:r>'

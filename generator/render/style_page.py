"""Check page, style sheets and typst file of a house style: nothing from elsewhere, no word, nothing hidden."""

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser

from jinja2 import Environment, TemplateError, nodes

from generator.errors import Place, Problem
from generator.render.style_css import faults
from generator.render.style_measures import Sheet

HTML_PLACEHOLDERS = ("language", "title", "css", "draft", "corner", "head", "body", "closing", "foot")
MAX_TEXT = 128 * 1024
MAX_PAGE = 8 * 1024
"""A frame needs little, and the parser of pages takes the square of their length."""
_VAR = re.compile(r"var\(\s*--([a-zA-Z0-9-]+)")
_MEASURE = re.compile(r"\bm\.([a-z0-9-]+)")
_BACKGROUND = re.compile(r"highlight\(\s*fill: luma\((?:1[89]\d|2[0-4]\d|25[0-5])\)")
_SIZE = re.compile(r"\bsize:\s*(?:0*[0-5](?:\.\d*)?|\.\d+)\s*(?:pt|mm|em|cm|in|%)")
_TYPST = re.compile(
    # what reads, fetches, runs or reaches outside
    r"\b(?:import|include|read|image|plugin|csv|json|yaml|toml|xml|cbor|bibliography|eval|sys|std|pdf|asset|embed"
    r"|attach|link|url|html|target|cite|footnote"
    # what tells of the designer
    r"|author|keywords|description"
    # what has no end
    r"|while|range|state|counter\.update|repeat"
    # what hides, covers or moves text
    r"|hide|fill|white|rgb|rgba|cmyk|oklab|oklch|hsl|hsv|linear-rgb|color|gradient|tiling|pattern|scale|rotate|skew"
    r"|move|clip|strike|overline|baseline|foreground|background|regex|replace|upper|lower|smallcaps|eval)\b"
    r"|@[a-z]+/|https?:|\\u\{"
)
_TAGS = {"html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section", "article", "div"}
_ATTRIBUTES = {"class", "lang", "charset", "name", "content", "id", "role"}
_MOST_TAGS = 40
"""How many tags a page may open: a frame needs few, and what reads pages goes only so deep."""
_META = {"viewport", "color-scheme", "format-detection", "referrer"}
_UTF_8 = ([("charset", "utf-8")], [("charset", "UTF-8")])
_VALUE = re.compile(r"[\w .,=-]{0,100}", re.ASCII)
_SPOT = {"language": "lang", "title": "title", "css": "style"}
_PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)


def html_problems(raw: bytes, place: Place) -> Iterator[Problem]:
    """Check `letter.html`: a frame of a few tags around all placeholders, with no word and no address of its own."""
    text = _text(raw)
    if text is None:
        yield Problem("not-utf-8", place)
        return
    found = _placeholders(text)
    if found is None or set(found) - set(HTML_PLACEHOLDERS) or "{%" in text or "{#" in text:
        yield Problem("style-has-logic", place)
        return
    absent = [name for name in HTML_PLACEHOLDERS if name not in found]
    yield from (Problem("style-lacks-placeholder", place, "", {"placeholder": name}) for name in absent)
    page = _Page(place.file)
    try:
        page.feed(text)
        page.close()
    except AssertionError:  # the parser gives up on declarations that are none
        page.problems.append(Problem("style-css-not-allowed", place, "", {"construct": "<!["}))
    yield from page.problems


def _placeholders(text: str) -> list[str] | None:
    """Return the names between double braces; nothing where more than bare names is there."""
    try:
        tree = Environment(autoescape=True).parse(text)
    except (TemplateError, RecursionError, ValueError):
        return None
    if not all(isinstance(node, _PLAIN) for node in tree.find_all(nodes.Node)):
        return None
    return [node.name for node in tree.find_all(nodes.Name)]


class _Page(HTMLParser):
    """Walk the tags of a page, and name what no page of a letter may hold."""

    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=False)
        self.file = file
        self.problems: list[Problem] = []
        self.within = ""
        self.opened = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag of the short list, with attributes that are words."""
        self.within = tag
        self.opened += 1
        if tag not in _TAGS or self.opened == _MOST_TAGS:
            self._refuse(f"<{tag}>")
        for name, value in attrs:
            spot = tag == "html" and (name, value) == ("lang", "{{ language }}")
            if name not in _ATTRIBUTES or not (spot or _VALUE.fullmatch(value or "")):
                self._refuse(f"<{tag} {name}>")
        given = dict(attrs)
        if tag == "meta" and not (attrs in _UTF_8 or (given.get("name") in _META and "content" in given)):
            self._refuse("<meta>")

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        del tag
        self.within = ""

    def handle_data(self, data: str) -> None:
        """Take placeholders where they belong, and no word."""
        for name in re.findall(r"\{\{\s*(\w+)\s*\}\}", data):
            if _SPOT.get(name, self.within if self.within not in {"title", "style"} else "") != self.within:
                self._refuse(name)
        if re.sub(r"\{\{\s*\w+\s*\}\}", "", data).strip():
            self._refuse("text")

    def handle_comment(self, data: str) -> None:
        """Refuse a comment: it would travel with each letter."""
        del data
        self._refuse("<!-- -->")

    def handle_decl(self, decl: str) -> None:
        """Take the one declaration of a page."""
        if decl.lower() != "doctype html":
            self._refuse("<!>")

    def handle_pi(self, data: str) -> None:
        """Refuse an instruction."""
        del data
        self._refuse("<?>")

    def unknown_decl(self, data: str) -> None:
        """Refuse any other declaration."""
        self.handle_pi(data)

    def handle_entityref(self, name: str) -> None:
        """Refuse a character by its name: it is a word of the page."""
        self.handle_data(f"&{name}")

    def handle_charref(self, name: str) -> None:
        """Refuse a character by its number, as by its name."""
        self.handle_data(f"&{name}")

    def _refuse(self, construct: str) -> None:
        line, column = self.getpos()
        told = construct[:40] if construct.isascii() and construct.isprintable() else "?"
        place = Place(self.file, line, column + 1)
        self.problems.append(Problem("style-css-not-allowed", place, "", {"construct": told}))


def css_problems(raw: bytes, place: Place, sheet: Sheet) -> Iterator[Problem]:
    """Check a style sheet: known measures, known properties, nothing fetched, and no text that is not seen."""
    text = _text(raw)
    if text is None:
        yield Problem("not-utf-8", place)
        return
    yield from _unknown(text, place, {*sheet.measures, "font"}, _VAR)
    for line, construct in faults(text):
        yield Problem("style-css-not-allowed", Place(place.file, line, 1), "", {"construct": construct})


def typst_problems(raw: bytes, place: Place, sheet: Sheet) -> Iterator[Problem]:
    """Check `letter.typ`: known measures, no file, no package, no endless loop, no colour, not even in a comment."""
    text = _text(raw)
    if text is None:
        yield Problem("not-utf-8", place)
        return
    yield from _unknown(text, place, sheet.measures, _MEASURE)
    for number, line in enumerate(text.split("\n"), 1):
        rest = _BACKGROUND.sub("", line)
        for construct in (*_TYPST.findall(rest), *_SIZE.findall(rest)):
            yield Problem("style-css-not-allowed", Place(place.file, number, 1), "", {"construct": construct})


def _text(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None


def _unknown(text: str, place: Place, known: Collection[str], measure: re.Pattern[str]) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        for name in measure.findall(line):
            if name not in known:
                yield Problem("style-unknown-measure", Place(place.file, number, 1), "", {"measure": name})

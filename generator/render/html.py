"""Render a letter as one self-contained HTML file; the PDF is made from the same elements."""

import functools
from collections.abc import Iterable, Iterator

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from generator.document import Block, Heading, Item, Letter, Line, Paragraph, Run, Table, plain
from generator.render.house_style import HouseStyle
from generator.render.layout import (
    PANELS,
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

_KEPT = "kept"
_NO_BREAK = "\u00a0"
_LONG_WORD = 30


def render_html(letter: Letter, style: HouseStyle) -> bytes:
    """Return the letter as one HTML file for the screen, its style inside."""
    return page(letter, style, css=style.css_for(letter.form)).encode()


def page(letter: Letter, style: HouseStyle, css: str) -> str:
    """Return the letter in the page of the house style; with empty `css` it is meant for paper and has a foot."""
    walker = _Walker(letter)
    foot = (
        [] if css or not letter.running or letter.form == "card" else [_element("p", "foot", (drawn(letter.running),))]
    )
    mark = [_element("p", "draft", (letter.draft_mark,))] if letter.draft_mark else []
    return _template(style).render(
        language=letter.language,
        title=drawn(plain(letter.title)),
        css=Markup(_on_screen(css)),  # noqa: S704  # the house style's own file
        draft=_markup(mark),
        foot=_markup(foot),
        **{name: _markup(part) for name, part in walker.parts().items()},
    )


@functools.lru_cache(maxsize=8)
def _template(style: HouseStyle) -> Template:
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    return environment.from_string(style.html)


def _on_screen(css: str) -> str:
    """Leave out the font faces: their files do not travel with the page."""
    return "".join(line for line in css.splitlines(keepends=True) if not line.startswith("@font-face"))


def _markup(elements: Iterable[etree._Element]) -> Markup:
    return Markup("\n".join(etree.tostring(element, encoding="unicode", method="html") for element in elements))  # noqa: S704  # serialised by lxml


def _element(tag: str, css_class: str = "", children: Iterable[etree._Element | str] = ()) -> etree._Element:
    element = etree.Element(tag)
    if css_class:
        element.set("class", css_class)
    for child in children:
        if not isinstance(child, str):
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + child
        else:
            element.text = (element.text or "") + child
    return element


def _tie_apart(part: etree._Element | str) -> tuple[etree._Element | str, ...]:
    """Part the no-break space at the end of a text from it, or WeasyPrint may break the line after its first word.

    WeasyPrint 70 measures such a space where Pango lets it hang over the edge: the text is then taken for one that
    could not be broken (`weasyprint/text/line_break.py`, step 3).
    """
    if isinstance(part, str) and part.endswith(_NO_BREAK) and part != _NO_BREAK:
        return part[:-1], _element("span", "", (_NO_BREAK,))
    return (part,)


class _Walker:
    """Turn the blocks of one letter into HTML elements."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.kept = kept_with_next(letter)
        self.items = referred_items(letter)

    def top(self) -> Iterator[etree._Element]:
        """Return the letterhead, the reference and the corner."""
        if self.letter.letterhead:
            yield _element("div", "letterhead", (self.line("p", line) for line in self.letter.letterhead))
        if self.letter.reference:
            yield self.line("p", self.letter.reference, "reference")
        yield from self.corner()

    def parts(self) -> dict[str, Iterable[etree._Element]]:
        """Return what stands at each placeholder; a card has all of it in its panels."""
        if self.letter.form == "card":
            return {"corner": (), "head": (), "body": self.sheets(), "closing": ()}
        body = self.blocks(self.letter.body)
        return {"corner": self.top(), "head": self.head(), "body": body, "closing": self.closing()}

    def corner(self) -> Iterator[etree._Element]:
        if self.letter.corner:
            groups = [
                _element("div", "group", (self.line("p", line) for line in group)) for group in self.letter.corner
            ]
            yield _element("div", "corner", groups)

    def head(self) -> Iterator[etree._Element]:
        yield self.line("h1", self.letter.title)
        for name, line in (("subject", self.letter.subject), ("basis", self.letter.basis)):
            if line:
                yield self.line("p", line, name)

    def sheets(self) -> Iterator[etree._Element]:
        """Return all of the letter in the panels of a card, as many to a sheet as it takes; the last may be empty."""
        filled = [list(self.blocks(panel)) for panel in panels(self.letter.body)]
        filled[0] = [*self.corner(), *self.head(), *filled[0]]
        filled[-1] = [*filled[-1], *self.closing()]
        filled += [[]] * (-len(filled) % PANELS)
        for number in range(0, len(filled), PANELS):
            yield _element("div", "sheet", [_element("section", "panel", p) for p in filled[number : number + PANELS]])

    def blocks(self, blocks: Iterable[Block], css_class: str = "") -> Iterator[etree._Element]:
        for block in with_lists(tuple(blocks)):
            match block:
                case Heading(text, level):
                    yield self.line(f"h{level}", text)
                case Paragraph(text):
                    yield self.line("p", text, _KEPT if block in self.kept else "")
                case ItemList(items):
                    yield self.list(items, css_class)
                case Table():
                    yield self.table(block)

    def closing(self) -> Iterator[etree._Element]:
        if self.letter.annexes_heading:
            yield self.line("h2", self.letter.annexes_heading, "annexes")
        yield from self.blocks(self.letter.annexes, "annexes")
        signature = self.letter.signature
        if not plain(signature.name):
            return
        parts = [self.line("p", signature.post, "post")] if signature.post else []
        line = (self.line("span", signature.left, "left"), _element("span", "rule", _NO_BREAK))
        parts.append(_element("p", "hand", (*line, self.line("span", signature.name, "name"))))
        parts += [self.line("p", received, "received") for received in signature.received]
        yield _element("div", "signature", parts)

    def line(self, tag: str, line: Line, css_class: str = "") -> etree._Element:
        pieces = [(run, text, lang) for run in line for text, lang in by_script(drawn(run.text), self.letter.language)]
        before = ("", *(text for _, text, _ in pieces))
        glued = [_glued(b, text) for b, (_, text, _) in zip(before, pieces, strict=False)]
        parts = (self.piece(*p, glued=g) for p, g in zip(pieces, glued, strict=True))
        return _element(tag, css_class, (each for part in parts for each in _tie_apart(part)))

    def piece(self, run: Run, text: str, language: str, *, glued: bool) -> etree._Element | str:
        """Return a stretch of text in one look and one script."""
        part: etree._Element | str = text
        if glued or language:
            part = _element("span", "glued" if glued else "", (text,))
        if language and not isinstance(part, str):
            part.set("lang", language)
        for wanted, tag in ((run.emphasis, "em"), (run.strong, "strong"), (run.origin == "gap", "mark")):
            if wanted:
                part = _element(tag, "", (part,))
        if run.target in self.items:
            part = _element("a", "", (part,))
            part.set("href", f"#{run.target}")
        return part

    def list(self, items: tuple[Item, ...], css_class: str) -> etree._Element:
        """Return a list; items of the second level stand in a list of their own inside the item before them."""
        tag = "ul" if is_point(items[0]) else "ol"
        outer = inner = _list(tag, css_class)
        for item in items:
            if item.level == 0:
                inner = outer
            elif inner is outer:
                inner = _list(tag)
                (outer[-1] if len(outer) else outer).append(inner)
            inner.append(self.item(item))
        return outer

    def item(self, item: Item) -> etree._Element:
        element = self.line("li", item.text, _KEPT if item in self.kept else "")
        if not is_point(item):
            element.set("value", str(item.number))
        element.set("data-label", item.label)
        if self.items.get(item.id) is item:
            element.set("id", item.id)
        return element

    def table(self, table: Table) -> etree._Element:
        numbers = number_columns(table)
        columns = _element("colgroup")
        for width in column_widths(table):
            etree.SubElement(columns, "col").set("style", f"width: {width}%")
        head = _element("thead", "", [self.row("th", table.head, numbers)])
        body = _element("tbody", "", [self.row("td", row, numbers) for row in table.rows])
        looks = [name for name, wanted in (("whole", kept_whole(table)), (_KEPT, table in self.kept)) if wanted]
        return _element("table", " ".join(looks), (columns, head, body))

    def row(self, tag: str, cells: tuple[Line, ...], numbers: tuple[bool, ...]) -> etree._Element:
        row = _element(
            "tr", "", [self.line(tag, c, "number" if n else "") for c, n in zip(cells, numbers, strict=True)]
        )
        if tag == "th":
            for cell in row:
                cell.set("scope", "col")
        return row


def _list(tag: str, css_class: str = "") -> etree._Element:
    element = _element(tag, css_class)
    element.set("role", "list")  # some screen readers forget that a list without bullets is one
    return element


def _glued(before: str, text: str) -> bool:
    """Say whether a very long word goes on from one run into the next, where a layout engine sees no line end."""
    first = text[:1].strip() and text.split(maxsplit=1)[0]
    return bool(before[-1:].strip()) and len(first) > _LONG_WORD

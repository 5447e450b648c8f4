"""Find in a part of a Word file what makes text unseen: hidden, white, tiny, struck out, squeezed, off the page."""

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from generator.render.word import NAMES, W

_NO = {"0", "false", "off"}
_DARK, _LIGHT = 0.51, 0.6  # how light text may be at most, and what lies behind it at least
_MIN_HALF_POINTS = 12
_MIN_LINE = 120
_LONGEST = 12_000  # twips: no indent or space is wider than a page
_CLOSEST, _WIDEST = -20, 200  # twips between letters
_NARROWEST = 50  # percent of the width of a letter; the widest is the same number as above
_MOST_COLUMNS = 63
_DIGITS = 6
_OPEN_AIR = "table space"
"""The style of the empty line about a table, which is as low as it likes."""
_SYMBOLS = ("symbol", "wingdings", "webdings", "mt extra", "marlett", "zapfdingbats", "dingbats")
_HIGHLIGHTS = {"none", "yellow", "green", "cyan", "magenta", "lightGray", "white"}
_SWITCHES = ("vanish", "specVanish", "webHidden", "strike", "dstrike")


def unseen(tree: etree._Element) -> Iterator[str]:
    """Yield each look that hides text, as an element with its value."""
    for name in _SWITCHES:
        yield from (name for e in tree.iter(f"{W}{name}") if e.get(f"{W}val", "1") not in _NO)
    for name, seen in _CHECKS.items():
        for element in tree.iter(f"{W}{name}"):
            for key, value in element.attrib.items():
                attribute = str(key).removeprefix(W)
                if not seen(element, attribute, str(value)):
                    yield f'{name} {attribute}="{_short(str(value))}"'


def _color(element: etree._Element, attribute: str, value: str) -> bool:
    del element
    return attribute != "val" or value == "auto" or _lightness(value) <= _DARK


def _shade(element: etree._Element, attribute: str, value: str) -> bool:
    if attribute == "val":
        return value in {"clear", "nil", "pct5", "pct10", "pct12", "pct15", "pct20"}
    return attribute != "fill" or value == "auto" or _lightness(value) >= _LIGHT or element.get(f"{W}val") == "nil"


def _size(element: etree._Element, attribute: str, value: str) -> bool:
    return attribute != "val" or _number(value) >= _MIN_HALF_POINTS or _in_open_air(element)


def _heir(element: etree._Element, attribute: str, value: str) -> bool:
    """No other style may be made after the one that is as low as it likes."""
    styles = element.getroottree().iter(f"{W}style")
    return attribute != "val" or not any(s.get(f"{W}styleId") == value and _in_open_air(s[0]) for s in styles if len(s))


def _spacing(element: etree._Element, attribute: str, value: str) -> bool:
    """Between letters a little, lines of a height that letters have, and no space greater than a page."""
    if attribute == "val":
        return _CLOSEST <= _number(value) <= _WIDEST
    if attribute == "line" and element.get(f"{W}lineRule") != "atLeast" and not _in_open_air(element):
        return _MIN_LINE <= _number(value) <= _LONGEST
    return attribute not in {"before", "after", "line"} or 0 <= _number(value) <= _LONGEST


def _indent(element: etree._Element, attribute: str, value: str) -> bool:
    del element
    return attribute.endswith(("Chars", "chars")) or -_MIN_LINE * 12 <= _number(value) <= _LONGEST


def _table(element: etree._Element, attribute: str, value: str) -> bool:
    return attribute != "w" or _indent(element, attribute, value)


def _scale(element: etree._Element, attribute: str, value: str) -> bool:
    del element
    return attribute != "val" or _NARROWEST <= _number(value.rstrip("%")) <= _WIDEST


def _raised(element: etree._Element, attribute: str, value: str) -> bool:
    del element
    return attribute != "val" or abs(_number(value)) <= 2 * _MIN_HALF_POINTS


def _font(element: etree._Element, attribute: str, value: str) -> bool:
    del element
    return attribute not in {"ascii", "hAnsi", "cs"} or not value.lower().startswith(_SYMBOLS)


def _highlight(element: etree._Element, attribute: str, value: str) -> bool:
    del element
    return attribute != "val" or value in _HIGHLIGHTS


def _turned(element: etree._Element, attribute: str, value: str) -> bool:
    del element
    return attribute != "val" or value in {"lrTb", "lr"}


def _span(element: etree._Element, attribute: str, value: str) -> bool:
    del element
    return attribute != "val" or 1 <= _number(value) <= _MOST_COLUMNS


_CHECKS: Mapping[str, Callable[[etree._Element, str, str], bool]] = {
    "color": _color,
    "shd": _shade,
    "sz": _size,
    "szCs": _size,
    "spacing": _spacing,
    "ind": _indent,
    "tblInd": _table,
    "w": _scale,
    "position": _raised,
    "rFonts": _font,
    "highlight": _highlight,
    "gridSpan": _span,
    "basedOn": _heir,
    "textDirection": _turned,
}


def _in_open_air(element: etree._Element) -> bool:
    style = next(element.iterancestors(f"{W}style"), None)
    name = None if style is None else style.find("w:name", NAMES)
    return name is not None and name.get(f"{W}val", "").lower() == _OPEN_AIR


def _lightness(value: str) -> float:
    """Return how light a colour is, from black to white; what is no colour is not to be trusted either way."""
    try:
        return lightness(value)
    except ValueError:
        return 0.55


def lightness(digits: str) -> float:
    """Return how light a colour of six hexadecimal digits is, from black to white; raise `ValueError` for none."""
    red, green, blue = bytes.fromhex(digits)
    return (0.3 * red + 0.59 * green + 0.11 * blue) / 255


def _number(value: str) -> float:
    """Return a whole number, and nothing that any limit would take for what is none."""
    digits = value.removeprefix("-")
    well = digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS
    return int(value) if well else float("nan")


def _short(value: str) -> str:
    return value[:20] if value.isascii() and value.isprintable() else "?"

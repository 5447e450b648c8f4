"""Look through a style sheet by an allow-list: known properties, harmless values, nothing fetched, nothing hidden."""

import re
from collections.abc import Iterator

from generator.render.style_looks import lightness

_ASIDE = re.compile(r"/\*.*?(?:\*/|\Z)|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)
"""A comment or a string, whichever begins first; a comment without an end goes on to the end of the file."""
_LEFT_OPEN = re.compile(r"/\*|\*/|[\"']")
_ODD = re.compile(r"[\\<]|[^\s!-~\u00a0-\u036f\u0400-\u04ff\u2010-\u2026\u2190-\u21ff]")
"""An escape, a tag, a sign of no use in a style sheet, comments included."""
_PUNCTUATION = re.compile(r"[\"'][\s/.,:;()–—·|-]*[\"']")
_LONGEST = 1000
"""How many characters a selector or a declaration may have: looking for what is wrong takes the square of it."""
_PART = re.compile(r"[^{};]*[{};]")
_AT = re.compile(r"@(?:media|page|(?:top|bottom|left|right)-[a-z-]+)\b")
_FUNCTION = re.compile(r"([\w-]*)\(")
_NUMBER = re.compile(r"(?<![\w#.-])([+-]?(?:\d+\.?\d*|\.\d+))(%|[a-z]*)(?![\w.])", re.IGNORECASE)
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\b", re.IGNORECASE)
_FUNCTIONS = {"var", "calc", "counter", "element", "running", "attr", "min", "max", "nth-child", "not", "is", "rem"}
_POINTS = {"pt": 1.0, "px": 0.75, "mm": 2.835, "cm": 28.35, "in": 72.0, "pc": 12.0, "rem": 12.0, "em": 12.0, "ex": 6.0,
           "%": 0.0, "": 0.0, "vw": 8.0, "vh": 8.0}  # fmt: skip
_FARTHEST, _FARTHEST_LEFT = 900.0, -2.0
_LEAST = 6.0  # points: smaller text is not read
_LEAST_PERCENT, _LEAST_PARTS = 60.0, 0.6
_BACKGROUNDS = {"none", "transparent", "white", "inherit"}
_DARK, _LIGHT = 0.5, 0.55

_BOXES = "margin padding border border-width border-style border-color border-radius width min-width max-width"
_ANYTHING = frozenset(
    f"""{_BOXES} border-collapse border-spacing box-sizing table-layout caption-side empty-cells
    break-before break-after break-inside page-break-before page-break-after page-break-inside orphans widows
    font-weight font-style hyphens overflow-wrap word-break word-wrap white-space
    text-align text-align-last letter-spacing word-spacing
    text-decoration-thickness text-underline-offset line-height font-size text-indent clear min-height
    background background-color box-decoration-break print-color-adjust""".split()
) | {f"{box}-{side}{more}" for side in ("top", "right", "bottom", "left")
     for box, mores in (("margin", ("",)), ("padding", ("",)), ("border", ("", "-width", "-style", "-color")))
     for more in mores}  # fmt: skip
"""Properties that take any value within the limits of numbers. Features of fonts are none of them: a Word letter would
not have them, and WeasyPrint 70 loses memory with each line that has one (`weasyprint/text/line_break.py`)."""
_CHOICES = {
    "display": "block inline inline-block list-item table table-row table-cell table-row-group table-header-group",
    "position": "static running(foot) running(draft)",
    "color": "inherit black currentcolor",
    "font-family": "inherit var(--font)",
    "list-style": "none",
    "list-style-type": "none",
    "text-decoration": "none underline",
    "hyphens": "manual none",
    "float": "left right none",
    "vertical-align": "baseline top middle bottom text-top text-bottom",
}
_OF_PANELS = re.compile(r"\.(?:sheet|panel)(?:[+ ]+\.(?:sheet|panel))*(?::nth-child\([^)]*\))?")
_PANEL = {"position": "relative absolute", "height": "", "left": "0", "right": "0", "top": "0", "bottom": "0"}
"""What only the sheets and panels of a card may be given: they lie on quarters of the page."""
_IN_MARGINS = {"counter(page)", "counter(pages)", "element(foot)", "element(draft)", "none"}
_LABEL = "attr(data-label)"
_SIZES = {"font-size": "size", "line-height": "leading"}
"""How the measures are called that the size of letters and lines may have."""
_BACK = re.compile(r"var\(--number-column\)")
_VAR = re.compile(r"var\(--([a-z0-9-]+)\)")


def faults(css: str) -> Iterator[tuple[int, str]]:
    """Yield each line of a style sheet with what on it is not allowed, as it is written there."""
    odd = _ODD.search(css) or _LEFT_OPEN.search(_ASIDE.sub(_closed, css))
    if odd:
        sign = odd[0] if odd[0].isascii() and odd[0].isprintable() else f"U+{ord(odd[0]):04X}"
        yield (css.count("\n", 0, odd.start()) + 1 if _ODD.search(css) else 1), sign
        return
    for aside in _ASIDE.finditer(css):
        if not aside[0].startswith("/*") and not _PUNCTUATION.fullmatch(aside[0]):
            yield css.count("\n", 0, aside.start()) + 1, _told(aside[0])
    bare = _ASIDE.sub(lambda aside: re.sub(r"[^\n]", " " if aside[0].startswith("/*") else '"', aside[0]), css)
    line, within = 1, list[str]()
    for found in _PART.finditer(f"{bare};"):
        part, sign = found[0][:-1], found[0][-1]
        begins = line + part[: len(part) - len(part.lstrip())].count("\n")
        line += found[0].count("\n")
        if len(part) > _LONGEST:
            yield begins, _told(part.strip())
            return
        words = " ".join(part.split())
        if sign == "{":
            within.append(words)
            fault = words if words.startswith("@") and not _AT.match(words) else _odd_function(words)
        else:
            fault = _declaration(words, within) if words else ""
            if sign == "}":
                fault = fault or ("" if within else "}")
                within = within[:-1]
        if fault:
            yield begins, _told(fault)
    if within:
        yield line, "{"


def _closed(aside: re.Match[str]) -> str:
    """Return a blank for a comment or string, and the beginning of a comment that has no end."""
    text = aside[0]
    unended = text.startswith("/*") and (len(text) < len("/**/") or not text.endswith("*/"))
    return text[:2] if unended else " "


def _declaration(words: str, within: list[str]) -> str:
    """Say what is wrong with a declaration, if anything is: the whole of it, or its property."""
    name, colon, value = (part.strip() for part in words.partition(":"))
    value = value.removesuffix("!important").strip().lower()
    name = name.lower()
    if not colon or not within or within[-1].startswith("@page"):  # the page itself is as style.yaml says
        return words
    if odd := _odd_function(value) if name != "content" else "":
        return odd
    if name == "content":
        return "" if _content(value, within) else words
    panel = _OF_PANELS.fullmatch(within[-1]) and "@media print" in within
    if panel and name in _PANEL:
        well = not _PANEL[name] or value in _PANEL[name].split()
    elif name in _CHOICES:
        well = value in _CHOICES[name].split() or (name == "color" and _lightness(value, 1.0) <= _DARK)
    else:
        well = name in _ANYTHING
    return "" if well and _measured(name, value, within) else words


def _content(value: str, within: list[str]) -> bool:
    """Say whether what is added are the numbers a page has anyway: labels of items, and in the margins of the page."""
    if not within[-1].startswith("@"):
        return value == _LABEL
    return all(part in _IN_MARGINS for part in re.sub(r'"+', " ", value).split())


def _odd_function(value: str) -> str:
    """Return a function that is not known, such as one that fetches."""
    return next((f"{name}(" for name in _FUNCTION.findall(value) if name.lower() not in _FUNCTIONS | {""}), "")


def _measured(name: str, value: str, within: list[str]) -> bool:
    """Say whether the numbers of a value leave text on the page, and large and dark enough to be read."""
    plain = _VAR.sub("", _HEX.sub("", value))
    if name.startswith("background"):
        return set(plain.split()) <= _BACKGROUNDS and all(map(_light, _HEX.findall(value)))
    sized = name in _SIZES and within[-1] != ".rule"
    if sized and ("(" in plain or not all(each.endswith(_SIZES[name]) for each in _VAR.findall(value))):
        return False
    if "-" in plain and name.startswith(("margin", "text-indent")) and _VAR.search(_BACK.sub("", value)):
        return False
    numbers = [(float(number), unit) for number, unit in _NUMBER.findall(plain)]
    known = all(unit in _POINTS for _, unit in numbers) and not re.search(r"\d", _NUMBER.sub("", plain))
    near = known and all(_FARTHEST_LEFT <= size * (_POINTS[unit] or 1) <= _FARTHEST for size, unit in numbers)
    return near and not (sized and not all(_readable(*each) for each in numbers))


def _readable(size: float, unit: str) -> bool:
    """Say whether letters or lines of a size are read; without a unit it is a part of the size around it."""
    if unit == "%":
        return size >= _LEAST_PERCENT
    return size >= _LEAST_PARTS if unit in {"em", "rem", ""} else size * _POINTS[unit] >= _LEAST


def _light(hexed: str) -> bool:
    return _lightness(f"#{hexed}", 0.0) >= _LIGHT


def _lightness(color: str, otherwise: float) -> float:
    """Return how light a colour in hexadecimal is, from black to white."""
    found = _HEX.fullmatch(color)
    if not found:
        return otherwise
    return lightness(found[1] if len(found[1]) == len("rrggbb") else "".join(2 * digit for digit in found[1]))


def _told(fault: str) -> str:
    """Return the beginning of what is not allowed, as it may be printed."""
    return "".join(char if char.isprintable() else "?" for char in fault[:40])

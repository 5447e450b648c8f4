"""The measures of a house style: what `style.yaml` says, within what a page can bear, and what the Word file says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from generator.errors import Place, Problem
from generator.render.word import NAMES, W, style_ids
from generator.sources import Source

_LENGTH = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,3})?)(mm|pt)")
_TWIPS_NUMBER = re.compile(r"-?[0-9]{1,6}")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_TWIPS = {"mm": 1440 / 25.4, "pt": 20.0}
_HALF_POINTS = 0.1  # half points in a twip

# the section of letter.docx: element, attribute, measure
_SECTION = (
    ("pgSz", "w", "page-width"),
    ("pgSz", "h", "page-height"),
    ("pgMar", "left", "margin-left"),
    ("pgMar", "right", "margin-right"),
    ("pgMar", "top", "margin-top"),
    ("pgMar", "bottom", "margin-bottom"),
    ("pgMar", "footer", "foot-distance"),
)
# the styles of letter.docx: style, path inside it, attribute, unit in twips, measure
_STYLES = (
    ("reference", "w:pPr/w:spacing", "after", 1.0, "reference-gap"),
    ("corner", "w:pPr/w:ind", "left", 1.0, "corner-left"),
    ("corner group", "w:pPr/w:spacing", "before", 1.0, "corner-gap"),
    ("title", "w:pPr/w:spacing", "before", 1.0, "title-before"),
    ("title", "w:rPr/w:sz", "val", _HALF_POINTS, "title-size"),
    ("title", "w:rPr/w:spacing", "val", 1.0, "title-spacing"),
    ("subject", "w:pPr/w:ind", "left", 1.0, "subject-inset"),
    ("subject", "w:pPr/w:spacing", "after", 1.0, "subject-after"),
    ("basis", "w:rPr/w:sz", "val", _HALF_POINTS, "basis-size"),
    ("basis", "w:pPr/w:spacing", "after", 1.0, "basis-after"),
    ("heading 1", "w:pPr/w:spacing", "before", 1.0, "heading-before"),
    ("heading 1", "w:pPr/w:spacing", "after", 1.0, "heading-after"),
    ("body text", "w:pPr/w:spacing", "after", 1.0, "paragraph-gap"),
    ("numbered fact", "w:pPr/w:ind", "hanging", 1.0, "number-column"),
    ("numbered fact", "w:pPr/w:spacing", "after", 1.0, "item-gap"),
    ("request", "w:pPr/w:ind", "hanging", 1.0, "number-column"),
    ("request", "w:pPr/w:spacing", "after", 1.0, "item-gap"),
    ("point", "w:pPr/w:ind", "hanging", 1.0, "number-column"),
    ("point", "w:pPr/w:spacing", "after", 1.0, "item-gap"),
    ("annex", "w:pPr/w:ind", "hanging", 1.0, "number-column"),
    ("annex", "w:pPr/w:spacing", "after", 1.0, "annex-gap"),
    ("table cell", "w:rPr/w:sz", "val", _HALF_POINTS, "table-size"),
    ("table cell", "w:pPr/w:spacing", "line", 1.0, "table-leading"),
    ("table space", "w:pPr/w:spacing", "line", 1.0, "table-gap"),
    ("signature line", "w:pPr/w:spacing", "before", 1.0, "signature-before"),
    ("signature line", "w:pPr/w:tabs/w:tab[1]", "pos", 1.0, "signature-line-from"),
    ("signature line", "w:pPr/w:tabs/w:tab[2]", "pos", 1.0, "signature-line-to"),
    ("received", "w:pPr/w:spacing", "before", 1.0, "received-gap"),
    ("footer", "w:rPr/w:sz", "val", _HALF_POINTS, "foot-size"),
    ("draft mark", "w:rPr/w:sz", "val", _HALF_POINTS, "draft-size"),
)
# the same, asked only of a house style with a letterhead
_LETTERHEAD = (
    ("letterhead name", "w:rPr/w:sz", "val", _HALF_POINTS, "letterhead-name-size"),
    ("letterhead", "w:rPr/w:sz", "val", _HALF_POINTS, "letterhead-size"),
    ("letterhead", "w:pPr/w:spacing", "after", 1.0, "letterhead-gap"),
)
_DEFAULTS = (
    ("w:rPrDefault/w:rPr/w:sz", "val", _HALF_POINTS, "text-size"),
    ("w:pPrDefault/w:pPr/w:spacing", "line", 1.0, "leading"),
)
_ONLY_CSS = ("rule",)
_EDGES = {"page-width": ("margin-left", "margin-right"), "page-height": ("margin-top", "margin-bottom")}
_LEAST_ROOM = 100  # points between two margins: with less some engine looks for a place without end


@dataclass(frozen=True, slots=True)
class Sheet:
    """What `style.yaml` says, and where it says it; `own` are the measures that a card or a phone has of its own."""

    source: Source
    measures: Mapping[str, str]
    word_font: str
    own: Mapping[str, str] = field(default_factory=dict)
    section: str = "measures"
    letterhead: bool = False

    @property
    def rows(self) -> tuple[tuple[str, str, str, float, str], ...]:
        """Return where the styles of letter.docx say which measure."""
        return (*_STYLES, *(_LETTERHEAD if self.letterhead else ()))

    @property
    def sound(self) -> bool:
        """Say whether all measures are there, and lengths; only then can they be compared."""
        return _wanted(self) <= self.measures.keys() and all(map(_LENGTH.fullmatch, self.measures.values()))

    def twips(self, name: str) -> float:
        """Return a measure in twentieths of a point."""
        number, unit = _LENGTH.fullmatch(self.measures[name]).groups()  # type: ignore[union-attr]  # checked first
        return float(number) * _TWIPS[unit]


def measure_problems(sheet: Sheet) -> Iterator[Problem]:
    """Check the measures of `style.yaml`: all there, all lengths, and none a card or a phone alone would have."""
    wanted = _wanted(sheet)
    for name in sorted(wanted - set(sheet.measures)):
        yield Problem("style-lacks-measure", Place(sheet.source.file), f"{sheet.section}.{name}")
    for name, value in sheet.own.items():
        path = f"{sheet.section}.{name}"
        if sheet.section != "measures" and name not in wanted:
            yield Problem("style-unknown-measure", sheet.source.place(path), path, {"measure": name})
        if not _NAME.fullmatch(name):
            yield Problem("style-not-a-measure", sheet.source.place(path), path)
        elif not _LENGTH.fullmatch(value):
            yield Problem("style-not-a-length", sheet.source.place(path), path)
        elif not (limits := _limits(name))[0] <= sheet.twips(name) / _TWIPS["pt"] <= limits[1]:
            values = {"measure": name, "least": f"{limits[0]}pt", "most": f"{limits[1]}pt"}
            yield Problem("style-measure-out-of-range", sheet.source.place(path), path, values)
    for whole, edges in _EDGES.items() if sheet.sound else ():
        panels = 2 if sheet.section == "card" else 1
        if sheet.twips(whole) / panels - sum(map(sheet.twips, edges)) < _LEAST_ROOM * _TWIPS["pt"]:
            path = f"{sheet.section}.{edges[0]}"
            values = {"measure": whole, "least": str(_LEAST_ROOM)}
            yield Problem("style-no-room", sheet.source.place(path), path, values)


def _wanted(sheet: Sheet) -> set[str]:
    return {row[-1] for table in (_SECTION, sheet.rows, _DEFAULTS) for row in table} | set(_ONLY_CSS)


def _limits(name: str) -> tuple[int, int]:
    """Return the least and most a measure may be, in points: letters can be read, and lie on a page."""
    if name.startswith("page-"):
        return 150, 1700
    if name.endswith("-size"):
        return 6, 40
    return (6, 60) if name.endswith("leading") else (0, 800)


def disagreements(styles: etree._Element, document: etree._Element, place: Place, sheet: Sheet) -> Iterator[Problem]:
    """Name the measures that the Word file says otherwise than `style.yaml`."""
    ids = style_ids(styles)
    by_id = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    found = [(measure, document.find(f".//{W}sectPr/{W}{tag}"), attribute, 1.0) for tag, attribute, measure in _SECTION]
    found += [
        (measure, by_id[ids[style]].find(path, NAMES), attribute, unit)
        for style, path, attribute, unit, measure in sheet.rows
    ]
    defaults = styles.find(f"{W}docDefaults")
    for path, attribute, unit, measure in _DEFAULTS:
        found.append((measure, None if defaults is None else defaults.find(path, NAMES), attribute, unit))
    for measure, element, attribute, unit in found:
        value = "" if element is None else element.get(f"{W}{attribute}", "")
        if not _TWIPS_NUMBER.fullmatch(value) or abs(int(value) / unit - sheet.twips(measure)) > 1:
            in_points = f"{int(value) / unit / 20:g}pt" if _TWIPS_NUMBER.fullmatch(value) else "-"
            values = {"measure": measure, "style_yaml": sheet.measures[measure], "letter_docx": in_points}
            yield Problem("style-disagrees", place, f"{sheet.section}.{measure}", values)
    fonts = None if defaults is None else defaults.find("w:rPrDefault/w:rPr/w:rFonts", NAMES)
    if fonts is None or fonts.get(f"{W}ascii") != sheet.word_font:
        yield Problem(
            "style-disagrees",
            place,
            "fonts.word",
            {
                "measure": "fonts.word",
                "style_yaml": sheet.word_font,
                "letter_docx": "-" if fonts is None else fonts.get(f"{W}ascii", "-"),
            },
        )

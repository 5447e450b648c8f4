"""Hold the parts of a house style against each other: placeholders, Word styles, and measures said twice."""

import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from generator.document import Form
from generator.errors import Place, Problem
from generator.render.word import (
    CARD_TABLE_STYLE,
    LETTERHEAD_STYLES,
    NAMES,
    PARAGRAPH_STYLES,
    RUN_STYLES,
    TABLE_STYLE,
    W,
    style_ids,
)
from generator.sources import Source

HTML_PLACEHOLDERS = ("language", "title", "css", "draft", "corner", "head", "body", "closing", "foot")
_CORE = ("title", "language")
WORD_PLACEHOLDERS: Mapping[Form, Mapping[str, tuple[str, ...]]] = {
    "letter": {"word/document.xml": ("p corner", "p head", "p body", "p closing"), "docProps/core.xml": _CORE},
    "card": {"word/document.xml": ("p body",), "docProps/core.xml": _CORE},
}
_PLACEHOLDER = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_LOGIC = re.compile(r"\{%|\{#")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(mm|pt)")
_VAR = re.compile(r"var\(\s*--([a-z0-9-]+)")
_CSS_READS = ("@font-face", "@import", "url(", "</")
_MEASURE = re.compile(r"\bm\.([a-z0-9-]+)")
_TYPST_READS = re.compile(
    r"\b(?:import|include|read|image|plugin|csv|json|yaml|toml|xml|cbor|bibliography|eval|sys|std)\b|@[a-z]+/"
)
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

    def twips(self, name: str) -> float:
        """Return a measure in twentieths of a point."""
        number, unit = _LENGTH.fullmatch(self.measures[name]).groups()  # type: ignore[union-attr]  # checked first
        return float(number) * _TWIPS[unit]


def word_problems(raw: bytes, place: Place, sheet: Sheet, form: Form = "letter") -> Iterator[Problem]:
    """Check a Word file: readable, all placeholders, no logic, all styles, and the measures of `style.yaml`."""
    sound = not any(measure_problems(sheet))
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            texts = {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}
        styles = etree.fromstring(texts["word/styles.xml"].encode())
        document = etree.fromstring(texts["word/document.xml"].encode())
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, etree.XMLSyntaxError):
        yield Problem("style-not-word", place)
        return
    yield from _placeholder_problems(texts, place, form)
    ids = style_ids(styles)
    wanted = (
        *PARAGRAPH_STYLES,
        *(LETTERHEAD_STYLES if sheet.letterhead else ()),
        *RUN_STYLES,
        TABLE_STYLE,
        *([CARD_TABLE_STYLE] if form == "card" else []),
    )
    absent = [name for name in wanted if name.lower() not in ids]
    yield from (Problem("style-lacks-style", place, "", {"style": name}) for name in absent)
    if not absent and sound:
        yield from _disagreements(styles, document, place, sheet)


def html_problems(raw: bytes, place: Place) -> Iterator[Problem]:
    """Check `letter.html`: text, and all placeholders."""
    try:
        found = set(_PLACEHOLDER.findall(raw.decode()))
    except UnicodeDecodeError:
        yield Problem("not-utf-8", place)
        return
    for name in HTML_PLACEHOLDERS:
        if name not in found:
            yield Problem("style-lacks-placeholder", place, "", {"placeholder": name})


def css_problems(raw: bytes, place: Place, sheet: Sheet) -> Iterator[Problem]:
    """Check `letter.css`: only known measures, no page or font of its own, nothing fetched from elsewhere."""
    known = {*sheet.measures, "font"}
    return _line_problems(raw, place, known, _VAR, lambda line: [word for word in _CSS_READS if word in line])


def typst_problems(raw: bytes, place: Place, sheet: Sheet) -> Iterator[Problem]:
    """Check `letter.typ`: only known measures, no file, no package, no text run as a program, not even in a comment."""
    return _line_problems(raw, place, sheet.measures, _MEASURE, _TYPST_READS.findall)


def _line_problems(
    raw: bytes,
    place: Place,
    known: Collection[str],
    measure: re.Pattern[str],
    forbidden: Callable[[str], Iterable[str]],
) -> Iterator[Problem]:
    """Look at each line of a style file for measures that are not known and for constructs that are forbidden."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        yield Problem("not-utf-8", place)
        return
    for number, line in enumerate(text.splitlines(), 1):
        spot = Place(place.file, number, 1)
        unknown = (name for name in measure.findall(line) if name not in known)
        yield from (Problem("style-unknown-measure", spot, "", {"measure": name}) for name in unknown)
        found = ({"construct": word} for word in forbidden(line))
        yield from (Problem("style-css-not-allowed", spot, "", values) for values in found)


def measure_problems(sheet: Sheet) -> Iterator[Problem]:
    """Check the measures of `style.yaml`: all there, all lengths, and none a card or a phone alone would have."""
    wanted = {row[-1] for table in (_SECTION, sheet.rows, _DEFAULTS) for row in table} | set(_ONLY_CSS)
    for name in sorted(wanted - set(sheet.measures)):
        yield Problem("style-lacks-measure", Place(sheet.source.file), f"{sheet.section}.{name}")
    for name, value in sheet.own.items():
        path = f"{sheet.section}.{name}"
        if sheet.section != "measures" and name not in wanted:
            yield Problem("style-unknown-measure", sheet.source.place(path), path, {"measure": name})
        if not _LENGTH.fullmatch(value):
            yield Problem("style-not-a-length", sheet.source.place(path), path)


def _placeholder_problems(texts: Mapping[str, str], place: Place, form: Form) -> Iterator[Problem]:
    bare = {name: re.sub(r"<[^>]+>", "", text) for name, text in texts.items()}
    wanted = dict(WORD_PLACEHOLDERS[form])
    wanted.update({name: ("draft_mark",) for name in texts if name.startswith("word/header")})
    for name, placeholders in wanted.items():
        found = _PLACEHOLDER.findall(bare.get(name, ""))
        yield from (
            Problem("style-lacks-placeholder", place, "", {"placeholder": wish})
            for wish in placeholders
            if wish not in found
        )
    feet = [text for name, text in bare.items() if name.startswith("word/footer")]
    if form == "letter" and not any("running" in _PLACEHOLDER.findall(text) for text in feet):
        yield Problem("style-lacks-placeholder", place, "", {"placeholder": "running"})
    if any(_LOGIC.search(text) for text in bare.values()):
        yield Problem("style-has-logic", place)


def _disagreements(styles: etree._Element, document: etree._Element, place: Place, sheet: Sheet) -> Iterator[Problem]:
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
        if not value.lstrip("-").isdigit() or abs(int(value) / unit - sheet.twips(measure)) > 1:
            in_points = f"{int(value) / unit / 20:g}pt" if value.lstrip("-").isdigit() else "-"
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

"""How a text looks where that changes what it says: struck through, or above or below the line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from generator.tables.package import attribute, local

STRUCK, RAISED = "text-struck", "text-raised"
"""What is wrong with a text a part of which looks so."""
_NO = {"0", "false", "off"}
_MARKS = ("{*}strike", "{*}vertAlign")


def look_of_font(marks: Iterable[etree._Element]) -> str:
    """Return what is wrong with a text in an XLSX set with these marks of a font or of a run, empty if nothing is."""
    for mark in marks:
        match local(mark):
            case "strike" if attribute(mark, "val") not in _NO:
                return STRUCK
            case "vertAlign" if attribute(mark, "val") != "baseline":
                return RAISED
    return ""


def look_within(rich: etree._Element) -> str:
    """Return what is wrong with a string of an XLSX because of the look of a part of it; a plain one has no parts."""
    if len(rich) and str(rich[0].tag).endswith("}t"):
        return ""
    return look_of_font(rich.iter(*_MARKS))


@dataclass(slots=True)
class OdfLooks:
    """The styles of an ODS that change what a text says, by family and name: what is wrong with texts in them."""

    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def learn(self, style: etree._Element) -> None:
        """Note how a style looks; what it does not say itself, the style above it says."""
        family, name, above = (attribute(style, key, "style") for key in ("family", "name", "parent-style-name"))
        look = self.known.get((family, above), "")
        for each in style:
            if local(each) == "text-properties":
                said = {str(key).rpartition("}")[2]: str(value) for key, value in each.attrib.items()}
                look = _look_of(said, look)
        if look:
            self.known[family, name] = look
        else:
            self.known.pop((family, name), None)

    def of_cell(self, style: str, cell: etree._Element) -> str:
        """Return what is wrong with a cell in a style because of how it or a part of it looks."""
        if not self.known:
            return ""
        within = (self.known.get(("text", attribute(each, "style-name")), "") for each in cell.iter("{*}span", "{*}a"))
        return self.known.get(("table-cell", style), "") or next(filter(None, within), "")


def _look_of(said: Mapping[str, str], above: str) -> str:
    """Return the look of what a style says of texts, that of the style above where it says nothing of it."""
    lines = [said[key] for key in ("text-line-through-style", "text-line-through-type") if key in said]
    if lines and "none" not in lines:
        return STRUCK
    if "text-position" in said and not said["text-position"].startswith("0%"):
        return RAISED
    told = {STRUCK: bool(lines), RAISED: "text-position" in said}
    return "" if told.get(above) else above

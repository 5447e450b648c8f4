"""The words of WordprocessingML this package uses: its namespace, the styles a house style must have."""

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {"w": MAIN}
W = f"{{{MAIN}}}"

PARAGRAPH_STYLES = (
    "Reference",
    "Corner",
    "Corner Group",
    "Title",
    "Subject",
    "Basis",
    "heading 1",
    "heading 2",
    "Body Text",
    "Numbered Fact",
    "Numbered Fact 2",
    "Request",
    "Request 2",
    "Point",
    "Point 2",
    "Annex Heading",
    "Annex",
    "Annex 2",
    "Table Head",
    "Table Number Head",
    "Table Cell",
    "Table Number",
    "Table Space",
    "Signature Post",
    "Signature Line",
    "Received",
    "Draft Mark",
    "footer",
)
LETTERHEAD_STYLES = ("Letterhead Name", "Letterhead")
RUN_STYLES = ("Strong", "Emphasis", "Strong Emphasis", "Gap")
TABLE_STYLE = "Letter Table"
CARD_TABLE_STYLE = "Card Table"
"""The four panels of a card; only `card.docx` has it."""


def style_ids(styles: etree._Element) -> dict[str, str]:
    """Return the id of each Word style by its name in lower case; Word may rename ids, never names."""
    found: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            found[name.get(f"{W}val", "").lower()] = style.get(f"{W}styleId", "")
    return found

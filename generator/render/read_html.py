"""Read back an HTML file: the paragraphs a reader of a browser sees, with the labels of its lists."""

from dataclasses import dataclass

from lxml import etree

_BLOCKS = ("h1", "h2", "h3", "p", "li", "th", "td")


@dataclass(frozen=True, slots=True)
class PageReading:
    """What an HTML file says: its paragraphs, its title, its language."""

    paragraphs: tuple[str, ...]
    title: str
    language: str


def read_html(raw: bytes) -> PageReading:
    """Return what an HTML file says."""
    import lxml.html  # noqa: PLC0415  # only when there is an HTML file

    root = lxml.html.document_fromstring(raw, parser=lxml.html.HTMLParser(encoding="utf-8"))
    title = root.findtext("head/title") or ""
    return PageReading(tuple(_paragraph(e) for e in root.iter(*_BLOCKS)), title, root.get("lang") or "")


def _paragraph(element: etree._Element) -> str:
    label = element.get("data-label", "")
    if label[:-1].replace(".", "").isdigit() and label[:-1].rpartition(".")[2] != element.get("value"):
        label = ""  # what is seen and what is said aloud are not one number
    return f"{label} {_text(element)}"


def _text(element: etree._Element) -> str:
    """Return the words of an element without those of a list inside it."""
    pieces = [element.text or ""]
    for child in element:
        pieces += ["" if child.tag in ("ol", "ul") else _text(child), child.tail or ""]
    return "".join(pieces)

"""Read letters as a stranger would: by the ZIP and XML of Python, pypdfium2, an HTML parser; no code of the program."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PAGE_HYPHEN = re.compile("[\ufffe\x02]")  # what pypdfium2 makes of a hyphen at the end of a line


def text_of(name: str, content: bytes) -> str:
    """Return the words of a letter; raise whatever the reader raises where it cannot be read."""
    return _READERS[name.rpartition(".")[2]](content)


def bare(text: str) -> str:
    """Return a text without any white space, as letters are compared."""
    return "".join(unicodedata.normalize("NFC", text).split())


def _docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        if whole.testzip():
            raise zipfile.BadZipFile
        parts = [name for name in whole.namelist() if name.endswith((".xml", ".rels"))]
        roots = {name: ET.fromstring(whole.read(name)) for name in parts}  # noqa: S314  # our own file, just made
    words = (each for name in sorted(roots) if name.startswith("word/") for each in roots[name].iter(f"{_W}t"))
    return "".join(each.text or "" for each in words)


def _pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return _PAGE_HYPHEN.sub("-", text)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words = list[str]()
        self._hidden = 0

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self._hidden += tag in {"style", "script"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        self.words += [] if self._hidden else [data]


def _html(content: bytes) -> str:
    reader = _Words()
    reader.feed(content.decode("utf-8"))
    reader.close()
    return "".join(reader.words)


def active(name: str, content: bytes) -> list[str]:
    """Return what in a letter would load or run something when it is opened, or ask the reader for something."""
    return _ACTIVE[name.rpartition(".")[2]](content)


def _active_docx(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        parts = {name: whole.read(name).decode("utf-8", "replace") for name in whole.namelist()}
    found = [name for name in parts if not name.endswith((".xml", ".rels"))]
    for text in parts.values():
        found += _ACTIVE_XML.findall(text)
        fields = re.findall(r'w:instr="([^"]*)"|<w:instrText[^>]*>([^<]*)', text)
        found += [field for pair in fields if not _FIELD.fullmatch(field := "".join(pair))]
    return found


def _active_pdf(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as document:
        keys = {key for each in document.objects for key in _keys(each)}
    return sorted(keys & _ACTIVE_KEYS)


def _keys(value: object) -> Iterator[str]:
    match value:
        case pikepdf.Dictionary() | pikepdf.Stream():
            for key, inner in value.items():
                yield key
                if not getattr(inner, "is_indirect", False):
                    yield from _keys(inner)
        case pikepdf.Array():
            for inner in value:
                if not getattr(inner, "is_indirect", False):
                    yield from _keys(inner)


def _active_html(content: bytes) -> list[str]:
    return _ACTIVE_TAG.findall(content.decode())


_FIELD = re.compile(r"\s*(PAGE|NUMPAGES|REF \S+ \\[hnrw](?: \\[hnrw])*|)\s*")
_ACTIVE_XML = re.compile("TargetMode|vanish|webHidden|altChunk|w:object|w:pict|w:comment|w:del |w:ins |DOCTYPE")
_ACTIVE_TAG = re.compile(r"(?i)<(?:script|link|img|iframe|object|embed|form|base|svg)\b|\bsrc=|@import|url\((?!data:)")
_ACTIVE_KEYS = {"/JS", "/JavaScript", "/Launch", "/URI", "/EmbeddedFiles", "/EF", "/AA", "/OpenAction", "/AcroForm"}
_ACTIVE: dict[str, Callable[[bytes], list[str]]] = {
    "docx": _active_docx, "pdf": _active_pdf, "html": _active_html, "txt": lambda _content: []
}  # fmt: skip
_READERS = {"docx": _docx, "pdf": _pdf, "html": _html, "txt": lambda content: content.decode("utf-8-sig")}

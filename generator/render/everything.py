"""All that a file says, wherever it lies: text, properties, names of parts, and every unpacked byte."""

import html
import io
import re
from collections.abc import Iterator

from generator.render.protection import STRING, plain_string
from generator.render.read_package import opened
from generator.render.read_pdf import read_pdf

_SHEETS = re.compile(r"<style\b.*?</style>", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_ENDS = re.compile(r"<(?:/w:p|/w:tc|w:br|w:tab|w:cr|/p|/td|/th|/div|/li|/h\d|br|/title|/dc:\w+|/rdf:\w+)\b[^>]*>")


def texts_in(kind: str, raw: bytes) -> Iterator[tuple[str, str]]:
    """Yield each text of an output and where it stands: as text to be read, or as data about it."""
    match kind:
        case "docx":
            for name, part in opened(raw).items():
                yield from _marked_up(part.read().decode("utf-8", "replace"))
                yield "metadata", name
        case "pdf" | "phone":
            yield from _pdf_texts(raw)
        case _:
            yield from _marked_up(raw.decode("utf-8", "replace"))


def bytes_in(kind: str, raw: bytes) -> Iterator[bytes]:
    """Yield the file as it lies and each part or stream of it unpacked."""
    yield raw
    if kind == "docx":
        yield from (part.read() for part in opened(raw).values())
    elif kind in {"pdf", "phone"}:
        yield from _streams(raw)


def _marked_up(text: str) -> Iterator[tuple[str, str]]:
    yield from (("metadata", sheet) for sheet in _SHEETS.findall(text))
    text = _SHEETS.sub("", text)
    yield "text", html.unescape(_TAGS.sub("", _ENDS.sub("\n", text)))
    yield "metadata", html.unescape("\n".join(dict.fromkeys(_TAGS.findall(text))))


def _pdf_texts(raw: bytes) -> Iterator[tuple[str, str]]:
    import pikepdf  # noqa: PLC0415  # heavy: only when there is a PDF to search

    yield "text", "\n".join(page.text for page in read_pdf(raw))
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        objects = b"\n".join(entry.to_json(dereference=True) for entry in pdf.objects).decode()
        yield "metadata", "\n".join(plain_string(string) for string in set(STRING.findall(objects)))
        for entry in pdf.objects:
            if isinstance(entry, pikepdf.Stream) and entry.get("/Type") == "/Metadata":
                yield from _marked_up(entry.read_bytes().decode("utf-8", "replace"))


def _streams(raw: bytes) -> Iterator[bytes]:
    import pikepdf  # noqa: PLC0415

    with pikepdf.open(io.BytesIO(raw)) as pdf:
        for entry in pdf.objects:
            if isinstance(entry, pikepdf.Stream):
                try:
                    yield entry.read_bytes()
                except pikepdf.PdfError:
                    yield entry.read_raw_bytes()

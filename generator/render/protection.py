"""Search every output, its metadata and the names of files for words that must not leave the office."""

import functools
import html
import io
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from generator.errors import Problem
from generator.render.read_package import Part, opened
from generator.render.read_pdf import read_pdf

_TAGS = re.compile(r"(<[^>]*>)")
_SHOWN = ("word/document", "word/header", "word/footer")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
"""A string in qpdf's JSON."""


def protected_problems(
    texts: Sequence[str], outputs: Mapping[str, bytes], protected: Collection[str], names: Collection[str]
) -> list[Problem]:
    """Return a problem for each place that tells a protected word; the word itself is not in it.

    Words are compared folded: case, Unicode form and the kind of white space make no difference.
    """
    words = {folded(word) for word in protected} - {""}
    if not words:
        return []
    searched = [(kind, place, text) for kind, raw in outputs.items() for place, text in _texts(kind, raw)]
    searched += [("letter", "text", alike("\n".join(texts))), *(("file", "name", alike(name)) for name in names)]
    found = dict.fromkeys((kind, place) for kind, place, text in searched if _tells(text, words))
    return [Problem("protected-word", None, "", {"format": kind, "where": place}) for kind, place in found]


def tells(text: str, protected: Iterable[str]) -> bool:
    """Say whether a text holds a protected word."""
    return _tells(alike(text), {folded(word) for word in protected} - {""})


def folded(text: str) -> str:
    """Return text as it is compared: NFC, case folded, white space of any kind and length one space."""
    return " ".join(alike(text).split())


def alike(text: str) -> str:
    """Return text folded but for its white space."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _tells(text: str, words: Iterable[str]) -> bool:
    """Say whether a text that is folded but for its white space holds one of the words."""
    near = [word for word in words if max(word.split(), key=len) in text]  # white space takes longest to fold
    return bool(near) and any(word in " ".join(text.split()) for word in near)


def _texts(kind: str, raw: bytes) -> Iterator[tuple[str, str]]:
    """Return what an output says, folded but for white space, and where: as text, or as data about the text."""
    match kind:
        case "docx":
            yield from _docx_texts(raw)
        case "pdf" | "phone":
            yield from _pdf_texts(raw)
        case _:
            yield from _marked_up(raw.decode("utf-8", "replace"))


def _marked_up(text: str, place: str = "text") -> Iterator[tuple[str, str]]:
    pieces = _TAGS.split(text)
    yield place, alike(html.unescape("".join(pieces[::2])))
    yield "metadata", alike(html.unescape(" ".join(dict.fromkeys(pieces[1::2]))))  # each tag once: most come often


def _docx_texts(raw: bytes) -> Iterator[tuple[str, str]]:
    for name, part in opened(raw).items():
        yield from _part_texts(part) if name == "word/document.xml" else _known_texts(part)
        yield "metadata", alike(name)


def _part_texts(part: Part) -> tuple[tuple[str, str], ...]:
    text = part.read().decode("utf-8", "replace")
    return tuple(_marked_up(text, "text" if part.name.startswith(_SHOWN) else "metadata"))


_known_texts = functools.lru_cache(maxsize=64)(_part_texts)
"""Of parts that do not differ from letter to letter: parts of the same bytes are searched in the same words."""


def _pdf_texts(raw: bytes) -> Iterator[tuple[str, str]]:
    import pikepdf  # noqa: PLC0415  # heavy: only when there is a PDF to search

    yield "text", alike(" ".join(page.text for page in read_pdf(raw)))
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        for entry in pdf.objects:
            if isinstance(entry, pikepdf.Stream) and entry.get("/Type") == "/Metadata":
                yield from _marked_up(entry.read_bytes().decode("utf-8", "replace"), "metadata")
        objects = b"\n".join(entry.to_json(dereference=True) for entry in pdf.objects).decode()
        # each string once, in one text, parted by what no word holds: searching it at once is cheap
        yield "metadata", alike("\0".join(plain_string(string) for string in set(STRING.findall(objects))))
        yield "metadata", alike("\0".join(pdf.attachments))


def plain_string(string: str) -> str:
    """Return a key, name or string as it reads; `string` is what stands between quotes in qpdf's JSON."""
    if string.startswith("b:"):  # bytes that are no Unicode, in hexadecimal
        return bytes.fromhex(string.removeprefix("b:")).decode("pdfdoc", "replace")
    text: str = json.loads(f'"{string}"') if "\\" in string else string
    return text.removeprefix("u:")

"""Search every output, its metadata and the names of files for words that must not leave the office."""

import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence

from generator.errors import Problem
from generator.render.read_pdf import read_pdf

_TAGS = re.compile(r"<[^>]*>")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def protected_problems(
    texts: Sequence[str], outputs: Mapping[str, bytes], protected: Collection[str], names: Collection[str]
) -> list[Problem]:
    """Return a problem for each place that tells a protected word; the word itself is not in it.

    Words are compared folded: case, Unicode form and the kind of white space make no difference.
    """
    words = {folded(word) for word in protected} - {""}
    if not words:
        return []
    problems = [
        _problem(kind, place)
        for kind, raw in outputs.items()
        for place, text in _texts(kind, raw)
        if _tells(text, words)
    ]
    if _tells("\n".join(texts), words):
        problems.append(_problem("letter", "text"))
    problems += [_problem("file", "name") for name in names if _tells(name, words)]
    return list({tuple(problem.values.items()): problem for problem in problems}.values())


def folded(text: str) -> str:
    """Return text as it is compared: NFC, case folded, white space of any kind and length one space."""
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).split())


def _tells(text: str, words: Collection[str]) -> bool:
    searched = folded(text)
    return any(word in searched for word in words)


def _problem(kind: str, place: str) -> Problem:
    return Problem("protected-word", None, "", {"format": kind, "where": place})


def _texts(kind: str, raw: bytes) -> Iterator[tuple[str, str]]:
    """Return what an output says, and where: as text, or as data about the text."""
    match kind:
        case "docx":
            yield from _docx_texts(raw)
        case "pdf" | "phone":
            yield from _pdf_texts(raw)
        case _:
            yield from _marked_up(raw.decode("utf-8", "replace"))


def _marked_up(text: str, place: str = "text") -> Iterator[tuple[str, str]]:
    yield place, html.unescape(_TAGS.sub("", text))
    yield "metadata", html.unescape(" ".join(_TAGS.findall(text)))


def _docx_texts(raw: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        for name in package.namelist():
            shown = name.startswith(("word/document", "word/header", "word/footer"))
            yield from _marked_up(package.read(name).decode("utf-8", "replace"), "text" if shown else "metadata")
            yield "metadata", name


def _pdf_texts(raw: bytes) -> Iterator[tuple[str, str]]:
    import pikepdf  # noqa: PLC0415  # heavy: only when there is a PDF to search

    yield "text", " ".join(page.text for page in read_pdf(raw))
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        for entry in pdf.objects:
            if isinstance(entry, pikepdf.Stream) and entry.get("/Type") == "/Metadata":
                yield from _marked_up(entry.read_bytes().decode("utf-8", "replace"), "metadata")
        objects = b"\n".join(entry.to_json(dereference=True) for entry in pdf.objects).decode()
        # each string once, in one text, parted by what no word holds: searching it at once is cheap
        yield "metadata", "\0".join(_plain(string) for string in set(_STRING.findall(objects)))
        yield "metadata", "\0".join(pdf.attachments)


def _plain(string: str) -> str:
    """Return a key, name or string as it reads; `string` is what stands between quotes in qpdf's JSON."""
    if string.startswith("b:"):  # bytes that are no Unicode, in hexadecimal
        return bytes.fromhex(string.removeprefix("b:")).decode("pdfdoc", "replace")
    text: str = json.loads(f'"{string}"') if "\\" in string else string
    return text.removeprefix("u:")

"""Search every output, its metadata and the names of files for words that must not leave the office."""

import functools
import html
import io
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.alike import bare, looks
from generator.errors import Problem
from generator.render.read_package import Part, opened
from generator.render.read_pdf import read_pdf

_TAGS = re.compile(r"(<[^>]*>)")
_SHOWN = ("word/document", "word/header", "word/footer")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
"""A string in qpdf's JSON."""
_NUMBER = 5
"""A word with digits and so many signs is found however it is parted; fewer signs meet in dates and sums by chance."""
_GUISE = 4
"""A word of so many letters is found even if all its letters are of the other script and only look like it."""
_PARTING = str.maketrans("", "", " \t\r\n-()./+")


class Searched(NamedTuple):
    """A text, and as it looks: that is searched, and only where something is found is the text looked at closely."""

    text: str
    looks: str


class _Word(NamedTuple):
    """A protected word: folded, as it looks, the longest word in it, and as a number that nothing parts."""

    folded: str
    looks: str
    longest: str
    number: str


def protected_problems(
    texts: Sequence[str], outputs: Mapping[str, bytes], protected: Collection[str], names: Collection[str]
) -> list[Problem]:
    """Return a problem for each place that tells a protected word; the word itself is not in it.

    Words are compared folded: case, marks on letters, look-alike letters, apostrophes, dashes, white space and how a
    number is parted make no difference.
    """
    words = _sought(protected)
    if not words:
        return []
    searched = [(kind, place, text) for kind, raw in outputs.items() for place, text in _texts(kind, raw)]
    searched += [("letter", "text", alike("\n".join(texts))), *(("file", "name", alike(name)) for name in names)]
    found = dict.fromkeys((kind, place) for kind, place, text in searched if _tells(text, words))
    return [Problem("protected-word", None, "", {"format": kind, "where": place}) for kind, place in found]


def tells(text: str, protected: Iterable[str]) -> bool:
    """Say whether a text holds a protected word."""
    return _tells(alike(text), _sought(protected))


def folded(text: str) -> str:
    """Return text as it is compared: bare, white space of any kind and length one space."""
    return " ".join(bare(text).split())


def alike(text: str) -> Searched:
    """Return text as it is searched, its white space as it is."""
    return Searched(text, looks(text))


def _sought(protected: Iterable[str]) -> list[_Word]:
    """Return the words as they are searched; Tajik names also as Russian spells them, and back: Раҷаб, Раджаб."""
    words = {folded(word) for word in protected}
    words |= {folded(word.casefold().replace("ҷ", "дж")) for word in protected}
    words = {word for each in words for word in (each, each.replace("дж", "ч"))} - {""}
    return [_Word(word, looks(word), looks(max(word.split(), key=len)), _number(word)) for word in sorted(words)]


def _number(word: str) -> str:
    """Return a word with digits as it looks when nothing parts it; empty for any other word, and for a short one."""
    joined = looks(word).translate(_PARTING)
    return joined if len(joined) >= _NUMBER and any(map(str.isdigit, joined)) else ""


def _tells(text: Searched, words: Sequence[_Word]) -> bool:
    """Say whether a text holds one of the words."""
    near = [word for word in words if word.longest in text.looks]  # white space takes longest to fold
    if near:
        plain = folded(text.text)
        if any(_stands(word, plain) for word in near):
            return True
    numbers = [word.number for word in words if word.number]
    joined = text.looks.translate(_PARTING) if numbers else ""
    return any(number in joined for number in numbers)


def _stands(word: _Word, plain: str) -> bool:
    """Say whether a word stands in a text that is folded.

    What only looks like it, no letter being of the script of the word, must be a whole word: «сор» is not in «copy».
    """
    if word.folded in plain:
        return True
    shown = looks(plain)
    for found in re.finditer(re.escape(word.looks), shown):
        start, end = found.span()
        if any(one == other and one.isalpha() for one, other in zip(word.folded, plain[start:end], strict=True)):
            return True
        beside = (shown[max(start - 1, 0) : start], shown[end : end + 1])
        if len(word.folded) >= _GUISE and not any(map(str.isalnum, beside)):
            return True
    return False


def _texts(kind: str, raw: bytes) -> Iterator[tuple[str, Searched]]:
    """Return what an output says, folded but for white space, and where: as text, or as data about the text."""
    match kind:
        case "docx":
            yield from _docx_texts(raw)
        case "pdf" | "phone":
            yield from _pdf_texts(raw)
        case _:
            yield from _marked_up(raw.decode("utf-8", "replace"))


def _marked_up(text: str, place: str = "text") -> Iterator[tuple[str, Searched]]:
    pieces = _TAGS.split(text)
    yield place, alike(html.unescape("".join(pieces[::2])))
    yield "metadata", alike(html.unescape(" ".join(dict.fromkeys(pieces[1::2]))))  # each tag once: most come often


def _docx_texts(raw: bytes) -> Iterator[tuple[str, Searched]]:
    for name, part in opened(raw).items():
        yield from _part_texts(part) if name == "word/document.xml" else _known_texts(part)
        yield "metadata", alike(name)


def _part_texts(part: Part) -> tuple[tuple[str, Searched], ...]:
    text = part.read().decode("utf-8", "replace")
    return tuple(_marked_up(text, "text" if part.name.startswith(_SHOWN) else "metadata"))


_known_texts = functools.lru_cache(maxsize=64)(_part_texts)
"""Of parts that do not differ from letter to letter: parts of the same bytes are searched in the same words."""


def _pdf_texts(raw: bytes) -> Iterator[tuple[str, Searched]]:
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

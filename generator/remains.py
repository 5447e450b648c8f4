"""Prove that nothing of the real people is left in the files of a pseudonymised case."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cached_property
from typing import Any

from generator.case.model import Case
from generator.covering import Materials
from generator.document import Letter, Run
from generator.errors import CaseError, Problem
from generator.pseudonyms.spelling import LONG, folded, units
from generator.pseudonyms.tokens import Tokens
from generator.publish import ENDINGS, RENDERERS
from generator.render.engine import PRINTERS
from generator.render.everything import bytes_in, texts_in
from generator.render.house_style import dressed
from generator.targets import MANIFEST

_OURS = re.compile(
    rb'"(?:sha256|bytes|line|column|measured_minutes|limit_hours|as_of|law_of|from)":\s*(?:"[0-9a-f-]*"|\d+)'
)
"""Digests, counts and days of a manifest: figures that may meet those of a number by chance."""


def check_remains(
    case: Case, files: Mapping[str, bytes], letters: Mapping[str, Letter], tokens: Tokens, materials: Materials
) -> None:
    """Raise `CaseError` with the paths of facts that a file, its name or its properties still tell."""
    found: dict[tuple[str, str, str], None] = {}
    for name, raw in files.items():
        for path in tokens.left_in(name):
            found[path, "file", "name"] = None
        kind = "manifest" if name == MANIFEST else _kind(name)
        for place, path in _left(kind, raw, letters.get(name), tokens, materials):
            found[path, kind, place] = None
    if found:
        raise CaseError(
            Problem("original-left-in-file", case.place(path), path, {"format": kind, "where": place})
            for path, kind, place in found
        )


def _kind(name: str) -> str:
    return next(kind for kind in ("phone", *ENDINGS) if name.endswith(ENDINGS[kind]))


def _left(
    kind: str, raw: bytes, letter: Letter | None, tokens: Tokens, materials: Materials
) -> Iterator[tuple[str, str]]:
    if letter is None:
        yield from (("text", path) for path in tokens.left_in(_OURS.sub(b"", raw).decode()))
        return
    structure = _Structure(kind, letter, tokens, materials)
    for place, text in texts_in(kind, raw):
        left = set(tokens.left_in(text))
        if left and place == "metadata":
            left = set(structure.tokens.left_in(text))
        yield from ((place, path) for path in left)
    words = list(_as_bytes(tokens))
    for part in bytes_in(kind, raw):
        found = [(word, path) for encoded, word, path in words if encoded in part]
        yield from (("bytes", path) for word, path in found if folded(word) not in structure.tokens.common.words)


class _Structure:
    """What stands in a file of this style whatever the letter says: a style or a tag may have the name of a person."""

    def __init__(self, kind: str, letter: Letter, tokens: Tokens, materials: Materials) -> None:
        self._of = kind, letter, tokens, materials

    @cached_property
    def tokens(self) -> Tokens:
        """Return the tokens without those that a letter of this style has when it says nothing."""
        kind, letter, tokens, materials = self._of
        render = RENDERERS.get(kind) or PRINTERS[materials.engine][kind]
        raw = render(dressed(_blank(letter), materials.style), materials.style)
        text = "\n".join(text for place, text in texts_in(kind, raw) if place == "metadata")
        words = tokens.common.words | {unit.folded for unit in units(text)}
        unlike = tuple(secret for secret in tokens.secrets if not secret.found.search(text))
        return replace(tokens, common=tokens.common._replace(words=words), secrets=unlike)


def _as_bytes(tokens: Tokens) -> Iterator[tuple[bytes, str, str]]:
    """Yield long names as they may lie in a file that no reader of ours takes apart: a font, a picture, a stream."""
    for word in tokens.people.written:
        if len(word) < LONG or folded(word) in tokens.common.words:
            continue
        path = next(tokens.left_in(word), "clients")
        for form in {word, word.lower(), word.upper(), unicodedata.normalize("NFD", word)}:
            for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
                yield form.encode(encoding), word, path


def _blank(value: Any) -> Any:
    """Return a letter of the same shape with a sign for each stretch of text."""
    match value:
        case Run():
            return value._replace(text="0" if value.text else "")
        case tuple() if hasattr(value, "_fields"):
            return type(value)(*map(_blank, value))
        case tuple():
            return tuple(map(_blank, value))
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{each.name: _blank(getattr(value, each.name)) for each in fields(value)})
        case _:
            return value

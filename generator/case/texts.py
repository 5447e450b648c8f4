"""Walk over every text of a case with its path."""

import re
from collections.abc import Iterator

from generator.case.model import Case
from generator.case.paths import pattern

_LANGUAGE = re.compile(r"\.(ru|tg|en|kk|az)(?:\.(?:nom|gen|dat|acc|ins|prep))?$")

NOT_PRINTED = ("withhold", "protected_words")
"""What tells what no letter may say, and is itself never said."""


def texts(case: Case) -> Iterator[tuple[str, str]]:
    """Yield (path, text) for everything written in words in a case; a text by languages yields each."""
    yield from _texts(case.facts.model_dump(mode="python"), "")


def texts_below(case: Case, path: str) -> Iterator[tuple[str, str]]:
    """Yield (path, text) for everything written in words at a path or below it, with any index where it has none."""
    wanted = pattern(path)
    for where, text in texts(case):
        found = wanted.match(where)
        if found and where[found.end() :][:1] in {"", ".", "["}:
            yield where, text


def language_of(path: str) -> str:
    """Return the language that the path of a text names, as `proceedings.ground.ru` does; empty if it names none."""
    named = _LANGUAGE.search(path)
    return named[1] if named else ""


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield path, value
        case dict():
            for key, inner in value.items():
                yield from _texts(inner, f"{path}.{key}".strip("."))
        case list() | tuple():
            for number, inner in enumerate(value, 1):
                yield from _texts(inner, f"{path}[{number}]")
        case _:
            return

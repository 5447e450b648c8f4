"""Walk over every text of a case with its path."""

from collections.abc import Iterator

from generator.case.model import Case


def texts(case: Case) -> Iterator[tuple[str, str]]:
    """Yield (path, text) for everything written in words in a case; a text by languages yields each."""
    yield from _texts(case.facts.model_dump(mode="python"), "")


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

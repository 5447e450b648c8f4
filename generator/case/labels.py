"""What each fact is called, what to write, and how to ask for it, in the words of `fields/<language>.yaml`."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field

from generator.case.model import CaseFile
from generator.case.people import Entity, NameForms
from generator.errors import DataError
from generator.sources import read_source
from generator.validation import validate

_FOLDER = Path(__file__).parent / "fields"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(_Part):
    """The words for a fact: its title, one sentence of help, the question to ask, a word for each choice."""

    title: str
    help: str
    ask: str | None = None
    choices: Mapping[str, str] = Field(default_factory=dict)


class Labels(_Part):
    """All labels of one language: of kinds of value (`Day`), groups (`Detention`), fields (`Detention.id_shown`)."""

    reviewed: Literal["yes", "no"]
    patterns: Mapping[str, str]
    kinds: Mapping[str, Label]
    groups: Mapping[str, Label]
    fields: Mapping[str, Label]


def title(path: str, language: str) -> str:
    """Return what the fact at a path is called: «время изъятия»; raise `KeyError` where no such fact can be.

    A part that means little alone is named with its whole: «полное имя доверителя по-русски, родительный падеж».
    """
    labels = load_labels(language)
    text, pattern = "", "{whole}"
    for group, name in reversed(_steps(path)):
        text = pattern.format(whole=labels.fields[f"{group}.{name}"].title, part=text)
        if group not in labels.patterns:
            break
        pattern = labels.patterns[group]
    return text


def label(path: str, language: str) -> Label:
    """Return the words for the fact at a path, without those for its whole; raise `KeyError` where none can be."""
    group, name = _steps(path)[-1]
    return load_labels(language).fields[f"{group}.{name}"]


def question(path: str, language: str) -> str | None:
    """Return how to ask for the fact at a path, or `None` where it is nothing to ask a person."""
    return label(path, language).ask


@lru_cache
def load_labels(language: str) -> Labels:
    """Load the labels of a language; raise `DataError` where there are none, or the file is defective."""
    path = _FOLDER / f"{language}.yaml"
    if not path.exists():
        raise DataError.one("unknown-language", None, language)
    loaded: Labels = validate(Labels, read_source(path, DataError), DataError)
    return loaded


@lru_cache
def _steps(path: str) -> tuple[tuple[str, str], ...]:
    """Return the fields on the way to a fact, each with the name of its group; indexes and free keys are no steps."""
    return tuple(_walk(path))


def _walk(path: str) -> Iterator[tuple[str, str]]:
    held: Any = CaseFile
    for name in re.sub(r"\[\d+\]", "", path).split("."):
        if get_origin(held) is dict:
            held = _holder(get_args(held)[1])
            if held is None and name in NameForms.model_fields:  # the language of a text: named as that of a name is
                yield NameForms.__name__, name
        elif held is None or name not in held.model_fields:
            raise KeyError(path)
        else:
            yield held.__name__, name
            held = _holder(held.model_fields[name].annotation)


def _holder(annotation: object) -> Any:
    """Return the group or the mapping that a field holds, within lists and alternatives; `None` for a plain value."""
    if get_origin(annotation) is dict or (isinstance(annotation, type) and issubclass(annotation, Entity)):
        return annotation
    found = (_holder(inner) for inner in get_args(annotation))
    return next((inner for inner in found if inner is not None), None)

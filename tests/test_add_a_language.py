"""The guide for whoever adds a language names all that a language file must hold, with examples that are true."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from letters import LANGUAGES, ROOT
from pydantic import BaseModel

from generator.letters.language import LanguageFile

GUIDE = (ROOT / "docs" / "add-a-language.md").read_text("utf-8")
TABLE = GUIDE.split("## The language file")[1].split("\n## ")[0]
ROWS = {row[1].strip(" `"): row[2:4] for line in TABLE.split("\n") if len(row := line.split("|")) == 5}
PLURAL = {"one", "few", "many", "other"}


def _leaves(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Yield the keys of a data file, those of its groups with the name of the group."""
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _leaves(inner, f"{path}{name}.")
        else:
            yield f"{path}{name}"


def _value(language: str, key: str) -> Any:
    value: Any = LANGUAGES[language]
    for name in key.split("."):
        value = getattr(value, name)
    return value


def _texts(value: Any) -> Iterator[str]:
    """Yield all texts of a value of a data file, yes and no as they are written in it."""
    match value:
        case Mapping() | tuple():
            for inner in value.values() if isinstance(value, Mapping) else value:
                yield from _texts(inner)
        case bool():
            yield "yes" if value else "no"
        case _:
            yield value


KEYS = sorted(_leaves(LanguageFile))


def test_every_key_of_a_language_file_is_explained():
    """Each key has its row, and no row is of something else."""
    assert ROWS.keys() - {"key", "---"} == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_the_example_of_a_key_is_what_the_tajik_file_says(key):
    """What is shown as an example can be found in the file."""
    assert ROWS[key][1].strip(" `") in set(_texts(_value("tg", key)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_the_names_within_a_key_are_explained(key, language):
    """Whoever writes the file learns every name that stands below a key, but plural classes, which have a paragraph."""
    value = _value(language, key)
    names = value.keys() - PLURAL if isinstance(value, Mapping) and key != "reference" else set()
    assert names <= set(re.findall(r"`(\w+)`", ROWS[key][0]))

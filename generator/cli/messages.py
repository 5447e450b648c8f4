"""The sentences of the program: `messages/<language>.yaml`, by id."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel

from generator.errors import DataError, Problem, shown
from generator.sources import read_source
from generator.validation import validate

LANGUAGES = ("en", "ru")
FOLDER = Path(__file__).resolve().parent.parent / "messages"


class Messages:
    """What the program says in one language."""

    def __init__(self, language: str) -> None:
        """Load the sentences of a language."""
        self.language = language
        self._problems, self._says, self._mends = _load(language)

    def say(self, message_id: str, **values: object) -> str:
        """Return a sentence that is not about a problem."""
        return self._says[message_id].format_map(_Values(values))

    def mend(self, name: str) -> list[str]:
        """Return the lines that say how to mend what `doctor` found, one for each system."""
        return self._mends[name]

    def problem(self, problem: Problem) -> tuple[str, str]:
        """Return what is wrong, and what to write or do instead."""
        entry = self._problems.get(problem.id, {})
        values = _Values({**self._named(problem.path), **problem.values})
        return entry.get("says", problem.id).format_map(values), entry.get("remedy", "").format_map(values)

    def _named(self, path: str) -> dict[str, str]:
        """Return what the field at a path is called and how to ask for it."""
        from generator.case.labels import question, title  # noqa: PLC0415  # only problems of a case need the labels

        try:
            named, ask = title(path, self.language), question(path, self.language)
        except KeyError:
            named, ask = path, None
        return {"field": named, "question": ask or self.say("add-it")}

    @property
    def problem_ids(self) -> frozenset[str]:
        """Return the ids that have a sentence."""
        return frozenset(self._problems)


class _Values(dict[str, object]):
    """What fills the blanks of a sentence; texts may be those of others, such as names of files."""

    def __getitem__(self, key: str) -> object:
        value = self.get(key, "")
        return shown(value) if isinstance(value, str) else value


def usual_language(environment: Mapping[str, str]) -> str:
    """Return the language of messages that suits the system: Russian for Russian and Tajik locales, else English."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "ru" if locale[:2] in {"ru", "tg"} else "en"


@lru_cache
def _load(language: str) -> tuple[dict[str, dict[str, str]], dict[str, str], dict[str, list[str]]]:
    known = language if language in LANGUAGES else LANGUAGES[0]
    content: _File = validate(_File, read_source(FOLDER / f"{known}.yaml", DataError), DataError)
    return content.problems, content.says, content.mends


class _File(BaseModel):
    problems: dict[str, dict[str, str]]
    says: dict[str, str]
    mends: dict[str, list[str]]

"""The facts as a letter text sees them: by name, in one language, with unknown ones that cannot be overlooked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Self

from generator.case.people import Entity
from generator.case.values import Answer, Moment


class Words:
    """What has functions that a text may call: all its methods without an underscore."""

    __slots__ = ()


class Shown:
    """What a text may look at: all its fields without an underscore."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact nobody has told, or that may not be told; printing it leaves a gap that names the fact."""

    path: str

    def __bool__(self) -> bool:
        """Count as false, so that a text can ask `{% if place %}`."""
        return False

    def __iter__(self) -> Iterator[Any]:
        """Hold nothing, so that a text can loop over a list nobody filled."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A fact somebody told, but in no words of the language of the letter: it is known; printing it leaves a gap."""

    path: str


@dataclass(frozen=True, slots=True)
class Tri:
    """A fact that is yes, no or unknown; a text must ask which (`is yes`), never take it for true or false."""

    answer: Answer
    path: str

    def __bool__(self) -> bool:
        """Refuse: a bare `{% if detention.force %}` would take `no` for true."""
        message = f"ask whether {self.path} is yes, is no or is unknown"
        raise TypeError(message)


class Told(str):
    """A text somebody told us, with the path of its fact."""

    __slots__ = ("path",)
    path: str

    def __new__(cls, text: str, path: str) -> Self:
        """Keep the path beside the text."""
        told = str.__new__(cls, text)
        told.path = path
        return told


@dataclass(frozen=True, slots=True)
class Value:
    """A date, moment, sum or number with the path of its fact; filters turn it into words."""

    value: Any
    path: str


class Group:
    """A group of facts; its members are reached by name. Its own parts are private, so no fact name can meet them."""

    __slots__ = ("_seen",)

    def __init__(self, entity: Entity, path: str, spoken: str, written: str) -> None:
        """See an entity in the language the letter speaks; `written` is the language the case is written in."""
        self._seen = _Facts(entity, path, spoken, written)

    def __getattr__(self, name: str) -> Any:
        """Return the fact of that name, seen the same way."""
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._seen[name]
        except KeyError:
            raise AttributeError(name) from None


def facts_of(group: Group) -> Mapping[str, Any]:
    """Return the facts of a group as a text sees them, known or not, by name: ask for one, they cannot be listed."""
    return group._seen  # noqa: SLF001  # private to texts, not to us


class _Facts(dict[str, Any]):
    """The facts of a group as a text sees them; each is seen when it is first asked for."""

    __slots__ = ("entity", "path", "spoken", "written")

    def __init__(self, entity: Entity, path: str, spoken: str, written: str) -> None:
        """See nothing yet."""
        self.entity, self.path, self.spoken, self.written = entity, path, spoken, written

    def __missing__(self, name: str) -> Any:
        fact = vars(self.entity)[name]  # a model holds its fields there, and nothing else
        path = f"{self.path}.{name}" if self.path else name
        seen = self[name] = _seen(fact, path, self.spoken, self.written)
        return seen


@dataclass(frozen=True, slots=True)
class Annex(Shown):
    """A paper that goes with a letter; `number` is the one it has in the whole bundle, empty where there is none."""

    paper: Group
    number: str


def entity_of(group: Group) -> tuple[Any, str]:
    """Return the entity behind a group, and its path."""
    seen = group._seen  # noqa: SLF001  # private to texts, not to us
    return seen.entity, seen.path


def in_own_words(group: Group) -> bool:
    """Say whether the letter speaks the language the case is written in, so that names can be printed as typed."""
    seen = group._seen  # noqa: SLF001  # private to texts, not to us
    return seen.spoken == seen.written


def _seen(value: Any, path: str, spoken: str, written: str) -> Any:
    if see := _SIMPLE.get(type(value)):
        return see(value, path)
    match value:
        case None | ():
            return _unknown(path)
        case Entity():
            return Group(value, path, spoken, written)
        case dict():
            text = value.get(spoken) or (value.get("") if spoken == written else None)
            return Told(text, path) if text else Untranslated(path)
        case tuple():
            return tuple(_seen(item, f"{path}[{n}]", spoken, written) for n, item in enumerate(value, 1))
        case _:
            return Value(value, path)


@lru_cache(maxsize=4096)
def _tri(answer: Answer, path: str) -> Tri:
    """See an answer: a few answers at a few hundred paths, again in every letter."""
    return Tri(answer, path)


@lru_cache(maxsize=4096)
def _unknown(path: str) -> Unknown:
    return Unknown(path)


_SIMPLE: Mapping[type, Callable[[Any, str], Any]] = {Answer: _tri, str: Told, Moment: Value, date: Value, int: Value}
"""How the kinds of fact are seen that have no parts and no language."""

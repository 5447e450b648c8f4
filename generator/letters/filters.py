"""What a letter text may use by name: its filters, tests and functions; the words themselves come from `wording`."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import TemplateRuntimeError, Undefined, pass_context
from jinja2.runtime import Context

from generator.case.people import is_empty
from generator.case.values import Answer, Moment
from generator.letters.view import Group, Told, Tri, Unknown, Value, entity_of


class MisusedError(TemplateRuntimeError):
    """A filter or function was given what it cannot take."""


def used(name: str, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """Return what a function gives; a text may hand it anything, so whatever goes wrong in it is a misuse."""
    try:
        return function(*arguments, **named)
    except (AttributeError, LookupError, TypeError, ValueError, ArithmeticError):  # their words may quote a fact
        raise MisusedError(name) from None


def _capital(value: Any) -> Any:
    if isinstance(value, Told):
        return Told(value[:1].upper() + value[1:], value.path)
    return value[:1].upper() + value[1:] if isinstance(value, str) else value


def _filter(name: str) -> Callable[..., Any]:
    @pass_context
    def apply(context: Context, *arguments: Any) -> Any:
        return used(name, context.parent["_words"][name], *arguments)

    return apply


def _answers(*answers: Answer) -> Callable[[Any], bool]:
    def test(value: Any) -> bool:
        if isinstance(value, Tri):
            return value.answer in answers
        _must_exist(value)
        return False

    return test


def _must_exist(value: Any) -> None:
    """Refuse a name no case file has: a misspelt fact must not pass for an unknown one."""
    if isinstance(value, Undefined):
        str(value)  # a strict undefined name raises, and says which it is


def _known(value: Any) -> bool:
    _must_exist(value)
    if isinstance(value, Group):
        return not is_empty(entity_of(value)[0])
    return not isinstance(value, Unknown) and not (isinstance(value, Tri) and value.answer is Answer.UNKNOWN)


def _has_time(value: Any) -> bool:
    _must_exist(value)
    return isinstance(value, Value) and isinstance(value.value, Moment) and value.value.clock is not None


FILTERS: Mapping[str, Callable[..., Any]] = {
    "date": _filter("written_date"),
    **{name: _filter(name) for name in ("year", "at", "people", "sheets", "money", "name", "signed", "body")},
    **{name: _filter(name) for name in ("clock", "post", "position", "rank", "listed")},
    "capital": _capital,
    "cite": lambda citation: citation,
}
TESTS: Mapping[str, Callable[..., bool]] = {
    "yes": _answers(Answer.YES),
    "no": _answers(Answer.NO),
    "known": _known,
    "unknown": lambda value: not _known(value),
    "timed": _has_time,
    "one": lambda value: (
        (isinstance(value, Value) and value.value == 1) or (isinstance(value, tuple) and len(value) == 1)
    ),
}
FUNCTIONS = (
    "then", "span", "duration", "days", "agree", "voice", "breaches", "violated", "limit", "principle", "founded",
    "verified", "series",
)  # fmt: skip


def callables(words: Mapping[str, Callable[..., Any]]) -> dict[str, Any]:
    """Return the words of a letter as a text reaches them: its functions by name, and all for its filters."""
    return {**{name: words[name] for name in FUNCTIONS}, "_words": words}

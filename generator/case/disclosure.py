"""Take out of a case what a letter may not say: what is hidden becomes unknown, so it can never be pleaded."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator.case.model import Case, CaseFile
from generator.case.paths import pattern
from generator.case.people import Consent, Entity
from generator.case.values import Answer, Withheld
from generator.errors import Problem


def disclose(case: Case) -> Case:
    """Return the case as letters may tell it.

    Left out are the fields withheld by default unless the client's consent lifts them, the paths under `withhold`,
    and witnesses who have not agreed to be named. Raises nothing: `withhold_problems` judges the paths.
    """
    hidden = tuple(pattern(path) for path in case.facts.withhold)
    told = _told(case.facts, "", hidden, case.facts.consent)
    told = told.model_copy(update={"witnesses": tuple(w for w in told.witnesses if w.consents is Answer.YES)})
    return replace(case, facts=told)


def withhold_problems(case: Case) -> Iterator[Problem]:
    """Name each path under `withhold` that hides nothing because no such field exists, or that cannot be hidden."""
    for number, path in enumerate(case.facts.withhold, 1):
        where = f"withhold[{number}]"
        names = re.sub(r"\[\d+\]", "", path).split(".")
        if names[0] in {"case", "letters", "consent", "withhold", "protected_words"} or path == "clients":
            yield Problem("cannot-withhold", case.place(where), where)
        elif not _exists(CaseFile, names):
            yield Problem("unknown-path", case.place(where), where)


def _told(entity: Any, path: str, hidden: tuple[re.Pattern[str], ...], consent: Consent) -> Any:
    updates: dict[str, Any] = {}
    for name, field in type(entity).model_fields.items():
        inner = f"{path}.{name}" if path else name
        value = getattr(entity, name)
        if _withheld(field.metadata, consent) or any(wanted.fullmatch(inner) for wanted in hidden):
            updates[name] = field.get_default(call_default_factory=True)
        elif isinstance(value, Entity):
            updates[name] = _told(value, inner, hidden, consent)
        elif isinstance(value, tuple):
            updates[name] = tuple(_told_item(v, f"{inner}[{n}]", hidden, consent) for n, v in enumerate(value, 1))
    return entity.model_copy(update=updates)


def _told_item(value: Any, path: str, hidden: tuple[re.Pattern[str], ...], consent: Consent) -> Any:
    if not isinstance(value, Entity):
        return value
    if any(wanted.fullmatch(path) for wanted in hidden):
        return type(value)()
    return _told(value, path, hidden, consent)


def _withheld(metadata: list[Any], consent: Consent) -> bool:
    return any(
        isinstance(mark, Withheld) and not (mark.unless and getattr(consent, mark.unless) is Answer.YES)
        for mark in metadata
    )


def _exists(model: Any, names: list[str]) -> bool:
    if not names:
        return True
    field = getattr(model, "model_fields", {}).get(names[0])
    if field is None:
        return False
    return len(names) == 1 or any(_exists(inner, names[1:]) for inner in _entities(field.annotation))


def _entities(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type) and issubclass(annotation, Entity):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _entities(inner)

"""Take out of a case what a letter may not say: what is hidden becomes unknown, so it can never be pleaded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import is_
from typing import Any

from generator.case.model import Case, CaseFile
from generator.case.paths import pattern
from generator.case.people import Consent, Entity, groups_in
from generator.case.values import Answer, Withheld
from generator.errors import Problem


def disclose(case: Case) -> Case:
    """Return the case as letters may tell it.

    Left out are the fields withheld by default unless the client's consent lifts them, the paths under `withhold`,
    and witnesses who have not agreed to be named. Raises nothing: `withhold_problems` judges the paths.
    """
    facts = case.facts
    last = frozenset(path.rpartition(".")[2].partition("[")[0] for path in facts.withhold)
    told = _Disclosure(tuple(pattern(path) for path in facts.withhold), last, facts.consent).told(facts, "")
    if told.witnesses:
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


@dataclass(frozen=True, slots=True)
class _Look:
    """A field that may have to be hidden, or may hold facts that have to be."""

    name: str
    default: Any
    marks: tuple[Withheld, ...]
    holds: bool
    named: bool


@lru_cache(maxsize=1024)
def _looks(model: type[Entity], names: frozenset[str]) -> tuple[_Look, ...]:
    """Return the fields of a group at which disclosure must look, if it hides fields of these names."""
    found = (
        _Look(
            name,
            field.get_default(call_default_factory=True) if field.default_factory else field.default,
            tuple(mark for mark in field.metadata if isinstance(mark, Withheld)),
            any(groups_in(field.annotation)),
            name in names,
        )
        for name, field in model.model_fields.items()
    )
    return tuple(look for look in found if look.marks or look.holds or look.named)


@dataclass(frozen=True, slots=True)
class _Disclosure:
    """What is hidden in one case: the paths under `withhold`, the last names of those, and what consent leaves."""

    hidden: tuple[re.Pattern[str], ...]
    names: frozenset[str]
    consent: Consent

    def told(self, entity: Entity, path: str) -> Any:
        """Return a group without what is hidden; the same group where nothing of it is."""
        updates: dict[str, Any] = {}
        for look in _looks(type(entity), self.names):
            value = getattr(entity, look.name)
            if value is look.default:
                continue  # nothing was told
            inner = f"{path}.{look.name}" if path else look.name
            told = value
            if self._withheld(look.marks) or (look.named and self._hides(inner)):
                told = look.default
            elif isinstance(value, Entity):
                told = self.told(value, inner)
            elif isinstance(value, tuple):
                items = tuple(self._item(item, f"{inner}[{n}]", look) for n, item in enumerate(value, 1))
                told = value if all(map(is_, items, value)) else items
            if told is not value:
                updates[look.name] = told
        return entity.model_copy(update=updates) if updates else entity

    def _item(self, value: Any, path: str, look: _Look) -> Any:
        if not isinstance(value, Entity):
            return value
        return type(value)() if look.named and self._hides(path) else self.told(value, path)

    def _hides(self, path: str) -> bool:
        return any(wanted.fullmatch(path) for wanted in self.hidden)

    def _withheld(self, marks: tuple[Withheld, ...]) -> bool:
        return any(not (mark.unless and getattr(self.consent, mark.unless) is Answer.YES) for mark in marks)


def _exists(model: Any, names: list[str]) -> bool:
    if not names:
        return True
    field = getattr(model, "model_fields", {}).get(names[0])
    if field is None:
        return False
    return len(names) == 1 or any(_exists(inner, names[1:]) for inner in groups_in(field.annotation))

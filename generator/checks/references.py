"""What a case refers to exists: its officials, its evidence, the authorities of the law, the paths it withholds."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from generator.case.disclosure import withhold_problems
from generator.case.people import Body, Entity, groups_in
from generator.checks.model import Check, Subject
from generator.errors import Problem

OFFICIALS = frozenset({"by", "investigator", "supervising_prosecutor", "official"})
EVIDENCE = frozenset({"annexes", "proof", "record", "photos", "evidence"})
AUTHORITIES = frozenset({"addressee", "copies"})


def _run(subject: Subject) -> Iterator[Problem]:
    facts = subject.case.facts
    known = {
        "official": {official.id for official in facts.officials if official.id},
        "evidence": {evidence.id for evidence in facts.evidence if evidence.id},
        "authority": set(subject.law.authorities),
    }
    known["authority"] |= known["official"]  # a letter can go to either
    for kind, path, key in _references(facts, ""):
        if key not in known[kind]:
            choices = ", ".join(sorted(subject.law.authorities)) if kind == "authority" else ""
            yield Problem(f"unknown-{kind}", subject.case.place(path), path, {"choices": choices})
    yield from withhold_problems(subject.case)


def _references(entity: Entity, path: str) -> Iterator[tuple[str, str, str]]:
    for name, default, kind in _fields(type(entity)):
        value = getattr(entity, name)
        if value is default or not value:
            continue  # nothing was told
        for where, item in _items(value, f"{path}.{name}" if path else name):
            if isinstance(item, Entity):
                yield from _references(item, where)
            elif kind and isinstance(item, str):
                yield kind, where, item


@lru_cache(maxsize=128)
def _fields(model: type[Entity]) -> tuple[tuple[str, Any, str], ...]:
    """Return the fields that refer to something or hold groups that do: name, default, kind of reference."""
    found = ((name, field, _kind(model, name)) for name, field in model.model_fields.items())
    return tuple(
        (name, field.default, kind)
        for name, field, kind in found
        if kind or any(map(_fields, groups_in(field.annotation)))
    )


def _kind(model: type[Entity], name: str) -> str:
    if issubclass(model, Body):
        return "authority" if name == "authority" else ""
    kinds = (("official", OFFICIALS), ("evidence", EVIDENCE), ("authority", AUTHORITIES))
    return next((kind for kind, names in kinds if name in names), "")


def _items(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    match value:
        case tuple():
            yield from ((f"{path}[{n}]", item) for n, item in enumerate(value, 1))
        case dict():
            yield from ((f"{path}.{key}", item) for key, item in value.items() if isinstance(item, Entity))
        case _:
            yield path, value


CHECK = Check("references", "error", _run)

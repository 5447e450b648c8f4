"""What a path of the case file names: whether a cell can hold it, and how it is written."""

import difflib
import re
import types
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from generator.case.model import CaseFile
from generator.case.people import CaseForms, Entity, NameForms
from generator.case.values import Answer, Moment, Money

Kind = Literal["text", "day", "moment", "answer", "count", "sum", "list"]
Step = str | int
_KINDS: dict[Any, Kind] = {date: "day", Moment: "moment", Answer: "answer", int: "count", Money: "sum"}
_STEP = re.compile(r"([a-z][a-z0-9_-]*)(?:\[([1-9]\d?)\])?")


def steps_of(path: str) -> tuple[Step, ...] | None:
    """Divide a path into names and numbers from 1: `items[1].imei`; `None` where it is no path."""
    steps: list[Step] = []
    for part in path.split("."):
        match = _STEP.fullmatch(part)
        if not match:
            return None
        steps += [match[1], int(match[2])] if match[2] else [match[1]]
    return tuple(steps)


def path_of(steps: Sequence[Step]) -> str:
    """Write steps as a path."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def kind_of(path: str) -> Kind | None:
    """Say how a cell writes the fact at a path; `None` where there is no such fact, or it is a group of facts."""
    held = _held(path)
    if held is None:
        return None
    item = _item(held)
    if item is not None:
        return None if _is_group(item) or item is CaseForms else "list"
    if _is_group(held) or (get_args(held)[1:] and _is_group(get_args(held)[1])):
        return None
    return _KINDS.get(held, "text")


def is_fact(path: str) -> bool:
    """Say whether a fact or a group of facts can stand at a path."""
    return _held(path) is not None


def single_key(steps: tuple[Step, ...]) -> str | None:
    """Return the key under which a fact with parts keeps a single text: `nom` of a name, no language of words."""
    held = _at(steps)
    if held is CaseForms:
        return "nom"
    return "" if get_origin(held) is dict and get_args(held)[1] is str else None


def near(path: str, number: int = 3) -> tuple[str, ...]:
    """Return the paths of facts that one may have meant."""
    known = all_paths()
    same_end = [each for each in known if each.rpartition(".")[2] == path.rpartition(".")[2]]
    close = difflib.get_close_matches(path, known, n=number, cutoff=0.6)
    return tuple(dict.fromkeys([*close, *same_end]))[:number]


@lru_cache
def all_paths() -> tuple[str, ...]:
    """Return the path of every fact a cell can hold, with 1 for each number; names in Russian alone."""
    return tuple(_below(CaseFile, "", ("ru", tuple(CaseForms.model_fields))))


def facts_below(path: str, language: str, forms: Sequence[str]) -> tuple[str, ...]:
    """Return the paths of the facts that a path of a letter's needs stands for: itself, or what its group holds.

    Lists without a number get the first; names come in one language, in these grammatical forms.
    """
    numbered, held = "", CaseFile
    for step in steps_of(path) or ():
        held = _inside(held, step)
        numbered += f"[{step}]" if isinstance(step, int) else f".{step}"
        item = _item(held)
        if item is not None and _is_group(item):
            held, numbered = item, f"{numbered}[1]"
    return tuple(_below(held, numbered.removeprefix("."), (language, tuple(forms))))


def _below(held: Any, path: str, name: tuple[str, tuple[str, ...]]) -> Iterator[str]:
    item = _item(held)
    if item is not None and _is_group(item):
        yield from _below(item, f"{path}[1]", name)
    elif held is NameForms:
        yield from (f"{path}.{name[0]}.{form}" for form in name[1])
    elif _is_group(held):
        for key, field in held.model_fields.items():
            yield from _below(_bare(field.annotation), f"{path}.{key}".strip("."), name)
    elif not (get_origin(held) is dict and get_args(held)[1] is not str):
        yield path


def _held(path: str) -> Any:
    steps = steps_of(path)
    return None if steps is None else _at(steps)


def _at(steps: tuple[Step, ...]) -> Any:
    """Return the type of what stands at a path, `None` where nothing can."""
    held: Any = CaseFile
    for step in steps:
        held = _inside(held, step)
        if held is None:
            return None
    return held


def _inside(held: Any, step: Step) -> Any:
    if isinstance(step, int):
        return _item(held)
    if isinstance(held, type) and issubclass(held, Entity):
        return _bare(held.model_fields[step].annotation) if step in held.model_fields else None
    if get_origin(held) is not dict:
        return None
    value = get_args(held)[1]
    return value if value is not str or step in NameForms.model_fields else None


def _item(held: Any) -> Any:
    return _bare(get_args(held)[0]) if get_origin(held) is tuple else None


def _is_group(held: Any) -> bool:
    return isinstance(held, type) and issubclass(held, Entity) and held is not CaseForms


def _bare(annotation: Any) -> Any:
    """Return a type without its marks, and without the alternative that there is nothing."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        return _bare(next(inner for inner in get_args(annotation) if inner is not type(None)))
    return annotation

"""Check what a file says against a typed model; turn every fault into a problem with its place."""

import difflib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, TypeAdapter, ValidationError
from pydantic_core.core_schema import ErrorType

from generator.errors import GeneratorError, Problem, first_of
from generator.sources import Source, nearest
from generator.tree import UNTOLD, like_a_key

YesNo = Annotated[bool, BeforeValidator(lambda v: v == "yes" if v in ("yes", "no") else v)]
"""An answer in a file of data: yes or no."""
_SAID = {"limit", "first", "last"}  # what a message may repeat: bounds, never a value
_SLIP = 2  # letters that a misspelt key may have too many; more of them may be a fact that ran into it
_IDS = {
    "extra_forbidden": "unknown-key",
    "missing": "missing-key",
    "literal_error": "not-a-choice",
    "enum": "not-a-choice",
    "model_type": "not-a-group",
    "model_attributes_type": "not-a-group",
    "dict_type": "not-a-group",
    "tuple_type": "not-a-list",
    "list_type": "not-a-list",
    "too_short": "empty-list",
    "string_type": "not-text",
    "date_from_datetime_parsing": "not-a-date",
    "date_parsing": "not-a-date",
    "date_type": "not-a-date",
    "int_parsing": "not-a-number",
    "int_type": "not-a-number",
    "bool_parsing": "not-yes-or-no",
    "bool_type": "not-yes-or-no",
}


def validate(model: Any, source: Source, error: type[GeneratorError]) -> Any:
    """Return the typed content of a file (a pydantic model or any type pydantic knows); raise all faults at once."""
    try:
        return _adapter(model).validate_python(source.tree)
    except ValidationError as fault:
        raise error(first_of(_problems(fault, model, source), source.file)) from None


@lru_cache(maxsize=1)
def _of_pydantic() -> frozenset[str]:
    """Return the kinds of fault that pydantic itself names; all others are ours, and have sentences."""
    return frozenset(get_args(ErrorType))


@lru_cache(maxsize=64)
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def _problems(fault: ValidationError, model: Any, source: Source) -> Iterator[Problem]:
    details = fault.errors(include_url=False, include_input=False)
    inside = {dotted(detail["loc"][:-1]) for detail in details}
    for detail in details:
        kind = detail["type"]
        path = dotted(detail["loc"])
        if kind == "too_short" and any(deeper.startswith(f"{path}[") for deeper in inside):
            continue  # the list is not empty: its items are faulty, and are named one by one
        values: dict[str, str] = {key: str(value) for key, value in detail.get("ctx", {}).items() if key in _SAID}
        problem_id = _IDS.get(kind) or ("not-of-this-kind" if kind in _of_pydantic() else kind.replace("_", "-"))
        place = source.place(path)
        if problem_id == "unknown-key":
            place = nearest(path, source.file, source.keys, source.values)
            values = _suggestion(model, detail["loc"])
            problem_id = "misspelt-key" if "suggestion" in values else problem_id
        elif problem_id == "not-a-choice":
            values["choices"] = _choices(str(detail.get("ctx", {}).get("expected", "")))
        yield Problem(problem_id, place, _told(detail["loc"], model, problem_id, values.get("suggestion", "")), values)


def dotted(parts: Sequence[str | int]) -> str:
    """Write a location as a path: `items[1].imei[2]`, counting from 1."""
    path = ""
    for part in parts:
        if isinstance(part, int):
            path += f"[{part + 1}]"
        else:
            path += f".{part}" if path else part
    return path


def _told(location: Sequence[str | int], model: Any, problem_id: str, meant: str) -> str:
    """Return a path to be told: a key that is none of ours may be a fact that slipped there, and stays untold."""
    *above, last = location
    parts = [part if isinstance(part, int) or like_a_key(part) else UNTOLD for part in above]
    slip = " " not in str(last) and len(str(last)) <= len(meant) + _SLIP
    may_be_told = {"unknown-key": last in _all_fields(model), "misspelt-key": slip}
    told = may_be_told.get(problem_id, isinstance(last, int) or like_a_key(last))
    return dotted([*parts, last if told else UNTOLD])


@lru_cache(maxsize=64)
def _all_fields(model: Any) -> frozenset[str]:
    """Return the names of all fields, however deep."""
    names, seen, todo = set[str](), set[Any](), [model]
    while todo:
        for each in _models_in(todo.pop()):
            if each not in seen:
                seen.add(each)
                names |= set(each.model_fields)
                todo += [field.annotation for field in each.model_fields.values()]
    return frozenset(names)


def _choices(expected: str) -> str:
    return ", ".join(part.strip(" '") for part in expected.replace(" or ", ", ").split(","))


def _suggestion(model: Any, location: Sequence[str | int]) -> dict[str, str]:
    fields = _fields_at(model, location[:-1])
    close = difflib.get_close_matches(str(location[-1]), fields, n=1, cutoff=0.6)
    return {"suggestion": close[0]} if close else {"known": ", ".join(fields)}


def _fields_at(model: Any, location: Sequence[str | int]) -> list[str]:
    for part in location:
        if isinstance(part, int):
            continue
        model = _field_type(model, part)
    return list(model.model_fields) if _is_model(model) else []


def _field_type(model: Any, name: str) -> Any:
    if _is_model(model) and name in model.model_fields:
        return next(_models_in(model.model_fields[name].annotation), None)
    return model if _is_model(model) else next(_models_in(model), None)  # the key of a mapping: stay


def _models_in(annotation: Any) -> Iterator[Any]:
    if _is_model(annotation):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)


def _is_model(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, BaseModel)

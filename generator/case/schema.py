"""The JSON Schema of a case file, for editors that complete, explain and check while one types."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from generator.case.labels import load_labels
from generator.case.model import CaseFile
from generator.case.people import CaseForms
from generator.case.values import Code, Count, Country, Day, Language, Ref, Sum, Text, Tri, When, Words

LANGUAGES = ("en", "ru")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_KINDS: Mapping[str, Any] = {
    "Answer": Tri,
    "Code": Code,
    "Count": Count,
    "Country": Country,
    "Day": Day,
    "Language": Language,
    "Moment": When,
    "Money": Sum,
    "Reference": Ref,
    "Text": Text,
    "Words": Words,
}
# We read every scalar as text; an editor takes 12 for a number and, if it follows YAML 1.1, yes, no or NO for a truth
# value. Whatever the loader accepts must pass, so these kinds are wider here than in the model.
_SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_AS_TYPED: Mapping[str, dict[str, Any]] = {
    "Answer": {"enum": ["yes", "no", "none", "unknown", True, False]},
    "Code": _SCALAR,
    "Count": {"minimum": 1, "maximum": 9999, "pattern": "^[1-9][0-9]{0,3}$"},
    "Country": _SCALAR,
    "Reference": _SCALAR,
    "Text": _SCALAR,
    "Words": {
        "anyOf": [
            _SCALAR,
            {
                "type": "object",
                "minProperties": 1,
                "propertyNames": {"pattern": "^([a-z]{2})?$"},
                "additionalProperties": {"type": [*_SCALAR["type"], "null"]},
            },
        ]
    },
}
_NOT_TOLD = {"enum": ["unknown", None]}


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a case file, with titles and help in English and Russian."""
    whole = CaseFile.model_json_schema(schema_generator=_Plain)
    groups = whole.pop("$defs")
    definitions = {
        **{name: {**_said("groups", name), **_group(name, group)} for name, group in groups.items()},
        **{name: {**_said("kinds", name), **_fragment(name), **_AS_TYPED.get(name, {})} for name in _KINDS},
        "NotTold": {**_said("kinds", "NotTold"), "enum": ["unknown", None]},
    }
    case_file = {**_said("groups", CaseFile.__name__), **_group(CaseFile.__name__, whole)}
    return {"$schema": _DIALECT, **case_file, "$defs": dict(sorted(definitions.items()))}


class _Plain(GenerateJsonSchema):
    """Leave out what an editor would show to no use: invented titles, defaults, and `null` beside every type."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002  # the name is pydantic's
        return False


def _group(name: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    required = raw.get("required", [])
    group = {
        "type": "object",
        "properties": {
            field: _field(f"{name}.{field}", value, required=field in required)
            for field, value in raw["properties"].items()
        },
        "required": required,
        "additionalProperties": raw["additionalProperties"],
    }
    # a name may be one text instead of a group of forms
    return {"anyOf": [_reference("Text"), group]} if name == CaseForms.__name__ else group


def _field(key: str, raw: Mapping[str, Any], *, required: bool) -> dict[str, Any]:
    value = _value(key, raw)
    if not required:
        value = {"anyOf": [*value.get("anyOf", [value]), _reference("NotTold")]}
    return {**_said("fields", key), **value}


def _value(key: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a value: a reference to a kind or group, a list or mapping of such, or choices by name."""
    match raw:
        case _ if kind := next((name for name in _KINDS if _fragment(name) == raw), None):
            return _reference(kind)
        case {"enum": choices}:
            return {"anyOf": [{"const": choice, "title": _chosen(key, choice)} for choice in choices]}
        case {"items": items}:
            return {**raw, "items": _value(key, items)}
        case {"additionalProperties": dict(items)}:
            return {"type": "object", "additionalProperties": {"anyOf": [_value(key, items), {"type": "null"}]}}
        case _:
            return {**raw}


@lru_cache
def _fragment(kind: str) -> dict[str, Any]:
    return TypeAdapter(_KINDS[kind]).json_schema()


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _said(part: str, key: str) -> dict[str, str]:
    said = [getattr(load_labels(language), part)[key] for language in LANGUAGES]
    return {"title": " · ".join(label.title for label in said), "description": "\n".join(label.help for label in said)}


def _chosen(key: str, choice: str) -> str:
    return " · ".join(load_labels(language).fields[key].choices[choice] for language in LANGUAGES)

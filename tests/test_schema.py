"""The JSON Schema of the case file: it accepts what the loader accepts, and explains every field in two languages."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from generator.case.labels import load_labels
from generator.case.load import case_of
from generator.case.schema import case_schema
from generator.errors import CaseError
from generator.sources import parse_source

SMALL = """
case: {id: tj-0001, country: TJ}
clients:
  - surname: Рахимов
"""
FULL = """
case: {id: 2026, country: "NO", language: ru, stage: pre_charge, retaliation_risk: unknown}
clients:
  - surname: Рахимов
    name_forms:
      ru: {nom: Рахимов Рустам, gen: Рахимова Рустама, declines: yes}
      tg: Раҳимов Рустам
      en: unknown
    birth_date: 1988-01-01
    phone: +992 00 000 00 00
    email:
    languages: [ru, tg]
    minor: no
    items:
      - {id: phone-1, kind: phone, imei: [350000000000000], colour: {ru: чёрный, en: black}, value: 2500 TJS}
detention:
  apprehended_at: about 2026-03-10 11:20
  released_at: 2026-03-10 18:20
  officers: 3
  id_shown: none
  protocol: no
  force: unknown
  reason_quote: no
  delivered_to: {room: 12, name: {ru: 26}}
questioning: {private: yes, topics: [private_life]}
seizure: unknown
medical:
summons: {number: 7, form: oral, at: 2026-03-11}
letters:
  prosecutor-complaint: {date: 2026-03-12, annexes: [receipt-1], place: 5}
  lawyer-request:
withhold: ["clients[1].phone"]
"""
BAD = {
    "an unknown key": SMALL + "detention: {id_show: no}",
    "an unknown choice": SMALL + "items: [{kind: fone}]",
    "a wrong date": SMALL + "detention: {released_at: yesterday}",
    "a wrong number": SMALL + "detention: {officers: 0}",
    "a list instead of a group": SMALL + "detention: [x]",
    "a group instead of a list": SMALL + "items: {kind: phone}",
    "a word instead of an answer": SMALL + "detention: {force: maybe}",
    "unknown where the fact must be known": "case: {id: unknown-1}\nclients: [{surname: Р}]",
    "no client": "case: {id: a, country: TJ}\nclients: []",
    "a language that is none": SMALL + "incident: {place: {russian: дом}}",
}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return case_schema()


def as_editors_read(text: str, *, old: bool) -> Any:
    """Parse as an editor does: YAML 1.1 takes yes and no for truth values, 1.2 for texts; both know numbers and null.

    The key `no` of a summons would be a truth value in YAML 1.1; editors take keys for texts, PyYAML must be told.
    """
    loader = type(
        "Loader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": dict(yaml.SafeLoader.yaml_implicit_resolvers)}
    )
    kept = {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:null"}
    kept |= {"tag:yaml.org,2002:bool"} if old else set()
    for letter, rows in loader.yaml_implicit_resolvers.items():
        loader.yaml_implicit_resolvers[letter] = [row for row in rows if row[0] in kept]
    return json.loads(json.dumps(yaml.load(text.replace("{no:", '{"no":'), loader)))  # noqa: S506  # still a safe loader


TYPES = {"object": dict, "array": list, "string": str, "number": (int, float), "integer": int, "null": type(None)}


def is_type(value: Any, names: str | list[str]) -> bool:
    names = [names] if isinstance(names, str) else names
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, TYPES[name]) for name in names if name in TYPES)


def holds(value: Any, rule: dict[str, Any], root: dict[str, Any]) -> bool:
    """Judge a value by the keywords that our schema uses; anything else in a rule is an error of this test."""
    known = {"title", "description", "$schema", "$defs", "$ref", "anyOf", "const", "enum", "type", "pattern", "minimum"}
    known |= {"maximum", "items", "minItems", "properties", "required", "additionalProperties", "propertyNames"}
    assert set(rule) <= known | {"minProperties"}
    checks = {
        "$ref": lambda want: holds(value, root["$defs"][want.removeprefix("#/$defs/")], root),
        "anyOf": lambda want: any(holds(value, inner, root) for inner in want),
        "const": lambda want: value == want,
        "enum": lambda want: any(value == w and isinstance(value, bool) == isinstance(w, bool) for w in want),
        "type": lambda want: is_type(value, want),
        "pattern": lambda want: not isinstance(value, str) or re.search(want, value),
        "minimum": lambda want: not isinstance(value, int) or value >= want,
        "maximum": lambda want: not isinstance(value, int) or value <= want,
        "minItems": lambda want: not isinstance(value, list) or len(value) >= want,
        "minProperties": lambda want: not isinstance(value, dict) or len(value) >= want,
        "required": lambda want: not isinstance(value, dict) or set(want) <= set(value),
        "propertyNames": lambda want: not isinstance(value, dict) or all(holds(key, want, root) for key in value),
        "items": lambda want: not isinstance(value, list) or all(holds(item, want, root) for item in value),
        "properties": lambda want: (
            not isinstance(value, dict) or all(holds(value[key], want[key], root) for key in want if key in value)
        ),
        "additionalProperties": lambda want: (
            not isinstance(value, dict)
            or all(want and holds(value[key], want, root) for key in value if key not in rule.get("properties", {}))
        ),
    }
    return all(checks[name](want) for name, want in rule.items() if name in checks)


def nodes(rule: Any) -> Iterator[dict[str, Any]]:
    if isinstance(rule, dict):
        yield rule
        for inner in rule.values():
            yield from nodes(inner)
    elif isinstance(rule, list):
        for inner in rule:
            yield from nodes(inner)


@pytest.mark.parametrize("text", [SMALL, FULL])
@pytest.mark.parametrize("old", [True, False], ids=["yaml-1.1", "yaml-1.2"])
def test_what_the_loader_accepts_passes_however_an_editor_reads_it(schema, text, old):
    """No editor marks a case red that the program takes."""
    case_of(parse_source(text.encode(), "case.yaml"))
    assert holds(as_editors_read(text, old=old), schema, schema)


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_a_fault_is_marked_by_the_editor_as_by_the_loader(schema, text):
    """Common slips are seen while one types."""
    with pytest.raises(CaseError):
        case_of(parse_source(text.encode(), "case.yaml"))
    assert not holds(as_editors_read(text, old=False), schema, schema)


def test_every_field_and_definition_is_explained_in_two_languages(schema):
    """An editor shows English and Russian beside each field, and no invented title."""
    fields = [field for node in nodes(schema) for field in node.get("properties", {}).values()]
    assert len(fields) > 300
    for node in [schema, *schema["$defs"].values(), *fields]:
        english, russian = node["title"].split(" · ")
        assert english
        assert russian == "IMEI" or re.search("[а-я]", russian) or {english, russian} <= {"IIN", "FIN"}
        assert len(node["description"].split("\n")) == 2
    assert not [node for node in nodes(schema) if "default" in node]


def test_no_group_takes_a_key_it_does_not_know(schema):
    """A slip in a key is never silently ignored."""
    groups = [node for node in nodes(schema) if node.get("type") == "object" and "properties" in node]
    assert groups
    assert all(node["additionalProperties"] is False for node in groups)


def test_every_field_may_say_unknown_but_the_two_the_program_cannot_do_without(schema):
    """Nobody is made to invent a fact."""
    groups = [node for node in nodes(schema) if node.get("type") == "object" and "properties" in node]
    told = {"$ref": "#/$defs/NotTold"}
    firm = [name for node in groups for name, field in node["properties"].items() if told not in field.get("anyOf", ())]
    assert sorted(firm) == ["case", "clients", "country", "id"]


def test_references_lead_to_definitions_and_every_definition_is_used(schema):
    """The schema has no loose ends."""
    used = {node["$ref"] for node in nodes(schema) if isinstance(node.get("$ref"), str)}
    assert used == {f"#/$defs/{name}" for name in schema["$defs"]}


def test_a_pattern_is_named_once(schema):
    """Each kind of value has one definition; no field carries a rule of its own."""
    patterns = [node["pattern"] for node in nodes(schema) if isinstance(node.get("pattern"), str)]
    assert len(set(patterns)) == len(patterns)


def test_the_schema_is_the_same_each_time():
    """A published schema changes only when the model or its words do."""
    load_labels.cache_clear()
    first = json.dumps(case_schema())
    load_labels.cache_clear()
    assert json.dumps(case_schema()) == first

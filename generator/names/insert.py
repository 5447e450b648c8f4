"""Put forms of names into the text of a case file, and leave every other byte as it is.

A shape of YAML we do not foresee costs nothing: what came out is read again, and unless it says what the file said
before plus exactly the forms, there is no result.
"""

import codecs
import copy
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import yaml

from generator.case.load import case_of
from generator.errors import CaseError, Place
from generator.names.suggest import LANGUAGE
from generator.sources import Source, parse_source
from generator.tree import Tree

Entries = Mapping[str, Any]  # texts, or entries within entries

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REST_OF_LINE = re.compile(r"[^\r\n]*(\r\n|\r|\n)?")
_NAME_KEYS = ("surname", "given_name", "patronymic")
_UNTOLD = ("", "unknown")


class _Edit(NamedTuple):
    start: int
    end: int
    words: str


class _NoPlace(Exception):  # noqa: N818  # no error: it only ends the search
    """The file has a shape we cannot add to."""


def with_forms(raw: bytes, name: str, wanted: Mapping[str, Entries]) -> bytes:
    """Return a case file with the forms added to `name_forms.ru` of the persons at the paths; else raise `CaseError`.

    `raw` must be a case file that loads, and the forms must be missing in it.
    """
    before = parse_source(raw, name)
    try:
        new = _edited(raw, wanted)
        after = parse_source(new, name)
        case_of(after)
    except (_NoPlace, CaseError):
        after = None
    if after is None or after.tree != _expected(before, wanted):
        raise CaseError.one("names-not-written", Place(name))
    return new


def _edited(raw: bytes, wanted: Mapping[str, Entries]) -> bytes:
    text = raw.decode("utf-8-sig")
    root = yaml.compose(text, Loader=_LOADER)
    edits = [edit for path, forms in wanted.items() for edit in _edits(text, _node(root, path), forms)]
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.words + text[edit.end :]
    return (codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b"") + text.encode()


def _node(root: Any, path: str) -> yaml.MappingNode:
    node = root
    for key, index in re.findall(r"([\w-]+)\[(\d+)\]", path):
        node = _value(node, key)
        items = node.value if isinstance(node, yaml.SequenceNode) else []
        node = items[int(index) - 1] if int(index) <= len(items) else None
    if not isinstance(node, yaml.MappingNode):
        raise _NoPlace
    return node


def _value(node: Any, key: str) -> Any:
    """Return the node under a key; `None` where there is none."""
    entries = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in entries if name.value == key), None)


def _edits(text: str, person: yaml.MappingNode, forms: Entries) -> Iterator[_Edit]:
    """Go down to `name_forms.ru` as far as the file does, and add there what is missing."""
    node, missing = person, ["name_forms", LANGUAGE]
    while missing and isinstance(found := _value(node, missing[0]), yaml.MappingNode):
        node = found
        missing.pop(0)
    if not missing:
        for key in forms:
            if (old := _value(node, key)) is not None:
                yield _instead(text, old, forms[key])
        entries: Entries = {key: words for key, words in forms.items() if _value(node, key) is None}
    elif (scalar := _value(node, missing[0])) is not None:
        yield _instead_of_text(text, scalar, missing, forms)
        entries = {}
    else:
        entries = _nested(missing, forms)
    if entries:
        yield _added(text, node, entries, after=_NAME_KEYS if node is person else ())


def _nested(keys: list[str], forms: Entries) -> Entries:
    for key in reversed(keys):
        forms = {key: forms}
    return forms


def _instead(text: str, scalar: Any, words: str) -> _Edit:
    """Write words in the place of nothing or of `unknown`."""
    if not isinstance(scalar, yaml.ScalarNode) or scalar.value.strip() not in _UNTOLD:
        raise _NoPlace
    start = scalar.start_mark.index
    return _Edit(start, scalar.end_mark.index, f" {words}" if text[start - 1] == ":" else words)


def _instead_of_text(text: str, scalar: Any, missing: list[str], forms: Entries) -> _Edit:
    """Write a map in the place of nothing, of `unknown`, or of a single text, which stays in it as the nominative."""
    if isinstance(scalar, yaml.ScalarNode) and missing == [LANGUAGE] and scalar.value.strip() not in _UNTOLD:
        start, end = scalar.start_mark.index, scalar.end_mark.index
        written = text[start:end]
        if scalar.style in {"|", ">"} or re.search(r"[\r\n]" if scalar.style else r"[\r\n,\[\]{}]", written):
            written = json.dumps(" ".join(scalar.value.split()), ensure_ascii=False)
            end = start + len(text[start:end].rstrip())
        return _Edit(start, end, _flow({"nom": written, **forms}))
    return _instead(text, scalar, _flow(_nested(missing[1:], forms)))


def _added(text: str, node: yaml.MappingNode, entries: Entries, after: tuple[str, ...]) -> _Edit:
    """Add entries to a map: in braces after its last entry, else as lines of their own, after one of the keys named."""
    if node.flow_style:
        at = _end(node.value[-1][1]).end_mark.index if node.value else node.start_mark.index + 1
        return _Edit(at, at, f"{', ' if node.value else ''}{_flow(entries)[1:-1]}")
    last = [value for key, value in node.value if not after or key.value in after][-1:]
    if not last:
        raise _NoPlace
    leaf = _end(last[0])
    at = leaf.end_mark.index
    if getattr(leaf, "style", None) not in {"|", ">"} and (rest := _REST_OF_LINE.match(text, at)):
        at = rest.end()
    line_end = (re.search(r"\r\n|\r|\n", text) or ["\n"])[0]
    lines = list(_lines(entries, " " * node.value[0][0].start_mark.column))
    whole = text[at - 1] in "\r\n"
    return _Edit(at, at, "".join(f"{line}{line_end}" if whole else f"{line_end}{line}" for line in lines))


def _end(node: Any) -> Any:
    """Return the last thing inside a node that has an end of its own; a block only ends where the next begins."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        return node
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _flow(entries: Entries) -> str:
    return "{" + ", ".join(f"{k}: {_flow(v) if isinstance(v, Mapping) else v}" for k, v in entries.items()) + "}"


def _lines(entries: Entries, indent: str) -> Iterator[str]:
    for key, value in entries.items():
        if isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from _lines(value, f"{indent}  ")
        else:
            yield f"{indent}{key}: {value}"


def _expected(before: Source, wanted: Mapping[str, Entries]) -> Mapping[str, Tree]:
    """Return the tree of the file with the forms in it, made without looking at the text."""
    tree = copy.deepcopy(before.tree)
    for path, forms in wanted.items():
        person: Any = tree
        for key, index in re.findall(r"([\w-]+)\[(\d+)\]", path):
            person = person[key][int(index) - 1]
        if not isinstance(person.get("name_forms"), dict):
            person["name_forms"] = {}
        old = person["name_forms"].get(LANGUAGE, {})
        known = old if isinstance(old, dict) else {} if old in _UNTOLD else {"nom": old}
        person["name_forms"][LANGUAGE] = {**known, **forms}
    return tree

"""Confirmations: a lawyer's word for an entry of a pack, kept in `confirmations/<pack>.yaml` of the user's folder."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import yaml

from generator.errors import DataError
from generator.folders import Folders
from generator.law.limits import TimeLimit
from generator.law.provisions import Provision
from generator.law.versions import Confirmation, Confirmations
from generator.sources import read_source
from generator.validation import validate

_HEAD = """\
# What a lawyer has confirmed for this pack; written by `arznoma law confirm`. An entry holds for the text it was given
# for: when the pack changes that text, the confirmation no longer counts, and `arznoma law due` says so.
"""


def read_confirmations(pack_id: str, folders: Folders) -> Confirmations:
    """Return the confirmations of a pack: those of the first folder that has any."""
    path = folders.find("confirmations", f"{pack_id}.yaml")
    if path is None:
        return Confirmations()
    read: Confirmations = validate(Confirmations, read_source(path, DataError), DataError)
    return read


def entry_digest(entry: Any) -> str:
    """Return the digest of the newest text of a provision or time limit, as the pack has it.

    Only what the pack says goes in, in alphabetical order: a key that a later version of the program knows besides does
    not make a lawyer's word stale.
    """
    newest = entry.versions[-1].model_dump(mode="json", exclude_defaults=True)
    return hashlib.sha256(json.dumps(newest, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def confirmed(entry: Any, word: Confirmation) -> Any:
    """Return a provision or time limit whose newest text carries the lawyer's word; unchanged if the word is stale."""
    if not holds(entry, word):
        return entry
    *older, newest = entry.versions
    told: dict[str, Any] = {"confirmed": word}
    if isinstance(entry, Provision):
        told |= {"article": word.number, "part": word.part}
        return entry.model_copy(update={"versions": (*older, newest.model_copy(update=told))})
    told["length"] = word.length or newest.length
    counted = {"count": word.count} if word.count else {}
    return entry.model_copy(update={**counted, "versions": (*older, newest.model_copy(update=told))})


def holds(entry: Provision | TimeLimit, word: Confirmation) -> bool:
    """Say whether the word was given for the text the entry has now."""
    return word.entry == entry_digest(entry)


def with_confirmation(words: Confirmations, section: str, key: str, word: Confirmation | None) -> str:
    """Return the text of the file with a word for one entry in the place of an older one; `None` takes it back."""
    sections: dict[str, Mapping[str, Confirmation]] = dict(words)
    kept = {name: given for name, given in sections[section].items() if name != key}
    sections[section] = {**kept, key: word} if word else kept
    content = {
        name: {entry: given.model_dump(mode="json", exclude_defaults=True) for entry, given in sorted(entries.items())}
        for name, entries in sections.items()
        if entries
    }
    return _HEAD + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)

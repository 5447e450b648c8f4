"""Load a case file."""

import re
from dataclasses import replace
from pathlib import Path

from generator.case.model import OWN_GROUPS, Case, CaseFile
from generator.errors import CaseError
from generator.sources import Source, read_source
from generator.validation import validate


def load_case(path: Path) -> Case:
    """Load a case file; raise `CaseError` with every problem of the file at once."""
    return case_of(read_source(path))


def case_of(source: Source) -> Case:
    """Return the case that a parsed file describes; see `load_case`."""
    facts: CaseFile = validate(CaseFile, source, CaseError)
    return Case(facts, source.values, source.file)


def for_client(case: Case, number: int = 1) -> Case:
    """Return the case as it concerns one client (counting from 1): his or her own groups of facts win over common ones.

    In the result that client is `clients[1]`, and the places of the facts still point into the file.
    """
    client = case.facts.clients[number - 1]
    own = {name: value for name in OWN_GROUPS if (value := getattr(client, name)) is not None}
    alone = client.model_copy(update=dict.fromkeys(own))
    facts = case.facts.model_copy(update={**own, "clients": (alone,)})
    prefix = f"clients[{number}]"
    hidden = re.compile("|".join([r"clients\[1\]", *(rf"{name}\b" for name in own)]))  # of another, or of all clients
    places = {path: place for path, place in case.places.items() if not hidden.match(path)}
    for path, place in case.places.items():
        if path.startswith(prefix):
            inner = path[len(prefix) :]
            places[f"clients[1]{inner}"] = place
            if inner.removeprefix(".").split(".")[0].split("[")[0] in own:
                places[inner.removeprefix(".")] = place
    return replace(case, facts=facts, places=places)

"""Load a case file."""

from dataclasses import dataclass, replace
from pathlib import Path

from generator.case.model import OWN_GROUPS, Case, CaseFile
from generator.errors import CaseError, Place
from generator.sources import Places, Source, read_source
from generator.validation import validate

_ALONE = "clients[1]"


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
    if not own and len(case.facts.clients) == 1:
        return case
    alone = client.model_copy(update=dict.fromkeys(own))
    facts = case.facts.model_copy(update={**own, "clients": (alone,)})
    common = number == 1 and not own  # then the paths are those of the file
    places = case.places if common else _OfClient(case.places, f"clients[{number}]", frozenset(own))
    return replace(case, facts=facts, places=places)


@dataclass(frozen=True, slots=True)
class _OfClient:
    """The places of a case as it concerns one client: those of his `own` groups stand under him in the file."""

    places: Places
    client: str
    own: frozenset[str]

    def get(self, path: str) -> Place | None:
        return self.places.get(self._in_file(path))

    def _in_file(self, path: str) -> str:
        """Return the path in the file of a path of this client's case."""
        if path.startswith(_ALONE):
            return self.client + path[len(_ALONE) :]
        return f"{self.client}.{path}" if path.partition(".")[0].partition("[")[0] in self.own else path

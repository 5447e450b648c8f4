"""The facts that count together: the common ones, and those of each client with the common ones they stand beside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.case.load import for_client
from generator.case.model import OWN_GROUPS, Case, CaseFile

_ROOT = re.compile(r"[.\[]")
_ALONE = "clients[1]"


@dataclass(frozen=True, slots=True)
class Scope:
    """Facts that count together. `own` are the groups of a client (by number, 0 for none) among them.

    In these facts that client is `clients[1]`, as in his or her letters.
    """

    facts: CaseFile
    client: int = 0
    own: frozenset[str] = frozenset()

    def counts(self, *paths: str) -> bool:
        """Say whether facts are to be looked at here: common facts alone are looked at once, not for each client."""
        return not self.client or any(root_of(path) in self.own for path in paths)

    def path(self, path: str) -> str:
        """Return the path in the file of the fact that stands here at a path."""
        if not self.client:
            return path
        client = f"clients[{self.client}]"
        if path.startswith(_ALONE):
            return client + path[len(_ALONE) :]
        return f"{client}.{path}" if root_of(path) in self.own else path


def scopes(case: Case) -> Iterator[Scope]:
    """Yield the common facts, then those of each client: the own groups, and the common ones where there is none."""
    yield Scope(case.facts)
    for number, client in enumerate(case.facts.clients, 1):
        own = {group for group in OWN_GROUPS if getattr(client, group) is not None}
        if number > 1:
            own.add("clients")  # what the first client says is looked at with the common facts
        if own:
            yield Scope(for_client(case, number).facts, number, frozenset(own))


def root_of(path: str) -> str:
    """Return the group or list of the case that a path begins with."""
    return _ROOT.split(path, 1)[0]

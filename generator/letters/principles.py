"""Which neutral names of law the text of a letter cites, found without filling it."""

from pathlib import Path

from jinja2 import nodes

from generator.letters.fill import look_through


def principles_in(text: Path, clauses: Path | None) -> frozenset[str]:
    """Return the names a text cites with `principle(...)`, those of the passages it includes with them."""
    calls = (call for tree in look_through(text, clauses) for call in tree.find_all(nodes.Call))
    cited = (call for call in calls if getattr(call.node, "name", "") == "principle")
    return frozenset(name.value for call in cited for name in call.args if isinstance(name, nodes.Const))

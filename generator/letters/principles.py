"""Which neutral names of law the text of a letter cites, found without filling it."""

from pathlib import Path

from jinja2 import Environment, nodes


def principles_in(text: Path, clauses: Path | None) -> frozenset[str]:
    """Return the names a text cites with `principle(...)`, those of the passages it includes with them."""
    tree = Environment(autoescape=False).parse(text.read_text("utf-8"))  # noqa: S701  # parsed only, never rendered
    calls = (call for call in tree.find_all(nodes.Call) if getattr(call.node, "name", "") == "principle")
    found = {name.value for call in calls for name in call.args if isinstance(name, nodes.Const)}
    for include in tree.find_all(nodes.Include):
        passage = include.template.value if isinstance(include.template, nodes.Const) else ""
        if clauses and passage and (clauses / passage).is_file():
            found |= principles_in(clauses / passage, clauses)
    return frozenset(found)

"""The lists of a case that keep facts out of its letters: a row adds to those of the base, and never replaces them."""

from collections.abc import Mapping, Sequence

from generator.tables.columns import Column
from generator.tree import Tree

GUARDS = ("protected_words", "withhold")


def guarding(columns: Sequence[Column]) -> Mapping[str, tuple[int, ...]]:
    """Return the columns of each list that guards, by its name."""
    return {name: tuple(n for n, column in enumerate(columns) if column.steps[0] == name) for name in GUARDS}


def joined(
    tree: Mapping[str, Tree], guards: Mapping[str, Sequence[int]], values: Sequence[str | list[str] | None]
) -> dict[str, Tree]:
    """Return the lists that guard, with what a row adds to them; a row that says `unknown` takes nothing back."""
    lists = dict[str, Tree]()
    for name, columns in guards.items():
        said = [values[index] for index in columns]
        added = [text for each in said if each is not None for text in ([each] if isinstance(each, str) else each)]
        if added:
            before = tree.get(name)
            known: list[Tree] = before if isinstance(before, list) else []
            lists[name] = [*known, *dict.fromkeys(text for text in added if text not in {*map(str, known), "unknown"})]
    return lists

"""Say all that a text can say, whatever the facts are: faults in a branch that no case has taken yet come to light."""

import re
from collections.abc import Callable, Mapping
from inspect import signature
from pathlib import Path
from typing import Any

from generator.case.people import is_empty
from generator.errors import DataError
from generator.letters.fill import SLOT, fill
from generator.letters.filters import MisusedError, callables, used
from generator.letters.settle import Settler
from generator.letters.view import Group, Unknown, entity_of
from generator.letters.wording import Wording

_ID = re.compile(r"\{([a-z0-9-]+)\}")


def say_everything(
    text: Path, clauses: Path | None, facts: Mapping[str, object], wording: Wording, settler: Settler
) -> None:
    """Raise `DataError` for the first name, function or value that is at fault in any branch of a text.

    What a text asks for before it says it, such as whether a fact is known or the law has a provision, is no fault.
    """
    words = {name: _patient(name, word) for name, word in wording.words().items()}
    filled = fill(text, clauses, {**facts, **callables(words), "ref": settler.reference}, every_branch=True)
    said = "".join(filled.pieces)
    settler.numbers = dict.fromkeys(_ID.findall(said), "1")
    for value, place in zip(filled.slots, filled.texts.origins(said, SLOT), strict=True):
        try:
            settler.settle(value, place)
        except DataError as fault:
            if any(problem.id != "nothing-to-cite" for problem in fault.problems):
                raise


def _patient(name: str, word: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that knows nothing where it is given a fact it cannot take, which another case may have."""
    shape = signature(word)

    def said(*arguments: Any) -> Any:
        try:
            shape.bind(*arguments)
        except TypeError:  # too few, too many: so in every case
            raise MisusedError(name) from None
        try:
            return used(name, word, *arguments)
        except MisusedError:
            if all(map(_certain, arguments)):
                raise
            return Unknown("")

    return said


def _certain(argument: Any) -> bool:
    """Say whether an argument is the same in every case: words of the text, or a group that holds something."""
    if isinstance(argument, Group):
        return not is_empty(entity_of(argument)[0])
    return type(argument) in {str, dict}

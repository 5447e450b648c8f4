"""The facts of a case as time limits name them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.case.model import Case
from generator.case.paths import value_at
from generator.case.values import Answer, Moment


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a case as a time limit names them; `number` is the submission it looks at, 0 for none."""

    case: Case
    number: int

    def value(self, path: str) -> Any:
        """Return the value of a fact: a moment (a day too), an answer, or `None` while it is unknown."""
        value = value_at(self.case.facts, self.where(path))
        if isinstance(value, date):
            return Moment(value)
        return None if value is Answer.UNKNOWN else value

    def where(self, path: str) -> str:
        """Return the path, with the number in it where its first part is a list."""
        root, _, rest = path.partition(".")
        return f"{root}[{self.number}].{rest}" if isinstance(getattr(self.case.facts, root, None), tuple) else path

    def first(self, paths: tuple[str, ...]) -> tuple[str, Moment | None]:
        """Return the first of some moments that is known, and its path."""
        for path in paths:
            if isinstance(value := self.value(path), Moment):
                return self.where(path), value
        return (self.where(paths[0]) if paths else ""), None


def is_after(moment: Moment, due: Moment) -> bool:
    """Say whether a moment lies after a due one; where either has no time of day, days are compared."""
    if moment.clock is None or due.clock is None:
        return moment.day > due.day
    return (moment.day, moment.clock) > (due.day, due.clock)

"""The facts of a case as time limits name them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.case.clock import elapsed, uncertainty
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


def missed(moment: Moment, due: Moment, zone: str) -> bool | None:
    """Say whether a moment lies after a due one, as the findings measure it; `None` where nobody can tell.

    So it is on the due day without a time of day, and closer to the due time than approximate times may be off.
    """
    if moment.day != due.day and None in {moment.clock, due.clock}:
        return moment.day > due.day
    if due.clock is None:
        return False
    over, error = elapsed(due, moment, zone), uncertainty(due, moment)
    if over is None or error >= over > -error:
        return None
    return over > error

"""Paths of facts, as `items[1].imei`: what stands there, and which paths another one means."""

import re
from datetime import date
from functools import lru_cache
from typing import Any

from generator.case.values import Moment


@lru_cache(maxsize=2048)
def steps(path: str) -> tuple[tuple[str, str], ...]:
    """Return the names on the way to a fact, each with its index, empty where it has none."""
    return tuple(re.findall(r"([\w-]+)(?:\[([0-9]{1,6})\])?", path))


def value_at(facts: Any, path: str) -> Any:
    """Return the value at a path, the first of a list where it has no index; `None` where there is nothing."""
    value = facts
    for name, index in steps(path):
        if isinstance(value, tuple):
            value = next(iter(value), None)
        value = value.get(name) if isinstance(value, dict) else getattr(value, name, None)
        if index:
            value = value[int(index) - 1] if isinstance(value, tuple) and len(value) >= int(index) else None
    return value


def moment_at(facts: Any, path: str) -> Moment | date | None:
    """Return the day or moment at a path, `None` where it is not known."""
    value = value_at(facts, path)
    return value if isinstance(value, Moment | date) else None


def pattern(path: str) -> re.Pattern[str]:
    """Match a path as written, and with any index where the writer gave none."""
    parts = [re.escape(part) + ("" if "[" in part else r"(\[\d+\])?") for part in path.split(".")]
    return re.compile(r"\.".join(parts))

"""Look a fact up by its path, as `items[1].imei`."""

import re
from typing import Any


def value_at(facts: Any, path: str) -> Any:
    """Return the value at a path, the first of a list where it has no index; `None` where there is nothing."""
    value = facts
    for name, index in re.findall(r"([\w-]+)(?:\[(\d+)\])?", path):
        if isinstance(value, tuple):
            value = next(iter(value), None)
        value = value.get(name) if isinstance(value, dict) else getattr(value, name, None)
        if index:
            value = value[int(index) - 1] if isinstance(value, tuple) and len(value) >= int(index) else None
    return value

"""Find the code of a case without reading the whole file: a batch looks at thousands before it makes one."""

import re
from typing import Any

import yaml

from generator.case.values import CODE
from generator.tree import tidy

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PATH = ["case", "id"]
_LIST = "[]"


def code_in(raw: bytes) -> str:
    """Return the code that the bytes of a case file give, empty where they give none, none that may be one, or are odd.

    It is read only as far as the code; whether all of the file is sound is found when the case is loaded. Somebody may
    have written a name in the place of the code: it must not get into a result sheet.
    """
    keys: list[str | None] = []  # the key at each depth; None before the first key, a mark in a list
    value_next = False
    try:
        for event in yaml.parse(raw.decode("utf-8-sig"), Loader=_LOADER):
            match event:
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    keys.append(_LIST if isinstance(event, yaml.SequenceStartEvent) else None)
                    value_next = False
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    keys.pop()
                    value_next = False
                case yaml.ScalarEvent() if value_next and keys == _PATH:
                    code = tidy(event.value)
                    return code if re.fullmatch(CODE, code) else ""
                case yaml.ScalarEvent() if value_next or not keys or keys[-1] == _LIST:
                    value_next = False
                case yaml.ScalarEvent():
                    keys[-1] = tidy(event.value)
                    value_next = True
    except (yaml.YAMLError, UnicodeDecodeError):
        return ""
    return ""

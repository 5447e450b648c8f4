"""Changes of a case file by someone who knows YAML and the case file: values, keys, and how they hang together."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

from fuzzing.model import Change
from fuzzing.values import hostile

_ALIKE = str.maketrans("aceopxyis", "асеорхуіѕ")
BIG = 200_000


@dataclass(frozen=True, slots=True)
class Spot:
    """A scalar in a file: the path of its fact, where its text lies, how deep it is indented; whether it is a key."""

    path: str
    first: int
    last: int
    indent: int
    is_key: bool
    flow: bool


def spots(text: str) -> list[Spot]:
    """Return the scalars of a file, in order; none of a file that cannot be read."""
    try:
        return list(_spots(text))
    except (yaml.YAMLError, IndexError):
        return []


def _spots(text: str) -> Iterator[Spot]:
    stack: list[list[object]] = []  # path, is list, key that waits, count, in braces
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
        elif isinstance(event, (yaml.CollectionStartEvent, yaml.ScalarEvent)):
            is_key, path = _path(stack, event)
            if isinstance(event, yaml.CollectionStartEvent):
                braces = bool(event.flow_style) or bool(stack and stack[-1][4])
                stack.append([path, isinstance(event, yaml.SequenceStartEvent), None, 0, braces])
            else:
                mark = event.start_mark
                yield Spot(path, mark.index, event.end_mark.index, mark.column, is_key, bool(stack and stack[-1][4]))


def _path(stack: list[list[object]], event: yaml.Event) -> tuple[bool, str]:
    if not stack:
        return False, ""
    above = stack[-1]
    if above[1]:
        above[3] = int(str(above[3])) + 1
        return False, f"{above[0]}[{above[3]}]"
    if above[2] is None and isinstance(event, yaml.ScalarEvent):
        above[2] = f"{above[0]}.{event.value}".lstrip(".")
        return True, str(above[2])
    path, above[2] = str(above[2]), None
    return False, path


def value(text: str, spot: Spot, rng: random.Random) -> tuple[str, str, str]:
    """Write another value in the place of one; return the text, what was done, and the value if it is surely so."""
    new = hostile(rng)
    ways = {
        "bare": new,
        "in quotes": json.dumps(new, ensure_ascii=rng.choice([True, False, False])),
        "single": f"'{new.replace(chr(39), chr(39) * 2)}'",
    }
    if not spot.flow:
        pad = "\n" + " " * (spot.indent + 2)
        ways["in lines"] = f"|{pad}{new.replace(chr(10), pad)}"
    how = rng.choice([*ways, "in quotes"])
    return _put(text, spot, ways[how]), f"value {how}", new if how == "in quotes" else ""


def shape(text: str, spot: Spot, rng: random.Random) -> tuple[str, str, str]:
    """Put a list, a mapping, an anchor, a tag, or far too much in the place of a value."""
    old = text[spot.first : spot.last]
    forms: dict[str, Callable[[], str]] = {
        "list": lambda: f"[{old}]",
        "list of many": lambda: "[" + ", ".join(["x"] * rng.choice([2, 50, 3000, BIG // 4])) + "]",
        "empty list": lambda: "[]",
        "mapping": lambda: f"{{ru: {old}}}",
        "mapping of many": lambda: "{" + ", ".join(f"k{n}: x" for n in range(rng.choice([50, 3000, BIG // 10]))) + "}",
        "keys alone": lambda: "{" + ", ".join(f"k{n}" for n in range(rng.choice([3, 3000, BIG // 8]))) + "}",
        "empty mapping": lambda: "{}",
        "anchor": lambda: f"&a {old}",
        "alias": lambda: "*a",
        "tag": lambda: rng.choice(["!!str ", "!!python/object/apply:os.system ", "!x ", "!!binary ", "!!int "]) + old,
        "depth": lambda: "[" * rng.choice([5, 13, 5000]) + old,
        "depth of keys": lambda: "{a: " * rng.choice([5, 13, 5000]) + old,
        "length": lambda: "я " * rng.choice([2001, BIG, 600_000]),
        "merge": lambda: "{<<: {surname: x}}",
        "lists in lists": lambda: f"[[[{old}]]]",
        "nothing": lambda: "",
    }  # fmt: skip
    name = rng.choice(list(forms))
    return _put(text, spot, forms[name]()), f"shape {name}", ""


def key(text: str, spot: Spot, rng: random.Random) -> tuple[str, str, str]:
    """Spoil a key: misspelt, with look-alikes, odd spaces, twice, of another case, or as a question."""
    old = text[spot.first : spot.last]
    at = rng.randrange(len(old) + 1)
    forms = {
        "misspelt": old[:at] + rng.choice("aeioubx_") + old[at:],
        "short": old[: max(at, 1)],
        "look-alike": old.translate(_ALIKE),
        "nbsp": f"{old}\u00a0",
        "nbsp within": f"{old[:at]}\u00a0{old[at:]}",
        "invisible": f"{old[:at]}\u200b{old[at:]}",
        "capital": old.title(),
        "twice": f"{old}: x\n{' ' * spot.indent}{old}",
        "quoted": f'"{old}"',
        "hostile": json.dumps(hostile(rng), ensure_ascii=False),
        "number": "1",
        "list": f"? [{old}]\n{' ' * spot.indent}",
        "mapping": f"? {{{old}: x}}\n{' ' * spot.indent}",
        "none": "",
        "dashes": old.replace("_", "-"),
    }
    name = rng.choice(list(forms))
    return _put(text, spot, forms[name]), f"key {name}", ""


def swap(text: str, spot: Spot, rng: random.Random) -> tuple[str, str, str]:
    """Put the text of another place here."""
    other = rng.choice(spots(text))
    return _put(text, spot, text[other.first : other.last]), "swap", ""


def block(text: str, spot: Spot, rng: random.Random) -> tuple[str, str, str]:
    """Repeat all lines that hang below a line, up to very many times, or lose them."""
    lines = text.split("\n")
    at = text.count("\n", 0, spot.first)
    depth = len(lines[at]) - len(lines[at].lstrip())
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > depth):
        end += 1
    times = rng.choice([0, 2, 2, 3, 40, 500])
    lines[at:end] = lines[at:end] * times
    return "\n".join(lines), f"block {min(times, 3)}", ""


_WAYS = (*[value] * 8, shape, key, swap, block)


def changed(name: str, files: dict[str, bytes], rng: random.Random) -> Change:
    """Change a case file in one to three ways; the value is told where only one was changed."""
    text = files[name].decode("utf-8", "replace")
    done, path, says = list[str](), "", ""
    times = rng.choice([1, 1, 1, 1, 1, 2, 3])
    for _ in range(times):
        way = rng.choice(_WAYS)
        found = [spot for spot in spots(text) if spot.is_key == (way is key)]
        if found:
            spot = rng.choice(found)
            text, what, says = way(text, spot, rng)
            done.append(what)
            path = spot.path
    sure = times == 1 and says != ""
    return Change(
        {**files, name: text.encode("utf-8", "surrogatepass")},
        " + ".join(done),
        (),
        path if sure else "",
        says if sure else "",
    )


def _put(text: str, spot: Spot, new: str) -> str:
    return text[: spot.first] + new + text[spot.last :]

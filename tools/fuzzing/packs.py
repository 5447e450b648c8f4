"""Changes of letters, house styles and law from others: of one file, in the way of its kind."""

import random
from collections.abc import Callable
from pathlib import PurePosixPath

from fuzzing import constructs, packages, raw, trees
from fuzzing.model import Change
from fuzzing.values import hostile

FOLDER = "others/"
_PLAIN = {".md": constructs.TEXTS, ".css": constructs.SHEETS, ".typ": constructs.MARKUPS, ".html": constructs.PAGES}
KINDS = {*_PLAIN, ".yaml", ".docx", ".ttf"}
_STOPS = "{}()[]<>:;|#,. \n"
_RAW_SHARE = 0.2


def changed(files: dict[str, bytes], rng: random.Random) -> Change:
    """Change one file of a pack; the case with it stays as it is."""
    name = rng.choice([each for each in files if each.startswith(FOLDER)])
    kind = PurePosixPath(name).suffix
    if kind == ".ttf" or rng.random() < _RAW_SHARE:
        how = rng.choice(raw.RAW)
        return Change({**files, name: how(files[name], rng)}, f"{how.__name__} {kind}")
    if kind == ".yaml":
        tree = trees.changed(name, files, rng)
        return Change(tree.files, f"pack {tree.done}")
    if kind == ".docx":
        return packages.package(name, files, rng, constructs.WORD)
    text, done = files[name].decode(), list[str]()
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        way = rng.choice(_WAYS)
        text = way(text, _PLAIN[kind], rng)
        done.append(f"{way.__name__.strip('_')} {kind}")
    return Change({**files, name: text.encode("utf-8", "surrogatepass")}, " + ".join(done))


def _line(text: str, harmful: list[str], rng: random.Random) -> str:
    """Put something harmful on a line of its own."""
    lines = text.split("\n")
    at = rng.randrange(len(lines) + 1)
    return "\n".join([*lines[:at], rng.choice(harmful), *lines[at:]])


def _within(text: str, harmful: list[str], rng: random.Random) -> str:
    """Put something harmful behind a mark of the syntax."""
    places = [at for at, char in enumerate(text, 1) if char in _STOPS] or [0]
    at = rng.choice(places)
    return text[:at] + rng.choice(harmful) + text[at:]


def _word(text: str, _harmful: list[str], rng: random.Random) -> str:
    """Put a hostile value, or a word of the same text, in the place of a word."""
    words = text.split(" ")
    words[rng.randrange(len(words))] = rng.choice([hostile(rng), rng.choice(words), ""])
    return " ".join(words)


_WAYS: tuple[Callable[[str, list[str], random.Random], str], ...] = (_line, _within, _word)

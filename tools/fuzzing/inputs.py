"""Make the input that a seed and a number name."""

import random
from functools import lru_cache

from fuzzing import packages, packs, raw, tables, trees
from fuzzing.model import Change, Input, Seed
from fuzzing.seeds import seeds

_PDF, _SLOW_PDF, _SLOW_PDF_OF_PACKS = 10, 50, 2
_LANGUAGES = ("en", "en", "ru")
_RAW_SHARE = 0.25


@lru_cache
def _seeds() -> tuple[Seed, ...]:
    return seeds()


def make(seed: int, number: int) -> Input:
    """Return the input number so-and-so of a run; equal for equal arguments, on every machine."""
    rng = random.Random(f"{seed}:{number}")  # noqa: S311  # no secret; `hash` would differ from run to run
    chosen = rng.choice(_seeds())
    change = _changed(chosen, rng)
    slow = number % (_SLOW_PDF_OF_PACKS if chosen.kind == "pack" else _SLOW_PDF) == 0
    formats, engine = chosen.formats, "weasyprint" if slow else "typst"
    if number % _PDF == 0 and formats and "pdf" not in formats:
        formats = (*formats, "pdf")
    return Input(number, chosen, change, formats, engine, rng.choice(_LANGUAGES))


def _changed(chosen: Seed, rng: random.Random) -> Change:
    files = dict(chosen.files)
    if chosen.kind == "pack":
        return packs.changed(files, rng)
    names = list(files)
    first = rng.random()
    name = names[0] if first < 0.8 or len(names) == 1 else rng.choice(names)  # noqa: PLR2004  # the first matters most
    if rng.random() < _RAW_SHARE:
        how = rng.choice(raw.RAW)
        return Change({**files, name: how(files[name], rng)}, f"{how.__name__} {name.rpartition('.')[2]}")
    if name.endswith(".yaml"):
        return trees.changed(name, files, rng)
    if chosen.kind == "csv":
        return tables.cells("csv", files, rng)
    return packages.package(f"t.{chosen.kind}", files, rng, packages.PIECES)

"""Run the program with its stages timed: python -m benching.timed_line FIGURES arguments of arznoma..."""

import functools
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

from generator import publish, writing
from generator.batch import work
from generator.batch.ledger import Ledger
from generator.cli import main as arznoma
from generator.render import readback

RENDER = "render"
PLACES = (
    (work, "_source", "load"),
    (work, "case_of", "load"),
    (writing, "errors", "check"),
    (writing, "assemble", "compose"),
    (readback, "check", "read_back"),
    (work, "write_sets", "write"),
    (Ledger, "record", "ledger"),
)
"""Where each stage is called by name; no stage lies in another. What is left over is the rest."""


def timed(function: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    """Return a function that notes for its stage how many seconds it takes."""

    @functools.wraps(function)
    def noting(*given: Any, **named: Any) -> Any:
        start = perf_counter()
        try:
            return function(*given, **named)
        finally:
            spent[stage] += perf_counter() - start

    return noting


def time_stages(spent: dict[str, float]) -> None:
    """Put a clock on every stage of the program in this process."""

    def clocked(renderers: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
        return {name: timed(render, RENDER, spent) for name, render in renderers.items()}

    publish.RENDERERS = clocked(publish.RENDERERS)
    publish.PRINTERS = {engine: clocked(made) for engine, made in publish.PRINTERS.items()}
    for holder, name, stage in PLACES:
        setattr(holder, name, timed(getattr(holder, name), stage, spent))


def main() -> None:
    """Run the program, then write down the seconds of each stage."""
    figures, spent = Path(sys.argv[1]), defaultdict[str, float](float)
    time_stages(spent)
    sys.argv[1:] = sys.argv[2:]
    try:
        arznoma()
    finally:
        figures.write_text(json.dumps(spent), "utf-8")


if __name__ == "__main__":
    main()

"""Run the program with its renderers timed: python -m benching.timed_line FIGURES arguments of arznoma..."""

import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from generator import publish
from generator.cli import main as arznoma
from generator.document import Letter
from generator.render.house_style import HouseStyle

Renderer = Callable[[Letter, HouseStyle], bytes]


def timed(render: Renderer, spent: list[float]) -> Renderer:
    """Return a renderer that notes how many seconds each letter took."""

    def noting(letter: Letter, style: HouseStyle) -> bytes:
        start = perf_counter()
        made = render(letter, style)
        spent.append(perf_counter() - start)
        return made

    return noting


def main() -> None:
    """Run the program, then write down the seconds that went into rendering."""
    figures, spent = Path(sys.argv[1]), list[float]()
    publish.RENDERERS = {name: timed(render, spent) for name, render in publish.RENDERERS.items()}
    publish.PRINTERS = {  # the one place where both are looked up
        engine: {name: timed(render, spent) for name, render in made.items()}
        for engine, made in publish.PRINTERS.items()
    }
    sys.argv[1:] = sys.argv[2:]
    try:
        arznoma()
    finally:
        figures.write_text(str(sum(spent)), "utf-8")


if __name__ == "__main__":
    main()

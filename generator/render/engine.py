"""The engines that make PDFs: which of them is taken, whether it can run here, and what it makes."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal, get_args

from generator.document import Letter
from generator.errors import Problem
from generator.render.house_style import HouseStyle
from generator.render.native import load_weasyprint
from generator.render.pdf import render_pdf, render_phone
from generator.render.typst import render_typst, render_typst_phone

Engine = Literal["weasyprint", "typst"]
Choice = Literal["auto", "weasyprint", "typst"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
PRINTERS: Mapping[Engine, Mapping[str, Callable[[Letter, HouseStyle], bytes]]] = {
    "weasyprint": {"pdf": render_pdf, "phone": render_phone},
    "typst": {"pdf": render_typst, "phone": render_typst_phone},
}
"""What makes each paged format."""


def chosen_engine(choice: Choice, style: HouseStyle, *, batch: bool = False) -> Engine:
    """Return the engine for a house style; `auto` is WeasyPrint for one letter, typst, the faster, for a batch.

    Where only one of them can run, `auto` is that one.
    """
    if choice != "auto":
        return choice
    first, second = _order(batch=batch)
    return second if engine_fault(first, style) and not engine_fault(second, style) else first


def engine_fault(engine: Engine, style: HouseStyle) -> Problem | None:
    """Return why an engine cannot make a PDF in this house style on this machine, if it cannot."""
    if fault := missing_engine(engine):
        return fault
    return Problem("style-lacks-typst", style.place) if engine == "typst" and not style.typst else None


@lru_cache
def missing_engine(engine: Engine) -> Problem | None:
    """Return what has to be installed before an engine runs: Pango for WeasyPrint, or typst itself."""
    try:
        if engine == "typst":
            import typst  # noqa: F401, PLC0415  # an extra, and the very thing to be tried
        else:
            load_weasyprint()
    except ImportError:
        return Problem("no-typst")
    except OSError:
        return Problem("no-pango")
    return None


def _order(*, batch: bool) -> tuple[Engine, Engine]:
    return ("typst", "weasyprint") if batch else ("weasyprint", "typst")

"""The ratios of `docs/performance.md`: what each is made of, and what is aimed at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benching.clock import Round, Run


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio that is found in each round of a scene: the ways it needs, and how it is told from their runs."""

    scene: str
    ways: tuple[str, ...]
    of: Callable[..., float]
    target: float
    stretch: float
    lower: bool = False

    def found(self, runs: Round) -> float:
        """Return the ratio of one round."""
        return self.of(*(runs[way] for way in self.ways))

    def reached(self, value: float, aim: float) -> bool:
        """Say whether a value is as good as what is aimed at."""
        return value <= aim if self.lower else value >= aim


def each(slow: Run, quick: Run) -> float:
    """Return how much longer a letter takes one way than another, start-up included."""
    return (slow.seconds / slow.letters) / (quick.seconds / quick.letters)


def marginal(run: Run, one: Run) -> float:
    """Return the seconds for each further letter: those of a batch less those of a batch of one."""
    return (run.seconds - one.seconds) / (run.letters - one.letters)


def linear(few: Run, many: Run, one: Run) -> float:
    """Return the time of a further letter in a small batch over that in a large one."""
    return marginal(few, one) / marginal(many, one)


def marginal_stage(run: Run, one: Run, stage: str) -> float:
    """Return how many seconds of each further letter go into a stage."""
    return (run.stages[stage] - one.stages[stage]) / (run.letters - one.letters)


def overhead(run: Run, one: Run) -> float:
    """Return what a further letter takes besides its rendering, over its rendering."""
    return marginal(run, one) / marginal_stage(run, one, "render") - 1


def memory(many: Run, hundred: Run) -> float:
    """Return the peak of memory of a large batch over that of one of a hundred."""
    return many.peak_mib / hundred.peak_mib


RATIOS: Mapping[str, Ratio] = {
    "docx_vs_naive": Ratio("docx", ("docx-naive", "docx-ours"), each, 15, 20),
    "docx_vs_docxtemplater": Ratio("docx", ("docxtemplater", "docx-ours"), each, 4, 5),
    "pdf_fast_vs_naive": Ratio("pdf", ("pdf-naive", "pdf-fast"), each, 6, 8),
    "pdf_weasy_vs_naive": Ratio("pdf", ("pdf-naive", "pdf-weasy"), each, 1.1, 1.15),
    "pdf_fast_vs_libreoffice": Ratio("office", ("libreoffice", "pdf-fast-office"), each, 5, 7),
    "workers2_docx": Ratio("growth", ("docx-many", "docx-many-2"), each, 1.7, 1.9),
    "workers2_pdf": Ratio("paged", ("pdf-jobs-1", "pdf-jobs-2"), each, 1.7, 1.9),
    "line_overhead": Ratio("overhead", ("timed-docx", "timed-docx-one"), overhead, 1.5, 1.0, lower=True),
    "linear": Ratio("growth", ("docx-few", "docx-many", "docx-one"), linear, 0.95, 1.0),
    "memory_flat": Ratio("growth", ("docx-many", "docx-hundred"), memory, 1.05, 1.0, lower=True),
    "help_vs_import": Ratio("start", ("import", "help"), each, 5, 10),
}
FURTHER: Mapping[str, str] = {
    "docx-few": "docx-one",
    "docx-many": "docx-one",
    "timed-docx": "timed-docx-one",
    "timed-pdf": "timed-pdf-one",
    "libreoffice": "libreoffice-one",
    "pdf-fast-office": "pdf-fast-office-one",
}
"""The ways of which it is also told what a letter takes without the start: less the same way with one letter."""

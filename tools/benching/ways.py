"""The ways of making letters that are measured, in scenes: the ways of a scene run in turn, round after round."""

import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benching.clock import TOOLS, Way

HERE = TOOLS / "benching"
PEERS = HERE / "peers"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many letters each way makes, and how many rounds there are."""

    rounds: int
    docx: int
    pdf: int
    office: int
    few: int
    many: int
    paged: int
    overhead: int

    def tables(self) -> list[int]:
        """Return the sizes of all tables, each once."""
        return sorted({1, 100, self.docx, self.pdf, self.office, self.few, self.many, self.paged, self.overhead})


FULL = Sizes(rounds=5, docx=1000, pdf=150, office=40, few=300, many=10_000, paged=600, overhead=1000)
QUICK = Sizes(rounds=2, docx=100, pdf=20, office=10, few=50, many=600, paged=60, overhead=200)
"""For trying out the benchmark itself; what it says is no result."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folder the benchmark works in, and the sizes of its batches."""

    work: Path
    sizes: Sizes

    def batch(self, name: str, number: int, *options: str, timing: bool = False) -> Way:
        """Return our program on the table of so many clients."""
        figures = self.work / f"{name}.seconds" if timing else None
        how = ("--mapping", str(HERE / "mapping.yaml"), "--base", str(HERE / "base.yaml"), *options)
        return self._ours(name, number, self.work / f"{number}.csv", how, figures)

    def spoiled(self, name: str) -> Way:
        """Return our program on the largest table with 1 % of bad rows."""
        way = self.batch(name, self.sizes.many, "--format", "docx")
        table, bad = (str(self.work / f"{each}.csv") for each in (self.sizes.many, "bad"))
        return replace(way, command=[bad if part == table else part for part in way.command], code=1)

    def case_files(self, name: str, number: int, *options: str) -> Way:
        """Return our program on the folder of so many case files."""
        return self._ours(name, number, self.work / "cases", options)

    def peer(self, name: str, number: int, *command: str | Path) -> Way:
        """Return a script or program of others; the last part of its command is the folder for what it makes."""
        return Way([*map(str, command), str(self.work / "out" / name)], number, self.work / "out" / name)

    def _ours(self, name: str, number: int, source: Path, options: tuple[str, ...], figures: Path | None = None) -> Way:
        out = self.work / "out" / name
        program = ["benching.timed_line", str(figures)] if figures else ["generator"]
        batch = ["--ui", "en", "batch", str(source), "--as-of", "2026-07-01", "--out", str(out)]
        jobs = () if "--jobs" in options else ("--jobs", "1")
        return Way([sys.executable, "-m", *program, *batch, *jobs, *options], number, out, figures)


def docx(at: Place) -> Mapping[str, Way]:
    """Return the ways of making Word files."""
    n, docx = at.sizes.docx, ("--format", "docx")
    loop, script = PEERS / "docxtpl_loop.py", PEERS / "docxtemplater_loop.js"
    return {
        "docx-ours": at.batch("docx-ours", n, *docx),
        "docx-naive": at.peer("docx-naive", n, sys.executable, loop, at.work / "docxtpl.docx", at.work / "values.json"),
        "docx-ours-yaml": at.case_files("docx-ours-yaml", n, *docx),
        "docxtemplater": at.peer(
            "docxtemplater", n, "node", script, at.work / "docxtemplater.docx", at.work / "values.json"
        ),
    }


def pdf(at: Place) -> Mapping[str, Way]:
    """Return the ways of making PDFs; the naive script with tags and all that PDF/UA-1 asks for is one of them."""
    n, loop = at.sizes.pdf, (sys.executable, PEERS / "weasyprint_loop.py", at.work / "pages.json", at.work / "fonts")
    naive = at.peer("pdf-naive-ua", n, *loop)
    return {
        "pdf-fast": at.batch("pdf-fast", n, "--format", "pdf", "--pdf-engine", "typst"),
        "pdf-naive": at.peer("pdf-naive", n, *loop),
        "pdf-weasy": at.batch("pdf-weasy", n, "--format", "pdf", "--pdf-engine", "weasyprint"),
        "pdf-naive-ua": Way([*naive.command, "pdf/ua-1"], n, naive.out),
    }


def office(at: Place) -> Mapping[str, Way]:
    """Return the ways of making PDFs of the same letters with LibreOffice and with our fast engine, and of one."""
    ways = {}
    profile = f"-env:UserInstallation={(at.work / 'office').as_uri()}"
    program = ("soffice", profile, "--headless", "--convert-to", "pdf")
    files = sorted(at.work.glob("words/*.docx"))
    for suffix, n in (("", at.sizes.office), ("-one", 1)):
        ways[f"libreoffice{suffix}"] = at.peer(f"libreoffice{suffix}", n, *program, *files[:n], "--outdir")
        name = f"pdf-fast-office{suffix}"
        ways[name] = at.batch(name, n, "--format", "pdf", "--pdf-engine", "typst")
    return ways


def growth(at: Place) -> Mapping[str, Way]:
    """Return our batches of Word files of several sizes, and the largest with two workers."""
    numbers = {"docx-one": 1, "docx-hundred": 100, "docx-few": at.sizes.few, "docx-many": at.sizes.many}
    ways = {name: at.batch(name, number, "--format", "docx") for name, number in numbers.items()}
    return {**ways, "docx-many-2": at.batch("docx-many-2", at.sizes.many, "--format", "docx", "--jobs", "2")}


def paged(at: Place) -> Mapping[str, Way]:
    """Return our batch of PDFs with one worker and with two."""
    fast = ("--format", "pdf", "--pdf-engine", "typst", "--jobs")
    return {f"pdf-jobs-{jobs}": at.batch(f"pdf-jobs-{jobs}", at.sizes.paged, *fast, jobs) for jobs in ("1", "2")}


def overhead(at: Place) -> Mapping[str, Way]:
    """Return our batches with the rendering timed, of one letter and of many."""
    numbers = {"docx": at.sizes.overhead, "docx-one": 1, "pdf": at.sizes.office, "pdf-one": 1}
    return {f"timed-{name}": _timed(at, name, number) for name, number in numbers.items()}


def _timed(at: Place, name: str, number: int) -> Way:
    return at.batch(f"timed-{name}", number, "--format", name.removesuffix("-one"), timing=True)


def start(at: Place) -> Mapping[str, Way]:
    """Return the start of Python with everything imported, and our help."""
    everything = "import weasyprint, docxtpl, pydantic, jinja2, generator.writing, generator.advice"
    return {
        "import": Way([sys.executable, "-c", everything], 1, at.work / "out" / "import"),
        "help": Way([sys.executable, "-m", "generator", "--help"], 1, at.work / "out" / "help"),
    }


SCENES: Mapping[str, Callable[[Place], Mapping[str, Way]]] = {
    "docx": docx,
    "pdf": pdf,
    "office": office,
    "growth": growth,
    "paged": paged,
    "overhead": overhead,
    "start": start,
}
PROGRAMS = {"docxtemplater": "node", "libreoffice": "soffice"}
"""What has to be on the PATH for a way whose name starts so."""


def lacking(way: str) -> str:
    """Return the program that a way needs and that is not here, empty if none is."""
    return next((p for start, p in PROGRAMS.items() if way.startswith(start) and not shutil.which(p)), "")

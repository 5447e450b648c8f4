"""Measure one warm letter per format against a naive docxtpl and WeasyPrint script on the same text.

Each round writes one letter nobody has seen by us and one by the naive way, in turn (A B A B ...); only ratios of the
medians of one run are meaningful, since absolute times drift. The result goes to out/bench.json and to the screen.
"""

import gc
import io
import json
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

from docx import Document
from docxtpl import DocxTemplate
from weasyprint import HTML

from generator.assembly import Order, assemble
from generator.case.load import case_of
from generator.document import Letter, plain
from generator.folders import bundled_folder, standard_folders
from generator.law.load import load_law
from generator.letters.catalogue import load_kind
from generator.letters.language import load_language
from generator.output import write_all
from generator.publish import RENDERERS, publish
from generator.render.house_style import cached
from generator.render.html import render_html
from generator.sources import parse_source

ROUNDS = {"docx": 40, "pdf": 15}
FOLDERS = standard_folders()
LAW = load_law("tj", FOLDERS)
KIND = load_kind("prosecutor-complaint", FOLDERS)
RUSSIAN = load_language("ru", FOLDERS)
STYLE = cached(bundled_folder() / "templates" / "house-styles" / "plain")
EXAMPLE = (bundled_folder() / "examples" / "rustam.yaml").read_text("utf-8")


def cases() -> Iterator[str]:
    """Yield case files without end, no two alike."""
    number = 0
    while True:
        number += 1
        yield EXAMPLE.replace("example-1", f"tj-{number:05}").replace("Садовая, д. 10", f"Садовая, д. {number}")


def letter_of(text: str) -> tuple[object, Letter]:
    """Take a case file to its letter: load, check nothing twice, find, compose."""
    case = case_of(parse_source(text.encode(), "case.yaml"))
    return case, assemble(case, LAW, KIND, Order(RUSSIAN, date(2026, 6, 1)), FOLDERS).letter


def whole_line(text: str, kind: str, folder: Path) -> None:
    """Write one letter by the whole line: load, findings, composition, rendering, readback, safe writing."""
    case, letter = letter_of(text)
    write_all(folder, case.facts.case.id, publish(case, letter, STYLE, [kind], case.facts.case.id))


def lines_of(letter: Letter) -> list[str]:
    """Return the paragraphs of a letter for the naive scripts."""
    corner = [plain(line) for group in letter.corner for line in group]
    body = [f"{getattr(block, 'label', '')} {plain(block.text)}".strip() for block in (*letter.body, *letter.annexes)]
    ends = [plain(line) for line in (letter.title, letter.subject, letter.basis)]
    return [*corner, *ends, *body, f"{plain(letter.signature.left)} {plain(letter.signature.name)}"]


def naive_template(folder: Path) -> Path:
    """Make the Word template of a script that knows nothing better: a loop over paragraphs."""
    document = Document()
    for text in ("{%p for line in lines %}", "{{ line }}", "{%p endfor %}"):
        document.add_paragraph(text)
    document.save(str(folder / "naive.docx"))
    return folder / "naive.docx"


def naive_docx(template: Path, lines: list[str]) -> None:
    """Write a letter as the docxtpl manual shows it, escaping on."""
    document = DocxTemplate(str(template))
    document.render({"lines": lines}, autoescape=True)
    document.save(io.BytesIO())


def in_turn(rounds: int, *ways: Callable[[], None]) -> list[float]:
    """Run the ways in turn and return the median seconds of each; the first two rounds only warm up."""
    times: list[list[float]] = [[] for _ in ways]
    for turn in range(rounds + 2):
        for way, measured in zip(ways, times, strict=True):
            start = perf_counter()
            way()
            if turn > 1:
                measured.append(perf_counter() - start)
    return [statistics.median(measured) for measured in times]


def start_up() -> list[float]:
    """Return the seconds of importing everything, and of `arznoma --help`, each in a new process."""
    everything = "import weasyprint, docxtpl, pydantic, jinja2, generator.writing, generator.advice"
    commands = [[sys.executable, "-c", everything], [sys.executable, "-m", "generator", "--help"]]
    return in_turn(5, *(lambda c=command: subprocess.run(c, check=True, capture_output=True) for command in commands))


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """Run every comparison; return ratios and milliseconds."""
    unseen = cases()
    template = naive_template(folder)
    prepared = lines_of(letter_of(next(unseen))[1])
    page = render_html(letter_of(next(unseen))[1], STYLE).decode()
    rendering = iter(lambda: letter_of(next(unseen))[1], None)
    ours, kernel, naive = in_turn(
        ROUNDS["docx"],
        lambda: whole_line(next(unseen), "docx", folder),
        lambda letter=rendering: RENDERERS["docx"](next(letter), STYLE),
        lambda: naive_docx(template, [*prepared, next(unseen)[:20]]),
    )
    pdf, naive_pdf = in_turn(
        ROUNDS["pdf"],
        lambda: whole_line(next(unseen), "pdf", folder),
        lambda: HTML(string=page, base_url="/").write_pdf(),
    )
    importing, helping = start_up()
    gc.collect()
    return {
        "ratios": {
            "docx_vs_naive": naive / ours,
            "pdf_weasy_vs_naive": naive_pdf / pdf,
            "help_vs_import": importing / helping,
        },
        "absolute": {
            "docx_ours_ms": ours * 1000,
            "docx_compose_and_render_ms": kernel * 1000,
            "docx_naive_ms": naive * 1000,
            "pdf_ours_ms": pdf * 1000,
            "pdf_naive_ms": naive_pdf * 1000,
            "help_ms": helping * 1000,
            "import_ms": importing * 1000,
        },
    }


def main() -> None:
    """Measure, print a table, write out/bench.json."""
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder))
    for group in ("ratios", "absolute"):
        for name, value in result[group].items():
            print(f"{name:32}{value:10.2f}")
    machine = {"python": platform.python_version(), "system": platform.platform(terse=True)}
    out = Path("out")
    out.mkdir(exist_ok=True)
    (out / "bench.json").write_text(json.dumps({**result, "machine": machine}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()

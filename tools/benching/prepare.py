"""Make what a run of the benchmark needs, outside of all timing: tables, case files, and what the peers start from."""

import argparse
import json
from pathlib import Path

import yaml
from examples_batch import AS_WE_WRITE

from benching.clients import rows, spoiled, table
from benching.letters import letters, sources, style
from benching.naive import DOCXTEMPLATER, DOCXTPL, template_of
from generator.document import Letter
from generator.render.docx import render_docx
from generator.render.html import page


def tables(work: Path, sizes: list[int], bad: int) -> None:
    """Write a table for each number of clients, and one with bad rows in it."""
    cells = list(rows(max([*sizes, bad])))
    for number in sizes:
        (work / f"{number}.csv").write_bytes(table(cells[:number]))
    if bad:
        (work / "bad.csv").write_bytes(table(spoiled(cells[:bad])))


def case_files(work: Path, number: int) -> None:
    """Write the clients of a table as case files."""
    folder = work / "cases"
    folder.mkdir(exist_ok=True)
    for code, source in sources(work / f"{number}.csv"):
        (folder / f"{code}.yaml").write_text(yaml.dump(source.tree, **AS_WE_WRITE), "utf-8")


def templates(work: Path, number: int) -> None:
    """Write the templates of the naive scripts and the values of each letter."""
    made = dict(letters(work / f"{number}.csv"))
    template = template_of(list(made.values()))
    for name, marks in (("docxtpl", DOCXTPL), ("docxtemplater", DOCXTEMPLATER)):
        (work / f"{name}.docx").write_bytes(render_docx(template.letter(marks), style()))
    _say(work / "values.json", {code: template.values(letter) for code, letter in made.items()})


def pages(work: Path, number: int) -> None:
    """Write the letters as HTML with all of their style, and the fonts that the style names."""
    fonts = work / "fonts"
    fonts.mkdir(exist_ok=True)
    for look, content in style().fonts.items():
        (fonts / look).write_bytes(content)
    _say(work / "pages.json", {code: _styled(letter) for code, letter in letters(work / f"{number}.csv")})


def words(work: Path, number: int) -> None:
    """Write our Word files of the letters, for whoever starts from these."""
    folder = work / "words"
    folder.mkdir(exist_ok=True)
    for code, letter in letters(work / f"{number}.csv"):
        (folder / f"{code}.docx").write_bytes(render_docx(letter, style()))


def _styled(letter: Letter) -> str:
    return page(letter, style(), css="").replace("<style></style>", f"<style>{style().css_for(letter.form)}</style>", 1)


def _say(path: Path, told: object) -> None:
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")


STEPS = {"cases": case_files, "templates": templates, "pages": pages, "words": words}


def main() -> None:
    """Make what the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("--tables", type=int, nargs="+", required=True)
    for name in ("bad", *STEPS):
        parser.add_argument(f"--{name}", type=int, default=0)
    asked = parser.parse_args()
    tables(asked.work, asked.tables, asked.bad)
    for name, make in STEPS.items():
        if number := getattr(asked, name):
            make(asked.work, number)


if __name__ == "__main__":
    main()

"""A value of a table stands alike in the DOCX, in the PDF of either engine and in the letter itself, or is refused."""

import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from letters import AS_OF, example, letter_of
from tables.books import row, xlsx

from generator.case.load import case_of
from generator.render.read_docx import read_docx
from generator.render.said import said_by
from generator.sources import parse_source
from generator.tables.cases import column_plan
from generator.tables.mapping import mapping_of
from generator.tables.model import TableOptions
from generator.tables.read import read_table

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open
STREETS = (
    "ул. Лесная, д. 3 & 4 < 5",
    "к\u04ef\u0447аи Ҷангал; «хонаи» №3\u00a0б",
    "'=HYPERLINK(1) {{ 7*7 }} #let *x* _y_",
    "Щабвгдеж" * 20,
    "и\u0306 Å \u212b O\u02bbzbek ş ı",
    "улица \u4e2d",
    "за\u202eмок",
)
SHEET = "Клиенты"
MAPPING = 'columns:\n  код: case.id\n  улица: "clients[1].address_service.ru"\n'


def tables() -> dict[str, bytes]:
    """Return the same rows as CSV and as XLSX; codes tell the rows apart."""
    cells = [("код", "улица"), *((f"t-{number}", street) for number, street in enumerate(STREETS, 1))]
    quoted = "\r\n".join(",".join(f'"{cell}"' for cell in each) for each in cells)
    sheet = {SHEET: ("visible", "".join(row(*each) for each in cells))}
    return {"csv": ("\ufeff" + quoted).encode(), "xlsx": xlsx(**sheet)}


def squeezed(text: str) -> str:
    """Return text as it is compared: without spaces, marks apart, hyphens of line ends told alike."""
    bare = "".join(text.replace("\ufffe", "-").replace("\x02", "-").split())
    return unicodedata.normalize("NFD", bare)


@pytest.mark.parametrize(("kind", "engine"), [("csv", "weasyprint"), ("csv", "typst"), ("xlsx", "typst")])
def test_values_of_a_table_are_the_same_in_all_formats(kind, engine, arznoma):
    """What is read from the files is the text of the letter; what cannot be printed is refused at its cell."""
    for name, content in {
        f"t.{kind}": tables()[kind],
        "m.yaml": MAPPING.encode(),
        "b.yaml": example("minimal.yaml").encode(),
    }.items():
        Path(name).write_bytes(content)
    options = {"csv": (), "xlsx": ("--sheet-name", SHEET)}[kind]
    code, _, said = arznoma(
        *("batch", f"t.{kind}", "--mapping", "m.yaml", "--base", "b.yaml", "--letter", "prosecutor-complaint"),
        *("--language", "ru", "--format", "docx,pdf", "--pdf-engine", engine, "--as-of", AS_OF.isoformat()),
        *("--jobs", "1", *options),
    )
    assert code
    assert "U+4E2D" in said
    assert "U+202E RIGHT-TO-LEFT OVERRIDE" in said
    made = sorted(path.name for path in Path("out").iterdir() if path.is_dir())
    assert made == [f"t-{number}" for number in range(1, len(STREETS) - 1)]
    table = read_table(Path(f"t.{kind}"), TableOptions(sheet=SHEET) if kind == "xlsx" else TableOptions())
    base = parse_source(example("minimal.yaml").encode(), "b.yaml")
    plan = column_plan(table, mapping_of(parse_source(MAPPING.encode(), "m.yaml")), base)
    for each in table.rows[: len(made)]:
        letter = letter_of(case_of(plan.source(each)), "ru").letter
        wanted = squeezed("".join(said.text for panel in said_by(letter) for said in panel))
        stem = Path("out", plan.code(each)[0], f"{plan.code(each)[0]}_prosecutor-complaint_ru")
        word = "".join(read_docx(Path(f"{stem}.docx").read_bytes()).paragraphs)
        assert squeezed(word) == wanted
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(Path(f"{stem}.pdf"))]
        feet = [f"{letter.running}{number}/{len(pages)}" if number > 1 else "" for number in range(1, len(pages) + 1)]
        bodies = (squeezed(page).replace(squeezed(foot), "", 1) for page, foot in zip(pages, feet, strict=True))
        assert "".join(bodies) == wanted

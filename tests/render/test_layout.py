"""What a page must never look like, in every house style: seen on the PDF, and in Word by the properties of styles."""

import io
import zipfile
from dataclasses import replace

import pypdfium2
import pytest
from letters import case_from, example, letter_of
from lxml import etree

from generator.document import Heading, Paragraph, Run, Table, plain
from generator.letters.language import load_language
from generator.letters.typography import tie_end, tied
from generator.render.docx import render_docx
from generator.render.house_style import dressed
from generator.render.word import NAMES, W, style_ids

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open
OFFICE = (
    "Начальнику отдела по борьбе с организованной преступностью Управления внутренних дел Министерства внутренних дел "
    "Республики Таджикистан по городу Душанбе и районам республиканского подчинения"
)
KEPT = ("Reference", "Corner", "Corner Group", "Title", "Subject", "Basis", "heading 1", "heading 2", "Annex Heading")


def pages(raw: bytes) -> list[list[str]]:
    """Return the lines of each page as they are drawn, without the foot."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(raw)):
        lines = [text.strip() for text in page.get_textpage().get_text_range().split("\r\n")]
        found.append([text for text in lines if text][: -1 if number else None])
    return found


@pytest.mark.parametrize("facts", range(6, 30))
def test_no_page_begins_with_the_signature(each_style, sample, paper, facts, print_pdf):
    """The signature, with the annexes and the lines for the receiver, has two lines of the text of the letter above."""
    letter = dressed(paper(sample(facts=facts)), each_style)
    last = pages(print_pdf(letter, each_style))[-1]
    assert last.index(plain(letter.annexes_heading)) >= 2
    assert last.index("Advocate") > last.index(plain(letter.annexes_heading))
    assert [text.split()[0] for text in last[-3:]] == ["M.", "Taken", "No."]


@pytest.mark.parametrize("step", range(1, 8))
def test_no_heading_ends_a_page(each_style, sample, step, print_pdf):
    """A heading stands on the page of what it is the heading of, wherever the page ends."""
    texts = [Paragraph((Run("words and words " * (1 + n * step % 23)),)) for n in range(60)]
    body = [part for n, text in enumerate(texts) for part in (Heading((Run(f"Heading {n}"),), 2 + n % 2), text)]
    found = pages(print_pdf(replace(sample("en"), body=tuple(body)), each_style))
    assert len(found) >= 4
    assert sum(text.startswith("Heading ") for page in found for text in page) == 60
    assert not [page[-1] for page in found if page[-1].startswith("Heading ")]


def test_the_head_of_a_table_is_repeated_on_each_page(each_style, sample, print_pdf):
    """A table that goes on begins each page with its head, in the PDF and in Word; no row is parted."""
    rows = tuple(((Run(f"row {n}"),), (Run("words " * 30),)) for n in range(40))
    table = Table(((Run("First"),), (Run("Second"),)), rows)
    letter = replace(sample("en"), body=(table,))
    found = pages(print_pdf(letter, each_style))
    going_on = [page for page in found[1:] if any(text.startswith("row ") for text in page)]
    assert len(going_on) >= 2
    assert [page[0].split() for page in going_on] == [["First", "Second"]] * len(going_on)
    with zipfile.ZipFile(io.BytesIO(render_docx(letter, each_style))) as package:
        drawn = etree.fromstring(package.read("word/document.xml")).findall(f".//{W}tr/{W}trPr")
    assert [row.find(f"{W}tblHeader") is not None for row in drawn] == [True, *[False] * 40]
    assert all(row.find(f"{W}cantSplit") is not None for row in drawn)


def test_no_word_of_an_addressee_stands_alone(each_style, sample, folders, print_pdf):
    """The last word of a line in the corner takes the one before it along; nothing leaves the text area."""
    rules = load_language("ru", folders).typography
    words = OFFICE.split()
    names = [" ".join(words[:length]) for length in range(2, len(words) + 1)]
    names += ["от Рахимова", "Рустама Саидовича, в интересах которого действует адвокат"]
    lines = [tie_end((Run(tied(name, rules)),)) for name in names]
    for part in (lines[:8], lines[8:15], lines[15:]):
        letter = replace(sample(), corner=tuple((each,) for each in part))
        raw = print_pdf(letter, each_style)
        top = pages(raw)[0]
        top = top[: top.index("ЖАЛОБА")]
        assert len(top) > len(part)  # some of them take several lines
        assert not [text for text in top if len(text.split()) == 1]
        text = pypdfium2.PdfDocument(raw)[0].get_textpage()
        right = max(text.get_rect(n)[2] for n in range(text.count_rects()))
        assert right <= (210 - float(each_style.measures["margin-right"].removesuffix("mm"))) * 72 / 25.4 + 1


def test_a_number_referred_to_at_the_end_of_a_line_takes_no_words_along(style, print_pdf):
    """The tie before it, which may hang over the edge, does not make WeasyPrint break the line after its first word."""
    letter = dressed(letter_of(case_from(example("rustam.yaml"))).letter, style)
    lines = [line for page in pages(print_pdf(letter, style)) for line in page]
    assert any("Мобильный телефон осмотрели" in line for line in lines)
    assert [line for line in lines if line == "без"] == []


def test_word_keeps_together_what_belongs_together(each_style):
    """Headings, title and addressee share their page with what follows, and single lines are never left alone."""
    with zipfile.ZipFile(io.BytesIO(each_style.docx)) as package:
        styles = etree.fromstring(package.read("word/styles.xml"))
    ids = style_ids(styles)
    by_id = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}

    def says(name: str, path: str) -> bool:
        style = by_id[ids[name.lower()]]
        while style is not None:
            if style.find(path, NAMES) is not None:
                return True
            base = style.find("w:basedOn", NAMES)
            style = None if base is None else by_id[base.get(f"{W}val")]
        return False

    kept = (
        *KEPT,
        "Signature Post",
        "Table Head",
        *(("Letterhead", "Letterhead Name") if each_style.letterhead else ()),
    )
    assert [name for name in kept if not says(name, "w:pPr/w:keepNext")] == []
    assert [name for name in ("Signature Line", "Received", "Annex") if not says(name, "w:pPr/w:keepLines")] == []
    assert styles.find("w:docDefaults/w:pPrDefault/w:pPr/w:widowControl", NAMES) is not None

"""All outputs of a letter say the same, look as promised, and come out the same every time."""

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from docxtpl import DocxTemplate
from lxml import etree
from markupsafe import Markup

from generator.document import Item, Letter, plain
from generator.errors import RenderError
from generator.render.docx import render_docx
from generator.render.docx_body import parts
from generator.render.docx_template import prepare
from generator.render.glyphs import missing_glyphs
from generator.render.html import render_html
from generator.render.pdf import render_pdf
from generator.render.read_docx import read_docx
from generator.render.txt import render_txt

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open

MARK = "Zaitunhidden"


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("draft", [False, True])
def test_outputs_agree(style, sample, language, draft, render):
    """Every format says what the letter says, labels included; a sample of three pages passes its own readback."""
    outputs = render(sample(language, facts=30, draft=draft), style)
    assert len(pypdfium2.PdfDocument(outputs["pdf"])) >= 3


def test_equal_letters_give_equal_bytes(style, sample, render):
    """Rendering is repeatable to the byte."""
    assert render(sample(), style) == render(sample(), style)


@pytest.mark.parametrize("part", ["word/document.xml", "word/header1.xml", "word/footer1.xml"])
def test_the_prepared_path_says_what_docxtpl_says(style, sample, part):
    """What is rendered from the prepared style is, element for element, what docxtpl renders itself."""
    letter = sample(draft=True)
    template = DocxTemplate(io.BytesIO(style.docx))
    values = {name: Markup(text) for name, text in parts(letter, prepare(style).sheet).items()}  # noqa: S704  # from the walker
    data = {"running": letter.running, "draft_mark": letter.draft_mark, "title": "", "language": ""}
    template.render({**values, **data}, autoescape=True)
    target = io.BytesIO()
    template.save(target)
    ours, theirs = (
        etree.fromstring(zipfile.ZipFile(io.BytesIO(raw)).read(part))
        for raw in (render_docx(letter, style), target.getvalue())
    )
    for tree in (ours, theirs):  # docxtpl shares the width of the table anew among its columns
        for column in tree.iter("{*}gridCol", "{*}tcW"):
            column.attrib.clear()
    assert etree.tostring(ours, method="c14n", exclusive=True) == etree.tostring(theirs, method="c14n", exclusive=True)


def test_text_is_one_paragraph_per_line(sample):
    """The text output can be read and compared line by line, and ends with a newline."""
    letter = sample()
    lines = render_txt(letter).decode().split("\n")
    assert lines[-1] == ""
    assert [item.label + " " + plain(item.text) in (text.strip() for text in lines) for item in letter.annexes] == [
        True
    ] * 3


def test_word_numbers_restart_and_continue(style, sample):
    """Facts count on across headings; each list of requests begins at 1; Word itself computes the labels."""
    letter = sample(facts=4)
    labels = [
        text.split()[0] for text in read_docx(render_docx(letter, style)).paragraphs if re.match(r"[\d.]+[.)] ", text)
    ]
    assert labels == ["1.", "2.", "2.1.", "2.2.", "3.", "4.", "1)", "2)", "3)", "1)", "2)", "1.", "2.", "3."]


def test_too_many_lists_are_refused(style, sample):
    """When the house style has no list left, the letter is refused instead of numbered wrongly."""
    body = tuple(Item((), f"request-{n}", "1)", 1) for n in range(40))
    with pytest.raises(RenderError) as caught:
        render_docx(replace(sample(), body=body), style)
    assert [p.id for p in caught.value.problems] == ["no-list-ready"]


def test_word_files_tell_title_and_language_only(style, sample):
    """No author, date, machine, picture or custom data leaves with a letter."""
    with zipfile.ZipFile(io.BytesIO(render_docx(sample("en"), style))) as package:
        core = etree.fromstring(package.read("docProps/core.xml"))
        assert [(etree.QName(e).localname, e.text) for e in core] == [("title", "COMPLAINT"), ("language", "en-GB")]
        assert not [n for n in package.namelist() if n.startswith(("customXml", "docProps/app", "docProps/thumb"))]
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in package.infolist())
        assert not any(b"rsid" in package.read(name) for name in package.namelist())
        assert b'w:lang w:val="en-GB"' in package.read("word/styles.xml")


def test_pdf_tells_title_and_language_only(style, sample):
    """The PDF's own data hold the title, the language and the program, no date and no author."""
    with pikepdf.open(io.BytesIO(render_pdf(sample(), style))) as pdf:
        assert {key: str(value) for key, value in pdf.docinfo.items() if key != "/Producer"} == {"/Title": "ЖАЛОБА"}
        assert str(pdf.Root.Lang) == "ru"
        assert b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()
        assert not re.search(rb"CreateDate|ModifyDate|creator>", pdf.Root.Metadata.read_bytes())


def test_only_the_fonts_of_the_style_are_used(style, sample, print_pdf):
    """No font of the machine slips into the PDF."""
    with pikepdf.open(io.BytesIO(print_pdf(sample(), style))) as pdf:
        names = {str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}
    assert names
    assert all("Tinos" in name for name in names)


@pytest.mark.parametrize("facts", range(6, 30))
def test_signature_is_never_alone_on_a_page(style, sample, facts, print_pdf):
    """The page of the signature holds at least two lines of what comes before it."""
    letter = replace(sample(facts=facts), annexes=(), annexes_heading=())
    document = pypdfium2.PdfDocument(print_pdf(letter, style))
    lines = document[len(document) - 1].get_textpage().get_text_range().split("\r\n")
    assert sum(1 for text in lines if text.strip()) >= 4  # two lines, the signature, the foot


def test_first_page_has_no_foot_and_the_others_have(style, sample, print_pdf):
    """The foot with the running words and the page number begins on page 2."""
    letter = replace(sample(), running="Running words")
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(print_pdf(letter, style))]
    assert ["Running words" in text for text in pages] == [False, *[True] * (len(pages) - 1)]
    assert pages[1].split()[-3:] == ["2", "/", str(len(pages))]


def test_a_draft_says_so_on_every_page(style, sample, print_pdf):
    """The word for a draft is printed on each page, the first included."""
    pages = pypdfium2.PdfDocument(print_pdf(sample(draft=True), style))
    assert all("ПРОЕКТ" in "".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_html_fetches_nothing(style, sample):
    """The HTML file is complete in itself."""
    text = render_html(sample(), style).decode()
    assert not re.search(r"(src|href)=(?!\"#)|url\(|@import|https?://", text)
    assert '<html lang="ru">' in text


def test_missing_glyphs_are_named_by_code(style, sample):
    """A character that no font of the style can draw is named before anything is printed."""
    letter = sample(value="中 Рахимов")
    assert missing_glyphs(letter, style) == ("U+4E2D",)


@pytest.mark.parametrize("name", ["docx", "pdf", "html", "txt"])
def test_protected_words_are_found_in_every_format(style, sample, name, render):
    """A protected word is found whatever its case, and the problem does not repeat it."""
    with pytest.raises(RenderError) as caught:
        render(sample("en", value=f"A. {MARK.upper()}"), style, [name], protected=[MARK])
    assert {p.id for p in caught.value.problems} == {"protected-word"}
    assert (name, "text") in {(p.values["format"], p.values["where"]) for p in caught.value.problems}
    assert MARK.lower() not in str([p.values for p in caught.value.problems]).lower()


def test_protected_words_are_found_in_metadata_and_names(style, sample, render):
    """Title data and file names are searched as well as the text."""
    letter: Letter = replace(sample("en"), title=sample("en", value=MARK).basis)
    with pytest.raises(RenderError) as caught:
        render(letter, style, ["docx", "pdf"], protected=[MARK], names=[f"{MARK}.docx"])
    found = {(p.values["format"], p.values["where"]) for p in caught.value.problems}
    assert found >= {("docx", "metadata"), ("pdf", "metadata"), ("file", "name")}


def test_importing_the_renderers_loads_no_engine_and_no_reader():
    """Whoever wants no PDF needs neither WeasyPrint nor Pango nor typst, whoever wants no Word file no docxtpl."""
    code = (
        "import sys; from generator.render import docx, engine, glyphs, html, pdf, readback, txt; "
        "heavy = {'weasyprint', 'typst', 'pikepdf', 'pypdfium2', 'fontTools', 'docxtpl', 'lxml.html'}; "
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2]).returncode == 0

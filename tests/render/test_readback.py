"""Reading back catches every planted difference, and names the format and the paragraph, never a word."""

import io
import re
import zipfile
from dataclasses import replace

import pikepdf
import pytest

from generator.document import Item
from generator.errors import RenderError
from generator.render.read_docx import read_docx
from generator.render.readback import check

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open


def rezipped(raw: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a DOCX with a change in one part."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            assert name != part or old in content
            after.writestr(name, content.replace(old, new, 1) if name == part else content)
    return target.getvalue()


def problems(letter, outputs, style) -> list[tuple[str, str]]:
    """Return the ids and formats of what reading back finds."""
    try:
        check(letter, outputs, style)
    except RenderError as error:
        return [(p.id, p.values["format"]) for p in error.problems]
    return []


@pytest.fixture(scope="module")
def letter(sample):
    """Return the letter that is tampered with."""
    return sample("en")


@pytest.fixture(scope="module")
def outputs(letter, style, render):
    """Return its outputs."""
    return render(letter, style)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", b"kept there", b"kept here"),
        ("word/document.xml", b"COMPLAINT", b""),
        ("word/document.xml", b'<w:numId w:val="1"/>', b'<w:numId w:val="2"/>'),
        ("word/document.xml", b">7.1</w:t>", b">7.2</w:t>"),
        ("word/document.xml", b'w:name="_Ref_2"', b'w:name="_Ref_3"'),
        ("word/document.xml", b"REF _Ref_1", b"REF _Ref_2"),
    ],
)
def test_changes_of_a_word_file_are_caught(letter, outputs, style, part, old, new):  # noqa: PLR0917  # fixtures and a case
    """A changed word or a changed number in the DOCX is a difference."""
    found = problems(letter, {"docx": rezipped(outputs["docx"], part, old, new)}, style)
    assert found == [("output-differs", "docx")]


@pytest.mark.parametrize(
    ("place", "elsewhere"),
    [(rb"(<w:numPr>.*?</w:numPr>)</w:pPr>", rb"</w:pPr>\1"), (rb"(<w:pPr>.*?</w:pPr>)(<w:r>.*?</w:r>)", rb"\2\1")],
)
def test_a_number_in_a_place_where_word_may_print_none_is_refused(letter, outputs, style, place, elsewhere):
    """Only the properties that a paragraph begins with number it."""
    document = zipfile.ZipFile(io.BytesIO(outputs["docx"])).read("word/document.xml")
    item = document.rindex(b"<w:p>", 0, document.index(b"<w:numPr>"))
    found = re.compile(place).search(document, item)
    raw = rezipped(outputs["docx"], "word/document.xml", found[0], found.expand(elsewhere))
    assert problems(letter, {"docx": raw}, style) == [("output-unreadable", "docx")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<w:body>", b"<w:body><w:r><w:t>more</w:t></w:r>"),
        (b"<w:body>", b'<w:body><w:p ><w:r><w:t\n\txml:space="preserve" >more</w:t ></w:r></w:p>'),
        (b"<w:r>", b"<w:r><w:t>more</w:t><w:t/>"),
        (b"</w:pPr>", b"<w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"),
        (b"</w:pPr>", b'<w:numPr ><w:ilvl w:val="0"/><w:numId\nw:val = "1" /></w:numPr ></w:pPr >'),
        (b"<w:p><w:pPr>", b'<w:p w:rsidR="1">\n<w:pPr ><w:numPr><w:numId x="" w:val="1"/></w:numPr>'),
    ],
)
def test_what_is_added_is_caught_however_it_is_written(letter, outputs, style, old, new):
    """One word more or one number more is read, whatever liberties of XML the markup takes."""
    raw = rezipped(outputs["docx"], "word/document.xml", old, new)
    assert read_docx(raw).paragraphs != read_docx(outputs["docx"]).paragraphs
    assert problems(letter, {"docx": raw}, style) == [("output-part-differs", "docx")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<w:t xml", b"<w:t\n xml"),
        (b' xml:space="preserve">', b" xml:space = 'preserve' >"),
        (b"COMPLAINT</w:t>", b"C&#79;MPLAINT</w:t >"),
        (b"<w:r>", b"<w:r><w:t></w:t><w:t/>"),
        (b"</w:document>", b"</w:document>\n"),
    ],
)
def test_liberties_of_xml_make_no_difference_but_no_letter_takes_them(letter, outputs, style, old, new):
    """What Word shows alike is read alike; a letter that is not written as all letters are is refused all the same."""
    raw = rezipped(outputs["docx"], "word/document.xml", old, new)
    assert read_docx(raw).paragraphs == read_docx(outputs["docx"]).paragraphs
    assert problems(letter, {"docx": raw}, style) == [("output-part-differs", "docx")]


@pytest.mark.parametrize("part", ["word/document.xml", "word/footer1.xml", "word/styles.xml"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<w:", b"<!-- <w:t>x</w:t> --><w:"),
        (b"</w:", b"<![CDATA[ ]]></w:"),
        (b"</w:", b"<?x y?></w:"),
        (b"<w:", b"<!DOCTYPE x><w:"),
        (b"</w:", b"</w :"),
        (b"</w:", b"&more;</w:"),
        (b"</w:", b'<x:t xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main">more</x:t></w:'),
        (b"</w:", b'<t xmlns = "http://schemas.openxmlformats.org/wordprocessingml/2006/main">more</t></w:'),
        (b"</w:", b"<w:t xmlns:w='urn:x'>more</w:t></w:"),
    ],
)
def test_markup_that_is_not_plain_is_refused(letter, outputs, style, part, old, new):  # noqa: PLR0917  # fixtures and a case
    """Nothing may hide words from the reader, or show it words that Word does not."""
    raw = rezipped(outputs["docx"], part, old, new)
    assert problems(letter, {"docx": raw}, style) == [("output-unreadable", "docx")]


@pytest.mark.parametrize("part", ["word/numbering.xml", "word/styles.xml", "word/footer1.xml", "word/document.xml"])
def test_a_damaged_part_is_noticed_although_sound_ones_were_read_before(letter, outputs, style, part):
    """Nothing is taken for read before that differs in a single bit."""
    raw = bytearray(outputs["docx"])
    assert problems(letter, {"docx": bytes(raw)}, style) == []
    entry = zipfile.ZipFile(io.BytesIO(raw)).getinfo(part)
    raw[entry.header_offset + 30 + len(part) + entry.compress_size // 2] ^= 4
    assert problems(letter, {"docx": bytes(raw)}, style) == [("output-unreadable", "docx")]


def test_a_directory_that_tells_otherwise_than_before_is_noticed(letter, outputs, style):
    """A part of the same bytes is not the same if the directory gives it another checksum."""
    raw = bytearray(outputs["docx"])
    assert problems(letter, {"docx": bytes(raw)}, style) == []
    raw[raw.rindex(b"word/numbering.xml") - 30] ^= 1
    assert problems(letter, {"docx": bytes(raw)}, style) == [("output-unreadable", "docx")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused(letter, outputs, style):
    """Of two parts of one name nobody knows which one Word shows."""
    target = io.BytesIO(outputs["docx"])
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("word/document.xml", package.read("word/document.xml"))
    assert problems(letter, {"docx": target.getvalue()}, style) == [("output-unreadable", "docx")]


@pytest.mark.parametrize("end", [30, 2000, -1])
def test_a_word_file_that_is_cut_short_is_noticed(letter, outputs, style, end):
    """A file that lacks its end cannot be read."""
    assert problems(letter, {"docx": outputs["docx"][:end]}, style) == [("output-unreadable", "docx")]


def test_a_changed_foot_of_a_word_file_is_caught(letter, outputs, style):
    """The running foot is read back too."""
    raw = rezipped(outputs["docx"], "word/footer1.xml", b"COMPLAINT", b"REQUEST")
    assert problems(letter, {"docx": raw}, style) == [("output-edge-differs", "docx")]


@pytest.mark.parametrize(
    ("old", "new"),
    [("kept there", "kept here"), ('data-label="2."', 'data-label="3."'), ('<td class="number">120</td>', "")],
)
def test_changes_of_an_html_file_are_caught(letter, outputs, style, old, new):
    """A changed word, label or a lost cell in the HTML is a difference."""
    raw = outputs["html"].decode().replace(old, new, 1).encode()
    assert raw != outputs["html"]
    assert problems(letter, {"html": raw}, style) == [("output-differs", "html")]


@pytest.mark.parametrize(("old", "new"), [("kept there", "kept here"), ("2. ", "3. "), ("_" * 20, "")])
def test_changes_of_a_text_file_are_caught(letter, outputs, style, old, new):
    """A changed word or label or a lost line for the hand in the text is a difference."""
    raw = outputs["txt"].decode().replace(old, new, 1).encode()
    assert problems(letter, {"txt": raw}, style) == [("output-differs", "txt")]


def test_a_lost_page_of_a_pdf_is_caught(letter, outputs, style):
    """A PDF without its last page is not the letter."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(outputs["pdf"])) as pdf:
        del pdf.pages[-1]
        pdf.save(target)
    assert {kind for _, kind in problems(letter, {"pdf": target.getvalue()}, style)} == {"pdf"}


def test_a_pdf_of_another_letter_is_caught(letter, outputs, style, sample, render):
    """One different word, number or item in the PDF is a difference, and its paragraph is named."""
    items = [block for block in letter.body if isinstance(block, Item)]
    shorter = replace(letter, body=tuple(block for block in letter.body if block is not items[3]))
    with pytest.raises(RenderError) as caught:
        check(shorter, {"pdf": outputs["pdf"]}, style)
    assert [(p.id, p.values) for p in caught.value.problems] == [
        ("output-differs", {"format": "pdf", "paragraph": "11"})
    ]
    other = render(sample("en", value="R. S. Rakhimow"), style, ["pdf"])
    assert problems(letter, other, style)


def test_what_cannot_be_read_is_a_problem(letter, style):
    """A broken file is refused, not passed over."""
    assert problems(letter, {"docx": b"PK", "pdf": b"%PDF-", "txt": b"\xff"}, style) == [
        ("output-unreadable", "docx"),
        ("output-unreadable", "pdf"),
        ("output-unreadable", "txt"),
    ]

"""What typst sets is a sibling of what WeasyPrint sets: the same words, pages and lines; a value is never markup."""

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from letters import ALONE, FOLDERS, KINDS, abouts, letter_of, own_example

from generator.document import Break, Heading, Item, Paragraph, Run, Signature, Table
from generator.errors import DataError, RenderError
from generator.render.engine import PRINTERS, chosen_engine, engine_fault
from generator.render.house_style import HouseStyle, cached, dressed, load
from generator.render.readback import check
from generator.render.typst import render_typst

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
STYLES = FOLDERS.names("templates", "house-styles", holding="style.yaml")
PRINTED = [(kind, lang) for kind in ALONE if KINDS[kind].kind.form != "message" for lang in KINDS[kind].languages()]
PART_MOVED = 0.05
"""What part of the lines may stand on another page: typst takes a whole paragraph along where CSS takes two lines."""
HOSTILE = [
    '#let x = 1 #x #read("/etc/hostname") #import "@preview/x:1.0.0"',
    "*strong* _em_ `raw` $x^2$ @ref <label> = h - l + e / t: d",
    "a -- b --- c ... d ~ e \\ f \\u{41} // c /* d */",
    "https://example.org \"straight\" 'quotes' [x](y) {z} |",
    "  begins and ends with spaces  ",
    "три\u00a0слова здесь-и-там 5\u202f000 a\u2011b",
    "e\u0301 и\u0306 ӣ ҳ ҷ қ ғ ӯ fi fl ffi",
    "</w:t> & < > {{ 7*7 }} {% x %}",
    "\ttab and\nline",
]


@pytest.fixture(scope="module")
def looks() -> dict[str, HouseStyle]:
    """Return the house styles that come with the program by name."""
    return {name: cached(FOLDERS.find("templates", "house-styles", name)) for name in STYLES}


def drawn_lines(raw: bytes) -> Iterator[str]:
    """Yield the lines of a PDF as they are drawn, each with the number of its page."""
    for number, page in enumerate(pypdfium2.PdfDocument(raw)):
        for line in page.get_textpage().get_text_range().split("\r\n"):
            if line.strip():
                yield f"{number} {''.join(line.split())}"


@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize(("kind", "language"), PRINTED)
def test_both_engines_set_the_same_lines(kind, language, name, looks):
    """Each example has the words of the letter, and the pages and lines of the other engine."""
    case, look = own_example(kind), looks[name]
    for about in abouts(kind, case):
        letter = dressed(letter_of(case, language, kind, about=about).letter, look)
        for paged in ("pdf", "phone") if letter.form == "card" else ("pdf",):
            fast, usual = (PRINTERS[engine][paged](letter, look) for engine in ("typst", "weasyprint"))
            check(letter, {paged: fast}, look)
            assert len(pypdfium2.PdfDocument(fast)) == len(pypdfium2.PdfDocument(usual))
            ours, theirs = set(drawn_lines(fast)), set(drawn_lines(usual))
            assert len(ours ^ theirs) <= 2 * PART_MOVED * len(theirs)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_hostile_values_are_printed_as_they_are(style, sample, language, value):
    """What typst would read as markup, a file or a package is printed letter for letter."""
    letter = sample(language, value=value, facts=3, draft=True)
    check(letter, {"pdf": render_typst(letter, style)}, style)


@SLOW
@given(st.text("abЯя#*_$\\@~`'\"<>[](){}=-+/|:;.,&%^! \u00a0\u2011\u2013…«»0179", min_size=1, max_size=60))
def test_any_value_is_printed_as_it_is(style, sample, value):
    """No order of signs is markup to typst, in whatever place of the letter they stand."""
    letter = sample("en", value=f"a{value}z", facts=2)
    check(letter, {"pdf": render_typst(letter, style)}, style)


@pytest.mark.parametrize("word", ["Щ" * 300, "w" * 300, "и\u0306" * 200])
def test_a_word_wider_than_its_line_breaks(each_style, sample, word):
    """A word without spaces stays inside the margins, in the corner and in tables too."""
    cells = Table(((Run("A"),), (Run("B"),), (Run("C"),)), (((Run(word[:60]),), (Run("b"),), (Run(word[:60]),)),))
    body = (Heading((Run(word),)), Item((Run(word),), "fact", "1.", 1), Paragraph((Run(word),)), cells)
    letter = replace(sample(facts=2), body=body, corner=(((Run(word),),),), running="Жалоба")
    raw = render_typst(letter, each_style)
    check(letter, {"pdf": raw}, each_style)
    margins = [each_style.points["letter"][f"margin-{side}"] for side in ("left", "right")]
    for page in pypdfium2.PdfDocument(raw):
        text = page.get_textpage()
        boxes = [text.get_rect(n) for n in range(text.count_rects())]
        assert min(box[0] for box in boxes) >= margins[0] - 1
        assert max(box[2] for box in boxes) <= page.get_width() - margins[1] + 1


def test_columns_of_a_table_do_not_run_into_each_other(style, sample):
    """A word that is wider than its column breaks inside the column."""
    letters = "ЩЖШЮФЫМД"
    table = Table(tuple((Run(f"H{n}"),) for n in range(8)), (tuple((Run(one * 18),) for one in letters),))
    page = pypdfium2.PdfDocument(render_typst(replace(sample("en", "x"), body=(table,)), style))[0]
    text = page.get_textpage()
    drawn = text.get_text_range()
    boxes = {one: [text.get_charbox(n) for n, found in enumerate(drawn) if found == one] for one in letters}
    assert all(len(boxes[one]) == 18 for one in letters)
    for one, other in pairwise(letters):
        assert max(right for _, _, right, _ in boxes[one]) < min(left for left, _, _, _ in boxes[other])


def _difference(one: bytes, other: bytes) -> tuple[object, ...]:
    """Return where two files part, and how they go on there; comparing all of them would take pytest minutes."""
    at = next((n for n, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1), None)
    return () if one == other else (len(one), len(other), at, one[at or 0 :][:60], other[at or 0 :][:60])


def test_equal_letters_give_equal_bytes(style, sample):
    """Setting a letter is repeatable to the byte, in another process too, whatever was set in between."""
    first = render_typst(sample(), style)
    render_typst(sample("en"), style)
    assert render_typst(sample(), style) == first
    code = (
        "import sys; sys.path.insert(0, 'tests/render'); from conftest import PLAIN, load, make_letter; "
        "from generator.render.typst import render_typst; "
        "sys.stdout.buffer.write(render_typst(make_letter(), load(PLAIN)))"
    )
    root = Path(__file__).parents[2]
    other = subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, capture_output=True, cwd=root)
    assert _difference(other.stdout, first) == ()


def test_the_file_tells_title_and_language_only(style, sample):
    """No author, no machine; the date that PDF/A wants is the same for all letters."""
    with pikepdf.open(io.BytesIO(render_typst(sample(), style))) as pdf:
        told = {key: str(value) for key, value in pdf.docinfo.items() if key != "/Creator"}
        assert told.pop("/Title") == "ЖАЛОБА"
        assert set(told) == {"/CreationDate", "/ModDate"}
        xmp = pdf.Root.Metadata.read_bytes()
        assert all("19800101" in value for value in told.values())
        assert set(re.findall(rb"\d{4}-\d\d-\d\dT", xmp)) == {b"1980-01-01T"}
        assert str(pdf.Root.Lang) == "ru"
        assert b"pdfuaid:part" in xmp
        assert b"pdfaid:part>3" in xmp


def test_a_word_in_another_script_says_its_language(style, sample):
    """A screen reader is told that a Latin word in a Russian letter is English."""
    with pikepdf.open(io.BytesIO(render_typst(sample(), style))) as pdf:
        drawn = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert b"/Lang(en)" in drawn


def test_lists_tables_and_headings_are_tagged(style, sample):
    """What is a list, a table head or a heading on paper is one for a screen reader too."""
    with pikepdf.open(io.BytesIO(render_typst(sample(), style))) as pdf:
        tags = {str(o.S) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o}
    assert tags >= {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TH", "/TD"}


def test_a_character_without_a_glyph_is_refused(style, sample):
    """Even where nobody looked before: no empty box is printed."""
    with pytest.raises(RenderError) as caught:
        render_typst(sample(value="中"), style)
    assert [(p.id, p.values) for p in caught.value.problems] == [("pdf-warning", {})]


@pytest.fixture
def folder(plain_folder, tmp_path) -> Path:
    """Return a copy of the plain style to spoil."""
    return Path(shutil.copytree(plain_folder, tmp_path / "mine"))


@pytest.mark.parametrize(
    ("line", "problem", "said"),
    [
        ('#read("x.txt")', "style-css-not-allowed", {"construct": "read"}),
        ('#import "other.typ": *', "style-css-not-allowed", {"construct": "import"}),
        ("#let f = std.image", "style-css-not-allowed", {"construct": "std"}),
        ("#let x = m.leding", "style-unknown-measure", {"measure": "leding"}),
    ],
)
def test_a_style_reads_nothing(folder, line, problem, said):
    """A style file may not read, import or use what style.yaml does not say; the line is named."""
    text = (folder / "letter.typ").read_text("utf-8")
    (folder / "letter.typ").write_text(f"{text}{line}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(folder)
    assert (problem, said) in [(p.id, dict(p.values)) for p in caught.value.problems]
    assert caught.value.problems[0].place.line == text.count("\n") + 1


@pytest.mark.parametrize("path", ["/etc/hostname", "../fonts/regular.ttf", "/letter.typ", "@preview/example:0.1.0/x"])
def test_typst_finds_no_file_even_if_it_is_asked(style, sample, path):
    """Behind the check of the style there is nothing to be read: the folder typst works in is empty."""
    asking = replace(style, typst=f'{style.typst}\n#let x = read("{path}")\n')
    with pytest.raises(DataError) as caught:
        render_typst(sample(), asking)
    assert [p.id for p in caught.value.problems] == ["style-typst-not-understood"]


def test_a_style_file_that_is_not_understood_is_refused(folder, sample):
    """A slip in letter.typ is told in typst's words, before a letter is set."""
    (folder / "letter.typ").write_text("#let look = (", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        render_typst(sample(), load(folder))
    assert [p.id for p in caught.value.problems] == ["style-typst-not-understood"]


def test_four_fonts_of_two_families_are_refused(folder, sample):
    """A look that typst would take from another family is named, not set wrongly."""
    shutil.copy(folder / "fonts" / "Tinos-Regular.ttf", folder / "fonts" / "Tinos-Bold.ttf")
    with pytest.raises(DataError) as caught:
        render_typst(sample(), load(folder))
    assert [p.id for p in caught.value.problems] == ["style-fonts-apart"]


def test_a_style_that_changes_the_page_for_one_engine_is_left_to_it(plain_folder, tmp_path, sample):
    """A style with a CSS of its own and no letter.typ is never set by typst in the look of its base."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "style.yaml").write_text("base: plain\n", encoding="utf-8")
    same = load(mine)
    (mine / "letter.css").write_text(".subject { font-style: italic; }\n", encoding="utf-8")
    other = load(mine)
    assert chosen_engine("auto", same, batch=True) == "typst"
    assert render_typst(sample(), same) == render_typst(sample(), load(plain_folder))
    assert chosen_engine("auto", other, batch=True) == "weasyprint"
    assert engine_fault("typst", other).id == "style-lacks-typst"


def test_one_letter_is_set_by_weasyprint_and_a_batch_by_typst(style):
    """Unless one engine is asked for."""
    assert chosen_engine("auto", style) == "weasyprint"
    assert chosen_engine("auto", style, batch=True) == "typst"
    assert chosen_engine("weasyprint", style, batch=True) == "weasyprint"
    assert chosen_engine("typst", style) == "typst"


def test_a_panel_of_a_card_that_is_too_full_is_told(style, sample):
    """What does not fit on its quarter of the page is named, by typst's file as by the other."""
    panels = [[Paragraph((Run(f"{n} {k}"),)) for k in range(lines)] for n, lines in enumerate((3, 40, 3, 3))]
    blocks = [block for panel in panels for block in (*panel, Break())][:-1]
    nobody = Signature((), ())
    card = replace(sample(), body=tuple(blocks), annexes=(), annexes_heading=(), signature=nobody, form="card")
    with pytest.raises(RenderError) as caught:
        check(card, {"pdf": render_typst(card, style)}, style)
    assert [(p.id, p.values) for p in caught.value.problems] == [("panel-too-full", {"panel": "2"})]
    shorter = replace(card, body=tuple(b for b in blocks if isinstance(b, Break) or int(b.text[0].text.split()[1]) < 3))
    check(shorter, {"pdf": render_typst(shorter, style)}, style)


@pytest.mark.parametrize("cells", [(2400, 10), (550, 1), (550, 8), (200, 12), (1200, 3)])
def test_a_table_taller_than_a_page_goes_on(style, sample, cells, print_pdf):
    """A table that has no room on one page does not leave the paper; rows stay whole, however tall."""
    letters, rows = cells
    row = ((Run("a"),), (Run("слово " * (letters // 6)),), (Run("c"),))
    table = Table(((Run("A"),), (Run("B"),), (Run("C"),)), (row,) * rows)
    letter = replace(sample(), body=(table, *sample().body))
    check(letter, {"pdf": print_pdf(letter, style)}, style)


@pytest.mark.parametrize("part", ["corner", "subject", "body", "annexes"])
def test_parts_longer_than_a_page_go_on(style, sample, part):
    """Whatever is kept together elsewhere, a part that fills pages is printed whole and inside of them."""
    long = (Run("слово " * 1500),)
    parts = {
        "corner": ((long,),),
        "subject": long,
        "body": (Heading(long), Item(long, "fact", "1.", 1)),
        "annexes": tuple(Item(long, "annex", f"{n}.", n) for n in range(1, 4)),
    }
    letter = replace(sample(), **{part: parts[part]})
    check(letter, {"pdf": render_typst(letter, style)}, style)

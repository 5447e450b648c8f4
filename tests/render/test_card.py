"""A card has its panels on the quarters of a page and says the same in every format, the page of a phone included."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from lxml import etree

from generator.document import Block, Break, Heading, Item, Letter, Line, Paragraph, Run, Signature, Table
from generator.errors import RenderError
from generator.render.docx import render_docx
from generator.render.html import render_html
from generator.render.pdf import render_pdf, render_phone
from generator.render.read_docx import read_docx
from generator.render.readback import check
from generator.render.txt import render_txt

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 72 / 25.4
RENDERERS = {
    "docx": render_docx,
    "pdf": render_pdf,
    "phone": render_phone,
    "html": render_html,
    "txt": lambda letter, _: render_txt(letter),
}
BLANK = "_" * 12
PANELS = (
    (
        Paragraph((Run("Сохраняйте спокойствие. Не убегайте, не спорьте."),)),
        Heading((Run("Скажите вслух:"),)),
        Item((Run("«Прошу допустить моего адвоката»."),), "point-1", "–", 1),
        Item((Run(f"«Сообщите моим родным, где я». Телефон: {BLANK}"),), "point-1", "–", 2),
    ),
    (
        Heading((Run("Вы вправе:"),)),
        Item((Run("Знать, почему вас задержали."),), "fact", "1.", 1),
        Item(
            (Run("Получить копию протокола, где стоит "), Run("настоящее", strong=True), Run(" время.")),
            "fact",
            "2.",
            2,
        ),
    ),
    (
        Heading((Run("Не подписывайте:"),)),
        Item((Run("чистый лист;"),), "point-2", "–", 1),
        Item((Run("то, чего не прочитали."),), "point-2", "–", 2),
        Table(((Run("Где"),), (Run("Когда"),)), (((Run("Душанбе"),), (Run("__:__"),)),)),
    ),
    (Heading((Run("Заполните сами"),)), Paragraph((Run(f"Кто {BLANK} Куда {BLANK}"),))),
)


def text(words: str) -> Line:
    """Return a line in one plain run."""
    return (Run(words),)


def make_card(panels: tuple[tuple[Block, ...], ...] = PANELS, *, draft: bool = False) -> Letter:
    """Return a card with these panels."""
    body = tuple(block for n, panel in enumerate(panels) for block in (*([Break()] if n else []), *panel))
    return Letter(
        kind="card",
        language="ru",
        corner=(),
        title=text("ЕСЛИ ВАС ЗАДЕРЖАЛИ"),
        subject=(),
        basis=(),
        body=body,
        annexes_heading=(),
        annexes=(),
        signature=Signature((), ()),
        draft_mark="ПРОЕКТ" if draft else "",
        form="card",
    )


def rendered(card: Letter, style, *formats: str) -> dict[str, bytes]:
    """Return the card in these formats, or in all; each has been read back."""
    outputs = {name: RENDERERS[name](card, style) for name in formats or RENDERERS}
    check(card, outputs, style)
    return outputs


def lines_of(count: int) -> tuple[Paragraph, ...]:
    """Return short paragraphs, one line each."""
    return tuple(Paragraph(text(f"Строка {n}")) for n in range(count))


def faults(card: Letter, style) -> list[tuple[str, dict[str, str]]]:
    """Return what reading the PDF of a card back finds."""
    try:
        rendered(card, style, "pdf")
    except RenderError as error:
        return [(problem.id, dict(problem.values)) for problem in error.problems]
    return []


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("panels", [PANELS[:1], PANELS, PANELS[:3] * 2])
def test_cards_agree_in_all_formats(style, panels, draft):
    """One panel, four and six say the same in every format, as a final card and as a draft."""
    panels = tuple(  # a list has a name of its own on each panel
        tuple(b._replace(series=f"{b.series}{n}") if isinstance(b, Item) else b for b in panel)
        for n, panel in enumerate(panels)
    )
    rendered(make_card(panels, draft=draft), style)


def test_four_panels_stand_on_the_quarters_of_one_page(style):
    """The panels stand left to right and top to bottom, all text 8 mm away from edges and folds."""
    document = pypdfium2.PdfDocument(rendered(make_card(), style, "pdf")["pdf"])
    assert len(document) == 1
    width, height = document[0].get_size()
    assert [round(width / MM), round(height / MM)] == [210, 297]
    page = document[0].get_textpage()
    starts = ("ЕСЛИ ВАС", "Вы вправе", "Не подписывайте", "Заполните сами")
    for number, start in enumerate(starts):
        left, right = number % 2 * width / 2, (number % 2 + 1) * width / 2
        low, high = (1 - number // 2) * height / 2, (2 - number // 2) * height / 2
        free = 8 * MM - 0.5
        inner = page.get_text_bounded(left + free, low + free, right - free, high - free)
        assert inner == page.get_text_bounded(left, low, right, high)
        assert inner.startswith(start)


def test_five_panels_take_a_second_page(style):
    """The fifth panel begins the back of the sheet."""
    panels = (*PANELS, (Paragraph(text("Оборот")),))
    document = pypdfium2.PdfDocument(rendered(make_card(panels), style, "pdf")["pdf"])
    assert [page.get_textpage().get_text_range()[:6] for page in document] == ["ЕСЛИ В", "Оборот"]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_panel_too_full_is_refused(style, number):
    """Text higher than its panel refuses the card and names the panel, wherever the rest would have been drawn."""
    panels = [*PANELS]
    panels[number - 1] = lines_of(40)
    assert faults(make_card(tuple(panels)), style) == [("panel-too-full", {"panel": str(number)})]


def test_the_last_line_that_fits_is_known(style):
    """A panel is filled line by line: from some line on it is refused, before any text comes near to the fold."""
    full = [bool(faults(make_card((PANELS[0], lines_of(count))), style)) for count in range(15, 30)]
    assert full == sorted(full)
    assert {True, False} == set(full)
    most = 15 + full.index(True) - 1
    page = pypdfium2.PdfDocument(render_pdf(make_card((PANELS[0], lines_of(most))), style))[0]
    height = page.get_size()[1]
    assert not page.get_textpage().get_text_bounded(0, height / 2 - 8 * MM, 9999, height / 2 + 8 * MM - 0.5).strip()


def test_words_on_the_wrong_panel_are_caught(style):
    """A PDF whose panels changed places is not the card, although all words are there."""
    swapped = render_pdf(make_card((PANELS[0], PANELS[2], PANELS[1])), style)
    with pytest.raises(RenderError) as caught:
        check(make_card(PANELS[:3]), {"pdf": swapped}, style)
    assert [(p.id, p.values["part"]) for p in caught.value.problems] == [("output-edge-differs", "panel 2")]


def test_a_phone_gets_pages_of_its_size(style):
    """The phone page is 90 by 160 mm, holds text of 12 points and every word of the card."""
    document = pypdfium2.PdfDocument(rendered(make_card(), style, "phone")["phone"])
    sizes = {tuple(round(side / MM) for side in page.get_size()) for page in document}
    assert sizes == {(90, 160)}
    assert "text-size: 12pt" in style.phone_css
    words = " ".join(page.get_textpage().get_text_range() for page in document).split()
    assert words == render_txt(make_card()).decode().split()


def test_a_changed_phone_page_is_caught(style):
    """The phone page of another card is a difference, and the format is named."""
    other = render_phone(make_card((PANELS[0], PANELS[1], PANELS[3])), style)
    with pytest.raises(RenderError) as caught:
        check(make_card(), {"phone": other}, style)
    assert [(p.id, p.values["format"]) for p in caught.value.problems] == [("output-differs", "phone")]


def test_word_has_a_table_of_two_by_two(style):
    """In Word the panels are four cells without a head; heights are the least ones, so no words are hidden."""
    card = make_card()
    with zipfile.ZipFile(BytesIO(render_docx(card, style))) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    table = tree.find(f"{W}body/{W}tbl")
    rows = table.findall(f"{W}tr")
    assert [len(row.findall(f"{W}tc")) for row in rows] == [2, 2]
    assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows)
    assert {row.find(f"{W}trPr/{W}trHeight").get(f"{W}hRule") for row in rows} == {"atLeast"}
    firsts = ["".join(cell.find(f"{W}p").itertext()) for row in rows for cell in row.findall(f"{W}tc")]
    assert firsts == ["ЕСЛИ ВАС ЗАДЕРЖАЛИ", "Вы вправе:", "Не подписывайте:", "Заполните сами"]
    assert all(cell[-1].tag == f"{W}p" for cell in table.iter(f"{W}tc"))  # Word opens no cell that ends otherwise
    assert tree.find(f".//{W}keepNext") is None


def test_labels_of_a_card_are_those_of_word(style):
    """Dashes and numbers are native lists in the card too."""
    paragraphs = read_docx(render_docx(make_card(), style)).paragraphs
    assert [p.split()[0] for p in paragraphs if p.startswith(("–", "1", "2"))] == ["–", "–", "1.", "2.", "–", "–"]


def test_a_screen_shows_one_column(style):
    """The panels are placed on paper alone; on a screen they follow each other."""
    page = render_html(make_card(), style).decode()
    assert page.count('<section class="panel">') == 4
    placed, screen = page.index("@media print"), page.rindex("@media screen")
    assert placed < page.index("position: absolute") < screen


def test_equal_cards_give_equal_bytes(style):
    """Rendering a card is repeatable to the byte."""
    assert rendered(make_card(), style) == rendered(make_card(), style)


def test_a_signed_card_says_who_signed(style):
    """What a letter may have besides its body is not lost on a card: it stands on the first and the last panel."""
    card = replace(
        make_card(),
        corner=((text("Кому"),),),
        subject=text("памятка"),
        annexes_heading=text("Приложение:"),
        annexes=(Item(text("список"), "annex", "1.", 1),),
        signature=Signature(text("12.03.2024"), text("Р. С. Рахимов")),
        running="Бегущая строка",
    )
    outputs = rendered(card, style)
    assert "Бегущая" not in outputs["html"].decode() + outputs["txt"].decode()

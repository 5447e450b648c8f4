"""Lists without numbers, letters nobody signs and messages come out the same in every format."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from generator.document import Item, Line, Run, Signature
from generator.errors import RenderError
from generator.render.docx import render_docx
from generator.render.html import render_html
from generator.render.read_docx import read_docx
from generator.render.readback import check
from generator.render.txt import render_txt

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open


def line(text: str) -> Line:
    """Return a line in one plain run."""
    return (Run(text),)


def points(series: str, *texts: str, level: int = 0) -> tuple[Item, ...]:
    """Return a list of points."""
    return tuple(Item(line(text), series, "–", n, level) for n, text in enumerate(texts, 1))


POINTS = (
    *points("point-1", "чай", "сахар"),
    *points("point-1", "бурый", "белый", level=1),
    *points("point-1", "молоко"),
)


@pytest.fixture
def listed(sample):
    """Return a letter that begins with points and has many more lists of them than the style has lists."""
    more = tuple(item for n in range(2, 30) for item in (*points(f"point-{n}", "хлеб"), *sample().body[:1]))
    return replace(sample(), body=(*POINTS, *sample().body, *more))


def test_points_agree_in_all_formats(style, listed, render):
    """Points in two levels and in any number of lists are the same in every format, beside numbered lists."""
    render(listed, style)


def test_word_has_real_bullets(style, listed):
    """Points are a native list of bullets in a style of their own; the labels are what Word will print."""
    with zipfile.ZipFile(BytesIO(render_docx(listed, style))) as package:
        text = package.read("word/document.xml").decode()
        assert '<w:numFmt w:val="bullet"/>' in package.read("word/numbering.xml").decode()
    assert text.index('w:val="Point"') < text.index('w:val="Point2"') < text.index("молоко")
    assert read_docx(render_docx(listed, style)).paragraphs[6:11] == (
        "– чай",
        "– сахар",
        "– бурый",
        "– белый",
        "– молоко",
    )


def test_pages_have_a_list_without_numbers(style, listed):
    """On the page points are an unordered list; no number is told to who listens to the page."""
    text = render_html(listed, style).decode()
    assert '<ul role="list"><li data-label="–">чай</li>' in text
    assert '<ul role="list"><li data-label="–">бурый</li>' in text


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [("html", '<li data-label="–">', "<li>"), ("txt", "– молоко", "молоко"), ("txt", "– ", "* ")],
)
def test_a_lost_dash_is_caught(style, listed, kind, old, new):
    """A point without its dash is a difference."""
    raw = (render_html(listed, style) if kind == "html" else render_txt(listed)).decode()
    assert old in raw
    with pytest.raises(RenderError) as caught:
        check(listed, {kind: raw.replace(old, new, 1).encode()}, style)
    assert [p.id for p in caught.value.problems] == ["output-differs"]


def test_what_nobody_signs_has_no_line_for_the_hand(style, sample, render):
    """Without a name there is no date, no post and no rule in any format."""
    letter = replace(sample(), signature=Signature(line("31.12.2099"), (), line("Director")))
    outputs = render(letter, style)
    assert "31.12.2099" not in outputs["html"].decode() + outputs["txt"].decode()
    assert 'class="rule"' not in outputs["html"].decode()
    assert "_" * 20 not in outputs["txt"].decode()
    assert not any("31.12.2099" in text for text in read_docx(outputs["docx"]).paragraphs)


def test_a_message_is_its_body_alone(style, sample, render):
    """A message has neither corner nor title nor signature, and begins with its first words."""
    letter = replace(sample(), form="message", body=(*POINTS[:2], *sample().body[-1:]))
    assert render(letter, style, ["txt"])["txt"].decode() == "– чай\n– сахар\n2) [?]\n"
    draft = replace(letter, draft_mark="DRAFT")
    assert render_txt(draft).decode().startswith("DRAFT\n\n– чай\n")
    check(draft, {"txt": render_txt(draft)}, style)

"""The paper of an office: its letterhead where the style has one, the outgoing number, lines for the receiver."""

from dataclasses import replace

import pytest
from letters import case_from, example, letter_of

from generator.document import Signature, plain
from generator.publish import publish
from generator.render.glyphs import missing_glyphs
from generator.render.house_style import dressed
from generator.render.read_docx import read_docx
from generator.render.read_html import read_html
from generator.render.read_pdf import read_pdf, squeezed

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open
HEAD = ["Bureau of Advocates", "Dushanbe, Sadovaya 10", "office@example.org"]


@pytest.mark.parametrize("draft", [False, True])
def test_every_output_says_all_of_it(each_style, sample, paper, render, draft):
    """In each style all outputs begin with the same lines and end with those for the receiver."""
    outputs = render(dressed(paper(sample("en", draft=draft)), each_style), each_style)
    first = [*(HEAD if each_style.letterhead else []), "17/2026, 12.03.2024"]
    last = ["Taken in by ____", "No. ____"]
    word = [text for text in read_docx(outputs["docx"]).paragraphs if text.strip()]
    assert (word[: len(first)], word[-2:]) == (first, last)
    page = [text.strip() for text in read_html(outputs["html"]).paragraphs if text.strip()][draft:]
    assert (page[: len(first)], page[-2:]) == (first, last)
    text = [text for text in outputs["txt"].decode().split("\n") if text][draft:]
    assert (text[: len(first)], text[-2:]) == (first, last)
    pages = [squeezed(page.text) for page in read_pdf(outputs["pdf"])]
    assert squeezed("".join(first)) in pages[0]
    assert squeezed("Advocate M. K. Nazarova Taken in by ____ No. ____") in pages[-1]


def test_a_date_at_the_top_leaves_the_name_where_it_was(each_style, sample, paper, render):
    """Without a date the signature line stands as it stood: the name still ends at the right margin."""
    found = []
    for letter in (sample("en", value="M. K. Nazarova"), paper(sample("en"))):
        outputs = render(dressed(letter, each_style), each_style, ["txt"])
        found.append(next(t for t in outputs["txt"].decode().split("\n") if "_" * 20 in t).split())
    assert found == [["12.03.2024", "_" * 20, "M.", "K.", "Nazarova"], ["_" * 20, "M.", "K.", "Nazarova"]]


def test_the_files_of_a_letter_have_no_lines_their_style_has_no_place_for(each_style, paper):
    """A style without a letterhead prints the same letter without these lines, in every format."""
    case = case_from(example("rustam.yaml"))
    letter = paper(letter_of(case).letter)
    files = publish(case, letter, each_style, ["html", "txt"], "x")
    assert [HEAD[1] in content.decode() for content in files.values()] == [each_style.letterhead] * 2


def test_lines_of_the_paper_are_held_against_the_fonts(each_style, sample, paper):
    """A character that no font has is named wherever on the paper it stands."""
    letter = paper(sample("en"))
    assert missing_glyphs(letter, each_style) == ()
    odd = sample("en", value="中").basis
    for changed in (
        {"letterhead": (odd,)},
        {"letterhead": (letter.title, odd)},
        {"reference": odd},
        {"signature": Signature((), (), (), (odd,))},
    ):
        assert missing_glyphs(replace(letter, **changed), each_style) == ("U+4E2D",), plain(odd)

"""An HTML or text file that was changed after it was made is refused: words, labels, looks, and what is said aloud."""

import pytest

from generator.document import Letter
from generator.errors import RenderError
from generator.render.html import render_html
from generator.render.readback import check
from generator.render.txt import render_txt


@pytest.fixture(scope="module")
def letter(sample) -> Letter:
    """Return the letter that is tampered with."""
    return sample("en", draft=True)


def found(letter: Letter, kind: str, raw: bytes, style) -> set[str]:
    """Return the ids of what reading back finds."""
    try:
        check(letter, {kind: raw}, style)
    except RenderError as error:
        return {problem.id for problem in error.problems}
    return set()


HIDING = {
    "hidden": ("<p", "<p hidden"),
    "not displayed": ("<h1", '<h1 style="display:none"'),
    "for nobody's ears": ("<p", '<p aria-hidden="true"'),
    "another name for ears": ("<p", '<p aria-label="other"'),
    "inert": ("<p", "<p inert"),
    "a title": ("<p", '<p title="other"'),
    "from right to left": ("<p", '<p dir="rtl"'),
    "another class": ('class="subject"', 'class="secret"'),
    "an id that scripts find": ("<h1", '<h1 onclick="x()"'),
    "a script": ("<main>", "<main><script>x()</script>"),
    "a style": ("<main>", "<main><style>p{display:none}</style>"),
    "a rule more": ("</style>", "p{display:none}</style>"),
    "words by style": ("</style>", "p::after{content:'other'}</style>"),
    "another rule": ("font-weight: bold", "opacity: 0"),
    "an import": ("<style>", "<style>@import 'http://x/';"),
    "a picture": ("<main>", '<main><img src="http://x/">'),
    "a frame": ("<main>", '<main><iframe srcdoc="x"></iframe>'),
    "a link outside": ('<a href="#', '<a href="http://x/#'),
    "a base elsewhere": ("<head>", '<head><base href="http://x/">'),
    "a refresh": ("<head>", '<head><meta http-equiv="refresh" content="0;url=http://x/">'),
    "a form": ("<main>", "<main><form><button>x</button></form>"),
    "a template": ("<main>", "<main><template><p>x</p></template>"),
    "a drawing": ("<main>", "<main><svg><text>x</text></svg>"),
    "text made small": ("<main>", "<main><small>x</small>"),
    "struck out": ("kept there", "<s>kept</s> there"),
    "hidden in details": ("<main>", "<main><details>x</details>"),
    "words in no paragraph": ("<main>", "<main>more"),
    "words in a box": ("<main>", "<main><div>more</div>"),
    "a comment": ("<main>", "<main><!-- more -->"),
    "a column without width": ('style="width: 1', 'style="width: 0'),
}


@pytest.mark.parametrize("way", HIDING)
def test_what_no_page_of_a_letter_holds_is_refused(letter, style, way):
    """Nothing hides words, adds some, fetches anything, or tells the ear what the eye does not see."""
    old, new = HIDING[way]
    page = render_html(letter, style).decode()
    assert old in page
    assert "output-part-differs" in found(letter, "html", page.replace(old, new, 1).encode(), style)


WORDS = {
    "a word changed": ("kept there", "kept here", {"output-differs"}),
    "a look-alike": ("COMPLAINT</h1>", "C\u041eMPLAINT</h1>", {"output-differs"}),
    "another label": ('data-label="2."', 'data-label="3."', {"output-differs"}),
    "another value": ('value="2"', 'value="3"', {"output-differs"}),
    "a cell lost": ('<td class="number">120</td>', "", {"output-differs"}),
    "a cell doubled": ('<td class="number">120</td>', '<td class="number">120</td>' * 2, {"output-differs"}),
    "a title of another": ("<title>COMPLAINT", "<title>REQUEST", {"output-edge-differs"}),
    "another language": ('lang="en"', 'lang="ru"', {"output-edge-differs"}),
    "no word for a draft": ("ПРОЕКТ", "", {"output-differs"}),
}


@pytest.mark.parametrize("way", WORDS)
def test_a_page_that_says_something_else_is_refused(letter, style, way):
    """Words, labels, title and language of the page are those of the letter."""
    old, new, wanted = WORDS[way]
    page = render_html(letter, style).decode()
    assert old in page
    assert found(letter, "html", page.replace(old, new, 1).encode(), style) == wanted


TEXT = {
    "a word changed": ("kept there", "kept here"),
    "a word lost": ("kept there", "kept"),
    "a word doubled": ("kept there", "kept kept there"),
    "words swapped": ("kept there", "there kept"),
    "an invisible sign": ("kept there", "kept\u200b there"),
    "another label": ("\n2. ", "\n3. "),
    "no line for the hand": ("_" * 20, ""),
    "a longer line": ("_" * 20, "_" * 21),
    "another normal form": ("Рахимов", "Рахи\u0301мов"),
    "another alphabet": ("COMPLAINT", "C\u041eMPLAINT"),
    "an order to a terminal": ("kept there", "kept\x1b[2J there"),
    "no word for a draft": ("ПРОЕКТ", ""),
}


@pytest.mark.parametrize("way", TEXT)
def test_a_text_that_says_something_else_is_refused(letter, style, way):
    """The text file has the words of the letter, no more, no less, in their order."""
    old, new = TEXT[way]
    text = render_txt(letter).decode()
    assert old in text
    assert found(letter, "txt", text.replace(old, new, 1).encode(), style) == {"output-differs"}

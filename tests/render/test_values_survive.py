"""Whatever a value holds, it is printed letter for letter in every output, inside the margins, and never as markup."""

from dataclasses import replace
from unicodedata import bidirectional, category

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.render.glyphs import missing_glyphs
from generator.tree import odd_character

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
FAST = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
HOSTILE = [
    "A & B < C > D",
    "see <annex 3",
    "<!-- swallowed",
    "</w:t></w:r></w:p>",
    "<script>x</script><style>*{display:none}</style>",
    "&amp; &#60; &lt;",
    "{{ 7*7 }} {% if %} {# c #}",
    "{_{x}_} }_} {_%",
    "**strong** _em_ # h1 | cell | 1. x",
    "\"quoted\" 'single' «ёлка» “x”",
    "e\u0301 и\u0306 ӣ ҳ ҷ қ ғ ӯ Ә ı ş",
    "a" * 300,
    "Щ" * 300,
    "три\u00a0слова здесь-и-там кто-либо",
    "C:\\path\\file %s %(x)s $HOME `cmd`",
    "]]> <![CDATA[ x",
    "\ttab and\nline",
    "№ 5 § 3 – 1\u202f200 ₽ … 5\u00a0%",
]


@pytest.fixture(scope="module")
def values(style, sample) -> st.SearchStrategy[str]:
    """Return texts a fact may hold: all characters that are allowed in one and that every font of the style draws."""
    wide = [
        char
        for char in map(chr, range(0x20, 0x2200))
        if not odd_character(char) and bidirectional(char) not in ("R", "AL")
    ]
    missing = set(missing_glyphs(sample(value="".join(wide)), style))
    drawable = "".join(char for char in wide if f"U+{ord(char):04X}" not in missing)
    return st.text(drawable, min_size=1, max_size=40).filter(lambda text: text.strip() and not odd_character(text))


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_survive_in_every_output(style, sample, value, render):
    """Markup, braces and odd letters are printed as they are."""
    render(replace(sample("en", value=value, facts=2), running=value[:40]), style)


@FAST
@given(data=st.data())
def test_any_value_survives_without_pdf(style, sample, values, data, render):
    """Any printable text comes back from DOCX, HTML and text."""
    render(sample("en", value=data.draw(values), facts=2), style, ["docx", "html", "txt"])


@SLOW
@given(data=st.data())
def test_any_value_survives_in_pdf(style, sample, values, data, render):
    """Any printable text comes back from the PDF; marks on letters are tried above, stray ones draw a dotted circle."""
    value = data.draw(values.filter(lambda text: not any(category(char)[0] == "M" for char in text)))
    render(sample("en", value=value, facts=2), style, ["pdf"])


def test_long_words_stay_inside_the_margins(style, sample, render):
    """A word without spaces is broken at the margin and never leaves the text area."""
    letter = replace(sample("ru", value="Щ" * 300, facts=4), running="Жалоба")
    document = pypdfium2.PdfDocument(render(letter, style, ["pdf"])["pdf"])
    texts = [page.get_textpage() for page in document]
    edges = [text.get_rect(n)[2] for text in texts for n in range(text.count_rects())]
    assert max(edges) <= (210 - 15) * 72 / 25.4 + 1

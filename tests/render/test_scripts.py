"""Words in another script than the letter's say their language, so that a spelling checker is of use."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.render.docx import render_docx
from generator.render.html import render_html
from generator.render.layout import WORD_TAGS, by_script
from generator.render.word import W


@pytest.mark.parametrize(
    ("language", "text", "pieces"),
    [
        ("ru", "телефон Samsung Galaxy A54, IMEI 3512 и 3513", ["Samsung Galaxy A54, IMEI 3512:en"]),
        ("tg", "почта: a.b_c@example.org; ИМЕИ", ["a.b_c@example.org:en"]),
        ("ru", "Р. С. Рахимов, 12.03.2024 – № 5", []),
        ("en", "the act (УПК, ст. 94) of 12 March", ["УПК, ст. 94:ru"]),
        ("az", "Bakı şəhəri, ул. Садовая", ["ул. Садовая:ru"]),
        ("xx", "нет such language", []),
    ],
)
def test_words_of_another_script_are_found(language, text, pieces):
    """Numbers and signs between such words go with them; those at the ends do not."""
    assert [f"{piece}:{other}" for piece, other in by_script(text, language) if other] == pieces


@given(st.text(), st.sampled_from([*WORD_TAGS]))
def test_no_letter_is_lost_between_scripts(text, language):
    """The pieces of a text are the text."""
    assert "".join(piece for piece, _ in by_script(text, language)) == text


def test_word_and_page_say_the_language_of_foreign_words(style, sample):
    """Only exceptions are marked on a run; the language of the letter is said once, in the styles."""
    letter = sample("ru", value="Samsung")
    with zipfile.ZipFile(io.BytesIO(render_docx(letter, style))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    marked = {
        (run.find(f"{W}rPr/{W}lang").get(f"{W}val"), run.findtext(f"{W}t"))
        for run in body.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}lang") is not None
    }
    assert {("en-GB", "Samsung"), ("en-GB", "A54")} <= marked
    assert {tag for tag, _ in marked} == {"en-GB"}
    assert '<span lang="en">Samsung</span>' in render_html(letter, style).decode()

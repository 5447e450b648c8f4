"""A reference shows the number of its item, leads to it, and goes on being right when a lawyer adds a paragraph."""

import io
import re
import zipfile
from dataclasses import replace

from lxml import etree

from generator.document import Paragraph, Run
from generator.render.docx import render_docx
from generator.render.html import render_html
from generator.render.layout import referred_items
from generator.render.word import W


def document(raw: bytes) -> etree._Element:
    """Return the body of a DOCX."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def test_a_reference_is_a_field_of_word(style, sample):
    """Word finds the item by its bookmark and can count anew; the number is there without that too."""
    body = document(render_docx(sample(facts=4), style))
    codes = [element.text for element in body.iter(f"{W}instrText")]
    assert codes == [r" REF _Ref_1 \n \h ", r" REF _Ref_2 \n \h "]
    marks = {mark.get(f"{W}name"): mark.getparent() for mark in body.iter(f"{W}bookmarkStart")}
    assert list(marks) == ["_Ref_1", "_Ref_2"]
    assert [len(p.findall(f"{W}bookmarkEnd")) for p in marks.values()] == [1, 1]
    assert [p.find(f"{W}pPr/{W}numPr/{W}ilvl").get(f"{W}val") for p in marks.values()] == ["1", "0"]


def test_a_number_that_word_would_print_otherwise_is_text(style, sample, render):
    """Word keeps the bracket of a request's label, so a reference to it is no field: it would change by itself."""
    letter = sample(facts=4)
    request = next(n for n, block in enumerate(letter.body) if getattr(block, "label", "") == "2)")
    body = list(letter.body)
    body[request] = body[request]._replace(id="ask")
    body.append(Paragraph((Run("2", target="ask"), Run("9", target="nowhere"))))
    raw = render(replace(letter, body=tuple(body)), style, ["docx", "html"])["docx"]
    assert not [e.text for e in document(raw).iter(f"{W}instrText") if "_Ref_3" in e.text]


def test_a_link_leads_to_an_item_of_the_page(style, sample):
    """On the screen a number leads to its item and nowhere else; an item nobody refers to has no anchor."""
    letter = sample(facts=4)
    text = render_html(letter, style).decode()
    assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', text) == [("#inner", "2.1"), ("#outer", "3")]
    assert re.findall(r' id="([^"]*)"', text) == ["inner", "outer"] == list(referred_items(letter))

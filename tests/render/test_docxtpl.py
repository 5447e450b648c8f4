"""A prepared style is filled byte for byte as docxtpl fills it, for every letter there is.

Nothing falls back to docxtpl: what it could fill beyond that (logic, notes) is refused in a house style, properties are
our own, and pictures stay as they are.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping

import pytest
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from letters import ALONE, KINDS, LANGUAGES, abouts, letter_of, own_example
from markupsafe import Markup

from generator.document import Letter, plain
from generator.publish import POSSIBLE
from generator.render.docx import render_docx
from generator.render.docx_body import parts
from generator.render.docx_template import prepare
from generator.render.house_style import HouseStyle, dressed


def example_letters(kind: str) -> Iterator[Letter]:
    """Yield the drafts of a kind of letter, in all its languages."""
    case = own_example(kind)
    for language in LANGUAGES.keys() & set(KINDS[kind].languages()):
        for about in abouts(kind, case):
            yield letter_of(case, language, kind, draft=True, about=about).letter


def filled_by_docxtpl(letter: Letter, style: HouseStyle) -> Mapping[str, str]:
    """Return the parts with placeholders as docxtpl fills them."""
    template = DocxTemplate(io.BytesIO(style.docx_for(letter.form)))
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    markup = {name: Markup(text) for name, text in parts(letter, prepare(style, letter.form).sheet).items()}  # noqa: S704  # from the walker
    values = {**markup, "draft_mark": letter.draft_mark, "running": letter.running, "title": plain(letter.title)}
    template.init_docx()
    filled = {"word/document.xml": template.build_xml(values, environment)}
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        names = {relation: str(part.partname).lstrip("/") for relation, part in template.get_headers_footers(uri)}
        for relation, content in template.build_headers_footers_xml(values, uri, environment):
            filled[names[relation]] = content.decode()
    return filled


def filled_part(name: str, content: str) -> str:
    """Return what docxtpl has to fill of a part: all of a head or foot, of the document what stands in its body."""
    if name != "word/document.xml":
        return content
    return content[content.index("<w:body") :].partition(">")[2].rpartition("</w:body>")[0]


@pytest.mark.parametrize("kind", [kind for kind in ALONE if "docx" in POSSIBLE[KINDS[kind].kind.form]])
def test_every_part_is_byte_for_byte_what_docxtpl_gives(kind, each_style):
    """The fast way changes nothing in any letter."""
    compared = 0
    for undressed in example_letters(kind):
        letter = dressed(undressed, each_style)
        package = zipfile.ZipFile(io.BytesIO(render_docx(letter, each_style)))
        for name, theirs in filled_by_docxtpl(letter, each_style).items():
            declaration, _, ours = package.read(name).decode().partition("\n")
            assert declaration == "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
            assert filled_part(name, ours) == filled_part(name, theirs) != ""
            compared += 1
    assert compared >= 4

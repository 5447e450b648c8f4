"""Render a letter as a Word document: the house style is prepared once, each letter fills only what differs."""

import functools
from collections.abc import Mapping

from markupsafe import Markup

from generator.document import Form, Letter, plain
from generator.render.docx_body import parts
from generator.render.docx_template import Prepared, prepare
from generator.render.house_style import HouseStyle
from generator.render.layout import WORD_TAGS, drawn
from generator.render.package import Member, member, package


def render_docx(letter: Letter, style: HouseStyle) -> bytes:
    """Return the letter as DOCX; equal letters give equal bytes."""
    prepared = _prepared(style, letter.form)
    values = {
        **{name: Markup(text) for name, text in parts(letter, prepared.sheet).items()},  # noqa: S704  # serialised by lxml
        "draft_mark": letter.draft_mark,
        "running": drawn(letter.running),
        "title": drawn(plain(letter.title)),
        "language": WORD_TAGS.get(letter.language, letter.language),
    }
    filled = _filled(prepared, values)
    styles = _styles(prepared, values["language"])
    by_name = {**prepared.fixed, **filled, styles.name: styles}
    return package([by_name[name] for name in prepared.order])


def _filled(prepared: Prepared, values: Mapping[str, str]) -> dict[str, Member]:
    return {name: member(name, template.render(values).encode()) for name, template in prepared.templates.items()}


@functools.lru_cache(maxsize=32)
def _styles(prepared: Prepared, language: str) -> Member:
    """Return the part with the Word styles for a language: it alone says in what language the text is."""
    return member(prepared.styles_name, prepared.styles_in(language))


@functools.lru_cache(maxsize=8)
def _prepared(style: HouseStyle, form: Form) -> Prepared:
    return prepare(style, form)

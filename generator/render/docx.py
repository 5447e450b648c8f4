"""Render a letter as a Word document: the house style is prepared once, each letter fills only what differs."""

import functools
from collections.abc import Mapping

from markupsafe import Markup

from generator.document import Form, Letter, plain
from generator.render.docx_body import parts
from generator.render.docx_template import Filling, Prepared, prepare
from generator.render.house_style import HouseStyle
from generator.render.layout import WORD_TAGS, drawn
from generator.render.package import QUICKLY, Member, member, package
from generator.render.style_parts import MAIN_PART


def render_docx(letter: Letter, style: HouseStyle) -> bytes:
    """Return the letter as DOCX; equal letters give equal bytes."""
    prepared = _prepared(style, letter.form)
    values = {
        **{name: Markup(text) for name, text in parts(letter, prepared.sheet).items()},  # noqa: S704  # escaped there
        "draft_mark": letter.draft_mark,
        "running": drawn(letter.running),
        "title": drawn(plain(letter.title)),
        "language": WORD_TAGS.get(letter.language, letter.language),
    }
    filled = {name: _filled(name, part, values) for name, part in prepared.templates.items()}
    styles = _styles(prepared, values["language"])
    by_name = {**prepared.fixed, **filled, styles.name: styles}
    return package([by_name[name] for name in prepared.order])


def _filled(name: str, part: Filling, values: Mapping[str, str]) -> Member:
    """Fill a part; one that has the same words in the next letter, as a head has, is kept."""
    if name == MAIN_PART:
        return member(name, part.template.render(values).encode(), QUICKLY)
    return _kept(name, part, tuple((key, values[key]) for key in sorted(part.names & values.keys())))


@functools.lru_cache(maxsize=128)
def _kept(name: str, part: Filling, values: tuple[tuple[str, str], ...]) -> Member:
    return member(name, part.template.render(dict(values)).encode())


@functools.lru_cache(maxsize=32)
def _styles(prepared: Prepared, language: str) -> Member:
    """Return the part with the Word styles for a language: it alone says in what language the text is."""
    return member(prepared.styles_name, prepared.styles_in(language))


@functools.lru_cache(maxsize=8)
def _prepared(style: HouseStyle, form: Form) -> Prepared:
    return prepare(style, form)

"""Check the Word file of a house style as a whole: what is in it, placeholders, Word styles, and measures."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from generator.document import Form
from generator.errors import Place, Problem
from generator.render.style_measures import Sheet, disagreements
from generator.render.style_package import unpacked
from generator.render.style_parts import CORE, LINKS, LISTS, MAIN_PART, STYLES, Trees, part_problems, trees_of
from generator.render.word import (
    CARD_TABLE_STYLE,
    LETTERHEAD_STYLES,
    PARAGRAPH_STYLES,
    RUN_STYLES,
    TABLE_STYLE,
    style_ids,
)

_CORE = ("title", "language")
WORD_PLACEHOLDERS: Mapping[Form, Mapping[str, tuple[str, ...]]] = {
    "letter": {MAIN_PART: ("p corner", "p head", "p body", "p closing"), CORE: _CORE},
    "card": {MAIN_PART: ("p body",), CORE: _CORE},
}
_KNOWN = {*_CORE, "p corner", "p head", "p body", "p closing", "draft_mark", "running"}
PLACEHOLDER = re.compile(r"\{\{ {0,9}([a-z_ ]{1,20}?) {0,9}\}\}")
_LOGIC = re.compile(r"\{[{%#_]")


def word_problems(raw: bytes, place: Place, sheet: Sheet, form: Form = "letter") -> Iterator[Problem]:
    """Check a Word file: readable, all placeholders, no logic, all styles, and the measures of `style.yaml`."""
    parts, problems = unpacked(raw, place)
    trees, not_plain = trees_of(parts, place)
    yield from (*problems, *not_plain, *part_problems(parts, trees, place))
    if lacking := {MAIN_PART, STYLES, LISTS, LINKS} - trees.keys():
        if not (problems or not_plain):
            yield from (Problem("style-lacks-part", place, "", {"part": name}) for name in sorted(lacking))
        return
    styles, document = trees[STYLES], trees[MAIN_PART]
    yield from _placeholder_problems(trees, place, form)
    ids = style_ids(styles)
    wanted = (
        *PARAGRAPH_STYLES,
        *(LETTERHEAD_STYLES if sheet.letterhead else ()),
        *RUN_STYLES,
        TABLE_STYLE,
        *([CARD_TABLE_STYLE] if form == "card" else []),
    )
    absent = [name for name in wanted if name.lower() not in ids]
    yield from (Problem("style-lacks-style", place, "", {"style": name}) for name in absent)
    if not absent and sheet.sound:
        yield from disagreements(styles, document, place, sheet)


def _placeholder_problems(trees: Trees, place: Place, form: Form) -> Iterator[Problem]:
    texts = {name: "".join(map(str, tree.itertext(etree.Element))) for name, tree in trees.items()}
    wanted = dict(WORD_PLACEHOLDERS[form])
    wanted.update({name: ("draft_mark",) for name in texts if name.startswith("word/header")})
    for name, placeholders in wanted.items():
        found = PLACEHOLDER.findall(texts.get(name, ""))
        yield from (
            Problem("style-lacks-placeholder", place, "", {"placeholder": wish})
            for wish in placeholders
            if wish not in found
        )
    feet = [text for name, text in texts.items() if name.startswith("word/footer")]
    if form == "letter" and not any("running" in PLACEHOLDER.findall(text) for text in feet):
        yield Problem("style-lacks-placeholder", place, "", {"placeholder": "running"})
    said = [PLACEHOLDER.sub(_unknown, text) for text in texts.values()]
    attributes = (
        str(value) for tree in trees.values() for e in tree.iter(etree.Element) for value in e.attrib.values()
    )
    if any(map(_LOGIC.search, said)) or any(map(_LOGIC.search, attributes)):
        yield Problem("style-has-logic", place)


def _unknown(found: re.Match[str]) -> str:
    """Leave a placeholder only where it is none of ours."""
    return "" if found[1] in _KNOWN else found[0]

"""Every language of a letter has the same blocks, facts and law, and none is older than the text it follows."""

import shutil
from dataclasses import replace

import pytest
from letters import ALONE, KINDS, LETTERS, abouts, letter_of, own_example

from generator.letters.parity import blocks_of, differences, spoken_of, stale_blocks

OTHERS = [(kind, language) for kind, entry in KINDS.items() for language in entry.languages() if language != "ru"]


@pytest.mark.parametrize(("kind", "language"), OTHERS)
def test_texts_have_the_same_blocks_facts_and_law(kind, language):
    """Block by block a language speaks of the facts and the law of the leading text, in its order."""
    assert [(p.id, p.values) for p in differences(KINDS[kind], language)] == []


@pytest.mark.parametrize(("kind", "language"), OTHERS)
def test_no_text_is_older_than_the_one_it_follows(kind, language):
    """Whoever changes the leading text reads the others again and says so with tools/follow.py."""
    assert stale_blocks(KINDS[kind], language) == ()


@pytest.mark.parametrize(("kind", "language"), [pair for pair in OTHERS if pair[0] in ALONE])
def test_letters_have_the_same_blocks_and_law(kind, language):
    """A letter of one case has the same blocks with the same labels, and cites the same law, in every language."""
    case = own_example(kind)
    for about in abouts(kind, case):
        leading, other = (letter_of(case, name, kind, about=about) for name in ("ru", language))
        shapes = [
            [(type(b), getattr(b, "label", ""), getattr(b, "id", "")) for b in made.letter.body]
            for made in (leading, other)
        ]
        assert shapes[0] == shapes[1]
        assert leading.cited.keys() == other.cited.keys()


def test_a_changed_block_is_stale_and_a_changed_fact_is_named(tmp_path):
    """The mark falls on the block that changed, and parity on the block that speaks of another fact."""
    entry = KINDS["reply-reminder"]
    folder = shutil.copytree(LETTERS / "reply-reminder", tmp_path / "reply-reminder")
    copy = replace(entry, folder=folder)
    text = (folder / "ru.md").read_text("utf-8")

    def changed(old: str, new: str) -> None:
        assert old in text
        (folder / "ru.md").write_text(text.replace(old, new), "utf-8")

    changed("настоящее письмо не является", "это письмо не является")
    assert stale_blocks(copy, "en") == ("same",)
    changed("submission.stake", "submission.result")
    assert [p.values["block"] for p in differences(copy, "en")] == ["stake"]
    changed('principle("petition")', 'principle("property")')
    assert [p.values["block"] for p in differences(copy, "en")] == ["same"]
    changed("1) {forwarded}", "1) {passed-on}")
    assert [p.id for p in differences(copy, "en")] == ["blocks-differ"]


def test_what_a_block_speaks_of_is_found():
    """Facts and law are read from the code of a text; fixed words and quoted ones are not facts."""
    code = '{% if detention.protocol is no %}{{ me.dat }} «x.y» {{ principle("liberty") | cite }}{% endif %}'
    assert spoken_of(blocks_of(f"1. {{a}}\n   {code}")["a"]) == ({"detention.protocol"}, {"liberty"})

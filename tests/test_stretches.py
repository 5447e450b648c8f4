"""A letter text is read by stretches; read whole it comes to the same blocks."""

import pytest
from letters import ALONE, AS_OF, FOLDERS, KINDS, LANGUAGES, LAW, own_example

from generator.assembly import Order, occasion_of
from generator.case.disclosure import disclose
from generator.case.load import for_client
from generator.errors import DataError
from generator.findings.find import find
from generator.letters.fill import SLOT, Filled, fill
from generator.letters.filters import FUNCTIONS
from generator.letters.markup import parse
from generator.letters.namespace import namespace
from generator.letters.stretches import Block, read, stretches
from generator.letters.texts import Texts
from generator.letters.wording import Wording

TEXT = Texts(())


def _said(filled: Filled, block: Block) -> tuple[object, ...]:
    """Return what a block says with the values in its slots, whatever stretch it was read in."""
    raw = block.raw
    rows = [raw.pieces, *raw.lines, *(cell for row in raw.cells for cell in row)]
    pieces = [[(p.look, p.text if p.slot < 0 else filled.slots[block.first + p.slot]) for p in row.all] for row in rows]
    return raw.kind, raw.region, raw.id, raw.level, block.series, raw.place, pieces


def _whole(filled: Filled) -> list[Block]:
    blocks = parse(*filled.texts.without_logic("".join(filled.pieces))).blocks
    return [Block(raw, 0, f"{raw.series}-{raw.list}" if raw.list else raw.series) for raw in blocks]


def _read(filled: Filled) -> list[tuple[object, ...]]:
    return [_said(filled, block) for block in read(filled.texts, "".join(filled.pieces))]


def _filled(text: str) -> Filled:
    return Filled((text,), [f"value {n}" for n in range(text.count(SLOT))], Texts(()))


def _letter(name: str, language: str) -> Filled:
    """Return the text of a letter filled with the case that makes it say the most."""
    entry, order = KINDS[name], Order(LANGUAGES[language], AS_OF, draft=True)
    told = disclose(for_client(own_example(name)))
    occasion = occasion_of(told, LAW, entry.kind, order)
    wording = Wording(order.language, LAW, find(told, LAW), order.as_of, occasion.settings.signer or "client")
    words = wording.words()
    functions = {**{word: words[word] for word in FUNCTIONS}, "ref": lambda *ids: ids, "_words": words}
    clauses = FOLDERS.find("templates", "clauses", language)
    facts = namespace(told, occasion, order.language)
    return fill(entry.text(language, "TJ"), clauses, {**facts, **functions})


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
@pytest.mark.parametrize("name", ALONE)
def test_a_letter_read_by_stretches_says_the_same(name: str, language: str):
    """Every letter has the same blocks whether its text is read whole or not."""
    filled = _letter(name, language)
    assert _read(filled) == [_said(filled, block) for block in _whole(filled)]


def test_a_letter_has_many_stretches():
    """What differs in one paragraph is read anew there only."""
    assert len(list(stretches("".join(_letter("prosecutor-complaint", "ru").pieces)))) > 30


@pytest.mark.parametrize(
    "text",
    [
        f"1) one\n\n1) two {SLOT}\n\ntext\n\n1) three\n\n   - over {SLOT}\n\n1) four",
        f"- a\n\n- b {SLOT}\n\n1) c\n\n1. d\n\n- e\n  - f {SLOT}\n\n- g",
        f"::: annexes\n## {SLOT}\n\n1. a {SLOT}\n\n1. b\n:::\n\n1. c {SLOT}",
        f"| a | b |\n|---|---|\n| {SLOT} | c | {SLOT} |\n\ntext {SLOT}",
        f"text {SLOT}\n\n\n\n    \n\n{SLOT} **strong {SLOT}**\n***\n\nend",
    ],
)
def test_stretches_join(text: str):
    """Lists, regions and tables come out the same, and every value stands where it was printed."""
    filled = _filled(text)
    assert _read(filled) == [_said(filled, block) for block in _whole(filled)]


def test_a_list_that_goes_on_counts_once():
    """Items of one list that stand apart have one series; the next list has its own."""
    found = [block.series for block in read(TEXT, "1) a\n\n1) b\n\ntext\n\n1) c") if block.raw.kind == "item"]
    assert found == ["request-1", "request-1", "request-2"]


@pytest.mark.parametrize("text", ["```\n\ntext\n\n```", "<!--\n\ntext\n\n-->", "~~~\n\na\n\n~~~"])
def test_what_reaches_over_a_blank_line_is_refused_as_a_whole(text: str):
    """Code and HTML hold blank lines; they are one construct, and it is not allowed."""
    with pytest.raises(DataError) as caught:
        read(TEXT, text)
    assert [problem.id for problem in caught.value.problems] == ["letter-markup"]


def test_letters_share_the_stretches_that_are_alike():
    """A stretch is read once for a whole batch, whatever else the letters say."""
    first, second = (read(TEXT, f"## {title}\n\nb {SLOT}") for title in ("a", "c"))
    assert [one.raw is two.raw for one, two in zip(first, second, strict=True)] == [False, True]

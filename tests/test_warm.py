"""What is loaded once in a process is what is loaded each time, and its letters say the same."""

import pytest
from letters import AS_OF, FOLDERS, case_from, example, letter_of

from generator.assembly import Order, assemble
from generator.law.load import cached_law, load_law
from generator.letters.catalogue import cached_kind, load_kind
from generator.letters.language import cached_language, load_language


def test_data_is_loaded_once():
    """Who asks again gets the same object, and it holds what the files say."""
    for load, name in ((cached_law, "tj"), (cached_kind, "prosecutor-complaint"), (cached_language, "tg")):
        assert load(name, FOLDERS) is load(name, FOLDERS)
    assert cached_law("tj", FOLDERS).digest == load_law("tj", FOLDERS).digest
    assert cached_kind("prosecutor-complaint", FOLDERS).kind == load_kind("prosecutor-complaint", FOLDERS).kind
    assert cached_language("tg", FOLDERS).model_dump() == load_language("tg", FOLDERS).model_dump()


@pytest.mark.parametrize(
    ("typed", "other"),
    [("Рахимов", "Каримов"), ("11:20", "11:25"), ("force: no", "force: yes"), ("court_order: no", "court_order: yes")],
)
def test_a_letter_does_not_depend_on_the_one_before(typed: str, other: str):
    """What is kept from letter to letter holds nothing of a case: made after another one, a letter is the same."""
    text = example("rustam.yaml")
    alone = letter_of(case_from(text)).letter
    changed = letter_of(case_from(text.replace(typed, other))).letter
    assert changed != alone
    assert letter_of(case_from(text)).letter == alone
    order = Order(cached_language("ru", FOLDERS), AS_OF)
    entry = cached_kind("prosecutor-complaint", FOLDERS)
    assert assemble(case_from(text), cached_law("tj", FOLDERS), entry, order, FOLDERS).letter == alone

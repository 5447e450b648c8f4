"""The model case holds: what each of its letters must say, and must never say, for a lawyer to trust the rest."""

import re

import pytest
from letters import AS_OF, FOLDERS, LANGUAGES, LAW, case_from, example

from generator.assembly import Order, assemble
from generator.errors import CaseError
from generator.letters.catalogue import load_kind
from generator.render.txt import render_txt

CASE = example("rustam.yaml")
TERMINATED = "status: terminated\n  terminated_at: 2026-04-20"
ELEMENT = "      - name: {ru: распространение, tg: паҳнкунӣ, en: distribution}\n"


def _told(name: str, text: str = CASE, language: str = "ru", *, draft: bool = False) -> str:
    """Return a letter of the case as plain text, its line breaks folded."""
    order = Order(LANGUAGES[language], AS_OF, draft=draft)
    letter = assemble(case_from(text), LAW, load_kind(name, FOLDERS), order, FOLDERS).letter
    return " ".join(f"{render_txt(letter).decode()} {letter.running}".split())


def test_a6_asks_to_confirm_and_admits_no_duty_to_come():
    """After an oral call the letter asks to confirm it, in Russian and in English."""
    assert "подтвердить либо уточнить дату, время, адрес и кабинет" in _told("summons-confirmation")
    assert "confirm" in _told("summons-confirmation", language="en")


def test_b1_prints_the_hours_that_were_computed():
    """Nobody typed the seven hours: they come from the times, and change with them."""
    assert "7 часов" not in CASE
    assert "7 часов" in _told("prosecutor-complaint")
    later = CASE.replace("released_at: около 2026-03-10 18:20", "released_at: около 2026-03-10 16:20")
    assert "5 часов" in _told("prosecutor-complaint", later)
    assert "7 часов" not in _told("prosecutor-complaint", later)


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
def test_b1_has_no_word_of_the_private_note(language):
    """Not even a single word of the lawyer's note stands in the complaint, final or draft."""
    note = "снимки отпуска, приятель Далер, подарок, ревность соседа"
    text = re.sub(r"^private_note: .*$", f"private_note: {note}", CASE, flags=re.MULTILINE)
    assert note in text
    for draft in (True, False):
        told = _told("prosecutor-complaint", text, language, draft=draft).lower()
        assert not [word for word in re.findall(r"\w+", note.lower()) if word in told]


def test_c1_says_that_the_case_was_terminated_once_it_was():
    """The request for the phone rests on the end of the case from that day on, and not before."""
    before = _told("property-return-request")
    later = CASE.replace("date: 2026-04-06\n    answer_by: 2026-04-13", "date: 2026-04-21\n    answer_by: 2026-04-28")
    after = _told("property-return-request", later.replace("status: open", TERMINATED))
    assert "дело прекращено" not in before
    assert "дело прекращено 20 апреля 2026 года" in after
    assert "Цели доказывания" in before
    assert "Цели доказывания" not in after


@pytest.mark.parametrize("draft", [True, False])
@pytest.mark.parametrize(
    ("language", "admission"),
    [
        ("ru", "файлы хранились только в личном телефоне"),
        ("ru", "обмен частными фотографиями не есть распространение"),
        ("en", "the pictures were kept for own use"),
    ],
)
def test_d2_is_never_written_with_an_admission(language, admission, draft):
    """Whatever the lawyer knows, the motion does not say it: neither the letter nor a draft of it is made."""
    assert ELEMENT in CASE
    text = CASE.replace(ELEMENT, f"{ELEMENT}        argument: {{{language}: {admission}}}\n")
    with pytest.raises(CaseError) as caught:
        _told("motion-to-terminate", text, language, draft=draft)
    assert "admission-refused" in {problem.id for problem in caught.value.problems}


def test_d2_of_the_same_case_is_written_without_the_admission():
    """It is the admission that stops the motion above, nothing else."""
    text = CASE.replace(ELEMENT, f"{ELEMENT}        argument: {{ru: никто не сообщил о получении чего-либо}}\n")
    assert "распространение (никто не сообщил о получении чего-либо)" in _told("motion-to-terminate", text)


@pytest.mark.parametrize("draft", [True, False])
def test_what_a_note_says_reaches_no_motion(draft):
    """A note that was moved into the ground asked for is refused as well, final and draft."""
    text = CASE.replace("  charge:\n", "  ground_requested: в телефоне были снимки\n  charge:\n", 1)
    with pytest.raises(CaseError) as caught:
        _told("motion-to-terminate", text, draft=draft)
    assert "proceedings.ground_requested" in {p.path for p in caught.value.problems if p.id == "admission-refused"}

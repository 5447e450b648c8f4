"""What the request for property and the motion to terminate say of facts that no example has: neither more nor less."""

import pytest
from letters import LETTERS, case_from, letter_of

from generator.case.model import Case
from generator.render.txt import render_txt

REQUEST, MOTION = "property-return-request", "motion-to-terminate"
LANGUAGES = ("ru", "tg", "en")


def _case(kind: str, *changes: tuple[str, str]) -> Case:
    """Return the example of a kind of letter with some of its lines changed."""
    text = (LETTERS / kind / "example.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return case_from(text)


def _told(kind: str, language: str, *changes: tuple[str, str]) -> str:
    """Return the final letter of such a case as plain text."""
    letter = letter_of(_case(kind, *changes), language, kind).letter
    return render_txt(letter).decode().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "said", "too_much"),
    [
        ("ru", "Судебного решения об изъятии не предъявили.", "Решения, на основании"),
        ("tg", "Қарори суд дар бораи гирифтани амволро нишон надоданд.", "Қарореро, ки дар асоси он"),
        ("en", "No court order for the seizure was shown.", "No decision"),
    ],
)
def test_a_request_speaks_of_the_court_order_alone(language, said, too_much):
    """Nobody was asked whether the investigator showed a decision of his own, so the letter does not deny it."""
    told = _told(REQUEST, language)
    assert said in told
    assert too_much not in told


@pytest.mark.parametrize(
    ("language", "seized", "searched"),
    [
        (
            "ru",
            "Имущество изъято без предъявления судебного решения, без понятых",
            "осмотрели без согласия моей доверительницы и без предъявления судебного решения, которое это разрешает",
        ),
        (
            "tg",
            "Амволро бе нишон додани қарори суд, бе шахсони холис",
            "бе розигии муваккилам ва бе нишон додани қарори суд, ки ба ин иҷозат медиҳад",
        ),
        (
            "en",
            "Property was seized with no court order being shown, without attesting witnesses",
            "without my client’s consent and without a court order authorising it being shown",
        ),
    ],
)
def test_a_motion_speaks_of_the_court_order_alone(language, seized, searched):
    """In the motion too the facts deny a court order and nothing else."""
    told = _told(MOTION, language)
    assert seized in told
    assert searched in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_does_not_say_whose_officers_took_the_thing(language):
    """The body that was named at the arrest is not said to have taken the thing: no fact says that it did."""
    named = "detention:\n  officers_of: {name: {ru: {nom: бюро, gen: бюро}, tg: бюро, en: the bureau}}\nseizure:\n"
    told = _told(REQUEST, language, ("seizure:\n", named))
    assert told == _told(REQUEST, language)

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


RECORD = ("  protocol: no\n  counsel_requested", "  protocol: yes\n  counsel_requested")


@pytest.mark.parametrize(
    ("language", "held", "heading"),
    [
        (
            "ru",
            "Мою доверительницу удерживали около 8 часов 30 минут без защитника, без объявления процессуального",
            "Доказательства получены с нарушением закона",
        ),
        (
            "tg",
            "Муваккиламро тахминан 8 соат 30 дақиқа бе ҳимоятгар, бе эълон кардани вазъи мурофиавӣ нигоҳ доштанд.",
            "Далелҳо бо вайрон кардани қонун ба даст оварда шудаанд",
        ),
        (
            "en",
            "My client was held for about 8 hours 30 minutes without counsel, without being told any procedural",
            "The evidence was obtained in breach of the law",
        ),
    ],
)
def test_a_lawyer_who_was_refused_is_pleaded_beside_a_record(language, held, heading):
    """That a record was drawn up takes nothing from the refusal, which the motion pleads on its own."""
    nothing_seized = [
        ("seizure:\n  occurred: yes", "seizure:\n  occurred: no"),
        ("device_access:\n  occurred: yes", "device_access:\n  occurred: no"),
    ]
    told = _told(MOTION, language, RECORD, *nothing_seized)
    assert held in told
    assert heading in told


@pytest.mark.parametrize(
    ("language", "signer", "held", "seized"),
    [
        (
            "ru",
            "representative",
            "без составления протокола в её присутствии, без защитника",
            "без составления протокола в присутствии моей доверительницы",
        ),
        (
            "ru",
            "client",
            "без составления протокола в моём присутствии, без защитника",
            "без составления протокола в моём присутствии (",
        ),
        (
            "tg",
            "representative",
            "бе тартиб додани протокол дар ҳузури ӯ, бе ҳимоятгар",
            "бе тартиб додани протокол дар ҳузури муваккилам",
        ),
        (
            "tg",
            "client",
            "бе тартиб додани протокол дар ҳузури ман, бе ҳимоятгар",
            "бе тартиб додани протокол дар ҳузури ман гирифтанд",
        ),
        (
            "en",
            "representative",
            "without a record being drawn up in her presence, without counsel",
            "without a record being drawn up in my client’s presence (",
        ),
        (
            "en",
            "client",
            "without a record being drawn up in my presence, without counsel",
            "without a record being drawn up in my presence (",
        ),
    ],
)
def test_no_record_is_denied_but_in_the_presence_of_the_client(language, signer, held, seized):
    """Whether a record was drawn up elsewhere nobody knows, of the detention and of the seizure."""
    signed = ("signer: representative", f"signer: {signer}")
    told = _told(MOTION, language, signed)
    assert held in told
    assert seized in told
    ordered = _told(MOTION, language, signed, ("  court_order: no\n  witnesses: no", "  court_order: yes"))
    assert seized in ordered

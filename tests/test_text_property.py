"""What the request for property and the motion to terminate say of facts that no example has: neither more nor less."""

import pytest
from letters import LETTERS, case_from, letter_of

from generator.case.model import Case
from generator.errors import CaseError
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


PAPERS = "  - {kind: papers, is_evidence: unknown, returned: no}\ndevice_access:\n"
BACK = (  # the phone, which was evidence and which the owner would have kept, was given back
    ("    evidence_at: 2026-05-12\n    returned: no", "    evidence_at: 2026-05-12\n    returned: yes"),
    ("  - kind: computer\n    make_model: Lenovo ThinkPad T14\n    serial: PF-000000\n    returned: no\n", ""),
    ("device_access:\n", PAPERS),
)
OF_THE_PHONE = {
    "ru": ("вещественным доказательством 12 мая", "Сведения на электронном", "Готова принять", "копии данных"),
    "tg": ("далели шайъӣ эътироф шудааст;", "Маълумоти дастгоҳи", "Ман омодаам", "нусхаҳои маълумот"),
    "en": ("material evidence on", "The data on an electronic", "I am ready to keep", "copies of data"),
}
UNKNOWN = {
    "ru": "Признано ли изъятое вещественным доказательством, мне неизвестно.",
    "tg": "Ба ман маълум нест, ки ашёи гирифташуда далели шайъӣ эътироф шудааст ё не.",
    "en": "Whether what was taken has been declared material evidence is not known to me.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_given_back_is_not_argued_about(language):
    """The phone is back: that it was evidence, holds data and could be kept safe says nothing of the papers."""
    told, whole = _told(REQUEST, language, *BACK), _told(REQUEST, language)
    for words in OF_THE_PHONE[language]:
        assert words in whole
        assert words not in told
    assert UNKNOWN[language] in told


@pytest.mark.parametrize(
    ("language", "some", "only"),
    [
        ("ru", "Изъятое, полностью или в части, признано", "Изъятое признано"),
        ("tg", "пурра ё қисман", "Ашёи гирифташуда 12 майи соли 2026 далели шайъӣ"),
        ("en", "in whole or in part", "What was taken was declared material evidence on 12 May 2026"),
    ],
)
def test_one_thing_that_is_still_held_is_no_part_of_others(language, some, only):
    """The words for several things are not said of the one thing that was not given back."""
    assert some in _told(REQUEST, language)
    told = _told(REQUEST, language, ("PF-000000\n    returned: no", "PF-000000\n    returned: yes"))
    assert some not in told
    assert only in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_asked_back_where_all_was_given_back(language):
    """A final letter without a thing to ask for is refused, at the things of the case; a draft shows the gap."""
    case = _case(REQUEST, ("    returned: no", "    returned: yes"))
    with pytest.raises(CaseError) as caught:
        letter_of(case, language, REQUEST)
    assert [(problem.id, problem.path) for problem in caught.value.problems] == [("gap", "items")]
    assert letter_of(case, language, REQUEST, draft=True).gaps == ("items",)


@pytest.mark.parametrize(
    ("language", "law", "no_access", "copies"),
    [
        ("ru", "или носителе памяти охраняет тайна", "не получать доступ к содержимому", "если копии данных"),
        ("tg", "ё ҳомили иттилоотро махфияти", "ба муҳтавои ашёи гирифташуда дастрасӣ", "агар нусхаҳои маълумот"),
        ("en", "The data on an electronic or storage device are", "not access the contents", "if copies of data were"),
    ],
)
def test_a_storage_device_holds_data_too(language, law, no_access, copies):
    """Where nothing but a storage device was taken, its data are protected as those of a phone are."""
    told = _told(REQUEST, language, *BACK, ("kind: papers", "kind: memory"))
    for words in (law, no_access, copies):
        assert words in told
        assert words not in _told(REQUEST, language, *BACK)


@pytest.mark.parametrize(("language", "words"), [("ru", "Носитель"), ("tg", "Ҳомили"), ("en", "The storage device")])
def test_a_storage_device_is_no_device_that_was_read(language, words):
    """Which of several things was looked through nobody said: a storage device is never named for it."""
    told = _told(MOTION, language, ("kind: phone, make_model: Samsung Galaxy A54", "kind: memory"))
    assert words not in told
    assert {"ru": "Устройство осмотрели", "tg": "Дастгоҳро", "en": "The device was searched"}[language] in told


@pytest.mark.parametrize(
    ("language", "kept_safe"),
    [("ru", "ответственное хранение"), ("tg", "таҳти масъулияти"), ("en", "safe custody")],
)
def test_who_owes_nothing_to_a_closed_case_does_not_offer_safe_custody(language, kept_safe):
    """Once the case is terminated no ground is left, so that there is nothing to produce on demand."""
    assert kept_safe in _told(REQUEST, language)
    assert kept_safe in _told(REQUEST, language, ("  status: open\n", ""))
    assert kept_safe not in _told(REQUEST, language, ("  status: open\n", "  status: terminated\n"))


MADE = {
    "ru": "уничтожить копии данных, снятые без предъявления судебного решения, составив об этом акт",
    "tg": "нусхаҳои маълумотро, ки бе нишон додани қарори суд гирифта шудаанд, бо тартиб додани санад нест кунед",
    "en": "destroy the copies of data made without a court order being shown, drawing up a record of it",
}
IF_MADE = {
    "ru": "если копии данных снимались без такого решения, уничтожить их",
    "tg": "агар нусхаҳои маълумот бе чунин қарор гирифта шуда бошанд, онҳоро",
    "en": "if copies of data were made without such a decision, destroy them",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("copies", "order", "said"),
    [
        ("yes", "no", MADE),
        ("yes", "yes", IF_MADE),
        ("yes", "unknown", IF_MADE),
        ("unknown", "no", IF_MADE),
        ("unknown", "unknown", IF_MADE),
        ("no", "no", None),
    ],
)
def test_copies_are_said_to_be_made_without_an_order_only_where_none_was_shown(copies, order, said, language):
    """Where an order was shown, or nobody knows, the letter asks on a condition and asserts nothing."""
    told = _told(REQUEST, language, ("  copies_made: unknown", f"  copies_made: {copies}\n  court_order: {order}"))
    for words in (MADE[language], IF_MADE[language]):
        assert (words in told) is (said is not None and said[language] == words)


ANSWER = "    result: {ru: ответа нет, tg: ҷавоб надоданд, en: no answer}\n"


@pytest.mark.parametrize(
    ("language", "reply", "said"),
    [
        ("ru", "{kind: refused, at: 2026-05-20}", "14 мая 2026 года, № 101 – отказано 20 мая 2026 года."),
        ("tg", "{kind: refused, at: 2026-05-20}", "14 майи соли 2026, № 101 – 20 майи соли 2026 рад карда шуд."),
        ("en", "{kind: refused, at: 2026-05-20}", "14 May 2026, No. 101 – refused on 20 May 2026."),
        ("ru", "{kind: refused}", "№ 101 – отказано."),
        ("tg", "{kind: refused}", "№ 101 – рад карда шуд."),
        ("en", "{kind: refused}", "No. 101 – refused."),
        ("ru", "{kind: partial}", "№ 101."),
        ("tg", "{}", "№ 101."),
        ("en", "{at: 2026-05-20}", "No. 101."),
    ],
)
def test_a_request_that_was_refused_before_is_told_to_be_refused(language, reply, said):
    """What became of an earlier request is said where the case says it, with its day; no refusal is made up."""
    assert said in _told(REQUEST, language, (ANSWER, f"    reply: {reply}\n"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_became_of_a_request_is_told_once(language):
    """The words of the case for its result stand alone, since they may say the same."""
    told = _told(REQUEST, language, (ANSWER, f"{ANSWER}    reply: {{kind: refused, at: 2026-05-20}}\n"))
    assert told == _told(REQUEST, language)

"""What the statement of rights, the confirmation of a summons and its message say, and what they must not say."""

from dataclasses import dataclass

import pytest
from letters import LETTERS, case_from, letter_of

from generator.document import Heading, Item, plain
from generator.errors import CaseError

LANGUAGES = ("ru", "tg", "en")
STATEMENT, CONFIRMATION, MESSAGE = "rights-assertion", "summons-confirmation", "summons-message"
CALLED = """\
summons:
  said_at: 2026-05-28 17:00
  form: phone
  written: no
  at: 2026-05-29 10:00
  capacity: suspect
proceedings:
"""
RELEASED = "  status_as_told: witness\n  released_at: 2026-05-28 13:00\n"
RELEASED_AND_CALLED = (("  status_as_told: none\n", RELEASED), ("proceedings:\n", CALLED))
SERVED = ("form: phone\n  written: no\n", 'form: written\n  written: yes\n  number: "77"\n')
MESSAGE_BY_ADVOCATE = ("consent:\n", "letters:\n  summons-message:\n    signer: representative\nconsent:\n")


@dataclass(frozen=True, slots=True)
class Told:
    """A letter in one language: its blocks by their ids, and all its words."""

    blocks: dict[str, str]
    words: str


def _told(kind: str, text: str, language: str) -> Told:
    body = letter_of(case_from(text), language, kind, draft=True).letter.body
    words = [
        (getattr(block, "id", ""), plain(block.text).replace("\u00a0", " "))
        for block in body
        if not isinstance(block, Heading) and hasattr(block, "text")
    ]
    return Told(dict(words), " ".join(said for _, said in words))


def _case(kind: str, *changes: tuple[str, str]) -> str:
    text = (LETTERS / kind / "example.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def _signed_by_representative(kind: str) -> tuple[str, str]:
    return f"letters:\n  {kind}:\n", f"letters:\n  {kind}:\n    signer: representative\n"


@pytest.mark.parametrize(
    ("language", "capacity", "status"),
    [
        ("ru", "Меня вызывают в качестве подозреваемой.", "процессуальное положение"),
        ("tg", "Маро ба сифати гумонбаршуда даъват мекунанд.", "Вазъи мурофиавии"),
        ("en", "I am called as a suspect.", "procedural status"),
    ],
)
def test_whoever_was_released_and_called_has_the_status_of_the_call(language, capacity, status):
    """What was said during the detention is not told as what the summons says."""
    told = _told(STATEMENT, _case(STATEMENT, *RELEASED_AND_CALLED), language).blocks["appearance"]
    assert capacity in told
    assert status not in told
    unnamed = _case(STATEMENT, *RELEASED_AND_CALLED, ("  capacity: suspect\n", ""))
    told = _told(STATEMENT, unnamed.replace("status_as_told: witness", "status_as_told: none"), language)
    assert status not in told.blocks["appearance"]
    assert capacity not in told.blocks["appearance"]


@pytest.mark.parametrize(
    ("language", "status"),
    [
        ("ru", "Моё процессуальное положение названо так: свидетель."),
        ("tg", "Вазъи мурофиавии маро чунин номиданд: шоҳид."),
        ("en", "My procedural status was named as that of a witness."),
    ],
)
def test_whoever_is_still_held_has_the_status_told_there(language, status):
    """Who is held is what was said at the detention, whatever an earlier call said."""
    changes = (("status_as_told: none", "status_as_told: witness"), ("proceedings:\n", CALLED))
    told = _told(STATEMENT, _case(STATEMENT, *changes), language).blocks["appearance"]
    assert status in told
    assert told.count("подозреваем") + told.count("гумонбаршуда") + told.count("suspect") == 0


@pytest.mark.parametrize(
    ("language", "detention"),
    [
        ("ru", "28 мая 2026 года около 11:50 меня доставили в отдел внутренних дел и в 13:00 отпустили."),
        (
            "tg",
            "28 майи соли 2026 тахминан соати 11:50 маро ба шуъбаи корҳои дохилӣ оварданд ва соати 13:00 озод карданд.",
        ),
        (
            "en",
            "On 28 May 2026 at about 11:50 I was taken to the department of internal affairs and released at 13:00.",
        ),
    ],
)
def test_a_detention_that_is_over_is_told_too(language, detention):
    """A breach of the rules on detention is pleaded only beside the detention itself."""
    told = _told(STATEMENT, _case(STATEMENT, *RELEASED_AND_CALLED), language).blocks["appearance"]
    assert told.startswith(detention)


@pytest.mark.parametrize(
    ("language", "same_day", "other_day"),
    [
        ("ru", "и в тот же день отпустили.", "и 29 мая 2026 года отпустили."),
        ("tg", "ва ҳамон рӯз озод карданд.", "ва 29 майи соли 2026 озод карданд."),
        ("en", "and released on the same day.", "and released on 29 May 2026."),
    ],
)
def test_a_release_without_a_time_of_day_is_told_by_its_day(language, same_day, other_day):
    """The day of the release is said where its hour is not known."""
    for day, words in (("2026-05-28", same_day), ("2026-05-29", other_day)):
        text = _case(STATEMENT, *RELEASED_AND_CALLED).replace("released_at: 2026-05-28 13:00", f"released_at: {day}")
        assert words in _told(STATEMENT, text, language).blocks["appearance"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "28 мая 2026 года в 11:30 меня задержали и в 13:00 отпустили."),
        ("tg", "28 майи соли 2026 соати 11:30 маро дастгир карданд ва соати 13:00 озод карданд."),
        ("en", "On 28 May 2026 at 11:30 I was detained and released at 13:00."),
    ],
)
def test_a_detention_whose_place_is_not_known_is_told_where_it_is_pleaded(language, words):
    """The detention stands in the letter even if nobody knows where the client was taken."""
    text = _case(STATEMENT, *RELEASED_AND_CALLED)
    where = text[text.index("  delivered_to:") : text.index("  status_as_told")]
    assert _told(STATEMENT, text.replace(where, ""), language).blocks["appearance"].startswith(words)


@pytest.mark.parametrize(
    ("language", "called", "brought"),
    [
        ("ru", "я вызвана", "я доставлена"),
        ("tg", "даъват кардаанд", "овардаанд"),
        ("en", "I was called", "I was brought in"),
    ],
)
def test_nobody_asks_why_a_call_was_made_that_nobody_told_of(language, called, brought):
    """Who was brought in, released and not called asks in what capacity he or she was brought in."""
    text = _case(STATEMENT, ("  status_as_told: none\n", RELEASED))
    asked = _told(STATEMENT, text, language).blocks["status"]
    assert brought in asked
    assert called not in asked
    assert called in _told(STATEMENT, _case(STATEMENT, *RELEASED_AND_CALLED), language).blocks["status"]


@pytest.mark.parametrize(
    ("language", "device", "lawyer", "questions"),
    [
        (
            "ru",
            "Содержимое устройства просматривали без моего согласия и без предъявления судебного решения.",
            "Просьбу допустить адвоката отклонили.",
            "Мне задавали вопросы о личной жизни; согласия отвечать на них я не давала.",
        ),
        (
            "tg",
            "Муҳтавои дастгоҳро бе розигии ман ва бе нишон додани қарори суд аз назар гузарониданд.",
            "Хоҳиши роҳ додани адвокатро рад карданд.",
            "Ба ман дар бораи ҳаёти шахсӣ савол доданд; барои ҷавоб додан ба ин саволҳо ман розигӣ надодаам.",
        ),
        (
            "en",
            "The contents of the device were looked through without my consent and without a court order being shown.",
            "The request to admit a lawyer was refused.",
            "I was asked questions about my private life; I did not agree to answer them.",
        ),
    ],
)
def test_a_breach_stands_beside_what_was_done(language, device, lawyer, questions):
    """That a device was read, a lawyer refused, private questions put, is told where it is pleaded, and only there."""
    more = "  rights_explained: no\n  counsel_requested: yes\n  counsel_admitted: no\n"
    asked = "questioning:\n  private: yes\n  consent: no\nproceedings:\n"
    full = _case(STATEMENT, ("  rights_explained: no\n", more), ("proceedings:\n", asked))
    told = _told(STATEMENT, full, language).blocks["breaches"]
    assert all(words in told for words in (device, lawyer, questions))
    allowed = full.replace("court_order: no", "court_order: yes").replace("admitted: no", "admitted: yes")
    told = _told(STATEMENT, allowed.replace("yes\n  consent: no\nproceed", "no\nproceed"), language).blocks["breaches"]
    assert not any(words in told for words in (device, lawyer, questions))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "Я вызвана по телефону на 10:00 29 мая 2026 года; повестка не вручалась."),
        ("tg", "Маро тавассути телефон барои 29 майи соли 2026 соати 10:00 даъват карданд; даъватнома насупурданд."),
        ("en", "I was called by telephone for 10:00 on 29 May 2026; no written summons was served."),
    ],
)
def test_a_call_that_is_pleaded_is_told(language, words):
    """A summons that was not in writing is pleaded beside the call, for someone still held as well."""
    assert words in _told(STATEMENT, _case(STATEMENT, ("proceedings:\n", CALLED)), language).blocks["appearance"]


@pytest.mark.parametrize(
    ("language", "client", "representative"),
    [
        ("ru", "предусмотренного законом, не разрешаю (", "предусмотренного законом, она не разрешает ("),
        ("tg", "қонун иҷозат намедиҳам (", "қонун ӯ иҷозат намедиҳад ("),
        (
            "en",
            "I do not permit access to the contents of my",
            "My client does not permit access to the contents of her",
        ),
    ],
)
def test_the_client_refuses_access_to_the_devices_not_the_representative(language, client, representative):
    """The right is the client's, whoever signs."""
    assert client in _told(STATEMENT, _case(STATEMENT), language).blocks["devices"]
    signed = _case(STATEMENT, _signed_by_representative(STATEMENT))
    told = _told(STATEMENT, signed, language).blocks["devices"]
    assert representative in told
    assert client not in told


@pytest.mark.parametrize(
    ("language", "advocate", "legal", "of_client"),
    [
        (
            "ru",
            "допустить меня, адвоката Назарову Малику Каримовну, и до",
            "допустить меня, законного представителя Назарову Малику Каримовну, и до",
            "допустить законного представителя Назарову Малику Каримовну и до",
        ),
        (
            "tg",
            "ман, адвокат Назарова Малика Каримовна, иштирок намоям",
            "ман, намояндаи қонунӣ Назарова Малика Каримовна, иштирок намоям",
            "намояндаи қонунӣ Назарова Малика Каримовна иштирок намояд",
        ),
        (
            "en",
            "admit me, advocate Malika Karimovna Nazarova, and",
            "admit me, the legal representative Malika Karimovna Nazarova, and",
            "admit the legal representative Malika Karimovna Nazarova and",
        ),
    ],
)
def test_the_signer_asks_to_be_admitted_in_the_first_person(language, advocate, legal, of_client):
    """An advocate and a legal representative ask for themselves, between commas."""
    signed = _case(STATEMENT, _signed_by_representative(STATEMENT))
    other = ("kind: advocate", "kind: legal_representative")
    assert advocate in _told(STATEMENT, signed, language).blocks["admit-counsel"]
    assert legal in _told(STATEMENT, signed.replace(*other), language).blocks["admit-counsel"]
    assert of_client in _told(STATEMENT, _case(STATEMENT, other), language).blocks["admit-counsel"]


@pytest.mark.parametrize(
    ("language", "legal", "interpreter"),
    [
        ("ru", "законного представителя", "переводчика, владеющего языком, который моя доверительница знает"),
        ("tg", "намояндаи қонунӣ", "тарҷумон ба забоне, ки медонад"),
        ("en", "legal representative", "an interpreter into a language that my client speaks"),
    ],
)
def test_a_legal_representative_does_not_ask_for_a_legal_representative(language, legal, interpreter):
    """For a minor an advocate asks that the legal representative take part; the legal representative is there."""
    minor = _case(STATEMENT, _signed_by_representative(STATEMENT), ("minor: no", "minor: yes"))
    assert legal in _told(STATEMENT, minor, language).blocks["interpreter"]
    asked = _told(STATEMENT, minor.replace("kind: advocate", "kind: legal_representative"), language)
    assert legal not in asked.blocks["interpreter"]
    assert interpreter in asked.blocks["interpreter"]


@pytest.mark.parametrize(
    ("language", "served", "not_served"),
    [
        ("ru", "мне вручили повестку № 77, по которой следует явиться 29 мая", "Повестка не вручалась."),
        ("tg", "ба ман даъватномаи № 77 супурданд, ки тибқи он бояд 29 майи", "Даъватнома насупурданд."),
        ("en", "I was served with summons No. 77 to appear on 29 May", "No written summons was served."),
    ],
)
def test_a_summons_that_was_served_is_told_and_not_asked_for(language, served, not_served):
    """Who has the summons does not ask for one, and who has none is not said to have it."""
    told = _told(CONFIRMATION, _case(CONFIRMATION, SERVED), language)
    assert served in told.blocks["call"]
    assert "written-summons" not in told.blocks
    without = _told(CONFIRMATION, _case(CONFIRMATION, ("form: phone", "form: written")), language)
    assert not_served in without.blocks["call"]
    assert served.split("77")[0] not in without.blocks["call"]
    assert "written-summons" in without.blocks


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "Повестка № 77 вручена."), ("tg", "Даъватномаи № 77 супурданд."), ("en", "Summons No. 77 was served.")],
)
def test_a_summons_that_followed_a_call_is_told(language, words):
    """Who was called by telephone and then served with a summons says both."""
    told = _told(CONFIRMATION, _case(CONFIRMATION, ("written: no", 'written: yes\n  number: "77"')), language)
    assert words in told.blocks["call"]
    assert "written-summons" not in told.blocks


@pytest.mark.parametrize(
    ("language", "witness", "suspect", "asked"),
    [
        ("ru", "Меня вызывают в качестве свидетеля.", "Меня вызывают в качестве подозреваемой.", "в каком качестве"),
        ("tg", "Маро ба сифати шоҳид даъват", "Маро ба сифати гумонбаршуда даъват", "ба кадом сифат"),
        ("en", "I am called as a witness.", "I am called as a suspect.", "in what capacity"),
    ],
)
def test_a_capacity_that_was_named_is_told_and_not_asked_for(language, witness, suspect, asked):
    """The letter asks in what capacity the client is called only where that was not said."""
    for capacity, words in (("witness", witness), ("suspect", suspect)):
        changed = ("capacity: none", f"capacity: {capacity}")
        told = _told(CONFIRMATION, _case(CONFIRMATION, changed), language)
        assert words in told.blocks["call"]
        assert asked not in told.blocks["capacity"]
    for capacity in ("none", "other", "unknown"):
        changed = ("capacity: none", f"capacity: {capacity}")
        assert asked in _told(CONFIRMATION, _case(CONFIRMATION, changed), language).blocks["capacity"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", " (подтверждение прилагается)"),
        ("tg", " (ҳуҷҷати тасдиқкунанда замима мегардад)"),
        ("en", " (proof is enclosed)"),
    ],
)
def test_proof_is_enclosed_only_where_a_paper_is(language, words):
    """An advocate's order proves no reason: the letter announces proof only where another paper goes with it."""
    assert words in _told(CONFIRMATION, _case(CONFIRMATION), language).blocks["answer"]
    without = _case(CONFIRMATION, ("annexes: [order, appointment]", "annexes: [order]"))
    assert words not in _told(CONFIRMATION, without, language).blocks["answer"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "моя доверительница придёт в названное время со мной, но я буду считать вызов"),
        ("tg", "муваккилам дар вақти гуфташуда ҳамроҳи ман ҳозир мешавад, вале ман даъватро"),
        ("en", "my client will come at the stated time with me, but I will treat the call"),
    ],
)
def test_the_representative_treats_the_call_as_informal_not_the_client(language, words):
    """Where the client comes and the representative judges, each has a word of its own."""
    signed = _case(CONFIRMATION, _signed_by_representative(CONFIRMATION), ("attends: no", "attends: yes"))
    assert words in _told(CONFIRMATION, signed, language).blocks["fallback"]


@pytest.mark.parametrize(
    ("language", "alone", "together"),
    [
        ("ru", "осмотр имущества с моим участием.", "осмотр имущества с участием моего представителя."),
        ("tg", "амволро бо иштироки ман таъмин", "амволро бо иштироки намояндаи ман таъмин"),
        ("en", "inspected in my presence.", "inspected in the presence of my representative."),
    ],
)
def test_a_client_without_a_representative_wants_to_be_there(language, alone, together):
    """The property is inspected in the presence of somebody from the client's side."""
    text = _case(CONFIRMATION)
    assert together in _told(CONFIRMATION, text, language).blocks["property"]
    acting = text[text.index("representatives:") : text.index("officials:")]
    assert alone in _told(CONFIRMATION, text.replace(acting, ""), language).blocks["property"]


@pytest.mark.parametrize(
    ("language", "timed", "day", "none"),
    [
        ("ru", "ПРОШУ до 09:00 29 мая 2026 года:", "ПРОШУ до 29 мая 2026 года:", "ПРОШУ:"),
        ("tg", ", ки то соати 09:00-и рӯзи 29 майи соли 2026:", ", ки то рӯзи 29 майи соли 2026:", "хоҳиш мекунам:"),
        (
            "en",
            "I request that by 09:00 on 29 May 2026 you:",
            "I request that by 29 May 2026 you:",
            "I REQUEST THAT YOU:",
        ),
    ],
)
def test_the_heading_of_requests_says_by_when(language, timed, day, none):
    """The day and hour of the confirmation stand in the heading as in a sentence; an hour nobody gave is no gap."""
    by = "confirm_by: 2026-05-29 09:00"
    for new, words in ((by, timed), ("confirm_by: 2026-05-29", day), ("confirm_by: unknown", none)):
        letter = letter_of(case_from(_case(CONFIRMATION, (by, new))), language, CONFIRMATION).letter
        headings = [plain(block.text).replace("\u00a0", " ") for block in letter.body if isinstance(block, Heading)]
        assert any(heading.endswith(words) for heading in headings), headings


@pytest.mark.parametrize("language", LANGUAGES)
def test_requests_stay_numbered_without_the_summons(language):
    """A request that falls away leaves no hole in the numbers."""
    made = letter_of(case_from(_case(CONFIRMATION, SERVED)), language, CONFIRMATION, draft=True)
    numbers = [block.label for block in made.letter.body if isinstance(block, Item) and block.label.endswith(")")]
    assert numbers == [f"{number})" for number in range(1, 6)]


@pytest.mark.parametrize(
    ("language", "advocate", "legal"),
    [
        (
            "ru",
            "Это М. К. Назарова, адвокат Саидовой Зарины Далеровны.",
            "Это М. К. Назарова, законный представитель Саидовой Зарины Далеровны.",
        ),
        (
            "tg",
            "Ман М. К. Назарова, адвокати Саидова Зарина Далеровна.",
            "Ман М. К. Назарова, намояндаи қонунии Саидова Зарина Далеровна.",
        ),
        (
            "en",
            "This is Malika Karimovna Nazarova, advocate for Zarina Dalerovna Saidova.",
            "This is Malika Karimovna Nazarova, legal representative of Zarina Dalerovna Saidova.",
        ),
    ],
)
def test_a_message_of_the_representative_says_whom_it_concerns(language, advocate, legal):
    """Who reads the message must know who was called."""
    text = _case(MESSAGE, MESSAGE_BY_ADVOCATE)
    assert advocate in _told(MESSAGE, text, language).words
    assert legal in _told(MESSAGE, text.replace("kind: advocate", "kind: legal_representative"), language).words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_names_nobody_against_the_consent(language):
    """A client who does not agree to be named is not named by the representative's message either."""
    text = _case(MESSAGE, MESSAGE_BY_ADVOCATE) + "  name: no\n"
    with pytest.raises(CaseError) as refused:
        letter_of(case_from(text), language, MESSAGE)
    assert [problem.id for problem in refused.value.problems] == ["consent-not-to-name"]


@pytest.mark.parametrize(
    ("language", "served", "asked"),
    [
        ("ru", "мне вручили повестку № 77, по которой нужно прийти 29 мая", "прислать повестку"),
        ("tg", "ба ман даъватномаи № 77 супурданд, ки тибқи он бояд 29 майи", "даъватнома фиристед"),
        ("en", "I was served with summons No. 77 to come on 29 May", "send a written summons"),
    ],
)
def test_a_message_tells_of_a_summons_that_was_served(language, served, asked):
    """The message does not ask for the summons that was served."""
    told = _told(MESSAGE, _case(MESSAGE, ("form: phone", 'form: written\n  number: "77"')), language).words
    assert served in told
    assert asked not in told
    assert asked in _told(MESSAGE, _case(MESSAGE), language).words


def test_a_message_through_the_workplace_is_passed_on_in_good_russian():
    """One passes on that somebody is to come; one does not pass on to come."""
    told = _told(MESSAGE, _case(MESSAGE, ("form: phone", "form: via_employer")), "ru").words
    assert "через место работы передали, что нужно прийти 29 мая" in told

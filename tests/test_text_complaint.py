"""The complaint says what the facts carry, all of it, and asks for no more."""

import pytest
from letters import case_from, example, letter_of

from generator.document import Item, plain

LAWFUL = """  reason_stated: yes
  rights_explained: yes
  relatives_told: yes
  free_to_leave: yes
"""
CALLED = "\nsummons: {said_at: 2026-05-12 14:00, form: phone, written: no, at: 2026-05-15 10:00}\n"
TAKEN = "\nseizure: {occurred: yes, court_order: no, protocol: yes}\n"
READ = "\ndevice_access: {occurred: yes, consent: no, court_order: no}\n"
PHONE = "\nitems: [{kind: phone, returned: no}]\n"


def _text(text: str, language: str = "ru") -> str:
    """Return what a complaint says from its subject on."""
    letter = letter_of(case_from(text), language, draft=True).letter
    said = [plain(letter.subject), *(plain(block.text) for block in letter.body if isinstance(block, Item))]
    return " | ".join(said).replace("\u00a0", " ")


def _minimal(detention: str = "", more: str = "", *, protocol: str = "yes") -> str:
    text = example("minimal.yaml").replace("  protocol: no\n", f"  protocol: {protocol}\n{detention}")
    return f"{text}{more}"


PLEADED = [
    (
        CALLED,
        "ru",
        "на незаконные действия должностных лиц",
        "признать незаконными действия, изложенные в настоящей жалобе",
    ),
    (
        CALLED,
        "tg",
        "оид ба амалҳои ғайриқонунии шахсони мансабдор",
        "амалҳоеро, ки дар шикояти мазкур баён шудаанд, ғайриқонунӣ эътироф намоед",
    ),
    (
        CALLED,
        "en",
        "of unlawful acts of officials",
        "find the acts set out in this complaint unlawful",
    ),
    (
        TAKEN,
        "ru",
        "на незаконное изъятие мобильного телефона",
        "признать незаконным изъятие мобильного телефона",
    ),
    (
        TAKEN,
        "tg",
        "оид ба гирифтани ғайриқонунии телефони мобилӣ",
        "гирифтани телефони мобилиро ғайриқонунӣ эътироф намоед",
    ),
    (
        TAKEN,
        "en",
        "of the unlawful seizure of a mobile phone",
        "find the seizure of the mobile phone unlawful",
    ),
    (
        READ,
        "ru",
        "на незаконный осмотр мобильного телефона",
        "признать незаконным осмотр мобильного телефона",
    ),
    (
        READ,
        "tg",
        "оид ба аз назар гузаронидани ғайриқонунии телефони мобилӣ",
        "аз назар гузаронидани телефони мобилиро ғайриқонунӣ эътироф намоед",
    ),
    (
        READ,
        "en",
        "of the unlawful search of a mobile phone",
        "find the search of the mobile phone unlawful",
    ),
    (
        TAKEN + READ,
        "ru",
        "на незаконное изъятие и осмотр мобильного телефона",
        "признать незаконными изъятие и осмотр мобильного телефона",
    ),
    (
        TAKEN + READ,
        "tg",
        "оид ба гирифтан ва аз назар гузаронидани ғайриқонунии телефони мобилӣ",
        "гирифтан ва аз назар гузаронидани телефони мобилиро ғайриқонунӣ эътироф намоед",
    ),
    (
        TAKEN + READ,
        "en",
        "of the unlawful seizure and search of a mobile phone",
        "find the seizure and search of the mobile phone unlawful",
    ),
]


@pytest.mark.parametrize(("more", "language", "subject", "request_"), PLEADED)
def test_only_what_is_pleaded_is_called_unlawful(more, language, subject, request_):
    """A detention, a seizure or a search in which the facts show no breach is told, and not complained of."""
    told = _text(_minimal(LAWFUL, f"{more}{PHONE}"), language)
    assert told.startswith(f"{subject} |")
    assert request_ in told
    assert not any(word in told for word in ("право на свободу", "ба озодӣ", "right to liberty"))


def test_what_was_shown_and_agreed_to_is_not_complained_of():
    """Only the breach that the facts show is pleaded, although things were taken and read."""
    lawful = "\nseizure: {occurred: yes, court_order: yes, protocol: yes}\n"
    read = "\ndevice_access: {occurred: yes, consent: yes, court_order: yes}\n"
    told = _text(_minimal("  relatives_told: no\n", lawful + read + PHONE))
    assert told.startswith("на незаконное задержание |")
    assert "признать незаконным задержание; |" in told
    assert "изложенные в п. 3, показывают" in told  # only the paragraph with the breach is referred to


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
def test_no_more_is_said_of_a_decision_than_was_asked(language):
    """The fact is about a court order: an investigator may have shown a decision of his own."""
    told = _text(example("rustam.yaml"), language)
    words = {
        "ru": ("Судебного решения об изъятии", "Судебного решения, разрешающего"),
        "tg": ("Қарори суд дар бораи", "Қарори судро, ки"),
        "en": ("No court order for the seizure", "No court order authorising"),
    }
    assert all(word in told for word in words[language])
    assert not any(word in told for word in ("| Решени", " Решения", "Қарореро", "No decision"))


def test_a_day_without_an_hour_is_told():
    """Else what happened on another day would be read as of the day of the detention."""
    text = (
        _minimal(protocol="no")
        .replace("2026-05-04 09:50", "2026-05-05")
        .replace("2026-05-04 14:45", "2026-05-06 14:45")
    )
    told = _text(f"{text}{TAKEN.replace('occurred', 'at: 2026-05-06, occurred')}{PHONE}")
    assert "Меня доставили в отдел внутренних дел 5 мая 2026 года." in told
    assert "6 мая 2026 года у меня забрали мобильный телефон." in told


def test_a_call_is_told_with_its_day_and_without_its_manner():
    """A call on a later day than the release says so; one of which the manner is unknown is told all the same."""
    assert "от меня потребовали 12 мая 2026 года по телефону; повестка" in _text(_minimal(protocol="no", more=CALLED))
    told = _text(_minimal(protocol="no", more=CALLED.replace("form: phone, ", "")))
    assert "Явиться 15 мая 2026 года в 10:00 от меня потребовали 12 мая 2026 года; повестка не вручалась." in told


def test_officers_known_by_name_are_not_all_put_at_the_arrest():
    """Who called later took part in the events, and did not come up to the client."""
    officer = "\nofficials: [{surname: Каримов, given_name: Далер, role: officer}]\n"
    told = _text(_minimal("  officers: 1\n", officer, protocol="no"))
    first = told.split(" | ")[1]
    assert "подошёл человек" in first
    assert "Каримов" not in first
    assert "Известно имя сотрудника, участвовавшего в изложенных событиях: Каримов Далер." in told


def test_which_of_several_devices_was_read_is_not_guessed():
    """The case says no more than that a device was read."""
    told = _text(_minimal(protocol="no", more=f"{READ}\nitems: [{{kind: phone}}, {{kind: computer}}]\n"))
    assert "Содержимое устройства просматривали." in told
    assert "осмотр устройства" in told


def test_the_number_of_officers_is_not_invented():
    """Of people whose number nobody knows neither one nor several are told."""
    body = "  officers_of: {name: {ru: {nom: милиция, gen: милиции}, tg: милитсия, en: the police}}\n"
    told = {language: _text(_minimal(body, protocol="no"), language) for language in ("ru", "tg", "en")}
    assert "в 09:30 меня фактически задержали, назвавшись сотрудниками милиции." in told["ru"]
    assert "маро амалан дастгир карда, худро кормандони милитсия муаррифӣ карданд." in told["tg"]
    assert "I was in fact detained by a person or persons who claimed to be from the police." in told["en"]


def test_facts_that_serve_the_defence_are_not_lost():
    """The period of the recordings, the status that was named, a lawyer who was not there, a refusal."""
    text = example("rustam.yaml").replace(
        "  prosecutor-complaint:\n",
        "  prosecutor-complaint:\n    evidence_period: {ru: с 11:00 до 19:00 10 марта 2026 года}\n",
    )
    text = text.replace("status_as_told: none", "status_as_told: witness")
    text = text.replace("questioning:\n", "questioning:\n  counsel_present: no\n")
    told = _text(text)
    assert "за период с 11:00 до 19:00 10 марта 2026 года; журналы" in told
    assert "Моё процессуальное положение названо так: свидетель." in told
    assert "Защитника при этом не было." in told
    reply = "reply: {kind: refused, at: 2026-05-22}"
    filed = f"\nsubmissions: [{{what: подано заявление, at: 2026-05-20, number: '55', {reply}}}]\n"
    assert "20 мая 2026 года, № 55 – подано заявление, отказано 22 мая 2026 года." in _text(
        _minimal(protocol="no", more=filed)
    )


def test_eyewitnesses_are_protected_only_where_there_are_some():
    """A request for people of whom the letter says nothing is a question for the prosecutor."""
    told = _text(_minimal(protocol="no", more="\nprotection_requested: yes\n"))
    assert "давление на меня и моих близких" in told
    assert "очевидц" not in told


def test_words_of_numbers_stand_in_their_case():
    """A length of time is told in the accusative; a thing of unknown gender stands in a list, in the nominative."""
    text = _minimal(protocol="no").replace("2026-05-04 14:45", "2026-05-04 12:31")
    assert "я удерживалась 3 часа 1 минуту:" in _text(text)
    bag = "\nitems: [{kind: other, description: {ru: сумка чёрная}}, {kind: money, value: 1200 TJS}]\n"
    assert "забрали следующее: сумка чёрная; деньги, 1 200 сомони." in _text(_minimal(protocol="no", more=TAKEN + bag))
    assert "забрали следующее: сумка чёрная." in _text(
        _minimal(protocol="no", more=f"{TAKEN}\nitems: [{{kind: other, description: {{ru: сумка чёрная}}}}]\n")
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "от законного представителя"), ("tg", "намояндаи қонунӣ"), ("en", "legal representative")],
)
def test_a_legal_representative_says_in_what_capacity(language, words):
    """Who signs for a child must say by what right."""
    text = example("rustam.yaml").replace("kind: advocate", "kind: legal_representative")
    text = text.replace("signer: client", "signer: representative")
    letter = letter_of(case_from(text), language, draft=True).letter
    assert words in " ".join(plain(line) for group in letter.corner for line in group).replace("\u00a0", " ")

"""Letters on a reply that is owed, a lawyer's request and the covering list say no more than the facts carry."""

import re

import pytest
from letters import AS_OF, FOLDERS, KINDS, LANGUAGES, LAW, LETTERS, case_from, letter_of

from generator.assembly import Order, assemble
from generator.case.model import Case
from generator.document import Letter, plain
from generator.errors import CaseError
from generator.letters.enclosures import Enclosure
from generator.letters.recipient import Recipient
from generator.render.txt import render_txt

KINDS_OF_REPLY = ("inaction-complaint", "reply-reminder")
EXPIRED = {"ru": "Срок ответа ист", "tg": "Муҳлати ҷавоб", "en": "The time for the reply"}
DELAY = {"ru": "просрочка", "tg": "пас аз он", "en": "the delay is"}
BODY = "{name: {ru: {nom: городская прокуратура}, tg: прокуратураи шаҳр, en: the city prosecutor’s office}}"
QUESTION = "{ru: где телефон, tg: телефон дар куҷост, en: where the phone is}"
TWO = f"[{QUESTION}, {{ru: кто его взял, tg: онро кӣ гирифт, en: who took it}}]"
ONE_DAY = "{since: 2026-05-04 10:00, until: 2026-05-04 18:10}"
TWO_DAYS = "{since: ~2026-05-04 22:00, until: 2026-05-05 06:00}"


def _about(kind: str, group: str, after: str, facts: str, settings: str = "") -> Case:
    """Return the example of a letter, about one other submission or inquiry, with settings of its own."""
    text = (LETTERS / kind / "example.yaml").read_text("utf-8")
    text = re.sub(rf"(?s)\n{group}:\n.*?\n{after}:", lambda _: f"\n{group}:\n  - {facts}\n{after}:", text, count=1)
    return case_from(re.sub(r"(?s)\nletters:\n.*?\nconsent:", f"\nletters:\n  {kind}: {{{settings}}}\nconsent:", text))


def _filed(kind: str, facts: str, day: str = "2026-06-05", annexes: str = "") -> Case:
    """Return a case of one complaint filed on 6 May 2026, of which some facts more are told."""
    filed = f"{{kind: complaint, to: {{authority: tj.prosecutor.dushanbe}}, at: 2026-05-06, {facts}}}"
    return _about(kind, "submissions", "evidence", filed, f"date: {day}, annexes: [{annexes}]")


def _asked(preset: str, facts: str, annexes: str = "order") -> Case:
    """Return a case of one inquiry about 4 May 2026."""
    to = "{name: {ru: {nom: отдел, gen: отдела}, tg: шуъба, en: the department}}"
    own = f"preset: {preset}, to: {to}, at: 2026-05-04, facts: [{{ru: время, tg: вақт, en: the time}}]"
    asked = f"{{{own}, names_client: yes, {facts.strip('{}')}}}"
    return _about("lawyers-request", "inquiries", "evidence", asked, f"annexes: [{annexes}]")


def _text(letter: Letter) -> str:
    return " ".join(render_txt(letter).decode().replace("\u00a0", " ").split())


def _said(case: Case, kind: str, language: str, *, draft: bool = False) -> str:
    return _text(letter_of(case, language, kind, draft=draft).letter)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS_OF_REPLY)
def test_a_reply_in_time_leaves_no_limit_that_ran_out(kind, language):
    """Who answered on 15 May what was due on 20 May is told of no delay."""
    case = _filed(kind, "due: 2026-05-20, reply: {at: 2026-05-15, kind: partial}")
    said = _said(case, kind, language)
    assert EXPIRED[language] not in said
    assert DELAY[language] not in said


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ru", "Срок ответа истёк 20 мая 2026 года; ответ от 25 мая 2026 года опоздал на 5 дней."),
        ("tg", "Муҳлати ҷавоб 20 майи соли 2026 ба охир расид; ҷавоб 25 майи соли 2026 бо таъхири 5 рӯз дода шуд."),
        ("en", "The time for the reply ended on 20 May 2026; the reply of 25 May 2026 was 5 days late."),
    ],
)
@pytest.mark.parametrize("kind", KINDS_OF_REPLY)
def test_a_late_reply_is_late_by_the_days_until_it_came(kind, language, expected):
    """The delay ends with the reply, not with the letter."""
    said = _said(_filed(kind, "due: 2026-05-20, reply: {at: 2026-05-25, kind: partial}"), kind, language)
    assert expected in said
    assert DELAY[language] not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reply_without_a_date_is_not_called_silence(language):
    """A reply of which only the kind is known has come all the same."""
    for kind in KINDS_OF_REPLY:
        said = _said(_filed(kind, "due: 2026-05-20, reply: {kind: partial}"), kind, language, draft=True)
        for words in ("не поступил", "Отсутствие ответа", "нарасидааст", "Набудани", "o reply has come", "lack of a"):
            assert words not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS_OF_REPLY)
def test_no_reply_as_the_kind_of_reply_is_no_reply(kind, language):
    """`none` says that nobody answered, as if nothing were told of a reply."""
    facts = "due: 2026-05-20, extension_told: no"
    silent = _said(_filed(kind, facts), kind, language)
    assert EXPIRED[language] in silent
    assert _said(_filed(kind, f"{facts}, reply: {{kind: none}}"), kind, language) == silent


@pytest.mark.parametrize(
    ("language", "late", "passed_on"),
    [
        (
            "ru",
            "письмо о пересылке от 22 мая 2026 года опоздало на 2 дня.",
            "Обращение переслано: городская прокуратура.",
        ),
        (
            "tg",
            "мактуби 22 майи соли 2026 дар бораи фиристодани муроҷиат бо таъхири 2 рӯз дода шуд.",
            "Муроҷиат ба мақомоти дигар фиристода шудааст: прокуратураи шаҳр.",
        ),
        (
            "en",
            "the letter of forwarding of 22 May 2026 was 2 days late.",
            "The submission was forwarded to the city prosecutor’s office.",
        ),
    ],
)
@pytest.mark.parametrize("kind", KINDS_OF_REPLY)
def test_a_submission_passed_on_is_said_to_be(kind, language, late, passed_on):
    """Also where it went to another body than the one complained of, in time or late."""
    facts = f"due: 2026-05-20, reply: {{at: 2026-05-22, kind: forwarded, forwarded_to: {BODY}}}"
    said = _said(_filed(kind, facts), kind, language)
    assert late in said
    assert passed_on in said
    assert DELAY[language] not in said
    in_time = _said(_filed(kind, facts.replace("-22", "-12")), kind, language)
    assert passed_on in in_time
    assert EXPIRED[language] not in in_time


@pytest.mark.parametrize(
    ("language", "known", "unknown", "unheard"),
    [
        (
            "ru",
            "3) назвать дату и номер пересылки.",
            "3) назвать орган, дату и номер пересылки.",
            "3) если обращение переслано, назвать орган, дату и номер пересылки.",
        ),
        (
            "tg",
            "3) сана ва рақами фиристоданро нишон диҳед.",
            "3) номи ин мақомот, сана ва рақами фиристоданро нишон диҳед.",
            "3) агар муроҷиат ба мақомоти дигар фиристода шуда бошад, номи ин мақомот, сана ва",
        ),
        (
            "en",
            "3) name the date and number of the forwarding.",
            "3) name the body, date and number of the forwarding.",
            "3) if the submission was forwarded, name the body, date and number.",
        ),
    ],
)
def test_a_reminder_asks_nothing_that_the_reply_said(language, known, unknown, unheard):
    """Whether and where a submission went is asked only where the reply does not say it."""
    for reply, expected in (
        (f"{{at: 2026-05-12, kind: forwarded, forwarded_to: {BODY}}}", known),
        ("{at: 2026-05-12, kind: forwarded}", unknown),
        ("{}", unheard),
    ):
        assert expected in _said(_filed("reply-reminder", f"reply: {reply}"), "reply-reminder", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", ["2026-05-28", "2026-06-20"])
@pytest.mark.parametrize("kind", KINDS_OF_REPLY)
def test_no_final_letter_says_that_a_limit_ran_out_before_it_did(kind, day, language):
    """A letter of the last day, or of one before it, is refused; a draft says that the limit ends, not ended."""
    case = _filed(kind, "due: 2026-06-20", day)
    with pytest.raises(CaseError) as caught:
        letter_of(case, language, kind)
    assert [problem.path for problem in caught.value.problems] == ["submissions[1].due"]
    said = _said(case, kind, language, draft=True)
    assert {"ru": "истекает 20", "tg": "ба охир мерасад", "en": "ends on 20"}[language] in said
    assert {"ru": "истёк", "tg": "ба охир расид", "en": "ended"}[language] not in said
    letter_of(_filed(kind, "due: 2026-06-20", "2026-06-21"), language, kind)


def test_a_reminder_before_the_last_day_is_refused_also_after_a_reply():
    """A body that answered in part may still answer the rest in time."""
    with pytest.raises(CaseError):
        letter_of(
            _filed("reply-reminder", "due: 2026-06-20, reply: {at: 2026-05-15, kind: partial}"), "ru", "reply-reminder"
        )


@pytest.mark.parametrize(
    ("language", "told", "decided"),
    [
        ("ru", "О продлении срока сообщили", " (решение от 19 мая 2026 года)."),
        ("tg", "Дар бораи дароз кардани муҳлат хабар доданд", " (қарор аз 19 майи соли 2026)."),
        ("en", "Notice of an extension was given", " (decision of 19 May 2026)."),
    ],
)
@pytest.mark.parametrize("kind", KINDS_OF_REPLY)
@pytest.mark.parametrize("reply", ["", ", reply: {at: 2026-05-25, kind: partial}"])
def test_an_extension_is_told_and_no_delay_counted_from_the_old_day(reply, kind, language, told, decided):
    """`extended_at` is the day of the decision, so the letter calls it that; which day then counts nobody said."""
    for more, expected in (("", f"{told}."), (", extended_at: 2026-05-19", told + decided)):
        said = _said(_filed(kind, f"due: 2026-05-20, extension_told: yes{more}{reply}"), kind, language)
        assert expected in said
        assert EXPIRED[language] not in said
        assert DELAY[language] not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("facts", "delayed"),
    [
        ("due: 2026-05-20", True),
        ("due: 2026-05-20, reply: {at: 2026-05-25, kind: partial}", True),
        ("due: 2026-05-20, reply: {at: 2026-05-15, kind: partial}", False),
        ("due: 2026-05-20, reply: {at: 2026-05-22, kind: forwarded}", False),
        ("due: 2026-05-20, extension_told: yes", False),
        ("due: 2026-05-20, extended_at: 2026-05-19", False),
        ("extension_told: no", False),
        ("reply: {at: 2026-05-22, kind: forwarded, to_body_complained_of: yes}", False),
    ],
)
def test_officials_are_blamed_for_a_delay_only_where_the_letter_states_one(language, facts, delayed):
    """Else they are said to have broken the procedure."""
    said = _said(_filed("inaction-complaint", facts), "inaction-complaint", language)
    late = {"ru": "допустивших волокиту", "tg": "ба кашолкорӣ роҳ додаанд", "en": "responsible for the delay"}
    wrong = {
        "ru": "должностных лиц, нарушивших порядок рассмотрения обращения;",
        "tg": "шахсони мансабдореро, ки тартиби баррасии муроҷиатро вайрон кардаанд, ҳал намоед;",
        "en": "of the officials who broke the procedure for considering submissions;",
    }
    assert (late[language] in said, wrong[language] in said) == (delayed, not delayed)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ru", "Обращение остаётся без ответа {}."),
        ("tg", "Муроҷиат {} боз бе ҷавоб мондааст."),
        ("en", "The submission has been without a reply for {}."),
    ],
)
def test_the_days_of_silence_agree_with_their_number(language, expected):
    """One day, 21 days and 30 days stand in a sentence that fits each of them."""
    words = {"ru": ("1 день", "21 день", "30 дней"), "tg": ("1 рӯз", "21 рӯз", "30 рӯз")}
    for day, number in zip(
        ("2026-05-07", "2026-05-27", "2026-06-05"), words.get(language, ("1 day", "21 days", "30 days")), strict=True
    ):
        case = _filed("inaction-complaint", "channel: post", day)
        assert expected.format(number) in _said(case, "inaction-complaint", language)


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("ru", "Без ответа остался вопрос: где телефон.", "Без ответа остались вопросы: где телефон; кто"),
        ("tg", "Саволи зерин бе ҷавоб мондааст: телефон", "Саволҳои зерин бе ҷавоб мондаанд: телефон дар куҷост; онро"),
        ("en", "The following remains unanswered: where", "The following remain unanswered: where the phone is; who"),
    ],
)
@pytest.mark.parametrize("kind", KINDS_OF_REPLY)
def test_one_question_is_one_and_two_are_more(kind, language, one, many):
    """The verb agrees with how many questions were left."""
    for questions, expected in ((f"[{QUESTION}]", one), (TWO, many)):
        facts = f"reply: {{at: 2026-05-15, kind: partial, unanswered: {questions}}}"
        assert expected in _said(_filed(kind, facts), kind, language)


def test_a_reminder_in_tajik_speaks_of_arguments_not_of_evidence():
    """«Далел» is evidence; the submission sets out reasons."""
    said = _said(_filed("reply-reminder", "due: 2026-05-20"), "reply-reminder", "tg")
    assert "Ваҷҳҳо дар худи муроҷиат баён шудаанд" in said
    assert "Далелҳо" not in said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "Подача подтверждается приложенным документом."),
        ("tg", "Пешниҳод шудани онро ҳуҷҷати замимашуда тасдиқ мекунад."),
        ("en", "The filing is proved by the paper enclosed."),
    ],
)
def test_a_proof_is_called_enclosed_only_where_it_is(language, words):
    """The proof of this filing must be among the annexes; another paper there does not count."""
    for annexes, times in (("", 0), ("reminder", 0), ("stamped", 1), ("reminder, stamped", 1)):
        case = _filed("inaction-complaint", "proof: stamped", annexes=annexes)
        assert _said(case, "inaction-complaint", language).count(words) == times


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "Согласие лица, к которому относятся сведения, прилагается."),
        ("tg", "Розигии шахсе, ки маълумот ба ӯ дахл дорад, замима мегардад."),
        ("en", "The consent of the person concerned is enclosed."),
    ],
)
def test_a_consent_is_called_enclosed_only_where_it_is(language, words):
    """The paper must be among the annexes; the order of the advocate is none."""
    for annexes, told, times in (("order", "yes", 0), ("order, agreement", "yes", 1), ("order, agreement", "no", 0)):
        case = _asked("medical", f"{{consent_enclosed: {told}}}", annexes)
        assert _said(case, "lawyers-request", language).count(words) == times


TIMES = {
    ONE_DAY: {
        "ru": ("4 мая 2026 года с 10:00 до 18:10", "за 4 мая 2026 года с 10:00 до 18:10 на"),
        "tg": (
            "ки 4 майи соли 2026 аз соати 10:00 то соати 18:10 Саидова",
            "ба 4 майи соли 2026 аз соати 10:00 то соати 18",
        ),
        "en": ("on 4 May 2026 from 10:00 to 18:10;", "for 4 May 2026 from 10:00 to 18:10;"),
    },
    TWO_DAYS: {
        "ru": (
            "в здании примерно с 22:00 4 мая 2026 года до 06:00 5 мая 2026 года;",
            "видеокамер за время примерно с 22:00 4 мая 2026 года до 06:00 5 мая 2026 года на",
        ),
        "tg": (
            "ки тахминан аз соати 22:00-и рӯзи 4 майи соли 2026 то соати 06:00-и рӯзи 5 майи соли 2026 Саидова",
            "ба давраи тахминан аз соати 22:00-и рӯзи 4 майи соли 2026 то соати 06:00-и рӯзи 5 майи соли 2026 дар",
        ),
        "en": (
            "in the building from about 22:00 on 4 May 2026 to 06:00 on 5 May 2026;",
            "recordings for the time from about 22:00 on 4 May 2026 to 06:00 on 5 May 2026;",
        ),
    },
    "{since: 2026-05-04 10:00}": {
        "ru": ("в здании 4 мая 2026 года с 10:00;", "за 4 мая 2026 года с 10:00 на"),
        "tg": ("ки 4 майи соли 2026 аз соати 10:00 Саидова", "ба 4 майи соли 2026 аз соати 10:00 дар"),
        "en": ("on 4 May 2026 from 10:00;", "for 4 May 2026 from 10:00;"),
    },
    "{since: 2026-05-03 22:00}": {
        "ru": ("в здании с 22:00 3 мая 2026 года;", "видеокамер за время с 22:00 3 мая 2026 года на"),
        "tg": (
            "ки аз соати 22:00-и рӯзи 3 майи соли 2026 Саидова",
            "ба давраи аз соати 22:00-и рӯзи 3 майи соли 2026 дар",
        ),
        "en": ("in the building from 22:00 on 3 May 2026;", "recordings for the time from 22:00 on 3 May 2026;"),
    },
    "{until: 2026-05-04 18:10}": {
        "ru": ("в здании 4 мая 2026 года до 18:10;", "за 4 мая 2026 года до 18:10 на"),
        "tg": ("ки 4 майи соли 2026 то соати 18:10 Саидова", "ба 4 майи соли 2026 то соати 18:10 дар"),
        "en": ("on 4 May 2026 until 18:10;", "for 4 May 2026 until 18:10;"),
    },
    "{since: 2026-05-04}": {
        "ru": ("в здании 4 мая 2026 года;", "за 4 мая 2026 года на"),
        "tg": ("ки 4 майи соли 2026 Саидова", "ба 4 майи соли 2026 дар"),
        "en": ("on 4 May 2026;", "for 4 May 2026;"),
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", TIMES)
def test_the_time_asked_about_is_told_whole_and_once(facts, language):
    """An hour without its other end is kept, and no day is said twice."""
    for preset, expected in zip(("registers", "cctv"), TIMES[facts][language], strict=True):
        assert expected in _said(_asked(preset, facts), "lawyers-request", language)


@pytest.mark.parametrize(
    ("language", "body", "copy", "office"),
    [
        ("ru", "руководителю отдела", "копия: руководителю отдела", "Генеральному прокурору Республики Таджикистан"),
        ("tg", "роҳбари шуъба", "нусха: роҳбари шуъба", "Прокурори генералии Ҷумҳурии Тоҷикистон"),
        (
            "en",
            "the head of the department",
            "copy: the head of the department",
            "the Prosecutor General of the Republic",
        ),
    ],
)
def test_a_list_names_whom_its_letters_go_to(language, body, copy, office):
    """A letter to a body goes to its head, as its corner says; an office of the law pack is named as before."""
    case = _asked("medical", "{}")
    to = Recipient(body="inquiries[1].to")
    enclosures = (
        Enclosure("A", to, (), (), 1),
        Enclosure("B", Recipient("tj.prosecutor.general"), (to,), (), 1),
    )
    order = Order(LANGUAGES[language], AS_OF, enclosures=enclosures)
    said = _text(assemble(case, LAW, KINDS["covering-list"], order, FOLDERS).letter)
    assert re.search(rf"A {body} 1 2 .*B {office}", said), said
    assert copy in said


def test_the_head_of_a_list_is_one_phrase_in_tajik():
    """The title and the line below it read on: list of the documents prepared on a day."""
    letter = assemble(
        _asked("medical", "{}"), LAW, KINDS["covering-list"], Order(LANGUAGES["tg"], AS_OF), FOLDERS
    ).letter
    head = f"{plain(letter.title)} {plain(letter.subject)}".replace("\u00a0", " ")
    assert head == "РӮЙХАТИ ҳуҷҷатҳои дар таърихи 1 июни соли 2026 омодашуда"

"""The tone of what a letter would print: exclamations, insults, guesses at motive, percentages of certainty."""

import pytest
from letters import AS_OF, LAW, ROOT, case_from

from generator.checks import Subject, run_checks
from generator.checks.tone import words

PATH = "detention.restriction_facts"


def _found(facts: str, language: str = "ru") -> list[tuple[str, str]]:
    text = f"case: {{id: xx-1, country: TJ, language: {language}}}\nclients: [{{surname: Саидова}}]\n{facts}\n"
    subject = Subject(case_from(text), LAW, AS_OF)
    return [(problem.id, problem.path) for severity, problem in run_checks(subject) if severity == "warning"]


@pytest.mark.parametrize(
    ("language", "text", "fault"),
    [
        ("ru", "Они сделали это специально", "guess-at-motive"),
        ("ru", "всё было по  заказу начальника", "guess-at-motive"),
        ("ru", "ЯВНО хотели денег", "guess-at-motive"),
        ("ru", "эти подонки стояли у двери", "word-of-insult"),
        ("ru", "я уверен на 100 %", "percent-of-certainty"),
        ("tg", "онҳо қасдан карданд", "guess-at-motive"),
        ("tg", "он аблаҳ дарро баст", "word-of-insult"),
        ("en", "they did it deliberately", "guess-at-motive"),
        ("en", "the thugs at the door", "word-of-insult"),
        ("en", "I am 90 per cent sure", "percent-of-certainty"),
        ("ru", "нас не пускали!", "exclamation"),
        ("ru", "нас нe пускали", "mixed-letters"),
    ],
)
def test_a_word_that_is_not_sober_is_named_by_its_path(language, text, fault):
    """Each fault of tone has a problem of its own, in each language, with the path and never the word."""
    assert _found(f'detention: {{restriction_facts: "{text}"}}', language) == [(fault, PATH)]


@pytest.mark.parametrize(
    "text",
    [
        "отправлено заказным письмом",
        "комната оборудована не для людей",
        "явился в 10:00",
        "ущерб составил 30 % стоимости",
        "проявляли фотоплёнку",
        "удар тупым предметом",
        "ментальное здоровье не проверяли",
        "очевидец стоял у двери",
    ],
)
def test_sober_words_are_left_alone(text):
    """A word counts from its beginning only, and a percentage only beside a word of certainty."""
    assert _found(f'detention: {{restriction_facts: "{text}"}}') == []


@pytest.mark.parametrize("text", ["дверь была закрыта.", "дверь была закрыта…", "дверь была закрыта; ", "и т. д."])
def test_a_mark_at_the_end_of_what_is_told_is_named(text):
    """A letter puts the text into a sentence, which would end with two marks; with languages, the one is named."""
    assert _found(f'detention: {{restriction_facts: "{text}"}}') == [("ends-with-a-mark", PATH)]
    assert _found(f'detention: {{restriction_facts: {{tg: "дар баста", ru: "{text}"}}}}') == [
        ("ends-with-a-mark", f"{PATH}.ru")
    ]
    assert _found(f'proceedings: {{defence_actions: [осмотр, "{text}"]}}') == [
        ("ends-with-a-mark", "proceedings.defence_actions[2]")
    ]


@pytest.mark.parametrize(
    "facts",
    [
        "detention: {restriction_facts: дверь 1.2 была закрыта}",
        "detention: {reason_quote: Так надо.}",
        "seizure: {place: ул. Лесная и др.}",
        "witnesses: [{surname: А., address: ул. Лесная стр.}]",
        "private_note: дверь была закрыта.",
    ],
)
def test_marks_elsewhere_are_left_alone(facts):
    """Within a text, in a quotation, in names and addresses, and in what no letter says."""
    assert "ends-with-a-mark" not in [problem for problem, _ in _found(facts)]


def test_each_language_has_its_own_words():
    """A text by languages is held against the words of each; the path says which one is meant."""
    facts = "detention: {restriction_facts: {ru: дверь заперли, tg: қасдан, en: a door}}"
    assert _found(facts) == [("guess-at-motive", f"{PATH}.tg")]


@pytest.mark.parametrize(
    "facts",
    [
        "detention: {reason_quote: 'специально приехали, подонок!'}",
        "detention: {reason_quote: {ru: явно виноват}}",
        "proceedings: {charge: {quote: умышленно распространил}}\nconsent: {charge_quoted: yes}",
        "private_note: специально, по заказу!",
        "questioning: {content: подонки}",
        "protected_words: [дурак]",
    ],
)
def test_words_of_others_and_words_no_letter_prints_are_not_judged(facts):
    """What an official said is quoted as he said it; notes and withheld facts stand in no letter."""
    assert _found(facts) == []


def test_quotes_of_one_client_are_quotes_too():
    """Facts under a client follow the same rule."""
    text = "case: {id: xx-1, country: TJ}\nclients: [{surname: А, detention: {reason_quote: явно виноват}}]\n"
    subject = Subject(case_from(text), LAW, AS_OF)
    assert [problem.id for _, problem in run_checks(subject)] == []


def test_every_language_of_letters_has_words_of_each_kind():
    """Russian, Tajik and English are all looked at."""
    data = words()
    for kind in (data.insults, data.motives, data.certainty):
        assert {language for language, found in kind.items() if found} == {"ru", "tg", "en"}


def test_the_examples_are_sober():
    """No example of a letter or case has a fault of tone."""
    for path in [*(ROOT / "examples").glob("*.yaml"), *(ROOT / "templates" / "letters").glob("*/example.yaml")]:
        found = run_checks(Subject(case_from(path.read_text("utf-8")), LAW, AS_OF))
        tone = {
            "exclamation",
            "mixed-letters",
            "word-of-insult",
            "guess-at-motive",
            "percent-of-certainty",
            "ends-with-a-mark",
        }
        assert [problem.path for _, problem in found if problem.id in tone] == [], path

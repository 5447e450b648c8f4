"""A lawyer's request tells nobody who the client is, or which case it is about, unless the inquiry says so."""

import pytest
from letters import AS_OF, FOLDERS, KINDS, LANGUAGES, LAW, case_from, example, own_example

from generator.assembly import Order, obstacles

NAMED = "    names_client: yes\n    names_case: yes\n"
TITLE = "{ru: Копия ордера адвоката, tg: Нусхаи ордери адвокат, en: Copy of the advocate’s order}"
FACTS = "{ru: время доставления и освобождения, tg: вақти овардан ва озод кардан, en: the time of arrival and release}"


def _case(*changes: tuple[str, str], names: str = ""):
    """Return the model case, its inquiry with an own question, naming whom it may."""
    question = f"    questions: [{{text: {{ru: сведения о хранении, tg: маълумот, en: information}}}}]\n{names}"
    text = example("rustam.yaml").replace(NAMED, question)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return case_from(text)


def _found(case, language: str = "ru", about: int = 1) -> set[tuple[str, str]]:
    order = Order(LANGUAGES[language], AS_OF, about=about)
    return {(p.id, p.path) for p in obstacles(case, LAW, KINDS["lawyers-request"], order, FOLDERS)}


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
def test_a_request_that_names_nobody_is_written(language):
    """Without names in its facts the model request is made, in each language."""
    assert _found(_case(), language) == set()


@pytest.mark.parametrize("names", ["", "    names_client: unknown\n    names_case: no\n"])
def test_an_annex_names_neither_client_nor_case(names):
    """The title of an annex is part of the letter: it is named where it tells what the letter keeps to itself."""
    title = "{ru: Копия ордера адвоката в защиту Рахимова Рустама по делу 000000}"
    found = _found(_case((TITLE, title), names=names))
    assert found == {("names-client", "evidence[1].title"), ("names-case", "evidence[1].title")}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "время доставления Рахимова"),
        ("ru", "где был РАХИМОВЫМ  Рустамом оставлен паспорт"),
        ("ru", "что видел Рахимове, форма которого в деле не указана"),
        ("tg", "вақти овардани Раҳимов"),
        ("tg", "вақти овардани Раҳимовро"),
        ("en", "when Rakhimov was brought in"),
        ("en", "Rakhimov’s arrival"),
    ],
)
def test_the_surname_is_found_in_any_form(language, words):
    """Forms of the file count, of any language; an ending the file lacks, capitals and spaces make no difference."""
    facts = f'{{ru: "{words}", tg: "{words}", en: "{words}"}}'
    assert _found(_case((FACTS, facts)), language) == {("names-client", "inquiries[1].facts[1]")}


@pytest.mark.parametrize("words", ["где стояла рахима", "запись № 0000001", "пункт 000", "имя Рустамжон"])
def test_other_words_and_numbers_are_no_names(words):
    """What only looks like a part of the surname or of the number tells nothing."""
    facts = f'{{ru: "{words}"}}'
    assert _found(_case((FACTS, facts))) == set()


@pytest.mark.parametrize(("words", "told"), [("5 мая 2026 года", False), ("по делу 5", True), ("дело № 5", True)])
def test_a_short_number_counts_where_it_is_the_number_of_a_case(words, told):
    """A case may bear a number that any date holds."""
    case = _case((FACTS, f'{{ru: "{words}"}}'), ('number: "000000"', 'number: "5"'))
    assert _found(case) == ({("names-case", "inquiries[1].facts[1]")} if told else set())


def test_a_question_is_looked_at_like_a_fact():
    """Whatever a lawyer writes for the request counts, the own questions too."""
    case = _case(("{text: {ru: сведения о хранении,", "{text: {ru: сведения о вещах Рахимова,"))
    assert _found(case) == {("names-client", "inquiries[1].questions[1].text")}


def test_who_may_be_named_is_named():
    """With `names_client` and `names_case` nothing is kept back."""
    title = "{ru: Копия ордера адвоката в защиту Рахимова Рустама по делу 000000}"
    assert _found(_case((TITLE, title), names=NAMED)) == set()


def test_a_clinic_learns_of_the_client_only_with_the_consent_to_speak_of_health():
    """A request for what a clinic wrote down tells of health, as soon as it names the client."""
    case = own_example("lawyers-request")
    assert _found(case, about=4) == set()
    silent = case.facts.consent.model_copy(update={"health": None})
    case = type(case)(case.facts.model_copy(update={"consent": silent}), case.places, case.file)
    assert _found(case, about=4) == {("health-not-agreed", "consent.health")}
    assert _found(case, about=1) == set()

"""Names in the grammatical cases of Russian: what is suggested, what is left alone, and when a person is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters import case_from, letter_of

from generator.case.people import Person
from generator.names.decline import CASES, Declined, decline
from generator.names.suggest import named, suggest

SURE = """
surname    m Каримов      Каримова Каримову Каримова Каримовым Каримове
surname    f Каримова     Каримовой Каримовой Каримову Каримовой Каримовой
surname    m Назаров      Назарова Назарову Назарова Назаровым Назарове
surname    m Мирзоев      Мирзоева Мирзоеву Мирзоева Мирзоевым Мирзоеве
surname    f Бобоева      Бобоевой Бобоевой Бобоеву Бобоевой Бобоевой
surname    m Гулиев       Гулиева Гулиеву Гулиева Гулиевым Гулиеве
surname    f Ҳоҷаева      Ҳоҷаевой Ҳоҷаевой Ҳоҷаеву Ҳоҷаевой Ҳоҷаевой
surname    m Маяковский   Маяковского Маяковскому Маяковского Маяковским Маяковском
surname    f Маяковская   Маяковской Маяковской Маяковскую Маяковской Маяковской
surname    m Пушкин       Пушкина Пушкину Пушкина Пушкиным Пушкине
surname    m КАРИМОВ      КАРИМОВА КАРИМОВУ КАРИМОВА КАРИМОВЫМ КАРИМОВЕ
surname    m Абай         Абая Абаю Абая Абаем Абае
surname    m Рахмон       Рахмона Рахмону Рахмона Рахмоном Рахмоне
surname    f Рахмон       Рахмон Рахмон Рахмон Рахмон Рахмон
surname    m Каримзод     Каримзода Каримзоду Каримзода Каримзодом Каримзоде
surname    m Нуриддин     Нуриддина Нуриддину Нуриддина Нуриддином Нуриддине
surname    m Солиҳ        Солиҳа Солиҳу Солиҳа Солиҳом Солиҳе
surname    m Солих        Солиха Солиху Солиха Солихом Солихе
surname    m Ким          Кима Киму Кима Кимом Киме
surname    f Ким          Ким Ким Ким Ким Ким
surname    f Бек          Бек Бек Бек Бек Бек
surname    f Холикпур     Холикпур Холикпур Холикпур Холикпур Холикпур
surname    f Муродиён     Муродиён Муродиён Муродиён Муродиён Муродиён
surname    m Мирзо        Мирзо Мирзо Мирзо Мирзо Мирзо
surname    m Айни         Айни Айни Айни Айни Айни
surname    m Холиқи       Холиқи Холиқи Холиқи Холиқи Холиқи
surname    m Шевченко     Шевченко Шевченко Шевченко Шевченко Шевченко
surname    m Черных       Черных Черных Черных Черных Черных
surname    m Ахметұлы     Ахметұлы Ахметұлы Ахметұлы Ахметұлы Ахметұлы
surname    f Нурбекқызы   Нурбекқызы Нурбекқызы Нурбекқызы Нурбекқызы Нурбекқызы
given_name m Рустам       Рустама Рустаму Рустама Рустамом Рустаме
given_name m Сироҷиддин   Сироҷиддина Сироҷиддину Сироҷиддина Сироҷиддином Сироҷиддине
given_name m Шухрат       Шухрата Шухрату Шухрата Шухратом Шухрате
given_name m Рашад        Рашада Рашаду Рашада Рашадом Рашаде
given_name m Нурсұлтан    Нурсұлтана Нурсұлтану Нурсұлтана Нурсұлтаном Нурсұлтане
given_name m Зафар        Зафара Зафару Зафара Зафаром Зафаре
given_name m Садриддин    Садриддина Садриддину Садриддина Садриддином Садриддине
given_name m Абдуллоҳ     Абдуллоҳа Абдуллоҳу Абдуллоҳа Абдуллоҳом Абдуллоҳе
given_name m Маҳмадшоҳ    Маҳмадшоҳа Маҳмадшоҳу Маҳмадшоҳа Маҳмадшоҳом Маҳмадшоҳе
given_name m Сироҷ        Сироҷа Сироҷу Сироҷа Сироҷем Сироҷе
given_name m Меҳроҷ       Меҳроҷа Меҳроҷу Меҳроҷа Меҳроҷем Меҳроҷе
given_name m Фаррух       Фарруха Фарруху Фарруха Фаррухом Фаррухе
given_name m Шафиқ        Шафиқа Шафиқу Шафиқа Шафиқом Шафиқе
given_name m Фориғ        Фориға Фориғу Фориға Фориғом Фориғе
given_name m Шопур        Шопура Шопуру Шопура Шопуром Шопуре
given_name m Айбек        Айбека Айбеку Айбека Айбеком Айбеке
given_name m Ҷӯра         Ҷӯры Ҷӯре Ҷӯру Ҷӯрой Ҷӯре
given_name m Давлатшо     Давлатшо Давлатшо Давлатшо Давлатшо Давлатшо
given_name m Кохир        Кохира Кохиру Кохира Кохиром Кохире
given_name m Илья         Ильи Илье Илью Ильёй Илье
given_name f Малика       Малики Малике Малику Маликой Малике
given_name f Ольга        Ольги Ольге Ольгу Ольгой Ольге
given_name f Гулчеҳра     Гулчеҳры Гулчеҳре Гулчеҳру Гулчеҳрой Гулчеҳре
given_name f Мавзуна      Мавзуны Мавзуне Мавзуну Мавзуной Мавзуне
given_name f Хадиджа      Хадиджи Хадидже Хадиджу Хадиджей Хадидже
given_name f Хадиҷа       Хадиҷи Хадиҷе Хадиҷу Хадиҷей Хадиҷе
given_name f Гулча        Гулчи Гулче Гулчу Гулчей Гулче
given_name f Ойша         Ойши Ойше Ойшу Ойшей Ойше
given_name f Нигина       Нигины Нигине Нигину Нигиной Нигине
given_name f Озода        Озоды Озоде Озоду Озодой Озоде
given_name f Шаҳзода      Шаҳзоды Шаҳзоде Шаҳзоду Шаҳзодой Шаҳзоде
given_name f Зулфия       Зулфии Зулфие Зулфию Зулфиёй Зулфие
given_name f Мария        Марии Марии Марию Марией Марии
given_name f Зебо         Зебо Зебо Зебо Зебо Зебо
given_name f Зухро        Зухро Зухро Зухро Зухро Зухро
given_name f Гюльнар      Гюльнар Гюльнар Гюльнар Гюльнар Гюльнар
given_name f Айгуль       Айгуль Айгуль Айгуль Айгуль Айгуль
patronymic m Саидович     Саидовича Саидовичу Саидовича Саидовичем Саидовиче
patronymic f Нуриддиновна Нуриддиновны Нуриддиновне Нуриддиновну Нуриддиновной Нуриддиновне
patronymic m Абдураҳмон   Абдураҳмона Абдураҳмону Абдураҳмона Абдураҳмоном Абдураҳмоне
patronymic f Абдураҳмон   Абдураҳмон Абдураҳмон Абдураҳмон Абдураҳмон Абдураҳмон
patronymic m Серікұлы     Серікұлы Серікұлы Серікұлы Серікұлы Серікұлы
"""


def _rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().split("\n")]


@pytest.mark.parametrize("row", _rows(SURE), ids=" ".join)
def test_a_name_declines_by_rule(row):
    """Gen, dat, acc, ins, prep of a name that Russian settles, Tajik letters and names of both sexes among them."""
    kind, sex, name, *forms = row
    assert decline(kind, sex, name) == Declined(dict(zip(CASES, forms, strict=True)))


@pytest.mark.parametrize("name", ["Мамед оглы", "Токтогул уулу", "Мамед-оғлы"])
def test_son_of_and_daughter_of_never_decline(name):
    """A part that ends in оглы or its kin stays as it is, and nobody need be asked."""
    assert decline("patronymic", "m", name) == Declined(dict.fromkeys(CASES, name))


def test_daughter_of_never_declines():
    """As above for a woman."""
    assert decline("patronymic", "f", "Вагиф кызы") == Declined(dict.fromkeys(CASES, "Вагиф кызы"))


@pytest.mark.parametrize(
    ("kind", "sex", "name", "why"),
    [
        ("surname", "m", "Раҳмонзода", "ending"),
        ("surname", "f", "Назарзода", "ending"),
        ("surname", "m", "Турсунзаде", "ending"),
        ("surname", "m", "Холиқпур", "ending"),
        ("surname", "m", "Муродиён", "ending"),
        ("surname", "m", "Айнӣ", "ending"),
        ("surname", "f", "Ниёзӣ", "ending"),
        ("given_name", "m", "Саидалӣ", "ending"),
        ("patronymic", "m", "Саидзода", "ending"),
        ("patronymic", "f", "Мирза", "ending"),
        ("surname", "m", "Карим-зода", "compound"),
        ("given_name", "m", "Саид-Али", "compound"),
        ("surname", "m", "Ибн Сино", "compound"),
        ("given_name", "m", "Рафиъ", "letter"),
    ],
)
def test_an_unsettled_part_is_left_alone_and_a_person_is_asked(kind, sex, name, why):
    """Where usage differs, or no rule fits, the whole part stays as it is and every case is in doubt."""
    assert decline(kind, sex, name) == Declined(dict.fromkeys(CASES, name), dict.fromkeys(CASES, why))


def test_only_the_doubtful_cases_are_in_doubt():
    """A rule that settles some cases is of use for those."""
    assert decline("given_name", "f", "Рафия").doubts == dict.fromkeys(("dat", "ins", "prep"), "stress")
    assert decline("surname", "m", "Шоҳин").doubts == {"ins": "plain-name"}


@pytest.mark.parametrize(
    "name", ["Karim", "Р.", "Р", "", "Каримoв", "Каримов2", "неизвестно", "Каримов--", "-", "Али  Р"]
)
def test_odd_input_gets_no_suggestion(name):
    """What is no whole name in Cyrillic letters is not declined."""
    assert decline("surname", "m", name) == "odd-name"


@pytest.mark.parametrize(
    ("kind", "sex", "name"),
    [("surname", "m", "Каримова"), ("surname", "f", "Каримов"), ("patronymic", "m", "Саидовна"),
     ("patronymic", "f", "Саидович")],
)  # fmt: skip
def test_a_name_of_the_other_sex_gets_no_suggestion(kind, sex, name):
    """If name and sex contradict each other, one of them is a slip."""
    assert decline(kind, sex, name) == "other-sex"


@given(st.sampled_from(["surname", "given_name", "patronymic"]), st.sampled_from(["m", "f"]), st.text())
def test_no_text_makes_the_rules_fail(kind, sex, name):
    """Any text gets five forms or a reason."""
    declined = decline(kind, sex, name)
    assert declined in {"odd-name", "other-sex"} if isinstance(declined, str) else declined.forms.keys() == CASES.keys()


@given(st.text(alphabet="абдзийлнорстуфхчшьюяёғӣқӯҳҷ", min_size=1).map(lambda tail: f"А{tail}"))
def test_no_cyrillic_name_makes_the_rules_fail(name):
    """As above, for what looks like a name; and a woman's consonant name never changes."""
    for kind in ("surname", "given_name", "patronymic"):
        for sex in ("m", "f"):
            declined = decline(kind, sex, name)
            assert isinstance(declined, str) or declined.forms.keys() == CASES.keys()
            if sex == "f" and name[-1] in "бднрстфғқҳҷ" and isinstance(declined, Declined):
                assert set(declined.forms.values()) == {name}


def _person(**facts) -> Person:
    return Person.model_validate(facts)


def test_the_full_name_is_joined_as_letters_print_it():
    """Surname, given name, patronymic; what is missing is left out."""
    found = suggest(_person(surname="Рахимов", given_name="Рустам", patronymic="Саидович", sex="m"))
    assert found.forms["gen"] == "Рахимова Рустама Саидовича"
    assert found.forms["prep"] == "Рахимове Рустаме Саидовиче"
    assert suggest(_person(surname="Рахмон", given_name="Озода", sex="f")).forms["dat"] == "Рахмон Озоде"


def test_the_order_of_a_nominative_in_the_file_is_kept():
    """A person may be named in another order."""
    person = _person(surname="Рахимов", given_name="Рустам", sex="m", name_forms={"ru": "Рустам Рахимов"})
    assert suggest(person).forms["gen"] == "Рустама Рахимова"


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"surname": "Рахимов"}, "no-sex"),
        ({"surname": "Рахимов", "sex": "m", "name_forms": {"ru": "Али Назаров"}}, "own-name"),
        ({"given_name": "Рустам", "sex": "m"}, "own-name"),
        ({"surname": "Rakhimov", "sex": "m"}, "odd-name"),
        ({"surname": "Рахимова", "sex": "m"}, "other-sex"),
    ],
)
def test_without_ground_there_is_no_suggestion(facts, why):
    """The sex is never guessed, and a name that is not made of its parts is not taken apart."""
    found = suggest(_person(**facts))
    assert (found.forms, found.none) == ({}, why)


def test_a_form_that_differs_puts_the_others_in_doubt():
    """If a person has settled a form against the rules, the rules no longer know this name."""
    forms = {"gen": "Солиха Али"}
    assert not suggest(_person(surname="Солих", given_name="Али", sex="m", name_forms={"ru": forms})).doubts
    forms = {"gen": "Солих Али"}
    found = suggest(_person(surname="Солих", given_name="Али", sex="m", name_forms={"ru": forms}))
    assert set(found.doubts.values()) == {"differs"}


PEOPLE = """
case: {id: xx-1, country: TJ}
clients:
  - {surname: Айни, given_name: Зебо, sex: f}
  - {surname: Ниёзӣ, given_name: Зебо, sex: f}
  - {surname: Рахимов, sex: m, name_forms: {ru: {declines: no}}}
officials:
  - {surname: Рахимов, sex: m, name_forms: {ru: {gen: Рахимова}}}
  - {description: высокий}
"""


def test_what_is_to_be_written():
    """A name that surely keeps one form gets `declines: no`; a doubtful one only what is asked for; others the rest."""
    people = {person.path: person for person in named(case_from(PEOPLE))}
    assert list(people) == ["clients[1]", "clients[2]", "clients[3]", "officials[1]"]
    assert people["clients[1]"].to_write(unsure=False) == {"declines": "no"}
    assert people["clients[2]"].to_write(unsure=False) == {}
    assert people["clients[2]"].to_write(unsure=True) == dict.fromkeys(CASES, "Ниёзӣ Зебо")
    assert people["clients[3]"].to_write(unsure=True) == {}
    assert people["officials[1]"].to_write(unsure=False).keys() == CASES.keys() - {"gen"}


def test_a_letter_never_prints_a_suggestion():
    """A draft shows a gap where a form is only suggested."""
    case = case_from("case: {id: xx-1, country: TJ}\nclients:\n  - {surname: Рахимов, given_name: Рустам, sex: m}\n")
    assembly = letter_of(case, draft=True)
    assert "clients[1].name_forms.ru.gen" in assembly.gaps
    assert "Рахимова" not in str(assembly.letter)

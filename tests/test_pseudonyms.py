"""A pseudonymised case tells of invented people: every text says what it tells, and none of the real ones is left."""

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from itertools import product
from typing import Any, Literal, get_args, get_origin

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from letters import KINDS, LAW, LETTERS, ROOT, case_from

from generator.case.load import load_case
from generator.case.model import CaseFile
from generator.case.people import CaseForms, Entity, NameForms, groups_in
from generator.case.values import Answer, Story, Words
from generator.errors import CaseError
from generator.names.decline import CASES, decline
from generator.pseudonyms.dates import dated, shifted
from generator.pseudonyms.invented import Invented, _names
from generator.pseudonyms.marks import common_words
from generator.pseudonyms.people import people_of
from generator.pseudonyms.replace import Known, Twin, twin_of
from generator.pseudonyms.spelling import folded
from generator.pseudonyms.walk import kind_told

EXAMPLES = [*sorted((ROOT / "examples").rglob("*.yaml")), *sorted(LETTERS.glob("*/example.yaml"))]
RUSTAM = """
- surname: Рахимов
  given_name: Рустам
  patronymic: Саидович
  sex: m
  name_forms: {tg: Раҳимов Рустам Саидович, en: Rustam Saidovich Rakhimov}
  birth_date: 1988-03-05
  phone: "+992 93 111 22 33"
  email: rustam@example.com
  address_service: г. Душанбе, ул. Садовая, угол Сад, д. 5
  workplace: рынок «Лолазор»
"""


@cache
def _known(*keep: str) -> Known:
    return Known(common_words("tj"), frozenset(LAW.authorities), frozenset(KINDS), frozenset(keep))


def _case(story: str, clients: str = RUSTAM, more: str = "", language: str = "ru"):
    text = json.dumps(story, ensure_ascii=False)
    head = f"case: {{id: jurabek-7, country: TJ, language: {language}}}\n"
    return case_from(f"{head}clients:{clients}\n{more}\ndetention:\n  restriction_facts: {text}\n")


def _told(story: str, *keep: str, **case: str) -> str:
    """Return the story as the twin tells it, with the names that stand for others written as {surname} and so on."""
    twin = twin_of(_case(story, **case), _known(*keep))
    return next(iter(twin.case.facts.detention.restriction_facts.values()))


def _dump(twin: Twin) -> str:
    return json.dumps(twin.case.facts.model_dump(mode="json", exclude={"protected_words"}), ensure_ascii=False)


def _unmarked(model: type[Entity]) -> Iterator[str]:
    """Yield the fields below a group that hold a text which says nothing of what it tells."""
    for name, field in model.model_fields.items():
        inner = list(groups_in(field.annotation))
        names = [group for group in inner if issubclass(group, NameForms | CaseForms)]
        if names and not issubclass(model, NameForms) and not kind_told(model, name):
            yield f"{model.__name__}.{name}"
        if not inner and model is not CaseForms and _is_text(field.annotation) and not kind_told(model, name):
            yield f"{model.__name__}.{name}"
        for group in inner:
            yield from () if group is model else _unmarked(group)


def _is_text(annotation: Any) -> bool:
    if get_origin(annotation) is Literal:
        return False
    if isinstance(annotation, type) and issubclass(annotation, str):
        return not issubclass(annotation, Answer)
    return any(map(_is_text, get_args(annotation)))


def test_every_text_of_the_model_says_what_it_tells():
    """A new field must say whether it tells a name, a place, a number or a story: else a twin would tell it all."""

    class New(Entity):
        told: Story | None = None
        untold: Words | None = None
        forms: NameForms = NameForms()

    assert set(_unmarked(New)) == {"New.untold", "New.forms"}
    assert sorted(set(_unmarked(CaseFile))) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_example_has_a_twin(path):
    """No example needs rewording, and no form of a name of it is left in its twin."""
    if path.name in {"base.yaml", "mapping.yaml"}:
        pytest.skip("no case file")
    case = load_case(path)
    told = folded(_dump(twin_of(case, _known())))
    for client in (*case.facts.clients, *case.facts.representatives, *case.facts.officials, *case.facts.witnesses):
        forms = [getattr(client.name_forms, language).nom for language in ("ru", "tg", "en")]
        for word in " ".join(filter(None, [client.surname, client.given_name, client.patronymic, *forms])).split():
            assert folded(word) not in told


FORMS = {
    "его видел Рахимов": "nom",
    "сказали Рахимову, что ждут": "dat",
    "с Рахимовым говорили": "ins",
    "о Рахимове": "prep",
}


@pytest.mark.parametrize(("story", "form"), FORMS.items())
def test_a_name_keeps_its_grammatical_case(story, form):
    """The invented name stands in the same form as the real one stood."""
    twin = twin_of(_case(story), _known())
    surname = twin.case.facts.clients[0].surname
    wanted = surname if form == "nom" else decline("surname", "m", surname).forms[form]
    assert wanted in next(iter(twin.case.facts.detention.restriction_facts.values())).replace(",", "").split()


REPLACED = [
    "РАХИМОВ был там",
    "жена Рахимова и мать Рахимовой",
    "Рахимовых увели",
    "с Рахимовым Р. С. говорили",
    "Р.С. Рахимов просил",
    "просил Р. С.",
    "Раҳимовро диданд",
    "Rakhimov was there",
    "они видели Rakhimov’s дом",
    "Рахи́мов с ударением",
    "Раxимов с латинской буквой",
    "Рустам-ака и Рахимов-Рустам",
    "позвонил с 93 1112233 вечером",
    "тел. +992(93)111-22-33",
    "писал на rustam@example.com и rakhimov88@mail.ru",
    "писал в t.me/rakhimov и @rakhimov_r",
    "увели с рынка «Лолазор», на Лолазоре его знают",
    "забрали с Садовой",
    "родился 05.03.1988, то есть 5 марта 1988 года",
    "по делу jurabek-7",
    "Rakhimov, born on March 5, 1988",
    "паспорт А 1112233, машина 1112 ВВ 33",
    "дар кӯчаи Сад, на ул. Сад",
    "на рынке лолазор и на садовой",
    "видели Rahimov и Rustam",
]


@pytest.mark.parametrize("story", REPLACED)
def test_what_tells_who_somebody_is_is_replaced_in_free_texts(story):
    """Names in any form and script, initials, telephones, mail, places, days of birth and the code of the case."""
    told = folded(_told(story))
    digits = "".join(sign for sign in told if sign.isdigit())
    gone = ("рахим", "рустам", "rakhim", "rustam", "лолазор", "садов", "сад,", "jurabek", "раxим", "р. с.", "р.с.")
    assert not any(folded(word) in told for word in gone)
    assert "111" not in digits
    assert "0503" not in digits
    assert "5 март" not in told


REFUSED = {
    "видел рахимов": "cannot-replace",  # nobody knows whether a small letter makes a name
    "фирма Рахимовтранс": "cannot-replace",  # within a longer word
    "пришёл Абдурахимов": "cannot-replace",
    "Рахимов А. Б. просил": "cannot-replace",  # the initials are nobody's we know
    "сосед Далер видел": "may-be-a-name",  # a name in a free text only
    "к нему подошёл Азизов": "may-be-a-name",
    "Далерович пришёл": "may-be-a-name",
}


@pytest.mark.parametrize(("story", "problem"), REFUSED.items())
def test_what_cannot_be_replaced_safely_is_refused_with_its_path(story, problem):
    """A twin that might tell a name, or tell something else, is not made; the path says where to look."""
    with pytest.raises(CaseError) as refused:
        twin_of(_case(story), _known())
    assert [(each.id, each.path, each.place.line > 1) for each in refused.value.problems] == [
        (problem, "detention.restriction_facts", True)
    ]


WITNESS = "witnesses: [{surname: Азимов, given_name: Камол, sex: m, phone: 555-12-34}]\n"
NUMBERED = f"{WITNESS}proceedings: {{number: 1-2345/26}}\nitems: [{{kind: phone, imei: ['350000000010019']}}]"
PIECES_REPLACED = {
    "звонил на 111-22-33 и 1112233": ("111", "2233"),  # the local form of a telephone
    "звонил свидетелю 555-12-34, 555 12 34": ("555", "12 34"),
    "1988 г.р., 05.03.88, сидел": ("05.03",),
    "5.3.88 или 5/3/88": ("5.3", "5/3"),
    "по делу № 1-2345 и 2345/26": ("2345",),
    "машина 0123-AB-01": ("0123", "AB"),
    "машина 0123 ав 01": ("0123", "ав"),
    "машина 0123АВ01": ("0123", "АВ"),
    "машина А123ВС 77": ("123", "77"),
    "машина А 123 ВС 77": ("А 1", "123", "77"),
    "машина а 123 вс 177": ("123", "177"),
    "машина 01 A 123 BC": ("123", "BC"),
}


@pytest.mark.parametrize("story", PIECES_REPLACED)
def test_a_piece_that_is_surely_of_what_is_replaced_is_replaced(story):
    """Local telephones, days of birth with a short year, parts of the number of a case, number plates."""
    told = _told(story, more=NUMBERED)
    assert not [piece for piece in PIECES_REPLACED[story] if piece in told]


PIECES_REFUSED = [
    "номер на 1-22-33",
    "оканчивается на 11 22 33",
    "телефон на 0019",
    "по делу 2345",
    "5 марта был дома",
    "родился 5-го марта",
    "пятого марта был дома",
    "рӯзи 5 марти ҳамин сол",
    "born on March 5",
    "on 5th of March",
    "05.03 был дома",
    "сказал Рустам Р. вчера",
    "сказал Р. Рустам",
    "сказал Рустам С. и ушёл",
    "сказал Рустам Р",
    "подписал Р.С.Р. вчера",
    "подписал Р.Р.С. вчера",
    "подписал Р.Р. вчера",
    "сказал Рахимов РС",
    "сказал РС Рахимов",
    "сказал Рахимов С",
    "сказал Р-в вчера",
    "сказали Р–ву",
    "сказал Рах...ов",
    "сказал Р*** вчера",
    "гражданин Р. подпишет",
    "гр. Р подпишет",
    "шаҳрванд Р. омад",
    "Mr R said",
    "Mr. R. said",
    "видел РРС",
    "Р А Х И М О В был там",
    "р а х и м о в был там",
    "Р.а.х.и.м.о.в был там",
    "там Р-у-с-т-а-м",
    "Рахи-мов был там",
    "Рахи мова видели",
]


@pytest.mark.parametrize("story", PIECES_REFUSED)
def test_a_piece_of_what_is_replaced_is_refused(story):
    """Initials, split and cut names, ends of numbers, a day of birth without its year: none may stay."""
    with pytest.raises(CaseError) as refused:
        _told(story, more=NUMBERED)
    assert {each.path for each in refused.value.problems} == {"detention.restriction_facts"}


NO_PIECES = [
    "с 100 до 150 человек",
    "в 2026 от 10 до 15",
    "в 300 км 20 минут",
    "1 000 000 сомони и 3500 сомони",
    "по ст. 05.03 кодекса",
    "5 человек в марте",
    "УК РТ и УПК РТ",
    "т. е. в г. Душанбе",
    "по-моему, он из-за двери",
    "во-первых, там был он",
    "в 2026 году",
    "а и в у я",
    "500 сомони",
    "1988 г. р., 30 т. р.",
]


@pytest.mark.parametrize("story", NO_PIECES)
def test_what_is_no_piece_stays(story):
    """Sums, hours, abbreviations and ordinary words are told as they stand."""
    assert _told(story, more=NUMBERED) == story


def test_conjunctions_in_capitals_are_no_initials():
    """«И» between two names in capitals is a word."""
    assert " И " in _told("РУСТАМ И РАХИМОВ")


@pytest.mark.parametrize("story", ["прокурор Сино отказал", "в районе Синои", "дар ноҳияи сино", "in Sino district"])
def test_a_part_of_a_town_that_is_coarsened_stands_in_no_text(story):
    """Where the office of a district becomes that of its town, a text does not tell the district."""
    more = "letters: {prosecutor-complaint: {copies: [tj.prosecutor.dushanbe.sino]}}"
    assert _told("500 сомони", more=more.replace("sino", "ismoili-somoni")) == "500 сомони"
    for told in (more, "incident: {place: н. Сино}"):
        with pytest.raises(CaseError, match="original-left") as refused:
            _told(story, more=told)
        assert refused.value.problems[0].path == "detention.restriction_facts"
    assert _told("в районе Сино") == "в районе Сино"


def test_a_part_of_a_town_is_known_as_russian_spells_it():
    """The office is that of Шоҳмансур, and the text says Шахмансур."""
    more = "letters: {prosecutor-complaint: {copies: [tj.prosecutor.dushanbe.shohmansur]}}"
    with pytest.raises(CaseError, match="original-left"):
        _told("увезли в Шахмансур", more=more)


def test_a_town_that_is_coarsened_is_named_in_the_settings_of_a_letter():
    """The reason for an addressee is a text like any other."""
    setting = "copies: [tj.prosecutor.dushanbe.sino], reason_for_level: прокурор Сино уже отказал"
    with pytest.raises(CaseError) as refused:
        _told("стоял", more=f"letters: {{prosecutor-complaint: {{{setting}}}}}")
    assert [each.path for each in refused.value.problems] == ["letters.prosecutor-complaint.reason_for_level"]


def test_a_word_the_user_vouches_for_is_kept_as_it_is_written():
    """`--keep` names a word that is no name, in just that spelling."""
    assert _told("позвонил из такси Максим", "Максим") == "позвонил из такси Максим"
    with pytest.raises(CaseError):
        _told("позвонил максиму из Maxim", "Максим")


COMMON = "\n- {surname: Мирный, given_name: Закон, sex: m}\n"


def test_a_name_that_is_a_common_word_is_told_from_the_word():
    """A small letter makes a word, a capital within a sentence a name; at the beginning of one nobody can tell."""
    assert _told("закон нарушен", clients=COMMON) == "закон нарушен"
    assert "Закон" not in _told("сказал Закону, что видел Мирного", clients=COMMON)
    assert "Мирный" not in _told("Мирный Закон ушёл", clients=COMMON)
    for story in ("Закон нарушен", "мирный человек"):
        with pytest.raises(CaseError, match="cannot-replace"):
            _told(story, clients=COMMON)


def test_a_month_with_a_capital_letter_is_not_taken_for_a_name():
    """English writes May with a capital letter, whoever is called so: nobody can tell, and the text is refused."""
    clients = "\n- {surname: May, given_name: Rustam}\n"
    assert "Rustam" not in _told("they saw Rustam May there", clients=clients, language="en")
    with pytest.raises(CaseError, match="cannot-replace"):
        _told("they met in May", clients=clients, language="en")


def test_a_sentence_may_begin_after_a_short_word():
    """«он.» ends a sentence, «гр.» does not."""
    assert _told("Увели его они. Ты кто, спросил он. Молчали.") == "Увели его они. Ты кто, спросил он. Молчали."
    with pytest.raises(CaseError, match="may-be-a-name"):
        _told("видел гр. Далер")


def test_a_part_of_a_name_written_small_goes_with_the_name():
    """«ибн» beside «Сино» is of the name."""
    clients = "\n- {surname: ибн Зикриё, given_name: Абу-Али, sex: m}\n"
    told = _told("видел Абу-Али ибн Зикриё", clients=clients)
    assert not {"Абу", "Али", "ибн", "Зикриё"} & set(told.replace("-", " ").split())


def test_a_short_name_is_no_particle():
    """«ли» is a word, «Ли» a name; «Али» is not in «реализация»."""
    clients = "\n- {surname: Ли, given_name: Али, sex: m}\n"
    assert _told("реализация, видел ли он", clients=clients) == "реализация, видел ли он"
    assert " Ли" not in _told("видел ли он Ли", clients=clients)


def test_people_of_one_name_share_its_pseudonym():
    """A family stays a family: surnames of both sexes, double ones, and the father of brother and sister."""
    clients = """
- {surname: Рахимова-Саидова, given_name: Анна, patronymic: Далеровна, sex: f}
- {surname: Рахимов, given_name: Али, patronymic: Далерович, sex: m}
"""
    woman, man = twin_of(_case("видели Рахимову-Саидову", clients=clients), _known()).case.facts.clients
    assert woman.surname.split("-")[0] == f"{man.surname}а"
    assert woman.patronymic.removesuffix("овна") == man.patronymic.removesuffix("ович")


def test_a_client_named_like_a_town():
    """A kept town would tell the name: the address loses it, and a sentence with the word is refused."""
    clients = "\n- {surname: Душанбе, given_name: Али, address_service: 'г. Душанбе, ул. Лесная, 1'}\n"
    twin = twin_of(_case("стоял сотрудник", clients=clients), _known())
    assert "Душанбе" not in _dump(twin)
    with pytest.raises(CaseError, match="cannot-replace"):
        _told("повезли в Душанбе", clients=clients)


def test_a_name_is_heard_in_letters_the_case_does_not_have_it_in():
    """Who is told of in Cyrillic alone is known in Latin letters as well, and the other way round."""
    assert "Zarina" not in _told(
        "писали, что Zarina Rakhimova ушла", clients="\n- {surname: Рахимова, given_name: Зарина, sex: f}\n"
    )
    assert "Зарина" not in _told(
        "видели, что Зарина ушла", clients="\n- {surname: Rahimova, given_name: Zarina, sex: f}\n"
    )


def test_a_short_number_is_replaced_where_a_sign_says_that_it_is_one():
    """«17» stands in dates; «№ 17» is the order of the advocate."""
    more = "representatives: [{kind: advocate, surname: Назаров, order_no: 17}]"
    told = _told("17 человек видели ордер № 17", more=more)
    assert told.startswith("17 человек видели ордер № 0000")


def test_an_address_is_told_to_the_town_and_an_office_of_a_district_becomes_that_of_its_town():
    """What is left of a place is the town; of any other place a mark."""
    more = "letters: {prosecutor-complaint: {addressee: tj.prosecutor.dushanbe.sino}}\nincident: {place: у дома 5}"
    facts = twin_of(_case("стоял сотрудник", more=more), _known()).case.facts
    assert facts.clients[0].address_service == {"": "г. Душанбе, [адрес 1]"}
    assert facts.incident.place == {"": "[место 1]"}
    assert facts.letters["prosecutor-complaint"].addressee == "tj.prosecutor.dushanbe"


def test_codes_of_things_are_new_and_still_fit_together():
    """A code may be a name; what points at it points at the same thing."""
    more = """
inquiries: [{id: rakhimov-cctv, preset: cctv}]
evidence: [{id: passport-rustam, title: копия}]
letters: {lawyers-request-rakhimov-cctv: {annexes: [passport-rustam]}}
"""
    facts = twin_of(_case("стоял сотрудник", more=more), _known()).case.facts
    settings = facts.letters[f"lawyers-request-{facts.inquiries[0].id}"]
    assert settings.annexes == (facts.evidence[0].id,)
    assert "rustam" not in facts.evidence[0].id


def test_two_twins_of_one_case_differ():
    """The names come from chance alone: whoever has a case cannot compute them again."""
    one, other = (twin_of(_case("видели Рахимова"), _known()) for _ in range(2))
    assert one.case.facts.case.id != other.case.facts.case.id
    assert _dump(one) != _dump(other)


def test_invented_names_decline_as_the_rules_say():
    """Every invented name has the forms that the rules for names give, without a doubt."""
    names = _names()
    made = [("surname", "", names.surname), ("given_name", "m", names.given_m), ("given_name", "f", names.given_f)]
    for kind, own, parts in made:
        for begin, end in product(parts["begins"], parts["ends"]):
            stem = (begin + end)[:-1] if own == "f" else begin + end
            for sex in own or "mf":
                name = Invented(kind, sex, stem, "")
                found = decline(kind, sex, name.form(sex))
                assert {case: name.form(sex, case) for case in CASES} == dict(found.forms)
                assert not found.doubts
    father = Invented("patronymic", "m", "Дилман", "")
    for sex in ("m", "f"):
        assert {case: father.form(sex, case) for case in CASES} == dict(
            decline("patronymic", sex, father.form(sex)).forms
        )


_NAMES = st.builds(
    lambda stem, end: stem.capitalize() + end,
    st.text("абвгдезиклмнопрстуфхшҳқғҷӯ", min_size=2, max_size=9),
    st.sampled_from(["ов", "ев", "ин", "ский", "зода", "", "ӣ", "а", "иён"]),
)


def test_nobody_keeps_an_initial():
    """By chance an invented given name would often begin as the true one does."""
    initials = {_told("Р. С. Рахимов просил").split()[0] for _ in range(60)}
    assert len(initials) > 3
    assert "Р." not in initials


IN_EVERY_SURNAME = {"ова", "ову", "ове", "овым", "овой"}
"""Who is called so can be given no invented surname, for each has one of these in its forms."""


@settings(max_examples=60)
@given(_NAMES, _NAMES, st.sampled_from("mf"), st.sampled_from([str, str.upper, str.lower]))
@example("Ааов", "Ова", "m", str)
@example("Ов", "Аа", "f", str)
def test_any_name_is_replaced_or_refused(surname, given_name, sex, cast):
    """Whatever a person is called, a twin either tells none of it or is not made."""
    found = decline("surname", sex, surname)
    forms = [] if isinstance(found, str) else [*found.forms.values()]
    story = "; ".join(f"видели {cast(form)}" for form in [surname, given_name, *forms])
    person = json.dumps({"surname": surname, "given_name": given_name, "sex": sex}, ensure_ascii=False)
    try:
        told = _told(story, clients=f"\n- {person}\n")
    except CaseError as refused:
        paths = {each.path for each in refused.problems}
        none_left = any(each.id == "no-pseudonym-left" for each in refused.problems)
        assert paths == ({"clients[1]"} if none_left else {"detention.restriction_facts"})
        given = decline("given_name", sex, given_name)
        all_forms = {surname, given_name, *forms, *(() if isinstance(given, str) else given.forms.values())}
        assert none_left == bool(IN_EVERY_SURNAME & {form.lower() for form in all_forms})
    else:
        words = {folded(word.strip(";")) for word in told.split()} - {folded("видели")}
        common = _known().common.words
        assert not words & {folded(form) for form in [surname, given_name, *forms]} - common


def test_dates_move_together():
    """All by one number of days, hours as they were; a year of birth stays."""
    case = load_case(ROOT / "examples" / "rustam.yaml")
    by = timedelta(weeks=5)
    before, after = case.facts, shifted(case.facts, by)
    assert after.detention.released_at.day - before.detention.released_at.day == by
    assert after.detention.released_at.clock == before.detention.released_at.clock
    assert after.proceedings.opened_at - before.proceedings.opened_at == by
    assert after.letters["prosecutor-complaint"].date - before.letters["prosecutor-complaint"].date == by
    assert after.clients[0].birth_date == before.clients[0].birth_date


DATES = [
    "с 10 марта", "10.03.2026", "2026-03-10", "10 марти соли 2026", "on March 10", "10.03, держали", "с 10/03 по 12/03",
    "в 11.10", "5.03.26", "2026/03/10", "в 03.2026", "в марте держали", "мартовским утром", "дар моҳи май", "Since May",
    "in november", "5 сент. держали", "10 Mar", "Dec 3", "в Навруз", "рӯзи Наврӯз", "на Новый год", "в новогоднюю ночь",
    "8 марта", "в Рождество", "День Победы", "после Дня независимости", "рӯзи Истиқлолият", "on Women’s Day",
    "Соли нав", "до утра 11-го", "11 числа", "11-го числа", "десятого числа", "числа 11", "до утра одиннадцатого",
    "on the 11th", "рӯзи 11-ум", "с двадцать первого", "в Рамадан", "санаи 11", "наурыз мерекесі",
    "ночью,10.03", "в 11 ч. 10.03", "04.05-10.03",
]  # fmt: skip


@pytest.mark.parametrize("story", DATES)
def test_a_date_in_a_text_is_found(story):
    """A date in words or figures cannot be moved, and would tell by how much the others were."""
    assert list(dated(_case(story).facts)) == ["detention.restriction_facts"]


def test_a_year_of_the_case_is_a_date():
    """The year tells whether the dates went over its end; a year of other things is nothing to move."""
    more = "seizure: {at: 2026-03-10}"
    assert list(dated(_case("до утра, 2026 года", more=more).facts)) == ["detention.restriction_facts"]
    assert not list(dated(_case("он 1988 года, купил в 2019 году", more=more).facts))


NO_DATES = [
    "во вторник утром", "в 11:20", "в 11.20", "в 9.45", "ст. 12.10 кодекса", "по п. 3.12", "моддаи 10.03", "№ 10/03",
    "надел майку", "they may march", "5 человек", "2 маршрутки", "за 1.5 часа", "10-12 человек", "в 2 м от двери",
    "числом больше", "весь день", "новые люди", "Мартин видел", "с первого этажа",
]  # fmt: skip


@pytest.mark.parametrize("story", NO_DATES)
def test_what_is_no_date_may_stay(story):
    """Days of the week go with the weeks; times with a colon, articles, sums and words that begin like months stay."""
    assert not list(dated(_case(story).facts))


def test_too_many_names_end_in_a_refusal():
    """There is no endless search for a free name."""
    witnesses = ", ".join(f"{{surname: Ж{'абвгд'[n % 5] * (n // 5 + 1)}}}" for n in range(300))
    facts = _case("стоял", more=f"witnesses: [{witnesses}]").facts
    with pytest.raises(CaseError, match="no-pseudonym-left"):
        people_of(facts, ())

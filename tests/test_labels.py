"""The words for facts: complete in every language, fit for a gap, a form and a question."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest

from generator.case import labels
from generator.case.labels import Labels, load_labels, question, title
from generator.case.model import CaseFile
from generator.case.people import Entity
from generator.case.values import Answer, Moment, Withheld
from generator.errors import DataError

LANGUAGES = sorted(path.stem for path in (Path(labels.__file__).parent / "fields").glob("*.yaml"))


def parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from parts(inner)


def groups(model: type[Entity] = CaseFile, seen: tuple[type[Entity], ...] = ()) -> tuple[type[Entity], ...]:
    seen = (*seen, model)
    for field in model.model_fields.values():
        for part in parts(field.annotation):
            if isinstance(part, type) and issubclass(part, Entity) and part not in seen:
                seen = groups(part, seen)
    return seen


def facts() -> dict[str, Any]:
    return {f"{group.__name__}.{name}": field for group in groups() for name, field in group.model_fields.items()}


def facts_of(kind: type) -> list[str]:
    return [key for key, field in facts().items() if kind in parts(field.annotation)]


def choices() -> dict[str, set[str]]:
    found = {
        key: {choice for part in parts(field.annotation) if get_origin(part) is Literal for choice in get_args(part)}
        for key, field in facts().items()
    }
    return {key: words for key, words in found.items() if words}


def said(words: Labels) -> Iterator[tuple[str, str]]:
    for part in (words.kinds, words.groups, words.fields):
        for key, label in part.items():
            yield from ((f"{key}.{name}", text) for name in ("title", "help", "ask") if (text := getattr(label, name)))
            yield from ((f"{key}.{choice}", text) for choice, text in label.choices.items())


@pytest.fixture(params=LANGUAGES)
def words(request) -> Labels:
    return load_labels(request.param)


def test_every_language_of_letters_has_labels():
    """The languages of letters have labels."""
    assert {"en", "ru", "tg"} <= set(LANGUAGES)


def test_every_fact_and_group_has_a_label_and_no_label_lacks_its_fact(words):
    """A renamed or new field of the model is noticed in every language."""
    assert sorted(words.fields) == sorted(facts())
    assert sorted(words.groups) == sorted(group.__name__ for group in groups())


def test_every_choice_has_a_word(words):
    """A closed list can be shown in words."""
    assert {key: set(label.choices) for key, label in words.fields.items() if label.choices} == choices()


@pytest.mark.parametrize("kind", [Answer, Moment])
def test_whether_and_when_can_always_be_asked(words, kind):
    """An open finding turns into a question."""
    assert [key for key in facts_of(kind) if not words.fields[key].ask] == []


def test_all_languages_ask_for_the_same_facts():
    """The same case leads to the same questions in any language."""
    asked = {lang: [key for key in facts() if load_labels(lang).fields[key].ask] for lang in LANGUAGES}
    assert all(keys == asked["en"] for keys in asked.values())


def test_a_question_is_one_question(words):
    """A question ends with its question mark."""
    asks = [text for key, text in said(words) if key.endswith(".ask")]
    assert [text for text in asks if not text.endswith("?") or text.count("?") != 1] == []


def test_a_title_fits_into_a_gap_and_no_two_facts_share_one(words):
    """A title reads on after a colon, and tells its fact from all others."""
    titles = [label.title for label in words.fields.values()]
    assert [
        text for text in titles if text.endswith((".", "?")) or (text[0].isupper() and not text[:2].isupper())
    ] == []
    assert len(set(titles)) == len(titles)


def test_help_is_a_sentence(words):
    """Help ends with one full stop."""
    helps = [text.replace("г. Душанбе", "Душанбе") for key, text in said(words) if key.endswith(".help")]
    assert [text for text in helps if not text.endswith(".") or ". " in text] == []


def test_quotation_marks_are_curved():
    """No straight quotes; Russian and Tajik use «» alone."""
    for language in ("ru", "tg"):
        assert [text for _, text in said(load_labels(language)) if set(text) & set("\"'“”‘’")] == []
    assert [text for _, text in said(load_labels("en")) if set(text) & set("\"'")] == []


def test_questions_to_a_client_are_polite():
    """Russian writes «Вы» to one person with a capital letter."""
    lower = {"вы", "вас", "вам", "вами", "ваш", "ваша", "ваше", "ваши", "вашей", "вашего", "вашу", "вашем", "вашим"}
    asks = [text for key, text in said(load_labels("ru")) if key.endswith(".ask")]
    assert [text for text in asks if lower & set(text.replace("?", "").replace(",", "").split())] == []


def test_tajik_questions_to_a_client_are_polite():
    """Tajik writes «Шумо» to one person with a capital letter, and never «ту»."""
    asks = [text for key, text in said(load_labels("tg")) if key.endswith(".ask")]
    assert [text for text in asks if re.search(r"\b(шумо|шуморо|ту|туро)\b", text)] == []


@pytest.mark.parametrize("key", ["fields", "groups", "kinds"])
def test_tajik_is_written_in_its_own_letters(key):
    """No letter of Russian that Tajik does not have; a final ӣ becomes и before a suffix."""
    labels_of = getattr(load_labels("tg"), key)
    texts = [text for name, label in labels_of.items() for text in (label.title, label.help, label.ask or "")]
    own = [re.sub(r"Дар русӣ[^;]*", "", text) for text in texts]
    assert [text for text in own if re.search(r"[щыьЩЫЬ]|ӣ(?:ро|и)\b", text)] == []


@pytest.mark.parametrize(
    ("language", "never"),
    [("en", "no letter shows"), ("ru", "в письма не попадает"), ("tg", "намедарояд")],
)
def test_help_says_what_is_withheld_and_what_lifts_it(language, never):
    """Who fills a field learns whether letters will say it."""
    fields = load_labels(language).fields
    for key, field in facts().items():
        marks = [mark for mark in field.metadata if isinstance(mark, Withheld)]
        for mark in marks:
            assert never in fields[key].help, key
            assert f"consent.{mark.unless}" in fields[key].help or not mark.unless, key


def test_a_withheld_text_that_is_most_private_is_never_asked_for(words):
    """Nobody is asked about orientation, health in detail, or what was in the questions."""
    private = ["Client.orientation", "Client.health_details", "Questioning.content", "Medical.findings"]
    assert [key for key in private if words.fields[key].ask] == []


@pytest.mark.parametrize(
    ("path", "russian", "english"),
    [
        ("detention.id_shown", "предъявление служебного удостоверения", "showing of official identification"),
        ("clients[1].address_service", "адрес для переписки", "address for correspondence"),
        ("clients.address_service", "адрес для переписки", "address for correspondence"),
        ("clients[2].seizure.at", "время изъятия", "time of the seizure"),
        ("items[2].imei[1]", "IMEI", "IMEI"),
        ("items", "изъятые вещи", "things taken"),
        ("letters.prosecutor-complaint.addressee", "адресат письма", "addressee of the letter"),
        ("incident.place", "место события", "place of the incident"),
        ("incident.place.tg", "место события по-таджикски", "place of the incident in Tajik"),
        (
            "detention.delivered_to.room",
            "место, куда доставили (кабинет)",
            "place to which the person was taken (room)",
        ),
        (
            "detention.delivered_to.name.ru.gen",
            "место, куда доставили (название по-русски, родительный падеж)",
            "place to which the person was taken (name in Russian, genitive)",
        ),
        (
            "clients[1].name_forms.ru.dat",
            "полное имя доверителя по-русски, дательный падеж",
            "client’s full name in Russian, dative",
        ),
    ],
)
def test_title_of_a_path(path, russian, english):
    """Indexes and letter kinds drop out; a part that means little alone is named with its whole."""
    assert (title(path, "ru"), title(path, "en")) == (russian, english)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("detention.id_shown", "Показали ли Вам служебное удостоверение?"),
        ("clients[1].detention.released_at", "Когда Вас отпустили – в какой день и час?"),
        ("witnesses", "Кто видел или слышал происходившее и готов это подтвердить?"),
        ("detention.delivered_to.name.ru.gen", None),
        ("clients[1].orientation", None),
    ],
)
def test_question_for_a_path(path, asked):
    """A fact is asked for in plain words, a grammatical form or a private matter not at all."""
    assert question(path, "ru") == asked


@pytest.mark.parametrize("path", ["", "detention.colour", "detention.id_shown.ru", "incident.place.tg.gen", "name"])
def test_a_path_that_leads_nowhere_is_a_key_error(path):
    """A title is never made up."""
    with pytest.raises(KeyError):
        title(path, "ru")


def test_every_label_can_be_reached_by_a_path():
    """Whatever a letter can leave a gap for has a title in each language."""

    def paths(model: type[Entity], before: str) -> Iterator[str]:
        for name, field in model.model_fields.items():
            yield f"{before}{name}"
            inner = next((p for p in parts(field.annotation) if isinstance(p, type) and issubclass(p, Entity)), None)
            if inner:
                yield from paths(inner, f"{before}{name}.{'x.' if name == 'letters' else ''}")

    every = list(paths(CaseFile, ""))
    assert len(every) > 500
    assert [path for path in every for language in LANGUAGES if not title(path, language)] == []


def test_a_language_without_labels_is_said_to_be_unknown():
    """A missing file is a defect with a name, not a crash."""
    with pytest.raises(DataError, match="unknown-language"):
        title("items", "xx")

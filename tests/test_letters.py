"""Letter texts: what they may do, what a value can never do, and how law is cited by its grade."""

import json
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from letters import FOLDERS, KIND, LANGUAGES, LAW, LETTERS, case_from, example, letter_of

from generator.document import Item, plain
from generator.errors import DataError
from generator.letters.citing import in_ranges
from generator.letters.compose import Text, compose
from generator.letters.namespace import Occasion, namespace
from generator.letters.recipient import Recipient
from generator.letters.settle import Settler
from generator.letters.typography import tied
from generator.letters.wording import Wording
from generator.tree import odd_character

FRAME = "::: addressee\nX\n:::\n\n# T\n\n{body}\n\n::: signature\nd\nn\n:::\n"


def _composed(tmp_path, body: str, case=None):
    """Compose a letter text written in a test."""
    path = tmp_path / "ru.md"
    path.write_text(FRAME.replace("{body}", body), "utf-8")
    told = case or case_from(example("rustam.yaml"))
    settings = told.facts.letters["prosecutor-complaint"]
    language = LANGUAGES["ru"]
    wording = Wording(language, LAW, {}, date(2026, 6, 1), "client")
    settler = Settler(language, LAW, lambda path, _language: path, draft=False)
    facts = namespace(told, Occasion(KIND.kind, settings, Recipient("tj.prosecutor.general")), language)
    return compose("test", Text(path, None), facts, wording, settler)


@pytest.mark.parametrize(
    "body",
    [
        "{% set x = 1 %}",
        "{{ client.phone ~ client.surname }}",
        "{% macro m() %}{% endmacro %}",
        "{{ client.__class__ }}",
        "{{ client._entity }}",
        "{{ ''.join([client.phone]) }}",
        "{{ client.phone | safe }}",
        "{{ range(9) }}",
        "{{ cycler }}",
        "{% include '/etc/passwd' %}",
        "{% if detention.protocol %}x{% endif %}",
        "{% if detention.mispelt is yes %}x{% endif %}",
        "{% if detention.mispelt is known %}x{% endif %}",
        "{{ detention.mispelt }}",
        "{{ detention.apprehended_at }}",
        "[text](http://example.org)",
        "<b>text</b>",
        "* item",
        "`code`",
        "{{ ref('nothing') }}",
        "{{ principle('personal-data-consent') | cite }}",
    ],
)
def test_a_text_that_asks_for_more_than_it_may_is_refused(tmp_path, body):
    """No code, no files, no markup but ours, no misspelt fact, no bare yes-or-no: each names the letter."""
    with pytest.raises(DataError) as caught:
        _composed(tmp_path, body)
    assert all(problem.place and problem.place.file.endswith("ru.md") for problem in caught.value.problems)


def test_a_fault_names_its_line(tmp_path):
    """A lawyer finds the place in the text."""
    with pytest.raises(DataError) as caught:
        _composed(tmp_path, "Fine.\n\n{{ detention.mispelt }}")
    assert caught.value.problems[0].place.line == 9


def test_dropped_items_leave_no_gap_in_numbers_and_references(tmp_path):
    """Numbers and references are given after empty items and headings are gone."""
    body = (
        "## Gone\n\n1. {{ '' }}\n\n## Stays\n\n1. {a}\n   {% if medical.seen is yes %}X{% endif %}\n"
        "1. {b}\n   Y.\n1. See {{ ref('a', 'b') }}."
    )
    letter = _composed(tmp_path, body)
    items = [
        (block.label, plain(block.text).replace("\u00a0", " ")) for block in letter.body if isinstance(block, Item)
    ]
    assert items == [("1.", "Y."), ("2.", "See п. 1.")]


def test_article_is_printed_only_where_its_grade_allows(tmp_path):
    """A seen article is printed; of an unverified one only the act; the same act is short the second time."""
    letter = _composed(
        tmp_path, "A ({{ principle('liberty') | cite }}).\n\nB ({{ principle('complaint-answer') | cite }})."
    )
    first, second = (plain(block.text).replace("\u00a0", " ") for block in letter.body)
    assert "ст. 18" in first
    assert second == "B (нормы Уголовно-процессуального кодекса Республики Таджикистан)."


def test_breaches_of_one_law_are_named_together():
    """What would be cited with the same words is cited once; in a draft each article still asks to be looked up."""
    told = _body("prosecutor-complaint", example("rustam.yaml"))
    asked = "[проверить статью: 46] [проверить статью: 100]"
    assert f"о разъяснении прав и об уведомлении близких (нормы УПК Республики Таджикистан {asked})" in told
    assert "о решении, на основании которого изымается имущество (ч. 1–2 ст. 32 Конституции; нормы УПК" in told
    letter = letter_of(case_from(example("rustam.yaml")))
    assert {"tj.cpc.46", "tj.cpc.100"} <= set(letter.cited)


def test_languages_say_the_same_in_the_same_order():
    """The paragraphs of the letter have the same ids in the same order in every language."""
    for name in ("rustam", "minimal"):
        case = case_from(example(f"{name}.yaml"))
        russian, *others = (
            [(type(b), getattr(b, "label", ""), b.id) for b in letter_of(case, language).letter.body]
            for language in LANGUAGES
        )
        assert all(other == russian for other in others)


words = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"], max_codepoint=0x2FFF), min_size=1, max_size=60
)


@given(words)
def test_what_the_case_says_is_in_the_letter_letter_for_letter(value):
    """Any text, with markup of any kind in it, comes through YAML, Jinja and Markdown unchanged."""
    value = " ".join(value.split())
    assume(value and not odd_character(value) and value not in {"unknown", "null", "~"})
    import unicodedata  # noqa: PLC0415  # only here

    value = unicodedata.normalize("NFC", value)
    text = example("rustam.yaml").replace("make_model: Samsung Galaxy A54", f"make_model: {json.dumps(value)}")
    letter = letter_of(case_from(text)).letter
    told = " ".join(plain(block.text) for block in letter.body).replace("\u00a0", " ")
    assert f"мобильный телефон {value}, IMEI" in told


@given(st.text(st.sampled_from("абв №.стчп123– \u00a0«»"), max_size=40))
def test_ties_change_spaces_only(text):
    """Typography never touches a letter, a digit or a mark."""
    for language in LANGUAGES.values():
        assert tied(text, language.typography).replace("\u00a0", " ") == text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("№ 5, ст. 241, ч. 1 ст. 9", "№_5, ст._241, ч._1_ст._9"),
        ("ч. 1–2 ст. 32, ч. 10–12 ст. 3", "ч._1–2 ст._32, ч._10–12 ст._3"),
        ("12 марта 2026 года", "12_марта 2026_года"),
        ("Р. С. Рахимов", "Р._С._Рахимов"),
        ("в суд и к нему", "в_суд и_к_нему"),
        ("7 часов, 3 л.", "7_часов, 3_л."),
        ("тел.: +992 00 000", "тел.:_+992_00_000"),
        ("слово – слово", "слово_– слово"),
        ("вас. дом", "вас. дом"),
    ],
)
def test_russian_ties(text, expected):
    """The pairs that must not part at a line end are tied."""
    assert tied(text, LANGUAGES["ru"].typography) == expected.replace("_", "\u00a0")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("№ 5, қисми 2 моддаи 19", "№_5, қисми_2_моддаи_19"),
        ("бандҳои 2, 3 ва 4", "бандҳои_2, 3 ва_4"),
        ("10 марти соли 2026 соати 11:20", "10_марти соли_2026 соати_11:20"),
        ("Р. С. Раҳимов", "Р._С._Раҳимов"),
        ("7 соат 15 дақиқа, 3 варақ", "7_соат 15_дақиқа, 3_варақ"),
        ("аз ман ба шаҳри Душанбе", "аз_ман ба_шаҳри_Душанбе"),
        ("наваз чанд", "наваз чанд"),
    ],
)
def test_tajik_ties(text, expected):
    """The pairs that must not part at a line end are tied."""
    assert tied(text, LANGUAGES["tg"].typography) == expected.replace("_", "\u00a0")


def test_names_are_printed_as_typed_only_in_the_language_of_the_case():
    """A Russian spelling never stands in a Tajik letter, nor a Tajik one in a Russian letter: it is a gap."""
    case = example("minimal.yaml").replace("      tg: Саидова Зарина Далеровна\n", "")
    assert letter_of(case_from(case), "tg", draft=True).gaps == ("clients[1].name_forms.tg.nom",)
    ours = case.replace("language: ru", "language: tg").replace("      ru: {gen: Саидовой Зарины Далеровны}\n", "")
    letter = letter_of(case_from(ours), "tg").letter
    assert plain(letter.signature.name).replace("\u00a0", " ") == "З. Д. Саидова"
    assert "Саидова Зарина Далеровна" in plain(letter.corner[-1][0]).replace("\u00a0", " ")
    assert "clients[1].name_forms.ru.nom" in letter_of(case_from(ours), "ru", draft=True).gaps


def test_several_parts_of_an_article_have_their_own_words():
    """Where one part and several are called differently, the language file says both."""
    letter = letter_of(case_from(example("minimal.yaml")), "tg").letter
    told = " ".join(plain(block.text) for block in letter.body).replace("\u00a0", " ")
    assert "қисмҳои 2–3 моддаи 18" in told
    assert "қисми 1 моддаи 94" in told


def test_kind_is_fit_for_its_country():
    """Every ground and principle the letter uses exists in every country's pack."""
    from generator.law.load import load_law  # noqa: PLC0415  # only here

    for pack in ("tj", "xx"):
        assert set(KIND.kind.pleads) <= load_law(pack, FOLDERS).grounds.keys()


def _body(kind: str, text: str, language: str = "ru", about: int = 1) -> str:
    letter = letter_of(case_from(text), language, kind, draft=True, about=about).letter
    told = [plain(block.text) for block in letter.body if isinstance(block, Item)]
    return " ".join([letter.running, *told]).replace("\u00a0", " ")


@pytest.mark.parametrize("about", [1, 2, 3, 4])
@pytest.mark.parametrize(("language", "name"), [("ru", "Саидов"), ("tg", "Саидов"), ("en", "Saidov")])
def test_a_request_names_no_client_who_stays_unnamed(language, name, about):
    """A preset names the client only where the inquiry may; else it has no questions of its own, and there is a gap."""
    text = (LETTERS / "lawyers-request" / "example.yaml").read_text("utf-8")
    assert name not in _body("lawyers-request", text.replace("names_client: yes", "names_client: no"), language, about)


def test_a_call_by_telephone_is_not_told_as_said_at_the_release():
    """Who was told to come by telephone was not told so when released."""
    told = _body("prosecutor-complaint", example("rustam.yaml").replace("form: oral", "form: phone"))
    assert "около 18:20. Явиться 11 марта 2026 года в 10:00 от меня потребовали по телефону" in told


@pytest.mark.parametrize("served", ["no", "unknown"])
def test_a_motion_says_nothing_of_a_decision_the_defence_has_not_got(served):
    """What the decision contains is argued only where a copy of it was served."""
    text = (LETTERS / "motion-to-terminate" / "example.yaml").read_text("utf-8")
    assert "В постановлении" in _body("motion-to-terminate", text)
    told = _body("motion-to-terminate", text.replace("copy_served: yes", f"copy_served: {served}"))
    assert "В постановлении" not in told
    assert "Согласно постановлению" not in told


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        (["2", "1"], "1-2"),
        (["1-2", "3", "5"], "1-3, 5"),
        (["1", "1"], "1"),
        (["4", "2"], "2, 4"),
        (["1", "2 «a»"], "1, 2 «a»"),
        (["2"], "2"),
    ],
)
def test_parts_of_an_article_are_written_in_order_and_as_ranges(parts, written):
    """Two provisions of one article are cited as a lawyer cites them, whatever their order in the pack."""
    assert in_ranges(parts) == written

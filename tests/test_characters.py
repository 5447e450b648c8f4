"""Every character of Unicode that stands in a fact is printed as it is in every format, or refused where it stands."""

import html
import json
import re
import unicodedata
from functools import lru_cache

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from letters import ROOT, case_from, example, letter_of

from generator.errors import CaseError
from generator.publish import publish
from generator.render.house_style import HouseStyle, cached
from generator.render.read_docx import read_docx
from generator.tree import odd_character, tidy

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open
FACT = "clients[1].address_service.ru"
ENGINES = ("weasyprint", "typst")


@lru_cache
def style() -> HouseStyle:
    """Return the plain house style."""
    return cached(ROOT / "templates" / "house-styles" / "plain")


def case_text(value: str) -> str:
    """Return the least case with a value in one of its texts."""
    return example("minimal.yaml").replace("ru: 734000, г. Душанбе, ул. Лесная, д. 3", f"ru: {as_yaml(value)}")


def as_yaml(value: str) -> str:
    """Return a value in quotes; what a file cannot hold is told by its number."""
    quoted = json.dumps(f"г. {value}, д. 3", ensure_ascii=False)
    return "".join(f"\\u{ord(char):04x}" if "\ud800" <= char <= "\udfff" else char for char in quoted)


def printed(value: str, engine: str, formats: tuple[str, ...] = ("docx", "pdf", "html", "txt")) -> dict[str, bytes]:
    """Return the files of a letter with this value, each of which has been read back."""
    case = case_from(case_text(value))
    return publish(case, letter_of(case, "ru").letter, style(), formats, "x", engine=engine)


def refused(value: str, engine: str = "typst", formats: tuple[str, ...] = ("docx", "pdf")) -> tuple[str, str, str]:
    """Return the id, path or place, and character of the refusal of a value."""
    with pytest.raises(CaseError) as caught:
        printed(value, engine, formats)
    problem = caught.value.problems[0]
    assert problem.place is not None
    assert problem.place.line == 20 - 1
    return (
        problem.id,
        problem.path,
        " ".join(problem.values[name] for name in ("code", "name") if name in problem.values),
    )


ODD = {
    "NUL": "\x00", "bell": "\x07", "escape": "\x1b", "delete": "\x7f", "next line": "\x85", "C1": "\x9b",
    "surrogate": "\ud800", "private use": "\ue000", "private plane": "\U000f0000", "not a character": "\ufffe",
    "unassigned": "\u0378", "soft hyphen": "\u00ad", "zero width space": "\u200b", "joiner": "\u200d",
    "non-joiner": "\u200c", "left-to-right mark": "\u200e", "override": "\u202e", "isolate": "\u2066",
    "Arabic letter mark": "\u061c", "word joiner": "\u2060", "invisible times": "\u2062", "byte order mark": "\ufeff",
    "annotation": "\ufff9", "object": "\ufffc", "replacement": "\ufffd", "hangul filler": "\u3164",
    "halfwidth filler": "\uffa0", "choseong filler": "\u115f", "grapheme joiner": "\u034f", "braille blank": "\u2800",
    "Khmer vowel": "\u17b4", "Mongolian selector": "\u180b", "fourth Mongolian selector": "\u180f",
    "variation selector": "\ufe0f", "variation selector of plane 14": "\U000e0100", "tag": "\U000e0041",
    "shorthand": "\U0001bca0", "musical beam": "\U0001d173", "null notehead": "\U0001d159",
    "line separator": "\u2028", "paragraph separator": "\u2029", "form feed": "\x0c", "vertical tab": "\x0b",
}  # fmt: skip


@pytest.mark.parametrize("kind", ODD)
def test_what_nobody_sees_is_refused_where_it_stands(kind):
    """A control, an invisible, private or unassigned character is named with its code before anything is made of it."""
    found, _, code = refused(f"а{ODD[kind]}б")
    assert found in {"odd-character", "yaml-syntax"}  # YAML itself takes no half of a pair
    assert f"U+{ord(ODD[kind]):04X}" in code or found == "yaml-syntax"


def test_a_refusal_names_the_character():
    """The code alone says little to a lawyer."""
    assert refused("а\u202eб")[2] == "U+202E RIGHT-TO-LEFT OVERRIDE"


@pytest.mark.parametrize("marks", ["\u0301" * 5, "\u0488" * 5, "\u0301\u0302\u0303\u0304\u0305\u0306" * 9])
def test_a_tower_of_marks_is_refused(marks):
    """More than four marks on a letter are no writing."""
    assert refused(f"а{marks}")[0] == "odd-character"


WITHOUT_GLYPH = {
    "Chinese": "\u4e2d", "compatibility": "\uf900", "Devanagari": "\u0905", "Arabic": "\u0627", "Tibetan": "\u0f40",
    "emoji": "\U0001f600", "flag": "\U0001f1f9", "full-width digit": "\uff11", "Arabic digit": "\u0661",
    "mathematical letter": "\U0001d400", "ideographic stop": "\u3002", "tone": "\ua700",
}  # fmt: skip


@pytest.mark.parametrize("kind", WITHOUT_GLYPH)
def test_what_no_font_draws_is_refused_with_field_and_name(kind):
    """Field, code and name of the character are told, and no file is made."""
    char = WITHOUT_GLYPH[kind]
    wanted = unicodedata.normalize("NFC", char)
    assert refused(f"а{char}б") == ("no-glyph", FACT, f"U+{ord(wanted):04X} {unicodedata.name(wanted)}")


NOT_TRULY = {"Hebrew": "שלום", "a Hebrew sign": "\u05f4", "a ligature": "ﬁ", "a stress mark": "за\u0301мок"}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", NOT_TRULY)
def test_what_an_engine_would_not_print_as_it_is_is_printed_or_named(kind, engine):
    """What reads back otherwise is refused with field and character; what reads back is printed."""
    value = NOT_TRULY[kind]
    try:
        printed(value, engine)
    except CaseError as fault:
        assert {(problem.id, problem.path) for problem in fault.problems} == {("not-printed-truly", FACT)}
        assert {problem.values["code"] for problem in fault.problems} <= {f"U+{ord(char):04X}" for char in value}


PRINTED = {
    "spaces of all kinds": "a\u00a0b\u2003c\u202fd\u3000e\tf\u1680g\u205fh",
    "composed": "Å \u212b K \u212a Ω \u2126 й и\u0306 ӣ и\u0304",
    "Tajik": "Ҷамшеди Ғ. Қ. Ӯ. Ҳ. Ӣ.",
    "Kazakh": "Әлия Ңұр Өскен Үміт Һ І",
    "Azeri and Turkish": "Əli Şükür ğ ı İ ö ç",
    "Uzbek": "O\u02bbzbek g\u02bb \u2019",
    "quotes and dashes": "«ёлка» “x” ‘y’ – — ‑ … №",
    "currency": "€ ₽ ₸ ₼ £ $",
    "what looks like markup": "<b>&amp;</b> {{ x }} #let *y* _z_ \\ `q` ]]>",
    "combining above composed": "Ё́"[:1] + " ё",
    "Greek and Georgian digits": "αβγ ΔΣ",
    "fractions and powers": "½ ¼ m² m³ ° ±",
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", PRINTED)
def test_what_is_written_is_printed(kind, engine):
    """The letters of the region, its signs and all kinds of space come out in all formats; spaces fold into one."""
    files = printed(PRINTED[kind], engine)
    wanted = squeezed(tidy(PRINTED[kind]))
    assert any(wanted in squeezed(text) for text in read_docx(files["x.docx"]).paragraphs)
    assert wanted in drawn(files["x.pdf"])


def squeezed(text: str) -> str:
    return unicodedata.normalize("NFD", "".join(text.split()))


def drawn(raw: bytes) -> str:
    """Return what a PDF draws, without spaces; PDFium tells a hyphen at a line end in its own way."""
    pages = pypdfium2.PdfDocument(raw)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    return squeezed(text.replace("\ufffe", "-").replace("\x02", "-"))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_word_of_five_thousand_letters_is_wholly_on_paper_or_refused(engine):
    """No letter of it is lost at an edge."""
    word = "Щабвгдежзи" * 500
    try:
        files = printed(word, engine, ("docx", "pdf"))
    except CaseError as fault:
        assert [problem.id for problem in fault.problems] == ["text-too-long"]
    else:
        assert squeezed(word) in drawn(files["x.pdf"])


ANY = st.one_of(
    st.text(st.sampled_from("абвыйӣқҷ AZaz09.-№«»\u00a0\u0301"), min_size=1, max_size=20),
    st.text(st.characters(max_codepoint=0x2FFF), min_size=1, max_size=3),
    st.text(min_size=1, max_size=12),
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(ANY)
def test_any_text_is_printed_alike_in_all_formats_or_refused(value):
    """Whatever stands in a fact, either all formats hold it, or the refusal says where and never repeats it."""
    try:
        files = printed(value, "typst")
    except CaseError as fault:
        for problem in fault.problems:
            assert problem.place is not None
            assert problem.path or problem.place.line == 19
            assert value not in str(problem.values) or len(value) < 3
    else:
        wanted = squeezed(tidy(f"г. {value}, д. 3"))
        assert not odd_character(value)
        assert any(wanted in squeezed(text) for text in read_docx(files["x.docx"]).paragraphs)
        assert wanted in drawn(files["x.pdf"])
        assert wanted in squeezed(files["x.txt"].decode())
        assert wanted in squeezed(html.unescape(re.sub("<[^>]*>", "", files["x.html"].decode())))


@pytest.mark.parametrize("field", ["price", "number"])
def test_digits_of_other_scripts_are_no_numbers(field):
    """A sum or number in digits of another script is not taken for one and printed in others."""
    texts = {
        "price": "items:\n  - id: a\n    kind: phone\n    value: ١٢ TJS\n",
        "number": "detention:\n  cell: ２\n",
    }
    with pytest.raises(CaseError) as caught:
        case_from(example("minimal.yaml") + texts[field])
    assert caught.value.problems

"""What a letter must never say stops it, draft or final: an admission, the contents of a device, an exchange."""

import re

import pytest
from letters import AS_OF, FOLDERS, LANGUAGES, LAW, ROOT, case_from

from generator.assembly import Order, assemble
from generator.cli.messages import Messages
from generator.errors import CaseError
from generator.letters.catalogue import letter_names, load_kind

KIND = load_kind("motion-to-terminate", FOLDERS)
EXAMPLE = (ROOT / "templates" / "letters" / "motion-to-terminate" / "example.yaml").read_text("utf-8")
ARGUMENT = {
    "ru": "ни одно лицо не сообщило о получении чего-либо",
    "tg": "ягон шахс дар бораи гирифтани чизе хабар надодааст",
    "en": "no person reports having received anything",
}
ADMISSIONS = {
    "ru": [
        "файлы хранились только для себя",
        "частная переписка не есть распространение",
        "доверитель отправлял снимки одному человеку",
        "Фотографии никому не показывали",
        "ФОТО с личного телефона",
        "фо́то никому не показывали",
        "фoтo никому не показывали",
        "видео-ролик",
        "обмен между двумя людьми",
    ],
    "tg": [
        "файлҳо танҳо барои худам буданд",
        "мукотибаи ду нафар паҳнкунӣ нест",
        "аксҳоро ба як кас фиристодам",
        "Суратҳо дар телефони шахсӣ",
    ],
    "en": [
        "the files were kept for own use",
        "a private exchange is not distribution",
        "Pictures were sent to one person only",
        "nothing intimate was shown",
        "the correspondence of two adults",
    ],
}
REFUSED = [(language, words) for language, all_words in ADMISSIONS.items() for words in all_words]


def _motion(text: str, language: str, *, draft: bool):
    return assemble(case_from(text), LAW, KIND, Order(LANGUAGES[language], AS_OF, draft), FOLDERS)


@pytest.mark.parametrize("draft", [True, False])
@pytest.mark.parametrize(("language", "words"), REFUSED)
def test_an_admission_stops_the_motion_and_its_draft(language, words, draft):
    """Words that admit something, or say that private files exist, are named by place and never repeated."""
    with pytest.raises(CaseError) as caught:
        _motion(EXAMPLE.replace(ARGUMENT[language], words), language, draft=draft)
    (problem,) = caught.value.problems
    assert (problem.id, problem.path) == (
        "admission-refused",
        f"proceedings.charge.elements_not_proved[1].argument.{language}",
    )
    assert EXAMPLE.split("\n")[problem.place.line - 1].strip().startswith("argument:")
    assert problem.values == {"letter": "motion-to-terminate"}
    for ui in ("en", "ru"):
        assert words not in " ".join(Messages(ui).problem(problem))


@pytest.mark.parametrize(
    ("old", "path"),
    [
        ("отсутствием состава преступления", "proceedings.ground_requested.ru"),
        ("допросить сотрудников, проводивших изъятие", "proceedings.defence_actions[2].ru"),
        ("цель распространения", "proceedings.charge.elements_not_proved[2].name.ru"),
    ],
)
def test_every_fact_in_which_the_defence_speaks_is_searched(old, path):
    """The ground asked for, the steps asked for and the names of the elements are held to the same rule."""
    with pytest.raises(CaseError) as caught:
        _motion(EXAMPLE.replace(old, "хранение файлов"), "ru", draft=True)
    assert [(problem.id, problem.path) for problem in caught.value.problems] == [("admission-refused", path)]


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
def test_the_example_passes(language):
    """A motion that argues from the file alone is written."""
    assert _motion(EXAMPLE, language, draft=False).letter.title


def test_words_of_the_prosecution_are_not_searched():
    """What is quoted from the decision is not said by the defence."""
    text = EXAMPLE.replace("ru: незаконный оборот материалов", "ru: хранил и отправлял файлы")
    assert _motion(text, "ru", draft=False).letter.title


def test_a_text_in_another_language_does_not_stop_the_letter():
    """Only what the letter would print counts: its own language."""
    text = EXAMPLE.replace(ARGUMENT["en"], ADMISSIONS["en"][1])
    assert _motion(text, "ru", draft=False).letter.title
    with pytest.raises(CaseError):
        _motion(text, "en", draft=True)


def test_a_text_without_a_language_is_searched():
    """A single text is in the language of the case."""
    told = re.sub("ground_requested: .*", "ground_requested: обмен", EXAMPLE)
    with pytest.raises(CaseError) as caught:
        _motion(told, "ru", draft=True)
    assert [problem.path for problem in caught.value.problems] == ["proceedings.ground_requested"]


def test_what_is_withheld_cannot_be_refused():
    """A fact that no letter says stops no letter."""
    text = EXAMPLE.replace(ARGUMENT["ru"], ADMISSIONS["ru"][0])
    text += "withhold: [proceedings.charge.elements_not_proved.argument]\n"
    assert _motion(text, "ru", draft=True).letter.title


def test_a_refusal_has_words_for_each_language_the_letter_is_written_in():
    """No language of a letter that refuses words is left without a list."""
    for name in letter_names(FOLDERS):
        entry = load_kind(name, FOLDERS)
        if entry.kind.refuses:
            assert set(entry.languages()) <= entry.kind.refuses.words.keys(), name


@pytest.mark.parametrize("options", [(), ("--draft",)])
def test_write_makes_nothing_of_an_admission(arznoma, tmp_path, options):
    """The command refuses the motion and its draft, writes no file, and does not repeat the words."""
    (tmp_path / "case.yaml").write_text(EXAMPLE.replace(ARGUMENT["ru"], ADMISSIONS["ru"][0]), "utf-8")
    arguments = ("write", "case.yaml", "--letter", "motion-to-terminate", "--format", "txt", "--as-of", "2026-06-01")
    code, out, err = arznoma("--ui", "ru", *arguments, *options)
    assert (code, out) == (1, "")
    assert "proceedings.charge.elements_not_proved[1].argument.ru" in err
    assert "хранились" not in err
    assert not (tmp_path / "out").exists()

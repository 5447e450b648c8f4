"""`arznoma check --letters` says before use all that is wrong with letters, styles and law from others."""

import json
import os
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from letters import LETTERS, ROOT

from generator.assembly import Order, law_of, try_branches
from generator.case.load import load_case
from generator.errors import DataError, GeneratorError, Problem
from generator.findings.find import find
from generator.folders import Folders
from generator.law.load import load_law
from generator.letters.bundles import load_bundle
from generator.letters.catalogue import letter_names, load_kind
from generator.letters.language import load_language
from generator.register.check import check_pack

KIND = "summons-message"
STYLES = ROOT / "templates" / "house-styles"


@pytest.fixture
def theirs(tmp_path) -> Path:
    """Return a data folder from others with one letter, which is a copy of a bundled one under another name."""
    folder = tmp_path / "theirs"
    shutil.copytree(LETTERS / KIND, folder / "templates" / "letters" / "their-message")
    return folder


def told(arznoma, folder: Path) -> tuple[int, dict[str, list[dict[str, str]]]]:
    """Return the exit code of the check of a folder, and what it says."""
    code, out, _ = arznoma("--ui", "en", "check", "--letters", str(folder), "--as-of", "2026-06-01", "--json")
    return code, json.loads(out)


def test_a_folder_without_fault_passes(arznoma, theirs):
    """Nothing is refused, and it is said in which languages no native lawyer has read the text."""
    code, found = told(arznoma, theirs)
    assert (code, found["errors"], found["letters"]) == (0, [], ["their-message"])
    assert {each["id"] for each in found["warnings"]} == {"letter-not-reviewed"}
    assert {Path(each["file"]).name for each in found["warnings"]} == {"en.md", "ru.md", "tg.md"}
    languages = {each["says"].rpartition(" ")[2] for each in found["warnings"]}
    assert len(found["warnings"]) == 3, languages


def test_all_faults_of_a_folder_are_told_at_once(arznoma, theirs, tmp_path):
    """Each with its file, its line where there is one, and what to do; a fault of one part hides none of another."""
    letter = theirs / "templates" / "letters" / "their-message"
    with (letter / "en.md").open("a", encoding="utf-8") as file:
        file.write("\n{{ client.__class__ }}\n\n{{ 'x' * 10**9 }}\n")
    (letter / "ru.md").write_text("{% if %}", "utf-8")
    clause = theirs / "templates" / "clauses" / "en" / "bad.md"
    clause.parent.mkdir(parents=True)
    clause.write_text("{% set x = 1 %}", "utf-8")
    style = theirs / "templates" / "house-styles" / "their-style"
    style.mkdir(parents=True)
    (style / "style.yaml").write_text("base: plain\n", "utf-8")
    (style / "letter.css").write_text("p { margin: 0; }\np { display: none; }\n", "utf-8")
    with zipfile.ZipFile(STYLES / "plain" / "letter.docx") as good, zipfile.ZipFile(style / "letter.docx", "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b"<w:p>", b"<w:p><w:r><w:rPr><w:vanish/></w:rPr></w:r>", 1))
        bad.writestr("word/vbaProject.bin", b"x")
    pack = theirs / "law" / "zz"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text("id: zz\nname: &a Nowhere\n", "utf-8")
    (theirs / "secret.yaml").symlink_to(tmp_path / "secret")
    os.mkfifo(theirs / "pipe")
    code, found = told(arznoma, theirs)
    said = {(each["id"], Path(each["file"]).name, each["line"]) for each in found["errors"]}
    end = (LETTERS / KIND / "en.md").read_text("utf-8").count("\n")
    assert code == 1
    assert said >= {
        ("letter-not-allowed", "en.md", end + 2),
        ("letter-not-allowed", "en.md", end + 4),
        ("letter-syntax", "ru.md", 1),
        ("letter-not-allowed", "bad.md", 1),
        ("style-css-not-allowed", "letter.css", 2),
        ("style-word-unseen", "letter.docx", 0),
        ("style-word-not-allowed", "letter.docx", 0),
        ("yaml-alias", "pack.yaml", 2),
        ("data-outside", "secret.yaml", 0),
        ("data-not-a-file", "pipe", 0),
    }
    assert all(each["says"] and each["remedy"] for each in found["errors"])


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("templates/letters/their-message", (["their-message"], [], [])),
        ("templates/letters", (["their-message"], [], [])),
        ("templates/house-styles/mine", ([], ["mine"], [])),
        ("law", ([], [], ["xx"])),
    ],
)
def test_a_part_of_a_folder_can_be_looked_at(arznoma, theirs, below, expected):
    """A letter, style or pack, or a folder of them."""
    (theirs / "templates" / "house-styles" / "mine").mkdir(parents=True)
    (theirs / "templates" / "house-styles" / "mine" / "style.yaml").write_text("base: plain\n", "utf-8")
    shutil.copytree(ROOT / "law" / "xx", theirs / "law" / "xx")
    code, found = told(arznoma, theirs / below)
    assert (found["letters"], found["styles"], found["packs"]) == expected
    assert (code, found["errors"]) == (0, [])


def test_a_letter_alone_in_a_folder_can_be_looked_at(arznoma, tmp_path):
    """What somebody sent need not lie in a data folder yet."""
    shutil.copytree(LETTERS / KIND, tmp_path / "sent")
    assert told(arznoma, tmp_path / "sent")[1]["letters"] == ["sent"]


def test_what_would_take_the_place_of_something_is_told(arznoma, tmp_path):
    """A letter, pack or passages of a name there is already, and a lawyer's word on law, are worth a look."""
    folder = tmp_path / "theirs"
    shutil.copytree(LETTERS / KIND, folder / "templates" / "letters" / KIND)
    shutil.copytree(ROOT / "templates" / "clauses" / "en", folder / "templates" / "clauses" / "en")
    (folder / "confirmations").mkdir()
    code, found = told(arznoma, folder)
    warned = [(each["id"], Path(each["file"]).name) for each in found["warnings"] if each["id"].startswith("data-")]
    assert code == 0
    assert sorted(warned) == [("data-confirms", "confirmations"), ("data-replaces", "en"), ("data-replaces", KIND)]


def test_texts_are_tried_with_the_example_of_the_letter(arznoma, theirs):
    """What only shows when a text is filled, such as a misspelt fact or a loop without end, is found too."""
    text = theirs / "templates" / "letters" / "their-message" / "en.md"
    text.write_text(f"{text.read_text('utf-8')}\n{{{{ detention.mispelt }}}}\n", "utf-8")
    code, found = told(arznoma, theirs)
    assert code == 1
    assert [(each["id"], Path(each["file"]).name) for each in found["errors"]] == [("letter-fault", "en.md")]


IN_A_BRANCH = {
    "{{ client.mispelt }}": "letter-fault",
    "{% if detention.mispelt is yes %}x{% elif nothing_like_it is known %}y{% endif %}": "letter-fault",
    "{{ me.locative }}": "letter-fault",
    "{% if detention.force %}x{% endif %}": "letter-fault",
    "{{ duration(detention.apprehended_at) }}": "letter-misused",
    "{{ client | name('locative') }}": "letter-misused",
    "{{ principle('nothing-like-it') | cite }}": "letter-misused",
    "{{ detention.force }}": "not-printable",
    "{{ summons.at }}": "not-printable",
    "{{ ref('nothing-like-it') }}": "nothing-to-refer-to",
}


@pytest.mark.parametrize("fault", IN_A_BRANCH)
def test_a_fault_in_a_branch_that_no_case_took_yet_is_found(arznoma, theirs, fault):
    """All branches of a text are tried, also within branches; the line is told."""
    text = theirs / "templates" / "letters" / "their-message" / "en.md"
    branch = "{% if client.surname is unknown %}{% if detention.force is yes %}FAULT{% endif %}{% endif %}"
    branch = branch.replace("FAULT", fault)
    text.write_text(f"{text.read_text('utf-8')}\n\n{branch}\n", "utf-8")
    code, found = told(arznoma, theirs)
    said = [(each["id"], Path(each["file"]).name, each["line"]) for each in found["errors"]]
    assert (code, said) == (1, [(IN_A_BRANCH[fault], "en.md", text.read_text("utf-8").count("\n"))])


@pytest.mark.parametrize("name", ["rustam.yaml", "minimal.yaml"])
def test_all_branches_of_all_letters_are_sound(folders, name):
    """Whatever a case lacks, no branch of a bundled letter asks for what is not there."""
    case = load_case(ROOT / "examples" / name)
    law = law_of(case, folders)
    for kind in letter_names(folders):
        entry = load_kind(kind, folders)
        for language in entry.languages():
            try_branches(
                case, law, entry, Order(load_language(language, folders), date(2026, 6, 1), draft=True), folders
            )


SPOILS = {
    "templates/clauses/ru/closing.md": ("{{ letter", "{{ nothing_like_it", "letter-fault"),
    "templates/languages/ru.yaml": ("{day} {month}", "{day} {surname}", "letter-misused"),
}


@pytest.mark.parametrize("name", SPOILS)
def test_what_letters_share_is_tried_with_the_letters_there_are(arznoma, tmp_path, name):
    """A passage or a language from others serves every letter, so each is made with it before anybody needs one."""
    old, new, problem = SPOILS[name]
    for folder in ("sound", "spoiled"):
        shutil.copytree((ROOT / name).parent, (tmp_path / folder / name).parent)
    text = (ROOT / name).read_text("utf-8")
    assert old in text
    (tmp_path / "spoiled" / name).write_text(text.replace(old, new), "utf-8")
    assert told(arznoma, tmp_path / "sound")[0] == 0
    code, found = told(arznoma, tmp_path / "spoiled")
    assert code == 1
    assert {each["id"] for each in found["errors"]} == {problem}


def test_a_style_is_tried_on_letters_that_are_there(arznoma, tmp_path):
    """What only shows when a letter is made in a style is found before one is needed, and told of the style."""
    style = tmp_path / "theirs" / "templates" / "house-styles" / "mine"
    style.mkdir(parents=True)
    (style / "style.yaml").write_text("base: plain\n", "utf-8")
    with zipfile.ZipFile(STYLES / "plain" / "letter.docx") as good, zipfile.ZipFile(style / "letter.docx", "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b'"word/document.xml"', b'"/word/document.xml"'))
    code, found = told(arznoma, tmp_path / "theirs")
    assert code == 1
    (problem,) = found["errors"]
    assert problem["id"] == "output-part-differs"
    assert Path(problem["file"]).name == "mine"


def test_a_font_without_the_letters_of_a_language_is_worth_a_look(arznoma, tmp_path):
    """Such a style serves other languages, so it is not refused."""
    style = tmp_path / "theirs" / "templates" / "house-styles" / "mine"
    style.mkdir(parents=True)
    with TTFont(STYLES / "plain" / "fonts" / "Tinos-Regular.ttf") as font:
        for table in font["cmap"].tables:
            table.cmap.pop(ord("ҷ"), None)
        font.save(style / "mine.ttf")
    (style / "style.yaml").write_text("base: plain\nfonts:\n  regular: mine.ttf\n", "utf-8")
    code, found = told(arznoma, tmp_path / "theirs")
    assert (code, found["errors"]) == (0, [])
    (warning,) = (each for each in found["warnings"] if each["id"] == "no-glyph")
    assert "U+04B7" in warning["says"]
    assert Path(warning["file"]).name == "mine"


def test_a_folder_with_nothing_in_it_is_no_success(arznoma, tmp_path):
    """A wrong folder is told, not passed."""
    (tmp_path / "empty").mkdir()
    code, found = told(arznoma, tmp_path / "empty")
    assert (code, [each["id"] for each in found["errors"]]) == (1, ["data-nothing"])


@pytest.mark.parametrize("arguments", [(), ("case.yaml", "--letters", ".")])
def test_a_case_or_a_folder_is_looked_at(arznoma, arguments):
    """One of them, so that no one takes the answer about one for an answer about both."""
    assert arznoma("check", *arguments)[0] == 2


def test_it_is_said_in_words(arznoma, theirs):
    """Without --json the same is printed for people, and nothing of the texts."""
    text = theirs / "templates" / "letters" / "their-message" / "ru.md"
    text.write_text("Тайна {{ 1 + 1 }}", "utf-8")
    code, out, _ = arznoma("--ui", "ru", "check", "--letters", str(theirs))
    assert code == 1
    assert f"{text.as_posix()}:1" in out
    assert "Не принято (1)" in out
    assert "Тайна" not in out


ODD = [
    ("languages/en.yaml", "reviewed: no", "reviewed: {a: b}"),
    ("languages/en.yaml", "  act_case: nom", "  act_case: yes"),
    ("languages/en.yaml", "language: en", "language: [en]"),
    ("law/xx/worked-cases/*.yaml", "    facts:\n", "    facts: none\n    more:\n"),
    ("law/xx/worked-cases/*.yaml", "cases:\n", "cases: many\nmore:\n"),
    ("law/xx/pack.yaml", "zone: Asia/Almaty", "zone: Asia/Nowhere"),
    ("law/xx/pack.yaml", "zone: Asia/Almaty", "zone: ../../etc/passwd"),
    ("law/xx/pack.yaml", "zone: ", "includes: [nowhere]\nzone: "),
    ("law/xx/provisions.yaml", "from: 1995-01-01", "from: []"),
    (
        "law/xx/holidays.yaml",
        "days: [saturday, sunday]",
        "days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]",
    ),
]


@pytest.mark.parametrize(("name", "old", "new"), ODD)
def test_data_of_another_shape_is_told(name, old, new, tmp_path):
    """Whatever stands where a word or a list belongs is a problem with a place, and no fault of the program."""
    source = next((ROOT if name.startswith("law") else ROOT / "templates").glob(name))
    pack = tmp_path / "law" / "xx"
    shutil.copytree(ROOT / "law" / "xx", pack)
    target = next(tmp_path.glob(name), tmp_path / "templates" / name)
    target.parent.mkdir(parents=True, exist_ok=True)
    text = source.read_text("utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), "utf-8")
    problems = _problems_of(name, Folders((tmp_path, ROOT)))
    assert problems
    assert all(problem.place and problem.place.line for problem in problems)
    assert any(problem.place.file == target.as_posix() for problem in problems)


def _problems_of(name: str, folders: Folders) -> tuple[Problem, ...]:
    """Return what is wrong with the pack or the language of a file."""
    if name.startswith("law"):
        return check_pack("xx", folders)[0]
    try:
        load_language("en", folders)
    except GeneratorError as fault:
        return fault.problems
    return ()


def test_a_bundle_of_letters_that_nobody_has_is_told(tmp_path):
    """With the line of the letter, when the bundle is loaded and not only when it is written."""
    bundle = tmp_path / "templates" / "bundles" / "mine.yaml"
    bundle.parent.mkdir(parents=True)
    bundle.write_text("titles: {ru: Моё}\nletters:\n  - letter: rights-card\n  - letter: nothing-like-it\n", "utf-8")
    with pytest.raises(DataError) as caught:
        load_bundle("mine", Folders((tmp_path, ROOT)))
    assert [(p.id, p.path, p.place.line) for p in caught.value.problems] == [("unknown-letter", "letters[2].letter", 4)]


def test_a_ground_that_asks_for_no_fact_stops_a_letter(tmp_path):
    """Whoever did not look at a pack before hears of it in the words of the program, with its place."""
    shutil.copytree(ROOT / "law" / "tj", tmp_path / "law" / "tj")
    grounds = tmp_path / "law" / "tj" / "grounds.yaml"
    text = grounds.read_text("utf-8")
    assert "detention.apprehended_at" in text
    grounds.write_text(text.replace("detention.apprehended_at", "detention.nothing_like_it"), "utf-8")
    law = load_law("tj", Folders((tmp_path, ROOT)))
    with pytest.raises(DataError) as caught:
        find(load_case(ROOT / "examples" / "rustam.yaml"), law)
    (problem,) = caught.value.problems
    assert problem.id == "no-such-fact"
    assert problem.place.file == grounds.as_posix()
    assert problem.place.line

"""A house style is checked as a whole, and every fault is named at once."""

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from generator.errors import DataError, RenderError
from generator.render.docx import render_docx
from generator.render.house_style import load
from generator.render.pdf import render_pdf

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open


@pytest.fixture
def folder(plain_folder, tmp_path) -> Path:
    """Return a copy of the plain style to spoil."""
    return Path(shutil.copytree(plain_folder, tmp_path / "mine"))


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Change a text file of the style."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def change_word(folder: Path, part: str, old: str, new: str, extra: dict[str, bytes] | None = None) -> None:
    """Change a part of `letter.docx`, or add parts."""
    with zipfile.ZipFile(io.BytesIO((folder / "letter.docx").read_bytes())) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(folder / "letter.docx", "w") as after:
        for name, content in {**parts, **(extra or {})}.items():
            after.writestr(name, content)


def found(folder: Path) -> list[tuple[str, dict[str, str]]]:
    """Return what loading the style says."""
    with pytest.raises(DataError) as caught:
        load(folder)
    return [(problem.id, dict(problem.values)) for problem in caught.value.problems]


def test_missing_files_are_named_together(folder):
    """All absent files of a style are named at once."""
    for name in ("letter.css", "card.docx", "fonts/Tinos-Bold.ttf"):
        (folder / name).unlink()
    assert [problem for problem, _ in found(folder)] == ["style-file-missing"] * 3


def test_faults_of_all_files_are_named_together(folder):
    """A lost placeholder, a lost Word style and an unknown measure are one report."""
    change(folder, "letter.html", "{{ closing }}", "")
    change(folder, "letter.css", "var(--item-gap)", "var(--item-gab)")
    change_word(folder, "word/styles.xml", 'w:name w:val="Numbered Fact"', 'w:name w:val="Numbered"')
    told = found(folder)
    for each in [
        ("style-unknown-measure", {"measure": "item-gab"}),
        ("style-lacks-style", {"style": "Numbered Fact"}),
        ("style-lacks-placeholder", {"placeholder": "closing"}),
    ]:
        assert each in told


@pytest.mark.parametrize(
    ("part", "old", "new", "measure"),
    [
        ("word/document.xml", 'w:left="1701"', 'w:left="1134"', "margin-left"),
        ("word/styles.xml", 'w:line="310"', 'w:line="360"', "leading"),
        ("word/styles.xml", 'w:ascii="Times New Roman"', 'w:ascii="Arial"', "fonts.word"),
    ],
)
def test_word_and_style_file_must_agree(folder, part, old, new, measure):
    """A measure that letter.docx says otherwise than style.yaml is named with both values."""
    change_word(folder, part, old, new)
    assert [(problem, values["measure"]) for problem, values in found(folder)] == [("style-disagrees", measure)]


def test_a_card_and_its_measures_must_agree(folder):
    """What style.yaml says of a card alone must be what card.docx says; a letter is left as it is."""
    change(folder, "style.yaml", "text-size: 11.5pt", "text-size: 10.5pt")
    assert [(problem, values["measure"]) for problem, values in found(folder)] == [("style-disagrees", "text-size")]


def test_a_card_has_no_measures_of_other_names(folder):
    """A misspelt measure of a card or phone would change nothing, so it is named."""
    change(folder, "style.yaml", "  margin-bottom: 5mm", "  margin-botom: 5mm")
    assert ("style-unknown-measure", {"measure": "margin-botom"}) in found(folder)


def test_a_measure_is_a_length(folder):
    """A measure without a unit is refused at its line."""
    change(folder, "style.yaml", "leading: 15.5pt", "leading: 15.5")
    assert found(folder) == [("style-not-a-length", {})]


def test_a_style_fetches_nothing(folder):
    """A style sheet may not import, link or bring its own fonts."""
    change(folder, "letter.css", "body { margin: 0; }", "body { background: url(http://x.example/a.png); }")
    assert found(folder) == [("style-css-not-allowed", {"construct": "url("})]


@pytest.mark.parametrize(
    ("markup", "construct"),
    [
        ('<w:ins w:id="1" w:author="x"><w:r><w:t>x</w:t></w:r></w:ins>', "ins"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>", "vanish"),
        ('<w:fldSimple w:instr="INCLUDETEXT x"/>', "field INCLUDETEXT"),
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', "footnoteReference"),
        ('<w:r><w:endnoteReference w:id="2"/></w:r>', "endnoteReference"),
    ],
)
def test_hidden_things_in_a_word_style_are_refused(folder, sample, markup, construct):
    """Tracked changes, hidden text, fields that fetch and notes, the words of which lie elsewhere, are refused."""
    change_word(folder, "word/header1.xml", "</w:p>", f"{markup}</w:p>")
    with pytest.raises(DataError) as caught:
        render_docx(sample(), load(folder))
    unseen = construct == "vanish"
    problem = "style-word-unseen" if unseen else "style-word-not-allowed"
    assert (problem, construct) in [(p.id, p.values["construct"]) for p in caught.value.problems]


def test_traces_of_the_designer_are_dropped(folder, sample):
    """What Word adds when a secretary saves the style does not leave with a letter."""
    change_word(
        folder,
        "word/document.xml",
        "<w:p>",
        '<w:p w:rsidR="00A1B2C3">',
        {"docProps/app.xml": b"<x>Secret Office</x>", "docProps/thumbnail.jpeg": b"x"},
    )
    with zipfile.ZipFile(io.BytesIO(render_docx(sample(), load(folder)))) as package:
        assert not [n for n in package.namelist() if "app" in n or "thumb" in n]
        assert b"rsid" not in package.read("word/document.xml")


def test_a_style_sheet_that_is_not_understood_is_refused(folder, sample):
    """What WeasyPrint would pass over in silence is said with its own words."""
    change(folder, "letter.css", "break-after: avoid;", "break-after: never;")
    with pytest.raises(DataError) as caught:
        render_pdf(sample(), load(folder))
    assert {p.id for p in caught.value.problems} == {"style-css-not-understood"}


def test_a_picture_from_elsewhere_is_refused(folder, style, sample):
    """A page with an address is refused; behind that nothing is fetched, and the attempt is no silent blank."""
    picture = '<main><img src="https://x.example/a.png" alt="x">'
    asking = replace(style, html=style.html.replace("<main>", picture))
    with pytest.raises(RenderError) as caught:
        render_pdf(sample(), asking)
    assert [p.id for p in caught.value.problems] == ["pdf-fetched"]
    change(folder, "letter.html", "<main>", picture)
    assert ("style-css-not-allowed", {"construct": "<img>"}) in found(folder)


def test_a_style_takes_over_what_it_does_not_say(plain_folder, tmp_path):
    """A style based on another holds only what differs; its style sheet comes after that of the base."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "style.yaml").write_text("base: plain\nmeasures:\n  rule: 1pt\n", encoding="utf-8")
    (mine / "letter.css").write_text(".subject { font-style: italic; }\n", encoding="utf-8")
    style, base = load(mine), load(plain_folder)
    assert (style.fonts, style.docx, style.html) == (base.fonts, base.docx, base.html)
    assert style.measures == {**base.measures, "rule": "1pt"}
    assert style.css.index(".subject { font-style: italic; }") > style.css.index(".hand span")
    assert [folder.name for folder in style.folders] == ["mine", "plain"]


def test_what_a_style_says_must_agree_with_the_word_file_it_takes_over(tmp_path):
    """A measure changed without its Word file is named, as in any style."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "style.yaml").write_text("base: plain\nmeasures:\n  title-size: 20pt\n", encoding="utf-8")
    assert {problem for problem, _ in found(mine)} == {"style-disagrees"}


@pytest.mark.parametrize("base", ["nowhere", "../plain", "mine", "office"])
def test_a_base_is_a_style_that_stands_alone(tmp_path, base):
    """No base that is missing, outside, the style itself, or based on another."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "style.yaml").write_text(f"base: {base}\n", encoding="utf-8")
    assert [problem for problem, _ in found(mine)] == ["style-base"]


def test_a_bundled_style_can_be_copied_as_the_guide_says(each_style, plain_folder, tmp_path):
    """A copy of any style works from another folder: what it is based on came with the program."""
    mine = Path(shutil.copytree(plain_folder.parent / each_style.name, tmp_path / "mine"))
    style = load(mine)
    assert (style.fonts, style.css, style.docx) == (each_style.fonts, each_style.css, each_style.docx)


@pytest.mark.parametrize("name", ["../../secret.ttf", "/etc/hostname", "../mine/../../secret.ttf", "link.ttf"])
def test_a_font_from_elsewhere_is_refused(folder, name):
    """No file outside the folders of house styles is read into a letter, whether it exists or not."""
    (folder.parent.parent / "secret.ttf").write_bytes(b"x")
    (folder / "link.ttf").symlink_to(folder.parent.parent / "secret.ttf")
    change(folder, "style.yaml", "regular: fonts/Tinos-Regular.ttf", f"regular: {name}")
    assert found(folder) == [("style-file-outside", {"file": name})]


def test_a_letterhead_needs_its_measures_and_styles(folder):
    """Whoever says that a style has a letterhead is told all that it lacks."""
    change(folder, "style.yaml", "measures:", "letterhead: yes\nmeasures:")
    assert found(folder) == [
        ("style-lacks-style", {"style": "Letterhead Name"}),
        ("style-lacks-style", {"style": "Letterhead"}),
        *[("style-lacks-measure", {})] * 3,
    ]

"""From a case file to files on disk: what is written, refused, kept secret, and the same each time."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from letters import ROOT, case_from, example, letter_of

from generator.digests import sha256
from generator.document import plain
from generator.errors import CaseError
from generator.folders import Folders
from generator.publish import FORMATS
from generator.writing import Wish, write_letters

WISH = Wish(date(2026, 6, 1), languages=("ru", "en"), formats=FORMATS)
SECRETS = {
    "occupation: врач": "occupation: зюйдаяпрофессия",
    "workplace: медицинский центр": "workplace: зюйдоеместо",
    "content: задавались": "content: зюйдыйразговор задавались",
    "private_note: содержание": "private_note: зюйдаязаметка содержание",
    "birth_date:": "health_details: зюйдыйдиагноз\n    orientation: зюйдаяжизнь\n    pseudonym: зюйдоеимя\n"
    "    address_actual: зюйдыйдом\n    national_id: {number: зюйдыйномер}\n    email: зюйдаяпочта\n    birth_date:",
}  # fmt: skip


def _secret_case(folder: Path) -> Path:
    text = example("rustam.yaml")
    for old, new in SECRETS.items():
        assert old in text
        text = text.replace(old, new)
    path = folder / "case.yaml"
    path.write_text(text.replace("  - врач\n  - медицинск\n", "  - зюйд\n"), "utf-8")
    return path


def test_model_case_gives_both_letters_in_all_formats(tmp_path, rustam, folders):
    """One run writes every language and format, and a manifest that vouches for each file by its digest."""
    written = write_letters(rustam, tmp_path, WISH, folders)
    manifest = json.loads((tmp_path / "example-1" / "manifest.json").read_bytes())
    vouched = {file["name"]: file["sha256"] for letter in manifest["letters"] for file in letter["files"]}
    assert vouched == {path.name: sha256(path.read_bytes()) for path in written.files if path.name != "manifest.json"}
    assert len(vouched) == 8


def test_manifest_names_the_place_of_each_fact_and_the_grade_of_each_provision(tmp_path, rustam, folders):
    """A finding can be traced to lines of the case file and to versions of the law."""
    write_letters(rustam, tmp_path, WISH, folders)
    letter = json.loads((tmp_path / "example-1" / "manifest.json").read_bytes())["letters"][0]
    assert letter["inputs"]["case"]["sha256"] == sha256(rustam.read_bytes())
    assert {len(made["sha256"]) for made in letter["inputs"].values()} == {64}
    assert letter["inputs"].keys() == {"case", "letter", "style", "law"}
    finding = next(f for f in letter["findings"] if f["ground"] == "record-not-made")
    lines = rustam.read_text("utf-8").split("\n")
    fact = next(f for f in finding["facts"] if f["path"] == "detention.protocol")
    assert lines[fact["line"] - 1].strip() == "protocol: no"
    assert finding["outcome"] == "violated"
    assert {p["grade"] for p in finding["provisions"]} == {"secondary"}
    assert all(not c["printed"] for c in letter["cited"] if c["grade"] == "lead")


def test_the_base_of_a_style_is_part_of_what_a_letter_was_made_from(tmp_path, rustam, folders):
    """The digest of a style changes with a font that it takes from the style it is based on."""
    digests = []
    for name, more in (("one", b""), ("other", b"\0")):
        styles = tmp_path / name / "templates" / "house-styles"
        shutil.copytree(folders.find("templates", "house-styles"), styles)
        font = styles / "plain" / "fonts" / "Tinos-Italic.ttf"
        font.write_bytes(font.read_bytes() + more)
        wish = Wish(WISH.as_of, formats=("txt",), style="office")
        write_letters(rustam, tmp_path / name, wish, Folders((tmp_path / name, *folders.roots)))
        manifest = json.loads((tmp_path / name / "example-1" / "manifest.json").read_bytes())
        digests.append(manifest["letters"][0]["inputs"]["style"])
    assert digests[0]["name"] == digests[1]["name"] == "office"
    assert digests[0]["sha256"] != digests[1]["sha256"]


def test_second_language_joins_the_first_in_the_manifest(tmp_path, rustam, folders):
    """Writing another language later adds to the set; nothing is replaced and no force is needed."""
    for language in ("ru", "en"):
        write_letters(rustam, tmp_path, Wish(WISH.as_of, languages=(language,), formats=("txt",)), folders)
    manifest = json.loads((tmp_path / "example-1" / "manifest.json").read_bytes())
    assert [letter["language"] for letter in manifest["letters"]] == ["en", "ru"]


def _moved(case: Path) -> None:
    case.write_text(case.read_text("utf-8").replace("ул. Лесная, д. 3", "ул. Новая, д. 4"), "utf-8")


def _written(arznoma, *options: str) -> str:
    """Write the case `case.yaml`; return what was told beside the result."""
    code, _, err = arznoma("--ui", "en", "write", "case.yaml", "--as-of", "2026-06-01", *options)
    assert code == 0, err
    return err


def test_older_files_of_a_letter_that_is_made_anew_are_named(arznoma, tmp_path):
    """Where the facts have changed since, a note says which formats still tell the old ones, until they are anew."""
    case, name = tmp_path / "case.yaml", "example-2_prosecutor-complaint_ru"
    case.write_text(example("minimal.yaml"), "utf-8")
    assert _written(arznoma, "--format", "docx,html,txt") == ""
    assert _written(arznoma, "--format", "txt") == ""
    _moved(case)
    note = _written(arznoma, "--format", "txt", "--force")
    assert f"were not made anew, and may say something else: {name}.docx, {name}.html\n" in note
    assert "make them anew with --format docx,html --force, or remove them" in note
    (tmp_path / "out" / "example-2" / f"{name}.html").unlink()
    assert f": {name}.docx\n" in _written(arznoma, "--format", "txt")
    assert _written(arznoma, "--format", "docx", "--force") == ""
    assert _written(arznoma, "--format", "txt", "--draft") == ""


def test_the_manifest_keeps_files_that_are_not_made_anew(arznoma, tmp_path):
    """What lies in the folder is vouched for by its digest, also if fewer formats are asked for the next time."""
    (tmp_path / "case.yaml").write_text(example("minimal.yaml"), "utf-8")
    for formats in ("docx,txt", "txt"):
        _written(arznoma, "--format", formats)
        folder = tmp_path / "out" / "example-2"
        letters = json.loads((folder / "manifest.json").read_bytes())["letters"]
        vouched = {file["name"]: file["sha256"] for letter in letters for file in letter["files"]}
        there = {path.name: sha256(path.read_bytes()) for path in folder.iterdir() if path.name != "manifest.json"}
        assert vouched == there


@pytest.mark.parametrize(
    "content", ['{"name": "my app"}', '{"case": "other", "letters": []}', "[]", "", "{", "[" * 9999]
)
def test_a_manifest_that_is_not_of_this_case_is_not_replaced_unasked(arznoma, tmp_path, content):
    """Many programs have a manifest.json; `write` and `batch` refuse to replace theirs."""
    (tmp_path / "case.yaml").write_text(example("minimal.yaml"), "utf-8")
    manifest = tmp_path / "out" / "example-2" / "manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text(content, "utf-8")
    for command in (("write", "case.yaml"), ("batch", "case.yaml", "--jobs", "1")):
        arguments = (*command, "--format", "txt", "--as-of", "2026-06-01")
        code, _, err = arznoma("--ui", "en", *arguments)
        assert (code, list(manifest.parent.iterdir()), manifest.read_text("utf-8")) == (1, [manifest], content)
        assert "manifest.json is already there and differs" in err
    assert arznoma("write", "case.yaml", "--format", "txt", "--as-of", "2026-06-01", "--force")[0] == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize("command", [("write", "case.yaml"), ("batch", "case.yaml", "--jobs", "1")])
def test_letters_that_cannot_be_told_of_are_said_to_be_there(tmp_path, command):
    """Where the standard output is full, the message says that the letters are written."""
    (tmp_path / "case.yaml").write_text(example("minimal.yaml"), "utf-8")
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "generator", "--ui", "en", *command, "--format", "txt", "--as-of", "2026-06-01"],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert ended.returncode == 1
    assert b"the letters are written and lie here; only what is told of them cannot be printed (ENOSPC)" in ended.stderr
    assert len(list((tmp_path / "out" / "example-2").iterdir())) == 2


def test_equal_input_gives_equal_bytes(tmp_path, rustam, folders):
    """A letter can be shown to be unaltered by making it again, on any day, in any time zone."""
    first = write_letters(rustam, tmp_path / "a", WISH, folders)
    code = "import sys; from generator.cli import main; main()"
    arguments = ["write", str(rustam), "--language", "ru", "--language", "en", "--format", "docx,pdf,html,txt"]
    subprocess.run(
        [sys.executable, "-c", code, *arguments, "--as-of", "2026-06-01", "--out", str(tmp_path / "b")],
        check=True,
        capture_output=True,
        env={**os.environ, "TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": "1"},
    )
    for path in first.files:
        assert path.read_bytes() == (tmp_path / "b" / "example-1" / path.name).read_bytes(), path.name


def test_no_secret_of_any_kind_reaches_an_output(tmp_path, folders):
    """Profession, workplace, home, health, orientation, papers, talk and notes stay in the case file."""
    written = write_letters(_secret_case(tmp_path), tmp_path / "out", WISH, folders)
    for path in written.files:
        raw = [path.read_bytes()]
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as package:
                raw += [package.read(name) for name in package.namelist()]
        for content in raw:
            for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
                assert "зюйд".encode(encoding) not in content.lower(), path.name


def test_protected_word_stops_the_letter(tmp_path, folders):
    """A protected word in a fact that would be told refuses the whole set, in any letter case, and is not repeated."""
    path = tmp_path / "case.yaml"
    path.write_text(example("rustam.yaml").replace("галерею и сообщения", "ВРАЧебные сообщения"), "utf-8")
    with pytest.raises(CaseError) as caught:
        write_letters(path, tmp_path / "out", WISH, folders)
    told = [(problem.id, problem.path) for problem in caught.value.problems]
    assert told == [("protected-word-told", "device_access.facts.ru")]
    line = path.read_text("utf-8").split("ВРАЧебные")[0].count("\n") + 1
    assert {(problem.place.file, problem.place.line) for problem in caught.value.problems} == {(path.as_posix(), line)}
    assert not (tmp_path / "out").exists()


def test_protected_word_of_the_letter_itself_is_told_as_its_own(tmp_path, folders):
    """The card says «врач» to everybody: no fact is to blame, also not a withheld one that has the word."""
    wish = Wish(date(2026, 6, 1), letters=("rights-card",), languages=("ru",), formats=("docx", "txt"))
    with pytest.raises(CaseError) as caught:
        write_letters(ROOT / "examples" / "rustam.yaml", tmp_path / "out", wish, folders)
    told = [(problem.id, problem.path) for problem in caught.value.problems]
    assert told == [("protected-word-own", "protected_words")]
    assert "occupation: врач" in example("rustam.yaml")
    assert not (tmp_path / "out").exists()


def test_character_without_glyph_is_named_where_it_stands(tmp_path, folders):
    """A character no font can draw refuses the letter and points at the fact."""
    path = tmp_path / "case.yaml"
    path.write_text(example("rustam.yaml").replace("Samsung Galaxy A54", "Samsung 中"), "utf-8")
    with pytest.raises(CaseError) as caught:
        write_letters(path, tmp_path / "out", WISH, folders)
    assert [(problem.id, problem.path) for problem in caught.value.problems] == [("no-glyph", "items[1].make_model")]


def test_final_letter_is_refused_with_all_its_gaps_and_the_draft_shows_them():
    """Missing facts stop a final letter all at once; a draft marks each gap and each page."""
    text = re.sub(r"address_service:\n(      .*\n)+", "phone: +992 1\n", example("minimal.yaml"))
    text = text.replace("sex: f", "citizenship: TJ")
    with pytest.raises(CaseError) as caught:
        letter_of(case_from(text))
    assert {problem.path for problem in caught.value.problems} >= {"clients[1].address_service", "clients[1].sex"}
    draft = letter_of(case_from(text), draft=True).letter
    assert draft.draft_mark == "ПРОЕКТ"
    assert any(
        "[не указано: адрес для переписки]" in plain(line).replace("\u00a0", " ")
        for group in draft.corner
        for line in group
    )


def test_nothing_is_said_that_nobody_said():
    """From the least a case can hold, the letter speaks of no phone, no force, no lawyer, no relatives, no summons."""
    letter = letter_of(case_from(example("minimal.yaml"))).letter
    text = " ".join(plain(block.text) for block in letter.body)
    for word in ("телефон", "силу", "адвокат", "близк", "повестк", "обвинени", "переписк", "изъят", "наручник"):
        assert word not in text.replace("адресу для переписки", ""), word


def test_files_are_for_the_owner_alone(tmp_path, rustam, folders):
    """Letters are readable by nobody else, whatever the umask."""
    old = os.umask(0)
    try:
        written = write_letters(rustam, tmp_path / "out", Wish(WISH.as_of, formats=("txt",)), folders)
    finally:
        os.umask(old)
    assert {path.stat().st_mode & 0o777 for path in written.files} == {0o600}
    assert written.files[0].parent.stat().st_mode & 0o777 == 0o700


def _write_without(modules: str, case: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the command where loading these modules fails as it does on a machine that lacks them."""
    code = (
        "import sys\n"
        "class Gone:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name in {modules.split()}:\n"
        "            raise (OSError if name == 'weasyprint' else ImportError)('cannot load')\n"
        "sys.meta_path.insert(0, Gone())\n"
        "from generator.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", code, "--ui", "en", "write", str(case), "--as-of", "2026-06-01", "--out", str(out)]
    return subprocess.run([*command, *options], check=False, capture_output=True, text=True)


def _engines_of(folder: Path) -> set[str]:
    """Return the PDF engines that a manifest names."""
    entry = json.loads((folder / "manifest.json").read_bytes())["letters"][0]
    return {"weasyprint", "typst"} & set(entry["versions"])


def test_without_a_pdf_engine_the_docx_is_made_and_one_sentence_says_why_there_is_no_pdf(tmp_path, rustam):
    """A machine without any PDF engine still gets its Word letter, and is told of the engine that needs no Pango."""
    run = _write_without("weasyprint typst", rustam, tmp_path)
    assert run.returncode == 0, run.stderr
    assert "the PDF was not made" in run.stderr
    assert "arznoma[typst]" in run.stderr
    names = sorted(path.name for path in (tmp_path / "example-1").iterdir())
    assert names == ["example-1_prosecutor-complaint_ru.docx", "manifest.json"]
    assert _engines_of(tmp_path / "example-1") == set()


def test_without_pango_typst_makes_the_pdf(tmp_path, rustam):
    """A machine without Pango gets its PDF all the same, and the manifest says from which engine."""
    run = _write_without("weasyprint", rustam, tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    assert (tmp_path / "example-1" / "example-1_prosecutor-complaint_ru.pdf").is_file()
    assert _engines_of(tmp_path / "example-1") == {"typst"}


def test_an_engine_that_was_asked_for_is_not_replaced(tmp_path, rustam):
    """Whoever names an engine that is not there is told so, and gets no PDF of the other."""
    run = _write_without("typst", rustam, tmp_path, "--pdf-engine", "typst", "--format", "pdf")
    assert run.returncode != 0
    assert "typst is not installed" in run.stderr
    assert not (tmp_path / "example-1").exists()


@pytest.mark.parametrize(
    ("wished", "engine"),
    [
        ({}, "weasyprint"),
        ({"batch": True}, "typst"),
        ({"batch": True, "pdf_engine": "weasyprint"}, "weasyprint"),
        ({"pdf_engine": "typst"}, "typst"),
    ],
)
def test_the_manifest_names_the_engine_of_the_pdf(tmp_path, rustam, folders, wished, engine):
    """One letter is printed by WeasyPrint, one of many by typst, unless an engine is asked for."""
    write_letters(rustam, tmp_path, replace(WISH, formats=("pdf",), **wished), folders)
    assert _engines_of(tmp_path / "example-1") == {engine}


def test_a_bundle_can_be_printed_by_typst(tmp_path, rustam, folders):
    """The covering list counts the same pages, whichever engine made them."""
    texts = {}
    for engine in ("typst", "weasyprint"):
        wish = Wish(WISH.as_of, formats=("pdf", "txt"), bundle="detained-and-searched", pdf_engine=engine)
        files = write_letters(rustam, tmp_path / engine, wish, folders).files
        texts[engine] = {path.name: path.read_bytes() for path in files if path.suffix == ".txt"}
    assert any("covering" in name for name in texts["typst"])
    assert texts["typst"] == texts["weasyprint"]


def test_each_client_gets_a_letter_from_his_own_facts(tmp_path, folders):
    """What stands under a client wins over what stands for all; file names tell the clients apart by number."""
    second = (
        "  - surname: Азизова\n    given_name: Нигина\n    patronymic: Саидовна\n    sex: f\n"
        "    name_forms: {ru: {gen: Азизовой Нигины Саидовны}}\n    address_service: г. Душанбе, ул. Речная, д. 1\n"
        "    seizure: {occurred: no}\n    device_access: {occurred: no}\n    items: []\n\nrepresentatives:"
    )
    path = tmp_path / "case.yaml"
    path.write_text(example("rustam.yaml").replace("\nrepresentatives:", second, 1), "utf-8")
    texts = []
    for client in (1, 2):
        wish = Wish(WISH.as_of, formats=("txt",), client=client)
        written = write_letters(path, tmp_path / "out", wish, folders)
        assert written.files[0].name == f"example-1-{client}_prosecutor-complaint_ru.txt"
        texts.append(written.files[0].read_text("utf-8").replace("\u00a0", " "))
    assert "от Рахимова Рустама Саидовича" in texts[0]
    assert "мобильный телефон" in texts[0]
    assert "от Азизовой Нигины Саидовны" in texts[1]
    assert "я удерживалась" in texts[1]
    assert "телефон Samsung" not in texts[1]


def test_withheld_paths_hide_what_they_name():
    """A path under `withhold` takes the fact out of the letter and the plea that rests on it with it."""
    text = example("rustam.yaml").replace("  - clients.email\n", "  - items.imei\n  - detention.rights_explained\n")
    letter = letter_of(case_from(text)).letter
    told = " ".join(plain(block.text) for block in letter.body)
    assert "IMEI" not in told
    assert "350000000000001" not in told
    assert "разъяснении прав" not in told
    assert "Права мне не разъяснили" not in told


@pytest.mark.parametrize("command", [("write", "case.yaml"), ("batch", "cases", "--jobs", "1")])
@pytest.mark.parametrize(
    ("formats", "loaded"),
    [("txt", []), ("docx", ["docxtpl"]), ("html", ["lxml.html"]), ("pdf", ["pikepdf", "pypdfium2", "typst"])],
)
def test_only_what_the_formats_need_is_loaded(tmp_path, rustam, command, formats, loaded):
    """Loading an engine or a library takes as long as writing letters, and may fail."""
    (tmp_path / "cases").mkdir()
    for place in ("case.yaml", "cases/case.yaml"):
        shutil.copy(rustam, tmp_path / place)
    code = (
        "import sys, atexit\n"
        "heavy = {'docxtpl', 'lxml.html', 'multiprocessing', 'pikepdf', 'pypdfium2', 'pytrovich'}\n"
        "engines = {'typst', 'weasyprint'}\n"
        "atexit.register(lambda: print('loaded', sorted((heavy | engines) & sys.modules.keys())))\n"
        "from generator.cli import main\nmain()"
    )
    options = ("--format", formats, "--pdf-engine", "typst", "--as-of", "2026-06-01", "--out", "out")
    run = subprocess.run(
        [sys.executable, "-c", code, *command, *options], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert f"loaded {loaded}" in run.stdout

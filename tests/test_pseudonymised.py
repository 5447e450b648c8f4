"""`arznoma write --pseudonymise`: marked letters, nothing of the real people in any byte, a key where it is wanted."""

import csv
import io
import json
import re
import shutil
import stat
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from letters import FOLDERS, ROOT, example

from generator.case.load import load_case
from generator.errors import CaseError, OutputError
from generator.folders import Folders
from generator.key_table import write_key
from generator.pseudonymised import Disguise, _known, _nobody, write_pseudonymised
from generator.pseudonyms.replace import twin_of
from generator.remains import check_remains
from generator.render.read_pdf import read_pdf, squeezed
from generator.targets import MANIFEST
from generator.writing import Wish, make_letters

RUSTAM = ROOT / "examples" / "rustam.yaml"
FORMATS = ("docx", "pdf", "html", "txt")
LANGUAGES = ("ru", "tg", "en")
AS_OF = date(2026, 6, 1)
MARKS = {"ru": "ИМЕНА ЗАМЕНЕНЫ", "tg": "НОМҲО ИВАЗ ШУДААНД", "en": "NAMES REPLACED"}
# what the model case tells, in every spelling it has there; looked for without the code that replaces it
ORIGINALS = [
    "Рахимов", "Рустам", "Саидов", "Раҳимов", "Rakhimov", "Rustam", "Saidov", "Назаров", "Малик", "Каримов", "Nazarov",
    "Malika", "Karimov", "Садов", "Sadov", "Боғ", "example-1", "по борьбе с преступностью", "crime control",
    "мубориза", "следственн", "тафтишот", "Investigation Unit",
]  # fmt: skip
NUMBERS = ["99200000000", "350000000000001", "350000000000019"]


def _wish(**other) -> Wish:
    return Wish(AS_OF, languages=LANGUAGES, formats=FORMATS, pdf_engine="typst", **other)


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> dict[str, bytes]:
    """The twin of the model case in every language and format, by name."""
    out = tmp_path_factory.mktemp("out")
    files = write_pseudonymised(RUSTAM, out, _wish(), FOLDERS, Disguise()).files
    assert [path.name for path in out.iterdir()] == [files[0].parent.name]  # no key anywhere
    more = replace(_wish(letters=("lawyers-request", "motion-to-terminate")), formats=("txt",))
    files += write_pseudonymised(RUSTAM, out, more, FOLDERS, Disguise()).files
    return {f"{path.parent.name}/{path.name}": path.read_bytes() for path in files}


def _everything(name: str, raw: bytes) -> str:
    """Return all that a file says as one text, without the readers of the program but for the text of a PDF."""
    if name.endswith(".docx"):
        package = zipfile.ZipFile(io.BytesIO(raw))
        parts = [package.read(part).decode("utf-8", "replace") for part in package.namelist()]
        return "\n".join([*parts, *(re.sub("<[^>]+>", "", part) for part in parts), *package.namelist()])
    if name.endswith(".pdf"):
        texts = [page.text for page in read_pdf(raw)]
        with pikepdf.open(io.BytesIO(raw)) as pdf:
            for entry in pdf.objects:
                texts.append(entry.to_json(dereference=True).decode())
                if isinstance(entry, pikepdf.Stream):
                    content = entry.read_bytes()
                    texts += [content.decode("utf-8", "replace"), content.decode("utf-16-be", "replace")]
        return "\n".join(texts)
    return raw.decode()


def test_nothing_of_the_real_people_is_left(written):
    """In no part, property or name of any file, in any letter case or Unicode form, nor in the manifest."""
    assert len(written) == len(FORMATS) * len(LANGUAGES) + 1 + 2 * len(LANGUAGES) + 1
    for name, raw in written.items():
        told = f"{name}\n{_everything(name, raw)}"
        for form in ("NFC", "NFD"):
            text = unicodedata.normalize(form, told).casefold()
            left = [word for word in ORIGINALS if unicodedata.normalize(form, word).casefold() in text]
            assert left == [], (name, left)
        if name.endswith((".txt", ".json")):
            digits = re.sub(r"\D", "", re.sub(r'"sha256":\s*"\w+"', "", told))
            assert not any(number in digits for number in NUMBERS)
        assert not any(number in told for number in NUMBERS)


def test_each_page_says_that_names_are_replaced(written):
    """A twin must not be filed by mistake; the manifest says it too."""
    for name, raw in written.items():
        language = next((each for each in LANGUAGES if f"_{each}." in name), "")
        if name.endswith(".pdf"):
            assert all(squeezed(MARKS[language]) in squeezed(page.text) for page in read_pdf(raw))
        elif name.endswith(".txt"):
            assert raw.decode().startswith(MARKS[language])
        elif name.endswith(".html"):
            assert MARKS[language] in raw.decode()
    manifest = json.loads(next(raw for name, raw in written.items() if name.endswith(MANIFEST)))
    assert all(letter["pseudonymised"] for letter in manifest["letters"])


def test_the_real_case_is_not_in_the_manifest(written):
    """Not even its digest: whoever guesses a case file must not be able to prove the guess."""
    import hashlib  # noqa: PLC0415

    digest = hashlib.sha256(RUSTAM.read_bytes()).hexdigest().encode()
    assert all(digest not in raw for raw in written.values())


def test_findings_stay_the_same(written):
    """The twin is judged by the same law on the same facts."""
    made = make_letters(load_case(RUSTAM), "", replace(_wish(), languages=("ru",), formats=("txt",)), FOLDERS)
    manifest = json.loads(next(raw for name, raw in written.items() if name.endswith(MANIFEST)))
    twin = next(each for each in manifest["letters"] if each["kind"] == "prosecutor-complaint")
    assert twin["findings"] == json.loads(json.dumps(made.described[0]["findings"]))
    assert twin["cited"] == json.loads(json.dumps(made.described[0]["cited"]))


def _made():
    """Return the letters of a twin in memory, and what they must not tell."""
    case = load_case(RUSTAM)
    twin = twin_of(case, _known(case, FOLDERS, frozenset()))
    wish = replace(_wish(pseudonymised=True), languages=("ru",), pdf_engine="weasyprint")
    return case, twin, make_letters(twin.case, "", wish, FOLDERS)


def _docx_with(raw: bytes, part: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr(part, content)
    return buffer.getvalue()


def _pdf_with(raw: bytes, change) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        change(pdf)
        pdf.save(buffer)
    return buffer.getvalue()


def _info(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = "rakhimov"


def _stream(pdf: pikepdf.Pdf) -> None:
    pdf.make_indirect(pdf.make_stream("РАХИМОВ".encode("utf-16-be")))
    pdf.Root["/Hidden"] = pdf.make_stream("РАХИМОВ".encode("utf-16-be"))


LEAKS = {
    "property of a Word file": (
        ".docx",
        lambda raw: _docx_with(raw, "docProps/custom.xml", "<a b='НАЗАРОВА'/>".encode()),
    ),
    "split over two runs": (
        ".docx",
        lambda raw: _docx_with(raw, "word/footnotes.xml", "<w:t>Рахи</w:t><w:t>мовым</w:t>".encode()),
    ),
    "bytes of a picture": (".docx", lambda raw: _docx_with(raw, "word/media/a.bin", "\0\1Рахимов".encode("utf-16-le"))),
    "property of a PDF": (".pdf", lambda raw: _pdf_with(raw, _info)),
    "stream of a PDF": (".pdf", lambda raw: _pdf_with(raw, _stream)),
    "comment of a page": (".html", lambda raw: raw + "<!-- раҳимов -->".encode()),
    "taken apart": (".txt", lambda raw: raw + unicodedata.normalize("NFD", "Назаровой Малики").encode()),
    "telephone": (".txt", lambda raw: raw + b"+992(00)000 00-00"),
    "manifest": (MANIFEST, lambda raw: raw.replace(b'"findings"', '"Рустам"'.encode())),
}


@pytest.fixture(scope="module")
def made():
    """The letters of a twin in memory."""
    case, twin, letters = _made()
    return case, twin, letters, {**letters.files, MANIFEST: b'{"findings": []}'}


@pytest.mark.parametrize("leak", LEAKS)
def test_what_is_left_anywhere_is_found(made, leak):
    """Whatever would put a name back into a file: it is found, with the path of its fact, and nothing is written."""
    case, twin, letters, files = made
    ending, put_back = LEAKS[leak]
    name = next(name for name in files if name.endswith(ending))
    check_remains(case, files, letters.letters, twin.tokens, letters.materials)
    with pytest.raises(CaseError, match="original-left-in-file") as found:
        check_remains(case, {**files, name: put_back(files[name])}, letters.letters, twin.tokens, letters.materials)
    assert all(each.path.startswith(("clients[1]", "representatives[1]")) for each in found.value.problems)


def test_a_number_that_looks_like_a_day_of_the_manifest_is_no_remnant(tmp_path):
    """Days, digests and counts of a manifest are figures of ours."""
    text = example("minimal.yaml").replace("detention:", "submissions: [{number: 2026-0504, what: x}]\ndetention:", 1)
    (tmp_path / "case.yaml").write_text(text, "utf-8")
    wish = replace(_wish(), languages=("ru",), formats=("txt",))
    assert write_pseudonymised(tmp_path / "case.yaml", tmp_path / "out", wish, FOLDERS, Disguise()).files


def test_a_name_in_a_letter_text_of_the_users_own_is_found(tmp_path):
    """An office may have written its lawyer into its own texts: they are no words of the program."""
    own = tmp_path / "data" / "templates" / "letters" / "prosecutor-complaint"
    shutil.copytree(ROOT / "templates" / "letters" / "prosecutor-complaint", own)
    text = (own / "ru.md").read_text("utf-8")
    (own / "ru.md").write_text(text.replace("Правовая оценка", "Правовая оценка Назаровой", 1), "utf-8")
    folders = Folders((tmp_path / "data", *FOLDERS.roots))
    wish = replace(_wish(), languages=("ru",), formats=("txt",))
    with pytest.raises(CaseError, match="original-left-in-file"):
        write_pseudonymised(RUSTAM, tmp_path / "out", wish, folders, Disguise())
    assert not (tmp_path / "out").exists()


def test_a_file_name_is_searched_too(made):
    """Names of files tell as much as their content."""
    case, twin, letters, files = made
    renamed = {f"rustam_{name}": raw for name, raw in files.items() if name.endswith(".txt")}
    with pytest.raises(CaseError, match="original-left-in-file"):
        check_remains(case, renamed, letters.letters, twin.tokens, letters.materials)


def test_a_name_that_a_style_has_too_is_no_remnant(tmp_path):
    """A client called Title: the word stands in every file of the style, and no letter is refused for it."""
    text = (
        example("minimal.yaml")
        .replace("Zarina Dalerovna Saidova", "Title Min Font")
        .replace("Саидова Зарина", "Саидова Normal")
    )
    (tmp_path / "case.yaml").write_text(text, "utf-8")
    wish = replace(_wish(), languages=("en",))
    assert write_pseudonymised(tmp_path / "case.yaml", tmp_path / "out", wish, FOLDERS, Disguise()).files


def test_the_key_is_whole_safe_and_for_the_owner_alone(tmp_path):
    """It leads from each original to what stands for it; no cell is a formula; nobody else can read it."""
    key = tmp_path / "key.csv"
    wish = replace(_wish(), languages=("ru",), formats=("txt",))
    files = write_pseudonymised(RUSTAM, tmp_path / "out", wish, FOLDERS, Disguise(key=key)).files
    rows = list(csv.DictReader(key.read_text("utf-8-sig").splitlines(), delimiter=";"))
    letter = files[0].read_text("utf-8")
    new = {row["original"]: row["pseudonym"] for row in rows}
    assert new["Рахимов"] in letter
    assert new["example-1"] == files[0].parent.name
    assert not any(cell.startswith(tuple("=+-@")) for row in rows for cell in row.values())
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.parent not in {path.parent for path in files}


@pytest.mark.parametrize("name", ["out/key.csv", "out/deeper/key.csv", "there.csv", "link.csv", "nowhere/key.csv"])
def test_a_key_is_refused_beside_its_letters_and_over_any_file(tmp_path, name):
    """Refused are a key with its letters, one that exists, a link, a folder there is not; and no letter is written."""
    (tmp_path / "out").mkdir()
    (tmp_path / "there.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    wish = replace(_wish(), languages=("ru",), formats=("txt",))
    with pytest.raises(OutputError, match=r"key-with-letters|key-exists|cannot-write"):
        write_pseudonymised(RUSTAM, tmp_path / "out", wish, FOLDERS, Disguise(key=tmp_path / name))
    assert list((tmp_path / "out").iterdir()) == []
    assert (tmp_path / "there.csv").read_text() == "old"
    assert not (tmp_path / "elsewhere.csv").exists()


def test_a_key_to_no_letters_is_taken_back(tmp_path):
    """Where the letters cannot be written, no key is left lying about."""
    (tmp_path / "out").write_text("a file where the folder should be")
    wish = replace(_wish(), languages=("ru",), formats=("txt",))
    with pytest.raises(OutputError):
        write_pseudonymised(RUSTAM, tmp_path / "out", wish, FOLDERS, Disguise(key=tmp_path / "key.csv"))
    assert not (tmp_path / "key.csv").exists()


def test_no_cell_of_a_key_is_a_formula(tmp_path):
    """A name that begins like a formula is one for no spreadsheet program."""
    write_key(tmp_path / "key.csv", [("surname", "=HYPERLINK(1)", "+x")])
    assert "'=HYPERLINK(1)" in (tmp_path / "key.csv").read_text("utf-8-sig")


def test_moved_dates_keep_findings_weekdays_and_law(tmp_path):
    """All dates and today move by whole weeks, to days whose law shows the same; the key alone tells how far."""
    key, wish = tmp_path / "key.csv", replace(_wish(), languages=("ru",), formats=("txt",))
    how = Disguise(key=key, shift_dates=True)
    *files, manifest = write_pseudonymised(RUSTAM, tmp_path / "out", wish, FOLDERS, how).files
    days = timedelta(int(key.read_text("utf-8-sig").rsplit('"', 2)[1].lstrip("'")))
    told = json.loads(manifest.read_bytes())["letters"][0]
    made = make_letters(load_case(RUSTAM), "", wish, FOLDERS)
    assert days
    assert days.days % 7 == 0
    assert told["as_of"] == (AS_OF + days).isoformat()
    outcomes = [
        [(each["ground"], each["outcome"], each["measured_minutes"]) for each in entry["findings"]]
        for entry in (told, made.described[0])
    ]
    assert outcomes[0] == outcomes[1]
    assert "10 марта 2026" not in files[0].read_text("utf-8")


def test_the_command_says_what_is_not_replaced(arznoma, rustam):
    """One line says that people can be known from the facts; the options of a twin need a twin."""
    code, said, _ = arznoma(
        "--ui", "en", "write", str(rustam), "--pseudonymise", "--format", "txt", "--as-of", "2026-06-01"
    )
    assert code == 0
    assert "may know the people" in said
    assert arznoma("write", str(rustam), "--key", "key.csv")[0] == 2
    assert not Path("key.csv").exists()


def test_a_name_of_the_case_cannot_be_kept(arznoma, rustam):
    """`--keep` is for words that are no names; a slip of the hand does not let a name through."""
    code, _, said = arznoma("write", str(rustam), "--pseudonymise", "--keep", "Рахимов", "--format", "txt")
    assert code == 1
    assert "Рахимов" not in said


def test_who_confirmed_the_law_is_not_told():
    """The manifest of a twin names no lawyer."""
    told = [{"findings": [{"limit_confirmed": {"by": "N."}}], "cited": [{"grade": "text", "confirmed": {"by": "N."}}]}]
    assert _nobody(told) == [{"findings": [{}], "cited": [{"grade": "text"}]}]


def test_one_submission_is_named_by_its_real_code(arznoma, rustam):
    """The user knows the codes of the case, not those of its twin."""
    asked = ("write", str(rustam), "--pseudonymise", "--format", "txt", "--letter", "lawyers-request")
    assert arznoma(*asked, "--about", "registers", "--as-of", "2026-06-01")[0] == 0
    code, _, said = arznoma(*asked, "--about", "nothing", "--as-of", "2026-06-01")
    assert code == 1
    assert "registers" in said

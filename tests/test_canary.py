"""No code of a case, text, style or pack is run, and no file of this machine gets into a letter, in any format."""

import shutil
import zipfile
from pathlib import Path

import pytest
from letters import LETTERS, ROOT

CANARY = "canary-5ec12e7"
STYLE = ROOT / "templates" / "house-styles" / "plain"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def secret(tmp_path, monkeypatch) -> Path:
    """Return a file that nothing may read; the same word is in the environment."""
    monkeypatch.setenv("ARZNOMA_SECRET", CANARY)
    (tmp_path / "secret.md").write_text(f"{CANARY}\n", "utf-8")
    return tmp_path / "secret.md"


@pytest.fixture
def theirs(tmp_path) -> Path:
    """Return a data folder from others, with a letter and a style."""
    folder = tmp_path / "theirs"
    shutil.copytree(LETTERS / "rights-assertion", folder / "templates" / "letters" / "rights-assertion")
    (folder / "templates" / "house-styles" / "mine").mkdir(parents=True)
    (folder / "templates" / "house-styles" / "mine" / "style.yaml").write_text("base: plain\n", "utf-8")
    return folder


def written(arznoma, theirs: Path, case: Path | None = None, *more: str) -> tuple[int, bytes, str]:
    """Write a letter with the data of others; return the exit code, all bytes made, and all that was said."""
    case = case or theirs / "templates" / "letters" / "rights-assertion" / "example.yaml"
    command = (
        "write",
        str(case),
        "--letter",
        "rights-assertion",
        "--language",
        "en",
        "--style",
        "mine",
        "--out",
        "out",
    )
    code, out, err = arznoma("--ui", "en", "--data", str(theirs), *command, "--as-of", "2026-06-01", "--draft", *more)
    made = b""
    for path in sorted(Path("out").rglob("*")):
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as package:
                made += b"".join(package.read(name) for name in package.namelist())
        made += path.read_bytes() if path.is_file() else b""
    return code, made, out + err


LINK = f'<Relationship Id="r9" Type="{OFFICE}/image" Target="file://{{secret}}" TargetMode="External"/></Relationships>'
TEXTS = [
    "{% include '{secret}' %}", "{% include '../../../../secret.md' %}", "{{ cycler.__init__.__globals__.os.environ }}",
    "{{ lipsum.__globals__['os'].popen('touch {mark}').read() }}", "{{ self.__init__.__globals__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ voice.__func__.__globals__ }}",
    "{% import '{secret}' as x %}",
    "{{ client.surname.__class__.__init__.__globals__ }}", "{{ namespace() }}", "![x]({secret})",
]  # fmt: skip


@pytest.mark.parametrize("line", TEXTS)
def test_a_text_runs_no_code_and_reads_no_file(arznoma, theirs, secret, tmp_path, line):
    """It is refused, nothing is written, and what is said holds nothing of the file."""
    text = theirs / "templates" / "letters" / "rights-assertion" / "en.md"
    line = line.replace("{secret}", secret.as_posix()).replace("{mark}", str(tmp_path / "mark"))
    text.write_text(f"{text.read_text('utf-8')}\n{line}\n", "utf-8")
    code, made, said = written(arznoma, theirs, None, "--format", "docx,html,txt")
    assert (code, made) == (3, b"")
    assert CANARY not in said
    assert not (tmp_path / "mark").exists()


STYLES = {
    "page: picture": ("letter.html", "<main>", '<main><img src="file://{secret}">'),
    "page: attachment": ("letter.html", "<main>", '<link rel="attachment" href="file://{secret}"><main>'),
    "page: code": ("letter.html", "<main>", "{{ cycler.__init__.__globals__ }}<main>"),
    "sheet: address": ("letter.css", "body {", "body { background: url(file://{secret});"),
    "sheet: import": ("letter.css", "html {", "@import 'file://{secret}'; html {"),
    "typst: read": ("letter.typ", "#let piece", '#let x = read("{secret}")\n#let piece'),
    "typst: include": ("letter.typ", "#let piece", '#include "{secret}"\n#let piece'),
    "Word: field": ("word/header1.xml", "<w:p>", '<w:p><w:fldSimple w:instr="INCLUDETEXT {secret}"/>'),
    "Word: link": (
        "word/_rels/document.xml.rels",
        "</Relationships>",
        LINK,
    ),
    "Word: entity": ("word/header1.xml", "<w:hdr", '<!DOCTYPE x [<!ENTITY f SYSTEM "file://{secret}">]><w:hdr'),
    "Word: code": ("word/header1.xml", "{{ draft_mark }}", "{{ draft_mark }}{{ cycler.__init__.__globals__ }}"),
}


@pytest.mark.parametrize("change", STYLES.values(), ids=STYLES)
def test_a_style_runs_no_code_and_reads_no_file(arznoma, theirs, secret, change):
    """It is refused, and no letter is written in it in any format."""
    name, old, new = change
    new, style = new.replace("{secret}", secret.as_posix()), theirs / "templates" / "house-styles" / "mine"
    if name.startswith("word/"):
        with zipfile.ZipFile(STYLE / "letter.docx") as good, zipfile.ZipFile(style / "letter.docx", "w") as bad:
            for part in good.namelist():
                bad.writestr(
                    part, good.read(part).replace(old.encode(), new.encode(), 1) if part == name else good.read(part)
                )
    else:
        (style / name).write_text((STYLE / name).read_text("utf-8").replace(old, new, 1), "utf-8")
    code, made, said = written(arznoma, theirs, None, "--format", "docx,html,txt")
    assert (code, made) == (3, b"")
    assert CANARY not in said


@pytest.mark.usefixtures("secret")
def test_a_case_runs_no_code_and_reads_no_file(arznoma, theirs, tmp_path):
    """What a case says is printed as it is, in every format."""
    case = (theirs / "templates" / "letters" / "rights-assertion" / "example.yaml").read_text("utf-8")
    surname = next(line for line in case.split("\n") if line.strip().startswith(("surname:", "- surname:")))
    key = surname.partition(":")[0]
    value = "{{ cycler.__init__.__globals__ }} {% include 'secret.md' %} #read('secret.md') <img src='secret.md'>"
    (tmp_path / "case.yaml").write_text(case.replace(surname, f'{key}: "{value}"', 1), "utf-8")
    code, made, said = written(
        arznoma, theirs, tmp_path / "case.yaml", "--format", "docx,pdf,html,txt", "--language", "ru"
    )
    assert (code, CANARY.encode() in made, CANARY in said) == (0, False, False)
    assert b"cycler.__init__.__globals__" in made


@pytest.mark.usefixtures("secret")
def test_a_language_reads_no_memory(arznoma, theirs):
    """A pattern that asks a value for more than its words is refused."""
    languages = theirs / "templates" / "languages"
    languages.mkdir()
    english = (ROOT / "templates" / "languages" / "en.yaml").read_text("utf-8")
    changed = english.replace("{head}, {item}", "{head.__class__.__init__.__globals__}, {item}")
    assert changed != english
    (languages / "en.yaml").write_text(changed, "utf-8")
    code, made, said = written(arznoma, theirs)
    assert (code, made) == (3, b"")
    assert CANARY not in said

"""The docs are true: commands, options, samples, links and names that they mention exist, and none is left out."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import click
import pytest

from generator import __version__
from generator.case.load import case_of
from generator.case.model import OWN_GROUPS, CaseFile
from generator.case.people import Entity
from generator.case.values import Withheld
from generator.checks import Subject, errors
from generator.cli.main import COMMANDS, arznoma
from generator.folders import Folders, bundled_folder
from generator.letters.filters import FILTERS, FUNCTIONS, TESTS
from generator.letters.markup import REGIONS
from generator.register.check import check_pack
from generator.render.word import LETTERHEAD_STYLES, PARAGRAPH_STYLES, RUN_STYLES, TABLE_STYLE
from generator.sources import parse_source

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CONTEXT = click.Context(arznoma)


def _blocks(language: str) -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for found, text in FENCED.findall(page.read_text("utf-8")):
            if found == language:
                yield page, text


def _options(command: click.Command) -> set[str]:
    """Return every spelling of every option of a command, those for help included."""
    help_option = command.get_help_option(click.Context(command, parent=CONTEXT))
    options = [*command.params, help_option] if help_option else command.params
    spelt = [(*option.opts, *option.secondary_opts) for option in options if isinstance(option, click.Option)]
    return {name for names in spelt for name in names} | {"-h", "--help"}


def _command(name: str) -> click.Command:
    """Return a command by name, one within a group by both names: `law show`."""
    command: click.Command | None = arznoma
    for part in name.split():
        assert isinstance(command, click.Group)
        command = command.get_command(CONTEXT, part)
    assert command is not None
    return command


def _names() -> list[str]:
    law = _command("law")
    assert isinstance(law, click.Group)
    return ["", *COMMANDS, *(f"law {name}" for name in law.commands)]


def _section(page: Path, title: str) -> str:
    text = page.read_text("utf-8")
    assert f"\n## {title}\n" in text
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def _table_options(section: str) -> set[str]:
    rows = [line.split("|")[1] for line in section.split("\n") if line.startswith("| `-")]
    return {name for row in rows for name in re.findall(r"`(--?[a-z-]+)`", row)}


@pytest.mark.parametrize("name", _names())
def test_reference_lists_every_option_and_no_other(name):
    """Each command has a section in docs/cli.md whose table names exactly its options."""
    section = _section(ROOT / "docs" / "cli.md", f"arznoma {name}".strip())
    assert _table_options(section) == _options(_command(name))


def _shell_lines() -> Iterator[tuple[str, list[str]]]:
    for page, text in _blocks("sh"):
        for line in text.splitlines():
            if words := shlex.split(line, comments=True):
                yield page.relative_to(ROOT).as_posix(), words


@pytest.mark.parametrize(("page", "words"), list(_shell_lines()))
def test_shell_commands_of_the_docs_are_real(page, words):
    """A command in a block of shell parses as the program would parse it, is a task of make, or is a usual tool."""
    program, *rest = words
    if program == "arznoma":
        rest = rest[: rest.index(">")] if ">" in rest else rest
        rest = rest[2:] if rest[0] == "--data" else rest
        named = 2 if rest[0] == "law" else 1
        command = _command(" ".join(rest[:named]))
        assert not [
            word for word in rest[named:] if word.startswith("-") and word.split("=")[0] not in _options(command)
        ]
        command.make_context(rest[0], rest[named:], parent=CONTEXT).close()
    elif program == "make":
        targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert rest[0] in targets
    elif program == "cp":
        assert (ROOT / rest[0]).is_file()
    else:
        assert words[:2] == ["python", "-m"], page


def test_the_wheel_of_the_readme_is_the_one_that_is_built():
    """The file name in the README has the version of the program."""
    assert f"dist/arznoma-{__version__}-py3-none-any.whl" in (ROOT / "README.md").read_text("utf-8")


def test_make_tasks_are_all_described():
    """Every task of the Makefile stands in the table of CONTRIBUTING.md, and no other."""
    tasks = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)) - {"help"}
    described = re.findall(r"^\| `make ([a-z]+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE)
    assert set(described) == tasks


def _samples() -> list[tuple[str, str]]:
    return [(p.relative_to(ROOT).as_posix(), text) for p, text in _blocks("yaml") if text.startswith("case:")]


@pytest.mark.parametrize(("page", "text"), _samples())
def test_case_files_in_the_docs_load(page, text, law):
    """A sample of a case file can be copied as it is: it loads, and all it refers to exists."""
    case = case_of(parse_source(text.encode(), page))
    assert not errors(Subject(case, law, date(2026, 6, 1)))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    """A link or picture inside the repository exists."""
    for target in LINK.findall(re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)):
        if not target.startswith(("https://", "mailto:")):
            assert (page.parent / target.partition("#")[0]).exists(), target


def test_letter_texts_list_all_that_a_text_can_use():
    """Every region, filter, test and function of letter texts has its row, and no row is of something else."""
    text = (ROOT / "docs" / "letter-texts.md").read_text("utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
    assert {row.removeprefix("is ") for row in rows if row.startswith("is ")} == set(TESTS)
    assert {row.partition("(")[0] for row in rows if "(" in row} == {*FUNCTIONS, "ref"}
    assert set(REGIONS) | set(FILTERS) <= set(rows)


def test_the_guide_to_styles_lists_all_that_word_must_have():
    """Every Word style that a house style must have is in the table, and no other; so are the letterhead measures."""
    text = (ROOT / "docs" / "add-a-style.md").read_text("utf-8")
    rows = [
        line.split("|")[1] for line in text.split("## Change the look in Word")[1].split("\n") if line.startswith("| `")
    ]
    listed = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    assert listed == {*PARAGRAPH_STYLES, *LETTERHEAD_STYLES, *RUN_STYLES, TABLE_STYLE}
    assert all(f"`letterhead-{name}`" in text for name in ("name-size", "size", "gap"))


def _withheld(model: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield each field that letters do not say, and the consent that lifts it."""
    for name, field in model.model_fields.items():
        if path == "clients" and name in OWN_GROUPS:
            continue
        inner = f"{path}.{name}".strip(".")
        marks = [mark for mark in field.metadata if isinstance(mark, Withheld)]
        if marks:
            yield inner, marks[0].unless
        else:
            for entity in _entities(field.annotation):
                yield from _withheld(entity, inner)


def _entities(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type) and issubclass(annotation, Entity):
        yield annotation
    for inner in get_args(annotation):
        yield from _entities(inner)


def test_all_withheld_facts_are_named():
    """Whoever fills a case can read which facts letters do not say, and which consent lifts that."""
    section = _section(ROOT / "docs" / "case-file.md", "What letters do not say")
    rows = [line.split("|")[1:3] for line in section.split("\n") if line.startswith("| ")]
    never, lifted = ("\n".join(column) for column in zip(*rows, strict=True))
    for path, consent in _withheld(CaseFile, ""):
        if consent:
            assert re.search(rf"`{re.escape(path)}`[^\n]*`consent\.{consent}`", lifted), path
        else:
            assert f"`{path}`" in never, path


def test_what_keeps_a_promise_exists():
    """Each module and test that SECURITY.md names is there."""
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    for file, test in re.findall(r"`((?:generator|tests|examples)/[\w/.-]+)(?:::(\w+))?`", text):
        assert (ROOT / file).exists(), file
        assert not test or f"def {test}(" in (ROOT / file).read_text("utf-8"), test


def test_layers_are_drawn_as_they_are_enforced():
    """The layers in docs/architecture.md are those of the contract that `make check` enforces."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if "layers" in contract)
    enforced = [re.findall(r"generator\.(\w+)", layer) for layer in layers]
    drawn = _section(ROOT / "docs" / "architecture.md", "Layers").split("```text\n")[1].split("```")[0]
    assert [re.findall(r"\w+", line) for line in drawn.strip().split("\n")] == enforced


def test_pages_keep_their_length():
    """What a stranger reads first stays short."""
    assert len((ROOT / "README.md").read_text("utf-8").split("\n")) <= 150
    assert len((ROOT / "docs" / "architecture.md").read_text("utf-8").split("\n")) <= 215


def test_the_pack_of_the_guide_is_whole_but_for_its_russian_words(tmp_path):
    """The samples of docs/add-a-country.md, saved as they say, are a pack that lacks what the page says it lacks."""
    for text in (text for page, text in _blocks("yaml") if page.name == "add-a-country.md"):
        path = tmp_path / text.split("\n", 1)[0].removeprefix("# ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    found, _ = check_pack("zz", Folders((tmp_path, bundled_folder())))
    assert {(p.id, p.values.get("language")) for p in found} == {("no-words", "ru")}

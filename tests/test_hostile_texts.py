"""A letter text from a stranger places words and repeats them a limited number of times; nothing else gets through."""

import os
import time
from datetime import date
from pathlib import Path

import pytest
from letters import FOLDERS, KIND, LANGUAGES, LAW, case_from, example

from generator.errors import DataError
from generator.folders import Folders
from generator.letters.compose import Text, compose
from generator.letters.fill import SLOT
from generator.letters.language import load_language
from generator.letters.namespace import Occasion, namespace
from generator.letters.recipient import Recipient
from generator.letters.settle import Settler
from generator.letters.wording import Wording

FRAME = "# T\n\n{body}\n\n::: signature\nd\nn\n:::\n"
SECONDS = 3
RUSTAM = case_from(example("rustam.yaml"))
MANY = case_from(
    example("rustam.yaml")
    + "meetings:\n"
    + "".join(f"  - {{at: 2026-05-02, place: {{en: {'word ' * 200}}}}}\n" for n in range(200))
)


def composed(folder, body: str, case=RUSTAM, **passages: str):
    """Compose a letter text written in a test, with the passages it may include."""
    (folder / "clauses").mkdir(exist_ok=True)
    for name, text in passages.items():
        (folder / "clauses" / f"{name}.md").write_text(text, "utf-8")
    path = folder / "en.md"
    path.write_text(FRAME.replace("{body}", body), "utf-8", newline="")
    language = LANGUAGES["en"]
    settings = case.facts.letters["prosecutor-complaint"]
    facts = namespace(case, Occasion(KIND.kind, settings, Recipient("tj.prosecutor.general")), language)
    wording = Wording(language, LAW, {}, date(2026, 6, 1), "client")
    settler = Settler(language, LAW, lambda path, _language: path, draft=True)
    return compose("test", Text(path, folder / "clauses"), facts, wording, settler)


def refused(folder, body: str, case=RUSTAM, **passages: str) -> dict[str, int]:
    """Return the problems of a text, each with its line; all have a place in a file."""
    begun = time.monotonic()
    with pytest.raises(DataError) as caught:
        composed(folder, body, case, **passages)
    assert time.monotonic() - begun < SECONDS
    assert all(problem.place and problem.place.file.endswith(".md") for problem in caught.value.problems)
    return {problem.id: problem.place.line for problem in caught.value.problems}


def nested(loops: int, inside: str = "x") -> str:
    """Return loops in loops over the same long list."""
    opening = "".join(f"{{% for a{n} in meetings %}}" for n in range(loops))
    return opening + inside + "{% endfor %}" * loops


NOT_ALLOWED = [
    "{{ 'x' * 10**9 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ 'x'.ljust(999999999) }}",
    "{{ client.surname.center(999999999) }}",
    "{{ '{0.__class__}'.format(client) }}",
    "{{ client.surname.format_map(client) }}",
    "{{ client['__class__'] }}",
    "{{ client.surname[0:1] }}",
    "{{ [1, 2] }}",
    "{{ {'a': 1} }}",
    "{{ voice.__func__.__globals__ }}",
    "{{ voice(*meetings) }}",
    "{{ voice(**me) }}",
    "{{ client | name(*meetings) }}",
    "{{ client | attr('__class__') }}",
    "{{ client | _steps }}",
    "{{ _slots }}",
    "{{ _words.name }}",
    "{{ self.__init__ }}",
    "{{ super() }}",
    "{{ caller() }}",
    "{{ client is mapping }}",
    "{{ me.items() }}",
    "{% for a in meetings recursive %}{{ loop(meetings) }}{% endfor %}",
    "{% for _words in meetings %}{% endfor %}",
    "{% set x %}a{% endset %}",
    "{% with a = 1 %}{% endwith %}",
    "{% block a %}{% endblock %}",
    "{% extends 'x.md' %}",
    "{% import 'x.md' as x %}",
    "{% from 'x.md' import x %}",
    "{% call voice('a', 'b') %}{% endcall %}",
    "{% filter capital %}a{% endfilter %}",
    "{% autoescape true %}{% endautoescape %}",
    "{% include client.surname %}",
    "{% include ['a.md', 'b.md'] %}",
    "{{ -1 }}",
    "{{ 1 + 1 }}",
    "{{ 'a' 'b' ~ 'c' }}",
]


@pytest.mark.parametrize("body", NOT_ALLOWED)
def test_what_a_text_may_not_hold_is_named_with_its_line(tmp_path, body):
    """What is not on the short list of syntax is refused before anything is filled, wherever in the text it stands."""
    found = refused(tmp_path, f"Fine.\n\n{{% if client.nobody %}}{body}{{% endif %}}")
    assert set(found) <= {"letter-not-allowed", "letter-syntax"}
    assert set(found.values()) == {5}


TOO_MUCH = {
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}": "letter-too-deep",
    "{{ " + "not " * 3000 + "1 }}": "letter-tag-too-long",
    "{{ " + "1 if 1 else " * 900 + "1 }}": "letter-tag-too-long",
    "{{ client" + ".name" * 900 + " }}": "letter-tag-too-long",
    "{{ client" + ".name" * 90 + " }}": "letter-too-deep",
    "{{ client" + " | name" * 90 + " }}": "letter-too-deep",
    "{{ " + "9" * 5000 + " }}": "letter-too-deep",
    "{{ " + "9" * 400 + ".0 }}": "letter-too-deep",
    "{% if 1 %}" * 2000 + "{% endif %}" * 2000: "letter-too-deep",
    "{% for a in meetings %}" * 21 + "{% endfor %}" * 21: "letter-too-deep",
    "{% if 1 %}" + "{% elif 1 %}" * 3000 + "{% endif %}": "letter-too-deep",
    "x\n" * 4000: "letter-too-many-lines",
    "x" * 140_000: "file-too-large",
    nested(8): "letter-too-many-steps",
    nested(8, ""): "letter-too-many-steps",
    nested(2, "{{ a1.place }}"): "letter-too-long",
    nested(2, "text " * 20): "letter-too-long",
}


@pytest.mark.parametrize(
    ("body", "problem"), TOO_MUCH.items(), ids=[f"{n}-{p}" for n, p in enumerate(TOO_MUCH.values())]
)
def test_what_would_have_no_end_is_refused(tmp_path, body, problem):
    """Long tags, deep brackets and blocks, loops in loops and letters of great length end at once."""
    assert problem in refused(tmp_path, body, MANY)


PASSAGES = {
    "letter-in-a-ring": {"a": "{% include 'b.md' %}", "b": "{% include 'a.md' %}"},
    "letter-too-many-steps": {
        "a": "{% include 'b.md' %}" * 40,
        "b": "{% include 'c.md' %}" * 40,
        "c": "{% include 'd.md' %}" * 40,
        "d": "",
    },
    "letter-too-long": {
        "a": "{% include 'b.md' %}" * 40,
        "b": "{% include 'c.md' %}" * 400,
        "c": "words and words " * 9,
    },
    "letter-too-many-files": {
        "a": "".join(f"{{% include 'p{n}.md' %}}" for n in range(20)),
        **{f"p{n}": "x" for n in range(20)},
    },
}


@pytest.mark.parametrize("problem", PASSAGES)
def test_passages_in_passages_have_an_end(tmp_path, problem):
    """A passage may not include itself, and how often passages are taken in is limited as loops are."""
    assert problem in refused(tmp_path, "{% include 'a.md' %}", **PASSAGES[problem])


def test_a_passage_that_is_not_there_is_named_where_it_is_asked_for(tmp_path):
    """Also in a passage, and by the file and line of that."""
    with pytest.raises(DataError) as caught:
        composed(tmp_path, "{% include 'a.md' %}", a="\n\n{% include '../../secret.md' %}")
    (problem,) = caught.value.problems
    assert (problem.id, Path(problem.place.file).name, problem.place.line) == ("letter-fault", "a.md", 3)


MISUSED = [
    "{{ days(client, 2) }}", "{{ span('a', 'b') }}", "{{ duration(client, client) }}", "{{ agree(1, 'a', 'b') }}",
    "{{ voice() }}", "{{ principle('nothing-like-it') | cite }}", "{{ breaches(client) }}", "{{ limit(client) }}",
    "{{ series('a', 'b', 'c') }}", "{{ 'x' | name }}", "{{ client | name('__class__') }}", "{{ client | money }}",
    "{{ detention.apprehended_at | people }}", "{{ 1 | listed }}", "{{ client | body }}", "{{ then(client, 2) }}",
    "{{ verified(1) }}", "{{ client | rank(client) }}", "{{ ref(client) }}", "{{ client | date }}", "{{ true }}",
    "{{ 1.5 }}", "{{ loop }}", "{{ voice }}", "{{ me }}", "{{ me.copy }}", "{{ client.surname.upper }}",
    "{{ meetings.count }}", "{% for a in 5 %}{% endfor %}", "{% for a, b in meetings %}{% endfor %}",
    "{% for voice in meetings %}{{ voice('a', 'b') }}{% endfor %}", "{% if 'a' < 1 %}{% endif %}",
]  # fmt: skip


@pytest.mark.parametrize("body", MISUSED)
def test_a_misused_function_is_a_fault_of_the_text(tmp_path, body):
    """Whatever a text hands to a filter or function, it is told with its line, and is no fault of the program."""
    assert set(refused(tmp_path, body, MANY).values()) <= {3, 0}


@pytest.mark.parametrize("odd", [SLOT, chr(0x100001), "\u202e", "\u200b", "\x00", "\x1b[2J", "\ufffe"])
def test_a_text_holds_no_odd_character(tmp_path, odd):
    """Signs that stand for values or lines inside the program, turn the text round or are not seen are refused."""
    assert refused(tmp_path, f"a{odd}b {{{{ client.surname }}}}") == {"odd-character": 3}


@pytest.mark.parametrize("content", ["# Т\n".encode("cp1251"), "# T\n".encode("utf-16"), b"\xff\xfe\x00"])
def test_a_text_in_another_encoding_is_refused(tmp_path, content):
    """A text is UTF-8; anything else is said, not guessed."""
    composed(tmp_path, "")
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "p.md").write_bytes(content)
    assert set(refused(tmp_path / "other", "{% include 'p.md' %}")) <= {"not-utf-8", "odd-character"}


@pytest.mark.parametrize("kind", ["link", "pipe", "device", "folder"])
def test_a_text_is_read_from_a_file_of_its_own_folder_alone(tmp_path, kind):
    """No link is followed out of the folder, and nothing waits for a pipe or reads a device without end."""
    (tmp_path / "secret.txt").write_text("# secret", "utf-8")
    (tmp_path / "letter" / "clauses").mkdir(parents=True)
    there = tmp_path / "letter" / "clauses" / "p.md"
    match kind:
        case "link":
            there.symlink_to(tmp_path / "secret.txt")
        case "pipe":
            os.mkfifo(there)
        case "device":
            there.symlink_to("/dev/zero")
        case "folder":
            there.mkdir()
    assert set(refused(tmp_path / "letter", "{% include 'p.md' %}")) <= {"data-outside", "letter-fault"}


@pytest.mark.parametrize("name", ["../secret.md", "/etc/passwd", "clauses/p.md", "..", "", "p.md\x00", "con"])
def test_a_passage_has_a_plain_name(tmp_path, name):
    """No text reaches into another folder."""
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    folder = tmp_path / "letter"
    folder.mkdir()
    assert set(refused(folder, f"{{% include '{name}' %}}", p="x")) <= {"letter-fault", "odd-character"}


@pytest.mark.parametrize(
    "pattern",
    [
        "{head}{head}{item}",
        "{item:>999999999}",
        "{item.__class__}",
        "{item.__new__.__globals__}",
        "{item[0]}",
        "{item!r}",
        "{nothing}",
        "{",
        "{}",
        "{{item}}",
    ],
)
def test_a_pattern_of_a_language_is_plain(tmp_path, pattern):
    """A blank of a pattern takes one value once: no width, no attribute, no doubling with each item of a list."""
    bundled = FOLDERS.find("templates", "languages", "en.yaml").read_text("utf-8")
    file = tmp_path / "templates" / "languages" / "en.yaml"
    file.parent.mkdir(parents=True)
    changed = bundled.replace('comma: "{head}, {item}"', f'comma: "{pattern}"')
    assert changed != bundled
    file.write_text(changed, "utf-8")
    with pytest.raises(DataError) as caught:
        load_language("en", Folders((tmp_path,)))
    assert [(p.id, p.path) for p in caught.value.problems] == [("pattern-not-plain", "list.comma")]


@pytest.mark.parametrize("below", ["templates", "templates/languages", "templates/languages/en.yaml"])
def test_no_link_leads_out_of_a_data_folder(tmp_path, below):
    """Neither a file nor a folder above it may be a link to elsewhere, even one that holds good data."""
    home = tmp_path / "mine"
    link = home / below
    link.parent.mkdir(parents=True)
    bundled = FOLDERS.roots[0]
    link.symlink_to(bundled / below)
    with pytest.raises(DataError) as caught:
        load_language("en", Folders((home,)))
    assert [p.id for p in caught.value.problems] == ["data-outside"]

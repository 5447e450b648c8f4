"""Whatever is in a file, reading it ends soon: in what it says, letter for letter, or in problems with their places."""

import time
from unicodedata import normalize

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.case.load import case_of
from generator.errors import MOST, CaseError, DataError, Place, Problem
from generator.sources import MAX_BYTES, parse_source
from generator.tree import MAX_DEPTH, odd_character, tidy

MANY = settings(max_examples=150)
SCRAPS = st.sampled_from(
    [
        "case",
        "clients",
        "id",
        "surname",
        ": ",
        ":",
        "- ",
        "-",
        "\n",
        "\n  ",
        "\n- ",
        "\t",
        "{",
        "}",
        "[",
        "]",
        ", ",
        '"',
        "'",
        "|\n",
        ">\n",
        "&a",
        "*a",
        "!!str",
        "!x",
        "? ",
        "#",
        "---\n",
        "...",
        "%YAML 1.1\n",
        "<<",
        "null",
        "~",
        "yes",
        "Рахимов",
        "\\",
        "\\x00",
        "\\u202e",
        "\u00a0",
        "\u200b",
        "\ufeff",
        "\x85",
        "\r",
        "@",
        "`",
        "\U0001f1f9",
        "e\u0301",
        "x: y\n",
    ]
)
TEXTS = st.text(min_size=1, max_size=20).filter(lambda text: tidy(text) and not odd_character(text))
TREES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS.map(tidy), inner, max_size=3),
    max_leaves=8,
)


def _problems(raw: bytes):
    try:
        case_of(parse_source(raw, "case.yaml"))
    except CaseError as fault:
        return fault.problems
    return ()


@MANY
@given(st.binary(max_size=60) | st.lists(SCRAPS, max_size=25).map(lambda scraps: "".join(scraps).encode()))
def test_any_bytes_are_read_or_refused_with_a_place(raw):
    """Bytes become a case or problems that know their place; nothing else is ever raised."""
    for problem in _problems(raw):
        assert problem.place
        assert problem.place.file == "case.yaml"
        assert problem.place.line >= 1
        assert problem.place.line <= raw.count(b"\n") + raw.count(b"\r") + raw.count(b"\xc2\x85") + 2


@MANY
@given(st.dictionaries(TEXTS.map(tidy), TREES, min_size=1, max_size=3), st.sampled_from(['"', "'"]), st.booleans())
def test_a_tree_of_texts_comes_back_as_it_was_written(tree, quotes, braces):
    """No text becomes a number, a date, a truth value or nothing; only spaces are folded and letters composed."""
    written = yaml.safe_dump(tree, allow_unicode=True, default_style=quotes, default_flow_style=braces, sort_keys=False)
    assert parse_source(written.encode(), "case.yaml").tree == _tidy(tree)


def _tidy(tree):
    if isinstance(tree, str):
        return tidy(tree)
    if isinstance(tree, list):
        return [_tidy(inner) for inner in tree]
    return {normalize("NFC", tidy(key)): _tidy(inner) for key, inner in tree.items()}


def _full(head: str, member: str) -> bytes:
    """Return a file as large as one may be, made of a head and then the same again and again, numbered."""
    text, number = head, 0
    parts = [head]
    size = len(text.encode())
    while size < MAX_BYTES - 64:
        number += 1
        parts.append(member.format(n=number))
        size += len(parts[-1].encode())
    return "".join(parts).encode()


HEAVY = {
    "keys nobody knows": _full("", "k{n}: x\n"),
    "keys without values": _full("a: {", "k{n},"),
    "the same key": _full("", "a: x\n"),
    "empty items": _full("clients:\n", "-\n"),
    "lines that may not be": _full("", "\x01\n"),
    "items": _full("case: {id: a, country: TJ}\nclients:\n", "- surname: x\n"),
    "letters nobody knows": _full(
        "case: {id: a, country: TJ}\nclients: [{surname: x}]\nletters:\n", "  k{n}: {{place: x}}\n"
    ),
    "lists in lists": b"[" * (MAX_BYTES - 1),
    "maps in maps": b"{a: " * (MAX_BYTES // 4),
    "questions": b"? " * (MAX_BYTES // 2),
    "a line without end": b"a: " + b"x" * (MAX_BYTES - 4),
    "lines of one text": _full('a: "', "\\\n"),
}


def test_the_largest_file_is_answered_soon():
    """A file made to hurt is answered within seconds, with a number of problems that can be read."""
    for name, raw in HEAVY.items():
        started = time.process_time()
        found = _problems(raw)
        assert time.process_time() - started < 8, name  # 2 s at most on a quiet machine
        assert len(found) <= MOST + 1, name


def test_where_there_are_too_many_problems_it_is_said():
    """The first ones are told, and that there are more."""
    ids = [problem.id for problem in _problems(b"".join(b"k%d: x\n" % n for n in range(1000)))]
    assert ids[0] == "more-problems"
    assert len(ids) == MOST + 1
    assert "more-problems" not in [problem.id for problem in _problems(b"".join(b"k%d: x\n" % n for n in range(50)))]


def test_depth_is_bounded():
    """Twelve levels are enough for any case, and no level more is read."""
    assert [p.id for p in _problems(b"a:" + b" [" * MAX_DEPTH)] == ["too-deep"]


def test_of_each_file_so_many_problems_are_told():
    """Whoever raises them; a file with few of them is told of whole, and what was cut is said once."""
    many = [Problem("not-text", Place("a.md", line)) for line in range(1, 4 * MOST)]
    few = [Problem("not-text", Place("b.md", line)) for line in range(1, 4)]
    told = DataError([*many, Problem("more-problems", Place("a.md")), *few, Problem("data-nothing")]).problems
    assert [problem for problem in told if problem.place and problem.place.file == "b.md"] == few
    assert [problem.place.line for problem in told if problem.place and problem.place.file == "a.md"] == [
        *range(MOST + 1)
    ]
    assert [problem.place.file for problem in told if problem.id == "more-problems"] == ["a.md"]
    assert Problem("data-nothing") in told

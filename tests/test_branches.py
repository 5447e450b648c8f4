"""Whatever the facts, a letter has no scar of grammar: no doubled space, no empty bracket, no unfinished sentence.

Which facts a letter branches on is read from its texts, so a new letter is tried without a line here.
"""

import random
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, get_args, get_origin

import pytest
from jinja2 import Environment, nodes
from letters import ALONE, FOLDERS, KINDS, LETTERS, abouts, case_from, letter_of, own_example

from generator.case.model import Case, CaseFile, LetterSettings
from generator.case.values import Answer
from generator.document import Break, Item, Letter, Table, plain
from generator.render.layout import table_lines

SCARS = {
    "doubled space": re.compile(r"[ \u00a0]{2}"),
    "space before a mark": re.compile(r"[ \u00a0][,.;:)!?»”](?!_)"),
    "space after a bracket": re.compile(r"[(«“][ \u00a0]"),
    "empty brackets": re.compile(r"\(\s*\)|«\s*»|“\s*”"),
    "doubled mark": re.compile(r"[,;:]\s*[.,;:]|\.\."),
    "word of a program": re.compile(r"\b(None|True|False|Undefined|unknown|nan)\b|[{}\\]|object at"),
    "dangling conjunction": re.compile(r"\b(и|или|ва|ё|на|с)[.,;:)]|\b(and|or|the|a)[.;:)]"),
    "straight quote": re.compile("[\"']"),
    "missing space": re.compile(r"[,;:][^\W\d_]|[а-яa-z]\.[А-ЯA-Z]"),
}
INITIALS = re.compile(r"[А-ЯA-Z]\. (?:[А-ЯA-Z]\. )?")
ADDRESS = re.compile(r"\S+@\S+")  # an address of electronic mail has points without spaces
ROOTS = {"client": "clients", "representative": "representatives", "submission": "submissions", "inquiry": "inquiries"}
"""What a text calls a member of a list of the case."""
MORE = """
witnesses:
  - {surname: Каримов, given_name: Далер, name_forms: {tg: Каримов Далер, en: Daler Karimov}, consents: yes}
  - {surname: Азизова, given_name: Нигина, name_forms: {tg: Азизова Нигина, en: Nigina Azizova}, consents: yes}
"""
SAMPLES = 40


def _paths(kind: str) -> list[str]:
    """Return the facts that any text of a letter asks about, as paths of the case file."""
    found: set[str] = set()
    for text in (LETTERS / kind).glob("*.md"):
        clauses = FOLDERS.find("templates", "clauses", text.stem)
        found |= {path for name in (text, *clauses.glob("*.md")) for path in _asked(name.read_text("utf-8"))}
    return sorted(found)


@cache
def _asked(text: str) -> frozenset[str]:
    tree = Environment(autoescape=False).parse(text)  # noqa: S701  # parsed only, never rendered
    chains = {chain for node in tree.find_all(nodes.Getattr) if (chain := _chain(node))}
    return frozenset(path for chain in chains for path in _known(chain))


def _chain(node: nodes.Node) -> tuple[str, ...]:
    names: list[str] = []
    while isinstance(node, nodes.Getattr):
        names.append(node.attr)
        node = node.node
    return (node.name, *reversed(names)) if isinstance(node, nodes.Name) else ()


def _known(chain: tuple[str, ...]) -> Iterator[str]:
    root = ROOTS.get(chain[0], chain[0])
    if root in CaseFile.model_fields:
        yield ".".join((root, *chain[1:]))


def _field(path: str) -> Any:
    """Return the field of the model at a path, `None` where there is none."""
    held: Any = CaseFile
    field = None
    for name in path.split("."):
        field = getattr(held, "model_fields", {}).get(name)
        if field is None:
            return None
        held = next((each for each in _types(field.annotation) if hasattr(each, "model_fields")), None)
    return field


def _types(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from _types(inner)


def _choices(path: str) -> list[Any]:
    """Return the values a fact is tried with: answers, choices, or none at all."""
    field = _field(path)
    if field is None:
        return []
    if any(each is Answer for each in _types(field.annotation)):
        return list(Answer)
    words = [get_args(each) for each in _types(field.annotation) if get_origin(each) is Literal]
    return [*(words[0] if words else ()), field.get_default(call_default_factory=True)]


def _set(facts: Any, path: str, value: Any, about: int) -> Any:
    """Return the facts with one changed; of a list the first, or the one the letter is about."""
    name, _, rest = path.partition(".")
    if not rest:
        return facts.model_copy(update={name: value})
    held = getattr(facts, name)
    if isinstance(held, tuple):
        number = about if name in {"submissions", "inquiries"} else 1
        if len(held) < number:
            return facts
        changed = _set(held[number - 1], rest, value, about)
        return facts.model_copy(update={name: (*held[: number - 1], changed, *held[number:])})
    return facts.model_copy(update={name: _set(held, rest, value, about)}) if held is not None else facts


def _with(case: Case, answers: dict[str, Any], about: int) -> Case:
    facts = case.facts
    for path, value in answers.items():
        facts = _set(facts, path, value, about)
    return Case(facts, case.places, case.file)


def _signed(case: Case, kind: str, signer: str) -> Case:
    settings = case.facts.letters.get(kind, LetterSettings())
    letters = {**case.facts.letters, kind: settings.model_copy(update={"signer": signer})}
    return Case(case.facts.model_copy(update={"letters": letters}), case.places, case.file)


def _texts(letter: Letter) -> Iterator[str]:
    yield from (plain(line) for group in letter.corner for line in group)
    yield from (plain(line) for line in (letter.title, letter.subject, letter.basis, letter.annexes_heading))
    yield from (plain(line) for line in (*letter.letterhead, letter.reference, *letter.signature.received))
    yield letter.running
    for block in (*letter.body, *letter.annexes):
        if isinstance(block, Table):
            yield from (plain(line) for line in table_lines(block))
        elif not isinstance(block, Break):
            yield plain(block.text)


def _assert_sound(letter: Letter, answers: object) -> None:
    for text in _texts(letter):
        for scar, pattern in SCARS.items():
            found = pattern.search(INITIALS.sub("", ADDRESS.sub("x", text)))
            assert not found, (scar, text, answers)
    for item in letter.body:
        if isinstance(item, Item) and letter.form == "letter":
            assert plain(item.text)[-1] in ".;", (plain(item.text), answers)
            assert item.series != "fact" or not plain(item.text)[0].islower(), (plain(item.text), answers)
    if letter.form == "letter":
        assert any(isinstance(block, Item) for block in letter.body), answers


def _backgrounds(kind: str) -> list[Case]:
    own = own_example(kind)
    text = (LETTERS / kind / "example.yaml").read_text("utf-8")
    return [own] if "\nwitnesses:" in text else [own, case_from(text + MORE)]


KIND_LANGUAGE = [(kind, language) for kind in ALONE for language in KINDS[kind].languages()]


@pytest.mark.parametrize(("kind", "language"), KIND_LANGUAGE)
def test_no_scar_for_any_single_branch(kind, language):
    """Each fact a letter asks about takes each value in turn, against backgrounds of yes, no and unknown."""
    case = _backgrounds(kind)[-1]
    paths = _paths(kind)
    answered = [path for path in paths if _choices(path)[:1] == [Answer.YES]]
    for background in (None, Answer.NO, Answer.YES, Answer.UNKNOWN):
        base = {} if background is None else dict.fromkeys(answered, background)
        for path in paths:
            for value in _choices(path):
                answers = {**base, path: value}
                _assert_sound(letter_of(_with(case, answers, 1), language, kind, draft=True).letter, answers)


@pytest.mark.parametrize(("kind", "language"), KIND_LANGUAGE)
def test_no_scar_for_sampled_combinations(kind, language):
    """Combinations of all facts at once, drawn by a fixed seed, read as one lawyer wrote them."""
    draw = random.Random(f"{kind} {language}")  # noqa: S311  # no secret
    signers = KINDS[kind].kind.signers or ("client",)
    paths = _paths(kind)
    for case in _backgrounds(kind):
        for about in abouts(kind, case):
            for _ in range(SAMPLES):
                changed = [path for path in paths if draw.random() < 0.5]
                answers = {path: draw.choice(values) for path in changed if (values := _choices(path))}
                signer = draw.choice(signers) if case.facts.representatives else signers[0]
                signed = _signed(_with(case, answers, about), kind, signer)
                letter = letter_of(signed, language, kind, draft=True, about=about).letter
                _assert_sound(letter, (about, signer, answers))


def test_the_facts_of_a_letter_are_found_in_its_texts():
    """The trial is no empty one: what a text asks about is found, also within passages and members of lists."""
    asked = set(_paths("prosecutor-complaint"))
    assert {"detention.protocol", "clients.birth_date", "representatives.order_no"} <= asked
    assert {"submissions.due", "submissions.reply.kind"} <= set(_paths("reply-reminder"))
    assert Answer.UNKNOWN in _choices("detention.protocol")
    assert "partial" in _choices("submissions.reply.kind")

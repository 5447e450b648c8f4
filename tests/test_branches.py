"""Whatever the facts, a letter has no scar of grammar: no doubled space, no empty bracket, no unfinished sentence."""

import random
import re
from itertools import product

import pytest
from letters import ROOT, case_from, example, letter_of

from generator.case.model import Case
from generator.case.values import Answer
from generator.document import Heading, Item, Letter, Paragraph, plain

SCARS = {
    "doubled space": re.compile(r"[ \u00a0]{2}"),
    "space before a mark": re.compile(r"[ \u00a0][,.;:)!?»”]"),
    "space after a bracket": re.compile(r"[(«“][ \u00a0]"),
    "empty brackets": re.compile(r"\(\s*\)|«\s*»|“\s*”"),
    "doubled mark": re.compile(r"[,;:]\s*[.,;:]|\.\."),
    "word of a program": re.compile(r"\b(None|True|False|Undefined|unknown|nan)\b|[{}\\]|object at"),
    "dangling conjunction": re.compile(r"\b(и|или|and|or|of|на|с|ва|ё|аз|ба|бо|дар)[.,;:)]"),
    "straight quote": re.compile("[\"']"),
    "missing space": re.compile(r"[,;:][^\W\d_]|[а-яёғӣқӯҳҷa-z]\.[А-ЯЁҒӢҚӮҲҶA-Z]"),
}
TRI = [
    "detention.id_shown",
    "detention.reason_stated",
    "detention.force",
    "detention.handcuffs",
    "detention.free_to_leave",
    "detention.protocol",
    "detention.protocol_copy",
    "detention.rights_explained",
    "detention.counsel_requested",
    "detention.counsel_admitted",
    "detention.relatives_told",
    "detention.release_document",
    "seizure.occurred",
    "seizure.court_order",
    "seizure.witnesses",
    "seizure.protocol",
    "seizure.protocol_copy",
    "seizure.inventory",
    "device_access.occurred",
    "device_access.consent",
    "device_access.court_order",
    "device_access.copies_made",
    "questioning.private",
    "questioning.consent",
    "summons.written",
    "medical.seen",
]
CLEARED = [
    "incident.place_kind",
    "incident.place",
    "officials",
    "detention.officers",
    "detention.officers_of",
    "detention.reason_quote",
    "detention.restriction_facts",
    "detention.delivered_at",
    "detention.protocol_at",
    "detention.status_as_told",
    "seizure.at",
    "seizure.paper",
    "items",
    "device_access.facts",
    "summons.form",
    "summons.at",
    "submissions",
    "witnesses",
    "representatives",
    "proceedings",
    "evidence",
]
LETTER = ROOT / "templates" / "letters" / "prosecutor-complaint"
LATE_RECORD = "  protocol_at: 2026-03-10 17:00\n  reason_quote: {ru: так надо, tg: чунин лозим, en: because}\n  rights"
BRANCHED = (
    example("rustam.yaml").replace("  protocol: no\n  protocol_copy: no\n  rights", LATE_RECORD)
    + """
witnesses:
  - {surname: Каримов, given_name: Далер, name_forms: {tg: Каримов Далер, en: Daler Karimov}, consents: yes}
  - {surname: Азизова, given_name: Нигина, name_forms: {tg: Азизова Нигина, en: Nigina Azizova}, consents: yes}
"""
)


def _with(case: Case, answers: dict[str, object]) -> Case:
    facts = case.facts
    for path, value in answers.items():
        group, _, name = path.partition(".")
        changed = value if not name else getattr(facts, group).model_copy(update={name: value})
        facts = facts.model_copy(update={group: changed})
    return Case(facts, case.places, case.file)


def _default(path: str) -> object:
    from generator.case.model import CaseFile  # noqa: PLC0415

    group, _, name = path.partition(".")
    field = CaseFile.model_fields[group]
    owner = field.get_default(call_default_factory=True)
    return getattr(owner, name) if name else owner


def _texts(letter: Letter):
    yield from (plain(line) for group in letter.corner for line in group)
    yield from (plain(line) for line in (letter.title, letter.subject, letter.basis, letter.annexes_heading))
    yield letter.running
    for block in (*letter.body, *letter.annexes):
        assert isinstance(block, Heading | Item | Paragraph)
        yield plain(block.text)


def _assert_sound(letter: Letter, answers: object):
    for text in _texts(letter):
        for scar, pattern in SCARS.items():
            found = pattern.search(text.replace("Р. С. ", ""))
            assert not found, (scar, text, answers)
    for item in letter.body:
        if isinstance(item, Item):
            assert plain(item.text)[-1] in ".;", (plain(item.text), answers)
            assert item.series != "fact" or not plain(item.text)[0].islower(), (plain(item.text), answers)


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
@pytest.mark.parametrize("signer", ["client", "representative"])
def test_no_scar_for_any_single_branch(language, signer):
    """Each fact a letter branches on is yes, no and unknown in turn, against three different backgrounds."""
    case = _signed(case_from(BRANCHED), signer)
    for background in (Answer.NO, Answer.YES, Answer.UNKNOWN):
        base = dict.fromkeys(TRI, background)
        for path, answer in product(TRI, Answer):
            answers = {**base, path: answer}
            _assert_sound(letter_of(_with(case, answers), language, draft=True).letter, answers)


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
@pytest.mark.parametrize("seed", range(4))
def test_no_scar_for_sampled_combinations(language, seed):
    """Combinations of all facts at once, drawn by a fixed seed, read as one lawyer wrote them."""
    draw = random.Random(seed)  # noqa: S311  # no secret
    base = case_from([BRANCHED, (LETTER / "example.yaml").read_text("utf-8")][seed % 2])
    for _ in range(120):
        answers: dict[str, object] = {path: draw.choice(list(Answer)) for path in TRI}
        answers |= {path: _default(path) for path in CLEARED if draw.random() < 0.3}
        case = _signed(_with(base, answers), draw.choice(["client", "representative"]))
        if "representatives" in answers:
            case = _signed(case, "client")
        _assert_sound(letter_of(case, language, draft=True).letter, answers)


def _signed(case: Case, signer: str) -> Case:
    letters = {name: value.model_copy(update={"signer": signer}) for name, value in case.facts.letters.items()}
    return Case(case.facts.model_copy(update={"letters": letters}), case.places, case.file)

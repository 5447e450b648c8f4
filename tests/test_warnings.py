"""What `arznoma check` asks a lawyer to look at before printing: each warning, and a case beside it that has none."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from letters import AS_OF, FOLDERS, LANGUAGES, LAW, ROOT, case_from, example

from generator.advice import advise
from generator.assembly import Order, assemble
from generator.case import labels
from generator.case.disclosure import disclose
from generator.case.load import for_client
from generator.case.values import Answer
from generator.checks import LetterSubject, Subject, run_checks, run_letter_checks
from generator.checks.requests import MOST
from generator.document import Item
from generator.errors import DataError
from generator.folders import Folders
from generator.law.versions import Confirmation
from generator.letters.catalogue import letter_names, load_kind
from generator.letters.request_list import load_requests

HEAD = "case: {id: xx-1, country: TJ}\nclients: [{surname: Саидова}]\n"
KINDS = {name: load_kind(name, FOLDERS) for name in letter_names(FOLDERS)}
WRITTEN = [name for name, entry in KINDS.items() if not entry.kind.bundle_only]


def _example(name: str) -> str:
    return (ROOT / "templates" / "letters" / name / "example.yaml").read_text("utf-8")


def _subject(name: str, text: str, language: str = "ru") -> LetterSubject:
    case, entry, order = case_from(text), KINDS[name], Order(LANGUAGES[language], AS_OF, draft=True)
    told = disclose(for_client(case))
    assembly = assemble(case, LAW, entry, order, FOLDERS)
    return LetterSubject(told, LAW, AS_OF, entry, assembly, load_requests(FOLDERS))


def _found(subject: LetterSubject) -> dict[str, dict[str, str]]:
    return {problem.id: dict(problem.values) for problem in run_letter_checks(subject)}


def _of_case(text: str) -> list[tuple[str, str]]:
    return [(p.id, p.path) for severity, p in run_checks(Subject(case_from(text), LAW, AS_OF)) if severity == "warning"]


def _kind(subject: LetterSubject, **changes: object) -> LetterSubject:
    entry = replace(subject.entry, kind=subject.entry.kind.model_copy(update=changes))
    return replace(subject, entry=entry)


# requests and their tracks


@pytest.mark.parametrize("name", KINDS)
def test_every_request_of_a_bundled_letter_is_in_the_list_and_on_one_track(name):
    """The list knows every request, and no bundled letter mixes a complaint, a motion, a request for information."""
    tracks = load_requests(FOLDERS).tracks
    requests = KINDS[name].kind.requests
    assert set(requests) <= tracks.keys()
    assert len({tracks[request] for request in requests} - {"any"}) <= 1


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
@pytest.mark.parametrize("name", WRITTEN)
def test_a_bundled_letter_makes_eight_requests_at_most(name, language):
    """No example of a letter asks for more than a reader keeps in mind, and each request is one of its list."""
    letter = _subject(name, _example(name), language).assembly.letter
    requests = [block for block in letter.body if isinstance(block, Item) and block.series.startswith("request")]
    assert len([item for item in requests if item.level == 0]) <= MOST
    assert {item.id for item in requests} <= set(KINDS[name].kind.requests)


def test_every_request_of_the_list_is_made_by_a_letter():
    """Nothing stands in the list that no letter asks for."""
    assert load_requests(FOLDERS).tracks.keys() == {
        request for entry in KINDS.values() for request in entry.kind.requests
    }


def test_a_letter_that_mixes_tracks_is_reported():
    """A complaint that also asks for a motion is to be split; what goes with each track is not."""
    subject = _subject("prosecutor-complaint", _example("prosecutor-complaint"))
    mixed = _found(_kind(subject, requests=("examine", "terminate", "return")))
    assert mixed["mixed-tracks"]["tracks"] == "complaint, motion"
    assert "mixed-tracks" not in _found(_kind(subject, requests=("examine", "return", "inform")))


def test_a_request_that_no_list_knows_is_reported():
    """The list is closed: a new request needs a track."""
    found = _found(_kind(_subject("summons-confirmation", _example("summons-confirmation")), requests=("apologise",)))
    assert found["unknown-request"]["request"] == "apologise"


def test_a_request_that_only_the_text_makes_is_looked_at_too():
    """A request a lawyer adds to the text counts, although `letter.yaml` does not name it."""
    subject = _subject("summons-confirmation", _example("summons-confirmation"))
    letter = subject.assembly.letter
    first = next(block for block in letter.body if isinstance(block, Item) and block.series.startswith("request"))
    added = replace(letter, body=(*letter.body, first._replace(id="examine")))
    found = _found(replace(subject, assembly=replace(subject.assembly, letter=added)))
    assert found["mixed-tracks"]["tracks"] == "motion, complaint"


def test_too_many_requests_are_counted_in_the_letter():
    """More than eight requests are too many; points within a request do not count."""
    subject = _subject("prosecutor-complaint", _example("prosecutor-complaint"))
    letter = subject.assembly.letter
    first = next(block for block in letter.body if isinstance(block, Item) and block.series.startswith("request"))
    for level, expected in ((0, True), (1, False)):
        more = replace(letter, body=(*letter.body, *[first._replace(level=level)] * MOST))
        found = _found(replace(subject, assembly=replace(subject.assembly, letter=more)))
        assert ("too-many-requests" in found) is expected
    assert "too-many-requests" not in _found(subject)


REASONS = ("request-without-fact", "fact-without-request")


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
@pytest.mark.parametrize("name", WRITTEN)
def test_a_bundled_letter_has_a_reason_for_each_request_and_asks_about_each_breach(name, language):
    """The example of a letter and the model case rest each request on a fact, and plead nothing for nothing."""
    assert not {*REASONS} & _found(_subject(name, _example(name), language)).keys()
    if name in ("prosecutor-complaint", "property-return-request", "motion-to-terminate", "summons-confirmation"):
        assert not {*REASONS} & _found(_subject(name, example("rustam.yaml"), language)).keys()


def test_a_request_without_a_fact_is_reported():
    """Whoever adds a request to a text is told when nothing in the case stands behind it; a *no* is no reason."""
    subject = _subject("prosecutor-complaint", _example("prosecutor-complaint"))
    letter = subject.assembly.letter
    first = next(block for block in letter.body if isinstance(block, Item) and block.series.startswith("request"))
    body = (*letter.body, first._replace(id="lift-measure"), first._replace(id="medicine"))
    added = replace(subject, assembly=replace(subject.assembly, letter=replace(letter, body=body)))
    reported = [p.values["request"] for p in run_letter_checks(added) if p.id == "request-without-fact"]
    assert reported == ["lift-measure", "medicine"]
    need = added.case.facts.clients[0].model_copy(update={"health_need": Answer.YES})
    for answer, left in ((Answer.YES, ["lift-measure"]), (Answer.NO, ["lift-measure", "medicine"])):
        client = need.model_copy(update={"health_need": answer})
        facts = added.case.facts.model_copy(update={"clients": (client,)})
        told = replace(added, case=replace(added.case, facts=facts))
        assert [p.values["request"] for p in run_letter_checks(told) if p.id == "request-without-fact"] == left


def test_a_breach_about_which_nothing_is_asked_is_reported():
    """A complaint of a breach without a request that answers it tells the fact for nothing."""
    subject = _subject("prosecutor-complaint", _example("prosecutor-complaint"))
    letter = subject.assembly.letter
    body = tuple(block for block in letter.body if not (isinstance(block, Item) and block.id == "find-unlawful"))
    without = replace(subject, assembly=replace(subject.assembly, letter=replace(letter, body=body)))
    reported = {p.values["ground"] for p in run_letter_checks(without) if p.id == "fact-without-request"}
    assert "record-late" in reported
    assert "private-life-questions" not in reported  # the measures asked for answer it


def test_the_list_of_requests_names_facts_grounds_and_requests_that_there_are():
    """What the list says of reasons is no slip: each path is a fact, each ground in the law, each request known."""
    listed = load_requests(FOLDERS)
    for request, paths in listed.rests_on.items():
        assert request in listed.tracks
        assert all(labels.title(path, "en") for path in paths)  # raises where no such fact can be
    assert listed.answers.keys() == LAW.grounds.keys()
    assert {request for requests in listed.answers.values() for request in requests} <= listed.tracks.keys()


def test_the_list_of_requests_comes_from_the_first_folder_that_has_one(tmp_path):
    """A lawyer can replace the list like other data; a list with an unknown track is refused."""
    path = tmp_path / "templates" / "requests.yaml"
    path.parent.mkdir()
    path.write_text("tracks: {examine: complaint}\n", "utf-8")
    own = Folders((tmp_path, *FOLDERS.roots))
    assert load_requests(own).tracks == {"examine": "complaint"}
    path.write_text("tracks: {examine: somewhere}\n", "utf-8")
    with pytest.raises(DataError) as caught:
        load_requests(own)
    assert [problem.id for problem in caught.value.problems] == ["not-a-choice"]


# law and offices


def test_law_that_nobody_verified_is_named_once_a_letter():
    """One warning lists the provisions a letter cites that are leads or to be checked first, and no others."""
    subject = _subject("prosecutor-complaint", _example("prosecutor-complaint"))
    listed = _found(subject)["cites-unverified"]["provisions"].split(", ")
    cited = subject.assembly.cited
    assert listed
    assert all(cited[name].grade == "lead" or cited[name].use == "ask" for name in listed)
    assert any(name not in listed for name in cited)


def _recited(subject: LetterSubject, **changes: object) -> LetterSubject:
    cited = {name: version.model_copy(update=changes) for name, version in subject.assembly.cited.items()}
    return replace(subject, assembly=replace(subject.assembly, cited=cited))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"grade": "lead", "use": "ask"}, "cites-unverified"),
        ({"grade": "text", "use": "number", "checked": "2025-11"}, "law-old"),
        ({"grade": "text", "use": "number", "checked": "2026-03"}, None),
        ({"grade": "lead", "confirmed": Confirmation(by="MN", on=date(2025, 11, 1), source="x")}, "law-old"),
        ({"grade": "lead", "confirmed": Confirmation(by="MN", on=date(2026, 3, 1), source="x")}, None),
        ({"grade": "text", "use": "number", "checked": ""}, None),
    ],
)
def test_law_is_verified_and_fresh_or_a_warning(changes, problem):
    """A look counts for 180 days, a confirmation from the day it was given; nothing is said of what has no day."""
    found = _found(_recited(_subject("prosecutor-complaint", _example("prosecutor-complaint")), **changes))
    assert found.keys() & {"cites-unverified", "law-old"} == ({problem} if problem else set())


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("addressee: tj.prosecutor.dushanbe.sino\n    copies: [tj.prosecutor.general]", {"addressee"}),
        ("addressee: tj.prosecutor.general\n    copies: [tj.prosecutor.dushanbe.sino]", {"copies"}),
        ("addressee: tj.prosecutor.general\n    copies: [tj.prosecutor.general]", set()),
    ],
)
def test_an_office_known_from_hearsay_is_named(settings, expected):
    """Addressee and copies are held against the grade of the office in the pack."""
    old = "addressee: tj.prosecutor.general\n    copies: [tj.prosecutor.dushanbe.sino]"
    text = example("rustam.yaml")
    assert old in text
    found = run_letter_checks(_subject("prosecutor-complaint", text.replace(old, settings)))
    paths = {problem.path for problem in found if problem.id == "authority-unverified"}
    assert paths == {f"letters.prosecutor-complaint.{name}" for name in expected}


def test_an_official_is_known_as_well_as_his_office():
    """A copy to an official of the case is held against the office he belongs to."""
    assert _found(_subject("motion-to-terminate", _example("motion-to-terminate")))["authority-unverified"] == {
        "offices": "tj.prosecutor.dushanbe.sino"
    }


def test_only_a_letter_to_a_high_office_needs_a_copy_below():
    """A complaint to the Prosecutor General alone is warned of; a motion to the investigator is not."""
    alone = example("rustam.yaml").replace("    copies: [tj.prosecutor.dushanbe.sino]\n", "")
    assert "no-copy" in _found(_subject("prosecutor-complaint", alone))
    assert "no-copy" not in _found(_subject("prosecutor-complaint", example("rustam.yaml")))
    assert "no-copy" not in _found(_subject("motion-to-terminate", _example("motion-to-terminate")))


# papers


@pytest.mark.parametrize(
    ("name", "paper", "problem"),
    [
        ("motion-to-terminate", "order", "no-order-annexed"),
        ("lawyers-request", "order", "no-order-annexed"),
        ("reply-reminder", "submission", "no-copy-annexed"),
        ("inaction-complaint", "submission", "no-copy-annexed"),
        ("inaction-complaint", "reminder", "paper-not-annexed"),
        ("lawyers-request", "consent", "paper-not-annexed"),
        ("property-return-request", "ownership", "paper-not-annexed"),
    ],
)
def test_a_usual_annex_that_is_missing_is_named(name, paper, problem):
    """Each paper that goes with a letter is enclosed in its example, and missed when it is not."""
    with_it = _example(name)
    assert problem not in _found(_subject(name, with_it))
    found = _found(_subject(name, with_it.replace(f"    paper: {paper}\n", "")))
    assert found[problem]["paper"] == paper


def test_no_order_is_missed_where_no_advocate_acts():
    """A client alone, or with a parent, has no order to enclose."""
    text = _example("rights-assertion").replace("    paper: order\n", "")
    assert "no-order-annexed" in _found(_subject("rights-assertion", text))
    assert "no-order-annexed" not in _found(
        _subject("rights-assertion", text.replace("kind: advocate", "kind: legal_representative"))
    )


@pytest.mark.parametrize(
    ("submission", "found"),
    [
        ("{at: 2026-05-05, channel: post}", [("no-proof", "submissions[1].proof")]),
        ("{at: 2026-05-05, channel: email}", [("no-proof", "submissions[1].proof")]),
        ("{at: 2026-05-05, channel: post, proof: slip}", []),
        ("{at: 2026-05-05, channel: oral}", []),
        ("{at: 2026-05-05}", []),
    ],
)
def test_a_filing_needs_proof(submission, found):
    """What was handed in, posted or sent needs a paper that proves it; a word spoken cannot have one."""
    assert _of_case(f"{HEAD}evidence: [{{id: slip}}]\nsubmissions: [{submission}]\n") == found


@pytest.mark.parametrize(
    ("day", "found"), [("2026-06-16", False), ("2026-06-15", True), ("2026-06-01", True), ("2026-05-20", True)]
)
def test_evidence_that_will_be_deleted_is_named_in_time(day, found):
    """From 14 days before the day on, also after it, the request for recordings comes first."""
    warnings = _of_case(f"{HEAD}evidence: [{{id: camera, kind: video, expires_at: {day}}}]\n")
    assert warnings == ([("evidence-expires", "evidence[1].expires_at")] if found else [])


# all of it in `check`


def test_check_tells_the_warnings_of_every_letter_and_client(tmp_path):
    """The warnings of a case and of its letters come together, each once, though there are two clients."""
    path = Path(tmp_path / "case.yaml")
    second = "\n  - surname: Азизова\n    sex: f\n\nrepresentatives:"
    text = example("rustam.yaml").replace("\nrepresentatives:", second, 1).replace("    paper: order\n", "")
    path.write_text(text.replace("channel: oral", "channel: post"), "utf-8")
    warnings = advise(path, ("prosecutor-complaint", "rights-card"), AS_OF, FOLDERS, "en").warnings
    ids = [problem.id for problem in warnings]
    assert {"no-proof", "cites-unverified", "authority-unverified", "no-order-annexed"} <= set(ids)
    assert ids.count("no-order-annexed") == ids.count("no-proof") == 1


def test_each_inquiry_is_checked(tmp_path):
    """The second letter of a kind is looked at as the first is: what it lacks is told at its own place."""
    path = Path(tmp_path / "case.yaml")
    text = _example("lawyers-request")
    path.write_text(re.sub(r"    facts:\n      - \{ru: время доставления и .*\n", "", text), "utf-8")
    errors = advise(path, ("lawyers-request",), AS_OF, FOLDERS, "en").errors
    assert [(problem.id, problem.path) for problem in errors] == [("missing-fact", "inquiries[2].facts")]


def test_a_text_behind_its_leading_text_is_told(tmp_path):
    """Who writes in a language whose text has not followed the leading one is told which blocks to read."""
    letters = shutil.copytree(ROOT / "templates" / "letters", tmp_path / "mine" / "templates" / "letters")
    leading = letters / "reply-reminder" / "ru.md"
    text = leading.read_text("utf-8").replace("настоящее письмо не является", "это письмо не является")
    leading.write_text(text.replace("submission.stake", "submission.result"), "utf-8")
    path = Path(tmp_path / "case.yaml")
    path.write_text(_example("reply-reminder").replace("language: ru", "language: en"), "utf-8")
    folders = Folders((tmp_path / "mine", *FOLDERS.roots))
    found = {p.id: p.values for p in advise(path, ("reply-reminder",), AS_OF, folders, "en").warnings}
    assert found["translation-stale"]["blocks"] == "stake, same"
    assert found["block-speaks-otherwise"]["block"] == "stake"


def test_a_letter_that_is_refused_has_no_warnings_of_its_own(tmp_path):
    """Where not even a draft can be made, the error is told and the rest of the case is still checked."""
    path = Path(tmp_path / "case.yaml")
    path.write_text(_example("motion-to-terminate").replace("цель распространения", "обмен"), "utf-8")
    advice = advise(path, ("motion-to-terminate",), AS_OF, FOLDERS, "en")
    assert [problem.id for problem in advice.errors] == ["admission-refused"]
    assert "cites-unverified" not in {problem.id for problem in advice.warnings}


@pytest.mark.parametrize("name", WRITTEN)
def test_an_example_encloses_its_usual_papers(name):
    """A lawyer who copies an example copies its annexes: nothing that goes with the letter is missing."""
    papers = {"no-order-annexed", "no-copy-annexed", "paper-not-annexed"}
    assert not papers & _found(_subject(name, _example(name))).keys()

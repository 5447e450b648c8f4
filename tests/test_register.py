"""The register of norms: who uses an entry, what is due, what changed, a lawyer's word, and whole packs."""

import json
import re
import shutil
from datetime import date, timedelta

import pytest
from letters import AS_OF, FOLDERS, KIND, LANGUAGES, LAW, ROOT, case_from, example, letter_of

from generator.assembly import Order, assemble
from generator.errors import CaseError
from generator.folders import Folders
from generator.law.calendar import Holiday
from generator.law.load import load_law
from generator.law.versions import Confirmation
from generator.register.check import check_pack
from generator.register.confirm import confirm, entries, withdraw
from generator.register.diff import diff, filed_letters
from generator.register.due import due
from generator.register.usage import letters_law, usage
from generator.render.txt import render_txt

LETTERS = letters_law(FOLDERS)
WORD = Confirmation(by="MN", on=date(2026, 11, 20), source="adlia.tj, edition of 2024")


def _word(**said) -> Confirmation:
    return Confirmation(by="MN", on=WORD.on, source=WORD.source, **said)


PACKS = FOLDERS.names("law", holding="pack.yaml")


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The search path with a data folder of the user's own, empty at first."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return Folders((tmp_path / "arznoma", *FOLDERS.roots))


def _text(language: str, law=LAW, *, facts: str = "rustam.yaml") -> str:
    return render_txt(
        assemble(case_from(example(facts)), law, KIND, Order(LANGUAGES[language], AS_OF), FOLDERS).letter
    ).decode()


@pytest.mark.parametrize("pack", PACKS)
def test_our_packs_are_whole(pack):
    """`arznoma law check` finds nothing to mend in a pack we ship."""
    errors, _ = check_pack(pack, FOLDERS)
    assert [(p.id, str(p.place), p.path) for p in errors] == []


BROKEN = [
    ("provisions.yaml", "from: 2021-05-05, article: 9-1", "from: 2021-05-01, article: 9-1", "versions-overlap"),
    ("provisions.yaml", "until: 2021-05-04", "until: 1990-05-04", "version-ends-first"),
    ("provisions.yaml", ", source: https://law.example/charter/4", "", "no-source"),
    ("provisions.yaml", 'article_lead: "30"', 'article: "30"', "article-not-cleared"),
    ("provisions.yaml", "grade: lead, use: ask", "grade: lead, use: number", "use-above-grade"),
    ("time-limits.yaml", "submissions.extended_at", "submissions.longer_at", "no-such-fact"),
    ("grounds.yaml", "detention.reason_stated", "detention.reason_said", "no-such-fact"),
    ("authorities.yaml", "level: district, grade", "level: district, supervises: [xx.prosecutor.general], grade",
     "ladder-in-a-ring"),
    ("wording/en.yaml", "  petition-answer: the answer to a petition\n", "", "no-words"),
    ("wording/en.yaml", "  lantern-feast: the Lantern Feast\n", "", "no-words"),
    ("wording/ru.yaml", "gen: Хартии Примерии, ", "", "case-form-missing"),
    ("worked-cases/all.yaml", "{reason-not-given: violated}", "{reason-not-given: kept}", "worked-case-fails"),
    ("worked-cases/all.yaml", "{reason-not-given: unknown}", "{}", "no-worked-case"),
    ("time-limits.yaml", "after: petition-answer", "after: no-such", "loose-end"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "problem"), BROKEN, ids=[f"{b[0]}: {b[3]}" for b in BROKEN])
def test_a_broken_pack_is_caught(tmp_path, file, old, new, problem):
    """Each check of a pack can fail: one change of the teaching pack sets it off, at a place in the file."""
    shutil.copytree(ROOT / "law" / "xx", tmp_path / "law" / "xx")
    path = tmp_path / "law" / "xx" / file
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), "utf-8")
    errors, _ = check_pack("xx", Folders((tmp_path, *FOLDERS.roots)))
    assert problem in {p.id for p in errors}
    assert all(p.place for p in errors)


def test_usage_follows_an_entry_to_its_letters():
    """A provision is used by grounds, limits and neutral names, and through each of them by letters."""
    used = usage("provisions", "tj.cpc.94.1", LAW, LETTERS)
    assert used.grounds == ("record-not-made", "record-late")
    assert (used.limits, used.principles) == (("record-of-detention",), ("detention-record",))
    assert {"prosecutor-complaint", "motion-to-terminate"} <= set(used.letters)
    assert usage("provisions", "tj.const.31", LAW, LETTERS).principles == ("petition",)
    assert set(usage("limits", "complaint-answer", LAW, LETTERS).letters) == {
        "inaction-complaint",
        "prosecutor-complaint",
    }


def test_entries_are_found_by_id_and_by_words():
    """An id names its entry in each pack that has it; words find what holds them all, in any language."""
    assert [entry.pack.head.id for entry in entries(("complaint-answer",), FOLDERS)] == ["kz", "tj", "xx"]
    assert "tj.cpc.94.1" in {entry.name for entry in entries(("протокол", "задержан"), FOLDERS)}
    assert list(entries(("no", "such", "words", "anywhere"), FOLDERS)) == []


def test_due_lists_the_unverified_and_the_old():
    """A lead is due, whatever its age; what was read is due when that is longer ago than asked."""
    listed = {d.name: d.why for d in due(LAW, LETTERS, FOLDERS, date(2026, 11, 24), timedelta(days=180))}
    assert listed["tj.cpc.46"] == "lead"
    assert "tj.const.5" not in listed
    later = {d.name: d.why for d in due(LAW, LETTERS, FOLDERS, date(2027, 11, 24), timedelta(days=180))}
    assert later["tj.const.5"] == "old"
    assert later["eid-al-fitr 2028"] == "estimated"


def test_diff_names_changes_letters_and_what_was_filed(tmp_path):
    """Between two days only what changed is told, with the letters already written that rest on it."""
    told = {
        "case": "one",
        "letters": [{"cited": [{"provision": "charter-9"}], "findings": [], "files": [{"name": "a"}]}],
    }
    (tmp_path / "manifest.json").write_text(json.dumps(told))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "manifest.json").write_text("no manifest")
    teaching = load_law("xx", FOLDERS)
    changes = diff(teaching, date(2021, 5, 4), date(2021, 5, 5), LETTERS, filed_letters(tmp_path))
    assert [(c.name, c.filed) for c in changes] == [("charter-9", ("one/a",)), ("detention-without-court", ())]
    assert diff(teaching, date(2021, 5, 5), date(2026, 1, 1), LETTERS, {}) == ()


def _printed(text: str) -> set[str]:
    return {number for found in re.findall(r"(?:ст\.|[Aa]rticles?|модда(?:ҳо)?и)\s+([\d–,\s-]+)", text) for number in re.findall(r"\d[\d–-]*", found)}  # fmt: skip  # noqa: E501


@pytest.mark.parametrize(
    ("language", "facts"), [("ru", "rustam.yaml"), ("en", "rustam.yaml"), ("tg", "rustam.yaml"), ("ru", "minimal.yaml")]
)
def test_no_unverified_article_is_printed_in_a_final(language, facts):
    """Every article number in the letter is that of a provision cleared for print."""
    case = case_from(example(facts))
    cited = letter_of(case, language).cited
    cleared = {v.article.replace("-", "–") for v in cited.values() if v.citable}
    assert any(not v.citable for v in cited.values())
    assert _printed(_text(language, facts=facts)) <= cleared


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
def test_confirmed_article_is_printed_with_the_word_it_stands_on(own, language):
    """Once a lawyer has confirmed a lead, the letter prints its article; taken back, it does not."""
    path = confirm("tj.cpc.46", _word(number="777"), own)
    law = load_law("tj", own)
    assert path.is_relative_to(own.roots[0])
    assert "777" not in _printed(_text(language))
    assert "777" in _printed(_text(language, law))
    assert law.provisions["tj.cpc.46"].versions[-1].confirmed.by == "MN"
    assert law.digest != LAW.digest
    withdraw("tj.cpc.46", own)
    assert "777" not in _printed(_text(language, load_law("tj", own)))
    assert load_law("tj", own).digest == LAW.digest


def test_a_word_is_stale_once_the_pack_changes(own):
    """What was confirmed is the text of that day: another text needs another look."""
    confirm("charter-9", _word(number="9-2"), own, "xx")
    shutil.copytree(ROOT / "law" / "xx", own.roots[0] / "law" / "xx")
    assert load_law("xx", own).provisions["charter-9"].versions[-1].article == "9-2"
    path = own.roots[0] / "law" / "xx" / "provisions.yaml"
    path.write_text(path.read_text("utf-8").replace("article: 9-1", "article: 9-3"), "utf-8")
    law = load_law("xx", own)
    assert law.provisions["charter-9"].versions[-1].article == "9-3"
    assert {d.name: d.why for d in due(law, LETTERS, own, AS_OF, timedelta(days=180))}["charter-9"] == "stale"


def test_confirmed_limit_is_computed_and_feast_is_settled(own):
    """A limit nobody had verified counts once it is confirmed; a feast has the day that was announced."""
    confirm("complaint-answer", _word(length="3", count="working-days"), own, "tj")
    confirm("eid-al-fitr", _word(days=(date(2027, 3, 10),)), own, "tj")
    law = load_law("tj", own)
    assert law.limits["complaint-answer"].versions[-1].countable
    assert law.limits["complaint-answer"].count == "working-days"
    assert law.calendar.file.holidays["eid-al-fitr"].in_year(2027) == {date(2027, 3, 10): False}
    assert not LAW.limits["complaint-answer"].versions[-1].countable


@pytest.mark.parametrize(
    ("name", "word", "pack", "problem"),
    [
        ("no.such", WORD, None, "no-such-entry"),
        ("complaint-answer", WORD, None, "entry-in-several-packs"),
        ("tj.cpc.46", WORD, None, "confirm-needs-number"),
        ("complaint-answer", WORD, "tj", "confirm-needs-count"),
        ("eid-al-fitr", WORD, "tj", "confirm-needs-day"),
        ("navruz", _word(days=(date(2027, 3, 21),)), "tj", "feast-does-not-move"),
    ],
)
def test_a_word_that_says_too_little_is_refused(own, name, word, pack, problem):
    """Nothing is written down that no letter or count could use."""
    with pytest.raises(CaseError) as caught:
        confirm(name, word, own, pack)
    assert [p.id for p in caught.value.problems] == [problem]
    assert not own.roots[0].exists()


def test_taking_back_what_nobody_said_is_refused(own):
    """A confirmation that is not there cannot be withdrawn."""
    with pytest.raises(CaseError, match="not-confirmed"):
        withdraw("tj.cpc.46", own)


def test_a_filed_letter_can_be_made_again_with_the_law_of_its_day():
    """What happened is judged by the law of its day, the procedure by the law of the day of filing."""
    teaching = load_law("xx", FOLDERS)
    facts = example("rustam.yaml").replace("country: TJ", "country: XX").replace("2026-03-", "2021-04-")
    facts = facts.replace("2026-04-06", "2021-05-%s").replace("tj.prosecutor.general", "xx.prosecutor.general")
    facts = facts.replace("tj.prosecutor.dushanbe.sino", "xx.prosecutor.hill")
    made = {}
    for day in ("04", "05"):
        found = assemble(case_from(facts.replace("%s", day)), teaching, KIND, Order(LANGUAGES["en"], AS_OF), FOLDERS)
        made[day] = _printed(render_txt(found.letter).decode())
        assert found.findings["device-read-without-authority"].provisions["charter-9"].article == "9"
    assert "9–1" not in made["04"]
    assert "9–1" in made["05"]


def test_the_model_letter_claims_neither_twelve_hours_nor_the_elements_of_the_charge():
    """Twelve hours were not exceeded, and what Article 241 needs nobody has read."""
    text = _text("ru")
    assert not re.search(r"12[\s\u00a0]+час|двенадцат", text)
    assert "241" not in text
    assert "распростран" not in text


def test_a_holiday_on_29_february_is_refused():
    """A day that most years lack cannot be a yearly holiday."""
    with pytest.raises(ValueError, match="02-29"):
        Holiday(on=("02-29",))

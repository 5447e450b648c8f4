"""`explain`, `deadlines` and `law` as a user meets them."""

import json

import pytest
from letters import ROOT, example

RUSTAM = str(ROOT / "examples" / "rustam.yaml")
NAMES = ("Рахимов", "Рустам", "Назаров", "Rakhimov", "350000000000001", "Садовая")
SAYS = ("не подлежащее", "просит не разглашать", "медицин", "врач")
FILED = """\
submissions:
  - letter: prosecutor-complaint
    at: 2026-04-06
    received_at: 2026-04-07
"""


@pytest.fixture
def arznoma(arznoma):
    """Run the command as everywhere, with messages in English."""
    return lambda *arguments: arznoma("--ui", "en", *arguments)


def test_explain_tells_reasons_places_and_questions(arznoma):
    """A violation comes with its facts, the time measured, the law and its grade; an open ground with its question."""
    code, out, err = arznoma("explain", RUSTAM, "--as-of", "2026-06-01")
    assert (code, err) == (0, "")
    told = out.split("record-not-made", 1)[1].split("rights-not-explained", 1)[0]
    assert f"record of detention: no  ({RUSTAM}:" in told
    assert "measured: about 6 h 30 min, against a limit of 3 h" in told
    assert "tj.cpc.94.1  the Criminal Procedure Code, art. 94, part 1" in told
    assert "known from a source that describes it" in told
    assert "? Did you ask for a lawyer?" in out.split("OPEN", 1)[1].split("NOT violated", 1)[0]
    assert "prosecutor-complaint  can be written" in out
    assert "art. 46? (not verified, not printed)" in out


def test_explain_json_and_html_tell_the_same_findings(arznoma):
    """One description serves all three forms."""
    told = json.loads(arznoma("explain", RUSTAM, "--json", "--as-of", "2026-06-01")[1])
    page = arznoma("explain", RUSTAM, "--format", "html", "--as-of", "2026-06-01")[1]
    findings = told["clients"][0]["findings"]
    assert {f["outcome"] for f in findings} == {"violated", "kept", "unknown"}
    assert all(f["ground"] in page and all(p["id"] in page for p in f["provisions"]) for f in findings)
    assert page.startswith("<!doctype html>")


@pytest.mark.parametrize("form", [(), ("--json",), ("--format", "html")])
def test_explain_shows_nothing_but_answers_and_times(arznoma, form):
    """Names, numbers and what is withheld stay in the case file."""
    out = arznoma("explain", RUSTAM, "--as-of", "2026-06-01", *form)[1]
    assert not [word for word in (*NAMES, *SAYS) if word in out]


def test_explain_says_what_stands_in_the_way_of_a_letter(arznoma, tmp_path):
    """A letter that cannot be written comes with every reason."""
    (tmp_path / "case.yaml").write_text("case: {id: one, country: TJ}\nclients: [{surname: А}]\n", "utf-8")
    out = arznoma("explain", "case.yaml", "--as-of", "2026-06-01")[1]
    assert "prosecutor-complaint  cannot be written yet" in out
    assert "consent.given_at" in out


def test_explain_escapes_what_it_prints(arznoma, tmp_path):
    """A file name is text in the page, never markup."""
    path = tmp_path / "a<b>&.yaml"
    path.write_text(example("minimal.yaml"), "utf-8")
    page = arznoma("explain", path.name, "--format", "html", "--as-of", "2026-06-01")[1]
    assert "a&lt;b&gt;&amp;.yaml" in page
    assert "<b>" not in page


def test_deadlines_show_their_count(arznoma):
    """Start, length, due moment, law, and what to send."""
    code, out, _ = arznoma("deadlines", RUSTAM, "--as-of", "2026-03-20 12:00")
    assert code == 0
    assert "about 2026-03-10 14:50  PASSED 10 day(s) ago  the record of detention (record-of-detention)" in out
    assert "next letter: prosecutor-complaint" in out
    assert "12 h? nobody has verified this limit; no date is computed" in out


def test_confirmed_limit_is_counted_step_by_step_and_in_the_calendar(arznoma, tmp_path):
    """After a lawyer's word the question becomes a date: its days off have names and sources; the calendar no names."""
    (tmp_path / "case.yaml").write_text(example("rustam.yaml").replace("submissions:\n", FILED), "utf-8")
    asked = arznoma("deadlines", "case.yaml", "--as-of", "2026-04-08")[1]
    assert "3 day(s) of an unknown kind? nobody has verified this limit" in asked
    word = ("--length", "25", "--count", "working-days", "--by", "MN", "--source", "register", "--on", "2026-04-01")
    code, out, _ = arznoma("law", "confirm", "complaint-answer", "--pack", "tj", *word)
    assert code == 0
    assert "confirmations" in out
    told = arznoma("deadlines", "case.yaml", "--as-of", "2026-04-08", "--ics", "dates.ics")[1]
    # 8 April to 13 May: Saturdays and Sundays, and 9 May on a Saturday, for which Monday 11 May is off
    assert "2026-05-13  35 day(s) left  the answer to a complaint" in told
    assert "2026-05-09  holiday: Victory Day" in told
    assert "2026-05-11  off for a holiday on a weekend: Victory Day" in told
    assert "next letter: reply-reminder, inaction-complaint" in told
    calendar = (tmp_path / "dates.ics").read_text("utf-8")
    assert "SUMMARY:example-1: complaint-answer" in calendar
    assert "DTSTART;VALUE=DATE:20260513" in calendar
    assert not [word for word in (*NAMES, *SAYS) if word in calendar]


def test_a_calendar_takes_the_place_of_a_calendar_of_ours_alone(arznoma, tmp_path):
    """Refreshed daily it is replaced; a case, a letter, somebody else's calendar, an empty file or a link stays."""
    case = example("minimal.yaml").encode()
    foreign = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//others//EN\r\nEND:VCALENDAR\r\n"
    for name, content in (("c.yaml", case), ("letter.docx", b"PK"), ("own.ics", foreign), ("empty.ics", b"")):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "link.ics").symlink_to("dates.ics")

    def written(name, now="2026-05-04 10:00"):
        return arznoma("deadlines", "c.yaml", "--as-of", now, "--ics", name)

    for name, content in (("c.yaml", case), ("letter.docx", b"PK"), ("own.ics", foreign), ("empty.ics", b"")):
        code, out, err = written(name)
        assert (code, out, (tmp_path / name).read_bytes()) == (1, "", content)
        assert f"{name}  there is a file of this name already" in err
    assert written("dates.ics")[0] == 0
    first = (tmp_path / "dates.ics").read_bytes()
    assert written("dates.ics", "2026-05-04 15:00")[0] == 0
    assert (tmp_path / "dates.ics").read_bytes() != first
    assert written("link.ics")[0] == 1
    assert (tmp_path / "link.ics").is_symlink()


def test_deadlines_of_a_folder_go_on_past_a_bad_case(arznoma, tmp_path):
    """A case that cannot be read is named; the others are told all the same."""
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "good.yaml").write_text(example("rustam.yaml"), "utf-8")
    (folder / "bad.yaml").write_text("case: {id: two}\n", "utf-8")
    code, out, err = arznoma("deadlines", "cases", "--as-of", "2026-04-08")
    assert code == 1
    assert "example-1" in out
    assert "cases/bad.yaml" in err
    assert arznoma("deadlines", str(tmp_path / "data"), "--as-of", "2026-04-08")[0] == 1


def test_deadlines_json_has_every_step(arznoma):
    """Other programs get the count too."""
    told = json.loads(arznoma("deadlines", RUSTAM, "--json", "--as-of", "2026-03-20 12:00")[1])
    record = next(d for d in told[0]["deadlines"] if d["name"] == "record-of-detention")
    assert (record["state"], record["days_left"], record["provision"]["id"]) == ("passed", -10, "tj.cpc.94.1")


def test_manifest_says_on_whose_word_an_article_was_printed(arznoma, tmp_path):
    """A confirmed article is printed, and the manifest names the lawyer, the day and the source."""
    word = ("--number", "198", "--by", "MN", "--source", "register", "--on", "2026-04-01")
    assert arznoma("law", "confirm", "tj.cpc.46", *word)[0] == 0
    assert arznoma("write", RUSTAM, "--format", "txt", "--as-of", "2026-06-01")[0] == 0
    manifest = json.loads((tmp_path / "out" / "example-1" / "manifest.json").read_text("utf-8"))
    cited = {c["provision"]: c for c in manifest["letters"][0]["cited"]}
    assert cited["tj.cpc.46"]["confirmed"] == {"by": "MN", "on": "2026-04-01", "source": "register"}
    assert "confirmed" not in cited["tj.cpc.94.1"]
    assert "limit_confirmed" not in manifest["letters"][0]["findings"][1]
    word = ("--length", "3", "--pack", "tj", "--by", "MN", "--source", "register", "--on", "2026-04-01")
    assert arznoma("law", "confirm", "record-of-detention", *word)[0] == 0
    assert arznoma("write", RUSTAM, "--format", "txt", "--as-of", "2026-06-01")[0] == 0
    again = json.loads((tmp_path / "out" / "example-1" / "manifest.json").read_text("utf-8"))
    found = {f["ground"]: f for f in again["letters"][0]["findings"]}
    assert found["record-not-made"]["limit_confirmed"]["by"] == "MN"
    filed = arznoma("law", "diff", "tj", "2000-01-01", "2026-01-01", "--filed", "out")[1]
    assert "written letters: example-1/example-1_prosecutor-complaint_ru.txt" in filed


def test_law_show_due_and_check_work_on_our_packs(arznoma):
    """Each prints what it promises."""
    assert "grounds: record-not-made, record-late" in arznoma("law", "show", "tj.cpc.94.1")[1]
    assert arznoma("law", "show", "quetzalcoatl")[0] == 1
    assert "tj.cpc.46  not verified" in arznoma("law", "due", "tj")[1]
    assert arznoma("law", "check", "tj")[0] == 0
    assert arznoma("law", "check", "zz")[0] == 3
    assert {"id", "why", "letters"} <= json.loads(arznoma("law", "due", "xx", "--json")[1])["xx"][0].keys()


@pytest.mark.parametrize(
    "arguments",
    [
        ("law", "confirm", "tj.cpc.46", "--number", "46"),
        ("law", "due", "--older-than", "long"),
        ("deadlines", RUSTAM, "--as-of", "yesterday"),
        ("law", "diff", "xx", "2021", "2022"),
    ],
)
def test_wrong_usage_is_said_and_ends_with_two(arznoma, arguments):
    """What cannot be understood is usage, not a fault."""
    code, out, err = arznoma(*arguments)
    assert (code, out) == (2, "")
    assert err


def test_bad_confirmations_file_is_named(arznoma, tmp_path):
    """A file somebody edited wrongly is named with its place; nothing is guessed."""
    path = tmp_path / "data" / "arznoma" / "confirmations" / "tj.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("provisions: {tj.cpc.46: {number: '46'}}\n", "utf-8")
    code, _, err = arznoma("law", "show", "tj.cpc.46")
    assert code == 3
    assert "confirmations/tj.yaml:1" in err


def test_kazakh_case_runs_through_every_command(arznoma, tmp_path):
    """The pack made by following the guide serves like ours: findings, dates, a letter."""
    facts = example("rustam.yaml").replace("country: TJ", "country: KZ")
    facts = facts.replace("tj.prosecutor.general", "kz.prosecutor.general")
    facts = facts.replace("    authority: {authority: tj.prosecutor.dushanbe.sino}\n", "")
    facts = facts.replace("    copies: [tj.prosecutor.dushanbe.sino]\n", "").replace("  article: tj.cc.241\n", "")
    (tmp_path / "kz.yaml").write_text(facts, "utf-8")
    assert "kz.cpc.131.2" in arznoma("explain", "kz.yaml", "--as-of", "2026-06-01")[1]
    assert "record-of-detention" in arznoma("deadlines", "kz.yaml", "--as-of", "2026-06-01")[1]
    code, _, err = arznoma("write", "kz.yaml", "--format", "txt", "--as-of", "2026-06-01")
    assert (code, err) == (0, "")

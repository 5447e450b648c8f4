"""Bundles: the letters of a situation with one date, shared annex numbers, and a list that covers them."""

import json

import pypdfium2
import pytest
from letters import AS_OF, FOLDERS, KINDS, LETTERS, ROOT, example

from generator.errors import CaseError
from generator.letters.bundles import bundle_names, load_bundle
from generator.writing import Wish, write_letters

RUSTAM = ROOT / "examples" / "rustam.yaml"


def _write(case, out, **wish):
    return write_letters(case, out, Wish(AS_OF, formats=("txt",), **wish), FOLDERS)


def _texts(written) -> dict[str, str]:
    """Return the text of each letter by its kind, with what it is about."""
    files = [path for path in written.files if path.suffix == ".txt"]
    return {path.stem.split("_")[1]: path.read_text("utf-8").replace("\u00a0", " ") for path in files}


def test_bundles_name_letters_there_are():
    """Every letter and covering list of a bundle exists, and every bundle has a name in each language."""
    assert set(bundle_names(FOLDERS)) >= {
        "detained-and-searched",
        "called-in-tomorrow",
        "charged",
        "case-closed",
        "no-reply",
    }
    for name in bundle_names(FOLDERS):
        bundle = load_bundle(name, FOLDERS)
        assert set(bundle.titles) == {"ru", "tg", "en"}
        assert {need.letter for need in bundle.letters} | {bundle.covering} <= set(KINDS)
        assert KINDS[bundle.covering].kind.bundle_only


def test_a_bundle_makes_its_letters_and_a_list(tmp_path):
    """The letters a situation needs are written at once, those that go together with them."""
    texts = _texts(_write(RUSTAM, tmp_path, bundle="detained-and-searched"))
    assert set(texts) == {
        "prosecutor-complaint",
        "property-return-request",
        "summons-confirmation",
        "summons-message",
        "lawyers-request-registers",
        "covering-list",
    }


def test_annexes_have_one_number_in_all_letters_of_a_bundle(tmp_path):
    """The order is annex 1 wherever it is enclosed; the list says which letters each paper belongs to."""
    texts = _texts(_write(RUSTAM, tmp_path, bundle="detained-and-searched"))
    for kind in ("prosecutor-complaint", "property-return-request", "lawyers-request-registers"):
        assert "Копия ордера адвоката (приложение № 1 к пакету)" in texts[kind]
    assert "Копии документов на телефон (приложение № 2 к пакету)" in texts["property-return-request"]
    order, papers = (line.split() for line in texts["covering-list"].split("\n") if "Копи" in line)
    assert (order[0], order[-4:]) == ("1", ["1,", "2,", "3,", "4"])
    assert (papers[0], papers[-2:]) == ("2", ["1,", "2"])


def test_letters_written_alone_have_no_number_of_a_bundle(tmp_path):
    """Outside a bundle an annex has the number of its list alone."""
    assert "к пакету" not in _texts(_write(RUSTAM, tmp_path))["prosecutor-complaint"]


def test_the_list_counts_pages_and_copies(tmp_path):
    """Pages are those of the PDF; copies are one for each addressee, each copy, and the one that comes back stamped."""
    wish = Wish(AS_OF, bundle="detained-and-searched", formats=("pdf", "txt"))
    written = write_letters(RUSTAM, tmp_path, wish, FOLDERS)
    pages = {
        path.stem.split("_")[1]: len(pypdfium2.PdfDocument(path)) for path in written.files if path.suffix == ".pdf"
    }
    rows = [line.split() for line in _texts(written)["covering-list"].split("\n") if line[:1].isdigit()]
    kinds = ("prosecutor-complaint", "property-return-request", "summons-confirmation", "lawyers-request-registers")
    assert [int(row[-2]) for row in rows[:4]] == [pages[kind] for kind in kinds]
    assert [int(row[-1]) for row in rows[:4]] == [3, 3, 3, 2]


def test_one_settled_day_is_the_day_of_all(tmp_path):
    """Where the case settles one date for the letters of a bundle, the others bear it too."""
    case = tmp_path / "case.yaml"
    other_day = "  summons-confirmation:\n    date: 2026-03-10\n"
    case.write_text(example("rustam.yaml").replace(other_day, "  summons-confirmation:\n"), "utf-8")
    texts = _texts(_write(case, tmp_path / "out", bundle="detained-and-searched"))
    assert all("6 апреля 2026 года" in text for kind, text in texts.items() if kind != "summons-message")


def test_a_letter_whose_facts_are_unknown_is_left_out_with_a_note(tmp_path):
    """Nothing was seized and nothing is asked: those letters are not part of this bundle, and the run says so."""
    case = tmp_path / "case.yaml"
    case.write_text(example("minimal.yaml"), "utf-8")
    written = _write(case, tmp_path / "out", bundle="detained-and-searched")
    assert set(_texts(written)) == {"prosecutor-complaint", "covering-list"}
    assert {note.values["letter"] for note in written.notes if note.id == "not-in-bundle"} == {
        "property-return-request",
        "summons-confirmation",
        "lawyers-request",
    }


def test_a_bundle_is_written_whole_or_not_at_all(tmp_path):
    """If one letter cannot be made, none is written, and everything missing is named."""
    case = tmp_path / "case.yaml"
    case.write_text(example("rustam.yaml").replace("    - lawyers-request\n", ""), "utf-8")
    with pytest.raises(CaseError) as caught:
        _write(case, tmp_path / "out", bundle="detained-and-searched")
    assert {problem.id for problem in caught.value.problems} == {"no-consent-for-letter"}
    assert not (tmp_path / "out").exists()


def test_who_was_reminded_is_complained_of_and_who_was_not_is_reminded(tmp_path):
    """The bundle of missing replies sorts the submissions by whether a reminder went out."""
    texts = _texts(_write(LETTERS / "inaction-complaint" / "example.yaml", tmp_path, bundle="no-reply"))
    assert set(texts) == {"reply-reminder-forwarded", "inaction-complaint-complaint", "covering-list"}


def test_each_inquiry_is_a_letter_of_its_own(tmp_path):
    """A lawyer's request is written for every inquiry, with its own settings, or for the one that is named."""
    case = LETTERS / "lawyers-request" / "example.yaml"
    texts = _texts(_write(case, tmp_path, letters=("lawyers-request",)))
    assert {kind.removeprefix("lawyers-request-") for kind in texts} == {"attendance", "registers", "cctv", "medical"}
    assert "Исх. № 21" in texts["lawyers-request-attendance"]
    assert "Исх. № 23" in texts["lawyers-request-cctv"]
    one = _texts(_write(case, tmp_path / "one", letters=("lawyers-request",), about="cctv"))
    assert set(one) == {"lawyers-request-cctv"}
    assert one["lawyers-request-cctv"] == texts["lawyers-request-cctv"]
    manifest = json.loads((tmp_path / "example-8" / "manifest.json").read_text("utf-8"))
    assert {entry["about"] for entry in manifest["letters"]} == {"attendance", "registers", "cctv", "medical"}


@pytest.mark.parametrize(
    ("wish", "problem"),
    [
        ({"bundle": "fired"}, "unknown-bundle"),
        ({"letters": ("covering-list",)}, "bundle-only"),
        ({"letters": ("lawyers-request",), "about": "neighbour"}, "unknown-about"),
    ],
)
def test_what_there_is_none_of_is_refused(tmp_path, wish, problem):
    """An unknown bundle, a list without a bundle, a code nothing has: each is a problem of what was asked for."""
    with pytest.raises(CaseError) as caught:
        _write(RUSTAM, tmp_path, **wish)
    assert [p.id for p in caught.value.problems] == [problem]


def test_a_message_goes_with_its_application(tmp_path):
    """Who confirms a summons gets the three lines for the phone too; consent to the one covers the other."""
    texts = _texts(_write(RUSTAM, tmp_path, letters=("summons-confirmation",)))
    assert set(texts) == {"summons-confirmation", "summons-message"}
    assert len([line for line in texts["summons-message"].split("\n") if line]) == 3

"""The page of letters is what the letters say now, and so are its pictures."""

import re

import pytest
from catalogue import PAGE, PICTURES, page
from letters import FOLDERS, ROOT
from pictures import digest, digest_in, pictured

from generator.letters.catalogue import letter_names, load_kind

KILOBYTE = 1024
LETTERS = {name: letter for name, _, letter in pictured(FOLDERS)}


@pytest.fixture(scope="module")
def written():
    """The page as the letters make it now."""
    return page(FOLDERS)


def test_page_says_what_the_letters_say(written):
    """A change of a letter that docs/letters.md does not follow is found; `make catalogue` mends it."""
    assert PAGE.read_text("utf-8") == written


def test_every_letter_has_a_section_and_every_link_leads_to_one(written):
    """No letter is left out, and what comes next can be followed."""
    sections = re.findall(r"^## (.+)$", written, re.MULTILINE)
    assert sorted(sections) == sorted(letter_names(FOLDERS))
    assert set(re.findall(r"\(#([^)]+)\)", written)) <= set(sections)


def test_only_a_message_and_what_has_no_example_go_without_a_picture():
    """Whoever chooses a letter sees its first page."""
    for name in set(letter_names(FOLDERS)) - LETTERS.keys():
        entry = load_kind(name, FOLDERS)
        alone = not entry.kind.bundle_only and (entry.folder / "example.yaml").exists()
        assert entry.kind.form == "message" or not alone, name


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_picture_shows_the_letter_of_today(name):
    """A picture of other words or of another look is found; `make catalogue` mends it."""
    path = PICTURES / f"{name}.png"
    assert digest_in(path) == digest(LETTERS[name], FOLDERS)
    assert path.stat().st_size < 40 * KILOBYTE
    assert path.relative_to(ROOT / "docs").as_posix() in PAGE.read_text("utf-8")


def test_no_picture_is_left_of_a_letter_that_is_gone():
    """Each picture is of a letter there is."""
    assert {path.stem for path in PICTURES.iterdir()} == LETTERS.keys()


def test_page_promises_no_time_limit_that_nobody_verified(written, law):
    """The length of a limit that a lawyer must still check is not printed, only that it must be checked."""
    for name in letter_names(FOLDERS):
        limit = load_kind(name, FOLDERS).kind.reply
        if limit and not any(version.countable for version in law.limits[limit].versions):
            assert f"(`{limit}`): a lawyer must confirm the time limit |" in written

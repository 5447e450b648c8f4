"""Law as data: whole, dated, graded, and never more certain than its sources."""

from datetime import date

import pytest
from letters import FOLDERS

from generator.errors import DataError
from generator.law.load import load_law

PACKS = {name: load_law(name, FOLDERS) for name in FOLDERS.names("law", holding="pack.yaml")}
TEACHING = PACKS["xx"]


def test_every_provision_of_the_sources_is_there():
    """115 provisions of Tajikistan and 68 of the treaties were carried over; none was lost."""
    ids = PACKS["tj"].provisions
    assert sum(name.startswith("tj.") for name in ids) == 115
    assert sum(name.startswith("int.") for name in ids) == 68


@pytest.mark.parametrize("name", PACKS)
def test_nothing_unverified_can_be_cited_or_computed(name):
    """A lead, and what a lawyer must check first, prints no article and gives no date."""
    pack = PACKS[name]
    for provision in pack.provisions.values():
        for version in provision.versions:
            assert not (version.citable and (version.grade == "lead" or version.use != "number"))
            assert version.use == "number" or not version.article
    for limit in pack.limits.values():
        for version in limit.versions:
            assert not (version.countable and (version.grade == "lead" or version.use != "number"))


@pytest.mark.parametrize("name", PACKS)
def test_every_citable_provision_names_its_source(name):
    """What is printed as law can be looked up."""
    for key, provision in PACKS[name].provisions.items():
        for version in provision.versions:
            assert version.source or not version.citable, key


@pytest.mark.parametrize("name", [name for name in PACKS if name != "int"])
def test_names_are_there_in_every_language_and_case(name):
    """Every act has a full and a short name; Russian has all six cases; every ground is worded."""
    pack = PACKS[name]
    for language in ("ru", "en"):
        words = pack.wording[language]
        assert pack.acts.keys() <= words.acts.keys()
        assert pack.grounds.keys() <= words.grounds.keys()
        named = [forms for act in words.acts.values() for forms in (act.full, act.short)]
        named += [f for entry in words.authorities.values() for f in (entry.post, entry.body) if f]
        for forms in named:
            cases = ("nom", "gen", "dat", "acc", "ins", "prep") if language == "ru" else ("nom",)
            assert all(getattr(forms, case) for case in cases), forms


def test_tajik_names_what_a_tajik_letter_may_print():
    """Every act behind a neutral name or a ground of Tajikistan has a Tajik name, every ground Tajik words."""
    pack = PACKS["tj"]
    words = pack.wording["tg"]
    behind = [*pack.principles.values(), *pack.grounds.values()]
    acts = {pack.provisions[name].act for entry in behind for name in entry.provisions}
    assert acts | {"const", "cpc", "cc"} <= words.acts.keys()
    assert pack.grounds.keys() <= words.grounds.keys()
    named = [forms for act in words.acts.values() for forms in (act.full, act.short)]
    named += [f for entry in words.authorities.values() for f in (entry.post, entry.body) if f]
    assert all(forms.nom for forms in named)


@pytest.mark.parametrize(
    ("day", "article"), [(date(2021, 5, 4), "9"), (date(2021, 5, 5), "9-1"), (date(1995, 1, 1), "9")]
)
def test_version_of_the_day_applies(day, article):
    """The old text governs to its last day, the new one from its first."""
    assert TEACHING.on(day).provision("charter-9").article == article


@pytest.mark.parametrize(("day", "hours"), [(date(2021, 5, 4), "72"), (date(2021, 5, 5), "48")])
def test_limit_of_the_day_applies(day, hours):
    """A time limit has versions too."""
    assert TEACHING.on(day).limit("detention-without-court").length == hours


def test_law_not_in_force_is_an_error():
    """Asking for a rule before its first day is never answered with nothing."""
    with pytest.raises(DataError) as caught:
        TEACHING.on(date(2015, 6, 30)).provision("code-22")
    assert [problem.id for problem in caught.value.problems] == ["not-in-force"]
    assert TEACHING.on(date(2015, 7, 1)).provision("code-22").article == "22"


def test_loose_end_is_named(tmp_path):
    """A pack whose parts do not fit together is refused with the reference that leads nowhere."""
    import shutil  # noqa: PLC0415  # only here

    shutil.copytree(FOLDERS.roots[0] / "law" / "xx", tmp_path / "law" / "xx")
    grounds = tmp_path / "law" / "xx" / "grounds.yaml"
    grounds.write_text(grounds.read_text("utf-8").replace("[code-21]", "[code-99]"), "utf-8")
    with pytest.raises(DataError) as caught:
        load_law("xx", type(FOLDERS)((tmp_path,)))
    assert [(problem.id, dict(problem.values)) for problem in caught.value.problems] == [
        ("loose-end", {"missing": "code-99"})
    ]

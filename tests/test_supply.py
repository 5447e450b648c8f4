"""What we rest on: floors below which known flaws lie, a hash for every package, and no good news without an answer."""

import json
import tomllib

import pytest
from letters import ROOT
from packaging.requirements import Requirement
from supply.supply import pins, shipped, told

CONSTRAINTS = (ROOT / "constraints.txt").read_text("utf-8")
FLOORS = {"weasyprint": "69", "jinja2": "3.1.6", "lxml": "5"}
"""The first versions without flaws that were published, by the projects' own lists of changes."""


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_version_with_a_known_flaw_is_allowed(name, floor):
    """What is older than the floor of a package does not satisfy what we ask for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {each.name: each for each in map(Requirement, project["dependencies"])}[name]
    major = int(floor.split(".")[0])
    assert not asked.specifier.contains(f"{major - 1}.99")
    assert f"{name}==" in CONSTRAINTS


def test_every_package_has_hashes():
    """Nothing is installed that is not the very file we tried."""
    pinned = pins(CONSTRAINTS)
    assert len(pinned) == sum("==" in line for line in CONSTRAINTS.splitlines())
    assert all("--hash=sha256:" in text for text in pinned.values())


def test_all_that_is_shipped_is_pinned():
    """A package of a package counts too."""
    assert {"weasyprint", "tinycss2", "typst", "distributed", "tornado"} <= shipped()
    assert shipped() <= set(pins(CONSTRAINTS))
    assert "pytest" not in shipped()


def test_no_answer_is_no_good_news():
    """A package that nobody could answer for is not counted as looked up."""
    dependencies = [
        {"name": "a", "version": "1", "vulns": []},
        {"name": "b", "skip_reason": "not found"},
        {
            "name": "c",
            "version": "2",
            "vulns": [{"id": "X-1", "fix_versions": ["3"]}, {"id": "X-2", "fix_versions": []}],
        },
    ]
    asked, flaws, unanswered = told(json.dumps({"dependencies": dependencies}))
    assert (asked, unanswered) == (["a", "c"], ["b"])
    assert flaws == ["c 2: X-1, mended in 3", "c 2: X-2, mended in no version yet"]

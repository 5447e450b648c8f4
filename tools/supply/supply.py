"""Look after what arznoma is made of: `audit` asks for known flaws of the pinned packages, `sbom` lists those of users.

`audit` ends with 0 if every package was looked up and none has a known flaw, 1 if one has, 3 if the data could not be
asked for all of them: no answer is no good news. `sbom` writes a CycloneDX list to `out/sbom.cdx.json`.
"""

import json
import re
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".tools" / "supply" / "bin"
UNANSWERED = 3
_PINNED = re.compile(r"^([\w.-]+)==(?:.*\\\n)*.*\n", re.MULTILINE)


def pins(text: str) -> dict[str, str]:
    """Return the lines of each pinned package of a constraints file, with its hashes, by name."""
    return {canonicalize_name(found[1]): found[0] for found in _PINNED.finditer(text)}


def shipped(name: str = "arznoma", extras: frozenset[str] = frozenset({"typst", "cluster"})) -> set[str]:
    """Return the names of the packages that come along with an installed one, those of its extras too."""
    found: set[str] = set()
    todo = [(name, extras)]
    while todo:
        package, wanted = todo.pop()
        for needed in map(Requirement, requires(package) or ()):
            key = canonicalize_name(needed.name)
            if key not in found and _applies(needed, wanted):
                found.add(key)
                todo.append((key, frozenset(needed.extras)))
    return found


def _applies(needed: Requirement, extras: frozenset[str]) -> bool:
    return not needed.marker or any(needed.marker.evaluate({"extra": extra}) for extra in extras or {""})


def told(report: str) -> tuple[list[str], list[str], list[str]]:
    """Return of a report of pip-audit: the names looked up, lines on flaws, and names that nobody could answer for."""
    asked, flaws, unanswered = [], [], []
    for each in json.loads(report)["dependencies"]:
        (unanswered if "skip_reason" in each else asked).append(each["name"])
        for flaw in each.get("vulns", ()):
            mended = ", ".join(flaw.get("fix_versions", ())) or "no version yet"
            flaws.append(f"{each['name']} {each['version']}: {flaw['id']}, mended in {mended}")
    return asked, flaws, unanswered


def audit() -> int:
    """Ask for known flaws of every pinned package and say what came of it."""
    command = [BIN / "pip-audit", "-r", ROOT / "constraints.txt", "--no-deps", "--disable-pip", "-f", "json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        asked, flaws, unanswered = told(ran.stdout)
    except ValueError:
        asked, flaws, unanswered = [], [], sorted(pins((ROOT / "constraints.txt").read_text("utf-8")))
    print(f"Known flaws: {len(flaws)}, in {len(asked)} packages looked up.", *flaws, sep="\n  ")
    if unanswered:
        print(f"\n!!! NOT AUDITED: no advisory data could be had for {len(unanswered)} packages.", file=sys.stderr)
        print("!!! Nothing is known of them. Run `make audit` where pypi.org can be reached.", file=sys.stderr)
    return 1 if flaws else UNANSWERED if unanswered else 0


def sbom() -> int:
    """Write the list of what is shipped, with version and hashes of each part."""
    known = pins((ROOT / "constraints.txt").read_text("utf-8"))
    names = sorted(shipped())
    if lost := [name for name in names if name not in known]:
        print("Not pinned in constraints.txt:", *lost, file=sys.stderr)
        return 1
    target = ROOT / "out" / "sbom.cdx.json"
    target.parent.mkdir(exist_ok=True)
    command = [BIN / "cyclonedx-py", "requirements", "-", "--pyproject", ROOT / "pyproject.toml", "-o", target]
    listed = "".join(known[name] for name in names)
    subprocess.run([*command, "--output-reproducible"], input=listed, text=True, check=True)
    print(f"{target.relative_to(ROOT)}: {len(names)} packages")
    return 0


if __name__ == "__main__":
    sys.exit({"audit": audit, "sbom": sbom}[sys.argv[1]]())

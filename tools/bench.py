"""Measure how fast letters are made: python tools/bench.py [RATIO ...]; without names, all of them and all checks.

Whole processes run in turn, A B A B ..., each on letters it has never seen; a ratio is the median of those of the
rounds. What is measured, and what it means, stands in docs/performance.md. The results go to out/bench.json and to the
screen. The environment variable QUICK=1 asks for a small run that shows that the benchmark works, and no more; ROUNDS=3
asks for so many rounds.
"""

import argparse
import compileall
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

from benching.clock import TOOLS, Way, in_turn, timed
from benching.ratios import RATIOS
from benching.results import Results, save, say
from benching.ways import FULL, PEERS, QUICK, SCENES, Place, lacking

RIGHT = "right"
"""Asks, beside the names of ratios, for the largest table with bad rows in it."""
MODULES = TOOLS.parent / ".tools" / "peers"
SAME_WORDS = (
    ("docx-ours", "docx-naive", ".docx"),
    ("docx-ours", "docx-naive-lean", ".docx"),
    ("docx-ours", "docxtemplater", ".docx"),
    ("pdf-weasy", "pdf-naive", ".pdf"),
    ("pdf-fast", "pdf-naive", ".pdf"),
)
"""Whose files must say the same."""


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="RATIO", help=", ".join([*RATIOS, RIGHT]))
    names = parser.parse_args().names
    if unknown := set(names) - {*RATIOS, RIGHT}:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    quick = os.environ.get("QUICK", "") not in ("", "0")
    compileall.compile_dir(TOOLS.parent / "generator", quiet=1)  # as pip does for all packages, those of peers too
    results = Results()
    sizes = QUICK if quick else FULL
    sizes = replace(sizes, rounds=int(os.environ.get("ROUNDS") or sizes.rounds))
    with tempfile.TemporaryDirectory(prefix="arznoma-bench-") as folder:
        measure(Place(Path(folder), sizes), names, results)
    say(results)
    save(results, {"quick": quick, "sizes": asdict(sizes)}, TOOLS.parent / "out" / "bench.json")


def measure(place: Place, names: list[str], results: Results) -> None:
    """Run the scenes of the ratios that are asked for, and the checks; put what is found into the results."""
    (place.work / "out").mkdir()
    if why := install_peers():
        results.absent["docxtemplater"] = why
    if not shutil.which("chromium"):
        results.absent["chromium"] = "not on this machine; and no ratio needs it"
    scenes = wanted(names)
    prepare(place, scenes)
    for scene, needed in scenes.items():
        ways = here(SCENES[scene](place), needed, results)
        print(f"{scene}: {', '.join(ways)}", file=sys.stderr)
        if "libreoffice" in ways:
            timed(ways["libreoffice"])  # the first call makes its profile
        results.add(scene, list(in_turn(ways, place.sizes.rounds)))
        check(ways, place, results)
    if not names or RIGHT in names:
        spoiled = place.spoiled("docx-spoiled")
        timed(spoiled)
        results.checks["bad_rows"] = right("made", place.work / "bad.csv", spoiled.out, ".docx", "bad")


def wanted(names: list[str]) -> Mapping[str, frozenset[str]]:
    """Return the scenes that the ratios need, with the ways of each that they need; no ways means all of them."""
    if not names:
        return dict.fromkeys(SCENES, frozenset[str]())
    ratios = [RATIOS[name] for name in names if name != RIGHT]
    found = {ratio.scene: frozenset[str]() for ratio in ratios}
    for ratio in ratios:
        found[ratio.scene] |= frozenset(ratio.ways)
    return found


def here(ways: Mapping[str, Way], needed: frozenset[str], results: Results) -> Mapping[str, Way]:
    """Return the ways that are needed and can be gone on this machine; note why the others cannot."""
    asked = {name: way for name, way in ways.items() if not needed or name in needed}
    results.absent |= {name: f"{program} is not here" for name in asked if (program := lacking(name))}
    return {name: way for name, way in asked.items() if name not in results.absent}


def prepare(place: Place, scenes: Mapping[str, frozenset[str]]) -> None:
    """Make what the scenes start from, in a process of its own: this one has to stay small."""
    sizes = place.sizes
    parts = {"docx": (("cases", sizes.docx), ("templates", sizes.docx)), "pdf": (("pages", sizes.pdf),)}
    parts["office"] = (("words", sizes.office),)
    asked = [f"--{name}={number}" for scene in scenes for name, number in parts.get(scene, ())]
    print("preparing tables and templates ...", file=sys.stderr)
    tables = ["--tables", *map(str, sizes.tables()), "--bad", str(sizes.many)]
    ours("benching.prepare", str(place.work), *tables, *asked)


def check(ways: Mapping[str, Way], place: Place, results: Results) -> None:
    """Look at what the last round made: our letters against their rows, those of peers against ours."""
    for name, way in ways.items():
        endings = [ending for ending in (".docx", ".pdf") if next(way.out.glob(f"*/*{ending}"), None)]
        if endings and way.letters > 1:
            results.checks[name] = right("made", place.work / f"{way.letters}.csv", way.out, *endings)
    if "pdf-fast" in ways:
        results.checks["letters of pdf-fast"] = right("size", ways["pdf-fast"].out)
    for one, other, ending in SAME_WORDS:
        if {one, other} <= set(ways):
            results.checks[f"{other} as {one}"] = right("same", ways[one].out, ways[other].out, ending)
    for way in ways.values():
        shutil.rmtree(way.out, ignore_errors=True)


def right(*asked: str | Path) -> Mapping[str, float]:
    """Return what a check found."""
    found: Mapping[str, float] = json.loads(ours("benching.right", *map(str, asked)))
    return found


def ours(module: str, *arguments: str) -> str:
    """Run a module of the benchmark; return what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(TOOLS)}
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment, encoding="utf-8").stdout


def install_peers() -> str:
    """Install docxtemplater at its pinned version; return why not, empty if it is there."""
    lock = PEERS / "package-lock.json"
    made_of = MODULES / "made-of.json"
    if made_of.is_file() and made_of.read_bytes() == lock.read_bytes():
        return ""
    if not shutil.which("npm"):
        return "npm is not here"
    MODULES.mkdir(parents=True, exist_ok=True)
    for path in (PEERS / "package.json", lock):
        shutil.copy(path, MODULES)
    done = subprocess.run(["npm", "ci", "--loglevel=error", "--no-audit", "--no-fund"], cwd=MODULES, check=False)
    if done.returncode:
        return "npm could not install it"
    shutil.copy(lock, made_of)
    return ""


if __name__ == "__main__":
    main()

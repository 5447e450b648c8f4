"""Make the letters of a chunk of a batch, in whatever process this runs; a bad case never stops the others."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.batch.model import Made, MadeFile, Outcome, Setup, Task, Unit, refused
from generator.case.load import case_of
from generator.collector import set_apart
from generator.digests import sha256
from generator.errors import CaseError, GeneratorError, OutputError, Problem, system_refused, whereabouts
from generator.limits import budget
from generator.manifest import digests_in, growing, grown
from generator.output import write_sets
from generator.sources import Source, parse_source, read_bytes
from generator.targets import MANIFEST, FileSet
from generator.writing import make_letters, manifest_in

_chunks = itertools.count()  # how many this process has had


def make_and_write(setup: Setup, tasks: Sequence[Task]) -> list[Outcome]:
    """Make the letters of a chunk and write them below `setup.out`; return what became of each unit, in order."""
    return write(setup, tasks, make(setup, tasks))


def make(setup: Setup, tasks: Sequence[Task]) -> list[Made | Outcome]:
    """Make the letters of a chunk in memory and write nothing; a unit that cannot be made is an outcome already."""
    if next(_chunks) == 1:
        set_apart()  # the first chunk loaded what all share
    return [_made(setup, task.unit) for task in tasks]


def write(setup: Setup, tasks: Sequence[Task], made: Sequence[Made | Outcome]) -> list[Outcome]:
    """Write what was made of a chunk, each case all or none; return what became of each unit, in order."""
    told = [_with_set(setup, task, each) for task, each in zip(tasks, made, strict=True)]
    ready = [each for each in told if not isinstance(each, Outcome)]
    outcomes = write_sets(setup.out, [wanted for _, wanted in ready], setup.neighbours)
    written = dict(zip((each.unit.position for each, _ in ready), outcomes, strict=True))
    return [each if isinstance(each, Outcome) else _outcome(each[0], written) for each in told]


def dry(setup: Setup, tasks: Sequence[Task]) -> list[Outcome]:
    """Make the letters of a chunk, throw them away, and say what would have become of each unit."""
    return thrown_away(setup, tasks, make(setup, tasks))


def thrown_away(_setup: Setup, _tasks: Sequence[Task], made: Sequence[Made | Outcome]) -> list[Outcome]:
    """Write nothing of what was made of a chunk; return what would have become of each unit."""
    return [_made_of(each) if isinstance(each, Made) else each for each in made]


def _made(setup: Setup, unit: Unit) -> Made | Outcome:
    try:
        with budget():
            source, digest = _source(setup, unit)
            made = make_letters(case_of(source), digest, setup.wish, setup.folders)
    except GeneratorError as fault:
        return refused(unit, fault.problems)
    except MemoryError:
        return refused(unit, (Problem("case-out-of-memory", unit.place),))
    except OSError as fault:
        return refused(unit, (system_refused(fault, unit.place),))
    except Exception as fault:  # noqa: BLE001  # a bug of ours stops one case, not ten thousand; no value may be told
        return refused(unit, (Problem("our-bug-in-case", unit.place, "", whereabouts(fault)),))
    unit = replace(unit, digest=digest, code=made.case_id)
    return Made(unit, made.files, tuple(made.described), tuple(made.notes))


def _source(setup: Setup, unit: Unit) -> tuple[Source, str]:
    """Return what a unit says, and the digest of what was read: a file may have changed since it was listed."""
    if unit.row is not None and setup.plan is not None:
        return setup.plan.source(unit.row), setup.digest(unit)
    raw = read_bytes(Path(unit.place.file), CaseError) if unit.raw is None else unit.raw
    return parse_source(raw, unit.place.file), sha256(raw)


def _with_set(setup: Setup, task: Task, made: Made | Outcome) -> tuple[Made, FileSet] | Outcome:
    """Return what was made with the files to be written, or the outcome where there are none."""
    if isinstance(made, Outcome):
        return made
    try:
        return made, _file_set(setup, task, made)
    except (OSError, MemoryError) as fault:  # of one folder that cannot be read: no reason to stop the others
        return refused(made.unit, (system_refused(fault, made.unit.place),))


def _file_set(setup: Setup, task: Task, made: Made) -> FileSet:
    """Return the files of a case with the manifest of its folder; files we made before may be replaced."""
    code = made.unit.code
    before = manifest_in(setup.out / code)
    files = {**made.files, MANIFEST: grown(before, code, made.described)}
    return FileSet(code, files, setup.wish.force, growing(before, code), task.ours | digests_in(before))


def _outcome(made: Made, written: Mapping[int, object]) -> Outcome:
    fault = written[made.unit.position]
    return refused(made.unit, fault.problems) if isinstance(fault, OutputError) else _made_of(made)


def _made_of(made: Made) -> Outcome:
    """Return the outcome of a unit whose letters are made."""
    files = tuple(
        MadeFile(file["name"], entry["kind"], entry["language"], file["sha256"])
        for entry in made.described
        for file in entry["files"]
    )
    unit = made.unit
    return Outcome(unit.position, unit.place, unit.code, "made", unit.digest, files, made.notes)

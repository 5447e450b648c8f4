"""Things put in the way of a command: links to elsewhere, files where folders belong, others that come meanwhile."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from breaking import promises
from breaking.cold import Manner, cold
from breaking.forked import run
from breaking.looping import Row, Stage, completes
from breaking.scenes import PRIVATE, SCENES, Home

CODE, STEM = "example-2", "example-2_prosecutor-complaint_ru"
LETTER, CLIENT = f"{CODE}/{STEM}.docx", "client-00001/client-00001_prosecutor-complaint_ru.docx"
BY_NAME = {scene.name: scene for scene in SCENES}
SWAPS = 25


@dataclass(frozen=True, slots=True)
class Trick:
    """Something below the output folder that leads elsewhere or is of a wrong kind, and the scene it is to mislead.

    `refused` says whether the command must refuse; else it may do its work without following.
    """

    name: str
    scene: str
    at: str
    put: Callable[[Path, Home], None]
    refused: bool = True


def _link(to: str, path: Path, home: Home) -> None:
    path.symlink_to(home.user / to)


def _folder(path: Path, _home: Home) -> None:
    path.mkdir()


def _pipe(path: Path, _home: Home) -> None:
    os.mkfifo(path)


def _file(path: Path, _home: Home) -> None:
    path.write_bytes(b"of another program")


to_a_file, to_a_folder, to_nowhere = partial(_link, "diary"), partial(_link, "papers"), partial(_link, "nowhere")
NEW, FORCED, FIRST = "letter, new", "letter, forced over an older one", "batch, first run"
TRICKS = (
    *(
        Trick(f"{what} at {at or 'the folder'}", scene, at, put)
        for scene, at in ((FORCED, LETTER), (FORCED, f"{CODE}/manifest.json"), (FIRST, CLIENT))
        for what, put in (("a link to a file", to_a_file), ("a link to nowhere", to_nowhere), ("a pipe", _pipe))
    ),
    Trick("a folder at a letter", FORCED, LETTER, _folder),
    Trick("a link at the case folder", NEW, CODE, to_a_folder),
    Trick("a link at the case folder", FIRST, "client-00001", to_a_folder),
    Trick("a file at the case folder", NEW, CODE, _file),
    Trick("a file at the output folder", NEW, "", _file),
    Trick("a file at the output folder", FIRST, "", _file),
    Trick("a link to nowhere at the output folder", NEW, "", to_nowhere),
    Trick("a link to nowhere at the output folder", FIRST, "", to_nowhere),
    *(
        Trick(f"{what} at the ledger", FIRST, "ledger.sqlite3", put)
        for what, put in (
            ("a link to a file", to_a_file),
            ("a link to nowhere", to_nowhere),
            ("a pipe", _pipe),
            ("a file of others", _file),
        )
    ),
    Trick("a link at the journal", FIRST, "ledger.sqlite3-journal", to_a_file, refused=False),
    Trick("a link at the sheet", FIRST, "results.csv", to_a_file, refused=False),
    Trick("a link to nowhere at the sheet", FIRST, "results.xlsx", to_nowhere, refused=False),
    Trick("a folder at the sheet", FIRST, "results.csv", _folder),
    Trick("a link at the scratch folder", FIRST, ".results.part", to_a_folder),
    Trick("a link at an old part", FIRST, ".results.csv.part", to_a_file, refused=False),
)


def rows(base: Path) -> Iterator[Row]:
    """Yield a row for each trick."""
    stages = {name: Stage(base / str(number), BY_NAME[name]) for number, name in enumerate((NEW, FORCED, FIRST))}
    for trick in TRICKS:
        stage = stages[trick.scene]
        stage.renew()
        row = Row(trick.scene, trick.name)
        path = stage.home.work / "out" / trick.at if trick.at else stage.home.work / "out"
        path.parent.mkdir(parents=True, exist_ok=True)
        was = path.read_bytes() if path.is_file() else None
        path.unlink(missing_ok=True)
        trick.put(path, stage.home)
        ended = run(stage.home, stage.scene.command)
        row.runs, row.hit = 1, 1
        row.refused, row.completed = int(ended.code != 0), int(ended.code == 0)
        row.note("answers", "", promises.bad_answer(ended))
        row.note("broken", "", _followed(stage, path, refused=trick.refused and ended.code == 0))
        _taken_away(path, was)
        completes(stage, row, "")
        yield row


def _followed(stage: Stage, path: Path, *, refused: bool) -> Iterator[str]:
    """Yield what was written or changed elsewhere."""
    found = sorted(
        each.relative_to(stage.home.user).as_posix() for each in stage.home.user.rglob("*") if each.is_file()
    )
    if found != sorted(PRIVATE):
        yield f"in the user's folder lie {found}"
    yield from (f"{name} was changed" for name in PRIVATE if (stage.home.user / name).read_bytes() != b"private")
    if refused:
        yield f"{path.name} was not refused"


def _taken_away(path: Path, was: bytes | None) -> None:
    """Put back what was there before the trick."""
    if path.is_symlink() or path.is_file() or path.is_fifo():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)
    if was is not None:
        path.write_bytes(was)


def swapped(base: Path, seed: int, times: int = SWAPS) -> Row:
    """Put a link in the place of a case folder again and again while a batch writes; nothing may get through it."""
    stage, row, random = Stage(base, BY_NAME[FIRST]), Row(FIRST, "a case folder is swapped for a link"), Random(seed)  # noqa: S311
    for nth in range(times):
        stage.renew()
        moved = stage.home.path.with_name("moved")
        shutil.rmtree(moved, ignore_errors=True)

        def meanwhile(process: "subprocess.Popen[str]", home: Home, moved: Path = moved) -> None:
            folder = home.work / "out" / "client-00002"
            while process.poll() is None:
                with suppress(OSError):
                    folder.rename(moved)
                    folder.symlink_to(home.user / "papers")
                    time.sleep(random.uniform(0, 0.002))
                    return

        ended = cold(stage.home, stage.scene.command, Manner(meanwhile=meanwhile))
        row.runs += 1
        row.hit += moved.exists()
        row.refused += ended.code != 0
        row.completed += ended.code == 0
        row.note("answers", nth, promises.bad_answer(ended))
        row.note("broken", nth, _followed(stage, stage.home.work, refused=False))
    return row

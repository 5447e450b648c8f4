"""What is disturbed: commands that write, and what lies in their folders before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benching.clients import BASE, MAPPING, rows, table

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
ROWS = 3
DAY = ("--as-of", "2026-07-01")
WRITE = ("write", "case.yaml", "--format", "docx,txt", *DAY)
BATCH = ("batch", "clients.csv", "--mapping", str(MAPPING), "--base", str(BASE), "--format", "docx,txt", *DAY)
CONFIRM = ("law", "confirm", "tj.cpc.198.1", "--source", "adlia.tj", "--on", "2026-07-01")
FACTS = ("Саидов", "Лесная", "Рустам", "Сухроб", "Рахимов", "Файзулло", "Каримов", "000 000", "35000000", "example-1-")
"""Beginnings of facts of the cases: no message may hold one."""
PRIVATE = ("diary", "papers/paper")
"""Files in the user's folder that are none of our business."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of a run: what the user works in, and what must stay as it is."""

    path: Path

    @property
    def work(self) -> Path:
        """Return the folder the command runs in."""
        return self.path / "work"

    @property
    def user(self) -> Path:
        """Return the user's own folder."""
        return self.path / "user"

    @property
    def temporary(self) -> Path:
        """Return the folder for temporary files."""
        return self.path / "tmp"

    def make(self) -> None:
        """Make the folders."""
        for folder in (self.work, self.user / "papers", self.temporary):
            folder.mkdir(parents=True)
        for name in PRIVATE:
            (self.user / name).write_bytes(b"private")


Step = Callable[[Home], None] | Sequence[str]
"""What comes before a scene: a change of files, or a command that runs undisturbed."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A command that writes, and the steps that lead to it.

    `alone` says that it writes one set, so that a refusal leaves all as it was; `changes` are the files beside
    the letters that it is to change.
    """

    name: str
    command: Sequence[str]
    before: Sequence[Step]
    alone: bool = True
    changes: Sequence[str] = ()


def case_file(home: Home, street: str = "ул. Лесная, д. 3") -> None:
    """Put the least case file in its place."""
    text = (EXAMPLES / "minimal.yaml").read_text("utf-8")
    (home.work / "case.yaml").write_text(text.replace("ул. Лесная, д. 3", street), "utf-8")


def clients(home: Home, old: str = "", new: str = "") -> None:
    """Put a table of clients in its place, with one text put for another."""
    (home.work / "clients.csv").write_bytes(table(rows(ROWS)).replace(old.encode(), new.encode()))


def _other_street(home: Home) -> None:
    case_file(home, "ул. Садовая, д. 8")


def _other_clients(home: Home) -> None:
    clients(home, "Душанбе, ул.", "Худжанд, ул.")


def _half_is_gone(home: Home) -> None:
    for path in (home.work / "out" / "client-00002").iterdir():
        path.unlink()
    (home.work / "out" / "client-00002").rmdir()
    next((home.work / "out" / "client-00003").glob("*.docx")).unlink()


def _rustam(home: Home) -> None:
    (home.work / "case.yaml").write_bytes((EXAMPLES / "rustam.yaml").read_bytes())


SCENES = (
    Scene("letter, new", WRITE, (case_file,)),
    Scene("letter, forced over an older one", (*WRITE, "--force"), (_other_street, WRITE, case_file)),
    Scene("letter that joins others", (*WRITE, "--language", "tg"), (case_file, WRITE)),
    Scene(
        "bundle",
        ("write", "case.yaml", "--bundle", "detained-and-searched", "--format", "txt,html", *DAY),
        (_rustam,),
    ),
    Scene("batch, first run", (*BATCH, "--jobs", "1"), (clients,), alone=False),
    Scene("batch, changed facts", (*BATCH, "--jobs", "1"), (_other_clients, BATCH, clients), alone=False),
    Scene("batch, half is there", (*BATCH, "--jobs", "1"), (clients, BATCH, _half_is_gone), alone=False),
    Scene("batch, two workers", (*BATCH, "--jobs", "2"), (clients,), alone=False),
    Scene("batch, two workers, changed", (*BATCH, "--jobs", "2"), (_other_clients, BATCH, clients), alone=False),
    Scene("names --write", ("names", "case.yaml", "--write"), (case_file,), changes=("work/case.yaml",)),
    Scene(
        "law confirm",
        (*CONFIRM, "--number", "198", "--by", "MN"),
        ((*CONFIRM, "--number", "197", "--by", "AB"),),
        changes=("user/.local/share/arznoma/confirmations/tj.yaml",),
    ),
)

"""What the parts of the fuzzer hand to each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Seed:
    """A valid input: its files by name, the command that takes them, the files whose values must not be told.

    `kind` says how the first file is changed: `case`, `csv`, `xlsx` or `ods`; the others are changed as case files.
    Of a `pack` any file is changed but the case. A command without formats makes no letters, and what it prints may be
    facts.
    """

    name: str
    kind: str
    files: Mapping[str, bytes]
    arguments: tuple[str, ...]
    formats: tuple[str, ...] = ("docx", "txt")


@dataclass(frozen=True, slots=True)
class Change:
    """Files after a change, what was done, and the value that a fact has now, where it surely has it."""

    files: Mapping[str, bytes]
    done: str
    options: tuple[str, ...] = ()
    path: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """One input, named exactly by the seed of the run and its number."""

    number: int
    seed: Seed
    change: Change
    formats: tuple[str, ...]
    engine: str
    language: str

    def arguments(self) -> list[str]:
        """Return the arguments of the command, without the name of the program."""
        common = ["--as-of", "2026-06-01"] if "names" not in self.seed.arguments else []
        common += ["--out", "out", "--format", ",".join(self.formats)] if self.formats else []
        common += ["--pdf-engine", self.engine] if "pdf" in self.formats else []
        return ["--ui", self.language, *self.seed.arguments, *self.change.options, *common]


@dataclass(frozen=True, slots=True)
class Said:
    """A problem as it was said."""

    id: str
    file: str
    line: int
    path: str
    says: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Run:
    """What came of an input: how the process ended, what it said and wrote, what it took."""

    code: int
    out: str
    err: str
    said: tuple[Said, ...]
    files: Mapping[str, bytes]
    strays: tuple[str, ...]
    cpu: float
    mib: float

    @property
    def letters(self) -> dict[str, bytes]:
        """Return the files that are letters."""
        ends = (".docx", ".pdf", ".txt", ".html")
        return {name: content for name, content in self.files.items() if name.endswith(ends)}


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that an input broke."""

    number: int
    rule: str
    detail: str
    seed: str
    done: str


@dataclass(slots=True)
class Tally:
    """What came of many inputs."""

    inputs: int = 0
    letters: int = 0
    codes: dict[int, int] = field(default_factory=dict)
    problems: dict[str, int] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)
    traced: int = 0
    most_cpu: tuple[float, int] = (0.0, 0)
    most_mib: tuple[float, int] = (0.0, 0)
    findings: list[Finding] = field(default_factory=list)

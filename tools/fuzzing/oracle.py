"""What must hold for every input, whatever is wrong with it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

import yaml

from fuzzing.model import Input, Run
from fuzzing.packs import FOLDER
from fuzzing.readers import active, bare, text_of
from fuzzing.seeds import ROOT, grid, seeds

DEFECT_OF_DATA = 3
CODES = {0, 1, DEFECT_OF_DATA}
SECONDS, MIB = 10, 300
_NO_FILE = {"not-in-bundle", "unknown-encoding", "unknown-separator", "other-formats", "panel-too-full"}
"""Problems of what was asked on the command line, and of a panel to which many facts add a little."""
_WHOLE = {"file-too-large", "file-missing", "table-too-large", "table-damaged", "table-old-format", "table-empty",
          "encoding-contradicts", "sheet-unclear", "unknown-sheet", "batch-is-empty",
    "more-problems", "data-replaces", "data-nothing", "letter-without-text",
    "language-not-reviewed", "letter-not-reviewed", "law-not-reviewed", "translation-stale", "block-speaks-otherwise",
    "letter-too-many-lines", "style-lacks-measure", "letter-incomplete", "blocks-differ"}  # fmt: skip
"""Problems of a file as a whole."""
_BROKEN_OFF = {"out-of-memory", "out-of-time", "broken-down"}
_OURS = {"our-bug", "our-bug-in-case", "worker-died", *_BROKEN_OFF}
_AFTERWARDS = "output-", "text-", "pdf-", "panel-"
"""How the ids of problems begin that are found in what came out."""
_MARGIN = 4  # seconds: for the start, and for saying that the time was over
_WORD = re.compile(r"[^\W\d_]{4,}|\d{5,}")


def broken_rules(given: Input, run: Run) -> Iterator[tuple[str, str]]:
    """Yield the rules that a run broke, each with a detail."""
    yield from _end(run, SECONDS + _MARGIN * (given.seed.kind == "pack"))
    if given.seed.kind == "pack":
        yield from _pack_problems(run, typeset=given.seed.name.startswith("style "))
    else:
        yield from _problems(run, asked=bool(given.formats))
    yield from _words(given, run)
    yield from _files(given, run)


def _end(run: Run, seconds: int) -> Iterator[tuple[str, str]]:
    if run.code not in CODES:
        yield "exit code", str(run.code)
    if "Traceback" in run.err + run.out:
        yield "traceback", run.err[-200:]
    if run.cpu > seconds:
        yield "time", f"{run.cpu:.0f} s"
    if run.mib > MIB:
        yield "memory", f"{run.mib:.0f} MiB"
    if run.strays:
        yield "stray files", ", ".join(run.strays)
    if run.code and not run.err.strip() and not run.out.strip():
        yield "no message", str(run.code)


def _pack_problems(run: Run, *, typeset: bool) -> Iterator[tuple[str, str]]:
    """Yield problems of packs that are no good; a typst file is stopped by the limits of the process alone."""
    for each in run.said:
        if each.id in _OURS - (_BROKEN_OFF if typeset else set()):
            yield each.id, each.says
        elif not each.remedy:
            yield "no remedy", each.id
        elif not (each.file or each.id in _BROKEN_OFF | _NO_FILE or each.id.startswith(_AFTERWARDS)):
            yield "no file", each.id
        elif _lined(each.file) and not each.line and each.id not in _WHOLE:
            yield "no line", each.id


def _lined(file: str) -> bool:
    """Say whether a file of a pack is one of whose faults the line can be told."""
    return file.startswith(FOLDER) and file.endswith((".md", ".yaml"))


def _problems(run: Run, *, asked: bool) -> Iterator[tuple[str, str]]:
    for each in run.said:
        if each.id in _OURS:
            yield each.id, each.says
        if not asked:  # what `check` finds worth a look may be about law and texts
            continue
        if not each.remedy:
            yield "no remedy", each.id
        if not each.file and each.id not in _NO_FILE:
            yield "no file", each.id
        if not each.line and each.id not in _NO_FILE | _WHOLE:
            yield "no line", each.id


def _words(given: Input, run: Run) -> Iterator[tuple[str, str]]:
    told = run.out + run.err
    if odd := {char for char in told if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} and char != "\n"}:
        yield "control characters", ", ".join(f"U+{ord(char):04X}" for char in odd)
    if not given.formats:
        return
    if leaked := (set(_WORD.findall(told)) & _secrets()) - set(_WORD.findall(" ".join(given.change.files))):
        yield "a value in a message", ", ".join(sorted(leaked)[:3])
    value = given.change.value
    if len(value) > 3 and not set(_WORD.findall(value)) <= _public() and _WORD.search(value) and value in told:  # noqa: PLR2004
        yield "the new value in a message", value[:40]


def _files(given: Input, run: Run) -> Iterator[tuple[str, str]]:
    alone = given.seed.kind == "case"
    if run.code and alone and run.letters:
        yield "letters of a refused case", ", ".join(run.letters)
    if given.formats and not run.code and not run.letters:
        yield "no letters", str(run.files.keys())
    for name, content in run.letters.items():
        try:
            text_of(name, content)
            found = active(name, content)
        except Exception as fault:  # noqa: BLE001  # whatever a reader says, the file cannot be read
            yield "unreadable", f"{name}: {type(fault).__name__}"
        else:
            yield from (("something active", f"{name}: {each}") for each in found)


def lacks(run: Run, value: str) -> list[str]:
    """Return the endings of the letters that do not hold a value letter for letter."""
    wanted = bare(value)
    forms = {wanted, wanted[:1].upper() + wanted[1:]}
    endings: dict[str, bool] = {}
    for name, content in run.letters.items():
        text, ending = bare(text_of(name, content)), name.rpartition(".")[2]
        endings[ending] = endings.get(ending, False) or any(form in text for form in forms)
    return [ending for ending, there in endings.items() if not there]


def differences(first: Run, second: Run) -> list[str]:
    """Say in what two runs of one input differ; the ledger and the result sheets of a batch tell no letters."""
    found = ["exit code"] if first.code != second.code else []
    found += ["output"] if (first.out, first.err) != (second.out, second.err) else []
    mine, others = (_told(run.files) for run in (first, second))
    return found + [name for name in sorted({*mine, *others}) if mine.get(name) != others.get(name)]


def _told(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if not name.startswith("ledger.sqlite3")}


@lru_cache
def _secrets() -> frozenset[str]:
    """Return the words and numbers that stand in values of the seeds and nowhere in what the program may say."""
    words = set[str]()
    for seed in seeds():
        for name, content in seed.files.items():
            if name.endswith(".yaml") and name != "mapping.yaml" and not name.startswith(FOLDER):
                words.update(*(_WORD.findall(text) for text in _texts(yaml.safe_load(content))))
    words.update(*(_WORD.findall(cell) for row in grid()[1:] for cell in row))
    return frozenset(words - _public())


def _texts(tree: object) -> Iterator[str]:
    match tree:
        case dict():
            for inner in tree.values():
                yield from _texts(inner)
        case list():
            for inner in tree:
                yield from _texts(inner)
        case _:
            yield str(tree)


@lru_cache
def _public() -> frozenset[str]:
    """Return the words the program may say: its messages, the names of facts, the keys of law and letters."""
    words = set[str]()
    for folder in ("generator/messages", "generator/case/fields"):
        for path in (ROOT / folder).glob("*.yaml"):
            words.update(_WORD.findall(path.read_text("utf-8")))
        code = [*(ROOT / "generator" / "case").glob("*.py"), *(ROOT / "generator" / "letters").glob("*.py")]
    for path in [*(ROOT / "law").rglob("*.yaml"), *code]:
        words.update(re.findall(r"[a-z]{4,}", path.read_text("utf-8")))
    for seed in seeds():
        words.update(_WORD.findall(" ".join((seed.name, *seed.arguments))))
    return frozenset(words)

"""Worked cases of a pack: facts in, findings out, written by the jurist beside the law."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from generator.case.load import case_of
from generator.errors import CaseError, GeneratorError, Place, Problem
from generator.findings.find import find
from generator.findings.model import Outcome
from generator.law.model import LawPack
from generator.sources import Source, read_source
from generator.validation import validate

HEAD: dict[str, Any] = {"case": {"id": "worked", "country": "XX"}, "clients": [{"surname": "X"}]}
"""What a worked case leaves out of a case file."""


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One worked case: its name, where it stands, the facts, and the outcome of each ground it is about."""

    name: str
    place: Place
    facts: Any
    findings: dict[str, str]


class _Case(BaseModel):
    model_config = ConfigDict(frozen=True)

    name: str = ""
    facts: dict[str, Any] = Field(default_factory=dict)
    findings: dict[str, str] = Field(default_factory=dict)


class _Cases(BaseModel):
    model_config = ConfigDict(frozen=True)

    cases: tuple[_Case, ...] = ()


def worked_cases(folder: Path) -> Iterator[WorkedCase]:
    """Yield the worked cases of the pack in a folder; raise `CaseError` where a file is none."""
    for path in sorted((folder / "worked-cases").glob("*.yaml")):
        source = read_source(path)
        read: _Cases = validate(_Cases, source, CaseError)
        for number, case in enumerate(read.cases, 1):
            yield WorkedCase(case.name, source.place(f"cases[{number}]"), case.facts, case.findings)


def outcomes(worked: WorkedCase, pack: LawPack) -> dict[str, str]:
    """Return what the pack finds for the grounds a worked case is about."""
    case = case_of(Source(worked.place.file, {**HEAD, **worked.facts}, {}, {}))
    found = find(case, pack)
    return {ground: found[ground].outcome.value if ground in found else "" for ground in worked.findings}


def worked_problems(folder: Path, pack: LawPack) -> Iterator[Problem]:
    """Name the worked cases that come out otherwise than written, and the outcomes of own grounds nobody wrote."""
    seen: set[tuple[str, str]] = set()
    try:
        cases = list(worked_cases(folder))
    except GeneratorError as fault:
        yield from fault.problems
        return
    for worked in cases:
        try:
            told = outcomes(worked, pack)
        except GeneratorError as fault:
            yield from (Problem(p.id, worked.place, p.path, p.values) for p in fault.problems)
            continue
        for ground, wanted in worked.findings.items():
            seen.add((ground, wanted))
            if told[ground] != wanted:
                yield Problem("worked-case-fails", worked.place, ground, {"wanted": wanted, "found": told[ground]})
    for ground, _, place in pack.own("grounds"):
        for outcome in Outcome:
            if (ground, outcome.value) not in seen:
                yield Problem("no-worked-case", place, ground, {"outcome": outcome.value})

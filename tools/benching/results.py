"""What was found: ratios with their spread, absolute figures, checks, what is absent; as JSON and as a table."""

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from benching.clock import Round, Run
from benching.ratios import FURTHER, RATIOS, marginal, marginal_stage


@dataclass(slots=True)
class Results:
    """What is found while the benchmark runs."""

    ratios: dict[str, float] = field(default_factory=dict)
    spread: dict[str, tuple[float, float]] = field(default_factory=dict)
    absolute: dict[str, float] = field(default_factory=dict)
    checks: dict[str, Mapping[str, float]] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)

    def add(self, scene: str, rounds: Sequence[Round]) -> None:
        """Take in the rounds of a scene: each of its ratios as the median of the rounds, and what each way took."""
        for name, ratio in RATIOS.items():
            if ratio.scene == scene and rounds and set(ratio.ways) <= set(rounds[0]):
                found = [ratio.found(runs) for runs in rounds]
                self.ratios[name], self.spread[name] = statistics.median(found), (min(found), max(found))
        for way in rounds[0] if rounds else ():
            self._add_way(way.replace("-", "_"), [runs[way] for runs in rounds])
        for many, one in FURTHER.items():
            if rounds and {many, one} <= set(rounds[0]):
                self._add_further(many.replace("-", "_"), [(runs[many], runs[one]) for runs in rounds])

    def _add_way(self, name: str, runs: Sequence[Run]) -> None:
        seconds = statistics.median(run.seconds / run.letters for run in runs)
        self.absolute[f"{name}_letters"] = runs[0].letters
        self.absolute[f"{name}_ms"] = seconds * 1000
        self.absolute[f"{name}_cpu_ms"] = statistics.median(run.cpu_seconds / run.letters for run in runs) * 1000
        self.absolute[f"{name}_peak_mib"] = statistics.median(run.peak_mib for run in runs)
        self.absolute[f"{name}_letters_a_minute"] = 60 / seconds

    def _add_further(self, name: str, pairs: Sequence[tuple[Run, Run]]) -> None:
        """Note what each letter after the first takes."""
        self.absolute[f"{name}_further_ms"] = statistics.median(marginal(*pair) for pair in pairs) * 1000
        cpu = [(replace(run, seconds=run.cpu_seconds), replace(one, seconds=one.cpu_seconds)) for run, one in pairs]
        self.absolute[f"{name}_further_cpu_ms"] = statistics.median(marginal(*pair) for pair in cpu) * 1000
        for stage in pairs[0][0].stages:
            seconds = statistics.median(marginal_stage(*pair, stage) for pair in pairs)
            self.absolute[f"{name}_further_{stage}_ms"] = seconds * 1000


def save(results: Results, told: Mapping[str, Any], path: Path) -> None:
    """Write the results as JSON; `told` says under what conditions they came about."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({**asdict(results), **told, "machine": _machine()}, indent=2) + "\n", "utf-8")


def say(results: Results) -> None:
    """Print the ratios with what is aimed at, what letters cost, the checks, and what is absent."""
    print(f"{'ratio':26}{'found':>8}{'least':>8}{'most':>8}{'target':>8}{'stretch':>8}")
    for name, value in results.ratios.items():
        ratio, (least, most) = RATIOS[name], results.spread[name]
        aims = "".join(f"{aim:7g}{'*' if ratio.reached(value, aim) else ' '}" for aim in (ratio.target, ratio.stretch))
        print(f"{name:26}{value:8.2f}{least:8.2f}{most:8.2f}{aims}{'  less is better' if ratio.lower else ''}")
    for name, value in results.absolute.items():
        if name.endswith(("_ms", "_peak_mib")):
            print(f"{name:34}{value:10.2f}")
    for name, found in results.checks.items():
        print(f"{name}: {', '.join(f'{key} {value}' for key, value in found.items())}")
    for name, why in results.absent.items():
        print(f"{name}: absent, {why}")


def _machine() -> dict[str, Any]:
    models = [line.split(":", 1)[1].strip() for line in _cpu_lines() if line.startswith("model name")]
    return {
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
        "cores": os.cpu_count(),
        "processor": models[0] if models else platform.processor(),
        "load": os.getloadavg(),
    }


def _cpu_lines() -> Sequence[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text("utf-8").splitlines() if path.is_file() else ()

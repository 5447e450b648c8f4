"""Try inputs one after the other and hold what came of each against the rules."""

import json
from dataclasses import replace
from pathlib import Path

from fuzzing import inputs, oracle
from fuzzing.child import run
from fuzzing.model import Finding, Input, Run, Tally
from fuzzing.packs import FOLDER
from fuzzing.trees import spots

_TRACER = "Ъвбгджзк"
_AGAIN = 5  # every so often a refusal is asked for again
_NO_TEXT = {"", "unknown"}


class Trial:
    """Tries inputs in a folder of its own, and knows which facts of the seeds are printed."""

    def __init__(self, seed: int, folder: Path) -> None:
        """Start with nothing known."""
        self.seed, self.folder, self.tally = seed, folder, Tally()
        self._printed: dict[tuple[str, str], bool] = {}

    def try_out(self, number: int) -> tuple[Input, Run]:
        """Try one input and note what it broke."""
        given = inputs.make(self.seed, number)
        came = run(given, self.folder)
        broken = list(oracle.broken_rules(given, came))
        if came.code == 0 or number % _AGAIN == 0:
            again = run(given, self.folder, elsewhere=True)
            if found := oracle.differences(came, again):
                broken.append(("not the same twice", ", ".join(found)))
        if given.seed.kind == "pack" and came.code:
            broken += self._vetted(given, came)
        if came.code == 0 and not broken:
            broken += self._value(given, came)
        self._note(given, came, broken)
        return given, came

    def _vetted(self, given: Input, came: Run) -> list[tuple[str, str]]:
        """See that `check --letters` says before use what is wrong with a pack that was refused when used."""
        faults = [each.id for each in came.said] if came.code == oracle.DEFECT_OF_DATA else []
        seed = replace(given.seed, arguments=("check", "--letters", FOLDER), formats=())
        vetting = replace(given, seed=seed, formats=())
        told = run(vetting, self.folder)
        broken = list(oracle.broken_rules(vetting, told))
        return [*broken, ("check lets it pass", ", ".join(faults))] if faults and not told.code else broken

    def _value(self, given: Input, came: Run) -> list[tuple[str, str]]:
        """Hold the new value of a fact against the letters, where the fact is one that they print."""
        value = " ".join(given.change.value.split())
        if value in _NO_TEXT or not given.formats:
            return []
        self.tally.traced += 1
        missing = oracle.lacks(came, value)
        return (
            [("value lost", f"{given.change.path} in {', '.join(missing)}")]
            if missing and self._is_printed(given)
            else []
        )

    def _is_printed(self, given: Input) -> bool:
        key = given.seed.name, given.change.path
        if key not in self._printed:
            before, now = given.seed.files, given.change.files
            name = next(each for each in now if before[each] != now[each])
            text = given.seed.files[name].decode()
            spot = next((each for each in spots(text) if each.path == key[1] and not each.is_key), None)
            if spot is None:
                return False
            traced = f"{text[: spot.first]}{json.dumps(_TRACER, ensure_ascii=False)}{text[spot.last :]}"
            change = replace(given.change, files={**given.seed.files, name: traced.encode()}, value=_TRACER)
            came = run(replace(given, change=change), self.folder)
            self._printed[key] = came.code == 0 and not oracle.lacks(came, _TRACER)
        return self._printed[key]

    def _note(self, given: Input, came: Run, broken: list[tuple[str, str]]) -> None:
        tally, what = self.tally, given.change.done.partition(" + ")[0]
        tally.inputs += 1
        tally.letters += len(came.letters)
        tally.codes[came.code] = tally.codes.get(came.code, 0) + 1
        tally.changes[what] = tally.changes.get(what, 0) + 1
        for problem_id in {each.id for each in came.said}:
            tally.problems[problem_id] = tally.problems.get(problem_id, 0) + 1
        tally.most_cpu = max(tally.most_cpu, (came.cpu, given.number))
        tally.most_mib = max(tally.most_mib, (came.mib, given.number))
        rules = dict(broken)
        tally.findings += [
            Finding(given.number, rule, detail, given.seed.name, given.change.done) for rule, detail in rules.items()
        ]


def joined(tallies: list[Tally]) -> Tally:
    """Return the sum of tallies."""
    whole = Tally()
    for each in tallies:
        whole.inputs += each.inputs
        whole.letters += each.letters
        whole.traced += each.traced
        for mine, others in ((whole.codes, each.codes), (whole.problems, each.problems), (whole.changes, each.changes)):
            for key, count in others.items():  # type: ignore[attr-defined]
                mine[key] = mine.get(key, 0) + count  # type: ignore[index,attr-defined]
        whole.most_cpu, whole.most_mib = max(whole.most_cpu, each.most_cpu), max(whole.most_mib, each.most_mib)
        whole.findings += each.findings
    return whole

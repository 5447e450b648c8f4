"""Say what came of an attack."""

from collections.abc import Iterator, Mapping

from fuzzing.model import Finding, Tally

_SHOWN = 200


def say(tally: Tally, seed: int) -> None:
    """Print the results as tables, findings last."""
    print(f"\n{tally.inputs} inputs (SEED={seed}), {tally.letters} letters made, {tally.traced} values looked up")
    print(
        f"most time {tally.most_cpu[0]:.1f} s (input {tally.most_cpu[1]}), most memory {tally.most_mib[0]:.0f} MiB",
        end="",
    )
    print(f" (input {tally.most_mib[1]})")
    _table("exit codes", tally.codes)
    _table("changes", tally.changes)
    _table("inputs with a problem, by its id", tally.problems)
    rules: dict[str, int] = {}
    for finding in tally.findings:
        rules[finding.rule] = rules.get(finding.rule, 0) + 1
    _table("rules broken", rules)
    for finding in tally.findings[:_SHOWN]:
        print(*lines_of(finding), sep="\n")
    print(f"{len(tally.findings)} findings")


def lines_of(finding: Finding) -> Iterator[str]:
    """Yield the lines that tell a finding."""
    yield f"! {finding.number}  {finding.rule}: {finding.detail!r}  ({finding.seed}; {finding.done})"


def _table(title: str, counts: Mapping[int, int] | Mapping[str, int]) -> None:
    print(f"\n{title}")
    for key, number in sorted(counts.items(), key=lambda each: (-each[1], str(each[0]))):
        print(f"  {number:7}  {key}")

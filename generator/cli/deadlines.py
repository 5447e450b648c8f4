"""`arznoma deadlines`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from generator.assembly import law_of
from generator.case import labels
from generator.case.load import load_case
from generator.case.model import Case
from generator.case.values import Moment
from generator.cli.law_words import provision, provision_lines, questions, told_length, told_moment, words_of
from generator.cli.messages import Messages
from generator.cli.options import folders_of, json_option, messages_of, now_option
from generator.cli.report import say_json, say_problems
from generator.deadlines.find import deadlines
from generator.deadlines.model import Deadline, Reply, State
from generator.errors import CaseError, Problem
from generator.law.counting import Step
from generator.law.model import LawPack
from generator.letters.catalogue import letter_names, load_kind
from generator.limits import budget


@click.command("deadlines")
@click.argument("cases", nargs=-1, required=True, metavar="CASE...", type=click.Path(path_type=Path))
@now_option
@click.option(
    "--ics", type=click.Path(path_type=Path), help="Also write the dates ahead as a calendar; no names in it."
)
@json_option
@click.pass_context
def command(
    context: click.Context, *, cases: tuple[Path, ...], as_of: Callable[[str], Moment], ics: Path | None, as_json: bool
) -> None:
    """Print the dates that run from the events and filings of cases, each with its count.

    A folder stands for the case files in it. A time limit that nobody has verified is shown as a question; no date is
    computed from it.

    \b
    Examples:
      arznoma deadlines case.yaml
      arznoma deadlines cases/ --ics deadlines.ics
    """
    messages, folders = messages_of(context), folders_of(context)
    kinds = {name: load_kind(name, folders).kind for name in letter_names(folders)}
    replies = {name: Reply(kind.reply, kind.next) for name, kind in kinds.items() if kind.reply}
    found: list[tuple[Case, LawPack, tuple[Deadline, ...], Moment]] = []
    problems: list[Problem] = []
    packs: dict[str, LawPack] = {}
    for path in _files(cases):
        try:
            with budget():
                case = load_case(path)
                country = case.facts.case.country
                law = packs[country] = packs.get(country) or law_of(case, folders)
                here = as_of(law.head.zone)
                found.append((case, law, deadlines(case, law, replies, here), here))
        except CaseError as fault:
            problems += fault.problems
    if ics:
        from generator.cli.ics import write_calendar  # noqa: PLC0415  # only where a calendar is wanted

        write_calendar(ics, [(case, law, dates) for case, law, dates, _ in found])
    if as_json:
        say_json([_told(messages, *each) for each in found])
    else:
        for each in found:
            for line in _lines(messages, _told(messages, *each)):
                click.echo(line)
    if problems:
        say_problems(messages, problems)
        context.exit(1)


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the case files named, and those in the folders named."""
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix in {".yaml", ".yml"})
            if not inside:
                raise CaseError.one("no-cases", None, path.as_posix())
            yield from inside
        else:
            yield path


def _told(messages: Messages, case: Case, law: LawPack, dates: tuple[Deadline, ...], now: Moment) -> dict[str, Any]:
    return {
        "case": case.facts.case.id,
        "file": case.file,
        "now": told_moment(messages, now),
        "deadlines": [_deadline(messages, law, deadline, now) for deadline in dates],
    }


def _deadline(messages: Messages, law: LawPack, deadline: Deadline, now: Moment) -> dict[str, Any]:
    limit, version = deadline.limit, deadline.version
    title = words_of(law, messages.language).limits.get(deadline.name, "") if limit else ""
    if not limit and not deadline.why:
        title = labels.title(deadline.path, messages.language)
    return {
        "name": deadline.name,
        "title": title,
        "state": deadline.state.value,
        "due": told_moment(messages, deadline.due) if deadline.due else "",
        "days_left": deadline.days_left(now),
        "path": deadline.path,
        "place": str(deadline.place),
        "begins": told_moment(messages, deadline.begins) if deadline.begins else "",
        "done": told_moment(messages, deadline.done) if deadline.done else "",
        "estimated": deadline.estimated,
        "length": version.length if version else "",
        "count": limit.count if limit else "",
        "counted_from": limit.counted_from if limit else "",
        "grade": version.grade if version else "",
        "note": version.note if version else "",
        "why": deadline.why,
        "steps": [_step(messages, law, step) for step in _steps(deadline)],
        "clock_shift": told_length(messages, abs(deadline.shifted)) if deadline.shifted else "",
        "rule_grade": deadline.rule.grade if deadline.rule else "",
        "law_of": str(deadline.law_of or ""),
        "provision": provision(messages, law, limit.provision, deadline.provision)
        if limit and deadline.provision
        else None,
        "questions": questions(messages, deadline.missing),
        "next": list(deadline.next),
    }


def _steps(deadline: Deadline) -> tuple[Step, ...]:
    return deadline.count.steps if deadline.count else ()


def _step(messages: Messages, law: LawPack, step: Step) -> dict[str, Any]:
    """Describe a step of a count: what, when, and for a day off why, on whose word, and whether it is estimated."""
    names = words_of(law, messages.language).holidays
    off = step.off
    told = {"kind": step.kind, "day": str(step.day or ""), "estimated": bool(off and off.estimated)}
    if off:
        told |= {
            "why": off.kind,
            "names": [names.get(n, n) for n in off.names],
            "grade": off.grade,
            "source": off.source,
        }
        if off.kind == "weekend":
            told["names"] = [messages.say(f"day-{off.names[0]}")]
    if step.number:
        told |= {"number": step.number, "unit": step.name}
    elif step.name:
        told["names"] = [names.get(step.name, step.name)]
    return told


def _lines(messages: Messages, told: dict[str, Any]) -> Iterator[str]:
    yield messages.say("deadlines-head", case=told["case"], file=told["file"], now=told["now"])
    if not told["deadlines"]:
        yield f"  {messages.say('deadlines-none')}"
    for given in told["deadlines"]:
        yield ""
        yield f"  {_first_line(messages, given)}"
        for line in _reasons(messages, given):
            yield f"      {line}"
    yield ""


def _first_line(messages: Messages, given: dict[str, Any]) -> str:
    name = f"{given['title']} ({given['name']})" if given["title"] else given["name"]
    if given["state"] == State.QUESTION:
        return f"?  {name}"
    state = messages.say(f"deadline-{given['state']}", days=abs(given["days_left"] or 0), done=given["done"])
    estimated = f"  {messages.say('estimated')}" if given["estimated"] else ""
    return f"{given['due']}  {state}  {name}{estimated}"


def _reasons(messages: Messages, given: dict[str, Any]) -> Iterator[str]:
    if given["begins"] and given["count"]:
        yield messages.say("deadline-begins", begins=given["begins"], path=given["path"], place=given["place"])
    else:
        yield f"{given['path']}  {given['place']}"
    if given["why"]:
        yield _question(messages, given)
    elif given["count"]:
        yield messages.say(f"count-{given['count']}", length=given["length"])
    for step in given["steps"]:
        yield f"  {_step_line(messages, step)}"
    if given["clock_shift"]:
        yield messages.say("deadline-clock", length=given["clock_shift"])
    if given["rule_grade"] == "lead":
        yield messages.say("deadline-rule-lead")
    if given["provision"]:
        yield from provision_lines(messages, given["provision"])
    for ask in given["questions"]:
        yield f"? {ask['question']}  ({ask['path']})"
    if given["next"] and given["state"] not in {State.DONE, State.UNSURE}:
        yield messages.say("deadline-next", letters=", ".join(given["next"]))


def _question(messages: Messages, given: dict[str, Any]) -> str:
    text = str(messages.say(f"deadline-why-{given['why']}"))
    if given["why"] == "lead":
        unit = messages.say(f"count-{given['count']}", length=given["length"])
        text = messages.say("deadline-lead", unit=unit, why=text)
        text += f" ({given['note']})" if given["note"] else ""
    return text


def _step_line(messages: Messages, step: dict[str, Any]) -> str:
    names = ", ".join(step.get("names", ()))
    if step["kind"] == "day-off":
        why = messages.say(f"off-{step['why']}", names=names)
        known = f"; {messages.say('estimated')}" if step["estimated"] else ""
        source = (
            f"  [{messages.say('law-grade-' + step['grade'])}; {step['source']}]" if step["why"] != "weekend" else ""
        )
        return f"{step['day']}  {why}{known}{source}"
    unit = messages.say(f"count-{step['unit']}", length=step["number"]) if step.get("unit") else ""
    number = step.get("number", 1)
    return f"{step['day']}  {messages.say('step-' + step['kind'], names=names, unit=unit, number=number)}"

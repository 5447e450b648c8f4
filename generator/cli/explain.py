"""`arznoma explain`."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from generator.case import labels
from generator.case.load import load_case
from generator.case.values import Moment
from generator.cli.law_words import provision, provision_lines, questions, told_length, told_value, words_of
from generator.cli.messages import Messages
from generator.cli.options import as_of_option, case_argument, folders_of, json_option, messages_of
from generator.cli.report import all_as_json, say_json
from generator.explanation import ClientView, Explanation, explain
from generator.findings.model import Finding
from generator.letters.catalogue import letter_names, load_kind

PAGE = Path(__file__).parent / "explain.html"


@click.command("explain")
@case_argument
@click.option(
    "--letter", "letters", multiple=True, help="Only these kinds of letter, as a rule all; may be given more than once."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html"]),
    default="text",
    show_default=True,
    help="Text for the screen, or a page to read and print.",
)
@as_of_option
@json_option
@click.pass_context
def command(  # noqa: PLR0913  # one argument for each option
    context: click.Context, *, case: Path, letters: tuple[str, ...], form: str, as_of: date, as_json: bool
) -> None:
    """Print what the facts show, on which law, and which letters can be written.

    Each finding names its facts with their places, what was measured, and the law with its grade and source. What is
    unknown comes with the question that would decide it. The answers and times of the case stand in it: keep it as safe
    as the case.

    \b
    Examples:
      arznoma explain case.yaml
      arznoma explain case.yaml --format html > explanation.html
    """
    messages, folders = messages_of(context), folders_of(context)
    named = [load_kind(name, folders) for name in letters or letter_names(folders)]
    entries = [entry for entry in named if not entry.kind.bundle_only]
    told = _told(messages, explain(load_case(case), entries, as_of, folders))
    if as_json:
        say_json(told)
    elif form == "html":
        click.echo(_page(messages, told))
    else:
        for line in _lines(messages, told):
            click.echo(line)


def _told(messages: Messages, explanation: Explanation) -> dict[str, Any]:
    """Describe an explanation once, for every form of output."""
    return {
        "case": explanation.case.facts.case.id,
        "law": explanation.law.head.id,
        "clients": [_client(messages, explanation, view) for view in explanation.clients],
    }


def _client(messages: Messages, explanation: Explanation, view: ClientView) -> dict[str, Any]:
    return {
        "number": view.number,
        "findings": [_finding(messages, explanation, view, finding) for finding in view.findings],
        "letters": [
            {
                "letter": possible.letter,
                "possible": not possible.obstacles,
                "obstacles": all_as_json(messages, possible.obstacles),
            }
            for possible in view.letters
        ],
    }


def _finding(messages: Messages, explanation: Explanation, view: ClientView, finding: Finding) -> dict[str, Any]:
    law = explanation.law
    wording = words_of(law, messages.language).grounds.get(finding.ground)
    return {
        "ground": finding.ground,
        "outcome": finding.outcome.value,
        "rule": (wording.title or wording.rule) if wording else "",
        "facts": [
            {
                "path": fact.path,
                "title": labels.title(fact.path, messages.language),
                "place": str(fact.place),
                "value": told_value(messages, view.values[fact.path]),
            }
            for fact in finding.facts
        ],
        "measured": _measured(messages, view, finding),
        "limit_hours": finding.limit_hours,
        "law_of": str(finding.day or ""),
        "provisions": [provision(messages, law, n, version) for n, version in (finding.provisions or {}).items()],
        "questions": questions(messages, finding.missing),
    }


def _measured(messages: Messages, view: ClientView, finding: Finding) -> str:
    """Write the time measured, as approximate where one of its moments is; nothing where none was."""
    if finding.measured is None:
        return ""
    length = told_length(messages, finding.measured)
    values = (view.values[fact.path] for fact in finding.facts)
    approximate = any(isinstance(value, Moment) and value.approximate for value in values)
    return str(messages.say("about", moment=length)) if approximate else length


def _lines(messages: Messages, told: dict[str, Any]) -> list[str]:
    lines = [messages.say("explain-head", case=told["case"], law=told["law"])]
    for client in told["clients"]:
        if len(told["clients"]) > 1:
            lines += ["", messages.say("explain-client", number=client["number"])]
        for outcome in ("violated", "unknown", "kept"):
            chosen = [finding for finding in client["findings"] if finding["outcome"] == outcome]
            if chosen:
                lines += ["", messages.say(f"explain-{outcome}", number=len(chosen))]
                lines += [f"  {line}" for finding in chosen for line in _finding_lines(messages, finding)]
        lines += ["", messages.say("explain-letters")]
        for letter in client["letters"]:
            lines.append(
                f"  {letter['letter']}  {messages.say('explain-can' if letter['possible'] else 'explain-cannot')}"
            )
            lines += [f"      {o['path']}  {o['says']}" for o in letter["obstacles"]]
    return lines


def _finding_lines(messages: Messages, finding: dict[str, Any]) -> list[str]:
    lines = [f"{finding['ground']}  {finding['rule']}"]
    lines += [f"    {f['title']}: {f['value']}  ({f['place']})" for f in finding["facts"]]
    if finding["measured"]:
        lines.append(f"    {_measure(messages, finding)}")
    lines += [f"    ? {q['question']}  ({q['path']})" for q in finding["questions"]]
    if finding["law_of"]:
        lines.append(f"    {messages.say('explain-law-of', day=finding['law_of'])}")
    lines += [f"      {line}" for p in finding["provisions"] for line in provision_lines(messages, p)]
    return lines


def _measure(messages: Messages, finding: dict[str, Any]) -> str:
    if finding["limit_hours"] is None:
        return messages.say("explain-measured", length=finding["measured"])
    return messages.say("explain-against", length=finding["measured"], hours=finding["limit_hours"])


def _page(messages: Messages, told: dict[str, Any]) -> str:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  # only for the page

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(
        say=messages.say,
        law_lines=lambda given: provision_lines(messages, given),
        measure=lambda finding: _measure(messages, finding),
        language=messages.language,
    )
    return environment.from_string(PAGE.read_text("utf-8")).render(told=told)

"""How the forms of a person's name are told: as values for `--json`, and as lines."""

from collections.abc import Collection, Iterator
from typing import Any

from generator.case.values import Answer
from generator.cli.messages import Messages
from generator.names.decline import CASES
from generator.names.suggest import Named


def name_words(person: Named) -> dict[str, Any]:
    """Describe the name of a person: each form with its standing, why one is in doubt, and why there is none."""
    suggestion = person.suggestion
    keeps = person.declines is Answer.NO
    forms = {
        case: {"text": text, "state": "confirmed", "why": ""}
        for case, text in {"nom": suggestion.nominative, **person.confirmed}.items()
        if not keeps or case == "nom"
    }
    for case, text in person.missing.items():
        why = suggestion.doubts.get(case, "")
        forms[case] = {"text": text, "state": "unsure" if why else "suggested", "why": why}
    return {
        "path": person.path,
        "declines": "no" if keeps else "yes" if person.declines is Answer.YES else "unknown",
        "suggested_declines": "no" if "declines" in person.to_write(unsure=False) else "",
        "forms": {case: forms[case] for case in ("nom", *CASES) if case in forms},
        "none": "" if keeps else suggestion.none,
    }


def name_lines(messages: Messages, told: dict[str, Any], only: Collection[str] = ()) -> Iterator[str]:
    """Write the forms of a name, or only those of some cases, one a line; then what is to be said of them."""
    yield str(told["path"])
    forms = {case: form for case, form in told["forms"].items() if not only or case in only}
    width = max((len(form["text"]) for form in forms.values()), default=0)
    for case, form in forms.items():
        yield f"  {case:<4}  {form['text']:<{width}}  {messages.say('names-' + form['state'])}"
    if told["declines"] == "no" or told["suggested_declines"]:
        yield f"  {messages.say('names-keeps' if told['declines'] == 'no' else 'names-keeps-suggested')}"
    for why in dict.fromkeys(form["why"] for form in forms.values() if form["why"]):
        yield f"  ? {messages.say('names-why-' + why)}"
    if told["none"]:
        yield f"  - {messages.say('names-none-' + told['none'])}"

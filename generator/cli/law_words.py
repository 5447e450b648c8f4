"""How provisions, facts and lengths of time are told on the screen: one description, for text, JSON and HTML."""

from datetime import date, timedelta
from typing import Any

from generator.case.values import Answer, Moment
from generator.law.model import Confirmation, LawPack, ProvisionVersion


def words_of(law: LawPack, language: str) -> Any:
    """Return the words of a pack in the language of messages, in English where it has none of its own."""
    return law.wording.get(language) or law.wording.get("en") or next(iter(law.wording.values()))


def provision(messages: Any, law: LawPack, name: str, version: ProvisionVersion) -> dict[str, Any]:
    """Describe a version of a provision: where it stands, how well it is known, whether its article is printed."""
    act = law.provisions[name].act
    forms = words_of(law, messages.language).acts.get(act)
    return {
        "id": name,
        "act": forms.short.nom if forms else act,
        "article": version.article,
        "article_lead": version.article_lead,
        "part": version.part,
        "from": str(version.from_ or ""),
        "until": str(version.until or ""),
        "grade": version.grade,
        "use": version.use,
        "printed": version.citable,
        "source": version.source,
        "note": version.note,
        "confirmed": confirmation(version.confirmed),
    }


def confirmation(word: Confirmation | None) -> dict[str, str] | None:
    """Describe on whose word an entry stands."""
    return {"by": word.by, "on": word.on.isoformat(), "source": word.source} if word else None


def provision_lines(messages: Any, told: dict[str, Any]) -> list[str]:
    """Return the lines for a described provision: the citation, how well it is known, and where it was read."""
    number = told["article"] or told["article_lead"]
    where = (
        messages.say("law-article" if told["printed"] else "law-article-unverified", article=number) if number else ""
    )
    part = messages.say("law-part", part=told["part"]) if told["part"] and told["printed"] else ""
    cited = f"{told['id']}  {told['act']}{', ' + where if where else ''}{', ' + part if part else ''}"
    since = told_span(messages, told["from"], told["until"])
    grade = messages.say(f"law-grade-{told['grade']}")
    if told["confirmed"]:
        grade = messages.say("law-confirmed", **told["confirmed"])
    lines = [cited, f"  {since}; {grade}"]
    return [*lines, f"  {told['source']}"] if told["source"] else lines


def told_span(messages: Any, first: object, last: object) -> str:
    """Write from when to when a version is in force."""
    if last:
        return str(messages.say("law-version-span", first=first or "…", last=last))
    return str(messages.say("law-version-since", first=first) if first else messages.say("law-version-unknown"))


def told_value(messages: Any, value: Any) -> str:
    """Write a fact as the case file does: a moment, a day, yes or no; other facts only as known."""
    if isinstance(value, Moment):
        return told_moment(messages, value)
    if isinstance(value, date):
        return value.isoformat()
    return messages.say(f"fact-{value}") if isinstance(value, Answer) else str(messages.say("fact-known"))


def told_moment(messages: Any, moment: Moment) -> str:
    """Write a moment: the day, the time of day where it is known, and whether it is approximate."""
    text = f"{moment.day}{f' {moment.clock:%H:%M}' if moment.clock else ''}"
    return str(messages.say("about", moment=text)) if moment.approximate else text


def told_length(messages: Any, length: timedelta) -> str:
    """Write a length of time in hours and minutes."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    return str(messages.say("hours-minutes", hours=hours, minutes=minutes))

"""How provisions, facts and lengths of time are told on the screen: one description, for text, JSON and HTML."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from generator.case import labels
from generator.case.values import Answer, Moment
from generator.cli.messages import Messages
from generator.law.model import LawPack
from generator.law.provisions import ProvisionVersion
from generator.register.confirm import Entry
from generator.register.usage import Usage


def words_of(law: LawPack, language: str) -> Any:
    """Return the words of a pack in the language of messages, in English where it has none of its own."""
    return law.wording.get(language) or law.wording.get("en") or next(iter(law.wording.values()))


def provision(messages: Messages, law: LawPack, name: str, version: ProvisionVersion) -> dict[str, Any]:
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
        "confirmed": version.confirmed.told() if version.confirmed else None,
    }


def provision_lines(messages: Messages, told: dict[str, Any]) -> list[str]:
    """Return the lines for a described provision: the citation, how well it is known, and where it was read."""
    number = told["article"] or told["article_lead"]
    where = (
        messages.say("law-article" if told["printed"] else "law-article-unverified", article=number) if number else ""
    )
    part = messages.say("law-part", part=told["part"]) if told["part"] and told["printed"] else ""
    cited = f"{told['id']}  {told['act']}{', ' + where if where else ''}{', ' + part if part else ''}"
    return [cited, *_standing(messages, told)]


def _standing(messages: Messages, told: dict[str, Any]) -> list[str]:
    """Return the lines that say from when to when a text is in force, how well it is known, and where it was read."""
    since = told_span(messages, told["from"], told["until"])
    word = told["confirmed"]
    grade = messages.say("law-confirmed", **word) if word else messages.say(f"law-grade-{told['grade']}")
    return [f"  {since}; {grade}", *([f"  {told['source']}"] if told["source"] else [])]


def questions(messages: Messages, paths: Iterable[str]) -> list[dict[str, str]]:
    """Return for each fact how to ask for it, or what it is called where it is nothing to ask a person."""
    language = messages.language
    return [{"path": p, "question": labels.question(p, language) or labels.title(p, language)} for p in paths]


def told_span(messages: Messages, first: object, last: object) -> str:
    """Write from when to when a version is in force."""
    if last:
        return messages.say("law-version-span", first=first or "…", last=last)
    return messages.say("law-version-since", first=first) if first else messages.say("law-version-unknown")


def told_value(messages: Messages, value: Any) -> str:
    """Write a fact as the case file does: a moment, a day, yes or no; other facts only as known."""
    if isinstance(value, Moment):
        return told_moment(messages, value)
    if isinstance(value, date):
        return value.isoformat()
    return messages.say(f"fact-{value}") if isinstance(value, Answer) else str(messages.say("fact-known"))


def told_moment(messages: Messages, moment: Moment) -> str:
    """Write a moment: the day, the time of day where it is known, and whether it is approximate."""
    text = f"{moment.day}{f' {moment.clock:%H:%M}' if moment.clock else ''}"
    return messages.say("about", moment=text) if moment.approximate else text


def told_length(messages: Messages, length: timedelta) -> str:
    """Write a length of time in hours and minutes."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    return messages.say("hours-minutes", hours=hours, minutes=minutes)


def entry_words(messages: Messages, entry: Entry, used: Usage) -> dict[str, Any]:
    """Describe a provision or time limit: all its versions, and who uses it."""
    pack = entry.pack
    words = words_of(pack, messages.language)
    told: dict[str, Any] = {
        "id": entry.name,
        "pack": pack.head.id,
        "section": entry.section,
        "place": str(pack.places.get(f"{entry.section}/{entry.name}", "")),
        "used": {"grounds": used.grounds, "limits": used.limits, "names": used.principles, "letters": used.letters},
    }
    if entry.section == "provisions":
        found = pack.provisions[entry.name]
        said = words.provisions.get(entry.name, "")
        return told | {
            "title": found.title,
            "says": said,
            "versions": [provision(messages, pack, entry.name, version) for version in found.versions],
        }
    limit = pack.limits[entry.name]
    return told | {
        "title": words.limits.get(entry.name, ""),
        "says": limit.counted_from,
        "provision": limit.provision,
        "versions": [
            {
                "length": version.length,
                "count": limit.count,
                "from": str(version.from_ or ""),
                "until": str(version.until or ""),
                "grade": version.grade,
                "counted": version.countable,
                "source": version.source,
                "note": version.note,
                "confirmed": version.confirmed.told() if version.confirmed else None,
            }
            for version in limit.versions
        ],
    }


def entry_lines(messages: Messages, given: dict[str, Any]) -> list[str]:
    """Return the lines for a described provision or time limit."""
    lines = [f"{given['id']}  {given['title']}  ({given['pack']}; {given['place']})"]
    if given["says"]:
        lines.append(f"  {given['says']}")
    for version in given["versions"]:
        if given["section"] == "provisions":
            lines += [f"  {line}" for line in provision_lines(messages, version)]
        else:
            lines += [f"  {line}" for line in _limit_lines(messages, version)]
        if version["note"]:
            lines.append(f"    {version['note']}")
    for kind, names in given["used"].items():
        if names:
            lines.append(f"  {messages.say(f'law-used-{kind}', names=', '.join(names))}")
    return [*lines, ""]


def _limit_lines(messages: Messages, version: dict[str, Any]) -> list[str]:
    amount = messages.say(f"count-{version['count']}", length=version["length"])
    counted = messages.say("limit-counted" if version["counted"] else "limit-asked")
    return [f"{amount}; {counted}", *_standing(messages, version)]

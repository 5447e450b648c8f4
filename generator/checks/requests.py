"""A letter asks for a few things, all of them on one track, each of them for a reason, and for all it has reason to."""

from collections.abc import Iterator, Sequence

from generator.checks.model import LetterCheck, LetterSubject
from generator.document import Item
from generator.errors import Place, Problem
from generator.findings.model import Outcome
from generator.letters.requirements import is_told

MOST = 8
"""How many requests a letter may make before a reader loses the thread."""


def _run(subject: LetterSubject) -> Iterator[Problem]:
    printed = [b for b in subject.assembly.letter.body if isinstance(b, Item) and b.series.startswith("request")]
    made = [item.id for item in printed if item.id]
    yield from _tracks(subject, made)
    yield from _reasons(subject, made)
    number = sum(item.level == 0 for item in printed)
    if number > MOST:
        values = {"letter": subject.name, "number": str(number), "limit": str(MOST)}
        yield Problem("too-many-requests", None, "", values)


def _tracks(subject: LetterSubject, made: Sequence[str]) -> Iterator[Problem]:
    """Report a request that the list does not know, and a letter on more than one track."""
    known, tracks = subject.requests.tracks, dict[str, None]()
    for request in dict.fromkeys((*subject.entry.kind.requests, *made)):
        if request not in known:
            yield Problem("unknown-request", _place(subject), "", {"letter": subject.name, "request": request})
        elif known[request] != "any":
            tracks[known[request]] = None
    if len(tracks) > 1:
        yield Problem("mixed-tracks", _place(subject), "", {"letter": subject.name, "tracks": ", ".join(tracks)})


def _reasons(subject: LetterSubject, made: Sequence[str]) -> Iterator[Problem]:
    """Report a request whose facts nobody told, and a breach that the letter pleads and asks nothing about."""
    for request in made:
        facts = subject.requests.rests_on.get(request, ())
        if facts and not any(is_told(subject.case.facts, path) for path in facts):
            values = {"letter": subject.name, "request": request, "facts": ", ".join(facts)}
            yield Problem("request-without-fact", _place(subject), "", values)
    for ground in subject.entry.kind.pleads:
        finding = subject.assembly.findings.get(ground)
        answers = subject.requests.answers.get(ground, ())
        if answers and finding and finding.outcome is Outcome.VIOLATED and not set(answers) & set(made):
            values = {"letter": subject.name, "ground": ground, "requests": ", ".join(answers)}
            yield Problem("fact-without-request", _place(subject), "", values)


def _place(subject: LetterSubject) -> Place:
    return Place((subject.entry.folder / "letter.yaml").as_posix())


CHECK = LetterCheck("requests", _run)

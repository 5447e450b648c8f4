"""A letter asks for a few things, all of them on one track, so that it is not answered on the slowest."""

from collections.abc import Iterator

from generator.checks.model import LetterCheck, LetterSubject
from generator.document import Item
from generator.errors import Place, Problem

MOST = 8
"""How many requests a letter may make before a reader loses the thread."""


def _run(subject: LetterSubject) -> Iterator[Problem]:
    printed = [b for b in subject.assembly.letter.body if isinstance(b, Item) and b.series.startswith("request")]
    wanted = dict.fromkeys((*subject.entry.kind.requests, *(item.id for item in printed if item.id)))
    place = Place((subject.entry.folder / "letter.yaml").as_posix())
    tracks: dict[str, None] = {}
    for request in wanted:
        if request not in subject.tracks:
            yield Problem("unknown-request", place, "", {"letter": subject.name, "request": request})
        elif subject.tracks[request] != "any":
            tracks[subject.tracks[request]] = None
    if len(tracks) > 1:
        yield Problem("mixed-tracks", place, "", {"letter": subject.name, "tracks": ", ".join(tracks)})
    number = sum(item.level == 0 for item in printed)
    if number > MOST:
        values = {"letter": subject.name, "number": str(number), "limit": str(MOST)}
        yield Problem("too-many-requests", None, "", values)


CHECK = LetterCheck("requests", _run)

"""English words for what `letter.yaml` says in keys: signers, addressees, stages, replies."""

from collections.abc import Sequence
from datetime import date

from babel import Locale

from generator.case.labels import load_labels, title
from generator.law.model import LawPack
from generator.letters.catalogue import Addressee, CatalogueEntry, LetterKind
from generator.publish import POSSIBLE, USUAL

AS_OF = date(2026, 6, 1)
"""The day of the law that the page tells of, and the day on which its examples are written."""
_OFFICIALS = {
    "investigator": "the investigator or inquiry officer",
    "prosecutor": "the supervising prosecutor",
    "caller": "the official who made the summons",
}
_FORMS = {"letter": "letter on A4", "card": "card folded from A4", "message": "message to be sent"}


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Join words: a, b and c."""
    *head, end = parts
    return f"{', '.join(head)} {last} {end}" if head else end


def name(kind: LetterKind) -> str:
    """Return the English name of a letter, the one in its leading language where it has none."""
    return kind.titles.get("en") or kind.titles[kind.leading]


def purpose(kind: LetterKind) -> str:
    """Return what a letter is for, in the leading language where it does not say so in English."""
    return kind.purposes.get("en") or kind.purposes[kind.leading]


def form(kind: LetterKind) -> str:
    """Say what a letter is made as, and in which formats."""
    usual, possible = USUAL[kind.form], POSSIBLE[kind.form]
    more = [f"`{each}`" for each in possible if each not in usual]
    text = f"{_FORMS[kind.form]}: {listed([f'`{each}`' for each in usual])}"
    return f"{text}, on request {listed(more)}" if more else text


def signers(kind: LetterKind, *, brief: bool = False) -> str:
    """Say who may sign, the usual one first."""
    acting = listed([choice("Representative.kind", each) for each in kind.representatives], "or")
    known = {
        "client": "the client",
        "representative": "the representative" if brief else f"the representative ({acting})",
    }
    return listed([known.get(each, each) for each in kind.signers], "or") if kind.signers else "nobody"


def recipient(to: Addressee | None, law: LawPack, *, brief: bool = False) -> str:
    """Say whom a letter goes to; briefly without what is done where that one is not known."""
    if to is None:
        return "nobody in particular"
    if to.official:
        others = listed([_fact(path) for path in to.bodies], "or") if to.bodies else ""
        more = f"; where nobody is named, the first known of {others}" if others and not brief else ""
        return _OFFICIALS[to.official] + more
    if to.body or to.above:
        above = "the office above the " if to.above else "the "
        path = to.body or to.above
        return above + (title(path, "en") if brief else _fact(path))
    return _office(to, law)


def copy(to: Addressee, law: LawPack) -> str:
    """Say who gets a copy: an official of the case by himself, an office where the lawyer settles which."""
    return recipient(to, law) + ("" if to.official else ", if the case file names the office under `letters`")


def _fact(path: str) -> str:
    return f"{title(path, 'en')} (`{path}`)"


def _office(to: Addressee, law: LawPack) -> str:
    """Name the office of a role and level where the pack has one alone, else the role and level."""
    fitting = [key for key, office in law.authorities.items() if (office.role, office.level) == (to.role, to.level)]
    post = law.wording["en"].authorities[fitting[0]].post if len(fitting) == 1 else None
    return post.nom if post else f"the {to.role} of {to.level} level"


def about(kind: LetterKind) -> str:
    """Say of what a case has one such letter for each."""
    return f"{ {'submissions': 'submission', 'inquiries': 'inquiry'}[kind.about] } of the case (`{kind.about}`)"


def choice(field: str, value: str) -> str:
    """Return the English word for a choice of a field of the case file."""
    return load_labels("en").fields[field].choices.get(value, value.replace("_", " "))


def stage(value: str) -> str:
    """Return the English word for a stage of a case."""
    return choice("CaseHead.stage", value)


def paper(value: str) -> str:
    """Return the English word for a kind of paper, with its key."""
    return f"{choice('Evidence.paper', value)} (`{value}`)"


def ground(value: str, law: LawPack) -> str:
    """Return how a letter names the rule that was not observed."""
    return law.wording["en"].grounds[value].rule


def reply(limit: str, law: LawPack) -> str:
    """Say when a reply is due: the time limit if it is verified, else that a lawyer must confirm it."""
    named = f"{law.wording['en'].limits.get(limit, limit)} (`{limit}`)"
    version = law.on(AS_OF).find("limits", limit)
    if version is None or not version.countable:
        return f"{named}: a lawyer must confirm the time limit"
    return f"{named}: {version.length} {law.limits[limit].count.replace('-', ' ')}"


def languages(entry: CatalogueEntry) -> str:
    """Name the languages a letter is written in, and whether a native lawyer has reviewed the text."""
    return ", ".join(
        f"{Locale('en').languages[each]} ({'reviewed' if each in entry.kind.reviewed else 'not reviewed'})"
        for each in entry.languages()
    )

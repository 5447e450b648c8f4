"""One part of a name in the grammatical cases of Russian: the rules of pytrovich, ours before them, and our doubts.

`rules.json` holds what pytrovich lacks or has wrong for the names of Central Asia: the letters ҳ ҷ қ ғ, women's names
in -ча and -жа, men's names in -ек. What no rule settles stays as it is, with a reason to ask a person.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pytrovich import Case, Gender, NamePart, PetrovichDeclinationMaker

Sex = Literal["m", "f"]
Kind = Literal["surname", "given_name", "patronymic"]

CASES: Mapping[str, Case] = {
    "gen": Case.GENITIVE,
    "dat": Case.DATIVE,
    "acc": Case.ACCUSATIVE,
    "ins": Case.INSTRUMENTAL,
    "prep": Case.PREPOSITIONAL,
}
"""The cases besides the nominative, as a case file names them."""

_GENDERS: Mapping[Sex, Gender] = {"m": Gender.MALE, "f": Gender.FEMALE}
_RULES = Path(__file__).with_name("rules.json")
_LETTERS = "\u0401-\u045f\u048a-\u052f"
_NAME = re.compile(f"[{_LETTERS}]{{2,}}([ \u2010\u2011-][{_LETTERS}]{{2,}})*")
_JOINTS = re.compile("[ \u2010\u2011-]")
_KEPT = frozenset("оеёэиыуюӯіәөүұ")
_CONSONANTS = frozenset("бвгджзйклмнпрстфхцчшщҳҷқғңһ")
_DECLINED = _CONSONANTS | frozenset("аяь")
_KIN = frozenset(
    {
        "оглы",
        "оглу",
        "огли",
        "оғлы",
        "оғли",
        "ўғли",
        "ӯғлӣ",
        "кызы",
        "кизи",
        "қизи",
        "қызы",
        "гызы",
        "улы",
        "ұлы",
        "уулу",
        "уул",
    }
)
_UNSETTLED = ("зода", "зада", "заде", "пур", "иён", "ӣ")  # both usages are met; letters must keep to one
_SETTLED = frozenset({"озода", "шопур", "шапур"})  # names that only look like those
_OTHER_SEX: Mapping[tuple[Kind, Sex], tuple[str, ...]] = {
    ("surname", "m"): ("ова", "ева", "ёва", "ская", "цкая"),
    ("surname", "f"): ("ов", "ев", "ёв", "ский", "цкий"),
    ("patronymic", "m"): ("вна", "чна"),
    ("patronymic", "f"): ("вич",),
}
_STRESS_KNOWN = frozenset(
    {
        "мария",
        "софия",
        "анастасия",
        "виктория",
        "юлия",
        "лидия",
        "наталия",
        "валерия",
        "ксения",
        "евгения",
        "алия",
        "альфия",
        "асия",
        "галия",
        "гульфия",
        "зульфия",
        "гулфия",
        "зулфия",
    }
)


@dataclass(frozen=True, slots=True)
class Declined:
    """One part of a name in every case but the nominative; `doubts` says for which cases a person must choose, why."""

    forms: Mapping[str, str]
    doubts: Mapping[str, str] = field(default_factory=dict)


def decline(kind: Kind, sex: Sex, text: str) -> Declined | str:
    """Return the forms of one part of a name, or why the rules have none: `odd-name`, `other-sex`."""
    if not _NAME.fullmatch(text) or text[0].islower():
        return "odd-name"
    if text.lower().endswith(_OTHER_SEX.get((kind, sex), ())):
        return "other-sex"
    doubt = _why_kept(kind, sex, text.lower())
    return _by_rule(kind, sex, text) if doubt is None else _kept(text, doubt)


def _why_kept(kind: Kind, sex: Sex, name: str) -> str | None:
    """Return why a part is left as it is, empty where no other usage is met; `None` where it bends."""
    *before, last = _JOINTS.split(name)
    if before:
        return "" if last in _KIN else "compound"
    if sex == "f" and name[-1] in _CONSONANTS:
        return ""
    if _is_unsettled(kind, sex, name):
        return "ending"
    if name[-1] in _KEPT:
        return ""
    return None if name[-1] in _DECLINED else "letter"


def _is_unsettled(kind: Kind, sex: Sex, name: str) -> bool:
    if kind == "patronymic" and sex == "f" and name[-1] in "аяь" and not name.endswith(("вна", "чна")):
        return True  # the father's plain name: whether it bends with a woman's, nobody has settled
    womans = kind == "given_name" and sex == "f"  # Шаҳзода, Озода: no surnames, they bend like any other
    return name not in _SETTLED and name.endswith(_UNSETTLED) and not (womans and name.endswith("а"))


def _kept(text: str, doubt: str = "") -> Declined:
    return Declined(dict.fromkeys(CASES, text), dict.fromkeys(CASES, doubt) if doubt else {})


def _by_rule(kind: Kind, sex: Sex, text: str) -> Declined:
    name = text.lower()
    part = {"surname": NamePart.LASTNAME, "given_name": NamePart.FIRSTNAME}.get(kind, NamePart.MIDDLENAME)
    if part is NamePart.MIDDLENAME and not name.endswith(("ич", "вна", "чна")):
        part = NamePart.FIRSTNAME  # the father's plain name after the new fashion: Абдураҳмон
    forms = _forms(part, _GENDERS[sex], text.capitalize() if text.isupper() else text)
    doubts: Mapping[str, str] = {}
    if part is NamePart.FIRSTNAME and name.endswith("ия") and name not in _STRESS_KNOWN:
        doubts = dict.fromkeys(("dat", "ins", "prep"), "stress")
    if kind == "surname" and name.endswith("ин") and not name.endswith(("ддин", "кин")):
        doubts = {"ins": "plain-name"}
    return Declined({case: form.upper() if text.isupper() else form for case, form in forms.items()}, doubts)


def _forms(part: NamePart, gender: Gender, text: str) -> Mapping[str, str]:
    """Decline by our rules, or where none of them fits by those of pytrovich."""
    forms: dict[str, str] = {}
    for maker in _makers():
        forms = {name: maker.make(part, gender, case, text) for name, case in CASES.items()}
        if forms["gen"] != text:
            break
    return forms


@lru_cache
def _makers() -> tuple[PetrovichDeclinationMaker, ...]:
    return PetrovichDeclinationMaker(str(_RULES)), PetrovichDeclinationMaker()

"""What a text says of the law: breaches the facts show, lengths of time limits, provisions to be cited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from generator.findings.model import Finding, Outcome
from generator.law.model import LawPack
from generator.law.provisions import ProvisionVersion
from generator.letters.citing import Citation, cited_by
from generator.letters.language import LanguageFile
from generator.letters.view import Shown, Unknown, Words


@dataclass(frozen=True, slots=True)
class Breach(Shown):
    """Violated grounds as a text names them: the rules, and the law that sets them."""

    rule: str
    law: Citation


@dataclass(frozen=True, slots=True)
class Rules(Words):
    """The law of one letter: its pack on the day of the letter, and what the facts show."""

    language: LanguageFile
    law: LawPack
    findings: Mapping[str, Finding]
    day: date

    def breaches(self, *grounds: str) -> list[Breach]:
        """Return those of the grounds that the facts show to be violated, in the order asked for.

        Those in a row that would be cited with the same words are one, or the letter would repeat them.
        """
        found = [self.findings[ground] for ground in grounds if ground in self.findings]
        violated = [self._breach(finding) for finding in found if finding.outcome is Outcome.VIOLATED]
        return [self._joined(list(alike)) for _, alike in groupby(violated, self._cited)]

    def _breach(self, finding: Finding) -> Breach:
        rule = self.law.wording[self.language.language].grounds[finding.ground].rule
        return Breach(rule, Citation(tuple(finding.provisions or ()), finding.day or self.day))

    def _cited(self, breach: Breach) -> tuple[object, ...]:
        """Return what differs between breaches that are not to be one: rules of several clauses stand alone."""
        acts = cited_by(self.law, breach.law, self.language).acts
        return breach.law.day, breach.rule if "," in breach.rule else "", *((act, acts[act][1]) for act in acts)

    def _joined(self, breaches: list[Breach]) -> Breach:
        provisions = dict.fromkeys(name for breach in breaches for name in breach.law.provisions)
        rules = self.language.joined([breach.rule for breach in breaches])
        return Breach(rules, Citation(tuple(provisions), breaches[0].law.day))

    def violated(self, *grounds: str) -> bool:
        """Say whether the facts show any of the grounds to be violated."""
        return any(self.findings[ground].outcome is Outcome.VIOLATED for ground in grounds if ground in self.findings)

    def limit(self, name: str) -> Any:
        """Write the length of a time limit in hours after a word like «не позднее»; unknown for a mere lead."""
        if not isinstance(name, str):
            raise TypeError
        length = _hours(self.law, name, self.day)
        if length is None:
            return Unknown(name)
        return f"{length} {self.language.plural(length, self.language.units.about_units['hours'])}"

    def principle(self, *names: str) -> Citation:
        """Return the provisions that say something in this country, by its neutral names.

        Of those the ones in force on the day of the letter are cited; where none is, citing them is an error.
        """
        return _citation(self.law, names, self.day)

    def founded(self, *names: str) -> bool:
        """Say whether the pack has any provision in force behind one of the neutral names."""
        return bool(_in_force(self.law, names, self.day))

    def verified(self, *names: str) -> bool:
        """Say whether one of the provisions behind the neutral names was seen or described by a good source."""
        return any(version.confirmed or version.grade != "lead" for version in _in_force(self.law, names, self.day))


@lru_cache(maxsize=4096)
def _citation(law: LawPack, names: tuple[str, ...], day: date) -> Citation:
    then = law.on(day)
    named = tuple(p for name in names for p in law.principles[name].provisions)
    return Citation(tuple(p for p in named if then.find("provisions", p)) or named, day)


@lru_cache(maxsize=4096)
def _in_force(law: LawPack, names: tuple[str, ...], day: date) -> tuple[ProvisionVersion, ...]:
    then = law.on(day)
    entries = (law.principles[name] for name in names if name in law.principles)
    found = (then.find("provisions", provision) for entry in entries for provision in entry.provisions)
    return tuple(version for version in found if version)


@lru_cache(maxsize=1024)
def _hours(law: LawPack, name: str, day: date) -> int | None:
    """Return the length of a time limit in hours, `None` where it may not be told or is counted in something else."""
    limit = law.on(day).limit(name) if name in law.limits else None
    countable = limit is not None and limit.countable and law.limits[name].count == "hours"
    return int(limit.length) if limit and countable else None

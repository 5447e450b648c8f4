"""The words of one letter: values in, words of one language out. Texts reach it through `filters`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from generator.case.clock import elapsed
from generator.case.values import Answer, Moment, Money
from generator.findings.model import Finding, Outcome
from generator.law.model import LawPack
from generator.letters.language import LanguageFile
from generator.letters.view import Told, Unknown, Value, entity_of, in_own_words


@dataclass(frozen=True, slots=True)
class Citation:
    """Provisions to be cited; written out when the order of the letter is known, the first mention in full."""

    provisions: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class Reference:
    """Numbered paragraphs of the same letter, by id; written out when the numbers are known."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """A violated ground as a text names it: the rule, and the law that sets it."""

    rule: str
    law: Citation


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one letter: its language, its law, who speaks, and the zone times are told in."""

    language: LanguageFile
    law: LawPack
    findings: Mapping[str, Finding]
    day: date
    signer: str

    def written_date(self, value: Any) -> Any:
        """Write a day in full: «10 марта 2026 года»."""
        return _told(value, lambda v: self._day(v.day if isinstance(v, Moment) else v))

    def year(self, value: Any) -> Any:
        """Write the year of a day."""
        return _told(value, lambda v: str((v.day if isinstance(v, Moment) else v).year))

    def at(self, value: Any) -> Any:
        """Write the time of a moment: «в 11:20» or «около 11:20»; nothing is known where there is no time of day."""
        if isinstance(value, Value) and value.value.clock is None:
            return Unknown(value.path)
        patterns = self.language.clock.at
        return _told(value, lambda v: patterns["about" if v.approximate else "exact"].format(time=_clock(v)))

    def then(self, value: Any, since: Any) -> Any:
        """Write the time of a moment, and its day before it where that is not the day of the moment told before."""
        time = self.at(value)
        if not isinstance(time, Told) or (isinstance(since, Value) and since.value.day == value.value.day):
            return time
        pattern = self.language.clock.then
        return Told(pattern.format(date=self._day(value.value.day), time=time), value.path)

    def span(self, start: Any, end: Any) -> Any:
        """Write a stretch of time: «с 11:40 до 18:20»; the day is said where it is another one."""
        if unknown := _unknown_clock(start, end):
            return unknown
        first, last = start.value, end.value
        pattern = self.language.clock.span
        times = [
            _clock(v) if first.day == last.day else pattern.other_day.format(time=_clock(v), date=self._day(v.day))
            for v in (first, last)
        ]
        chosen = pattern.about if first.approximate or last.approximate else pattern.exact
        return Told(chosen.format(start=times[0], end=times[1]), start.path)

    def duration(self, start: Any, end: Any) -> Any:
        """Write the time between two moments, computed: «7 часов», «около 7 часов 30 минут»."""
        if unknown := _unknown_clock(start, end):
            return unknown
        length = elapsed(start.value, end.value, self.law.head.zone) or timedelta(0)
        about = start.value.approximate or end.value.approximate
        hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
        units = self.language.units
        words = units.about_units if about else {"hours": units.hours, "minutes": units.minutes}
        parts = [
            f"{number} {self.language.plural(number, words[unit])}"
            for unit, number in (("hours", hours), ("minutes", minutes))
            if number or (unit == "minutes" and not hours)
        ]
        amount = " ".join(parts)
        return Told(units.about.format(amount=amount) if about else amount, end.path)

    def people(self, value: Any) -> Any:
        """Write a number of people: «двое»."""
        words = self.language.people
        more = self.language.people_more
        return _told(value, lambda n: words[n - 1] if n <= len(words) else more.format(number=n))

    def sheets(self, value: Any) -> Any:
        """Write a number of sheets: «2 л.»."""
        return _told(value, lambda n: f"{n} {self.language.plural(n, self.language.pages)}")

    def money(self, value: Any) -> Any:
        """Write a sum with its currency code."""
        return _told(value, lambda m: f"{_amount(m)} {m.currency}")

    def name(self, person: Any, case: str = "nom") -> Any:
        """Write a person's full name in a grammatical case; an unconfirmed form is a gap, never a guess."""
        entity, path = entity_of(person)
        forms = getattr(entity.name_forms, self.language.language)
        where = f"{path}.name_forms.{self.language.language}"
        nominative = forms.nom or (self._full_name(entity) if in_own_words(person) else "")
        if not nominative:
            return Unknown(f"{where}.nom")
        if case == "nom" or forms.declines is Answer.NO or self.language.cite.act_case == "nom":
            return Told(nominative, where)
        form = getattr(forms, case)
        return Told(form, f"{where}.{case}") if form else Unknown(f"{where}.{case}")

    def signed(self, person: Any) -> Any:
        """Write a person's name as it stands under a letter: «Р. С. Рахимов».

        In English, and where the case is written in another language, it is the full name.
        """
        entity, path = entity_of(person)
        spelt = in_own_words(person) and self.language.language != "en"
        if not spelt or not entity.surname or not entity.given_name:
            return self.name(person)
        initials = " ".join(f"{name[0]}." for name in (entity.given_name, entity.patronymic) if name)
        return Told(self.language.name["signed"].format(initials=initials, surname=entity.surname), f"{path}.surname")

    def body(self, group: Any, case: str = "nom") -> Any:
        """Write the name of a body: the official one of the pack, or the words the case file gives."""
        entity, path = entity_of(group)
        if entity.authority:
            return self.authority(Told(entity.authority, f"{path}.authority"), case, "body")
        forms = getattr(entity.name, self.language.language)
        where = f"{path}.name.{self.language.language}"
        form = forms.nom if forms.declines is Answer.NO or self._caseless else getattr(forms, case)
        return Told(form, f"{where}.{case}") if form else Unknown(f"{where}.{'nom' if self._caseless else case}")

    def post(self, key: Any, case: str = "nom") -> Any:
        """Write the office one addresses: «Генеральному прокурору Республики Таджикистан»."""
        return key if isinstance(key, Unknown) else self.authority(key, case, "post")

    def authority(self, key: Told, case: str, which: str) -> Any:
        """Write an authority of the pack, its office (`post`) or the body."""
        words = self.law.wording.get(self.language.language)
        entry = words.authorities.get(key) if words else None
        forms = getattr(entry, which, None) or getattr(entry, "body", None) or getattr(entry, "post", None)
        form = forms and getattr(forms, "nom" if self._caseless else case)
        return Told(form, key.path) if form else Unknown(key.path)

    def agree(self, person: Any, masculine: str, feminine: str) -> Any:
        """Choose the words that agree with a person's sex."""
        entity, path = entity_of(person)
        return {"m": masculine, "f": feminine}.get(entity.sex) or Unknown(f"{path}.sex")

    def voice(self, client: str, representative: str) -> str:
        """Choose the words for who speaks: the client, or the representative for the client."""
        return client if self.signer == "client" else representative

    def breaches(self, *grounds: str) -> list[Breach]:
        """Return those of the grounds that the facts show to be violated, in the order asked for."""
        words = self.law.wording[self.language.language].grounds
        found = [self.findings[ground] for ground in grounds if ground in self.findings]
        return [
            Breach(words[f.ground].rule, Citation(tuple(f.provisions or ()), f.day or self.day))
            for f in found
            if f.outcome is Outcome.VIOLATED
        ]

    def violated(self, *grounds: str) -> bool:
        """Say whether the facts show any of the grounds to be violated."""
        return any(self.findings[ground].outcome is Outcome.VIOLATED for ground in grounds if ground in self.findings)

    def limit(self, name: str) -> Any:
        """Write the length of a time limit after a word like «не позднее»: «3 часов»; unknown for a mere lead."""
        limit = self.law.on(self.day).limit(name) if name in self.law.limits else None
        if limit is None or not limit.countable or self.law.limits[name].count != "hours":
            return Unknown(name)
        length = int(limit.length)
        return f"{length} {self.language.plural(length, self.language.units.about_units['hours'])}"

    def principle(self, *names: str) -> Citation:
        """Return the provisions that say something in this country, by its neutral names.

        Of those the ones in force on the day of the letter are cited; where none is, citing them is an error.
        """
        known, then = self.law.principles, self.law.on(self.day)
        named = tuple(p for name in names for p in known[name].provisions)
        return Citation(tuple(p for p in named if then.find("provisions", p)) or named, self.day)

    def listed(self, items: Iterable[Any]) -> Any:
        """Join texts of one list: «а, б и в»."""
        texts = [str(item) for item in items]
        return Told(self.language.joined(texts), "") if texts else Unknown(getattr(items, "path", ""))

    @property
    def _caseless(self) -> bool:
        return self.language.cite.act_case == "nom"

    def _day(self, day: date) -> str:
        months = self.language.date.months
        return self.language.date.long.format(day=day.day, month=months[day.month - 1], year=day.year)

    def _full_name(self, entity: Any) -> str:
        if not entity.surname:
            return ""
        parts = self.language.name["full"].format(
            surname=entity.surname, given=entity.given_name or "", patronymic=entity.patronymic or ""
        )
        return " ".join(parts.split())


def _told(value: Any, write: Callable[[Any], str]) -> Any:
    return Told(write(value.value), value.path) if isinstance(value, Value) else value


def _unknown_clock(*values: Any) -> Unknown | None:
    for value in values:
        if isinstance(value, Unknown):
            return value
        if value.value.clock is None:
            return Unknown(value.path)
    return None


def _clock(moment: Moment) -> str:
    return f"{moment.clock:%H:%M}" if moment.clock else ""


def _amount(money: Money) -> str:
    whole, _, cents = f"{money.amount:,f}".replace(",", " ").partition(".")
    return f"{whole},{cents}" if cents.strip("0") else whole

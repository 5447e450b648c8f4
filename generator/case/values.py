"""The kinds of value a fact can have, and how each is written in a case file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_plain_validator_function, plain_serializer_function_ser_schema

MAX_TEXT = 4000
YEARS = range(1900, 2201)
"""The years a case can speak of; any other is a slip of the pen, and no calendar counts there."""
ABOUT = ("about", "около", "тахминан", "~")
CODE = r"^(?!(con|prn|aux|nul|com[0-9]|lpt[0-9])$)(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*$"  # Windows has no such folders
LANGUAGE = r"^(ru|tg|en|kk|az)$"
COUNTRY = r"^[A-Z]{2}$"
REF = r"^(?=.{1,80}$)[a-z0-9]+([.-][a-z0-9]+)*$"


class Answer(StrEnum):
    """What is known of a thing that is so or not; an absent key is `unknown`, never `no`."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with the time of day where it is known, in the clock of the country of the case."""

    day: date
    clock: time | None = None
    approximate: bool = False


def day_of(value: Moment | date) -> date:
    """Return the day of a moment, or the day itself."""
    return value.day if isinstance(value, Moment) else value


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in one currency (ISO 4217 code)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """Mark of a field that no letter says; `unless` names the consent that lifts it, empty means never."""

    unless: str = ""


@dataclass(frozen=True, slots=True)
class Tells:
    """Mark of a text: what it tells of who somebody is, and so what a pseudonymised letter has in its place.

    A `story` is told on with names, places and numbers replaced; a `label` is the same in few words, where a capital
    letter makes no name (a make, a rank). `plain` is no text of a letter, or one of a closed list.
    """

    kind: Literal[
        "name",
        "person",
        "organisation",
        "place",
        "address",
        "phone",
        "email",
        "number",
        "code",
        "reference",
        "story",
        "label",
        "plain",
    ]


_LANGUAGE_KEY = re.compile(r"|[a-z]{2}").fullmatch
_ANSWERS = {"none": Answer.NO, **{answer.value: answer for answer in Answer}}


def _answer(value: Any) -> Any:
    if answer := _ANSWERS.get(str(value)):
        return answer
    raise PydanticCustomError("not_an_answer", "yes, no or unknown")


def _named_day(text: str) -> date | None:
    """Return the day a text names, `None` where there is no such day; refuse a year no case can speak of."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    if day.year not in YEARS:
        years = {"first": str(YEARS.start), "last": str(YEARS.stop - 1)}
        raise PydanticCustomError("year_out_of_range", "a year from {first} to {last}", years)
    return day


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError:
        return None


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)) and (day := _named_day(str(value))):
        return day
    raise PydanticCustomError("not_a_date", "a date")


def _moment(value: Any) -> Any:
    if isinstance(value, Moment):
        return value
    text = str(value)
    approximate = False
    for word in ABOUT:
        if text.startswith(word):
            text, approximate = text.removeprefix(word).strip(), True
    match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}:\d{2}))?", text)
    if match and (day := _named_day(match[1])):
        clock = _clock(match[2]) if match[2] else None
        if clock is not None or not match[2]:
            return Moment(day, clock, approximate)
    raise PydanticCustomError("not_a_moment", "a date and time")


def _money(value: Any) -> Any:
    if isinstance(value, Money):
        return value
    match = re.fullmatch(r"([0-9][0-9 ]*(?:[.,][0-9]{1,2})?) ?([A-Z]{3})", str(value))
    if not match:
        raise PydanticCustomError("not_money", "a sum and a currency code")
    return Money(Decimal(match[1].replace(" ", "").replace(",", ".")), match[2])


def _number(value: Any) -> Any:
    if isinstance(value, int) or re.fullmatch(r"[1-9][0-9]{0,3}", str(value)):
        return int(value)
    raise PydanticCustomError("not_a_number", "a whole number from 1")


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        raise PydanticCustomError("not_text", "one text")
    if len(value) > MAX_TEXT:
        raise PydanticCustomError("text_too_long", "shorter", {"limit": str(MAX_TEXT)})
    return value


def _words(value: Any) -> Any:
    """Take one text (in the language of the case) or a text for each language; keep the single text under ''."""
    if isinstance(value, str):
        return {"": _text(value)}
    if isinstance(value, dict) and value and all(_LANGUAGE_KEY(str(key)) for key in value):
        return {key: _text(text) for key, text in value.items()}
    raise PydanticCustomError("not_words", "a text, or a text for each language")


def _matching(pattern: str, error: str) -> Callable[[Any], Any]:
    fits = re.compile(pattern).fullmatch

    def check(value: Any) -> Any:
        if isinstance(value, str) and fits(value):
            return value
        raise PydanticCustomError(error, "another form")

    return check


@dataclass(frozen=True, slots=True, eq=False)
class _Kind:
    """How a kind of value is read, and its JSON Schema.

    Said to pydantic in its own terms: it would find out the same of each of our four hundred fields, one by one.
    """

    read: Callable[[Any], Any]
    described: Mapping[str, Any]
    written: bool = False

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return no_info_plain_validator_function(self.read, serialization=_AS_WRITTEN if self.written else None)

    def __get_pydantic_json_schema__(self, _core: CoreSchema, _handler: Any) -> dict[str, Any]:
        return {**self.described}


_AS_WRITTEN = plain_serializer_function_ser_schema(str)


def _kind(read: Callable[[Any], Any], *, written: bool = False, **described: Any) -> _Kind:
    return _Kind(read, described, written)


def _code(pattern: str, error: str) -> _Kind:
    return _kind(_matching(pattern, error), type="string", pattern=pattern)


Tri = Annotated[Answer, _kind(_answer, enum=["yes", "no", "none", "unknown"])]
Day = Annotated[date, _kind(_day, type="string", pattern=r"^\d{4}-\d{2}-\d{2}$")]
_MOMENT = r"^((about|около|тахминан|~) ?)?\d{4}-\d{2}-\d{2}([ T]\d{1,2}:\d{2})?$"
When = Annotated[Moment, _kind(_moment, written=True, type="string", pattern=_MOMENT)]
Sum = Annotated[Money, _kind(_money, written=True, type="string", pattern=r"^\d.* ?[A-Z]{3}$")]
Count = Annotated[int, _kind(_number, type=["integer", "string"])]
Text = Annotated[str, _kind(_text, type=["string", "number"])]
_OF_LANGUAGES = {"type": "object", "additionalProperties": {"type": "string"}}
Words = Annotated[dict[str, str], _kind(_words, anyOf=[{"type": "string"}, _OF_LANGUAGES])]
Name = Annotated[Text, Tells("name")]
Phone = Annotated[Text, Tells("phone")]
Email = Annotated[Text, Tells("email")]
Number = Annotated[Text, Tells("number")]
AddressLine = Annotated[Text, Tells("address")]
OrganisationLine = Annotated[Text, Tells("organisation")]
Label = Annotated[Text, Tells("label")]
Plain = Annotated[Text, Tells("plain")]
Address = Annotated[Words, Tells("address")]
Organisation = Annotated[Words, Tells("organisation")]
PlaceWords = Annotated[Words, Tells("place")]
LabelWords = Annotated[Words, Tells("label")]
Story = Annotated[Words, Tells("story")]
Code = Annotated[str, _code(CODE, "not_a_code"), Tells("code")]
Language = Annotated[
    str, _kind(_matching(LANGUAGE, "not_a_language"), enum=["ru", "tg", "en", "kk", "az"]), Tells("plain")
]
Country = Annotated[str, _code(COUNTRY, "not_a_country"), Tells("plain")]
Ref = Annotated[str, _code(REF, "not_a_reference"), Tells("reference")]
Kind = Annotated[str, _kind(_matching(REF, "not_a_reference"), type="string")]
"""The name of a kind of letter, as a key: no fact that slipped there; its schema is that of any key."""

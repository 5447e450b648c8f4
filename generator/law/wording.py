"""The words of a pack in one language: names of acts and bodies in their grammatical cases, rules, paraphrases."""

from pydantic import Field

from generator.law.record import Record
from generator.validation import YesNo


class Forms(Record):
    """A name in the grammatical cases of a language; `of` is its form before what it belongs to, as in Tajik."""

    nom: str
    of: str = ""
    gen: str = ""
    dat: str = ""
    acc: str = ""
    ins: str = ""
    prep: str = ""


class ActWording(Record):
    """The full name of an act, and the short one used from the second mention on."""

    full: Forms
    short: Forms


class AuthorityWording(Record):
    """The office one writes to and the body it belongs to."""

    post: Forms | None = None
    body: Forms | None = None
    city: str = ""


class GroundWording(Record):
    """How a breach is named: the rule that was not observed, as it completes the letter's sentence."""

    rule: str
    title: str = ""


class Wording(Record):
    """Every human string of a pack in one language; `reviewed` says whether a native lawyer confirmed it."""

    reviewed: YesNo
    acts: dict[str, ActWording] = Field(default_factory=dict)
    authorities: dict[str, AuthorityWording] = Field(default_factory=dict)
    posts: dict[str, Forms] = Field(default_factory=dict)
    ranks: tuple[Forms, ...] = ()
    grounds: dict[str, GroundWording] = Field(default_factory=dict)
    provisions: dict[str, str] = Field(default_factory=dict)
    limits: dict[str, str] = Field(default_factory=dict)
    holidays: dict[str, str] = Field(default_factory=dict)

"""Number formats of workbooks: the days and times each shows, and the signs it puts between and around the digits."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Mark = Literal[
    "sign", "slash", "digit", "general", "point", "comma", "percent", "text", "date", "elapsed", "unsure", "end"
]  # fmt: skip
Token = tuple[Mark, str]
Section = tuple[Token, ...]

UNSURE = "number-format"
"""What is wrong with a number whose format shows it in a way that cannot be told for sure."""
HIDDEN_TEXT = "text-format"
"""What is wrong with a text whose format shows it with other words, or not at all."""
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd.mm.yyyy",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss",
    22: "dd.mm.yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 43: "#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 49: "@",
}  # fmt: skip  # formats without a code, ECMA-376 18.8.30; others differ from country to country, or shorten
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<half>AM/PM|A/P)|(?P<bare>.)",
    re.IGNORECASE | re.DOTALL,
)
_BARE: dict[str, Mark] = {
    "0": "digit", "#": "digit", "?": "digit", ".": "point", ",": "comma", "%": "percent", "/": "slash",
    "@": "text", ";": "end",
    **dict.fromkeys("ymdhsYMDHS", "date"), **dict.fromkeys("$-+():!^&'~{}<>= ", "sign"),
}  # fmt: skip
_MAX_CODE = 255  # of any format of Excel
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d+", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_LOCALE = re.compile(r"\$(?P<sign>[^-]*)(?:-(?P<code>[0-9A-F]+))?", re.IGNORECASE)
_USUAL = {0, 1}  # digits and calendar of a locale: its own ones, or those of the West
_RUN = re.compile(r"([a-z])\1*")
_DAY_DIGITS = 2  # more letters name the day of the week


@dataclass(frozen=True, slots=True)
class Format:
    """What a number format shows: a day, a time of day, or a number by its sections, none where it is left plain.

    `fault` says why a number in this format cannot be told, `text_fault` the same of a text.
    """

    day: bool = False
    clock: bool = False
    sections: tuple[Section, ...] = ()
    fault: str = ""
    text_fault: str = ""


@lru_cache
def format_of(number: int, code: str) -> Format:
    """Return what a number format of a workbook shows, by its number or, where it has one, its code."""
    code = code or _BUILT_IN.get(number, "")
    sections = tuple(_sections(code)) if len(code) <= _MAX_CODE else ()
    if not code or not sections:
        return Format(fault=UNSURE)
    text_fault = _text_fault(sections)
    marks = {mark for mark, _ in sections[0]}
    if "unsure" in marks:
        return Format(fault=UNSURE, text_fault=text_fault)
    if marks & {"date", "elapsed"}:
        return _moment_format(sections[0], text_fault)
    if [mark for mark, _ in sections[0]] in (["general"], ["text"]) and len(sections) == 1:
        return Format(text_fault=text_fault)
    numeric = tuple(section for section in sections if not any(mark == "text" for mark, _ in section))
    return Format(sections=numeric, fault="" if numeric else UNSURE, text_fault=text_fault)


def _sections(code: str) -> Iterator[Section]:
    section = list[Token]()
    for token in map(_token, _TOKEN.finditer(code)):
        if token[0] == "end":
            yield tuple(section)
            section = []
        elif token != ("sign", ""):
            section.append(token)
    yield tuple(section)


def _token(match: re.Match[str]) -> Token:
    kind = str(match.lastgroup)
    found = match[kind]
    if kind == "bare":
        return _BARE.get(found, "unsure" if found.isascii() else "sign"), found.lower()
    if kind == "bracket":
        return _bracketed(found)
    if kind == "fill" and found != " ":
        return "unsure", found
    shown = {"gap": " ", "half": ""}  # of AM or PM nothing: the hours before it say enough
    return "general" if kind == "general" else "sign", shown.get(kind, found)


def _bracketed(inner: str) -> Token:
    """Return what stands in brackets: a colour shows nothing, a currency its sign; a condition is not followed."""
    if _ELAPSED.fullmatch(inner):
        return "elapsed", inner[0].lower()
    if _COLOUR.fullmatch(inner):
        return "sign", ""
    locale = _LOCALE.fullmatch(inner)
    if not locale:
        return "unsure", inner
    number = int(locale["code"] or "0", 16)
    return ("sign", locale["sign"]) if {number >> 16 & 0xFF, number >> 24} <= _USUAL else ("unsure", inner)


def _text_fault(sections: Sequence[Section]) -> str:
    """Say what is wrong with texts: the fourth section, or the last one that has `@`, says how they are shown."""
    at = [section for section in sections if any(mark == "text" for mark, _ in section)]
    if not at:
        return HIDDEN_TEXT if len(sections) > len(("positive", "negative", "zero")) else ""
    others = "".join(text for mark, text in at[-1] if mark != "text")
    return HIDDEN_TEXT if others.strip() or sum(mark == "text" for mark, _ in at[-1]) > 1 else ""


def _moment_format(section: Section, text_fault: str) -> Format:
    """Return what a format of days and times shows; a day it shows without its year or month is no day."""
    bare = "".join(text if mark in {"date", "elapsed"} else " " for mark, text in section)
    runs = [(run[1], len(run[0])) for run in _RUN.finditer(bare)]
    letters = ["", *(letter for letter, _ in runs), ""]
    minutes = [
        letters[at] == "m" and (letters[at - 1] == "h" or letters[at + 1] == "s") for at in range(1, len(letters) - 1)
    ]
    parts = {
        "minutes" if minute else letter
        for (letter, length), minute in zip(runs, minutes, strict=True)
        if not (letter == "d" and length > _DAY_DIGITS)
    }
    day, clock = bool(parts & {"y", "m", "d"}) or "d" in letters, bool(parts & {"h", "minutes", "s"})
    fault = ""
    if day and not {"y", "m", "d"} <= parts:
        fault = "date-incomplete"
    elif day and clock and (not {"h", "minutes"} <= parts or any(mark == "elapsed" for mark, _ in section)):
        fault = "cell-unreadable"
    return Format(day, clock, fault=fault, text_fault=text_fault)

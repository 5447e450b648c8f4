"""Tie words that must not part at a line end with no-break spaces; nothing but spaces is ever changed."""

import re
from collections.abc import Callable
from functools import lru_cache

from generator.document import Line, plain
from generator.letters.language import Typography

NO_BREAK = "\u00a0"
_LONGEST = 30  # last words that fit into the narrowest corner together
_INITIALS = r"(?<=\. )(?<=\b[^\W\d_]\. )(?=[^\W\d_](?:\.|[^\W\d_]))"
_IN_RANGE = "".join(rf"(?<!–{digits} )" for digits in (r"\d", r"\d\d", r"\d{4}"))
"""Not after a range such as `1–2`: tied to what follows, it would rather part at its own dash."""
_DASH = r"(?=–(?: |$))(?<=\S )"


def tie_end(line: Line) -> Line:
    """Return a line of a narrow block with its last two words tied, so that none of them is left alone on a line.

    Three words that begin with capitals, as a full name does, stay together too.
    """
    text = plain(line)
    words = text.split(" ")
    name = words[-3:] if all(word[:1].isupper() for word in words[-3:]) else []
    last = next((each for each in (name, words[-2:]) if len(each) > 1 and _fit(each)), [])
    if not last:
        return line
    text, runs, end = text[: -len(" ".join(last))] + NO_BREAK.join(last), [], 0
    for run in line:
        begin, end = end, end + len(run.text)
        runs.append(run if run.text == text[begin:end] else run._replace(text=text[begin:end]))
    return tuple(runs)


def _fit(words: list[str]) -> bool:
    """Say whether words can be tied: the last is not tied yet, and they do not become too long for a line."""
    return all(words) and NO_BREAK not in words[-1] and len("".join(words)) < _LONGEST


def tied(text: str, rules: Typography) -> str:
    """Return the text with its ties; as many characters as before."""
    return tying(rules)(text)


@lru_cache
def tying(rules: Typography) -> Callable[[str], str]:
    """Return the function that ties the words of a text by some rules."""
    spaces = _tied_spaces(rules)
    return lambda text: spaces.sub(NO_BREAK, text)


def _tied_spaces(rules: Typography) -> re.Pattern[str]:
    """Match the spaces to be tied; it begins with the space, so that the search stops nowhere else."""
    before = "|".join(re.escape(word) for word in sorted(rules.before, key=len, reverse=True))
    months = "|".join(map(re.escape, rules.months))
    lengths = sorted({len(word) for word in rules.after})
    after = "|".join(f"(?<=(?<![\\w.])(?:{_of_length(rules.after, length)}) )" for length in lengths) or "(?!)"
    numbers = f"(?<=\\d ){_IN_RANGE}(?=\\d|(?:{before})(?!\\w)|(?:{months})\\b)"
    return re.compile(f" (?:(?=\\S)(?i:{after})|{numbers}|{_DASH}|{_INITIALS})")


def _of_length(words: tuple[str, ...], length: int) -> str:
    return "|".join(re.escape(word) for word in words if len(word) == length)

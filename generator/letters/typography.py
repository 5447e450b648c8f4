"""Tie words that must not part at a line end with no-break spaces; nothing but spaces is ever changed."""

import re
from collections.abc import Callable
from functools import lru_cache

from generator.document import Line, plain
from generator.letters.language import Typography

NO_BREAK = "\u00a0"
_SHORT_PAIR = 30  # two last words that fit into the narrowest corner together
_INITIALS = r"(?<=\. )(?<=\b[^\W\d_]\. )(?=[^\W\d_](?:\.|[^\W\d_]))"
_IN_RANGE = "".join(rf"(?<!–{digits} )" for digits in (r"\d", r"\d\d", r"\d{4}"))
"""Not after a range such as `1–2`: tied to what follows, it would rather part at its own dash."""
_DASH = r"(?=–(?: |$))(?<=\S )"


def tie_end(line: Line) -> Line:
    """Return a line of a narrow block with its last two words tied, so that none of them is left alone on a line."""
    text = plain(line)
    start, _, last = text.rpartition(" ")
    before = start.rpartition(" ")[2]
    if not before or NO_BREAK in last or len(before) + len(last) >= _SHORT_PAIR:
        return line
    text, runs, end = f"{start}{NO_BREAK}{last}", [], 0
    for run in line:
        begin, end = end, end + len(run.text)
        runs.append(run if run.text == text[begin:end] else run._replace(text=text[begin:end]))
    return tuple(runs)


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

"""Tie words that must not part at a line end with no-break spaces; nothing but spaces is ever changed."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from generator.document import Line, plain
from generator.letters.language import Typography

NO_BREAK = "\u00a0"
# Every pattern begins with the space it is about: the search then stops at spaces only.
_INITIALS = re.compile(r" (?<=\b[^\W\d_]\. )(?=[^\W\d_](?:\.|[^\W\d_]))")
_SHORT_PAIR = 30  # two last words that fit into the narrowest corner together
_DIGITS = re.compile(r" (?<=\d )(?=\d)")


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
        runs.append(run if run.text == text[begin:end] else replace(run, text=text[begin:end]))
    return tuple(runs)


def tied(text: str, rules: Typography) -> str:
    """Return the text with its ties; as many characters as before."""
    return tying(rules)(text)


@lru_cache
def tying(rules: Typography) -> Callable[[str], str]:
    """Return the function that ties the words of a text by some rules."""
    patterns = _patterns(rules)

    def tie(text: str) -> str:
        for pattern in patterns:
            text = pattern.sub(NO_BREAK, text)
        return text

    return tie


def _patterns(rules: Typography) -> tuple[re.Pattern[str], ...]:
    after = "|".join(re.escape(word) for word in sorted(rules.after, key=len, reverse=True))
    before = "|".join(re.escape(word) for word in sorted(rules.before, key=len, reverse=True))
    months = "|".join(map(re.escape, rules.months))
    lengths = sorted({len(word) for word in rules.after})
    behind = "|".join(f"(?<=(?<![\\w.])(?:{w}) )" for n in lengths if (w := _of_length(rules.after, n)))
    return (
        re.compile(f" (?=\\S)(?:{behind})", re.IGNORECASE) if after else re.compile("(?!)"),
        re.compile(f" (?:(?<=\\d )(?=(?:{before})(?!\\w))|(?<=\\S )(?=–(?: |$)))"),
        re.compile(f" (?<=\\d )(?=(?:{months})\\b)"),
        _DIGITS,
        _INITIALS,
    )


def _of_length(words: tuple[str, ...], length: int) -> str:
    return "|".join(re.escape(word) for word in words if len(word) == length)

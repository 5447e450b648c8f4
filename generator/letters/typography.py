"""Tie words that must not part at a line end with no-break spaces; nothing but spaces is ever changed."""

import re
from dataclasses import replace
from functools import lru_cache

from generator.document import Line
from generator.letters.language import Typography

NO_BREAK = "\u00a0"
_INITIALS = re.compile(r"(?<=\b[^\W\d_]\.) (?=[^\W\d_](?:\.|[^\W\d_]))")
_DIGITS = re.compile(r"(?<=\d) (?=\d)")


def tie(line: Line, rules: Typography) -> Line:
    """Return the line with its ties; the words and their looks stay as they are."""
    text = tied("".join(run.text for run in line), rules)
    runs, start = [], 0
    for run in line:
        end = start + len(run.text)
        runs.append(replace(run, text=text[start:end]))
        start = end
    return tuple(runs)


def tied(text: str, rules: Typography) -> str:
    """Return the text with its ties; as many characters as before."""
    for pattern in _patterns(rules):
        text = pattern.sub(NO_BREAK, text)
    return text


@lru_cache
def _patterns(rules: Typography) -> tuple[re.Pattern[str], ...]:
    after = "|".join(re.escape(word) for word in sorted(rules.after, key=len, reverse=True))
    before = "|".join(re.escape(word) for word in sorted(rules.before, key=len, reverse=True))
    months = "|".join(map(re.escape, rules.months))
    lengths = sorted({len(word) for word in rules.after})
    behind = "|".join(f"(?<=(?<![\\w.])(?:{w}))" for n in lengths if (w := _of_length(rules.after, n)))
    return (
        re.compile(f"(?:{behind}) (?=\\S)", re.IGNORECASE) if after else re.compile("(?!)"),
        re.compile(f"(?<=\\d) (?=(?:{before})(?!\\w))|(?<=\\S) (?=–(?: |$))"),
        re.compile(f"(?<=\\d) (?=(?:{months})\\b)"),
        _DIGITS,
        _INITIALS,
    )


def _of_length(words: tuple[str, ...], length: int) -> str:
    return "|".join(re.escape(word) for word in words if len(word) == length)

"""Tie words that must not part at a line end with no-break spaces; nothing but spaces is ever changed."""

import re
from dataclasses import replace
from functools import lru_cache

from generator.document import Line, plain
from generator.letters.language import Typography

NO_BREAK = "\u00a0"
_INITIALS = re.compile(r"(?<=\b[^\W\d_]\.) (?=[^\W\d_](?:\.|[^\W\d_]))")
_SHORT_PAIR = 30  # two last words that fit into the narrowest corner together
_DIGITS = re.compile(r"(?<=\d) (?=\d)")


def tie(line: Line, rules: Typography) -> Line:
    """Return the line with its ties; the words and their looks stay as they are."""
    return _retold(line, tied(plain(line), rules))


def tie_end(line: Line) -> Line:
    """Return a line of a narrow block with its last two words tied, so that none of them is left alone on a line."""
    text = plain(line)
    start, _, last = text.rpartition(" ")
    before = start.rpartition(" ")[2]
    if before and NO_BREAK not in last and len(before) + len(last) < _SHORT_PAIR:
        text = f"{start}{NO_BREAK}{last}"
    return _retold(line, text)


def _retold(line: Line, text: str) -> Line:
    """Return the line with another text as long as its own."""
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

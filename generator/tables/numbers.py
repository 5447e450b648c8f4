"""Numbers as the author of a table meant them: refused where a spreadsheet program has already spoilt them."""

import re

EXACT_DIGITS = 15
"""A spreadsheet keeps this many digits of a number and turns the others into zeros."""
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+)?[Ee]\+?\d{1,3}")


def is_scientific(text: str) -> bool:
    """Say whether a text is a number that a spreadsheet program has shortened: `9.92E+11`."""
    return bool(_SCIENTIFIC.fullmatch(text))


def written(number: float) -> str | None:
    """Write a number without a needless `.0`, as the program shows it; `None` where digits of it are lost."""
    if number == int(number):
        return str(int(number)) if abs(number) < 10**EXACT_DIGITS else None
    shown = f"{number:.{EXACT_DIGITS}g}"
    return None if "e" in shown else shown

"""Letters and signs as they are compared: what people write in more than one way comes out in one."""

import unicodedata
from collections.abc import Mapping

_MARKS = dict.fromkeys((*range(0x300, 0x370), *range(0x483, 0x48A), *range(0x20D0, 0x2100)))
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼʻ‘`′"))
_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2043, 0x2212), "-")
# the letters of Tajik as they are written on a Russian keyboard, and the i of Azerbaijani that has no dot
_LETTERS = dict(zip(map(ord, "ҳқғӯӣҷı"), "хкгуичi", strict=True))
# Cyrillic letters that look like Latin ones, small or capital
LOOKS = str.maketrans("аеорсухкмтнвіһԁԛѕјү", "aeopcyxkmthbihdqsjy")

_BARE: Mapping[int, str | None] = {**_MARKS, **_UNSEEN, **_APOSTROPHES, **_DASHES, **_LETTERS}
_SHOWN = {**LOOKS, **{sign: to.translate(LOOKS) if to else None for sign, to in _BARE.items()}}


def bare(text: str) -> str:
    """Return text without capitals, marks on letters, apostrophes and kinds of dashes; letters of Tajik as Russian."""
    return unicodedata.normalize("NFKD", text).casefold().translate(_BARE)


def looks(text: str) -> str:
    """Return text bare and with Latin letters in the place of Cyrillic ones that look alike; as long as it is bare."""
    return unicodedata.normalize("NFKD", text).casefold().translate(_SHOWN)

"""Words as they are compared: without capitals, marks and look-alike letters, with or without an ending."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.alike import looks

_LETTER = r"[^\W\d_][\u0300-\u036f]*"
WORD = re.compile(rf"{_LETTER}(?:['’ʼʻ‘`]?{_LETTER})*")
UNIT = re.compile(rf"{WORD.pattern}|\d+")
LONG = 5
"""A name of so many letters is looked for within longer words, too; so many digits are a number that tells."""

_APOSTROPHES = str.maketrans("", "", "'’ʼʻ‘`")
_TAJIK = str.maketrans({"ҷ": "дж"})  # as Russian spells names
_RUSSIAN = (
    "а у ом ем ём е ы и ой ою ей ею ю я ым им ого его ому ему ых их ыми ими ам ами ах ям ями ях ов ев "
    "ый ий ая яя ую юю ое ее ые ие ие ью ь"
)
_TAJIKI = "и ро иро у ю ам ат аш он ҳо ҳоро ҳои они онро амон атон ашон яш ям ят"
_LATIN = "s a u om ym im oy oi e y i ro aya uyu ogo omu yi iy ii"
_VOWELS = "аеёиоуыэюяйь"
_SOUNDS = {
    **dict(zip("абвгдеёзийклмнопрстуфхцыьъэ", "abvgdeeziyklmnoprstufxcy  e", strict=True)),
    "ж": "zh", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ҳ": "x", "қ": "q", "ғ": "g", "ӯ": "u",
    "ӣ": "i", "ҷ": "j", "і": "i", "ә": "a", "ө": "o", "ү": "u", "ұ": "u", "ң": "n", "һ": "x",
}  # fmt: skip


class Unit(NamedTuple):
    """A word or a number of a text: where it stands, as written, and as it is compared."""

    start: int
    end: int
    written: str
    folded: str


@lru_cache(maxsize=65536)  # a text says the same words again and again
def folded(word: str) -> str:
    """Return a word as it is compared."""
    return looks(_plain(word).translate(_TAJIK))


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word.casefold()).translate(_APOSTROPHES)


def units(text: str) -> Iterator[Unit]:
    """Yield the words and numbers of a text."""
    for found in UNIT.finditer(text):
        yield Unit(found.start(), found.end(), found[0], folded(found[0]))


def key_of(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text as they are compared."""
    return tuple(unit.folded for unit in units(text))


ENDINGS = frozenset({"", *map(folded, f"{_RUSSIAN} {_TAJIKI} {_LATIN}".split())})
"""What may follow the stem of a name or word: endings of cases in Russian, and what Tajik and English add."""
CLITICS = frozenset(map(folded, [*_TAJIKI.split(), "s"]))
"""What Tajik and English add to any form of a name; the name itself does not change."""
_LONGEST = max(map(len, ENDINGS))
_VOWELS_FOLDED = frozenset(map(folded, _VOWELS))
_ADJECTIVES = tuple(map(folded, ("ый", "ий", "ой", "ая", "яя")))


def stem_of(word: str) -> str:
    """Return what all forms of a word begin with, as it is compared."""
    whole = folded(word)
    latin = word.isascii()
    if not latin and len(whole) > LONG and whole.endswith(_ADJECTIVES):
        return whole[:-2]
    strip = whole.endswith(("ova", "eva", "ina")) if latin else whole[-1:] in _VOWELS_FOLDED
    return whole[:-1] if strip and len(whole) > len("али") else whole


def stems_in(word: str) -> Iterator[str]:
    """Yield whatever may be the stem of a word that is folded: the word without each ending it may have."""
    for length in range(len(word), max(1, len(word) - _LONGEST - 1), -1):
        if word[length:] in ENDINGS:
            yield word[:length]


@lru_cache(maxsize=65536)
def rough_stem(word: str) -> str:
    """Return a folded word without its longest ending: forms of one word come out alike, others seldom do."""
    if len(word) < LONG:
        return word
    return next((word[:cut] for cut in range(3, len(word)) if word[cut:] in ENDINGS), word)


def sounds(word: str) -> str:
    """Return roughly how a word reads in Latin letters."""
    latin = "".join(_SOUNDS.get(letter, letter) for letter in _plain(word)).replace(" ", "")
    return latin.replace("kh", "x").replace("h", "x").replace("dzh", "j")


def is_latin(word: str) -> bool:
    """Say whether a word is written in Latin letters."""
    return unicodedata.name(word[:1] or " ", "").startswith("LATIN")

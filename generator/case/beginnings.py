"""Find words by their beginnings, in spite of capitals, stress marks and letters that look alike."""

import re
import unicodedata
from functools import lru_cache

from generator.alike import LOOKS


def holds_word(text: str, beginnings: tuple[str, ...]) -> bool:
    """Say whether a text has a word, or several words in a row, that begin as one of the given beginnings does."""
    return bool(beginnings) and _any_of(beginnings).search(folded(text)) is not None


def folded(text: str) -> str:
    """Return a text without capitals and marks above letters, with single spaces and one shape for letters alike."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return " ".join(bare.translate(LOOKS).split())


@lru_cache(maxsize=64)
def _any_of(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(re.escape(folded(each)) for each in beginnings)})")

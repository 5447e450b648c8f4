"""Hold the languages of a letter against each other: blocks, facts and citations by block id, and what went stale.

Beside the texts lies `follows.yaml`: for each language, by block id, the digest of the block of the leading text that
its words were written after. A block whose digest differs now is stale.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.errors import DataError, Place, Problem
from generator.letters.catalogue import CatalogueEntry
from generator.sources import read_source, read_text
from generator.validation import validate

FOLLOWS = "follows.yaml"
DIGITS = 10
HEAD = "head"
"""How `follows.yaml` calls what has no id."""
_START = re.compile(r"(?:\d[.)] |- |#+ |\| )?\{([a-z0-9-]+)\}")
_CODE = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_FACT = re.compile(r"\b[a-z_]+(?:\.[a-z_]+)+")
_CITED = re.compile(r"\b(?:principle|violated|breaches|limit|founded|verified)\(([^)]*)\)")
_GRAMMAR = re.compile(r"^(?:loop|me|device|taken|filed|status)\.|^detention\.status_as_told$|\.sex$")


def blocks_of(text: str) -> dict[str, str]:
    """Return the source of each block by its id; what has no id (title, headings, regions) is under the empty id."""
    blocks: dict[str, list[str]] = {"": []}
    current = ""
    for line in text.split("\n"):
        if found := _START.match(line):
            current = found[1]
        elif not line.strip() or line.startswith(("#", ":::")):
            current = ""
        blocks.setdefault(current, []).append(line)
    return {name: "\n".join(lines) for name, lines in blocks.items()}


def digests(text: str) -> dict[str, str]:
    """Return a digest for each block of a leading text; how lines are broken does not count."""
    return {
        name: hashlib.sha256(" ".join(block.split()).encode()).hexdigest()[:DIGITS]
        for name, block in blocks_of(text).items()
    }


def stale_blocks(entry: CatalogueEntry, language: str) -> tuple[str, ...]:
    """Return the ids of blocks whose leading text has changed since a language was written after it."""
    leading = entry.folder / f"{entry.kind.leading}.md"
    if language == entry.kind.leading or not leading.is_file():
        return ()
    now, then = digests(read_text(leading, DataError)), _followed(entry).get(language, {})
    return tuple(name for name in {**now, **then} if now.get(name) != then.get(name))


def differences(entry: CatalogueEntry, language: str) -> Iterator[Problem]:
    """Name each block of a language that lacks in it, or speaks of other facts or law than the leading text."""
    ours, theirs = entry.folder / f"{language}.md", entry.folder / f"{entry.kind.leading}.md"
    if not (ours.is_file() and theirs.is_file()):
        return
    own, leading = (blocks_of(read_text(path, DataError)) for path in (ours, theirs))
    values = {"language": language, "leading": entry.kind.leading}
    if [name for name in own if name] != [name for name in leading if name]:
        yield Problem("blocks-differ", Place(ours.as_posix()), "", values)
    for name in own.keys() & leading.keys():
        if spoken_of(own[name]) != spoken_of(leading[name]):
            yield Problem("block-speaks-otherwise", Place(ours.as_posix()), "", {**values, "block": name or "#"})


def spoken_of(block: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the facts and the law that a block names; words that only make grammar agree are left out."""
    code = " ".join(_CODE.findall(block))
    facts = {name for name in _FACT.findall(_QUOTED.sub("", code)) if not _GRAMMAR.search(name)}
    law = {name.strip(" \"'") for names in _CITED.findall(code) for name in names.split(",")}
    return frozenset(facts), frozenset(law)


def _followed(entry: CatalogueEntry) -> Mapping[str, Mapping[str, str]]:
    path: Path = entry.folder / FOLLOWS
    if not path.is_file():
        return {}
    read = validate(dict[str, dict[str, str]], read_source(path, DataError), DataError)
    return {
        language: {("" if name == HEAD else name): digest for name, digest in blocks.items()}
        for language, blocks in read.items()
    }

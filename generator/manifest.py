"""Describe the letters of a case in a manifest: what each was made from, what it rests on, its files and digests."""

import functools
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from pydantic_core import to_json

from generator import __version__
from generator.assembly import Assembly, Order
from generator.digests import sha256
from generator.errors import Problem
from generator.findings.model import Finding
from generator.law.model import LawPack
from generator.law.provisions import ProvisionVersion
from generator.law.versions import Version
from generator.publish import ENDINGS
from generator.render.engine import Engine

TEXT_LIBRARIES = ("jinja2", "markdown-it-py")
"""The libraries whose version can change the words of a letter; those that make its files come on top."""
_WHICH = ("kind", "language", "client", "about", "draft", "pseudonymised")
_MADE_FROM = ("inputs", "as_of")


def manifest_entry(  # noqa: PLR0913  # one argument for each thing that is told
    assembly: Assembly,
    order: Order,
    law: LawPack,
    inputs: Mapping[str, Any],
    files: Mapping[str, bytes],
    *,
    engine: Engine,
) -> dict[str, Any]:
    """Return what the manifest says of one letter: what it was made from, what it rests on, its files and digests.

    `inputs` are the digests of what the letter was made from. No file of the user is named.
    """
    return {
        "kind": assembly.letter.kind,
        "language": assembly.letter.language,
        "client": order.client,
        **({"about": assembly.about} if assembly.about else {}),
        "draft": order.draft,
        **({"pseudonymised": True} if order.pseudonymised else {}),
        "as_of": order.as_of.isoformat(),
        "versions": {"arznoma": __version__, **{name: _version(name) for name in _libraries(files, engine)}},
        "inputs": {**inputs, "law": {"name": law.head.id, "sha256": law.digest}},
        "files": [{"name": name, "bytes": len(content), "sha256": sha256(content)} for name, content in files.items()],
        "findings": [_finding(finding) for finding in assembly.findings.values()],
        "cited": [{**_provision(name, text), "printed": text.citable} for name, text in sorted(assembly.cited.items())],
        "gaps": list(assembly.gaps),
    }


def _libraries(files: Mapping[str, bytes], engine: Engine) -> Iterator[str]:
    """Yield the libraries whose version can change the bytes of these files."""
    yield from TEXT_LIBRARIES
    for ending, library in ((".docx", "docxtpl"), (".pdf", engine)):
        if any(name.endswith(ending) for name in files):
            yield library


@functools.cache
def _version(library: str) -> str:
    """Return the version of a library; it does not change while we run."""
    return version(library)


def manifest(case_id: str, entries: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the manifest of a folder, one thing on a line; equal input gives equal bytes."""
    letters = ",\n".join(map(_listed, entries))
    return f'{{"case": {_json(case_id)}, "letters": [\n{letters}\n]}}\n'.encode()


def _listed(entry: Mapping[str, Any]) -> str:
    told = ",\n".join(f"  {_json(key)}: {_told(value)}" for key, value in entry.items())
    return f"{{\n{told}\n}}"


def _json(value: object) -> str:
    return to_json(value).decode()  # ten times as fast as `json`


def _told(value: object) -> str:
    """Return a value as JSON, the things of a list below each other."""
    if not isinstance(value, list) or not value:
        return _json(value)
    return "[\n    " + ",\n    ".join(map(_json, value)) + "\n  ]"


def grown(before: bytes | None, case_id: str, new: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the manifest of a folder with the new letters in it; `before` is the one it has."""
    return manifest(case_id, merged_entries(before, case_id, new))


def growing(before: bytes | None, case_id: str) -> bytes | None:
    """Return a manifest if letters of a case can be added to it; `None` for one of others, which may not just go."""
    return None if _entries(before, case_id) is None else before


def merged_entries(old: bytes | None, case_id: str, new: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the entries of a folder's manifest with the new letters in it, the old ones of the same case kept.

    Of an old letter the files are kept that are not made anew. An old manifest that cannot be read, or is of another
    case, is not merged.
    """
    return sorted(
        [*_remaining(old, case_id, new), *new],
        key=lambda entry: (entry["kind"], entry["language"], entry["client"], entry["draft"]),
    )


def older_files(
    before: bytes | None, case_id: str, new: Sequence[Mapping[str, Any]], there: Collection[str]
) -> Iterator[Problem]:
    """Yield a note for each new letter of which older files stay `there`: they may say something else.

    Older are those that were made of other facts, texts or law, or on another day.
    """
    remaining = _remaining(before, case_id, new)
    for letter in new:
        same = [each for each in remaining if all(each.get(key) == letter.get(key) for key in _WHICH)]
        older = [each for each in same if any(each.get(key) != letter.get(key) for key in _MADE_FROM)]
        if files := sorted({file["name"] for each in older for file in each["files"]}.intersection(there)):
            formats = ",".join(sorted({_format(name) for name in files}))
            yield Problem("older-files", None, "", {"files": ", ".join(files), "formats": formats})


def _format(name: str) -> str:
    """Return the format of a file by the end of its name; the longest counts, for a phone gets a PDF too."""
    return max((each for each in ENDINGS if name.endswith(ENDINGS[each])), key=lambda each: len(ENDINGS[each]))


def _remaining(old: bytes | None, case_id: str, new: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the entries of an old manifest with those of their files that are not made anew."""
    names = {file["name"] for entry in new for file in entry["files"]}
    entries = _entries(old, case_id) or ()
    left = [{**each, "files": [file for file in each["files"] if file["name"] not in names]} for each in entries]
    return [each for each in left if each["files"]]


def _entries(manifest: bytes | None, case_id: str) -> list[dict[str, Any]] | None:
    """Return the entries of a manifest of ours; `None` if it cannot be read or is of another case."""
    try:
        told = json.loads(manifest) if manifest else {}
        if told.get("case") == case_id and all(file["name"] for each in told["letters"] for file in each["files"]):
            return [{**each} for each in told["letters"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return None


def digests_in(old: bytes | None) -> frozenset[str]:
    """Return the digests of the files that a manifest vouches for; none if it cannot be read."""
    try:
        letters = json.loads(old)["letters"] if old else ()
        return frozenset(file["sha256"] for letter in letters for file in letter["files"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return frozenset()


def _finding(finding: Finding) -> dict[str, Any]:
    measured = finding.measured
    return {
        "ground": finding.ground,
        "outcome": finding.outcome.value,
        "facts": [{"path": f.path, "line": f.place.line, "column": f.place.column} for f in finding.facts],
        "missing": list(finding.missing),
        "measured_minutes": None if measured is None else int(measured.total_seconds() // 60),
        "limit_hours": finding.limit_hours,
        **_on_whose_word("limit_confirmed", finding.limit),
        "law_of": str(finding.day or ""),
        "provisions": [_provision(name, text) for name, text in (finding.provisions or {}).items()],
    }


def _provision(name: str, text: ProvisionVersion) -> dict[str, Any]:
    """Say which text of a provision was used, how well it is known, and on whose word where a lawyer confirmed it."""
    told = {"provision": name, "from": str(text.from_ or ""), "grade": text.grade}
    return {**told, **_on_whose_word("confirmed", text)}


def _on_whose_word(key: str, text: Version | None) -> dict[str, Any]:
    """Name the lawyer who confirmed a text, the day and the source; say nothing where nobody did."""
    word = text.confirmed if text else None
    return {key: word.told()} if word else {}

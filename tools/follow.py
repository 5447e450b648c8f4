"""Say that texts of a letter now follow its leading text: write `follows.yaml`.

Usage: python tools/follow.py KIND LANGUAGE... ; all languages where none is named. Do it after reading, never instead.
"""

import sys
from pathlib import Path

import yaml

from generator.folders import standard_folders
from generator.letters.catalogue import load_kind
from generator.letters.parity import FOLLOWS, HEAD, digests


def main(kind: str, languages: list[str]) -> None:
    """Write the digests of the leading text for each language named; those of the others stay."""
    entry = load_kind(kind, standard_folders())
    path: Path = entry.folder / FOLLOWS
    old = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {}
    now = digests((entry.folder / f"{entry.kind.leading}.md").read_text("utf-8"))
    wanted = languages or [name for name in entry.languages() if name != entry.kind.leading]
    for language in wanted:
        old[language] = {name or HEAD: digest for name, digest in now.items()}
    lines = ["# Written by tools/follow.py: which blocks of the leading text each language was written after."]
    for language in sorted(old):
        lines += [f"{language}:", *(f'  {name}: "{digest}"' for name, digest in old[language].items())]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{kind}: {', '.join(wanted)}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

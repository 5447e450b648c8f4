"""Check what was made: all files there, sampled words their own row's, peers say the same, bad rows refused by name.

Run as python -m benching.right KIND ...; prints what was found as JSON. Any difference is counted, none is hidden.
"""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benching.clients import BAD_EVERY
from generator.render.read_docx import read_docx
from generator.render.read_pdf import read_pdf, squeezed

SAMPLED = 50
OWN = ("Жалоба кого", "Адрес", "Телефон", "Номер дела", "Модель", "Место", "Очевидец")
"""Columns whose cells stand in a letter as they are written in the table."""


def made(table: Path, out: Path, ending: str, *, bad: bool = False) -> dict[str, int]:
    """Count the letters of a table that are there, with their own words, and the rows that were refused by name."""
    rows = list(_rows(table))
    told = {(each["row"], each["case code"]): each for each in _rows(out / "results.csv")}
    states = Counter(each["outcome"] for each in told.values())
    spoiled = {n for n in range(1, len(rows) + 1) if bad and n % BAD_EVERY == 0}
    good = [(n, row) for n, row in enumerate(rows, 1) if n not in spoiled]
    named = [_refused(told, n + 1, rows[n - 1]["Код"], out) for n in spoiled]  # row 1 holds the titles
    sample = good[:: max(1, len(good) // SAMPLED)]
    return {
        "rows": len(rows),
        "made": states["made"],
        "refused": states["refused"],
        "files_there": sum(_file(out, row["Код"], ending).is_file() for _, row in good),
        "bad_rows": len(spoiled),
        "bad_rows_named": sum(named),
        "sampled": len(sample),
        "sampled_right": sum(_own_words(row, rows[n % len(rows)], _file(out, row["Код"], ending)) for n, row in sample),
    }


def same(ours: Path, peer: Path, ending: str) -> dict[str, int]:
    """Count the files of a peer that say what ours do, of a sample: in Word each paragraph, in PDF each word."""
    files = sorted(peer.glob(f"*{ending}"))
    sample = files[:: max(1, len(files) // SAMPLED)]
    equal = sum(_says(path) == _says(_file(ours, path.stem.split("_")[0], ending)) for path in sample)
    return {"files": len(files), "compared": len(sample), "same_words": equal}


def size(out: Path) -> dict[str, int]:
    """Return how long letters of ours are: the fewest and most words and pages of a sample of PDFs."""
    files = sorted(out.glob("*/*.pdf"))
    read = [read_pdf(path.read_bytes()) for path in files[:: max(1, len(files) // SAMPLED)]]
    words = [sum(len(page.text.split()) for page in pages) for pages in read]
    pages = [len(pages) for pages in read]
    return {"words_least": min(words), "words_most": max(words), "pages_least": min(pages), "pages_most": max(pages)}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def _file(out: Path, code: str, ending: str) -> Path:
    return out / code / f"{code}_prosecutor-complaint_ru{ending}"


def _refused(told: dict[tuple[str, str], dict[str, str]], row: int, code: str, out: Path) -> bool:
    each = told.get((str(row), code))
    return bool(each and each["outcome"] == "refused" and each["problem"]) and not (out / code).exists()


def _own_words(row: dict[str, str], other: dict[str, str], path: Path) -> bool:
    text = "".join(_says(path))
    numbers = re.findall(r"35\d{13}", text)
    return (
        all(squeezed(row[name]) in text for name in OWN)
        and numbers == row["IMEI"].split(";")
        and squeezed(other["Телефон"]) not in text
    )


def _says(path: Path) -> tuple[str, ...]:
    """Return the words of a file without white space: by paragraph, and the foot; of a PDF by page."""
    raw = path.read_bytes()
    if path.suffix == ".pdf":
        return tuple(squeezed(page.text) for page in read_pdf(raw))
    read = read_docx(raw)
    return tuple(map(squeezed, (*read.paragraphs, *read.heads, *read.feet)))


def main() -> None:
    """Print what the check that the arguments name finds."""
    check, *rest = sys.argv[1:]
    match check, rest:
        case "made", [table, out, ending, *bad]:
            found = made(Path(table), Path(out), ending, bad=bool(bad))
        case "same", [ours, peer, ending]:
            found = same(Path(ours), Path(peer), ending)
        case "size", [out]:
            found = size(Path(out))
        case _:
            sys.exit(f"unknown check: {check}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()

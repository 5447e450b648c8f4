"""Changes of a table: its cells and columns, and how it is written down as text."""

import random

from fuzzing.model import Change
from fuzzing.seeds import grid, separated
from fuzzing.values import hostile

_CELLS = [
    "12/06/1967",
    "6.1967",
    "31.02.1967",
    "12.06.67",
    "1967-06-12",
    "9.92E+11",
    "unknown",
    "нет",
    "ДА",
    "#N/A",
    "#REF!",
    "=A1",
    "#comment",
    "'x",
    '"',
    '""',
    'a"b',
    "a;b",
    "a,b",
    "a|b",
    "a\tb",
    "x\ny",
    "x\r\ny",
    " ",
    "\u00a0",
    "я" * 40_000,
    "x" * 131_100,
    "1;2;3",
    ";",
    "0",
    "2",
    "10000",
    "true",
    "м",
    "Ж",
    "телефон",
    "bazaar-001",
    "BAZAAR-001",
    "bazaar-001 ",
    "con",
    "../x",
]
_FIRST = [
    "sep=;\n",
    "sep=,\n",
    "sep=a\n",
    'sep="\n',
    "sep=\x00\n",
    "sep=\\\n",
    "sep=я\n",
    "#x\n",
    "\n\n\n",
    ";;;\n",
    "\ufeff",
    "\ufeff\ufeff",
]
_CODES = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866", "utf-32")


def cells(kind: str, files: dict[str, bytes], rng: random.Random) -> Change:
    """Change cells, columns and rows, then write the table down in one of many ways."""
    rows, done = grid(), list[str]()
    for _ in range(rng.choice([1, 1, 2, 4])):
        done.append(_cell(rows, rng))
    separator, code = rng.choice([";", ";", ",", "\t", "|", ":", " "]), rng.choice(["utf-8-sig", "utf-8", *_CODES])
    text = separated(rows, separator, rng.choice(["\r\n", "\n", "\r", "\n\n"]))
    if rng.random() < 0.2:  # noqa: PLR2004  # one in five
        text = rng.choice(_FIRST) + text
    options: tuple[str, ...] = ()
    if rng.random() < 0.3:  # noqa: PLR2004  # now and then somebody says it, right or wrong
        options = ("--encoding", rng.choice([code, code, "cp1251", "utf-16", "rot13"]))
    if rng.random() < 0.1:  # noqa: PLR2004  # as above
        options += ("--separator", rng.choice([separator, "x", "tab", ";"]))
    return Change({**files, f"t.{kind}": text.encode(code, "replace")}, f"{' + '.join(done)} as {code}", options)


def _cell(rows: list[list[str]], rng: random.Random) -> str:  # noqa: C901  # a list of ways
    at, column = rng.randrange(len(rows)), rng.randrange(max(len(rows[0]), 1))
    match rng.randrange(12):
        case 0:
            rows[at].append(hostile(rng))
        case 1:
            rows[at] = rows[at][:column]
        case 2:
            rows.insert(at, [""] * rng.choice([1, 5, len(rows[0])]))
        case 3:
            rows.insert(at, list(rows[at]))
        case 4:
            del rows[at]
            rows.append([""] * 3)
        case 5:
            for row in rows:
                row[column : column + 1] = []
        case 6:
            rows[at + 1 : at + 1] = [[""] * 3 for _ in range(rng.choice([100, 50_000]))]
        case 7:
            for row in rows:
                row.insert(min(column, len(row)), hostile(rng) if row is rows[0] else "x")
        case _:
            rows[at][column : column + 1] = [rng.choice(_CELLS) if rng.random() < 0.5 else hostile(rng)]  # noqa: PLR2004
            return "cell of names" if at == 0 else "cell"
    return "rows and columns"

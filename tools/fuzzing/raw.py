"""Changes of a file as bytes and as lines, by someone who knows nothing of what is in it."""

import random
from collections.abc import Callable

_BYTES = [
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\x1b[2J",
    b"\x80",
    b"\r",
    b"\t",
    b"\n",
    b"'",
    b'"',
    b"\\",
    b"\xc0\xaf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xe2\x80\xae",
    b"\xc2\x85",
    b"\xc2\xa0",
    b"\xe2\x80\xa8",
    b"&",
    b"*",
    b"!",
    b"%",
    b": ",
    b"- ",
    b"{",
    b"[",
    b"|",
    b">",
    b"#",
    b"`",
    b"@",
    b"?",
    b",",
    b"}",
    b"]",
]
_ENCODINGS = (
    "cp1251",
    "koi8-r",
    "cp866",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-7",
    "mac-cyrillic",
    "utf-8-sig",
)


def flip(raw: bytes, rng: random.Random) -> bytes:
    """Change some bits."""
    changed = bytearray(raw)
    for _ in range(rng.choice([1, 1, 2, 8, 64]) if raw else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def cut(raw: bytes, rng: random.Random) -> bytes:
    """Lose the end, the beginning or a part of the middle."""
    first, last = sorted((rng.randrange(len(raw) + 1), rng.randrange(len(raw) + 1)))
    return rng.choice([raw[:first], raw[last:], raw[:first] + raw[last:]])


def insert(raw: bytes, rng: random.Random) -> bytes:
    """Put odd bytes somewhere, once or often."""
    at, what = rng.randrange(len(raw) + 1), rng.choice(_BYTES)
    return raw[:at] + what * rng.choice([1, 1, 1, 2, 50, 5000]) + raw[at:]


def double(raw: bytes, rng: random.Random) -> bytes:
    """Repeat a part, or the whole."""
    first, last = sorted((rng.randrange(len(raw) + 1), rng.randrange(len(raw) + 1)))
    times = rng.choice([2, 2, 3, 20])
    return raw[:first] + raw[first:last] * times + raw[last:]


def recode(raw: bytes, rng: random.Random) -> bytes:
    """Save the file in another encoding, or twice encoded."""
    text = raw.decode("utf-8", "replace")
    if rng.random() < 0.2:  # noqa: PLR2004  # one in five
        return text.encode().decode("cp1251", "replace").encode()
    return text.encode(rng.choice(_ENCODINGS), "replace")


def ends(raw: bytes, rng: random.Random) -> bytes:
    """Change all ends of lines."""
    return raw.replace(b"\r\n", b"\n").replace(
        b"\n", rng.choice([b"\r\n", b"\r", b"\n\n", b"\n\r", b"\xe2\x80\xa8", b"\xc2\x85", b" "])
    )


def line(raw: bytes, rng: random.Random) -> bytes:
    """Drop, double, swap, indent, join, split or comment out a line."""
    lines = raw.split(b"\n")
    at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(9):
        case 0:
            del lines[at]
        case 1:
            lines.insert(other, lines[at])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = b" " * rng.randrange(1, 9) + lines[at]
        case 4:
            lines[at] = lines[at].lstrip()
        case 5:
            lines[at] = b"\t" + lines[at]
        case 6:
            lines[at : at + 2] = [b" ".join(lines[at : at + 2])]
        case 7:
            place = rng.randrange(len(lines[at]) + 1)
            lines[at : at + 1] = [lines[at][:place], lines[at][place:]]
        case _:
            lines[at] = rng.choice([b"#", b"- ", b"? ", b"---\n", b"...\n", b"%YAML 1.1\n", b"<<: "]) + lines[at]
    return b"\n".join(lines)


def empty(_raw: bytes, rng: random.Random) -> bytes:
    """Have nothing, or nothing but one thing."""
    return rng.choice(
        [b"", b"\n", b"\0" * 100, b"[]", b"{}", b"case", b"-", b"\xff\xfe", b"{" * 5000, b"- " * 5000, b"a: " * 5000]
    )


RAW: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip,
    cut,
    insert,
    double,
    recode,
    ends,
    line,
    line,
    line,
    empty,
)

"""Make a line of a letter: spaces of the text folded, neighbours of one look joined, words tied."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from generator.document import Line, Origin, Run


class Look(NamedTuple):
    """How a stretch of a line looks, where its words come from, and the item whose number it is, if it is one."""

    strong: bool
    emphasis: bool
    origin: Origin = "author"
    target: str = ""


def line_of(parts: Iterable[tuple[str, Look]], tie: Callable[[str], str]) -> Line:
    """Return the line that texts, each in its look and none of them empty, make together.

    A space of the text after another space is dropped, and so are spaces at both ends. The number of a reference stays
    a run of its own.
    """
    texts: list[str] = []
    looks: list[Look] = []
    before = " "
    for text, look in parts:
        own = text.lstrip(" ") if text[0] == before[-1] == " " and look.origin == "author" else text
        if not own:
            continue
        before = own
        if looks and looks[-1] == look and not look.target:
            texts[-1] += own
        else:
            texts.append(own)
            looks.append(look)
    while texts and not (last := texts[-1].rstrip(" ")):
        texts.pop()
    if not texts:
        return ()
    texts[-1] = last
    whole, end, runs = tie("".join(texts)), 0, []
    for text, look in zip(texts, looks, strict=False):
        begin, end = end, end + len(text)
        runs.append(Run(whole[begin:end], *look))
    return tuple(runs)

"""Make a line of a letter: spaces of the text folded, neighbours of one look joined, words tied."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.document import Line, Origin, Run

Tie = Callable[[str], str]
"""What ties the words of a text; as many characters as before."""
_SOME_WORD = "х"  # stands for what a case tells, to see how the words beside it are tied as a rule


class Look(NamedTuple):
    """How a stretch of a line looks, where its words come from, and the item whose number it is, if it is one."""

    strong: bool
    emphasis: bool
    origin: Origin = "author"
    target: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """A line of which all is known but what a case tells: letters that say the same of other people share it.

    `parts` are its texts, none of them empty, with `None` where the case speaks. `texts` are the same as they are
    printed, folded and joined, and `runs` how they look, tied as they are beside most words. Where two told texts meet
    there is nothing to be known before, and both are empty.
    """

    parts: tuple[tuple[str | None, Look], ...]
    tie: Tie
    texts: tuple[str | None, ...]
    runs: tuple[Run, ...]

    def line(self, told: Sequence[str]) -> Line:
        """Return the line with what the case tells."""
        if not self.texts or not all(map(_stands_alone, told)):
            return self._folded(told)
        words = iter(told)
        texts = [next(words) if text is None else text for text in self.texts]
        whole, end, runs = self.tie("".join(texts)), 0, []
        for text, run in zip(texts, self.runs, strict=True):
            begin, end = end, end + len(text)
            tied = whole[begin:end]
            runs.append(run if run.text == tied else Run(tied, *run[1:]))
        return tuple(runs)

    def _folded(self, told: Sequence[str]) -> Line:
        words = iter(told)
        parts = [(next(words) if text is None else text, look) for text, look in self.parts]
        return line_of(((text, look) for text, look in parts if text), self.tie)


def _stands_alone(text: str) -> bool:
    """Say whether a text joins with those beside it as most do: there is one, and no space at its end folds."""
    return text != "" and text[-1] != " "


def frame_of(parts: Iterable[tuple[str | None, Look]], tie: Tie) -> Frame:
    """Return the frame of a line from its texts, each in its look, with `None` for what the case tells."""
    parts = tuple(parts)
    texts, looks = _joined((_SOME_WORD if text is None else text, look) for text, look in parts)
    told = [look.origin == "filled" for look in looks]
    if sum(told) < sum(text is None for text, _ in parts):
        return Frame(parts, tie, (), ())
    printed = tuple(None if own else text for text, own in zip(texts, told, strict=True))
    return Frame(parts, tie, printed, _runs(texts, looks, tie))


def line_of(parts: Iterable[tuple[str, Look]], tie: Tie) -> Line:
    """Return the line that texts, each in its look and none of them empty, make together."""
    return _runs(*_joined(parts), tie)


def _joined(parts: Iterable[tuple[str, Look]]) -> tuple[list[str], list[Look]]:
    """Return the texts of a line in their looks, neighbours of one look joined.

    A space of the text after another space is dropped, and so are spaces at both ends. The number of a reference stays
    a text of its own.
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
        looks.pop()
    if texts:
        texts[-1] = last
    return texts, looks


def _runs(texts: Sequence[str], looks: Sequence[Look], tie: Tie) -> Line:
    whole, end, runs = tie("".join(texts)), 0, []
    for text, look in zip(texts, looks, strict=True):
        begin, end = end, end + len(text)
        runs.append(Run(whole[begin:end], *look))
    return tuple(runs)

"""Hold what is painted on a page of a PDF against the places of its text: nothing may lie over words, nor words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
_LIGHT = 0.7  # the darkest grey they may be printed on
_THIN = 3.0  # points: a line, no surface
_TOUCHING = 3.0  # points that the boxes of neighbours may share: letters reach below each other
_CORNERS = 4


@dataclass(frozen=True, slots=True)
class Paint:
    """A surface or line, in what grey, and how many pieces of text were drawn before it."""

    box: Box
    grey: float
    after: int


@dataclass(slots=True)
class Ink:
    """Where the pieces of text of a page begin, in their order, and what is painted beside them."""

    begun: list[tuple[float, float]] = field(default_factory=list)
    painted: list[Paint] = field(default_factory=list)


def run_together(lines: Sequence[Box]) -> bool:
    """Say whether text is drawn on other text."""
    each = sorted((low, left, right, high) for left, low, right, high in lines)
    for number, (low, left, right, high) in enumerate(each, 1):
        rim = (high - low) * 0.4
        other = number
        while other < len(each) and each[other][0] < high - rim:
            _, other_left, other_right, other_high = each[other]
            if min(right, other_right) - max(left, other_left) > _TOUCHING and other_high > low + rim:
                return True
            other += 1
    return False


def covered(ink: Ink, lines: Sequence[Box]) -> bool:
    """Say whether something is painted over the text or, darkly, behind it; `lines` are the boxes of what is drawn."""
    return any(
        not (paint.grey >= _LIGHT and (paint.after == 0 or _begins_after(ink, paint.after, line)))
        for paint in ink.painted
        if not (paint.after == 0 and paint.grey >= _LIGHT)
        for line in lines
        if _crosses(paint.box, line)
    )


def _crosses(box: Box, line: Box) -> bool:
    """Say whether a box reaches into the middle of a line of text."""
    rim = (line[3] - line[1]) / 4
    shared = min(box[2], line[2]) - max(box[0], line[0])
    return shared > min(_TOUCHING, (line[2] - line[0]) / 2) and box[1] < line[3] - rim and box[3] > line[1] + rim


def _begins_after(ink: Ink, number: int, line: Box) -> bool:
    near = 3.0
    return any(abs(x - line[0]) < near and line[1] - near < y < line[3] for x, y in ink.begun[number:])


def is_thin(path: Sequence[tuple[float, float]]) -> bool:
    """Say whether a shape has so little room for its length that it is a line, or a frame of lines."""
    edges = list(zip(path, [*path[1:], *path[:1]], strict=True))
    room = abs(sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in edges)) / 2
    length = sum(abs(x - other_x) + abs(y - other_y) for (x, y), (other_x, other_y) in edges)
    return len(path) > _CORNERS and room <= _THIN * length / 2


def around(path: Sequence[tuple[float, float]], more: float) -> Box:
    """Return the box of points, and so much more on each side."""
    across, up = zip(*path, strict=True)
    return min(across) - more, min(up) - more, max(across) + more, max(up) + more


def common(one: Box, other: Box | None) -> Box | None:
    """Return what two boxes have in common, if anything."""
    if other is None:
        return one
    low, high = map(max, one[:2], other[:2]), map(min, one[2:], other[2:])
    left, bottom, right, top = *low, *high
    return (left, bottom, right, top) if left <= right and bottom <= top else None

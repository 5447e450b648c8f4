"""Read what a page of a PDF does besides naming its words: in what grey, size and place they are drawn, and over what.

Text can be told by a file and yet not stand on paper: invisible, white, tiny, cut off, painted over. Engines draw in a
few ways only; whatever else a page does is refused.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.render.read_boxes import Box, Ink, Paint, around, common, is_thin
from generator.render.read_lines import MARKED, STEP, WRITTEN

_DARK = 0.6  # the lightest grey in which words may be printed
_SMALLEST = 4.0  # points
_STRETCHED = 2.0  # how much wider than high letters may be, or narrower
_IDLE = frozenset(
    {b"EMC", b"BMC", b"BT", b"ET", b"RG", b"G", b"CS", b"SCN", b"M", b"J", b"j", b"d", b"cs", b"gs", b"h"}
)


class UnseenError(ValueError):
    """What a page draws could hide words or show others."""


@dataclass(frozen=True, slots=True)
class _State:
    """How is drawn: scale and origin of the page, grey, size of letters, width of lines, what room is left."""

    scale: tuple[float, float] = (1.0, 1.0)
    origin: tuple[float, float] = (0.0, 0.0)
    grey: float = 0.0
    size: float = 0.0
    line: float = 1.0
    room: Box | None = None


def ink_of(content: bytes) -> Ink:
    """Follow what a page draws; raise `UnseenError` where words may not be seen on paper."""
    page, pieces, written = _Page(), WRITTEN.split(content), list[bytes | None]()
    for start in range(0, len(pieces), _GROUPS + 1):
        left, lines = pieces[start], pieces[start + 1 : start + 1 + _GROUPS]
        if (left and not left.isspace()) or (lines and lines[_BLACK]):
            page.shown(written)
            written = []
            page.follow(left)
            if lines and lines[_BLACK]:
                page.mix(0)
        written += lines
    page.shown(written)
    return page.ink


class _Page:
    """A page as far as it is drawn."""

    def __init__(self) -> None:
        self.ink = Ink()
        self.state, self.kept = _State(), list[_State]()
        self.text: Sequence[float] = ()
        self.path: list[tuple[float, float]] = []
        self.cut = False

    def do(self, operator: bytes, given: bytes) -> None:
        """Take one step."""
        if operator in _IDLE:
            return
        step = _STEPS.get(operator)
        if step is None or (operator == b"BDC" and not MARKED.fullmatch(given)):
            raise UnseenError  # pictures, layers that can be turned off, words for other words
        step(self, *([] if operator in _WITHOUT else map(float, given.split()[operator == b"Tf" :])))

    def follow(self, drawn: bytes) -> None:
        """Take what is drawn step by step."""
        drawn, end = drawn.strip(), 0
        for step in STEP.finditer(drawn):
            if step.start() != end:
                raise UnseenError
            end = step.end()
            self.do(step[2], step[1])
        if end != len(drawn):
            raise UnseenError

    def shown(self, lines: Sequence[bytes | None]) -> None:
        """Take lines of text that are written as nearly all are, each as its groups."""
        if not lines:
            return
        right, up, greys, sizes, _, turned_right, turned_up, turned_sizes = (
            [float(number) for number in lines[group::_GROUPS] if number is not None] if group != _BLACK else []
            for group in range(_GROUPS)
        )
        if right:
            self.show(zip(right, up, strict=True), min(sizes), (1, 1), max(greys))
        if turned_right:  # the page is upside down
            self.show(zip(turned_right, turned_up, strict=True), min(turned_sizes), (1, -1), self.state.grey)

    def show(
        self, places: Iterable[tuple[float, float]], size: float, turned: tuple[float, float], grey: float
    ) -> None:
        """Draw text at places."""
        (across, up), (left, low) = self.state.scale, self.state.origin
        wide, high = across * turned[0], up * turned[1]
        if not (
            grey <= _DARK and wide > 0 and size * high >= _SMALLEST and 1 / _STRETCHED <= wide / high <= _STRETCHED
        ):
            raise UnseenError
        if self.state.room:
            raise UnseenError  # cut off at some edge
        self.ink.begun += [(left + across * x, low + up * y) for x, y in places]

    def draw(self) -> None:
        if not self.text:
            raise UnseenError
        across, _, _, up, x, y = self.text
        self.show([(x, y)], self.state.size, (across, up), self.state.grey)

    def place(self, *matrix: float) -> None:
        if matrix[1] or matrix[2]:
            raise UnseenError  # turned or slanted
        self.text = matrix

    def move(self, *matrix: float) -> None:
        across, turned, slanted, up, x, y = matrix
        if turned or slanted:
            raise UnseenError
        old, origin = self.state.scale, self.state.origin
        moved = origin[0] + old[0] * x, origin[1] + old[1] * y
        self.state = replace(self.state, scale=(old[0] * across, old[1] * up), origin=moved)

    def keep(self) -> None:
        self.kept.append(self.state)

    def go_back(self) -> None:
        if not self.kept:
            raise UnseenError
        self.state = self.kept.pop()

    def mix(self, *colour: float) -> None:
        self.state = replace(self.state, grey=_grey(*colour))

    def set_size(self, size: float) -> None:
        self.state = replace(self.state, size=size)

    def set_mode(self, mode: float) -> None:
        if mode:
            raise UnseenError  # outlines, invisible, or a shape to cut with

    def rise(self, points: float) -> None:
        """Raise or lower letters a little, as an engine does with marks over and under them."""
        if abs(points) > self.state.size / 2:
            raise UnseenError

    def set_line(self, width: float) -> None:
        self.state = replace(self.state, line=width)

    def go_on(self, *points: float) -> None:
        (across, up), (left, low) = self.state.scale, self.state.origin
        self.path += [(left + across * x, low + up * y) for x, y in zip(points[::2], points[1::2], strict=True)]

    def add_box(self, x: float, y: float, width: float, height: float) -> None:
        self.go_on(x, y, x + width, y, x + width, y + height, x, y + height)

    def cut_off(self) -> None:
        self.cut = True

    def fill(self) -> None:
        """Fill a shape; a frame that is filled is a few lines."""
        if is_thin(self.path):
            self.paint_lines(self.state.grey, 0)
        else:
            self.paint(around(self.path, 0), self.state.grey)
        self.end()

    def stroke(self) -> None:
        self.paint_lines(0, self.state.line * abs(self.state.scale[1]) / 2)
        self.end()

    def paint_lines(self, grey: float, more: float) -> None:
        for ends in zip(self.path, self.path[1:], strict=False):
            self.paint(around(ends, more), grey)

    def paint(self, box: Box, grey: float) -> None:
        if room := common(box, self.state.room):
            self.ink.painted.append(Paint(room, grey, len(self.ink.begun)))

    def end(self) -> None:
        if self.cut and self.path:
            self.state = replace(self.state, room=common(around(self.path, 0), self.state.room) or (0, 0, 0, 0))
        self.cut = False
        self.path = []


def _grey(*colour: float) -> float:
    """Return how light a grey, a colour of three parts, or one of four inks is to the eye."""
    if len(colour) == 1:
        return colour[0]
    seen = sum(part * weight for part, weight in zip(colour, _EYE, strict=False))
    return seen if len(colour) == len(_EYE) else max(0.0, 1 - seen - colour[3])


_EYE = (0.299, 0.587, 0.114)
_GROUPS, _BLACK = 8, 4
_WITHOUT = frozenset({b"BDC", b"TJ", b"Tj"})
_STEPS: Mapping[bytes, Callable[..., None]] = {
    b"BDC": lambda _page: None,
    b"TJ": _Page.draw,
    b"Tj": _Page.draw,
    b"Tm": _Page.place,
    b"Tf": _Page.set_size,
    b"Tr": _Page.set_mode,
    b"Ts": _Page.rise,
    b"cm": _Page.move,
    b"q": _Page.keep,
    b"Q": _Page.go_back,
    **dict.fromkeys((b"rg", b"g", b"k", b"scn", b"sc"), _Page.mix),
    b"w": _Page.set_line,
    **dict.fromkeys((b"m", b"l", b"c", b"v", b"y"), _Page.go_on),
    b"re": _Page.add_box,
    **dict.fromkeys((b"W", b"W*"), _Page.cut_off),
    **dict.fromkeys((b"f", b"f*", b"F"), _Page.fill),
    **dict.fromkeys((b"S", b"s"), _Page.stroke),
    b"n": _Page.end,
}

"""Keep many rows in little memory: packed in blocks, of which one at a time is unpacked."""

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")
_BLOCK = 64  # rows: enough for the same words to stand there twice, few enough to be unpacked for one of them


class Packed(Sequence[T]):
    """A sequence that grows and does not change; a row takes a tenth of what it would take in a list.

    Who asks gets a copy. It lies in the memory of this process alone, so what is unpacked is what we packed.
    """

    def __init__(self, things: Iterable[T] = ()) -> None:
        """Pack the things as they come."""
        self._blocks = list[bytes]()
        self._rest = list[T]()
        self._unpacked: tuple[int, list[T]] = -1, []
        for each in things:
            self.append(each)

    def append(self, thing: T) -> None:
        """Put one more at the end."""
        self._rest.append(thing)
        if len(self._rest) == _BLOCK:
            self._blocks.append(zlib.compress(pickle.dumps(self._rest, pickle.HIGHEST_PROTOCOL)))
            self._rest = []

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._blocks) * _BLOCK + len(self._rest)

    def __iter__(self) -> Iterator[T]:
        """Yield all in order."""
        return (each for number in range(len(self._blocks) + 1) for each in self._block(number))

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: Any) -> Any:
        """Return one, or the list of several."""
        if isinstance(index, slice):
            return [self[each] for each in range(len(self))[index]]
        number, offset = divmod(range(len(self))[index], _BLOCK)
        if self._unpacked[0] != number:
            self._unpacked = number, self._block(number)
        return self._unpacked[1][offset]

    def _block(self, number: int) -> list[T]:
        if number == len(self._blocks):
            return self._rest
        found: list[T] = pickle.loads(zlib.decompress(self._blocks[number]))  # noqa: S301  # our own bytes
        return found

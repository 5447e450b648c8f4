"""A packed sequence is a sequence like any other, only smaller."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.tables.packed import Packed


@given(st.integers(0, 200), st.slices(200))
def test_it_says_what_it_was_told(number, part):
    """All things in order, each by its place from either end, several at once; whole blocks and what is left over."""
    things = [(n, f"row {n}") for n in range(number)]
    packed = Packed(iter(things))
    assert list(packed) == things
    assert len(packed) == number
    assert [packed[n] for n in range(number)] == things
    assert [packed[n] for n in range(-number, 0)] == things
    assert packed[part] == things[part]
    for beyond in (number, -number - 1):
        with pytest.raises(IndexError):
            packed[beyond]


def test_it_grows_while_it_is_read():
    """What is put at the end is found there, after a block was packed and before."""
    packed = Packed[int]()
    for number in range(130):
        packed.append(number)
        assert (packed[-1], packed[0], len(packed)) == (number, 0, number + 1)

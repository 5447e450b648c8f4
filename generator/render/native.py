"""Load WeasyPrint, which finds its libraries (Pango, HarfBuzz, fontconfig) on the system, without running programs."""

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_programs() -> Iterator[None]:
    """Import WeasyPrint inside this: on Linux a library is looked up by its name, and by nothing else.

    WeasyPrint tries several names of each library. For one that is not there Python's `find_library` would run
    ldconfig, gcc and ld from PATH, where anybody who can write to a folder of it could have put a program of his own.
    """
    if sys.platform != "linux":
        yield
        return
    usual = ctypes.util.find_library
    ctypes.util.find_library = lambda _name: None  # type: ignore[assignment]  # as if none were found
    try:
        yield
    finally:
        ctypes.util.find_library = usual

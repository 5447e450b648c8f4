"""Load WeasyPrint, which finds its libraries (Pango, HarfBuzz, fontconfig) on the system; here it finds them alone."""

import ctypes.util
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FONTS = Path(__file__).with_name("fonts.conf")
_VARIABLES = ("FONTCONFIG_", "FREETYPE_", "HB_", "PANGO_")
"""How the variables begin by which a user can tell the libraries to set text in another way."""


def load_weasyprint() -> None:
    """Import WeasyPrint so that it runs no programs, knows no fonts and rules of this computer, and keeps no lists.

    Otherwise fontconfig would write a list of all fonts of the computer into a folder of its user, and a font, a rule
    or a variable of his could change how a letter looks. Raise `ImportError` or `OSError` where WeasyPrint or a library
    is missing.
    """
    for name in [each for each in os.environ if each.startswith(_VARIABLES)]:
        del os.environ[name]
    os.environ["FONTCONFIG_FILE"] = str(_FONTS)  # read anew with each style, so it stays
    with _no_programs(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "No fonts configured")  # that is the point
        import weasyprint  # noqa: F401, PLC0415  # heavy, and needs Pango: only for who wants a PDF


@contextmanager
def _no_programs() -> Iterator[None]:
    """Look up a library, on Linux, by its name and by nothing else.

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

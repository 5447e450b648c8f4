"""The key of a pseudonymised case: a table from originals to pseudonyms, written only where the user says."""

import csv
import io
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from generator.disk import told, write_part
from generator.errors import OutputError, Place
from generator.tables.results import harmless

HEAD = ("kind", "original", "pseudonym")


def check_key(path: Path, out: Path) -> None:
    """Raise `OutputError` for a key that exists already, or that would lie with the letters it opens."""
    if os.path.lexists(path):
        raise OutputError.one("key-exists", Place(path.as_posix()))
    home, folder = out.resolve(), path.resolve().parent
    if home == folder or home in folder.parents:
        raise OutputError.one("key-with-letters", Place(path.as_posix()))


def write_key(path: Path, rows: Iterable[tuple[str, str, str]]) -> None:
    """Write a key whole, for the owner alone, where nothing is yet; raise `OutputError` if that cannot be done."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(HEAD)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    with told(path):
        try:
            write_part(str(path), table.getvalue().encode("utf-8-sig"), None)
        except FileExistsError:
            raise OutputError.one("key-exists", Place(path.as_posix())) from None


def withdraw_key(path: Path) -> None:
    """Take away a key that opens no letters, since none were written."""
    with suppress(OSError):
        path.unlink()

"""Folders for what libraries must have as files, such as fonts; nothing of a case lies in them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def scratch_folder() -> "tempfile.TemporaryDirectory[str]":
    """Make a folder that goes with its object, or by `sweep` if this process is ended before it can tidy up."""
    return tempfile.TemporaryDirectory(prefix=_beginning(os.getpid()))


@contextmanager
def everything_in(folder: "tempfile.TemporaryDirectory[str]") -> Iterator[None]:
    """Let libraries make their temporary files in a folder of ours."""
    before = tempfile.tempdir
    tempfile.tempdir = folder.name
    try:
        yield
    finally:
        tempfile.tempdir = before


def sweep(process: int) -> None:
    """Remove the folders of a process that was ended."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_beginning(process)}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _beginning(process: int) -> str:
    return f"arznoma-{process}-"

"""Make this process warm: what a run would import and load first is there already when it forks."""

import contextlib
import gc
import io
import os
import signal
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from breaking.scenes import SCENES, Home

from generator import writing
from generator.cli import main
from generator.cli.main import COMMANDS
from generator.law.load import cached_law


def warm() -> None:
    """Import all commands and run the scenes once in this process; law is then kept, as a batch keeps it."""
    for module, _ in COMMANDS.values():
        import_module(module)
    writing.load_law = cached_law
    before, there, argv = dict(os.environ), Path.cwd(), sys.argv
    with tempfile.TemporaryDirectory() as folder:
        for number, scene in enumerate(SCENES):
            home = Home(Path(folder) / str(number))
            home.make()
            os.environ.update(HOME=str(home.user))
            os.chdir(home.work)
            for step in (*scene.before, scene.command):
                if callable(step):
                    step(home)
                elif "2" not in step[-1:]:
                    sys.argv = ["arznoma", "--ui", "en", *step]
                    _quietly()
        os.chdir(there)
    sys.argv = argv
    os.environ.clear()
    os.environ.update(before)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.collect()
    gc.freeze()  # forks share what stays as it is


def _quietly() -> None:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            main()
        except SystemExit as end:
            if end.code:
                raise RuntimeError(sys.argv) from None

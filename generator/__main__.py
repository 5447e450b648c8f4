"""The start of the program: what must hold before the rest is loaded, and then `generator.cli`."""

import signal

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C simply ends us until `main` minds it: nothing is begun yet

import os  # before it nothing else is loaded, or Ctrl-C would come while it is
import sys
from types import FrameType
from typing import Any, Never

_SOON = 0.01  # seconds
_LAST_WORDS = b"arznoma broke down and could not say why, most likely for want of memory; run it again\n"


def start() -> Never:
    """Load the command line and run it."""
    sys.excepthook, sys.unraisablehook = _uncaught, unraisable
    _open_streams()
    try:
        from generator.cli import program  # noqa: PLC0415  # Ctrl-C is minded before it is loaded
    except (ImportError, OSError, MemoryError) as fault:  # no sentence can be had yet
        name = getattr(fault, "name", None) or type(fault).__name__
        sys.exit(f"arznoma cannot start: {name} cannot be loaded; run it again, or install it anew")
    program()


def _open_streams() -> None:
    """Open what is closed: a closed stream leaves its number to the next file, and what is said would get into that."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # it gets the lowest free number
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "r" if name == "stdin" else "w", encoding="utf-8", closefd=False))  # noqa: SIM115


def _uncaught(*_fault: Any) -> None:
    """Tell, with what is there already, that even telling of a fault failed; a traceback could tell values."""
    os.write(2, _LAST_WORDS)


def unraisable(fault: Any) -> None:
    """Let Ctrl-C be obeyed that came where Python cannot raise it; of the rest a traceback could tell values."""
    at_work = signal.getsignal(signal.SIGINT) is not signal.SIG_DFL
    if at_work and fault.exc_type is KeyboardInterrupt:
        from threading import Timer  # noqa: PLC0415  # for this one moment

        signal.signal(signal.SIGINT, _interrupt)
        Timer(_SOON, _again).start()  # raised at once it would be raised here, where nobody takes it either


def _again() -> None:
    from threading import main_thread  # noqa: PLC0415  # as above

    if sys.platform == "win32":
        signal.raise_signal(signal.SIGINT)
    else:
        signal.pthread_kill(main_thread().ident or 0, signal.SIGINT)  # also ends a system call in which it waits


def _interrupt(_signal: int, _frame: FrameType | None) -> Never:
    raise KeyboardInterrupt


if __name__ == "__main__":
    start()

"""Let long work end in good order: the first Ctrl-C asks, the second insists."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stoppable(said: str) -> Iterator[Callable[[], bool]]:
    """Yield what tells whether we were asked to stop, by Ctrl-C or the system; `said` is printed then.

    Nothing is interrupted the first time, so that no record is lost half-way. The second time is `KeyboardInterrupt`.
    """
    asked: list[int] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        click.echo(f"\n{said}", err=True)

    before = {number: signal.signal(number, ask) for number in _SIGNALS}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

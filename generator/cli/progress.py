"""Show how far a long run has come: a bar on a terminal, a plain line now and then elsewhere."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from time import monotonic
from typing import TypeVar

import click

from generator.cli.messages import Messages

_EVERY = 10.0  # seconds between plain lines
T = TypeVar("T")


def watched(messages: Messages, parts: Iterable[Sequence[T]], total: int) -> Iterator[Sequence[T]]:
    """Yield the parts of a run as they come, and show on stderr how many of `total` things they hold by now."""
    if sys.stderr.isatty():
        yield from _with_bar(messages, parts, total)
    else:
        yield from _with_lines(messages, parts, total)


def _with_bar(messages: Messages, parts: Iterable[Sequence[T]], total: int) -> Iterator[Sequence[T]]:
    started, done = monotonic(), 0

    def rate(_item: object) -> str:
        return messages.say("batch-rate", rate=_a_minute(done, started))

    label = messages.say("batch-label")
    bar = click.progressbar(length=total, label=label, show_pos=True, item_show_func=rate, file=sys.stderr)
    with bar:
        for part in parts:
            done += len(part)
            bar.update(len(part), part)
            yield part


def _with_lines(messages: Messages, parts: Iterable[Sequence[T]], total: int) -> Iterator[Sequence[T]]:
    started = told = monotonic()
    done = 0
    for part in parts:
        done += len(part)
        if monotonic() - told > _EVERY:
            told = monotonic()
            left = round((told - started) / done * (total - done))
            line = messages.say("batch-progress", done=done, total=total, rate=_a_minute(done, started), left=left)
            click.echo(line, err=True)
        yield part


def _a_minute(done: int, started: float) -> int:
    return round(done * 60 / max(monotonic() - started, 0.001))

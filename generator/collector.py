"""The garbage collector of Python: hardly anything that starting makes is garbage, and the end has no need of it."""

import atexit
import gc

_YOUNG = 5_000  # new objects between two looks; Python itself looks at every 700


def spare() -> None:
    """Let the collector look seldom, and leave what there is at the end to the system, which takes back all at once."""
    gc.set_threshold(_YOUNG)
    atexit.register(gc.freeze)


def set_apart() -> None:
    """Let the collector pass over what there is by now: it stays as long as the process."""
    gc.collect()
    gc.freeze()

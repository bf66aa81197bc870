"""The garbage collector: how often it looks for cycles, and when it does not."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_YOUNG: Final = 50_000
_ROUNDS: Final = (20, 50)


@contextmanager
def uncollected() -> Iterator[None]:
    """Within, Python does not look for cycles of objects that nobody holds any more.

    It looks each time a quarter more objects are alive, through all of them. A step that makes a hundred
    thousand rows and no cycles finds nothing, and spends a tenth of its time on that. What nobody holds and
    is in no cycle is freed as ever. Afterwards the collector is as it was.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def collected_seldom() -> None:
    """Have the collector of this process look among new objects every fifty thousand, not every 700.

    Libraries make some million objects that stay, and steps rows by the hundred thousand: each look finds
    next to nothing, and all of them took a tenth of a run over what was known. What is in a cycle, few
    tracebacks and frames, waits that much longer to be freed.
    """
    gc.set_threshold(_YOUNG, *_ROUNDS)

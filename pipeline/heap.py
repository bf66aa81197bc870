"""The garbage collector beside steps that make very many rows at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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

"""What allocators keep of memory that was freed, in a process whose steps each need much of it in turn.

Polars and Arrow have an allocator each, beside the C library's. What a step has let go of must not be kept by
one of them while the next step takes memory from another.
"""

from __future__ import annotations

import ctypes
import os
from typing import Final

ALLOCATORS: Final = {
    # jemalloc, of Polars: what is freed goes back at once, and not when it is next touched.
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0",
    # Arrow takes memory from the C library, as everything else does, and not from a pool of its own.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
"""Variables that these libraries read when they are loaded."""


def bound_allocators() -> None:
    """Have libraries that are not loaded yet keep little of what is freed; a variable that is set stands."""
    for name, value in ALLOCATORS.items():
        os.environ.setdefault(name, value)


def give_back() -> None:
    """Return to the system what the C library keeps of freed memory; nothing elsewhere than on glibc."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)

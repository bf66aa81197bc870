"""Memory of a run's process: freed memory goes back, what somebody has set stands, cycles are found."""

import ctypes
import os
import subprocess
import sys

import pytest

from pipeline.allocators import ALLOCATORS

ASKED = """
import os, assets, pyarrow
print(os.environ["_RJEM_MALLOC_CONF"], pyarrow.default_memory_pool().backend_name)
"""
COLLECTED = """
import gc
before = gc.get_threshold()
import assets
print(gc.isenabled(), all(now > then for now, then in zip(gc.get_threshold(), before)))
"""
FREED = """
from pipeline.allocators import give_back

def held():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096

kept = [bytearray(100_000) for _ in range(1_000)]
last = bytearray(100_000)  # above all others: what lies below it stays with the process
del kept
before = held()
give_back()
print(before - held())
"""


def said(code: str, **more: str) -> str:
    own = {name: value for name, value in os.environ.items() if name not in ALLOCATORS}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**own, **more}, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_libraries_of_a_run_keep_little():
    conf, pool = said(ASKED).split()
    assert conf.endswith(ALLOCATORS["_RJEM_MALLOC_CONF"])
    assert pool == "system"


def test_what_is_set_stands():
    conf, pool = said(
        ASKED, _RJEM_MALLOC_CONF="dirty_decay_ms:77", ARROW_DEFAULT_MEMORY_POOL="mimalloc"
    ).split()
    assert conf.endswith("dirty_decay_ms:77")
    assert pool == "mimalloc"


def test_a_run_looks_for_cycles_less_often_and_still_does():
    assert said(COLLECTED).split() == ["True", "True"]


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="the C library is another one")
def test_freed_memory_goes_back():
    assert int(said(FREED, MALLOC_MMAP_THRESHOLD_="1000000")) > 50_000_000

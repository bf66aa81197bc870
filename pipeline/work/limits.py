"""How long a document may take and how much memory a worker: limits, and what happens at them."""

from __future__ import annotations

import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

MIB = 1 << 20


class OutOfTimeError(BaseException):
    """A document took longer than it may.

    No `Exception`, so that nothing that goes on over the errors of a document can swallow it.
    """


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: seconds, and mebibytes of a worker's data; 0 is without limit."""

    seconds: float = 0
    mebibytes: int = 0


def can_interrupt() -> bool:
    """Whether a document can be stopped here: signals reach the main thread only."""
    return threading.current_thread() is threading.main_thread()


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTimeError in the body once it has taken `seconds`; without effect off the main thread.

    Python code and regular expressions are interrupted wherever they are, other C code when it returns.
    """
    if seconds <= 0 or not can_interrupt():
        yield
        return

    def stop(_signal: int, _frame: object) -> None:
        raise OutOfTimeError(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def limit_memory(mebibytes: int) -> None:
    """Let this process's data grow to so many mebibytes at most; more is a MemoryError. 0: no limit.

    Systems that do not keep the limit (macOS) are left without one.
    """
    if mebibytes <= 0:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = mebibytes * MIB
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))

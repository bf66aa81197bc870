"""How far a long step has come, for people: a bar in the terminal, lines in Dagster's log."""

import time

import dagster as dg
from tqdm import tqdm

_LOG_SECONDS = 15.0


class Progress:
    """How far reading has come: a bar where there is a terminal, and a line in the log now and then."""

    def __init__(self, log: dg.DagsterLogManager, done: str) -> None:
        """`done` says in a word what documents are when they are done."""
        self._log = log
        self._done = done
        self._bar: tqdm | None = None
        self._began = self._told = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if self._bar is None:
            self._bar = tqdm(total=total, desc=f"Documents {self._done}", disable=None, leave=False)
        self._bar.update(done - self._bar.n)
        now = time.monotonic()
        if now - self._told >= _LOG_SECONDS or done == total:
            self._told = now
            speed = done / max(now - self._began, 0.001)
            left = f", about {(total - done) / speed:,.0f} s left" if done < total else ""
            self._log.info(f"{done:,} of {total:,} documents {self._done}, {speed:,.1f} a second{left}")

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.close()

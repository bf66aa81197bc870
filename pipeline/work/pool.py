"""Work in processes of this machine, each started afresh; one that dies is replaced.

No fork: the threads of Polars do not survive one. No `multiprocessing` pool either: it would import the main
module again in every worker, and the death of one would break it. What travels is bytes, never pickles.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from types import TracebackType
from typing import Final, Self, cast

from pipeline.settings import PROJECT_ROOT
from pipeline.work.frames import pack, unpack
from pipeline.work.limits import Limits
from pipeline.work.model import Done, Item, LossCode, Lost, Outcome, Shard, WorkError
from pipeline.work.worker import FAILED, LOST, READY, RESULT

_GRACE: Final = 10.0
"""Seconds that a worker may be silent beyond a document's limit before it is killed."""
_START: Final = 300.0
"""Seconds that a worker may take to start and to load its task."""
_POLL: Final = 1.0
_THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS")


class _Process:
    """A worker process with what it is doing."""

    def __init__(self, limits: Limits) -> None:
        ours, theirs = Pipe()
        path = [str(PROJECT_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        self.pipe: Connection = ours
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.work.worker", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            env=os.environ | dict.fromkeys(_THREADS, "1") | {"PYTHONPATH": os.pathsep.join(path)},
        )
        theirs.close()
        self.shard: Shard | None = None
        self.results: list[Item] = []
        self.started = False
        self.heard = time.monotonic()
        self.pipe.send_bytes(pack((str(limits.seconds).encode(), str(limits.mebibytes).encode())))

    def give(self, task: str, common: bytes, shard: Shard) -> None:
        """Hand over a shard; a worker that is gone is noticed when its pipe is read."""
        self.shard, self.results, self.started = shard, [], False
        self.heard = time.monotonic()
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send_bytes(pack((task.encode(), common, *map(pack, shard.items))))

    def end(self) -> str:
        """Stop the process and say how it ended."""
        self.pipe.close()
        if self._process.poll() is None and self.shard is None:
            try:
                self._process.wait(timeout=2)  # an idle worker ends with its pipe
            except subprocess.TimeoutExpired:
                self._process.kill()
        elif self._process.poll() is None:
            try:
                self._process.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                self._process.kill()
        code = self._process.wait()
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def kill(self) -> None:
        """Stop the process at once."""
        self._process.kill()

    def silent_for(self) -> float:
        """Seconds since the worker was last heard of."""
        return time.monotonic() - self.heard


class Pool:
    """Processes that each load the model once, when their first shard comes."""

    def __init__(self, parallel: int, limits: Limits = Limits()) -> None:  # noqa: B008 - immutable
        if parallel < 1:
            raise ValueError(f"a pool of {parallel}")
        self.parallel = parallel
        self._limits = limits
        self._processes: list[_Process] = []

    def map(self, task: str, common: bytes, shards: Iterable[Shard]) -> Iterator[Outcome]:
        """See `Workers.map`."""
        given = iter(shards)
        waiting: deque[Shard] = deque()
        try:
            while True:
                self._hand_out(task, common, given, waiting)
                busy = [process for process in self._processes if process.shard is not None]
                if not busy:
                    return
                ready = wait([process.pipe for process in busy], timeout=_POLL)
                for process in busy:
                    if process.pipe in ready:
                        yield from self._hear(process, waiting)
                    elif self._limits.seconds and process.silent_for() > self._patience(process):
                        process.kill()  # its pipe ends, and the next round hears of it
                        yield from self._gone(process, waiting, "out_of_time")
        except BaseException:
            self.close()
            raise

    def _patience(self, process: _Process) -> float:
        return self._limits.seconds + (_GRACE if process.started else _START)

    def _hand_out(self, task: str, common: bytes, given: Iterator[Shard], waiting: deque[Shard]) -> None:
        """Give every idle worker a shard, as long as there are any."""
        idle = [process for process in self._processes if process.shard is None]
        while idle or len(self._processes) < self.parallel:
            shard = waiting.popleft() if waiting else next(given, None)
            if shard is None:
                return
            if idle:
                process = idle.pop()
            else:
                process = _Process(self._limits)
                self._processes.append(process)
            process.give(task, common, shard)

    def _hear(self, process: _Process, waiting: deque[Shard]) -> Iterator[Outcome]:
        """What a worker has to say; one that is gone leaves the item it was reading as lost."""
        shard = process.shard
        assert shard is not None
        try:
            kind, *parts = unpack(process.pipe.recv_bytes())
        except (EOFError, OSError, ValueError):
            yield from self._gone(process, waiting, "worker_died")
            return
        process.heard = time.monotonic()
        if kind == READY:
            process.started = True
        elif kind == RESULT:
            process.results.append(tuple(parts))
            if len(process.results) == len(shard.items):
                results, process.results, process.shard = tuple(process.results), [], None
                yield Done(shard, results)
        elif kind == LOST:
            code, detail = (part.decode() for part in parts)
            if code == "out_of_memory":
                yield from self._gone(process, waiting, "out_of_memory")
            else:
                process.shard = None
                yield from self._split(process, shard, waiting, cast(LossCode, code), detail)
        elif kind == FAILED:
            code, message = (part.decode() for part in parts)
            raise WorkError(code, message, shard.names[len(process.results) :])
        else:
            raise WorkError("work_failed", f"A worker said {kind!r}.", shard.names)

    def _gone(self, process: _Process, waiting: deque[Shard], code: LossCode) -> Iterator[Outcome]:
        """Take leave of a worker; another is started for the next shard."""
        shard = process.shard
        assert shard is not None
        ended = process.end()
        self._processes.remove(process)
        detail = {
            "worker_died": f"the worker ended with {ended}",
            "out_of_memory": f"more than {self._limits.mebibytes:,} MiB",
            "out_of_time": f"more than {self._limits.seconds:g} s",
        }[code]
        yield from self._split(process, shard, waiting, code, detail)

    def _split(
        self, process: _Process, shard: Shard, waiting: deque[Shard], code: LossCode, detail: str
    ) -> Iterator[Outcome]:
        """What is done of a shard, the item at which its worker stopped, and the rest to be done."""
        n = len(process.results)
        results, process.results = tuple(process.results), []
        if n:
            yield Done(shard.part(0, n), results)
        yield Lost(shard.part(n, n + 1), code, detail)
        if n + 1 < len(shard.items):
            waiting.append(shard.part(n + 1, len(shard.items)))

    def close(self) -> None:
        """End all workers."""
        for process in self._processes:
            if process.shard is not None:
                process.kill()
        for process in self._processes:
            process.end()
        self._processes = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

"""Work on many machines: shards as tasks of a Dask scheduler, read in a process beside each Dask worker.

A Dask worker runs its tasks on threads, which no signal interrupts and whose memory is the worker's own.
So each thread hands its shards to a process of `pipeline.work.pool`, which loads the model once, keeps the
limits of a document, and may die without taking the Dask worker with it. If a Dask worker dies, the scheduler
gives its shards to another one; a shard that several workers died of comes back as lost.

What travels is bytes in tuples. Dask itself pickles the call, so its scheduler and workers must be trusted:
keep them in a network of their own or use its TLS.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, cast

from pipeline.work.frames import pack, unpack
from pipeline.work.limits import Limits
from pipeline.work.model import Done, LossCode, Lost, Outcome, Shard, WorkError, as_work_error
from pipeline.work.pool import Pool

if TYPE_CHECKING:
    from distributed import Future

AHEAD: Final = 2
"""Shards a thread: the one that it reads, and the next, so that it never waits for the network."""
CONNECT_SECONDS: Final = 30.0
PATIENCE: Final = 300.0
"""Seconds that a cluster may be without any worker, as when it is scaled up or its machines are replaced."""
_POLL: Final = 2.0

Told = tuple[str, int, int, str, str, tuple[bytes, ...]]
"""What a worker tells of items `[start, end)`: kind, start, end, code, detail, results, each packed."""

_own = threading.local()


class Cluster:
    """Workers of a Dask cluster, which run the same version of Parley with the same packages.

    Args:
        address: of the scheduler, such as ``tcp://host:8786``, or ``tls://…``.
        limits: of one document, kept on every worker.
        patience: seconds without any worker after which the work is given up.

    Raises:
        WorkError: ``cluster_driver_missing`` without the extra `cluster`, ``cluster_unreachable`` if nobody
            answers at the address.
    """

    def __init__(
        self,
        address: str,
        limits: Limits = Limits(),  # noqa: B008 - immutable
        patience: float = PATIENCE,
    ) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise WorkError(
                "cluster_driver_missing", "PARLEY_CLUSTER needs the extra: pip install 'parley[cluster]'.", ()
            ) from error
        try:
            self._client: Any = Client(  # type: ignore[no-untyped-call]
                address, timeout=CONNECT_SECONDS, set_as_default=False, name="parley"
            )
        except (OSError, ValueError) as error:
            raise WorkError("cluster_unreachable", f"No Dask scheduler at {address}: {error}", ()) from error
        self._address = address
        self._limits = limits
        self._patience = patience

    @property
    def parallel(self) -> int:
        """How many shards are worked on at once: threads of all workers that are there now."""
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        return sum(int(worker["nthreads"]) for worker in workers)

    def map(self, task: str, common: bytes, shards: Iterable[Shard]) -> Iterator[Outcome]:
        """See `Workers.map`.

        Raises WorkError besides: ``cluster_empty`` if no worker was there for `patience` seconds,
        ``cluster_lost`` if the scheduler is gone.
        """
        given = iter(shards)
        running: dict[Future[Any], Shard] = {}
        seen = time.monotonic()
        try:
            while True:
                parallel = self.parallel
                seen = time.monotonic() if parallel else seen
                for shard in islice(given, max(0, AHEAD * max(1, parallel) - len(running))):
                    running[self._send(task, common, shard)] = shard
                if not running:
                    return
                if time.monotonic() - seen > self._patience:
                    names = [name for shard in running.values() for name in shard.names]
                    raise WorkError(
                        "cluster_empty", f"No worker at {self._address} for {self._patience:g} s.", names
                    )
                for future in self._finished(running):
                    shard = running.pop(future)
                    yield from self._heard(future, shard)
        except (OSError, RuntimeError) as error:
            raise WorkError(
                "cluster_lost", f"The Dask scheduler at {self._address} is gone: {error}", ()
            ) from error
        finally:
            self._client.cancel(list(running), force=True)

    def _send(self, task: str, common: bytes, shard: Shard) -> Future[Any]:
        items = [pack(item) for item in shard.items]
        limits = (self._limits.seconds, self._limits.mebibytes)
        sent = self._client.submit(carry_out, task, common, limits, items, shard.names, pure=False)
        return cast("Future[Any]", sent)

    def _finished(self, running: dict[Future[Any], Shard]) -> list[Future[Any]]:
        from distributed import wait

        try:
            with self._client.as_current():
                found = wait(list(running), _POLL, "FIRST_COMPLETED")  # type: ignore[no-untyped-call]
                return list(found.done)
        except TimeoutError:
            return []

    def _heard(self, future: Future[Any], shard: Shard) -> Iterator[Outcome]:
        """What came of a shard, part by part."""
        from distributed import KilledWorker

        try:
            told: list[Told] = future.result()
        except KilledWorker as error:
            yield Lost(shard, "worker_died", f"several Dask workers died: {error}")
            return
        except Exception as error:  # of Dask itself: what the task raises is told, not raised
            raise as_work_error(error, shard.names) from error
        for kind, start, end, code, detail, results in told:
            if kind == "failed":
                raise WorkError(code, detail, shard.names[start:end])
            part = shard.part(start, end)
            if kind == "done":
                yield Done(part, tuple(unpack(result) for result in results))
            else:
                yield Lost(part, cast(LossCode, code), detail)

    def close(self) -> None:
        """Leave the cluster; it goes on for others."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def carry_out(
    task: str, common: bytes, limits: tuple[float, int], items: list[bytes], names: tuple[str, ...]
) -> list[Told]:
    """Read a shard on a Dask worker, in the process that belongs to this thread.

    Errors are told, not raised: they must arrive with their code wherever Dask carries them.
    """
    places = {name: number for number, name in enumerate(names)}
    told: list[Told] = []
    try:
        for outcome in _pool(limits).map(task, common, [Shard(tuple(unpack(i) for i in items), names)]):
            start = places[outcome.shard.names[0]]
            end = start + len(outcome.shard.names)
            if isinstance(outcome, Done):
                told.append(("done", start, end, "", "", tuple(pack(r) for r in outcome.results)))
            else:
                told.append(("lost", start, end, outcome.code, outcome.detail, ()))
    except WorkError as error:
        at = [places[name] for name in error.names if name in places]
        told.append(("failed", min(at, default=0), len(items), error.code, error.message, ()))
    return told


def _pool(limits: tuple[float, int]) -> Pool:
    """The process of this thread; another one if the limits have changed."""
    if getattr(_own, "limits", None) != limits:
        if hasattr(_own, "pool"):
            _own.pool.close()
        _own.pool, _own.limits = Pool(1, Limits(*limits)), limits
    pool: Pool = _own.pool
    return pool

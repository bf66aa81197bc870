"""Work in this process: for corpora that are not worth other processes, for notebooks and tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

from pipeline.work.limits import Limits, OutOfTimeError, time_limit
from pipeline.work.model import Done, Item, Lost, Outcome, Shard, as_work_error, load_task


class Here:
    """Works off one shard after the other; a document's time is limited on the main thread only.

    Memory is not limited here: the limit would hold for everything else in the process, too. A document
    that meets a MemoryError is lost nevertheless, and the others go on.
    """

    parallel = 1

    def __init__(self, limits: Limits = Limits()) -> None:  # noqa: B008 - immutable
        self._limits = limits

    def map(self, task: str, common: bytes, shards: Iterable[Shard]) -> Iterator[Outcome]:
        """See `Workers.map`."""
        read = load_task(task)
        for shard in shards:
            waiting = [shard]
            while waiting:
                part = waiting.pop()
                results: list[Item] = []
                lost: Lost | None = None
                try:
                    found = read(common, part.items)
                    for _ in part.items:
                        with time_limit(self._limits.seconds):
                            results.append(next(found))
                except OutOfTimeError as error:
                    lost = Lost(part.part(len(results), len(results) + 1), "out_of_time", str(error))
                except MemoryError as error:
                    lost = Lost(part.part(len(results), len(results) + 1), "out_of_memory", str(error))
                except Exception as error:
                    raise as_work_error(error, part.names[len(results) :]) from error
                if results:
                    yield Done(part.part(0, len(results)), tuple(results))
                if lost is not None:
                    yield lost
                    if len(results) + 1 < len(part.items):
                        waiting.append(part.part(len(results) + 1, len(part.items)))

    def close(self) -> None:
        """There is nothing to end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

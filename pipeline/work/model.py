"""What work is made of: items gathered into shards, the task that reads them, and who carries it out.

Everything that travels is bytes, so that a shard can cross a pipe or a network without being unpickled.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Literal, Protocol, Self

from pipeline.errors import ParleyError

Item = tuple[bytes, ...]
"""One document to be read, or what was read from it, in as many parts as the task agrees on."""

Task = Callable[[bytes, Sequence[Item]], Iterator[Item]]
"""Reads items one after the other and gives a result for each, in their order.

The first argument holds what all items share (settings), encoded by whoever starts the work. A document's
own fault is part of its result; what a task raises concerns the work as a whole. What takes long and is no
document's own (loading a model) belongs into the call, before the first result is asked for: a document's
time is measured from there.
"""

LossCode = Literal["worker_died", "out_of_memory", "out_of_time"]


@dataclass(frozen=True, slots=True)
class Shard:
    """Items that are worked on together, by one worker.

    Attributes:
        items: what the task reads.
        names: what each item is called in messages: its document_id.
        attempt: 1 at first, more for what is tried again.
    """

    items: tuple[Item, ...]
    names: tuple[str, ...]
    attempt: int = 1

    def __post_init__(self) -> None:
        if len(self.items) != len(self.names) or not self.items:
            raise ValueError(f"{len(self.items)} items have {len(self.names)} names")

    def part(self, start: int, end: int) -> Shard:
        """The shard's items from `start` up to `end`, which must hold at least one."""
        return replace(self, items=self.items[start:end], names=self.names[start:end])

    def again(self) -> list[Shard]:
        """What to try next if the shard was lost: its halves; a single item once more."""
        middle = len(self.items) // 2
        parts = [self.part(0, middle), self.part(middle, len(self.items))] if middle else [self]
        return [replace(part, attempt=self.attempt + 1) for part in parts]


@dataclass(frozen=True, slots=True)
class Done:
    """A shard, or a part of one, with a result for each of its items."""

    shard: Shard
    results: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """A shard, or a part of one, without results: its worker died or ran out of memory or time."""

    shard: Shard
    code: LossCode
    detail: str


Outcome = Done | Lost


class WorkError(ParleyError):
    """A task broke for a reason that is no document's own; `names` are those it was reading."""

    def __init__(self, code: str, message: str, names: Sequence[str]) -> None:
        super().__init__(code, message)
        self.names = tuple(names)


class Workers(Protocol):
    """Who carries out a task: this process, processes of this machine, or a cluster."""

    @property
    def parallel(self) -> int:
        """How many shards are worked on at once."""
        ...

    def map(self, task: str, common: bytes, shards: Iterable[Shard]) -> Iterator[Outcome]:
        """Carry out `task` on every shard and give what comes of it, in any order.

        Every item comes back exactly once, in a `Done` or a `Lost`; both may hold parts of the shards that
        were given. Shards are taken from the iterable as workers get free, never all at once. A generator
        that is closed early stops the work.

        Args:
            task: where workers import it from, as "package.module:function".
            common: first argument of the task.
            shards: what to do.

        Raises:
            WorkError: the task raised on a shard what is no document's own fault.
        """
        ...

    def close(self) -> None:
        """End the workers; those that are still at work are stopped."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def load_task(name: str) -> Task:
    """The function that "package.module:function" names; raise WorkError if there is none."""
    module, _, function = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise WorkError("task_unknown", f"There is no task {name!r} here: {error}.", ()) from error
    return found  # type: ignore[no-any-return]


def as_work_error(error: BaseException, names: Sequence[str]) -> WorkError:
    """What a task raised, with the items it was reading; Parley's own errors keep their code."""
    if isinstance(error, ParleyError):
        return WorkError(error.code, error.message, names)
    kind = "work_io" if isinstance(error, OSError) else "work_failed"
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return WorkError(kind, f"{type(error).__name__}: {error} (while reading {shown})", names)

"""Batches of documents: what of a suite's inputs belongs to each, and which of them have passed before.

A batch holds all rows of some documents, in every input. Its digest is taken over these rows as they lie in
the files now, so that only batches that nobody has seen pass in this very state are looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from blake3 import blake3

from expectations.files import StageFile
from expectations.model import DOCUMENT, InBatches, Inputs, Table
from pipeline.digests import file_digest, text_digest
from pipeline.tables import Source, height, schema

DOCUMENTS: Final = 160
"""Documents of a batch, on the average."""
MOST: Final = 1024
"""Batches that a corpus is divided into at most."""
AT_ONCE: Final = 24 << 20
"""Bytes of rows that are looked at together, unless one batch has more."""
_ROWS: Final = 4096
"""Rows that are read together."""
_BUFFER: Final = 1 << 16
"""Bytes of a file that are."""
BATCH: Final = "\x1fbatch"
"""Column that tells the batch of a row: no view has one of this name."""
_DIGITS: Final = (4, 4)
"""Where in the key of a document the hexadecimal digits begin that decide on its batch, and how many."""

_Numbers: TypeAlias = npt.NDArray[Any]
_Stream: TypeAlias = tuple[_Numbers, _Numbers | None]
"""Values one after the other, and where those of each row begin, if that is not one to a row."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows that an input holds of a batch.

    Attributes:
        digest: of columns, types and values, in the order of the rows.
        first, stop: the rows lie between these, with those of other batches perhaps.
        size: bytes of the values.
    """

    digest: str
    first: int
    stop: int
    size: int


def batch_of(n: int) -> pl.Expr:
    """The number of the batch, of `n`, that a document's key belongs to.

    Keys are digests: batches are about as large as each other, a document that comes or goes changes its own
    batch and no other, and documents that are neighbours by key are so by batch.
    """
    digits = pl.col(DOCUMENT).str.slice(*_DIGITS).str.to_integer(base=16, strict=False)
    return (digits.fill_null(0).cast(pl.Int64) * n // 16 ** _DIGITS[1]).alias(BATCH)


def number_of_batches(documents: int) -> int:
    """A power of two, so that growing corpora seldom change it."""
    n = 1
    while n < MOST and n * DOCUMENTS < documents:
        n *= 2
    return n


class Batches:
    """The inputs of a suite, divided into batches of documents."""

    def __init__(self, frames: Mapping[str, pl.DataFrame | Table]) -> None:
        self._sources: dict[str, Source] = {}
        for name, given in frames.items():
            source = given.path if isinstance(given, StageFile) else given
            if isinstance(source, pl.DataFrame | Path) and DOCUMENT in given.columns:
                self._sources[name] = source
        counted = next((n for n in ("documents", "raw_documents", *self._sources) if n in self), None)
        self._n = number_of_batches(0 if counted is None else height(self._sources[counted]))
        self._batches: dict[str, Mapping[int, Batch]] = {}

    def __contains__(self, name: str) -> bool:
        """Whether an input is divided: it has rows of documents."""
        return name in self._sources

    def digests(self, view: InBatches) -> dict[int, str]:
        """By number of the batch, a digest of all rows that a view reads of it; none for batches without."""
        parts = [self._of(name) for name in view.of]
        numbers = sorted({number for part in parts for number in part})
        return {
            number: text_digest(*(part[number].digest if number in part else "" for part in parts))
            for number in numbers
        }

    def waves(self, names: Sequence[str], wanted: Sequence[int]) -> Iterator[list[int]]:
        """Batches to be looked at together, so that only so much of these inputs is in memory at a time."""
        wave: list[int] = []
        size = 0
        for number in wanted:
            own = sum(self._of(name)[number].size for name in names if number in self._of(name))
            if wave and size + own > AT_ONCE:
                yield wave
                wave, size = [], 0
            wave.append(number)
            size += own
        if wave:
            yield wave

    def inputs(self, names: Sequence[str], wave: Sequence[int]) -> Inputs:
        """The rows that these inputs hold of some batches, in the order of the input; nothing else."""
        return Inputs({name: self._rows(name, wave) for name in names})

    def marked(self, frame: pl.DataFrame, wanted: Sequence[int]) -> pl.DataFrame:
        """The rows of a view that belong to some batches, with the number of the batch."""
        return frame.with_columns(batch_of(self._n)).filter(pl.col(BATCH).is_in(list(wanted)))

    def _of(self, name: str) -> Mapping[int, Batch]:
        if name not in self._batches:
            source = self._sources[name]
            self._batches[name] = (
                _divided_file(source, file_digest(source), self._n)
                if isinstance(source, Path)
                else _divided(source, self._n)
            )
        return self._batches[name]

    def _rows(self, name: str, wave: Sequence[int]) -> pl.DataFrame:
        source = self._sources[name]
        there = [found for number in wave if (found := self._of(name).get(number)) is not None]
        empty = pl.DataFrame(schema=schema(source))
        if not there:
            return empty
        first, stop = min(batch.first for batch in there), max(batch.stop for batch in there)
        wanted = batch_of(self._n).is_in(list(wave))
        parts = (pl.DataFrame(pl.from_arrow(rows)) for rows in _chunks(source, first, stop))
        return pl.concat([empty, *(part.filter(wanted) for part in parts)])


@lru_cache(maxsize=32)
def _divided_file(path: Path, digest: str, n: int) -> Mapping[int, Batch]:
    """As `_divided`, of a file with this digest: several suites look at the same one."""
    return _divided(path, n)


def _chunks(source: Source, first: int = 0, stop: int | None = None) -> Iterator[pa.RecordBatch]:
    """Rows from `first` to `stop`, a few at a time."""
    if isinstance(source, pl.DataFrame):
        yield from source[first:stop].to_arrow().to_batches(max_chunksize=_ROWS)
        return
    with pq.ParquetFile(source, buffer_size=_BUFFER) as file:
        at, groups = 0, []
        for number in range(file.metadata.num_row_groups):
            end = at + file.metadata.row_group(number).num_rows
            if end > first and (stop is None or at < stop):
                groups.append((number, at))
            at = end
        if not groups:
            return
        at = groups[0][1]
        for rows in file.iter_batches(_ROWS, [number for number, _ in groups], use_threads=False):
            begin, end = max(0, first - at), rows.num_rows if stop is None else min(rows.num_rows, stop - at)
            at += rows.num_rows
            if begin < end:
                yield rows.slice(begin, end - begin)


class _Digest:
    """Digest of a batch in the making: the same however its rows are cut into chunks."""

    __slots__ = ("first", "hashers", "size", "stop")

    def __init__(self, streams: int) -> None:
        self.hashers = [blake3() for _ in range(streams)]
        self.first, self.stop, self.size = -1, -1, 0

    def take(self, streams: Sequence[_Stream], begin: int, end: int) -> None:
        """Take in the rows of a chunk from `begin` to `end`."""
        for hasher, (values, starts) in zip(self.hashers, streams, strict=True):
            part = values[begin:end] if starts is None else values[starts[begin] : starts[end]]
            hasher.update(part.view(np.uint8))
            self.size += part.nbytes


def _divided(source: Source, n: int) -> Mapping[int, Batch]:
    """The batches of an input; each column is read once."""
    found: dict[int, _Digest] = {}
    columns = schema(source)
    at = 0
    for chunk in _chunks(source):
        rows, begin, at = chunk, at, at + chunk.num_rows
        keys = pl.Series(DOCUMENT, pl.from_arrow(rows.column(DOCUMENT))).cast(pl.String, strict=False)
        numbers = keys.to_frame().select(batch_of(n)).to_series().to_numpy()
        if (np.diff(numbers) < 0).any():
            order = np.argsort(numbers, kind="stable")
            rows, numbers = rows.take(pa.array(order)), numbers[order]
        streams = [stream for name in columns for stream in _streams(rows.column(name))]
        cuts = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
        for start, end in itertools.pairwise(cuts):
            own = found.setdefault(int(numbers[start]), _Digest(len(streams)))
            own.first, own.stop = (begin if own.first < 0 else own.first), at
            own.take(streams, start, end)
    kinds = str(list(columns.items()))
    return {
        number: Batch(
            text_digest(kinds, *(hasher.hexdigest() for hasher in own.hashers)), own.first, own.stop, own.size
        )
        for number, own in found.items()
    }


def _streams(values: pa.Array) -> list[_Stream]:
    """The values of a column, missing ones included, so that equal bytes mean equal rows."""
    kind = values.type
    if pa.types.is_string(kind) or pa.types.is_binary(kind) or pa.types.is_string_view(kind):
        return _streams(values.cast(pa.large_string() if not pa.types.is_binary(kind) else pa.large_binary()))
    if pa.types.is_large_string(kind) or pa.types.is_large_binary(kind):
        _, places, data = values.buffers()
        return _of_many(values, _starts(values, places), [(_bytes(data), None)])
    if pa.types.is_large_list(kind) or pa.types.is_list(kind):
        starts = np.asarray(values.offsets).astype(np.int64)
        return _of_many(values, starts, _streams(values.values))
    if pa.types.is_boolean(kind):
        numbers = values.cast(pa.uint8())
    elif pa.types.is_temporal(kind):
        numbers = values.view(pa.int64() if kind.bit_width == 64 else pa.int32())
    elif pa.types.is_integer(kind) or pa.types.is_floating(kind):
        numbers = values
    else:
        told = [repr(value).encode() for value in values.to_pylist()]
        return _streams(pa.array(told, type=pa.large_binary()))
    there = np.asarray(values.is_valid())
    return [(numbers.fill_null(0).to_numpy(zero_copy_only=False), None), (there, None)]


def _of_many(values: pa.Array, starts: _Numbers, within: Sequence[_Stream]) -> list[_Stream]:
    """Of rows that hold several values each: how many (-1: the row is missing), and the values themselves."""
    lengths = np.diff(starts)
    if values.null_count:
        lengths[~np.asarray(values.is_valid())] = -1
    return [(lengths, None), *((own, starts if inner is None else inner[starts]) for own, inner in within)]


def _starts(values: pa.Array, places: pa.Buffer | None) -> _Numbers:
    if places is None:
        return np.zeros(1, dtype=np.int64)
    return np.frombuffer(places, dtype=np.int64)[values.offset : values.offset + len(values) + 1]


def _bytes(data: pa.Buffer | None) -> _Numbers:
    return np.frombuffer(b"" if data is None else data, dtype=np.uint8)

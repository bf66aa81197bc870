"""Files of records: JSON Lines, CSV and Parquet, read record by record."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, BinaryIO, Final

from pipeline.errors import Reason
from pipeline.ingest.expand import PIECE
from pipeline.ingest.fields import Fields
from pipeline.ingest.model import Facts, RefusalError
from pipeline.ingest.source import Found, Source

_BOM: Final = b"\xef\xbb\xbf"
_DELIMITERS: Final = (",", "\t", ";", "|")
_BATCH: Final = 64
_MAGIC: Final = b"PAR1"


def read_jsonl(source: Source) -> Iterator[Found | RefusalError]:
    """One record a line that is not blank; its number is that of the line."""
    fields = Fields(source.beside)
    none = True
    for number, line in source.lines():
        if line is None:
            none = False
            yield source.too_long(number)
            continue
        raw = (line.removeprefix(_BOM) if number == 1 else line).strip()
        if raw:
            none = False
            yield Found(raw, partial(_json, raw, fields), number)
    if source.fault.refusal is not None:
        raise source.fault.refusal
    if none:
        raise RefusalError(Reason.EMPTY, "The file holds no record.")


def _json(raw: bytes, fields: Fields) -> tuple[str, Facts]:
    try:
        record = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        detail = f"Byte {error.start} (0x{raw[error.start]:02x}) is not UTF-8."
        raise RefusalError(Reason.NOT_UTF8, detail) from error
    except (ValueError, RecursionError) as error:
        raise RefusalError(Reason.MALFORMED, f"The line is not JSON: {error}.") from error
    if not isinstance(record, dict):
        raise RefusalError(Reason.MALFORMED, f"The line is a JSON {type(record).__name__}, not an object.")
    return fields.document(record)


class _Rows(Iterator[str]):
    """Lines for `csv.reader`, which takes as many as a record has; `taken` holds their bytes.

    Bytes that are no UTF-8 become lone surrogates, which no text holds, so that the row is refused alone.
    """

    def __init__(self, source: Source) -> None:
        self._lines = source.lines()
        self._limit = source.max_bytes
        self.taken = b""
        self.first = 0
        self.too_long = False
        self.ended = False

    def begin(self) -> None:
        """Forget the lines of the record before."""
        self.taken, self.first = b"", 0

    def __next__(self) -> str:
        number, line = next(self._lines, (0, b""))
        if number == 0:
            self.ended = True
            raise StopIteration
        self.first = self.first or number
        if line is None or len(self.taken) + len(line) > self._limit:
            self.too_long = True
            raise StopIteration
        if number == 1:
            line = line.removeprefix(_BOM)
        self.taken += line
        return line.decode("utf-8", "surrogateescape")


def read_csv(source: Source) -> Iterator[Found | RefusalError]:
    """One record a row below the header; its number is that of the line on which it begins."""
    csv.field_size_limit(max(csv.field_size_limit(), source.max_bytes))
    fields = Fields(source.beside)
    lines = _Rows(source)
    given = None if source.beside is None else source.beside.delimiter
    head = next(lines, "")
    delimiter = given or max(_DELIMITERS, key=lambda d: (head.count(d), -_DELIMITERS.index(d)))
    try:
        names = next(csv.reader([head], delimiter=delimiter, strict=True), [])
    except csv.Error as wrong:
        raise RefusalError(Reason.MALFORMED, f"The file's first line is no header: {wrong}.") from wrong
    if source.fault.refusal is None and not lines.too_long and not any(name.strip() for name in names):
        raise RefusalError(Reason.EMPTY, "The file has no header in its first line.")
    names = [name.strip() for name in names]
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    none = True
    while not lines.too_long:
        lines.begin()
        error: str | None = None
        values: list[str] = []
        try:
            values = next(rows)
        except StopIteration:
            break
        except csv.Error as wrong:
            error = str(wrong)
        if lines.too_long or (error and lines.ended and source.fault.refusal is not None):
            break
        raw = lines.taken.rstrip(b"\r\n")
        if raw.strip():
            none = False
            yield Found(raw, partial(_csv, names, values, error, fields), lines.first)
    if source.fault.refusal is not None:
        raise source.fault.refusal
    if lines.too_long:
        yield RefusalError(
            Reason.TOO_LARGE,
            f"The row, or an open quotation mark, goes on past the limit of {source.max_bytes} bytes; "
            "what follows was not read.",
            key=lines.first,
        )
    elif none:
        raise RefusalError(Reason.EMPTY, "The file holds no record.")


def _csv(names: list[str], values: list[str], error: str | None, fields: Fields) -> tuple[str, Facts]:
    if error is not None:
        raise RefusalError(Reason.MALFORMED, f"The row is not CSV: {error}.")
    if len(values) != len(names):
        detail = f"The row has {len(values)} values; the header has {len(names)}."
        raise RefusalError(Reason.MALFORMED, detail)
    try:
        for value in values:
            value.encode("utf-8")
    except UnicodeEncodeError as wrong:
        byte = ord(wrong.object[wrong.start]) & 0xFF
        raise RefusalError(Reason.NOT_UTF8, f"Byte 0x{byte:02x} in the row is not UTF-8.") from wrong
    return fields.document(dict(zip(names, values, strict=True)))


def read_parquet(source: Source) -> Iterator[Found | RefusalError]:
    """One record a row; its number is that of the row, from 1. Only the columns of known fields are read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with _seekable(source) as stream:
        fields = Fields(source.beside)
        number = 0
        total = None
        try:
            file = pq.ParquetFile(stream, page_checksum_verification=True)
            total = file.metadata.num_rows
            columns = fields.columns(file.schema_arrow.names)
            strings = [n for n in columns if pa.types.is_string(file.schema_arrow.field(n).type)]
            if strings:
                # Values that repeat stay as one: a page of a few bytes may name a long value a million times.
                stream.seek(0)
                file = pq.ParquetFile(stream, read_dictionary=strings, page_checksum_verification=True)
            for batch in file.iter_batches(batch_size=_BATCH, columns=columns):
                for i in range(batch.num_rows):
                    number += 1
                    try:
                        record = {name: batch.column(name)[i].as_py() for name in columns}
                    except UnicodeDecodeError as error:
                        detail = f"Byte {error.start} of a value is not UTF-8."
                        yield RefusalError(Reason.NOT_UTF8, detail, key=number)
                        continue
                    yield _row(record, fields, number, source)
        except (pa.ArrowException, OSError, ValueError) as error:
            said = " ".join(str(error).split())
            whole = "" if total is None else f" of {total} rows"
            raise RefusalError(
                Reason.TRUNCATED if _cut(stream) else Reason.MALFORMED,
                f"What follows row {number}{whole} could not be read: {said}.",
            ) from error
        if number == 0:
            raise RefusalError(Reason.EMPTY, "The file holds no record.")


def _row(record: Mapping[str, Any], fields: Fields, number: int, source: Source) -> Found | RefusalError:
    raw = json.dumps(record, sort_keys=True, ensure_ascii=True, default=str, separators=(",", ":")).encode()
    if len(raw) > source.max_bytes:
        return source.too_long(number)
    return Found(raw, partial(fields.document, record), number)


def _cut(stream: BinaryIO) -> bool:
    """Whether a Parquet file begins as one and does not end as one."""
    stream.seek(0)
    head = stream.read(len(_MAGIC))
    stream.seek(0, 2)
    stream.seek(max(0, stream.tell() - len(_MAGIC)))
    return head == _MAGIC and stream.read() != _MAGIC


def _seekable(source: Source) -> BinaryIO:
    """The stream, or a temporary file with its bytes where one cannot go back in it."""
    if source.stream.seekable():
        return source.stream
    spool: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asks for it closes it
    while piece := source.stream.read(PIECE):
        spool.write(piece)
    if source.fault.refusal is not None:
        spool.close()
        raise source.fault.refusal
    spool.seek(0)
    return spool

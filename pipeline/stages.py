"""Values that only stages exchange, as frames and back: files listed, raw documents.

Tables of the contract have `pipeline.tables` for that; these frames stay inside the pipeline.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import polars as pl

from pipeline.ingest import Facts, RawDocument, Sidecar
from pipeline.ingest.read import PLAIN
from pipeline.listing import ListedFile
from pipeline.model import Block

FILES: Final = pl.Schema(
    {
        "path": pl.String(),
        "size": pl.Int64(),
        "modified_ns": pl.Int64(),
        "is_input": pl.Boolean(),
        "n_records": pl.Int64(),
    }
)
RAW: Final = pl.Schema(
    {
        "document_id": pl.String(),
        "source_file": pl.String(),
        "text": pl.String(),
        "sha256": pl.String(),
        "sidecar": pl.String(),
        "ingested_at": pl.Datetime("us"),
        "facts": pl.String(),
        "reader": pl.String(),
    }
)


def files_frame(files: Iterable[ListedFile], records: Mapping[str, int] | None = None) -> pl.DataFrame:
    """The listing of the input folder, with the number of `records` by file that holds many inputs."""
    records = records or {}
    rows = [(f.path, f.size, f.modified_ns, f.is_input, records.get(f.path)) for f in files]
    return pl.DataFrame(rows, schema=FILES, orient="row")


def raw_frame(documents: Iterable[RawDocument]) -> pl.DataFrame:
    """Raw documents, their sidecars and facts as JSON."""
    rows = [
        (
            d.document_id,
            d.source_file,
            d.text,
            d.sha256,
            None if d.sidecar is None else d.sidecar.model_dump_json(by_alias=True),
            d.ingested_at.astimezone(dt.UTC).replace(tzinfo=None),
            None if d.facts is None else d.facts.model_dump_json(),
            d.reader,
        )
        for d in documents
    ]
    return pl.DataFrame(rows, schema=RAW, orient="row")


def untouched_rows(
    before: pl.DataFrame, digests: Mapping[str, str], known: Mapping[str, dt.datetime]
) -> pl.DataFrame:
    """Raw documents of plain texts that still are what they were, with nothing beside them.

    Args:
        before: raw documents that the same code has made.
        digests: SHA-256 of the files as they are, by path.
        known: times of earlier runs; a document that bears another time is to be read again.
    """
    # A text that came out of a compressed file has other bytes than that.
    now = [digests.get(path) for path in before["source_file"]]
    times = [known.get(sha256) for sha256 in before["sha256"]]
    seen = [None if time is None else time.astimezone(dt.UTC).replace(tzinfo=None) for time in times]
    plain = pl.col("sidecar").is_null() & pl.col("facts").is_null() & (pl.col("reader") == PLAIN)
    same = (pl.col("sha256") == pl.Series(now, dtype=pl.String)) & (
        pl.col("ingested_at") == pl.Series(seen, dtype=pl.Datetime("us"))
    )
    return before.filter(plain & same)


def all_raw(read: pl.DataFrame, before: pl.DataFrame, untouched: Sequence[tuple[int, str]]) -> pl.DataFrame:
    """Raw documents that were read and those that were not, these at their places among all."""
    kept = pl.DataFrame(untouched, schema={"place": pl.Int64(), "source_file": pl.String()}, orient="row")
    own = kept.join(before, on="source_file", how="left", maintain_order="left")
    taken = set(kept["place"])
    free = [place for place in range(read.height + kept.height) if place not in taken]
    told = read.with_columns(place=pl.Series(free, dtype=pl.Int64()))
    columns = ["place", *RAW.names()]
    return pl.concat([told.select(columns), own.select(columns)]).sort("place").drop("place")


def raw_rows(frame: pl.DataFrame) -> tuple[RawDocument, ...]:
    """The inverse of `raw_frame`."""
    return tuple(
        RawDocument(
            document_id,
            source_file,
            text,
            sha256,
            None if sidecar is None else Sidecar.model_validate_json(sidecar),
            ingested_at.replace(tzinfo=dt.UTC),
            None if facts is None else Facts.model_validate_json(facts),
            reader,
        )
        for document_id, source_file, text, sha256, sidecar, ingested_at, facts, reader in frame.select(
            RAW.names()
        ).iter_rows()
    )


def blocks_by_document(blocks: Iterable[Block]) -> dict[str, tuple[Block, ...]]:
    """Blocks of each document in reading order."""
    found: dict[str, list[Block]] = {}
    for block in blocks:
        found.setdefault(block.document_id, []).append(block)
    return {key: tuple(sorted(own, key=lambda b: b.block_no)) for key, own in found.items()}

"""Frames for what came in: every input accounted for, and its text kept as it was."""

from __future__ import annotations

import hashlib

import polars as pl

_BOM = b"\xef\xbb\xbf"


def accounted(files: pl.DataFrame, accepted: pl.DataFrame, refused: pl.DataFrame) -> pl.DataFrame:
    """One row an input file: how often it was accepted and how often set aside.

    Columns: `source_file`, `n_listed`, `n_accepted`, `n_set_aside`, `n_times` (the sum of the last two).
    Files that nobody listed appear with `n_listed` 0.
    """
    listed = files.filter("is_input").select(pl.col("path").alias("source_file"))
    parts = [(listed, "n_listed"), (accepted, "n_accepted"), (refused, "n_set_aside")]
    counted = pl.concat(
        [
            frame.select(
                "source_file", *(pl.lit(name == own).cast(pl.Int64).alias(name) for _, name in parts)
            )
            for frame, own in parts
        ]
    )
    return (
        counted.group_by("source_file")
        .agg(pl.col("n_listed", "n_accepted", "n_set_aside").sum())
        .with_columns((pl.col("n_accepted") + pl.col("n_set_aside")).alias("n_times"))
        .sort("source_file")
    )


def content_digests(raw: pl.DataFrame) -> pl.DataFrame:
    """One row a document: the file's `sha256`, and `sha256_of_text`, of the text that was kept.

    A byte-order mark is dropped from the text, so that the digest with one counts, too.
    """
    digests = []
    for text, sha256 in raw.select("text", "sha256").iter_rows():
        data = text.encode("utf-8")
        candidates = (hashlib.sha256(data).hexdigest(), hashlib.sha256(_BOM + data).hexdigest())
        digests.append(sha256 if sha256 in candidates else candidates[0])
    return raw.select("document_id", "source_file", "sha256").with_columns(
        pl.Series("sha256_of_text", digests, dtype=pl.String)
    )


def kept_texts(raw: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """One row a document: lengths of the text as read and as kept, and the first place where they differ.

    Columns: `document_id`, `source_file`, `n_characters_read`, `n_characters`, `differs_at` (null if equal).
    """
    read = dict(raw.select("document_id", "text").iter_rows())
    rows = []
    for document_id, source_file, text in documents.select("document_id", "source_file", "text").iter_rows():
        original = read.get(document_id)
        rows.append(
            {
                "document_id": document_id,
                "source_file": source_file,
                "n_characters_read": None if original is None else len(original),
                "n_characters": len(text),
                "differs_at": _first_difference(original, text),
            }
        )
    schema = {
        "document_id": pl.String,
        "source_file": pl.String,
        "n_characters_read": pl.Int64,
        "n_characters": pl.Int64,
        "differs_at": pl.Int64,
    }
    return pl.DataFrame(rows, schema=schema)


def _first_difference(original: str | None, text: str) -> int | None:
    if original == text:
        return None
    if original is None:
        return 0
    for at, (before, after) in enumerate(zip(original, text, strict=False)):
        if before != after:
            return at
    return min(len(original), len(text))


def set_aside(files: pl.DataFrame, refused: pl.DataFrame) -> pl.DataFrame:
    """One row: numbers of inputs and of those set aside, and the share of the latter (0 with no input)."""
    n_inputs = files.filter("is_input").height
    share = refused.height / n_inputs if n_inputs else 0.0
    return pl.DataFrame({"n_inputs": [n_inputs], "n_set_aside": [refused.height], "share": [share]})

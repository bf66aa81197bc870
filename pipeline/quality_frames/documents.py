"""Frames for documents: their dates, their entries and what cleaning left of them."""

from __future__ import annotations

import polars as pl

METADATA = ("title", "publisher", "published_from")
"""Columns of documents that `metadata_found` counts."""


def dating(documents: pl.DataFrame) -> pl.DataFrame:
    """One row a document: its range, `read_on` (day of ingestion), `dated_from` what its basis promises.

    `has_dates` and `basis_promises_dates` are "yes" or "no".
    """
    yes_no = {True: "yes", False: "no"}
    return documents.select(
        "document_id",
        "source_file",
        "published_from",
        "published_to",
        "published_basis",
        pl.col("ingested_at").dt.date().alias("read_on"),
        ((pl.col("published_to") - pl.col("published_from")).dt.total_days() + 1).alias("n_days"),
        pl.col("published_from").is_not_null().replace_strict(yes_no).alias("has_dates"),
        (pl.col("published_basis") != "unknown").replace_strict(yes_no).alias("basis_promises_dates"),
    )


def composition(documents: pl.DataFrame, blocks: pl.DataFrame) -> pl.DataFrame:
    """One row a document: lines by kind, share of characters that are boilerplate, entries.

    Columns: `document_id`, `source_file`, `format`, `n_blocks`, `n_titles`, `n_body`, `n_entry_blocks`,
    `boilerplate_share` (0 to 1, of the characters in blocks; 0 with no block).
    """
    length = pl.col("char_end") - pl.col("char_start")
    counted = blocks.group_by("document_id").agg(
        pl.len().cast(pl.Int64).alias("n_blocks"),
        (pl.col("kind") == "title").sum().cast(pl.Int64).alias("n_titles"),
        (pl.col("kind") == "body").sum().cast(pl.Int64).alias("n_body"),
        pl.col("entry_no").is_not_null().sum().cast(pl.Int64).alias("n_entry_blocks"),
        (length.filter(pl.col("kind") == "boilerplate").sum() / length.sum()).alias("boilerplate_share"),
    )
    numbers = ("n_blocks", "n_titles", "n_body", "n_entry_blocks", "boilerplate_share")
    return (
        documents.select("document_id", "source_file", "format")
        .join(counted, on="document_id", how="left")
        .with_columns(pl.col(numbers).fill_null(0))
        .sort("document_id")
    )


def titles(documents: pl.DataFrame) -> pl.DataFrame:
    """One row a document with a title: whether the title's words stand in the text ("yes" or "no")."""
    rows = [
        {
            "document_id": document_id,
            "source_file": source_file,
            "title": title,
            "in_text": "yes" if _stands_in(title, text) else "no",
        }
        for document_id, source_file, title, text in documents.select(
            "document_id", "source_file", "title", "text"
        ).iter_rows()
        if title is not None
    ]
    schema = {"document_id": pl.String, "source_file": pl.String, "title": pl.String, "in_text": pl.String}
    return pl.DataFrame(rows, schema=schema)


def _stands_in(words: str, text: str) -> bool:
    """Whether the text holds the words, however white space divides them."""
    return words in text or " ".join(words.split()) in " ".join(text.split())


def entry_days(documents: pl.DataFrame, blocks: pl.DataFrame) -> pl.DataFrame:
    """Dated entries (one row a document and day) with the publication range of their document."""
    return (
        blocks.filter(pl.col("entry_date").is_not_null())
        .select("document_id", "entry_date")
        .unique()
        .join(
            documents.select("document_id", "source_file", "published_from", "published_to"), on="document_id"
        )
        .sort("document_id", "entry_date")
    )


def duplicates(documents: pl.DataFrame) -> pl.DataFrame:
    """Near-duplicates, with what their original is itself a duplicate of (null: it is an original)."""
    originals = documents.select(
        pl.col("document_id").alias("duplicate_of"), pl.col("duplicate_of").alias("original_repeats")
    )
    return (
        documents.filter(pl.col("duplicate_of").is_not_null())
        .select("document_id", "source_file", "duplicate_of")
        .join(originals, on="duplicate_of", how="left")
    )


def metadata_found(documents: pl.DataFrame) -> pl.DataFrame:
    """One row a field: in which share of the documents it was found (1 with no document)."""
    n = documents.height
    return pl.DataFrame(
        {
            "field": list(METADATA),
            "n_documents": [n] * len(METADATA),
            "share": [1 - documents[field].null_count() / n if n else 1.0 for field in METADATA],
        }
    )

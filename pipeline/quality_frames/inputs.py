"""Frames for what came in: every input accounted for, and its text kept as it was."""

from __future__ import annotations

import hashlib

import polars as pl

_BOM = b"\xef\xbb\xbf"


def accounted(files: pl.DataFrame, accepted: pl.DataFrame, refused: pl.DataFrame) -> pl.DataFrame:
    """One row an input, a file or a record of one: how often it was accepted and how often set aside.

    Columns: `source_file`, `n_listed`, `n_accepted`, `n_set_aside`, `n_times` (the sum of the last two).
    Inputs whose file nobody listed appear with `n_listed` 0. That files which hold many inputs lost none is
    seen by `records_accounted`.
    """
    inputs = files.filter("is_input")
    single = inputs.filter(pl.col("n_records").is_null())["path"]
    many = inputs.filter(pl.col("n_records").is_not_null())["path"].implode()
    seen = pl.concat([accepted["source_file"], refused["source_file"]]).unique()
    of_many = seen.filter(_file_of(seen).is_in(many))
    listed = pl.concat([single, of_many.cast(pl.String)]).alias("source_file").to_frame()
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


def records_accounted(files: pl.DataFrame, accepted: pl.DataFrame, refused: pl.DataFrame) -> pl.DataFrame:
    """One row an input file: the inputs that its reader found in it, and what became of them.

    Columns: `source_file`, `n_records` (1 for a file that is one input), `n_accepted`, `n_set_aside`,
    `n_missing` (below 0 where there are more than were found).
    """
    inputs = files.filter("is_input").select(
        pl.col("path").alias("source_file"), pl.col("n_records").fill_null(1), many=pl.col("n_records") > 0
    )
    many = inputs.filter(pl.col("many").fill_null(False))["source_file"].implode()

    def counted(frame: pl.DataFrame, name: str) -> pl.DataFrame:
        own = _file_of(frame["source_file"])
        file = pl.select(pl.when(own.is_in(many)).then(own).otherwise(frame["source_file"])).to_series()
        return (
            file.alias("source_file")
            .to_frame()
            .group_by("source_file")
            .agg(pl.len().cast(pl.Int64).alias(name))
        )

    return (
        inputs.drop("many")
        .join(counted(accepted, "n_accepted"), on="source_file", how="left")
        .join(counted(refused, "n_set_aside"), on="source_file", how="left")
        .with_columns(pl.col("n_accepted", "n_set_aside").fill_null(0))
        .with_columns((pl.col("n_records") - pl.col("n_accepted") - pl.col("n_set_aside")).alias("n_missing"))
        .sort("source_file")
    )


def _file_of(sources: pl.Series) -> pl.Series:
    """The file of each record ("path#number"); an input that is a file stays as it is."""
    return sources.str.replace(r"#\d+$", "")


def content_digests(raw: pl.DataFrame) -> pl.DataFrame:
    """One row a document of plain text: the file's `sha256`, and `sha256_of_text`, of the text that was kept.

    A byte-order mark is dropped from the text, so that the digest with one counts, too. Other readers make
    the text out of a record's bytes, whose digest it cannot have.
    """
    raw = raw.filter(pl.col("reader") == "text")
    digests = []
    for text, sha256 in raw.select("text", "sha256").iter_rows():
        data = text.encode("utf-8")
        digest = hashlib.sha256(data).hexdigest()
        marked = digest != sha256 and hashlib.sha256(_BOM + data).hexdigest() == sha256
        digests.append(sha256 if marked else digest)
    return raw.select("document_id", "source_file", "sha256").with_columns(
        pl.Series("sha256_of_text", digests, dtype=pl.String)
    )


def kept_texts(raw: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """One row a document: lengths of the text as read and as kept, and the first place where they differ.

    Columns: `document_id`, `source_file`, `n_characters_read`, `n_characters`, `differs_at` (null if equal).
    """
    read = raw.select("document_id", _read="text").unique("document_id", keep="last")
    both = documents.select("document_id", "source_file", "text").join(
        read, on="document_id", how="left", maintain_order="left"
    )
    differing = both.select(
        "document_id",
        pl.when(pl.col("text").ne_missing(pl.col("_read"))).then(pl.struct("_read", "text")).alias("_both"),
    )["_both"]
    places = [None if pair is None else _first_difference(pair["_read"], pair["text"]) for pair in differing]
    return both.select(
        "document_id",
        "source_file",
        pl.col("_read").str.len_chars().cast(pl.Int64).alias("n_characters_read"),
        pl.col("text").str.len_chars().cast(pl.Int64).alias("n_characters"),
        pl.Series("differs_at", places, dtype=pl.Int64),
    )


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
    """One row: numbers of inputs and of those set aside, and the share of the latter (0 with no input).

    Inputs are files, or records in them.
    """
    n_inputs = int(files.filter("is_input")["n_records"].fill_null(1).sum())
    share = refused.height / n_inputs if n_inputs else 0.0
    return pl.DataFrame({"n_inputs": [n_inputs], "n_set_aside": [refused.height], "share": [share]})

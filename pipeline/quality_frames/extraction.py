"""Frames for extracted rows: parties, dates against the report, counts, and rows that say the same twice."""

from __future__ import annotations

import polars as pl

from pipeline.contract import ColumnType, table

_PARTY_COLUMNS = ("party", "parties")


def party_codes(name: str, df: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """One row a party code that the table uses: `party`, `n_rows`, `known` ("yes" or "no"), `example`.

    `known` is the frame of codes that reference data and domain pack define (column `party`).
    """
    key = table(name).primary_key[0]
    column = next(c for c in _PARTY_COLUMNS if c in df.columns)
    used = df.select(pl.col(key).alias("example"), pl.col(column).alias("party"))
    if table(name).column(column).type is ColumnType.STRINGS:
        used = used.explode("party")
    return (
        used.filter(pl.col("party").is_not_null())
        .group_by("party")
        .agg(pl.len().cast(pl.Int64).alias("n_rows"), pl.col("example").min())
        .with_columns(
            pl.col("party")
            .is_in(known["party"].implode())
            .replace_strict({True: "yes", False: "no"}, return_dtype=pl.String)
            .alias("known")
        )
        .sort("party")
    )


def reported_again(statements: pl.DataFrame) -> pl.DataFrame:
    """Statements of a communication first told elsewhere; `names`: "itself" if that telling names itself."""
    first = statements.select(
        communication_id="statement_id",
        names=pl.when(pl.col("communication_id") == pl.col("statement_id"))
        .then(pl.lit("itself"))
        .otherwise(pl.lit("another")),
    )
    return (
        statements.filter(pl.col("communication_id") != pl.col("statement_id"))
        .select("statement_id", "speaker_name", "communication_id")
        .join(first, on="communication_id", how="left", maintain_order="left")
    )


def reports(df: pl.DataFrame, documents: pl.DataFrame, blocks: pl.DataFrame) -> pl.DataFrame:
    """The rows with `reported_from` and `reported_to`: the day of the entry, else the document's range."""
    return df.join(
        blocks.select("document_id", "block_id", "entry_date"),
        on=["document_id", "block_id"],
        how="left",
        maintain_order="left",
    ).join(
        documents.select("document_id", "published_from", "published_to"),
        on="document_id",
        how="left",
        maintain_order="left",
    ).with_columns(
        pl.coalesce("entry_date", "published_from").alias("reported_from"),
        pl.coalesce("entry_date", "published_to").alias("reported_to"),
    ).drop("entry_date", "published_from", "published_to")  # fmt: skip


def of_same_document(df: pl.DataFrame, statements: pl.DataFrame) -> pl.DataFrame:
    """Rows that name a statement, with the document of that statement as `statement_document`."""
    owners = statements.select("statement_id", pl.col("document_id").alias("statement_document"))
    return df.filter(pl.col("statement_id").is_not_null()).join(
        owners, on="statement_id", how="left", maintain_order="left"
    )


def speakers(statements: pl.DataFrame) -> pl.DataFrame:
    """One row a statement: whether it is marked anonymous, and what its kind of speaker says of that.

    `marked` and `kind_says` are "anonymous" or "named".
    """
    words = {True: "anonymous", False: "named"}
    return statements.select(
        "statement_id",
        "document_id",
        "speaker_name",
        "speaker_kind",
        "speaker_entity_id",
        pl.col("is_anonymous").replace_strict(words, return_dtype=pl.String).alias("marked"),
        (pl.col("speaker_kind") == "anonymous")
        .replace_strict(words, return_dtype=pl.String)
        .alias("kind_says"),
    )


def overlaps(statements: pl.DataFrame) -> pl.DataFrame:
    """Statements with `n_shared`: characters of content shared with an earlier one of the same speaker."""
    ordered = statements.select(
        "statement_id", "document_id", "speaker_name", "content_start", "content_end"
    ).sort("document_id", "speaker_name", "content_start", "content_end", "statement_id")
    reach = pl.col("content_end").cum_max().shift(1).over("document_id", "speaker_name")
    shared = pl.min_horizontal(reach, pl.col("content_end")) - pl.col("content_start")
    return ordered.with_columns(
        pl.when(reach.is_null()).then(0).otherwise(shared.clip(lower_bound=0)).alias("n_shared")
    )


def shares(df: pl.DataFrame, parts: dict[str, pl.Expr]) -> pl.DataFrame:
    """One row a part: `part`, `n_rows`, `share` of the rows for which its condition holds (0 with no row)."""
    n = df.height
    counts = df.select(condition.sum().alias(part) for part, condition in parts.items()).row(0) if n else ()
    return pl.DataFrame(
        {
            "part": list(parts),
            "n_rows": [n] * len(parts),
            "share": [count / n for count in counts] if n else [0.0] * len(parts),
        },
        schema={"part": pl.String, "n_rows": pl.Int64, "share": pl.Float64},
    )


def counted(
    df: pl.DataFrame, key: str, count: str, members: pl.DataFrame, *, also: tuple[str, ...] = ()
) -> pl.DataFrame:
    """One row a parent: its own `count` and `n_found`, the rows of `members` that name it."""
    found = (
        members.filter(pl.col(key).is_not_null()).group_by(key).agg(pl.len().cast(pl.Int64).alias("n_found"))
    )
    return (
        df.select(key, count, *also)
        .join(found, on=key, how="left", maintain_order="left")
        .with_columns(pl.col("n_found").fill_null(0))
    )


def meeting_history(meetings: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """One row a meeting: what it says of its mentions, and what they say.

    Columns: `meeting_id`, `label`, `status`, `status_mentioned` (that of a mention, if any mention has
    the meeting's status, else null), `first_reported`, `first_mentioned`, `last_reported`,
    `last_mentioned`, `n_days` (length of its range, null if unknown).
    """
    told = (
        mentions.filter(pl.col("meeting_id").is_not_null())
        .group_by("meeting_id")
        .agg(
            pl.col("reported_on").min().alias("first_mentioned"),
            pl.col("reported_on").max().alias("last_mentioned"),
            pl.col("status").unique().alias("_statuses"),
        )
    )
    return (
        meetings.select(
            "meeting_id", "label", "status", "first_reported", "last_reported", "date_from", "date_to"
        )
        .join(told, on="meeting_id", how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("_statuses").list.contains(pl.col("status")))
            .then("status")
            .alias("status_mentioned"),
            ((pl.col("date_to") - pl.col("date_from")).dt.total_days() + 1).alias("n_days"),
        )
        .drop("_statuses", "date_from", "date_to")
    )


def held_meetings(mentions: pl.DataFrame, documents: pl.DataFrame, blocks: pl.DataFrame) -> pl.DataFrame:
    """Mentions of meetings as held, with their first day and the last day on which that was reported."""
    return reports(mentions.filter(pl.col("status") == "held"), documents, blocks).select(
        "mention_id", "document_id", "evidence", "date_from", "date_to", "reported_from", "reported_to"
    )


def stances(positions: pl.DataFrame) -> pl.DataFrame:
    """One row a document, line, actor and issue: how many stances it is given there, and which."""
    return (
        positions.group_by("document_id", "block_id", "actor_name", "issue_id")
        .agg(
            pl.col("stance").n_unique().cast(pl.Int64).alias("n_stances"),
            pl.col("stance").unique().sort().str.join(", ").alias("stances"),
        )
        .sort("document_id", "block_id", "actor_name", "issue_id")
    )

"""What the exports cover: from when, from whom, how much, how fresh."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from dashboard.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Coverage:
    """The first screen's figures; days are null where no document is dated, times where there is none."""

    n_documents: int
    n_duplicates: int
    n_refused: int
    n_statements: int
    n_speakers: int
    n_unnamed: int
    n_meetings: int
    n_positions: int
    n_changes: int
    n_issues: int
    first_day: dt.date | None
    last_day: dt.date | None
    n_undated: int
    read_at: dt.datetime | None
    n_checks: int
    n_checks_unmet: int
    n_set_aside: int


def coverage(corpus: Corpus) -> Coverage:
    """Figures over the corpus; near-duplicates are counted as documents, but not their rows."""
    documents, statements = corpus.documents, corpus.statements
    checks = corpus.table("quality_results")
    return Coverage(
        n_documents=documents.height,
        n_duplicates=corpus.n_duplicates,
        n_refused=corpus.table("quarantine").height,
        n_statements=statements.height,
        n_speakers=statements.filter(~pl.col("is_anonymous"))["speaker_name"].n_unique(),
        n_unnamed=statements.filter("is_anonymous").height,
        n_meetings=corpus.meetings.height,
        n_positions=corpus.positions.height,
        n_changes=corpus.changes.height,
        n_issues=corpus.issues.height,
        first_day=documents["published_from"].min(),  # type: ignore[arg-type]
        last_day=documents["published_to"].max(),  # type: ignore[arg-type]
        n_undated=documents["published_from"].null_count(),
        read_at=documents["ingested_at"].max(),  # type: ignore[arg-type]
        n_checks=checks.height,
        n_checks_unmet=checks.filter(~pl.col("success")).height,
        n_set_aside=corpus.table("set_aside_rows").height,
    )


def span(rows: pl.DataFrame, first: str, last: str) -> tuple[dt.date | None, dt.date | None]:
    """The first day of one column and the last of another; null where no row has one."""
    return rows[first].min(), rows[last].max()  # type: ignore[return-value]


def publishers(corpus: Corpus) -> pl.DataFrame:
    """publisher, n_documents, n_statements, first_day, last_day: most documents first."""
    counts = corpus.statements.group_by("publisher").agg(n_statements=pl.len().cast(pl.Int64))
    return (
        corpus.documents.group_by("publisher")
        .agg(
            n_documents=pl.len().cast(pl.Int64),
            first_day=pl.col("published_from").min(),
            last_day=pl.col("published_to").max(),
        )
        .join(counts, on="publisher", how="left")
        .with_columns(pl.col("n_statements").fill_null(0))
        .sort("n_documents", "publisher", descending=[True, False])
        .select("publisher", "n_documents", "n_statements", "first_day", "last_day")
    )


def over_time(statements: pl.DataFrame) -> pl.DataFrame:
    """period (a first day) and n_statements, by the day, week or month that gives at most some 60 bars."""
    dated = statements.select(day="stated_to").drop_nulls()
    if dated.is_empty():
        return pl.DataFrame(schema={"period": pl.Date, "n_statements": pl.Int64})
    span = (dated["day"].max() - dated["day"].min()).days  # type: ignore[operator, union-attr]
    every = "1d" if span <= 60 else "1w" if span <= 420 else "1mo"
    counted = dated.group_by(period=pl.col("day").dt.truncate(every)).agg(
        n_statements=pl.len().cast(pl.Int64)
    )
    return counted.sort("period")


def top_speakers(statements: pl.DataFrame, n: int = 8) -> pl.DataFrame:
    """speaker_name, party, n_statements of the named speakers who are quoted most."""
    return (
        statements.filter(~pl.col("is_anonymous"))
        .group_by("speaker_name")
        .agg(
            party=pl.col("party").drop_nulls().mode().sort().first(),
            n_statements=pl.len().cast(pl.Int64),
        )
        .sort("n_statements", "speaker_name", descending=[True, False])
        .head(n)
    )


def age(read_at: dt.datetime | None, now: dt.datetime) -> str:
    """How long ago that was, in words; both in UTC without a zone."""
    if read_at is None:
        return "never"
    hours = (now - read_at).total_seconds() / 3600
    if hours < 1:
        return "within the last hour"
    if hours < 48:
        return f"{round(hours)} hour{'s' if round(hours) != 1 else ''} ago"
    return f"{round(hours / 24)} days ago"

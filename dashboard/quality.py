"""How sound the data is: outcomes of checks, what was left out, and how sure the rows are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from dashboard.corpus import Corpus

EXTRACTED: Final[Mapping[str, str]] = {
    "statements": "statements",
    "meeting_mentions": "reports of meetings",
    "meetings": "meetings",
    "issue_positions": "positions",
}
"""Tables whose rows carry a confidence, with a word for their rows."""

BINS: Final = 20

ORDER: Final[Mapping[str, int]] = {
    name: place for place, name in enumerate(("raw", "clean", "extract", "tables", "exports"))
}
"""Stages in the order of a run."""


def outcome(checks: pl.DataFrame) -> pl.DataFrame:
    """`quality_results` with `outcome`: passed, warned (a warning not met) or failed (a critical one)."""
    return checks.with_columns(
        outcome=pl.when(pl.col("success"))
        .then(pl.lit("passed"))
        .when(pl.col("severity") == "critical")
        .then(pl.lit("failed"))
        .otherwise(pl.lit("warned"))
    )


def by_run(checks: pl.DataFrame) -> pl.DataFrame:
    """run_id, checked_at, outcome, n: outcomes of each run that the exports carry, earliest first."""
    runs = outcome(checks).with_columns(pl.col("checked_at").max().over("run_id"))
    return (
        runs.group_by("run_id", "checked_at", "outcome")
        .agg(n=pl.len().cast(pl.Int64))
        .sort("checked_at", "run_id", "outcome")
    )


def by_stage(checks: pl.DataFrame) -> pl.DataFrame:
    """stage, passed, warned, failed, in the order of a run."""
    return (
        outcome(checks)
        .group_by("stage")
        .agg((pl.col("outcome") == o).sum().cast(pl.Int64).alias(o) for o in ("passed", "warned", "failed"))
        .sort(pl.col("stage").replace_strict(ORDER, default=len(ORDER)), "stage")
    )


def confidences(corpus: Corpus) -> pl.DataFrame:
    """table_name, rows, low, high, n: how many rows of each table lie in each of BINS bands of confidence."""
    width = 1 / BINS
    frames = [
        corpus.table(name)
        .select(band=(pl.col("confidence") * BINS).floor().clip(0, BINS - 1).cast(pl.Int64))
        .group_by("band")
        .agg(n=pl.len().cast(pl.Int64))
        .select(
            pl.lit(name).alias("table_name"),
            pl.lit(words).alias("rows"),
            (pl.col("band") * width).round(2).alias("low"),
            ((pl.col("band") + 1) * width).round(2).alias("high"),
            "n",
        )
        for name, words in EXTRACTED.items()
    ]
    return pl.concat(frames).sort("table_name", "low")


def expected_right(corpus: Corpus) -> pl.DataFrame:
    """table_name, rows, n, mean_confidence: the mean is the share of rows that should be right."""
    return pl.concat(
        corpus.table(name).select(
            pl.lit(name).alias("table_name"),
            pl.lit(words).alias("rows"),
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("confidence").mean().alias("mean_confidence"),
        )
        for name, words in EXTRACTED.items()
    )

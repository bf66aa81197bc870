"""Stances as pages show them: the matrix of parties and issues, the course of an issue, changes."""

from __future__ import annotations

import datetime as dt
from typing import Final

import polars as pl

LIKELY: Final = 0.5
"""A row below this confidence is sooner wrong than right."""

_LATEST_FIRST = ("is_likely", "as_of_to", "is_own", "confidence", "time_no", "position_id")


def certain(positions: pl.DataFrame, *, least: float = 0.0, own_only: bool = False) -> pl.DataFrame:
    """Positions of at least a confidence, and if asked for only those in the actors' own words."""
    kept = positions.filter(pl.col("confidence") >= least)
    return kept.filter(pl.col("basis") == "own") if own_only else kept


def between(positions: pl.DataFrame, first: dt.date | None, last: dt.date | None) -> pl.DataFrame:
    """Positions whose range of days meets the days from `first` to `last`; None is no bound."""
    kept = positions
    if first is not None:
        kept = kept.filter(pl.col("as_of_to") >= first)
    if last is not None:
        kept = kept.filter(pl.col("as_of_from") <= last)
    return kept


def matrix(positions: pl.DataFrame) -> pl.DataFrame:
    """The latest position of each party on each issue: the rows of `latest_positions` in the database.

    Columns of `positions`, and `n_positions`, `n_stances` over all days. Rows that are not LIKELY stand only
    where there are no others. On one day the actors' own words go before reports, then the more certain row,
    then the later. Rows of no party are left out.
    """
    keys = ["party", "issue_id"]
    held = positions.filter(pl.col("party").is_not_null())
    counts = held.group_by(keys).agg(
        n_positions=pl.len().cast(pl.Int64), n_stances=pl.col("stance").n_unique().cast(pl.Int64)
    )
    latest = (
        held.with_columns(is_own=pl.col("basis") == "own", is_likely=pl.col("confidence") >= LIKELY)
        .sort(
            _LATEST_FIRST,
            descending=[True, True, True, True, True, False],
            nulls_last=True,
        )
        .unique(keys, keep="first", maintain_order=True)
        .drop("is_own", "is_likely")
    )
    return latest.join(counts, on=keys).sort(keys)


def busiest(positions: pl.DataFrame, column: str) -> list[str]:
    """Values of a column by how many positions they have, most first."""
    counted = positions.filter(pl.col(column).is_not_null()).group_by(column).len()
    return counted.sort("len", column, descending=[True, False])[column].to_list()


def cell(positions: pl.DataFrame, party: str | None, issue_id: str | None) -> pl.DataFrame:
    """All positions of a party on an issue, latest first; None stands for all."""
    chosen = positions
    if party is not None:
        chosen = chosen.filter(pl.col("party") == party)
    if issue_id is not None:
        chosen = chosen.filter(pl.col("issue_id") == issue_id)
    return chosen.sort(
        "as_of_to",
        "time_no",
        "char_start",
        descending=[True, True, True],
        nulls_last=True,
        maintain_order=True,
    )


def course(positions: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Dated positions in order of time, with `is_change`: whether a change leads to it."""
    return (
        positions.filter(pl.col("as_of_to").is_not_null())
        .with_columns(is_change=pl.col("position_id").is_in(changes["position_id_after"].implode()))
        .sort("as_of_to", "time_no", "char_start", nulls_last=True)
    )

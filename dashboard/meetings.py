"""Meetings as pages show them: months of a calendar, what has no day, and the life of one occasion."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

LONGEST: Final = 3
"""Days that a meeting's range may have to stand on days of the calendar; a wider one is a vague date."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its weeks of days (None outside the month) and the meetings on each day.

    `vague` are meetings in it whose day is not known: the range of days is too wide.
    """

    first: dt.date
    weeks: tuple[tuple[dt.date | None, ...], ...]
    on_day: dict[dt.date, list[dict[str, Any]]]
    vague: list[dict[str, Any]]


def chosen(
    meetings: pl.DataFrame, *, statuses: Sequence[str] = (), parties: Sequence[str] = (), least: float = 0.0
) -> pl.DataFrame:
    """Meetings of one of the statuses (none: of any) in which all the parties take part."""
    kept = meetings.filter(pl.col("confidence") >= least)
    if statuses:
        kept = kept.filter(pl.col("status").is_in(list(statuses)))
    for party in parties:
        kept = kept.filter(pl.col("parties").list.contains(party))
    return kept


def months(meetings: pl.DataFrame) -> dict[dt.date, int]:
    """Months in which a meeting begins, latest first, each with how many of its meetings have a known day."""
    has_day = (pl.col("date_to") - pl.col("date_from")).dt.total_days() < LONGEST
    counted = (
        meetings.filter(pl.col("date_from").is_not_null())
        .group_by(month=pl.col("date_from").dt.month_start())
        .agg(n=has_day.sum())
        .sort("month", descending=True)
    )
    return dict(counted.iter_rows())


def latest_month(meetings: pl.DataFrame) -> dt.date | None:
    """The latest month that has something on a day, else the latest of all; None if no meeting is dated."""
    found = months(meetings)
    return next((month for month, n in found.items() if n), next(iter(found), None))


def month(meetings: pl.DataFrame, first: dt.date) -> Month:
    """The calendar of the month that begins on `first`."""
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    within = meetings.filter((pl.col("date_from") <= last) & (pl.col("date_to") >= first)).sort(
        "date_from", "date_to", "meeting_id"
    )
    on_day: dict[dt.date, list[dict[str, Any]]] = {}
    vague: list[dict[str, Any]] = []
    for row in within.iter_rows(named=True):
        n_days = (row["date_to"] - row["date_from"]).days + 1
        if n_days > LONGEST:
            vague.append(row)
            continue
        for offset in range(n_days):
            day = row["date_from"] + dt.timedelta(days=offset)
            if first <= day <= last:
                on_day.setdefault(day, []).append(row)
    weeks = tuple(
        tuple(day if day.month == first.month else None for day in week)
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    )
    return Month(first, weeks, on_day, vague)


def undated(meetings: pl.DataFrame) -> pl.DataFrame:
    """Meetings of which no day is known, the latest reported first."""
    return meetings.filter(pl.col("date_from").is_null()).sort(
        "last_reported", "meeting_id", descending=[True, False], nulls_last=True
    )


def history(mentions: pl.DataFrame, meeting_id: str) -> pl.DataFrame:
    """Reports of a meeting in order of time with `status_before` and `is_news`: `meeting_history`'s rows."""
    return (
        mentions.filter(pl.col("meeting_id") == meeting_id)
        .sort("reported_on", "document_id", "time_no", "char_start", "mention_id", nulls_last=True)
        .with_columns(status_before=pl.col("status").shift(1))
        .with_columns(is_news=pl.col("status").ne_missing(pl.col("status_before")))
    )


def days(first: dt.date | None, last: dt.date | None) -> str:
    """A range of days in words: “3 Dec 2025”, “1–3 Dec 2025”, “day not known”."""
    if first is None or last is None:
        return "day not known"
    if first == last:
        return f"{first.day} {first:%b %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%b %Y}"
    if first.year == last.year:
        return f"{first.day} {first:%b} – {last.day} {last:%b %Y}"
    return f"{first.day} {first:%b %Y} – {last.day} {last:%b %Y}"

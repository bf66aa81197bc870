"""The briefing as one HTML page that opens offline: what changed, what was said last, what comes next."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipeline import __version__
from pipeline.briefing import pictures
from pipeline.briefing.changes import Changes
from pipeline.briefing.state import State
from pipeline.text import in_line, on_one_line

TEMPLATE: Final = Path(__file__).with_name("briefing.html.j2")

N_ROWS: Final = 12
N_OF_ONE_SPEAKER: Final = 2
DAYS_BACK: Final = 7
"""How far before the last day of the coverage a meeting still counts as news."""
OPEN_STATUSES: Final = ("proposed", "scheduled", "ongoing")
CLOSED_STATUSES: Final = ("cancelled", "ruled_out")
SURE: Final = 0.5
"""Stances below are marked as unsure, changes of stance below are left to the view."""
CONTEXT: Final = 120
"""Characters shown at most on either side of a position's evidence."""
STANCE_MARKS: Final = {"support": "+", "oppose": "−", "conditional": "±", "open": "○"}


def render_briefing(changes: Changes, state: State, *, corpus: str, domain: str) -> str:
    """The page as HTML; the same states give the same text. Words of documents are escaped."""
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    last = state.last_day
    meetings = _meetings(state)
    days = [day for day in state.statements["stated_to"] if day is not None]
    return template.render(
        version=__version__,
        corpus=corpus,
        domain=domain,
        changes=changes,
        state=state,
        first_day=state.first_day,
        last_day=last,
        n_publishers=state.documents["publisher"].drop_nulls().n_unique(),
        n_checks=state.quality.height,
        n_not_passed=int((~state.quality["success"]).sum()),
        statements=_latest_statements(state.statements, last),
        ahead=meetings["ahead"],
        off=meetings["off"],
        held=meetings["held"],
        shifts=_shifts(state.position_changes),
        n_unsure_shifts=int((state.position_changes["confidence"] < SURE).sum()),
        around=_around(state.position_lines),
        matrix=_matrix(state.latest_positions),
        marks=STANCE_MARKS,
        sure=SURE,
        range=_range,
        n_rows=N_ROWS,
        days_picture=Markup(_inline(pictures.bars_by_day(days, "statements"))) if days else None,  # noqa: S704
        meetings_picture=_life_cycles(state),
    )


def _latest_statements(statements: pl.DataFrame, last: dt.date | None) -> list[dict[str, Any]]:
    """The surest statements of the last two days, at most two of one speaker, the latest first."""
    if last is None:
        return []
    recent = statements.filter(pl.col("stated_to") >= last - dt.timedelta(days=1))
    sure = recent.sort(["confidence", "statement_id"], descending=[True, False])
    few = sure.filter(pl.int_range(pl.len()).over("speaker_name") < N_OF_ONE_SPEAKER).head(N_ROWS)
    return few.sort(
        ["stated_to", "party", "speaker_name"], descending=[True, False, False], nulls_last=True
    ).rows(named=True)


def _meetings(state: State) -> dict[str, list[dict[str, Any]]]:
    """Meetings that are news on the last day: still to come, called off or ruled out, and held."""
    last = state.last_day
    if last is None:
        return {"ahead": [], "off": [], "held": []}
    since = last - dt.timedelta(days=DAYS_BACK)
    news = state.meetings.filter(pl.col("last_reported") >= since)
    by_day = news.sort(["date_from", "label"], nulls_last=True)
    to_come = pl.col("date_to").is_null() | (pl.col("date_to") >= last)
    return {
        "ahead": by_day.filter(pl.col("status").is_in(OPEN_STATUSES), to_come).head(N_ROWS).rows(named=True),
        "off": by_day.filter(pl.col("status").is_in(CLOSED_STATUSES)).head(N_ROWS).rows(named=True),
        "held": by_day.filter(pl.col("status") == "held", pl.coalesce("date_to", "first_reported") >= since)
        .sort(["date_to", "label"], descending=[True, False])
        .head(N_ROWS)
        .rows(named=True),
    }


def _life_cycles(state: State) -> Any:
    """The meetings told of on most days, as a picture; None where fewer than two reports tell of any."""
    from markupsafe import Markup

    told: Mapping[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for key, day, status in state.mentions.select("meeting_id", "reported_on", "status").iter_rows():
        if day is not None and key is not None:
            told[key].append((day, status))
    labels = dict(state.meetings.select("meeting_id", "label").iter_rows())
    most = sorted(
        (key for key in told if key in labels and len({status for _, status in told[key]}) > 1),
        key=lambda key: (-len(set(told[key])), labels[key]),
    )[:N_ROWS]
    if not most:
        return None
    by_time = sorted(most, key=lambda key: (min(told[key]), labels[key]))
    picture = pictures.life_cycles([(_short(labels[key]), sorted(set(told[key]))) for key in by_time])
    return Markup(_inline(picture))  # noqa: S704 - drawn by us; Matplotlib escapes the labels


def _matrix(latest: pl.DataFrame) -> dict[str, Any]:
    """Latest stance per party and issue: issues as rows, those with most parties first."""
    cells = {(row["party"], row["issue_id"]): row for row in latest.rows(named=True)}
    order = ["len", "name"]
    issues = (
        latest.group_by("issue_id")
        .agg(pl.len(), name=pl.col("issue").first())
        .sort(order, descending=[True, False])
    )
    parties = (
        latest.group_by("party")
        .agg(pl.len(), name=pl.col("party").first())
        .sort(order, descending=[True, False])
    )
    return {
        "parties": parties["party"].to_list(),
        "issues": list(issues.select("issue_id", "name").iter_rows()),
        "cells": cells,
    }


def _shifts(changes: pl.DataFrame) -> list[dict[str, Any]]:
    """Changes of stance that are sooner right than wrong, the latest first."""
    return changes.filter(pl.col("confidence") >= SURE).tail(N_ROWS).reverse().rows(named=True)


def _around(lines: pl.DataFrame) -> dict[str, tuple[str, str]]:
    """By position: what stands before and after its evidence in its line."""
    return {
        key: in_line(on_one_line(line), starts, ends, CONTEXT)
        for key, line, starts, ends in lines.select("position_id", "line", "starts", "ends").iter_rows()
    }


def _inline(svg: bytes) -> str:
    """The `svg` element alone: what stands before it belongs to a file of its own."""
    text = svg.decode("utf-8")
    return text[text.index("<svg") :]


def _short(label: str, length: int = 60) -> str:
    return label if len(label) <= length else label[: length - 1] + "…"


def _range(first: dt.date | None, last: dt.date | None) -> str:
    """Days for people; a day that is not known is said so."""
    if first is None or last is None:
        return "day not known"
    return str(first) if first == last else f"{first} to {last}"

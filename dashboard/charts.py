"""Charts: Altair specifications from frames. Each page shows beside a chart the same rows as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl

from dashboard.encodings import BLUE, GREY, OUTCOMES, SKY, STANCES, STATUSES, Mark, mark

Spec = Any
"""A chart; Altair's own types differ between what its methods promise and give."""

DAY = 24 * 60 * 60 * 1000
"""Milliseconds of a day: no axis of days has a finer step."""

FEW = 7
"""Days that find room below a chart, each with its name."""
MOST = 40
"""Days that find room beside each other."""
SPARSE = 4
"""Days between two that a chart tells something of, on the average, from which on it leaves days out."""

PICK = "pick"
"""Name of the selection that a click on a point makes."""


def _scales(marks: Mapping[str, Mark]) -> tuple[alt.Scale, alt.Scale]:
    """Colour and shape of the labels of some marks."""
    labels = [m.label for m in marks.values()]
    return (
        alt.Scale(domain=labels, range=[m.colour for m in marks.values()]),
        alt.Scale(domain=labels, range=[m.shape for m in marks.values()]),
    )


def _rows(df: pl.DataFrame) -> Any:
    """Rows as plain values; days as text.

    With a time but no zone they are read as the reader's own midnight. A bare day would be midnight in
    Greenwich, and west of it every mark would stand, and be called, a day early.
    """
    days = df.with_columns(pl.selectors.date().dt.strftime("%Y-%m-%dT00:00:00"))
    return alt.Data(values=days.to_dicts())  # type: ignore[no-untyped-call]


def _day(name: str, days: pl.Series) -> alt.X:
    """Days across. A few are named one by one: steps of less than a day would name one twice."""
    axis = alt.Axis(format="%-d %b %Y", labelAngle=0, labelOverlap=True, tickMinStep=DAY)
    few = days.unique().sort()
    if len(few) <= FEW:
        axis.values = [alt.DateTime(year=d.year, month=d.month, date=d.day) for d in few]
    return alt.X(f"{name}:T", title=None, axis=axis)


def leaves_days_out(days: pl.Series) -> bool:
    """Whether a chart shows only the days that it has something of.

    Pages on one round of talks, and some of months before, would else lie in a heap at one end.
    """
    known = days.drop_nulls().unique().sort()
    return 1 < len(known) <= MOST and (known[-1] - known[0]).days > SPARSE * len(known)


def _told_day(name: str, days: pl.Series) -> alt.X:
    """Days across, in proportion, or each with the same room if they are few and far between."""
    if not leaves_days_out(days):
        return _day(name, days)
    axis = alt.Axis(format="%-d %b %Y", labelAngle=-35, labelOverlap=True, labelPadding=6)
    return alt.X(f"yearmonthdate({name}):O", title=None, axis=axis)


def course_chart(course: pl.DataFrame, parties: Sequence[str]) -> Spec:
    """Stances on an issue: days across, parties down; changes are ringed. Points can be picked."""
    colour, shape = _scales(STANCES)
    shown = course.select(
        "position_id",
        "party",
        "actor_name",
        "is_change",
        "evidence",
        pl.col("stance").map_elements(lambda s: mark(STANCES, s).label, pl.String).alias("stance"),
        pl.col("as_of_to").alias("day"),
        # Rows of one day stand beside each other, not over each other.
        nudge=(pl.int_range(pl.len()).over("party", "as_of_to") % 5)
        - (pl.len().over("party", "as_of_to").clip(1, 5) - 1) / 2,
    )
    pick = alt.selection_point(name=PICK, fields=["position_id"])
    base = alt.Chart(_rows(shown)).encode(
        x=_told_day("day", shown["day"]),
        y=alt.Y("party:N", title=None, sort=list(parties), axis=alt.Axis(grid=True, labelFontSize=13)),
        yOffset=alt.YOffset("nudge:Q", scale=alt.Scale(domain=[-2.5, 2.5])),
    )
    ring = (
        base.transform_filter("datum.is_change")
        .mark_point(shape="circle", size=420, strokeWidth=2, filled=False)
        .encode(color=alt.value(GREY))
    )
    points = (
        base.mark_point(filled=True, size=130, opacity=0.95)
        .encode(
            color=alt.Color("stance:N", scale=colour, legend=alt.Legend(title=None, orient="top")),
            shape=alt.Shape("stance:N", scale=shape, legend=alt.Legend(title=None, orient="top")),
            opacity=alt.condition(pick, alt.value(0.95), alt.value(0.35)),
            tooltip=[
                alt.Tooltip("actor_name:N", title="Who"),
                alt.Tooltip("stance:N", title="Stance"),
                alt.Tooltip("day:T", title="As of", format="%-d %b %Y"),
                alt.Tooltip("evidence:N", title="Evidence"),
            ],
        )
        .add_params(pick)
    )
    return alt.layer(ring, points).properties(height=max(160, 58 * len(parties)))


def life_chart(history: pl.DataFrame) -> Spec:
    """What each report said a meeting was, over the days of the reports."""
    order = [m.label for m in STATUSES.values()]
    colour, shape = _scales(STATUSES)
    shown = history.filter(pl.col("reported_on").is_not_null()).select(
        day="reported_on",
        no=pl.int_range(pl.len()),
        status=pl.col("status").map_elements(lambda s: mark(STATUSES, s).label, pl.String),
        evidence="evidence",
    )
    base = alt.Chart(_rows(shown)).encode(
        x=_told_day("day", shown["day"]),
        y=alt.Y("status:N", title=None, sort=order, axis=alt.Axis(grid=True)),
    )
    line = base.mark_line(interpolate="step-after", color=GREY, strokeWidth=1.5).encode(order="no:Q")
    points = base.mark_point(filled=True, size=120).encode(
        color=alt.Color("status:N", scale=colour, legend=None),
        shape=alt.Shape("status:N", scale=shape, legend=None),
        tooltip=[
            alt.Tooltip("day:T", title="Reported", format="%-d %b %Y"),
            alt.Tooltip("status:N", title="Status"),
            alt.Tooltip("evidence:N", title="Evidence"),
        ],
    )
    return alt.layer(line, points).properties(height=190)


def bars_over_time(counts: pl.DataFrame) -> Spec:
    """Statements by period."""
    return (
        alt.Chart(_rows(counts))
        .mark_bar(color=BLUE, size=max(3, min(18, 600 // max(counts.height, 1))))
        .encode(
            x=_day("period", counts["period"]),
            y=alt.Y("n_statements:Q", title="Statements", axis=alt.Axis(tickMinStep=1, tickCount=4)),
            tooltip=[
                alt.Tooltip("period:T", title="From", format="%-d %b %Y"),
                alt.Tooltip("n_statements:Q", title="Statements"),
            ],
        )
        .properties(height=170)
    )


def network_chart(pairs: pl.DataFrame, actors: pl.DataFrame, ink: str) -> Spec:
    """Actors round a circle, joined where they met: the wider, the more. `ink` is the colour of the names."""
    places = actors.select("name", "x", "y")
    lines = pairs.join(places, left_on="first", right_on="name").join(
        places.rename({"x": "x2", "y": "y2"}), left_on="second", right_on="name"
    )
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-2.15, 2.15]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1.12, 1.12]))
    edges = (
        alt.Chart(_rows(lines.drop("meeting_ids")))
        .mark_rule(color=SKY, opacity=0.55)
        .encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("n_meetings:Q", scale=alt.Scale(range=[1, 9]), legend=None),
            tooltip=[
                alt.Tooltip("first:N", title="One"),
                alt.Tooltip("second:N", title="Other"),
                alt.Tooltip("n_meetings:Q", title="Meetings"),
            ],
        )
    )
    nodes = alt.Chart(_rows(actors)).encode(x=x, y=y)
    points = nodes.mark_point(filled=True, color=SKY, opacity=1).encode(
        size=alt.Size("n_meetings:Q", scale=alt.Scale(range=[70, 500]), legend=None),
        tooltip=[
            alt.Tooltip("name:N", title="Who"),
            alt.Tooltip("party:N", title="Party"),
            alt.Tooltip("n_meetings:Q", title="Meetings"),
            alt.Tooltip("n_others:Q", title="Met with"),
        ],
    )
    # Names stand outside the circle, so that none lies over another or over a line.
    right = nodes.transform_filter("datum.x >= 0").mark_text(
        align="left", dx=14, fontSize=12, color=ink, limit=150
    )
    left = nodes.transform_filter("datum.x < 0").mark_text(
        align="right", dx=-14, fontSize=12, color=ink, limit=150
    )
    return alt.layer(edges, points, right.encode(text="name:N"), left.encode(text="name:N")).properties(
        height=560
    )


def histogram(bands: pl.DataFrame) -> Spec:
    """Rows by band of confidence, one small chart a table."""
    return (
        alt.Chart(_rows(bands))
        .mark_bar(color=BLUE, orient="vertical")
        .encode(
            x=alt.X("low:Q", title="Confidence", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%")),
            x2="high:Q",
            y=alt.Y("n:Q", title="Rows", axis=alt.Axis(tickCount=3, tickMinStep=1)),
            tooltip=[
                alt.Tooltip("low:Q", title="From", format=".0%"),
                alt.Tooltip("high:Q", title="To", format=".0%"),
                alt.Tooltip("n:Q", title="Rows"),
            ],
        )
        .properties(height=150)
    )


def runs_chart(runs: pl.DataFrame) -> Spec:
    """Outcomes of checks, run by run."""
    colour, _ = _scales(OUTCOMES)
    shown = runs.with_columns(
        outcome=pl.col("outcome").map_elements(lambda o: mark(OUTCOMES, o).label, pl.String),
        run=pl.col("checked_at").dt.strftime("%Y-%m-%d %H:%M"),
    ).select("run", "outcome", "n")
    return (
        alt.Chart(_rows(shown))
        .mark_bar(size=28)
        .encode(
            x=alt.X("run:N", title="Run (UTC)", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("n:Q", title="Checks"),
            color=alt.Color("outcome:N", scale=colour, legend=alt.Legend(title=None, orient="top")),
            tooltip=[alt.Tooltip(f"{c}:N") for c in ("run", "outcome", "n")],
        )
        .properties(height=180)
    )


def picked(event: Any) -> str | None:
    """The position that a click on the chart has picked, or None."""
    selection = getattr(event, "selection", None) or {}
    points = selection.get(PICK) or []
    return points[0].get("position_id") if points and isinstance(points[0], dict) else None

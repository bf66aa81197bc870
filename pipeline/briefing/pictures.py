"""Small pictures of tables, drawn by Matplotlib as SVG for pages or as PNG for Dagster's UI."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from pipeline.markup import picture_label

# Okabe and Ito (2008), told apart by most colour-blind people; the marks differ in shape as well.
STATUS_MARKS: Final[Mapping[str, tuple[str, str]]] = {
    "proposed": ("#E69F00", "o"),
    "scheduled": ("#56B4E9", "s"),
    "ongoing": ("#009E73", "D"),
    "held": ("#0072B2", "^"),
    "cancelled": ("#D55E00", "X"),
    "ruled_out": ("#000000", "v"),
}
_WIDTH: Final = 8.6
_HASH: Final = "parley"
_MOST_DAYS: Final = 14
"""Days that find room below a picture."""
_ASIDE: Final = 0.22


def bars_by_day(days: Sequence[dt.date], label: str, kind: Literal["svg", "png"] = "svg") -> bytes:
    """Count of `days` as a bar a day; an empty sequence gives an empty picture with its axis."""
    figure, axes = _figure(1.7)
    if days:
        heights, edges = _steps(Counter(days))
        # One shape for all bars: years of days are drawn as fast as a week.
        axes.stairs(heights, edges, fill=True, color="#0072B2")
    axes.set_ylabel(label)
    _dates(axes)
    return _drawn(figure, kind)


def _steps(counts: Mapping[dt.date, int]) -> tuple[list[int], list[dt.date]]:
    """How high the bars are and where each begins, and the last ends; days of one height are one bar."""
    one = dt.timedelta(days=1)
    level: dict[dt.date, int] = {}
    for day in sorted(counts):
        level[day] = counts[day]
        level[day + one] = 0
    heights: list[int] = []
    edges: list[dt.date] = []
    for day, height in level.items():
        if not heights or height != heights[-1]:
            heights.append(height)
            edges.append(day)
    return heights[:-1], edges  # behind the last day there is none


def bars_by_name(counts: Mapping[str, int], label: str, kind: Literal["svg", "png"] = "png") -> bytes:
    """Counts as horizontal bars, the first on top."""
    names = list(counts)[::-1]
    figure, axes = _figure(0.6 + 0.28 * max(len(names), 1))
    axes.barh([picture_label(name) for name in names], [counts[name] for name in names], color="#0072B2")
    axes.set_xlabel(label)
    return _drawn(figure, kind)


def life_cycles(
    reports: Sequence[tuple[str, Sequence[tuple[dt.date, str]]]], kind: Literal["svg", "png"] = "svg"
) -> bytes:
    """Meetings as lines over time: `reports` holds a label and its (day of the report, status asserted).

    Each day with a report has the same room: months between two rounds would press the days of one together.
    """
    figure, axes = _figure(1.1 + 0.3 * max(len(reports), 1))
    days = sorted({day for _, told in reports for day, _ in told})
    place = {day: n for n, day in enumerate(days)}
    rows = list(enumerate(reversed(reports)))
    for row, (_, told) in rows:
        at = [place[day] for day, _ in told]
        axes.plot([min(at), max(at)], [row, row], color="#999999", linewidth=1, zorder=1)
    for status, (colour, mark) in STATUS_MARKS.items():
        points = [
            (place[day] + _beside(status, [s for d, s in told if d == day]), row)
            for row, (_, told) in rows
            for day, said in told
            if said == status
        ]
        if points:
            across, up = zip(*points, strict=True)
            axes.scatter(across, up, c=colour, marker=mark, s=36, label=status.replace("_", " "), zorder=2)
    axes.set_yticks(range(len(reports)), [picture_label(label) for label, _ in reversed(reports)], fontsize=8)
    if reports:
        figure.legend(ncol=6, fontsize=8, frameon=False, loc="outside upper right")
        shown = range(0, len(days), -(-len(days) // _MOST_DAYS))
        axes.set_xticks(shown, [f"{days[n]:%-d %b %Y}" for n in shown], fontsize=8, rotation=30, ha="right")
    return _drawn(figure, kind)


def _beside(status: str, others: Sequence[str]) -> float:
    """How far from the day's place a status is drawn, so that what one day asserts stands side by side."""
    order = [s for s in STATUS_MARKS if s in others]
    return _ASIDE * (order.index(status) - (len(order) - 1) / 2)


def _figure(height: float) -> tuple[Any, Any]:
    # A figure of its own, not pyplot's: no state shared between threads, no display asked for.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    return figure, axes


def _dates(axes: Any) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator()  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]


def _drawn(figure: Any, kind: Literal["svg", "png"]) -> bytes:
    """The same bytes for the same data: no time, no random names of parts."""
    import matplotlib

    out = io.BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": _HASH, "svg.fonttype": "none"}):
        figure.savefig(out, format=kind, dpi=110, metadata={"Date": None} if kind == "svg" else None)
    return out.getvalue()

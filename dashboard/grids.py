"""The two grids as trees: the matrix of parties and issues, and the calendar of a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from dashboard.corpus import Corpus
from dashboard.encodings import STANCES, STATUSES, mark
from dashboard.meetings import Month, days
from dashboard.positions import LIKELY
from dashboard.tree import Node, el, link

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def matrix_tree(
    corpus: Corpus,
    latest: pl.DataFrame,
    issues: Sequence[str],
    parties: Sequence[str],
    chosen: tuple[str | None, str | None],
    keep: Mapping[str, Any],
) -> Node:
    """Issues down, parties across; each cell is the latest stance and leads to all its evidence.

    `chosen` is the (party, issue) that is open; `keep` are parameters that links carry on.
    """
    cells = {(row["issue_id"], row["party"]): row for row in latest.iter_rows(named=True)}
    labels = dict(corpus.issues.select("issue_id", "issue").iter_rows())
    head = el(
        "tr",
        el("th", "Issue", scope="col", cls="first"),
        (el("th", code, scope="col", title=corpus.party_label(code)) for code in parties),
    )
    rows = [
        el(
            "tr",
            el(
                "th",
                el("a", labels.get(issue, issue), go=link("timeline", issue=issue), title="Course over time"),
                scope="row",
            ),
            (
                _cell(corpus, cells.get((issue, party)), party, labels.get(issue, issue), chosen, keep)
                for party in parties
            ),
        )
        for issue in issues
    ]
    return el(
        "div",
        el(
            "table",
            el(
                "caption",
                "Latest known stance of each party. Each cell leads to its evidence; the number says how "
                "many "
                "rows there are, ≠ that they differ, a dashed edge that none is at least "
                f"{LIKELY:.0%} sure: such rows count only where there are no others.",
            ),
            el("thead", head),
            el("tbody", rows),
            cls="matrix",
        ),
        cls="scroll",
    )


def _cell(
    corpus: Corpus,
    row: Mapping[str, Any] | None,
    party: str,
    issue: str,
    chosen: tuple[str | None, str | None],
    keep: Mapping[str, Any],
) -> Node:
    if row is None:
        return el("td", el("span", f"{party}: nothing known", cls="hidden"), cls="none")
    look = mark(STANCES, row["stance"])
    n = row["n_positions"]
    differ = "≠" if row["n_stances"] > 1 else ""
    spoken = (
        f"{corpus.party_label(party)} on {issue}: {look.label}, {days(row['as_of_from'], row['as_of_to'])}, "
        f"{row['confidence']:.0%} sure, {n} row{'s' if n != 1 else ''}"
        + (", stances differ" if differ else "")
    )
    return el(
        "td",
        el(
            "span",
            el("span", party, cls="code"),
            el("span", look.glyph, cls="glyph"),
            el("span", look.label, cls="word"),
            el("span", f"{n}{differ}", cls="count"),
            cls="cell unsure" if row["confidence"] < LIKELY else "cell",
            colour=look.colour,
            go=link("issues", **{**keep, "party": party, "issue": row["issue_id"]}),
            aria_label=spoken,
            title=spoken,
            aria_current="true" if chosen == (party, row["issue_id"]) else None,
        ),
    )


def calendar_tree(month: Month, chosen: str | None, keep: Mapping[str, Any]) -> Node:
    """A month of meetings; each leads to its life. On narrow pages it shows as a list of days."""
    head = el("tr", (el("th", el("span", name[:3], title=name), scope="col") for name in WEEKDAYS))
    return el(
        "table",
        el(
            "caption",
            f"Meetings in {month.first:%B %Y}, by the day on which they take or took place",
            cls="hidden",
        ),
        el("thead", head),
        el("tbody", (el("tr", (_day(month, day, chosen, keep) for day in week)) for week in month.weeks)),
        cls="calendar",
    )


def _day(month: Month, day: dt.date | None, chosen: str | None, keep: Mapping[str, Any]) -> Node:
    if day is None:
        return el("td", cls="out")
    found = month.on_day.get(day, [])
    number = el(
        "span",
        el("span", f"{WEEKDAYS[day.weekday()]} ", cls="name"),
        str(day.day),
        el("span", f" {day:%B}", cls="name"),
        cls="day",
    )
    if not found:
        return el("td", number)
    return el("td", number, el("ul", (el("li", chip(row, chosen, keep)) for row in found)), cls="busy")


def chip(row: Mapping[str, Any], chosen: str | None, keep: Mapping[str, Any], *, dated: bool = False) -> Node:
    """A meeting as a chip that leads to its life."""
    look = mark(STATUSES, row["status"])
    short = short_label(row)
    spoken = f"{look.label}: {row['label']}"
    return el(
        "span",
        el("span", look.glyph, cls="glyph", aria_hidden="true"),
        el("span", f"{short}, {days(row['date_from'], row['date_to'])}" if dated else short),
        cls="chip",
        colour=look.colour,
        go=link("meetings", **{**keep, "meeting": row["meeting_id"]}),
        aria_label=spoken,
        title=spoken,
        aria_current="true" if chosen == row["meeting_id"] else None,
    )


def short_label(row: Mapping[str, Any]) -> str:
    """The meeting's label without its day, which the calendar shows."""
    label: str = row["label"]
    dated = days(row["date_from"], row["date_to"])
    return label.removesuffix(dated).rstrip(", ") or label

"""Meetings: a calendar of a month, what has no day, and the life of the meeting that is open."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import streamlit as st

from dashboard import charts, meetings, ui
from dashboard.cards import confidence, empty, legend, report, tag
from dashboard.corpus import Corpus
from dashboard.encodings import STATUSES, mark
from dashboard.grids import calendar_tree, chip
from dashboard.tree import Node, el, link
from dashboard.views.common import draw_machine_note

N_REPORTS = 40
N_UNDATED = 40
MAPPED = {
    "in_person": "face to face",
    "phone": "by telephone",
    "video": "by video link",
    "unknown": "form not known",
}


def show(corpus: Corpus, url: ui.Url) -> None:
    """Draw the page."""
    draw_machine_note(corpus, "meeting_mentions")
    if corpus.meetings.is_empty():
        url.commit()
        ui.draw([empty("No meetings", "These exports hold no meetings.")], key="empty")
        return
    chosen = url.param("meeting")
    parties = (
        corpus.meetings.select(pl.col("parties").explode(empty_as_null=True))
        .to_series()
        .drop_nulls()
        .value_counts(sort=True)
    )
    with st.container(border=True, key="filters"):
        first, second, third = st.columns([2, 4, 3], vertical_alignment="bottom")
        with second:
            statuses = url.choices("Status", "status", list(STATUSES), show=lambda s: STATUSES[s].label)
        with third:
            among = url.choices("With all of", "party", parties["parties"].to_list(), show=corpus.party_label)
        kept = meetings.chosen(corpus.meetings, statuses=statuses, parties=among)
        found = meetings.months(kept)
        with first:
            month = url.choice(
                "Month",
                "month",
                [f"{m:%Y-%m}" for m in found],
                show=_month_name,
                default=_month_of(corpus, chosen) or _key(meetings.latest_month(kept)),
            )
    keep = {name: value for name, value in url.params().items() if name != "meeting"}
    url.commit()
    if month is not None:
        keep["month"] = month
    if chosen is None:
        _month(corpus, kept, month, chosen, keep)
    else:
        left, right = st.columns([7, 5], gap="medium")
        with left:
            _month(corpus, kept, month, chosen, keep)
        with right:
            _life(corpus, chosen, keep)
    _undated(kept, chosen, keep)
    ui.table(
        kept.sort("date_from", "meeting_id", descending=[True, False], nulls_last=True).select(
            "date_from",
            "date_to",
            "label",
            "status",
            "place",
            "parties",
            "n_mentions",
            "n_publishers",
            "first_reported",
            "last_reported",
            "confidence",
            "meeting_id",
        ),
        f"Table: all {kept.height:,} meetings",
    )


def _month_of(corpus: Corpus, meeting_id: str | None) -> str | None:
    """The month of the meeting that is open."""
    if meeting_id is None:
        return None
    found = corpus.meetings.filter(pl.col("meeting_id") == meeting_id)["date_from"].drop_nulls()
    return _key(found[0]) if len(found) else None


def _month_name(month: str) -> str:
    return f"{dt.date.fromisoformat(f'{month}-01'):%B %Y}"


def _key(day: dt.date | None) -> str | None:
    return f"{day:%Y-%m}" if day else None


def _month(
    corpus: Corpus, kept: pl.DataFrame, month: str | None, chosen: str | None, keep: dict[str, Any]
) -> None:
    if month is None:
        ui.draw(
            [empty("No meeting with a day", "No meeting that passes these filters has a known day.")],
            key="month",
        )
        return
    of_month = meetings.month(kept, dt.date.fromisoformat(f"{month}-01"))
    vague = None
    if of_month.vague:
        vague = el(
            "section",
            el("h3", "In this month, day not known"),
            el("ul", (el("li", chip(row, chosen, keep, dated=True)) for row in of_month.vague), cls="agenda"),
            cls="stack",
        )
    ui.draw(
        [
            el(
                "div",
                _turn(kept, of_month.first, keep),
                legend(STATUSES),
                calendar_tree(of_month, chosen, keep),
                vague,
                cls="stack",
            )
        ],
        key="month",
    )


def _turn(kept: pl.DataFrame, month: dt.date, keep: dict[str, Any]) -> Node:
    """The month's name between links to the months with meetings before and after it."""
    listed = list(meetings.months(kept))
    before = next((m for m in listed if m < month), None)
    after = next((m for m in reversed(listed) if m > month), None)

    def to(other: dt.date | None, arrow: str) -> Node | None:
        if other is None:
            return None
        words = f"{other:%b %Y}"
        return el(
            "a",
            f"← {words}" if arrow == "before" else f"{words} →",
            go=link("meetings", **{**keep, "month": _key(other)}),
        )

    return el("div", el("h2", f"{month:%B %Y}"), to(before, "before"), to(after, "after"), cls="row")


def _undated(kept: pl.DataFrame, chosen: str | None, keep: dict[str, Any]) -> None:
    rows = meetings.undated(kept)
    if rows.is_empty():
        return
    with st.expander(f"Day not known at all ({rows.height:,})"):
        listed = [el("li", chip(row, chosen, keep)) for row in rows.head(N_UNDATED).iter_rows(named=True)]
        more = rows.height - len(listed)
        ui.draw(
            [
                el("ul", listed, cls="agenda"),
                el("small", f"and {more:,} more in the table") if more else None,
            ],
            key="undated",
        )


def _life(corpus: Corpus, meeting_id: str, keep: dict[str, Any]) -> None:
    found = corpus.meetings.filter(pl.col("meeting_id") == meeting_id)
    if found.is_empty():
        ui.draw(
            [
                empty(
                    "No such meeting",
                    "It may stand in other exports: keys change when the text they are read from does.",
                )
            ],
            key="life",
        )
        return
    row = found.row(0, named=True)
    history = meetings.history(corpus.mentions, meeting_id)
    ui.draw([_head(corpus, row, history, keep)], key="life-head", reveal=meeting_id)
    if history["reported_on"].drop_nulls().n_unique() > 1:
        st.altair_chart(
            charts.life_chart(history),
            alt=(
                "Line: what each report said the meeting was, over the days of the reports. The list "
                "below holds the same."
            ),
        )
    listed = [report(corpus, one) for one in history.head(N_REPORTS).iter_rows(named=True)]
    ui.draw([el("ol", listed, cls="life")], key="life")
    if history.height > N_REPORTS:
        ui.table(history.drop("participants", "parties"), f"Table: all {history.height:,} reports")


def _head(corpus: Corpus, row: dict[str, Any], history: pl.DataFrame, keep: dict[str, Any]) -> Node:
    people = corpus.participants.filter(pl.col("meeting_id") == row["meeting_id"])
    named = [
        f"{name} ({party})" if party and party != name else name
        for name, party in people.select("name", "party").iter_rows()
    ]
    facts = [
        (
            "When",
            meetings.days(row["date_from"], row["date_to"])
            + (f" ({row['date_basis']})" if row["date_from"] else ""),
        ),
        ("Where", ", ".join(filter(None, [row["place"], MAPPED.get(row["form"], row["form"])]))),
        ("Parties", ", ".join(corpus.party_label(p) for p in row["parties"]) or "not known"),
        ("People", ", ".join(named) or "none named"),
        (
            "Reports",
            f"{row['n_mentions']:,} by {row['n_publishers']:,} "
            f"publisher{'s' if row['n_publishers'] != 1 else ''}",
        ),
    ]
    steps = [mark(STATUSES, s).label for s in history.filter(pl.col("is_news"))["status"]]
    return el(
        "div",
        el("div", el("h2", row["label"]), el("a", "Close", go=link("meetings", **keep)), cls="row between"),
        el("div", tag(mark(STATUSES, row["status"])), confidence(row["confidence"]), cls="row"),
        el("dl", [node for name, value in facts for node in (el("dt", name), el("dd", value))], cls="facts"),
        el("h3", "How it went, by report"),
        el("small", " → ".join(steps)) if len(steps) > 1 else None,
        cls="stack",
    )

"""Timeline: how each party's stance on an issue went, with changes marked and shown before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboard import charts, positions, ui
from dashboard.cards import confidence, empty, position_card, tag
from dashboard.changes import chosen
from dashboard.corpus import Corpus
from dashboard.encodings import BASES, STANCES, mark
from dashboard.meetings import days as in_words
from dashboard.overview import span
from dashboard.tree import Node, el, link
from dashboard.views.common import draw_machine_note, page_number, pager

N_PARTIES = 6
N_CARDS = 10
N_CHANGES = 30
N_POINTS = 800
"""Points that the chart shows at most, the latest ones: more could not be told apart."""


def show(corpus: Corpus, url: ui.Url) -> None:
    """Draw the page."""
    draw_machine_note(corpus, "positions")
    issues = positions.busiest(corpus.positions, "issue_id")
    if not issues:
        url.commit()
        ui.draw([empty("No positions", "These exports hold no positions on issues.")], key="empty")
        return
    labels = dict(
        corpus.issues.select(
            "issue_id",
            "issue",
        ).iter_rows()
    )
    with st.container(border=True, key="filters"):
        first, second = st.columns([3, 6], vertical_alignment="bottom")
        with first:
            issue = url.choice("Issue", "issue", issues, show=lambda i: labels.get(i, i), default=None)
        on_issue = corpus.positions.filter(pl.col("issue_id") == issue)
        every = positions.busiest(on_issue, "party")
        with second:
            parties = url.choices(
                "Parties",
                "party",
                every,
                show=corpus.party_label,
                default=every[:N_PARTIES],
                placeholder="Choose parties",
            )
        third, fourth, fifth = st.columns([2, 2, 5], vertical_alignment="bottom")
        days = span(on_issue, "as_of_from", "as_of_to")
        with third:
            since = url.day("From", "from", *days)
        with fourth:
            until = url.day("To", "to", *days)
        with fifth:
            own = url.flag(
                "Own words only",
                "own",
                help="Leave out what others say of a party: a change of who tells it is no change of stance.",
            )
    kept = positions.certain(on_issue, own_only=own).filter(pl.col("party").is_in(list(parties)))
    kept = positions.between(kept, since, until)
    n_pages = max(1, -(-kept.height // N_CARDS))
    number = page_number(url, n_pages)
    url.commit()
    assert issue is not None
    _proposition(corpus, issue)
    changed = chosen(corpus.changes, kept)
    course = positions.course(kept, changed)
    if course.is_empty():
        ui.draw([empty("Nothing dated", "No position with a day passes these filters.")], key="none")
    else:
        _chart(corpus, course, parties)
    st.subheader(f"Changes ({changed.height:,})", anchor=False)
    _draw_changes(corpus, changed)
    st.subheader(f"All positions ({kept.height:,})", anchor=False)
    rows = positions.cell(kept, None, None).slice((number - 1) * N_CARDS, N_CARDS)
    ui.draw(
        [
            el(
                "div",
                (position_card(corpus, row, with_cell=True) for row in rows.iter_rows(named=True)),
                cls="stack",
            ),
            pager(url, number, n_pages),
        ],
        key="rows",
    )


def _proposition(corpus: Corpus, issue: str) -> None:
    found = corpus.issues.filter(pl.col("issue_id") == issue)
    if found.height:
        ui.draw(
            [el("p", el("span", "For or against: ", cls="soft"), found["proposition"][0])], key="proposition"
        )


def _chart(corpus: Corpus, course: pl.DataFrame, parties: tuple[str, ...]) -> None:
    shown = course.tail(N_POINTS)
    with_rows = [party for party in parties if party in set(shown["party"])]
    event = st.altair_chart(
        charts.course_chart(shown, with_rows),
        on_select=ui.touch,
        selection_mode=[charts.PICK],
        key=f"course-{course['issue_id'][0]}",
        alt="Points: stances of each party over time, changes ringed. The table below holds the same rows.",
    )
    st.caption(
        "A ring marks a change: the same actor’s stance was another on the last day it was known. Choose "
        "a point for its evidence."
        + (" Days without a position are left out." if charts.leaves_days_out(shown["as_of_to"]) else "")
        + (
            f" The latest {N_POINTS:,} of {course.height:,} positions are drawn."
            if course.height > N_POINTS
            else ""
        )
    )
    chosen = charts.picked(event)
    found = shown.filter(pl.col("position_id") == chosen) if chosen else shown.head(0)
    if found.height:
        ui.draw([position_card(corpus, found.row(0, named=True), with_cell=True)], key="picked")
    ui.table(
        course.select(
            "as_of_from",
            "as_of_to",
            "party",
            "actor_name",
            "stance",
            "is_change",
            "basis",
            "evidence",
            "confidence",
            "publisher",
            "position_id",
        ),
        "Table: positions over time",
    )


def _draw_changes(corpus: Corpus, changed: pl.DataFrame) -> None:
    if changed.is_empty():
        ui.draw(
            [empty("No change found", "No actor’s stance differs from one dated position to the next.")],
            key="changes",
        )
        return
    cards = [_change(corpus, row) for row in changed.head(N_CHANGES).iter_rows(named=True)]
    more = changed.height - len(cards)
    ui.draw(
        [el("div", cards, el("small", f"and {more:,} more in the table") if more else None, cls="stack")],
        key="changes",
    )
    ui.table(changed, "Table: changes")


def _change(corpus: Corpus, row: Mapping[str, Any]) -> Node:
    told = row["basis_before"] != row["basis_after"]
    n = row["days_between"]

    def side(when: str) -> Node:
        return el(
            "div",
            el(
                "div",
                tag(mark(STANCES, row[f"stance_{when}"])),
                el("span", in_words(row[f"as_of_{when}"], row[f"as_of_{when}"])),
                el("span", BASES.get(row[f"basis_{when}"], row[f"basis_{when}"]), cls="plain"),
                cls="row",
            ),
            el("blockquote", row[f"evidence_{when}"]),
            el(
                "small",
                el(
                    "a", f"Row {when}", go=link("row", table="issue_positions", id=row[f"position_id_{when}"])
                ),
            ),
        )

    return el(
        "article",
        el(
            "div",
            el(
                "span",
                f"{row['actor_name']} ({row['party']})" if row["party"] else row["actor_name"],
                cls="who",
            ),
            el("span", f"{n} day{'s' if n != 1 else ''} between", cls="soft"),
            confidence(row["confidence"]),
            el("span", "told more than once" if row["is_confirmed"] else "told once", cls="plain"),
            cls="row",
        ),
        el("div", side("before"), side("after"), cls="arrow"),
        el(
            "small",
            "One side is the actor’s own words, the other a report: it may only be a change of who tells it.",
        )
        if told
        else None,
        cls="card",
    )

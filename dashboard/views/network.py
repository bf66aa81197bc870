"""Network: who met whom, as a picture and as a table, with the meetings of each pair."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import charts, network, ui
from dashboard.cards import empty, tag
from dashboard.corpus import Corpus
from dashboard.encodings import STATUSES, mark
from dashboard.meetings import days
from dashboard.tree import Node, el, link
from dashboard.views.common import draw_machine_note

N_PAIRS = 25
SCOPES = {network.PEOPLE: "Participants, as named", network.PARTIES: "Parties"}


def show(corpus: Corpus, url: ui.Url) -> None:
    """Draw the page."""
    draw_machine_note(corpus, "meeting_mentions")
    first, second = url.param("a"), url.param("b")
    with st.container(border=True, key="filters"):
        left, middle, right = st.columns([2, 4, 3], vertical_alignment="bottom")
        with left:
            scope = url.choice("Who", "who", list(SCOPES), show=lambda s: SCOPES[s], default=network.PEOPLE)
        with middle:
            statuses = url.choices(
                "Meetings that are",
                "status",
                list(STATUSES),
                show=lambda s: STATUSES[s].label,
                default=("held", "ongoing"),
                placeholder="Choose a status",
            )
        with right:
            least = url.share("At least this sure", "sure")
    keep = {name: value for name, value in url.params().items() if name not in ("a", "b")}
    url.commit()
    found = network.network(
        corpus.meetings,
        corpus.participants,
        scope=scope or network.PEOPLE,
        statuses=statuses,
        least=least,
    )
    if found.pairs.is_empty():
        ui.draw(
            [
                empty(
                    "Nobody met anybody",
                    "No two took part in one meeting that passes these filters: add a status, or ask for "
                    "less certainty.",
                )
            ],
            key="none",
        )
        return
    picture, listed = st.columns([7, 5], gap="large")
    with picture:
        st.subheader("Picture", anchor=False)
        ink = "#E8ECF1" if st.context.theme.type == "dark" else "#16202B"
        st.altair_chart(
            charts.network_chart(found.pairs, found.actors, ink),
            alt=(
                "Network: actors joined by a line where they took part in one meeting. The list beside "
                "holds the pairs."
            ),
        )
        st.caption(
            f"The {found.actors.height} who met most often, those of one party side by side. The wider a "
            f"line, the more meetings."
        )
        ui.table(found.actors.drop("x", "y"), "Table: actors")
    with listed:
        if first is not None and second is not None:
            _pair(corpus, found, first, second, keep)
        st.subheader("Pairs", anchor=False)
        ui.draw([_pairs(found, keep)], key="pairs")
        ui.table(found.pairs, f"Table: all {found.pairs.height:,} pairs")


def _pairs(found: network.Network, keep: dict[str, object]) -> Node:
    rows = found.pairs.head(N_PAIRS).to_dicts()
    most = max(row["n_meetings"] for row in rows)
    return el(
        "table",
        el("thead", el("tr", el("th", "Pair", scope="col"), el("th", "Meetings", scope="col", cls="num"))),
        el(
            "tbody",
            (
                el(
                    "tr",
                    el(
                        "th",
                        el(
                            "a",
                            f"{row['first']} and {row['second']}",
                            go=link("network", **keep, a=row["first"], b=row["second"]),
                        ),
                        el("span", el("span", bar=row["n_meetings"] / most), cls="meter", aria_hidden="true"),
                        scope="row",
                    ),
                    el("td", f"{row['n_meetings']:,}", cls="num"),
                )
                for row in rows
            ),
        ),
        cls="list",
    )


def _pair(corpus: Corpus, found: network.Network, first: str, second: str, keep: dict[str, object]) -> None:
    rows: pl.DataFrame = network.together(corpus.meetings, found.pairs, first, second)
    items = [
        el(
            "article",
            el(
                "div",
                tag(mark(STATUSES, row["status"])),
                el("span", days(row["date_from"], row["date_to"])),
                cls="row",
            ),
            el("a", row["label"], go=link("meetings", meeting=row["meeting_id"])),
            cls="card",
        )
        for row in rows.iter_rows(named=True)
    ]
    ui.draw(
        [
            el(
                "div",
                el(
                    "div",
                    el("h2", f"{first} and {second}"),
                    el("a", "Close", go=link("network", **keep)),
                    cls="row between",
                ),
                *(items or [empty("No meeting of these two", "None passes these filters.")]),
                cls="stack",
            )
        ],
        key="pair",
        reveal=f"{first}/{second}",
    )

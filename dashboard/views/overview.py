"""Overview: what the exports cover, from when, from whom, how fresh, and how precise rows measured."""

from __future__ import annotations

import datetime as dt

import polars as pl
import streamlit as st

from dashboard import charts, overview, ui
from dashboard.cards import empty, meter, notice, precision_table, tag, tile
from dashboard.corpus import Corpus
from dashboard.encodings import ORANGE, STANCES, mark
from dashboard.measured import version_note
from dashboard.meetings import days
from dashboard.positions import LIKELY
from dashboard.tree import Node, el, link
from dashboard.views.common import figures

N_CHANGES = 4


def show(corpus: Corpus, url: ui.Url) -> None:
    """Draw the page."""
    url.commit()
    changes = corpus.changes
    facts = overview.coverage(corpus)
    ui.draw([el("div", _covered(facts), _tiles(facts), cls="stack")], key="facts")
    if facts.n_documents == 0:
        ui.draw(
            [
                empty(
                    "No documents",
                    "The exports hold no documents. Put news pages into the folder of inputs and run: "
                    "make run.",
                )
            ],
            key="empty",
        )
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader("Statements over time", anchor=False)
        counts = overview.over_time(corpus.statements)
        if counts.is_empty():
            ui.draw([empty("No statement is dated")], key="undated")
        else:
            st.altair_chart(
                charts.bars_over_time(counts),
                alt="Bars: statements by day, week or month. The table below holds the same.",
            )
            ui.table(counts, "Table: statements over time")
        likely = changes.filter(pl.col("confidence") >= LIKELY)
        if likely.height:
            st.subheader("Latest changes of stance, sooner right than wrong", anchor=False)
            ui.draw([_changes(corpus, likely.head(N_CHANGES).to_dicts(), facts.n_changes)], key="changes")
        st.subheader("Quoted most", anchor=False)
        ui.draw([_speakers(corpus)], key="speakers")
    with right:
        st.subheader("How precise", anchor=False)
        ui.draw([_precision(corpus)], key="precision")
        st.subheader("From whom", anchor=False)
        ui.draw([_publishers(corpus)], key="publishers")


def _covered(facts: overview.Coverage) -> Node:
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    read = f"Last new page read {overview.age(facts.read_at, now)}." if facts.read_at else ""
    undated = f" {facts.n_undated:,} of them have no known day." if facts.n_undated else ""
    copies = (
        f" {facts.n_duplicates:,} nearly repeat another, and their rows are left out."
        if facts.n_duplicates
        else ""
    )
    covered = (
        f"{facts.n_documents:,} news pages, published {days(facts.first_day, facts.last_day)}."
        if facts.first_day
        else f"{facts.n_documents:,} news pages."
    )
    return el(
        "p",
        f"{covered}{undated}{copies} {read} They show what these publishers report, not all that happened.",
    )


def _tiles(facts: overview.Coverage) -> Node:
    share = f"{facts.n_unnamed / facts.n_statements:.0%} by unnamed sources" if facts.n_statements else ""
    return el(
        "div",
        tile(facts.n_statements, "statements", share, link("statements")),
        tile(facts.n_speakers, "named speakers", "who said it", link("statements")),
        tile(facts.n_positions, "positions", f"on {facts.n_issues:,} issues", link("issues")),
        tile(facts.n_changes, "changes of stance", "before and after", link("timeline")),
        tile(facts.n_meetings, "meetings", "held, planned, called off", link("meetings")),
        tile(
            facts.n_checks_unmet,
            "checks not met",
            f"of {facts.n_checks:,}; pages refused: {facts.n_refused:,}, rows cut: {facts.n_set_aside:,}",
            link("quality"),
        ),
        cls="tiles",
    )


def _precision(corpus: Corpus) -> Node:
    found = figures()
    if not found:
        return notice(
            el("p", "All rows were read by machine. How precise that is has not been measured here."),
            colour=ORANGE,
        )
    note = version_note(corpus.generation.manifest)
    return el(
        "div",
        el("p", "All rows were read by machine. On annotated test pages that nobody had looked at before:"),
        precision_table(found, "right, of 100 rows", "found, of 100 in the text"),
        el(
            "small",
            "Lowest and highest over the sets of pages. ",
            f"{note} " if note else None,
            el("a", "More under Data quality", go=link("quality")),
        ),
        cls="stack",
    )


def _publishers(corpus: Corpus) -> Node:
    listed = overview.publishers(corpus)
    most = max(listed["n_documents"].to_list(), default=1)
    shown = listed.head(8).to_dicts()
    rest = listed.height - len(shown)
    return el(
        "div",
        el(
            "table",
            el(
                "thead",
                el(
                    "tr",
                    el("th", "Publisher", scope="col"),
                    el("th", "Pages", scope="col", cls="num"),
                    el("th", "Statements", scope="col", cls="num"),
                    el("th", "Published", scope="col"),
                ),
            ),
            el(
                "tbody",
                (
                    el(
                        "tr",
                        el(
                            "th",
                            el("a", row["publisher"], go=link("statements", publisher=[row["publisher"]])),
                            meter(row["n_documents"] / most),
                            scope="row",
                        ),
                        el("td", f"{row['n_documents']:,}", cls="num"),
                        el("td", f"{row['n_statements']:,}", cls="num"),
                        el("td", el("small", days(row["first_day"], row["last_day"]))),
                    )
                    for row in shown
                ),
            ),
            cls="list",
        ),
        el("small", f"and {rest:,} more") if rest else None,
        cls="stack",
    )


def _speakers(corpus: Corpus) -> Node:
    listed = overview.top_speakers(corpus.statements).to_dicts()
    most = max((row["n_statements"] for row in listed), default=1)
    return el(
        "table",
        el(
            "thead",
            el(
                "tr",
                el("th", "Speaker", scope="col"),
                el("th", "Party", scope="col"),
                el("th", "Statements", scope="col", cls="num"),
            ),
        ),
        el(
            "tbody",
            (
                el(
                    "tr",
                    el(
                        "th",
                        el("a", row["speaker_name"], go=link("statements", speaker=[row["speaker_name"]])),
                        meter(row["n_statements"] / most),
                        scope="row",
                    ),
                    el("td", row["party"] or "–"),
                    el("td", f"{row['n_statements']:,}", cls="num"),
                )
                for row in listed
            ),
        ),
        cls="list",
    )


def _changes(corpus: Corpus, rows: list[dict[str, object]], n_all: int) -> Node:
    def one(row: dict[str, object]) -> Node:
        return el(
            "tr",
            el(
                "th",
                el(
                    "a",
                    str(row["actor_name"]),
                    go=link(
                        "timeline", issue=row["issue_id"], party=[row["party"]] if row["party"] else None
                    ),
                ),
                el("small", f" on {row['issue']}"),
                scope="row",
            ),
            el(
                "td",
                tag(mark(STANCES, str(row["stance_before"]))),
                " → ",
                tag(mark(STANCES, str(row["stance_after"]))),
            ),
            el("td", el("small", days(row["as_of_after"], row["as_of_after"]))),  # type: ignore[arg-type]
        )

    return el(
        "div",
        el(
            "table",
            el(
                "thead",
                el(
                    "tr",
                    el("th", "Who, on what", scope="col"),
                    el("th", "Change", scope="col"),
                    el("th", "As of", scope="col"),
                ),
            ),
            el("tbody", (one(row) for row in rows)),
            cls="list",
        ),
        el("small", el("a", f"All {n_all:,} on the timelines", go=link("timeline"))),
        cls="stack",
    )

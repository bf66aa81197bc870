"""Issues: the matrix of parties and issues, and beside it the evidence of the cell that is open."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import positions, ui
from dashboard.cards import empty, legend, position_card
from dashboard.corpus import Corpus
from dashboard.encodings import STANCES
from dashboard.grids import matrix_tree
from dashboard.tree import el, link
from dashboard.views.common import draw_machine_note

N_PARTIES = 9
"""Parties that the matrix shows at first: those with most positions."""
N_CARDS = 30


def show(corpus: Corpus, url: ui.Url) -> None:
    """Draw the page."""
    draw_machine_note(corpus, "positions")
    if corpus.issues.is_empty():
        url.commit()
        ui.draw(
            [
                empty(
                    "No issues",
                    "These exports were made with a domain pack that knows no issues "
                    "(PARLEY_DOMAIN=generic).",
                )
            ],
            key="empty",
        )
        return
    party, issue = url.param("party"), url.param("issue")
    every = positions.busiest(corpus.positions, "party")
    with st.container(border=True, key="filters"):
        first, second, third = st.columns([4, 2, 2], vertical_alignment="bottom")
        with first:
            parties = url.choices(
                "Parties",
                "show",
                every,
                show=corpus.party_label,
                default=every[:N_PARTIES],
                placeholder="Choose parties",
            )
        with second:
            least = url.share("At least this sure", "sure", help="Rows of lower confidence are left out.")
        with third:
            own = url.flag("Own words only", "own", help="Leave out what others say of a party.")
    kept = positions.certain(corpus.positions, least=least, own_only=own)
    latest = positions.matrix(kept).filter(pl.col("party").is_in(list(parties)))
    keep = {name: value for name, value in url.params().items() if name not in ("party", "issue")}
    url.commit()
    if latest.is_empty():
        ui.draw(
            [
                empty(
                    "No positions",
                    "No position passes these filters: choose more parties, or ask for less certainty.",
                )
            ],
            key="none",
        )
        return
    shown = positions.busiest(kept.filter(pl.col("party").is_in(list(parties))), "issue_id")
    grid = [legend(STANCES), matrix_tree(corpus, latest, shown, parties, (party, issue), keep)]
    if party is None and issue is None:
        ui.draw(grid, key="matrix")
    else:
        left, right = st.columns([7, 5], gap="medium")
        with left:
            ui.draw(grid, key="matrix")
        with right:
            _evidence(corpus, kept, party, issue, keep)
    ui.table(
        latest.select(
            "party",
            "issue",
            "stance",
            "actor_name",
            "as_of_from",
            "as_of_to",
            "basis",
            "evidence",
            "confidence",
            "n_positions",
            "n_stances",
            "publisher",
            "position_id",
        ),
        "Table: latest positions",
    )


def _evidence(
    corpus: Corpus, kept: pl.DataFrame, party: str | None, issue: str | None, keep: dict[str, object]
) -> None:
    rows = positions.cell(kept, party, issue)
    known = dict(corpus.issues.select("issue_id", "issue").iter_rows())
    propositions = dict(corpus.issues.select("issue_id", "proposition").iter_rows())
    whose = corpus.party_label(party) if party else "All parties"
    heading = f"{whose} on {known.get(issue, issue) if issue else 'all issues'}"
    cards = [position_card(corpus, row) for row in rows.head(N_CARDS).iter_rows(named=True)]
    ui.draw(
        [
            el(
                "div",
                el(
                    "div",
                    el("h2", heading),
                    el("a", "Close", go=link("issues", **keep)),
                    cls="row between",
                ),
                el("small", f"The question: {propositions[issue]}.") if issue in propositions else None,
                el(
                    "small",
                    f"{rows.height} row{'s' if rows.height != 1 else ''}, latest first. ",
                    el(
                        "a",
                        "Course over time",
                        go=link("timeline", issue=issue, party=[party] if party else None),
                    ),
                ),
                *(cards or [empty("No evidence", "Nothing passes these filters.")]),
                el("small", f"The first {N_CARDS} are shown; the timeline holds all.")
                if rows.height > N_CARDS
                else None,
                cls="stack",
            )
        ],
        key="evidence",
        reveal=f"{party}/{issue}",
    )

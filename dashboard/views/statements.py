"""Statements: an explorer with filters, full-text search and download."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import statements, ui
from dashboard.cards import empty, statement_card
from dashboard.corpus import Corpus
from dashboard.encodings import FORMS
from dashboard.overview import span
from dashboard.statements import SORTS, Filters
from dashboard.tree import el
from dashboard.views.common import draw_machine_note, page_number, pager

PAGE = 15
"""Statements on a page."""
N_SPEAKERS = 500
"""Speakers offered by name: those quoted most; any other is found by the search."""


def show(corpus: Corpus, url: ui.Url) -> None:
    """Draw the page."""
    draw_machine_note(corpus, "statements")
    if corpus.statements.is_empty():
        url.commit()
        ui.draw([empty("No statements", "These exports hold no statements.")], key="empty")
        return
    filters = _filters(corpus, url)
    found = statements.find(corpus.statements, corpus.searchable, filters)
    n_pages = max(1, -(-found.height // PAGE))
    number = page_number(url, n_pages)
    url.commit()
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{found.height:,}** of {corpus.statements.height:,} statements")
        ui.downloads(found, "statements")
    if found.is_empty():
        ui.draw(
            [
                empty(
                    "No statement passes",
                    "Take away a filter, or search for fewer or shorter words: a word matches as it begins.",
                )
            ],
            key="none",
        )
        return
    shown = found.slice((number - 1) * PAGE, PAGE)
    ui.draw(
        [
            el("div", (statement_card(corpus, row) for row in shown.iter_rows(named=True)), cls="stack"),
            pager(url, number, n_pages),
        ],
        key="found",
    )


def _filters(corpus: Corpus, url: ui.Url) -> Filters:
    rows = corpus.statements
    with st.container(border=True, key="filters"):
        first, second = st.columns([5, 2], vertical_alignment="bottom")
        with first:
            search = url.text(
                "Search",
                "q",
                placeholder='ceasefire "security guarantees" -drone',
                help=(
                    "All words must occur, as they begin; “phrases in quotation marks”; -word leaves "
                    "out. Accents and case do not matter."
                ),
            )
        with second:
            sort = url.choice(
                "Order",
                "sort",
                list(SORTS),
                show=lambda s: SORTS[s],
                default="relevance" if search else "newest",
                variant="searching" if search else "",
            )
        columns = st.columns(4)
        labels = dict(corpus.issues.select("issue_id", "issue").iter_rows())
        with columns[0]:
            parties = url.choices("Party", "party", _values(rows, "party"), show=corpus.party_label)
        with columns[1]:
            speakers = url.choices("Speaker", "speaker", _speakers(rows, url))
        with columns[2]:
            publishers = url.choices("Publisher", "publisher", _values(rows, "publisher"))
        with columns[3]:
            issues = url.choices("Issue", "issue", list(labels), show=lambda i: labels[i])
        columns = st.columns(4, vertical_alignment="bottom")
        days = span(rows, "stated_from", "stated_to")
        with columns[0]:
            first_day = url.day("From", "from", *days)
        with columns[1]:
            last_day = url.day("To", "to", *days)
        with columns[2]:
            forms = url.choices("Form", "form", list(FORMS), show=lambda f: FORMS[f])
        with columns[3]:
            least = url.share("At least this sure", "sure")
        with st.container(horizontal=True):
            unnamed = url.flag("Unnamed sources only", "unnamed")
        document = url.param("document")
        most = url.param("most")
    if document is not None:
        titles = corpus.documents.filter(pl.col("document_id") == document).select(
            pl.coalesce("title", "source_file")
        )
        named = titles.item() if titles.height else document
        ui.draw([el("p", el("span", "Only of the document: ", cls="soft"), named)], key="document")
    return Filters(
        search=search,
        parties=parties,
        speakers=speakers,
        publishers=publishers,
        forms=forms,
        issues=issues,
        first=first_day,
        last=last_day,
        least=least,
        most=int(most) / 100 if most and most.isdigit() else 1.0,
        unnamed=unnamed,
        document=document,
        sort=sort or "newest",
    )


@st.cache_data(show_spinner=False, max_entries=16, hash_funcs={pl.DataFrame: id})
def _values(rows: pl.DataFrame, column: str) -> list[str]:
    """Values of a column, most frequent first."""
    counted = rows.filter(pl.col(column).is_not_null()).group_by(column).len()
    return counted.sort("len", column, descending=[True, False])[column].to_list()


def _speakers(rows: pl.DataFrame, url: ui.Url) -> list[str]:
    """Speakers quoted most, and any that the address names."""
    every = _values(rows, "speaker_name")
    asked = [name for name in url.asked("speaker") if name in set(every)]
    return list(dict.fromkeys([*every[:N_SPEAKERS], *asked]))

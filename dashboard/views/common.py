"""What several pages draw: the note on how precise rows are, and lists cut into pages."""

from __future__ import annotations

import streamlit as st

from dashboard import ui
from dashboard.cards import machine_note
from dashboard.corpus import Corpus
from dashboard.measured import Measured, measured, version_note
from dashboard.tree import Node, el, link


@st.cache_data(show_spinner=False)
def figures() -> dict[str, Measured]:
    """The measured figures, read once."""
    return measured()


def draw_machine_note(corpus: Corpus, kind: str | None) -> None:
    """Say that rows were read by machine, and how precise that measured."""
    draw_nodes = [machine_note(figures(), kind, version_note(corpus.generation.manifest))]
    ui.draw(draw_nodes, key="machine")


def pager(url: ui.Url, number: int, n_pages: int) -> Node | None:
    """Links to the pages before and after; None where there is one page only."""
    if n_pages < 2:
        return None
    kept = {name: value for name, value in url.params().items() if name != "n"}

    def to(n: int, text: str) -> Node:
        if 1 <= n <= n_pages:
            return el("a", text, go=link(url.page, **kept, n=n if n > 1 else None))
        return el("span", text, cls="soft", aria_hidden="true")

    return el(
        "div",
        to(number - 1, "← Before"),
        el("span", f"Page {number:,} of {n_pages:,}"),
        to(number + 1, "After →"),
        cls="row",
        role="navigation",
        aria_label="Pages of results",
    )


def page_number(url: ui.Url, n_pages: int) -> int:
    """The page of results that the address asks for, as far as there is one; the first if a filter "
    "changed."""
    asked = url.param("n") or ""
    if url.changed():
        url.forget("n")
        return 1
    number = int(asked) if asked.isdigit() else 1
    return min(max(number, 1), max(n_pages, 1))

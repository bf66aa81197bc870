"""Entry of the dashboard: finds the exports, sets up the pages, and shows failing states in words."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard import ui
from dashboard.cards import failure, notice
from dashboard.corpus import Corpus
from dashboard.source import SETTING, ExportError, current_name, is_url, location, open_generation
from dashboard.tree import HOME, Node, el, link
from dashboard.views import issues, meetings, network, overview, quality, row, statements, timeline

logger = logging.getLogger(__name__)

ICON: Final = Path(__file__).parent / "icon.png"

POLL: Final = "60s"
"""How often an open page looks for newer exports."""


@dataclass(frozen=True, slots=True)
class View:
    """A page: its name in the address and in the menu, its icon, and what draws it."""

    name: str
    title: str
    icon: str
    show: Callable[[Corpus, ui.Url], None]
    listed: bool = True


VIEWS: Final = (
    View(HOME, "Overview", ":material/home:", overview.show),
    View("issues", "Issues", ":material/grid_on:", issues.show),
    View("timeline", "Timeline", ":material/timeline:", timeline.show),
    View("meetings", "Meetings", ":material/calendar_month:", meetings.show),
    View("statements", "Statements", ":material/format_quote:", statements.show),
    View("network", "Network", ":material/hub:", network.show),
    View("quality", "Data quality", ":material/verified:", quality.show),
    View("row", "Row", ":material/article:", row.show, listed=False),
)

HINTS: Final = {
    "no_exports": (
        "Run the pipeline once: make run.",
        f"Or point the dashboard at a folder or URL that holds a datapackage.json: {SETTING}=… make "
        f"dashboard.",
    ),
    "unreachable": (f"Look whether {SETTING} is right and whether this machine may read there.",),
    "other_generation": (
        "Load the page again in a moment: a run may be publishing.",
        "If it stays so, export again: make run.",
    ),
    "no_file": (
        "Load the page again in a moment: a run may be publishing.",
        "If it stays so, export again: make run.",
    ),
}
EXPORT_AGAIN: Final = (
    "Export again with this version: make run.",
    "Other pages may work: they need other tables.",
)


@st.cache_resource(show_spinner=False, max_entries=2)
def _corpus(where: str, name: str) -> Corpus:
    """The corpus of a generation; `name` makes a new generation a new one."""
    return Corpus(open_generation(where))


@st.cache_data(ttl=60, show_spinner=False)
def _remote_name(where: str) -> str:
    return current_name(where)


def _name(where: str) -> str:
    """The name of the current generation: read anew from a folder, at most once a minute from a URL."""
    return _remote_name(where) if is_url(where) else current_name(where)


@st.fragment(run_every=POLL)
def _watch(where: str, name: str) -> None:
    """Say so if newer exports have been published since the page was drawn."""
    try:
        newer = _name(where) != name
    except ExportError:
        # While a run is publishing there may be nothing to read; the page says more at the next click.
        return
    if newer:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info("Newer data has been published.", icon=":material/update:")
            if st.button("Show it"):
                st.rerun(scope="app")


def _failed(where: str, error: ExportError) -> None:
    headings = {
        "no_exports": "No exports yet",
        "unreachable": "The exports cannot be reached",
        "other_generation": "The exports do not belong together",
    }
    ui.draw(
        [
            failure(
                headings.get(error.code, "The exports cannot be shown"),
                error.message,
                [*HINTS.get(error.code, EXPORT_AGAIN), f"Looked in {where}."],
            )
        ],
        key="failure",
    )


def _pages(current: str) -> Node:
    """Links to the pages for narrow screens, on which the menu hides behind a button."""
    return el(
        "div",
        (
            el("a", view.title, go=link(view.name), aria_current="page" if view.name == current else None)
            for view in VIEWS
            if view.listed
        ),
        cls="pages",
        role="navigation",
        aria_label="Pages",
    )


def _page(view: View) -> Callable[[], None]:
    def run() -> None:
        where = location(os.environ)
        st.title(view.title, anchor=False)
        ui.draw([_pages(view.name)], key="pages")
        url = ui.Url(view.name)
        try:
            name = _name(where)
            corpus = _corpus(where, name)
            view.show(corpus, url)
        except ExportError as error:
            logger.warning("%s: %s", view.name, error)
            _failed(where, error)
            return
        if gaps := sorted(set(corpus.generation.gaps)):
            ui.draw([notice(*(el("p", gap) for gap in gaps), quiet=True)], key="gaps")
        _watch(where, name)

    run.__name__ = view.name
    return run


def main() -> None:
    """One run of the app."""
    st.set_page_config(page_title="Parley", page_icon=str(ICON), layout="wide")
    ui.register()
    st.html(STYLE)
    pages = [
        st.Page(
            _page(view),
            title=view.title,
            icon=view.icon,
            url_path="" if view.name == HOME else view.name,
            default=view.name == HOME,
            visibility="visible" if view.listed else "hidden",
        )
        for view in VIEWS
    ]
    current = st.navigation(pages, position="top")
    current.run()


STYLE: Final = """<style>
  .block-container { padding-top: 4.5rem; padding-bottom: 4rem; max-width: 84rem; }
  @media (max-width: 640px) {
    .block-container { padding-left: 1rem; padding-right: 1rem; }
    /* Filters two by two, so that what they filter is not a screen away. */
    .st-key-filters [data-testid="stHorizontalBlock"] { flex-flow: row wrap; gap: 0.75rem; }
    .st-key-filters [data-testid="stColumn"] { flex: 1 1 calc(50% - 0.5rem); min-width: calc(50% - 0.5rem); }
  }
</style>"""

if __name__ == "__main__":
    main()

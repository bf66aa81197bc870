"""The thin layer over Streamlit: drawing trees, following links, and filters that stand in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard.download import csv_bytes, parquet_bytes
from dashboard.tree import Node

_HERE: Final = Path(__file__).parent
_ADDRESS: Final = "_address"
_VISIT: Final = "_visit"
_TOUCHED: Final = "_touched"
SHOWN_ROWS: Final = 500
"""Rows that a table shows at most; a download holds them all."""


@st.cache_resource(show_spinner=False)
def _assets() -> tuple[str, str]:
    """Style sheet and script of the trees."""
    return tuple((_HERE / name).read_text(encoding="utf-8") for name in ("tree.css", "tree.js"))  # type: ignore[return-value]


def register() -> None:
    """Make the component that draws trees known to this run of the app."""
    css, js = _assets()
    st.session_state["_tree"] = st.components.v2.component(
        "parley_tree", html='<div class="tree"></div>', css=css, js=js
    )


def draw(nodes: Iterable[Node | None], key: str, *, reveal: str | None = None) -> None:
    """Draw trees. `reveal` names what a click has opened: once, it is brought into view and into focus."""
    data = {"nodes": [node for node in nodes if node is not None], "reveal": reveal}
    st.session_state["_tree"](key=key, data=data)


def table(df: pl.DataFrame, label: str, *, columns: Mapping[str, Any] | None = None) -> None:
    """Rows as a table under a heading that opens it: the alternative to a chart, and to be searched."""
    with st.expander(label):
        shown = df.head(SHOWN_ROWS)
        st.dataframe(shown, hide_index=True, column_config=dict(columns or {}), alt=label)
        if df.height > SHOWN_ROWS:
            st.caption(f"The first {SHOWN_ROWS:,} of {df.height:,} rows; a download holds them all.")
        downloads(df, label)


def downloads(df: pl.DataFrame, name: str) -> None:
    """Two buttons that give all rows as files, made only when asked for."""
    stem = "parley-" + "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
    with st.container(horizontal=True, width="content"):
        for kind, make, mime in (
            ("CSV", csv_bytes, "text/csv"),
            ("Parquet", parquet_bytes, "application/vnd.apache.parquet"),
        ):
            st.download_button(
                f"Download {kind}",
                data=partial(make, df),
                file_name=f"{stem}.{kind.lower()}",
                mime=mime,
                on_click="ignore",
                key=f"download-{stem}-{kind}",
            )


def touch() -> None:
    """Note that the run to come was caused by a widget, not by a new address: every widget's callback."""
    st.session_state[_TOUCHED] = True


class Url:
    """Filters whose values stand in the query of the address, so that a view can be shared.

    A filter takes its first value from the address. When the address changes from outside (a link, the back
    button, another page) all filters are made anew from it; `commit` writes their values back.

    The browser takes up a written address with a delay. A run that a filter has caused may therefore come
    with the address of before: it counts as unchanged.
    """

    def __init__(self, page: str) -> None:
        self.page = page
        self._given = {name: st.query_params.get_all(name) for name in st.query_params}
        self._values: dict[str, list[str]] = {}
        known = st.session_state.get(_ADDRESS)
        touched = st.session_state.pop(_TOUCHED, False)
        if touched and known is not None and known[0] == page:
            self._given = known[1]
        elif known != (page, self._given):
            st.session_state[_VISIT] = st.session_state.get(_VISIT, 0) + 1
            # At once, since a run can be cut short by the next.
            st.session_state[_ADDRESS] = (page, self._given)
        self._visit: int = st.session_state[_VISIT]

    def asked(self, name: str) -> list[str]:
        """What the address gives for a filter, unchecked."""
        return self._given.get(name, [])

    def param(self, name: str) -> str | None:
        """A value of the address that no filter shows, such as the row that is open; it stays there."""
        given = self._given.get(name, [])
        if not given:
            return None
        self._values[name] = given[:1]
        return given[0]

    def forget(self, name: str) -> None:
        """Leave a value out of the address from now on."""
        self._values.pop(name, None)

    def changed(self) -> bool:
        """Whether a filter differs from the address, apart from the number of the page of results."""
        given = {k: v for k, v in self._given.items() if k != "n" and k in self._values}
        return given != {k: v for k, v in self._values.items() if k != "n"}

    def params(self) -> dict[str, Any]:
        """Values set so far, for links that keep them."""
        return dict(self._values)

    def choice(
        self,
        label: str,
        name: str,
        options: Sequence[str],
        *,
        show: Callable[[str], str] = str,
        default: str | None = None,
        placeholder: str | None = None,
        required: bool = True,
        help: str | None = None,
        variant: str = "",
    ) -> str | None:
        """One of some options; `default` is what is meant where the address says nothing.

        The choice is made anew where `variant` is another than before, as where the default depends on it.
        """
        given = next((v for v in self._given.get(name, []) if v in options), default)
        first = 0 if required and options else None
        value = st.selectbox(
            label,
            list(options),
            index=list(options).index(given) if given is not None and given in options else first,
            format_func=show,
            placeholder=placeholder,
            key=self._key(name + variant),
            on_change=touch,
            help=help,
        )
        self._set(name, [] if value is None or value == default else [value])
        return value

    def choices(
        self,
        label: str,
        name: str,
        options: Sequence[str],
        *,
        show: Callable[[str], str] = str,
        default: Sequence[str] = (),
        placeholder: str = "Any",
        help: str | None = None,
    ) -> tuple[str, ...]:
        """Some of some options, in the order in which they were chosen."""
        given = [v for v in self._given.get(name, []) if v in options] or list(default)
        value = st.multiselect(
            label,
            list(options),
            default=given,
            format_func=show,
            placeholder=placeholder,
            key=self._key(name),
            on_change=touch,
            help=help,
        )
        self._set(name, [] if list(value) == list(default) else list(value))
        return tuple(value)

    def text(self, label: str, name: str, *, placeholder: str = "", help: str | None = None) -> str:
        """Free text."""
        value = st.text_input(
            label,
            value=next(iter(self._given.get(name, [])), ""),
            placeholder=placeholder,
            key=self._key(name),
            on_change=touch,
            help=help,
        )
        self._set(name, [value] if value else [])
        return value or ""

    def flag(self, label: str, name: str, *, help: str | None = None) -> bool:
        """Yes or no."""
        value = st.checkbox(
            label, value=self._given.get(name) == ["1"], key=self._key(name), on_change=touch, help=help
        )
        self._set(name, ["1"] if value else [])
        return value

    def share(self, label: str, name: str, *, default: int = 0, help: str | None = None) -> float:
        """A share, chosen in percent, from 0 to 1."""
        value = st.slider(
            label,
            0,
            100,
            value=_whole(self._given.get(name), default),
            step=5,
            format="%d %%",
            key=self._key(name),
            on_change=touch,
            help=help,
        )
        self._set(name, [] if value == default else [str(value)])
        return value / 100

    def day(self, label: str, name: str, first: dt.date | None, last: dt.date | None) -> dt.date | None:
        """A day, or None."""
        value = st.date_input(
            label,
            value=_day(self._given.get(name)),
            min_value=min(first, _day(self._given.get(name)) or first) if first else None,
            max_value=max(last, _day(self._given.get(name)) or last) if last else None,
            key=self._key(name),
            on_change=touch,
            format="YYYY-MM-DD",
        )
        self._set(name, [value.isoformat()] if isinstance(value, dt.date) else [])
        return value if isinstance(value, dt.date) else None

    def commit(self) -> None:
        """Write the values into the address."""
        if self._given != self._values:
            st.query_params.from_dict(self._values)
        st.session_state[_ADDRESS] = (self.page, dict(self._values))

    def _key(self, name: str) -> str:
        return f"{self.page}.{name}.{self._visit}"

    def _set(self, name: str, values: list[str]) -> None:
        if values:
            self._values[name] = values
        else:
            self._values.pop(name, None)


def _whole(given: list[str] | None, default: int) -> int:
    """A whole number from 0 to 100 of the address, or the default where it gives none that can be used."""
    return int(given[0]) if given and given[0].isdigit() and int(given[0]) <= 100 else default


def _day(given: list[str] | None) -> dt.date | None:
    """A day of the address; None where it gives none that can be used."""
    try:
        return dt.date.fromisoformat(given[0]) if given else None
    except ValueError:
        return None

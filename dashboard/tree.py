"""Pages as trees of plain data, drawn in the browser by `tree.js`: text stays text, whatever it holds.

A node is a dictionary of tag, class, attributes and children; strings are put into the page as text nodes and
never parsed as HTML or Markdown. A node with `go` is a link to a view of the dashboard, one with `url` a link
out of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

Node = dict[str, Any]
Child = str | Node | None | Iterable["str | Node | None"]

TAGS: Final = frozenset(
    [
        "a",
        "article",
        "b",
        "blockquote",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "h2",
        "h3",
        "h4",
        "li",
        "mark",
        "ol",
        "p",
        "section",
        "small",
        "span",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "time",
        "tr",
        "ul",
    ]
)
ATTRIBUTES: Final = frozenset(
    {"aria-label", "aria-hidden", "aria-current", "aria-labelledby", "role", "scope", "colspan", "title",
     "datetime", "id", "lang", "tabindex"}
)  # fmt: skip


def el(
    tag: str,
    *children: Child,
    cls: str = "",
    go: Mapping[str, Any] | None = None,
    url: str | None = None,
    bar: float | None = None,
    colour: str | None = None,
    **attributes: str | int | None,
) -> Node:
    """A node; attribute names are written with underscores (`aria_label`), None is left out.

    `bar` is a share from 0 to 1 and `colour` a colour of the encodings, both for the style sheet to use.
    """
    if tag not in TAGS:
        raise ValueError(f"no such tag in a tree: {tag!r}")
    given = {k.rstrip("_").replace("_", "-"): str(v) for k, v in attributes.items() if v is not None}
    if unknown := given.keys() - ATTRIBUTES:
        raise ValueError(f"no such attribute in a tree: {', '.join(sorted(unknown))}")
    node: Node = {"t": tag, "c": _flat(children)}
    if cls:
        node["k"] = cls
    if given:
        node["a"] = given
    if go is not None:
        node["go"] = dict(go)
    if url is not None and urlsplit(url).scheme in ("http", "https"):
        node["url"] = url
    if bar is not None:
        node["bar"] = min(max(bar, 0.0), 1.0)
    if colour is not None:
        node["colour"] = colour
    return node


HOME: Final = "overview"
"""The page at the root of the dashboard's address."""


def link(page: str, /, **params: Any) -> dict[str, Any]:
    """Where a link leads: a page and its query; values that are None, empty or False are left out."""
    kept = {
        k: [str(v) for v in value] if isinstance(value, list | tuple) else str(value)
        for k, value in params.items()
        if value is not None and value is not False and value != "" and value != [] and value != ()
    }
    return {"page": page, "path": "./" if page == HOME else page, "params": kept}


def text_of(node: str | Node) -> str:
    """All text in a node, for tests and plain renderings."""
    return node if isinstance(node, str) else " ".join(text_of(child) for child in node["c"])


def _flat(children: Iterable[Child]) -> list[str | Node]:
    flat: list[str | Node] = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, str | dict):
            flat.append(child)
        else:
            flat += _flat(child)
    return flat

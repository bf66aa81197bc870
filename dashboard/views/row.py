"""A row by itself: where every number and every link ends."""

from __future__ import annotations

import polars as pl

from dashboard import row as rows
from dashboard import ui
from dashboard.cards import empty, position_card, quote
from dashboard.corpus import Corpus
from dashboard.meetings import days
from dashboard.tree import Node, el, link
from dashboard.views.common import draw_machine_note

NAMES = {
    "documents": "Document",
    "statements": "Statement",
    "issue_positions": "Position on an issue",
    "meeting_mentions": "Report of a meeting",
    "meetings": "Meeting",
    "entities": "Person, institution or place",
}
MEASURED = {
    "statements": "statements",
    "issue_positions": "positions",
    "meeting_mentions": "meeting_mentions",
    "meetings": "meeting_mentions",
}
N_POSITIONS = 20


def show(corpus: Corpus, url: ui.Url) -> None:
    """Draw the page."""
    name, key = url.param("table") or "", url.param("id") or ""
    url.commit()
    found = rows.find(corpus, name, key)
    if found is None:
        ui.draw(
            [
                empty(
                    "No such row",
                    "The address names none of these exports. Keys change when the text they are read "
                    "from does.",
                )
            ],
            key="none",
        )
        return
    if name in MEASURED:
        draw_machine_note(corpus, MEASURED[name])
    context = rows.words(corpus, name, found)
    nodes: list[Node | None] = [
        el("h2", NAMES.get(name, name.replace("_", " ").capitalize())),
        _head(corpus, name, found),
    ]
    if context is not None:
        nodes += [quote(context), el("small", context.note)]
    nodes += [_document(corpus, found) if name != "documents" and found.get("document_id") else None]
    nodes += [_more(corpus, name, found)]
    ui.draw([el("div", nodes, cls="stack")], key="row")
    ui.draw([el("div", el("h3", "All columns"), _columns(name, found), cls="stack")], key="columns")


def _head(corpus: Corpus, name: str, row: dict[str, object]) -> Node | None:
    """Who and when, where the table says so."""
    who = (
        row.get("speaker_name")
        or row.get("actor_name")
        or row.get("label")
        or row.get("title")
        or row.get("name")
    )
    return el("p", el("strong", str(who))) if who else None


def _document(corpus: Corpus, row: dict[str, object]) -> Node | None:
    found = corpus.documents.filter(pl.col("document_id") == row["document_id"])
    if found.is_empty():
        return None
    document = found.row(0, named=True)
    return el(
        "p",
        el(
            "a",
            document["title"] or document["source_file"],
            go=link("row", table="documents", id=document["document_id"]),
        ),
        el(
            "small",
            f" · {document['publisher']}, published "
            f"{days(document['published_from'], document['published_to'])} ({document['published_basis']})",
        ),
        el("small", " · ", el("a", "the page itself", url=document["url"])) if document["url"] else None,
    )


def _more(corpus: Corpus, name: str, row: dict[str, object]) -> Node | None:
    """What else hangs on the row."""
    if name == "documents":
        n = rows.counts(corpus, str(row["document_id"]))
        return el(
            "p",
            el("a", f"{n['statements']:,} statements", go=link("statements", document=row["document_id"])),
            f", {n['issue_positions']:,} positions and {n['meeting_mentions']:,} reports of meetings were "
            f"read from it. ",
            el("a", "The page itself", url=str(row["url"])) if row["url"] else None,
        )
    if name == "meetings":
        return el("p", el("a", "Its life, report by report", go=link("meetings", meeting=row["meeting_id"])))
    if name == "entities":
        return el("p", el("a", "What it is quoted with", go=link("statements", speaker=[row["name"]])))
    if name == "issues":
        return el("p", el("a", "Its course over time", go=link("timeline", issue=row["issue_id"])))
    if name == "statements":
        held = corpus.positions.filter(pl.col("statement_id") == row["statement_id"]).head(N_POSITIONS)
        if held.is_empty():
            return None
        return el(
            "div",
            el("h3", "Positions read from it"),
            (position_card(corpus, one, with_cell=True) for one in held.iter_rows(named=True)),
            cls="stack",
        )
    return None


def _columns(name: str, row: dict[str, object]) -> Node:
    return el(
        "table",
        el("thead", el("tr", (el("th", head, scope="col") for head in ("Column", "Value", "Meaning")))),
        el(
            "tbody",
            (
                el(
                    "tr",
                    el("th", v.name, scope="row"),
                    el(
                        "td",
                        el("a", v.text, go=link("row", table=v.leads_to[0], id=v.leads_to[1]))
                        if v.leads_to
                        else v.text,
                    ),
                    el("td", el("small", v.meaning)),
                )
                for v in rows.values(name, row)
            ),
        ),
        cls="list",
    )

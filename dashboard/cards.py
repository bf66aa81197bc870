"""Pieces that several pages share, as trees: tags, legends, words in context, rows, notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.context import Context, in_context
from dashboard.corpus import Corpus
from dashboard.encodings import BASES, FORMS, GREEN, ORANGE, STANCES, STATUSES, VERMILLION, Mark, mark
from dashboard.measured import Measured
from dashboard.meetings import days
from dashboard.tree import Child, Node, el, link


def tag(look: Mark) -> Node:
    """A value as a tag: glyph and word."""
    return el(
        "span",
        el("span", look.glyph, cls="glyph", aria_hidden="true"),
        look.label,
        cls="tag",
        colour=look.colour,
        title=look.meaning,
    )


def legend(marks: Mapping[str, Mark]) -> Node:
    """What the glyphs mean."""
    return el(
        "ul",
        (
            el(
                "li",
                el("span", m.glyph, cls="glyph", aria_hidden="true"),
                el("span", f"{m.label}: {m.meaning}"),
                cls="key",
                colour=m.colour,
            )
            for m in marks.values()
        ),
        cls="legend",
    )


def quote(context: Context) -> Node:
    """Words marked in what stands around them."""
    return el(
        "blockquote",
        el("span", context.before, cls="around") if context.before else None,
        el("mark", context.words),
        el("span", context.after, cls="around") if context.after else None,
    )


def confidence(value: float) -> Node:
    """A confidence in words that can be read aloud."""
    return el(
        "span",
        f"{value:.0%} sure",
        cls="plain",
        title=(
            "How likely the row is right: of rows at 80 %, about 80 in 100 are right on annotated documents."
        ),
    )


def source(row: Mapping[str, Any]) -> Node:
    """Publisher and title of the document that a row was read from, leading to the document."""
    return el(
        "small",
        el("a", row["publisher"], go=link("row", table="documents", id=row["document_id"])),
        f" · {row['title'] or row['source_file']}",
    )


def position_card(corpus: Corpus, row: Mapping[str, Any], *, with_cell: bool = False) -> Node:
    """A position with its words in context, where it comes from, and links to its row and statement."""
    context = in_context(
        corpus,
        row["document_id"],
        row["char_start"],
        row["char_end"],
        row["evidence"],
        row["statement_id"],
    )
    told = BASES.get(row["basis"], row["basis"])
    where = f"{corpus.party_label(row['party'])} on {row['issue']}" if with_cell else None
    return el(
        "article",
        el("small", where) if where else None,
        el(
            "div",
            tag(mark(STANCES, row["stance"])),
            el("span", row["actor_name"], cls="who"),
            el("span", days(row["as_of_from"], row["as_of_to"])),
            el("span", told, cls="plain"),
            confidence(row["confidence"]),
            cls="row",
        ),
        quote(context),
        el("p", el("span", "Condition: ", cls="soft"), row["condition"]) if row["condition"] else None,
        el(
            "div",
            source(row),
            el("small", el("a", "Row", go=link("row", table="issue_positions", id=row["position_id"]))),
            el("small", el("a", "Statement", go=link("row", table="statements", id=row["statement_id"])))
            if row["statement_id"]
            else None,
            cls="row",
        ),
        cls="card",
    )


def statement_card(corpus: Corpus, row: Mapping[str, Any]) -> Node:
    """A statement: who, when, the content, how it was reported."""
    party = f" ({row['party']})" if row["party"] else ""
    told = [
        text
        for text in (
            f"via {row['channel']}" if row["channel"] else "",
            f"told to {row['told_to']}" if row["told_to"] else "",
            f"reported by {row['reported_by']}" if row["reported_by"] else "",
        )
        if text
    ]
    return el(
        "article",
        el(
            "div",
            el("span", row["speaker_name"] + party, cls="who"),
            el("span", "unnamed source", cls="plain") if row["is_anonymous"] else None,
            el("span", days(row["stated_from"], row["stated_to"])),
            el("span", FORMS.get(row["form"], row["form"]), cls="plain"),
            confidence(row["confidence"]),
            cls="row",
        ),
        el("blockquote", row["content"]),
        el(
            "div",
            el("small", " · ".join(told)) if told else None,
            source(row),
            el(
                "small",
                el("a", "In context", go=link("row", table="statements", id=row["statement_id"])),
            ),
            cls="row",
        ),
        cls="card",
    )


def report(corpus: Corpus, row: Mapping[str, Any]) -> Node:
    """One report of a meeting, as a step of its life."""
    look = mark(STATUSES, row["status"])
    before = row["status_before"]
    moved = f"was: {mark(STATUSES, before).label.lower()}" if row["is_news"] and before else None
    when = row["reported_on"]
    context = in_context(
        corpus,
        row["document_id"],
        row["char_start"],
        row["char_end"],
        row["evidence"],
        row["statement_id"],
    )
    return el(
        "li",
        el("span", look.glyph, cls="dot", aria_hidden="true", colour=look.colour),
        el(
            "div",
            el("span", f"{when.day} {when:%b %Y}" if when else "day of report not known", cls="who"),
            tag(look),
            el("span", moved, cls="plain") if moved else None,
            el("span", f"for {days(row['date_from'], row['date_to'])}") if row["date_from"] else None,
            el("span", row["place"]) if row["place"] else None,
            confidence(row["confidence"]),
            cls="row",
        ),
        quote(context),
        el(
            "small",
            f"According to {row['asserted_by']}" if row["asserted_by"] else "The reporter’s own account",
        ),
        el(
            "div",
            source(row),
            el("small", el("a", "Row", go=link("row", table="meeting_mentions", id=row["mention_id"]))),
            cls="row",
        ),
    )


def notice(*children: Child, colour: str | None = None, quiet: bool = False) -> Node:
    """A remark that stands out by an edge."""
    return el("section", *children, cls="notice quiet" if quiet else "notice", colour=colour, role="note")


def meter(share: float) -> Node:
    """A bar behind a number that stands beside it, from 0 to 1; nothing to those who cannot see it."""
    return el("span", el("span", bar=share), cls="meter", aria_hidden="true")


def precision_table(found: Mapping[str, Measured], right: str, share: str) -> Node:
    """Measured precision and recall by kind of row, under the headings `right` and `share`."""
    head = el(
        "tr",
        el("th", "Kind of row", scope="col"),
        el("th", right, scope="col", cls="num"),
        el("th", share, scope="col", cls="num"),
    )
    rows = (
        el(
            "tr",
            el("th", m.rows, scope="row"),
            el("td", m.precision.percent(), cls="num"),
            el("td", m.recall.percent(), cls="num"),
        )
        for m in found.values()
    )
    return el("table", el("thead", head), el("tbody", rows), cls="list")


def empty(heading: str, *hints: Child) -> Node:
    """What is shown where there is nothing to show: that, and what can be done."""
    return el("div", el("h3", heading), *(el("p", hint, cls="soft") for hint in hints), cls="empty")


def failure(heading: str, message: str, hints: Sequence[str]) -> Node:
    """A failing state: what is wrong, and what can be done."""
    return el(
        "section",
        el("h2", heading),
        el("p", message),
        el("ul", (el("li", hint) for hint in hints)) if hints else None,
        cls="error",
        role="alert",
    )


def tile(figure: int | str, what: str, detail: str = "", go: Mapping[str, Any] | None = None) -> Node:
    """A figure that leads to its rows."""
    shown = f"{figure:,}" if isinstance(figure, int) else figure
    return el(
        "div",
        el("span", shown, cls="n"),
        " ",
        el("span", what, cls="what"),
        " " if detail else None,
        el("small", detail) if detail else None,
        cls="tile",
        go=go,
    )


def machine_note(figures: Mapping[str, Measured], kind: str | None, note: str | None) -> Node:
    """That rows were read by machine, and how precise that measured for this kind of row."""
    found = figures.get(kind) if kind else None
    if found is not None:
        measured_words = (
            f" On test pages that nobody had looked at before, {found.precision.percent()} in 100 "
            f"{found.rows} "
            f"were right, and {found.recall.percent()} in 100 of those in the text were found."
        )
    elif kind:
        measured_words = " How precise that is has not been measured here."
    else:
        measured_words = ""
    return notice(
        el(
            "p",
            el("strong", "Read by machine."),
            measured_words,
            " Read the evidence before you cite a row. ",
            el("a", "How good it is", go=link("quality")),
        ),
        el("small", note) if note else None,
        quiet=True,
        colour=ORANGE,
    )


def outcome_colour(n_unmet: int) -> str:
    """Green where every check was met, else vermillion."""
    return VERMILLION if n_unmet else GREEN

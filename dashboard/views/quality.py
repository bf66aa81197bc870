"""Data quality: measured precision, checks, what was left out, and how sure the rows are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboard import charts, quality, ui
from dashboard.cards import empty, legend, notice, outcome_colour, precision_table, tag
from dashboard.corpus import Corpus
from dashboard.encodings import OUTCOMES, mark
from dashboard.measured import version_note
from dashboard.tree import Node, el, link
from dashboard.views.common import figures

N_UNMET = 40
N_LEFT_OUT = 60


def show(corpus: Corpus, url: ui.Url) -> None:
    """Draw the page."""
    url.commit()
    st.subheader("How precise rows are", anchor=False)
    ui.draw([_precision(corpus)], key="precision")
    st.subheader("How sure rows are", anchor=False)
    _histograms(corpus)
    left, right = st.columns(2, gap="large")
    with left:
        refused = corpus.table("quarantine")
        st.subheader(f"Pages refused ({refused.height:,})", anchor=False)
        ui.draw(
            [
                _listed(
                    refused, "No page was refused.", lambda r: (r["source_file"], r["reason"], r["detail"])
                )
            ],
            key="refused",
        )
        if refused.height:
            ui.table(refused, "Table: pages refused")
    with right:
        aside = corpus.table("set_aside_rows")
        st.subheader(f"Rows set aside ({aside.height:,})", anchor=False)
        ui.draw(
            [_listed(aside, "No row was set aside.", lambda r: (r["step"], r["code"], r["detail"]))],
            key="aside",
        )
        if aside.height:
            ui.table(aside, "Table: rows set aside")
    st.subheader("Checks", anchor=False)
    _checks(corpus)


def _precision(corpus: Corpus) -> Node:
    found = figures()
    note = version_note(corpus.generation.manifest)
    if not found:
        return notice(
            el(
                "p",
                "How precise extraction is has not been measured here: the record of measurements is not "
                "at hand.",
            )
        )
    return el(
        "div",
        el(
            "p",
            "Measured on annotated test pages whose errors nobody has read; lowest and highest over the "
            "sets of pages.",
        ),
        el(
            "div",
            precision_table(found, "Precision, %", "Recall, %"),
            cls="scroll",
        ),
        el(
            "small",
            "Precision: of 100 rows, how many are right. Recall: of 100 that an annotator found, how "
            "many were found. ",
            note,
        ),
        cls="stack",
    )


def _histograms(corpus: Corpus) -> None:
    bands = quality.confidences(corpus)
    if bands.is_empty():
        ui.draw([empty("No rows", "These exports hold no extracted rows.")], key="norows")
        return
    expected = {row["table_name"]: row for row in quality.expected_right(corpus).to_dicts()}
    columns = st.columns(2)
    for place, (name, words) in enumerate(quality.EXTRACTED.items()):
        own = bands.filter(pl.col("table_name") == name)
        mean = expected[name]["mean_confidence"]
        with columns[place % 2]:
            if own.is_empty():
                ui.draw([empty(f"No {words}")], key=f"none-{name}")
                continue
            st.markdown(f"**{words.capitalize()}**: {expected[name]['n']:,} rows, {mean:.0%} sure on average")
            st.altair_chart(
                charts.histogram(own),
                alt=f"Histogram: confidence of {words}. The table below holds the same.",
            )
    ui.table(bands, "Table: rows by confidence")
    unsure = bands.filter((pl.col("table_name") == "statements") & (pl.col("high") <= 0.5))["n"].sum()
    if unsure:
        ui.draw(
            [
                el(
                    "p",
                    el(
                        "a",
                        f"The {unsure:,} statements below 50 % sure",
                        go=link("statements", most="50", sort="confidence"),
                    ),
                )
            ],
            key="unsure",
        )


def _checks(corpus: Corpus) -> None:
    checks = corpus.table("quality_results")
    if checks.is_empty():
        ui.draw([empty("No checks", "These exports carry no results of checks.")], key="nochecks")
        return
    judged = quality.outcome(checks)
    unmet = judged.filter(pl.col("outcome") != "passed").sort("outcome", "stage", "table_name", "expectation")
    runs = quality.by_run(checks)
    last = (
        corpus.table("quality_results")
        .select(pl.col("checked_at").max().dt.strftime("%-d %b %Y at %H:%M"))
        .item()
    )
    n_runs = runs["run_id"].n_unique()
    words = f"{checks.height:,} checks, {unmet.height:,} not met. Last found on {last} UTC." + (
        " While results stay the same, the first run that found them is named; what earlier runs found "
        "stands in the Dagster UI."
        if n_runs == 1
        else ""
    )
    nodes: list[Node] = [
        notice(el("p", words), colour=outcome_colour(unmet.height)),
        *(_check(row) for row in unmet.head(N_UNMET).iter_rows(named=True)),
    ]
    ui.draw(
        [el("div", nodes, legend(OUTCOMES), _by_stage(quality.by_stage(checks)), cls="stack")], key="checks"
    )
    if n_runs > 1:
        st.altair_chart(
            charts.runs_chart(runs), alt="Bars: outcomes of checks by run. The table below holds the same."
        )
        ui.table(runs, "Table: checks by run")
    ui.table(judged, "Table: every check")


def _check(row: Mapping[str, Any]) -> Node:
    examples = "; ".join(row["unexpected_examples"] or [])
    return el(
        "article",
        el(
            "div",
            tag(mark(OUTCOMES, row["outcome"])),
            el("span", f"{row['table_name']}: {row['expectation'].replace('_', ' ')}", cls="who"),
            cls="row",
        ),
        el("p", row["observed"] or ""),
        el("small", f"Rows: {row['unexpected_count']:,}. {examples}") if row["unexpected_count"] else None,
        cls="card",
    )


def _by_stage(stages: pl.DataFrame) -> Node:
    outcomes = ("passed", "warned", "failed")
    return el(
        "div",
        el(
            "table",
            el(
                "thead",
                el(
                    "tr",
                    el("th", "Stage", scope="col"),
                    (el("th", OUTCOMES[o].label, scope="col", cls="num") for o in outcomes),
                ),
            ),
            el(
                "tbody",
                (
                    el(
                        "tr",
                        el("th", row["stage"], scope="row"),
                        (el("td", f"{row[o]:,}", cls="num") for o in outcomes),
                    )
                    for row in stages.to_dicts()
                ),
            ),
            cls="list",
        ),
        cls="scroll",
    )


def _listed(rows: pl.DataFrame, none: str, words: Any) -> Node:
    if rows.is_empty():
        return empty(none)
    shown = [words(row) for row in rows.head(N_LEFT_OUT).iter_rows(named=True)]
    more = rows.height - len(shown)
    return el(
        "div",
        (
            el(
                "article",
                el("div", el("span", name, cls="who"), el("span", code, cls="plain"), cls="row"),
                el("p", detail),
                cls="card",
            )
            for name, code, detail in shown
        ),
        el("small", f"and {more:,} more in the table") if more else None,
        cls="stack",
    )

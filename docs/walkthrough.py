"""A worked example for analysts, as a marimo notebook: from the exports to an answer that can be defended.

    marimo edit docs/walkthrough.py      # or run it through, without a browser: python docs/walkthrough.py

It reads Parquet files alone: those of `make run`, or of the folder that PARLEY_EXPORTS names.
"""

import marimo

app = marimo.App(width="medium", app_title="Parley: from exports to an answer")


@app.cell
def _():
    import os
    from pathlib import Path

    import altair as alt
    import duckdb
    import marimo as mo

    from pipeline.contract import TABLES
    from pipeline.datapackage import table_files
    from pipeline.export import open_set
    from pipeline.settings import settings_from_env

    folder = open_set(Path(os.environ.get("PARLEY_EXPORTS", settings_from_env().exports)))
    con = duckdb.connect()
    for table in TABLES:
        files = [str(path) for path in table_files(folder, table.name)]
        con.read_parquet(files).create_view(table.name)

    def ask(question, **values):
        """The answer to an SQL question as a Polars frame; `$name` in it stands for a value."""
        return con.sql(question, params=values or None).pl()

    return alt, ask, folder, mo


@app.cell
def _(ask, folder, mo):
    covered = ask("""
        SELECT publisher, count(*) AS documents, min(published_from) AS from_day, max(published_to) AS to_day
        FROM documents WHERE duplicate_of IS NULL GROUP BY publisher ORDER BY documents DESC, publisher
    """)
    mo.vstack(
        [
            mo.md(f"""
# From exports to an answer

`{folder.name}` is one whole set of files, which stays as it is whatever a run publishes meanwhile.

**First: what is covered?** A corpus shows what its publishers report, not what happened. If one publisher
gives most of the documents, every count below is mostly that publisher's choice of whom to quote.
"""),
            covered,
        ]
    )
    return


@app.cell
def _(ask, mo):
    sure = 0.8
    quoted = ask(
        """
        SELECT
          coalesce(party, 'no party') AS party,
          count(*) AS statements,
          count(*) FILTER (is_anonymous) AS unnamed,
          count(*) FILTER (confidence >= $sure) AS sure
        FROM statements GROUP BY ALL ORDER BY statements DESC, party LIMIT 12
        """,
        sure=sure,
    )
    mo.vstack(
        [
            mo.md(f"""
## Who is quoted

`unnamed` counts what is said by sources whom the page does not name, `sure` rows with a confidence of at
least {sure}. [Measured accuracy](accuracy.md) tells what share of such rows was right.
"""),
            quoted,
        ]
    )
    return (sure,)


@app.cell
def _(sure, alt, ask, mo):
    by_day = ask(
        """
        SELECT stated_to AS day, coalesce(party, 'no party') AS party, count(*) AS statements
        FROM statements WHERE stated_to IS NOT NULL AND confidence >= $sure GROUP BY ALL ORDER BY day, party
        """,
        sure=sure,
    )
    picture = (
        alt.Chart(by_day, title="Statements by the last day on which they can have been made")
        .mark_bar()
        .encode(x="day:T", y="statements:Q", color="party:N", tooltip=["day:T", "party:N", "statements:Q"])
        .properties(width="container")
    )
    mo.ui.altair_chart(picture)
    return


@app.cell
def _(ask, mo):
    # The meeting that reports told most differently: an interesting one, whatever the corpus is about.
    told = ask("""
        SELECT m.label, mm.reported_on, mm.status, d.publisher, mm.evidence, mm.confidence
        FROM meeting_mentions AS mm
        JOIN meetings AS m USING (meeting_id)
        JOIN documents AS d USING (document_id)
        WHERE mm.meeting_id = (
          SELECT meeting_id FROM meeting_mentions GROUP BY meeting_id
          ORDER BY count(DISTINCT status) DESC, count(*) DESC, meeting_id LIMIT 1
        )
        ORDER BY mm.reported_on, mm.document_id, mm.char_start
    """)
    mo.vstack(
        [
            mo.md("""
## The life of a meeting

Each row is what one line asserts of the occasion: proposed, scheduled, held, called off. `merge_rule` in
`meeting_mentions` says why a mention was put with the others; where you doubt it, read the evidence.
"""),
            told,
        ]
    )
    return


@app.cell
def _(ask, mo):
    stances = ask("""
        SELECT
          i.label AS issue, p.party, p.stance, p.as_of_to, p.basis, p.actor_name, p.evidence, p.confidence
        FROM issue_positions AS p JOIN issues AS i USING (issue_id)
        WHERE p.issue_id = (
          SELECT issue_id FROM issue_positions WHERE party IS NOT NULL
          GROUP BY issue_id ORDER BY count(DISTINCT party) DESC, issue_id LIMIT 1
        )
        ORDER BY p.party, p.as_of_to, p.confidence DESC
    """)
    mo.vstack(
        [
            mo.md("""
## Who stands where

The issue on which most parties are told to stand somewhere. `own` is the actor's own word, `reported`
somebody else's about him: a change from one to the other may only be a change of who tells it.
"""),
            stances,
        ]
    )
    return


@app.cell
def _(sure, ask, mo):
    check = ask(
        """
        SELECT s.speaker_name, s.content, s.rule, s.confidence, d.source_file, s.content_start, s.content_end
        FROM statements AS s JOIN documents AS d USING (document_id)
        WHERE s.confidence < $sure ORDER BY s.confidence, s.statement_id LIMIT 5
        """,
        sure=sure,
    )
    mo.vstack(
        [
            mo.md("""
## Before you cite

The least sure statements, with the rule that made each (search for its name under `pipeline/`) and the place
in the file. The exports leave the articles out; in the database,
`evidence_context(document_id, content_start, content_end, 120)` shows the words around a row.
"""),
            check,
        ]
    )
    return


if __name__ == "__main__":
    app.run()

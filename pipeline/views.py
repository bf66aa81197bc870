"""Views and macros of the database: made from `warehouse/*.sql`, described, warned about, some stored."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import duckdb

from pipeline.calibration import load_thresholds
from pipeline.contract import TABLES
from pipeline.contract.ddl import literal
from pipeline.settings import PROJECT_ROOT, Settings

FOLDER: Final = PROJECT_ROOT / "warehouse"
FILES: Final = (
    "text",
    "confident",
    "positions",
    "meetings",
    "sources",
    "disagreements",
    "timeline",
    "search",
    "catalogue",
)
"""Files of `FOLDER`, each after those whose views it reads."""

STORED: Final = (
    "chronology",
    "latest_positions",
    "position_timeline",
    "daily_stances",
    "position_changes",
    "issue_matrix",
    "meeting_history",
    "meeting_lifecycles",
    "meeting_calendar",
    "communications",
    "speaker_profiles",
    "statement_mentions",
    "mention_network",
    "source_disagreements",
    "timeline",
    "search_index",
)
"""Views whose rows are kept in a table of the schema `stored`: they would take too long on a large corpus."""

BY_DOCUMENT: Final[Mapping[str, tuple[str, str]]] = {
    "chronology": ("documents", "document_id"),
    "search_index": ("statements", "statement_id"),
}
"""Stored views whose rows of a document follow from this document's rows alone: the largest. Each with the
table and column by whose key its rows are told apart."""

_CREATES: Final = re.compile(r"^CREATE (?:VIEW|MACRO) (\w+)", re.MULTILINE)
MISMATCHES: Final = "evidence_mismatches"
WARNINGS: Final = "usage_warnings"
REFERENCE: Final = Settings().reference
THRESHOLDS: Final = "confidence_thresholds"


def create_views(con: duckdb.DuckDBPyConnection, reference: Path = REFERENCE) -> None:
    """Create all views and macros over the tables of the contract, with their descriptions.

    `reference`: folder of the reference data, whose `thresholds.yaml` says which rows are confident.
    """
    con.execute(f"CREATE VIEW {THRESHOLDS} AS {_thresholds_sql(reference)}")
    _describe(
        con,
        THRESHOLDS,
        "Confidences from which on at least 80% of the rows were right on pages whose errors nobody has "
        "read: what confident_statements, confident_meeting_mentions and confident_positions keep.",
        table_name="Table of the rows; tables without such a confidence are left out.",
        confidence="Lowest confidence that is kept.",
        precision="Share of the kept rows that were right.",
        recall="Share that the right ones among them were of all rows that annotators found.",
    )
    for name in FILES:
        con.execute((FOLDER / f"{name}.sql").read_text(encoding="utf-8"))
    con.execute(f"CREATE VIEW {MISMATCHES} AS {_mismatches_sql()}")
    _describe(
        con,
        MISMATCHES,
        "Rows whose words differ from the text they point to: always empty; a proof that whoever doubts can "
        "repeat. It reads every text again for every row, and takes its time.",
        table_name="Table of the row.",
        column_name="Column that repeats the words.",
        row_id="Key of the row.",
        found="What the column holds.",
        text_there="What the document holds at the row's offsets.",
    )
    con.execute(f"CREATE VIEW {WARNINGS} AS {_warnings_sql(tables_read(con))}")
    _describe(
        con,
        WARNINGS,
        "What to beware of before trusting a figure, for every table; for views and macros, that of all "
        "tables they are made from.",
        table_name="Table, view or macro.",
        warning_no="Place of the warning, from 1.",
        warning="The warning.",
    )
    _inherit_descriptions(con)


def store_views(con: duckdb.DuckDBPyConnection) -> None:
    """Keep the rows of the views in `STORED`, to be called once, when the tables are filled.

    A stored view answers under its own name, with its descriptions, from the table `stored.<name>`.
    """
    con.execute("CREATE SCHEMA stored")
    for name in STORED:
        about, columns = _descriptions(con, name)
        _keep(con, name, f"FROM main.{name}")
        con.execute(f"CREATE OR REPLACE VIEW {name} AS FROM stored.{name}")
        _describe(con, name, about, **columns)


def refresh_views(con: duckdb.DuckDBPyConnection, changed: Collection[str], touched: str) -> None:
    """Keep anew the rows of those stored views that are made from a table of `changed`.

    To be called of a database whose views this very code has stored. `touched` is a table with the
    `document_id` of all documents of which any row has changed: of the views in `BY_DOCUMENT` only their
    rows are made anew, and come behind the others.
    """
    written = _written(con)
    read = _tables_of(written.items())
    for name in STORED:
        if not set(changed).isdisjoint(read[name]):
            # What it reads of other stored views has been kept anew before it.
            _, _, query = written[name].partition(" AS\n")
            if name in BY_DOCUMENT:
                _keep_of_documents(con, name, query, read[name], touched)
            else:
                _keep(con, name, query)


def tables_read(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    """The tables of the contract that each view and table macro is made from, also by way of other views."""
    return _tables_of(_definitions(con))


def _tables_of(definitions: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Tables by name of what is made from them; each definition comes after those of what it reads."""
    read: dict[str, tuple[str, ...]] = {declared.name: (declared.name,) for declared in TABLES}
    for name, sql in definitions:
        direct = [found for found in read if re.search(rf"\b{found}\b", sql)]
        read[name] = tuple(dict.fromkeys(table for found in direct for table in read[found]))
    return read


def _keep(con: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    con.execute(f"CREATE OR REPLACE TABLE stored.{name} AS {query}")
    con.execute(f"COMMENT ON TABLE stored.{name} IS 'Rows of the view {name}, kept to answer faster.'")


def _keep_of_documents(
    con: duckdb.DuckDBPyConnection, name: str, query: str, tables: Sequence[str], touched: str
) -> None:
    keyed, key = BY_DOCUMENT[name]
    con.execute(
        f"DELETE FROM stored.{name} WHERE {key} NOT IN "  # noqa: S608
        f"(SELECT {key} FROM {keyed} WHERE document_id NOT IN (FROM {touched}))"
    )
    ((here,),) = con.execute("SELECT current_database()").fetchall()
    for table in tables:
        # Found before the table of its name: the view's own definition reads no rows but these.
        con.execute(
            f'CREATE TEMP VIEW {table} AS FROM "{here}".main.{table} WHERE document_id IN (FROM {touched})'
        )
    con.execute(f"INSERT INTO stored.{name} {query}")
    for table in tables:
        con.execute(f"DROP VIEW temp.{table}")


def _written(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Views and macros of `FOLDER` with the statements that create them, in order."""
    statements = (
        statement.query
        for name in FILES
        for statement in con.extract_statements((FOLDER / f"{name}.sql").read_text(encoding="utf-8"))
    )
    found = ((_CREATES.search(query), query) for query in statements)
    return {match[1]: query for match, query in found if match is not None}


def _definitions(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Views and table macros with the SQL that defines them, in the order in which they were made."""
    return con.execute(
        "SELECT name, definition FROM ("
        "  SELECT view_oid AS oid, view_name AS name, sql AS definition"
        "  FROM duckdb_views() WHERE NOT internal"
        "  UNION ALL"
        "  SELECT function_oid, function_name, macro_definition FROM duckdb_functions()"
        "  WHERE NOT internal AND function_type = 'table_macro'"
        ") ORDER BY oid"
    ).fetchall()


def _warnings_sql(read: Mapping[str, Sequence[str]]) -> str:
    own = {declared.name: declared.warnings for declared in TABLES}
    # Several tables share a warning; what is made from them says it once.
    texts = {name: dict.fromkeys(w for table in tables for w in own[table]) for name, tables in read.items()}
    values = ", ".join(
        f"({literal(name)}, {number}, {literal(text)})"
        for name, listed in texts.items()
        for number, text in enumerate(listed, start=1)
    )
    return f"SELECT * FROM (VALUES {values}) AS w (table_name, warning_no, warning)"  # noqa: S608


def _thresholds_sql(reference: Path) -> str:
    """A row for each table of which some confidence was measured to promise right rows."""
    kept = {name: at for name, at in load_thresholds(reference) if at is not None}
    values = ", ".join(
        f"({literal(name)}, {at.confidence}::DOUBLE, {at.precision}::DOUBLE, {at.recall}::DOUBLE)"
        for name, at in kept.items()
    )
    columns = "t (table_name, confidence, precision, recall)"
    if not values:
        return (
            f"SELECT * FROM (VALUES (''::VARCHAR, 0::DOUBLE, 0::DOUBLE, 0::DOUBLE)) AS {columns} WHERE false"  # noqa: S608
        )
    return f"SELECT * FROM (VALUES {values}) AS {columns}"  # noqa: S608


def _mismatches_sql() -> str:
    """Every column that repeats words of a document, by the spans that tables declare, beside the text."""
    told = " UNION ALL ".join(
        f"SELECT '{declared.name}' AS table_name, '{span.text}' AS column_name, "  # noqa: S608
        f"{declared.primary_key[0]} AS row_id, {span.text} AS found, document_id, "
        f"{span.start} AS first_at, {span.end} AS end_at FROM {declared.name}"
        for declared in TABLES
        for span in declared.spans
        if span.text is not None
    )
    there = "substr(d.text, r.first_at + 1, r.end_at - r.first_at)"
    return (
        f"SELECT r.table_name, r.column_name, r.row_id, r.found, {there} AS text_there "  # noqa: S608
        f"FROM ({told}) AS r LEFT JOIN documents AS d USING (document_id) "
        f"WHERE r.found IS DISTINCT FROM {there}"
    )


def _describe(con: duckdb.DuckDBPyConnection, view: str, about: str, **columns: str) -> None:
    con.execute(f"COMMENT ON VIEW {view} IS {literal(about)}")
    for column, text in columns.items():
        con.execute(f'COMMENT ON COLUMN {view}."{column}" IS {literal(text)}')


def _descriptions(con: duckdb.DuckDBPyConnection, view: str) -> tuple[str, dict[str, str]]:
    """What a view's comments say: of itself, and of each of its columns."""
    about = con.execute(
        "SELECT comment FROM duckdb_views() WHERE view_name = ? AND NOT internal", [view]
    ).fetchall()
    columns = con.execute(
        "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ? AND NOT internal", [view]
    ).fetchall()
    return about[0][0], {column: comment for column, comment in columns if comment is not None}


def _inherit_descriptions(con: duckdb.DuckDBPyConnection) -> None:
    """Describe a view's columns by the column of the same name, of the table or view it reads first."""
    found = con.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    described: dict[str, dict[str, str | None]] = {}
    for relation, column, comment in found:
        described.setdefault(relation, {})[column] = comment
    for view, sql in _definitions(con):
        read = sorted(
            (match.start(), relation)
            for relation in described
            if relation != view and (match := re.search(rf"\b(?:FROM|JOIN) \(*{relation}\b", sql)) is not None
        )
        for column, comment in described.get(view, {}).items():
            inherited = [described[relation].get(column) for _, relation in read]
            text = next((one for one in inherited if one is not None), None)
            if comment is None and text is not None:
                described[view][column] = text
                con.execute(f'COMMENT ON COLUMN "{view}"."{column}" IS {literal(text)}')

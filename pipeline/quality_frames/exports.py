"""Frames for exported files: against the database they come from, and against what describes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from pipeline.contract import TABLES, Table, table


@dataclass(frozen=True, slots=True)
class Rows:
    """A table that is read when it is asked for: its columns, its height, what reads rows of some columns."""

    columns: Sequence[str]
    height: Callable[[], int]
    read: Callable[[Sequence[str]], pl.DataFrame]


Same = Callable[[str, Sequence[str]], bool]
"""Whether a table holds the same values of some columns, row for row, on both sides."""


def differences(built: Mapping[str, Rows], exported: Mapping[str, Rows], same: Same) -> pl.DataFrame:
    """One row a table: rows in the database, rows exported, and rows that differ, with the first one's key.

    Columns: `table`, `n_built`, `n_exported`, `n_different` (all rows where a side lacks the table),
    `first_difference`. Only columns that are exported are compared; tables that are the `same`, row for row,
    which is how they are made, are not read.
    """
    rows = [_difference(each, built.get(each.name), exported.get(each.name), same) for each in TABLES]
    schema = {
        "table": pl.String,
        "n_built": pl.Int64,
        "n_exported": pl.Int64,
        "n_different": pl.Int64,
        "first_difference": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _difference(
    declared: Table, ours: Rows | None, theirs: Rows | None, same: Same
) -> tuple[str, int | None, int | None, int, str | None]:
    key = list(declared.primary_key)
    n_built = None if ours is None else ours.height()
    n_exported = None if theirs is None else theirs.height()
    if ours is None or theirs is None:
        return declared.name, n_built, n_exported, max(n_built or 0, n_exported or 0, 1), "no table"
    shared = [column for column in declared.column_names if column in theirs.columns]
    if n_built == n_exported and same(declared.name, shared):
        return declared.name, n_built, n_exported, 0, None
    of_database, of_files = ours.read(shared).sort(key), theirs.read(shared).sort(key)
    if of_database.equals(of_files):
        return declared.name, n_built, n_exported, 0, None
    missing = of_database.join(of_files, on=shared, how="anti", nulls_equal=True)
    added = of_files.join(of_database, on=shared, how="anti", nulls_equal=True)
    first = pl.concat([missing, added]).select(key).head(1)
    # Equal sets in unequal numbers differ in repeated rows.
    n_different = max(missing.height + added.height, abs(of_database.height - of_files.height), 1)
    shown = ", ".join(str(v) for v in first.row(0)) if first.height else "repeated rows"
    return declared.name, n_built, n_exported, n_different, shown


def described_columns(
    exported: Mapping[str, Sequence[str]], described: pl.DataFrame, dictionary: pl.DataFrame
) -> pl.DataFrame:
    """One row a column of an exported file: its description in the manifest, and its line in the dictionary.

    Columns: `table`, `column`, `description`, `dictionary_line`; null where there is none.
    """
    lines: dict[tuple[str, str], str] = {}
    section = ""
    for line in dictionary["line"]:
        if line.startswith("### "):
            section = line.removeprefix("### ").strip()
        elif line.startswith("| `"):
            lines.setdefault((section, line.split("`")[1]), line)
    texts = {(t, c): text for t, c, text in described.select("table", "column", "description").iter_rows()}
    rows = [
        (name, column, texts.get((name, column)) or None, lines.get((name, column)))
        for name, columns in exported.items()
        for column in columns
    ]
    schema = {
        "table": pl.String,
        "column": pl.String,
        "description": pl.String,
        "dictionary_line": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def private_columns(exported: Mapping[str, Sequence[str]], with_private: bool) -> pl.DataFrame:
    """One row a private column: whether it is in the exports, and whether the settings ask for it."""
    words = {True: "exported", False: "left out"}
    rows = [
        (name, column.name, words[with_private], words[column.name in columns])
        for name, columns in exported.items()
        for column in table(name).columns
        if column.private
    ]
    schema = {"table": pl.String, "column": pl.String, "wanted": pl.String, "found": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")

"""Expectations on the exports as they were written, before they are published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import polars as pl

from expectations.files import BUILT, EXPORTED, relations
from expectations.model import Expectation, Inputs, Suite
from expectations.views import whole
from pipeline.contract import TABLES, table
from pipeline.quality_frames import exports
from pipeline.quality_frames.relations import same_rows

ASSET = "staged_exports"
_KNOWN = tuple(table.name for table in TABLES)


def _tables(inputs: Inputs, prefix: str) -> dict[str, exports.Rows]:
    """The inputs of one prefix that are tables; nothing that is read of them is kept."""
    named = {name: f"{prefix}{name}" for name in _KNOWN}
    return {
        name: exports.Rows(inputs.columns(own), partial(inputs.height, own), partial(inputs.once, own))
        for name, own in named.items()
        if own in inputs
    }


def exported(inputs: Inputs) -> Mapping[str, Sequence[str]]:
    """Columns of the tables for which there are files."""
    names = (name for name in _KNOWN if f"{EXPORTED}{name}" in inputs)
    return {name: inputs.columns(f"{EXPORTED}{name}") for name in names}


def differences(inputs: Inputs) -> pl.DataFrame:
    """Rows of files and database."""
    built, exported = _tables(inputs, BUILT), _tables(inputs, EXPORTED)
    names = [f"{prefix}{name}" for name in built.keys() & exported.keys() for prefix in (BUILT, EXPORTED)]
    with relations(inputs, names) as (con, found):

        def same(name: str, columns: Sequence[str]) -> bool:
            # The database may have come to its rows in another order.
            key = table(name).primary_key
            return same_rows(con, found[f"{BUILT}{name}"], found[f"{EXPORTED}{name}"], columns, key)

        return exports.differences(built, exported, same)


def described_columns(inputs: Inputs) -> pl.DataFrame:
    """Columns of files with what manifest and dictionary say of them."""
    return exports.described_columns(exported(inputs), inputs["export_columns"], inputs["export_dictionary"])


def private_columns(inputs: Inputs) -> pl.DataFrame:
    """Columns that leave the database only on request."""
    return exports.private_columns(exported(inputs), bool(inputs["export_settings"]["export_text"][0]))


EXPORTS = Suite(
    name="exports",
    stage="exports",
    inputs=("staged_database", ASSET),
    expectations=(
        Expectation(
            name="rows_equal_database",
            table=ASSET,
            reason="Who reads the files and who asks the database must see the same rows.",
            view=differences,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_different", "min_value": 0, "max_value": 0},
            show=("table", "n_built", "n_exported", "first_difference"),
        ),
        Expectation(
            name="files_match_manifest",
            table=ASSET,
            reason="The manifest is the proof that a set is whole: every file, no other, byte by byte.",
            view=whole("export_files"),
            expect="ExpectColumnPairValuesToBeEqual",
            args={"column_A": "declared", "column_B": "found", "ignore_row_if": "neither"},
            show=("path",),
        ),
        Expectation(
            name="columns_described_in_manifest",
            table=ASSET,
            reason="A column without a meaning is guessed at.",
            view=described_columns,
            expect="ExpectColumnValuesToNotBeNull",
            args={"column": "description"},
            show=("table", "column"),
        ),
        Expectation(
            name="columns_covered_by_dictionary",
            table=ASSET,
            reason="The data dictionary travels with the files and covers every column of them.",
            view=described_columns,
            expect="ExpectColumnValuesToNotBeNull",
            args={"column": "dictionary_line"},
            show=("table", "column"),
        ),
        Expectation(
            name="private_columns_as_asked",
            table=ASSET,
            reason="Texts belong to their publishers and leave the database only where settings say so.",
            view=private_columns,
            expect="ExpectColumnPairValuesToBeEqual",
            args={"column_A": "wanted", "column_B": "found", "ignore_row_if": "neither"},
            show=("table", "column"),
        ),
    ),
)

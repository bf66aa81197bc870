"""Expectations on the database as it was built, before it is published."""

from __future__ import annotations

import polars as pl

from expectations.contract import keys_of_others
from expectations.files import BUILT, relations
from expectations.model import Expectation, Inputs, Suite
from expectations.views import whole
from pipeline.contract import TABLES as CONTRACT
from pipeline.quality_frames import database
from pipeline.quality_frames.generic import promised, promises
from pipeline.quality_frames.relations import keys_lead_somewhere

ASSET = "staged_database"
STAGED = tuple(t.name for t in CONTRACT if t.name != "quality_results")


def columns_and_texts(inputs: Inputs) -> pl.DataFrame:
    """Columns and descriptions of contract and database."""
    return database.columns_and_texts(inputs["built_columns"])


def row_counts(inputs: Inputs) -> pl.DataFrame:
    """Rows of the stages, of the database, and the reviewed range."""
    built = {name: inputs.height(f"{BUILT}{name}") for name in STAGED if f"{BUILT}{name}" in inputs}
    return database.row_counts({name: inputs.height(name) for name in STAGED}, built, inputs["baseline"])


def keys_between(inputs: Inputs) -> pl.DataFrame:
    """Foreign keys over all tables."""
    there = [declared for declared in CONTRACT if f"{BUILT}{declared.name}" in inputs]
    tables = [declared.name for declared in there]
    found = []
    with relations(inputs, [f"{BUILT}{name}" for name in tables]) as (con, own):
        known = {name: own[f"{BUILT}{name}"] for name in tables}
        for declared in there:
            name = f"{BUILT}{declared.name}"
            if keys_lead_somewhere(con, declared, known):
                found.append(promised(declared.name, inputs.height(name), (), tables, ["foreign_key"]))
                continue
            keys = [c.name for c in declared.columns if c.references is not None]
            rows = inputs.pick(name, *dict.fromkeys((*declared.primary_key, *keys)))
            others = keys_of_others(declared.name, inputs, BUILT)
            found.append(promises(declared.name, rows, others, ["foreign_key"]))
    return pl.concat(found)


TABLES = Suite(
    name="tables",
    stage="tables",
    inputs=(*STAGED, ASSET, "baseline"),
    expectations=(
        Expectation(
            name="columns_as_promised",
            table=ASSET,
            reason="Database and contract agree on every table and column, both ways.",
            view=columns_and_texts,
            expect="ExpectColumnPairValuesToBeEqual",
            args={"column_A": "declared_type", "column_B": "found_type", "ignore_row_if": "neither"},
            show=("table", "column"),
        ),
        Expectation(
            name="described_as_promised",
            table=ASSET,
            reason="An analyst reads a column's meaning in the database itself, in the contract's words.",
            view=columns_and_texts,
            expect="ExpectColumnPairValuesToBeEqual",
            args={"column_A": "declared_text", "column_B": "found_text", "ignore_row_if": "neither"},
            show=("table", "column"),
        ),
        Expectation(
            name="all_rows_loaded",
            table=ASSET,
            reason="The step ran is not the rows are there: each table holds what its stage made.",
            view=row_counts,
            expect="ExpectColumnPairValuesToBeEqual",
            args={"column_A": "n_staged", "column_B": "n_built", "ignore_row_if": "neither"},
            show=("table",),
        ),
        Expectation(
            name="evidence_equals_text",
            table=ASSET,
            reason="The text between the offsets equals the evidence, also when DuckDB counts.",
            view=whole("built_mismatches"),
            expect="ExpectColumnValuesToBeNull",
            args={"column": "row_id"},
            show=("table_name", "column_name", "found", "text_there"),
        ),
        Expectation(
            name="foreign_keys_whole",
            table=ASSET,
            reason="A key that leads nowhere drops its row from every join without a word.",
            view=keys_between,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_broken", "min_value": 0, "max_value": 0},
            show=("table", "column", "n_rows", "examples"),
        ),
        Expectation(
            name="corpus_has_baseline",
            table=ASSET,
            reason="Without reviewed counts nobody notices lost rows: add some to seeds/baselines.yaml.",
            view=row_counts,
            expect="ExpectColumnValuesToBeInSet",
            args={"column": "has_baseline", "value_set": ["yes"]},
            show=("table", "n_built"),
            severity="warning",
        ),
        Expectation(
            name="counts_not_below_baseline",
            table=ASSET,
            reason="Fewer rows than were ever accepted: a change has lost some.",
            view=row_counts,
            expect="ExpectColumnPairValuesAToBeGreaterThanB",
            args={
                "column_A": "n_built",
                "column_B": "minimum",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            show=("table", "reason"),
        ),
        Expectation(
            name="counts_not_above_baseline",
            table=ASSET,
            reason="More rows than were ever seen: look whether they are right, then raise the baseline.",
            view=row_counts,
            expect="ExpectColumnPairValuesAToBeGreaterThanB",
            args={
                "column_A": "maximum",
                "column_B": "n_built",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            show=("table", "reason"),
            severity="warning",
        ),
    ),
)

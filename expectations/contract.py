"""The expectations that every table has, derived from the contract."""

from __future__ import annotations

import polars as pl

from expectations.model import DOCUMENT, Expectation, Inputs, Summary, View
from pipeline.contract import table
from pipeline.contract.expect import Kind
from pipeline.quality_frames import generic
from pipeline.tables import problems

_GROUPS: tuple[tuple[str, tuple[Kind, ...], str], ...] = (
    (
        "key_unique",
        ("unique",),
        "The primary key names one row; a repeated one means that something is counted twice.",
    ),
    (
        "required_values_present",
        ("not_null",),
        "A value that the contract promises and that is missing makes every count by that column wrong.",
    ),
    (
        "values_have_meaning",
        ("values", "pattern"),
        "Only the values that the contract lists or describes have a meaning, and can be joined and grouped.",
    ),
    ("numbers_in_bounds", ("range",), "A number outside its bounds has no meaning."),
    (
        "ends_in_order",
        ("ordered",),
        "A range of days or characters has both ends or none, and does not run backwards.",
    ),
    (
        "references_whole",
        ("foreign_key",),
        "A key that leads nowhere drops its row from every join without a word.",
    ),
)
_OF_ALL_ROWS: tuple[Kind, ...] = ("unique", "foreign_key")
"""What can only be told of all rows, those of other tables included."""
_OF_A_ROW = tuple(kind for _, kinds, _ in _GROUPS for kind in kinds if kind not in _OF_ALL_ROWS)
"""What each row keeps or breaks by itself."""


def of_contract(name: str, asset: str | None = None) -> tuple[Expectation, ...]:
    """Expectations on columns, types, missing and allowed values, bounds, order, keys of a table.

    `asset` holds the table's rows where it does not bear the table's name.
    """
    asset = asset or name
    kept = _promises(name, asset)
    kinds = generic.kinds_of(name)
    columns = Expectation(
        name="columns_as_promised",
        table=asset,
        reason="Queries and dashboards rely on the columns' names, order and types.",
        view=_columns(name, asset),
        expect="ExpectColumnPairValuesToBeEqual",
        args={"column_A": "declared", "column_B": "found", "ignore_row_if": "neither"},
        show=("column",),
    )
    grouped = [
        Expectation(
            name=group,
            table=asset,
            reason=reason,
            view=kept,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": group, "min_value": 0, "max_value": 0},
            show=("column", "promise", "n_rows", "examples"),
        )
        for group, wanted, reason in _GROUPS
        if kinds & set(wanted)
    ]
    return (columns, *grouped)


def keys_of_others(name: str, inputs: Inputs, prefix: str = "") -> dict[str, pl.DataFrame]:
    """Columns to which a table's foreign keys lead, by table, of those among the inputs."""
    wanted: dict[str, list[str]] = {}
    for column in table(name).columns:
        reference = column.references
        if reference is not None and reference.table != name and f"{prefix}{reference.table}" in inputs:
            wanted.setdefault(reference.table, []).append(reference.column)
    return {other: inputs.pick(f"{prefix}{other}", *dict.fromkeys(own)) for other, own in wanted.items()}


def _columns(name: str, asset: str) -> View:
    def columns(inputs: Inputs) -> pl.DataFrame:
        return generic.declared_columns(name, inputs.schema(asset))

    return columns


def _promises(name: str, asset: str) -> View:
    def promises(inputs: Inputs) -> pl.DataFrame:
        kept = generic.promises(name, inputs[asset], keys_of_others(name, inputs))
        return generic.by_group(kept, {group: kinds for group, kinds, _ in _GROUPS})

    declared = table(name)
    if DOCUMENT not in declared.column_names:
        return promises

    def sound(inputs: Inputs) -> bool:
        return not problems(name, inputs[asset], {}, _OF_A_ROW)

    def others(inputs: Inputs) -> pl.DataFrame:
        keys = [column.name for column in declared.columns if column.references is not None]
        own = inputs.once(asset, list(dict.fromkeys((*declared.primary_key, *keys))))
        known = keys_of_others(name, inputs)
        found = () if generic.keys_hold(name, own, known) else problems(name, own, known, _OF_ALL_ROWS)
        kept = generic.promised(name, own.height, found, {name, *known})
        return generic.by_group(kept, {group: kinds for group, kinds, _ in _GROUPS})

    return Summary(promises, (asset,), sound, others)

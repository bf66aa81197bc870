"""Database, Parquet files, manifest, dictionary, frames and code all say what the registry says."""

import dataclasses
import json
import re
import typing

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from pipeline import model
from pipeline.contract import (
    DUCKDB,
    POLARS,
    TABLE_SCHEMA,
    TABLES,
    Column,
    ColumnType,
    Ordered,
    Reference,
    Table,
    column_metadata,
    generic_expectations,
    load_order,
    table,
    table_constraints,
)
from pipeline.contract import fields as f
from pipeline.contract.ddl import create_table, describe_column, describe_table, literal
from pipeline.datapackage import arrow_types
from pipeline.errors import ContractError, Reason
from pipeline.export import export_tables
from pipeline.settings import Settings
from pipeline.tables import polars_schema
from pipeline.warehouse import build_database, open_database
from tests.contract_rows import sample

EVERY_COLUMN = [(t, c) for t in TABLES for c in t.columns]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Folder with the database and the exports, text included, of the sample."""
    settings = Settings(warehouse=tmp_path_factory.mktemp("made"), export_text=True)
    build_database(settings.database, sample())
    export_tables(sample(), settings)
    return settings


# --- agreement, both ways ---------------------------------------------------------------------------


def declared_columns(types):
    """(table, column, type, description, nullable) of every column, in order: what all others must say."""
    return [(t.name, c.name, types[c.type], describe_column(c), c.nullable) for t, c in EVERY_COLUMN]


def in_contract_order(found):
    place = {t.name: i for i, t in enumerate(TABLES)}
    return sorted(found, key=lambda row: place.get(row[0], -1))  # tables nobody declared come first


def test_database_and_registry_agree(made):
    with open_database(made.database) as con:
        columns = con.execute(
            "SELECT c.table_name, c.column_name, c.data_type, c.comment, c.is_nullable "
            "FROM duckdb_columns() AS c JOIN duckdb_tables() USING (database_name, schema_name, table_name) "
            "WHERE NOT c.internal AND c.schema_name = 'main' ORDER BY c.table_name, c.column_index"
        ).fetchall()
        tables = con.execute(
            "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main'"
        ).fetchall()
    assert in_contract_order(columns) == declared_columns(DUCKDB)
    assert in_contract_order(tables) == [(t.name, describe_table(t)) for t in TABLES]


def test_keys_in_the_database_are_those_of_the_registry(made):
    with open_database(made.database) as con:
        found = con.execute(
            "SELECT table_name, constraint_type, constraint_column_names, referenced_table, "
            "referenced_column_names FROM duckdb_constraints() "
            "WHERE constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')"
        ).fetchall()
    primary = {(name, tuple(columns)) for name, kind, columns, *_ in found if kind == "PRIMARY KEY"}
    assert primary == {(t.name, t.primary_key) for t in TABLES}
    foreign = {(n, tuple(c), to, tuple(there)) for n, kind, c, to, there in found if kind == "FOREIGN KEY"}
    assert foreign == {
        (t.name, (c.name,), c.references.table, (c.references.column,))
        for t, c in EVERY_COLUMN
        if c.references and c.references.table != t.name and c.type is not ColumnType.STRINGS
    }


def test_exported_files_and_registry_agree(made):
    names = {str(arrow): logical for logical, arrow in arrow_types().items()}
    names["list<element: string>"] = ColumnType.STRINGS  # how Parquet calls a list's element
    found = []
    for path in sorted(made.exports.glob("*.parquet")):
        for field in pq.read_schema(path):
            kind, meaning = names[str(field.type)], field.metadata[b"description"].decode()
            found.append((path.stem, field.name, kind, meaning, field.nullable))
    assert in_contract_order(found) == declared_columns({kind: kind for kind in ColumnType})


def test_manifest_and_registry_agree(made):
    descriptor = json.loads((made.exports / "datapackage.json").read_text())
    resources = [r for r in descriptor["resources"] if "schema" in r]
    found = [
        (
            r["name"],
            field["name"],
            field["type"],
            field["description"],
            not field.get("constraints", {}).get("required", False),
        )
        for r in resources
        for field in r["schema"]["fields"]
    ]
    assert found == declared_columns(TABLE_SCHEMA)
    assert [(r["name"], r["description"]) for r in resources] == [(t.name, describe_table(t)) for t in TABLES]
    assert {r["path"] for r in descriptor["resources"]} | {"datapackage.json"} == {
        path.name for path in made.exports.iterdir() if path.is_symlink() and path.is_file()
    }


def test_dictionary_and_registry_agree(made):
    lines = (made.exports / "data-dictionary.md").read_text().split("\n## Views and macros\n")[0].splitlines()
    found, name = [], None
    for line in lines:
        if line.startswith("### "):
            name = line.removeprefix("### ")
        elif line.startswith("| `"):
            column, kind, null, meaning, _ = (cell.strip() for cell in line.strip("|").split(" |"))
            found.append((name, column.strip("| `"), kind.strip("| "), null.strip("| "), meaning.strip("| ")))
    assert found == [
        (
            t.name,
            c.name,
            DUCKDB[c.type],
            "yes" if c.nullable else "",
            c.description + (" Not in the exports unless asked for." if c.private else ""),
        )
        for t, c in EVERY_COLUMN
    ]


def test_frames_and_registry_agree():
    for declared in TABLES:
        schema = polars_schema(declared.name)
        assert list(schema.items()) == [(c.name, POLARS[c.type]) for c in declared.columns]


def test_interface_metadata_and_registry_agree():
    found = [
        (t.name, m["name"], m["type"], m["description"], m["nullable"])
        for t in TABLES
        for m in column_metadata(t)
    ]
    assert found == declared_columns(DUCKDB)
    form = next(m for m in column_metadata(table("statements")) if m["name"] == "form")
    assert form["other"] == ["one of direct, indirect, mixed"]
    assert [m["name"] for m in column_metadata(table("statements")) if m["unique"]] == ["statement_id"]
    assert "primary key (statement_id)" in table_constraints(table("statements"))


@pytest.mark.parametrize("kind", ColumnType)
def test_every_type_has_a_name_in_every_system(kind):
    assert {kind} <= DUCKDB.keys() & POLARS.keys() & TABLE_SCHEMA.keys() & arrow_types().keys()


# --- the registry and the code ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meanings", "literal_type"),
    [
        (f.DATE_BASIS, model.DateBasis),
        (f.BLOCK_KIND, model.BlockKind),
        (f.ENTITY_KIND, model.EntityKind),
        (f.ACTOR_KIND, model.ActorKind),
        (f.RESOLUTION, model.Resolution),
        (f.STATEMENT_FORM, model.StatementForm),
        (f.MEETING_FORM, model.MeetingForm),
        (f.MEETING_STATUS, model.MeetingStatus),
        (f.STANCE, model.Stance),
        (f.POSITION_BASIS, model.PositionBasis),
    ],
)
def test_allowed_values_are_those_that_the_code_can_produce(meanings, literal_type):
    assert list(meanings) == list(typing.get_args(literal_type))


def test_every_reason_for_refusing_a_file_is_explained():
    assert list(table("quarantine").column("reason").values) == [reason.value for reason in Reason]


# --- the registry itself ----------------------------------------------------------------------------


@pytest.mark.parametrize(("declared", "column"), EVERY_COLUMN, ids=lambda x: x.name)
def test_every_column_is_described_in_sentences_and_says_what_null_means(declared, column):
    assert len(column.description) > 8
    assert column.description.endswith(".")
    if column.nullable:
        assert "ull" in column.description, f"{declared.name}.{column.name} does not say when it is null"


def test_every_extracted_table_warns_its_users():
    assert [t.name for t in TABLES if t.stage == "extract" and not t.warnings] == []


def test_extracted_rows_with_evidence_carry_confidence_and_rule():
    for name in ("statements", "meeting_mentions", "issue_positions"):
        assert {"document_id", "block_id", "confidence", "rule"} <= set(table(name).column_names)


def test_a_name_has_one_type_in_all_tables():
    types = {}
    for _, column in EVERY_COLUMN:
        types.setdefault(column.name, set()).add(column.type)
    assert {name: kinds for name, kinds in types.items() if len(kinds) > 1} == {}


def test_references_point_to_primary_keys_of_the_same_type_and_form():
    for declared, column in EVERY_COLUMN:
        if column.references is not None:
            target = table(column.references.table)
            assert target.primary_key == (column.references.column,), declared.name
            there = target.column(column.references.column)
            assert column.pattern in (there.pattern, None)


def test_order_of_rows_is_total():
    for declared in TABLES:
        assert set(declared.primary_key) <= set(declared.order), declared.name


def test_tables_are_loaded_after_those_that_they_refer_to():
    names = [t.name for t in load_order()]
    assert sorted(names) == sorted(t.name for t in TABLES)
    for declared, column in EVERY_COLUMN:
        if column.references is not None and column.references.table != declared.name:
            assert names.index(column.references.table) < names.index(declared.name)


def test_an_unknown_table_is_refused_by_code():
    with pytest.raises(ContractError, match=r"unknown_table.*treaties"):
        table("treaties")


def small(**changes):
    column = Column("thing_id", ColumnType.STRING, "A thing.")
    plain = {"name": "things", "stage": "raw", "description": "Things.", "columns": (column,)}
    return Table(**({**plain, "primary_key": ("thing_id",), "order": ("thing_id",)} | changes))


def test_a_table_that_names_a_column_twice_or_uses_one_it_does_not_have_cannot_be_declared():
    column = small().columns[0]
    with pytest.raises(ValueError, match="twice"):
        small(columns=(column, column))
    with pytest.raises(ValueError, match="no column"):
        small(days=(Ordered("thing_id", "date_to"),))


# --- what is derived --------------------------------------------------------------------------------


def test_names_of_expectations_are_unique_in_their_table():
    for declared in TABLES:
        names = [spec.name for spec in generic_expectations(declared)]
        assert len(set(names)) == len(names)


def test_every_promise_of_a_column_becomes_an_expectation():
    column = Column(
        "weight",
        ColumnType.STRINGS,
        "A weight.",
        values=f.meanings(light="not heavy"),
        pattern="l.*",
        minimum=0,
        references=Reference("weights", "weight"),
    )
    kinds = [
        spec.kind
        for spec in generic_expectations(small(columns=(*small().columns, column)))
        if spec.column == "weight"
    ]
    assert kinds == ["type", "not_null", "values", "pattern", "range", "foreign_key"]
    optional = dataclasses.replace(column, nullable=True, values={}, pattern=None, minimum=None)
    kinds = [
        spec.kind
        for spec in generic_expectations(small(columns=(*small().columns, optional)))
        if spec.column == "weight"
    ]
    assert kinds == ["type", "foreign_key"]


def test_text_with_quotes_is_quoted_for_sql():
    with duckdb.connect() as con:
        assert con.execute(f"SELECT {literal(chr(39) + 'a')}").fetchall() == [("'a",)]


def test_patterns_mean_the_same_to_sql_polars_and_python():
    values = ["ent_" + "0" * 16, "UA", "EU", "a_b", "Q5", "en", "f" * 64, "", "x y"]
    with duckdb.connect() as con:
        for pattern in {column.pattern for _, column in EVERY_COLUMN} - {None}:
            by_polars = pl.Series(values).str.contains(f"^(?:{pattern})$").to_list()
            con.execute("SELECT regexp_full_match(unnest(?), ?)", [values, pattern])
            by_sql = [row[0] for row in con.fetchall()]
            by_python = [re.fullmatch(pattern, value) is not None for value in values]
            assert by_sql == by_polars == by_python


def test_ddl_of_every_table_stands_alone_in_load_order():
    with duckdb.connect() as con:
        for declared in load_order():
            con.execute(create_table(declared))

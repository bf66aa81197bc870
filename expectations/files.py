"""Reading what suites look at besides the frames of stages: staged database and exports, the baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import duckdb
import polars as pl

from expectations.model import Inputs, Table
from pipeline.baselines import baseline_frame, baseline_of
from pipeline.contract import TABLES
from pipeline.contract.ddl import of_files
from pipeline.datapackage import MANIFEST, file_facts, listed_files, read_manifest, table_files
from pipeline.digests import file_digest, text_digest
from pipeline.export import files_below, open_set, set_digest
from pipeline.settings import Settings
from pipeline.staging import staged
from pipeline.tables import height, read, schema
from pipeline.views import MISMATCHES
from pipeline.warehouse import open_sparingly

BUILT = "built."
EXPORTED = "exported."


@dataclass(frozen=True, slots=True)
class StageFile:
    """The frame of a stage as it lies in its file; raise ContractError if that is not there whole."""

    path: Path
    schema: pl.Schema

    @classmethod
    def of(cls, path: Path) -> StageFile:
        """The file, whose schema is read."""
        return cls(path, schema(path))

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.schema)

    def height(self) -> int:
        return height(self.path)

    def read(self, columns: Sequence[str]) -> pl.DataFrame:
        return read(self.path, columns)


@dataclass(frozen=True, slots=True)
class DatabaseTable:
    """A table of an open DuckDB file, or some of its columns."""

    opened: duckdb.DuckDBPyConnection
    name: str
    columns: tuple[str, ...]

    @property
    def schema(self) -> pl.Schema:
        return self.opened.table(self.name).limit(0).pl().select(self.columns).schema

    def height(self) -> int:
        relation = self.relation()
        ((found,),) = self.opened.execute(f"SELECT count(*) FROM {relation}").fetchall()  # noqa: S608
        return int(found)

    def read(self, columns: Sequence[str]) -> pl.DataFrame:
        return self.opened.table(self.name).project(", ".join(f'"{column}"' for column in columns)).pl()

    def relation(self) -> str:
        """The table, as SQL on the connection that has opened it."""
        return f'"{self.name}"'


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """A table of a set of exports."""

    folder: Path
    name: str
    columns: tuple[str, ...]

    @property
    def schema(self) -> pl.Schema:
        return schema(table_files(self.folder, self.name)[0])

    def height(self) -> int:
        return sum(height(path) for path in table_files(self.folder, self.name))

    def read(self, columns: Sequence[str]) -> pl.DataFrame:
        return pl.concat(read(path, columns) for path in table_files(self.folder, self.name))

    def relation(self) -> str:
        """The files, as SQL on any connection."""
        return of_files(table_files(self.folder, self.name))


Asked: TypeAlias = tuple[duckdb.DuckDBPyConnection, dict[str, str]]


@contextmanager
def relations(inputs: Inputs, names: Iterable[str]) -> Iterator[Asked]:
    """A connection, and the inputs of these names as SQL on it: tables of a database and of exports, frames.

    Where there is a table of an open database, it is that database's connection.
    """
    sources = {name: inputs.source(name) for name in names}
    opened = [source.opened for source in sources.values() if isinstance(source, DatabaseTable)]
    with nullcontext(opened[0]) if opened else duckdb.connect() as con:
        found = {}
        for name, source in sources.items():
            if isinstance(source, DatabaseTable | ExportedTable):
                found[name] = source.relation()
            else:
                con.register(f"asked {name}", inputs[name])
                found[name] = f'"asked {name}"'
        yield con, found


@dataclass(frozen=True, slots=True)
class Reader:
    """`frames` opens what joins a suite's inputs; `fingerprint` tells one state from another."""

    frames: Callable[[Settings], AbstractContextManager[Mapping[str, pl.DataFrame | Table]]]
    fingerprint: Callable[[Settings], str]


@contextmanager
def staged_database(settings: Settings) -> Iterator[Mapping[str, pl.DataFrame | Table]]:
    """`built.<table>` for each table (texts if exported), `built_columns` described, `built_mismatches`."""
    database = staged(settings).database
    # Texts are compared with the exports only where they are exported.
    left = () if settings.export_text else TABLES
    private = {table.name: [c.name for c in table.columns if c.private] for table in left}
    with open_sparingly(database) as con:
        tables = "(SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main')"
        names = [name for (name,) in con.execute(f"SELECT table_name FROM {tables}").fetchall()]  # noqa: S608
        frames: dict[str, pl.DataFrame | Table] = {}
        for name in sorted(names):
            columns = (c for c in con.table(name).columns if c not in private.get(name, ()))
            frames[f"{BUILT}{name}"] = DatabaseTable(con, name, tuple(columns))
        frames["built_columns"] = con.sql(
            'SELECT table_name AS "table", NULL::VARCHAR AS "column", '  # noqa: S608
            "'table' AS type, comment AS description "
            f"FROM {tables} UNION ALL "
            "SELECT c.table_name, c.column_name, c.data_type, c.comment FROM duckdb_columns() AS c "
            f"JOIN {tables} AS t USING (table_name) WHERE c.schema_name = 'main'"
        ).pl()
        told = tuple(con.table(MISMATCHES).columns)
        frames["built_mismatches"] = DatabaseTable(con, MISMATCHES, told)
        yield frames


@contextmanager
def staged_exports(settings: Settings) -> Iterator[Mapping[str, pl.DataFrame | Table]]:
    """`exported.<table>` for each file there is, `export_files` and `export_columns`.

    `export_files`: `path`, `declared` and `found` digest and size ("absent" where one side lacks the file).
    `export_columns`: `table`, `column`, of the manifest, with its `description`.
    """
    folder = open_set(staged(settings).exports)
    resources = read_manifest(folder)["resources"]
    declared = {f["path"]: f"{f['hash']} {f['bytes']} bytes" for r in resources for f in listed_files(r)}
    files = sorted(path for path in files_below(folder) if path.name != MANIFEST)
    found = {path.relative_to(folder).as_posix(): _facts(path) for path in files}
    paths = sorted({*declared, *found})
    columns = [
        (resource["name"], field["name"], field["description"])
        for resource in resources
        for field in resource.get("schema", {}).get("fields", [])
    ]
    text = pl.String
    names = (table.name for table in TABLES if table_files(folder, table.name))
    frames: dict[str, pl.DataFrame | Table] = {
        f"{EXPORTED}{name}": ExportedTable(folder, name, tuple(schema(table_files(folder, name)[0])))
        for name in names
    }
    frames["export_files"] = pl.DataFrame(
        {
            "path": paths,
            "declared": [declared.get(p, "absent") for p in paths],
            "found": [found.get(p, "absent") for p in paths],
        },
        schema={"path": text, "declared": text, "found": text},
    )
    frames["export_columns"] = pl.DataFrame(
        columns, schema={"table": text, "column": text, "description": text}, orient="row"
    )
    dictionary = (folder / "data-dictionary.md").read_text(encoding="utf-8")
    frames["export_dictionary"] = pl.DataFrame({"line": dictionary.split("\n")}, schema={"line": text})
    frames["export_settings"] = pl.DataFrame({"export_text": [settings.export_text]})
    yield frames


@contextmanager
def baseline(settings: Settings) -> Iterator[Mapping[str, pl.DataFrame | Table]]:
    """`baseline`: reviewed counts of the corpus; no row where nobody has reviewed any."""
    yield {"baseline": baseline_frame(baseline_of(settings))}


def _facts(path: Path) -> str:
    facts = file_facts(path)
    return f"sha256:{facts.sha256} {facts.bytes} bytes"


def _exports_fingerprint(settings: Settings) -> str:
    """Of every file of the set, not of what its manifest says of them, and of the setting that decides it."""
    return text_digest(set_digest(staged(settings).exports), settings.export_text)


READERS: Mapping[str, Reader] = {
    "staged_database": Reader(staged_database, lambda s: file_digest(staged(s).database)),
    "staged_exports": Reader(staged_exports, _exports_fingerprint),
    "baseline": Reader(baseline, lambda s: text_digest(baseline_of(s))),
}
"""By name of the input."""

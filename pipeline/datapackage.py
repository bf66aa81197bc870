"""The exports' manifest: a Frictionless Data Package made from the registry, and its verification."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipeline import __version__
from pipeline.contract import TABLE_SCHEMA, TABLES, Column, ColumnType, Table
from pipeline.contract.ddl import describe_column, describe_table
from pipeline.tables import read

MANIFEST: Final = "datapackage.json"
DICTIONARY: Final = "data-dictionary.md"

DATA_LICENCE: Final[Mapping[str, str]] = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 for the tables as compiled; words quoted as evidence or "
    "content, and full texts where they are included, remain their speakers' and publishers'",
}
CODE_LICENCE: Final = "Apache-2.0"
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the manifest promises of one file."""

    bytes: int
    sha256: str


def file_facts(path: Path) -> FileFacts:
    """Size and SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            digest.update(chunk)
    return FileFacts(path.stat().st_size, digest.hexdigest())


def table_path(folder: Path, name: str, part: int | None = None) -> Path:
    """Where a table's file lies in a set, or a part of one that is too large for one file."""
    return folder / f"{name}.parquet" if part is None else folder / name / f"part-{part:05d}.parquet"


def table_files(folder: Path, name: str) -> list[Path]:
    """The files of a table of a set in the order of its rows: one, or its parts; none if there is none."""
    one = table_path(folder, name)
    return [one] if one.is_file() else sorted((folder / name).glob("*.parquet"))


def read_table(folder: Path, name: str) -> pl.DataFrame:
    """A table of a set, from however many files.

    Raise FileNotFoundError if the set lacks it, ContractError (``parquet_unreadable``) if a file is damaged.
    """
    files = table_files(folder, name)
    if not files:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(table_path(folder, name)))
    return pl.concat(read(path) for path in files)


def manifest(
    folder: Path,
    heights: Mapping[str, int],
    publishers: pl.DataFrame,
    *,
    domain: str,
    with_private: bool,
) -> dict[str, Any]:
    """Data package descriptor of the files in `folder`, which hold tables of `heights` rows.

    `publishers` has `publisher` (null if not known) and `documents`, their number. Holds no time and no
    path of a machine: equal data and code give an equal manifest.
    """
    return {
        "name": "parley",
        "title": "Parley: negotiations in the news",
        "version": __version__,
        "description": "Statements, meetings and issue positions read from news coverage by machine, each "
        "row with its evidence in the text.",
        "profile": "data-package",
        "domain": domain,
        "licenses": [dict(DATA_LICENCE)],
        "code": {"name": "parley", "version": __version__, "license": CODE_LICENCE},
        "sources": [
            {"title": "publisher not known" if publisher is None else publisher, "documents": count}
            for publisher, count in publishers.select("publisher", "documents").iter_rows()
        ],
        "resources": [
            *(table_resource(t, folder, heights[t.name], with_private) for t in TABLES),
            _dictionary_resource(folder),
        ],
    }


def write_manifest(folder: Path, descriptor: Mapping[str, Any]) -> Path:
    """Write the manifest into `folder`: the last file of a set."""
    path = folder / MANIFEST
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a set; raise OSError or ValueError if it cannot be read."""
    descriptor: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return descriptor


def listed_files(resource: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Files of a resource of a manifest in order, each with `path`, `bytes` and `hash`."""
    parts: list[Mapping[str, Any]] = resource.get("parts", [resource])
    return parts


def damages(folder: Path) -> list[str]:
    """Where the files in `folder` differ from their manifest, one sentence each: missing, size, SHA-256.

    Empty for any whole set, also one that another version of the contract made.
    """
    resources, wrong = _listed(folder)
    return wrong + [
        sentence for name, resource in resources.items() for sentence in _damage(folder, name, resource)
    ]


def verify_exports(folder: Path) -> list[str]:
    """Compare every file in `folder` with its manifest, and both with the contract of this version.

    Return what is wrong, one sentence each; empty if all is well. Besides `damages`: all tables are there
    with the promised schema, rows, columns and types, and no Parquet file that the manifest does not list.
    """
    resources, wrong = _listed(folder)
    if wrong:
        return wrong
    wrong += [f"{t.name} is not in {MANIFEST}." for t in TABLES if t.name not in resources]
    listed = {str(file.get("path")) for resource in resources.values() for file in listed_files(resource)}
    found = [
        *folder.glob("*.parquet"),
        *(path for t in TABLES for path in (folder / t.name).glob("*.parquet")),
    ]
    there = sorted(path.relative_to(folder).as_posix() for path in found)
    wrong += [f"{extra} is not in {MANIFEST}." for extra in there if extra not in listed]
    for name, resource in resources.items():
        # Of a file that is not the promised one, the inside need not be read.
        wrong += _damage(folder, name, resource) or _broken_promises(folder, name, resource)
    return wrong


def _listed(folder: Path) -> tuple[dict[str, Mapping[str, Any]], list[str]]:
    """Resources of the manifest by name, and what is wrong with the manifest itself."""
    try:
        descriptor = read_manifest(folder)
        return {resource["name"]: resource for resource in descriptor["resources"]}, []
    except FileNotFoundError:
        return {}, [f"{MANIFEST} is missing."]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return {}, [f"{MANIFEST} cannot be read: {error!r}."]


def _damage(folder: Path, name: str, resource: Mapping[str, Any]) -> list[str]:
    wrong = []
    for file in listed_files(resource):
        path = str(file.get("path"))
        try:
            facts = file_facts(folder / path)
        except OSError as error:
            wrong.append(f"{name}: {path} cannot be read: {error.strerror}.")
            continue
        if facts.bytes != file.get("bytes"):
            wrong.append(f"{name}: {path} has {facts.bytes} bytes, promised {file.get('bytes')}.")
        if f"sha256:{facts.sha256}" != file.get("hash"):
            wrong.append(f"{name}: {path} has SHA-256 {facts.sha256}, promised {file.get('hash')}.")
    return wrong


def _broken_promises(folder: Path, name: str, resource: Mapping[str, Any]) -> list[str]:
    table = next((t for t in TABLES if t.name == name), None)
    if table is None:
        return []
    paths = [folder / str(file["path"]) for file in listed_files(resource)]
    promised = resource["schema"]
    wrong = []
    carries_private = any(
        c.private and c.name in (f["name"] for f in promised["fields"]) for c in table.columns
    )
    if promised != _schema(table, table.exported_columns(carries_private)):
        wrong.append(f"{name}: the schema in {MANIFEST} differs from the contract of this version.")
    expected = [(field["name"], field["type"]) for field in promised["fields"]]
    found = [_parquet_facts(path) for path in paths]
    if (n_rows := sum(count for count, _ in found)) != resource.get("rowCount"):
        wrong.append(f"{name}: {paths[0].name} has {n_rows} rows, promised {resource.get('rowCount')}.")
    wrong += [
        f"{name}: {path.name} has columns {columns}, promised {expected}."
        for path, (_, columns) in zip(paths, found, strict=True)
        if columns != expected
    ]
    return wrong


def _parquet_facts(path: Path) -> tuple[int, list[tuple[str, str]]]:
    """Rows, and columns with their Table Schema types, of a Parquet file."""
    import pyarrow.parquet as pq

    metadata = pq.read_metadata(path)
    schema = metadata.schema.to_arrow_schema()
    # Arrow types are compared, not looked up: a list's element has another name in Parquet.
    columns = [
        (
            field.name,
            next(
                (TABLE_SCHEMA[t] for t, arrow in arrow_types().items() if arrow == field.type),
                str(field.type),
            ),
        )
        for field in schema
    ]
    return metadata.num_rows, columns


def arrow_types() -> dict[ColumnType, Any]:
    """Arrow type of each logical type; Arrow is imported late, since most callers do not need it."""
    import pyarrow as pa

    return {
        ColumnType.STRING: pa.string(),
        ColumnType.STRINGS: pa.list_(pa.string()),
        ColumnType.INTEGER: pa.int64(),
        ColumnType.NUMBER: pa.float64(),
        ColumnType.BOOLEAN: pa.bool_(),
        ColumnType.DATE: pa.date32(),
        ColumnType.TIMESTAMP: pa.timestamp("us"),
    }


def table_resource(table: Table, folder: Path, height: int, with_private: bool) -> dict[str, Any]:
    """What the manifest says of a table whose `height` rows lie in one file of the set or in several."""
    files = []
    for path in table_files(folder, table.name):
        facts = file_facts(path)
        listed = path.relative_to(folder).as_posix()
        files.append({"path": listed, "bytes": facts.bytes, "hash": f"sha256:{facts.sha256}"})
    first, *others = (file["path"] for file in files)
    places = files[0] if not others else {"path": first, "extrapaths": others, "parts": files}
    return {
        "name": table.name,
        # To the Frictionless library a table is a text file (it reads Parquet through pandas, which has
        # neither lists nor integers with gaps); as a file, its size and hash are verified.
        "type": "file",
        "description": describe_table(table),
        # Apart from the description, so that a dashboard can show them where figures stand.
        "warnings": list(table.warnings),
        **places,
        "scheme": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "rowCount": height,
        "schema": _schema(table, table.exported_columns(with_private)),
    }


def _dictionary_resource(folder: Path) -> dict[str, Any]:
    facts = file_facts(folder / DICTIONARY)
    return {
        "name": "data-dictionary",
        "type": "text",
        "description": "Meaning of every table, view and column.",
        "path": DICTIONARY,
        "scheme": "file",
        "format": "md",
        "mediatype": "text/markdown",
        "encoding": "utf-8",
        "bytes": facts.bytes,
        "hash": f"sha256:{facts.sha256}",
    }


def _schema(table: Table, columns: Sequence[Column]) -> dict[str, Any]:
    """Table Schema: fields with their constraints, primary key, foreign keys."""
    carried = {column.name for column in columns}
    schema: dict[str, Any] = {
        "fields": [_field(table, column) for column in columns],
        "primaryKey": list(table.primary_key),
    }
    keys = [
        {
            "fields": [column.name],
            # The empty name is the table itself.
            "reference": {
                "resource": "" if column.references.table == table.name else column.references.table,
                "fields": [column.references.column],
            },
        }
        for column in columns
        if column.references is not None and column.type is not ColumnType.STRINGS
    ]
    if keys:
        schema["foreignKeys"] = keys
    assert carried >= set(table.primary_key)
    return schema


def _field(table: Table, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if table.primary_key == (column.name,):
        constraints["unique"] = True
    # Constraints of a list's elements have no place in a Table Schema.
    if column.type is not ColumnType.STRINGS:
        if column.values:
            constraints["enum"] = list(column.values)
        if column.pattern is not None:
            constraints["pattern"] = column.pattern
        if column.minimum is not None:
            constraints["minimum"] = column.minimum
        if column.maximum is not None:
            constraints["maximum"] = column.maximum
    field: dict[str, Any] = {
        "name": column.name,
        "type": TABLE_SCHEMA[column.type],
        "description": describe_column(column),
    }
    if column.unit is not None:
        field["unit"] = column.unit
    if constraints:
        field["constraints"] = constraints
    return field

"""Reading what suites look at besides the frames of stages: staged database and exports, the baseline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.baselines import baseline_frame, baseline_of
from pipeline.contract import TABLES
from pipeline.datapackage import MANIFEST, file_facts, listed_files, read_manifest, read_table, table_files
from pipeline.digests import file_digest, text_digest
from pipeline.export import files_below, open_set, set_digest
from pipeline.settings import Settings
from pipeline.staging import staged
from pipeline.views import MISMATCHES
from pipeline.warehouse import open_database

BUILT = "built."
EXPORTED = "exported."


@dataclass(frozen=True, slots=True)
class Reader:
    """`frames` reads the frames that join a suite's inputs; `fingerprint` tells one state from another."""

    frames: Callable[[Settings], Mapping[str, pl.DataFrame]]
    fingerprint: Callable[[Settings], str]


def staged_database(settings: Settings) -> dict[str, pl.DataFrame]:
    """`built.<table>` for each table (texts if exported), `built_columns` described, `built_mismatches`."""
    with open_database(staged(settings).database) as con:
        tables = "(SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main')"
        names = [name for (name,) in con.execute(f"SELECT table_name FROM {tables}").fetchall()]  # noqa: S608
        private = {t.name: [c.name for c in t.columns if c.private] for t in TABLES}
        frames = {}
        for name in sorted(names):
            # Texts are compared with the exports only where they are exported.
            left = [] if settings.export_text else private.get(name, [])
            rows = con.sql(f'FROM "{name}"')
            kept = ", ".join(f'"{column}"' for column in rows.columns if column not in left)
            frames[f"{BUILT}{name}"] = rows.project(kept).pl()
        frames["built_columns"] = con.sql(
            'SELECT table_name AS "table", NULL::VARCHAR AS "column", '  # noqa: S608
            "'table' AS type, comment AS description "
            f"FROM {tables} UNION ALL "
            "SELECT c.table_name, c.column_name, c.data_type, c.comment FROM duckdb_columns() AS c "
            f"JOIN {tables} AS t USING (table_name) WHERE c.schema_name = 'main'"
        ).pl()
        frames["built_mismatches"] = con.sql(f"FROM {MISMATCHES}").pl()
    return frames


def staged_exports(settings: Settings) -> dict[str, pl.DataFrame]:
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
    frames = {f"{EXPORTED}{name}": read_table(folder, name) for name in names}
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
    return frames


def baseline(settings: Settings) -> dict[str, pl.DataFrame]:
    """`baseline`: reviewed counts of the corpus; no row where nobody has reviewed any."""
    return {"baseline": baseline_frame(baseline_of(settings))}


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

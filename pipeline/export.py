"""Parquet exports: whole sets of files beside each other, of which readers see exactly one.

    exports/statements.parquet -> current/statements.parquet     fixed paths for readers
    exports/current -> .sets/5f0c...                             swapped in one step
    exports/.sets/5f0c.../                                       a whole set, its manifest written last
    exports/.sets/91ab.../                                       the set before

A set is named by the digest of its manifest, so unchanged data gives the set that is already there
and nothing moves. The set before stays until the next change, for readers that still have it open.
A reader of several files resolves `current` once (`open_set`) and reads them from the folder it finds.
If a run dies at any step, readers keep a whole set, and the next run clears up and finishes.
"""

from __future__ import annotations

import datetime as dt
import logging
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from pipeline import dictionary
from pipeline.contract import TABLES, Table
from pipeline.contract.ddl import describe_column, describe_table
from pipeline.datapackage import (
    DICTIONARY,
    MANIFEST,
    arrow_types,
    damages,
    file_facts,
    manifest,
    verify_exports,
    write_manifest,
)
from pipeline.errors import ContractError
from pipeline.ingest import known_times
from pipeline.settings import Settings
from pipeline.swap import BUILDING, PublishError, clear_leftovers, exclusive, point_link, sync_file
from pipeline.tables import polars_schema, rows, validate_whole

logger = logging.getLogger(__name__)

CURRENT: Final = "current"
SETS: Final = ".sets"
ROW_GROUP: Final = 50_000
"""Rows that are turned into Arrow at once: bounds memory."""

RUN_COLUMNS: Final = ("run_id", "checked_at")
"""What of `quality_results` differs between runs that found the same."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A published set: its folder, and whether this call changed what readers see."""

    folder: Path
    changed: bool


def export_tables(frames: Mapping[str, pl.DataFrame], settings: Settings) -> Exported:
    """Write a set of all tables and make it the current one in `settings.exports`.

    `frames` holds a frame for every table of the contract, in its order of rows (`pipeline.tables.frame`
    gives it). `documents.text` is left out unless `settings.export_text`. Raise ContractError if a frame
    does not keep the contract, PublishError if the folder cannot be used; readers then see what they saw.
    """
    validate_whole(frames)
    root = settings.exports
    with exclusive(root, "exports"):
        return _publish(root, frames, settings)


def open_set(exports: Path) -> Path:
    """The folder of the set that is current now; its files stay the same whatever is published later.

    It is deleted at the second change after this. Raise PublishError if nothing has been exported.
    """
    try:
        return (exports / CURRENT).resolve(strict=True)
    except OSError as error:
        raise PublishError("no_exports", f"{exports} holds no exports yet.") from error


def earlier_times(exports: Path) -> dict[str, dt.datetime]:
    """When inputs were first seen, as the current exports have it: `known` of `pipeline.ingest.ingest`.

    Empty if nothing has been exported. If the exports are damaged, or of a contract whose columns have
    other types, a warning is logged and the result is empty, too: times then start anew rather than a run
    being refused.
    """
    if not (exports / CURRENT).exists():
        return {}
    folder = open_set(exports)
    wrong = damages(folder)
    if not wrong:
        try:
            documents, quarantine = (_read_back(folder, name) for name in ("documents", "quarantine"))
            return known_times(rows("documents", documents), rows("quarantine", quarantine))
        except (ContractError, FileNotFoundError) as error:
            wrong = [str(error)]
    logger.warning("times of earlier runs are not taken over: %s", wrong[0])
    return {}


def settled_quality_results(df: pl.DataFrame, exports: Path) -> pl.DataFrame:
    """The exported results if a run found the same again, else `df`.

    So `run_id` and `checked_at` name the first run of those that found the same, and a run on
    unchanged input gives the same bytes.
    """
    if not (exports / CURRENT).exists():
        return df
    folder = open_set(exports)
    if wrong := damages(folder):
        logger.warning("earlier results of checks are not looked at: %s", wrong[0])
        return df
    before = _read_back(folder, "quality_results")
    return before if before.drop(RUN_COLUMNS).equals(df.drop(RUN_COLUMNS)) else df


def _read_back(folder: Path, name: str) -> pl.DataFrame:
    """An exported table with the columns of this version: null where the file does not carry one."""
    df = pl.read_parquet(folder / f"{name}.parquet")
    return df.select(
        pl.col(column) if column in df.columns else pl.lit(None, kind).alias(column)
        for column, kind in polars_schema(name).items()
    )


def _publish(root: Path, frames: Mapping[str, pl.DataFrame], settings: Settings) -> Exported:
    sets = root / SETS
    sets.mkdir(exist_ok=True)
    clear_leftovers(root, "")
    clear_leftovers(sets, "")
    new = sets / f"{BUILDING}set"
    new.mkdir()
    try:
        _write_set(new, frames, settings)
        name = _settle_name(sets, new)
    finally:
        clear_leftovers(sets, "")
    before = _target(root)
    if before != name:
        point_link(root / CURRENT, f"{SETS}/{name}")
    _refresh_links(root, sets / name)
    sync_file(root)
    _forget(sets, keep={name, before} if before != name else None)
    return Exported((sets / name).resolve(), changed=before != name)


def _write_set(folder: Path, frames: Mapping[str, pl.DataFrame], settings: Settings) -> None:
    for table in TABLES:
        path = folder / f"{table.name}.parquet"
        _write_parquet(path, table, frames[table.name], settings.export_text)
        sync_file(path)
    (folder / DICTIONARY).write_text(dictionary.render(), encoding="utf-8", newline="\n")
    sync_file(folder / DICTIONARY)
    descriptor = manifest(
        folder, frames, domain=settings.domain_folder.name, with_private=settings.export_text
    )
    sync_file(write_manifest(folder, descriptor))
    sync_file(folder)
    if wrong := verify_exports(folder):
        raise PublishError("exports_broken", f"What was written is not what was meant: {wrong[0]}")


def _write_parquet(path: Path, table: Table, df: pl.DataFrame, with_private: bool) -> None:
    """One table as Parquet, with descriptions in the file's own metadata and no trace of time or machine."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = arrow_types()
    columns = table.exported_columns(with_private)
    schema = pa.schema(
        [
            pa.field(c.name, types[c.type], c.nullable, metadata={"description": describe_column(c)})
            for c in columns
        ],
        metadata={"description": describe_table(table)},
    )
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for part in df.select([c.name for c in columns]).iter_slices(ROW_GROUP):
            writer.write_table(part.to_arrow().cast(schema))


def _settle_name(sets: Path, new: Path) -> str:
    """Give the set that was written its name; drop it if the same set is there already, whole."""
    digest = file_facts(new / MANIFEST).sha256[:16]
    name, attempt = digest, 1
    while (sets / name).exists():
        if not verify_exports(sets / name):
            return name
        # Somebody has damaged that set, and readers may look at it: leave it, and take another name.
        attempt += 1
        name = f"{digest}-{attempt}"
    new.rename(sets / name)
    sync_file(sets)
    return name


def _target(root: Path) -> str | None:
    """Name of the current set, or None."""
    link = root / CURRENT
    return link.readlink().name if link.is_symlink() else None


def _refresh_links(root: Path, folder: Path) -> None:
    """One link per file of the set; links to files that the set does not have are removed."""
    names = {path.name for path in folder.iterdir()}
    for name in sorted(names):
        link, target = root / name, f"{CURRENT}/{name}"
        if not (link.is_symlink() and str(link.readlink()) == target):
            point_link(link, target)
    for link in root.iterdir():
        if link.is_symlink() and link.name not in names and link.name != CURRENT:
            link.unlink()


def _forget(sets: Path, keep: set[str | None] | None) -> None:
    """Delete all sets but those in `keep`; None keeps all, since nothing has changed."""
    if keep is None:
        return
    for folder in sets.iterdir():
        if folder.name not in keep:
            shutil.rmtree(folder)

"""Parquet exports: whole sets of files beside each other, of which readers see exactly one.

    exports/statements.parquet -> current/statements.parquet     fixed paths for readers
    exports/current -> .sets/5f0c...                             swapped in one step
    exports/.sets/5f0c.../                                       a whole set, its manifest written last
    exports/.sets/91ab.../                                       the set before

A table of more rows than `FILE_ROWS` is a folder of such files, `statements/part-00000.parquet` and so on.
A set is named by the digest of its manifest, so unchanged data gives the set that is already there
and nothing moves. The set before stays until the next change, for readers that still have it open.
A reader of several files resolves `current` once (`open_set`) and reads them from the folder it finds.
If a run dies at any step, readers keep a whole set, and the next run clears up and finishes.
"""

from __future__ import annotations

import datetime as dt
import logging
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
    read_manifest,
    read_table,
    table_files,
    table_path,
    table_resource,
    verify_exports,
    write_manifest,
)
from pipeline.digests import files_digest, text_digest
from pipeline.errors import ContractError
from pipeline.ingest import known_times
from pipeline.settings import Settings
from pipeline.swap import BUILDING, PublishError, clear_leftovers, exclusive, point_link, storing, sync_file
from pipeline.tables import Source, height, polars_schema, rows, validate_frames, validate_whole

logger = logging.getLogger(__name__)

CURRENT: Final = "current"
SETS: Final = ".sets"
ROW_GROUP: Final = 50_000
"""Rows that are turned into Arrow at once: bounds memory."""
FILE_ROWS: Final = 1_000_000
"""Rows that one file holds at most: a larger table is a folder of files."""

RUN_COLUMNS: Final = ("run_id", "checked_at")
"""What of `quality_results` differs between runs that found the same."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A published set: its folder, and whether this call changed what readers see."""

    folder: Path
    changed: bool


def export_tables(
    frames: Mapping[str, Source],
    settings: Settings,
    *,
    unchecked: Collection[str] | None = None,
    same: Collection[str] | None = None,
) -> Exported:
    """Write a set of all tables and make it the current one in `settings.exports`.

    `frames` holds a frame, or a Parquet file, for every table of the contract, in its order of rows
    (`pipeline.tables.frame` gives it); of a file, a part is in memory at a time. `documents.text` is left out
    unless `settings.export_text`. Raise ContractError if a table does not keep the contract, PublishError if
    the folder cannot be used; readers then see what they saw.

    `unchecked` names the tables whose values no suite of checks has passed, by default all: of the others
    only columns and types are looked at.

    `same` says that this very code, under the same settings, wrote the set that is current in
    `settings.exports`, and of which tables its rows are those of `frames`: files of these are taken over.
    """
    validate_whole(frames, unchecked)
    before = None if same is None else open_set(settings.exports)

    def write(folder: Path) -> None:
        for table in TABLES:
            if before is not None and table.name in (same or ()):
                _take_over(folder, before, table_files(before, table.name))
            else:
                _write_table(folder, table, frames[table.name], settings.export_text)
        if before is not None:
            _take_over(folder, before, [before / DICTIONARY])
        else:
            (folder / DICTIONARY).write_text(dictionary.render(), encoding="utf-8", newline="\n")
            sync_file(folder / DICTIONARY)
        heights = {name: height(source) for name, source in frames.items()}
        sources = _publishers(frames["documents"])
        descriptor = manifest(
            folder,
            heights,
            sources,
            domain=settings.domain_folder.name,
            with_private=settings.export_text,
        )
        sync_file(write_manifest(folder, descriptor))

    with exclusive(settings.exports, "exports"), storing(settings.exports):
        return _publish(settings.exports, write)


def publish_set(built: Path, exports: Path, quality_results: pl.DataFrame) -> Exported:
    """Make a copy of the set `built`, with `quality_results` for its own, the current one in `exports`.

    `built` is the folder of one that `export_tables` wrote and whose checks have passed: its tables are
    copied as they are. Raise ContractError if the results do not keep the contract, PublishError if the
    folder cannot be used or what was copied is not what was checked; readers then see what they saw.
    """
    validate_frames({"quality_results": quality_results})
    (results,) = (table for table in TABLES if table.name == "quality_results")

    def write(folder: Path) -> None:
        shutil.copytree(
            built,
            folder,
            copy_function=shutil.copyfile,
            ignore=shutil.ignore_patterns(MANIFEST, f"{results.name}*"),
            dirs_exist_ok=True,
        )
        for path in folder.rglob("*"):
            sync_file(path)
        _write_table(folder, results, quality_results, with_private=False)
        descriptor = read_manifest(built)
        descriptor["resources"] = [
            table_resource(results, folder, quality_results.height, with_private=False)
            if resource["name"] == results.name
            else resource
            for resource in descriptor["resources"]
        ]
        sync_file(write_manifest(folder, descriptor))

    with exclusive(exports, "exports"), storing(exports):
        return _publish(exports, write)


def open_set(exports: Path) -> Path:
    """The folder of the set that is current now; its files stay the same whatever is published later.

    It is deleted at the second change after this. Raise PublishError if nothing has been exported.
    """
    try:
        return (exports / CURRENT).resolve(strict=True)
    except OSError as error:
        raise PublishError("no_exports", f"{exports} holds no exports yet.") from error


def set_digest(exports: Path) -> str:
    """Digest of all that readers see in `exports`: every file of the current set, and the names to reach it.

    Raise PublishError if nothing has been exported, OSError if a file cannot be read.
    """
    folder = open_set(exports)
    linked = sorted(path.name for path in exports.iterdir() if path.is_symlink() and path.exists())
    return text_digest(folder.name, linked, files_digest(folder, files_below(folder)))


def files_below(folder: Path) -> list[Path]:
    """All files of a set."""
    return [path for path in folder.rglob("*") if path.is_file()]


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
    df = read_table(folder, name)
    return df.select(
        pl.col(column) if column in df.columns else pl.lit(None, kind).alias(column)
        for column, kind in polars_schema(name).items()
    )


def _publish(root: Path, write: Callable[[Path], None]) -> Exported:
    sets = root / SETS
    sets.mkdir(exist_ok=True)
    clear_leftovers(root, "")
    clear_leftovers(sets, "")
    new = sets / f"{BUILDING}set"
    new.mkdir()
    try:
        write(new)
        sync_file(new)
        if wrong := verify_exports(new):
            raise PublishError("exports_broken", f"What was written is not what was meant: {wrong[0]}")
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


def _publishers(documents: Source) -> pl.DataFrame:
    """`publisher` and `documents`: how many were read of each."""
    lazy = documents.lazy() if isinstance(documents, pl.DataFrame) else pl.scan_parquet(documents, glob=False)
    counted = lazy.group_by("publisher").agg(pl.len().alias("documents"))
    return counted.sort("publisher", nulls_last=True).collect()


def _take_over(folder: Path, before: Path, files: Iterable[Path]) -> None:
    """Copy files of the set before to where they stood there."""
    for path in files:
        new = folder / path.relative_to(before)
        new.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, new)
        sync_file(new)
        sync_file(new.parent)


def _write_table(folder: Path, table: Table, source: Source, with_private: bool) -> None:
    """One table as a file, or as a folder of files if it has more than `FILE_ROWS` rows."""
    n_rows = height(source)
    if n_rows <= FILE_ROWS:
        _write_parquet(table_path(folder, table.name), table, source, with_private, 0, n_rows)
        return
    (folder / table.name).mkdir()
    for part, start in enumerate(range(0, n_rows, FILE_ROWS)):
        path = table_path(folder, table.name, part)
        _write_parquet(path, table, source, with_private, start, min(start + FILE_ROWS, n_rows))
    sync_file(folder / table.name)


def _write_parquet(
    path: Path, table: Table, source: Source, with_private: bool, start: int, end: int
) -> None:
    """Rows `start` to `end` as Parquet, described in the file's own metadata, no trace of time or machine."""
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
        for part in _slices(source, [c.name for c in columns], start, end):
            writer.write_table(part.to_arrow().cast(schema))
    sync_file(path)


def _slices(source: Source, columns: list[str], start: int, end: int) -> Iterator[pl.DataFrame]:
    """Rows `start` to `end` in parts of at most `ROW_GROUP`: the same parts of a frame as of a file."""
    lazy = source.lazy() if isinstance(source, pl.DataFrame) else pl.scan_parquet(source, glob=False)
    for at in range(start, end, ROW_GROUP):
        yield lazy.select(columns).slice(at, min(ROW_GROUP, end - at)).collect()


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

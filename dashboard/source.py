"""Where exports lie, and tables of exactly one generation of them, each file held against one manifest."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any, Final

import fsspec  # type: ignore[import-untyped]
import polars as pl

from pipeline.contract import Table, table
from pipeline.datapackage import MANIFEST, listed_files
from pipeline.errors import ParleyError
from pipeline.export import CURRENT
from pipeline.remote import current_set
from pipeline.settings import settings_from_env
from pipeline.swap import PublishError
from pipeline.tables import polars_schema

SETTING: Final = "PARLEY_EXPORTS"


class ExportError(ParleyError):
    """Exports cannot be shown; `code` says in what way, the message in words for the reader."""


def location(env: Mapping[str, str]) -> str:
    """Folder or URL of the exports: `PARLEY_EXPORTS`, else the exports of the warehouse of the settings."""
    return env.get(SETTING) or str(settings_from_env(env).exports)


@dataclass(slots=True)
class Generation:
    """One set of exports. Tables are read when they are first asked for, and kept.

    Attributes:
        folder: folder or URL of the set; where `current` is a link, what it pointed to.
        manifest: its data package descriptor.
        digest: SHA-256 of the manifest's bytes: the name of the generation.
        gaps: sentences on columns that the files lack and that are shown as empty.
    """

    folder: str
    manifest: Mapping[str, Any]
    digest: str
    gaps: list[str] = field(default_factory=list)
    _tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)

    def table(self, name: str) -> pl.DataFrame:
        """A table with all columns of the contract, those that the file lacks as nulls (see `gaps`).

        Raise ExportError if the file is missing, is not the one that the manifest describes, cannot be
        parsed, or lacks a column that every row must have.
        """
        with self._lock:
            if name not in self._tables:
                self._tables[name] = self._conform(table(name), self._parse(name))
            return self._tables[name]

    def _parse(self, name: str) -> pl.DataFrame:
        resource = next((r for r in self.manifest["resources"] if r.get("name") == name), None)
        if resource is None:
            raise ExportError("no_table", f"The exports hold no table {name}.")
        return pl.concat([self._parse_file(name, each) for each in listed_files(resource)])

    def _parse_file(self, name: str, listed: Mapping[str, Any]) -> pl.DataFrame:
        """One file of a table, which lies in the set's folder, or in the table's own within it."""
        file = str(listed.get("path"))
        if Path(file).name != file and file != f"{name}/{Path(file).name}":
            raise ExportError("bad_manifest", f"{MANIFEST} gives {file!r} as a file name.")
        data = _read(self.folder, file)
        if listed.get("hash") != f"sha256:{hashlib.sha256(data).hexdigest()}":
            raise ExportError(
                "other_generation",
                f"{file} is not the file that {MANIFEST} describes: it is damaged, or of another run. "
                "Nothing of it is shown, since rows of two runs would be mixed.",
            )
        try:
            return pl.read_parquet(io.BytesIO(data))
        except (pl.exceptions.PolarsError, OSError) as error:
            raise ExportError("broken_parquet", f"{file} cannot be read as Parquet: {error}") from error

    def _conform(self, declared: Table, df: pl.DataFrame) -> pl.DataFrame:
        lacking = [c for c in declared.columns if c.name not in df.columns]
        if required := [c.name for c in lacking if not c.nullable and not c.private]:
            raise ExportError(
                "missing_columns",
                f"{declared.name} lacks {', '.join(required)}, without which its rows mean nothing. "
                "The exports seem to be of another version: export again with this one.",
            )
        self.gaps += [
            f"{declared.name} has no column {c.name}; it is shown as empty." for c in lacking if not c.private
        ]
        try:
            return df.select(
                (pl.col(name) if name in df.columns else pl.lit(None)).cast(kind).alias(name)
                for name, kind in polars_schema(declared.name).items()
            )
        except pl.exceptions.PolarsError as error:
            raise ExportError(
                "wrong_types", f"{declared.name} has columns of other types: {error}"
            ) from error


def open_generation(where: str) -> Generation:
    """The generation that is current at a folder or URL now.

    Raise ExportError if there is none, the place cannot be reached, or its manifest cannot be read.
    """
    folder = _resolve(where)
    data = _read(folder, MANIFEST)
    try:
        manifest = json.loads(data)
        if not isinstance(manifest["resources"], list):
            raise TypeError("resources is no list")
    except (ValueError, KeyError, TypeError) as error:
        raise ExportError("bad_manifest", f"{MANIFEST} in {where} cannot be read: {error!r}.") from error
    return Generation(folder, manifest, hashlib.sha256(data).hexdigest())


def current_name(where: str) -> str:
    """What tells the generation that is current now from others, at the price of reading the manifest.

    Its folder and the manifest's digest: a damaged set and the whole one in its place have the same manifest.
    """
    folder = _resolve(where)
    return f"{folder}#{hashlib.sha256(_read(folder, MANIFEST)).hexdigest()}"


def is_url(where: str) -> bool:
    """Whether a place is a URL for fsspec rather than a folder of this machine."""
    return "://" in where


def _resolve(where: str) -> str:
    """The folder that holds a whole set; links are followed once, so that later reads stay in one set."""
    if is_url(where):
        return _pointed(where.rstrip("/"))
    root = Path(where)
    current = root / CURRENT
    return str((current if current.exists() else root).resolve())


def _pointed(url: str) -> str:
    """The set that the pointer of `pipeline.remote` names; the place itself where there is no pointer."""
    try:
        return current_set(url)
    except PublishError as error:
        if error.code == "no_exports":
            return url
        raise ExportError("unreachable", error.message) from error
    except OSError as error:
        raise ExportError("unreachable", f"{url} cannot be read: {error}") from error


def _read(folder: str, file: str) -> bytes:
    try:
        if not is_url(folder):
            return (Path(folder) / file).read_bytes()
        with fsspec.open(f"{folder}/{file}", "rb") as handle:
            content: bytes = handle.read()
            return content
    except FileNotFoundError as error:
        if file == MANIFEST:
            raise ExportError("no_exports", f"There are no exports in {folder}.") from error
        raise ExportError("no_file", f"{file}, which {MANIFEST} lists, is not in {folder}.") from error
    # Libraries behind fsspec raise errors of their own for the same: no network, no right to read.
    except (OSError, ValueError, ImportError) as error:
        raise ExportError("unreachable", f"{folder}/{file} cannot be read: {error}") from error

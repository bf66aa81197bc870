"""Exports for the dashboard's tests: small, empty, hostile or broken in a chosen way."""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import polars as pl

from dashboard.corpus import Corpus
from dashboard.source import open_generation
from pipeline import __version__
from tests.synthetic_rows import synthetic_frames

HOSTILE = (
    "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'> **bold** "
    "[go](javascript:window.ran=1) "
    "$x^2$ :material/home: =cmd|' /C calc'!A0"
)


@lru_cache
def small_frames() -> dict[str, pl.DataFrame]:
    """Frames of a small corpus, texts included."""
    return synthetic_frames(60, 3)


def without_text(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """As exports are by default."""
    return {**frames, "documents": frames["documents"].drop("text")}


def emptied(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """All tables there, no row in any."""
    return {name: df.clear() for name, df in without_text(frames).items()}


def hostile(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Every text that comes from documents holds markup, a link that runs, and a spreadsheet formula."""
    words = {
        "documents": ("title", "publisher", "source_file"),
        "statements": ("content", "speaker_name"),
        "issue_positions": ("evidence", "actor_name", "condition"),
        "meeting_mentions": ("evidence", "place"),
        "meetings": ("label", "place"),
        "meeting_participants": ("name",),
        "entities": ("name",),
        "quarantine": ("source_file", "detail"),
        "set_aside_rows": ("detail",),
        "issues": ("label", "proposition"),
    }
    changed = without_text(frames)
    for name, columns in words.items():
        changed[name] = changed[name].with_columns(
            pl.concat_str(pl.lit(HOSTILE + " "), pl.col(column).fill_null("")).alias(column)
            for column in columns
        )
    return changed


def write(folder: Path, frames: Mapping[str, pl.DataFrame]) -> Path:
    """Write files and a manifest that names and hashes them."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for name, df in frames.items():
        path = folder / f"{name}.parquet"
        df.write_parquet(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        resources.append({"name": name, "path": path.name, "hash": f"sha256:{digest}", "rowCount": df.height})
    manifest = {"name": "parley", "code": {"version": __version__}, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def corpus_of(folder: Path, frames: Mapping[str, pl.DataFrame]) -> Corpus:
    """A corpus read back from written exports."""
    return Corpus(open_generation(str(write(folder, frames))))

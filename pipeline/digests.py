"""Digests of what results depend on: files, the project's own code and data, the versions of libraries."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Final

from blake3 import blake3

from pipeline.errors import ParleyError
from pipeline.settings import PROJECT_ROOT, Settings

CODE: Final = (
    *("pipeline/**/*.py", "pipeline/**/*.j2", "assets/**/*.py", "expectations/**/*.py"),
    "warehouse/*.sql",
)
"""Files of the project that decide what a run makes."""
DATA_SUFFIXES: Final = (".yaml", ".yml", ".csv", ".json")
ELSEWHERE: Final = frozenset({"warehouse", "publish_to", "workers", "cluster"})
"""Settings that say where a run writes and who works for it, and change nothing of what it makes."""
LIBRARIES: Final = ("polars", "duckdb", "pyarrow", "spacy", "great_expectations")
_CHUNK: Final = 1 << 20


def file_digest(path: Path) -> str:
    """BLAKE3 of a file, read once for as long as the file is the same one and nobody has written to it.

    Runs compare whole databases by it, for which SHA-256 takes some fifteen times as long. Raise OSError if
    it cannot be read.
    """
    status = path.stat()
    # The time of the last change of the inode cannot be set back by whoever writes.
    return _digest_once(
        path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    )


@lru_cache(maxsize=1024)
def _digest_once(path: Path, *state: int) -> str:
    digest = blake3()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def read_digest(path: Path) -> str:
    """SHA-256 of a file as it is now; raise OSError if it cannot be read."""
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            yield chunk


def text_digest(*parts: object) -> str:
    """SHA-256 over the texts of `parts`, none of which runs into the next."""
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode("utf-8")).hexdigest()


def files_digest(root: Path, paths: Iterable[Path]) -> str:
    """Digest over names, as seen from `root`, and contents of files, in whatever order they come."""
    listed = sorted((os.fsdecode(path.relative_to(root)), file_digest(path)) for path in paths)
    return hashlib.sha256(json.dumps(listed).encode("utf-8")).hexdigest()


def folder_digest(folder: Path, suffixes: tuple[str, ...]) -> str:
    """Digest over the files below a folder that end in one of `suffixes`, however many there are."""
    found = (path for suffix in suffixes for path in folder.rglob(f"*{suffix}") if path.is_file())
    return files_digest(folder, found)


@lru_cache(maxsize=1)
def code_digest() -> str:
    """Digest of the project's code, as it was when this process first asked, and of its libraries."""
    own = files_digest(PROJECT_ROOT, (path for pattern in CODE for path in PROJECT_ROOT.glob(pattern)))
    return text_digest(own, *(importlib.metadata.version(name) for name in LIBRARIES))


def settings_facts(settings: Settings) -> Mapping[str, str]:
    """What of the settings, and of the files that they name, decides what a run makes: name -> value."""
    plain = {
        field.name: repr(getattr(settings, field.name))
        for field in fields(settings)
        if field.name not in ELSEWHERE
    }
    return plain | {
        "domain": f"{settings.domain_folder} {folder_digest(settings.domain_folder, DATA_SUFFIXES)}",
        "reference": folder_digest(settings.reference, DATA_SUFFIXES),
        "baselines": file_digest(PROJECT_ROOT / "seeds" / "baselines.yaml"),
        "model": _model(settings.model),
    }


def _model(name: str) -> str:
    from pipeline.nlp import model_fingerprint

    try:
        return model_fingerprint(name)
    except (ParleyError, importlib.metadata.PackageNotFoundError):
        return f"{name}, not installed"  # whoever loads it says so

"""Replacing what readers see in one step: locks, leftovers and durable renames of published files."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pipeline.errors import ParleyError, storage_error

BUILDING: Final = ".building-"
"""Prefix of everything that is being written and not yet published."""

LOCK_SECONDS: Final = 60.0


class PublishError(ParleyError):
    """The database or the exports cannot be published; what was published before is untouched."""


@contextmanager
def storing(where: Path) -> Iterator[None]:
    """Tell a disk that is full or closed to us by a code of its own; other errors pass as they are."""
    try:
        yield
    except Exception as error:
        if (told := storage_error(error, where)) is not None:
            raise told from error
        raise


@contextmanager
def exclusive(
    folder: Path, name: str, seconds: float = LOCK_SECONDS, holder: str | None = None
) -> Iterator[None]:
    """Hold the lock `name` in `folder` (made if missing), so that one process at a time works there.

    The system frees the lock when its holder dies. Whoever holds it may therefore delete what an
    earlier holder left half-written. Processes that give the same `holder` work together: only the first
    of them holds the lock. Raise PublishError if it is not free after `seconds`, StorageError if the folder
    cannot be written to.
    """
    path = folder / f".{name}.lock"
    deadline = time.monotonic() + seconds
    with storing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        handle = path.open("a+")
    with handle:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                handle.seek(0)
                if holder is not None and handle.read() == holder:
                    break
                if time.monotonic() >= deadline:
                    raise PublishError(
                        "publish_locked", f"{path} has been held by another run for {seconds:g} seconds."
                    ) from None
                time.sleep(0.05)
        if holder is not None:
            handle.truncate(0)
            handle.write(holder)
            handle.flush()
        yield


def clear_leftovers(folder: Path, name: str) -> None:
    """Delete what runs that died left half-written under `name`; call it only while holding the lock."""
    for path in folder.glob(f"{BUILDING}{name}*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def replace_text(path: Path, text: str) -> None:
    """Write `path`, whose folder is made if missing, in one step: nobody reads half of it."""
    with storing(path), writing(path) as new:
        new.write_text(text, encoding="utf-8")


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """A file to write beside `path`, whose folder is made if missing; it takes its place when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield new
        sync_file(new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def point_link(link: Path, target: str) -> None:
    """Make `link` a symbolic link to `target` in one step, whatever link or file was there before."""
    new = link.with_name(f"{BUILDING}{link.name}")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)


def sync_file(path: Path) -> None:
    """Wait until the content of a file, or the names in a folder, are on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

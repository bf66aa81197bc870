"""What lies in the folder of input documents: a listing to compare with what was read, and its digest."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.digests import read_digest, text_digest
from pipeline.ingest.formats import is_input
from pipeline.swap import replace_text
from pipeline.text import shown_path

_SETTLING_NS: Final = 2_000_000_000
"""How long a file must have been left alone: longer than any file system's clock takes to go on."""


@dataclass(frozen=True, slots=True, order=True)
class ListedFile:
    """One file below the folder: its path with forward slashes, its size and when it was changed.

    `is_input` tells documents from what may lie beside them, such as metadata files.
    """

    path: str
    size: int
    modified_ns: int
    is_input: bool
    tag: str = ""
    """What an object store says of the content; empty for files of this machine."""


def list_files(folder: Path | str) -> tuple[ListedFile, ...]:
    """All files below `folder` that are not hidden, by path; none if the folder does not exist.

    Files that vanish while the folder is read are left out. Links to folders are not followed. A folder on
    object storage is named by its URL.
    """
    if isinstance(folder, str):
        from pipeline.ingest.remote import RemoteFolder, is_remote_input

        return tuple(
            ListedFile(each.path, each.size, each.modified_ns, is_remote_input(each), each.tag)
            for each in RemoteFolder(folder).objects()
        )
    return tuple(file for file, _ in _walk(folder))


def _walk(folder: Path) -> list[tuple[ListedFile, os.stat_result]]:
    """The files below a folder of this machine, by path, with all that the system says of each."""
    found = []
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # A folder that bears an input's name counts as an input, as it does for ingestion.
        named = [name for name in folders if is_input(name)]
        below = "" if here == str(folder) else f"{Path(here).relative_to(folder).as_posix()}/"
        for name in (*named, *(name for name in files if not name.startswith("."))):
            try:
                status = os.lstat(f"{here}{os.sep}{name}")
            except FileNotFoundError:
                continue
            path = shown_path(f"{below}{name}")
            listed = ListedFile(path, status.st_size, status.st_mtime_ns, is_input(name))
            found.append((listed, status))
    return sorted(found, key=lambda each: each[0].path)


def digest(files: tuple[ListedFile, ...]) -> str:
    """Digest of a listing: differs once a file arrives, changes or vanishes."""
    text = "\n".join(f"{f.path}\x1f{f.size}\x1f{f.modified_ns}\x1f{f.tag}" for f in files)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def contents_digest(folder: Path | str, note: Path | None = None) -> str | None:
    """Digest of the names and the bytes of all files below `folder`: the same whenever they were written.

    A file that cannot be read counts as such. None where there is no folder, or it lies on object storage,
    where to ask for the bytes is to read them.

    `note` is a file that keeps the digest beside what the system said of the files when they were read: as
    long as it says the same of each, with the time of the last change of its inode, which whoever writes
    cannot set back, nobody has written to any. What changed but now is not noted, since a second change
    may bear the same time; neither is what bears a time to come, after a clock has jumped back.
    """
    if not isinstance(folder, Path) or not folder.is_dir():
        return None
    began = time.time_ns()
    files = _walk(folder)
    state = text_digest(*((file.path, *_state(status)) for file, status in files))
    if note is not None and (noted := _noted(note, state)) is not None:
        return noted
    digest = hashlib.sha256()
    for file, _ in files:
        try:
            content = read_digest(folder / file.path)
        except OSError as error:
            content = f"errno {error.errno}"
        digest.update(f"{file.path}\x1f{content}\n".encode("utf-8", "surrogateescape"))
    contents = digest.hexdigest()
    if note is not None and _settled(files, began):
        replace_text(note, json.dumps({"state": state, "contents": contents}))
    return contents


def _state(status: os.stat_result) -> tuple[int, ...]:
    return (
        status.st_dev,
        status.st_ino,
        status.st_mode,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )


def _settled(files: Sequence[tuple[ListedFile, os.stat_result]], began: int) -> bool:
    """Whether all files are plain ones, of which no one was written to shortly before they were read."""
    return all(
        stat.S_ISREG(status.st_mode) and max(status.st_ctime_ns, status.st_mtime_ns) < began - _SETTLING_NS
        for _, status in files
    )


def _noted(note: Path, state: str) -> str | None:
    """The digest that was noted for files in this state; a note that is no such note counts as none."""
    try:
        noted = json.loads(note.read_text(encoding="utf-8"))
        return str(noted["contents"]) if noted["state"] == state else None
    except (OSError, ValueError, KeyError, TypeError):
        return None

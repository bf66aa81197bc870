"""What lies in the folder of input documents: a listing to compare with what was read, and its digest."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.digests import read_digest
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


@dataclass(frozen=True, slots=True)
class Contents:
    """What lies in a folder of this machine.

    Attributes:
        files: as `list_files` gives them.
        digests: SHA-256 of the bytes of each plain file that could be read, by path.
        digest: of the names and the bytes of all: the same whenever they were written.
    """

    files: tuple[ListedFile, ...]
    digests: Mapping[str, str]
    digest: str


def contents(folder: Path | str, note: Path | None = None) -> Contents | None:
    """Names and bytes of all files below `folder`; a file that cannot be read counts as such.

    None where there is no folder, or it lies on object storage, where to ask for the bytes is to read them.

    `note` is a file that keeps the digest of each file beside what the system said of it when it was read:
    as long as it says the same, with the time of the last change of its inode, which whoever writes
    cannot set back, nobody has written to it. What changed but now is not noted, since a second change
    may bear the same time; neither is what bears a time to come, after a clock has jumped back.
    """
    if not isinstance(folder, Path) or not folder.is_dir():
        return None
    began = time.time_ns()
    files = _walk(folder)
    noted = {} if note is None else _noted(note)
    to_note: dict[str, list[str]] = {}
    digests: dict[str, str] = {}
    digest = hashlib.sha256()
    for file, status in files:
        state = _state(status)
        known = noted.get(file.path)
        if known is not None and known[0] == state:
            content = known[1]
        else:
            try:
                content = read_digest(folder / file.path)
            except OSError as error:
                content = f"errno {error.errno}"
        if stat.S_ISREG(status.st_mode) and not content.startswith("errno"):
            digests[file.path] = content
            if max(status.st_ctime_ns, status.st_mtime_ns) < began - _SETTLING_NS:
                to_note[file.path] = [state, content]
        digest.update(f"{file.path}\x1f{content}\n".encode("utf-8", "surrogateescape"))
    if note is not None and to_note != noted:
        replace_text(note, json.dumps(to_note))
    return Contents(tuple(file for file, _ in files), digests, digest.hexdigest())


def _state(status: os.stat_result) -> str:
    told = (
        status.st_dev,
        status.st_ino,
        status.st_mode,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )
    return " ".join(map(str, told))


def _noted(note: Path) -> dict[str, list[str]]:
    """State and digest that were noted of each file; a note that is no such note counts as none."""
    try:
        noted = json.loads(note.read_text(encoding="utf-8"))
        return {str(path): [str(state), str(digest)] for path, (state, digest) in noted.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}

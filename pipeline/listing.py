"""What lies in the folder of input documents: a listing to compare with what was read, and its digest."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.digests import read_digest
from pipeline.ingest.formats import is_input
from pipeline.text import shown_path


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
    found = []
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # A folder that bears an input's name counts as an input, as it does for ingestion.
        named = [name for name in folders if is_input(name)]
        for name in (*named, *(name for name in files if not name.startswith("."))):
            path = Path(here, name)
            try:
                status = path.lstat()
            except FileNotFoundError:
                continue
            relative = shown_path(path.relative_to(folder).as_posix())
            found.append(ListedFile(relative, status.st_size, status.st_mtime_ns, is_input(name)))
    return tuple(sorted(found))


def digest(files: tuple[ListedFile, ...]) -> str:
    """Digest of a listing: differs once a file arrives, changes or vanishes."""
    text = "\n".join(f"{f.path}\x1f{f.size}\x1f{f.modified_ns}\x1f{f.tag}" for f in files)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def contents_digest(folder: Path | str) -> str | None:
    """Digest of the names and the bytes of all files below `folder`: the same whenever they were written.

    A file that cannot be read counts as such. None where there is no folder, or it lies on object storage,
    where to ask for the bytes is to read them.
    """
    if not isinstance(folder, Path) or not folder.is_dir():
        return None
    digest = hashlib.sha256()
    for file in list_files(folder):
        try:
            content = read_digest(folder / file.path)
        except OSError as error:
            content = f"errno {error.errno}"
        digest.update(f"{file.path}\x1f{content}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()

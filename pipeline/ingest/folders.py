"""Where inputs lie: what a folder holds, told apart by name, and its files opened safely."""

from __future__ import annotations

import logging
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Protocol

from pipeline.errors import Reason, ReferenceDataError
from pipeline.ingest.formats import Named, is_input, named
from pipeline.ingest.model import RefusalError
from pipeline.ingest.sidecar import Beside
from pipeline.reference import load_reference
from pipeline.text import shown_path

logger = logging.getLogger(__name__)

MAX_SIDECAR_BYTES = 100_000
"""Size of the largest sidecar that is read; what they say takes a few hundred bytes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One input of a folder: `path` below it with forward slashes, as people read it, and where it lies.

    `place` is a path of this machine, or a key in an object store.
    """

    path: str
    place: Path | str
    named: Named


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds: inputs, and the names of what is ignored, both in order of path."""

    inputs: tuple[Entry, ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file and its size in bytes."""

    stream: BinaryIO
    size: int


class Folder(Protocol):
    """A place that holds inputs."""

    def exists(self) -> bool:
        """Whether the folder is there."""

    def walk(self) -> Listing:
        """What lies in it and below."""

    def open(self, entry: Entry) -> Opened:
        """Open an input; raise RefusalError if it cannot be."""

    def beside(self, entry: Entry) -> Beside | None:
        """What the metadata file beside an input says; raise RefusalError if it is not valid."""


def folder_of(place: Path | str) -> Folder:
    """The folder that a setting names: a path of this machine, or a URL on object storage."""
    if isinstance(place, Path):
        return LocalFolder(place)
    from pipeline.ingest.remote import RemoteFolder

    return RemoteFolder(place)


class LocalFolder:
    """A folder of this machine. Links are followed as long as they stay inside; those to folders never."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._inside: dict[Path, bool] = {}

    def exists(self) -> bool:
        return self.root.is_dir()

    def walk(self) -> Listing:
        """Inputs in order of path; hidden files and folders, links to folders, other endings are ignored."""
        inputs: list[str] = []
        others: list[str] = []
        unlistable: list[OSError] = []
        for folder, folders, files in os.walk(self.root, onerror=unlistable.append):
            here = "" if folder == str(self.root) else f"{Path(folder).relative_to(self.root).as_posix()}/"
            hidden = [name for name in folders if name.startswith(".")]
            linked = [name for name in folders if Path(folder, name).is_symlink()]
            others += [here + name for name in hidden]
            # A folder that bears an input's name is an input that cannot be read, and may hold others.
            inputs += [here + name for name in folders if is_input(name)]
            others += [here + n for n in linked if n not in hidden and not is_input(n)]
            folders[:] = [name for name in folders if name not in hidden and name not in linked]
            for name in files:
                (inputs if is_input(name) else others).append(here + name)
        for error in unlistable:
            logger.warning("folder %s cannot be listed: %s", error.filename, error.strerror)
        entries: list[Entry] = []
        sidecars: set[str] = set()
        for path in sorted(inputs, key=os.fsencode):
            before, slash, name = path.rpartition("/")
            told = named(name)
            if told is not None:
                entries.append(Entry(shown_path(path), self.root / path, told))
                sidecars.add(f"{before}{slash}{told.sidecar}")
        ignored = [shown_path(p) for p in sorted(others, key=os.fsencode) if p not in sidecars]
        return Listing(tuple(entries), tuple(ignored))

    def open(self, entry: Entry) -> Opened:
        try:
            real, size = self._real(Path(entry.place))
            return Opened(real.open("rb"), size)
        except RuntimeError as error:  # pathlib's word for a loop of links
            raise RefusalError(Reason.UNREADABLE, f"The file is a loop of links: {error}.") from error
        except OSError as error:
            raise RefusalError(Reason.UNREADABLE, f"The file cannot be read: {error.strerror}.") from error

    def _real(self, path: Path) -> tuple[Path, int]:
        """Where a path leads, and its size; raise RefusalError if that is out of the folder, or no file."""
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode) or not self._holds(path.parent):
            path = path.resolve(strict=True)
            status = path.stat()
            if not path.is_relative_to(self._root):
                raise RefusalError(Reason.UNREADABLE, "The file is a link that leads out of the seed folder.")
        if not stat.S_ISREG(status.st_mode):
            kind = "folder" if stat.S_ISDIR(status.st_mode) else "device or pipe"
            raise RefusalError(Reason.UNREADABLE, f"The path is a {kind}, not a file.")
        return path, status.st_size

    @cached_property
    def _root(self) -> Path:
        return self.root.resolve()

    def _holds(self, folder: Path) -> bool:
        """Whether a folder of many files truly lies in this one; it is asked for once."""
        if folder not in self._inside:
            self._inside[folder] = folder.resolve(strict=True).is_relative_to(self._root)
        return self._inside[folder]

    def beside(self, entry: Entry) -> Beside | None:
        place = os.fspath(entry.place)
        name = f"{place[: place.rindex('/') + 1]}{entry.named.sidecar}"
        if not os.path.lexists(name):  # also False where the name would be longer than names may be
            return None
        path = Path(name)
        real, name = path, shown_path(path.name)
        try:
            real, _ = self._real(path)
            return load_reference(real, Beside, MAX_SIDECAR_BYTES)
        except RefusalError as refusal:
            raise RefusalError(Reason.BAD_SIDECAR, f"{name}: {refusal.detail}") from refusal
        except (OSError, RuntimeError) as error:
            detail = getattr(error, "strerror", None) or "a loop of links"
            raise RefusalError(Reason.BAD_SIDECAR, f"{name} cannot be read: {detail}.") from error
        except ReferenceDataError as error:
            detail = shown_path(" ".join(error.message.replace(str(real), path.name).split()))
            raise RefusalError(Reason.BAD_SIDECAR, detail) from error

"""Where inputs lie: what a folder holds, told apart by name, and its files opened safely."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
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

    def exists(self) -> bool:
        return self.root.is_dir()

    def walk(self) -> Listing:
        """Inputs in order of path; hidden files and folders, links to folders, other endings are ignored."""
        inputs: list[Path] = []
        others: list[Path] = []
        unlistable: list[OSError] = []
        for folder, folders, files in os.walk(self.root, onerror=unlistable.append):
            here = Path(folder)
            hidden = [name for name in folders if name.startswith(".")]
            linked = [name for name in folders if (here / name).is_symlink()]
            others += [here / name for name in hidden]
            # A folder that bears an input's name is an input that cannot be read, and may hold others.
            inputs += [here / name for name in folders if is_input(name)]
            others += [here / n for n in linked if n not in hidden and not is_input(n)]
            folders[:] = [name for name in folders if name not in hidden and name not in linked]
            for name in files:
                (inputs if is_input(name) else others).append(here / name)
        for error in unlistable:
            logger.warning("folder %s cannot be listed: %s", error.filename, error.strerror)
        entries = tuple(self._entries(sorted(inputs, key=_by_path)))
        sidecars = {Path(entry.place).with_name(entry.named.sidecar) for entry in entries}
        ignored = [self._relative(p) for p in sorted(others, key=_by_path) if p not in sidecars]
        return Listing(entries, tuple(ignored))

    def _entries(self, paths: Iterable[Path]) -> Iterable[Entry]:
        for path in paths:
            told = named(path.name)
            if told is not None:
                yield Entry(self._relative(path), path, told)

    def _relative(self, path: Path) -> str:
        """Path below the folder with forward slashes, as it can be shown."""
        return shown_path(path.relative_to(self.root).as_posix())

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
        real = path.resolve(strict=True)
        status = real.stat()
        if not real.is_relative_to(self.root.resolve()):
            raise RefusalError(Reason.UNREADABLE, "The file is a link that leads out of the seed folder.")
        if not stat.S_ISREG(status.st_mode):
            kind = "folder" if stat.S_ISDIR(status.st_mode) else "device or pipe"
            raise RefusalError(Reason.UNREADABLE, f"The path is a {kind}, not a file.")
        return real, status.st_size

    def beside(self, entry: Entry) -> Beside | None:
        path = Path(entry.place).with_name(entry.named.sidecar)
        if not os.path.lexists(path):  # also False where the name would be longer than names may be
            return None
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


def _by_path(path: Path) -> bytes:
    return os.fsencode(path.as_posix())

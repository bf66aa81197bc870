"""Inputs on object storage: a prefix of any store that fsspec opens, listed and read like a folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, cast

from pipeline.errors import Reason, ReferenceDataError, SettingsError
from pipeline.ingest.folders import Entry, Listing, Opened
from pipeline.ingest.formats import is_input, named
from pipeline.ingest.model import RefusalError
from pipeline.ingest.sidecar import Beside
from pipeline.reference import parse_reference

_MODIFIED: Final = ("LastModified", "last_modified", "updated", "mtime", "modified", "created")
_TAGS: Final = ("ETag", "etag", "md5Hash")
_MAX_SIDECAR: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Remote:
    """One object below the prefix: its path there, its key in the store, and what tells a change."""

    path: str
    key: str
    size: int
    modified_ns: int
    tag: str


class RemoteFolder:
    """A prefix on object storage (``s3://bucket/prefix``, ``gs://…``, ``az://…``, ``memory://…``).

    Credentials and endpoint are taken as the store's driver takes them, from the environment. Raise
    SettingsError: ``seeds_driver_missing`` if no driver is installed, ``seeds_unreachable`` if the store does
    not answer.
    """

    def __init__(self, url: str) -> None:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]

        self.url = url
        try:
            fs, root = url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise SettingsError("seeds_driver_missing", f"{url} cannot be read: {error}.") from error
        self._fs: Any = fs
        self._root: str = root.rstrip("/")
        self._keys: dict[str, int] | None = None

    def exists(self) -> bool:
        try:
            self._fs.invalidate_cache()
            return bool(self._fs.isdir(self._root))
        except Exception as error:  # each driver has errors of its own
            raise SettingsError("seeds_unreachable", f"{self.url} cannot be read: {error}.") from error

    def objects(self) -> tuple[Remote, ...]:
        """All objects below the prefix that are not hidden, in order of path."""
        try:
            self._fs.invalidate_cache()
            found: Mapping[str, Mapping[str, Any]] = self._fs.find(self._root, detail=True)
        except FileNotFoundError:
            return ()
        except Exception as error:  # each driver has errors of its own
            raise SettingsError("seeds_unreachable", f"{self.url} cannot be read: {error}.") from error
        return tuple(sorted(self._objects(found), key=lambda each: each.path.encode("utf-8", "replace")))

    def _objects(self, found: Mapping[str, Mapping[str, Any]]) -> Iterator[Remote]:
        for key, told in found.items():
            path = key.removeprefix(self._root).lstrip("/")
            if path and not any(part.startswith(".") for part in path.split("/")):
                shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
                yield Remote(shown, key, int(told.get("size") or 0), _modified(told), _tag(told))

    def walk(self) -> Listing:
        objects = self.objects()
        self._keys = {each.key: each.size for each in objects}
        inputs = tuple(self._entries(objects))
        sidecars = {_beside(entry) for entry in inputs}
        names = {entry.place for entry in inputs}
        ignored = tuple(each.path for each in objects if each.key not in names and each.key not in sidecars)
        return Listing(inputs, ignored)

    def _entries(self, objects: tuple[Remote, ...]) -> Iterator[Entry]:
        for each in objects:
            told = named(each.path.rpartition("/")[2])
            if told is not None:
                yield Entry(each.path, each.key, told)

    def open(self, entry: Entry) -> Opened:
        key = str(entry.place)
        size = (self._keys or {}).get(key, 0)
        try:
            return Opened(cast(BinaryIO, self._fs.open(key, "rb")), size)
        except Exception as error:  # each driver has errors of its own
            raise RefusalError(Reason.UNREADABLE, f"The object cannot be read: {error}.") from error

    def beside(self, entry: Entry) -> Beside | None:
        key = _beside(entry)
        size = (self._keys or {}).get(key)
        if size is None:
            return None
        name = entry.named.sidecar
        if size > _MAX_SIDECAR:
            raise RefusalError(Reason.BAD_SIDECAR, f"{name} has {size} bytes; the limit is {_MAX_SIDECAR}.")
        try:
            text = bytes(self._fs.cat_file(key)).decode("utf-8")
            return parse_reference(text, name, Beside)
        except (ReferenceDataError, UnicodeDecodeError) as error:
            detail = error.message if isinstance(error, ReferenceDataError) else f"{name} is not UTF-8."
            raise RefusalError(Reason.BAD_SIDECAR, detail) from error
        except Exception as error:  # each driver has errors of its own
            raise RefusalError(Reason.BAD_SIDECAR, f"{name} cannot be read: {error}.") from error


def is_remote_input(each: Remote) -> bool:
    """Whether an object's name is an input's."""
    return is_input(each.path.rpartition("/")[2])


def _beside(entry: Entry) -> str:
    folder, slash, _ = str(entry.place).rpartition("/")
    return f"{folder}{slash}{entry.named.sidecar}"


def _modified(told: Mapping[str, Any]) -> int:
    for name in _MODIFIED:
        value = told.get(name)
        if isinstance(value, dt.datetime):
            return int(value.timestamp() * 1_000_000_000)
        if isinstance(value, int | float):
            return int(value * 1_000_000_000)
        if isinstance(value, str):
            try:
                return int(dt.datetime.fromisoformat(value).timestamp() * 1_000_000_000)
            except ValueError:
                continue
    return 0


def _tag(told: Mapping[str, Any]) -> str:
    return next((str(told[name]).strip('"') for name in _TAGS if told.get(name)), "")

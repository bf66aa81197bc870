"""Exports on object storage: whole sets under one prefix, and a pointer to the set that is current.

    <url>/current.json               which set is current: written last, in one request
    <url>/sets/5f0c.../…             a whole set, as it lies in the warehouse's exports, its manifest last
    <url>/sets/91ab.../…             the set before

Object stores have neither links nor renames; a single small object that is replaced whole takes their place.
A reader asks the pointer once (`current_set`) and reads the files of the set that it names: they stay the
same whatever is published later. If a run dies on the way, the pointer names the set before, and the next
run finishes. The set before stays until the next change, for readers that still have it open.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from pipeline.datapackage import MANIFEST
from pipeline.export import open_set
from pipeline.swap import PublishError

POINTER: Final = "current.json"
SETS: Final = "sets"

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The set that readers of object storage see now: its URL, what was sent, whether the pointer moved."""

    url: str
    n_sent: int
    changed: bool


def mirror_exports(exports: Path, url: str) -> Mirrored:
    """Put the set that is current in `exports` at `url` (any URL of fsspec), and point to it.

    Files that are there already in their size are not sent again. Raise PublishError: ``no_exports`` if
    nothing has been exported, ``remote_driver_missing`` if fsspec has no driver for the URL,
    ``remote_incomplete`` if what arrived differs from what was sent, ``remote_failed`` for errors of the
    store that are none of input and output; OSError for those, which a second try may mend.
    """
    folder = open_set(exports)
    fs, root = _filesystem(url)
    target = f"{root}/{SETS}/{folder.name}"

    def send() -> Mirrored:
        before = _pointer(fs, root)
        sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in _files(folder)}
        there = _sizes(fs, target)
        wanted = [name for name in sizes if there.get(name) != sizes[name]]
        # The manifest names the set's files, so it goes when they are all there.
        for name in sorted(wanted, key=lambda name: (name == MANIFEST, name)):
            fs.put_file(str(folder / name), f"{target}/{name}")
        if wanted and (lacking := _lacking(sizes, _sizes(fs, target))):
            raise PublishError("remote_incomplete", f"{url} does not hold {lacking} as it was sent.")
        if before != folder.name:
            fs.pipe_file(f"{root}/{POINTER}", json.dumps({"set": folder.name}).encode())
            _forget(fs, root, keep={folder.name, before})
        return Mirrored(_joined(url, folder.name), len(wanted), before != folder.name)

    return _told(url, send)


def current_set(url: str) -> str:
    """URL of the set that is current at `url`; raise as `mirror_exports` does."""
    fs, root = _filesystem(url)
    name = _told(url, lambda: _pointer(fs, root))
    if name is None:
        raise PublishError("no_exports", f"{url} holds no exports yet.")
    return _joined(url, name)


def _joined(url: str, name: str) -> str:
    return f"{url.rstrip('/')}/{SETS}/{name}"


def _filesystem(url: str) -> tuple[Any, str]:
    import fsspec  # type: ignore[import-untyped]

    try:
        # Listings kept from an earlier call would hide what another run has sent since.
        fs, root = fsspec.core.url_to_fs(url, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise PublishError("remote_driver_missing", f"{url} cannot be opened: {error}") from error
    return fs, str(root).rstrip("/")


def _told(url: str, act: Callable[[], R]) -> R:
    """Do it; errors of the store's own library, which are of no common kind, become ours."""
    try:
        return act()
    except (PublishError, OSError):
        raise
    except Exception as error:
        raise PublishError("remote_failed", f"{url}: {type(error).__name__}: {error}") from error


def _pointer(fs: Any, root: str) -> str | None:
    """Name of the set that is current there, or None if nothing was ever published."""
    fs.invalidate_cache()
    try:
        content = fs.cat_file(f"{root}/{POINTER}")
    except FileNotFoundError:
        return None
    try:
        name = json.loads(content)["set"]
    except (ValueError, KeyError, TypeError) as error:
        raise PublishError("remote_pointer_broken", f"{POINTER} there cannot be read: {error!r}.") from error
    # A name, not a path: what lies there may have been written by others.
    if not isinstance(name, str) or not name or "/" in name or name.startswith("."):
        raise PublishError("remote_pointer_broken", f"{POINTER} there names the set {name!r}.")
    return name


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _sizes(fs: Any, target: str) -> dict[str, int]:
    """Sizes of the files under a prefix, by their name below it; none if nothing is there."""
    fs.invalidate_cache()
    try:
        found = fs.find(target, detail=True)
    except FileNotFoundError:
        return {}
    return {path.removeprefix(target).lstrip("/"): int(info["size"]) for path, info in found.items()}


def _lacking(sizes: dict[str, int], there: dict[str, int]) -> str:
    return ", ".join(sorted(name for name in sizes if there.get(name) != sizes[name]))


def _forget(fs: Any, root: str, keep: set[str | None]) -> None:
    for path in fs.ls(f"{root}/{SETS}", detail=False):
        if path.rstrip("/").rsplit("/", 1)[-1] not in keep:
            fs.rm(path, recursive=True)

"""Items of a feed: read out of RSS or Atom, and written among the inputs as a page with its sidecar."""

from __future__ import annotations

import datetime as dt
import html
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from pipeline.feeds.config import Feed
from pipeline.feeds.state import Item
from pipeline.ids import sha256_hex
from pipeline.ingest.fields import day_of
from pipeline.ingest.formats import SIDECAR_SUFFIX
from pipeline.ingest.html import page
from pipeline.ingest.model import RefusalError

FOLDER: Final = "feeds"
"""Folder below that of the inputs in which items lie, in one more by the name of their feed."""
_KEY: Final = 16


def read_items(body: bytes, headers: Mapping[str, str], feed: Feed) -> tuple[list[Item], str | None]:
    """Items of a feed, in its order, each once; and what is wrong with the feed, if anything is."""
    import feedparser

    # Its parser takes what it can from a feed that is not well-formed, and says so.
    parsed = feedparser.parse(body, response_headers={**headers, "content-location": feed.url})
    items = {item.key: item for entry in parsed.entries if (item := _item(entry, feed)) is not None}
    wrong = None
    if parsed.get("bozo") and not items:
        wrong = f"It is no feed that can be read: {type(parsed.get('bozo_exception')).__name__}."
    elif not parsed.get("version") and not items:
        wrong = "It is no feed."
    return list(items.values()), wrong


def _item(entry: Mapping[str, Any], feed: Feed) -> Item | None:
    link = entry.get("link")
    identity = entry.get("id") or link or entry.get("title")
    if not identity:
        return None
    contents = [part.get("value") for part in entry.get("content") or ()] + [entry.get("summary")]
    content = max((text for text in contents if text), key=len, default=None)
    return Item(
        key=sha256_hex(f"{feed.name}\n{identity}".encode("utf-8", "replace"))[:_KEY],
        url=_clean(link),
        title=_clean(entry.get("title")),
        published_on=day_of(entry.get("published")) or day_of(entry.get("updated")),
        content=_clean(content) if feed.take == "entry" else None,
    )


def _clean(text: str | None) -> str | None:
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")


def page_of(item: Item) -> bytes:
    """The text that a feed carries of an item, as a page of its own."""
    title = html.escape(item.title or "")
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1>{item.content or ''}</article></body></html>"
    ).encode()


def sidecar_of(item: Item, feed: Feed, raw: bytes, today: dt.date) -> str:
    """What stands beside an item: its address, what is said of all of the feed, and its day.

    The day that the feed gives stands there only if the page states none, as the page knows its own time
    zone; one that lies ahead is none.
    """
    try:
        stated = page(raw)[1].published_on
    except RefusalError:
        stated = None
    day = item.published_on if stated is None else None
    said = {
        "url": item.url,
        "publisher": feed.publisher,
        "published_on": day if day is not None and day <= today + dt.timedelta(days=1) else None,
        "language": feed.language,
    }
    return yaml.safe_dump({k: v for k, v in said.items() if v is not None}, allow_unicode=True)


class Shelf:
    """Where items are put: the folder of inputs, on this machine or on object storage."""

    def __init__(self, seeds: Path | str) -> None:
        self._seeds = seeds

    def put(self, feed: Feed, item: Item, raw: bytes, sidecar: str) -> str:
        """Write an item, its sidecar first, as that is no input by itself; its path below the inputs."""
        stem = f"{FOLDER}/{feed.name}/{item.key}"
        for name, data in ((f"{stem}{SIDECAR_SUFFIX}", sidecar.encode()), (f"{stem}.html", raw)):
            self._write(name, data)
        return f"{stem}.html"

    def _write(self, name: str, data: bytes) -> None:
        if isinstance(self._seeds, Path):
            path = self._seeds / name
            path.parent.mkdir(parents=True, exist_ok=True)
            # Hidden files are no inputs, so that nobody reads half a page.
            new = path.with_name(f".{path.name}.{os.getpid()}")
            new.write_bytes(data)
            new.replace(path)
            return
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]

        fs, root = url_to_fs(self._seeds)
        fs.pipe_file(f"{root}/{name}", data)


def links(items: list[Item], feed: Feed) -> Iterator[Item]:
    """Items of which something can be taken: a page's address, or the feed's own text."""
    for item in items:
        if item.content if feed.take == "entry" else item.url:
            yield item

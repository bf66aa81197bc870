"""One round over all feeds: what is new is fetched and written, and every outcome is recorded."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

import polars as pl

from pipeline.feeds.client import Answer, Client, FetchError
from pipeline.feeds.config import Feed, Feeds, bare_host
from pipeline.feeds.items import Shelf, links, page_of, read_items, sidecar_of
from pipeline.feeds.state import MOST_SEEN, FeedState, Item, State, load_state, save_state
from pipeline.settings import Settings

logger = logging.getLogger(__name__)

Outcome = Literal["read", "unchanged", "waiting", "saved", "refused", "failed"]
FEED_ROWS: Final = pl.Schema(
    {
        "feed": pl.String(),
        "url": pl.String(),
        "outcome": pl.String(),
        "code": pl.String(),
        "detail": pl.String(),
        "source_file": pl.String(),
        "at": pl.Datetime("us"),
    }
)
_TRIES: Final = 3
_FEED_BYTES: Final = 3_000_000
"""A feed's own limit: its parser takes about ten seconds for each megabyte that is made to stall it."""
_LONGEST_WAIT: Final = 86_400.0
_SHORTEST_WAIT: Final = 300.0


@dataclass(frozen=True, slots=True)
class FeedRow:
    """What became of a feed (`read`, `unchanged`, `waiting`, `failed`) or of an item (`saved`, `refused`,
    `failed`); `code` and `detail` say why, `source_file` where an item was put."""

    feed: str
    url: str
    outcome: Outcome
    code: str | None
    detail: str | None
    source_file: str | None
    at: dt.datetime


def feed_frame(rows: Iterable[FeedRow]) -> pl.DataFrame:
    """The rows of a round; times in UTC without zone."""
    plain = [(*astuple(row)[:-1], row.at.astimezone(dt.UTC).replace(tzinfo=None)) for row in rows]
    return pl.DataFrame(plain, schema=FEED_ROWS, orient="row")


def collect(
    settings: Settings, feeds: Feeds, now: dt.datetime, client: Client | None = None
) -> tuple[FeedRow, ...]:
    """Ask every feed for what is new, fetch it, and write it below the folder of inputs.

    No error of a server stops the round; each is a row. The state is saved after every feed, so that a round
    that is stopped goes on where it was. Raise OSError if the folder of inputs cannot be written.

    Args:
        settings: `seeds`, where items go, and `warehouse`, where the state is kept, are used.
        feeds: what to ask.
        now: time of the round.
        client: fetches addresses; by default with the usual limits.
    """
    if not feeds.feeds:
        return ()
    state = load_state(settings.warehouse)
    shelf = Shelf(settings.seeds)
    own = client or Client()
    rows: list[FeedRow] = []
    try:
        for feed in feeds.feeds:
            rows += _Round(feed, state, shelf, own, now).rows()
            save_state(settings.warehouse, state)
    finally:
        if client is None:
            own.close()
    for row in rows:
        if row.outcome in ("failed", "refused"):
            logger.warning("feed %s: %s %s (%s): %s", row.feed, row.url, row.outcome, row.code, row.detail)
    return tuple(rows)


class _Round:
    """One feed in one round."""

    def __init__(self, feed: Feed, state: State, shelf: Shelf, client: Client, now: dt.datetime) -> None:
        known = state.feeds.get(feed.name)
        # Another address is another feed.
        self._state = known if known is not None and known.url == feed.url else FeedState(url=feed.url)
        state.feeds[feed.name] = self._state
        self._feed = feed
        self._shelf = shelf
        self._client = client
        self._now = now

    def rows(self) -> Iterator[FeedRow]:
        """What became of the feed and of its items."""
        if self._state.not_before is not None and self._now < self._state.not_before:
            yield self._row(self._feed.url, "waiting", "asked_to_wait", f"Until {self._state.not_before}.")
            return
        yield self._ask()
        share, rest = self._state.pending[: self._feed.max_items], self._state.pending[self._feed.max_items :]
        kept = []
        for item in share:
            row, again = self._take(item)
            item.tries += 1
            if again and item.tries < _TRIES:
                kept.append(item)
            else:
                self._state.seen = [*self._state.seen, item.key][-MOST_SEEN:]
            yield row
        self._state.pending = rest + kept

    def _ask(self) -> FeedRow:
        headers = {}
        if self._state.etag is not None:
            headers["If-None-Match"] = self._state.etag
        if self._state.last_modified is not None:
            headers["If-Modified-Since"] = self._state.last_modified
        url = self._feed.url
        try:
            answer = self._client.fetch(url, headers, _FEED_BYTES)
        except FetchError as error:
            if error.wait is not None:
                wait = min(max(error.wait, _SHORTEST_WAIT), _LONGEST_WAIT)
                self._state.not_before = self._now + dt.timedelta(seconds=wait)
            return self._row(url, "failed", error.code, error.detail)
        self._state.not_before = None
        if answer.status == 304:
            return self._row(url, "unchanged", None, None)
        return self._read(answer)

    def _read(self, answer: Answer) -> FeedRow:
        items, wrong = read_items(answer.body, answer.headers, self._feed)
        if wrong is not None:
            return self._row(self._feed.url, "failed", "no_feed", wrong)
        done = {*self._state.seen, *(item.key for item in self._state.pending)}
        new = [item for item in links(items, self._feed) if item.key not in done]
        self._state.pending += new
        self._state.etag = answer.headers.get("etag")
        self._state.last_modified = answer.headers.get("last-modified")
        return self._row(self._feed.url, "read", None, f"{len(items)} items, {len(new)} of them new.")

    def _take(self, item: Item) -> tuple[FeedRow, bool]:
        """Fetch and write one item; whether to try again in the next round."""
        url = item.url or self._feed.url
        try:
            raw = page_of(item) if self._feed.take == "entry" else self._page(url)
        except FetchError as error:
            outcome: Outcome = "failed" if error.again else "refused"
            return self._row(url, outcome, error.code, error.detail), error.again
        sidecar = sidecar_of(item, self._feed, raw, self._now.date())
        path = self._shelf.put(self._feed, item, raw, sidecar)
        return self._row(url, "saved", None, None, path), False

    def _page(self, url: str) -> bytes:
        if urlsplit(url).scheme not in ("http", "https"):
            raise FetchError("address", "The item's address is neither http nor https.")
        if bare_host(url) not in self._feed.allowed:
            detail = (
                f"The item lies on another host, {urlsplit(url).hostname}; name it under hosts to allow it."
            )
            raise FetchError("other_host", detail)
        if not self._client.may_fetch(url):
            raise FetchError("robots", "The site's robots.txt does not let it be fetched.")
        answer = self._client.fetch(url)
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in ("", "text/html", "application/xhtml+xml"):
            raise FetchError("content_type", f"The item is {kind[:60]}, no page.")
        return answer.body

    def _row(
        self, url: str, outcome: Outcome, code: str | None, detail: str | None, file: str | None = None
    ) -> FeedRow:
        return FeedRow(self._feed.name, url, outcome, code, detail, file, self._now)

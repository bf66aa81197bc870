"""What is known of a document before its lines are read: by its sidecar, else by its own metadata."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.clean.reference import Knowledge, plain, trimmed
from pipeline.clean.zones import Page
from pipeline.ingest import Facts, RawDocument, Sidecar
from pipeline.model import DateRange

_NOTHING_BESIDE = Sidecar()
_NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Told:
    """What sidecar and record say; None, or no author, where neither says it.

    Attributes:
        sidecar_published: days of publication by the sidecar alone.
        published: the same, or the day that the record's own metadata state.
        not_after: day on which a crawler had the page: no date on it can be that of its publication if
            it lies later.
    """

    url: str | None
    publisher: str | None
    title: str | None
    authors: tuple[str, ...]
    sidecar_published: DateRange | None
    published: DateRange | None
    language: str | None
    not_after: dt.date | None

    def possible(self, published: DateRange | None) -> DateRange | None:
        """`published` as far as it lies before the crawl; None if nothing of it does."""
        if published is None or self.not_after is None or published.last <= self.not_after:
            return published
        return DateRange(published.first, self.not_after) if published.first <= self.not_after else None


def told_of(item: RawDocument, knowledge: Knowledge) -> Told:
    """Sidecar before record. A publisher that the reference data know by this name gets the name there."""
    sidecar = item.sidecar or _NOTHING_BESIDE
    facts = item.facts or _NO_FACTS
    return Told(
        url=sidecar.url or facts.url,
        publisher=sidecar.publisher or _publisher(facts.publisher, knowledge),
        title=facts.title,
        authors=facts.authors,
        sidecar_published=sidecar.published,
        published=sidecar.published or facts.published,
        language=sidecar.language or facts.language,
        not_after=facts.crawled_on,
    )


def _publisher(name: str | None, knowledge: Knowledge) -> str | None:
    if name is None:
        return None
    known = knowledge.by_name.get(trimmed(name)) or knowledge.publisher_of_domain(name)
    return name if known is None else known.name


def title_line(told: Told, page: Page) -> int | None:
    """Number of the first line that is the title which the record states; None if no line is."""
    if told.title is None:
        return None
    key = plain(told.title)
    return next((i for i, j in enumerate(page.lines) if j.line.key == key), None)

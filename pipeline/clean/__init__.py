"""Cleaning: every line of a page gets a kind, the page's metadata are found, dates and entries assigned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.clean.copies import Signed, signature
from pipeline.clean.copies import copies as find_copies
from pipeline.clean.decide import Head, decide_lines, settle_stamps
from pipeline.clean.feed import Entry, entries, is_feed, page_year
from pipeline.clean.language import looks_english
from pipeline.clean.lines import split_lines
from pipeline.clean.published import page_published
from pipeline.clean.publisher import Source, find_source, site_names
from pipeline.clean.reference import Knowledge, load_knowledge
from pipeline.clean.told import Told, title_line, told_of
from pipeline.clean.wrapped import paragraphs
from pipeline.clean.zones import Page, judge
from pipeline.dates.calendar import distance, width
from pipeline.dates.publication import Inferred, UndatedText, infer_publication
from pipeline.errors import Reason
from pipeline.ids import digest_id
from pipeline.ingest import RawDocument
from pipeline.model import Block, DateRange, Document, Quarantined
from pipeline.settings import Settings

_EDITORIAL = ("title", "heading", "day_heading", "body")
_OF_OTHER_PAGES: Final = frozenset({"related_headline", "related_list", "link_card"})
"""Rules of lines whose dates are those of other pages."""
_NEARLY = 2
_YEAR_KNOWN = 180
"""Width in days of an inferred range that gives dates without year their year."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Accepted documents, all their blocks in order of document and line, and what was set aside."""

    documents: tuple[Document, ...]
    blocks: tuple[Block, ...]
    quarantine: tuple[Quarantined, ...]
    rationales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By document whose page gives no date: the cues by which its date was inferred, the strongest first."""


@dataclass(frozen=True, slots=True)
class CleanPage:
    """One cleaned page before the corpus has dated it; `page` holds its judged lines."""

    document: Document
    blocks: tuple[Block, ...]
    page: Page
    told: Told

    @property
    def signature(self) -> bytes:
        """That of its body, by which `copies` compares it with other pages; made when it is asked for."""
        return signature("\n".join(j.line.text for j in self.page.lines if j.kind == "body"))


def clean_corpus(raw: Sequence[RawDocument], settings: Settings) -> Cleaned:
    """Clean every document by itself, then date the pages that give no date and mark those that repeat one.

    Documents without prose or in another language than English are set aside; a sidecar wins over the
    record's own metadata, and these over whatever the page's lines say.
    """
    knowledge = load_knowledge(settings.reference)
    pages: list[CleanPage] = []
    quarantine: list[Quarantined] = []
    for item in raw:
        page = clean_document(item, knowledge)
        refusal = refusal_of(item, page, knowledge)
        if refusal is None:
            pages.append(page)
        else:
            quarantine.append(refusal)
    inferred = infer_publication([undated_text(p) for p in pages])
    pages = [dated_page(p, inferred[p.document.document_id]) for p in pages]
    documents = _marked(pages)
    rationales = {key: found.rationale for key, found in inferred.items() if found.basis != "explicit"}
    return Cleaned(documents, tuple(b for p in pages for b in p.blocks), tuple(quarantine), rationales)


def clean_document(item: RawDocument, knowledge: Knowledge) -> CleanPage:
    """Blocks and metadata of one document; `published` only where sidecar, record or page give it.

    They depend on this document alone: what other pages of the corpus carry changes none of its lines.
    """
    lines = list(split_lines(item.text, knowledge.english))
    page = judge(list(paragraphs(item.text, lines)), knowledge)
    told = told_of(item, knowledge)
    head = decide_lines(page, knowledge, site_names(page), title_line(told, page))
    feed = is_feed(page)
    settle_stamps(page, feed)
    source = find_source(page, head, knowledge)
    year = page_year(page)
    own_date = told.published or told.possible(page_published(page, year))
    if year is None and own_date is not None:
        year = own_date.last.year
    placed = entries(page, year, None if own_date is None else own_date.last) if feed else {}
    if feed and told.sidecar_published is None:
        # The metadata of a live page state the day on which it began.
        own_date = told.possible(_feed_range(placed.values())) or own_date
    document = _document(item, page, head, source, told, own_date, feed)
    return CleanPage(document, tuple(_blocks(item, page, placed)), page, told)


def _feed_range(placed: Iterable[Entry]) -> DateRange | None:
    days = [e.day for e in placed if e.day is not None]
    return DateRange(min(days), max(days)) if days else None


def _document(
    item: RawDocument,
    page: Page,
    head: Head,
    source: Source,
    told: Told,
    published: DateRange | None,
    feed: bool,
) -> Document:
    publisher = told.publisher or source.publisher
    return Document(
        document_id=item.document_id,
        source_file=item.source_file,
        publisher=publisher,
        agency=source.agency if source.agency != publisher else None,
        authors=told.authors or head.authors,
        title=None if head.title is None else page.lines[head.title].line.text,
        published_from=None if published is None else published.first,
        published_to=None if published is None else published.last,
        published_basis="unknown" if published is None else "explicit",
        format="live_feed" if feed else "article",
        language=told.language or "en",
        url=told.url,
        text=item.text,
        n_words=sum(len(j.line.text.split()) for j in page.lines if j.kind in _EDITORIAL),
        sha256=item.sha256,
        duplicate_of=None,
        ingested_at=item.ingested_at,
    )


def _blocks(item: RawDocument, page: Page, placed: Mapping[int, Entry]) -> Iterator[Block]:
    for n, j in enumerate(page.lines):
        entry = placed.get(n)
        yield Block(
            block_id=digest_id("blk", item.document_id, j.line.start, j.line.end, j.line.text),
            document_id=item.document_id,
            block_no=n,
            char_start=j.line.start,
            char_end=j.line.end,
            kind=j.kind,
            rule=j.rule,
            entry_no=None if entry is None else entry.number,
            entry_date=None if entry is None else entry.day,
        )


def refusal_of(item: RawDocument, page: CleanPage, knowledge: Knowledge) -> Quarantined | None:
    """Why a cleaned document is set aside, or None if it is accepted."""
    body = [item.text[b.char_start : b.char_end] for b in page.blocks if b.kind == "body"]
    reason: Reason | None = None
    detail = ""
    if not body:
        reason, detail = Reason.NO_PROSE, f"None of its {len(page.blocks)} lines reads like prose."
    elif page.told.language is not None:
        if page.told.language != "en":
            reason = Reason.NOT_ENGLISH
            where = "sidecar" if item.sidecar is not None and item.sidecar.language is not None else "record"
            detail = f"The {where} gives the language as {page.told.language!r}."
    else:
        english, guess = looks_english("\n".join(body), knowledge.english)
        if not english:
            reason, detail = Reason.NOT_ENGLISH, f"The text was identified as {guess!r}."
    if reason is None:
        return None
    return Quarantined(item.source_file, item.sha256, reason.value, detail, item.ingested_at)


def _marked(pages: Sequence[CleanPage]) -> tuple[Document, ...]:
    """Fill in which documents repeat another one."""
    original = find_copies(
        Signed(p.document.document_id, p.document.published_from, p.document.source_file, p.signature)
        for p in pages
    )
    return tuple(replace(p.document, duplicate_of=original.get(p.document.document_id)) for p in pages)


def undated_text(page: CleanPage) -> UndatedText:
    """What the inference of publication dates may read of a page."""
    document = page.document
    editorial = [b for b in page.blocks if b.kind in _EDITORIAL]
    days = tuple(b.entry_date for b in editorial)
    return UndatedText(
        document.document_id,
        document.publisher,
        tuple(document.text[b.char_start : b.char_end] for b in editorial),
        tuple(
            document.text[b.char_start : b.char_end]
            for b in page.blocks
            if b.kind not in _EDITORIAL and b.rule not in _OF_OTHER_PAGES
        ),
        document.published,
        days if any(days) else (),
    )


def _with_year(page: Page, inferred: DateRange) -> DateRange | None:
    """The day that the page gives without its year, if the inferred range holds it (or nearly)."""
    for year in range(inferred.first.year, inferred.last.year + 1):
        own = page_published(page, year)
        if own is not None and abs(distance(own, inferred)) <= _NEARLY:
            return own
    return None


def dated_page(page: CleanPage, inferred: Inferred) -> CleanPage:
    """Fill in the date that the page does not give, and the days of a feed's entries that follow from it.

    A range gives the page's day and the headings of days their year; it gives a day to entries with times
    only if it is one day.
    """
    published = inferred.published
    if page.document.published is not None or published is None:
        return page
    published = page.told.possible(_with_year(page.page, published) or published)
    if published is None:
        return page
    blocks = page.blocks
    if page.document.format == "live_feed" and width(published) <= _YEAR_KNOWN:
        anchor = published.last if width(published) == 0 else None
        placed = entries(page.page, None, anchor, near=published.last)
        blocks = tuple(replace(b, entry_date=placed[b.block_no].day) for b in blocks)
        published = page.told.possible(_feed_range(placed.values())) or published
    document = replace(
        page.document,
        published_from=published.first,
        published_to=published.last,
        published_basis=inferred.basis,
    )
    return replace(page, document=document, blocks=blocks)

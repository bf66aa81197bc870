"""Who a text speaks of: linking every mention of an actor in a page to the actor it stands for."""

from __future__ import annotations

from pipeline.domain import DomainPack
from pipeline.model import Links, Mention, Page
from pipeline.resolve.discourse import Discourse, mentions_of
from pipeline.resolve.draft import Draft
from pipeline.resolve.drafts import drafts_of
from pipeline.resolve.entities import entity_rows
from pipeline.resolve.names import NameIndex
from pipeline.resolve.people import People
from pipeline.resolve.scan import scan_page
from pipeline.resolve.surname import surname
from pipeline.resolve.vocabulary import vocabulary_of

__all__ = ["entity_rows", "link", "surname"]


def link(page: Page, pack: DomainPack) -> Links:
    """All mentions of actors in the page's titles, headings and body, in reading order.

    A mention covers the name or noun phrase without the office beside it; its head is the token that stands
    in the sentence's grammar. People, states, bodies, groups, outlets, unnamed sources and places are linked.
    """
    vocabulary = vocabulary_of(pack)
    scans = scan_page(page, vocabulary)
    index = NameIndex(scans, vocabulary, page.document.published)
    people = People(scans, index, vocabulary, page.document.published, page.chronicle)
    # The first reading only learns genders and parties, which the text may tell after the first mention.
    drafts: dict[int, list[Draft]] = {}
    learned = True
    for reading in (1, 2):
        if learned:
            drafts = {number: drafts_of(scan, people, vocabulary) for number, scan in scans.items()}
        discourse = Discourse(page, scans, people, vocabulary)
        mentions: list[Mention] = []
        for number, scan in scans.items():
            mentions.extend(mentions_of(page, scan, drafts[number], discourse))
        if reading == 1:
            learned = people.settle()
    return Links(tuple(sorted(mentions, key=lambda m: (m.block_no, m.start_i, -m.end_i))))

"""Meetings of a page made of lines, as extracted and merged: shared by the tests of what pages tell."""

import datetime as dt

from pipeline.extract.meetings import extract_meeting_mentions, merge_meetings
from pipeline.extract.statements import extract_statements
from pipeline.model import Block, Document, Page
from pipeline.nlp import parse_blocks
from pipeline.resolve import link

PUBLISHED = dt.date(2026, 3, 11)


def read_lines(nlp, pack, lines, entries=None, published=(PUBLISHED, PUBLISHED), days=None, name="d"):
    """Page, links and unmerged mentions of lines; `entries` numbers those of a feed, `days` dates them."""
    text = "\n".join(lines)
    blocks, at = [], 0
    for number, line in enumerate(lines):
        entry = entries[number] if entries is not None else None
        day = days[number] if days is not None else None
        blocks.append(Block(f"b{number}", name, number, at, at + len(line), "body", "test", entry, day))
        at += len(line) + 1
    document = Document(
        name, f"{name}.txt", "Post", None, (), None, *published, "explicit", "article", "en", None,
        text, len(text.split()), "0", None, dt.datetime(2026, 1, 1),
    )  # fmt: skip
    page = Page(document, tuple(blocks), parse_blocks(nlp, document, blocks))
    links = link(page, pack)
    return page, links, extract_meeting_mentions(page, links, extract_statements(page, links, pack), pack)


def merged_lines(nlp, pack, lines, published=(PUBLISHED, PUBLISHED)):
    """Merged mentions of lines, in text order, each at the words that it repeats."""
    page, _, found = read_lines(nlp, pack, lines, published=published)
    rows = sorted(merge_meetings(found, [page], pack).mentions, key=lambda m: m.char_start)
    for row in rows:
        assert page.document.text[row.char_start : row.char_end] == row.evidence
    return rows


def rows_of(nlp, pack):
    """Reads the merged mentions of lines."""
    return lambda *lines: merged_lines(nlp, pack, lines)


def march(day):
    return dt.date(2026, 3, day)

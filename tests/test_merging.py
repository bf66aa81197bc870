"""Meetings of a corpus out of frames: as merging all mentions gives them, whatever is known from before."""

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.codec import mentions_frame
from pipeline.domain import load_domain
from pipeline.extract.meetings import merge, merge_meetings
from pipeline.extract.meetings.evidence import Evidences, KnownEvidence, encode_evidence
from pipeline.guard import Guard
from pipeline.ids import digest_id
from pipeline.kept import made_anew
from pipeline.merging import TABLES, guarded, merged_frames
from pipeline.settings import Settings
from pipeline.tables import frame, order
from pipeline.yields import pack_keys
from tests.bench_merge import synthetic


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


def corpus(n, seed):
    """Synthetic mentions and pages that bear keys of the contract's form."""
    rows, pages, _ = synthetic(n, seed)
    keys = {page.document.document_id: digest_id("doc", page.document.document_id) for page in pages}
    found = [
        replace(
            row,
            mention_id=digest_id("mm", row.mention_id),
            meeting_id=digest_id("mt", row.meeting_id),
            document_id=keys[row.document_id],
            block_id=digest_id("blk", row.block_id),
        )
        for row in rows
    ]
    documents = [replace(page.document, document_id=keys[page.document.document_id]) for page in pages]
    return found, [replace(p, document=d) for p, d in zip(pages, documents, strict=True)]


def at_once(rows, pages, pack):
    """What merging all mentions gives, as frames."""
    kept, set_aside = guarded(merge_meetings(rows, pages, pack), pack_keys(pack), Guard("merging"))
    return {name: frame(name, found) for name, found in (*kept.items(), ("set_aside_rows", set_aside))}


def by_frames(rows, pages, pack, recall=made_anew):
    mentions = mentions_frame(rows, Evidences(pack).of)
    found = merged_frames(mentions, frame("documents", [p.document for p in pages]), pack, recall, "code")
    return None if found is None else {name: order(name, own) for name, own in found.items()}


def same(one, other):
    return one.keys() == other.keys() and all(one[name].equals(other[name]) for name in one)


class Known:
    """Remembers pieces, as a store does; `made` counts those that were made in the last run."""

    def __init__(self):
        self.kept = {}
        self.made = 0

    def __call__(self, made_by, told, make):
        lacking = [at for at, each in enumerate(told) if (made_by, each) not in self.kept]
        self.made = len(lacking)
        for at, value in zip(lacking, make(lacking), strict=True):
            self.kept[made_by, told[at]] = value
        return [self.kept[made_by, each] for each in told]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False), st.data())
def test_a_corpus_that_grows_and_shrinks_gives_what_it_would_from_nothing(pack, seed, chance, data):
    rows, pages = corpus(80, seed)
    names = [page.document.document_id for page in pages]
    known = Known()
    for _ in range(3):
        there = data.draw(st.sets(st.sampled_from(names)))
        own = [row for row in rows if row.document_id in there]
        chance.shuffle(own)
        assert same(by_frames(own, pages, pack, known), at_once(own, pages, pack))


def test_one_more_document_leaves_most_meetings_as_they_are(pack):
    rows, pages = corpus(2000, 3)
    last = pages[len(pages) // 2].document.document_id
    known = Known()
    by_frames([row for row in rows if row.document_id != last], pages, pack, known)
    pieces = len(known.kept)
    assert same(by_frames(rows, pages, pack, known), at_once(rows, pages, pack))
    assert 0 < known.made < pieces / 3


@pytest.mark.parametrize("change", ["publisher", "source_file", "published_from"])
def test_what_is_told_of_a_document_counts(pack, change):
    rows, pages = corpus(60, 5)
    known = Known()
    by_frames(rows, pages, pack, known)
    told = {"publisher": "Other", "source_file": "z.txt", "published_from": dt.date(2021, 5, 4)}
    pages[3] = replace(pages[3], document=replace(pages[3].document, **{change: told[change]}))
    assert same(by_frames(rows, pages, pack, known), at_once(rows, pages, pack))


def test_rows_that_break_the_contract_are_set_aside_and_told_of(pack):
    rows, pages = corpus(60, 5)
    rows[7] = replace(rows[7], confidence=7.0)
    found = by_frames(rows, pages, pack)
    assert found["set_aside_rows"].height > 0
    assert same(found, at_once(rows, pages, pack))


def test_an_error_leaves_merging_to_who_knows_how_to_go_on(pack, monkeypatch):
    rows, pages = corpus(20, 5)
    assert by_frames([rows[0], *rows], pages, pack) is None  # a key twice

    def broken(*_):
        raise KeyError("label")

    monkeypatch.setattr(merge, "label_of", broken)
    assert by_frames(rows, pages, pack) is None
    monkeypatch.undo()
    monkeypatch.setattr(Evidences, "of", broken)
    assert by_frames(rows, pages, pack) is None


def test_nothing_comes_of_nothing(pack):
    found = by_frames([], [], pack)
    assert [found[name].height for name in TABLES] == [0, 0, 0]
    assert found["meetings"].schema == frame("meetings", ()).schema


def test_evidence_is_the_same_once_it_was_kept(pack):
    rows, _ = corpus(300, 1)
    reader, known = Evidences(pack), KnownEvidence()
    for row in rows:
        told = reader.of(row)
        assert known.of(encode_evidence(told), row.document_id) == told
    assert isinstance(mentions_frame(rows, reader.of), pl.DataFrame)

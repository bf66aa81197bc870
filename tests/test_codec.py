"""What documents are told apart by, and what they tell put together, whichever way they are grouped."""

import dataclasses
import datetime as dt

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.codec import (
    Told,
    document_digests,
    document_lines,
    encode_told_of_group,
    joined_told,
    mentions_of,
    row_digests,
    told_of_groups,
)
from pipeline.resolve.entities import EntityCounts
from pipeline.tables import frame, rows
from tests.contract_rows import document, sample

DOCUMENTS = [document(name=f"{n}.txt") for n in range(3)]
BLOCK = rows("blocks", sample()["blocks"])[0]
BLOCKS = [
    dataclasses.replace(BLOCK, block_id=f"blk_{n:016x}", document_id=each.document_id, block_no=n // 3)
    for n, each in enumerate(DOCUMENTS * 3)
]
OTHERWISE = [
    {"text": "other"},
    {"title": None},
    {"authors": ("A", "B")},
    {"authors": ("A, B",)},
    {"published_from": dt.date(2001, 1, 1)},
    {"sha256": "0" * 64},
    {"source_file": "moved.txt"},
    {"duplicate_of": DOCUMENTS[2].document_id},
]
BLOCK_OTHERWISE = [
    {"kind": "caption"},
    {"char_end": 999},
    {"entry_date": dt.date(2001, 1, 1)},
    {"entry_no": 7},
]


def told_apart(documents, blocks):
    """Digest and line of each document."""
    own, lines = frame("documents", documents), frame("blocks", blocks)
    names = own["document_id"].to_list()
    digests = dict(zip(names, document_digests(own, lines), strict=True))
    return {n: (digests[n], line) for n, line in zip(names, document_lines(own, lines), strict=True)}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_document_has_another_digest_if_and_only_if_its_line_is_another(data):
    before = told_apart(DOCUMENTS, BLOCKS)
    documents = [
        dataclasses.replace(each, **data.draw(st.sampled_from([{}, *OTHERWISE]))) for each in DOCUMENTS
    ]
    blocks = [
        dataclasses.replace(each, **data.draw(st.sampled_from([{}, {}, {}, *BLOCK_OTHERWISE])))
        for each in BLOCKS[: data.draw(st.integers(5, len(BLOCKS)))]
    ]
    chosen = data.draw(st.permutations(documents))
    after = told_apart(chosen[: data.draw(st.integers(1, 3))], data.draw(st.permutations(blocks)))
    for name, (digest, line) in after.items():
        assert (digest == before[name][0]) == (line == before[name][1])


COUNTS = st.dictionaries(st.sampled_from(["", "a", "ä'b", "c"]), st.integers(1, 9), max_size=3)
ENTITY = st.builds(
    lambda n, counters: EntityCounts(n, *counters), st.integers(1, 99), st.tuples(*[COUNTS] * 7)
)
TOLD = st.builds(
    Told,
    st.dictionaries(st.sampled_from(["x", "y", "", "z\n"]), ENTITY, max_size=3),
    st.just(tuple(rows("meeting_mentions", sample()["meeting_mentions"]))),
    st.lists(st.sampled_from([{}, {"linking": "KeyError"}]), max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TOLD, max_size=5), st.integers(0, 5))
def test_what_groups_tell_is_what_their_documents_tell(each, at):
    def unknown(_mention):
        raise KeyError("nothing is known of places")

    groups = [encode_told_of_group(part, unknown) for part in (each[:at], each[at:])]
    found, told = told_of_groups(groups), joined_told(each)
    assert (found.entities, mentions_of(found.mentions), found.failed) == (
        told.entities, told.mentions, told.failed,
    )  # fmt: skip
    assert found.mentions["told"].is_null().all()


def test_rows_have_digests_that_do_not_hang_on_how_they_lie_in_memory():
    whole = frame("documents", DOCUMENTS)
    parts = pl.concat([whole.slice(n, 1) for n in range(3)], rechunk=False)
    assert (row_digests(whole) == row_digests(parts)).all()
    assert len({tuple(numbers) for numbers in row_digests(whole)}) == 3

"""Frames between stages give back what was put in; parses are keyed by what they depend on."""

import datetime as dt

import polars as pl
import pytest

from pipeline.ingest import PublishedRange, RawDocument, Sidecar
from pipeline.listing import ListedFile, digest, list_files
from pipeline.model import Actor, Links, Mention
from pipeline.nlp import pack_parses, parse_blocks
from pipeline.stages import (
    files_frame,
    links_by_document,
    links_frame,
    pages,
    parse_key,
    parses_frame,
    raw_frame,
    raw_rows,
)
from tests.good_data import ONE, READ_AT, TWO, stage_frames

DAYS = PublishedRange.model_validate({"from": dt.date(2025, 11, 1), "to": dt.date(2025, 11, 2)})


@pytest.mark.parametrize(
    "sidecar",
    [
        None,
        Sidecar(),
        Sidecar(url="https://site.example/a", published_on=dt.date(2025, 11, 1)),
        Sidecar(published_on=DAYS),
    ],
)
def test_raw_documents_come_back(sidecar):
    raw = (RawDocument("doc_1", "a.txt", "Text “é”\n", "0" * 64, sidecar, READ_AT),)
    assert raw_rows(raw_frame(raw)) == raw


def test_no_raw_documents_come_back_as_none():
    assert raw_rows(raw_frame([])) == ()


def test_links_come_back_with_their_actors():
    known = Actor("person:ada", "Ada Moreau", "person", "FR", "f", ("president",), "the president", "Q42")
    unnamed = Actor("anon:official", "an official", "anonymous", None)
    sides = Actor("set:sides", "both sides", "group", None, official_name="the sides", in_passing=True)
    mentions = (
        Mention("doc_1", 2, 10, 20, "Ada Moreau", 0, 2, 1, known, "name", 0.9),
        Mention("doc_1", 3, 30, 41, "an official", 4, 6, 5, unnamed, "description", 0.5),
        Mention("doc_1", 3, 45, 55, "both sides", 7, 9, 8, sides, "description", 0.5),
    )
    back = links_by_document(links_frame([Links(mentions), Links(())]))
    assert list(back) == ["doc_1"]
    assert back["doc_1"].mentions == mentions
    assert back["doc_1"].headed(2, 1) == mentions[0]


def test_pages_come_back_with_their_parses(nlp):
    document, blocks = (
        TWO.document("Live updates", "live_feed"),
        tuple(TWO.blocks(["title", "day_heading", "body"])),
    )
    parses = parse_blocks(nlp, document, blocks)
    frame = parses_frame([(document.document_id, "key", len(parses), pack_parses(parses))])
    (page,) = pages([document], blocks, frame)
    assert page.blocks == blocks
    assert [doc.text for _, doc in page.body()] == [
        "Ben Okoro rejected the truce and said the talks had ended."
    ]


def test_parses_are_keyed_by_model_text_and_parsed_blocks():
    document, blocks = ONE.document("Title", "article"), ONE.blocks(["title", "boilerplate", "body", "body"])
    key = parse_key("model-1", document, blocks)
    assert parse_key("model-1", document, blocks) == key
    assert parse_key("model-2", document, blocks) != key
    assert parse_key("model-1", TWO.document("Title", "article"), blocks) != key
    assert parse_key("model-1", document, ONE.blocks(["title", "boilerplate", "body", "boilerplate"])) != key


def test_listing_tells_inputs_from_what_lies_beside_them(tmp_path):
    for name in ("b.txt", "deep/a.TXT", "b.meta.yaml", ".hidden.txt", ".git/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = list_files(tmp_path)
    assert [(f.path, f.is_input) for f in found] == [
        ("b.meta.yaml", False),
        ("b.txt", True),
        ("deep/a.TXT", True),
    ]
    assert files_frame(found)["path"].to_list() == [f.path for f in found]


def test_listing_of_a_missing_folder_is_empty(tmp_path):
    assert list_files(tmp_path / "absent") == ()


def test_digest_tells_listings_apart():
    one, two = ListedFile("a.txt", 1, 1, True), ListedFile("b.txt", 1, 1, True)
    listings = [
        (),
        (one,),
        (two,),
        (one, two),
        (ListedFile("a.txt", 2, 1, True),),
        (ListedFile("a.txt", 1, 2, True),),
    ]
    assert len({digest(listing) for listing in listings}) == len(listings)


def test_hand_made_frames_have_the_stages_types():
    assert stage_frames()["raw_documents"].schema["ingested_at"] == pl.Datetime("us")

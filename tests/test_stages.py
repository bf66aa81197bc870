"""Frames between stages give back what was put in."""

import datetime as dt

import polars as pl
import pytest

from pipeline.ingest import PublishedRange, RawDocument, Sidecar
from pipeline.listing import ListedFile, digest, list_files
from pipeline.stages import files_frame, raw_frame, raw_rows
from tests.good_data import READ_AT, stage_frames

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

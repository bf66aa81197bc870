"""Inputs of many formats go through the whole pipeline, and every check on what came in holds."""

import dataclasses
import datetime as dt
import gzip
import json

import pytest

from expectations import SUITES
from expectations.validate import validate
from pipeline.clean import clean_corpus
from pipeline.ingest import RawDocument, ingest, read_inputs
from pipeline.listing import list_files
from pipeline.settings import Settings
from pipeline.stages import files_frame, raw_frame, raw_rows
from pipeline.tables import frame
from tests.format_files import PROSE, html, jsonl, warc

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    page = html(head='<meta property="article:published_time" content="2026-03-03">')
    (folder / "a.html").write_bytes(page)
    (folder / "b.txt").write_text("Envoys met\n" + "\n".join(PROSE))
    (folder / "c.jsonl.gz").write_bytes(gzip.compress(jsonl(5) + b'{"text": ""}\nno json\n')[:-3])
    (folder / "d.warc.gz").write_bytes(warc(3, ".gz"))
    (folder / "e.csv").write_text(
        "text,date\n" + "".join(f'"{n}. {p}",2026-03-0{n + 1}\n' for n, p in enumerate(PROSE))
    )
    (folder / "empty.jsonl").write_bytes(b"\n")
    (folder / "e.meta.yaml").write_text("publisher: The Post\n")
    return Settings(seeds=folder)


@pytest.fixture(scope="module")
def frames(settings):
    taken = ingest(settings, NOW)
    raw = raw_frame(taken.documents)
    assert raw_rows(raw) == taken.documents
    cleaned = clean_corpus(taken.documents, settings)
    return {
        "raw_files": files_frame(list_files(settings.seeds), dict(taken.records)),
        "raw_documents": raw,
        "raw_quarantine": frame("quarantine", taken.quarantine),
        "documents": frame("documents", cleaned.documents),
        "blocks": frame("blocks", cleaned.blocks),
        "quarantine": frame("quarantine", (*taken.quarantine, *cleaned.quarantine)),
    }


@pytest.mark.parametrize("suite", [s for s in SUITES if s.name in ("raw", "clean")], ids=lambda s: s.name)
def test_critical_checks_hold(suite, frames):
    results = validate(suite, {name: frames[name] for name in suite.inputs})
    assert [(r.table, r.expectation, r.observed, r.error) for r in results if r.outcome == "failed"] == []


def test_a_record_that_vanishes_or_comes_twice_is_seen(frames):
    (suite,) = (s for s in SUITES if s.name == "raw")

    def failed(raw):
        results = validate(suite, {name: frames[name] for name in suite.inputs} | {"raw_documents": raw})
        return {r.expectation for r in results if r.outcome == "failed"}

    raw = frames["raw_documents"]
    record = next(i for i, name in enumerate(raw["source_file"]) if name == "c.jsonl.gz#2")
    assert failed(raw[:record].vstack(raw[record + 1 :])) == {"every_record_read_or_set_aside"}
    again = raw[:record].vstack(raw[record - 1 : record]).vstack(raw[record + 1 :])
    assert "every_file_read_or_set_aside" in failed(again)


def test_what_records_say_of_themselves_reaches_the_documents(frames):
    found = {row["source_file"]: row for row in frames["documents"].iter_rows(named=True)}
    assert str(found["a.html"]["published_from"]) == "2026-03-03"
    assert found["a.html"]["title"] == "Talks resume in Lome"
    assert found["d.warc.gz#2"]["url"] == "https://x.example/1"
    assert found["e.csv#2"]["publisher"] == "The Post"
    assert str(found["e.csv#3"]["published_to"]) == "2026-03-02"
    assert found["c.jsonl.gz#1"]["title"] == "Talks 1"


def test_inputs_come_one_by_one(settings):
    seen = 0
    reading = read_inputs(settings, NOW)
    for item in reading:
        seen += isinstance(item, RawDocument)
        if seen == 3:
            break
    assert "e.csv" not in reading.records


def test_a_second_run_gives_equal_rows_whatever_the_clock_says(settings):
    first = ingest(settings, NOW)
    known = {d.sha256: d.ingested_at for d in first.documents}
    later = ingest(settings, NOW + dt.timedelta(days=1), known)
    assert later.documents == first.documents
    assert [dataclasses.replace(q, first_seen_at=NOW) for q in later.quarantine] == list(first.quarantine)


def test_the_same_story_in_two_formats_is_two_documents_with_one_text(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "\n".join(PROSE)}) + "\n")
    (tmp_path / "b.txt").write_text("\n".join(PROSE))
    first, second = ingest(Settings(seeds=tmp_path), NOW).documents
    assert first.text == second.text and first.document_id != second.document_id

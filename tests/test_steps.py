"""Both ways of running the pipeline go on over bad rows and bad pages, and set aside the same."""

import datetime as dt
from dataclasses import replace

import dagster as dg
import polars as pl
import pytest

from assets.definitions import build_defs
from assets.run import summary
from pipeline.clean import clean_corpus
from pipeline.extract.meetings import extract_meeting_mentions
from pipeline.extract.positions import extract_positions
from pipeline.model import Links
from pipeline.nlp import parse_blocks
from pipeline.resolve import link
from pipeline.run import run_corpus
from pipeline.settings import Settings
from pipeline.staging import report_file
from pipeline.steps import Extractors, statements_with_issues
from pipeline.tables import frame
from tests.test_run import ARTICLE, OTHER

NOW = dt.datetime(2025, 12, 1, tzinfo=dt.UTC)
ODD = "Peskov"
TABLES = ("entities", "entity_mentions", "statements", "meetings", "meeting_mentions", "issue_positions")


def odd(page):
    return ODD in page.document.text


def failing_statements(page, links, pack):
    if odd(page):
        raise IndexError("list index out of range")
    found = statements_with_issues(page, links, pack)
    wrong = replace(found[0], content="what nobody said", statement_id="stm_0000000000000001")
    return [wrong, *found, found[-1]]


def failing_meetings(page, links, statements, pack):
    if odd(page):
        raise RecursionError("maximum recursion depth exceeded")
    return extract_meeting_mentions(page, links, statements, pack)


def moved_positions(page, links, statements, pack):
    return [replace(p, char_start=p.char_start + 1) for p in extract_positions(page, links, statements, pack)]


def failing_clean(raw, settings):
    if any("nested" in item.text for item in raw):
        raise ZeroDivisionError("division by zero")
    return clean_corpus(raw, settings)


EXTRACTORS = Extractors(
    statements=failing_statements,
    meetings=failing_meetings,
    positions=moved_positions,
    clean=failing_clean,
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("steps")
    settings = Settings(seeds=folder / "in", warehouse=folder / "warehouse")
    settings.seeds.mkdir()
    (settings.seeds / "one.txt").write_text(ARTICLE, encoding="utf-8")
    (settings.seeds / "two.txt").write_text(OTHER, encoding="utf-8")
    (settings.seeds / "three.txt").write_text(OTHER.replace("truce", "nested truce"), encoding="utf-8")
    return settings


@pytest.fixture(scope="module")
def corpus(settings):
    return run_corpus(settings, NOW, EXTRACTORS)


@pytest.fixture(scope="module")
def job(settings):
    refresh = build_defs(settings, extractors=EXTRACTORS).resolve_job_def("refresh")
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    with dg.DagsterInstance.ephemeral() as instance:
        return refresh.execute_in_process(instance=instance, run_config=quiet, raise_on_error=False)


def test_other_pages_and_rows_go_on(corpus):
    files = {d.document_id: d.source_file for d in corpus.documents}
    assert sorted(files.values()) == ["one.txt", "two.txt"]
    assert {files[s.document_id] for s in corpus.extracted.statements} == {"one.txt"}
    assert len(corpus.extracted.statements) >= 2
    assert corpus.extracted.meetings.meetings
    found = {(files[r.document_id], r.step, r.code) for r in corpus.extracted.set_aside}
    assert found >= {
        ("one.txt", "statements", "evidence"),
        ("one.txt", "statements", "unique"),
        ("two.txt", "statements", "exception"),
        ("two.txt", "meetings", "exception"),
        ("one.txt", "positions", "evidence"),
    }


def test_a_document_on_which_cleaning_fails_is_refused(corpus):
    (refused,) = corpus.quarantine
    assert (refused.source_file, refused.reason) == ("three.txt", "not_cleaned")
    assert "ZeroDivisionError: division by zero (tests/test_steps.py, line" in refused.detail


def test_the_job_publishes_and_warns(settings, job):
    said = summary(settings, job)
    assert job.success, said
    found = {e.check_name: e for e in job.get_asset_check_evaluations()}
    told = found["no_rows_set_aside"]
    assert not told.passed and told.severity == dg.AssetCheckSeverity.WARN
    assert "IndexError" in told.metadata["offending rows"].value
    assert "two.txt, statements (exception): IndexError: list index out of range" in said
    page = report_file(settings).read_text(encoding="utf-8")
    assert "Rows set aside" in page and "RecursionError" in page


@pytest.mark.parametrize("name", [*TABLES, "set_aside_rows"])
def test_both_ways_give_the_same_rows(settings, corpus, job, name):
    assert job.success
    exported = pl.read_parquet(settings.exports / f"{name}.parquet")
    assert exported.equals(frame(name, corpus.rows()[name]))


def test_a_page_that_cannot_be_parsed_or_linked_gives_no_rows(settings):
    def parse(nlp, document, blocks):
        if ODD in document.text:
            raise ValueError("text too long")
        return parse_blocks(nlp, document, blocks)

    corpus = run_corpus(settings, NOW, Extractors(parse=parse))
    assert {(r.step, r.table_name, r.code) for r in corpus.extracted.set_aside} == {
        ("parsing", None, "exception")
    }

    def link_some(page, pack):
        if odd(page):
            raise KeyError("head")
        found = link(page, pack)
        named = next(m for m in found.mentions if m.actor.entity_id is not None)
        return Links((*found.mentions, replace(named, char_end=named.char_end + 1), named))

    corpus = run_corpus(settings, NOW, Extractors(link=link_some))
    rows = corpus.extracted.set_aside
    # Two of the three documents fail; the third has a moved and a repeated mention.
    assert sorted(r.code for r in rows if r.step == "linking") == [
        "evidence",
        "exception",
        "exception",
        "unique",
    ]
    ids = {d.document_id for d in corpus.documents if ODD not in d.text}
    assert {m.document_id for m in corpus.extracted.entity_mentions} == ids
    assert sum(e.n_mentions for e in corpus.extracted.entities) == len(corpus.extracted.entity_mentions)

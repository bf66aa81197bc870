"""Nothing breaks on odd pages: no row is set aside, critical checks hold, time grows with the length."""

import datetime as dt
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations import SUITES
from expectations.validate import validate
from pipeline.domain import load_domain
from pipeline.ingest import ingest
from pipeline.known import issue_rows, party_frame
from pipeline.listing import list_files
from pipeline.model import Block, Page
from pipeline.nlp import parse_blocks
from pipeline.run import extract_pages, run_corpus
from pipeline.settings import Settings
from pipeline.stages import files_frame, raw_frame
from pipeline.tables import frame
from tests.good_data import ONE
from tests.odd_pages import PROSE, SAID, feed, odd_pages, stance_pages

ENDLESS = (
    "dates_only", "names_only", "verbs_only", "one_sentence_of_clauses", "nested_quotes", "one_word_lines",
    "one_long_line", "table",
)  # fmt: skip
"""Pages with a line of hundreds of words without a full stop."""
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Frames of all stages, rows that were set aside, and names of the documents."""
    folder = tmp_path_factory.mktemp("odd")
    own = Settings(seeds=folder)
    pages = dict(odd_pages(3_000, nested=200)) | {"feed": feed(120)}
    pages |= {f"stance{n:02}": text for n, text in enumerate(stance_pages(60, 2))}
    for name, text in pages.items():
        (folder / f"{name}.txt").write_bytes(text.encode("utf-8"))
    corpus = run_corpus(own, NOW)
    raw = ingest(own, NOW)
    pack = load_domain(own)
    frames = {name: frame(name, rows) for name, rows in corpus.rows().items()} | {
        "raw_files": files_frame(list_files(folder)),
        "raw_documents": raw_frame(raw.documents),
        "raw_quarantine": frame("quarantine", raw.quarantine),
        "parties": party_frame(pack),
        "issues": frame("issues", issue_rows(pack)),
    }
    return frames, corpus


def test_nothing_is_set_aside(corpus):
    _, found = corpus
    names = {d.document_id: d.source_file for d in found.documents}
    aside = [(names.get(r.document_id), r.step, r.code, r.detail) for r in found.extracted.set_aside]
    endless = {name for name, _, code, _ in aside if code == "sentence_too_long"}
    assert endless <= {f"{name}.txt" for name in ENDLESS}
    assert [row for row in aside if row[2] != "sentence_too_long"] == []
    assert len(found.documents) > 80
    assert {q.reason for q in found.quarantine} <= {"no_prose", "not_english", "binary"}


@pytest.mark.parametrize(
    "suite", [s for s in SUITES if s.stage in ("raw", "clean", "extract")], ids=lambda s: s.name
)
def test_critical_checks_hold(suite, corpus):
    frames, _ = corpus
    results = validate(suite, {name: frames[name] for name in suite.inputs})
    assert [(r.table, r.expectation, r.observed, r.offending) for r in results if r.outcome == "failed"] == []


def page_of(lines: list[str]) -> tuple[str, tuple[Block, ...]]:
    text, blocks, at = "\n".join(lines), [], 0
    for line in lines:
        if line.strip() == line and line:
            number = len(blocks)
            kind = "title" if not number else "body"
            key = f"blk_{number:016x}"
            blocks.append(Block(key, ONE.document_id, number, at, at + len(line), kind, "by_hand"))
        at += len(line) + 1
    return text, tuple(blocks)


WORDS = st.sampled_from(
    [
        *SAID.split(),
        *PROSE.split(),
        "“",
        "”",
        '"',
        "’",
        "—",
        "(",
        ")",
        ",",
        ".",
        "\u200f",
        "😀",
        "не",
        "\u0301",
    ]
)
LINE = st.one_of(
    st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=60),
    st.lists(WORDS, max_size=30).map(" ".join),
)


@given(st.lists(LINE, min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_pages_give_sound_rows(nlp, lines):
    text, blocks = page_of([line.strip() for line in lines])
    document = replace(ONE.document("Odd", "article"), text=text)
    page = Page(document, blocks, parse_blocks(nlp, document, blocks))
    assert extract_pages([page], load_domain(Settings())).set_aside == ()


def test_time_grows_with_the_length_and_not_faster(nlp):
    def seconds(n: int) -> float:
        lines = ["Talks resume", *[PROSE, SAID] * n]
        text, blocks = page_of(lines)
        document = ONE.document("Talks resume", "article")
        page = Page(replace(document, text=text), blocks, shared(blocks))
        began = time.process_time()
        extract_pages([page], load_domain(Settings()))
        return time.process_time() - began

    def shared(blocks):
        """Each of the two lines is parsed once: time counts behind the parse."""
        return {b.block_no: docs[0 if b.block_no == 0 else 1 + (b.block_no + 1) % 2] for b in blocks}

    docs = [nlp("Talks resume"), nlp(PROSE), nlp(SAID)]
    seconds(5)
    assert seconds(160) < 10 * max(seconds(40), 0.05)

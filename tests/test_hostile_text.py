"""Any text at all: offsets hold, lines are accounted for, pages keep apart, look-alikes do not link."""

import dataclasses
import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.clean import clean_corpus
from pipeline.clean.lines import split_lines
from pipeline.clean.reference import load_knowledge
from pipeline.dates.expressions import find_dates
from pipeline.domain import load_domain
from pipeline.errors import Reason
from pipeline.extract.statements.quotes import find_quotes
from pipeline.ids import sha256_hex
from pipeline.ingest import RawDocument, document_id_of, ingest
from pipeline.ingest.model import YEARS
from pipeline.ingest.plain import MAX_LINES
from pipeline.model import DateRange, Page
from pipeline.nlp import parse_blocks
from pipeline.resolve import link
from pipeline.settings import Settings
from pipeline.text import fold
from tests.good_data import ONE
from tests.odd_pages import PROSE, SAID
from tests.test_stress import page_of

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
DAY = DateRange(dt.date(2025, 11, 24), dt.date(2025, 11, 24))
FAR = (dt.date(YEARS.start, 1, 1), dt.date(YEARS.stop - 1, 12, 31))
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
PIECES = st.sampled_from(
    [
        *SAID.split(), *PROSE.split(), "\n", "\r\n", "\r", "\u2028", "\x0b", "\u202e", "\u200b", "“",
        "”", '"', "''", "‘", "’", "«", "»", "„", "(", "[1]", "12:30", "on Monday", "30 February 2026", "9999",
        "0000-00-00", "31/12/2025", "next year", "12 March 2026", "By Jane Doe", "©", "ADVERTISEMENT", "😀",
        "Путин", "\u0301", "\ufeff", "\x00",
    ]
)  # fmt: skip
TEXT = st.one_of(
    ANY,
    st.lists(PIECES, max_size=40).map(" ".join),
    st.lists(st.one_of(ANY, PIECES), max_size=8).map("\n".join),
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
RAW_SETTINGS = Settings()


def raw(text, name="a.txt"):
    sha256 = sha256_hex(text.encode("utf-8", "surrogatepass"))
    return RawDocument(document_id_of(sha256), name, text, sha256, None, NOW)


@given(TEXT)
@QUICK
def test_every_line_of_any_text_is_a_block_at_its_place(text):
    english = load_knowledge(RAW_SETTINGS.reference).english
    lines = list(split_lines(text, english))
    assert [line.text for line in lines] == [text[line.start : line.end] for line in lines]
    covered = set()
    for line in lines:
        assert covered.isdisjoint(range(line.start, line.end))
        covered.update(range(line.start, line.end))
    assert all(i in covered or c.isspace() for i, c in enumerate(text))


@given(TEXT)
@QUICK
def test_cleaning_any_text_gives_the_same_sound_blocks_twice(text):
    page = f"{text}\n\n{PROSE}\n\n{SAID}\n"
    once, twice = (clean_corpus([raw(page)], RAW_SETTINGS) for _ in range(2))
    assert once == twice
    assert len(once.documents) + len(once.quarantine) == 1
    for document in once.documents:
        spans = [(b.char_start, b.char_end) for b in once.blocks]
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(page) for start, end in spans)
        blank = [c for i, c in enumerate(page) if not any(start <= i < end for start, end in spans)]
        assert "".join(blank).strip() == ""
        assert document.text == page


@given(TEXT, TEXT)
@QUICK
def test_a_page_more_changes_nothing_of_another(text, other):
    own, more = (
        raw(f"{text}\n\n{PROSE}\n\n{SAID}\n"),
        raw(f"{other}\n\nThe mayor said: “{SAID}” and left.\n", "b.txt"),
    )
    alone, both = clean_corpus([own], RAW_SETTINGS), clean_corpus([own, more], RAW_SETTINGS)
    if own.document_id == more.document_id:
        return
    kinds = [(b.char_start, b.char_end, b.kind, b.rule) for b in alone.blocks]
    assert kinds == [
        (b.char_start, b.char_end, b.kind, b.rule) for b in both.blocks if b.document_id == own.document_id
    ]


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_quotations_of_any_text_lie_in_it_in_order_and_apart(text):
    spans = find_quotes(text).spans
    assert all(0 <= q.start < q.end <= len(text) for q in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(q.closed or q.end == len(text) for q in spans)


@given(TEXT, st.sampled_from([None, DAY, *(DateRange(day, day) for day in FAR)]))
@settings(max_examples=150, deadline=None)
def test_dates_of_any_text_lie_in_it_and_run_forwards(text, anchor):
    for found in find_dates(text, anchor):
        assert text[found.char_start : found.char_end] == found.text != ""
        assert (found.first is None) == (found.last is None)
        assert found.first is None or found.first <= found.last


@given(st.text(max_size=60))
def test_folding_settles(text):
    assert fold(fold(text)) == fold(text)


LOOK_ALIKES = {
    "Cyrillic letters": "Dmitry P\u0435skov",
    "Greek letters": "Dmitry Pesk\u03bfv",
    "a dotless i": "Dm\u0131try P\u0435skov",
    "a joiner inside": "Dmitry Pes\u200dkov",
    "a space without width": "Dmitry Pes\u200bkov",
    "a direction turned": "Dmitry \u202evokseP\u202c",
    "a digit": "Dmitry Pesk0v",
}


@pytest.mark.parametrize("name", LOOK_ALIKES.values(), ids=LOOK_ALIKES)
def test_a_name_that_only_looks_like_a_known_one_is_not_its_bearer(nlp, name):
    text, blocks = page_of(["Talks resume", f"Kremlin aide {name} said on Monday that talks were over."])
    document = dataclasses.replace(_document(text), text=text)
    page = Page(document, blocks, parse_blocks(nlp, document, blocks))
    names = {mention.actor.name for mention in link(page, load_domain(RAW_SETTINGS)).mentions}
    assert "Dmitry Peskov" not in names


def test_the_known_name_itself_links(nlp):
    for name in ("Dmitry Peskov", "Dmitry Pésk\u006fv"):
        text, blocks = page_of(["Talks resume", f"Kremlin aide {name} said on Monday that talks were over."])
        document = dataclasses.replace(_document(text), text=text)
        page = Page(document, blocks, parse_blocks(nlp, document, blocks))
        names = {mention.actor.name for mention in link(page, load_domain(RAW_SETTINGS)).mentions}
        assert "Dmitry Peskov" in names


def _document(text):
    return dataclasses.replace(ONE.document("Talks resume", "article"), text=text)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_text_of_a_million_lines_is_refused_and_one_at_the_limit_is_not(tmp_path, end):
    (tmp_path / "many.txt").write_text(f"a{end}" * 1_000_000, newline="")
    (tmp_path / "most.txt").write_text(f"b{end}" * MAX_LINES, newline="")
    found = ingest(Settings(seeds=tmp_path), NOW)
    assert [(q.source_file, q.reason) for q in found.quarantine] == [("many.txt", Reason.TOO_LARGE)]
    assert "1000000" in found.quarantine[0].detail
    assert [d.source_file for d in found.documents] == ["most.txt"]


def test_a_line_of_fifty_megabytes_is_not_read(tmp_path):
    (tmp_path / "line.txt").write_bytes(b"a" * 50_000_000)
    (refused,) = ingest(Settings(seeds=tmp_path), NOW).quarantine
    assert refused.reason == Reason.TOO_LARGE
    assert "50000000" in refused.detail


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "{from: 0900-01-01, to: 2026-01-01}"])
def test_a_sidecar_s_year_without_news_is_refused(tmp_path, published):
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "a.meta.yaml").write_text(f"published_on: {published}\n")
    (refused,) = ingest(Settings(seeds=tmp_path), NOW).quarantine
    assert refused.reason == Reason.BAD_SIDECAR
    assert "1600" in refused.detail

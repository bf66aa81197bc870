"""What a document yields is read once: again only if it, the code, the model or the pack has changed."""

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import polars as pl
import pytest
import trafilatura
from hypothesis import given
from hypothesis import strategies as st

from pipeline import cleaning as module
from pipeline import dating as dating_module
from pipeline import fingerprint, kept, reading
from pipeline import store as store_module
from pipeline.cleaning import Cleaning
from pipeline.domain import load_domain
from pipeline.errors import ParleyError
from pipeline.extract.positions import load_issues
from pipeline.extraction import Extraction
from pipeline.gather import gathered
from pipeline.ingest import ingest
from pipeline.settings import PROJECT_ROOT, Settings
from pipeline.stages import raw_frame
from pipeline.steps import clean_documents
from pipeline.store import Store
from pipeline.tables import frame
from pipeline.work import Limits
from pipeline.work.here import Here
from pipeline.work.pool import Pool
from pipeline.yields import PageReaders, link
from tests import format_files
from tests.synthetic_corpus import write_corpus

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
N = 6


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Settings, documents and blocks of a few pages."""
    folder = tmp_path_factory.mktemp("increments")
    write_corpus(folder / "in", N, seed=3, n_words=120)
    settings = Settings(seeds=folder / "in", warehouse=folder / "out", workers="0")
    cleaned = clean_documents(ingest(settings, NOW).documents, settings)
    return settings, frame("documents", cleaned.documents), frame("blocks", cleaned.blocks)


@pytest.fixture(scope="module")
def undisturbed(corpus):
    """All tables of a run from nothing, in this process."""
    return run(*corpus, None)[0]


def run(settings, documents, blocks, path, workers=None):
    with Store(path) as store:
        work = Extraction(documents, blocks, settings, store)
        counts = work.make_sure(workers)
        tables = {}
        for name, part in gathered(work):
            tables.setdefault(name, []).append(part)
        return {name: pl.concat(parts) for name, parts in tables.items()}, counts, store.damaged


def same(one, other):
    return one.keys() == other.keys() and all(one[name].equals(other[name]) for name in one)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture(scope="module")
def filled(corpus, tmp_path_factory):
    """A store that knows the whole corpus: to be copied, not written."""
    path = tmp_path_factory.mktemp("filled") / "store.sqlite"
    run(*corpus, path)
    return path


@pytest.fixture
def known(filled, path):
    path.write_bytes(filled.read_bytes())
    return path


def test_an_unchanged_run_reads_nothing(corpus, undisturbed, known):
    tables, counts, _ = run(*corpus, known)
    assert (counts.documents, counts.stored, counts.read, counts.parsed) == (N, N, 0, 0)
    assert same(tables, undisturbed)
    assert tables["statements"].height > 0 and tables["meetings"].height > 0


def test_a_new_document_is_the_only_one_to_be_read(corpus, undisturbed, path):
    settings, documents, blocks = corpus
    run(settings, documents.head(N - 1), blocks, path)
    tables, counts, _ = run(*corpus, path)
    assert (counts.stored, counts.read, counts.parsed) == (N - 1, 1, 1)
    assert same(tables, undisturbed)


def test_rows_of_a_removed_document_vanish(corpus, known):
    settings, documents, blocks = corpus
    tables, counts, _ = run(settings, documents.tail(N - 1), blocks, known)
    assert counts.read == 0
    gone = documents["document_id"][0]
    for name in ("statements", "entity_mentions", "meeting_mentions"):
        assert gone not in tables[name]["document_id"]
    assert same(tables, run(settings, documents.tail(N - 1), blocks, None)[0])


def test_another_pack_reads_all_again_and_parses_nothing_and_back_costs_nothing(corpus, known):
    settings, documents, blocks = corpus
    other = replace(settings, domain="generic")
    tables, counts, _ = run(other, documents, blocks, known)
    assert (counts.stored, counts.read, counts.parsed) == (0, N, 0)
    issues = {issue.id for issue in load_issues(load_domain(other).folder).issues}
    assert set(tables["issue_positions"]["issue_id"]) <= issues
    assert run(*corpus, known)[1].read == 0
    assert run(other, documents, blocks, known)[1].read == 0


def test_a_document_dated_otherwise_is_read_again_and_not_parsed(corpus, known):
    settings, documents, blocks = corpus
    first = documents["document_id"][0]
    later = pl.when(pl.col("document_id") == first).then(pl.lit(dt.date(2020, 2, 3)))
    dated = documents.with_columns(
        later.otherwise(pl.col(name)).alias(name) for name in ("published_from", "published_to")
    )
    _, counts, _ = run(settings, dated, blocks, known)
    assert (counts.read, counts.parsed) == (1, 0)


def test_a_moved_document_is_not_read_again(corpus, known):
    settings, documents, blocks = corpus
    moved = documents.with_columns(source_file="moved/" + pl.col("source_file"), ingested_at=pl.lit(NOW))
    assert run(settings, moved.cast(documents.schema), blocks, known)[1].read == 0


def test_changed_code_reads_again(corpus, known, monkeypatch):
    monkeypatch.setattr(fingerprint, "source_digest", lambda module: f"new {module}")
    _, counts, _ = run(*corpus, known)
    assert (counts.read, counts.parsed) == (N, 0)


@pytest.mark.parametrize("turn", [False, True])
def test_order_workers_and_shards_change_nothing(corpus, undisturbed, turn):
    settings, documents, blocks = corpus
    if turn:
        documents, blocks = documents.reverse(), blocks.reverse()
    with Pool(2, Limits(120, 0)) as pool:
        tables, counts, _ = run(settings, documents, blocks, None, pool)
    assert counts.parsed == N
    assert same(tables, undisturbed)


class Watched(Here):
    """Keeps the names of documents as they come."""

    def __init__(self):
        super().__init__()
        self.names = []

    def map(self, task, common, shards):
        def watched():
            for shard in shards:
                self.names += shard.names
                yield shard

        return super().map(task, common, watched())


def test_copies_come_to_a_worker_together(corpus, undisturbed):
    settings, documents, blocks = corpus
    first, *others, last = sorted(documents["document_id"])
    is_copy = pl.col("document_id") == last
    copied = documents.with_columns(pl.when(is_copy).then(pl.lit(first)).alias("duplicate_of"))
    with Watched() as workers:
        tables, _, _ = run(settings, copied, blocks, None, workers)
    assert workers.names == [first, last, *others]
    for name in ("entities", "entity_mentions", "meeting_mentions"):
        assert tables[name].equals(undisturbed[name])


def test_damaged_results_are_made_anew(corpus, undisturbed, known):
    with sqlite3.connect(known) as con:
        kinds = "WHERE kind IN ('read_group', 'read_piece')"
        (pieces,) = con.execute(f"SELECT count(*) FROM entries {kinds}").fetchone()
        con.execute(f"UPDATE entries SET value = zeroblob(9) {kinds}")
        for kind, one in (("told", "max"), ("rows", "min")):
            con.execute(
                f"UPDATE entries SET value = zeroblob(9) WHERE rowid = (SELECT {one}(rowid) FROM entries"
                " WHERE kind = ?)",
                (kind,),
            )
    con.close()
    tables, counts, damaged = run(*corpus, known)
    assert damaged == 2 + pieces >= 4
    assert (counts.read, counts.parsed) == (2, 0)
    assert same(tables, undisturbed)
    assert run(*corpus, known)[2] == 0


def test_a_new_document_makes_its_own_group_anew_and_no_other(corpus, undisturbed, path, monkeypatch):
    monkeypatch.setattr(kept, "_GROUP", 1)  # each document begins a group
    settings, documents, blocks = corpus
    run(settings, documents.head(N - 1), blocks, path)
    made = []
    put = Store.put

    def watched(store, entries):
        entries = list(entries)
        made.extend(kind for kind, _, _ in entries)
        put(store, entries)

    monkeypatch.setattr(Store, "put", watched)
    tables, _, _ = run(*corpus, path)
    assert Counter(made) - Counter({"read_piece": N}) == {
        "told": 1,
        "rows": 1,
        "parse": 1,
        "read_group": 2,
    }
    assert same(tables, undisturbed)


@given(st.sets(st.integers(0, 10**6), max_size=300), st.integers(0, 10**6))
def test_the_bounds_of_groups_hold_when_a_document_joins(numbers, new):
    def groups(names):
        return list(kept.in_groups([f"doc_{name:016x}" for name in sorted(names)], str, kept._GROUP))

    before, after = groups(numbers), groups(numbers | {new})
    assert [name for group in after for name in group] == [f"doc_{n:016x}" for n in sorted(numbers | {new})]
    assert sum(group not in before for group in after) <= 2
    assert sum(group not in after for group in before) <= 1


KILLED = """
import os, signal, sys
import polars as pl
from pathlib import Path
from pipeline import store
from pipeline.extraction import Extraction
from pipeline.settings import Settings
store._COMMIT_SECONDS = -1
folder = Path(sys.argv[1])

def die(done, total):
    if done == 3:
        os.kill(os.getpid(), signal.SIGKILL)

Extraction(
    pl.read_parquet(folder / "documents.parquet"),
    pl.read_parquet(folder / "blocks.parquet"),
    Settings(workers="0"),
    store.Store(folder / "store.sqlite"),
).make_sure(tell=die)
"""


def test_a_killed_run_goes_on_where_it_stopped(corpus, undisturbed, tmp_path):
    settings, documents, blocks = corpus
    documents.write_parquet(tmp_path / "documents.parquet")
    blocks.write_parquet(tmp_path / "blocks.parquet")
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=PROJECT_ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    tables, counts, damaged = run(settings, documents, blocks, tmp_path / "store.sqlite")
    assert (counts.stored, counts.read, damaged) == (3, N - 3, 0)
    assert 0 < counts.parsed <= N - 3  # a wire copy takes over the parse of its original
    assert same(tables, undisturbed)


def test_a_document_that_uses_up_its_time_is_set_aside_and_not_kept(corpus, path):
    settings, documents, blocks = corpus
    # A page of which every line is read, so long that its time is up before its end.
    name = documents["document_id"][0]
    text = " ".join(["Envoys said that the talks in Geneva had failed."] * 40_000)
    long = pl.col("document_id") == name
    documents = documents.with_columns(text=pl.when(long).then(pl.lit(text)).otherwise(pl.col("text")))
    whole = (
        blocks.filter(long)
        .head(1)
        .with_columns(
            kind=pl.lit("body"), char_start=pl.lit(0, pl.Int64()), char_end=pl.lit(len(text), pl.Int64())
        )
    )
    blocks = pl.concat([whole.cast(blocks.schema), blocks.filter(~long)])
    with Pool(1, Limits(5, 0)) as pool:
        tables, counts, _ = run(settings, documents, blocks, path, pool)
    aside = tables["set_aside_rows"]
    assert aside.select("document_id", "step", "code").rows() == [(name, "parsing", "out_of_time")]
    assert counts.lost == 1 and counts.read == N - 1
    assert name not in tables["statements"]["document_id"] and tables["statements"].height > 0
    with Store(path) as store:
        names = [key for (key,) in store._read("SELECT key FROM entries WHERE kind = 'rows'", ())]
        groups = store._read("SELECT key FROM entries WHERE kind = 'read_group'", ())
    assert len(names) == N - 1
    assert groups == []  # all documents are in one, and one of them is not to be kept


def readers(fails):
    def link_some(page, pack):
        if fails(page.document.document_id):
            raise KeyError("head")
        return link(page, pack)

    return PageReaders(link=link_some)


def test_a_step_that_fails_on_every_document_stops_the_run(corpus):
    settings, documents, blocks = corpus
    with Store(None) as store:
        work = Extraction(documents, blocks, settings, store, readers(lambda name: True))
        work.make_sure()
        with pytest.raises(ParleyError, match="linking failed on every document"):
            list(gathered(work))
        first = documents["document_id"][0]
        work = Extraction(documents, blocks, settings, store, readers(lambda name: name == first))
        work.make_sure()
        tables = dict(gathered(work))
    assert tables["set_aside_rows"]["document_id"].to_list() == [first]


def test_the_code_that_reads_is_what_its_digest_covers():
    script = (
        "import sys, pipeline.reading as r; from pipeline.settings import Settings;"
        "r._context(r.common_of(Settings())).nlp; import pipeline.fingerprint as f;"
        "print(*(m for m in sys.modules if m.split('.')[0] == 'pipeline'"
        " and m not in f.sources_of('pipeline.reading')))"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert said.split() == []


def test_a_worker_with_other_data_refuses_to_read(corpus):
    common = reading.common_of(corpus[0]).replace(b'"fingerprint": "', b'"fingerprint": "0')
    with pytest.raises(ParleyError, match="another version"):
        next(reading.read_documents(common, []))


# --- cleaning -------------------------------------------------------------------------------------


def cleaned(raw, settings, path, workers=None):
    with Store(path) as store:
        work = Cleaning(raw, settings, store)
        counts = work.make_sure(workers)
        documents, refused, blocks = work.tables()
        return documents, frame("quarantine", refused), pl.concat(list(blocks)), counts


@pytest.fixture(scope="module")
def raw(corpus):
    settings = corpus[0]
    (settings.seeds / "none.txt").write_text("1\n2\n3\n", encoding="utf-8")
    (settings.seeds / "undated.txt").write_text(
        "Envoys meet\n\nEnvoys of Chad and Niger met in Geneva on Monday, officials said, and agreed to meet "
        "again soon.\n",
        encoding="utf-8",
    )
    return raw_frame(ingest(settings, NOW).documents)


def test_cleaning_is_the_same_in_shards_and_at_once(corpus, raw, path):
    settings = corpus[0]
    at_once = clean_documents(ingest(settings, NOW).documents, settings)
    with Pool(2, Limits(120, 0)) as pool:
        documents, refused, blocks, counts = cleaned(raw.reverse(), settings, path, pool)
    assert counts.read == raw.height
    assert documents.equals(frame("documents", at_once.documents))
    assert blocks.equals(frame("blocks", at_once.blocks))
    assert refused.equals(frame("quarantine", at_once.quarantine)) and refused.height == 1
    again = cleaned(raw, settings, path)
    assert (again[3].stored, again[3].read) == (raw.height, 0)
    assert again[0].equals(documents) and again[2].equals(blocks)


def test_a_new_file_is_the_only_one_to_be_cleaned(corpus, raw, path):
    settings = corpus[0]
    cleaned(raw.head(raw.height - 1), settings, path)
    assert cleaned(raw, settings, path)[3].read == 1


def test_damaged_groups_and_pieces_of_cleaning_are_made_anew(corpus, raw, path):
    settings = corpus[0]
    before = cleaned(raw, settings, path)
    with sqlite3.connect(path) as con:
        changed = "UPDATE entries SET value = zeroblob(9) WHERE kind IN ('cleaned_group', 'cleaned_piece')"
        assert con.execute(changed).rowcount >= 3
    con.close()
    after = cleaned(raw, settings, path)
    assert after[3].read == 0
    assert all(one.equals(other) for one, other in zip(before[:3], after[:3], strict=True))


def undated(number):
    """A page that gives no date, of talks that pages of synthetic corpora do not tell of."""
    text = (
        f"Envoys Lena Varga of Arkania and Oto Brandt of Corvia met in Tarvo on Wednesday for talks {number} "
        "on the river Orla.\n"
        "They agreed on a 30-day halt to the works on the Orla dam, officials said."
    )
    return text.replace(str(number), str(number) * 2)


@pytest.fixture
def dating(tmp_path):
    """Raw documents, of which the last two give no date and another one dates what they tell."""
    folder = tmp_path / "dating"
    write_corpus(folder, 3, seed=3, n_words=120)
    report = (
        "Envoys Lena Varga of Arkania and Oto Brandt of Corvia will hold talks on the river Orla in Tarvo on "
        "Wednesday, the foreign ministry said.\n"
        "A 30-day halt to the works on the Orla dam was agreed today, officials said.\n"
    )
    report += "\n".join(f"The harbour board of the capital counted {n} ships that day." for n in range(500))
    (folder / "a.txt").write_text(f"Talks in Tarvo\nPublished February 10, 2026\n{report}")
    (folder / "y.txt").write_text(undated(7))
    (folder / "z.txt").write_text(undated(8))
    settings = Settings(seeds=folder, workers="0")
    return settings, raw_frame(ingest(settings, NOW).documents)


def test_an_undated_page_is_not_read_again_while_others_tell_the_same_of_it(dating, path, monkeypatch):
    settings, raw = dating
    assert "inferred" in cleaned(raw, settings, path)[0]["published_basis"]
    read = []

    def watched(item, knowledge):
        read.append(item.source_file)
        return clean_document(item, knowledge)

    clean_document = module.clean_document
    monkeypatch.setattr(module, "clean_document", watched)
    monkeypatch.setattr(dating_module, "clean_document", watched)
    whole = cleaned(raw, settings, None)
    assert {"y.txt", "z.txt"} <= set(read)
    read.clear()
    again = cleaned(raw, settings, path)
    assert read == []
    assert all(one.equals(other) for one, other in zip(again[:3], whole[:3], strict=True))


def test_an_undated_page_is_dated_by_what_came_later(dating, path):
    settings, raw = dating
    late = pl.col("source_file") == "a.txt"
    before = cleaned(raw.filter(~late), settings, path)
    after = cleaned(raw, settings, path)
    assert after[3].read == 1
    whole = cleaned(raw, settings, None)
    assert all(one.equals(other) for one, other in zip(after[:3], whole[:3], strict=True))
    day = pl.col("source_file") == "z.txt"
    assert before[0].filter(day)["published_from"].to_list() == [None]
    assert after[0].filter(day)["published_from"].to_list() != [None]


def test_a_page_whose_day_cannot_be_read_is_set_aside_and_not_kept(dating, path, monkeypatch):
    settings, raw = dating
    whole = module.undated_text

    def failing(page):
        if "talks 88" in page.document.text:
            raise KeyError("day")
        return whole(page)

    monkeypatch.setattr(module, "undated_text", failing)
    documents, refused, _, _ = cleaned(raw, settings, path)
    assert refused.select("source_file", "reason").rows() == [("z.txt", "not_cleaned")]
    assert documents.height == raw.height - 1
    monkeypatch.undo()
    assert cleaned(raw, settings, path)[0].height == raw.height


def test_results_of_cleaning_that_nobody_asks_for_are_forgotten(dating, path, monkeypatch):
    settings, raw = dating
    monkeypatch.setattr(store_module, "KEEP_BYTES", 0)
    monkeypatch.setattr(store_module, "KEEP_TIMES", 0)
    cleaned(raw, settings, path)
    with Store(path) as store:
        store.put([("clean", "old", b"old"), ("rows", "other", b"work")])
        work = Cleaning(raw, settings, store)
        work.make_sure()
        list(work.tables()[2])
        assert work.prune() == 1
        assert store.known("clean", ["old"]) == set() and store.known("rows", ["other"]) == {"other"}
    assert cleaned(raw, settings, path)[3].read == 0


def test_no_documents_give_empty_tables(corpus, path):
    documents, refused, blocks, _ = cleaned(raw_frame(()), corpus[0], path)
    assert documents.is_empty() and refused.is_empty() and blocks.is_empty()
    tables, counts, _ = run(corpus[0], documents, blocks, path)
    assert counts.documents == 0 and all(table.is_empty() for table in tables.values())


def test_nothing_is_left_behind_by_a_pool(corpus):
    settings, documents, blocks = corpus
    with Pool(1, Limits(120, 0)) as pool:
        run(settings, documents.head(1), blocks, None, pool)
        pids = [process._process.pid for process in pool._processes]
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


# --- pages of HTML --------------------------------------------------------------------------------


def test_a_page_of_html_is_read_once_and_again_by_other_code(seeds, path, monkeypatch):
    (seeds / "a.html").write_bytes(format_files.html(head='<meta name="author" content="Ana Ruiz">'))
    (seeds / "b.warc").write_bytes(format_files.warc(2))
    (seeds / "c.txt").write_text("Envoys met in Geneva.")
    (seeds / "d.html").write_bytes(b" ")
    read = []
    whole = trafilatura.extract

    def extract(*args, **more):
        read.append(args)
        return whole(*args, **more)

    monkeypatch.setattr("trafilatura.extract", extract)

    def taken():
        with Store(path) as store:
            return ingest(Settings(seeds=seeds), NOW, store=store)

    first = taken()
    assert len(read) == 3 and len(first.documents) == 4 and len(first.quarantine) == 1
    assert taken() == first == ingest(Settings(seeds=seeds), NOW)
    assert len(read) == 6  # once more without a store
    monkeypatch.setattr("pipeline.ingest.read.page_fingerprint", lambda: "other")
    assert taken() == first
    assert len(read) == 9

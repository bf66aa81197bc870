"""Reading the seed folder: what is read, what is refused and why, what is ignored."""

import dataclasses
import datetime as dt
import gzip
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import Reason, SettingsError
from pipeline.ids import sha256_hex
from pipeline.ingest import document_id_of, ingest, known_times
from pipeline.ingest.earlier import Earlier
from pipeline.ingest.folders import LocalFolder
from pipeline.ingest.plain import decode
from pipeline.model import DateRange, Document
from pipeline.settings import Settings
from pipeline.stages import all_raw, raw_frame, untouched_rows

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)


def run(folder, now=NOW, known=None, **settings):
    return ingest(dataclasses.replace(Settings(), seeds=folder, **settings), now, known)


def refusals(found):
    return [(q.source_file, q.reason) for q in found.quarantine]


def test_text_is_kept_verbatim_and_only_the_byte_order_mark_is_dropped(seeds):
    raw = "\ufeffOne\r\nTwo\u2028\u00a0three\n\n".encode()
    (seeds / "a.txt").write_bytes(raw)
    (document,) = run(seeds).documents
    assert document.text == "One\r\nTwo\u2028\u00a0three\n\n"
    assert document.sha256 == sha256_hex(raw)
    assert document.ingested_at == NOW


def test_files_are_found_in_subfolders_in_order_of_path(seeds):
    for name in ("b/z.txt", "a.txt", "b/a.TXT", "c.txt"):
        (seeds / name).parent.mkdir(exist_ok=True)
        (seeds / name).write_text(name)
    assert [d.source_file for d in run(seeds).documents] == ["a.txt", "b/a.TXT", "b/z.txt", "c.txt"]


def test_the_id_depends_on_the_bytes_and_not_on_the_name(seeds):
    (seeds / "a.txt").write_text("text")
    before = run(seeds).documents[0].document_id
    (seeds / "a.txt").rename(seeds / "b.txt")
    assert run(seeds).documents[0].document_id == before == document_id_of(sha256_hex(b"text"))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", Reason.EMPTY),
        (" \n\t\u00a0\u2003".encode(), Reason.EMPTY),
        (b"\xef\xbb\xbf", Reason.EMPTY),
        ("Gespräch".encode("latin-1"), Reason.NOT_UTF8),
        ("text".encode("utf-16"), Reason.BINARY),
        (b"PK\x03\x04\x00\x00", Reason.BINARY),
        (b"\x1b[31mred\x1b[0m \x07\x08", Reason.BINARY),
        (b"x" * 101, Reason.TOO_LARGE),
    ],
)
def test_a_bad_file_is_refused_with_its_reason_and_does_not_stop_the_others(seeds, raw, reason):
    (seeds / "bad.txt").write_bytes(raw)
    (seeds / "good.txt").write_text("text")
    found = run(seeds, max_bytes=100)
    assert refusals(found) == [("bad.txt", reason)]
    assert found.quarantine[0].detail.endswith(".")
    assert [d.source_file for d in found.documents] == ["good.txt"]


def test_a_file_that_is_too_large_is_not_read(seeds):
    (seeds / "big.txt").write_text("x" * 101)
    (refused,) = run(seeds, max_bytes=100).quarantine
    assert refused.sha256 is None
    assert "101" in refused.detail and "100" in refused.detail


def test_the_later_of_two_equal_files_is_a_duplicate_of_the_first(seeds):
    for name in ("b.txt", "a.txt", "c.txt"):
        (seeds / name).write_text("same")
    found = run(seeds)
    assert [d.source_file for d in found.documents] == ["a.txt"]
    assert refusals(found) == [("b.txt", Reason.DUPLICATE), ("c.txt", Reason.DUPLICATE)]
    assert all("a.txt" in q.detail for q in found.quarantine)


def test_links_out_of_the_folder_broken_links_folders_and_pipes_are_unreadable(seeds, tmp_path):
    (tmp_path / "outside.txt").write_text("secret")
    (seeds / "out.txt").symlink_to(tmp_path / "outside.txt")
    (seeds / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (seeds / "loop.txt").symlink_to(seeds / "loop.txt")
    (seeds / "folder.txt").mkdir()
    (seeds / "folder.txt" / "inner.txt").write_text("text")
    os.mkfifo(seeds / "pipe.txt")
    found = run(seeds)
    assert refusals(found) == [
        (name, Reason.UNREADABLE) for name in ("folder.txt", "gone.txt", "loop.txt", "out.txt", "pipe.txt")
    ]
    assert [d.source_file for d in found.documents] == ["folder.txt/inner.txt"]
    assert not any("secret" in q.detail for q in found.quarantine)


def test_a_link_inside_the_folder_is_read(seeds):
    (seeds / "a.dat").write_text("text")
    (seeds / "b.txt").symlink_to(seeds / "a.dat")
    assert [d.source_file for d in run(seeds).documents] == ["b.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_unreadable(seeds):
    (seeds / "a.txt").write_text("text")
    (seeds / "a.txt").chmod(0)
    assert refusals(run(seeds)) == [("a.txt", Reason.UNREADABLE)]


def test_a_file_that_vanishes_between_listing_and_reading_is_unreadable(seeds, monkeypatch):
    (seeds / "a.txt").write_text("text")
    listed = LocalFolder(seeds).walk()
    (seeds / "a.txt").unlink()
    monkeypatch.setattr(LocalFolder, "walk", lambda folder: listed)
    assert refusals(run(seeds)) == [("a.txt", Reason.UNREADABLE)]


def test_a_folder_that_has_become_a_link_out_of_here_is_not_read(seeds, tmp_path, monkeypatch):
    (seeds / "deep").mkdir()
    (seeds / "deep" / "a.txt").write_text("text")
    listed = LocalFolder(seeds).walk()
    (seeds / "deep").rename(tmp_path / "elsewhere")
    (seeds / "deep").symlink_to(tmp_path / "elsewhere")
    monkeypatch.setattr(LocalFolder, "walk", lambda folder: listed)
    assert refusals(run(seeds)) == [("deep/a.txt", Reason.UNREADABLE)]


@pytest.mark.parametrize("n_bytes", [65_535, 65_536, 65_537, 200_000])
def test_files_of_any_size_are_read_whole(seeds, n_bytes):
    (seeds / "a.txt").write_text("x" * n_bytes)
    (document,) = run(seeds).documents
    assert document.text == "x" * n_bytes


def test_what_is_no_input_is_ignored_by_name(seeds):
    for name in ("a.txt", "a.meta.yaml", "orphan.meta.yaml", "notes.md", ".hidden.txt"):
        (seeds / name).write_text("{}")
    (seeds / ".git").mkdir()
    (seeds / ".git" / "x.txt").write_text("text")
    found = run(seeds)
    assert [d.source_file for d in found.documents] == ["a.txt"]
    assert found.ignored == (".git", ".hidden.txt", "notes.md", "orphan.meta.yaml")


def test_a_sidecar_is_read(seeds):
    (seeds / "a.txt").write_text("text")
    (seeds / "a.meta.yaml").write_text(
        "url: https://x.example/a\npublisher: The Herald\npublished_on: 2026-05-04\nlanguage: en\n"
    )
    sidecar = run(seeds).documents[0].sidecar
    assert sidecar is not None
    assert (sidecar.url, sidecar.publisher, sidecar.language) == ("https://x.example/a", "The Herald", "en")
    assert sidecar.published == DateRange(dt.date(2026, 5, 4), dt.date(2026, 5, 4))


def test_a_sidecar_may_give_a_range_of_days(seeds):
    (seeds / "a.txt").write_text("text")
    (seeds / "a.meta.yaml").write_text("published_on: {from: 2026-05-01, to: 2026-05-04}\n")
    sidecar = run(seeds).documents[0].sidecar
    assert sidecar is not None
    assert sidecar.published == DateRange(dt.date(2026, 5, 1), dt.date(2026, 5, 4))


@pytest.mark.parametrize(
    "sidecar",
    [
        "publsher: X",
        "published_on: soon",
        "published_on: {from: 2026-05-04, to: 2026-05-01}",
        "a: [",
        "- list",
        "language: English",
        "publisher: ''",
    ],
)
def test_a_bad_sidecar_sets_its_document_aside(seeds, sidecar):
    (seeds / "a.txt").write_text("text")
    (seeds / "a.meta.yaml").write_text(sidecar)
    found = run(seeds)
    assert refusals(found) == [("a.txt", Reason.BAD_SIDECAR)]
    assert "a.meta.yaml" in found.quarantine[0].detail
    assert str(seeds) not in found.quarantine[0].detail


def test_a_sidecar_with_another_word_for_the_day_is_told_the_right_one(seeds):
    (seeds / "a.txt").write_text("text")
    (seeds / "a.meta.yaml").write_text("published: 2026-05-04")
    assert "did you mean 'published_on'?" in run(seeds).quarantine[0].detail


def test_known_times_are_kept_so_that_a_second_run_gives_equal_rows(seeds):
    (seeds / "a.txt").write_text("text")
    (seeds / "b.txt").write_text("text")
    (seeds / "c.txt").write_text("")
    first = run(seeds)
    (document,) = first.documents
    row = Document(
        document.document_id,
        "a.txt",
        None,
        None,
        (),
        None,
        None,
        None,
        "unknown",
        "article",
        "en",
        None,
        "text",
        1,
        document.sha256,
        None,
        document.ingested_at,
    )
    (seeds / "d.txt").write_text("new")
    later = NOW + dt.timedelta(days=1)
    second = run(seeds, now=later, known=known_times([row], first.quarantine))
    assert second.documents[0] == document
    assert second.quarantine == first.quarantine
    assert second.documents[1].ingested_at == later


def test_a_missing_folder_is_an_error_and_no_empty_corpus(tmp_path):
    with pytest.raises(SettingsError) as refused:
        run(tmp_path / "none")
    assert refused.value.code == "seeds_missing"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip))
def test_decoding_gives_the_text_back(text):
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@pytest.fixture
def opened(monkeypatch):
    """Names of the files that are opened."""
    names = []
    one = LocalFolder.open
    monkeypatch.setattr(
        LocalFolder, "open", lambda folder, entry: names.append(entry.path) or one(folder, entry)
    )
    return names


def test_texts_that_are_known_to_be_the_same_are_not_opened(seeds, opened):
    for name, raw in {
        "a.txt": b"as it was", "b.txt": b"\xef\xbb\xbfwith a mark", "c.txt": b"as it was",
        "d.txt": b"another one", "e.txt": b"new", "f.txt": b"", "g.jsonl": b'{"text": "a record"}',
    }.items():  # fmt: skip
        (seeds / name).write_bytes(raw)
    before = run(seeds)
    digests = {p.name: sha256_hex(p.read_bytes()) for p in seeds.iterdir()}
    texts = {d.source_file: d.text for d in before.documents if d.source_file != "e.txt"}
    texts |= {"c.txt": "as it was", "d.txt": "forged", "gone.txt": "gone", "g.jsonl": '{"text": "a record"}'}
    del opened[:]
    settings = dataclasses.replace(Settings(), seeds=seeds)
    assert ingest(settings, NOW, earlier=Earlier(texts, digests)) == before
    assert opened == ["d.txt", "e.txt", "f.txt", "g.jsonl"]
    del opened[:]
    assert ingest(settings, NOW, earlier=Earlier(texts, {})) == before
    assert len(opened) == 7


CHANGES = {
    "nothing": lambda seeds: None,
    "a new file": lambda seeds: (seeds / "bb.txt").write_text("new"),
    "a changed file": lambda seeds: (seeds / "c.txt").write_text("changed"),
    "a file gone": lambda seeds: (seeds / "b.txt").unlink(),
    "the first of two gone": lambda seeds: (seeds / "a.txt").unlink(),
    "the same before": lambda seeds: (seeds / "0.txt").write_text("another one"),
    "a record the same": lambda seeds: (seeds / "0.jsonl").write_text('{"text": "another one"}'),
    "something beside": lambda seeds: (seeds / "c.meta.yaml").write_text("publisher: Post"),
    "something wrong beside": lambda seeds: (seeds / "c.meta.yaml").write_text("nothing: known"),
    "nothing beside": lambda seeds: (seeds / "e.meta.yaml").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_documents_of_untouched_files_are_taken_over_in_their_places(seeds, opened, change):
    for name, raw in {
        "a.txt": b"as it was", "b.txt": b"\xef\xbb\xbfwith a mark", "c.txt": b"another one",
        "d.txt": b"as it was", "e.txt": b"told of", "e.meta.yaml": b"publisher: Post", "f.txt": b"",
        "g.jsonl": b'{"text": "a record"}', "h.txt.gz": gzip.compress(b"packed"),
    }.items():  # fmt: skip
        (seeds / name).write_bytes(raw)
    first = run(seeds)
    known = known_times(first.documents, first.quarantine)
    CHANGES[change](seeds)
    now = NOW + dt.timedelta(days=1)
    settings = dataclasses.replace(Settings(), seeds=seeds)
    digests = {p.name: sha256_hex(p.read_bytes()) for p in seeds.iterdir()}
    before = untouched_rows(raw_frame(first.documents), digests, known)
    taken = dict(before.select("source_file", "sha256").iter_rows())
    del opened[:]
    found = ingest(settings, now, known, earlier=Earlier({}, digests, taken))
    assert {name for _, name in found.untouched}.isdisjoint(opened)
    assert len(found.untouched) >= 1
    whole = ingest(settings, now, known)
    assert all_raw(raw_frame(found.documents), before, found.untouched).equals(raw_frame(whole.documents))
    assert dataclasses.replace(found, documents=(), untouched=()) == dataclasses.replace(whole, documents=())


def test_a_document_of_another_time_is_read_again(seeds):
    (seeds / "a.txt").write_text("as it was")
    first = run(seeds)
    digests = {p.name: sha256_hex(p.read_bytes()) for p in seeds.iterdir()}
    frame = raw_frame(first.documents)
    known = {each.sha256: each.ingested_at for each in first.documents}
    assert untouched_rows(frame, digests, known).height == 1
    assert untouched_rows(frame, digests, {}).height == 0
    other = {sha256: time + dt.timedelta(days=1) for sha256, time in known.items()}
    assert untouched_rows(frame, digests, other).height == 0

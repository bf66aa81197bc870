"""Broken, cut and swollen inputs: what can be read is read, the rest is in quarantine with its place."""

import gzip
import io
import json
import logging
import random
import zlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import Reason
from pipeline.ingest import expand
from pipeline.ingest.expand import Expanding, Fault, zstd
from pipeline.ingest.source import Source
from tests import format_files as files


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def read(folder, name, raw, **more):
    for old in folder.iterdir():
        old.unlink()
    (folder / name).write_bytes(raw)
    return files.run(folder, **more)


def lost_nothing(whole, cut):
    """What a cut file gave is the beginning of what the whole one gives, and what is missing is signalled."""
    kept = [(d.source_file, d.sha256) for d in cut.documents]
    assert kept == [(d.source_file, d.sha256) for d in whole.documents][: len(kept)]
    assert files.n_inputs(cut) == len(cut.documents) + len(cut.quarantine)
    assert len(kept) == len(whole.documents) or cut.quarantine
    places = files.names(cut) + [q.source_file for q in cut.quarantine]
    assert len(places) == len(set(places))


def text_warc(n):
    """A WARC of n plain texts: quick to read many times."""
    return b"".join(
        files.warc_record(
            "conversion", f"{i}. {files.PROSE[0]}".encode(), "text/plain", f"https://x.example/{i}"
        )
        for i in range(n)
    )


@pytest.mark.parametrize("ending", [".gz", ".zst"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.warc", "a.txt"])
def test_a_compressed_file_cut_at_any_byte_loses_nothing_silently(seeds, name, ending):
    plain = {
        "a.jsonl": files.jsonl(4),
        "a.csv": b'text,title\n"One\ntext","A"\nTwo texts,B\n"Three, with ""quotes""",C\n',
        "a.warc": text_warc(3),
        "a.txt": files.PROSE[0].encode(),
    }[name]
    raw = files.compressed(plain, ending)
    whole = read(seeds, name + ending, raw)
    assert not whole.quarantine
    for at in range(len(raw)):
        cut = read(seeds, name + ending, raw[:at])
        lost_nothing(whole, cut)
        assert [q.reason for q in cut.quarantine] == ["truncated" if at else "empty"], at


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_records_before_the_damage_are_read(seeds, ending):
    lines = [json.dumps({"text": f"{i} " + random.Random(i).randbytes(3000).hex()}) for i in range(200)]
    raw = files.compressed("\n".join(lines).encode(), ending)
    middle = len(raw) // 2
    found = read(seeds, f"a.jsonl{ending}", raw[:middle])
    n = len(found.documents)
    assert 60 < n < 101
    assert files.refusals(found) == [(f"a.jsonl{ending}#{n + 1}", "truncated")]
    found = read(seeds, f"a.jsonl{ending}", raw[:middle] + b"\xff" * 40 + raw[middle + 40 :])
    assert len(found.documents) > 60
    assert found.quarantine[-1].reason == "truncated" and "damaged" in found.quarantine[-1].detail


def test_a_wrong_checksum_is_told_though_all_could_be_read(seeds):
    raw = bytearray(gzip.compress(files.jsonl(3)))
    raw[-8] ^= 1
    found = read(seeds, "a.jsonl.gz", bytes(raw))
    assert len(found.documents) == 3
    assert files.refusals(found) == [("a.jsonl.gz#4", "truncated")]
    assert files.refusals(read(seeds, "a.txt.gz", bytes(raw))) == [("a.txt.gz", "truncated")]


def test_rubbish_behind_a_gzip_member_is_told(seeds):
    found = read(seeds, "a.jsonl.gz", gzip.compress(files.jsonl(2)) + b"rubbish")
    assert (len(found.documents), files.refusals(found)) == (2, [("a.jsonl.gz#3", "truncated")])


def test_json_lines_cut_at_any_byte_lose_nothing_silently(seeds):
    raw = files.jsonl(3)
    whole = read(seeds, "a.jsonl", raw)
    ends = [at + 1 for at, byte in enumerate(raw) if byte == 10]
    for at in range(len(raw)):
        cut = read(seeds, "a.jsonl", raw[:at])
        if at in ends or at + 1 in ends:
            # Whole lines are a whole file: nothing in the format says how many there should be.
            assert files.names(cut) == files.names(whole)[: len(files.names(cut))] and not cut.quarantine
        else:
            lost_nothing(whole, cut)


@pytest.mark.parametrize("each", ["", ".gz"])
def test_a_warc_cut_at_any_byte_loses_nothing_silently(seeds, each):
    records = [
        files.compressed(text_warc(i + 1)[len(text_warc(i)) :], each)
        if each
        else text_warc(i + 1)[len(text_warc(i)) :]
        for i in range(3)
    ]
    raw = b"".join(records)
    whole = read(seeds, f"a.warc{each}", raw)
    assert len(whole.documents) == 3
    ends = {sum(map(len, records[:i])) for i in range(4)}
    if not each:
        # The blank lines that close a record hold nothing.
        ends |= {end - k for end in ends for k in range(1, 5) if end}
    for at in range(1, len(raw)):
        cut = read(seeds, f"a.warc{each}", raw[:at])
        if at in ends:
            assert not cut.quarantine
        else:
            lost_nothing(whole, cut)
            assert [q.reason for q in cut.quarantine] == ["truncated"], at


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (lambda raw: raw.replace(b"Content-Length: ", b"Content-Length: -", 1), "length"),
        (lambda raw: raw.replace(b"Content-Length: ", b"Content-Length: 9", 1), "missing"),
        (lambda raw: raw.replace(b"Content-Length: 9", b"Content-Length: ", 1), "should begin"),
        (lambda raw: raw.replace(b"WARC/1.0", b"WRAC/1.0", 1), "should begin"),
        (
            lambda raw: raw.replace(b"WARC-Date: ", b"WARC-Date; ", 1).replace(b"T10:00:00Z", b"", 1),
            "no header",
        ),
    ],
)
def test_a_warc_out_of_step_is_read_up_to_there(seeds, broken, what):
    first = text_warc(1)
    assert b"Content-Length: 9" in first
    found = read(seeds, "a.warc", files.response(files.html()) + broken(first) + text_warc(1))
    assert files.names(found) == ["a.warc#1"] or what == "should begin"
    assert found.quarantine[-1].reason == "truncated" and what in found.quarantine[-1].detail


def test_a_parquet_file_cut_anywhere_is_set_aside_whole(seeds, tmp_path):
    pq.write_table(pa.table({"text": [f"{i} {files.PROSE[0]}" for i in range(5)]}), tmp_path / "a.parquet")
    raw = (tmp_path / "a.parquet").read_bytes()
    for at in range(0, len(raw), 7):
        (refused,) = read(seeds, "a.parquet", raw[:at]).quarantine
        assert refused.source_file == "a.parquet"
        assert refused.reason in ("truncated", "malformed")


def test_damage_inside_parquet_never_passes_for_text(seeds, tmp_path):
    texts = [f"{i} {random.Random(i).randbytes(100).hex()}" for i in range(300)]
    pq.write_table(
        pa.table({"text": texts}), tmp_path / "a.parquet", row_group_size=64, write_page_checksum=True
    )
    raw = bytearray((tmp_path / "a.parquet").read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 64] = bytes(64)
    found = read(seeds, "a.parquet", bytes(raw))
    n = len(found.documents)
    assert [d.text for d in found.documents] == texts[:n]
    assert n < 300 and files.refusals(found) == [(f"a.parquet#{n + 1}", "malformed")]
    assert "of 300 rows" in found.quarantine[0].detail


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_file_that_expands_without_end_is_stopped(seeds, ending, monkeypatch):
    monkeypatch.setattr(expand, "FREE", 200_000)
    bomb = b'{"text": "A text."}\n' + b"\n" * 3_000_000
    found = read(seeds, f"a.jsonl{ending}", files.compressed(bomb, ending))
    assert len(found.documents) == 1
    assert files.refusals(found) == [(f"a.jsonl{ending}#2", "too_large")]
    assert "expands" in found.quarantine[0].detail


def test_the_limit_of_a_file_holds(seeds):
    found = read(seeds, "a.jsonl.gz", gzip.compress(files.jsonl(50)), max_expanded_bytes=2000)
    assert 0 < len(found.documents) < 50
    assert files.refusals(found)[0][1] == "too_large"


@pytest.mark.parametrize("name", ["a.txt.gz", "a.html.zst"])
def test_a_record_never_expands_beyond_its_limit(seeds, name):
    raw = files.compressed(b"x" * 3_000_000, name[-4:].lstrip("l") if name.endswith(".zst") else ".gz")
    assert files.refusals(read(seeds, name, raw, max_bytes=1000)) == [(name, "too_large")]


def test_a_page_that_expands_inside_a_warc_is_stopped(seeds):
    bomb = gzip.compress(b"<p>" + b"x" * 3_000_000)
    found = read(seeds, "a.warc", files.response(bomb, more="Content-Encoding: gzip\r\n"), max_bytes=100_000)
    assert files.refusals(found) == [("a.warc#1", "too_large")]


def test_values_that_repeat_in_parquet_do_not_swell_memory(seeds, tmp_path):
    value = "x" * 1_000_000
    pq.write_table(
        pa.table({"text": pa.DictionaryArray.from_arrays([0] * 100, [value])}), tmp_path / "a.parquet"
    )
    before = pa.total_allocated_bytes()
    found = read(seeds, "a.parquet", (tmp_path / "a.parquet").read_bytes())
    assert len(found.documents) == 1 and {q.reason for q in found.quarantine} == {"duplicate"}
    assert files.n_inputs(found) == 100
    assert pa.total_allocated_bytes() - before < 50_000_000


def test_a_frame_that_asks_for_too_much_memory_is_refused(seeds):
    options = {
        zstd.CompressionParameter.window_log: 30,
        zstd.CompressionParameter.enable_long_distance_matching: 1,
    }
    made = zstd.ZstdCompressor(options=options)
    raw = made.compress(files.jsonl(2)) + made.flush()
    assert files.refusals(read(seeds, "a.jsonl.zst", raw)) == [("a.jsonl.zst", "truncated")]


def test_deep_markup_is_set_aside_or_read_but_stops_nothing(seeds):
    (seeds / "a.html").write_bytes(files.html("<div>" * 50_000 + "<p>deep</p>"))
    (seeds / "b.html").write_bytes(files.html())
    found = files.run(seeds)
    assert "b.html" in files.names(found)
    assert len(found.documents) + len(found.quarantine) == 2


def test_an_error_of_a_library_sets_one_record_aside(seeds, monkeypatch):
    import trafilatura

    def fails(tree, **options):
        raise RecursionError("too deep")

    monkeypatch.setattr(trafilatura, "extract", fails)
    (seeds / "a.html").write_bytes(files.html())
    (seeds / "b.txt").write_text(files.PROSE[0])
    found = files.run(seeds)
    assert (files.names(found), files.refusals(found)) == (["b.txt"], [("a.html", Reason.MALFORMED)])
    assert "RecursionError" in found.quarantine[0].detail


@given(
    st.binary(max_size=300),
    st.sampled_from(["a.jsonl", "a.csv", "a.warc", "a.html", "a.parquet", "a.csv.gz", "a.warc.zst"]),
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_documents_or_set_aside(tmp_path_factory, raw, name):
    folder = tmp_path_factory.mktemp("any")
    found = read(folder, name, raw)
    assert files.n_inputs(found) == len(found.documents) + len(found.quarantine) > 0


@given(
    st.lists(
        st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda t: t.strip()), unique=True, max_size=8
    )
)
@settings(max_examples=60, deadline=None)
def test_texts_come_back_from_json_and_csv_as_they_went_in(tmp_path_factory, texts):
    import csv

    folder = tmp_path_factory.mktemp("back")
    (folder / "a.jsonl").write_text("".join(json.dumps({"text": t}) + "\n" for t in texts), "utf-8")
    with (folder / "b.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        rows.writerow(["number", "text"])
        rows.writerows(enumerate(texts))
    found = files.run(folder)
    bad = {q.source_file for q in found.quarantine if q.reason == "binary"}
    assert len(bad) == len([q for q in found.quarantine if texts])
    for name in ("a.jsonl", "b.csv"):
        own = [d.text for d in found.documents if d.source_file.startswith(name)]
        good = iter(texts)
        assert all(text in good for text in own)
        assert len(own) + len([b for b in bad if b.startswith(name)]) == len(texts)


@given(st.binary(max_size=5000), st.integers(1, 400), st.sampled_from(["gzip", "zstd"]), st.integers(1, 4))
@settings(max_examples=100, deadline=None)
def test_a_stream_gives_back_what_was_compressed_however_it_is_read(raw, step, name, members):
    pack = gzip.compress if name == "gzip" else zstd.compress
    size = len(raw) // members + 1
    data = b"".join(pack(raw[i : i + size]) for i in range(0, max(1, len(raw)), size))
    fault = Fault()
    stream = Expanding(io.BytesIO(data), name, 10**9, fault)
    got = b"".join(iter(lambda: stream.read(step), b""))
    assert got == raw and fault.refusal is None


@given(st.lists(st.binary(max_size=30)), st.integers(1, 20))
def test_lines_over_the_limit_are_named_and_the_others_given(pieces, limit):
    pieces = [p.replace(b"\n", b"") for p in pieces]
    raw = b"\n".join(pieces)
    told = list(Source(io.BytesIO(raw), limit).lines())
    whole = io.BytesIO(raw).readlines()
    assert told == [(i, p if len(p) <= limit else None) for i, p in enumerate(whole, 1)]


def test_zlib_is_not_asked_for_more_than_a_piece():
    fault = Fault()
    stream = Expanding(io.BytesIO(gzip.compress(b"\0" * 10_000_000)), "gzip", 10**9, fault)
    assert len(stream.read(10**9) or b"") <= expand.PIECE
    assert zlib.MAX_WBITS == 15

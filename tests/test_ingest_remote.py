"""Inputs on object storage: a real server on loopback, and a store in memory."""

import dataclasses
import datetime as dt
import gzip

import dagster as dg
import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from moto.server import ThreadedMotoServer

from assets.automation import documents_changed
from assets.resources import Corpus
from pipeline.errors import SettingsError
from pipeline.ingest import ingest
from pipeline.listing import digest, list_files
from pipeline.settings import Settings, seeds_of, settings_from_env
from tests.format_files import PROSE, html, jsonl, names, refusals, warc

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)


@pytest.fixture(scope="module")
def server():
    """An object server on a free port of loopback."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["s3", "memory"])
def store(request, monkeypatch):
    """A store and the URL of a prefix in it."""
    if request.param == "memory":
        fs = fsspec.filesystem("memory")
        yield fs, "memory://news/archive"
        if fs.exists("/news"):
            fs.rm("/news", recursive=True)
        return
    monkeypatch.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("server"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    fs = fsspec.filesystem("s3", skip_instance_cache=True, use_listings_cache=False)
    fs.mkdir("news")
    yield fs, "s3://news/archive"
    fs.rm("news", recursive=True)


def put(store, files):
    fs, url = store
    for name, raw in files.items():
        fs.pipe_file(f"{url.partition('://')[2]}/{name}", raw)


def read(store, **settings):
    return ingest(dataclasses.replace(Settings(), seeds=store[1], **settings), NOW)


def parquet():
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": [f"{i} {PROSE[0]}" for i in range(2)]}), sink)
    return sink.getvalue().to_pybytes()


FILES = {
    "a.txt": PROSE[0].encode(),
    "a.meta.yaml": b"publisher: The Post\n",
    "deep/b.html": html(),
    "deep/c.jsonl.gz": gzip.compress(jsonl(2)),
    "d.parquet": parquet(),
    "e.warc.gz": warc(1, ".gz"),
    "bad.txt": b"\xff",
    "x/broken.jsonl.gz": gzip.compress(jsonl(9))[:-9],
    "notes.md": b"no input",
    ".hidden/f.txt": b"hidden",
}


def test_a_prefix_is_read_like_a_folder(store, tmp_path):
    put(store, FILES)
    found = read(store)
    for name, raw in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(raw)
    local = ingest(dataclasses.replace(Settings(), seeds=tmp_path), NOW)
    assert (found.documents, found.quarantine, found.records) == (
        local.documents,
        local.quarantine,
        local.records,
    )
    assert found.documents[0].sidecar.publisher == "The Post"
    assert found.ignored == ("notes.md",)
    assert "deep/c.jsonl.gz#2" in names(found) and ("bad.txt", "not_utf8") in refusals(found)


def test_limits_and_bad_sidecars_are_the_same_as_on_this_machine(store):
    put(
        store,
        {
            "a.txt": b"x" * 200,
            "b.txt": b"text",
            "b.meta.yaml": b"publsher: X",
            "c.txt": b"t",
            "c.meta.yaml": b"\xff",
        },
    )
    assert refusals(read(store, max_bytes=100)) == [
        ("a.txt", "too_large"), ("b.txt", "bad_sidecar"), ("c.txt", "bad_sidecar"),
    ]  # fmt: skip


def test_the_listing_tells_an_object_that_arrives_changes_or_vanishes(store):
    put(store, {"a.txt": b"one", "notes.md": b"x"})
    first = list_files(store[1])
    assert [(f.path, f.size, f.is_input) for f in first] == [("a.txt", 3, True), ("notes.md", 1, False)]
    assert digest(list_files(store[1])) == digest(first)
    put(store, {"a.txt": b"two"})
    second = list_files(store[1])
    assert digest(second) != digest(first)
    put(store, {"b.jsonl": b"{}"})
    assert digest(list_files(store[1])) != digest(second)


def test_the_sensor_watches_the_prefix(store):
    resources = {"corpus": Corpus.of(dataclasses.replace(Settings(), seeds=store[1]))}

    def tick(cursor=None):
        return documents_changed(dg.build_sensor_context(cursor=cursor, resources=resources))

    assert isinstance(tick(), dg.SkipReason)
    put(store, {"a.jsonl": jsonl(1)})
    asked = tick()
    assert isinstance(asked, dg.RunRequest)
    assert asked.tags["corpus"] == "archive"
    assert isinstance(tick(asked.run_key), dg.SkipReason)


def test_an_empty_prefix_is_a_missing_folder(store):
    with pytest.raises(SettingsError) as refused:
        read(store)
    assert refused.value.code == "seeds_missing"


def test_a_store_that_does_not_answer_is_told(monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(SettingsError) as refused:
        ingest(dataclasses.replace(Settings(), seeds="s3://nowhere/x"), NOW)
    assert refused.value.code in ("seeds_unreachable", "seeds_missing")


def test_a_store_without_driver_is_told():
    with pytest.raises(SettingsError) as refused:
        ingest(dataclasses.replace(Settings(), seeds="nosuch://x/y"), NOW)
    assert refused.value.code == "seeds_driver_missing"


def test_the_setting_may_be_a_path_or_a_url(tmp_path):
    assert seeds_of(str(tmp_path)) == seeds_of(f"file://{tmp_path}") == tmp_path
    assert seeds_of("s3://news/archive/") == "s3://news/archive"
    settings = settings_from_env({"PARLEY_SEEDS": "s3://news/archive"})
    assert (settings.seeds, settings.corpus) == ("s3://news/archive", "archive")
    assert Corpus.of(settings).settings() == settings


@pytest.mark.parametrize("raw", ["s3://", "zip::s3://news/a.zip", "simplecache::s3://news", "a b://x"])
def test_other_urls_are_refused(raw):
    with pytest.raises(SettingsError) as refused:
        seeds_of(raw)
    assert refused.value.code == "setting_not_url"

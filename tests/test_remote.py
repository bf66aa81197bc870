"""Exports on object storage: a real server on loopback, whole sets only, and faults on the way."""

import json
from pathlib import Path

import dagster as dg
import duckdb
import fsspec
import polars as pl
import pytest
from moto.server import ThreadedMotoServer
from s3fs import S3FileSystem

from assets.definitions import build_defs
from dashboard.source import ExportError, open_generation
from pipeline import remote
from pipeline.export import export_tables, open_set
from pipeline.remote import POINTER, current_set, mirror_exports
from pipeline.settings import Settings
from pipeline.swap import PublishError
from tests.contract_rows import sample
from tests.test_run import ARTICLE, run

URL = "s3://parley/talks"


@pytest.fixture(scope="module")
def server():
    """An object server on a free port of loopback."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(server, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    S3FileSystem.clear_instance_cache()  # another test's server may be behind the one that is kept
    fs = fsspec.filesystem("s3", skip_instance_cache=True, use_listings_cache=False)
    fs.mkdir("parley")
    yield fs
    fs.rm("parley", recursive=True)


@pytest.fixture
def settings(tmp_path):
    return Settings(warehouse=tmp_path)


def labelled(label):
    return sample(issues=sample()["issues"].with_columns(label=pl.lit(label)))


def seen(url):
    with fsspec.open(f"{current_set(url)}/issues.parquet") as handle:
        return pl.read_parquet(handle.read())["label"][0]


def test_a_set_arrives_whole_and_byte_for_byte(bucket, settings):
    export_tables(labelled("Truce"), settings)
    done = mirror_exports(settings.exports, URL)
    folder = open_set(settings.exports)
    assert done.changed
    assert done.url == current_set(URL) == f"{URL}/sets/{folder.name}"
    for path in folder.iterdir():
        assert bucket.cat_file(f"parley/talks/sets/{folder.name}/{path.name}") == path.read_bytes()


def test_unchanged_exports_send_nothing(bucket, settings):
    export_tables(labelled("Truce"), settings)
    mirror_exports(settings.exports, URL)
    again = mirror_exports(settings.exports, URL)
    assert (again.n_sent, again.changed) == (0, False)


def test_readers_of_the_set_before_go_on_and_the_one_before_that_goes(bucket, settings):
    sets = []
    for label in ("one", "two", "three"):
        export_tables(labelled(label), settings)
        sets.append(mirror_exports(settings.exports, URL).url)
        assert seen(URL) == label
    assert not bucket.exists(sets[0].removeprefix("s3://"))
    assert bucket.exists(sets[1].removeprefix("s3://"))


@pytest.mark.parametrize("n_sent", [0, 1, 5])
def test_a_run_that_dies_on_the_way_leaves_readers_what_they_saw(bucket, settings, monkeypatch, n_sent):
    export_tables(labelled("before"), settings)
    mirror_exports(settings.exports, URL)
    export_tables(labelled("after"), settings)
    fs, sent = remote._filesystem(URL)[0], []
    put = fs.put_file

    def dying(*args):
        if len(sent) == n_sent:
            raise ConnectionResetError("gone")
        sent.append(args)
        put(*args)

    with monkeypatch.context() as broken:
        broken.setattr(fs, "put_file", dying)
        with pytest.raises(ConnectionResetError):
            mirror_exports(settings.exports, URL)
    assert seen(URL) == "before"
    mirror_exports(settings.exports, URL)
    assert seen(URL) == "after"


def test_a_file_cut_off_on_the_way_is_noticed_and_sent_again(bucket, settings, monkeypatch):
    export_tables(labelled("Truce"), settings)
    name = open_set(settings.exports).name

    fs = remote._filesystem(URL)[0]

    def cutting(source, target):
        fs.pipe_file(target, Path(source).read_bytes()[:-1])

    with monkeypatch.context() as broken:
        broken.setattr(fs, "put_file", cutting)
        with pytest.raises(PublishError) as raised:
            mirror_exports(settings.exports, URL)
    assert raised.value.code == "remote_incomplete"
    assert not bucket.exists(f"parley/talks/{POINTER}")
    mirror_exports(settings.exports, URL)
    assert current_set(URL).endswith(name)
    assert seen(URL) == "Truce"


@pytest.mark.parametrize("content", [b"", b"[]", b'{"set": "../elsewhere"}', b'{"set": 3}', b"\xff"])
def test_a_broken_pointer_is_no_way_out_of_the_prefix(bucket, content):
    bucket.pipe_file(f"parley/talks/{POINTER}", content)
    with pytest.raises(PublishError) as raised:
        current_set(URL)
    assert raised.value.code == "remote_pointer_broken"


def test_nothing_published_yet(bucket, settings):
    with pytest.raises(PublishError) as raised:
        current_set(URL)
    assert raised.value.code == "no_exports"
    with pytest.raises(PublishError) as raised:
        mirror_exports(settings.exports, URL)
    assert raised.value.code == "no_exports"


def test_a_bucket_that_is_not_there_is_an_error_of_input_and_output(bucket, settings):
    export_tables(labelled("Truce"), settings)
    with pytest.raises(OSError):
        mirror_exports(settings.exports, "s3://no-such-bucket/talks")


def test_a_store_without_a_driver_is_named(settings):
    export_tables(labelled("Truce"), settings)
    with pytest.raises(PublishError) as raised:
        mirror_exports(settings.exports, "tape://drive/talks")
    assert raised.value.code == "remote_driver_missing"


def test_errors_of_the_stores_library_become_ours(bucket, settings, monkeypatch):
    export_tables(labelled("Truce"), settings)

    def failing(*args):
        raise KeyError("no such thing")

    monkeypatch.setattr(remote._filesystem(URL)[0], "put_file", failing)
    with pytest.raises(PublishError) as raised:
        mirror_exports(settings.exports, URL)
    assert raised.value.code == "remote_failed"


def test_duckdb_reads_the_files_of_a_set(bucket, settings):
    export_tables(labelled("Truce"), settings)
    mirror_exports(settings.exports, URL)
    with duckdb.connect() as con:
        con.register_filesystem(bucket)
        label = con.execute(f"SELECT label FROM '{current_set(URL)}/issues.parquet'").fetchone()
    assert label == ("Truce",)


def test_the_pointer_is_the_only_thing_that_is_ever_overwritten(settings):
    url = "memory://parley-pointer"
    export_tables(labelled("Truce"), settings)
    mirror_exports(settings.exports, url)
    fs, root = remote._filesystem(url)
    assert json.loads(fs.cat_file(f"{root}/{POINTER}"))["set"] == open_set(settings.exports).name


def test_the_job_publishes_there_when_told_to(bucket, tmp_path):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "page.txt").write_text(ARTICLE, encoding="utf-8")
    settings = Settings(seeds=seeds, warehouse=tmp_path / "warehouse", publish_to=URL)
    result = run(settings)
    assert result.success
    (sent,) = result.asset_materializations_for_node("mirroring")
    assert sent.metadata["url"].value == current_set(URL)
    assert open_generation(URL).table("statements").height > 0


def test_without_the_setting_there_is_no_such_asset(tmp_path):
    assets = build_defs(Settings(warehouse=tmp_path)).resolve_asset_graph().get_all_asset_keys()
    assert dg.AssetKey("remote_exports") not in assets


def test_the_dashboard_says_why_it_cannot_read_a_pointer(bucket):
    bucket.pipe_file(f"parley/talks/{POINTER}", b"{}")
    with pytest.raises(ExportError) as raised:
        open_generation(URL)
    assert raised.value.code == "unreachable"

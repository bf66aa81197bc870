"""YAML that wants to hurt: bombs, objects, depth, size, values that no calendar or number holds."""

import dataclasses
import datetime as dt
import os

import pytest
import yaml

from pipeline.errors import Reason, ReferenceDataError
from pipeline.ingest import ingest
from pipeline.ingest.folders import MAX_SIDECAR_BYTES
from pipeline.packs.check import check_pack
from pipeline.reference import MAX_YAML_DEPTH, Strict, load_reference, parse_yaml_text
from pipeline.settings import Settings
from tests.test_ingest import refusals

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)
LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)  # fmt: skip
REFUSED = {
    "billion laughs": LAUGHS,
    "quadratic blow-up": f"a: &a [{'x,' * 1_000}]\nb: [{'*a,' * 1_000}]\n",
    "a list in itself": "a: &a [1, *a]\n",
    "an alias of nothing": "a: *b\n",
    "a hundred thousand open brackets": "[" * 100_000,
    "a hundred thousand open braces": "{a: " * 100_000,
    "depth in blocks": "".join(" " * n + "a:\n" for n in range(400)),
    "depth through aliases": "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 60)),
    "a Python object": "!!python/object/apply:os.system ['true']",
    "a Python name": "a: !!python/name:os.system",
    "a Python module": "a: !!python/module:os",
    "a foreign tag": "a: !ruby/object:Gem {}",
    "30 February": "published_on: 2026-02-30",
    "the year 0": "published_on: 0000-01-01",
    "the hour 99": "published_on: 2026-01-01T99:00:00Z",
    "a number of 5,000 digits": f"a: {'9' * 5_000}",
    "a list as a key": "? [a]\n: b",
    "a control character": "a: \x07",
    "no end": "a: [",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_hostile_yaml_is_refused_without_being_built(text):
    with pytest.raises(yaml.YAMLError):
        parse_yaml_text(text)


def test_aliases_that_stand_for_little_are_read():
    assert parse_yaml_text("a: &x [1, 2]\nb: *x\nc: &y one\nd: *y\n") == {
        "a": [1, 2],
        "b": [1, 2],
        "c": "one",
        "d": "one",
    }


def test_the_limit_of_depth_leaves_room_for_reference_data():
    deepest = "[" * (MAX_YAML_DEPTH - 2) + "]" * (MAX_YAML_DEPTH - 2)
    assert parse_yaml_text(deepest)
    with pytest.raises(yaml.YAMLError, match="levels"):
        parse_yaml_text(f"[[{deepest}]]")


class _Any(Strict):
    a: str


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(f"a: {'x' * 300}\n")
    with pytest.raises(ReferenceDataError, match="at most 200 are read"):
        load_reference(path, _Any, 200)


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_hostile_sidecar_sets_its_document_aside_and_no_other(tmp_path, text):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"text {name}")
    (tmp_path / "a.meta.yaml").write_text(text)
    found = ingest(dataclasses.replace(Settings(), seeds=tmp_path), NOW)
    assert refusals(found) == [("a.txt", Reason.BAD_SIDECAR)]
    assert str(tmp_path) not in found.quarantine[0].detail
    assert [d.source_file for d in found.documents] == ["b.txt"]


def test_sidecars_that_are_no_files_of_the_folder_are_refused_and_not_waited_for(tmp_path):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name in ("pipe", "out", "loop", "folder", "huge", "gone", "latin"):
        (seeds / f"{name}.txt").write_text(f"text {name}")
    (tmp_path / "secret").write_text("root:x:0:0\n: [")
    os.mkfifo(seeds / "pipe.meta.yaml")
    (seeds / "out.meta.yaml").symlink_to(tmp_path / "secret")
    (seeds / "loop.meta.yaml").symlink_to(seeds / "loop.meta.yaml")
    (seeds / "gone.meta.yaml").symlink_to(seeds / "nowhere")
    (seeds / "folder.meta.yaml").mkdir()
    (seeds / "huge.meta.yaml").write_text("# " + "x" * MAX_SIDECAR_BYTES)
    (seeds / "latin.meta.yaml").write_bytes(b"publisher: Gespr\xe4ch\n")
    found = ingest(dataclasses.replace(Settings(), seeds=seeds), NOW)
    assert {reason for _, reason in refusals(found)} == {Reason.BAD_SIDECAR}
    assert len(found.quarantine) == 7
    assert not any("root:x" in q.detail for q in found.quarantine)


@pytest.mark.parametrize("file", ["pack.yaml", "issues.yaml", "actors.yaml"])
@pytest.mark.parametrize("kind", ["billion laughs", "a hundred thousand open brackets", "a Python object"])
def test_a_hostile_pack_is_refused_with_a_code(tmp_path, file, kind):
    template = Settings(domain="ukraine").domain_folder
    folder = tmp_path / "ukraine"
    folder.mkdir()
    for path in template.glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / file).write_text(REFUSED[kind])
    faults = check_pack(Settings(domain=str(folder)))
    assert "yaml_unreadable" in {fault.code for fault in faults if fault.file == file}


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO '{out}'",
        "SELECT * FROM read_csv('{secret}')",
        "ATTACH '{out}' AS other",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ],
)
def test_a_pack_s_sql_reads_and_writes_no_files(tmp_path, sql):
    from pipeline.domain import QuestionsFile
    from pipeline.packs.check import _sql

    (tmp_path / "secret").write_text("a\n1\n")
    asked = sql.format(out=tmp_path / "out", secret=tmp_path / "secret")
    file = QuestionsFile.model_validate({"questions": [{"question": "What?", "sql": asked}]})
    assert [fault.code for fault in _sql("questions.yaml", file)] == ["question_sql"]
    assert not (tmp_path / "out").exists()

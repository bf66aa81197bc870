"""Names and kinds of files that somebody hostile, or unlucky, may put into the folder of documents."""

import dataclasses
import datetime as dt
import logging
import os

import pytest

from pipeline.errors import Reason
from pipeline.ingest import ingest
from pipeline.listing import list_files
from pipeline.settings import Settings
from pipeline.tables import frame

NOW = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
NAMES = (
    b"new\nline.txt",
    b"carriage\rreturn.txt",
    b"'quote' \"double\".txt",
    b"-rf.txt",
    b"--help.txt",
    b"..txt.txt",
    b"...txt",
    b"; rm -rf $HOME; `id` $(id) | &.txt",
    b"%s %n {0} \\x41.txt",
    b"latin \xe9\xff.txt",
    b"\\xe9.txt",
    b"\x01\x1b[31mred.txt",
    "right\u202etxt.exe.txt".encode(),
    "zero\u200bwidth.txt".encode(),
    b"Robert'); DROP TABLE documents;--.txt",
    "<script>alert(1)<\u2215script>.txt".encode(),
    b"=cmd|' !A0.txt",
    b"case.txt",
    b"CASE.txt",
    b"Case.TXT",
    b" space .txt",
    b"a" * 251 + b".txt",
    "é".encode() * 125 + b".txt",
    b"CON.txt",
    b"~.txt",
)


def run(folder, **settings):
    return ingest(dataclasses.replace(Settings(), seeds=folder, **settings), NOW)


def test_files_of_any_name_are_read_once_and_listed_alike(seeds, caplog):
    with caplog.at_level(logging.DEBUG):
        for number, name in enumerate(NAMES):
            with open(os.path.join(os.fsencode(seeds), name), "wb") as file:  # noqa: PTH118, PTH123 - bytes
                file.write(b"text %d" % number)
        found = run(seeds)
    hidden = {name for name in NAMES if name.startswith(b".")}
    assert len(found.documents) == len(NAMES) - len(hidden)
    assert found.quarantine == ()
    assert {f.path for f in list_files(seeds) if f.is_input} == {d.source_file for d in found.documents}
    assert not any("\n" in record.getMessage() for record in caplog.records)
    for document in found.documents:
        assert document.source_file.isprintable()
        document.source_file.encode("utf-8")


def test_refusals_of_files_of_any_name_make_a_table(seeds):
    for number, name in enumerate(NAMES):
        stem = os.path.join(os.fsencode(seeds), name)  # noqa: PTH118 - bytes
        with open(stem, "wb") as file:  # noqa: PTH123 - bytes
            file.write(b"text %d" % number)
        if len(name) < 240:
            with open(stem[:-4] + b".meta.yaml", "wb") as file:  # noqa: PTH123 - bytes
                file.write(b"publisher: [")
    found = run(seeds)
    assert {q.reason for q in found.quarantine} == {Reason.BAD_SIDECAR}
    assert frame("quarantine", found.quarantine).height == len(found.quarantine) > 15
    assert not any(str(seeds) in q.detail for q in found.quarantine)


def test_folders_go_as_deep_as_paths_do(seeds):
    deep = seeds
    for _ in range(60):
        deep /= "d" * 20
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("text")
    assert [d.source_file.count("/") for d in run(seeds).documents] == [60]


def test_links_lead_nowhere_but_to_files_of_the_folder(seeds, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    (seeds / "sub").mkdir()
    (seeds / "sub" / "up").symlink_to(seeds)
    (seeds / "away").symlink_to(outside)
    (seeds / "absolute.txt").symlink_to(outside / "secret.txt")
    (seeds / "dots.txt").symlink_to("../outside/secret.txt")
    (seeds / "chain1.txt").symlink_to("chain2.txt")
    (seeds / "chain2.txt").symlink_to("chain1.txt")
    (seeds / "null.txt").symlink_to("/dev/null")
    (seeds / "zero.txt").symlink_to("/dev/zero")
    (seeds / "self.txt").symlink_to("/proc/self/environ")
    found = run(seeds)
    assert found.documents == ()
    assert {q.reason for q in found.quarantine} == {Reason.UNREADABLE}
    assert len(found.quarantine) == 7
    assert not any("secret" in q.detail and "outside" in q.detail for q in found.quarantine)


def test_a_file_as_large_as_its_limit_is_read_and_a_sparse_giant_is_not(seeds):
    (seeds / "fits.txt").write_bytes(b"a" * 1_000)
    with (seeds / "giant.txt").open("wb") as file:
        file.truncate(1 << 40)
    found = run(seeds, max_bytes=1_000)
    assert [d.source_file for d in found.documents] == ["fits.txt"]
    assert [q.reason for q in found.quarantine] == [Reason.TOO_LARGE]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("Gespräch “said”".encode("utf-16-le"), Reason.BINARY),
        ("Gespräch".encode("utf-32"), Reason.BINARY),
        ("Gespräch – “said”".encode("cp1252"), Reason.NOT_UTF8),
        ("Überprüfung".encode() + "Gespräch".encode("latin-1"), Reason.NOT_UTF8),
        (b"\xed\xa0\x80 a lone surrogate", Reason.NOT_UTF8),
        (b"\xc0\xaf overlong", Reason.NOT_UTF8),
        (b"\xf4\x90\x80\x80 beyond Unicode", Reason.NOT_UTF8),
        (b"cut \xe2\x80", Reason.NOT_UTF8),
        (b"a\x00b", Reason.BINARY),
        (b"\x1b]0;title\x07" * 20, Reason.BINARY),
        ("\u0085" * 50, Reason.EMPTY),
    ],
)
def test_text_that_is_none_is_refused(seeds, raw, reason):
    (seeds / "a.txt").write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    assert [q.reason for q in run(seeds).quarantine] == [reason]

"""Words that would be SQL if anything put them into a query: they come back as they went in."""

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.contract import TABLES
from pipeline.model import Quarantined
from pipeline.tables import frame
from pipeline.warehouse import build_database, open_database
from tests.good_data import ONE

EVIL = [
    "Robert'); DROP TABLE documents;--",
    "' OR '1'='1",
    "\"; ATTACH 'x.db'; --",
    "$1 ? ?1 :name {0} %s",
    "\\'; SELECT 1; /*",
    "read_csv('/etc/passwd')",
    "COPY documents TO 'x'",
]


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("sql") / "parley.duckdb"
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    rows = {t.name: () for t in TABLES}
    rows["documents"] = tuple(
        replace(
            ONE.document(text, "article"),
            document_id=f"doc_{n:016x}", sha256=f"{n:064x}", source_file=f"{text}.txt",
            publisher=text, text=text,
        )
        for n, text in enumerate(EVIL)
    )  # fmt: skip
    rows["quarantine"] = tuple(
        Quarantined(f"{n}{text}", None, "empty", text, now) for n, text in enumerate(EVIL)
    )
    build_database(path, {name: frame(name, own) for name, own in rows.items()})
    with open_database(path) as con:
        yield con


def test_words_come_back_as_they_went_in(database):
    found = database.execute("SELECT title, publisher, text FROM documents ORDER BY document_id").fetchall()
    assert found == [(text, text, text) for text in EVIL]
    assert database.execute("SELECT count(*) FROM quarantine").fetchone() == (len(EVIL),)


@pytest.mark.parametrize("words", [*EVIL, "%", "_", "", "\x00", "(((", "[[", "\\", "*"])
def test_a_search_takes_any_words(database, words):
    database.execute("FROM search_statements(?)", [words]).fetchall()
    assert database.execute("SELECT count(*) FROM documents").fetchone() == (len(EVIL),)

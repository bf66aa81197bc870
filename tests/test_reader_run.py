"""The whole job with a reader: a dead one loses no row and says so; rows of a live one pass all checks."""

import json
from dataclasses import replace

import polars as pl
import pytest

from assets.run import summary
from pipeline.reader.config import ReaderSettings
from pipeline.settings import Settings
from tests.reader_server import positions, question, served
from tests.test_run import ARTICLE, OTHER, run

pytest.importorskip("openai")
EVIDENCE = "Macron said that he rejected territorial concessions"


def answer(number, body):
    asked = question(body)
    if EVIDENCE in asked["paragraph"]:
        name = next(a["name"] for a in asked["actors"] if "Macron" in a["name"])
        return positions(
            (name, "territorial_concessions", "oppose", EVIDENCE),
            (name, "ceasefire_first", "support", "nobody wrote this"),
            (name, "leaders_summit", "open", "met Ukrainian President"),
        )
    return positions()


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Settings and results of a run with a reader that answers, and of one in whose time it is dead."""
    folder = tmp_path_factory.mktemp("reader_run")
    seeds = folder / "in"
    seeds.mkdir()
    (seeds / "one.txt").write_text(ARTICLE, encoding="utf-8")
    (seeds / "two.txt").write_text(OTHER, encoding="utf-8")
    with served(answer) as server:
        reader = ReaderSettings(server.url, "tiny", folder / "cache", timeout=5)
        alive = Settings(seeds=seeds, warehouse=folder / "alive", reader=reader)
        first = run(alive)
        n_asked = len(server.asked)
    dead = replace(
        alive, warehouse=folder / "dead", reader=replace(reader, cache=folder / "none", timeout=0.5)
    )
    return alive, first, n_asked, dead, run(dead)


def table(settings, name):
    return pl.read_parquet(settings.exports / f"{name}.parquet")


def test_rows_of_the_reader_pass_every_check_and_carry_its_name(runs):
    settings, result, n_asked, _, _ = runs
    assert result.success, summary(settings, result)
    assert n_asked > 0
    found = table(settings, "issue_positions")
    own = found.filter(pl.col("rule") == "reader_tiny")
    assert own.height >= 1
    assert set(own["confidence"]) == {0.5}
    aside = table(settings, "set_aside_rows")
    assert "reader_evidence" in set(aside["code"])
    report = json.loads((settings.reader.cache / "last_run.json").read_text())
    assert report["refused"]["reader_evidence"] == 1


def test_a_dead_reader_does_not_lose_the_run(runs):
    alive, _, _, settings, result = runs
    assert result.success, summary(settings, result)
    found, with_reader = table(settings, "issue_positions"), table(alive, "issue_positions")
    rules = with_reader.filter(pl.col("rule") != "reader_tiny")
    assert found.height >= rules.height > 0
    assert not [rule for rule in found["rule"] if rule.startswith("reader_")]
    aside = table(settings, "set_aside_rows").filter(pl.col("code") == "reader_unavailable")
    assert aside.height >= 1
    assert "reader_unavailable" in summary(settings, result)

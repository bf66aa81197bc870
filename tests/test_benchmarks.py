"""Tables of benchmarks: figures become rows, go into their place in a page; quotations are judged."""

import sys

import pytest

from pipeline.settings import PROJECT_ROOT
from tests.bench_cluster import Spent
from tests.bench_cluster import markdown as cluster_table
from tests.bench_corpus import Size, cores, machines, markdown
from tests.bench_merge import Merge
from tests.bench_merge import markdown as merge_table
from tests.bench_peers import Quotation, Text, score
from tests.benching import Measured, put_table, run

SMALL = Size(100, 50_000, 2, 90.0, *(Measured(s, 900.0, 700.0) for s in (100.0, 2.0, 3.0, 10.0)))
LARGE = Size(1_000, 500_000, 2, 900.0, *(Measured(s, 950.0, 710.0) for s in (1_000.0, 2.5, 5.0, 90.0)))


def test_every_size_is_a_column_beside_the_aims():
    table = markdown([SMALL, LARGE], 2)
    assert "| 2 processes | 100 documents | 1,000 documents | aim |" in table
    assert "| bare / whole run | 0.90 | 0.90 | at least 0.90 |" in table
    assert "| time for 10 times the documents |  | 10.00 times | at most 10.5 |" in table
    assert "| main memory for 10 times the documents |  | 1.06 times | flat |" in table
    assert "| run again, nothing new | 2.0 s, 2.0% | 2.5 s, 0.2% | under 2% |" in table


def test_machines_follow_from_what_one_process_reads_a_day():
    assert LARGE.a_day == 43_200
    assert [cores(LARGE, documents) for documents in (1, 43_200, 43_201, 432_000)] == [1, 1, 2, 10]
    table = machines([LARGE, SMALL], 100_000)
    assert "0.5 documents a second and core; 710 MiB a worker; 950 MiB the run, 900 MiB on 100" in table
    assert "so 57 KiB more for each more." in table
    # 950 MiB, and 50 of 900 for each of 99,000 more.
    assert "| 100,000 | 56 | 3 | 6.3 GiB | 2.1 GiB |" in table
    assert "| 100,000 every day | | 3 | by all that are kept | 2.1 GiB |" in table


def test_a_cluster_is_shown_beside_the_pool():
    table = cluster_table(100, 50_000, [Spent(10, 18), Spent(12, 20)], [Spent(11, 19), Spent(12, 21)])
    assert "| seconds | 11.0 | 11.5 | |" in table
    assert "| of the pool's speed | | 0.96 (by round: 0.91, 1.00) | at least 0.90 |" in table


def test_merging_is_shown_beside_what_its_size_would_take():
    table = merge_table([Merge(10, 5, 3, 4, 2.0, 0.99, 0.9), Merge(100, 50, 30, 40, 30.0, 0.98, 0.8)])
    assert "|  | 10 mentions | 100 mentions | aim |" in table
    assert "| longer than in proportion | 1.00 times | 1.50 times | near-linear |" in table
    assert "| pairs of mentions: precision, recall | 0.990, 0.900 | 0.980, 0.800 |  |" in table


def test_a_table_goes_between_its_marks(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n")
    put_table(page, "x", "| new |")
    put_table(page, "x", "| newer |")
    assert page.read_text() == "a\n<!-- x: begin -->\n| newer |\n<!-- x: end -->\nb\n"
    with pytest.raises(SystemExit, match="no place"):
        put_table(page, "y", "")


def test_pages_have_places_for_all_tables():
    for page, name in (
        ("benchmarks", "corpus"),
        ("benchmarks", "peers"),
        ("benchmarks", "cluster"),
        ("benchmarks", "merge"),
        ("cluster", "sizes"),
    ):
        text = (PROJECT_ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
        assert text.index(f"<!-- {name}: begin -->") < text.index(f"<!-- {name}: end -->")


def test_memory_of_the_process_and_of_those_it_starts_is_seen():
    child = "import time; x = bytearray(60_000_000); time.sleep(2)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    measured = run([sys.executable, "-c", code], {})
    assert measured.seconds >= 2
    assert measured.workers > 55
    assert 0 < measured.main < measured.workers


def test_a_quotation_is_right_if_most_of_it_lies_in_a_known_one_of_its_speaker():
    text = Text("a", "", ((0, 100),), (Quotation(0, 20, "Ana Ruiz"), Quotation(40, 60, None)))
    found = {"a": [Quotation(0, 18, "Ruiz"), Quotation(42, 60, "Bo Lund"), Quotation(70, 90, "Ruiz")]}
    plain = score([text], found, with_speaker=False)
    assert (plain.right, plain.predicted, plain.found, plain.known) == (2, 3, 2, 2)
    # What nobody named has said is not asked for with speakers.
    named = score([text], found, with_speaker=True)
    assert (named.right, named.predicted, named.found, named.known) == (1, 2, 1, 1)
    other = score([text], {"a": [Quotation(0, 20, "Bo Lund")]}, with_speaker=True)
    assert (other.right, other.found) == (0, 0)

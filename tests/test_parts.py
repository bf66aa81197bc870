"""Tables written part by part: all rows in their order, and first rows that hold no more than themselves."""

import polars as pl
import pyarrow.parquet as pq
import pytest

from pipeline.parts import Parts


@pytest.fixture
def written(tmp_path):
    """A table of two parts, taken away from where it was made."""
    with Parts(tmp_path) as parts:
        parts.add("table", pl.DataFrame({"text": [f"{n} {'x' * 1_000}" for n in range(1_000)]}))
        parts.add("table", pl.DataFrame({"text": ["a" * 100, "b" * 100]}))
        found = parts.done()["table"]
        found.path.rename(tmp_path / "kept.parquet")
        yield found, tmp_path


def test_parts_follow_each_other(written):
    found, folder = written
    rows = pl.read_parquet(folder / "kept.parquet")
    assert found.height == rows.height == 1_002
    assert rows["text"].str.slice(0, 2).to_list()[-3:] == ["99", "aa", "bb"]


def test_rows_are_written_as_soon_as_their_texts_are_long(tmp_path):
    long = pl.DataFrame({"text": ["x" * 6_000] * 1_500, "other": ["é"] * 1_500})
    with Parts(tmp_path) as parts:
        for name, part in (("long", long), ("short", long.with_columns(text=pl.lit("x")))):
            parts.add(name, part)
        found = parts.done()
        groups = {name: pq.ParquetFile(table.path).num_row_groups for name, table in found.items()}
        assert groups == {"long": 2, "short": 1}
        assert pl.read_parquet(found["long"].path).equals(long)


def test_first_rows_hold_no_other(written):
    found, _ = written
    assert found.head.height == 5
    assert found.head["text"].to_arrow(compat_level=pl.CompatLevel.newest()).get_total_buffer_size() < 10_000


def test_what_nobody_takes_is_deleted(tmp_path):
    with Parts(tmp_path) as parts:
        parts.add("table", pl.DataFrame({"text": ["a"]}))
        parts.done()
    assert not list(tmp_path.iterdir())

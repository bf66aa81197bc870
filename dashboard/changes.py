"""Changes of stance as the database defines them: its own SQL, run over the exports in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import duckdb
import polars as pl

from pipeline.settings import PROJECT_ROOT

SQL: Final = PROJECT_ROOT / "warehouse"
FILES: Final = ("text.sql", "positions.sql")
TABLES: Final = ("documents", "blocks", "statements", "issues", "issue_positions")
"""What the views in these files read."""


def changes(table: Callable[[str], pl.DataFrame]) -> pl.DataFrame:
    """The rows of the view `position_changes`, latest first; `table` gives an exported table by name.

    What counts as a change is said once, in `warehouse/positions.sql`. No database is opened.
    """
    with duckdb.connect(":memory:") as memory:
        for name in TABLES:
            memory.register("given", table(name).to_arrow())
            memory.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608
            memory.unregister("given")
        for file in FILES:
            memory.execute((SQL / file).read_text(encoding="utf-8"))
        found = memory.sql(
            "SELECT * FROM position_changes ORDER BY as_of_after DESC, actor_name, issue_id"
        ).to_arrow_table()
    made = pl.from_arrow(found)
    assert isinstance(made, pl.DataFrame)
    return made


def chosen(changes: pl.DataFrame, positions: pl.DataFrame) -> pl.DataFrame:
    """The changes of which both sides are among some positions."""
    ids = positions["position_id"].implode()
    return changes.filter(pl.col("position_id_before").is_in(ids) & pl.col("position_id_after").is_in(ids))

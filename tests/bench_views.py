"""Time of views, of searching and of the briefing on a database of synthetic documents: part of `make bench`.

A view is timed as it is used: whole where it sums up, its first thousand rows where it has a row per
statement, mention or line. Nothing is asserted: machines differ, and the limit stands beside the figures.
"""

import argparse
import tempfile
import time
from pathlib import Path

from pipeline.briefing import changes_between, read_state, render_briefing
from pipeline.views import MISMATCHES
from pipeline.warehouse import open_database
from tests.synthetic_rows import write_database

LIMIT = 0.2
BRIEFING_LIMIT = 3.0
TRIES = 5
FIRST = 1_000
SEARCHES = ("ceasefire", "sanctions border agreement", "talks")


def best(con, sql):
    """Seconds that the answer takes to arrive as a table, the best of several tries, and its rows."""
    seconds, height = [], 0
    for _ in range(TRIES):
        began = time.perf_counter()
        height = con.sql(sql).to_arrow_table().num_rows
        seconds.append(time.perf_counter() - began)
    return min(seconds), height


def main() -> None:
    """Build the database and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    documents = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        database = write_database(Path(folder), documents)
        print(f"{documents:,} documents, {database.stat().st_size / 1e6:,.0f} MB, ", end="")
        print(f"made and built in {time.perf_counter() - began:.0f} s; limit {LIMIT * 1000:.0f} ms")
        with open_database(database) as con:
            views = con.execute(
                "SELECT view_name FROM duckdb_views() WHERE NOT internal AND view_name <> ? ORDER BY 1",
                [MISMATCHES],
            ).fetchall()
            asked = {name: f"FROM {name} LIMIT {FIRST}" for (name,) in views}
            asked |= {f"search: {words}": f"FROM search_statements('{words}')" for words in SEARCHES}
            for name, sql in asked.items():
                seconds, height = best(con, sql)
                over = "  over" if seconds > LIMIT else ""
                print(f"{name:36s} {seconds * 1000:7.0f} ms {height:>7,} rows{over}", flush=True)
        began = time.perf_counter()
        state = read_state(database)
        size = len(render_briefing(changes_between(None, state), state, corpus="synthetic", domain="none"))
        seconds = time.perf_counter() - began
        over = "  over" if seconds > BRIEFING_LIMIT else ""
        print(f"{'the briefing':36s} {seconds * 1000:7.0f} ms {size:>7,} bytes{over}")


if __name__ == "__main__":
    main()

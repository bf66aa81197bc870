"""`make sql`: a shell on the published database, read-only, that says first what there is to ask.

The shell is DuckDB's own command line, the optional extra `sql`.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from typing import Final

import duckdb

from pipeline.settings import settings_from_env
from pipeline.warehouse import open_database

_KINDS: Final = {
    "table": "Tables",
    "view": "Views",
    "table macro": "Macros that give rows",
    "macro": "Macros that give a value",
}
_HINTS: Final = """\
  FROM meeting_calendar LIMIT 5;                                     look into a table or view
  FROM search_statements('security guarantees');                     search what was said
  FROM data_dictionary WHERE table_name = 'position_changes';        what its columns mean
  FROM usage_warnings WHERE table_name = 'position_changes';         what to beware of
  .help  .mode line  .quit                                           the shell itself
  docs/cookbook.md                                                   questions with their SQL
"""


def overview(con: duckdb.DuckDBPyConnection) -> str:
    """What the database holds, one line per table, view and macro, and how to begin."""
    found = con.execute(
        "SELECT table_kind, table_name, any_value(table_description), "
        "string_agg(column_name, ', ' ORDER BY column_no) FROM data_dictionary "
        "GROUP BY table_kind, table_name ORDER BY table_kind, table_name"
    ).fetchall()
    lines = []
    for kind, title in _KINDS.items():
        lines.append(f"\n{title}")
        for its_kind, name, about, columns in found:
            if its_kind == kind:
                call = f"{name}({columns})" if "macro" in kind else name
                lines.append(f"  {call:<30} {_first_sentence(about)}")
    return "\n".join(lines) + f"\n\nTo begin\n{_HINTS}"


def main() -> int:
    """Print the overview and start the shell; tell what is missing where there is no database or shell."""
    database = settings_from_env().database
    if not database.exists():
        print(f"There is no database at {database}: `make run` makes it.", file=sys.stderr)
        return 1
    with open_database(database) as con:
        print(overview(con), flush=True)
    if importlib.util.find_spec("duckdb_cli") is None:
        print(
            "The shell is not installed: pip install duckdb-cli, or the extra parley[sql].", file=sys.stderr
        )
        return 1
    # Nothing is fetched from the net while a query runs.
    offline = "SET autoinstall_known_extensions = false; SET autoload_known_extensions = false;"
    command = [sys.executable, "-m", "duckdb_cli", "-readonly", "-cmd", offline, str(database)]
    return subprocess.call(command)


def _first_sentence(text: str) -> str:
    head, stop, _ = text.partition(". ")
    return head + "." if stop else text


if __name__ == "__main__":
    raise SystemExit(main())

"""The data dictionary as Markdown: every table, view and column with its meaning.

`python -m pipeline.dictionary` rewrites `docs/data-dictionary.md`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.contract import DUCKDB, TABLES, Column, Table, table_constraints
from pipeline.contract.columns import column_constraints
from pipeline.settings import PROJECT_ROOT

PATH: Final = PROJECT_ROOT / "docs" / "data-dictionary.md"

_INTRODUCTION: Final = """\
# Data dictionary

Made from `pipeline/contract` and `warehouse/views.sql` by `python -m pipeline.dictionary`: do not edit it.

Offsets are 0-based and half-open and count characters of `documents.text`, so that
`substr(text, char_start + 1, char_end - char_start)` is the evidence. Days are inclusive ranges. Times are
in UTC. Every description here also stands in the database (`COMMENT ON`, view `data_dictionary`), in the
metadata of the Parquet files and in `datapackage.json`.
"""


@cache
def render() -> str:
    """The whole dictionary; depends on nothing but the contract and the views."""
    parts = [_INTRODUCTION, "## Tables\n", _overview()]
    parts += [_table(table) for table in TABLES]
    parts += ["## Views\n\nIn the database only.\n", *_views()]
    return "\n".join(parts)


def write(path: Path = PATH) -> bool:
    """Write the dictionary to `path`; tell whether that changed it."""
    text = render()
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite the dictionary."""
    parser = argparse.ArgumentParser(description=write.__doc__)
    parser.add_argument("path", nargs="?", type=Path, default=PATH)
    path = parser.parse_args(arguments).path
    print(f"{path}: {'rewritten' if write(path) else 'up to date'}")
    return 0


def _overview() -> str:
    lines = ["| table | what a row is |", "|---|---|"]
    lines += [f"| [{t.name}](#{t.name}) | {_cell(t.description)} |" for t in TABLES]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> str:
    lines = [f"### {table.name}", "", table.description, ""]
    lines += [f"> **Beware:** {warning}\n" for warning in table.warnings]
    lines += ["| column | type | null | meaning | values |", "|---|---|---|---|---|"]
    lines += [
        f"| `{c.name}` | {DUCKDB[c.type]} | {'yes' if c.nullable else ''} | {_cell(_meaning(c))} "
        f"| {_cell(_values(c))} |"
        for c in table.columns
    ]
    rules = "; ".join(f"`{rule}`" for rule in table_constraints(table))
    return "\n".join([*lines, "", f"Rows keep: {rules}.", ""])


def _meaning(column: Column) -> str:
    return (
        f"{column.description} Not in the exports unless asked for." if column.private else column.description
    )


def _values(column: Column) -> str:
    if column.values:
        return "<br>".join(f"`{value}`: {meaning}" for value, meaning in column.values.items())
    return ", ".join(f"`{rule}`" for rule in column_constraints(column))


def _views() -> list[str]:
    """Views with their columns, as an empty database describes them."""
    import duckdb

    from pipeline.warehouse import create_all

    with duckdb.connect() as con:
        create_all(con)
        found = con.execute(
            "SELECT table_name, table_description, column_name, data_type, description FROM data_dictionary "
            "WHERE table_kind = 'view' ORDER BY table_name, column_no"
        ).fetchall()
    parts: dict[str, list[str]] = {}
    for view, about, column, data_type, meaning in found:
        head = [f"### {view}", "", about, "", "| column | type | meaning |", "|---|---|---|"]
        parts.setdefault(view, head).append(f"| `{column}` | {data_type} | {_cell(meaning)} |")
    return ["\n".join([*lines, ""]) for lines in parts.values()]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    raise SystemExit(main())

"""The data dictionary as Markdown: every table, view and column with its meaning.

`python -m pipeline.dictionary` rewrites `docs/data-dictionary.md`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from pipeline import diagram
from pipeline.contract import DUCKDB, TABLES, Column, Table, table_constraints
from pipeline.contract.columns import column_constraints
from pipeline.settings import PROJECT_ROOT

PATH: Final = PROJECT_ROOT / "docs" / "data-dictionary.md"

_INTRODUCTION: Final = """\
# Data dictionary

Made from `pipeline/contract` and `warehouse/*.sql` by `python -m pipeline.dictionary`: do not edit it.

Offsets are 0-based and half-open and count characters of `documents.text`, so that
`substr(text, char_start + 1, char_end - char_start)` is the evidence. Days are inclusive ranges. Times are
in UTC. Every description here also stands in the database (`COMMENT ON`, view `data_dictionary`), in the
metadata of the Parquet files and in `datapackage.json`. What to beware of stands there, too: `usage_warnings`
in the database, `warnings` in `datapackage.json`. What figures from such a corpus can show and cannot:
`docs/limits.md`.
"""


@cache
def render() -> str:
    """The whole dictionary; depends on nothing but the contract and the views."""
    parts = [_INTRODUCTION, "## How the tables hang together\n", f"```mermaid\n{diagram.render()}```\n"]
    parts += ["Keys only; a dotted line goes from the elements of a list.\n", "## Tables\n", _overview()]
    parts += [_table(table) for table in TABLES]
    parts += ["## Views and macros\n", "In the database only.\n", *_views()]
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
    """Views and macros with their columns or parameters, as an empty database describes them."""
    import duckdb

    from pipeline.views import tables_read
    from pipeline.warehouse import create_all

    with duckdb.connect() as con:
        create_all(con)
        read = tables_read(con)
        found = con.execute(
            "SELECT table_name, table_kind, table_description, column_name, data_type, description "
            "FROM data_dictionary WHERE table_kind <> 'table' ORDER BY table_kind DESC, table_name, column_no"
        ).fetchall()
    listed = {(kind, name): about for name, kind, about, *_ in found}
    parts = ["| name | what it gives |", "|---|---|"]
    parts += [f"| [{name}](#{name}) | {_cell(about)} |" for (_, name), about in listed.items()]
    columns: dict[str, list[str]] = {}
    for name, _, _, column, data_type, meaning in found:
        columns.setdefault(name, []).append(f"| `{column}` | {data_type or ''} | {_cell(meaning)} |")
    parts.append("")
    for (kind, name), about in listed.items():
        parts += [f"### {name}", "", about if kind == "view" else f"{about} ({kind.capitalize()}.)", ""]
        if read.get(name):
            parts += [
                f"> **Beware** of what is said of {', '.join(f'`{table}`' for table in read[name])}.",
                "",
            ]
        head = "column" if kind == "view" else "parameter"
        parts += [f"| {head} | type | meaning |", "|---|---|---|", *columns[name], ""]
    return parts


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    raise SystemExit(main())

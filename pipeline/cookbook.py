"""The cookbook: questions in `docs/cookbook.yaml`, put to a database, become the page `docs/cookbook.md`.

`python -m pipeline.cookbook` puts them to the published database and rewrites the page.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
from pydantic import RootModel

from pipeline.markup import markdown_cell
from pipeline.reference import Strict, load_reference
from pipeline.settings import PROJECT_ROOT, settings_from_env
from pipeline.warehouse import open_database

SOURCE: Final = PROJECT_ROOT / "docs" / "cookbook.yaml"
PAGE: Final = PROJECT_ROOT / "docs" / "cookbook.md"

_CELL: Final = 160
_ROWS: Final = 25

_INTRODUCTION: Final = """\
# Cookbook

Questions, the SQL that answers them, and the answers on the documents in `seeds/documents/`. Paste the SQL
into `make sql`, or into any client that opens `warehouse/parley.duckdb`. Columns are explained in the
[data dictionary](data-dictionary.md) and by `FROM data_dictionary WHERE table_name = 'timeline'`. What such
answers can show and what not: [limits and biases](limits.md).

Made from `docs/cookbook.yaml` by `make docs`: do not edit it. Long cells and long answers are cut. Rows are
extracted by machine: read the evidence before you cite one.
"""


class Recipe(Strict):
    """A question with the SQL that answers it.

    Attributes:
        question: as an analyst asks it.
        sql: one SELECT, ending with a semicolon.
        note: how to read the answer.
        may_be_empty: what it means that there are no rows; without it there are always some.
    """

    question: str
    sql: str
    note: str | None = None
    may_be_empty: str | None = None


class Chapter(Strict):
    """Recipes on one subject."""

    title: str
    recipes: tuple[Recipe, ...]


class Cookbook(RootModel[tuple[Chapter, ...]]):
    """All chapters, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: names of the columns, and rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def chapters(source: Path = SOURCE) -> tuple[Chapter, ...]:
    """The cookbook's chapters; raise ReferenceDataError where the file is not what it should be."""
    return load_reference(source, Cookbook).root


def answer(con: duckdb.DuckDBPyConnection, recipe: Recipe) -> Answer:
    """Put the recipe's question to a database; raise duckdb.Error if it is not one that it can answer."""
    result = con.execute(recipe.sql)
    return Answer(tuple(column[0] for column in result.description), tuple(result.fetchall()))


def render(con: duckdb.DuckDBPyConnection, book: Sequence[Chapter]) -> str:
    """The page: contents, then each recipe with its answer from the database."""
    parts = [_INTRODUCTION]
    for chapter in book:
        parts += [
            f"**{chapter.title}**\n",
            *(f"- [{r.question}](#{_anchor(r)})" for r in chapter.recipes),
            "",
        ]
    for chapter in book:
        parts.append(f"## {chapter.title}\n")
        parts += [_section(recipe, answer(con, recipe)) for recipe in chapter.recipes]
    return "\n".join(parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite the page from the published database."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("page", nargs="?", type=Path, default=PAGE)
    page = parser.parse_args(arguments).page
    with open_database(settings_from_env().database) as con:
        text = render(con, chapters())
    page.write_text(text, encoding="utf-8", newline="\n")
    print(f"{page}: {sum(len(c.recipes) for c in chapters())} questions")
    return 0


def _section(recipe: Recipe, found: Answer) -> str:
    lines = [f"### {recipe.question}\n", f"```sql\n{recipe.sql.rstrip()}\n```\n"]
    lines += [f"| {' | '.join(found.columns)} |", f"|{'---|' * len(found.columns)}"]
    lines += [f"| {' | '.join(_cell(value) for value in row)} |" for row in found.rows[:_ROWS]]
    lines.append("")
    if len(found.rows) > _ROWS:
        lines.append(f"... and {len(found.rows) - _ROWS} more.\n")
    if not found.rows and recipe.may_be_empty:
        lines.append(f"No rows. {recipe.may_be_empty}\n")
    if recipe.note:
        lines.append(f"{recipe.note}\n")
    return "\n".join(lines)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        text = "; ".join(str(one) for one in value)
    elif isinstance(value, float):
        text = f"{value:.3g}"
    elif isinstance(value, dt.date):
        text = value.isoformat()
    else:
        text = str(value)
    return markdown_cell(text, _CELL)


def _anchor(recipe: Recipe) -> str:
    kept = "".join(c for c in recipe.question.lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")


if __name__ == "__main__":
    raise SystemExit(main())

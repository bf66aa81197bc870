"""Filters and full-text search over statements."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

import polars as pl

from dashboard.corpus import folded

SORTS: Final = {
    "relevance": "best match",
    "newest": "newest first",
    "oldest": "oldest first",
    "confidence": "most certain first",
}

_TERMS: Final = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, slots=True)
class Query:
    """Words that are searched: all of `wanted` and none of `unwanted`; a word matches as it begins."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the explorer filters by; an empty value filters nothing. Days are inclusive.

    A statement whose day is a range is kept where the range and the chosen days overlap; one with no day
    only where no days are chosen.
    """

    search: str = ""
    parties: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    least: float = 0.0
    most: float = 1.0
    unnamed: bool = False
    document: str | None = None
    sort: str = "newest"


def parse(search: str) -> Query:
    """Words, “phrases in quotation marks” and -unwanted words of a search, folded like the text searched."""
    folded_search = pl.select(folded(pl.lit(search.translate(str.maketrans("“”„", '"""'))))).item()
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _TERMS.findall(folded_search):
        term = " ".join((phrase or word).split())
        if term and any(character.isalnum() for character in term):
            (unwanted if minus else wanted).append(term)
    return Query(tuple(wanted), tuple(unwanted))


def find(statements: pl.DataFrame, searchable: pl.Series, filters: Filters) -> pl.DataFrame:
    """Rows that pass, in the chosen order; `searchable` holds the folded text of each row of `statements`.

    The best match is the one that the searched words fill most of, for its length.
    """
    kept = statements.with_columns(searchable.alias("_text")).filter(_conditions(filters))
    query = parse(filters.search)
    for term in query.unwanted:
        kept = kept.filter(~pl.col("_text").str.contains(_pattern(term)))
    for term in query.wanted:
        kept = kept.filter(pl.col("_text").str.contains(_pattern(term)))
    return _ordered(kept, query, filters.sort).drop("_text")


def _conditions(filters: Filters) -> list[pl.Expr]:
    conditions = [pl.col("confidence").is_between(filters.least, filters.most)]
    for column, values in (
        ("party", filters.parties),
        ("speaker_name", filters.speakers),
        ("publisher", filters.publishers),
        ("form", filters.forms),
    ):
        if values:
            conditions.append(pl.col(column).is_in(list(values)))
    if filters.issues:
        conditions.append(pl.any_horizontal(pl.col("issues").list.contains(i) for i in filters.issues))
    if filters.first is not None:
        conditions.append(pl.col("stated_to") >= filters.first)
    if filters.last is not None:
        conditions.append(pl.col("stated_from") <= filters.last)
    if filters.unnamed:
        conditions.append(pl.col("is_anonymous"))
    if filters.document is not None:
        conditions.append(pl.col("document_id") == filters.document)
    return conditions


def _ordered(kept: pl.DataFrame, query: Query, sort: str) -> pl.DataFrame:
    newest = ("stated_to", "document_id", "content_start")
    if sort == "relevance" and query.wanted:
        # What is added keeps the shortest rows from winning by their shortness alone.
        length = pl.col("_text").str.len_chars() + 80
        score = pl.sum_horizontal(
            pl.col("_text").str.count_matches(_pattern(term)) * len(term) for term in query.wanted
        )
        kept = kept.with_columns(_score=score / length)
        ordered = kept.sort(
            "_score", "confidence", *newest, descending=[True, True, True, False, False], nulls_last=True
        )
        return ordered.drop("_score")
    if sort == "confidence":
        return kept.sort("confidence", *newest, descending=[True, True, False, False], nulls_last=True)
    return kept.sort(*newest, descending=[sort != "oldest", False, False], nulls_last=True)


def _pattern(term: str) -> str:
    """A term as it begins at a word; white space stands for any white space."""
    words = r"\s+".join(re.escape(word) for word in term.split())
    return rf"\b{words}" if term[0].isalnum() else words

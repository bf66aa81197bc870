"""Communications: which statements of different documents report one and the same act of saying.

Ten papers that carry one agency report hold ten statements and one communication. `repeats_statement_id`
says what a page itself tells twice; here the first tellings of all pages are compared. Precision goes before
recall: the speaker is the same, the days are near, and so are the words; figures and negations agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, repeat
from typing import Any, Final, NamedTuple
from zlib import crc32

import polars as pl

from pipeline.codec import json_bytes, row_digests
from pipeline.digests import text_digest
from pipeline.extract.statements.repeats import FEWEST, words_of
from pipeline.fingerprint import source_digest
from pipeline.heap import uncollected
from pipeline.kept import Recall, made_anew

_DAYS = 3
"""Days between which one statement may be dated by different reports."""
_ALIKE = 0.75
"""Share of the words of both together that both hold."""
_QUOTED = 5
"""Words of the shortest quotation that is told by its words alone."""
_KEYS = 8
"""Pairs of neighbouring words by which a content or quotation is looked up: those of the lowest digest."""
_RECENT = 12
"""Communications of one key that a statement is compared with, the latest first reported."""
_NEGATIONS = frozenset(
    {"no", "not", "never", "nobody", "none", "nothing", "neither", "nor", "without", "cannot"}
)
_SPEAKER: Final = pl.coalesce("speaker_entity_id", "speaker_name")
_COLUMNS: Final = (
    pl.col("statement_id"),
    pl.col("content"),
    pl.col("quote"),
    pl.col("stated_from").cast(pl.Int32).alias("first"),
    pl.col("stated_to").cast(pl.Int32).alias("last"),
    pl.col("stated_text").is_not_null().alias("is_dated"),
    pl.col("speaker_entity_id").is_not_null().alias("is_resolved"),
)
"""What is read of a statement; days as numbers, of which only differences count."""
_LONG = 1 << 30
"""Days before or after everything."""


class _Words(NamedTuple):
    """The words of a content or quotation."""

    telling: frozenset[str]
    exact: int
    """Digest of the words in their order."""
    marks: frozenset[str]
    """Figures and negations."""
    n: int
    keys: tuple[int, ...]
    """Pairs of neighbouring words by which it is looked up."""


class _Told(NamedTuple):
    """A statement as it is compared with others of its speaker."""

    statement_id: str
    document: str
    is_resolved: bool
    """Whether the speaker is a known entity."""
    words: _Words
    quoted: int | None
    """Digest of the words in quotation marks, if they are enough."""
    days: tuple[int, int] | None
    """Numbers of the first and the last day."""
    is_dated: bool
    """Whether the text itself dates it."""
    keys: Iterable[int]


@dataclass(slots=True)
class _Communication:
    """A first telling and the statements of other documents that report the same."""

    first: _Told
    documents: set[str]
    others: list[_Told] = field(default_factory=list)


def communications(
    statements: Iterable[pl.DataFrame], documents: pl.DataFrame, recall: Recall = made_anew
) -> dict[str, str]:
    """Of statements whose communication another one names: statement_id -> communication_id.

    A communication is named by its first telling: that of the earliest document that is no near-duplicate
    of another. Every report is held against the earliest one, so that what drifts from report to report is
    not drawn along; of one document, one statement (with its repetitions) reports a communication. The result
    does not depend on the order of rows; time is near-linear in them.

    Args:
        statements: rows of `statements`, in any number of frames.
        documents: rows of `documents`, of all documents that the statements are of.
        recall: knows what was found of speakers of whom all statements are the same as before.
    """
    ordered = documents.select("document_id", "published_from", "source_file", "duplicate_of").sort(
        "published_from", "source_file", "document_id", nulls_last=True
    )
    ranks = ordered.select("document_id", is_copy=pl.col("duplicate_of").is_not_null()).with_row_index("rank")
    repeats: dict[str, str] = {}
    chosen = []
    for frame in statements:
        is_again = pl.col("repeats_statement_id").is_in(frame["statement_id"].implode())
        again = frame.filter(is_again)
        repeats.update(zip(again["statement_id"], again["repeats_statement_id"], strict=True))
        chosen.append(
            frame.filter(is_again.fill_null(value=False).not_()).select(
                "document_id", "content_start", *_COLUMNS, speaker=_SPEAKER
            )
        )
    found: dict[str, str] = {}
    if not chosen:
        return found
    # What speakers of one document say is reported by no other: it need not be looked at.
    several = pl.col("document_id").n_unique().over("speaker") > 1
    told = pl.concat(chosen).filter(several).join(ranks, on="document_id", how="left")
    del chosen
    told = told.sort("speaker", "rank", "content_start", "statement_id")
    told = told.select(
        "speaker", "document_id", pl.exclude("speaker", "document_id", "rank", "content_start")
    )
    sizes = told.group_by("speaker", maintain_order=True).len()
    digests = row_digests(told)
    ends = sizes["len"].cum_sum().to_list()
    bounds = list(zip([0, *ends], ends, strict=False))

    def made(places: Sequence[int]) -> Iterator[bytes]:
        for at in places:
            start, end = bounds[at]
            yield json_bytes(_named(sizes["speaker"][at], told.slice(start, end - start)))

    made_by = text_digest(source_digest(__name__), pl.__version__)
    for named in recall(made_by, [digests[start:end].tobytes() for start, end in bounds], made):
        found.update(json.loads(named))
    found.update((again, found[first]) for again, first in repeats.items() if first in found)
    return found


def _named(speaker: str, told: pl.DataFrame) -> dict[str, str]:
    """What the statements of one speaker give, in order of their documents: see `communications`."""
    found: dict[str, str] = {}
    is_copy = dict(zip(told["document_id"], told["is_copy"], strict=True))
    rows = told.drop("speaker", "is_copy").iter_rows()
    with uncollected():
        for one in _united(_Speaker(speaker).told(rows)):
            members = [one.first, *one.others]
            name = min(members, key=lambda t: is_copy[t.document]).statement_id
            found.update((t.statement_id, name) for t in members if t.statement_id != name)
    return found


def with_communications(statements: pl.DataFrame, named: Mapping[str, str]) -> pl.DataFrame:
    """The statements with what `communications` found of them; the others keep their own."""
    own = zip(statements["statement_id"], statements["communication_id"], strict=True)
    return statements.with_columns(
        communication_id=pl.Series([named.get(statement, given) for statement, given in own], dtype=pl.String)
    )


def _united(ordered: Iterable[_Told]) -> list[_Communication]:
    """Those that more than one document reports, of the statements of one speaker."""
    known: list[_Communication] = []
    last_days: list[int] = []
    by_key: dict[int, tuple[int, ...]] = {}
    for told in ordered:
        near: set[int] = set()
        for key in told.keys:
            if key in by_key:
                near.update(by_key[key])
        best: tuple[float, int] | None = None
        earliest = -_LONG if told.days is None else told.days[0] - _DAYS
        for number in near:
            if last_days[number] < earliest:
                continue  # what has been said on so many days is mostly out of reach
            alike = _alike(known[number], told)
            if alike is not None and (best is None or (-alike, number) < best):
                best = -alike, number
        if best is not None:
            known[best[1]].others.append(told)
            known[best[1]].documents.add(told.document)
            continue
        for key in told.keys:
            by_key[key] = (*by_key.get(key, ())[1 - _RECENT :], len(known))
        known.append(_Communication(told, {told.document}))
        last_days.append(_LONG if told.days is None else told.days[1])
    return [one for one in known if one.others]


def _alike(one: _Communication, told: _Told) -> float | None:
    """How much of their words the first telling and the statement share; None if they are not the same."""
    first = one.first
    if told.document in one.documents:
        return None
    words, theirs = told.words, first.words
    is_exact = words.exact == theirs.exact
    days, others = told.days, first.days
    if days is None or others is None:
        return 1.0 if is_exact else None
    gap = max(days[0] - others[1], others[0] - days[1])
    if gap > (0 if told.is_dated and first.is_dated else _DAYS):
        return None
    if is_exact:
        return 1.0
    if not told.is_resolved or words.marks != theirs.marks:
        return None
    if told.quoted is not None and told.quoted == first.quoted:
        return 1.0
    both = len(words.telling & theirs.telling)
    shared = both / (len(words.telling) + len(theirs.telling) - both)
    return shared if shared >= _ALIKE else None


class _Speaker:
    """Reads the statements of one speaker as they are compared; what copies repeat is read once."""

    def __init__(self, key: str) -> None:
        self._start = crc32(key.encode())
        self._known: dict[str, _Words] = {}

    def told(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[_Told]:
        """The statements, without those that are too short to be told from others.

        Args:
            rows: document_id, `_COLUMNS`.
        """
        for document, statement_id, content, quote, first, last, is_dated, is_resolved in rows:
            words = self._words(content)
            if len(words.telling) < FEWEST:
                continue
            quoted = None if quote is None else self._words(quote)
            if quoted is not None and quoted.n < _QUOTED:
                quoted = None
            yield _Told(
                statement_id=statement_id,
                document=document,
                is_resolved=is_resolved,
                words=words,
                quoted=None if quoted is None else quoted.exact,
                days=None if first is None or last is None else (first, last),
                is_dated=is_dated,
                keys=words.keys if quoted is None else {*words.keys, *quoted.keys},
            )

    def _words(self, text: str) -> _Words:
        known = self._known.get(text)
        if known is None:
            sequence, telling = words_of(text)
            pairs = map(b" ".join, pairwise(map(str.encode, sequence)))
            known = self._known[text] = _Words(
                telling=telling,
                exact=crc32(" ".join(sequence).encode()),
                marks=frozenset(filter(_is_mark, sequence)),
                n=len(sequence),
                keys=tuple(sorted(set(map(crc32, pairs, repeat(self._start))))[:_KEYS]),
            )
        return known


@lru_cache(maxsize=65536)
def _is_mark(word: str) -> bool:
    """Whether the word is a figure or a negation: what says something else with one word changed."""
    return word in _NEGATIONS or word.endswith("n't") or any(map(str.isdigit, word))

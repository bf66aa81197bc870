"""Communications: which statements of different documents report one and the same act of saying.

Ten papers that carry one agency report hold ten statements and one communication. `repeats_statement_id`
says what a page itself tells twice; here the first tellings of all pages are compared. Precision goes before
recall: the speaker is the same, the days are near, and so are the words; figures and negations agree.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from zlib import crc32

import polars as pl

from pipeline.extract.statements.repeats import FEWEST, telling_words, words_of

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
_COLUMNS = (
    "statement_id", "document_id", "speaker_entity_id", "speaker_name", "content", "content_start", "quote",
    "stated_from", "stated_to", "stated_text", "repeats_statement_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement as it is compared."""

    statement_id: str
    document: int
    speaker: str
    is_resolved: bool
    words: tuple[str, ...]
    exact: int
    """Digest of the words in their order."""
    quoted: int | None
    """That of the words in quotation marks, if they are enough."""
    marks: frozenset[str]
    """Figures and negations."""
    days: tuple[dt.date, dt.date] | None
    is_dated: bool
    """Whether the text itself dates it."""
    keys: tuple[int, ...]


@dataclass(slots=True)
class _Communication:
    """A first telling and the statements of other documents that report the same."""

    first: _Told
    documents: set[int]
    others: list[_Told] = field(default_factory=list)


def communications(statements: Iterable[pl.DataFrame], documents: pl.DataFrame) -> dict[str, str]:
    """Of statements whose communication another one names: statement_id -> communication_id.

    A communication is named by its first telling: that of the earliest document that is no near-duplicate
    of another. Every report is held against the earliest one, so that what drifts from report to report is
    not drawn along; of one document, one statement (with its repetitions) reports a communication. The result
    does not depend on the order of rows; time is near-linear in them.

    Args:
        statements: rows of `statements`, in any number of frames.
        documents: rows of `documents`, of all documents that the statements are of.
    """
    ordered = documents.sort("published_from", "source_file", "document_id", nulls_last=True)
    rank = {name: number for number, name in enumerate(ordered["document_id"])}
    is_copy = ordered["duplicate_of"].is_not_null().to_list()
    repeats: dict[str, str] = {}
    rows: list[tuple[int, int, _Told]] = []
    for frame in statements:
        ids = set(frame["statement_id"])
        for row in frame.select(_COLUMNS).iter_rows(named=True):
            if row["repeats_statement_id"] in ids:
                repeats[row["statement_id"]] = row["repeats_statement_id"]
                continue
            told = _told(row, rank[row["document_id"]])
            if told is not None:
                rows.append((told.document, row["content_start"], told))
    rows.sort(key=lambda r: (r[0], r[1], r[2].statement_id))
    found: dict[str, str] = {}
    for one in _united(told for _, _, told in rows):
        members = [one.first, *one.others]
        name = min(members, key=lambda t: is_copy[t.document]).statement_id
        found.update((t.statement_id, name) for t in members if t.statement_id != name)
    found.update((again, found[first]) for again, first in repeats.items() if first in found)
    return found


def with_communications(statements: pl.DataFrame, named: Mapping[str, str]) -> pl.DataFrame:
    """The statements with what `communications` found of them; the others keep their own."""
    own = zip(statements["statement_id"], statements["communication_id"], strict=True)
    return statements.with_columns(
        communication_id=pl.Series([named.get(statement, given) for statement, given in own], dtype=pl.String)
    )


def _united(ordered: Iterable[_Told]) -> list[_Communication]:
    """Those that more than one document reports."""
    known: list[_Communication] = []
    by_key: dict[int, tuple[int, ...]] = {}
    for told in ordered:
        near = Counter(number for key in told.keys for number in by_key.get(key, ()))
        best: tuple[float, int] | None = None
        for number in near:
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
    return [one for one in known if one.others]


def _alike(one: _Communication, told: _Told) -> float | None:
    """How much of their words the first telling and the statement share; None if they are not the same."""
    first = one.first
    if told.speaker != first.speaker or told.document in one.documents:
        return None
    is_exact = told.exact == first.exact
    if told.days is None or first.days is None:
        return 1.0 if is_exact else None
    gap = max((told.days[0] - first.days[1]).days, (first.days[0] - told.days[1]).days)
    if gap > (0 if told.is_dated and first.is_dated else _DAYS):
        return None
    if is_exact:
        return 1.0
    if not told.is_resolved or told.marks != first.marks:
        return None
    if told.quoted is not None and told.quoted == first.quoted:
        return 1.0
    mine, theirs = set(told.words), set(first.words)
    shared = len(mine & theirs) / len(mine | theirs)
    return shared if shared >= _ALIKE else None


def _told(row: Mapping[str, object], document: int) -> _Told | None:
    """The row as it is compared; None if it is too short to be told from others."""
    content, quote = str(row["content"]), row["quote"]
    words = telling_words(content)
    if len(words) < FEWEST:
        return None
    sequence = words_of(content)
    speaker = str(row["speaker_entity_id"] or row["speaker_name"])
    quoted = [] if quote is None else words_of(str(quote))
    first, last = row["stated_from"], row["stated_to"]
    is_dated = isinstance(first, dt.date) and isinstance(last, dt.date)
    return _Told(
        statement_id=str(row["statement_id"]),
        document=document,
        speaker=speaker,
        is_resolved=row["speaker_entity_id"] is not None,
        words=tuple(words),
        exact=_digest(sequence),
        quoted=_digest(quoted) if len(quoted) >= _QUOTED else None,
        marks=frozenset(
            w for w in sequence if w in _NEGATIONS or w.endswith("n't") or any(map(str.isdigit, w))
        ),
        days=(first, last) if is_dated else None,  # type: ignore[arg-type]
        is_dated=row["stated_text"] is not None,
        keys=tuple({*_keys(speaker, sequence), *(_keys(speaker, quoted) if len(quoted) >= _QUOTED else ())}),
    )


def _keys(speaker: str, words: Sequence[str]) -> list[int]:
    start = crc32(speaker.encode())
    pairs = {crc32(f"{a} {b}".encode(), start) for a, b in pairwise(words)}
    return sorted(pairs)[:_KEYS]


def _digest(words: Sequence[str]) -> int:
    return crc32(" ".join(words).encode())

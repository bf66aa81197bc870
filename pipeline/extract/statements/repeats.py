"""Statements that a page tells again: in its standfirst, a list of key points, a summary or takeaways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.model import Statement
from pipeline.text import fold

_ALIKE = 0.75
"""Share of the shorter one's words that both must hold."""
FEWEST = 5
"""Words of the shortest content that can be told to be the same."""
_LATEST = 60
"""Statements of the same speaker that are compared, the latest first: time stays linear in the page."""
_SMALL = 3
"""Letters of words that tell nothing of the content."""
_MARKS = "“”\"‘’'«»„`.,;:!?()[]–—-…"


def mark_repeats(rows: Sequence[Statement]) -> list[Statement]:
    """The rows, each that says again what its speaker said before on the page with the first row's id.

    Rows of one block are never each other's repetition, nor are those of different days.
    """
    earlier: dict[tuple[str, bool], list[tuple[frozenset[str], Statement]]] = {}
    marked: list[Statement] = []
    for row in rows:
        _, words = words_of(row.content)
        known = earlier.setdefault((fold(row.speaker_name), row.is_anonymous), [])
        first = _first(row, words, known[-_LATEST:]) if len(words) >= FEWEST else None
        if first is not None:
            marked.append(
                replace(row, repeats_statement_id=first.statement_id, communication_id=first.statement_id)
            )
        else:
            known.append((words, row))
            marked.append(row)
    return marked


def _first(
    row: Statement, words: frozenset[str], known: Sequence[tuple[frozenset[str], Statement]]
) -> Statement | None:
    for others, before in known:
        shorter = min(len(words), len(others))
        if shorter < FEWEST or before.block_id == row.block_id or _apart(before, row):
            continue
        if len(words & others) >= _ALIKE * shorter:
            return before
    return None


def _apart(one: Statement, other: Statement) -> bool:
    """Whether the text dates both, on days that do not meet."""
    if one.stated_text is None or other.stated_text is None:
        return False
    if (
        one.stated_from is None
        or other.stated_from is None
        or one.stated_to is None
        or other.stated_to is None
    ):
        return False
    return one.stated_from > other.stated_to or other.stated_from > one.stated_to


def words_of(content: str) -> tuple[list[str], frozenset[str]]:
    """Words of a content in their order, folded, without punctuation and endings of possession; and those
    that tell what it says: the longer, without endings of possession and plural."""
    forms = list(map(_forms, content.split()))
    return [word for word, _ in forms if word], frozenset([word for _, word in forms if word])


@lru_cache(maxsize=65536)
def _forms(written: str) -> tuple[str, str]:
    """A word as it is compared in its place and, if it tells something, among others; else an empty one."""
    word = fold(written.strip(_MARKS))
    telling = word.removesuffix("’s").removesuffix("'s").removesuffix("s") if len(word) > _SMALL else ""
    return word.removesuffix("'s"), telling

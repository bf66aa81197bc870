"""Looking at views in batches of documents: the rows that tell of all others, and what has passed before."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from expectations.batches import BATCH, Batches
from expectations.model import ByDocument, Expectation, InBatches, Suite, Summary, View
from pipeline.digests import text_digest
from pipeline.swap import replace_text

logger = logging.getLogger(__name__)

_BETWEEN: Final = "ExpectColumnValuesToBeBetween"
_PAIRS: Final = "ExpectColumnPairValuesToBeEqual"
ROW_BY_ROW: Final = frozenset(
    {
        _BETWEEN,
        _PAIRS,
        "ExpectColumnPairValuesAToBeGreaterThanB",
        "ExpectColumnValuesToBeInSet",
        "ExpectColumnValuesToBeNull",
        "ExpectColumnValuesToNotBeNull",
    }
)
"""Classes that judge each row by itself, and hold if every row is right."""
_UNIQUE: Final = frozenset({"ExpectColumnValuesToBeUnique", "ExpectCompoundColumnsToBeUnique"})
"""Classes that judge rows by whether others have the same values."""
_KEPT_ANSWERS: Final = 20_000
"""Rows of a question whose answer is kept, at most."""


@dataclass(slots=True)
class Passed:
    """What has passed under one definition of a suite: in an earlier evaluation, and in this one.

    Attributes:
        batches: place of the view in the suite -> digest of a batch -> rows of the view that were looked at.
        answers: digests of questions on which Great Expectations said that all is as expected.
        now_batches, now_answers: those of them that were met again, and what has passed since.
    """

    batches: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    answers: frozenset[str] = frozenset()
    now_batches: dict[int, dict[str, int]] = field(default_factory=dict)
    now_answers: set[str] = field(default_factory=set)

    def rows(self, view: int, digest: str) -> int | None:
        """Rows that a view has in a batch with this digest, if it has passed."""
        found = self.batches.get(view, {}).get(digest)
        if found is not None:
            self.note(view, digest, found)
        return found

    def note(self, view: int, digest: str, rows: int) -> None:
        """A batch has passed in all that is expected of a view."""
        self.now_batches.setdefault(view, {})[digest] = rows

    def answered(self, question: str) -> bool:
        """Whether it was asked before, and all was as expected."""
        if question in self.answers:
            self.now_answers.add(question)
        return question in self.answers


def load_passed(path: Path, definition: str) -> Passed:
    """What `save_passed` kept of this very definition; nothing, and a warning, if it cannot be read."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["definition"] != definition:
            return Passed()
        batches = {
            int(view): {str(k): int(n) for k, n in own.items()} for view, own in kept["batches"].items()
        }
        return Passed(batches, frozenset(map(str, kept["answers"])))
    except FileNotFoundError:
        return Passed()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        logger.warning("[passed_unreadable] %s is left out, all is looked at: %r", path.name, error)
        return Passed()


def save_passed(passed: Passed, path: Path, definition: str) -> None:
    """Keep what was met or has passed in this evaluation, and nothing older."""
    kept = {
        "definition": definition,
        "batches": passed.now_batches,
        "answers": sorted(passed.now_answers),
    }
    replace_text(path, json.dumps(kept))


def question(number: int, rows: pl.DataFrame) -> str | None:
    """Digest of an expectation's number and the rows that it is asked on; None if they are too many."""
    if rows.height > _KEPT_ANSWERS:
        return None
    return text_digest(number, list(rows.schema.items()), *sorted(map(repr, rows.iter_rows())))


@dataclass(slots=True)
class Seen:
    """What was seen of a view.

    Attributes:
        place: of the view in its suite.
        rows: of the view in all batches, those that have passed before included.
        batches: the others: number -> digest and rows.
        telling: by number of the expectation, rows of these that tell whether it holds, with their batch.
    """

    place: int
    rows: int = 0
    batches: dict[int, tuple[str, int]] = field(default_factory=dict)
    telling: dict[int, pl.DataFrame] = field(default_factory=dict)


def look(
    suite: Suite, by_view: Mapping[View, Sequence[int]], batches: Batches, passed: Passed
) -> dict[InBatches, Seen]:
    """What is seen of each view that is looked at in batches, one wave of new batches in memory at a time.

    A view that breaks is left out, as is a summary whose documents are not all sound: they are to be looked
    at whole, which tells what is wrong.
    """
    seen: dict[InBatches, Seen] = {}
    for place, (view, numbers) in enumerate(by_view.items()):
        if not isinstance(view, ByDocument | Summary) or not all(name in batches for name in view.of):
            continue
        if isinstance(view, ByDocument) and any(
            suite.expectations[number].expect not in ROW_BY_ROW for number in numbers
        ):
            continue
        try:
            digests = batches.digests(view)
        except Exception as error:  # told by whoever looks at the view whole
            logger.info("[not_in_batches] %s: %r", view.of, error)
            continue
        seen[view] = Seen(place)
        for batch, digest in digests.items():
            before = passed.rows(place, digest)
            if before is None:
                seen[view].batches[batch] = digest, 0
            else:
                seen[view].rows += before
    names = list(dict.fromkeys(name for view, own in seen.items() if own.batches for name in view.of))
    for wave in batches.waves(names, sorted({batch for own in seen.values() for batch in own.batches})):
        for view in _look_at(suite, by_view, batches, seen, wave):
            del seen[view]
    for view, own in seen.items():
        if isinstance(view, Summary):
            for digest, _ in own.batches.values():
                passed.note(own.place, digest, 0)
    return seen


def _look_at(
    suite: Suite,
    by_view: Mapping[View, Sequence[int]],
    batches: Batches,
    seen: Mapping[InBatches, Seen],
    wave: Sequence[int],
) -> list[InBatches]:
    """Look at one wave, and add to what was seen; the views that are to be looked at whole."""
    wanted = {view: [batch for batch in wave if batch in own.batches] for view, own in seen.items()}
    asked = [view for view, own in wanted.items() if own]
    inputs = batches.inputs(list(dict.fromkeys(name for view in asked for name in view.of)), wave)
    left = []
    for view in asked:
        try:
            if isinstance(view, Summary):
                if not view.sound(inputs):
                    left.append(view)
                continue
            _add(suite, by_view[view], batches.marked(inputs.view(view), wanted[view]), seen[view])
        except Exception as error:  # told by whoever looks at the view whole
            logger.info("[not_in_batches] %s: %r", view.of, error)
            left.append(view)
    return left


def _add(suite: Suite, numbers: Iterable[int], frame: pl.DataFrame, own: Seen) -> None:
    own.rows += frame.height
    for batch, rows in frame.group_by(BATCH).len().iter_rows():
        own.batches[batch] = own.batches[batch][0], rows
    for number in numbers:
        expectation = suite.expectations[number]
        frame.select(expectation.columns)
        rows = telling_rows(frame, expectation)
        own.telling[number] = pl.concat([own.telling[number], rows]) if number in own.telling else rows


def telling_rows(frame: pl.DataFrame, expectation: Expectation) -> pl.DataFrame:
    """Rows of the columns asked about, as few as can be that tell whether the expectation holds for all.

    Where it judges each row by itself, those are the different ones. Of numbers between bounds they are the
    least, the greatest, and those that are none; of pairs that are to be equal, one pair that is and all that
    are not. Of values that are to be unique they are one, and all that are not. Where the frame tells the
    batch of each row, so do they, and tell of each batch.
    """
    mark = [BATCH] if BATCH in frame.columns else []
    if not expectation.asked:
        return frame.select(pl.int_range(pl.len()).alias("row"))
    rows = frame.select(*expectation.asked, *mark)
    if expectation.expect in _UNIQUE:
        return pl.concat([rows.head(1), rows.filter(rows.is_duplicated())])
    if expectation.expect not in ROW_BY_ROW:
        return rows
    if expectation.expect == _PAIRS:
        one, other = (pl.col(expectation.args[name]) for name in ("column_A", "column_B"))
        equal = rows.select(one.eq(other).fill_null(False)).to_series()
        rows = pl.concat([rows.filter(equal).head(1), rows.filter(~equal)])
    elif expectation.expect == _BETWEEN and rows.schema[expectation.args["column"]].is_numeric():
        value = pl.col(expectation.args["column"])
        least, most = (each.over(mark) if mark else each for each in (value.min(), value.max()))
        ends = (value == least) | (value == most) | value.is_nan()
        rows = rows.filter(ends.fill_null(True))
    return rows.unique()

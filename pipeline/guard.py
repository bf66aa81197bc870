"""What keeps one bad row or one bad page from stopping a run: it is taken out and recorded, never dropped.

A `Guard` goes along with one step over pages. `attempt` is the one place where an error of an extractor is
caught, page by page; `keep` holds rows against the contract and against the text they point into.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import traceback
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from pipeline.contract import ColumnType, ExpectationSpec, Span, generic_expectations, table
from pipeline.errors import ParleyError
from pipeline.ids import digest_id
from pipeline.model import Block, Page, SetAsideRow
from pipeline.nlp import PARSED_KINDS
from pipeline.settings import PROJECT_ROOT
from pipeline.sound import is_sound, pattern_of

Step = Literal["parsing", "linking", "statements", "meetings", "merging", "positions"]
Known = Mapping[str, Collection[str]]
"""Keys that rows may name, by table; `parties` holds party codes. Absent tables are not looked at."""

READ_FROM: Final[Mapping[str, frozenset[str]]] = {
    "entity_mentions": PARSED_KINDS,
    "statements": frozenset({"body"}),
    "meeting_mentions": frozenset({"body"}),
    "issue_positions": frozenset({"body"}),
}
"""Kinds of blocks in which the rows of a table lie; further spans of a row may lie in any parsed one."""

MAX_DETAIL: Final = 400
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_PARTY_COLUMNS = ("party", "parties")
_CHECKED_KINDS = ("not_null", "values", "pattern", "range", "foreign_key", "ordered")

R = TypeVar("R")


class Lines:
    """The lines of one page, to be looked up by offset."""

    def __init__(self, page: Page) -> None:
        self.document_id = page.document.document_id
        self.text = page.document.text
        self._blocks = sorted(page.blocks, key=lambda b: b.char_start)
        self._starts = [b.char_start for b in self._blocks]

    def around(self, start: int, end: int) -> Block | None:
        """The line that holds the whole span, or None."""
        at = bisect_right(self._starts, start) - 1
        block = self._blocks[at] if at >= 0 else None
        return block if block is not None and start < end <= block.char_end else None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row."""

    code: str
    detail: str


class Guard:
    """Takes what is broken out of the results of one step, and remembers it.

    `set_aside` asks once, at the end: a step that fails on every page of several is broken itself, and its
    last error is raised.
    """

    def __init__(self, step: Step) -> None:
        self.step = step
        self._rows: list[SetAsideRow] = []
        self._times: Counter[tuple[object, ...]] = Counter()
        self._keys: dict[str, set[object]] = {}
        self._n_pages = 0
        self._errors: list[Exception] = []

    def attempt(self, document_id: str, table_name: str | None, read: Callable[[], R]) -> R | None:
        """What `read` gives for a page, or None if it fails there: recorded, and the other pages go on.

        Errors that are no page's fault are raised on: those that Parley raises on purpose (reference data,
        settings, contract) and those of input and output.
        """
        self._n_pages += 1
        try:
            return read()
        except (ParleyError, OSError, MemoryError):
            raise
        except Exception as error:
            self._errors.append(error)
            self.record(document_id, table_name, None, "exception", described(error))
            return None

    def keep(
        self,
        table_name: str,
        rows: Iterable[R],
        known: Known,
        lines: Lines | None = None,
        key: Callable[[R], object] | None = None,
    ) -> list[R]:
        """The rows that keep the contract, in order; the first of several with one key stays.

        Args:
            table_name: table of the contract; columns that the rows do not have are not looked at.
            rows: objects with an attribute per column.
            known: keys that the rows may name.
            lines: the page that the rows were read from; None where rows are over several pages.
            key: what must be unique, if not the primary key.
        """
        declared = table(table_name)
        seen = self._keys.setdefault(table_name, set())
        own_key = key or attrgetter(*declared.primary_key)
        kept = []
        for row in rows:
            own = own_key(row)
            fault = fault_of(table_name, row, known, lines)
            if fault is None and own in seen:
                fault = Fault("unique", "an earlier row has the same key")
            if fault is None:
                seen.add(own)
                kept.append(row)
                continue
            document_id = lines.document_id if lines is not None else getattr(row, "document_id", None)
            shown = " ".join(str(getattr(row, c, "")) for c in declared.primary_key).strip()
            detail = f"{shown}: {fault.detail}" if shown else fault.detail
            self.record(document_id, table_name, getattr(row, "rule", None), fault.code, detail)
        return kept

    def set_aside(self) -> tuple[SetAsideRow, ...]:
        """What was taken out, in order; raise the last error if every page of several broke."""
        if self._n_pages > 1 and len(self._errors) == self._n_pages:
            raise self._errors[-1]
        return tuple(self._rows)

    @property
    def failure(self) -> str | None:
        """The last error that stopped the step on a page, in words, or None if there was none."""
        return described(self._errors[-1]) if self._errors else None

    def record(
        self, document_id: str | None, table_name: str | None, rule: object, code: str, detail: str
    ) -> None:
        """Note what was taken out, or never came; `detail` is cut to `MAX_DETAIL` characters."""
        detail = detail if len(detail) <= MAX_DETAIL else detail[: MAX_DETAIL - 1] + "…"
        what = (self.step, document_id, table_name, rule, code, detail)
        self._times[what] += 1
        key = digest_id("set", *what, self._times[what])
        named = rule if isinstance(rule, str) else None
        self._rows.append(SetAsideRow(key, document_id, self.step, table_name, named, code, detail))


def described(error: Exception) -> str:
    """Type, message and place of an error, the same on every machine and in every run."""
    message = _ADDRESS.sub("", " ".join(str(error).split())) or "no message"
    own = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(PROJECT_ROOT)
        and not Path(frame.filename).is_relative_to(PROJECT_ROOT / ".venv")
    ]
    where = f" ({Path(own[-1].filename).relative_to(PROJECT_ROOT)}, line {own[-1].lineno})" if own else ""
    room = MAX_DETAIL - len(where) - len(type(error).__name__) - 3
    return f"{type(error).__name__}: {message[:room]}{where}"


def fault_of(table_name: str, row: object, known: Known, lines: Lines | None) -> Fault | None:
    """The first thing that is wrong with a row, or None; keys that occur twice are not its business."""
    if is_dataclass(row) and is_sound(table_name, row, known):
        return None if lines is None else _misplaced(table_name, row, lines)
    values: dict[str, Any] = {}
    for declared in table(table_name).columns:
        value = getattr(row, declared.name, _ABSENT)
        if value is _ABSENT:
            continue
        if value is not None and not _has_type(declared.type, value):
            return Fault("type", f"{declared.name} is {_short(value)}")
        values[declared.name] = value
    for spec in _specs(table_name):
        if all(column in values for column in spec.columns) and not _keeps(spec, values, known):
            shown = ", ".join(f"{column} is {_short(values[column])}" for column in spec.columns)
            return Fault(spec.kind, shown)
    for column in _PARTY_COLUMNS:
        if "parties" in known and values.get(column) is not None:
            codes = values[column] if column == "parties" else (values[column],)
            if unknown := [code for code in codes if code not in known["parties"]]:
                return Fault(
                    "foreign_key", f"{column} has {_short(unknown)}, which no reference data defines"
                )
    return None if lines is None else _misplaced(table_name, row, lines)


def _misplaced(table_name: str, row: object, lines: Lines) -> Fault | None:
    document_id = getattr(row, "document_id", lines.document_id)
    if document_id != lines.document_id:
        return Fault("foreign_key", f"document_id is {_short(document_id)}, not that of the page")
    for number, span in enumerate(table(table_name).spans):
        start, end = getattr(row, span.start, None), getattr(row, span.end, None)
        if start is None or end is None:
            if span.text is not None and getattr(row, span.text, None) is not None:
                return Fault("evidence", f"{span.text} has no place in the text")
            continue
        if fault := _wrong_words(span, start, end, row, lines):
            return fault
        block = lines.around(start, end)
        if block is None:
            return Fault("outside_block", f"{span.start} {start} to {span.end} {end} is not in one line")
        if number == 0 and getattr(row, "block_id", block.block_id) != block.block_id:
            return Fault("outside_block", f"{span.start} {start} is not in the line that block_id names")
        if block.kind not in (READ_FROM.get(table_name, PARSED_KINDS) if number == 0 else PARSED_KINDS):
            return Fault("not_editorial", f"{span.start} {start} is in a line of kind {block.kind}")
    return None


def _wrong_words(span: Span, start: int, end: int, row: object, lines: Lines) -> Fault | None:
    if span.text is None:
        return None
    there, words = lines.text[start:end], getattr(row, span.text)
    if words == there:
        return None
    return Fault("evidence", f"{span.text} is {_short(words)}, the text there {_short(there)}")


_ABSENT = object()


@cache
def _specs(table_name: str) -> tuple[ExpectationSpec, ...]:
    return tuple(s for s in generic_expectations(table(table_name)) if s.kind in _CHECKED_KINDS)


def _keeps(spec: ExpectationSpec, values: Mapping[str, Any], known: Known) -> bool:
    if spec.kind == "ordered":
        low, high = (values[column] for column in spec.columns)
        if low is None or high is None:
            return low is None and high is None
        return bool(low < high) if spec.strict else bool(low <= high)
    value = values[spec.columns[0]]
    if spec.kind == "not_null":
        return value is not None and not (spec.is_list and None in value)
    if value is None:
        return True
    elements = value if spec.is_list else (value,)
    match spec.kind:
        case "values":
            return all(e in spec.values for e in elements)
        case "pattern":
            assert spec.pattern is not None
            return all(e is None or pattern_of(spec.pattern).fullmatch(e) is not None for e in elements)
        case "range":
            lowest = -math.inf if spec.minimum is None else spec.minimum
            highest = math.inf if spec.maximum is None else spec.maximum
            return all(lowest <= e <= highest for e in elements)
        case "foreign_key":
            assert spec.reference is not None
            target = known.get(spec.reference.table)
            return target is None or all(e in target for e in elements)
        case _:
            raise AssertionError(f"{spec.kind} is not judged row by row")


def _has_type(kind: ColumnType, value: object) -> bool:
    match kind:
        case ColumnType.STRING:
            return isinstance(value, str)
        case ColumnType.STRINGS:
            return isinstance(value, tuple | list) and all(e is None or isinstance(e, str) for e in value)
        case ColumnType.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        case ColumnType.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case ColumnType.BOOLEAN:
            return isinstance(value, bool)
        case ColumnType.DATE:
            return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
        case ColumnType.TIMESTAMP:
            return isinstance(value, dt.datetime) and value.tzinfo is not None


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 120 else text[:119] + "…"

"""What is believed of an answer: rows whose words stand in the line, on actors and issues that were given."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.model import Stance
from pipeline.reader.prompt import MAX_ROWS
from pipeline.reader.questions import Question

Refusal = Literal[
    "reader_answer", "reader_evidence", "reader_actor", "reader_issue", "reader_stance", "reader_twice"
]
_FENCE: Final = "```"
_SHOWN: Final = 120


class MalformedAnswerError(ValueError):
    """An answer that does not keep the schema; nothing of it is used."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A position that the reader found, with offsets into the line."""

    actor: str
    issue_id: str
    stance: Stance
    start: int
    end: int
    condition: str | None


@dataclass(frozen=True, slots=True)
class Refused:
    """A row of an answer that was not believed."""

    code: Refusal
    detail: str


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    actor: str
    issue: str
    stance: str
    evidence: str
    condition: str | None = None


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    positions: list[_Row]


_STANCES: Final[dict[str, Stance]] = {
    "support": "support",
    "oppose": "oppose",
    "conditional": "conditional",
    "open": "open",
}


def parse(text: str) -> list[_Row]:
    """The rows of an answer, unjudged; raise MalformedAnswerError if it is not an object of the schema.

    A fence of backticks around the object is taken off: many models cannot help it.
    """
    try:
        rows = _Answer.model_validate_json(_unfenced(text)).positions
    except (ValidationError, RecursionError) as error:
        first = error.errors()[0]["msg"] if isinstance(error, ValidationError) else "nested too deeply"
        raise MalformedAnswerError(f"{first}: {_shown(text)}") from error
    if len(rows) > MAX_ROWS:
        raise MalformedAnswerError(f"{len(rows)} rows for one line, at most {MAX_ROWS} are read")
    return rows


def _unfenced(text: str) -> str:
    bare = text.strip()
    if len(bare) < 2 * len(_FENCE) or not (bare.startswith(_FENCE) and bare.endswith(_FENCE)):
        return text
    return bare[len(_FENCE) : -len(_FENCE)].removeprefix("json").strip()


def judge(
    text: str, question: Question, issue_ids: Collection[str]
) -> tuple[tuple[Reading, ...], tuple[Refused, ...]]:
    """Rows of an answer that the line bears out, and those refused; raises what `parse` raises."""
    names = {actor.name for actor in question.actors}
    readings: list[Reading] = []
    refused: list[Refused] = []
    seen: set[tuple[str, str]] = set()
    for row in parse(text):
        fault = _fault(row, question.line, names, issue_ids)
        if fault is None and (row.actor, row.issue) in seen:
            fault = Refused("reader_twice", f"{row.actor}, {row.issue}: answered more than once")
        if fault is not None:
            refused.append(fault)
            continue
        seen.add((row.actor, row.issue))
        evidence = row.evidence.strip()
        start = question.line.index(evidence)
        stance = _STANCES[row.stance]
        condition = row.condition.strip() if row.condition and stance == "conditional" else None
        readings.append(Reading(row.actor, row.issue, stance, start, start + len(evidence), condition))
    return tuple(readings), tuple(refused)


def _fault(row: _Row, line: str, names: set[str], issue_ids: Collection[str]) -> Refused | None:
    what = f"{_shown(row.actor)}, {_shown(row.issue)}"
    if row.actor not in names:
        return Refused("reader_actor", f"{what}: no actor of the line")
    if row.issue not in issue_ids:
        return Refused("reader_issue", f"{what}: no issue of the pack")
    if row.stance not in _STANCES:
        return Refused("reader_stance", f"{what}: stance {_shown(row.stance)}")
    if not any(c.isalnum() for c in row.evidence) or row.evidence.strip() not in line:
        return Refused("reader_evidence", f"{what}: not in the line: {_shown(row.evidence)}")
    if row.stance == "conditional" and row.condition and row.condition.strip() not in line:
        return Refused("reader_evidence", f"{what}: condition not in the line: {_shown(row.condition)}")
    return None


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")

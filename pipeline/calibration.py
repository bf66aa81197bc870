"""From an extractor's own certainty to a confidence: the share of rows like it that were right when checked.

Extractors multiply what they know of rule and resolution; such products order rows well and are no
shares. `seeds/reference/calibration.yaml` holds a curve for each table, measured on annotated pages whose
errors were not read (`python -m tests.gold.calibrate`). The method is Platt's (1999): a logistic curve
over the log odds of the certainty, two numbers a table, so that few rows suffice and the order of rows
stays.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from pydantic import Field

from pipeline.model import IssuePosition, MeetingMention, Statement
from pipeline.reference import Strict, load_reference

DIGITS: Final = 3
_EDGE: Final = 0.001
"""Certainties are kept this far from 0 and 1, where log odds have no end."""

Row = TypeVar("Row", Statement, MeetingMention, IssuePosition)


class Curve(Strict):
    """Log odds of being right = `slope` × log odds of the certainty + `offset`; 1 and 0 leave it as it is."""

    slope: float = Field(gt=0)
    offset: float

    def confidence(self, certainty: float) -> float:
        """The curve's value, between 0 and 1."""
        return round(1 / (1 + math.exp(-self.slope * log_odds(certainty) - self.offset)), DIGITS)


class Calibration(Strict):
    """The curve of each table."""

    statements: Curve
    meeting_mentions: Curve
    issue_positions: Curve


class Threshold(Strict):
    """A confidence, and what was measured of the rows from there on: share right, share of all rows found."""

    confidence: float = Field(ge=0, le=1)
    precision: float = Field(ge=0, le=1)
    recall: float = Field(ge=0, le=1)


class Thresholds(Strict):
    """For each table the lowest confidence from which on rows can be trusted; None where there is none."""

    statements: Threshold | None
    meeting_mentions: Threshold | None
    issue_positions: Threshold | None


def load_thresholds(reference: Path) -> Thresholds:
    """`thresholds.yaml` of the reference data; raise ReferenceDataError if it is missing or invalid."""
    return load_reference(reference / "thresholds.yaml", Thresholds)


def load_calibration(reference: Path) -> Calibration:
    """The curves in the folder of reference data; raise ReferenceDataError if they are missing or fall."""
    return load_reference(reference / "calibration.yaml", Calibration)


def calibrated(curve: Curve, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows with confidences read off the curve."""
    return tuple(replace(row, confidence=curve.confidence(row.confidence)) for row in rows)


def log_odds(share: float) -> float:
    """Log odds of a share between 0 and 1."""
    kept = min(max(share, _EDGE), 1 - _EDGE)
    return math.log(kept / (1 - kept))

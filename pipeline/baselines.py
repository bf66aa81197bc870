"""Reviewed row counts of a corpus: below the minimum rows were lost, above the maximum somebody looks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl
from pydantic import Field, model_validator

from pipeline.reference import Strict, load_reference
from pipeline.settings import PROJECT_ROOT, Settings

FILE = PROJECT_ROOT / "seeds" / "baselines.yaml"


class CountRange(Strict):
    """Rows that a table is expected to hold, both ends inclusive, and why."""

    minimum: int = Field(alias="min", ge=0)
    maximum: int = Field(alias="max", ge=0)
    reason: str = Field(min_length=1)

    @model_validator(mode="after")
    def _forward(self) -> CountRange:
        if self.minimum > self.maximum:
            raise ValueError("'min' is above 'max'")
        return self


class Baseline(Strict):
    """Counts of one corpus, read with one domain pack.

    `corpus` is the folder of input documents below the project's folder, `domain` the pack's name.
    """

    corpus: str
    domain: str
    tables: Mapping[str, CountRange]


class Baselines(Strict):
    """The file `seeds/baselines.yaml`."""

    baselines: tuple[Baseline, ...]


def baseline_of(settings: Settings, file: Path = FILE) -> Baseline | None:
    """The baseline of the corpus that the settings name, or None if nobody has reviewed one."""
    if not isinstance(settings.seeds, Path):
        return None
    folder = settings.seeds.resolve()
    for baseline in load_reference(file, Baselines).baselines:
        if (PROJECT_ROOT / baseline.corpus).resolve() == folder and baseline.domain == settings.domain:
            return baseline
    return None


def baseline_frame(baseline: Baseline | None) -> pl.DataFrame:
    """One row a table of the baseline: `table`, `minimum`, `maximum`, `reason`; empty without one."""
    rows = (
        [] if baseline is None else [(t, r.minimum, r.maximum, r.reason) for t, r in baseline.tables.items()]
    )
    schema = {"table": pl.String, "minimum": pl.Int64, "maximum": pl.Int64, "reason": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")

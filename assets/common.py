"""What all assets share: their specs out of the contract, previews, retries and failures for good."""

import base64
import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import dagster as dg
import polars as pl

from assets.lineage import column_lineage
from pipeline import __version__
from pipeline.contract import TABLES, column_metadata, table, table_constraints
from pipeline.contract.ddl import describe_table
from pipeline.markup import markdown_cell
from pipeline.parts import Written

OWNERS = ("team:parley",)
PUBLISHED_DAILY = dg.FreshnessPolicy.time_window(
    fail_window=dt.timedelta(hours=49), warn_window=dt.timedelta(hours=25)
)
"""For what readers see: the schedule runs every day; one missed run warns, two fail."""


class Retries(dg.RetryPolicy):
    """Retries of a step that failed, and none of one that was told to stop.

    Dagster would take Ctrl-C, a scheduler's SIGTERM and *Terminate* in its UI for failures that a second try
    may mend, and start a run in one process again and again from the step at hand.
    """

    def calculate_delay(self, attempt_num: int) -> float:
        """Seconds until the next try; what told the step to stop is raised again, and ends the run."""
        error = sys.exception()
        if isinstance(error, dg.DagsterExecutionInterruptedError | KeyboardInterrupt):
            raise error
        return super().calculate_delay(attempt_num)


RETRIES = Retries(max_retries=2, delay=1, backoff=dg.Backoff.EXPONENTIAL)
_LINEAGE = {declared.name: column_lineage(declared) for declared in TABLES}
N_PREVIEW = 5
_CELL = 80


def table_spec(
    name: str, group: str, deps: Sequence[str] = (), *, contract: str | None = None, **more: Any
) -> dg.AssetSpec:
    """Spec of an asset that holds a table of the contract: description and columns from there."""
    declared = table(contract or name)
    schema = dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=column["name"],
                type=column["type"],
                description=column["description"],
                constraints=dg.TableColumnConstraints(
                    nullable=column["nullable"], unique=column["unique"], other=column["other"]
                ),
            )
            for column in column_metadata(declared)
        ],
        constraints=dg.TableConstraints(other=table_constraints(declared)),
    )
    return spec(name, group, describe_table(declared), deps, schema=schema, **more)


def spec(
    name: str,
    group: str,
    description: str,
    deps: Sequence[str] = (),
    *,
    schema: dg.TableSchema | None = None,
    fresh: dg.FreshnessPolicy | None = None,
    kinds: Sequence[str] = ("polars", "parquet"),
    version: str = "1",
    stored: bool = True,
) -> dg.AssetSpec:
    """Spec of an asset of the project.

    `fresh` says how old the asset may grow. `version` is raised when the asset's own code gives other rows.
    `stored` assets are frames in the store of stages; the others write files of their own.
    """
    declared = dg.AssetSpec(
        name,
        deps=list(deps),
        description=description,
        group_name=group,
        owners=list(OWNERS),
        kinds={"python", *kinds},
        code_version=f"{__version__}-{version}",
        tags={"stage": group},
        metadata={} if schema is None else {"dagster/column_schema": schema},
        freshness_policy=fresh,
    )
    # Dagster takes an asset without a store for one that returns nothing.
    return declared.with_io_manager_key("io_manager") if stored else declared


def made(name: str, frame: pl.DataFrame, **more: Any) -> dg.MaterializeResult[pl.DataFrame]:
    """The frame as an asset's result, with its number of rows, its first rows and its columns' lineage."""
    told = {"dagster/row_count": frame.height, "preview": preview(frame), **more}
    if name in _LINEAGE:
        told["dagster/column_lineage"] = _LINEAGE[name]
    return dg.MaterializeResult(asset_key=name, value=frame, metadata=told)


def made_in_parts(name: str, written: Written, **more: Any) -> dg.MaterializeResult[Written]:
    """The same for a table that was written in parts."""
    told = {"dagster/row_count": written.height, "preview": preview(written.head), **more}
    if name in _LINEAGE:
        told["dagster/column_lineage"] = _LINEAGE[name]
    return dg.MaterializeResult(asset_key=name, value=written, metadata=told)


def plot(picture: bytes, what: str) -> dg.MarkdownMetadataValue:
    """A PNG picture as metadata, `what` it shows as its text for those who do not see it."""
    return dg.MetadataValue.md(
        f"![{what}](data:image/png;base64,{base64.b64encode(picture).decode('ascii')})"
    )


def preview(frame: pl.DataFrame) -> dg.MarkdownMetadataValue:
    """The first rows as a Markdown table; long values are cut, bytes are counted."""
    head = [f"| {' | '.join(frame.columns)} |", f"|{'---|' * frame.width}"]
    rows = [f"| {' | '.join(_cell(v) for v in row)} |" for row in frame.head(N_PREVIEW).iter_rows()]
    return dg.MetadataValue.md("\n".join(head + rows) if rows else "*no rows*")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = f"{len(value)} bytes" if isinstance(value, bytes) else str(value)
    return markdown_cell(text, _CELL)


@contextmanager
def failing_for_good() -> Iterator[None]:
    """Retry what a second try may mend, an error of input or output; let everything else fail at once."""
    try:
        yield
    except (OSError, dg.Failure, dg.RetryRequested):
        raise
    except Exception as error:
        raise dg.Failure(description=f"{type(error).__name__}: {error}", allow_retries=False) from error

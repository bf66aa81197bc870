"""Rows as files to take away: CSV that a spreadsheet opens without running anything, and Parquet."""

from __future__ import annotations

import io
import re
from typing import Final

import polars as pl

DANGEROUS: Final = "=+-@\t\r\n＝＋－＠"
"""A cell that begins with one of these may be taken for a formula; an apostrophe before it prevents that."""

_BEGINS_FORMULA: Final = rf"^(?:[\t\r\n]|[\s\p{{Cc}}\p{{Cf}}]*[{re.escape(DANGEROUS)}])"
"""Also behind spaces and signs that do not show, which spreadsheets may pass over."""

_LIST_SEPARATOR: Final = "; "


def csv_bytes(df: pl.DataFrame) -> bytes:
    """The frame as CSV for spreadsheets: UTF-8 with a byte-order mark, lists joined by semicolons.

    Text that a spreadsheet could take for a formula is given an apostrophe in front. Numbers and days stay
    what they are.
    """
    flat = df.with_columns(
        pl.col(name).list.eval(pl.element().cast(pl.String)).list.join(_LIST_SEPARATOR)
        for name, kind in df.schema.items()
        if isinstance(kind, pl.List)
    )
    risky = pl.selectors.string().str.contains(_BEGINS_FORMULA)
    safe = flat.with_columns(
        pl.when(risky).then(pl.lit("'") + pl.selectors.string()).otherwise(pl.selectors.string()).name.keep()
    )
    buffer = io.BytesIO()
    safe.write_csv(buffer, include_bom=True)
    return buffer.getvalue()


def parquet_bytes(df: pl.DataFrame) -> bytes:
    """The frame as Parquet, values unchanged."""
    buffer = io.BytesIO()
    df.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()

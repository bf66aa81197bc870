"""Frames for positions in the text: what they point to, and which line they lie in."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from pipeline.contract.schema import Span, Table

_IS_SPACE: Final = np.fromiter((chr(n).isspace() for n in range(0x3002)), dtype=bool)
"""Whether the character of each number is white space; none beyond is (U+3000 is the last)."""


def pointed_text(table: Table, span: Span, frame: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The table's key, the words it repeats, and `text_slice`: the words that its offsets point to."""
    if span.text is None:
        raise ValueError(f"{table.name}.{span.start} repeats no words")
    texts = dict(documents.select("document_id", "text").iter_rows())
    columns = ["document_id", span.start, span.end]
    slices = [
        None if start is None or end is None or document_id not in texts else texts[document_id][start:end]
        for document_id, start, end in frame.select(columns).iter_rows()
    ]
    return frame.select(list(dict.fromkeys((*table.primary_key, *columns, span.text)))).with_columns(
        pl.Series("text_slice", slices, dtype=pl.String)
    )


def enclosing_blocks(table: Table, span: Span, frame: pl.DataFrame, blocks: pl.DataFrame) -> pl.DataFrame:
    """For each span, the block in which it begins and how it lies in it.

    Columns: the table's key, `document_id`, the offsets, `begins_in` (block_id, null if outside all
    blocks), `block_kind`, `chars_outside` (characters of the span beyond that block) and, where the
    table names a block, `names_block` (its block_id). Rows without a span are left out.
    """
    columns = dict.fromkeys((*table.primary_key, "document_id", span.start, span.end))
    named = {"names_block": pl.col("block_id")} if "block_id" in table.column_names else {}
    spans = (
        frame.filter(pl.col(span.start).is_not_null() & pl.col(span.end).is_not_null())
        .select(*columns, **named)
        .sort("document_id", span.start)
    )
    lines = blocks.select(
        "document_id",
        pl.col("char_start").alias("_line_start"),
        pl.col("char_end").alias("_line_end"),
        pl.col("block_id").alias("begins_in"),
        pl.col("kind").alias("block_kind"),
    ).sort("document_id", "_line_start")
    joined = spans.join_asof(
        lines,
        left_on=span.start,
        right_on="_line_start",
        by="document_id",
        strategy="backward",
        check_sortedness=False,
    )
    inside = pl.col(span.start) < pl.col("_line_end")
    return joined.with_columns(
        pl.when(inside).then("begins_in").alias("begins_in"),
        pl.when(inside).then("block_kind").otherwise(pl.lit("outside all blocks")).alias("block_kind"),
        pl.when(inside)
        .then((pl.col(span.end) - pl.col("_line_end")).clip(lower_bound=0))
        .otherwise(pl.col(span.end) - pl.col(span.start))
        .alias("chars_outside"),
    ).drop("_line_start", "_line_end")


def character_cover(documents: pl.DataFrame, blocks: pl.DataFrame) -> pl.DataFrame:
    """One row a document: how many non-blank characters lie in no block, and in more than one.

    Columns: `document_id`, `source_file`, `n_characters` (non-blank), `n_left_out`, `n_twice`,
    `first_left_out` (offset, null if none), `n_beyond` (characters of blocks beyond the text's end).
    """
    by_document: dict[str, list[tuple[int, int]]] = {}
    for document_id, start, end in blocks.select("document_id", "char_start", "char_end").iter_rows():
        by_document.setdefault(document_id, []).append((start, end))
    rows = []
    for document_id, source_file, text in documents.select("document_id", "source_file", "text").iter_rows():
        size = len(text)
        # Differences at the borders, summed up: how many blocks each character lies in.
        depth = np.zeros(size + 1, dtype=np.int32)
        beyond = 0
        for start, end in by_document.get(document_id, []):
            beyond += max(0, end - max(size, start))
            depth[min(start, size)] += 1
            depth[min(end, size)] -= 1
        depth = np.cumsum(depth)[:size]
        numbers = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        solid = ~_IS_SPACE[np.minimum(numbers, len(_IS_SPACE) - 1)]
        left_out = np.flatnonzero(solid & (depth < 1))
        rows.append(
            {
                "document_id": document_id,
                "source_file": source_file,
                "n_characters": int(solid.sum()),
                "n_left_out": len(left_out),
                "n_twice": int((solid & (depth > 1)).sum()),
                "first_left_out": int(left_out[0]) if len(left_out) else None,
                "n_beyond": beyond,
            }
        )
    schema = {
        "document_id": pl.String,
        "source_file": pl.String,
        "n_characters": pl.Int64,
        "n_left_out": pl.Int64,
        "n_twice": pl.Int64,
        "first_left_out": pl.Int64,
        "n_beyond": pl.Int64,
    }
    return pl.DataFrame(rows, schema=schema)


def block_lines(documents: pl.DataFrame, blocks: pl.DataFrame) -> pl.DataFrame:
    """One row a block: its text, what a single trimmed line would be, and its expected number."""
    texts = dict(documents.select("document_id", "text").iter_rows())
    found = [
        texts[document_id][start:end] if document_id in texts else None
        for document_id, start, end in blocks.select("document_id", "char_start", "char_end").iter_rows()
    ]
    trimmed = [None if text is None else text.split("\n")[0].strip() for text in found]
    return blocks.select("block_id", "document_id", "block_no").with_columns(
        pl.Series("text", found, dtype=pl.String),
        pl.Series("trimmed_line", trimmed, dtype=pl.String),
        expected_no=blocks.select(
            pl.col("char_start").rank("ordinal").over("document_id").cast(pl.Int64) - 1
        ).to_series(),
    )


def quotation_marks(statements: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Statements with a quote: whether each begins behind an opening mark in the text.

    A quotation that runs over paragraphs opens anew in each and closes in the last only, so the
    opening mark is what every quoted line has. Columns: `statement_id`, `form`, `quote`,
    `mark_before` (the character before the quote's first character, null where the quote is not
    found in the statement's surroundings).
    """
    texts = dict(documents.select("document_id", "text").iter_rows())
    rows = []
    columns = ("statement_id", "document_id", "form", "quote", "content_start", "content_end")
    for statement_id, document_id, form, quote, start, end in statements.select(columns).iter_rows():
        if quote is None or document_id not in texts:
            continue
        rows.append(
            {
                "statement_id": statement_id,
                "form": form,
                "quote": quote,
                "mark_before": mark_before(texts[document_id], quote, start, end),
            }
        )
    schema = {"statement_id": pl.String, "form": pl.String, "quote": pl.String, "mark_before": pl.String}
    return pl.DataFrame(rows, schema=schema)


OPENING_MARKS = ('"', "“", "„", "«", "‘", "'", "‹", "‚", "`", "”", "’")


def mark_before(text: str, quote: str, start: int, end: int) -> str | None:
    """The quotation mark with which `quote` opens near [start, end), or None if there is none."""
    inner = quote.strip().lstrip("".join(OPENING_MARKS)).lstrip()
    probe = inner[:20]
    if not probe:
        return None
    at = text.find(probe, max(0, start - 2), end + 2)
    if at < 0:
        return None
    before = text[max(0, at - 3) : at].rstrip()
    return before[-1] if before and before[-1] in OPENING_MARKS else None

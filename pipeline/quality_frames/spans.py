"""Frames for positions in the text: what they point to, and which line they lie in."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.clean.wrapped import WIDEST
from pipeline.contract.schema import Span, Table

_IS_SPACE: Final = np.fromiter((chr(n).isspace() for n in range(0x3002)), dtype=bool)
"""Whether the character of each number is white space; none beyond is (U+3000 is the last)."""
LINES: Final = ("document_id", "char_start", "char_end", "block_id", "kind")
"""Columns of `blocks` that `enclosing_blocks` reads."""
_LINE_END: Final = re.compile(r"\r\n?|\n")
_SHORT: Final = 0.5
"""Of the longest line: the next line's first word would have fitted into a shorter one."""
_AT_ONCE: Final = 256
"""Documents whose characters are looked at together: fast, and of bounded memory."""
_COVER: Final = ("n_characters", "n_left_out", "n_twice", "first_left_out", "n_beyond")
_Numbers: TypeAlias = npt.NDArray[np.int64]


def pointed_text(table: Table, span: Span, frame: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The table's key, the words it repeats, and `text_slice`: the words that its offsets point to."""
    if span.text is None:
        raise ValueError(f"{table.name}.{span.start} repeats no words")
    slices = _slices(documents, frame, span.start, span.end)
    kept = dict.fromkeys((*table.primary_key, "document_id", span.start, span.end, span.text))
    return frame.select(*kept).with_columns(pl.Series("text_slice", slices, dtype=pl.String))


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
        .sort("document_id", span.start, maintain_order=True)
    )
    lines = blocks.select(
        "document_id",
        pl.col("char_start").alias("_line_start"),
        pl.col("char_end").alias("_line_end"),
        pl.col("block_id").alias("begins_in"),
        pl.col("kind").alias("block_kind"),
    ).sort("document_id", "_line_start", maintain_order=True)
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
    numbered = documents.select("document_id").with_row_index("_document")
    placed = (
        blocks.select("document_id", "char_start", "char_end")
        .join(numbered, on="document_id")
        .drop_nulls()
        .sort("_document")
    )
    owners, starts, ends = (placed[name].to_numpy() for name in ("_document", "char_start", "char_end"))
    found = []
    for first in range(0, documents.height, _AT_ONCE):
        part = documents[first : first + _AT_ONCE]
        own = slice(*np.searchsorted(owners, (first, first + part.height)))
        found.append(_cover(part["text"].to_list(), owners[own] - first, starts[own], ends[own]))
    schema = dict.fromkeys(_COVER, pl.Int64)
    counted = pl.concat(found) if found else pl.DataFrame(schema=schema)
    return documents.select("document_id", "source_file").hstack(counted)


def _cover(texts: list[str], owners: _Numbers, starts: _Numbers, ends: _Numbers) -> pl.DataFrame:
    """The counts of a few documents, whose texts are laid one behind the other.

    `owners` gives the place among `texts` to which each block belongs, in ascending order.
    """
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    # Each text is followed by one blank: where blocks that reach its end, or beyond, stop.
    begins = np.concatenate(([0], np.cumsum(sizes + 1)))[:-1]
    numbers = np.frombuffer(("\n".join(texts) + "\n").encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    solid = ~_IS_SPACE[np.minimum(numbers, len(_IS_SPACE) - 1)]
    size = sizes[owners]
    # Differences at the borders, summed up: how many blocks each character lies in.
    n, place = len(numbers), begins[owners]
    depth = np.bincount(place + np.clip(starts, 0, size), minlength=n)
    depth -= np.bincount(place + np.clip(ends, 0, size), minlength=n)
    np.cumsum(depth, out=depth)
    left_out, twice = solid & (depth < 1), solid & (depth > 1)
    places = np.flatnonzero(left_out)
    incomplete, at = np.unique(np.searchsorted(begins, places, side="right") - 1, return_index=True)
    first: list[int | None] = [None] * len(texts)
    for document, offset in zip(incomplete, places[at], strict=True):
        first[document] = int(offset - begins[document])
    beyond = np.zeros(len(texts), dtype=np.int64)
    np.add.at(beyond, owners, np.maximum(0, ends - np.maximum(size, starts)))
    counts = [np.add.reduceat(each, begins, dtype=np.int64) for each in (solid, left_out, twice)]
    return pl.DataFrame([*counts, first, beyond], schema=dict.fromkeys(_COVER, pl.Int64))


def block_lines(documents: pl.DataFrame, blocks: pl.DataFrame) -> pl.DataFrame:
    """One row a block: its text, what one trimmed line or paragraph would be, and its expected number."""
    found = _slices(documents, blocks, "char_start", "char_end")
    trimmed = [None if text is None else _one_paragraph(text) for text in found]
    return blocks.select("block_id", "document_id", "block_no").with_columns(
        pl.Series("text", found, dtype=pl.String),
        pl.Series("trimmed_paragraph", trimmed, dtype=pl.String),
        expected_no=blocks.select(
            pl.col("char_start").rank("ordinal").over("document_id").cast(pl.Int64) - 1
        ).to_series(),
    )


def _one_paragraph(text: str) -> str:
    """The text as far as its lines can be one paragraph broken at a fixed width.

    That is up to a blank line, to a line too long to be broken, or to one much shorter than the longest
    before a capital letter.
    """
    lines = _LINE_END.split(text)
    longest = max(len(line) for line in lines)
    for end, line, following in zip(_LINE_END.finditer(text), lines[:-1], lines[1:], strict=True):
        short = len(line) < _SHORT * longest and not following[:1].islower()
        if longest > WIDEST or short or not following.strip():
            return text[: end.start()].strip()
    return text.strip()


def _slices(documents: pl.DataFrame, frame: pl.DataFrame, start: str, end: str) -> list[str | None]:
    """What the offsets of each row point to in its document; None without offsets, or without document."""
    texts = dict(documents.select("document_id", "text").iter_rows())
    columns = (frame[name].to_list() for name in ("document_id", start, end))
    return [
        None
        if first is None or last is None or (text := texts.get(document_id)) is None
        else text[first:last]
        for document_id, first, last in zip(*columns, strict=True)
    ]


def quotation_marks(statements: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Statements with a quote: whether each begins behind an opening mark in the text.

    A quotation that runs over paragraphs opens anew in each and closes in the last only, so the
    opening mark is what every quoted line has. Columns: `statement_id`, `document_id`, `form`, `quote`,
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
                "document_id": document_id,
                "form": form,
                "quote": quote,
                "mark_before": mark_before(texts[document_id], quote, start, end),
            }
        )
    told = ("statement_id", "document_id", "form", "quote", "mark_before")
    return pl.DataFrame(rows, schema=dict.fromkeys(told, pl.String))


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

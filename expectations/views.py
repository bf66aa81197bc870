"""Views that several suites build their expectations from."""

from __future__ import annotations

from functools import cache

import polars as pl

from expectations.model import ByDocument, Expectation, Inputs, View, by_document
from pipeline.contract import Span, table
from pipeline.quality_frames import extraction, spans


@cache
def whole(asset: str) -> View:
    """The asset's frame as it is."""

    def view(inputs: Inputs) -> pl.DataFrame:
        return inputs[asset]

    return view


@cache
def rows_of(asset: str) -> ByDocument:
    """The asset's rows, each of which is of a document."""
    return ByDocument(whole(asset), (asset,))


def words_as_pointed(name: str) -> tuple[Expectation, ...]:
    """For each column of the table that repeats words: they equal the text that the offsets point to."""
    return tuple(_words(name, span) for span in table(name).spans if span.text is not None)


def _words(name: str, span: Span) -> Expectation:
    @by_document(name, "documents")
    def pointed(inputs: Inputs) -> pl.DataFrame:
        return spans.pointed_text(
            table(name), span, inputs[name], inputs.pick("documents", "document_id", "text")
        )

    return Expectation(
        name=f"{span.text}_as_pointed_to",
        table=name,
        reason="Evidence that is not what the document says at that place cannot be cited.",
        view=pointed,
        expect="ExpectColumnPairValuesToBeEqual",
        args={"column_A": span.text, "column_B": "text_slice", "ignore_row_if": "both_values_are_missing"},
        show=(*table(name).primary_key, "document_id", span.start, span.end),
        column=span.text,
    )


def enclosed(name: str, span: Span, kinds: tuple[str, ...]) -> tuple[Expectation, ...]:
    """A span lies in one block, of one of `kinds`; where the table names a block, in that one."""
    declared = table(name)
    what = "span" if span == declared.spans[0] else span.start.removesuffix("_start")
    show = (*declared.primary_key, "document_id", span.start, span.end)

    @by_document(name, "blocks")
    def view(inputs: Inputs) -> pl.DataFrame:
        return spans.enclosing_blocks(declared, span, inputs[name], inputs.pick("blocks", *spans.LINES))

    nested = Expectation(
        name=f"{what}_inside_one_block",
        table=name,
        reason="A row belongs to one line of its document; a span over several mixes entries and dates.",
        view=view,
        expect="ExpectColumnValuesToBeBetween",
        args={"column": "chars_outside", "min_value": 0, "max_value": 0},
        show=(*show, "block_kind"),
        column=span.start,
    )
    editorial = Expectation(
        name=f"{what}_in_editorial_text",
        table=name,
        reason="Boilerplate is the site's, not the report's: a row read from it is an artefact.",
        view=view,
        expect="ExpectColumnValuesToBeInSet",
        args={"column": "block_kind", "value_set": list(kinds)},
        show=show,
        column=span.start,
    )
    if "block_id" not in declared.column_names:
        return (nested, editorial)
    named = Expectation(
        name=f"{what}_in_its_own_block",
        table=name,
        reason="block_id must be the line that the offsets lie in, else entry dates come from another line.",
        view=view,
        expect="ExpectColumnPairValuesToBeEqual",
        args={"column_A": "names_block", "column_B": "begins_in", "ignore_row_if": "neither"},
        show=show,
        column="block_id",
    )
    return (nested, editorial, named)


def known_parties(name: str) -> Expectation:
    """Party codes are those that reference data and domain pack define."""
    column = "parties" if "parties" in table(name).column_names else "party"

    def used(inputs: Inputs) -> pl.DataFrame:
        rows = inputs.pick(name, table(name).primary_key[0], column)
        return extraction.party_codes(name, rows, inputs["parties"])

    return Expectation(
        name="party_codes_known",
        table=name,
        reason="A code that no reference data defines cannot be grouped or joined with other data.",
        view=used,
        expect="ExpectColumnValuesToBeInSet",
        args={"column": "known", "value_set": ["yes"]},
        show=("party", "n_rows", "example"),
        column=column,
    )


def same_document(name: str) -> Expectation:
    """The statement that a row names was made in the row's own document."""

    def owned(inputs: Inputs) -> pl.DataFrame:
        return extraction.of_same_document(
            inputs.pick(name, *table(name).primary_key, "statement_id", "document_id"),
            inputs.pick("statements", "statement_id", "document_id"),
        )

    return Expectation(
        name="statement_of_same_document",
        table=name,
        reason="A row and the statement that asserts it stand in one document; else the link is wrong.",
        view=owned,
        expect="ExpectColumnPairValuesToBeEqual",
        args={"column_A": "document_id", "column_B": "statement_document", "ignore_row_if": "neither"},
        show=(*table(name).primary_key, "statement_id"),
        severity="warning",
        column="statement_id",
    )


def days_of_reports(inputs: Inputs) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Of documents and of blocks, what tells when something was reported."""
    documents = inputs.pick("documents", "document_id", "published_from", "published_to")
    return documents, inputs.pick("blocks", "document_id", "block_id", "entry_date")


def within_report(name: str, column: str, reason: str) -> Expectation:
    """`column` does not lie after the last day on which the row was reported."""

    @by_document(name, "documents", "blocks")
    def dated(inputs: Inputs) -> pl.DataFrame:
        kept = dict.fromkeys((*table(name).primary_key, "document_id", "block_id", column))
        return extraction.reports(inputs.pick(name, *kept), *days_of_reports(inputs))

    return Expectation(
        name=f"{column}_not_after_report",
        table=name,
        reason=reason,
        view=dated,
        expect="ExpectColumnPairValuesAToBeGreaterThanB",
        args={
            "column_A": "reported_to",
            "column_B": column,
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
        show=(*table(name).primary_key, "document_id"),
        severity="warning",
        column=column,
    )

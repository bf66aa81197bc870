"""Expectations on cleaned documents: every line accounted for, text untouched, dates that can be."""

from __future__ import annotations

import polars as pl

from expectations.contract import of_contract
from expectations.model import Expectation, Inputs, Suite, by_document
from pipeline.dates.calendar import PLACED_DAYS
from pipeline.quality_frames import documents as pages
from pipeline.quality_frames import inputs as arrivals
from pipeline.quality_frames import spans


def accounted(inputs: Inputs) -> pl.DataFrame:
    """Every input file and how often it is among documents or quarantine."""
    documents = inputs.pick("documents", "source_file")
    return arrivals.accounted(inputs["raw_files"], documents, inputs["quarantine"])


def records_accounted(inputs: Inputs) -> pl.DataFrame:
    """Every input file, how many inputs it holds and what became of them after cleaning."""
    documents = inputs.pick("documents", "source_file")
    return arrivals.records_accounted(inputs["raw_files"], documents, inputs["quarantine"])


@by_document("raw_documents", "documents")
def kept_texts(inputs: Inputs) -> pl.DataFrame:
    """Texts before and after cleaning."""
    return arrivals.kept_texts(inputs.pick("raw_documents", "document_id", "text"), inputs["documents"])


@by_document("documents", "blocks")
def cover(inputs: Inputs) -> pl.DataFrame:
    """How blocks cover the characters of their documents."""
    return spans.character_cover(inputs["documents"], inputs["blocks"])


@by_document("documents", "blocks")
def lines(inputs: Inputs) -> pl.DataFrame:
    """Blocks as lines of text."""
    return spans.block_lines(inputs["documents"], inputs["blocks"])


@by_document("documents")
def dating(inputs: Inputs) -> pl.DataFrame:
    """Publication ranges."""
    return pages.dating(inputs["documents"])


@by_document("documents", "blocks")
def composition(inputs: Inputs) -> pl.DataFrame:
    """What documents are made of."""
    return pages.composition(inputs["documents"], inputs["blocks"])


@by_document("documents", "blocks")
def articles(inputs: Inputs) -> pl.DataFrame:
    """What articles are made of."""
    return inputs.view(composition).filter(pl.col("format") == "article")


@by_document("documents")
def titles(inputs: Inputs) -> pl.DataFrame:
    """Titles and whether the text holds them."""
    return pages.titles(inputs["documents"])


@by_document("documents", "blocks")
def entry_days(inputs: Inputs) -> pl.DataFrame:
    """Dated entries beside their document's range."""
    return pages.entry_days(inputs["documents"], inputs["blocks"])


def duplicates(inputs: Inputs) -> pl.DataFrame:
    """Near-duplicates and their originals."""
    return pages.duplicates(inputs.pick("documents", "document_id", "source_file", "duplicate_of"))


def metadata_found(inputs: Inputs) -> pl.DataFrame:
    """Share of documents with a title, a publisher, a date."""
    return pages.metadata_found(inputs.pick("documents", *pages.METADATA))


_DOCUMENT = ("document_id", "source_file")

CLEAN = Suite(
    name="clean",
    stage="clean",
    inputs=("raw_files", "raw_documents", "documents", "blocks", "quarantine"),
    expectations=(
        Expectation(
            name="inputs_are_documents_or_quarantine",
            table="documents",
            reason="Nothing vanishes: inputs = documents + quarantine, each input in one of them, once.",
            view=accounted,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_times", "min_value": 1, "max_value": 1},
            show=("source_file", "n_listed", "n_accepted", "n_set_aside"),
        ),
        Expectation(
            name="records_are_documents_or_quarantine",
            table="documents",
            reason="A file's records are all documents or in quarantine; one that is in neither was lost.",
            view=records_accounted,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_missing", "min_value": 0, "max_value": 0},
            show=("source_file", "n_records", "n_accepted", "n_set_aside"),
        ),
        Expectation(
            name="text_unchanged",
            table="documents",
            reason="Cleaning marks lines and never edits them; every offset counts on it.",
            view=kept_texts,
            expect="ExpectColumnValuesToBeNull",
            args={"column": "differs_at"},
            show=(*_DOCUMENT, "n_characters_read", "n_characters"),
            column="text",
        ),
        Expectation(
            name="dates_as_basis_says",
            table="documents",
            reason="A range without a basis is a guess dressed as a fact.",
            view=dating,
            expect="ExpectColumnPairValuesToBeEqual",
            args={"column_A": "has_dates", "column_B": "basis_promises_dates", "ignore_row_if": "neither"},
            show=(*_DOCUMENT, "published_basis"),
            column="published_basis",
        ),
        Expectation(
            name="not_published_after_reading",
            table="documents",
            reason="A page cannot have been published after the day on which it was read.",
            view=dating,
            expect="ExpectColumnPairValuesAToBeGreaterThanB",
            args={
                "column_A": "read_on",
                "column_B": "published_from",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            show=_DOCUMENT,
            severity="warning",
            column="published_from",
        ),
        Expectation(
            name="publication_range_narrow",
            table="documents",
            reason="A range of more than a month places nothing: give the document a sidecar with its date.",
            view=dating,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_days", "min_value": 1, "max_value": PLACED_DAYS},
            show=(*_DOCUMENT, "published_from", "published_to"),
            severity="warning",
            column="published_to",
        ),
        Expectation(
            name="title_stands_in_text",
            table="documents",
            reason="A title that the page does not show was made up.",
            view=titles,
            expect="ExpectColumnValuesToBeInSet",
            args={"column": "in_text", "value_set": ["yes"]},
            show=(*_DOCUMENT, "title"),
            severity="warning",
            column="title",
        ),
        Expectation(
            name="metadata_mostly_found",
            table="documents",
            reason="When title, publisher or date is missing in over a third of the pages, a profile is due.",
            view=metadata_found,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "share", "min_value": 0.65},
            show=("field", "n_documents"),
            severity="warning",
        ),
        Expectation(
            name="duplicates_name_originals",
            table="documents",
            reason="A duplicate of a duplicate hides which text is the one to count.",
            view=duplicates,
            expect="ExpectColumnValuesToBeNull",
            args={"column": "original_repeats"},
            show=(*_DOCUMENT, "duplicate_of"),
            severity="warning",
            column="duplicate_of",
        ),
        Expectation(
            name="no_character_left_out",
            table="blocks",
            reason="Every non-blank character is in a block, so that nothing is dropped without a reason.",
            view=cover,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_left_out", "min_value": 0, "max_value": 0},
            show=(*_DOCUMENT, "n_characters", "first_left_out"),
        ),
        Expectation(
            name="no_character_in_two_blocks",
            table="blocks",
            reason="Text that is in two blocks is read, and counted, twice.",
            view=cover,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_twice", "min_value": 0, "max_value": 0},
            show=(*_DOCUMENT, "n_characters"),
        ),
        Expectation(
            name="blocks_within_text",
            table="blocks",
            reason="An offset beyond the text's end points to nothing.",
            view=cover,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_beyond", "min_value": 0, "max_value": 0},
            show=_DOCUMENT,
            column="char_end",
        ),
        Expectation(
            name="block_is_one_trimmed_paragraph",
            table="blocks",
            reason="Kind and entry are judged by line, or broken paragraph; blanks around it shift offsets.",
            view=lines,
            expect="ExpectColumnPairValuesToBeEqual",
            args={"column_A": "text", "column_B": "trimmed_paragraph", "ignore_row_if": "neither"},
            show=("block_id", "document_id"),
        ),
        Expectation(
            name="blocks_numbered_in_order",
            table="blocks",
            reason="block_no is the reading order, from 0 and without gaps.",
            view=lines,
            expect="ExpectColumnPairValuesToBeEqual",
            args={"column_A": "block_no", "column_B": "expected_no", "ignore_row_if": "neither"},
            show=("block_id", "document_id"),
            column="block_no",
        ),
        Expectation(
            name="documents_have_prose",
            table="blocks",
            reason="A page without editorial text belongs into quarantine (no_prose), not among documents.",
            view=composition,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_body", "min_value": 1},
            show=(*_DOCUMENT, "n_blocks"),
            column="kind",
        ),
        Expectation(
            name="one_title_at_most",
            table="blocks",
            reason="A second title is a heading or the site's furniture.",
            view=composition,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_titles", "max_value": 1},
            show=_DOCUMENT,
            severity="warning",
            column="kind",
        ),
        Expectation(
            name="boilerplate_not_nearly_all",
            table="blocks",
            reason="When over nine tenths of a page are judged boilerplate, cleaning likely misread it.",
            view=composition,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "boilerplate_share", "max_value": 0.9},
            show=(*_DOCUMENT, "n_blocks", "n_body"),
            severity="warning",
            column="kind",
        ),
        Expectation(
            name="entries_only_in_feeds",
            table="blocks",
            reason="An article has no entries; their dates would override its own.",
            view=articles,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_entry_blocks", "max_value": 0},
            show=(*_DOCUMENT, "format"),
            severity="warning",
            column="entry_no",
        ),
        Expectation(
            name="entries_inside_publication",
            table="blocks",
            reason="An entry is dated within the days on which its page was published.",
            view=entry_days,
            expect="ExpectColumnPairValuesAToBeGreaterThanB",
            args={
                "column_A": "published_to",
                "column_B": "entry_date",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            show=_DOCUMENT,
            severity="warning",
            column="entry_date",
        ),
        *of_contract("documents"),
        *of_contract("blocks"),
        *of_contract("quarantine"),
    ),
)

"""Expectations on what was read from the folder of input documents."""

from __future__ import annotations

import polars as pl

from expectations.contract import of_contract
from expectations.model import Expectation, Inputs, Suite, by_document
from pipeline.ids import digest_id
from pipeline.quality_frames import inputs as frames


def accounted(inputs: Inputs) -> pl.DataFrame:
    """Every input and how often it was accepted or set aside."""
    documents = inputs.pick("raw_documents", "source_file")
    return frames.accounted(inputs["raw_files"], documents, inputs["raw_quarantine"])


def records_accounted(inputs: Inputs) -> pl.DataFrame:
    """Every input file, how many inputs it holds and what became of them."""
    documents = inputs.pick("raw_documents", "source_file")
    return frames.records_accounted(inputs["raw_files"], documents, inputs["raw_quarantine"])


@by_document("raw_documents")
def raw_documents(inputs: Inputs) -> pl.DataFrame:
    """Documents as read, with the key that their content gives and the length of what is not blank."""
    raw = inputs["raw_documents"]
    keys = [digest_id("doc", sha256) for sha256 in raw["sha256"]]
    return raw.select(
        "document_id",
        "source_file",
        "sha256",
        pl.Series("key_of_content", keys, dtype=pl.String),
        pl.col("text").str.strip_chars().str.len_chars().alias("n_characters"),
    )


def contents(inputs: Inputs) -> pl.DataFrame:
    """Documents as read, without their text."""
    return inputs.pick("raw_documents", "document_id", "source_file", "sha256")


@by_document("raw_documents")
def content_digests(inputs: Inputs) -> pl.DataFrame:
    """Digests of the files and of the texts kept of them."""
    return frames.content_digests(inputs["raw_documents"])


def set_aside(inputs: Inputs) -> pl.DataFrame:
    """Share of the inputs that was set aside."""
    return frames.set_aside(inputs["raw_files"], inputs["raw_quarantine"])


RAW = Suite(
    name="raw",
    stage="raw",
    inputs=("raw_files", "raw_documents", "raw_quarantine"),
    expectations=(
        Expectation(
            name="every_file_read_or_set_aside",
            table="raw_files",
            reason="Nothing vanishes: each input is a document or stands in quarantine with its reason.",
            view=accounted,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_times", "min_value": 1, "max_value": 1},
            show=("source_file", "n_listed", "n_accepted", "n_set_aside"),
        ),
        Expectation(
            name="every_record_read_or_set_aside",
            table="raw_files",
            reason="Of a file that holds many records none vanishes: each is a document or in quarantine.",
            view=records_accounted,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_missing", "min_value": 0, "max_value": 0},
            show=("source_file", "n_records", "n_accepted", "n_set_aside"),
        ),
        Expectation(
            name="no_document_without_file",
            table="raw_files",
            reason="A document that no listed file gives was made up, or left over from an earlier run.",
            view=accounted,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_listed", "min_value": 1, "max_value": 1},
            show=("source_file", "n_accepted", "n_set_aside"),
        ),
        Expectation(
            name="some_document_read",
            table="raw_documents",
            reason="An empty folder gives empty tables: likely the wrong folder was named.",
            view=contents,
            expect="ExpectTableRowCountToBeBetween",
            args={"min_value": 1},
            severity="warning",
        ),
        Expectation(
            name="text_is_verbatim",
            table="raw_documents",
            reason="All offsets count characters of a text file itself; a changed text would shift them.",
            view=content_digests,
            expect="ExpectColumnPairValuesToBeEqual",
            args={"column_A": "sha256", "column_B": "sha256_of_text", "ignore_row_if": "neither"},
            show=("document_id", "source_file"),
            column="text",
        ),
        Expectation(
            name="document_key_from_content",
            table="raw_documents",
            reason="The same content must have the same key on every machine and in every run.",
            view=raw_documents,
            expect="ExpectColumnPairValuesToBeEqual",
            args={"column_A": "document_id", "column_B": "key_of_content", "ignore_row_if": "neither"},
            show=("source_file",),
            column="document_id",
        ),
        Expectation(
            name="content_read_once",
            table="raw_documents",
            reason="A file that is there twice would double every count taken from it.",
            view=contents,
            expect="ExpectColumnValuesToBeUnique",
            args={"column": "sha256"},
            show=("document_id", "source_file"),
            column="sha256",
        ),
        Expectation(
            name="text_not_blank",
            table="raw_documents",
            reason="A blank file holds nothing to extract and belongs into quarantine.",
            view=raw_documents,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_characters", "min_value": 1},
            show=("document_id", "source_file"),
            column="text",
        ),
        Expectation(
            name="few_inputs_set_aside",
            table="raw_quarantine",
            reason="When more than a third of the inputs is refused, the source or its encoding has changed.",
            view=set_aside,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "share", "min_value": 0, "max_value": 0.34},
            show=("n_inputs", "n_set_aside"),
            severity="warning",
        ),
        *of_contract("quarantine", asset="raw_quarantine"),
    ),
)

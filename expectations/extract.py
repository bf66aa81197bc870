"""Expectations on what is extracted: evidence, places in the text, who, when, and counts that agree."""

from __future__ import annotations

import polars as pl

from expectations.contract import of_contract
from expectations.model import Expectation, Inputs, Suite, by_document
from expectations.views import (
    days_of_reports,
    enclosed,
    known_parties,
    rows_of,
    same_document,
    whole,
    within_report,
    words_as_pointed,
)
from pipeline.contract import table
from pipeline.quality_frames import extraction, spans

PARSED = ("title", "heading", "body")
_CONTENT, _SPEAKER, _CUE = table("statements").spans


def mention_counts(inputs: Inputs) -> pl.DataFrame:
    """Entities and how many mentions name them."""
    mentions = inputs.pick("entity_mentions", "entity_id")
    return extraction.counted(inputs["entities"], "entity_id", "n_mentions", mentions, also=("name",))


def named_actors(inputs: Inputs) -> pl.DataFrame:
    """Entities but groups: "allies" and "the sides" are others in each report."""
    return inputs["entities"].filter(pl.col("kind") != "group")


@by_document("statements")
def speakers(inputs: Inputs) -> pl.DataFrame:
    """Speakers: named or not."""
    return extraction.speakers(inputs["statements"])


@by_document("statements")
def unnamed_sources(inputs: Inputs) -> pl.DataFrame:
    """Statements of unnamed sources."""
    return inputs["statements"].filter(pl.col("speaker_kind") == "anonymous")


@by_document("statements")
def indirect_statements(inputs: Inputs) -> pl.DataFrame:
    """Statements told in the reporter's words."""
    return inputs["statements"].filter(pl.col("form") == "indirect")


def reported_again(inputs: Inputs) -> pl.DataFrame:
    """Statements that report what another one told first, and what that one names."""
    return extraction.reported_again(
        inputs.pick("statements", "statement_id", "speaker_name", "communication_id")
    )


@by_document("statements", "documents")
def quotation_marks(inputs: Inputs) -> pl.DataFrame:
    """Quotes and the mark before each."""
    return spans.quotation_marks(inputs["statements"], inputs.pick("documents", "document_id", "text"))


@by_document("statements")
def overlaps(inputs: Inputs) -> pl.DataFrame:
    """Statements that share content with another of the same speaker."""
    return extraction.overlaps(inputs["statements"])


def statement_shares(inputs: Inputs) -> pl.DataFrame:
    """How many statements have an unresolved speaker, an unknown date."""
    return extraction.shares(
        inputs.pick("statements", "speaker_entity_id", "is_anonymous", "stated_from"),
        {
            "named speaker without an entity": pl.col("speaker_entity_id").is_null()
            & ~pl.col("is_anonymous"),
            "no date": pl.col("stated_from").is_null(),
        },
    )


REFERENCE = Suite(
    name="reference",
    stage="extract",
    inputs=("issues", "parties"),
    expectations=(
        *of_contract("issues"),
        Expectation(
            name="each_party_once",
            table="parties",
            reason="The list of known codes is what all party columns are held against.",
            view=whole("parties"),
            expect="ExpectColumnValuesToBeUnique",
            args={"column": "party"},
            show=("party",),
            column="party",
        ),
    ),
)

ENTITIES = Suite(
    name="entities",
    stage="extract",
    inputs=("documents", "blocks", "parties", "entities", "entity_mentions"),
    expectations=(
        known_parties("entities"),
        Expectation(
            name="mentions_counted_right",
            table="entities",
            reason="n_mentions is used to rank who is talked about.",
            view=mention_counts,
            expect="ExpectColumnPairValuesToBeEqual",
            args={"column_A": "n_mentions", "column_B": "n_found", "ignore_row_if": "neither"},
            show=("entity_id", "name"),
            severity="warning",
            column="n_mentions",
        ),
        Expectation(
            name="one_row_per_name_kind_and_party",
            table="entities",
            reason="Two rows of one name, kind and party are likely one actor, whose statements are split.",
            view=named_actors,
            expect="ExpectCompoundColumnsToBeUnique",
            args={"column_list": ["name", "kind", "party"]},
            show=("entity_id",),
            severity="warning",
            column="name",
        ),
        *words_as_pointed("entity_mentions"),
        *enclosed("entity_mentions", table("entity_mentions").spans[0], PARSED),
        *of_contract("entities"),
        *of_contract("entity_mentions"),
    ),
)

STATEMENTS = Suite(
    name="statements",
    stage="extract",
    inputs=("documents", "blocks", "parties", "issues", "entities", "statements"),
    expectations=(
        *words_as_pointed("statements"),
        *enclosed("statements", _CONTENT, ("body",)),
        *enclosed("statements", _CUE, PARSED)[:1],
        *enclosed("statements", _SPEAKER, PARSED)[:1],
        known_parties("statements"),
        Expectation(
            name="anonymity_agrees_with_kind",
            table="statements",
            reason="Counts of unnamed sources must not depend on which of the two columns is asked.",
            view=speakers,
            expect="ExpectColumnPairValuesToBeEqual",
            args={"column_A": "marked", "column_B": "kind_says", "ignore_row_if": "neither"},
            show=("statement_id", "speaker_name", "speaker_kind"),
            severity="warning",
            column="is_anonymous",
        ),
        Expectation(
            name="unnamed_sources_have_no_entity",
            table="statements",
            reason="'A senior diplomat' is somebody else each time: an entity would count them as one.",
            view=unnamed_sources,
            expect="ExpectColumnValuesToBeNull",
            args={"column": "speaker_entity_id"},
            show=("statement_id", "speaker_name", "speaker_kind"),
            severity="warning",
            column="speaker_entity_id",
        ),
        Expectation(
            name="communications_named_by_first_telling",
            table="statements",
            reason="What is named by a report of something else would be counted as said twice.",
            view=reported_again,
            expect="ExpectColumnValuesToBeInSet",
            args={"column": "names", "value_set": ["itself"]},
            show=("statement_id", "speaker_name", "communication_id"),
            severity="warning",
            column="communication_id",
        ),
        Expectation(
            name="quotes_stand_in_quotation_marks",
            table="statements",
            reason="Words given as the speaker's own must be marked as such in the text.",
            view=quotation_marks,
            expect="ExpectColumnValuesToNotBeNull",
            args={"column": "mark_before"},
            show=("statement_id", "form", "quote"),
            severity="warning",
            column="quote",
        ),
        Expectation(
            name="indirect_statements_have_no_quote",
            table="statements",
            reason="Without quotation marks the words are the reporter's, not the speaker's.",
            view=indirect_statements,
            expect="ExpectColumnValuesToBeNull",
            args={"column": "quote"},
            show=("statement_id", "form"),
            severity="warning",
            column="quote",
        ),
        Expectation(
            name="same_words_counted_once",
            table="statements",
            reason="Overlapping statements of one speaker count the same words twice.",
            view=overlaps,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_shared", "min_value": 0, "max_value": 0},
            show=("statement_id", "speaker_name", "content_start", "content_end"),
            severity="warning",
            column="content_start",
        ),
        within_report("statements", "stated_from", "A statement cannot be made after it was reported."),
        Expectation(
            name="most_speakers_resolved",
            table="statements",
            reason="When over a third of the statements lack a speaker or a date, reference data is missing.",
            view=statement_shares,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "share", "max_value": 0.34},
            show=("part", "n_rows"),
            severity="warning",
        ),
        *of_contract("statements"),
    ),
)


@by_document("meeting_mentions", "documents", "blocks")
def mention_dates(inputs: Inputs) -> pl.DataFrame:
    """Meetings told as held, beside the days of the report."""
    return extraction.held_meetings(inputs["meeting_mentions"], *days_of_reports(inputs))


def meeting_counts(inputs: Inputs) -> pl.DataFrame:
    """Meetings and how many mentions name them."""
    mentions = inputs.pick("meeting_mentions", "meeting_id")
    return extraction.counted(inputs["meetings"], "meeting_id", "n_mentions", mentions, also=("label",))


def meeting_history(inputs: Inputs) -> pl.DataFrame:
    """What meetings say of their mentions, beside what these say."""
    mentions = inputs.pick("meeting_mentions", "meeting_id", "reported_on", "status")
    return extraction.meeting_history(inputs["meetings"], mentions)


MEETINGS = Suite(
    name="meetings",
    stage="extract",
    inputs=(
        "documents",
        "blocks",
        "parties",
        "entities",
        "statements",
        "meetings",
        "meeting_participants",
        "meeting_mentions",
    ),
    expectations=(
        *words_as_pointed("meeting_mentions"),
        *enclosed("meeting_mentions", table("meeting_mentions").spans[0], ("body",)),
        known_parties("meeting_mentions"),
        known_parties("meetings"),
        known_parties("meeting_participants"),
        same_document("meeting_mentions"),
        Expectation(
            name="held_meetings_not_after_report",
            table="meeting_mentions",
            reason="What a report tells as held cannot lie after the report.",
            view=mention_dates,
            expect="ExpectColumnPairValuesAToBeGreaterThanB",
            args={
                "column_A": "reported_to",
                "column_B": "date_from",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            show=("mention_id", "evidence"),
            severity="warning",
            column="date_from",
        ),
        Expectation(
            name="mentions_belong_to_meetings",
            table="meeting_mentions",
            reason="A mention without a meeting is lost to everyone who counts meetings.",
            view=rows_of("meeting_mentions"),
            expect="ExpectColumnValuesToNotBeNull",
            args={"column": "meeting_id"},
            show=("mention_id", "evidence"),
            column="meeting_id",
        ),
        Expectation(
            name="mentions_counted_right",
            table="meetings",
            reason="n_mentions tells how well an occasion is attested.",
            view=meeting_counts,
            expect="ExpectColumnPairValuesToBeEqual",
            args={"column_A": "n_mentions", "column_B": "n_found", "ignore_row_if": "neither"},
            show=("meeting_id", "label"),
            severity="warning",
            column="n_mentions",
        ),
        Expectation(
            name="status_is_that_of_a_mention",
            table="meetings",
            reason="The latest known status is one that some report asserts.",
            view=meeting_history,
            expect="ExpectColumnValuesToNotBeNull",
            args={"column": "status_mentioned"},
            show=("meeting_id", "label", "status"),
            severity="warning",
            column="status",
        ),
        Expectation(
            name="first_report_is_earliest",
            table="meetings",
            reason="Who reported an occasion first is read from this column.",
            view=meeting_history,
            expect="ExpectColumnPairValuesToBeEqual",
            args={
                "column_A": "first_reported",
                "column_B": "first_mentioned",
                "ignore_row_if": "both_values_are_missing",
            },
            show=("meeting_id", "label"),
            severity="warning",
            column="first_reported",
        ),
        Expectation(
            name="last_report_is_latest",
            table="meetings",
            reason="How long an occasion stayed in the news is read from this column.",
            view=meeting_history,
            expect="ExpectColumnPairValuesToBeEqual",
            args={
                "column_A": "last_reported",
                "column_B": "last_mentioned",
                "ignore_row_if": "both_values_are_missing",
            },
            show=("meeting_id", "label"),
            severity="warning",
            column="last_reported",
        ),
        Expectation(
            name="meetings_placed_within_a_year",
            table="meetings",
            reason="A longer range places nothing in time: occasions were merged, or a date misread.",
            view=meeting_history,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_days", "min_value": 1, "max_value": 366},
            show=("meeting_id", "label"),
            severity="warning",
            column="date_to",
        ),
        *of_contract("meeting_mentions"),
        *of_contract("meetings"),
        *of_contract("meeting_participants"),
    ),
)


@by_document("issue_positions")
def stances(inputs: Inputs) -> pl.DataFrame:
    """How many stances a line gives an actor on an issue."""
    return extraction.stances(inputs["issue_positions"])


POSITIONS = Suite(
    name="positions",
    stage="extract",
    inputs=("documents", "blocks", "parties", "entities", "statements", "issues", "issue_positions"),
    expectations=(
        *words_as_pointed("issue_positions"),
        *enclosed("issue_positions", table("issue_positions").spans[0], ("body",)),
        known_parties("issue_positions"),
        same_document("issue_positions"),
        within_report("issue_positions", "as_of_from", "A position cannot be known before it was held."),
        Expectation(
            name="one_stance_per_line",
            table="issue_positions",
            reason="Two stances of one actor on one issue in one line contradict each other.",
            view=stances,
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "n_stances", "min_value": 1, "max_value": 1},
            show=("block_id", "actor_name", "issue_id", "stances"),
            severity="warning",
            column="stance",
        ),
        *of_contract("issue_positions"),
    ),
)


SET_ASIDE = Suite(
    name="set_aside",
    stage="extract",
    inputs=("documents", "set_aside_rows"),
    expectations=(
        Expectation(
            name="no_rows_set_aside",
            table="set_aside_rows",
            reason="What breaks the contract, or fails on a page, is taken out: those rows are missing.",
            view=whole("set_aside_rows"),
            expect="ExpectColumnValuesToBeNull",
            args={"column": "set_aside_id"},
            show=("document_id", "step", "table_name", "rule", "code", "detail"),
            severity="warning",
        ),
        *of_contract("set_aside_rows"),
    ),
)

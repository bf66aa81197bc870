"""For every expectation a way to break good data so that this expectation must fail."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl

from expectations import SUITES
from expectations.contract import of_contract
from pipeline.contract import TABLES, ColumnType, table
from tests.good_data import set_aside_frame

Frames = dict[str, pl.DataFrame]
Breaker = Callable[[Frames], Frames]
LATE = dt.date(2030, 1, 1)


def put(name: str, column: str, value: Any, row: int = 0) -> Breaker:
    """Replace one value."""

    def broken(frames: Frames) -> Frames:
        df = frames[name]
        values = df[column].to_list()
        values[row] = value
        return frames | {name: df.with_columns(pl.Series(column, values, dtype=df.schema[column]))}

    return broken


def drop_row(name: str, row: int = 0) -> Breaker:
    """Leave one row out."""

    def broken(frames: Frames) -> Frames:
        df = frames[name]
        return frames | {name: pl.concat([df[:row], df[row + 1 :]])}

    return broken


def empty(name: str) -> Breaker:
    """Leave all rows out."""
    return lambda frames: frames | {name: frames[name].clear()}


def twice(name: str, row: int = 0, **changes: Any) -> Breaker:
    """Repeat a row, with some values changed."""

    def broken(frames: Frames) -> Frames:
        df = frames[name]
        again = df[row : row + 1].with_columns(
            pl.Series(column, [value], dtype=df.schema[column]) for column, value in changes.items()
        )
        return frames | {name: pl.concat([df, again])}

    return broken


def both(*breakers: Breaker) -> Breaker:
    """One after the other."""

    def broken(frames: Frames) -> Frames:
        for breaker in breakers:
            frames = breaker(frames)
        return frames

    return broken


def with_rows(name: str, rows: pl.DataFrame, breaker: Breaker | None = None) -> Breaker:
    """Give a table that is empty in good data some rows, and break them."""
    then = breaker if breaker is not None else lambda frames: frames
    return lambda frames: then(frames | {name: rows})


def move(name: str, start: str, end: str, by: int, row: int = 0) -> Breaker:
    """Shift a span."""

    def broken(frames: Frames) -> Frames:
        df = frames[name]
        return both(put(name, start, df[start][row] + by, row), put(name, end, df[end][row] + by, row))(
            frames
        )

    return broken


def lengthen(name: str, end: str, by: int, row: int = 0) -> Breaker:
    """Let a span end later."""
    return lambda frames: put(name, end, frames[name][end][row] + by, row)(frames)


def row_of(name: str, column: str, value: Any) -> Callable[[Frames], int]:
    """Number of the first row with a value."""
    return lambda frames: frames[name][column].to_list().index(value)


def _contract_breaker(asset: str, name: str, expectation: str) -> Breaker:
    """How to break what the contract promises of the table `name`, held by `asset`."""
    declared = table(name)
    match expectation:
        case "columns_as_promised":
            return lambda frames: (
                frames | {asset: frames[asset].rename({declared.columns[0].name: "renamed"})}
            )
        case "key_unique":
            return twice(asset)
        case "required_values_present":
            column = next(c for c in declared.columns if not c.nullable)
            return put(asset, column.name, None)
        case "values_have_meaning":
            column = next(c for c in declared.columns if c.values or c.pattern)
            bad = ["no such value"] if column.type is ColumnType.STRINGS else "no such value"
            return put(asset, column.name, bad)
        case "numbers_in_bounds":
            column = next(c for c in declared.columns if c.minimum is not None)
            return put(asset, column.name, -1)
        case "ends_in_order":
            return put(asset, declared.ordered[0].low, None)
        case "references_whole":
            column = (
                next(c for c in declared.columns if c.references is not None and c.name != "duplicate_of")
                if name != "documents"
                else declared.column("duplicate_of")
            )
            key = "no_such_key"
            return put(asset, column.name, [key] if column.type is ColumnType.STRINGS else key)
        case _:
            raise AssertionError(f"no breaker for what the contract says: {expectation}")


def _of_contract() -> dict[tuple[str, str], Breaker]:
    assets = {t.name: t.name for t in TABLES} | {"raw_quarantine": "quarantine"}
    derived = {(e.table, e.name) for asset, name in assets.items() for e in of_contract(name, asset=asset)}
    used = {(e.table, e.name) for suite in SUITES for e in suite.expectations}
    found = {
        (asset, name): _contract_breaker(asset, assets[asset], name) for asset, name in sorted(derived & used)
    }
    # Good data has nothing to set aside, so there is no row to break.
    return {
        key: with_rows(key[0], set_aside_frame(), breaker) if key[0] == "set_aside_rows" else breaker
        for key, breaker in found.items()
    }


def _spans(name: str, prefix: str, start: str, end: str, *, named: bool) -> dict[tuple[str, str], Breaker]:
    """Breakers of `views.enclosed`: beyond the line, in boilerplate, in another line than the one named."""
    found = {
        (name, f"{prefix}_inside_one_block"): lengthen(name, end, 500),
        (name, f"{prefix}_in_editorial_text"): _in_boilerplate(name, start, end),
    }
    if named:
        found[name, f"{prefix}_in_its_own_block"] = put(name, "block_id", "blk_0000000000000000")
    return found


def _in_boilerplate(name: str, start: str, end: str) -> Breaker:
    def broken(frames: Frames) -> Frames:
        blocks = frames["blocks"].filter(pl.col("kind") == "boilerplate")
        row = (
            frames[name]["document_id"].to_list().index(blocks["document_id"][0])
            if blocks["document_id"][0] in frames[name]["document_id"].to_list()
            else 0
        )
        return both(
            put(name, "document_id", blocks["document_id"][0], row),
            put(name, start, blocks["char_start"][0], row),
            put(name, end, blocks["char_start"][0] + 3, row),
        )(frames)

    return broken


def _anonymous(frames: Frames) -> int:
    return row_of("statements", "speaker_kind", "anonymous")(frames)


_TEXT = "no such words"

BREAKERS: dict[tuple[str, str], Breaker] = {
    **_of_contract(),
    # raw
    ("raw_files", "every_file_read_or_set_aside"): empty("raw_quarantine"),
    ("raw_files", "every_record_read_or_set_aside"): put("raw_files", "n_records", 2, 1),
    ("raw_files", "no_document_without_file"): drop_row("raw_files", 1),
    ("raw_documents", "some_document_read"): empty("raw_documents"),
    ("raw_documents", "text_is_verbatim"): put("raw_documents", "text", "edited"),
    ("raw_documents", "document_key_from_content"): put("raw_documents", "document_id", "doc_1"),
    ("raw_documents", "content_read_once"): twice("raw_documents"),
    ("raw_documents", "text_not_blank"): put("raw_documents", "text", " \n "),
    ("raw_quarantine", "few_inputs_set_aside"): twice("raw_quarantine", source_file="worse.txt"),
    # clean
    ("documents", "inputs_are_documents_or_quarantine"): drop_row("documents"),
    ("documents", "records_are_documents_or_quarantine"): put("raw_files", "n_records", 2, 1),
    ("documents", "text_unchanged"): put("documents", "text", "shorter"),
    ("documents", "dates_as_basis_says"): put("documents", "published_basis", "unknown"),
    ("documents", "not_published_after_reading"): both(
        put("documents", "published_from", LATE), put("documents", "published_to", LATE)
    ),
    ("documents", "publication_range_narrow"): put("documents", "published_from", dt.date(2025, 1, 1)),
    ("documents", "title_stands_in_text"): put("documents", "title", _TEXT),
    ("documents", "metadata_mostly_found"): both(
        put("documents", "publisher", None), put("documents", "publisher", None, 1)
    ),
    ("documents", "duplicates_name_originals"): lambda f: both(
        put("documents", "duplicate_of", f["documents"]["document_id"][1]),
        put("documents", "duplicate_of", f["documents"]["document_id"][0], 1),
    )(f),
    ("blocks", "no_character_left_out"): drop_row("blocks", 1),
    ("blocks", "no_character_in_two_blocks"): twice("blocks", block_id="blk_1", block_no=9),
    ("blocks", "blocks_within_text"): lambda f: lengthen("blocks", "char_end", 500, f["blocks"].height - 1)(
        f
    ),
    ("blocks", "block_is_one_trimmed_paragraph"): put("blocks", "char_start", 0, row=-1),
    ("blocks", "blocks_numbered_in_order"): put("blocks", "block_no", 7),
    ("blocks", "documents_have_prose"): lambda f: (
        f | {"blocks": f["blocks"].with_columns(kind=pl.lit("boilerplate"))}
    ),
    ("blocks", "one_title_at_most"): lambda f: f | {"blocks": f["blocks"].with_columns(kind=pl.lit("title"))},
    ("blocks", "boilerplate_not_nearly_all"): lambda f: (
        f | {"blocks": f["blocks"].with_columns(kind=pl.lit("boilerplate"))}
    ),
    ("blocks", "entries_only_in_feeds"): lambda f: (
        f | {"blocks": f["blocks"].with_columns(entry_no=pl.lit(0))}
    ),
    ("blocks", "entries_inside_publication"): lambda f: (
        f | {"blocks": f["blocks"].with_columns(entry_date=pl.lit(LATE))}
    ),
    # reference and entities
    ("parties", "each_party_once"): twice("parties"),
    ("entities", "party_codes_known"): put("entities", "party", "XX"),
    ("entities", "mentions_counted_right"): put("entities", "n_mentions", 77),
    ("entities", "one_row_per_name_kind_and_party"): twice("entities", entity_id="ent_1"),
    ("entity_mentions", "surface_as_pointed_to"): put("entity_mentions", "surface", _TEXT),
    **_spans("entity_mentions", "span", "char_start", "char_end", named=False),
    # statements
    ("statements", "content_as_pointed_to"): put("statements", "content", _TEXT),
    ("statements", "speaker_text_as_pointed_to"): put("statements", "speaker_text", _TEXT),
    **_spans("statements", "span", "content_start", "content_end", named=True),
    ("statements", "cue_inside_one_block"): lambda f: lengthen(
        "statements", "cue_end", 500, row_of("statements", "speaker_name", "Ada Moreau")(f)
    )(f),
    ("statements", "speaker_inside_one_block"): lambda f: lengthen(
        "statements", "speaker_end", 500, row_of("statements", "speaker_name", "Ada Moreau")(f)
    )(f),
    ("statements", "party_codes_known"): put("statements", "party", "XX"),
    ("statements", "anonymity_agrees_with_kind"): lambda f: put(
        "statements", "is_anonymous", False, _anonymous(f)
    )(f),
    ("statements", "unnamed_sources_have_no_entity"): lambda f: put(
        "statements", "speaker_entity_id", f["entities"]["entity_id"][0], _anonymous(f)
    )(f),
    ("statements", "communications_named_by_first_telling"): lambda f: both(
        put("statements", "communication_id", f["statements"]["statement_id"][1]),
        put("statements", "communication_id", f["statements"]["statement_id"][0], 1),
    )(f),
    ("statements", "quotes_stand_in_quotation_marks"): lambda f: put(
        "statements", "quote", "accept the truce", row_of("statements", "speaker_name", "Ada Moreau")(f)
    )(f),
    ("statements", "indirect_statements_have_no_quote"): lambda f: put(
        "statements", "quote", "the talks", row_of("statements", "form", "indirect")(f)
    )(f),
    ("statements", "same_words_counted_once"): twice("statements", statement_id="stm_1"),
    ("statements", "stated_from_not_after_report"): both(
        put("statements", "stated_from", LATE), put("statements", "stated_to", LATE)
    ),
    ("statements", "most_speakers_resolved"): lambda f: (
        f | {"statements": f["statements"].with_columns(speaker_entity_id=pl.lit(None, dtype=pl.String))}
    ),
    # meetings
    ("meeting_mentions", "evidence_as_pointed_to"): put("meeting_mentions", "evidence", _TEXT),
    **_spans("meeting_mentions", "span", "char_start", "char_end", named=True),
    ("meeting_mentions", "party_codes_known"): put("meeting_mentions", "parties", ["FR", "XX"]),
    ("meetings", "party_codes_known"): put("meetings", "parties", ["XX"]),
    ("meeting_participants", "party_codes_known"): put("meeting_participants", "party", "XX"),
    ("meeting_mentions", "statement_of_same_document"): lambda f: put(
        "meeting_mentions",
        "statement_id",
        f["statements"].filter(pl.col("speaker_name") == "Ben Okoro")["statement_id"][0],
    )(f),
    ("meeting_mentions", "held_meetings_not_after_report"): both(
        put("meeting_mentions", "date_from", LATE), put("meeting_mentions", "date_to", LATE)
    ),
    ("meeting_mentions", "mentions_belong_to_meetings"): put("meeting_mentions", "meeting_id", None),
    ("meetings", "mentions_counted_right"): put("meetings", "n_mentions", 5),
    ("meetings", "status_is_that_of_a_mention"): put("meetings", "status", "cancelled"),
    ("meetings", "first_report_is_earliest"): put("meetings", "first_reported", dt.date(2025, 11, 1)),
    ("meetings", "last_report_is_latest"): put("meetings", "last_reported", LATE),
    ("meetings", "meetings_placed_within_a_year"): put("meetings", "date_to", LATE),
    # positions
    ("issue_positions", "evidence_as_pointed_to"): put("issue_positions", "evidence", _TEXT),
    **_spans("issue_positions", "span", "char_start", "char_end", named=True),
    ("issue_positions", "party_codes_known"): put("issue_positions", "party", "XX"),
    ("issue_positions", "statement_of_same_document"): lambda f: put(
        "issue_positions",
        "statement_id",
        f["statements"].filter(pl.col("speaker_name") == "Ada Moreau")["statement_id"][0],
    )(f),
    ("issue_positions", "as_of_from_not_after_report"): both(
        put("issue_positions", "as_of_from", LATE), put("issue_positions", "as_of_to", LATE)
    ),
    ("issue_positions", "one_stance_per_line"): twice("issue_positions", stance="support"),
    ("set_aside_rows", "no_rows_set_aside"): with_rows("set_aside_rows", set_aside_frame()),
    # tables
    ("staged_database", "columns_as_promised"): put("built_columns", "type", "BLOB"),
    ("staged_database", "described_as_promised"): put("built_columns", "description", None),
    ("staged_database", "all_rows_loaded"): empty("built.statements"),
    ("staged_database", "evidence_equals_text"): lambda f: (
        f
        | {
            "built_mismatches": pl.DataFrame(
                {
                    "table_name": ["statements"],
                    "column_name": ["content"],
                    "row_id": ["stm_1"],
                    "found": ["a"],
                    "text_there": ["b"],
                }
            )
        }
    ),
    ("staged_database", "foreign_keys_whole"): put("built.statements", "document_id", "doc_0"),
    ("staged_database", "corpus_has_baseline"): empty("baseline"),
    ("staged_database", "counts_not_below_baseline"): put("baseline", "minimum", 9, 0),
    ("staged_database", "counts_not_above_baseline"): put("baseline", "maximum", 0, 0),
    # exports
    ("staged_exports", "rows_equal_database"): put("exported.statements", "confidence", 0.1),
    ("staged_exports", "files_match_manifest"): put("export_files", "found", "sha256:0 1 bytes"),
    ("staged_exports", "columns_described_in_manifest"): drop_row("export_columns"),
    ("staged_exports", "columns_covered_by_dictionary"): empty("export_dictionary"),
    ("staged_exports", "private_columns_as_asked"): lambda f: (
        f | {"exported.documents": f["exported.documents"].with_columns(text=pl.lit("whole text"))}
    ),
}

"""What the briefing reads: the published database as a handful of frames."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl

from pipeline.errors import ParleyError
from pipeline.settings import Settings
from pipeline.staging import stages_folder
from pipeline.warehouse import open_database

_QUERIES: Final = {
    "documents": "SELECT document_id, source_file, publisher, title, published_from, published_to, "
    "duplicate_of FROM documents ORDER BY source_file, document_id",
    "quarantine": "SELECT source_file, reason, detail FROM quarantine ORDER BY source_file",
    "statements": "SELECT s.statement_id, s.document_id, d.publisher, s.speaker_name, s.is_anonymous, "
    "s.party, s.content, s.channel, s.reported_by, s.stated_from, s.stated_to, s.confidence "
    "FROM statements AS s JOIN documents AS d USING (document_id) "
    "WHERE d.duplicate_of IS NULL ORDER BY s.statement_id",
    "meetings": "SELECT meeting_id, label, status, date_from, date_to, place, parties, n_mentions, "
    "first_reported, last_reported, confidence FROM meetings ORDER BY meeting_id",
    "mentions": "SELECT mention_id, meeting_id, reported_on, status, confidence FROM meeting_mentions "
    "ORDER BY mention_id",
    "latest_positions": "SELECT party, issue_id, issue, stance, actor_name, as_of_from, as_of_to, publisher, "
    "evidence, position_id, confidence FROM latest_positions ORDER BY party, issue_id",
    "position_changes": "SELECT actor_before, actor_name, party, issue_id, issue, stance_before, "
    "stance_after, as_of_before, as_of_after, evidence_before, evidence_after, position_id_before, "
    "position_id_after, confidence FROM position_changes ORDER BY as_of_after, actor_name, issue_id",
    "position_lines": "WITH shown AS (SELECT position_id FROM latest_positions UNION "
    "SELECT unnest([position_id_before, position_id_after]) FROM position_changes) "
    "SELECT p.position_id, substr(d.text, b.char_start + 1, b.char_end - b.char_start) AS line, "
    "p.char_start - b.char_start AS starts, p.char_end - b.char_start AS ends "
    "FROM shown JOIN issue_positions AS p USING (position_id) JOIN blocks AS b USING (block_id) "
    "JOIN documents AS d ON d.document_id = p.document_id ORDER BY p.position_id",
    "set_aside": "SELECT * FROM set_aside_rows",
    "quality": "SELECT severity, success FROM quality_results",
}


class IncomparableError(ParleyError):
    """A database that this version cannot read for a briefing."""


@dataclass(frozen=True, slots=True)
class State:
    """A published database as the briefing sees it; every frame is in the order of its key."""

    documents: pl.DataFrame
    quarantine: pl.DataFrame
    statements: pl.DataFrame
    meetings: pl.DataFrame
    mentions: pl.DataFrame
    latest_positions: pl.DataFrame
    position_changes: pl.DataFrame
    position_lines: pl.DataFrame
    """Of the positions in the two frames before: their line, and where their evidence lies in it."""
    set_aside: pl.DataFrame
    quality: pl.DataFrame

    @property
    def last_day(self) -> dt.date | None:
        """The last day that any statement, meeting report or page is dated; None where nothing is."""
        days = [self.statements["stated_to"], self.mentions["reported_on"], self.documents["published_to"]]
        return _extreme([series.max() for series in days], max)

    @property
    def first_day(self) -> dt.date | None:
        """The first day on which a page was published; None where no page is dated."""
        return _extreme([self.documents["published_from"].min()], min)


def read_state(database: Path) -> State:
    """Read a published database; raise IncomparableError if it lacks a table, view or column."""
    try:
        with open_database(database) as con:
            frames = {name: con.sql(query).pl() for name, query in _QUERIES.items()}
    except duckdb.Error as error:
        raise IncomparableError("database_incomparable", f"{database.name}: {error}") from error
    return State(**{each.name: frames[each.name] for each in fields(State)})


def keep_before(settings: Settings) -> Path | None:
    """Keep the published database until `forget_before`, whatever is swapped in; None if there is none.

    What a run that died has kept is what readers saw before that run, and stays.
    """
    kept = _before(settings)
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        new = kept.with_name(f".{kept.name}.{os.getpid()}")
        new.unlink(missing_ok=True)
        if not settings.database.is_file():
            new.touch()
        else:
            _link_or_copy(settings.database, new)
        new.replace(kept)
    return kept if kept.stat().st_size else None


def forget_before(settings: Settings) -> None:
    """The change has been told: what was kept for it can go."""
    _before(settings).unlink(missing_ok=True)


def _before(settings: Settings) -> Path:
    return stages_folder(settings) / "before.duckdb"


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        # The file is never written to again: a second name for it is enough.
        os.link(source, target)
    except OSError:  # no links on this file system
        shutil.copyfile(source, target)


def _extreme(values: list[Any], choose: Any) -> dt.date | None:
    days = [value for value in values if isinstance(value, dt.date)]
    return choose(days) if days else None

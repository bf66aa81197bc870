"""What differs between two published databases, in rows and in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from pipeline.briefing.state import State

_SHOWN = 5
NOTHING_CHANGED = "Nothing has changed since the last publication."


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run brought; all of it new where there was nothing before.

    Attributes:
        first: whether there was nothing to compare with.
        new_documents, gone_documents: rows of `State.documents`.
        new_quarantine: files newly set aside, rows of `State.quarantine`.
        new_statements: rows of `State.statements`; n_gone_statements counts those no longer there.
        new_meetings: occasions that no row before told of, rows of `State.meetings`.
        moved_meetings: occasions whose status or first day is another: `State.meetings` with
            status_before and date_before.
        n_gone_meetings: occasions none of whose mentions is there any more.
        changed_positions: latest stances of a party on an issue that differ from before, or are first known:
            `State.latest_positions` with stance_before, null where none was known.
    """

    first: bool
    new_documents: pl.DataFrame
    gone_documents: pl.DataFrame
    new_quarantine: pl.DataFrame
    new_statements: pl.DataFrame
    n_gone_statements: int
    new_meetings: pl.DataFrame
    moved_meetings: pl.DataFrame
    n_gone_meetings: int
    changed_positions: pl.DataFrame

    @property
    def none(self) -> bool:
        """Whether the two databases tell the same."""
        counts = (self.n_gone_statements, self.n_gone_meetings)
        frames = (
            self.new_documents,
            self.gone_documents,
            self.new_quarantine,
            self.new_statements,
            self.new_meetings,
            self.moved_meetings,
            self.changed_positions,
        )
        return not any(counts) and all(frame.is_empty() for frame in frames)

    def in_words(self) -> list[str]:
        """One sentence per kind of change, for the log of a run and the head of the page."""
        if self.first:
            return [
                f"First publication: {_count(self.new_documents.height, 'document')}, "
                f"{_count(self.new_statements.height, 'statement')}, "
                f"{_count(self.new_meetings.height, 'meeting')}, "
                f"latest stances of parties on issues: {self.changed_positions.height}."
            ]
        if self.none:
            return [NOTHING_CHANGED]
        said = [
            _listing("New document", self.new_documents["source_file"].to_list()),
            _listing("Document no longer there", self.gone_documents["source_file"].to_list()),
            _listing(
                "Newly set aside",
                [f"{file} ({why})" for file, why, _ in self.new_quarantine.iter_rows()],
            ),
            self._statements_in_words(),
            _listing("New meeting", self.new_meetings["label"].to_list()),
            _listing(
                "Meeting whose status or day moved",
                [_moved(row) for row in self.moved_meetings.rows(named=True)],
            ),
            _listing("Meeting no longer told of", [], self.n_gone_meetings),
            _listing(
                "Stance of a party that is new or differs",
                [_stance(row) for row in self.changed_positions.rows(named=True)],
            ),
        ]
        return [sentence for sentence in said if sentence]

    def _statements_in_words(self) -> str:
        n = self.new_statements.height
        parts = []
        if n:
            by = Counter(str(name) for name in self.new_statements["speaker_name"])
            most = ", ".join(
                f"{name} {k}" for name, k in sorted(by.items(), key=lambda x: (-x[1], x[0]))[:_SHOWN]
            )
            parts.append(f"{_count(n, 'new statement')} (most: {most})")
        if self.n_gone_statements:
            parts.append(f"{_count(self.n_gone_statements, 'statement')} no longer there")
        return "; ".join(parts) + "." if parts else ""


def changes_between(before: State | None, after: State) -> Changes:
    """Compare two states; `before` is None where nothing was published yet.

    A meeting is the same as before if the two share a mention, whatever its id, since the id of an occasion
    depends on what is told of it: the one before with which it shares most mentions, then the smallest id.
    """
    known = after if before is None else before
    empty = before is None
    same = _same_meetings(known, after) if not empty else {}
    old_meetings = {row["meeting_id"]: row for row in known.meetings.rows(named=True)}
    moved = []
    for row in after.meetings.rows(named=True):
        earlier = old_meetings.get(same.get(row["meeting_id"], ""))
        if earlier is not None and _has_moved(earlier, row):
            moved.append(row | {"status_before": earlier["status"], "date_before": earlier["date_from"]})
    schema = {**after.meetings.schema, "status_before": pl.String(), "date_before": pl.Date()}
    still = set(same.values())
    return Changes(
        first=empty,
        new_documents=_new(known, after, "documents", "document_id", empty),
        gone_documents=_new(after, known, "documents", "document_id", False),
        new_quarantine=_new(known, after, "quarantine", "source_file", empty),
        new_statements=_new(known, after, "statements", "statement_id", empty),
        n_gone_statements=_new(after, known, "statements", "statement_id", False).height,
        new_meetings=after.meetings.filter(~pl.col("meeting_id").is_in(list(same))),
        moved_meetings=pl.DataFrame(moved, schema=schema),
        n_gone_meetings=0 if empty else sum(key not in still for key in old_meetings),
        changed_positions=_changed_positions(known, after, empty),
    )


def _new(before: State, after: State, name: str, key: str, everything: bool) -> pl.DataFrame:
    frame: pl.DataFrame = getattr(after, name)
    known: pl.DataFrame = getattr(before, name)
    return frame if everything else frame.join(known, on=key, how="anti", maintain_order="left")


def _same_meetings(before: State, after: State) -> dict[str, str]:
    """Meeting now -> meeting before, by the mentions that both hold."""
    shared = (
        after.mentions.select("mention_id", "meeting_id")
        .join(before.mentions.select("mention_id", old="meeting_id"), on="mention_id")
        .group_by("meeting_id", "old")
        .len()
        .sort(["meeting_id", "len", "old"], descending=[False, True, False])
        .unique("meeting_id", keep="first", maintain_order=True)
    )
    return dict(shared.select("meeting_id", "old").iter_rows())


def _has_moved(before: Mapping[str, object], now: Mapping[str, object]) -> bool:
    return before["status"] != now["status"] or before["date_from"] != now["date_from"]


def _changed_positions(before: State, after: State, everything: bool) -> pl.DataFrame:
    old = before.latest_positions.select("party", "issue_id", stance_before="stance")
    if everything:
        old = old.clear()
    joined = after.latest_positions.join(old, on=["party", "issue_id"], how="left", maintain_order="left")
    return joined.filter(pl.col("stance").ne_missing(pl.col("stance_before")))


def _moved(row: Mapping[str, object]) -> str:
    parts = []
    if row["status"] != row["status_before"]:
        parts.append(f"{row['status_before']} → {row['status']}")
    if row["date_from"] != row["date_before"]:
        parts.append(f"from {row['date_before'] or 'no day'} to {row['date_from'] or 'no day'}")
    return f"{row['label']} ({', '.join(parts)})"


def _stance(row: Mapping[str, object]) -> str:
    before = f"{row['stance_before']} → " if row["stance_before"] else "now "
    return f"{row['party']} on {row['issue']}: {before}{row['stance']}"


def _listing(what: str, items: Sequence[str], n: int | None = None) -> str:
    n = len(items) if n is None else n
    if not n:
        return ""
    shown = "; ".join(items[:_SHOWN])
    more = f"; and {n - _SHOWN} more" if n > _SHOWN else ""
    return f"{what}: {n}" + (f" ({shown}{more})" if items else "") + "."


def _count(n: int, thing: str) -> str:
    return f"{n:,} {thing}" if n == 1 else f"{n:,} {thing}s"

"""Merging over a corpus: mentions come as frames, and meetings of which nothing is new come out of the store.

What a mention says is kept beside it. All of them are tied to occasions anew in every run, since any may be
the one that others follow; the rows of a meeting are written anew only if its mentions, or why they were
tied to it, are others than before.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeAlias

import polars as pl

from pipeline.codec import frame_bytes, frame_of_bytes, mentions_of, pack, row_digests, unpack
from pipeline.digests import text_digest
from pipeline.domain import DomainPack
from pipeline.errors import ParleyError
from pipeline.extract.meetings.evidence import KnownEvidence
from pipeline.extract.meetings.identities import Identities
from pipeline.extract.meetings.merge import Merged, Merger, Report
from pipeline.extract.meetings.occasions import Evidence
from pipeline.fingerprint import source_digest
from pipeline.guard import Guard, Known
from pipeline.heap import uncollected
from pipeline.kept import Recall, in_groups
from pipeline.model import SetAsideRow
from pipeline.tables import frame
from pipeline.yields import pack_keys

logger = logging.getLogger(__name__)

TABLES: Final = ("meetings", "meeting_participants", "meeting_mentions")
"""Tables that merging makes."""

_KEPT: Final = (*TABLES, "set_aside_rows")

_PIECE: Final = 24
"""Meetings whose rows are kept together, on the average."""
Piece: TypeAlias = Sequence[tuple[int, Sequence[int]]]
"""Occasions whose rows are kept together: of each its number and the places of its mentions."""

_REPORT: Final = ("published_from", "source_file", "publisher", "duplicate_of")


def merged_frames(
    mentions: pl.DataFrame,
    documents: pl.DataFrame,
    domain: DomainPack,
    recall: Recall,
    fingerprint: str,
) -> dict[str, pl.DataFrame] | None:
    """Rows of `TABLES` and of `set_aside_rows`, as `merge_meetings` and `guarded` give them.

    None if an error stops it: then it is for `merge_meetings` to go on without what is broken, under guard.

    Args:
        mentions: `pipeline.codec.MENTIONS`, in any order.
        documents: rows of `documents`, of all documents that the mentions are of.
        domain: for places and states.
        recall: knows what was written of meetings of which all is the same as before.
        fingerprint: of what rows depend on besides mentions and documents.
    """
    if mentions["told"].null_count() or mentions["mention_id"].is_duplicated().any():
        return None
    with uncollected():
        try:
            tied = _Tied.of(_ordered(mentions, documents), domain)
        except (ParleyError, OSError, MemoryError):
            raise
        except Exception as error:  # whoever merges under guard meets it again, and takes it out
            logger.warning("meetings are merged under guard, since tying them failed: %r", error)
            return None
        made_by = text_digest(source_digest(__name__), pl.__version__, fingerprint)
        kept = recall(made_by, tied.digests(), tied.written)
    frames: dict[str, list[pl.DataFrame]] = {name: [frame(name, ())] for name in _KEPT}
    for data in kept:
        if not data:
            return None
        for name, own in zip(_KEPT, unpack(data), strict=True):
            frames[name].append(frame_of_bytes(own))
    found = {name: pl.concat(own) for name, own in frames.items()}
    return None if found["meetings"]["meeting_id"].is_duplicated().any() else found


def _ordered(mentions: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Mentions with the facts of their documents, in the order in which they are tied."""
    own = ["document_id", "meeting_id"]
    read = documents.select("document_id", *_REPORT)
    place = ["char_start", "char_end", "mention_id"]
    return (
        mentions.join(read, on="document_id", how="left")
        .sort(*own, *place)
        .with_columns(
            pl.col("char_start").first().over(own).alias("group_start"),
            pl.col("mention_id").first().over(own).alias("group_name"),
            pl.col("published_from").fill_null(dt.date.max).alias("published"),
        )
        .sort("published", "source_file", "document_id", "group_start", "group_name", *place)
    )


@dataclass(frozen=True, slots=True)
class _Tied:
    """Mentions that are tied to occasions.

    Attributes:
        merger: with all occasions.
        ordered: the mentions, as `_ordered` gives them.
        joined: of each, why it was tied to what other documents told before it, or None.
        people: of each, who they are by what other documents tell, or None if they tell nothing else.
        pieces: all occasions.
    """

    merger: Merger
    ordered: pl.DataFrame
    domain: DomainPack
    joined: Sequence[str | None]
    people: Sequence[str | None]
    pieces: Sequence[Piece]

    @classmethod
    def of(cls, ordered: pl.DataFrame, domain: DomainPack) -> _Tied:
        """Tie them, one document's occasion after the other."""
        reports = {
            name: Report(*told)
            for name, *told in ordered.select("document_id", *_REPORT).unique("document_id").iter_rows()
        }
        merger = Merger(reports, domain)
        evidence = KnownEvidence()
        joined: list[str | None] = []
        members: dict[int, list[int]] = {}
        at = 0
        own = [
            evidence.of(words, name)
            for words, name in zip(ordered["told"], ordered["document_id"], strict=True)
        ]
        known = Identities(own, merger.original)
        named = [known.of(each) for each in own]
        people = [None if new is old else _names(new) for old, new in zip(own, named, strict=True)]
        for _, group in groupby(zip(ordered["group_name"], named, strict=True), itemgetter(0)):
            told = [each for _, each in group]
            occasion, reason = merger.tied(told)
            members.setdefault(occasion.number, []).extend(range(at, at + len(told)))
            joined += [None if reason == "new" else reason] * len(told)
            at += len(told)
        # Cut by the names of their first mentions, as documents are by theirs.
        names = ordered["mention_id"].to_list()
        occasions = sorted(members.items(), key=lambda each: names[each[1][0]])
        pieces = in_groups(occasions, lambda each: names[each[1][0]], _PIECE)
        return cls(merger, ordered, domain, joined, people, list(pieces))

    def digests(self) -> list[bytes]:
        """Of each piece, what tells it from all that others would be written of."""
        numbers = row_digests(self.ordered.select("row", *_REPORT))
        others = list(zip(self.joined, self.people, strict=True))
        return [
            b"\0".join(
                numbers[places].tobytes() + repr([others[at] for at in places]).encode()
                for _, places in piece
            )
            for piece in self.pieces
        ]

    def written(self, wanted: Sequence[int]) -> Iterator[bytes]:
        """Rows of some pieces; nothing for one that an error stops."""
        known = pack_keys(self.domain)
        for number in wanted:
            try:
                merged = self.merger.together([self._rows(*each) for each in self.pieces[number]])
            except (ParleyError, OSError, MemoryError):
                raise
            except Exception as error:  # as above
                logger.warning("meetings are merged under guard, since writing them failed: %r", error)
                yield b""
                continue
            kept, set_aside = guarded(merged, known, Guard("merging"))
            told = {**kept, "set_aside_rows": set_aside}
            yield pack([frame_bytes(frame(name, told[name])) for name in _KEPT])

    def _rows(self, number: int, places: Sequence[int]) -> Merged:
        own = mentions_of(self.ordered[places])
        joined = {id(m): why for m, at in zip(own, places, strict=True) if (why := self.joined[at])}
        occasion = self.merger.occasions[number]
        return self.merger.rows(occasion, sorted(own, key=self.merger.mention_order), joined)


def _names(evidence: Evidence) -> str:
    return repr(sorted((name, party or "") for name, party in evidence.people))


def guarded(
    merged: Merged, known: Known, guard: Guard
) -> tuple[dict[str, Sequence[object]], tuple[SetAsideRow, ...]]:
    """What merging gives that keeps the contract, by table, and what does not."""
    meetings = guard.keep("meetings", merged.meetings, known)
    known = {**known, "meetings": {meeting.meeting_id for meeting in meetings}}
    mentions = guard.keep("meeting_mentions", merged.mentions, known)
    people = guard.keep("meeting_participants", merged.participants, known)
    found: dict[str, Sequence[object]] = {
        "meetings": meetings,
        "meeting_participants": people,
        "meeting_mentions": mentions,
    }
    return found, guard.set_aside()

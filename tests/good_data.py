"""A small corpus by hand in which everything is as the contract and the expectations want it."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from pipeline.baselines import Baseline, CountRange, baseline_frame
from pipeline.export import export_tables
from pipeline.ids import digest_id
from pipeline.ingest import RawDocument, Sidecar, document_id_of
from pipeline.listing import ListedFile
from pipeline.model import (
    Block,
    Document,
    Entity,
    EntityMention,
    IssuePosition,
    Meeting,
    MeetingMention,
    MeetingParticipant,
    Quarantined,
    SetAsideRow,
    Statement,
)
from pipeline.settings import Settings
from pipeline.stages import files_frame, raw_frame
from pipeline.staging import staged
from pipeline.tables import Issue, frame
from pipeline.warehouse import build_database

READ_AT = dt.datetime(2025, 11, 25, 9, 0, tzinfo=dt.UTC)
MONDAY = dt.date(2025, 11, 24)
ARTICLE = """\
Talks resume in Geneva
Share this page
President Ada Moreau said on Monday that “we accept the truce” as proposed.
“It is late,” an official said. Moreau met Ben Okoro in Geneva.
"""
FEED = """\
Live updates
24 November 2025
Ben Okoro rejected the truce and said the talks had ended.
"""


class _Texts:
    """Makes rows that point into one text."""

    def __init__(self, name: str, text: str) -> None:
        self.text = text
        self.sha256 = hashlib.sha256(text.encode()).hexdigest()
        self.document_id = document_id_of(self.sha256)
        self.source_file = name

    def at(self, words: str) -> tuple[int, int]:
        start = self.text.index(words)
        return start, start + len(words)

    def block_id(self, words: str) -> str:
        line = next(line for line in self.text.split("\n") if words in line)
        return digest_id("blk", self.document_id, *self.at(line))

    def blocks(self, kinds: list[str], entry_date: dt.date | None = None) -> list[Block]:
        lines = [line for line in self.text.split("\n") if line]
        return [
            Block(
                self.block_id(line),
                self.document_id,
                number,
                *self.at(line),
                kind,  # type: ignore[arg-type]
                "by_hand",
                0 if entry_date and kind == "body" else None,
                entry_date if kind == "body" else None,
            )
            for number, (line, kind) in enumerate(zip(lines, kinds, strict=True))
        ]

    def document(self, title: str, page_format: str) -> Document:
        return Document(
            self.document_id,
            self.source_file,
            "Site",
            None,
            ("Ann Writer",),
            title,
            MONDAY,
            MONDAY,
            "explicit",
            page_format,  # type: ignore[arg-type]
            "en",
            None,
            self.text,
            len(self.text.split()),
            self.sha256,
            None,
            READ_AT,
        )


ONE, TWO = _Texts("one.txt", ARTICLE), _Texts("two/feed.txt", FEED)
ADA, BEN = digest_id("ent", "ada moreau"), digest_id("ent", "ben okoro")
REFUSED = Quarantined("bad.txt", "0" * 64, "not_utf8", "Byte 3 (0xff) is not UTF-8.", READ_AT)


def _statement(text: _Texts, key: str, line: str, content: str, **more: object) -> Statement:
    start, end = text.at(content)
    values: dict[str, object] = {
        "statement_id": digest_id("stm", key),
        "document_id": text.document_id,
        "block_id": text.block_id(line),
        "speaker_entity_id": None,
        "speaker_name": "",
        "speaker_kind": "person",
        "speaker_text": None,
        "speaker_start": None,
        "speaker_end": None,
        "is_anonymous": False,
        "party": None,
        "form": "indirect",
        "cue": "say",
        "cue_start": None,
        "cue_end": None,
        "content": content,
        "content_start": start,
        "content_end": end,
        "quote": None,
        "addressee_name": None,
        "channel": None,
        "told_to": None,
        "reported_by": None,
        "stated_from": MONDAY,
        "stated_to": MONDAY,
        "stated_text": "Monday",
        "stated_basis": "relative",
        "issues": (),
        "confidence": 0.9,
        "rule": "by_hand",
    }
    return Statement(**(values | more))  # type: ignore[arg-type]


STATEMENTS = [
    _statement(
        ONE,
        "one",
        "President Ada",
        "“we accept the truce” as proposed",
        speaker_entity_id=ADA,
        speaker_name="Ada Moreau",
        speaker_text="Ada Moreau",
        speaker_start=ONE.at("Ada Moreau")[0],
        speaker_end=ONE.at("Ada Moreau")[1],
        cue_start=ONE.at("said on")[0],
        cue_end=ONE.at("said on")[0] + 4,
        party="FR",
        form="mixed",
        quote="we accept the truce",
        issues=("truce",),
    ),
    _statement(
        ONE,
        "two",
        "“It is late",
        "“It is late,”",
        speaker_name="an official",
        speaker_kind="anonymous",
        is_anonymous=True,
        form="direct",
        quote="It is late,",
    ),
    _statement(
        TWO,
        "three",
        "Ben Okoro rejected",
        "the talks had ended",
        speaker_entity_id=BEN,
        speaker_name="Ben Okoro",
        party="GB",
    ),
]
MEETING = digest_id("mtg", "geneva")
MENTION = MeetingMention(
    digest_id("mmn", "geneva"),
    MEETING,
    ONE.document_id,
    ONE.block_id("Moreau met"),
    *ONE.at("Moreau met Ben Okoro in Geneva"),
    "Moreau met Ben Okoro in Geneva",
    ("Ada Moreau", "Ben Okoro"),
    ("FR", "GB"),
    "Geneva",
    "in_person",
    "held",
    MONDAY,
    MONDAY,
    None,
    "document",
    MONDAY,
    STATEMENTS[1].statement_id,
    None,
    0.8,
    "by_hand",
)
POSITION = IssuePosition(
    digest_id("pos", "ben"),
    TWO.document_id,
    TWO.block_id("Ben Okoro rejected"),
    BEN,
    "Ben Okoro",
    "GB",
    "truce",
    "oppose",
    None,
    "reported",
    "rejected the truce",
    *TWO.at("rejected the truce"),
    MONDAY,
    MONDAY,
    STATEMENTS[2].statement_id,
    None,
    0.7,
    "by_hand",
)


def _mention(text: _Texts, entity_id: str, surface: str) -> EntityMention:
    start, end = text.at(surface)
    key = digest_id("men", text.document_id, start, end)
    return EntityMention(key, entity_id, text.document_id, start, end, surface, "name")


def stage_frames() -> dict[str, pl.DataFrame]:
    """Frames of all stages up to the tables."""
    sidecar = Sidecar(publisher="Site")
    raw = [
        RawDocument(t.document_id, t.source_file, t.text, t.sha256, own, READ_AT)
        for t, own in ((ONE, None), (TWO, sidecar))
    ]
    files = [
        ListedFile("bad.txt", 9, 1, True),
        ListedFile("one.txt", 9, 1, True),
        ListedFile("two/feed.meta.yaml", 9, 1, False),
        ListedFile("two/feed.txt", 9, 1, True),
    ]
    documents = [ONE.document("Talks resume in Geneva", "article"), TWO.document("Live updates", "live_feed")]
    blocks = [
        *ONE.blocks(["title", "boilerplate", "body", "body"]),
        *TWO.blocks(["title", "day_heading", "body"], MONDAY),
    ]
    entities = [
        Entity(ADA, "Ada Moreau", "person", "FR", "president", ("Moreau",), "Q42", 1),
        Entity(BEN, "Ben Okoro", "person", "GB", None, (), None, 2),
    ]
    mentions = [
        _mention(ONE, ADA, "Ada Moreau"),
        _mention(ONE, BEN, "Ben Okoro"),
        _mention(TWO, BEN, "Ben Okoro"),
    ]
    meeting = Meeting(
        MEETING,
        "2025-11-24 Geneva FR-GB",
        "in_person",
        "held",
        MONDAY,
        MONDAY,
        "document",
        "Geneva",
        "CH",
        ("FR", "GB"),
        1,
        1,
        MONDAY,
        MONDAY,
        0.8,
    )
    participants = [
        MeetingParticipant(MEETING, ADA, "Ada Moreau", "FR"),
        MeetingParticipant(MEETING, BEN, "Ben Okoro", "GB"),
    ]
    rows: Mapping[str, list[object]] = {
        "documents": [*documents],
        "quarantine": [REFUSED],
        "blocks": [*blocks],
        "entities": [*entities],
        "entity_mentions": [*mentions],
        "statements": [*STATEMENTS],
        "meetings": [meeting],
        "meeting_participants": [*participants],
        "meeting_mentions": [MENTION],
        "issues": [Issue("truce", "Truce", "A truce comes now.")],
        "issue_positions": [POSITION],
        "set_aside_rows": [],
    }
    return {name: frame(name, own) for name, own in rows.items()} | {
        "raw_files": files_frame(files),
        "raw_documents": raw_frame(raw),
        "raw_quarantine": frame("quarantine", [REFUSED]),
        "parties": pl.DataFrame({"party": ["EU", "FR", "GB"]}),
    }


def set_aside_frame() -> pl.DataFrame:
    """A row that was set aside: good data has none."""
    key = digest_id("set", "one")
    row = SetAsideRow(key, ONE.document_id, "statements", "statements", None, "exception", "ValueError: no")
    return frame("set_aside_rows", [row])


def baseline() -> pl.DataFrame:
    """Counts that the corpus keeps."""
    tables = {
        name: CountRange(min=0, max=9, reason="counted by hand")
        for name in stage_frames()
        if not name.startswith("raw_") and name != "parties"
    }
    return baseline_frame(Baseline(corpus="by_hand", domain="ukraine", tables=tables))


def build(settings: Settings) -> None:
    """Build staged database and exports of the corpus."""
    frames = {
        name: df for name, df in stage_frames().items() if not name.startswith("raw_") and name != "parties"
    }
    frames["quality_results"] = frame("quality_results", [])
    own = staged(settings)
    Path(own.warehouse).mkdir(parents=True, exist_ok=True)
    build_database(own.database, frames)
    export_tables(frames, own)

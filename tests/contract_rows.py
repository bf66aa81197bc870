"""A small, whole and consistent set of rows of every table, for tests of what is made from tables."""

import datetime as dt

import polars as pl

from pipeline import model
from pipeline.ids import digest_id, sha256_hex
from pipeline.tables import Issue, QualityResult, frame

TIME = dt.datetime(2025, 11, 24, 9, 30, tzinfo=dt.UTC)
TEXT = "Talks 😀 in Vaduz\nMinister Ada Byron said “no truce”. She meets Bo Lind on Friday.\n"


def document(text=TEXT, name="a.txt", **changes):
    fields = {
        "document_id": digest_id("doc", name, sha256_hex(text.encode())),
        "source_file": name,
        "publisher": "The Daily Example",
        "agency": None,
        "authors": ("Cy Grant",),
        "title": "Talks 😀 in Vaduz",
        "published_from": dt.date(2025, 11, 24),
        "published_to": dt.date(2025, 11, 24),
        "published_basis": "explicit",
        "format": "article",
        "language": "en",
        "url": None,
        "text": text,
        "n_words": 13,
        "sha256": sha256_hex(text.encode()),
        "duplicate_of": None,
        "ingested_at": TIME,
    }
    return model.Document(**(fields | changes))


def span(text, words):
    start = text.index(words)
    return start, start + len(words)


def sample(**changes: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """A frame for every table; `changes` replaces some of them."""
    doc = document()
    lines = [(0, 17), (18, len(TEXT) - 1)]
    blocks = [
        model.Block(digest_id("blk", doc.document_id, a), doc.document_id, i, a, b, kind, "sample")
        for i, ((a, b), kind) in enumerate(zip(lines, ("title", "body"), strict=True))
    ]
    ada = model.Entity(digest_id("ent", "ada"), "Ada Byron", "person", "LI", "minister", (), "Q7259", 1)
    surface = span(TEXT, "Ada Byron")
    cue = span(TEXT, "said")
    content = span(TEXT, "“no truce”")
    meeting_span = span(TEXT, "She meets Bo Lind on Friday")
    statement = model.Statement(
        statement_id=digest_id("stm", doc.document_id, *content),
        document_id=doc.document_id,
        block_id=blocks[1].block_id,
        speaker_entity_id=ada.entity_id,
        speaker_name="Ada Byron",
        speaker_kind="person",
        speaker_text="Ada Byron",
        speaker_start=surface[0],
        speaker_end=surface[1],
        is_anonymous=False,
        party="LI",
        form="direct",
        cue="say",
        cue_start=cue[0],
        cue_end=cue[1],
        content="“no truce”",
        content_start=content[0],
        content_end=content[1],
        quote="no truce",
        addressee_name=None,
        channel=None,
        told_to=None,
        reported_by=None,
        stated_from=doc.published_from,
        stated_to=doc.published_to,
        stated_text=None,
        stated_basis="document",
        issues=("truce",),
        confidence=0.9,
        rule="sample",
    )
    meeting_id = digest_id("mtg", "friday")
    friday = dt.date(2025, 11, 28)
    mention = model.MeetingMention(
        mention_id=digest_id("mm", doc.document_id, *meeting_span),
        meeting_id=meeting_id,
        document_id=doc.document_id,
        block_id=blocks[1].block_id,
        char_start=meeting_span[0],
        char_end=meeting_span[1],
        evidence="She meets Bo Lind on Friday",
        participants=("Ada Byron", "Bo Lind"),
        parties=("LI",),
        place=None,
        form="in_person",
        status="scheduled",
        date_from=friday,
        date_to=friday,
        date_text="on Friday",
        date_basis="relative",
        reported_on=doc.published_from,
        statement_id=None,
        merge_rule=None,
        confidence=0.8,
        rule="sample",
    )
    meeting = model.Meeting(
        meeting_id,
        "2025-11-28 Byron and Lind",
        "in_person",
        "scheduled",
        friday,
        friday,
        "relative",
        None,
        None,
        ("LI",),
        1,
        1,
        doc.published_from,
        doc.published_from,
        0.8,
    )
    position = model.IssuePosition(
        digest_id("pos", doc.document_id, *content),
        doc.document_id,
        blocks[1].block_id,
        ada.entity_id,
        "Ada Byron",
        "LI",
        "truce",
        "oppose",
        None,
        "own",
        "“no truce”",
        content[0],
        content[1],
        doc.published_from,
        doc.published_to,
        statement.statement_id,
        None,
        0.7,
        "sample",
    )
    rows = {
        "documents": [doc],
        "quarantine": [model.Quarantined("b.txt", sha256_hex(b""), "empty", "No text.", TIME)],
        "blocks": blocks,
        "entities": [ada],
        "entity_mentions": [
            model.EntityMention(
                digest_id("men", doc.document_id, *surface),
                ada.entity_id,
                doc.document_id,
                *surface,
                "Ada Byron",
                "name",
            )
        ],
        "statements": [statement],
        "meetings": [meeting],
        "meeting_participants": [
            model.MeetingParticipant(meeting_id, ada.entity_id, "Ada Byron", "LI"),
            model.MeetingParticipant(meeting_id, None, "Bo Lind", None),
        ],
        "meeting_mentions": [mention],
        "issues": [Issue("truce", "Truce", "A truce comes now.")],
        "issue_positions": [position],
        "set_aside_rows": [
            model.SetAsideRow(
                digest_id("set", "1"),
                doc.document_id,
                "positions",
                "issue_positions",
                "sample",
                "evidence",
                "evidence is 'a', the text there 'b'",
            )
        ],
        "quality_results": [quality_result()],
    }
    return {name: frame(name, listed) for name, listed in rows.items()} | changes


def quality_result(run_id="run-1", checked_at=TIME, success=True):
    return QualityResult(
        run_id,
        checked_at,
        "raw",
        "documents",
        "raw",
        "document_id_not_null",
        "document_id",
        "critical",
        success,
        None,
        0,
        (),
    )

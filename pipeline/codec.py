"""Documents and what they yield as bytes: JSON lines, which workers and store exchange and Polars reads."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import polars as pl

from pipeline.contract import ColumnType, table
from pipeline.dates.occasions import Occasion, read_sentence
from pipeline.dates.publication import Gist
from pipeline.guard import Step
from pipeline.model import Actor, Block, DateRange, Document, MeetingMention
from pipeline.resolve.entities import EntityCounts
from pipeline.tables import order, polars_schema
from pipeline.yields import Yield

TABLES_OF_ROWS: Final = (
    "entity_mentions",
    "statements",
    "issue_positions",
    "set_aside_rows",
)
"""Tables whose rows a document gives by itself; mentions of meetings are merged first."""

_NOT_READ: Final = ("source_file", "duplicate_of", "ingested_at")
"""Columns of `documents` that nothing reads off a page: they may change without anything else."""
_NEVER: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_DOCUMENT: Final = tuple(name for name in table("documents").column_names if name not in _NOT_READ)
_BLOCK: Final = tuple(name for name in table("blocks").column_names if name != "document_id")
_DATES: Final = {
    name: tuple(column.name for column in table(name).columns if column.type is ColumnType.DATE)
    for name in ("documents", "blocks", "meeting_mentions")
}
_TUPLES: Final = {
    name: tuple(column.name for column in table(name).columns if column.type is ColumnType.STRINGS)
    for name in ("documents", "meeting_mentions")
}


# --- documents ------------------------------------------------------------------------------------


def document_lines(documents: pl.DataFrame, blocks: pl.DataFrame) -> list[bytes]:
    """Each document with its lines as one line of JSON, in the frame's order.

    Args:
        documents: rows of `documents`.
        blocks: rows of `blocks` of these documents (others are left out).

    The line holds everything that is read off a page, and nothing else: it is what a result depends on.
    """
    if documents.is_empty():
        return []
    columns = ("document_id", *(name for name in _BLOCK))
    own = (
        blocks.select(columns)
        .sort("document_id", "block_no", "block_id")
        .group_by("document_id", maintain_order=True)
        .agg(pl.struct(_BLOCK).alias("blocks"))
    )
    joined = documents.select(_DOCUMENT).join(own, on="document_id", how="left", maintain_order="left")
    return joined.write_ndjson().encode("utf-8").splitlines()


def document_of(line: bytes) -> tuple[Document, tuple[Block, ...]]:
    """The document and its lines in reading order; what nothing reads off a page is empty."""
    row = json.loads(line)
    lines = row.pop("blocks") or ()
    for name in _DATES["documents"]:
        row[name] = date_of(row[name])
    for name in _TUPLES["documents"]:
        row[name] = tuple(row[name] or ())
    document = Document(**row, source_file="", duplicate_of=None, ingested_at=_NEVER)
    blocks = []
    for each in lines:
        for name in _DATES["blocks"]:
            each[name] = date_of(each[name])
        blocks.append(Block(document_id=document.document_id, **each))
    return document, tuple(blocks)


# --- yields ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """What the corpus steps read of what a document yields."""

    entities: Mapping[str, EntityCounts]
    mentions: tuple[MeetingMention, ...]
    failed: Mapping[Step, str]


def encode_told(found: Yield) -> bytes:
    """What the corpus steps read, as JSON."""
    told = {
        "entities": {
            key: [own.n, *(dict(counter) for counter in own.counters())]
            for key, own in found.entities.items()
        },
        "mentions": [_plain_mention(mention) for mention in found.meeting_mentions],
        "failed": dict(found.failed),
    }
    return json_bytes(told)


def decode_told(data: bytes) -> Told:
    """The inverse of `encode_told`."""
    told = json.loads(data)
    entities = {
        key: EntityCounts(n, *(Counter(counter) for counter in counters))
        for key, (n, *counters) in told["entities"].items()
    }
    return Told(entities, tuple(map(_mention, told["mentions"])), told["failed"])


def encode_rows(found: Yield) -> bytes:
    """Rows by table: a line of JSON that gives the number of rows of each, then the rows, one a line."""
    rows: dict[str, Sequence[object]] = {
        "entity_mentions": found.mentions,
        "statements": found.statements,
        "issue_positions": found.positions,
        "set_aside_rows": found.set_aside,
    }
    lines = [json_bytes([len(rows[name]) for name in TABLES_OF_ROWS])]
    for name in TABLES_OF_ROWS:
        columns = table(name).column_names
        lines += [json_bytes({column: getattr(row, column) for column in columns}) for row in rows[name]]
    return b"\n".join(lines)


def frames_of(encoded: Iterable[bytes]) -> dict[str, pl.DataFrame]:
    """Frames of the tables in `TABLES_OF_ROWS`, in the contract's order, of what `encode_rows` wrote."""
    lines: dict[str, list[bytes]] = {name: [] for name in TABLES_OF_ROWS}
    for data in encoded:
        head, *rest = data.split(b"\n")
        at = 0
        for name, n in zip(TABLES_OF_ROWS, json.loads(head), strict=True):
            lines[name] += rest[at : at + n]
            at += n
    return {name: _frame(name, rows) for name, rows in lines.items()}


def _frame(name: str, lines: Sequence[bytes]) -> pl.DataFrame:
    schema = polars_schema(name)
    if not lines:
        return pl.DataFrame(schema=schema)
    texts = {column: pl.String() if kind == pl.Date() else kind for column, kind in schema.items()}
    read = pl.read_ndjson(b"\n".join(lines), schema=pl.Schema(texts))
    dates = [pl.col(column).str.to_date("%Y-%m-%d") for column, kind in schema.items() if kind == pl.Date()]
    return order(name, read.with_columns(dates))


# --- what dates others ----------------------------------------------------------------------------


def encode_gist(gist: Gist) -> bytes:
    """What a page gives to the dating of others, as one line of JSON."""
    occasions = [
        [o.sentence.text, sorted(o.sentence.around), o.days.first, o.days.last, o.reason, sorted(o.places)]
        for o in gist.occasions
    ]
    holding = dict(sorted(gist.holding.items()))
    return json_bytes({"sentences": gist.sentences, "holding": holding, "occasions": occasions})


def decode_gist(document_id: str, line: bytes) -> Gist:
    """What `encode_gist` wrote of that document."""
    told = json.loads(line.decode("utf-8", "surrogatepass"))
    occasions = []
    for text, around, first, last, reason, places in told["occasions"]:
        days = DateRange(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        sentence = read_sentence(text, frozenset(around))
        occasions.append(Occasion(document_id, sentence, days, reason, frozenset(places)))
    return Gist(told["sentences"], told["holding"], tuple(occasions))


# --- values ---------------------------------------------------------------------------------------


def _plain_mention(mention: MeetingMention) -> dict[str, object]:
    plain: dict[str, object] = {each.name: getattr(mention, each.name) for each in fields(MeetingMention)}
    plain["participant_actors"] = [
        [getattr(actor, each.name) for each in fields(Actor)] for actor in mention.participant_actors
    ]
    return plain


def _mention(plain: dict[str, Any]) -> MeetingMention:
    for name in _DATES["meeting_mentions"]:
        plain[name] = date_of(plain[name])
    for name in _TUPLES["meeting_mentions"]:
        plain[name] = tuple(plain[name])
    actors = [Actor(*values) for values in plain["participant_actors"]]
    plain["participant_actors"] = tuple(replace(actor, roles=tuple(actor.roles)) for actor in actors)
    return MeetingMention(**plain)


def date_of(value: str | None) -> dt.date | None:
    """The day that JSON holds as text."""
    return None if value is None else dt.date.fromisoformat(value)


def json_bytes(value: object) -> bytes:
    """One line of JSON; days as text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_as_json).encode(
        "utf-8", "surrogatepass"
    )


def _as_json(value: object) -> str:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")

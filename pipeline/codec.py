"""Documents and what they yield as bytes: JSON lines, which workers and store exchange and Polars reads."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.contract import ColumnType, table
from pipeline.dates.occasions import Occasion, read_sentence
from pipeline.dates.publication import Draft, Gist, Inferred
from pipeline.errors import ParleyError
from pipeline.extract.meetings.evidence import encode_evidence
from pipeline.extract.meetings.occasions import Evidence
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
_COUNTS: Final = pl.Schema({"key": pl.String(), "at": pl.UInt8(), "value": pl.String(), "n": pl.Int64()})
"""How often each value occurs, by actor and by place among the counters; after these, all mentions."""
_IN_ALL: Final = len(EntityCounts().counters())
MENTIONS: Final = pl.Schema(
    {
        "mention_id": pl.String(),
        "document_id": pl.String(),
        "meeting_id": pl.String(),
        "char_start": pl.Int64(),
        "char_end": pl.Int64(),
        "told": pl.String(),
        "row": pl.Binary(),
    }
)
"""Mentions of meetings: their place, what they say of the meeting (None if that cannot be read), and all of
them as a line of JSON: very few of many are asked for as objects."""
_SEEDS: Final = (1, 2)
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


def document_digests(documents: pl.DataFrame, blocks: pl.DataFrame) -> Iterator[bytes]:
    """Of each document, in the frame's order, what tells it from any whose line would be another one.

    See `document_lines`. Among the values is the digest of the bytes that all others come from.
    """
    numbers = row_digests(blocks.select(_BLOCK))
    order, bounds = lines_by_document(blocks)
    numbers = numbers[order]
    version = pl.__version__.encode()
    read = documents.select(_DOCUMENT)
    for name, sha256, told in zip(read["document_id"], read["sha256"], row_digests(read), strict=True):
        start, end = bounds.get(name, (0, 0))
        head = f"{name} {sha256} ".encode()
        yield b"\0".join((version, head, told.tobytes() + numbers[start:end].tobytes()))


def lines_by_document(blocks: pl.DataFrame) -> tuple[npt.NDArray[np.uint32], dict[str, tuple[int, int]]]:
    """Places of the rows of `blocks`, document by document in reading order; where each document's are."""
    columns = ["document_id", "block_no", "block_id"]
    own = blocks.select(columns).with_row_index("at").sort(columns)
    sizes = own.group_by("document_id", maintain_order=True).len()
    ends = sizes["len"].cum_sum()
    bounds = zip((ends - sizes["len"]).to_list(), ends.to_list(), strict=True)
    return own["at"].to_numpy(), dict(zip(sizes["document_id"], bounds, strict=True))


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
    """What the corpus steps read of what documents yield.

    Attributes:
        entities: what their mentions add to entities, by the actor's key.
        mentions: of meetings, document by document.
        failed: of each document, the steps that failed as a whole, with what they failed of.
    """

    entities: Mapping[str, EntityCounts]
    mentions: tuple[MeetingMention, ...]
    failed: tuple[Mapping[Step, str], ...]


def told_of(found: Yield) -> Told:
    """What the corpus steps read of one document."""
    return Told(found.entities, found.meeting_mentions, (found.failed,))


def joined_told(each: Iterable[Told]) -> Told:
    """What several documents tell, in one."""
    entities: dict[str, EntityCounts] = {}
    mentions: list[MeetingMention] = []
    failed: list[Mapping[Step, str]] = []
    for told in each:
        mentions += told.mentions
        failed += told.failed
        for key, own in told.entities.items():
            entities.setdefault(key, EntityCounts()).update(own)
    return Told(entities, tuple(mentions), tuple(failed))


def encode_told(told: Told) -> bytes:
    """What the corpus steps read, as JSON."""
    plain = {
        "entities": {
            key: [own.n, *(dict(counter) for counter in own.counters())] for key, own in told.entities.items()
        },
        "mentions": [_plain_mention(mention) for mention in told.mentions],
        "failed": [dict(failed) for failed in told.failed],
    }
    return json_bytes(plain)


def decode_told(data: bytes) -> Told:
    """The inverse of `encode_told`."""
    plain = json.loads(data)
    entities = {
        key: EntityCounts(n, *(Counter(counter) for counter in counters))
        for key, (n, *counters) in plain["entities"].items()
    }
    return Told(entities, tuple(map(_mention, plain["mentions"])), tuple(plain["failed"]))


def mentions_frame(
    mentions: Iterable[MeetingMention], evidence_of: Callable[[MeetingMention], Evidence]
) -> pl.DataFrame:
    """Mentions of meetings as `MENTIONS`, in their order."""
    rows = [
        (
            each.mention_id,
            each.document_id,
            each.meeting_id,
            each.char_start,
            each.char_end,
            _evidence(each, evidence_of),
            json_bytes(_plain_mention(each)),
        )
        for each in mentions
    ]
    return pl.DataFrame(rows, schema=MENTIONS, orient="row")


def _evidence(mention: MeetingMention, evidence_of: Callable[[MeetingMention], Evidence]) -> str | None:
    try:
        return encode_evidence(evidence_of(mention))
    except (ParleyError, OSError, MemoryError):
        raise
    except Exception:  # whoever merges reads it once more, and takes it out
        return None


def mentions_of(frame: pl.DataFrame) -> tuple[MeetingMention, ...]:
    """The inverse of `mentions_frame`."""
    return tuple(_mention(json.loads(row)) for row in frame["row"])


@dataclass(frozen=True, slots=True)
class ToldByAll:
    """What all documents tell: as `Told`, the mentions of meetings as a frame (`MENTIONS`)."""

    entities: Mapping[str, EntityCounts]
    mentions: pl.DataFrame
    failed: tuple[Mapping[Step, str], ...]


def encode_told_of_group(each: Iterable[Told], evidence_of: Callable[[MeetingMention], Evidence]) -> bytes:
    """What several documents tell, in one; frames: those of many groups are quick to put together.

    Args:
        each: what each of them tells.
        evidence_of: reads off a mention what it says of its meeting.
    """
    told = joined_told(each)
    counts = [
        (key, at, value, n)
        for key, own in told.entities.items()
        for at, counter in enumerate((*own.counters(), {"": own.n}))
        for value, n in counter.items()
    ]
    return pack(
        [
            frame_bytes(pl.DataFrame(counts, schema=_COUNTS, orient="row")),
            frame_bytes(mentions_frame(told.mentions, evidence_of)),
            json_bytes([dict(failed) for failed in told.failed]),
        ]
    )


def told_of_groups(encoded: Iterable[bytes]) -> ToldByAll:
    """What all documents of several groups tell, in one."""
    counts = [pl.DataFrame(schema=_COUNTS)]
    mentions = [pl.DataFrame(schema=MENTIONS)]
    failed: list[Mapping[Step, str]] = []
    for data in encoded:
        own_counts, own_mentions, own_failed = unpack(data)
        counts.append(frame_of_bytes(own_counts))
        mentions.append(frame_of_bytes(own_mentions))
        failed += json.loads(own_failed)
    summed = pl.concat(counts).group_by("key", "at", "value").agg(pl.col("n").sum())
    entities: dict[str, EntityCounts] = {}
    for key, at, value, n in summed.iter_rows():
        own = entities.setdefault(key, EntityCounts())
        if at == _IN_ALL:
            own.n = n
        else:
            own.counters()[at][value] = n
    return ToldByAll(entities, pl.concat(mentions), tuple(failed))


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
        lines += [row_line(row, columns) for row in rows[name]]
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
    return {name: order(name, frame_of_lines(name, rows)) for name, rows in lines.items()}


def row_line(row: object, columns: Iterable[str]) -> bytes:
    """Some columns of a row of a table as one line of JSON."""
    return json_bytes({column: getattr(row, column) for column in columns})


def frame_of_lines(name: str, lines: Sequence[bytes], without: Collection[str] = ()) -> pl.DataFrame:
    """Rows of a table out of lines of JSON, in their order; `without` are columns that they do not have."""
    schema = {column: kind for column, kind in polars_schema(name).items() if column not in without}
    if not lines:
        return pl.DataFrame(schema=schema)
    days = [column for column, kind in schema.items() if kind == pl.Date()]
    read = pl.read_ndjson(b"\n".join(lines), schema=pl.Schema(schema | dict.fromkeys(days, pl.String())))
    return read.with_columns(pl.col(days).str.to_date("%Y-%m-%d"))


# --- what dates others ----------------------------------------------------------------------------


def encode_gist(gist: Gist) -> bytes:
    """What pages give to the dating of others, as one line of JSON."""
    return json_bytes(_plain_gist(gist))


def decode_gist(line: bytes) -> Gist:
    """The inverse of `encode_gist`."""
    return _gist(json.loads(line.decode("utf-8", "surrogatepass")))


def encode_draft(draft: Draft) -> bytes:
    """What a page without a date says of its day, as one line of JSON."""
    told = {
        "first": plain_inferred(draft.first),
        "sentences": [[s.text, sorted(s.around), s.is_lead] for s in draft.sentences],
        "gist": _plain_gist(draft.gist),
    }
    return json_bytes(told)


def decode_draft(line: bytes) -> Draft:
    """The inverse of `encode_draft`."""
    told = json.loads(line.decode("utf-8", "surrogatepass"))
    sentences = (read_sentence(text, frozenset(around), lead) for text, around, lead in told["sentences"])
    return Draft(inferred_of(told["first"]), tuple(sentences), _gist(told["gist"]))


def plain_inferred(inferred: Inferred) -> list[object]:
    """A range, its basis and its reasons, as JSON takes them."""
    days = inferred.published
    return [None if days is None else [days.first, days.last], inferred.basis, list(inferred.rationale)]


def inferred_of(plain: Sequence[Any]) -> Inferred:
    """The inverse of `plain_inferred`."""
    days, basis, rationale = plain
    return Inferred(None if days is None else _range(*days), basis, tuple(rationale))


def _plain_gist(gist: Gist) -> dict[str, object]:
    occasions = [
        [
            o.document_id,
            o.sentence.text,
            sorted(o.sentence.around),
            o.days.first,
            o.days.last,
            o.reason,
            sorted(o.places),
        ]
        for o in gist.occasions
    ]
    holding = dict(sorted(gist.holding.items()))
    return {"sentences": gist.sentences, "holding": holding, "occasions": occasions}


def _gist(told: Mapping[str, Any]) -> Gist:
    occasions = (
        Occasion(name, read_sentence(text, frozenset(around)), _range(first, last), reason, frozenset(places))
        for name, text, around, first, last, reason, places in told["occasions"]
    )
    return Gist(told["sentences"], told["holding"], tuple(occasions))


def _range(first: str, last: str) -> DateRange:
    return DateRange(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


# --- several values in one --------------------------------------------------------------------------


def pack(parts: Sequence[bytes]) -> bytes:
    """Several values in one."""
    return b"".join((json_bytes([len(part) for part in parts]), b"\n", *parts))


def unpack(data: bytes) -> list[bytes]:
    """The inverse of `pack`."""
    at = data.index(b"\n") + 1
    parts = []
    for length in json.loads(data[:at]):
        parts.append(data[at : at + length])
        at += length
    return parts


def frame_bytes(df: pl.DataFrame) -> bytes:
    """A frame as it lies in memory (Arrow IPC, the streaming form): read back at once, whatever its size.

    The form for files takes two to four times as long to read, which counts where a corpus is many frames.
    """
    held = io.BytesIO()
    df.rechunk().write_ipc_stream(held)
    return held.getvalue()


def frame_of_bytes(data: bytes) -> pl.DataFrame:
    """The inverse of `frame_bytes`."""
    return pl.read_ipc_stream(io.BytesIO(data))


# --- values ---------------------------------------------------------------------------------------


_MENTION: Final = tuple(each.name for each in fields(MeetingMention))
_ACTOR: Final = tuple(each.name for each in fields(Actor))
_DAYS_OF_MENTION: Final = tuple(map(_MENTION.index, _DATES["meeting_mentions"]))
_TUPLES_OF_MENTION: Final = tuple(map(_MENTION.index, _TUPLES["meeting_mentions"]))
_ACTORS_OF_MENTION: Final = _MENTION.index("participant_actors")
_ROLES_OF_ACTOR: Final = _ACTOR.index("roles")


def _plain_mention(mention: MeetingMention) -> list[object]:
    """The values of its fields in their order."""
    plain: list[object] = [getattr(mention, name) for name in _MENTION]
    plain[_ACTORS_OF_MENTION] = [
        [getattr(actor, name) for name in _ACTOR] for actor in mention.participant_actors
    ]
    return plain


def _mention(plain: list[Any]) -> MeetingMention:
    for at in _DAYS_OF_MENTION:
        plain[at] = date_of(plain[at])
    for at in _TUPLES_OF_MENTION:
        plain[at] = tuple(plain[at])
    for actor in plain[_ACTORS_OF_MENTION]:
        actor[_ROLES_OF_ACTOR] = tuple(actor[_ROLES_OF_ACTOR])
    plain[_ACTORS_OF_MENTION] = tuple(Actor(*values) for values in plain[_ACTORS_OF_MENTION])
    return MeetingMention(*plain)


def date_of(value: str | None) -> dt.date | None:
    """The day that JSON holds as text."""
    return None if value is None else dt.date.fromisoformat(value)


def row_digests(rows: pl.DataFrame) -> npt.NDArray[np.uint64]:
    """Two numbers of 64 bits for each row, by which it is told from all others, in the rows' order.

    The same rows have the same numbers under one version of Polars. They take a hundredth of the time of a
    SHA-256, and are not safe from somebody who makes rows to have the same ones: a digest of that kind, of
    what the rows come from, belongs beside them.
    """
    return np.column_stack([rows.hash_rows(seed).to_numpy() for seed in _SEEDS])


def json_bytes(value: object) -> bytes:
    """One line of JSON; days as text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_as_json).encode(
        "utf-8", "surrogatepass"
    )


def _as_json(value: object) -> str:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")

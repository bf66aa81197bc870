"""Cleaning over a corpus: pages cleaned before come out of the store, the others are cleaned by the workers.

Each page is cleaned by itself. What needs other documents follows here: days of publication of pages that
give none, and which documents repeat another one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipeline.clean import CleanPage, clean_document, refusal_of, undated_text
from pipeline.clean.copies import Compared, Signed, compared
from pipeline.clean.reference import Knowledge, load_knowledge
from pipeline.codec import (
    decode_gist,
    encode_draft,
    encode_gist,
    frame_bytes,
    frame_of_bytes,
    frame_of_lines,
    json_bytes,
    pack,
    row_digests,
    unpack,
)
from pipeline.dates.publication import Gist, ReadText, gist_of, infer_together, joined_gist
from pipeline.dating import NOT_OF_A_PAGE, DatedPage, KeptUndated, block_lines, document_row
from pipeline.digests import text_digest
from pipeline.errors import ParleyError, Reason
from pipeline.fingerprint import cleaning_fingerprint, source_digest
from pipeline.guard import described
from pipeline.ingest import Facts, RawDocument, Sidecar
from pipeline.kept import FAILED, SOUND, KeptWork, Place, Shares
from pipeline.model import Quarantined
from pipeline.settings import Settings
from pipeline.stages import raw_rows
from pipeline.store import Store
from pipeline.tables import frame, order, polars_schema
from pipeline.work.model import Item, Lost

TASK: Final = "pipeline.cleaning:clean_items"
_NOT_READ: Final = ("source_file", "ingested_at")
_NEVER: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_DRAFTS: Final = pl.Schema({"document_id": pl.String(), "draft": pl.Binary()})
_HOLDING: Final = pl.Schema({"word": pl.String(), "n": pl.Int64()})
_Refused = tuple[str, str, str]
"""document_id, reason, detail."""


# --- the task -------------------------------------------------------------------------------------


def clean_items(common: bytes, items: Sequence[Item]) -> Iterator[Item]:
    """The task: raw documents as lines of JSON.

    Returns:
        For each: its row or its refusal as JSON, the lines as lines of JSON, what it gives to the dating of
        others (of a page without a date, its draft), its signature, and whether cleaning went well (`SOUND`)
        or raised an error (`FAILED`).
    """
    return _cleaned(_knowledge(common), items)


@lru_cache(maxsize=2)
def _knowledge(common: bytes) -> Knowledge:
    told = json.loads(common)
    settings = Settings(reference=Path(told["reference"]))
    if cleaning_fingerprint(settings) != told["fingerprint"]:
        raise ParleyError(
            "worker_differs", "A worker has another version of Parley or of the reference data than the run."
        )
    return load_knowledge(settings.reference)


def _cleaned(knowledge: Knowledge, items: Sequence[Item]) -> Iterator[Item]:
    for (line,) in items:
        item = _raw_of(json.loads(line))
        try:
            page = clean_document(item, knowledge)
            refusal = refusal_of(item, page, knowledge)
            told = b"" if refusal is not None else _told(page)
        except (ParleyError, OSError, MemoryError):
            raise
        except Exception as error:
            refused = {"refusal": [Reason.NOT_CLEANED.value, described(error)]}
            yield json_bytes(refused), b"", b"", b"", FAILED
            continue
        if refusal is not None:
            yield json_bytes({"refusal": [refusal.reason, refusal.detail]}), b"", b"", b"", SOUND
            continue
        yield document_row(page.document), block_lines(page.blocks), told, page.signature, SOUND


def _told(page: CleanPage) -> bytes:
    """What the page gives to the dating of others, or has them date of it."""
    text = undated_text(page)
    return encode_draft(ReadText(text).draft) if text.known is None else encode_gist(gist_of(text))


def _raw_of(row: Mapping[str, Any]) -> RawDocument:
    sidecar, facts = row["sidecar"], row["facts"]
    return RawDocument(
        row["document_id"],
        "",
        row["text"],
        row["sha256"],
        None if sidecar is None else Sidecar.model_validate_json(sidecar),
        _NEVER,
        None if facts is None else Facts.model_validate_json(facts),
        row["reader"],
    )


# --- the corpus -----------------------------------------------------------------------------------


class Cleaning(KeptWork):
    """The documents of one corpus, cleaned; `make_sure` comes first, then the rest may be asked for."""

    task = TASK
    kinds = ("clean",)
    group_kind = "cleaned_group"
    piece_kind = "cleaned_piece"
    others = ("page", "dated")
    shares = Shares(characters=400_000, documents=128, least=20_000, a_worker=4, speed=8)

    def __init__(self, raw: pl.DataFrame, settings: Settings, store: Store) -> None:
        """Look at the documents; nothing is cleaned yet. `raw` is what `pipeline.stages.raw_frame` makes."""
        super().__init__(raw, cleaning_fingerprint(settings), settings, store)

    def tables(self) -> tuple[pl.DataFrame, tuple[Quarantined, ...], Iterator[pl.DataFrame]]:
        """Rows of `documents`, what is refused, rows of `blocks` in parts; in the contract's order."""
        groups = [_Group.of(data) for _, data in self._by_group(self._pages)]
        dated = self._dated(groups)
        heads = pl.concat([_heads(()), *(group.heads for group in groups)])
        if dated:
            newer = _heads([page.row for page in dated.values()]).drop("signature")
            own = newer.join(heads.select("document_id", "signature"), on="document_id", how="left")
            heads = pl.concat([heads.filter(~pl.col("document_id").is_in(list(dated))), own])
        beside = self._frame.select("document_id", "text", *_NOT_READ)
        documents = heads.join(beside, on="document_id", how="left")
        signed = documents.select("document_id", "published_from", "source_file", "signature")
        original = self._originals([Signed(*row) for row in signed.iter_rows()])
        repeats = [original.get(name) for name in documents["document_id"]]
        documents = documents.with_columns(duplicate_of=pl.Series(repeats, dtype=pl.String))
        return (
            order("documents", documents.select(polars_schema("documents").names())),
            self._quarantined([refusal for group in groups for refusal in group.refused]),
            self._block_frames(dated),
        )

    def _originals(self, signed: Sequence[Signed]) -> dict[str, str]:
        """Which documents repeat another one; what was found in the last run is known from then.

        It is no value that is right for good: the comparison itself sees what of it still holds.
        """
        key = text_digest("copies", source_digest("pipeline.clean.copies"))
        known = self._store.get(self.piece_kind, [key]).get(key)
        found = compared(signed, [] if known is None else [Compared(*each) for each in json.loads(known)])
        told = json_bytes(found)
        if told != known:
            self._store.put([(self.piece_kind, key, told)])
        self._used.add((self.piece_kind, key))
        return {each.document_id: each.original for each in found if each.original is not None}

    def _pages(self, places: Sequence[Place]) -> bytes:
        """What cleaning each document of a group by itself gives, but for its lines."""
        found = self._values("clean", places)
        rows: list[bytes] = []
        signatures: list[bytes] = []
        refused: list[_Refused] = []
        gists: list[Gist] = []
        drafts: list[tuple[str, bytes]] = []
        for place in places:
            head, _, told, signature = unpack(found[place.key])
            row = json.loads(head)
            if (refusal := row.get("refusal")) is not None:
                refused.append((place.document_id, *refusal))
                continue
            rows.append(head)
            signatures.append(signature)
            if row["published_from"] is None:
                drafts.append((place.document_id, told))
            else:
                gists.append(decode_gist(told))
        joint = joined_gist(gists)
        return _Group(
            _heads(rows, signatures),
            refused,
            encode_gist(replace(joint, holding={})),
            pl.DataFrame(list(joint.holding.items()), schema=_HOLDING, orient="row"),
            pl.DataFrame(drafts, schema=_DRAFTS, orient="row"),
        ).packed()

    def _lines_of_pages(self, places: Sequence[Place]) -> bytes:
        """Rows of `blocks` of a group as cleaning each document by itself gives them."""
        found = self._values("clean", places)
        return frame_bytes(_blocks([unpack(found[place.key])[1] for place in places]))

    def _block_frames(self, dated: Mapping[str, DatedPage]) -> Iterator[pl.DataFrame]:
        """Rows of `blocks`, those of documents that others date as these have dated them."""
        yield frame("blocks", ())
        for places, data in self._by_group(self._lines_of_pages):
            own = frame_of_bytes(data)
            if names := [place.document_id for place in places if place.document_id in dated]:
                newer = _blocks([dated[name].lines for name in names])
                own = order("blocks", pl.concat([own.filter(~pl.col("document_id").is_in(names)), newer]))
            yield own

    def _dated(self, groups: Sequence[_Group]) -> dict[str, DatedPage]:
        """Documents that give no date themselves, as the corpus dates them."""
        drafts = {name: draft for group in groups for name, draft in group.drafts.iter_rows()}
        if not drafts:
            return {}
        keys = {place.document_id: place.key for place in self._places}
        knowledge = partial(load_knowledge, self._settings.reference)
        rows = self._frame.filter(pl.col("document_id").is_in(list(drafts))).sort("source_file")
        pages = [
            KeptUndated(raw, keys[raw.document_id], drafts[raw.document_id], self._store, knowledge)
            for raw in raw_rows(rows)
        ]
        inferred = infer_together(pages, _gists(groups))
        found = {page.document_id: page.dated(inferred[page.document_id]) for page in pages}
        self._used.update(("dated", key) for page in pages for key in page.used)
        return found

    def _quarantined(self, refused: Sequence[_Refused]) -> tuple[Quarantined, ...]:
        wanted = self._frame.filter(pl.col("document_id").is_in([name for name, _, _ in refused]))
        told = {
            name: (file, sha256, at.replace(tzinfo=dt.UTC))
            for name, file, sha256, at in wanted.select(
                "document_id", "source_file", "sha256", "ingested_at"
            ).iter_rows()
        }
        found = []
        for name, reason, detail in refused:
            file, sha256, at = told[name]
            found.append(Quarantined(file, sha256, reason, detail, at))
        return tuple(sorted(found, key=lambda each: each.source_file))

    # --- work -------------------------------------------------------------------------------------

    def _told_apart(self) -> Iterator[bytes]:
        read = self._frame.drop(_NOT_READ)
        version = pl.__version__.encode()
        for sha256, told in zip(read["sha256"], row_digests(read), strict=True):
            yield b"\0".join((version, sha256.encode(), told.tobytes()))

    def _lines(self, number: int, chunk: pl.DataFrame) -> list[bytes]:
        return chunk.drop(_NOT_READ).write_ndjson().encode("utf-8").splitlines()

    def _common(self) -> bytes:
        told = {
            "reference": str(self._settings.reference.absolute()),
            "fingerprint": cleaning_fingerprint(self._settings),
        }
        return json.dumps(told).encode()

    def _items(self, names: Sequence[str], lines: Sequence[bytes]) -> Iterator[Item]:
        return ((line,) for line in lines)

    def _keep(self, place: Place, result: Item | Lost) -> None:
        if isinstance(result, Lost):
            refusal = [Reason.NOT_CLEANED.value, f"{result.code}: {result.detail}"]
            head, lines, gist, signature, state = json_bytes({"refusal": refusal}), b"", b"", b"", FAILED
            self.counts.lost += 1
        else:
            head, lines, gist, signature, state = result
            self.counts.read += 1
        self._put([("clean", place.key, pack([head, lines, gist, signature]))], state)


@dataclass(frozen=True, slots=True)
class _Group:
    """What documents that are kept together give.

    Attributes:
        heads: rows of `documents` as they are by themselves, with signatures.
        refused: those that are set aside.
        gist: what the dated ones give to the others, as bytes: it is rarely asked for.
        holding: how many sentences of these hold each word, which the gist leaves out.
        drafts: of the undated ones.
    """

    heads: pl.DataFrame
    refused: Sequence[_Refused]
    gist: bytes
    holding: pl.DataFrame
    drafts: pl.DataFrame

    def packed(self) -> bytes:
        refused = json_bytes(self.refused)
        frames = frame_bytes(self.holding), frame_bytes(self.drafts)
        return pack([frame_bytes(self.heads), refused, self.gist, *frames])

    @classmethod
    def of(cls, data: bytes) -> _Group:
        heads, refused, gist, holding, drafts = unpack(data)
        told = [tuple(each) for each in json.loads(refused)]
        return cls(frame_of_bytes(heads), told, gist, frame_of_bytes(holding), frame_of_bytes(drafts))


def _gists(groups: Sequence[_Group]) -> Iterator[Gist]:
    """What the dated documents of all groups give to the others; words are summed as columns."""
    held = pl.concat([pl.DataFrame(schema=_HOLDING), *(group.holding for group in groups)])
    summed = held.group_by("word").agg(pl.col("n").sum())
    yield Gist(0, dict(summed.iter_rows()), ())
    for group in groups:
        yield decode_gist(group.gist)


def _heads(rows: Sequence[bytes], signatures: Sequence[bytes | None] | None = None) -> pl.DataFrame:
    """Rows of `documents` out of lines of JSON, without what is not of the page."""
    read = frame_of_lines("documents", rows, without=NOT_OF_A_PAGE)
    return read.with_columns(signature=pl.Series(signatures or [None] * read.height, dtype=pl.Binary()))


def _blocks(lines: Sequence[bytes]) -> pl.DataFrame:
    """Rows of `blocks` out of lines of JSON."""
    return order("blocks", frame_of_lines("blocks", [line for line in lines if line]))

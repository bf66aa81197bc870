"""Cleaning over a corpus: pages cleaned before come out of the store, the others are cleaned by the workers.

Each page is cleaned by itself. What needs other documents follows here: days of publication of pages that
give none, and which documents repeat another one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import polars as pl

from pipeline.clean import clean_document, dated_page, refusal_of, undated_text
from pipeline.clean.copies import Signed, copies
from pipeline.clean.reference import Knowledge, load_knowledge
from pipeline.codec import decode_gist, encode_gist, json_bytes
from pipeline.dates.publication import Gist, gist_of, infer_publication
from pipeline.errors import ParleyError, Reason
from pipeline.fingerprint import cleaning_fingerprint
from pipeline.guard import described
from pipeline.ingest import Facts, RawDocument, Sidecar
from pipeline.kept import FAILED, SOUND, KeptWork, Place, Shares
from pipeline.model import Block, Document, Quarantined
from pipeline.settings import Settings
from pipeline.stages import raw_rows
from pipeline.store import Store
from pipeline.tables import frame, order, polars_schema
from pipeline.work.model import Item, Lost

TASK: Final = "pipeline.cleaning:clean_items"
_NOT_READ: Final = ("source_file", "ingested_at")
_NEVER: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_DOCUMENT: Final = tuple(
    name for name in polars_schema("documents") if name not in (*_NOT_READ, "text", "duplicate_of")
)


# --- the task -------------------------------------------------------------------------------------


def clean_items(common: bytes, items: Sequence[Item]) -> Iterator[Item]:
    """The task: raw documents as lines of JSON.

    Returns:
        For each: its row or its refusal as JSON, the lines as lines of JSON, what it gives to the dating of
        others, its signature, and whether cleaning went well (`SOUND`) or raised an error (`FAILED`).
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
        except (ParleyError, OSError, MemoryError):
            raise
        except Exception as error:
            refused = {"refusal": [Reason.NOT_CLEANED.value, described(error)]}
            yield json_bytes(refused), b"", b"", b"", FAILED
            continue
        if refusal is not None:
            yield json_bytes({"refusal": [refusal.reason, refusal.detail]}), b"", b"", b"", SOUND
            continue
        row = {name: getattr(page.document, name) for name in _DOCUMENT}
        # Pages that give no date are read once more, when all others are known.
        gist = b"" if page.document.published is None else encode_gist(gist_of(undated_text(page)))
        yield json_bytes({"document": row}), _block_lines(page.blocks), gist, page.signature, SOUND


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


def _block_lines(blocks: Sequence[Block]) -> bytes:
    columns = polars_schema("blocks")
    return b"\n".join(json_bytes({name: getattr(block, name) for name in columns}) for block in blocks)


# --- the corpus -----------------------------------------------------------------------------------


class Cleaning(KeptWork):
    """The documents of one corpus, cleaned; `make_sure` comes first, then the rest may be asked for."""

    task = TASK
    kinds = ("clean",)
    shares = Shares(characters=400_000, documents=128, least=20_000, a_worker=4, speed=8)

    def __init__(self, raw: pl.DataFrame, settings: Settings, store: Store) -> None:
        """Look at the documents; nothing is cleaned yet. `raw` is what `pipeline.stages.raw_frame` makes."""
        super().__init__(raw, cleaning_fingerprint(settings), settings, store)

    def tables(self) -> tuple[pl.DataFrame, tuple[Quarantined, ...], Iterator[pl.DataFrame]]:
        """Rows of `documents`, what is refused, rows of `blocks` in parts; in the contract's order."""
        documents, refused, signatures = self._heads()
        dated, blocks = self._dates(documents)
        frame_ = _documents_frame(documents, dated, self._frame)
        original = copies(
            Signed(name, day, file, signatures[name])
            for name, day, file in frame_.select("document_id", "published_from", "source_file").iter_rows()
        )
        repeats = pl.Series("duplicate_of", [original.get(n) for n in frame_["document_id"]], pl.String())
        whole = frame_.with_columns(repeats).select(polars_schema("documents").names())
        return order("documents", whole), refused, self._block_frames(blocks)

    def _heads(self) -> tuple[list[dict[str, Any]], tuple[Quarantined, ...], dict[str, bytes]]:
        """Rows of accepted documents as they are by themselves, refusals, and signatures."""
        told = {
            name: (file, sha256, at)
            for name, file, sha256, at in self._frame.select(
                "document_id", "source_file", "sha256", "ingested_at"
            ).iter_rows()
        }
        rows: list[dict[str, Any]] = []
        refused: list[Quarantined] = []
        signatures: dict[str, bytes] = {}
        for places in self._by_chunk():
            found = self._values("clean", places)
            for place in places:
                head, _, _, signature = _parts(found[place.key])
                if (refusal := head.get("refusal")) is not None:
                    file, sha256, at = told[place.document_id]
                    reason, detail = refusal
                    refused.append(Quarantined(file, sha256, reason, detail, at.replace(tzinfo=dt.UTC)))
                else:
                    rows.append(head["document"])
                    signatures[place.document_id] = signature
        refused.sort(key=lambda each: each.source_file)
        return rows, tuple(refused), signatures

    def _dates(
        self, rows: Sequence[dict[str, Any]]
    ) -> tuple[dict[str, Document], dict[str, tuple[Block, ...]]]:
        """Documents that give no date themselves as the corpus dates them, with their lines."""
        undated = {row["document_id"] for row in rows if row["published_from"] is None}
        if not undated:
            return {}, {}
        knowledge = load_knowledge(self._settings.reference)
        wanted = self._frame.filter(pl.col("document_id").is_in(list(undated))).sort("source_file")
        pages = {raw.document_id: clean_document(raw, knowledge) for raw in raw_rows(wanted)}
        inferred = infer_publication([undated_text(page) for page in pages.values()], self._gists())
        placed = {name: dated_page(page, inferred[name]) for name, page in pages.items()}
        return (
            {name: page.document for name, page in placed.items()},
            {name: page.blocks for name, page in placed.items()},
        )

    def _gists(self) -> Iterator[Gist]:
        """What each dated document gives to the dating of others."""
        for places in self._by_chunk():
            found = self._values("clean", places)
            for place in places:
                _, _, gist, _ = _parts(found[place.key])
                if gist:
                    yield decode_gist(place.document_id, gist)

    def _block_frames(self, dated: Mapping[str, tuple[Block, ...]]) -> Iterator[pl.DataFrame]:
        schema = polars_schema("blocks")
        texts = pl.Schema({name: pl.String() if kind == pl.Date() else kind for name, kind in schema.items()})
        yield frame("blocks", ())
        for places in self._by_chunk():
            found = self._values("clean", places)
            lines = []
            for place in places:
                own = dated.get(place.document_id)
                part = _parts(found[place.key])[1] if own is None else _block_lines(own)
                if part:
                    lines.append(part)
            if lines:
                read = pl.read_ndjson(b"\n".join(lines), schema=texts)
                yield order("blocks", read.with_columns(pl.col("entry_date").str.to_date("%Y-%m-%d")))

    # --- work -------------------------------------------------------------------------------------

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
        self._put([("clean", place.key, _joined(head, lines, gist, signature))], state)


def _documents_frame(
    rows: Sequence[dict[str, Any]], dated: Mapping[str, Document], raw: pl.DataFrame
) -> pl.DataFrame:
    """Rows of accepted documents with texts and times, `duplicate_of` still missing."""
    schema = polars_schema("documents")
    texts = pl.Schema(
        {name: pl.String() if schema[name] == pl.Date() else schema[name] for name in _DOCUMENT}
    )
    told = []
    for row in rows:
        document = dated.get(row["document_id"])
        told.append(row if document is None else {name: getattr(document, name) for name in _DOCUMENT})
    if not told:
        return frame("documents", ()).drop("duplicate_of")
    read = pl.read_ndjson(b"\n".join(map(json_bytes, told)), schema=texts)
    days = [pl.col(name).str.to_date("%Y-%m-%d") for name in _DOCUMENT if schema[name] == pl.Date()]
    beside = raw.select("document_id", "text", *_NOT_READ)
    return read.with_columns(days).join(beside, on="document_id", how="left", maintain_order="left")


def _joined(head: bytes, lines: bytes, gist: bytes, signature: bytes) -> bytes:
    """Parts of a result in one: all but the last have no blank line in them."""
    return b"\n\n".join((head, lines, gist, signature))


def _parts(data: bytes) -> tuple[dict[str, Any], bytes, bytes, bytes]:
    head, lines, gist, signature = data.split(b"\n\n", 3)
    return json.loads(head), lines, gist, signature

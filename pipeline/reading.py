"""The task of workers: documents in, what they yield out, everything as bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.codec import document_of, encode_rows, encode_told, told_of
from pipeline.domain import load_domain
from pipeline.errors import ParleyError
from pipeline.fingerprint import extraction_fingerprint
from pipeline.guard import Guard
from pipeline.kept import FAILED, SOUND
from pipeline.model import Block, Document, Page
from pipeline.nlp import load_model, pack_parses, unpack_parses
from pipeline.settings import Settings
from pipeline.work.model import Item
from pipeline.yields import PAGE_READERS, Knowledge, PageReaders, parsed_pages, read_page, unread

if TYPE_CHECKING:
    from spacy.language import Language

TASK: Final = "pipeline.reading:read_documents"


@dataclass(frozen=True, slots=True)
class Context:
    """What a process reads documents with; `model` is loaded when the first document is parsed."""

    model: str
    knowledge: Knowledge
    readers: PageReaders = PAGE_READERS

    @property
    def nlp(self) -> Language:
        """The language model, loaded once a process."""
        return load_model(self.model)


def common_of(settings: Settings) -> bytes:
    """First argument of the task: where a worker finds model, pack and reference data."""
    return json.dumps(
        {
            "model": settings.model,
            "domain": str(settings.domain_folder.absolute()),
            "reference": str(settings.reference.absolute()),
            "fingerprint": extraction_fingerprint(settings),
        }
    ).encode()


@lru_cache(maxsize=2)
def _context(common: bytes) -> Context:
    """Loaded once a process.

    Raise ParleyError, code ``worker_differs``, if this process has other code, data or model than the one
    that started the work: what it would read would be kept as what it is not.
    """
    told = json.loads(common)
    settings = Settings(domain=told["domain"], reference=Path(told["reference"]), model=told["model"])
    if extraction_fingerprint(settings) != told["fingerprint"]:
        raise ParleyError(
            "worker_differs",
            "A worker has another version of Parley, its libraries, the model, the pack or the reference "
            "data than the run.",
        )
    return Context(settings.model, Knowledge.of(load_domain(settings)))


def read_documents(common: bytes, items: Sequence[Item]) -> Iterator[Item]:
    """The task: items as `pipeline.codec.document_lines` writes them, each with its parses if there are any.

    Returns:
        For each document: what corpus steps read of it, its rows, parses where they are new, and whether all
        steps went well (`SOUND`) or one failed (`FAILED`).
    """
    context = _context(common)
    if any(not parses for _, parses in items):
        _ = context.nlp  # loading takes longer than a document may
    return read_items(context, items)


def read_items(context: Context, items: Sequence[Item]) -> Iterator[Item]:
    """Read documents with any context; see `read_documents`."""
    documents = [document_of(line) for line, _ in items]
    new = [own for own, (_, parses) in zip(documents, items, strict=True) if not parses]
    pages = parsed_pages(new, context.nlp, context.readers) if new else iter(())
    for (document, blocks), (_, parses) in zip(documents, items, strict=True):
        page: Page | None
        if parses:
            page, guard = _unpacked(document, blocks, parses), Guard("parsing")
        else:
            page, guard = next(pages)
        if page is None:
            found = unread(document.document_id, guard)
        else:
            found = read_page(page, context.knowledge, context.readers, guard)
        fresh = b"" if parses or page is None else pack_parses(page.parses)
        yield encode_told(told_of(found)), encode_rows(found), fresh, FAILED if found.failed else SOUND


def _unpacked(document: Document, blocks: tuple[Block, ...], parses: bytes) -> Page:
    return Page(document, blocks, unpack_parses(parses, document, blocks))

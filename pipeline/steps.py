"""Cleaning under guard, and what reads documents and pages: the one form in which all runs use them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.clean import Cleaned, clean_corpus
from pipeline.errors import ParleyError, Reason
from pipeline.guard import described
from pipeline.ingest import RawDocument
from pipeline.model import Quarantined
from pipeline.settings import Settings
from pipeline.yields import PageReaders, statements_with_issues

__all__ = ["EXTRACTORS", "Extractors", "clean_documents", "statements_with_issues"]


@dataclass(frozen=True, slots=True)
class Extractors(PageReaders):
    """What cleans documents and reads their pages; others can be put in their place."""

    clean: Callable[[Sequence[RawDocument], Settings], Cleaned] = clean_corpus

    def of_pages(self) -> PageReaders:
        """What reads pages."""
        return PageReaders(self.parse, self.link, self.statements, self.meetings, self.positions)


EXTRACTORS = Extractors()


def clean_documents(
    raw: Sequence[RawDocument], settings: Settings, extractors: Extractors = EXTRACTORS
) -> Cleaned:
    """Clean all documents; those on which cleaning fails are refused, and the others go on without them."""
    try:
        return extractors.clean(raw, settings)
    except (ParleyError, OSError, MemoryError):
        raise
    except Exception:
        refused = [(item, error) for item in raw if (error := _cleaning_error(item, settings, extractors))]
        if not refused:
            raise  # no document's own fault
    bad = {item.document_id for item, _ in refused}
    cleaned = extractors.clean([item for item in raw if item.document_id not in bad], settings)
    added = tuple(
        Quarantined(
            item.source_file, item.sha256, Reason.NOT_CLEANED.value, described(error), item.ingested_at
        )
        for item, error in refused
    )
    return replace(cleaned, quarantine=(*cleaned.quarantine, *added))


def _cleaning_error(item: RawDocument, settings: Settings, extractors: Extractors) -> Exception | None:
    try:
        extractors.clean([item], settings)
    except (ParleyError, OSError, MemoryError):
        raise
    except Exception as error:
        return error
    return None

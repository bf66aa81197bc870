"""Reading the seed folder: text and metadata of every input, and a reasoned refusal of what cannot be read.

An input is a document-to-be: a file that is one (``.txt``), or a record of a file that holds many; inputs =
documents + quarantine. Which endings are read how stands in `pipeline.ingest.formats`. Everything else in the
folder is ignored by name and listed in `Ingested.ignored`: sidecars (``<stem>.meta.yaml``, read together with
their input), hidden files, files with other endings. Links to folders are not followed.
"""

from pipeline.ingest.folders import folder_of
from pipeline.ingest.formats import SIDECAR_SUFFIX, is_input
from pipeline.ingest.model import (
    Facts,
    Ingested,
    PublishedRange,
    RawDocument,
    Sidecar,
    document_id_of,
    known_times,
)
from pipeline.ingest.read import Reading, ingest, read_inputs

__all__ = [
    "SIDECAR_SUFFIX",
    "Facts",
    "Ingested",
    "PublishedRange",
    "RawDocument",
    "Reading",
    "Sidecar",
    "document_id_of",
    "folder_of",
    "ingest",
    "is_input",
    "known_times",
    "read_inputs",
]

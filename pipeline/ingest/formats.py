"""Which file is read by which reader: by the ending of its name, a compression's ending peeled off first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.ingest.expand import Compression
from pipeline.ingest.html import read_html
from pipeline.ingest.model import RefusalError
from pipeline.ingest.plain import read_plain
from pipeline.ingest.rows import read_csv, read_jsonl, read_parquet
from pipeline.ingest.source import Found, Source
from pipeline.ingest.warc import read_warc

Reader = Callable[[Source], Iterator[Found | RefusalError]]
SIDECAR_SUFFIX: Final = ".meta.yaml"


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of input.

    Attributes:
        name: of the reader, as `RawDocument.reader` gives it.
        read: yields what the file holds, in order.
        many: whether one file holds many inputs.
        fields: whether these are records of named fields, which a sidecar may map.
    """

    name: str
    read: Reader
    many: bool = False
    fields: bool = False


COMPRESSIONS: Final[Mapping[str, Compression]] = {".gz": "gzip", ".zst": "zstd"}
_HTML = Format("html", read_html)
_JSONL = Format("jsonl", read_jsonl, many=True, fields=True)
_CSV = Format("csv", read_csv, many=True, fields=True)
_WARC = Format("warc", read_warc, many=True)
FORMATS: Final[Mapping[str, Format]] = {
    ".txt": Format("text", read_plain),
    ".html": _HTML,
    ".htm": _HTML,
    ".jsonl": _JSONL,
    ".ndjson": _JSONL,
    ".csv": _CSV,
    ".tsv": _CSV,
    ".parquet": Format("parquet", read_parquet, many=True, fields=True),
    ".warc": _WARC,
    ".warc.wet": _WARC,
}


@dataclass(frozen=True, slots=True)
class Named:
    """What the name of an input says: its format, its compression if any, and its name without endings."""

    format: Format
    compression: Compression | None
    stem: str

    @property
    def sidecar(self) -> str:
        """Name of the metadata file that may stand beside it."""
        return self.stem + SIDECAR_SUFFIX


def named(name: str) -> Named | None:
    """What a file's name says of its format; None if the name is no input's. Case does not count."""
    if name.startswith("."):
        return None
    compression: Compression | None = None
    rest = name
    for ending, kind in COMPRESSIONS.items():
        if rest.lower().endswith(ending):
            compression, rest = kind, rest[: -len(ending)]
            break
    for ending, form in FORMATS.items():
        if rest.lower().endswith(ending):
            return Named(form, compression, rest[: -len(ending)])
    return None


def is_input(name: str) -> bool:
    """Whether a file of this name, without its folder, is an input."""
    return named(name) is not None

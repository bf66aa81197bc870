"""Small inputs of every format, made by hand, and what reading a folder of them gives."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import json
from collections.abc import Mapping
from pathlib import Path

from pipeline.ingest import Ingested, ingest
from pipeline.ingest.expand import zstd
from pipeline.settings import Settings

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)
PROSE = (
    "The envoys of both countries met for three hours on Thursday, officials said after the talks.",
    "They agreed to meet again within a month, and a joint commission is to look at the border.",
)


def run(folder: Path, now: dt.datetime = NOW, **settings: object) -> Ingested:
    return ingest(dataclasses.replace(Settings(), seeds=folder, **settings), now)  # type: ignore[arg-type]


def refusals(found: Ingested) -> list[tuple[str, str]]:
    return [(q.source_file, q.reason) for q in found.quarantine]


def names(found: Ingested) -> list[str]:
    return [d.source_file for d in found.documents]


def n_inputs(found: Ingested) -> int:
    """Inputs that the readers found: those of files that hold many, and one for every other file."""
    many = dict(found.records)
    rows = [*names(found), *(q.source_file for q in found.quarantine)]
    single = {row for row in rows if row.rpartition("#")[0] not in many and row not in many}
    return len(single) + sum(many.values())


def jsonl(n: int) -> bytes:
    rows = ({"text": f"{i}. {PROSE[0]}", "title": f"Talks {i}"} for i in range(1, n + 1))
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def compressed(raw: bytes, ending: str) -> bytes:
    if ending == ".gz":
        return gzip.compress(raw, mtime=0)
    # With a checksum, as the command-line tool writes it.
    return zstd.compress(raw, options={zstd.CompressionParameter.checksum_flag: 1})


def html(body: str = "", head: str = "", charset: str = "utf-8") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in PROSE)
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="{charset}"><title>Talks resume in Lome</title>'
        f"{head}</head><body><nav><a href=/>Home</a> <a href=/news>News</a></nav><article>"
        f"<h1>Talks resume in Lome</h1>{paragraphs}{body}</article>"
        "<footer>© 2026 The Lakes Herald. All rights reserved.</footer></body></html>"
    )
    return page.encode(charset)


def warc_record(
    kind: str, content: bytes, content_type: str, uri: str = "https://x.example/a", **headers: str
) -> bytes:
    own: Mapping[str, str] = {
        "WARC-Type": kind,
        "WARC-Date": "2026-03-05T10:00:00Z",
        "WARC-Target-URI": uri,
        "Content-Type": content_type,
        "Content-Length": str(len(content)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in own.items())
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + content + b"\r\n\r\n"


def response(page: bytes, uri: str = "https://x.example/a", status: str = "200 OK", more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{more}\r\n".encode()
    return warc_record("response", head + page, "application/http; msgtype=response", uri)


def warc(n: int, each: str = "") -> bytes:
    """A WARC of n pages after its own description; every record compressed by itself with `each`."""
    records = [warc_record("warcinfo", b"software: test\r\n", "application/warc-fields")]
    records += [
        response(
            html(f"<p>Page {i} of the series, with a sentence of its own.</p>"), f"https://x.example/{i}"
        )
        for i in range(1, n + 1)
    ]
    return b"".join(compressed(r, each) if each else r for r in records)

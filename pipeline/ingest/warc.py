"""WARC files of crawlers: the HTML pages among their records, each with address and day of crawling."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Final

from pipeline.errors import Reason
from pipeline.ingest.expand import PIECE
from pipeline.ingest.html import page
from pipeline.ingest.model import Facts, RefusalError
from pipeline.ingest.plain import decode as decode_plain
from pipeline.ingest.source import Found, Source

_VERSION = re.compile(rb"WARC/(?:0\.\d+|1\.\d)\s*$")
_LONGEST_LINE: Final = 64 * 1024
_MOST_HEADERS: Final = 1000
_PAGES: Final = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{2,40})", re.I)
_RESPONSE: Final = "application/http"
_SLACK: Final = 64 * 1024
"""Bytes that HTTP headers may take beside the page."""
_CODINGS: Final[Mapping[str, tuple[int, ...]]] = {
    "": (),
    "identity": (),
    "gzip": (31,),
    "x-gzip": (31,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),
}
"""Codings of content that are undone, with the forms in which zlib may find them."""


@dataclass(frozen=True, slots=True)
class _Record:
    """Headers of one WARC record, by name in lower case, and its content as far as the limit allows."""

    headers: Mapping[str, str]
    content: bytes
    whole: bool


class _BrokenError(Exception):
    """The file is no WARC from here on; the message says why."""


def read_warc(source: Source) -> Iterator[Found | RefusalError]:
    """One record a page: responses and resources in HTML, and the plain text of WET files.

    A record's number counts all records of the file, from 1; those of other kinds are ignored by name.
    """
    number = 0
    none = True
    try:
        while (record := _next(source)) is not None:
            number += 1
            found = _found(record, number, source)
            if found is not None:
                none = False
                yield found
    except _BrokenError as broken:
        place = f"record {number + 1}"
        if source.fault.refusal is not None:
            fault = source.fault.refusal
            detail = f"The file breaks off in {place}: {fault.detail}"
            raise RefusalError(fault.reason, detail, key=number + 1) from broken
        raise RefusalError(
            Reason.TRUNCATED, f"The file breaks off in {place}: {broken}", key=number + 1
        ) from broken
    if source.fault.refusal is not None:
        fault = source.fault.refusal
        raise RefusalError(fault.reason, fault.detail, key=number + 1)
    if number == 0:
        raise RefusalError(Reason.EMPTY, "The file holds no record.")
    if none:
        raise RefusalError(Reason.EMPTY, f"None of the file's {number} records is a page.")


def _next(source: Source) -> _Record | None:
    """The next record; None at the end of the file."""
    stream = source.stream
    line = _line(stream)
    while line in (b"\r\n", b"\n", b"\r"):
        line = _line(stream)
    if not line:
        return None
    if not _VERSION.match(line):
        raise _BrokenError(f"where a record should begin stands {line[:40]!r}.")
    headers: dict[str, str] = {}
    last = ""
    for _ in range(_MOST_HEADERS):
        line = _line(stream)
        if not line.endswith(b"\n"):
            raise _BrokenError("its headers do not end.")
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if not text:
            break
        if text[0] in " \t" and last:
            headers[last] += " " + text.strip()
            continue
        name, colon, value = text.partition(":")
        if not colon:
            raise _BrokenError(f"{text[:40]!r} is no header.")
        last = name.strip().lower()
        headers[last] = value.strip()
    else:
        raise _BrokenError(f"it has more than {_MOST_HEADERS} headers.")
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) <= 18):
        raise _BrokenError(f"its length is given as {length[:20]!r}.")
    return _content(source, headers, int(length))


def _content(source: Source, headers: Mapping[str, str], length: int) -> _Record:
    stream = source.stream
    content = stream.read(min(length, source.max_bytes + _SLACK))
    left = length - len(content)
    whole = left == 0
    while left and (piece := stream.read(min(left, PIECE))):
        left -= len(piece)
    if left:
        raise _BrokenError(f"{left} of its {length} bytes are missing.")
    return _Record(headers, content, whole)


def _line(stream: BinaryIO) -> bytes:
    return stream.readline(_LONGEST_LINE)


def _found(record: _Record, number: int, source: Source) -> Found | RefusalError | None:
    """The document-to-be that a record is; None for one that is ignored."""
    kind = record.headers.get("warc-type", "").lower()
    content_type = record.headers.get("content-type", "").lower()
    crawled = Facts(
        url=_target(record.headers.get("warc-target-uri")),
        crawled_on=_day(record.headers.get("warc-date", "")),
    )
    match kind:
        case "response" if content_type.startswith(_RESPONSE):
            return _response(record, number, source, crawled)
        case "resource" if content_type.startswith(_PAGES):
            charset = _CHARSET.search(content_type)
            named = None if charset is None else charset[1]
            return _page(record.content, named, crawled, number, source, record.whole)
        case "conversion" if content_type.startswith("text/plain"):
            if not record.whole or len(record.content) > source.max_bytes:
                return source.too_long(number)
            return Found(record.content, lambda: (decode_plain(record.content), crawled), number)
        case _:
            source.ignored[f"{kind or 'no type'} {content_type.partition(';')[0]}".strip()[:60]] += 1
            return None


def _response(record: _Record, number: int, source: Source, crawled: Facts) -> Found | RefusalError | None:
    head, separator, body = record.content.partition(b"\r\n\r\n")
    if not separator:
        head, separator, body = record.content.partition(b"\n\n")
    lines = head.decode("latin-1").splitlines()
    status = lines[0].split()[1:2] if lines else []
    headers = {n.strip().lower(): v.strip() for n, _, v in (line.partition(":") for line in lines[1:])}
    content_type = headers.get("content-type", "").lower()
    if status != ["200"]:
        source.ignored[f"response with status {status[0][:3] if status else 'unknown'}"] += 1
        return None
    if not content_type.startswith(_PAGES):
        source.ignored[f"response {content_type.partition(';')[0]}".strip()[:60]] += 1
        return None
    if not record.whole:
        return source.too_long(number)
    try:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            body = _unchunked(body)
        body = _uncoded(body, headers.get("content-encoding", "").lower(), source.max_bytes)
    except RefusalError as refusal:
        refusal.key = number
        return refusal
    charset = _CHARSET.search(content_type)
    return _page(body, None if charset is None else charset[1], crawled, number, source, True)


def _page(
    body: bytes, charset: str | None, crawled: Facts, number: int, source: Source, whole: bool
) -> Found | RefusalError:
    if not whole or len(body) > source.max_bytes:
        return source.too_long(number)
    kept = (charset or "", crawled.model_dump_json())
    return Found(body, partial(_read, body, charset, crawled), number, kept)


def _read(body: bytes, charset: str | None, crawled: Facts) -> tuple[str, Facts]:
    text, facts = page(body, charset, crawled.url)
    changes: dict[str, object] = {"crawled_on": crawled.crawled_on}
    tomorrow = None if crawled.crawled_on is None else crawled.crawled_on + dt.timedelta(days=1)
    if facts.published_on is not None and tomorrow is not None and facts.published_on > tomorrow:
        # It may be tomorrow where the page was written, and no later.
        changes |= {"published_on": None, "published_by": None}
    return text, facts.model_copy(update=changes)


def _unchunked(body: bytes) -> bytes:
    """A chunked body put together; one that is not chunked after all stays as it is, as crawlers leave it."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 100)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        if not size or not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            return body if at == 0 else b"".join(parts)
        n = int(size, 16)
        if n == 0:
            return b"".join(parts)
        parts.append(body[end + 1 : end + 1 + n])
        at = end + 1 + n
        at += len(body[at : at + 2]) if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"


def _uncoded(body: bytes, coding: str, limit: int) -> bytes:
    """The body without its content coding, to one byte over the limit; it may have been undone before."""
    forms = _CODINGS.get(coding)
    if forms is None:
        raise RefusalError(
            Reason.MALFORMED, f"The page is coded as {coding[:40]!r}, which is not undone here."
        )
    if not forms or (forms == (31,) and not body.startswith(b"\x1f\x8b")):
        return body
    for form in forms:
        inflate = zlib.decompressobj(form)
        try:
            plain = inflate.decompress(body, limit + 1)
        except zlib.error:
            continue
        if len(plain) <= limit and not inflate.eof:
            raise RefusalError(Reason.TRUNCATED, f"The page breaks off in its {coding} coding.")
        return plain
    if coding == "deflate" and body.lstrip()[:1] == b"<":
        return body
    raise RefusalError(Reason.TRUNCATED, f"The page's {coding} coding is damaged.")


def _target(value: str | None) -> str | None:
    address = (value or "").strip("<> ")
    return address if address.startswith(("http://", "https://")) else None


def _day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError:
        return None

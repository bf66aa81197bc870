"""Pages in HTML: their bytes decoded, the main content as lines of text, and what their metadata state."""

from __future__ import annotations

import codecs
import datetime as dt
import json
import logging
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import Reason
from pipeline.ingest.model import Facts, RefusalError
from pipeline.ingest.plain import check_text, one_line
from pipeline.ingest.source import Found, Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-zA-Z0-9_:.-]{2,40})", re.I)
_XML_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.-]{2,40})")
_DECLARED_WITHIN: Final = 4096
_AS_WINDOWS: Final = frozenset({"ascii", "iso8859-1"})
"""Encodings that pages declare and browsers read as windows-1252, of which they are a part."""
_ENCODINGS: Final = (
    "utf-8", "cp125", "cp874", "cp866", "cp932", "cp949", "iso8859", "koi8", "mac-", "gb", "big5", "euc",
    "shift_jis", "tis-620", "iso2022",
)  # fmt: skip
"""How the names of encodings begin that a page may declare. A page whose declaration can be read byte by byte
is in no wide encoding, and Python's codecs for other things than text are no encodings."""
_MAX_REPLACED: Final = 0.001
_MAX_ELEMENTS: Final = 200_000
_META_DATES: Final = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time",
    "datepublished", "date_published", "published_time", "publication_date", "publish_date", "publish-date",
    "published-date", "pubdate", "dc.date.issued", "dcterms.issued", "dc.issued", "dcterms.created",
    "dc.date.created", "dc.date", "dcterms.date", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "cse_date", "date",
)  # fmt: skip
"""Names of meta elements that state the day of publication, the surest first; case does not count."""
_ARTICLES: Final = ("article", "posting", "report", "webpage")
"""Endings of the schema.org types whose ``datePublished`` is that of the page, in lower case."""
_DAY = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_YEARS = range(1900, 2200)
_NAME_PART = re.compile(r"[^\W\d_]")
_LONGEST_NAME: Final = 6
_DEEPEST: Final = 20


def read_html(source: Source) -> Iterator[Found | RefusalError]:
    """The page as its one record."""
    raw = source.whole()
    yield Found(raw, lambda: page(raw), kept=())


def page(raw: bytes, charset: str | None = None, url: str | None = None) -> tuple[str, Facts]:
    """Text and facts of a page.

    The text is the page's main content as trafilatura finds it, one line a paragraph, under the title that
    its metadata state. A date is taken only where metadata, JSON-LD or a ``time`` element state it as that of
    publication; nothing is guessed from the text or the address.

    Args:
        raw: the page's bytes.
        charset: the encoding that the server gave, if any.
        url: the address it was fetched from, if known.

    Raises:
        RefusalError: no encoding fits, or the page has no main content.
    """
    import trafilatura

    if not raw.strip():
        raise RefusalError(Reason.EMPTY, "The file holds nothing but white space.")
    # What it would log of a bad page stands in the reason for which the page is set aside.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    markup = decode(raw, charset)
    tree = trafilatura.load_html(markup)
    if tree is None:
        raise RefusalError(Reason.MALFORMED, "The page is not HTML.")
    n_elements = sum(1 for _ in tree.iter())
    if n_elements > _MAX_ELEMENTS:
        raise RefusalError(
            Reason.TOO_LARGE, f"The page has {n_elements} elements; the limit is {_MAX_ELEMENTS}."
        )
    facts = _facts(tree, url)
    text = trafilatura.extract(
        tree, url=url, include_comments=False, include_tables=True, include_links=False, with_metadata=False
    )
    if not text or not text.strip():
        raise RefusalError(Reason.EMPTY, "The page has no main content.")
    check_text(text, "page")
    if facts.title is not None and not " ".join(text[: 4 * len(facts.title)].split()).startswith(facts.title):
        text = f"{facts.title}\n{text}"
    return text, facts


def decode(raw: bytes, charset: str | None = None) -> str:
    """The page as text: by its byte-order mark, the server's word, its own, as UTF-8, or as it looks.

    Single bytes that the declared encoding does not have become U+FFFD, as in browsers.
    """
    for mark, marked in _BOMS:
        if raw.startswith(mark):
            return _usable(raw[len(mark) :].decode(marked, "replace"), marked)
    declared = [charset, *(found[1].decode("ascii") for found in _declarations(raw) if found)]
    names = list(dict.fromkeys(name for each in declared if each and (name := _codec(each))))
    for name in ("utf-8", *names):
        try:
            return _usable(raw.decode(name), name)
        except UnicodeDecodeError:
            continue
    if names:
        return _usable(raw.decode(names[0], "replace"), names[0])
    from charset_normalizer import from_bytes

    best = from_bytes(raw).best()
    if best is None:
        raise RefusalError(Reason.NOT_UTF8, "The page declares no encoding, and none that is known fits.")
    return _usable(str(best), best.encoding)


def _declarations(raw: bytes) -> Iterator[re.Match[bytes] | None]:
    yield _XML_DECLARED.match(raw)
    yield _DECLARED.search(raw[:_DECLARED_WITHIN])


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    if name in _AS_WINDOWS:
        return "cp1252"
    return name if name.startswith(_ENCODINGS) else None


def _usable(text: str, name: str) -> str:
    replaced = text.count("\ufffd")
    if replaced > max(3, _MAX_REPLACED * len(text)):
        detail = f"{replaced} characters of the page are not {name}."
        raise RefusalError(Reason.NOT_UTF8, detail)
    return text.replace("\x00", "")


def _facts(tree: HtmlElement, url: str | None) -> Facts:
    from trafilatura.metadata import extract_metadata

    # What it finds as a date may be a guess from the address or the text, so it is not asked for.
    found = extract_metadata(tree, default_url=url, extensive=False)
    day, by = _published(tree)
    authors = (one_line(name) for name in (found.author or "").split(";"))
    return Facts(
        url=_address(found.url) or url,
        publisher=one_line(found.sitename or ""),
        title=one_line(found.title or ""),
        authors=tuple(dict.fromkeys(name for name in authors if name and _is_name(name))),
        published_on=day,
        published_by=by,
    )


def _address(value: str | None) -> str | None:
    return value if value and value.startswith(("http://", "https://")) else None


def _is_name(name: str) -> bool:
    return bool(_NAME_PART.search(name)) and len(name.split()) <= _LONGEST_NAME and "://" not in name


def _published(tree: HtmlElement) -> tuple[dt.date | None, str | None]:
    """The day of publication that the page's metadata state, and where."""
    for value in _json_dates(tree):
        if (day := _day(value)) is not None:
            return day, "json-ld:datePublished"
    stated: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(key) or "").strip().lower()
            if name and meta.get("content"):
                stated.setdefault(name, meta.get("content"))
    for name in _META_DATES:
        if (day := _day(stated.get(name))) is not None:
            return day, f"meta:{name}"
    times = [(time, time.get("datetime") or time.get("content")) for time in tree.iter("time")]
    for time, value in times:
        marked = (time.get("itemprop") or "").lower() == "datepublished" or time.get("pubdate") is not None
        if marked and (day := _day(value)) is not None:
            return day, "time:datePublished"
    days = {day for _, value in times if (day := _day(value)) is not None}
    # One day on the whole page is the page's own; of several any may be another page's.
    return (days.pop(), "time") if len(days) == 1 else (None, None)


def _json_dates(tree: HtmlElement) -> Iterator[str]:
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # the page's own fault, and other places may state the date
        yield from _of_articles(data, 0)


def _of_articles(data: Any, depth: int) -> Iterator[str]:
    """``datePublished`` of articles, in the order of the page."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for each in data:
            yield from _of_articles(each, depth + 1)
    elif isinstance(data, Mapping):
        types = data.get("@type")
        kinds = [t.lower() for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)]
        value = data.get("datePublished")
        if isinstance(value, str) and any(kind.endswith(_ARTICLES) for kind in kinds):
            yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _of_articles(data.get(name), depth + 1)


def _day(value: str | None) -> dt.date | None:
    """The day of an ISO or mail date, in its own time zone."""
    if value is None:
        return None
    stated = _DAY.match(value)
    try:
        if stated is not None:
            return dt.date(*map(int, stated.groups())) if int(stated[1]) in _YEARS else None
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError):
        return None

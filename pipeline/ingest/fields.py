"""Records of named fields (JSON Lines, CSV, Parquet): which field holds what, as text or as a fact."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final

from pipeline.errors import Reason
from pipeline.ingest.html import page
from pipeline.ingest.model import Facts, RefusalError
from pipeline.ingest.plain import check_text, one_line
from pipeline.ingest.sidecar import Beside, FieldName

DEFAULTS: Final[Mapping[FieldName, tuple[str, ...]]] = {
    "text": ("text", "body", "content", "maintext", "main_text", "article_text", "full_text", "plain_text"),
    "html": ("html", "body_html", "content_html", "raw_html"),
    "url": ("url", "link", "source_url", "canonical_url", "permalink"),
    "title": ("title", "headline"),
    "published": (
        "published", "date", "published_at", "published_on", "published_date", "date_published",
        "datepublished", "publish_date", "date_publish", "publication_date", "pubdate", "pub_date",
    ),
    "publisher": (
        "publisher", "source", "outlet", "site_name", "sitename", "source_domain", "domain", "media",
    ),
    "authors": ("authors", "author", "byline", "creator"),
    "language": ("language", "lang"),
}  # fmt: skip
"""Names looked for where the sidecar gives none, the first that the record has; case does not count."""
_NAME_IN = ("name", "title", "value", "uri", "url")
"""Where the name stands in a value that is an object ({"source": {"name": ...}})."""
_ISO_DAY = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT_DAY = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?\d{4}(?:\d{2})?Z?)?\s*$")
_YEARS = range(1900, 2200)
_MILLISECONDS = 10_000_000_000
_BETWEEN_AUTHORS = re.compile(r"\s{0,9}(?:;|\||,| and | & )\s{0,9}")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_BY = re.compile(r"^\s*by\s+", re.I)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?$")
_LANGUAGES = {"eng": "en", "english": "en"}


class Fields:
    """Which fields of the records of one file hold what."""

    def __init__(self, beside: Beside | None) -> None:
        self._named = {} if beside is None or beside.fields is None else beside.fields

    def columns(self, names: Iterable[str]) -> list[str]:
        """Those of a table's columns that are read at all, in the table's order."""
        names = list(names)
        wanted = {path.partition(".")[0] for path in self._named.values()} | set(self._named.values())
        for ours, defaults in DEFAULTS.items():
            if ours not in self._named:
                wanted |= {n for n in names if n.lower() in defaults}
        return [name for name in names if name in wanted]

    def document(self, record: Mapping[str, Any]) -> tuple[str, Facts]:
        """Text and facts of a record; raise RefusalError if it has no text or a value that is no text."""
        lowered: dict[str, str] = {}
        for name in record:
            lowered.setdefault(name.lower(), name)
        value = {ours: self._value(record, lowered, ours) for ours in DEFAULTS}
        title = _line(value["title"], "title")
        text = value["text"]
        of_page = None
        if text is None and value["html"] is not None:
            text, of_page = page(_string(value["html"], "html").encode("utf-8"), charset="utf-8")
        elif text is None:
            names = ", ".join(str(name) for name in list(record)[:12])
            raise RefusalError(Reason.MALFORMED, f"The record has no text; its fields are {names or 'none'}.")
        else:
            text = _string(text, "text")
            check_text(text, "record")
        day = day_of(value["published"])
        own = Facts(
            url=_address(_line(value["url"], "url")),
            publisher=_line(value["publisher"], "publisher"),
            title=title,
            authors=_authors(value["authors"]),
            published_on=day,
            published_by=None if day is None else "field:published",
            language=_language(_line(value["language"], "language")),
        )
        facts = own if of_page is None else merged(own, of_page)
        return with_title(text, facts.title), facts

    def _value(self, record: Mapping[str, Any], lowered: Mapping[str, str], ours: FieldName) -> Any:
        path = self._named.get(ours)
        if path is None:
            names = (lowered[name] for name in DEFAULTS[ours] if name in lowered)
            return next((v for name in names if (v := record[name]) not in (None, "", [])), None)
        value: Any = record.get(path)
        if value is None:
            value = record
            for part in path.split("."):
                value = value.get(part) if isinstance(value, Mapping) else None
        return None if value in ("", []) else value


def merged(first: Facts, second: Facts) -> Facts:
    """Facts of `first`, and of `second` where the first has none."""
    said = {name: value for name, value in first if value not in (None, ())}
    if first.published_on is not None or second.published_on is None:
        second = second.model_copy(update={"published_on": None, "published_by": None})
    return second.model_copy(update=said)


def with_title(text: str, title: str | None) -> str:
    """`text` under its title, unless it begins with it."""
    if title is None or " ".join(text[: 4 * len(title)].split()).startswith(" ".join(title.split())):
        return text
    return f"{title}\n\n{text}"


def day_of(value: Any) -> dt.date | None:
    """The day that a value states, in its own time zone; None where it states none that can be read.

    Read are dates and times, ISO 8601, ``YYYYMMDD`` with or without a time, mail dates, and numbers as Unix
    time in seconds or milliseconds (in UTC).
    """
    match value:
        case dt.datetime():
            return value.date()
        case dt.date():
            return value
        case bool() | None:
            return None
        case int() | float() if not (isinstance(value, float) and not math.isfinite(value)):
            compact = _COMPACT_DAY.match(str(value))
            if compact is not None and isinstance(value, int):
                return _day(*compact.groups())
            seconds = value / 1000 if abs(value) >= _MILLISECONDS else value
            try:
                return dt.datetime.fromtimestamp(seconds, dt.UTC).date()
            except (OverflowError, ValueError, OSError):
                return None
        case str():
            stated = _ISO_DAY.match(value) or _COMPACT_DAY.match(value)
            if stated is not None:
                return _day(*stated.groups())
            try:
                return parsedate_to_datetime(value).date()
            except (ValueError, TypeError, IndexError):
                return None
        case _:
            return None


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day)) if int(year) in _YEARS else None
    except ValueError:
        return None


def _string(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise RefusalError(Reason.MALFORMED, f"The field for {name} is {type(value).__name__}, not text.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        detail = f"Character {error.start} of the {name} is half of a pair and no text."
        raise RefusalError(Reason.MALFORMED, detail) from error
    return value


def _line(value: Any, name: str) -> str | None:
    """A value as one line of text; None where there is none."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in _NAME_IN if isinstance(value.get(key), str)), None)
    if value is None:
        return None
    return one_line(_string(value, name))


def _address(value: str | None) -> str | None:
    """An address of the web, with or without its scheme; those of other kinds could do harm as links."""
    other = value is not None and _SCHEME.match(value) and not value.lower().startswith(("http:", "https:"))
    return None if other else value


def _authors(value: Any) -> tuple[str, ...]:
    values = list(value) if isinstance(value, list | tuple) else [] if value is None else [value]
    names = []
    for each in values:
        line = _line(each, "authors")
        if line is not None:
            parts = _BETWEEN_AUTHORS.split(_BY.sub("", line)) if isinstance(value, str) else [line]
            names += [part for part in parts if part]
    return tuple(dict.fromkeys(names))


def _language(value: str | None) -> str | None:
    if value is None:
        return None
    known = _LANGUAGES.get(value.lower())
    match = _LANGUAGE.match(value.lower())
    return known or (None if match is None else _LANGUAGES.get(match[1], match[1]))

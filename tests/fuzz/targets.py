"""What is fuzzed: each target takes any bytes, and raises only if a promise of the code does not hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache

import yaml

from pipeline.clean import clean_document
from pipeline.clean.reference import Knowledge, load_knowledge
from pipeline.dates.expressions import find_dates
from pipeline.extract.statements.quotes import find_quotes
from pipeline.ingest import RawDocument
from pipeline.ingest.model import RefusalError
from pipeline.ingest.plain import decode
from pipeline.model import DateRange
from pipeline.reader.answer import MalformedAnswerError, parse
from pipeline.reference import parse_yaml_text
from pipeline.settings import Settings

DAY = DateRange(dt.date(2025, 11, 24), dt.date(2025, 11, 24))


def text_of(data: bytes) -> str:
    """Any bytes as a text."""
    return data.decode("utf-8", "replace")


@cache
def _knowledge() -> Knowledge:
    return load_knowledge(Settings().reference)


def ingest(data: bytes) -> None:
    """A file is a text, verbatim, or refused."""
    try:
        text = decode(data)
    except RefusalError:
        return
    assert text.encode("utf-8") == data.removeprefix(b"\xef\xbb\xbf")


def clean(data: bytes) -> None:
    """Every sign of a page that is no white space stands in exactly one block."""
    text = text_of(data)
    raw = RawDocument("doc_0000000000000000", "a.txt", text, "0" * 64, None, dt.datetime(2026, 1, 1))
    end = 0
    for block in clean_document(raw, _knowledge()).blocks:
        assert end <= block.char_start < block.char_end <= len(text)
        assert not text[end : block.char_start].strip()
        end = block.char_end
    assert not text[end:].strip()


def dates(data: bytes) -> None:
    """Dates lie in the text in order, and run forwards."""
    text = text_of(data)
    for found in find_dates(text, DAY):
        assert text[found.char_start : found.char_end] == found.text
        assert (found.first is None) == (found.last is None)
        assert found.first is None or found.first <= found.last


def quotes(data: bytes) -> None:
    """Quotations lie in the text, in order and apart."""
    text = text_of(data)
    end = 0
    for quote in find_quotes(text).spans:
        assert end <= quote.start < quote.end <= len(text)
        end = quote.end


def sidecar(data: bytes) -> None:
    """YAML is read or refused."""
    try:
        parse_yaml_text(text_of(data))
    except yaml.YAMLError:
        return


def answer(data: bytes) -> None:
    """A model's answer is read or refused."""
    try:
        parse(text_of(data))
    except MalformedAnswerError:
        return


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (ingest, clean, dates, quotes, sidecar, answer)
}

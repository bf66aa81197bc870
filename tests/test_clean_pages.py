"""Cleaning of whole pages of many shapes: prose is kept, furniture goes, metadata are found."""

from collections import Counter

import pytest

from tests.clean_pages import FOLDER, clean, marked_page

PAGES = sorted(path.stem for path in FOLDER.glob("*.txt"))
ALLOWED = {
    "#": {"title"},
    "+": {"body"},
    "H": {"heading", "body"},
    "-": {"boilerplate", "byline", "day_heading"},
    "C": {"body", "boilerplate"},
    "?": {"body", "boilerplate", "byline", "heading"},
}


@pytest.mark.parametrize(
    "line_end", ["\n", "\r\n", "\n\n", "\n \u00a0\n"], ids=["lf", "crlf", "blank", "nbsp"]
)
@pytest.mark.parametrize("name", PAGES)
def test_every_line_gets_the_kind_it_is_marked_with(name, line_end):
    page = marked_page(name)
    blocks = clean(page.text(line_end)).blocks
    wrong = [
        (block.kind, block.rule, line)
        for mark, line, block in zip(page.marks, page.lines, blocks, strict=True)
        if block.kind not in ALLOWED[mark]
    ]
    assert wrong == []


@pytest.mark.parametrize("name", PAGES)
def test_metadata_are_found(name):
    page = marked_page(name)
    cleaned = clean(page.text())
    document = cleaned.document
    days = Counter(str(b.entry_date) for b in cleaned.blocks if b.kind == "body")
    found = {
        "title": document.title or "",
        "publisher": document.publisher or "",
        "agency": document.agency or "",
        "authors": ",".join(document.authors),
        "format": document.format,
        "published": str(document.published_from),
        "days": ",".join(f"{day}:{n}" for day, n in sorted(days.items())),
    }
    assert {key: found[key] for key in page.expected} == page.expected

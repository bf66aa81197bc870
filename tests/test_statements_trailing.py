"""Where what was said ends: with a quotation that goes on, a deadline, a deed behind an aside."""

import pytest

from pipeline.domain import load_domain
from pipeline.extract.statements import extract_statements
from pipeline.resolve import link
from pipeline.settings import Settings
from tests.test_statements import page_of


@pytest.fixture(scope="module")
def contents(nlp):
    """What a text's statements hold."""
    pack = load_domain(Settings(domain="generic"))

    def run(text):
        page = page_of(nlp, text)
        return [row.content for row in extract_statements(page, link(page, pack), pack)]

    return run


@pytest.mark.parametrize(
    ("before", "content", "after"),
    [
        ("Ana Rojas called on the port ", "to send more ships, “not more words”", "."),
        ("Ana Rojas urged ", "the union to lift its ban “the day the ink dries”", "."),
        ("Per Lund’s aide Ana Rojas told parliament that ", "he would send cooks, “and only cooks.”", ""),
        ("Ana Rojas rejected ", "the ban “in the name of the crews”", "."),
        ("Ana Rojas did not rule out ", "another truce for the May holidays", "."),
        ("Ana Rojas insisted on ", "a chair at any further session", "."),
        ("Ana Rojas demanded ", "at least $5 billion by 2035", "."),
        (
            "Ana Rojas appealed to ",
            "the owners, led by the group Nordhafen, to put a new offer on the table",
            ".",
        ),
        ("Ana Rojas was heard to remark that ", "the game was up", "."),
        ("Ana Rojas held out ", "the prospect of a joint post", "."),
    ],
)
def test_what_was_said_goes_on_to_its_end(contents, before, content, after):
    found = contents(before + content + after)
    assert any(each.endswith(content.removeprefix("to send ")) for each in found)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        # The quotation is another's.
        ("Ana Rojas rejected the ban. “Good,” said Olaf Moe.", "the ban"),
        ("Ana Rojas rejected the offer at a fair in Lima.", "the offer"),
    ],
)
def test_what_was_said_ends_before_what_is_another_s_or_tells_where(contents, text, content):
    assert content in contents(text)

"""Which days a page's news is of, where a meeting is told without a day."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import merged_lines, read_lines


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


FRIDAY = dt.date(2026, 3, 13)
UNDATED = "The French and German delegations held a separate meeting."


def days(mention):
    return mention.date_from, mention.date_to, mention.date_basis


def told(nlp, pack, *lines):
    return [days(m) for m in merged_lines(nlp, pack, lines, published=(FRIDAY, FRIDAY))]


@pytest.mark.parametrize(
    ("lead", "first"),
    [
        ("Emmanuel Macron met Pedro Sanchez in Lima on Thursday.", dt.date(2026, 3, 12)),
        ("Emmanuel Macron met Pedro Sanchez in Lima on 11 March.", dt.date(2026, 3, 11)),
        ("Emmanuel Macron met Pedro Sanchez in Lima on Friday.", FRIDAY),
        ("Emmanuel Macron met Pedro Sanchez in Lima on Monday.", FRIDAY),  # long before: background
        ("Emmanuel Macron will meet Pedro Sanchez in Lima on Saturday.", FRIDAY),
    ],
)
def test_news_is_of_the_days_from_the_story_to_the_report(nlp, pack, lead, first):
    basis = "document" if first == FRIDAY else "inferred"
    assert told(nlp, pack, lead, UNDATED)[1] == (first, FRIDAY, basis)


def test_the_first_meeting_of_the_page_tells_when_its_story_began(nlp, pack):
    today = "Emmanuel Macron met Pedro Sanchez in Lima on Friday."
    before = "He met Giorgia Meloni in Rome on Thursday."
    assert told(nlp, pack, today, before, UNDATED)[2] == (FRIDAY, FRIDAY, "document")


def test_an_entry_of_a_feed_is_of_its_own_day(nlp, pack):
    lines = ["Emmanuel Macron met Pedro Sanchez in Lima on Thursday.", UNDATED]
    _, _, found = read_lines(
        nlp, pack, lines, entries=[0, 1], published=(FRIDAY, FRIDAY), days=[FRIDAY, FRIDAY]
    )
    assert [days(m) for m in found][1] == (FRIDAY, FRIDAY, "document")


@pytest.mark.parametrize("word", ["Almost immediately,", "Afterwards,", "Years later,"])
def test_what_came_next_is_not_of_the_day_of_the_report(nlp, pack, word):
    line = f"{word} Emmanuel Macron telephoned Pedro Sanchez to thank him."
    assert told(nlp, pack, "The swap of 2019 came to pass.", line) == [(None, None, "unknown")]


def test_what_followed_talks_in_a_month_does_not_date_them(nlp, pack):
    line = (
        "Following talks between France and Spain in Lima, the two reached an accord in Oslo in late January."
    )
    assert all(m[0] is None or m[0].month != 1 for m in told(nlp, pack, line))


def test_what_followed_talks_on_a_day_does(nlp, pack):
    line = "After talks between France and Spain in Lima, their ministers signed a pact on Thursday."
    assert told(nlp, pack, line)[0][0] == dt.date(2026, 3, 12)

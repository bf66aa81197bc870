"""A live feed on two sides: entries that tell of their talks of the day without naming both."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, read_lines

BACKGROUND = "Peru and Chile quarrel over hake. Peru says Chile takes too much, and Chile says Peru does."
PLAN = "Negotiators from Peru and Chile are due to meet in Quito on Wednesday."


@pytest.fixture(scope="module")
def feed(nlp):
    pack = load_domain(Settings(domain="generic"))
    return lambda *lines: read_lines(nlp, pack, lines, entries=range(len(lines)))[2]


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize(
    "line",
    [
        "The session has begun, Ecuador's foreign ministry says.",
        "The talks have resumed after a two-hour break.",
        "The two delegations have left the palace without a word.",
        "The third round is over, Ecuador says.",
        "The Chilean delegation has arrived at the palace.",
    ],
)
def test_an_entry_tells_of_the_talks_of_its_day(feed, line, newest_first):
    lines = [BACKGROUND, PLAN, line]
    found = feed(*(reversed(lines) if newest_first else lines))
    assert len(found) == 2
    assert {r.meeting_id for r in found} == {found[0].meeting_id}
    assert {(r.place, r.date_from, r.parties) for r in found} == {("Quito", march(11), ("CL", "PE"))}


@pytest.mark.parametrize(
    "line", ["The peace talks on Sudan have resumed.", "The round cost him his lead.", "The trial has begun."]
)
def test_an_entry_on_something_else_is_not_of_them(feed, line):
    assert len(feed(BACKGROUND, PLAN, line)) == 1

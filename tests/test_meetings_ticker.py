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
    ("line", "status"),
    [
        ("10:02 Talks begin in a tent.", "ongoing"),
        ("10:40 Session opens with a row over flags.", "ongoing"),
        ("13:00 Session resumes after lunch, which the delegations ate apart.", "ongoing"),
        ("14:10 Talks under way.", "ongoing"),
        ("19:45 JUST IN | Session over after six and a half hours.", "held"),
        ("19:50 Talks over.", "held"),
        ("20:02 Chile's delegation has left for the airport.", "held"),
    ],
)
def test_headlines_tell_how_it_stands_with_talks_of_which_an_hour_is_told(feed, line, status):
    plan = "07:20 The fifth round of talks between Peru and Chile is due to start at ten in Quito."
    first, second = feed(BACKGROUND, plan, line)
    assert (first.date_from, first.status) == (march(11), "scheduled")
    assert (second.meeting_id, second.place, second.status) == (first.meeting_id, "Quito", status)


def test_bare_sides_meet_again(feed):
    row = feed(BACKGROUND, PLAN, "20:30 Sides to meet again on 17 March, Ecuador says.")[-1]
    assert (row.parties, row.status, row.date_from) == (("CL", "PE"), "scheduled", march(17))


@pytest.mark.parametrize(
    "line",
    [
        "21:05 Traffic talks: the mayor of Quito resumes his sessions on buses.",
        "21:06 Market session ends higher.",
        "21:07 Talks over the border are a habit here.",
        "21:08 Both sides of the road reopen at ten.",
    ],
)
def test_headlines_on_something_else_are_no_talks(feed, line):
    assert len(feed(BACKGROUND, PLAN, line)) == 1


@pytest.mark.parametrize(
    "line", ["The peace talks on Sudan have resumed.", "The round cost him his lead.", "The trial has begun."]
)
def test_an_entry_on_something_else_is_not_of_them(feed, line):
    assert len(feed(BACKGROUND, PLAN, line)) == 1


@pytest.mark.parametrize(
    ("line", "status", "parties"),
    [
        ("19:30 Roe's visit to Lima tomorrow has been called off.", "cancelled", ("CL",)),
        ("21:15 Roe wraps up talks in Lima with Peruvian officials.", "held", ("CL", "PE")),
        ("21:20 Peru's president, Luis Paz, is giving a dinner for Roe.", "ongoing", ("CL", "PE")),
        ("21:30 Peru's president, Luis Paz, hosted a lunch in honour of Roe.", "held", ("CL", "PE")),
    ],
)
def test_entries_tell_of_their_day(feed, line, status, parties):
    row = feed("Chilean Foreign Minister Ana Roe left home.", line)[-1]
    assert (row.status, row.parties) == (status, parties)
    assert row.date_from == march(12 if status == "cancelled" else 11)


def test_of_the_newest_entry_on_top_the_plan_stands_below(nlp):
    lines = [
        "20:02 Chile's delegation has left the palace.",
        "13:00 Session resumes after lunch.",
        "08:00 Peru's team was held up at the airport.",
        "07:20 The fifth round of talks is due to start at ten in Quito.",
        BACKGROUND + " The nets of Peru and Chile tear. Peru and Chile share one sea.",
    ]
    pack = load_domain(Settings(domain="generic"))
    found = read_lines(nlp, pack, lines, entries=range(len(lines)), days=[march(11)] * len(lines))[2]
    assert [r.status for r in found] == ["held", "ongoing", "scheduled"]
    assert {r.place for r in found} == {"Quito"}
    assert len({r.meeting_id for r in found}) == 1

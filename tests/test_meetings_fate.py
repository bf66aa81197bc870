"""What becomes of a planned meeting, told of it in the lines after: put off, in doubt, avoided, over."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, rows_of

DUE = "Peru and Chile are due to hold talks in Quito on Friday."


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


@pytest.mark.parametrize(
    ("line", "status", "first"),
    [
        ("The meeting has been put off until next week.", "scheduled", 16),
        ("The meeting was pushed back to 20 March.", "scheduled", 20),
        ("The talks are in doubt.", "proposed", 13),
        ("Chile pulled out of the talks on Tuesday.", "ruled_out", 13),
        ("The meeting was boycotted by Chile.", "ruled_out", 13),
        ("Ahead of the talks, Peru released two fishermen.", "scheduled", 13),
        ("Before Friday's meeting, Peru released two fishermen.", "scheduled", 13),
        ("The meeting was announced by Ecuador's foreign ministry.", "scheduled", 13),
        ("They would be the first talks since 2019.", "scheduled", 13),
        ("This will be the third round of talks.", "scheduled", 13),
        ("The talks never got off the ground.", "cancelled", 13),
        ("The meeting failed to materialise.", "cancelled", 13),
    ],
)
def test_what_becomes_of_a_plan_is_told_of_it(rows, line, status, first):
    plan, told = rows(DUE, line)
    assert told.meeting_id == plan.meeting_id
    assert (told.status, told.parties, told.place) == (status, ("CL", "PE"), "Quito")
    assert told.date_from == march(first)


@pytest.mark.parametrize("line", ["The talks are over.", "The session is over."])
def test_what_is_over_was_held(rows, line):
    _, told = rows("Peru and Chile held talks in Quito on Tuesday.", line)
    assert (told.status, told.date_from) == ("held", march(10))


@pytest.mark.parametrize("line", ["The talks ended on Thursday.", "The talks broke up on Thursday."])
def test_talks_end_days_after_they_began(rows, line):
    began, ended = rows("Peru and Chile began talks in Quito on 2 March.", line)
    assert ended.meeting_id == began.meeting_id
    assert (ended.place, ended.date_from, ended.date_to) == ("Quito", march(2), march(5))


def test_who_leads_a_side_at_the_talks_is_at_them(rows):
    held, led = rows(
        "Peru and Chile held talks in Quito on Tuesday.", "Ana Roe led the Chilean side at the talks."
    )
    assert (led.meeting_id, led.participants, led.parties) == (held.meeting_id, ("Ana Roe",), ("CL",))


def test_two_sides_whose_delegations_are_named_are_whom_a_page_is_about(rows):
    found = rows(
        "Peru's delegation left for Quito, a spokesman said, and Chile is sending four negotiators.",
        "Chile's delegation is led by Ana Roe.",
        "Chile and Peru quarrel over hake. The Peruvian delegation is larger.",
        "Chile and Bolivia quarrel over water, and Bolivia and Chile over rail.",
        "The third round opens in Lima on 20 March.",
    )
    assert [r.parties for r in found if r.date_from == march(20)] == [("CL", "PE")]


@pytest.mark.parametrize(
    "line", ["The meeting was moved to Lima.", "The talks will now be held in Lima, Chile said."]
)
def test_a_plan_is_moved_to_another_place(rows, line):
    plan, moved = rows(DUE, line)
    assert moved.meeting_id == plan.meeting_id
    assert (moved.status, moved.place, moved.date_from) == ("scheduled", "Lima", march(13))


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Marco Rubio will visit Israel next week.", "scheduled"),
        ("Marco Rubio arrives in Jerusalem on Sunday to meet Benjamin Netanyahu.", "scheduled"),
        ("Chinese Foreign Minister Wang Yi visited Islamabad on Tuesday.", "held"),
    ],
)
def test_the_visit_is_that_just_told_of(rows, line, status):
    came, visit = rows(line, "The visit comes amid strained ties.")
    assert (visit.meeting_id, visit.status, visit.place) == (came.meeting_id, status, came.place)


def test_the_visit_is_not_a_meeting_of_two_elsewhere(rows):
    (row,) = rows(
        "French President Emmanuel Macron met Indian Prime Minister Narendra Modi in Paris on Tuesday.",
        "The visit of the fleet lasted a week. The visit by pupils was cut short.",
    )
    assert row.rule == "verb_meet"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Peru and Chile paused their talks in Quito on Wednesday for lunch.", "ongoing"),
        ("Talks between Peru and Chile in Quito were adjourned until Thursday.", "ongoing"),
        ("Talks between Peru and Chile have started in Quito.", "ongoing"),
        ("Peru and Chile have begun talks in Quito.", "ongoing"),
        ("Talks between Peru and Chile in Quito have been paused indefinitely.", "cancelled"),
        ("Talks between Peru and Chile in Quito have ended.", "held"),
        ("Talks between Peru and Chile have not started in Quito.", "cancelled"),
        ("There is a meeting of envoys of Peru and Chile in Quito.", "ongoing"),
        (
            "In Quito there’s a meeting of Peru and Chile where they will discuss fishing.",
            "scheduled",
        ),
        ("There was a meeting between Peru and Chile in Quito.", "held"),
    ],
)
def test_a_break_is_no_end(rows, line, status):
    (told,) = rows(line)
    assert told.status == status

"""Meetings of which a clause leaves open whether they have been: the page's other words for them decide."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import rows_of


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


PLAN = "Emmanuel Macron will meet Olaf Scholz in Lima next week."
OPEN = [
    "The meeting between Macron and Scholz aims to end the row over gas.",
    "The Macron-Scholz encounter was seen in Madrid as a first step.",
    "Strikes have jeopardised the meeting between Macron and Scholz.",
]


@pytest.mark.parametrize("line", OPEN)
def test_what_is_open_is_as_planned_as_the_page_tells(rows, line):
    plan, told = rows(PLAN, line)
    assert (plan.status, told.status) == ("scheduled", "scheduled")
    assert told.meeting_id == plan.meeting_id
    assert told.place == "Lima"


@pytest.mark.parametrize("line", OPEN)
def test_it_was_held_where_the_page_tells_that(rows, line):
    _, told = rows("Emmanuel Macron met Olaf Scholz in Lima on Monday.", line)
    assert told.status == "held"


def test_another_meeting_of_others_decides_nothing(rows):
    _, told = rows(
        "Pedro Sanchez will meet Giorgia Meloni in Lima next week.",
        "The meeting between Emmanuel Macron and Olaf Scholz aims to end the row over gas.",
    )
    assert told.status == "held"


def test_a_call_is_not_the_meeting_that_is_planned(rows):
    _, told = rows(PLAN, "The phone call between Macron and Scholz aims to end the row over gas.")
    assert told.status == "held"


@pytest.mark.parametrize(
    "line",
    [
        "Paris was putting any Macron-Scholz gathering on indefinite hold.",
        "Paris put the Macron-Scholz summit on hold.",
    ],
)
def test_what_is_put_on_hold_is_off(rows, line):
    plan = "Emmanuel Macron and Olaf Scholz want to meet."
    assert [m.status for m in rows(plan, line) if m.char_start > len(plan)] == ["cancelled"]


def test_where_it_is_thought_of_is_not_where_it_is(rows):
    _, told = rows(
        "Emmanuel Macron will meet Olaf Scholz on Friday.",
        "The Macron–Scholz encounter had been viewed in Madrid and Rome as the key step.",
    )
    assert told.place is None
    assert set(told.participants) == {"Emmanuel Macron", "Olaf Scholz"}


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("held", "Peru and Chile want to go on after the progress during Monday's talks in Lima."),
        ("held", "Emmanuel Macron would like to thank Olaf Scholz for his work in Monday's talks in Lima."),
        ("scheduled", "Anna Lund will thank both at Friday's talks between Peru and Chile in Lima."),
    ],
)
def test_what_something_came_of_has_been(rows, status, line):
    assert status in {m.status for m in rows(line)}


def test_one_more_call_is_not_the_one_that_was(rows):
    held, planned = rows(
        "Emmanuel Macron and Olaf Scholz held a call on Monday.",
        "Macron and Scholz might talk on the phone again this week.",
    )
    assert (held.status, planned.status) == ("held", "proposed")
    assert planned.meeting_id != held.meeting_id
    assert planned.date_from > held.date_to


@pytest.mark.parametrize("thing", ["punitive tariffs", "bidding", "sanctions", "fighting"])
def test_a_round_of_something_else_is_no_meeting(rows, thing):
    assert rows(f"Peru and Chile opened a new round of {thing} on Monday.") == []


def test_a_round_of_talks_is(rows):
    assert len(rows("Peru and Chile opened a new round of tariff talks in Lima on Monday.")) == 1


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("ruled_out", "Paris denied reports that Emmanuel Macron would meet Olaf Scholz in Lima next week."),
        ("ruled_out", "Paris denied that Emmanuel Macron had agreed to meet Olaf Scholz in Lima next week."),
        (
            "ruled_out",
            "Paris denied an official's claim that Emmanuel Macron would meet Olaf Scholz in Lima.",
        ),
        ("ruled_out", "Paris denied plans for a meeting between Emmanuel Macron and Olaf Scholz in Lima."),
        ("ruled_out", "Paris dismissed a report that Emmanuel Macron would fly to Lima to meet Olaf Scholz."),
        (
            "scheduled",
            "Paris confirmed reports that Emmanuel Macron will meet Olaf Scholz in Lima next week.",
        ),
        (
            "scheduled",
            "Paris denied the charge, and Emmanuel Macron will meet Olaf Scholz in Lima next week.",
        ),
    ],
)
def test_a_plan_that_is_denied_is_none(rows, status, line):
    assert {m.status for m in rows(line)} == {status}


def test_who_does_not_deny_a_plan_leaves_it(rows):
    line = "Paris did not deny reports that Emmanuel Macron would meet Olaf Scholz in Lima next week."
    assert "ruled_out" not in {m.status for m in rows(line)}


@pytest.mark.parametrize(
    "purpose",
    [
        "to restart truce negotiations between Chile and Spain, which broke down",
        "to try to revive discussions between Chile and Spain on a release of captives in Gaza",
    ],
)
def test_what_they_met_to_set_going_again_is_no_meeting(rows, purpose):
    (met,) = rows(f"Emmanuel Macron met Olaf Scholz in Lima on Monday {purpose}.")
    assert met.participants == ("Emmanuel Macron", "Olaf Scholz")


def test_what_they_met_to_set_going_is_one_where_it_has_a_place_and_day(rows):
    line = "Norway and Peru are working to resume the talks between Chile and Spain in Lima on Friday."
    assert any(m.place == "Lima" for m in rows(line))


def test_a_new_meeting_is_not_the_one_that_was_called_off(rows):
    off, new = rows(
        "Emmanuel Macron called off his meeting with Olaf Scholz in Lima on Friday.",
        "Macron is open to arranging a new meeting with Scholz.",
    )
    assert off.status == "cancelled"
    assert off.meeting_id != new.meeting_id

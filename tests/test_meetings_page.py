"""What a page tells of one occasion in several places is united; contacts beside it stay apart."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.extract.meetings.matching import Matcher
from pipeline.extract.meetings.occasions import Evidence, Occasion, Person
from pipeline.extract.meetings.places import Spot
from pipeline.extract.meetings.register import Register
from pipeline.model import DateRange
from pipeline.settings import Settings
from tests.meeting_pages import PUBLISHED, rows_of

REPORTED = DateRange(PUBLISHED, PUBLISHED)
CYPRUS, LARNACA = Spot("Cyprus", "CY", True), Spot("Larnaca", "CY", False)
MOSCOW = Spot("Moscow", "RU", False)


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


def told(*parties, spot=None, day=None, status="held", people=()):
    readings = () if day is None else (DateRange(dt.date(2026, 3, day), dt.date(2026, 3, day)),)
    return Evidence(
        frozenset(Person(*p) for p in people), frozenset(parties), spot, "in_person", readings, status,
        REPORTED, "d",
    )  # fmt: skip


def united(*evidence, feed=False, renewed=()):
    """Numbers of the occasions that are left of those that each piece of evidence makes alone."""
    register = Register(Matcher(frozenset(), frozenset()))
    for number, each in enumerate(evidence):
        occasion = Occasion(number, renewed=number in renewed)
        register.occasions.append(occasion)
        register.extend(occasion, each)
    return len(evidence) - len(register.unite_on_page((), feed=feed))


def test_same_sides_with_only_place_or_only_date_are_united():
    assert united(told("RU", "UA", spot=CYPRUS), told("RU", "UA", day=9)) == 1


def test_one_side_at_the_place_of_the_talks_is_united_also_in_a_feed():
    talks = told("RU", "UA", spot=LARNACA, day=9)
    assert united(talks, told("RU", spot=LARNACA, status="ongoing")) == 1
    assert united(talks, told("RU", spot=LARNACA, status="ongoing"), feed=True) == 1


def test_journey_to_the_capital_of_the_other_side_is_united():
    assert (
        united(told("US", spot=MOSCOW, status="scheduled"), told("RU", "US", day=15, status="scheduled")) == 1
    )


def test_other_days_places_sides_or_people_keep_occasions_apart():
    talks = told("RU", "UA", spot=LARNACA, day=9, people=[("A", "RU")])
    assert united(talks, told("RU", "UA", day=3)) == 2
    assert united(talks, told("RU", "UA", spot=MOSCOW)) == 2
    assert united(talks, told("RU", "US", day=9)) == 2
    assert united(talks, told("RU", "UA", "US", day=9)) == 2
    assert united(talks, told("RU", "UA", day=9, people=[("B", "RU")])) == 2


def test_plans_are_not_united_with_what_took_place():
    assert united(told("RU", "UA", spot=LARNACA), told("RU", "UA", day=20, status="scheduled")) == 2


def test_renewed_occasion_stays_by_itself():
    assert united(told("RU", "UA", spot=CYPRUS), told("RU", "UA", day=9), renewed={1}) == 2


def test_a_mention_that_fits_two_occasions_is_left():
    assert united(told("RU", "UA", spot=CYPRUS, day=2), told("RU", "UA", spot=MOSCOW, day=9),
                  told("RU", "UA")) == 3  # fmt: skip


def test_feed_keeps_sides_without_the_same_city_apart():
    assert united(told("RU", "UA", spot=CYPRUS), told("RU", "UA", day=9), feed=True) == 2


def test_the_two_teams_are_those_of_the_talks_told_before(rows):
    first, second = rows(
        "Russian and Ukrainian negotiators talked for three days in Cyprus.",
        "The two teams first sat down on Monday.",
    )
    assert first.meeting_id == second.meeting_id
    assert first.date_from == dt.date(2026, 3, 9)


def test_separate_contact_is_no_elaboration(rows):
    opening = "Russian and Ukrainian negotiators met in Oslo on Monday."
    first, second = rows(opening, "Russian and Ukrainian officers also met.")
    assert first.meeting_id == second.meeting_id
    first, second = rows(opening, "Russian and Ukrainian officers met separately.")
    assert first.meeting_id != second.meeting_id


@pytest.mark.parametrize(
    "line",
    [
        "A visit by U.S. envoy Nathan Sealy to Oslo set for March 18 was cancelled due to a storm.",
        "A meeting of Russian and Ukrainian negotiators, originally slated for Oslo, was put on ice.",
        "A meeting between Russian and Ukrainian envoys in Oslo was placed on hold.",
    ],
)
def test_plan_that_is_off_is_cancelled(rows, line):
    assert rows(line)[-1].status == "cancelled"


def test_day_of_the_cancellation_is_not_that_of_the_meeting(rows):
    (row,) = rows(
        "Consultations between the Indonesian and Chinese coast guards, originally slated for March 19 in "
        "Guangzhou, were put on hold last week."
    )
    assert (row.status, row.place, row.date_from) == ("cancelled", "Guangzhou", dt.date(2026, 3, 19))


def test_what_was_to_have_been_lies_ahead(rows):
    (row,) = rows("The leaders of Russia and Ukraine were to have met in Belgrade on Tuesday.")
    assert (row.status, row.date_from) == ("cancelled", dt.date(2026, 3, 17))


def test_place_of_what_came_before_the_talks_is_not_theirs(rows):
    found = rows(
        "Polish Prime Minister Jan Kowal received Ukrainian Foreign Minister Olha Danko in Warsaw on Monday.",
        "Prior to the talks, Danko laid a wreath at Powazki.",
    )
    assert all(row.place == "Warsaw" for row in found)

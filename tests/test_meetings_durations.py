"""Meetings that last several days, journeys to them, and places that "there" means."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, rows_of


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


@pytest.mark.parametrize(
    ("line", "status", "first", "last"),
    [  # published on Wednesday, 11 March
        ("Two days of talks between Peru and Chile wrapped up in Quito on Tuesday.", "held", 9, 10),
        ("A three-day round of talks between Peru and Chile ended on Tuesday in Quito.", "held", 8, 10),
        ("Peru and Chile concluded four days of negotiations in Quito on Tuesday.", "held", 7, 10),
        ("Talks of Peru and Chile opened in Quito on Tuesday and run until Friday.", "ongoing", 10, 13),
        ("Peru and Chile will hold three days of talks in Quito from Monday.", "scheduled", 16, 18),
        ("Envoys of Peru and Chile held talks in Quito from Sunday to Tuesday.", "held", 8, 10),
        ("Envoys of Peru and Chile met in Quito on 2 and 3 March.", "held", 2, 3),
        ("The talks of Peru and Chile in Quito, which began on Sunday, ended on Tuesday.", "held", 8, 10),
        # What is vague or counts something else is no duration.
        ("The second of three days of talks of Peru and Chile ended in Quito on Tuesday.", "held", 10, 10),
        ("The two-day talks between Peru and Chile resume in Quito on Thursday.", "scheduled", 12, 12),
        ("Peru and Chile will hold several days of talks in Quito from Monday.", "scheduled", 16, 16),
    ],
)  # fmt: skip
def test_a_meeting_takes_the_days_that_the_words_give_it(rows, line, status, first, last):
    (told,) = rows(line)
    assert (told.status, told.date_from, told.date_to) == (status, march(first), march(last))


def test_its_other_days_are_of_the_same_meeting(rows):
    whole, dinner, more = rows(
        "Three days of talks between Peru and Chile ended in Quito on Tuesday.",
        "On Monday evening they dined together.",
        "Envoys of Peru and Chile had met in Quito on 2 March, too.",
    )
    assert dinner.meeting_id == whole.meeting_id
    assert (dinner.date_from, dinner.date_to) == (march(9), march(9))
    assert more.meeting_id != whole.meeting_id


def test_its_first_and_its_last_day_may_be_told_apart(rows):
    first, last = rows(
        "Talks between Peru and Chile began in Quito on Sunday.", "The talks ended without a text on Tuesday."
    )
    assert first.meeting_id == last.meeting_id
    assert {(m.date_from, m.date_to) for m in (first, last)} == {(march(8), march(10))}


def test_a_week_in_which_it_was_is_not_how_long_it_took(rows):
    week, day = rows(
        "Peru and Chile held talks in Quito last week.",
        "At the talks on 4 March the envoys discussed fishing.",
    )
    assert week.meeting_id == day.meeting_id
    assert week.date_from == week.date_to == march(4)


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Peru's foreign minister Ana Roe flew to Quito on Sunday.",
            "She met President Luis Paz of Ecuador there on Monday.",
        ],
        ["Peru's Ana Roe flew to Quito on Sunday. She met President Luis Paz of Ecuador there on Monday."],
    ],
)  # fmt: skip
def test_the_day_of_the_meeting_goes_before_that_of_the_journey(rows, lines):
    found = rows(*lines)
    assert len({m.meeting_id for m in found}) == 1
    assert {m.place for m in found} == {"Quito"}
    assert found[-1].date_from == march(9)


def test_there_is_where_the_line_above_says(rows):
    _, experts = rows(
        "The fourth round of talks between Iran and the United States will be held in Rome on 20 March.",
        "Iranian diplomat Reza Foruz and US negotiator Helen Strand will gather there on Thursday.",
    )  # fmt: skip
    assert (experts.place, experts.date_from) == ("Rome", march(12))


def test_there_is_no_place_of_lines_far_above(rows):
    _, met = rows(
        "Peru and Chile will hold talks in Rome on 20 March.",
        "Prices rose.",
        "Shares fell.",
        "Iranian diplomat Reza Foruz and US negotiator Helen Strand will gather there on Thursday.",
    )
    assert met.place is None

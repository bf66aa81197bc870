"""Places and days for which meetings are set: unlisted towns, weeks of months, days before who tells."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, rows_of


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


@pytest.mark.parametrize(
    ("town", "line"),
    [
        ("Trondheim", "The next round between Serbia and Kosovo opens in Trondheim, Norway, on May 28."),
        ("Bad Ragaz", "Ministers of Armenia and Azerbaijan met in Bad Ragaz, Switzerland, on Tuesday."),
        ("Siem Reap", "The Thai and Cambodian ministers are to meet in Siem Reap on Friday."),
        ("Punta del Este", "Trade ministers of Brazil and Argentina met in Punta del Este on Monday."),
        ("Wilton Park", "Envoys of Sudan and the United States gathered at Wilton Park on Tuesday."),
        ("Évian-les-Bains", "French and Algerian negotiators met in Évian-les-Bains on Tuesday."),
    ],
)  # fmt: skip
def test_a_town_that_no_list_knows_has_its_whole_name(rows, town, line):
    assert [m.place for m in rows(line)] == [town]


@pytest.mark.parametrize(
    "line",
    [
        "Egypt and Sudan held talks in Parliament, the speaker said.",
        "Egypt and Sudan held talks on May 3, Norway said.",
        "Egypt and Sudan held talks in April, Norway said.",
    ],
)
def test_what_is_no_town_is_none(rows, line):
    assert {m.place for m in rows(line)} <= {None}


@pytest.mark.parametrize(
    ("first", "last", "line"),
    [  # published on Wednesday, 11 March
        (15, 21, "Peru and Chile will hold their third meeting in Lima in the third week of March."),
        (16, 22, "Peru and Chile will hold their third meeting in the week beginning March 16."),
        (21, 21, "Talks between Iran and Oman will be convened in Rome next Saturday, Qatar announced."),
        (13, 13, "Talks between Iran and Oman will be held in Rome on Friday, Qatar said."),
    ],
)  # fmt: skip
def test_the_day_or_week_that_is_set_is_the_meetings(rows, first, last, line):
    assert [(m.date_from, m.date_to) for m in rows(line)] == [(march(first), march(last))]


def test_a_span_since_the_last_meeting_is_not_when_they_meet(rows):
    assert [m.date_from for m in rows("It was the first meeting of Peru and Chile in 17 years.")] == [
        march(11)
    ]


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (13, "2026-03-13 Lima: Officials of Peru and Chile arrived for talks in Lima."),
        (None, "Officials of Peru and Chile, two guarantors of the 1960 accord, arrived for talks in Lima."),
    ],
)
def test_the_last_number_of_a_date_is_no_year_of_a_thing(rows, day, line):
    assert [m.date_from for m in rows(line)] == [None if day is None else march(day)]

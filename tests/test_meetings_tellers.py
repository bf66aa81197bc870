"""Who tells of a meeting and so took part in it; what is taken back by one of its sides."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, rows_of

PLAN = "Chile and Peru are due to hold talks in Lima on Friday."


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


@pytest.mark.parametrize(
    ("sentence", "status", "place", "parties"),
    [
        ("Chile's foreign minister said after talks in Brussels on Monday that a deal was near.",
         "held", "Brussels", ("CL",)),
        ("Following negotiations in Geneva on Tuesday, Iran's chief negotiator said that gaps remained.",
         "held", "Geneva", ("IR",)),
        ("Chile's president expressed satisfaction with the outcome of Monday's meeting with Peru's envoy.",
         "held", None, ("CL", "PE")),
        ("Chile's minister voiced disappointment at the outcome of his talks with Peru on Monday.",
         "held", None, ("CL", "PE")),
        ("Chile and Peru said that talks would resume in Lima next week.", "scheduled", "Lima", ("CL", "PE")),
        ("Chile and Peru announced in Oslo that the dialogue will be resumed in Lima on Monday.",
         "scheduled", "Lima", ("CL", "PE")),
        ("The Chilean president refused to meet Peru's foreign minister during his trip to Santiago.",
         "ruled_out", "Santiago", ("CL", "PE")),
        ("Chile will hold talks with its neighbour Peru in Lima.", "scheduled", "Lima", ("CL", "PE")),
        ("Envoys of Armenia and its arch-foe Azerbaijan met in Sochi.", "held", "Sochi", ("AM", "AZ")),
    ],
)  # fmt: skip
def test_tellers_and_neighbours_take_part(rows, sentence, status, place, parties):
    (row,) = rows(sentence)
    assert (row.status, row.place, row.parties) == (status, place, parties)


@pytest.mark.parametrize(
    "sentence",
    [
        "Chile's foreign minister said after the talks in Geneva on Monday that he hoped for a truce.",
        "An analyst in Brussels said after talks in Geneva on Monday that gaps remained.",
        "Kremlin spokesman Dmitry Peskov said after talks in Istanbul on Monday that work would go on.",
        "Peru's president visited a power station in Peru's neighbour Chile.",
    ],
)
def test_who_speaks_of_others_takes_no_part(rows, sentence):
    assert rows(sentence) == []


@pytest.mark.parametrize(
    "line",
    [
        "Peru cancelled the talks after the incident.",
        "Peru's foreign ministry said Chile had called off the scheduled talks on a pretext.",
        "Chile scrapped the planned talks late on Tuesday.",
        "Chile has postponed the talks indefinitely, the ministry said.",
        "Chile's decision to call off the negotiations surprised Peru.",
    ],
)
def test_talks_that_one_side_takes_back_are_those_told_before(rows, line):
    plan, off = rows(PLAN, line)
    assert off.meeting_id == plan.meeting_id
    assert (off.status, off.place, off.date_from) == ("cancelled", "Lima", march(13))


@pytest.mark.parametrize(
    "line", ["Chile has suspended the talks with its creditors.", "Chile cancelled the talks of its unions."]
)
def test_talks_with_others_are_not_those(rows, line):
    assert len(rows(PLAN, line)) == 1


@pytest.mark.parametrize("day", ["on March 25", "next week"])
def test_a_line_that_tells_where_and_when_completes_the_plan(rows, day):
    first, second = rows(
        "Chile has called off talks with Peru.", f"The talks were due to be held in Lima {day}."
    )
    assert first.meeting_id == second.meeting_id
    assert second.place == "Lima" and second.date_from == first.date_from is not None
    assert first.status == second.status == "cancelled"  # they "were due", and are off


def test_leaders_of_two_states_are_not_the_ministers_named_before(rows):
    _, deal = rows(
        "Peru's foreign minister Ana Soler met Chile's foreign minister Luis Rojas in Oslo on Monday.",
        "The presidents of the two countries agreed on a truce during their meeting in Lima on December 1.",
    )
    assert (deal.place, deal.parties, deal.participants) == ("Lima", ("CL", "PE"), ())


@pytest.mark.parametrize(
    ("sentence", "status", "last"),
    [
        ("Chile's president flew to Lima this month to meet Peru's president.", "held", 11),
        ("Chile's envoy travelled to Lima this week for talks with Peru's president.", "held", 11),
        ("Chile's envoy arrived in Lima this week for talks with Peru's president.", "scheduled", 15),
        ("Chile's envoy flew to Lima on Wednesday for talks with Peru's president.", "scheduled", 11),
        ("Chile and Peru will wrap up the first round of talks in Quito on Friday.", "scheduled", 13),
    ],
)
def test_a_journey_of_this_week_is_made_and_a_round_that_will_close_goes_on(rows, sentence, status, last):
    (row,) = rows(sentence)
    assert (row.status, row.date_to) == (status, march(last))


@pytest.mark.parametrize("kind", ["extraordinary", "crucial", "all-night", "historic"])
def test_how_a_meeting_was_names_no_other(rows, kind):
    first, second = rows("Chile and Peru met in Lima on Monday.", f"The {kind} meeting ended without a deal.")
    assert first.meeting_id == second.meeting_id


def test_armies_that_face_each_other_do_not_meet(rows):
    assert len(rows("Chile and Peru met in Lima on Monday after a face-off between their armies.")) == 1


@pytest.mark.parametrize(
    ("sentence", "status", "day"),
    [
        (
            "The meeting in Lima on Monday between Chile and Peru followed an accord two months ago.",
            "held",
            9,
        ),
        ("The meeting in Lima between Chile and Peru followed an accord two months ago.", "held", 11),
        ("Chile and Peru – both members of the pact – held talks in Lima on Monday.", "held", 9),
    ],
)
def test_the_day_of_what_was_before_is_not_the_meetings(rows, sentence, status, day):
    (row,) = rows(sentence)
    assert (row.status, row.place, row.date_from) == (status, "Lima", march(day))


def test_whoever_meets_now_held_the_talks_that_went_before(rows):
    first, now = sorted(
        rows("The summit of Chile and Peru in Lima on Monday followed talks in Oslo in February."),
        key=lambda row: row.date_from,
    )
    assert (first.place, first.parties) == ("Oslo", ("CL", "PE"))
    assert (now.place, now.date_from) == ("Lima", march(9))


def test_the_year_of_a_thing_is_not_the_meetings(rows):
    (row,) = rows("Chile and Peru met in Lima on Monday under the 1995 accord.")
    assert (row.date_from, row.date_to) == (march(9), march(9))
    (row,) = rows("Chile and Peru met in Lima under the 1995 accord.")
    assert row.date_from == march(11)


def test_rounds_so_far_are_not_the_one_of_the_day(rows):
    today, so_far = rows(
        "Chile and Peru opened talks in Lima on Monday.", "Chile and Peru have held 11 rounds of talks."
    )
    assert today.meeting_id != so_far.meeting_id
    assert (so_far.place, so_far.date_from) == (None, None)

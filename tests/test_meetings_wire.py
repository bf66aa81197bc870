"""Meetings in wire copy of many negotiations: torn phrases, plans pointed at, hosts, days of other deeds."""

import datetime as dt

import pytest

from pipeline.dates.expressions import find_dates
from pipeline.domain import load_domain
from pipeline.extract.meetings.places import world_of
from pipeline.model import DateRange
from pipeline.settings import Settings
from tests.meeting_pages import rows_of


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


@pytest.fixture(scope="module")
def rows(nlp, pack):
    """Merged mentions of a page made of lines, told on Wednesday, 11 March 2026."""
    return rows_of(nlp, pack)


@pytest.mark.parametrize(
    ("line", "parties", "status"),
    [
        # the hyphen of a truce makes no fire of it
        ("Kenya and Uganda will hold cease-fire talks in Arusha on Friday.", {"KE", "UG"}, "scheduled"),
        # the first of two titles is no title of the second
        (
            "Peru's president met U.S. Secretary of State Carl Dunn and European Union trade chief "
            "Anna Berg in Lima on Monday.",
            {"PE", "US", "EU"},
            "held",
        ),
        # those who lead services in several states are of those states
        (
            "The ministers of defence and the heads of the services in Chad, Niger and Mali are going to "
            "meet in Niamey on Friday.",
            {"TD", "NE", "ML"},
            "scheduled",
        ),
        # guests talk with the country's own
        ("Japan's finance minister arrived in Brazil on Monday for talks with top officials.",
         {"JP", "BR"}, "held"),
        # a bloc's summit is a meeting of its members
        ("An emergency EU summit has been called for Sunday.", {"EU"}, "scheduled"),
        ("Chile and Peru meet in Lima on Friday for talks on fishing.", {"CL", "PE"}, "scheduled"),
    ],
)  # fmt: skip
def test_who_meets_is_read_through_titles_lists_and_hosts(rows, line, parties, status):
    found = rows(line)
    assert [(set(r.parties), r.status) for r in found] == [(parties, status)]


@pytest.mark.parametrize(
    ("line", "day", "place", "status"),
    [
        # what hangs on the meeting's own verb is its day, not when it was agreed
        (
            "Chile's president and Peru's president agreed on Monday to meet in Lima on April 29.",
            dt.date(2026, 4, 29), "Lima", "scheduled",
        ),
        ("Chile's and Peru's presidents met in Lima on Monday to discuss fishing.",
         dt.date(2026, 3, 9), "Lima", "held"),
        ("Chile's finance minister Ana Ruiz was in Lima on Tuesday to meet Peruvian officials.",
         dt.date(2026, 3, 10), "Lima", "held"),
        ("Chile's president will embark upon an official visit to Peru on Sunday.",
         dt.date(2026, 3, 15), "Peru", "scheduled"),
        ("Two rounds of talks between Chile and Peru were held on Monday in Oslo under Norway's mediation.",
         dt.date(2026, 3, 9), "Oslo", "held"),
        ("Chile's president has authorized envoy Ana Ruiz to travel to Peru on Friday.",
         dt.date(2026, 3, 13), "Peru", "scheduled"),
        ("An aide confirmed a report that Chile's president would visit Peru next Friday.",
         dt.date(2026, 3, 20), "Peru", "scheduled"),
    ],
)  # fmt: skip
def test_day_place_and_status_are_the_meeting_s_own(rows, line, day, place, status):
    assert [(r.date_from, r.place, r.status) for r in rows(line)] == [(day, place, status)]


def test_talks_being_held_go_on(rows):
    first, *_ = rows("Talks being held in Rome between Chile and Peru are tense, an aide said.")
    assert (first.status, first.place) == ("ongoing", "Rome")


def test_who_also_attended_joins_those_told_of(rows):
    first, joined = rows(
        "The ministers of Chile and Peru met in Lima on Monday.", "Envoys of Japan also attended the meeting."
    )
    assert (joined.meeting_id, joined.parties) == (first.meeting_id, ("CL", "JP", "PE"))


def test_what_a_planned_meeting_is_said_to_be_leaves_it_planned(rows):
    first, second = rows(
        "The presidents of Chile and Peru will meet in Lima on Friday.", "The meeting is the first in years."
    )
    assert (second.meeting_id, second.status) == (first.meeting_id, "scheduled")


def test_the_delegation_is_the_one_named_before(rows):
    _, met = rows(
        "An International Monetary Fund delegation led by Ana Ruiz will visit Lusaka from Thursday.",
        "The delegation will meet Zambian Finance Minister Peter Mwale on Friday.",
    )
    assert (set(met.parties), met.status) == ({"IMF", "ZM"}, "scheduled")


def test_talks_that_are_being_held_are_not_over(rows):
    first, second = rows(
        "Envoys of Chile and Peru are meeting for a second round of talks in Oslo.",
        "The talks are being held under the auspices of a UN envoy.",
    )
    assert (first.status, second.status) == ("ongoing", "ongoing")


def test_a_town_is_the_place_rather_than_the_city_that_it_is_near(rows):
    (row,) = rows("Envoys of Chile and Peru will meet in the town of Evian near Geneva on Friday.")
    assert row.place == "Evian"


def test_a_decision_not_to_attend_is_of_what_is_to_come(rows):
    told = rows(
        "Chile's president met Peru's president in Lima last week.",
        "An aide spoke of his decision not to attend the summit.",
    )
    assert [r.status for r in told] == ["held"]


def test_a_stop_of_a_tour_is_nobody_else_s_meeting(rows):
    told = rows(
        "The presidents of Chile and Peru met in Lima on Monday.",
        "Norway's minister spoke in Oslo, the first stop on a tour that includes Rome.",
    )
    assert all(set(r.parties) != {"CL", "PE"} or r.place == "Lima" for r in told)
    assert len(told) == 1


def test_the_two_of_a_telephone_call_are_those_named_before(rows):
    _, call = rows(
        "Chile's president Ana Ruiz and Peru's president Luis Vega will meet in Lima on Friday.",
        "In a telephone conversation, the two leaders discussed fishing.",
    )
    assert (call.form, set(call.participants), call.status) == ("phone", {"Ana Ruiz", "Luis Vega"}, "held")


def test_what_the_two_will_discuss_and_its_outcome_are_of_the_meeting_told_of(rows):
    first, plan = rows(
        "Chile's president Ana Ruiz and Peru's president Luis Vega will meet in Lima on Friday.",
        "The two will discuss fishing.",
    )
    assert (plan.meeting_id, plan.status) == (first.meeting_id, "scheduled")
    held, outcome = rows(
        "Chile's president Ana Ruiz and Peru's president Luis Vega held talks in Lima on Monday.",
        "The outcome of the talks was unclear.",
    )
    assert (outcome.meeting_id, outcome.status) == (held.meeting_id, "held")


def test_a_movement_is_a_side_by_its_bare_name(rows):
    first, *_ = rows(
        "Hezbollah officials are expected to travel to Norway on Friday for talks.",
        "Hezbollah has fought since 2019.",
    )
    assert first.participants == ("Hezbollah",)
    assert (first.status, first.place) == ("scheduled", "Norway")


def test_a_pair_after_between_is_read_though_the_parse_tears_it_apart(rows):
    (row,) = rows(
        "The second exploratory talks under the nine-month old Ferrer administration between the Government "
        "of the Republic of the Philippines (GRP) and the Government of Japan (GOJ) scheduled on "
        "March 29 and 30 in Oslo has been moved to April 27."
    )
    assert row.parties == ("JP", "PH")


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("The visit of the Chilean minister to Lima on Friday stands cancelled.", "cancelled"),
        ("If Peru agrees, Chile's president will meet Peru's president in Lima.", "proposed"),
        ("Chile is waiting for an answer regarding a meeting between its president and Peru's.", "proposed"),
    ],
)
def test_what_stands_hangs_on_a_condition_or_is_awaited_is_not_held(rows, line, status):
    assert {r.status for r in rows(line)} == {status}


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("It was the first time that the meeting would be held in Lima, an aide said.", "scheduled"),
        ("Chile had proposed talks on March 20.", "proposed"),
    ],
)
def test_a_reference_to_a_plan_is_no_report_that_it_took_place(rows, line, status):
    first, second = rows("The presidents of Chile and Peru will meet in Lima on March 20.", line)
    assert (first.status, second.status) == ("scheduled", status)
    assert second.meeting_id == first.meeting_id


def test_several_meetings_to_come_are_not_the_one_that_is_planned(rows):
    (row,) = rows(
        "The presidents of Chile and Peru will meet in Lima on March 20.",
        '"There will be a few more meetings before we have a deal," he said.',
    )
    assert row.parties == ("CL", "PE")


def test_a_dinner_is_given_for_those_who_sit_at_it_and_is_the_one_told_of(rows):
    first, second = rows(
        "UN envoy Erik Lunde will host a dinner for President Ana Ruiz and her Peruvian counterpart Luis "
        "Vega in Geneva on Friday.",
        "The dinner will last two hours.",
    )
    assert set(first.participants) >= {"Erik Lunde", "Ana Ruiz"}
    assert (second.meeting_id, second.date_from) == (first.meeting_id, first.date_from)


def test_days_hang_on_the_auxiliary_and_on_the_main_clause(rows):
    (hosted,) = rows("Oslo had on Monday and Tuesday hosted a meeting of the ministers of Chile and Peru.")
    assert (hosted.place, hosted.date_from, hosted.date_to) == (
        "Oslo", dt.date(2026, 3, 9), dt.date(2026, 3, 10)
    )  # fmt: skip
    (called,) = rows("On Monday, Ana Ruiz of Chile stepped in, calling President Luis Vega of Peru.")
    assert called.date_from == dt.date(2026, 3, 9)


def test_the_day_of_what_follows_is_not_the_meeting_s(rows):
    (row,) = rows("Chile and Peru had negotiated in Oslo for more than a year before signing a treaty.")
    assert row.date_from is None or row.date_from <= dt.date(2026, 3, 11)


def test_where_it_was_is_not_where_it_is_judged(rows):
    told = rows(
        "Chile's president had a meeting with Peru's president on Monday.",
        "Officials in Santiago described the meeting as frank.",
    )
    assert [(r.place, r.status) for r in told] == [(None, "held"), (None, "held")]


def test_the_date_of_a_dateline_is_not_the_meeting_s(rows):
    (row,) = rows(
        "LIMA, March 11 (Post) -- Chile's president plans to meet Peru's president in Oslo, he said."
    )
    assert (row.date_from, row.status, row.place) == (None, "scheduled", "Oslo")


def test_here_is_the_dateline_s_city(rows):
    (row,) = rows("Vienna — Chile's president Ana Ruiz met Peru's president Luis Vega here on Monday.")
    assert row.place == "Vienna"


def test_a_city_that_begins_a_body_s_name_is_no_place(nlp, pack):
    doc = nlp("Modi flew home before the Shanghai Cooperation Organisation summit.")
    token = next(t for t in doc if t.text == "Shanghai")
    world = world_of(pack)
    assert world._in_body(token)
    assert not world._in_body(next(t for t in nlp("The Shanghai talks ended.") if t.text == "Shanghai"))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("They will meet later in the week.", dt.date(2026, 3, 11), dt.date(2026, 3, 15)),
        ("They will meet on 10, 11 and 12 April.", dt.date(2026, 4, 10), dt.date(2026, 4, 12)),
    ],
)
def test_spans_of_days_are_read_whole(text, first, last):
    told = dt.date(2026, 3, 11)
    (found,) = find_dates(text, DateRange(told, told))
    assert found.days == DateRange(first, last)

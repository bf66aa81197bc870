"""Ways in which a line tells a meeting: idioms, pairs, delegations, several at once; on invented lines."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, rows_of

SEALY = "U.S. envoy Nathan Sealy arrived for the day."
DANKO = "Ukrainian Foreign Minister Olha Danko was at home."
KALUGIN = "Russian President Rodion Kalugin said nothing."


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


def last(found):
    return found[-1]


@pytest.mark.parametrize(
    "line",
    [
        "Sealy took Danko aside.",
        "Sealy called on Danko on Tuesday.",
        "Sealy looked Danko in the eye.",
        "Sealy paid a visit to Danko.",
        "Sealy dropped in on Danko.",
        "Sealy saw Danko twice.",
        "Sealy discussed the border with Danko on Monday.",
    ],
)
def test_contacts_told_by_idioms(rows, line):
    row = last(rows(SEALY, DANKO, line))
    assert set(row.participants) == {"Nathan Sealy", "Olha Danko"}
    assert (row.parties, row.status) == (("UA", "US"), "held")


@pytest.mark.parametrize(
    "line",
    [
        "Sealy called on Danko to resign.",
        "Sealy looked Danko up in a book.",
        "Business leaders from Ukraine and Poland gathered in Warsaw on Tuesday.",
        "A second was killed in Kharkiv on Monday.",
        "The second day of fighting in Kharkiv left three dead.",
    ],
)
def test_their_look_alikes_are_no_meetings(rows, line):
    assert rows(DANKO, line) == []


def test_the_two_are_the_people_named_last_also_in_the_line_before(rows):
    row = last(rows(KALUGIN, SEALY, DANKO, "The two had a video call on Sunday."))
    assert set(row.participants) == {"Nathan Sealy", "Olha Danko"}
    assert (row.form, row.date_from) == ("video", dt.date(2026, 3, 8))


def test_the_page_tells_whom_a_counterpart_acts_for(rows):
    (row,) = rows(
        "Japan's trade minister, Kenji Morimoto, and his Australian opposite number, Fiona Sandersen, "
        "will hold a third round of negotiations in Tokyo on Thursday."
    )
    assert (row.parties, row.place, row.status) == (("AU", "JP"), "Tokyo", "scheduled")


def test_places_and_days_of_one_verb_make_a_mention_each(rows):
    found = rows(SEALY, "Sealy is due in Cairo on Friday and in Doha on Sunday.")
    assert [(m.place, m.date_from) for m in found] == [
        ("Cairo", dt.date(2026, 3, 13)),
        ("Doha", dt.date(2026, 3, 15)),
    ]


def test_partners_of_one_verb_make_a_mention_each(rows):
    found = rows(
        SEALY, DANKO, "Sealy spoke to Danko by phone on Tuesday and to his Russian counterpart on Monday."
    )
    assert [(m.parties, m.date_from) for m in found] == [
        (("UA", "US"), dt.date(2026, 3, 10)),
        (("RU", "US"), dt.date(2026, 3, 9)),
    ]


def test_where_gives_a_meeting_its_place_and_ties_it_to_the_journey(rows):
    (row,) = rows(DANKO, KALUGIN, "Danko flies to Muscat, where she meets Kalugin on Friday.")
    assert (row.place, row.status, row.parties) == ("Muscat", "scheduled", ("RU", "UA"))


def test_there_is_the_place_named_before(rows):
    row = last(rows(DANKO, KALUGIN, "Danko visited Ankara in February and met Kalugin there."))
    assert row.place == "Ankara"


def test_a_dateline_is_no_subject(rows):
    (row,) = rows(
        "TEHRAN, March 11 (PNA) – Iranian Foreign Minister Behrouz Tavakoli has arrived in Baku to hold "
        "talks with senior Azerbaijani officials."
    )
    assert (row.parties, row.place) == (("AZ", "IR"), "Baku")


def test_a_label_before_a_colon_is_no_subject(rows):
    (row,) = rows("Georgia: NATO's deputy secretary general, Pieter Vos, was in Tbilisi on Tuesday.")
    assert (row.participants, row.place) == (("Pieter Vos",), "Tbilisi")


def test_who_leads_a_delegation_is_at_the_meeting_told_of(rows):
    found = rows(
        "Russian and Ukrainian delegations held talks in Ankara on Tuesday.",
        "The Russian delegation was led by Deputy Foreign Minister Stanislav Ognev.",
    )
    assert found[1].participants == ("Stanislav Ognev",)
    assert found[1].meeting_id == found[0].meeting_id


def test_another_day_of_talks_is_the_same_meeting(rows):
    found = rows(
        "Russian and Ukrainian delegations held talks in Ankara on Tuesday.",
        "A second day of talks is planned for Wednesday.",
    )
    assert found[1].meeting_id == found[0].meeting_id


def test_a_round_left_unnamed_is_another_one_of_the_same_sides(rows):
    found = rows(
        "A first round of talks between Congo and Rwanda was held in Doha in February.",
        "A second was to be held in Nairobi on 19 March but was cancelled.",
    )
    assert (found[1].place, found[1].parties) == ("Nairobi", ("CD", "RW"))
    assert found[1].meeting_id != found[0].meeting_id


def test_countries_stand_for_the_sides_of_the_page_not_its_people(rows):
    found = rows(
        "Indian and Nepali negotiators held talks in Kathmandu on Tuesday.",
        "The foreign secretaries of the two countries last held talks in New Delhi in 2023.",
    )
    assert (found[1].participants, found[1].parties) == ((), ("IN", "NP"))


def test_an_agenda_without_a_verb_names_who_meets(rows):
    (row,) = rows("German Chancellor Annette Bruehl and President Rodion Kalugin of Russia, working lunch.")
    assert row.parties == ("DE", "RU")


def test_you_in_an_interview_is_the_one_who_answers_in_quotation_marks(rows):
    found = rows(
        "Estonian Foreign Minister Kadri Saar received us in her office.",
        "When did you last see Russian Foreign Minister Pavel Orlov?",
        "“In January, for an hour.”",
        "Will you see him again?",
        "“I hope so. I met the Latvian foreign minister about it on Monday.”",
    )
    assert [(m.parties, m.status) for m in found] == [
        (("EE", "RU"), "held"),
        (("EE", "RU"), "scheduled"),
        (("EE", "LV"), "held"),
    ]
    assert found[0].date_from is None


def test_a_progressive_with_a_weekday_announces(rows):
    (row,) = rows(DANKO, "Danko is travelling to Ankara on Friday.")
    assert (row.status, row.date_from) == ("scheduled", dt.date(2026, 3, 13))


def test_a_bare_round_in_a_line_is_of_the_sides_told_in_it(rows):
    found = rows(
        "Russian and Ukrainian delegations held talks in Ankara on Tuesday.",
        "Danko, the Ukrainian minister, received a Polish delegation in Kyiv on Monday; a second meeting, in "
        "Warsaw, is expected in April.",
    )
    assert found[-1].parties == ("PL", "UA")
    assert found[-1].place == "Warsaw"


def test_who_is_asked_for_time_has_not_met_yet(rows):
    row = last(rows(SEALY, DANKO, "Danko has asked for an hour with Sealy."))
    assert (row.status, set(row.participants)) == ("proposed", {"Nathan Sealy", "Olha Danko"})


@pytest.mark.parametrize(
    ("when", "first", "last_day"),
    [
        ("the previous month", dt.date(2025, 7, 1), dt.date(2025, 7, 31)),
        ("the month before", dt.date(2025, 7, 1), dt.date(2025, 7, 31)),
    ],
)
def test_days_that_count_from_a_day_named_before_do_not_count_from_the_report(rows, when, first, last_day):
    row = last(rows(SEALY, DANKO, f"A truce began in August 2025 after Sealy met Danko in Cairo {when}."))
    assert (row.date_from, row.date_to) == (first, last_day)


@pytest.mark.parametrize("when", ["held in Cairo on 3 February,", "which was held in Cairo on 3 February,"])
def test_a_round_of_talks_was_where_and_when_the_round_was_held(rows, when):
    (row,) = rows(f"The last round of talks between Egypt and Norway, {when} ended without a deal.")
    assert (row.place, row.date_from, row.date_to) == ("Cairo", dt.date(2026, 2, 3), dt.date(2026, 2, 3))
    assert row.evidence.startswith("The last round of talks")


@pytest.mark.parametrize(
    "line",
    [
        "Talks between Egypt and Norway have been postponed.",
        "The fourth round of Egypt-Norway fishing talks, brokered by Oman, has been cancelled.",
    ],
)
def test_talks_that_are_postponed_were_an_occasion(rows, line):
    (row,) = rows(line)
    assert {"EG", "NO"} <= set(row.parties)
    assert row.status == "cancelled"


def test_talks_that_are_needed_are_none(rows):
    assert rows("The dispute will require further talks between Egypt and Norway.") == []


def test_two_plans_of_one_report_that_lie_weeks_apart_stay_two(rows):
    found = rows(
        SEALY,
        DANKO,
        "Sealy will meet Danko in late July.",
        "Sealy and Danko will meet again in New York in October.",
    )
    assert [m.place for m in found] == [None, "New York"]
    assert len({m.meeting_id for m in found}) == 2


def test_who_hopes_for_a_call_has_had_none(rows):
    (row,) = rows("Ukrainian officials are hoping to secure a phone call with the Polish president.")
    assert (row.status, row.form, row.parties) == ("proposed", "phone", ("PL", "UA"))


@pytest.mark.parametrize(
    "line",
    [
        "One of the topics of the 10 March meeting between Peru and Chile was a possible accord.",
        "Held in Quito on 10 March, the meeting of Peru and Chile brought no accord.",
    ],
)
def test_what_is_told_of_a_meeting_is_of_its_own_day(rows, line):
    (told,) = rows(line)
    assert (told.status, told.date_from) == ("held", march(10))


def test_the_delegations_are_not_a_guest_and_his_hosts(rows):
    found = rows(
        "US envoy Roe met Peruvian President Ana Diaz and Chilean President Ivo Gomez in Quito on Monday.",
        "The delegations meet for 14 hours in Oslo on Tuesday.",
    )
    assert [m.place for m in found] == ["Quito"]


def test_a_meeting_by_some_day_is_not_the_one_of_today(rows):
    held, planned = rows(
        "The presidents of Peru and Chile, Ana Roe and Luis Paz, met in Quito on Wednesday.",
        "Roe and Paz will meet again in Quito by the end of May, their spokesmen said.",
    )
    assert planned.meeting_id != held.meeting_id
    assert (planned.status, planned.date_from, planned.date_to) == (
        "scheduled", march(12), dt.date(2026, 5, 31),
    )  # fmt: skip

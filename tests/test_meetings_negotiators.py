"""Tests of rounds and delegations that name nobody, and of where "back" and "the same city" put them."""

import pytest

from pipeline.domain import load_domain
from pipeline.extract.meetings import merge_meetings
from pipeline.settings import Settings
from tests.meeting_pages import march, read_lines, rows_of

ENDED = "Talks between Chile and Peru ended in Oslo on Monday without a deal."
VISIT = "Brazil's president Ana Souza welcomed Peru's president Luis Vega in Brasilia on Monday."
PUT_OFF = "The cancellation came on what should have been the first day of talks between Chile and Peru."
BROKEN_OFF = (
    "Mr Vega confirmed that Peru was ready to resume the talks with Chile, "
    "which were broken off by Santiago before the third round in Oslo on Tuesday."
)
HOME = (
    "Turkey opened the talks. Turkey said it would go on. Turkish officials were hopeful and Turkey can host."
)


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


def told(row):
    return row.status, row.place, row.date_from, row.parties


@pytest.mark.parametrize(
    ("line", "place", "day"),
    [
        ("Both sides have agreed to come back to Oslo next Tuesday.", "Oslo", march(17)),
        ("Negotiators will go back to Norway on Friday, he said.", "Norway", march(13)),
        ("The two sides are expected to head back to Oslo on Friday.", "Oslo", march(13)),
        ("The second round will be held in the same city on Friday.", "Oslo", march(13)),
        ("They will meet again at the same venue on Friday.", "Oslo", march(13)),
    ],
)
def test_those_who_come_back_meet_where_they_were(rows, line, place, day):
    assert told(rows(ENDED, line)[-1]) == ("scheduled", place, day, ("CL", "PE"))


@pytest.mark.parametrize(
    "line",
    [
        "The two delegations will be back home on Wednesday.",
        "The displaced will come back to Arica next Tuesday.",
        "Both sides agreed to go back to the ceasefire lines on Friday.",
        "Two men were arrested in the same city on Friday.",
    ],
)
def test_whoever_else_comes_back_meets_nobody(rows, line):
    assert len(rows(ENDED, line)) == 1


def test_a_round_is_of_those_between_whom_talks_are_told(rows):
    found = rows(
        VISIT, BROKEN_OFF, "Norway announced that the two delegations would meet in Lisbon next Friday."
    )
    assert [told(row) for row in found[1:]] == [
        ("cancelled", "Oslo", march(10), ("CL", "PE")),
        ("scheduled", "Lisbon", march(20), ("CL", "PE")),
    ]
    found = rows(VISIT, PUT_OFF, "The third round had only been put off, he said.")
    assert (found[-1].status, found[-1].parties) == ("cancelled", ("CL", "PE"))


def test_others_who_met_are_no_negotiators(rows):
    dinner = "He briefed her on the talks between Peru and Chile. The two presidents dined again on Tuesday."
    assert {row.parties for row in rows(VISIT, dinner)} == {("BR", "PE")}


def test_rounds_of_a_chronicle_are_of_those_of_its_lead(rows):
    found = rows(
        "After more than a month of talks in Oslo, Chile and Peru agreed on a truce.",
        "March 2: First round in Oslo.",
        "March 5: The delegations meet for nine hours in Lisbon.",
        "The third round of negotiations is to be held in Lisbon on March 20.",
    )
    assert [(row.status, row.place, row.parties) for row in found] == [
        ("held", "Oslo", ("CL", "PE")),
        ("held", "Lisbon", ("CL", "PE")),
        ("scheduled", "Lisbon", ("CL", "PE")),
    ]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Chile pulled out before a second round of talks with Peru in Oslo on Monday.", "cancelled"),
        ("Chile lifted sanctions before the third round of talks with Peru in Oslo last Tuesday.", "held"),
        ("Chile broke off trade ahead of the meeting with Peru in Oslo on March 20.", "scheduled"),
    ],
)
def test_talks_that_ended_before_a_round_were_not_held(rows, line, status):
    assert [row.status for row in rows(line)] == [status]


@pytest.mark.parametrize(
    ("line", "parties"),
    [
        (
            "Peru's envoy Luis Vega will be in Santiago on Friday for talks with President Pedro Okoro.",
            ("CL", "PE"),
        ),
        (
            "Peru's envoy Luis Vega is in Santiago, where he meets President Pedro Okoro on Friday.",
            ("CL", "PE"),
        ),
        ("President Mehmet Okoro met the Peruvian foreign minister, Luis Vega, on Friday.", ("PE", "TR")),
    ],
)
def test_a_head_of_state_met_in_a_capital_is_of_that_state(rows, line, parties):
    assert rows(HOME, line)[-1].parties == parties


def test_a_visit_went_where_it_is_told_to_have_gone(rows):
    line = (
        "The invitation to Quito was handed over by Chilean envoy Ana Ruiz on her visit to Lima last Friday."
    )
    assert [(row.place, row.date_from) for row in rows(line)] == [("Lima", march(6))]


def test_a_meeting_told_behind_a_video_call_is_that_call(rows):
    call = "Chile's president Ana Ruiz and Peru's president Luis Vega held a video call on Saturday."
    found = rows(call, "The meeting was chaired by Brazil.")
    assert [(row.form, row.meeting_id) for row in found] == [("video", found[0].meeting_id)] * 2
    phone = "Chile's president Ana Ruiz and Peru's president Luis Vega spoke by phone on Saturday."
    assert len(rows(phone, "The meeting in Lima was held as planned.")) == 1


@pytest.mark.parametrize(
    ("agreed", "sent", "place", "day"),
    [
        (
            "Chile has agreed to hold direct talks with Peru.",
            "It will send a team to Oslo next Tuesday.",
            "Oslo",
            17,
        ),
        (
            "Peru and Chile are to resume negotiations.",
            "Peru's delegation flies to Doha on Friday.",
            "Doha",
            13,
        ),
    ],
)
def test_talks_are_where_a_delegation_goes_next(rows, agreed, sent, place, day):
    first, then = rows(agreed, sent)
    assert (told(first), first.meeting_id) == (
        ("scheduled", place, march(day), ("CL", "PE")),
        then.meeting_id,
    )


@pytest.mark.parametrize(
    ("agreed", "sent"),
    [
        ("Chile and Peru held talks on Monday.", "Chile will send a team to Oslo next Tuesday."),
        ("Chile agreed to hold talks with Peru.", "Peru's president Luis Vega will visit Brazil on Friday."),
    ],
)
def test_other_journeys_are_not_to_these_talks(rows, agreed, sent):
    assert len({row.meeting_id for row in rows(agreed, sent)}) == 2


OFFER = "President Ana Ruiz of Chile offered to meet Peru's president Luis Vega in Lima."


def test_the_two_presidents_are_those_just_named(rows):
    talks = "Talks between Chile and Peru were held in Oslo on Monday. The Oslo talks went well."
    found = rows(talks, OFFER, "There is nothing for the two presidents to discuss, the office said.")
    assert (found[-1].status, found[-1].meeting_id) == ("ruled_out", found[-2].meeting_id)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Peru sees no point in a meeting with Chile's president Ana Ruiz.", "ruled_out"),
        ("Peru sees no reason for a meeting with Chile's president Ana Ruiz.", "ruled_out"),
        ("Peru saw little value in a meeting with Chile's president Ana Ruiz.", "ruled_out"),
        ("Peru sees some point in a meeting with Chile's president Ana Ruiz.", "proposed"),
        ("Peru left no room for doubt in a meeting with Chile's president Ana Ruiz on Monday.", "held"),
    ],
)
def test_what_a_meeting_would_be_worth(rows, line, status):
    assert [row.status for row in rows(line)] == [status]


def test_a_round_is_known_by_its_number_over_documents(nlp):
    pack = load_domain(Settings(domain="generic"))
    pages, mentions = [], []
    for name, line in {
        "a": "The third round of talks between Chile and Peru will be held in Oslo on March 20.",
        "b": "The third round of talks between Chile and Peru has been put off.",
        "c": "The fourth round of talks between Chile and Peru has been put off.",
    }.items():
        page, _, found = read_lines(nlp, pack, [line], name=name)
        pages.append(page)
        mentions += found
    ids = {row.document_id: row.meeting_id for row in merge_meetings(mentions, pages, pack).mentions}
    assert ids["a"] == ids["b"] != ids["c"]

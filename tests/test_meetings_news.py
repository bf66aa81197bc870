"""Meetings as news copy tells them: organisations at the table, twin states, journeys, calls, plans."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import merged_lines


@pytest.fixture(scope="module")
def rows(nlp):
    """Merged mentions of a page made of lines, told on Wednesday, 11 March 2026."""
    pack = load_domain(Settings(domain="generic"))
    return lambda *lines: merged_lines(nlp, pack, lines)


@pytest.mark.parametrize(
    ("line", "names", "parties"),
    [
        ("Chile's energy minister expects to be in Vienna on Friday for talks with OPEC.", {"OPEC"}, {"CL"}),
        ("ECOWAS envoys met Mali's president in Bamako on Monday.", {"ECOWAS"}, {"ML"}),
        (
            "Ghana's foreign minister met officials of the African Union in Accra on Monday.",
            {"African Union"},
            {"GH"},
        ),
        (
            "North and South Korea agreed on Tuesday to hold working-level talks on Sunday in Kaesong.",
            set(),
            {"KP", "KR"},
        ),
        ("Envoys of the two Koreas will meet in Kaesong on Sunday.", set(), {"KP", "KR"}),
    ],
)
def test_organisations_of_states_and_twin_states_take_part(rows, line, names, parties):
    (row,) = rows(line)
    assert (set(row.participants), set(row.parties)) == (names, parties)


@pytest.mark.parametrize(
    "line",
    [
        "The planned talks between the defence ministers of Ghana and Togo have been called off.",
        "Talks between Ghana and Togo on the Volta dam have been put off.",
    ],
)
def test_undated_talks_that_are_called_off_were_an_occasion(rows, line):
    assert [(r.parties, r.status) for r in rows(line)] == [(("GH", "TG"), "cancelled")]


def test_those_just_told_of_hold_a_discussion_at_what_was_just_told_of(rows):
    met, talked = rows(
        "Envoys of Chad met officials of Togo in Lome on Monday.",
        "The two delegations had a long discussion on prisoners.",
    )
    assert (talked.meeting_id, talked.place) == (met.meeting_id, "Lome")


def test_who_also_attended_was_at_the_meeting_just_told_of(rows):
    met, joined = rows(
        "Peru's prime minister met his Chilean counterpart in Lima on Monday.",
        "Envoys of the World Bank and of Brazil also attended the meeting.",
    )
    assert joined.meeting_id == met.meeting_id
    assert "World Bank" in joined.participants


def test_talks_during_a_visit_are_where_the_visit_was(rows):
    (row,) = rows(
        "Kenya's foreign minister left Lusaka on Tuesday after a three-day visit to Zambia "
        "during which he held talks with rebel leaders of the Kafue Front."
    )
    assert row.place == "Zambia"
    assert "KE" in row.parties


def test_a_call_is_at_no_place(rows):
    (row,) = rows(
        "While in Oslo on Tuesday, Chilean President Ana Ruiz had a telephone conversation "
        "with Peru's president."
    )
    assert (row.form, row.place) == ("phone", None)


def test_a_summit_after_what_is_told_keeps_the_day_that_it_is_due(rows):
    row = rows(
        "A visit of Peru's energy minister to Quito came ahead of the first summit between Peru and Ecuador, "
        "scheduled for April 27 in Lima."
    )[-1]
    assert (row.status, str(row.date_from), row.place) == ("scheduled", "2026-04-27", "Lima")


def test_what_is_considered_at_a_meeting_says_nothing_of_its_status(rows):
    (row,) = rows("Chile and Peru are considering several options on tariffs at talks in Lima on Wednesday.")
    assert row.status == "ongoing"


def test_would_also_hold_tells_a_plan_and_would_alone_does_not(rows):
    (plan,) = rows("Peru's president would also hold talks with Brazil's foreign minister on Friday.")
    assert plan.status == "scheduled"
    (idea,) = rows("Peru's president would hold talks with Brazil's foreign minister on Friday.")
    assert idea.status == "proposed"


def test_the_day_in_the_name_of_a_text_is_not_when_they_met(rows):
    (row,) = rows("Peru's and Chile's ministers signed the May 3 Lima Declaration after talks in Santiago.")
    assert str(row.date_from) != "2025-05-03"


def test_two_capitals_before_the_noun_are_sides_and_not_the_place(rows):
    (row,) = rows(
        "On Thursday, March 12, the EU envoy, Carla Nunes, will host a meeting of the "
        "Kigali-Kinshasa dialogue in Lisbon."
    )
    assert (set(row.parties), row.place, str(row.date_from)) == ({"CD", "RW"}, "Lisbon", "2026-03-12")


def test_papers_are_received_and_no_guests(rows):
    assert rows(
        "The two ministers agreed to receive fresh drafts from one of the offices in Chile on 20 March."
    ) == []  # fmt: skip

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


@pytest.mark.parametrize(
    ("line", "parties", "status"),
    [
        # what the parser makes a clause of is a partner all the same
        (
            "Norwegian officials held a phone call on Tuesday with their Chilean counterparts to discuss the "
            "trade conflict between the countries.",
            {"CL", "NO"},
            "held",
        ),
        # whoever tells of it is not at it
        (
            "Officials of Brazil talked on Tuesday with their Chinese counterparts about resuming talks, "
            "according to Peru's adviser Larry Kuhn.",
            {"BR", "CN"},
            "held",
        ),
        # the pair after a place and an apposition
        (
            "The remarks came after a meeting in the Chilean capital, Santiago, between Peruvian Foreign "
            "Minister Ana Ruiz and Water Minister Luis Paz with their respective Chilean counterparts, Eva "
            "Soto and Ivo Mora.",
            {"CL", "PE"},
            "held",
        ),
        # who says what came of it was there
        (
            "Prime Minister Ola Berg of Norway also said some progress was being made following a meeting "
            "with Finland's president in Turku earlier this week.",
            {"FI", "NO"},
            "held",
        ),
        # committed to it is not at it yet
        ("Chile's leader Ivo Mora remains committed to holding a summit with Norway's president.",
         {"CL", "NO"}, "proposed"),
        ("Holding another meeting between Peru and Chile in Lima soon will be difficult, he said.",
         {"CL", "PE"}, "proposed"),
        ("The talks taking place in Oslo between Chad and Niger will have no benefit, he said.",
         {"NE", "TD"}, "ongoing"),
    ],
)  # fmt: skip
def test_who_meets_and_whether_is_read_from_what_stands_around(rows, line, parties, status):
    assert [(set(r.parties), r.status) for r in rows(line)] == [(parties, status)]


def test_the_ministers_are_those_of_the_states_named_before(rows):
    row = rows(
        "The foreign ministers of Peru, Chile and Bolivia agreed on Wednesday to work on a deal.",
        "In a joint statement, the ministers said they would attend further meetings in Oslo on April 9.",
    )[-1]
    assert (set(row.parties), row.place, str(row.date_from)) == ({"BO", "CL", "PE"}, "Oslo", "2026-04-09")


def test_a_pronoun_before_its_name_is_the_one_who_speaks(rows):
    row = rows(
        "Peru's president Ana Ruiz will receive UN envoy Ivo Mora on Friday.",
        "In statements after his meeting with Chile's leader Eva Soto, Mora said that will was needed.",
    )[-1]
    assert set(row.participants) == {"Eva Soto", "Ivo Mora"}


@pytest.mark.parametrize(
    "line",
    [
        "The opposition leader spoke during a session of Peru's National Assembly in Lima.",
        "The United States has suggested that the UN mission in Chad will not remain.",
        "Creditors met on the sidelines of the annual meetings of the IMF and the World Bank.",
    ],
)
def test_assemblies_missions_and_yearly_fixtures_are_no_meetings_of_parties(rows, line):
    assert rows(line) == []


def test_what_may_come_of_talks_says_nothing_of_when_they_are(rows):
    first, then = rows(
        "Peru and Chile held talks in Lima on Tuesday.",
        "The adviser hoped that the talks would yield positive results.",
    )
    assert (then.meeting_id, then.status) == (first.meeting_id, "held")


def test_what_a_witness_confirms_took_place_if_it_is_told_in_the_past(rows):
    row = rows(
        "The phone call between Peru and Chile on Tuesday was long, an official said.",
        "An official confirmed that the phone call focused on fishing.",
    )[-1]
    assert row.status == "held"


def test_the_day_of_an_agreement_to_talk_is_not_the_day_of_the_talks(rows):
    (row,) = rows("Peru's president and Chile's leader agreed to resume talks in Lima just over a week ago.")
    assert (row.status, row.date_from) == ("scheduled", None)


@pytest.mark.parametrize(
    "line",
    [
        "Peru and Chile will meet again before Sunday's election, officials said.",
        "Peru's foreign minister and Chile's envoy Ivo Mora will sit down in Oslo ahead of the April 30 "
        "self-imposed deadline.",
    ],
)
def test_the_day_of_another_deed_is_not_the_meetings(rows, line):
    (row,) = rows(line)
    assert (row.status, row.date_from) == ("scheduled", None)


@pytest.mark.parametrize(
    "line",
    [
        # what has to come first is not done; what is only one of several conditions neither
        "Peru will only agree to a truce after Chile and Peru began direct negotiations on the root causes.",
        "Peru and Chile set a deadline if Norway fails to meet several conditions, including resuming "
        "nuclear negotiations with Peru.",
        # a people is no delegation
        "Peru's president floated the idea of sending many homeless Chileans from the valley to Bolivia.",
    ],
)
def test_conditions_and_people_who_are_sent_make_no_meeting_that_was_held(rows, line):
    assert all(r.status == "proposed" and r.rule != "verb_send" for r in rows(line))


def test_a_government_and_its_opposition_are_two_sides(rows):
    (row,) = rows(
        "Representatives of Peru's government and opposition have agreed to meet in Oslo on Friday for talks."
    )
    assert (row.parties, row.place, row.status) == (("PE",), "Oslo", "scheduled")
    assert any("opposition" in name for name in row.participants)


def test_two_meetings_of_a_sentence_stay_two(rows):
    found = rows(
        "Qatar's prime minister met Chile's foreign minister on Tuesday, after Qatari mediators met Norway's "
        "envoys on Monday night."
    )
    assert {(r.parties, str(r.date_from)) for r in found} == {
        (("CL", "QA"), "2026-03-10"),
        (("NO", "QA"), "2026-03-09"),
    }


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Chile's envoy Ivo Mora travelled to Oslo for talks with Norway's premier.", "held"),
        ("Chile's envoy Ivo Mora had flown to Oslo for a few hours of talks with Norway's premier.", "held"),
        ("Chile's envoy Ivo Mora left for Oslo for talks with Norway's premier.", "scheduled"),
    ],
)
def test_a_journey_told_as_over_had_its_talks(rows, line, status):
    assert [(set(r.parties), r.status, r.place) for r in rows(line)] == [({"CL", "NO"}, status, "Oslo")]


def test_whom_guests_press_on_a_visit_is_not_there(rows):
    (row,) = rows("On a visit to Lima on Saturday the leaders of Chile and Bolivia pressed Russia to pay.")
    assert set(row.parties) == {"BO", "CL"}


@pytest.mark.parametrize(
    "line",
    [
        "The meeting is aimed at breaking the deadlock over the dam.",
        "An official noted that the mediator himself initiated this meeting.",
        "The two will discuss progress toward a truce, one of the sources said.",
    ],
)
def test_what_is_said_of_a_plan_keeps_it_a_plan(rows, line):
    plan, then = rows(
        "Peru's president Ana Ruiz is to meet Chile's premier Ivo Mora in Lima on Friday.", line
    )
    assert (then.meeting_id, then.status) == (plan.meeting_id, "scheduled")


def test_talks_known_by_place_and_day_are_told_without_their_sides(rows):
    (row,) = rows("The first formal peace talks started in Oslo on Tuesday, the government said.")
    assert (row.parties, row.place, str(row.date_from)) == ((), "Oslo", "2026-03-10")


def test_a_team_that_is_headed_by_somebody_goes_nowhere(rows):
    row = rows(
        "Peru and Chile held high-level talks in Lima on Tuesday.",
        "For the talks, the Chilean delegation was headed by minister Eva Soto.",
    )[-1]
    assert row.status == "held"


def test_the_last_meeting_elsewhere_is_not_the_one_just_told_of(rows):
    met = rows(
        "Peru's president Ana Ruiz met Chile's premier Ivo Mora on Tuesday.",
        "The proposal will be based on what they heard at the last Oslo meeting, an aide said.",
    )[0]
    assert met.place is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("In January, Norway and Finland agreed to meet in Turku.", None),
        ("On Friday, Norway invited Finland to talks in Turku.", None),
        ("Norway and Finland agreed to meet in Turku in June.", ("2026-06-01", "2026-06-30")),
        ("Norway and Finland will meet in Turku in December.", ("2026-12-01", "2026-12-31")),
        ("Norway has invited Finland to talks in Turku in July.", ("2026-07-01", "2026-07-31")),
        ("Norway and Finland had planned to meet in Turku in November.", ("2025-11-01", "2025-11-30")),
    ],
)
def test_a_plan_has_the_day_it_is_planned_for(rows, text, days):
    (mention,) = rows(text)
    assert (mention.date_from and (str(mention.date_from), str(mention.date_to))) == days

"""Who meets beside states: strangers, peoples and rivals of one state, rebels, hosts, guests told of."""

import pytest

from pipeline.domain import load_domain
from pipeline.extract.meetings.places import World
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
    ("line", "parties", "names"),
    [
        # two heads of state in one list, the second hung on the first one's state
        (
            "Ana Lopez of Chile and Peru's trade chief Luis Paz held talks in Lima on Monday.",
            {"CL", "PE"},
            {"Ana Lopez", "Luis Paz"},
        ),
        # a name that no reference holds and the recogniser takes for a place's
        (
            "Hrant Melikian of Armenia and Azerbaijan's Ilham Aliyev held talks on March 2.",
            {"AM", "AZ"},
            {"Hrant Melikian", "Ilham Aliyev"},
        ),
        # states by their full names
        (
            "The Republic of Guyana and the Bolivarian Republic of Venezuela met in Lima on Monday.",
            {"GY", "VE"},
            set(),
        ),
        # the first of two offices with their states before the names
        (
            "President of Serbia Aleksandar Vučić and Prime Minister of Kosovo Albin Kurti met in Skopje on "
            "Monday.",
            {"RS", "XK"},
            {"Aleksandar Vučić", "Albin Kurti"},
        ),
        # ministers "of" two states are no person
        ("The Foreign Ministers of Chile and Peru met in Lima on Monday.", {"CL", "PE"}, set()),
        # the first word of a people's name is no state
        (
            "Turkish Cypriot and Greek Cypriot leaders met in the buffer zone on Monday.",
            {"CY"},
            {"Turkish Cypriots"},
        ),
        # two camps of one state
        ("Libya's rival factions met in Rabat on Sunday.", {"LY"}, {"rival factions"}),
        # rebels are not the state whose adjective they bear
        ("Congolese rebels met the Rwandan president in Kigali on Monday.", {"RW"}, {"Congolese rebels"}),
        (
            "The Chilean government and the rebel group FLP resumed talks in Quito on Monday.",
            {"CL"},
            {"FLP"},
        ),
        # "the government" with which rebels talk abroad is the one that they fight
        (
            "A delegation of Congolese rebels arrived in Kampala on Monday for talks with the government.",
            {"CD"},
            {"Congolese rebels"},
        ),
        # a bloc's members by a group without a code
        ("Trade ministers of the G20 will gather in Quito on Thursday.", set(), {"Group of 20"}),
        # whoever leads talks with somebody takes part; a host does where one side only is named
        (
            "Foreign Minister Abbas Araghchi led a round of talks with US envoy Carl Dunn on Saturday.",
            {"IR", "US"},
            {"Abbas Araghchi", "Carl Dunn"},
        ),
        (
            "The United Nations on Tuesday hosted an informal meeting with the leaders of Chile.",
            {"CL", "UN"},
            set(),
        ),
        # who tells a visitor something has met him
        (
            "The Chilean president told visiting US Secretary of State Carl Dunn that trade would grow.",
            {"CL", "US"},
            {"Carl Dunn"},
        ),
    ],
)
def test_sides_that_are_no_delegation_of_a_state_are_read(rows, line, parties, names):
    assert [(set(r.parties), set(r.participants)) for r in rows(line)] == [(parties, names)]


def test_a_host_of_two_others_stays_out(rows):
    (row,) = rows("Qatar hosted talks between Chile and Peru in Doha on Monday.")
    assert set(row.parties) == {"CL", "PE"}


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (
            "The Greek prime minister has accepted an invitation from the Turkish president to visit Ankara "
            "in May.",
            "scheduled",
        ),
        (
            "The Greek prime minister has turned down an invitation from the Turkish president to visit "
            "Ankara in May.",
            "ruled_out",
        ),
    ],
)
def test_the_guest_of_an_invitation_goes_to_whoever_gave_it(rows, line, status):
    (row,) = rows(line)
    assert (set(row.parties), row.place, row.status) == ({"GR", "TR"}, "Ankara", status)


def test_an_ambassadors_post_is_no_place(rows):
    (row,) = rows(
        "The UN envoy for Yemen, Hans Berg, concluded a visit to Riyadh where he met the Saudi ambassador "
        "to Yemen."
    )
    assert (set(row.parties), row.place) == ({"SA", "UN"}, "Riyadh")


@pytest.mark.parametrize(
    "line",
    [
        "Kivu rebels pulled out of talks with the Congolese government due to start in Luanda on Friday.",
        "A summit between Congo and Rwanda that was due to open in Luanda on Friday was called off.",
    ],
)
def test_what_was_due_keeps_its_place_and_day_when_it_is_off(rows, line):
    (row,) = rows(line)
    assert (row.place, row.status) == ("Luanda", "cancelled")
    assert row.date_from is not None


def test_leaving_after_a_meeting_is_no_second_one(rows):
    found = rows("A Hamas delegation left the Egyptian capital on Thursday after meeting Egypt's spy chief.")
    assert [(set(r.parties), set(r.participants)) for r in found] == [({"EG"}, {"Hamas"})]


def test_what_the_same_sides_go_on_to_do_is_the_same_meeting(rows):
    found = rows(
        "China and the United States held trade talks on Thursday, and held useful discussions on steel.",
        "The two sides met in Lima on Tuesday and discussed a range of issues.",
    )
    assert [set(r.parties) for r in found] == [{"CN", "US"}, {"CN", "US"}]


def test_a_journey_is_made_by_whoever_tells_of_it(rows):
    (row,) = rows("Peru's ambassador said on Monday his trip to Santiago was aimed at reviving trade.")
    assert set(row.parties) == {"PE"}


def test_who_is_in_attendance_is_at_what_was_told_of(rows):
    both, more = rows(
        "The presidents of Chile and Peru met in Lima on Tuesday. Brazil's foreign minister also took part.",
        "The ambassadors of Bolivia and Ecuador attended.",
    )
    assert (set(both.parties), set(more.parties)) == ({"BR", "CL", "PE"}, {"BO", "EC"})
    assert both.meeting_id == more.meeting_id


def test_those_who_confirm_that_they_come_have_their_meeting_still_to_come(rows):
    talks, sides = rows(
        "The EU's foreign policy chief will host a meeting of the Belgrade-Pristina dialogue in Brussels on "
        "Friday.",
        "Serbian President Aleksandar Vučić and Kosovo Prime Minister Albin Kurti confirmed their presence.",
    )
    assert (set(sides.parties), sides.status, sides.place) == ({"RS", "XK"}, "scheduled", "Brussels")
    assert talks.meeting_id == sides.meeting_id


def test_attending_something_else_is_no_meeting(rows):
    assert not rows("The presidents of Chile and Peru attended the funeral of the bishop in Rome.")


def test_a_border_of_two_states_says_whom_a_short_page_is_about(rows):
    found = rows(
        "The working groups on the Peruvian-Chilean border cut short their meeting in Arequipa.",
        "The Peruvian-Chilean border has been closed since May.",
        "The Peruvian-Chilean commission had no comment.",
    )
    assert [set(r.parties) for r in found[:1]] == [{"CL", "PE"}]


def test_the_day_on_which_a_meeting_was_set_up_is_not_its_own(rows):
    first, later = rows(
        "The Chilean and Peruvian ministers met in Lima on Tuesday.",
        "The meeting was set up last week at Peru's suggestion.",
    )
    assert (first.meeting_id, first.date_from) == (later.meeting_id, later.date_from)


def test_two_camps_of_one_state_on_one_day_are_one_meeting(rows):
    first, second = rows(
        "The United Nations on Tuesday hosted a meeting between the leaders of divided Cyprus.",
        "Cypriot President Nikos Christodoulides and Turkish Cypriot leader Kemal Berk met on Tuesday.",
    )
    assert first.meeting_id == second.meeting_id


def test_the_margins_of_a_fixture_are_at_its_seat(rows):
    (row,) = rows(
        "The Chilean foreign minister met her Peruvian counterpart on the sidelines of the 78th session of "
        "the UN General Assembly on Monday."
    )
    assert row.place == "New York"


def test_offices_are_nobodys_name(rows):
    (row,) = rows(
        "India and Pakistan agreed on Thursday to put off talks between the Foreign Secretaries that were "
        "due to be held on Friday in Lahore."
    )
    assert (set(row.parties), row.participants, row.place) == ({"IN", "PK"}, (), "Lahore")


def test_secretaries_of_the_two_countries_are_those_named_before(rows):
    first, second = rows(
        "India and Pakistan have postponed a meeting of their ministers.",
        "Talks between the two countries' foreign secretaries will now be held on July 4 in Lahore.",
    )
    assert set(first.parties) == set(second.parties) == {"IN", "PK"}


def test_what_the_two_discussed_is_the_meeting_just_told_of(rows):
    found = rows(
        "Chile's foreign minister Ana Roe met Bolivia's president in Lima on Monday.",
        "Ana Roe also met Peru's foreign minister Luis Paz in Lima. The two ministers discussed fishing.",
    )
    assert [set(r.parties) for r in found] == [{"BO", "CL"}, {"CL", "PE"}]


@pytest.mark.parametrize(
    "line",
    [
        "World Health Organization chief Anna Berg will visit Lima next week.",
        "Anna Berg, the head of the World Bank, will visit Lima next week.",
    ],
)
def test_the_head_of_an_organisation_of_states_is_a_guest_in_each(rows, line):
    visit, meeting = rows(line, "Berg will meet Peru's foreign minister on Tuesday.")
    assert (visit.participants, visit.place) == (("Anna Berg",), "Lima")
    assert (set(meeting.parties), meeting.place) == ({"PE"}, "Lima")


@pytest.mark.parametrize(
    "line",
    [
        "Peru accused the World Bank of delay. Anna Berg, chief executive of Acme, flew to Lima on Monday.",
        "Anna Berg, a critic of the World Bank, arrived in Lima on Monday.",
        "Former president Tom Roe visited Lima on Monday.",
    ],
)
def test_private_guests_make_no_meeting(rows, line):
    assert not rows(line)


def test_a_guest_meets_his_hosts_where_the_page_says_that_he_goes(rows):
    _, meeting, call = rows(
        "Peru's foreign minister Luis Paz arrived in Santiago on Monday.",
        "Paz met Chilean President Ana Roe on Tuesday.",
        "He spoke with Bolivia's president by phone.",
    )
    assert (meeting.place, call.place) == ("Santiago", None)


def test_a_class_of_states_is_no_people(pack):
    world = World(pack)
    assert world.people("Turkish Cypriot") == "Turkish Cypriots"
    assert world.people("Western nations") is None


def test_a_class_of_states_takes_no_part(rows):
    told = rows("Western nations participating at the G20 summit in Lima have said in a joint statement.")
    assert all(row.participants == () for row in told)


@pytest.mark.parametrize(
    "opening", ["Lima (Andina) -", "Lima (Andina) –", "LIMA (Andina) -", "Lima, March 10 (Andina) -"]
)
def test_a_dateline_with_its_agency_is_where_and_not_who(rows, opening):
    (row,) = rows(f"{opening} Foreign Minister Ana Roe met Chilean counterpart Luis Paz on Tuesday.")
    assert (set(row.parties), set(row.participants)) == ({"CL", "PE"}, {"Ana Roe", "Luis Paz"})
    assert row.place == "Lima"


def test_each_who_receives_a_guest_on_a_day_has_a_meeting_of_his_own(rows):
    president, minister, again = rows(
        "Chile's foreign minister Luis Paz met Peru's president Eva Rios in Lima on Tuesday.",
        "Paz also met Peru's defence minister Omar Diaz in Lima on Tuesday.",
        "The meeting between Paz and Rios in Lima on Tuesday lasted an hour.",
    )
    assert president.meeting_id == again.meeting_id != minister.meeting_id


def test_where_a_chief_has_his_post_is_no_place_of_the_meeting(rows):
    (row,) = rows("Peru's foreign minister met Omar Diaz, the rebels' deputy chief in Arequipa, on Tuesday.")
    assert row.place is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        # an offer and whoever turns it down
        ("Peru rejected Chile's offer of talks in Lima.", [({"CL", "PE"}, "ruled_out")]),
        # what was done next is no journey
        (
            "Peru's minister met the Chilean president in Lima and went on to meet U.S. diplomats in London.",
            [({"CL", "PE"}, "held"), ({"PE", "US"}, "held")],
        ),
        (
            "Peru has withdrawn an invitation to Chile's president to visit Lima.",
            [({"CL"}, "cancelled")],
        ),
        # nobody was met
        (
            "Chile's foreign minister left Lima on Sunday without meeting the Peruvian president.",
            [({"CL", "PE"}, "ruled_out")],
        ),
        (
            "Chilean and Peruvian officials slipped into Quito for secret talks last week.",
            [({"CL", "PE"}, "held")],
        ),
    ],
)
def test_offers_steps_and_what_was_left_undone_have_their_status(rows, line, told):
    assert [(set(r.parties), r.status) for r in rows(line)] == told


def test_what_had_been_scheduled_may_lie_just_ahead(rows):
    (row,) = rows("Chile's foreign minister had been scheduled to meet her Peruvian counterpart on March 18.")
    assert str(row.date_from) == "2026-03-18"


def test_who_heads_a_delegation_does_not_head_anywhere(rows):
    talks, head = rows(
        "The talks between Peru and Chile opened in Lima on Monday.",
        "The Chilean delegation was headed by Anna Berg, chairwoman of the trade board.",
    )
    assert (head.meeting_id, head.status) == (talks.meeting_id, "held")


def test_a_treaty_is_signed_where_it_was_talked_of(rows):
    (row,) = rows("In Madrid on Monday, the Chilean and Peruvian leaders signed a treaty after talks.")
    assert row.place == "Madrid"


def test_the_last_contact_is_told_once(rows):
    (row,) = rows("Chile and Peru have had no direct contact since their ministers met in Quito in May.")
    assert (row.place, str(row.date_from)) == ("Quito", "2025-05-01")


def test_where_tells_the_place_and_the_day_before_it(rows):
    (row,) = rows(
        "A truce was agreed on 3 March in Samarkand, where the presidents of Chile and Peru had a talk."
    )
    assert (row.place, str(row.date_from)) == ("Samarkand", "2026-03-03")


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (
            "Peruvian President Ana Roe received Organization for Security and Cooperation in Europe (OSCE) "
            "Lima Group Co-Chairs Hans Moe (Russia) and Tom Ude (Chile) on Monday.",
            None,
        ),
        ("New Delhi: Prime Minister Ana Roe held a meeting with Peru's Luis Paz at the G7 summit.", None),
        ("Peru's Ana Roe met Chilean President Luis Paz on the sidelines of the G7 in Rome.", "Rome"),
    ],
)
def test_the_end_of_a_name_and_a_group_by_its_number_are_no_places(rows, line, place):
    assert {row.place for row in rows(line)} <= {place}

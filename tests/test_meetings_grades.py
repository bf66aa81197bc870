"""Levels and rounds that tell meetings of the same parties apart; sides by their movement; invented lines."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.extract.meetings.cues import load_cues
from pipeline.extract.meetings.grades import GradeReader
from pipeline.extract.meetings.occasions import Grade
from pipeline.settings import Settings
from tests.meeting_pages import merged_lines


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


@pytest.fixture(scope="module")
def rows(nlp, pack):
    return lambda *lines: merged_lines(nlp, pack, lines)


def test_a_level_that_both_tell_and_a_round_that_both_tell_must_agree():
    assert Grade("leaders", None).clashes(Grade("ministers", None))
    assert Grade(None, 2).clashes(Grade(None, 3))
    assert not Grade("leaders", None).clashes(Grade(None, 3))
    assert not Grade("leaders", 2).clashes(Grade("leaders", 2, another=True))


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("The deputy foreign ministers of the two countries met", "officials"),
        ("The foreign ministers of the two countries met", "ministers"),
        ("The prime ministers of the two countries met", "leaders"),
        ("The foreign ministers prepared the summit", None),
        ("The delegations met", None),
    ],
)
def test_words_of_one_level_tell_it(rows, pack, words, level):
    (row,) = rows(f"{words.replace('the two countries', 'Chile and Peru')} in Oslo on Monday.") or [None]
    assert row is not None or level is None
    if row is not None:
        assert GradeReader(load_cues(pack.reference).data).of_mention(row).level == level


def test_ministers_do_not_meet_at_the_leaders_meeting(rows):
    leaders, ministers = rows(
        "President Ana Ruiz of Chile and President Luis Vega of Peru met in Oslo in February.",
        "The deputy foreign ministers of Chile and Peru met in Oslo to follow up on it.",
    )
    assert leaders.meeting_id != ministers.meeting_id
    assert set(leaders.participants) == {"Ana Ruiz", "Luis Vega"}
    assert ministers.participants == ()


def test_who_met_at_one_level_is_not_filled_in_at_another(rows):
    found = rows(
        "Chilean President Ana Ruiz and Peruvian President Luis Vega will meet in Oslo on March 20.",
        "Their talks come after the two countries' foreign ministers held talks in Lima last week.",
    )
    lima = next(m for m in found if m.place == "Lima")
    assert lima.parties == ("CL", "PE")
    assert lima.participants == ()


def test_rounds_by_their_numbers_are_different_meetings(rows):
    found = rows(
        "Chile and Peru held a first round of talks in Oslo in January.",
        "A third round of talks between Chile and Peru was held in Oslo.",
    )
    assert len({m.meeting_id for m in found}) == 2


def test_a_round_named_by_its_number_is_the_one_told_of(rows):
    found = rows(
        "Chilean and Peruvian negotiators held talks in Bern on Monday, after a first round in Oslo.",
        "Ana Ruiz of Chile and Luis Vega of Peru spoke briefly at the end of the first round.",
    )
    oslo = next(m for m in found if m.place == "Oslo")
    assert found[-1].meeting_id == oslo.meeting_id


def test_the_next_round_somewhere_is_not_the_one_held_there(rows):
    held, coming = rows(
        "Chile and Peru held a round of talks in Oslo last month.",
        "The next round will take place in Oslo on March 20.",
    )
    assert held.meeting_id != coming.meeting_id
    assert (coming.status, coming.parties, coming.date_from) == (
        "scheduled",
        ("CL", "PE"),
        dt.date(2026, 3, 20),
    )


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Swiss envoy Ana Ruiz met Houthi officials in Muscat on Thursday.", "Houthis"),
        (
            "Swiss envoy Ana Ruiz met several insurgent leaders in Muscat on Thursday.",
            "several insurgent leaders",
        ),
        ("Swiss officials held talks with PKK commanders in Erbil on Thursday.", "PKK"),
        (
            "Sudan's army held talks with the Rapid Support Forces (RSF) in Geneva on Friday.",
            "Rapid Support Forces",
        ),
    ],
)
def test_officials_of_a_movement_are_its_side(rows, line, name):
    (row,) = rows(line)
    assert name in row.participants


def test_leaders_of_a_club_are_no_movement(rows):
    assert not rows("Chilean officials met Rotary leaders on Thursday.")


@pytest.mark.parametrize(
    "line",
    [
        "The meeting of the presidents of the Democratic Republic of Congo (DRC) and Rwanda, set for Sunday "
        "in Luanda, was cancelled.",
        "Envoys of the Democratic Republic of Congo (DRC) and Rwanda met in Luanda on Sunday.",
    ],
)
def test_a_list_goes_on_behind_a_short_form(rows, line):
    (row,) = rows(line)
    assert row.parties == ("CD", "RW")


def test_a_minister_and_his_deputy_are_somebody_to_meet(rows):
    (row,) = rows(
        "Chilean President Ana Ruiz met Peruvian Foreign Minister Luis Vega and his deputy in Lima on Monday."
    )
    assert row.parties == ("CL", "PE")
    assert not rows("Chilean President Ana Ruiz met her cabinet on Monday.")


def test_the_two_leaders_meet_somebody_else_besides(rows):
    two, three = rows(
        "Chilean President Ana Ruiz and Peruvian President Luis Vega agreed to meet in Oslo on March 20.",
        "Officials said the two leaders would meet with Kaja Kallas, the EU's foreign policy chief.",
    )
    assert two.meeting_id == three.meeting_id
    assert three.parties == ("CL", "EU", "PE")


def test_rebels_met_somewhere_are_not_the_minister_met_in_the_capital(rows):
    minister, rebels = rows(
        "Swiss envoy Ana Ruiz met Peruvian Foreign Minister Luis Vega in Lima on Monday.",
        "Ruiz met several insurgent leaders, the rebels said.",
    )
    assert minister.meeting_id != rebels.meeting_id
    assert rebels.place is None


@pytest.mark.parametrize(
    "line",
    [
        "A summit between Chile and Peru, scheduled for March 20 in Lima, collapsed before it began.",
        "A planned meeting between Chile and Peru in Lima on March 20 was scuttled.",
        "A summit between Chile and Peru will no longer take place on March 20.",
    ],
)
def test_what_never_began_is_off(rows, line):
    (row,) = rows(line)
    assert row.status == "cancelled"


def test_talks_told_behind_with_say_when_and_where(rows):
    (row,) = rows(
        "Chile and Peru will resume their dialogue, mediated by Norway, with talks scheduled for March 20 in "
        "Bern, an embassy said."
    )
    assert (row.place, row.date_from, row.status) == ("Bern", dt.date(2026, 3, 20), "scheduled")
    assert row.parties == ("CL", "PE")


def test_who_mediates_the_talks_is_not_who_talks(rows):
    first, later = rows(
        "Chile and Peru began talks in Oslo on Monday.",
        "The talks, mediated by Kenyan and Swiss officials, ended without a deal.",
    )
    assert later.meeting_id == first.meeting_id
    assert later.parties == ("CL", "PE")


def test_what_envoys_fly_somewhere_to_discuss_is_not_where_they_meet(rows):
    (row,) = rows("The Chilean and Peruvian envoys flew to Bern on Monday to discuss the truce in Kenya.")
    assert row.place == "Bern"


def test_a_place_gives_its_name_to_a_group(rows):
    first, later = rows(
        "The Chilean and Peruvian foreign ministers met in Bern on Monday.",
        "The meeting was also attended by officials of the OSCE Minsk group.",
    )
    assert {first.place, later.place} == {"Bern"}


def test_a_delegation_goes_to_the_city_that_is_described(rows):
    (row,) = rows("Chile will send a delegation to the Kenyan coastal city of Mombasa on Monday.")
    assert (row.place, row.parties) == ("Mombasa", ("CL",))


def test_ministers_of_the_two_countries_are_those_told_of(rows):
    found = rows(
        "The presidents of Chile and Peru will meet in Oslo on March 20.",
        "On Saturday a meeting of the foreign ministers of the two countries was held in Bern.",
    )
    assert found[-1].parties == ("CL", "PE")
    assert found[-1].meeting_id != found[0].meeting_id


RESUMED = (
    "The Venezuelan government and the opposition will resume talks in Bern on March 20.",
    "The Venezuelan government and the opposition last met in 2022.",
)


def test_a_page_may_be_about_a_state_and_a_movement(rows):
    found = rows(
        *RESUMED,
        "A first round was held in Oslo in 2021.",
    )
    oslo = next(m for m in found if m.place == "Oslo")
    assert (oslo.parties, oslo.participants) == (("VE",), ("opposition",))


def test_of_what_will_be_on_a_weekday_the_one_before_is_no_reading(rows):
    series, coming = rows(
        "President Ana Ruiz of Chile met with President Luis Vega of Peru twice this year in Lima.",
        "Ruiz and Vega will hold talks Friday morning, an official said.",
    )
    assert series.meeting_id != coming.meeting_id
    assert coming.date_from is not None
    assert coming.date_from >= coming.reported_on


def test_a_tour_ended_by_a_meeting_is_that_meeting(rows):
    (row,) = rows(
        "UN envoy Ana Ruiz concluded her tour to the region on Monday by meeting Houthi leaders in Muscat."
    )
    assert (row.place, row.participants[-1]) == ("Muscat", "Houthis")


@pytest.mark.parametrize(
    ("line", "parties"),
    [
        ("Swiss diplomats met Taliban and Afghan officials in Doha on Monday.", ("AF", "CH")),
        ("Swiss diplomats met Colombian ELN commanders in Havana on Monday.", ("CH",)),
    ],
)
def test_a_movement_named_with_a_state(rows, line, parties):
    (row,) = rows(line)
    assert row.parties == parties
    assert set(row.participants) & {"Taliban", "ELN"}


def test_who_hosts_an_event_does_not_meet_at_it(rows):
    assert not rows("The event is hosted jointly by the Kenyan and Swiss governments.")


def test_deputy_chiefs_are_no_name(rows):
    found = rows(
        "The Chilean and Peruvian foreign ministers met in Bern on Monday.",
        "Deputy Chief negotiators were also in attendance.",
    )
    assert all("Deputy Chief" not in m.participants for m in found)


def test_a_summit_that_was_called_off_is_not_told_as_held(rows):
    off, left = rows(
        "A summit between Chile and Peru, scheduled for March 9 in Lima, was cancelled.",
        "The minister said the impasse had left the summit without a reason to exist.",
    )
    assert off.meeting_id == left.meeting_id
    assert left.status == "cancelled"


def test_the_state_that_hosted_the_talks_of_a_page_is_where_they_were(rows):
    found = rows(
        *RESUMED,
        "Mexico hosted several rounds of talks in 2021.",
    )
    mexico = next(m for m in found if m.place == "Mexico")
    assert (mexico.parties, mexico.participants) == (("VE",), ("opposition",))


@pytest.mark.parametrize("long", ["in seven years", "since 2019", "in more than a decade"])
def test_the_first_talks_in_long_are_those_of_the_page(rows, long):
    first, place = rows(
        f"Chile and Peru have held their first high-level government talks {long}.",
        "The two sides met in Bern on Monday.",
    )
    assert first.meeting_id == place.meeting_id
    assert first.place == "Bern"


def test_rival_leaders_and_their_names_are_one_meeting(rows):
    told, named = rows(
        "The United Nations on Tuesday hosted an informal meeting between the leaders of divided Cyprus.",
        "Cypriot President Nicos Anastasiades and Turkish Cypriot leader Mustafa Akinci met for three hours.",
    )
    assert told.meeting_id == named.meeting_id


def test_foes_are_those_whom_the_page_is_about(rows):
    found = rows(
        "Chilean and Peruvian delegations are to gather for talks in Bern on Saturday.",
        "The talks come a week after the foes held talks in Oslo.",
    )
    oslo = next(m for m in found if m.place == "Oslo")
    assert oslo.parties == ("CL", "PE")


@pytest.mark.parametrize(
    "line",
    [
        "His Highness Sheikh Tamim bin Hamad Al Thani met Peruvian President Luis Vega in Doha on Monday.",
        "Peruvian President Luis Vega met His Highness the Emir Tamim bin Hamad Al Thani in Doha on Monday.",
    ],
)
def test_an_address_is_no_name(rows, line):
    (row,) = rows(line)
    assert set(row.participants) == {"Tamim bin Hamad Al Thani", "Luis Vega"}
    assert row.parties == ("PE", "QA")


def test_a_bare_address_is_whom_the_page_addresses_so(rows):
    named, bare = rows(
        "His Highness Sheikh Tamim bin Hamad Al Thani met Peruvian President Luis Vega in Doha on Monday.",
        "His Highness also met Chilean President Ana Ruiz in Doha on Tuesday.",
    )
    assert named.parties == ("PE", "QA")
    assert set(bare.participants) == {"Tamim bin Hamad Al Thani", "Ana Ruiz"}
    (row,) = rows("His Highness met Chilean President Ana Ruiz in Doha on Tuesday.")
    assert "His Highness" in row.participants


@pytest.mark.parametrize(
    "line",
    [
        "Peru's president held separate phone calls with Chile's Ana Ruiz and Kenya's John Kamau on Monday.",
        "The Chilean and Kenyan presidents agreed to it in separate phone calls with Peru's Luis Vega.",
    ],
)
def test_separate_calls_are_a_call_with_each(rows, line):
    found = rows(line)
    assert sorted(m.parties for m in found) == [("CL", "PE"), ("KE", "PE")]
    assert len({m.meeting_id for m in found}) == 2


@pytest.mark.parametrize("how", ["in a phone call", "separately in Lima"])
def test_talks_of_three_may_be_one_meeting(rows, how):
    (row,) = rows(f"Peru's president spoke {how} with Chile's Ana Ruiz and Kenya's John Kamau on Monday.")
    assert row.parties == ("CL", "KE", "PE")

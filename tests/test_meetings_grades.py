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

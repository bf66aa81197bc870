"""What the two sides of a page plan at a level or with a third, and how a plan stands; on invented lines."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import rows_of


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


TALKS = "Turkey and Greece held talks in Izmir on Monday. Turkey and Greece both claim the islands."


@pytest.mark.parametrize(
    ("line", "parties", "status"),
    [
        (
            "A deputy-minister-level dialogue, pencilled in for early April in Athens, now looks doubtful.",
            "GR TR",
            "proposed",
        ),
        ("President-level talks were out of the question, a Greek official said.", "GR TR", "ruled_out"),
        ("A leaders' meeting is not on the cards before the summer, an official said.", "GR TR", "ruled_out"),
        ("Athens ruled out an encounter between the two heads of state this year.", "GR TR", "ruled_out"),
        ("A summit of the two leaders is off the table until then.", "GR TR", "ruled_out"),
        ("The subject of a meeting between the two presidents had been raised.", "GR TR", "proposed"),
        (
            "A three-way gathering with Cyprus, which Brussels keeps suggesting, is off the table.",
            "CY GR TR",
            "ruled_out",
        ),
        ("Washington proposed trilateral talks with the United States in May.", "GR TR US", "proposed"),
    ],
)
def test_what_the_two_sides_plan(rows, line, parties, status):
    found = rows(TALKS, line)
    assert len(found) == 2
    assert (" ".join(found[1].parties), found[1].status) == (parties, status)
    assert found[1].meeting_id != found[0].meeting_id


@pytest.mark.parametrize(
    "line",
    [
        "The prime minister will hold cabinet-level talks in Athens on Friday about the budget.",
        "Trade unions want a three-way meeting with employers.",
        "A shareholders' meeting is planned for June.",
    ],
)
def test_what_others_plan_is_not_theirs(rows, line):
    assert len(rows(TALKS, line)) == 1


def test_that_there_is_no_trilateral_is_of_the_three_just_told_of(rows):
    _, three, none = rows(
        TALKS,
        "Norway proposed a technical round among Ankara, Athens and Nicosia in Oslo in April.",
        "There would be no trilateral, a Greek official said, because two is company.",
    )
    assert (none.status, none.parties, none.meeting_id) == ("ruled_out", ("CY", "GR", "TR"), three.meeting_id)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("The summit of Turkey and Greece planned for Friday now looks doubtful.", "proposed"),
        ("A dinner of the Turkish and Greek leaders, planned for Friday in Rome, is in doubt.", "proposed"),
        ("A meeting of the Turkish and Greek leaders planned for Friday in Rome will go ahead.", "scheduled"),
        ("The Peruvian delegation attended a scheduled luncheon with Chilean envoys on Tuesday.", "held"),
        ("The Turkish and Greek ministers held a planned meeting in Rome on Monday.", "held"),
    ],
)
def test_how_a_plan_stands(rows, line, status):
    (row,) = rows(line)
    assert row.status == status


ROUND = (
    "Turkey and Greece held a round of talks in Izmir on Monday. Turkey and Greece both claim the islands."
)


@pytest.mark.parametrize(
    "line",
    [
        "Izmir produced one list of prisoners and nothing else.",
        "Izmir has given the region hope. It needs a text.",
        "Izmir failed because nobody trusted the maps.",
        "The Izmir exchange was frank, the minister said.",
        "An official described the talks as a stage on the way.",
    ],
)
def test_a_city_or_a_judgement_stands_for_the_talks(rows, line):
    talks, told = rows(ROUND, line)
    assert (told.meeting_id, told.status) == (talks.meeting_id, "held")


@pytest.mark.parametrize(
    "line",
    [
        "Izmir has two million people and a fine port.",
        "Bodrum produced one list of prisoners.",
        "Izmir may fail to impress visitors.",
    ],
)
def test_a_city_is_a_city(rows, line):
    assert len(rows(ROUND, line)) == 1


def test_a_capital_stands_for_its_government(rows):
    assert len(rows(ROUND.replace("Izmir", "Ankara"), "Ankara failed to deliver, an official said.")) == 1


def test_a_named_cancellation_is_of_the_talks_there(rows):
    _, off = rows(
        "Turkey and Greece were to hold a round of talks in Izmir on Monday, but it was called off.",
        "The Izmir cancellation is Greece's doing, whatever the minister says.",
    )
    assert off.status == "cancelled"


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Talks end without a deal as Athens holds out on the islands", 2),
        ("Two days of talks in the Beyaz Palace end without signatures", 2),
        ("Third round breaks up early over maps", 2),
        ("Wage talks end without a deal", 1),
        ("A round of golf ends in the rain", 1),
    ],
)
def test_a_line_above_the_story_tells_how_its_talks_went(rows, line, count):
    found = rows(line, ROUND)
    assert len(found) == count
    assert len({r.meeting_id for r in found}) == 1


@pytest.mark.parametrize(
    ("line", "parties", "status"),
    [
        (
            "India has agreed to a Pakistani request for a meeting of the two water commissioners in Lahore.",
            "IN PK",
            "proposed",
        ),
        ("Chile consented to Peru's request for talks in Arica on Friday.", "CL PE", "proposed"),
        (
            "The Greek and Turkish leaders shared a car from the airport in Vilnius on Tuesday.",
            "GR TR",
            "held",
        ),
    ],
)
def test_who_agrees_to_a_request_would_be_there(rows, line, parties, status):
    (row,) = rows(line)
    assert (" ".join(row.parties), row.status) == (parties, status)


def test_to_speak_daily_is_no_occasion(rows):
    assert rows("Cambodian and Thai commanders agreed to speak daily.") == []


def test_a_session_put_back_that_opens_is_on(rows):
    _, second = rows(
        "Armenia and Azerbaijan held a first session on the border in Tbilisi on Monday.",
        "The second session, put back by a day because of fog, opens on Thursday in Gori.",
    )
    assert (second.status, second.place) == ("scheduled", "Gori")

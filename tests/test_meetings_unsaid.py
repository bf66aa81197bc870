"""Words of contact by which nothing is said to have come about: forces sent, titles, guesses, denials."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import rows_of


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


@pytest.mark.parametrize(
    "line",
    [
        "Peru has bombed the town and sent forces into Chile.",
        "Norway sent troops to Sweden on Friday.",
        "France dispatched police officers and two warships to Haiti.",
        "The envoy for the Peru-Chile dialogue flew home.",
        "Anna Lund, the EU's special representative for the Serbia-Kosovo talks, was pleased.",
        "The Dutch minister never discussed his part in it with Emmanuel Macron.",
        "Emmanuel Macron did not discuss the gas deal with Olaf Scholz.",
        "Emmanuel Macron spoke of the plan, her visitors, as well as his friendship with Olaf Scholz.",
    ],
)
def test_nobody_is_said_to_meet(rows, line):
    assert rows(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "Egypt sent a delegation to Israel on Friday.",
        "Norway has sent its envoy to Oman for talks with Iran.",
        "Emmanuel Macron discussed the gas deal with Olaf Scholz on Monday.",
        "Emmanuel Macron and Olaf Scholz did not discuss the gas deal at the talks in Lima.",
        "Emmanuel Macron spoke by telephone with Olaf Scholz on Monday.",
    ],
)
def test_somebody_is(rows, line):
    assert len(rows(line)) == 1


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("proposed", "Speculation had been growing that Emmanuel Macron and Olaf Scholz would meet in Lima."),
        ("proposed", "Rumours that Emmanuel Macron will meet Olaf Scholz in Lima were not confirmed."),
        ("proposed", "There was gossip that Emmanuel Macron would visit Lima on Friday."),
        ("scheduled", "Aides said that Emmanuel Macron would meet Olaf Scholz in Lima."),
        ("scheduled", "News that Emmanuel Macron will meet Olaf Scholz in Lima pleased investors."),
    ],
)
def test_a_guess_arranges_nothing(rows, status, line):
    assert [m.status for m in rows(line)] == [status]


@pytest.mark.parametrize(
    ("status", "first", "then"),
    [
        (
            "held",
            "The summit between Peru and Chile ended without a deal.",
            "Before the summit, both had hoped.",
        ),
        ("held", "Peru and Chile held talks in Lima.", "Ahead of the talks, the minister said he was glad."),
        (
            "scheduled",
            "Peru and Chile will hold talks in Lima.",
            "Ahead of the talks, the minister was glad.",
        ),
    ],
)
def test_what_came_before_a_meeting_that_has_ended_does_not_put_it_ahead(rows, status, first, then):
    assert [m.status for m in rows(first, then)] == [status] * 2


def test_another_bodys_commission_is_not_the_commission(rows):
    line = "The head of the African Union Commission, Moussa Faki, met the US envoy, Mike Hammer, on Friday."
    assert [m.parties for m in rows(line)] == [("US",)]


@pytest.mark.parametrize(
    ("statuses", "lines"),
    [
        (
            ["held", "held"],
            [
                "Peru and Chile held talks in Lima on Monday.",
                "Bolivia's leader was not expected to attend the talks.",
            ],
        ),
        (["ruled_out"], ["Peru does not plan to join a new round of talks with envoys of Chile."]),
    ],
)
def test_who_is_not_expected_somewhere_does_not_call_it_off(rows, statuses, lines):
    assert [m.status for m in rows(*lines)] == statuses

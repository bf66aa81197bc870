"""Tests of gatherings of a bloc's members, of whom they discuss, and of meetings on the sidelines."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, rows_of


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


@pytest.mark.parametrize(
    ("line", "place", "party"),
    [
        ("At a summit in Brussels on Monday the EU decided on a loan for Ukraine.", "Brussels", "EU"),
        ("EU leaders backed the loan at an emergency summit in Brussels on Monday.", "Brussels", "EU"),
        (
            "At a meeting in Brussels on Monday, EU foreign ministers approved new sanctions.",
            "Brussels",
            "EU",
        ),
        (
            "ASEAN foreign ministers discussed Myanmar at a retreat in Langkawi on Monday.",
            "Langkawi",
            "ASEAN",
        ),
    ],
)
def test_members_who_decide_at_a_gathering_are_there(rows, line, place, party):
    assert [(r.status, r.place, r.date_from, r.parties) for r in rows(line)] == [
        ("held", place, march(9), (party,))
    ]


@pytest.mark.parametrize(
    "line",
    [
        "At a press conference in Brussels on Thursday the EU announced a loan.",
        "EU officials said on Thursday that prices fell after a meeting of the bank.",
        "Chile's president Ana Ruiz backed Ukraine at a summit in Lima on Monday.",
        "Chile's president Ana Ruiz condemned Russia at a meeting in Lima on Monday.",
    ],
)
def test_whom_others_back_or_condemn_is_not_there(rows, line):
    assert rows(line) == []


def test_a_meeting_on_the_sidelines_is_not_the_summit(rows):
    found = rows(
        "EU leaders backed the loan at a summit in Brussels on Monday.",
        "Chilean president Ana Ruiz met Peru's president Luis Vega on the sidelines of the summit there.",
    )
    assert len({row.meeting_id for row in found}) == 2


@pytest.mark.parametrize(
    ("line", "parties"),
    [
        ("Peru's president told Chile's foreign minister Ana Ruiz that he was ready.", ("CL", "PE")),
        ("Chile and Peru are at war. Peru's president told Brazil's Ana Souza he was ready.", ("BR", "PE")),
    ],
)
def test_the_two_are_who_told_and_who_was_told(rows, line, parties):
    assert [r.parties for r in rows(f"{line} The two were on the phone for two hours.")] == [parties]


def test_one_who_told_a_parliament_is_not_two(rows):
    assert (
        rows("The Chilean president told parliament he was ready. The two were on the phone for hours.") == []
    )


def test_who_was_not_there_does_not_undo_a_meeting(rows):
    line = "Chile was not at the talks between Peru and Brazil in Lima on Monday."
    assert [(r.status, r.parties) for r in rows(line)] == [("held", ("BR", "PE"))]


def test_a_summit_is_called_so_and_a_call_since_is_not(rows):
    found = rows(
        "Peru's president Luis Vega met Brazil's president Ana Souza at a summit in Lima on Monday.",
        "The two agreed on a loan.",
        "He referred to last week's conversation between Chile's president Eva Sol and Ana Souza.",
        "The summit came at the end of a difficult week.",
    )
    assert (found[-1].place, found[-1].meeting_id) == ("Lima", found[0].meeting_id)
    assert found[-2].parties == ("BR", "CL")


def test_a_conversation_between_two_is_of_nobody_else(rows):
    line = "Europe waited, a reference to last week's conversation between Chile's Ana Ruiz and Jorge Sol."
    assert all("EUROPE" not in row.parties for row in rows(line))

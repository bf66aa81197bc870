"""Who takes part by a list behind a dash or colon, and when and where by a clause behind a meeting."""

import datetime as dt

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
        "Anna Lund chaired a meeting of all the signatories – Peru, the UK and China – on Monday.",
        "Anna Lund chaired Monday's meeting of the accord's remaining signatories: Peru, the UK and China.",
    ],
)
def test_all_of_a_list_take_part(rows, line):
    assert [m.parties for m in rows(line)] == [("CN", "GB", "PE")]


def test_one_name_behind_a_dash_is_no_list(rows):
    found = rows("Emmanuel Macron met the ministers – Peru had sent none – in Lima on Monday.")
    assert all("PE" not in m.parties for m in found)


def test_a_clause_with_when_is_of_the_meeting_before_it(rows):
    told = rows(
        "Talks were warmer than at a 2018 meeting in Oslo, when Emmanuel Macron first met Olaf Scholz."
    )
    assert {(m.place, m.date_from) for m in told} == {("Oslo", dt.date(2018, 1, 1))}


def test_a_clause_with_when_behind_something_else_is_not(rows):
    (met,) = rows("The row began in the spring, when Emmanuel Macron met Olaf Scholz.")
    assert met.place is None


def test_the_first_round_is_not_the_second(rows):
    first, second = dt.date(2026, 2, 16), dt.date(2026, 3, 2)
    told = rows(
        "Peru and Chile held their second round of talks in Lima on March 2.",
        "As during the first round on February 16, the Peruvian delegation was headed by Jose Ruiz.",
    )
    assert {m.meeting_id for m in told if m.date_from == second} != {
        m.meeting_id for m in told if m.date_from == first
    }


def test_a_district_has_its_city(rows):
    line = "Emmanuel Macron met Olaf Scholz at the Omani embassy in the Rome Camilluccia district on Monday."
    assert [m.place for m in rows(line)] == ["Rome"]

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


def test_heads_of_delegations_behind_a_colon_take_part(rows):
    (met,) = rows(
        "The discussion in Lima was attended by the heads of two delegations: French President Emmanuel "
        "Macron and German Chancellor Friedrich Merz."
    )
    assert set(met.participants) == {"Emmanuel Macron", "Friedrich Merz"}


def test_experts_are_of_the_states_that_they_come_from(rows):
    (met,) = rows(
        "Talks have resumed in Lima between experts from Norway, Peru and Chile, Spain's radio said."
    )
    assert met.parties == ("CL", "NO", "PE")
    assert rows("Talks have resumed in Lima between “experts from Norway and Peru”, the radio said.")
    assert rows("Experts from Norway and Peru met in Lima on Monday.") == []


def test_both_take_part_where_the_parser_gives_one_name_the_whole(rows):
    (met,) = rows(
        "Cypriot President Nikos Christodoulides and Turkish Cypriot leader Ersin Tatar will meet in Oslo on "
        "Friday."
    )
    assert set(met.participants) == {"Nikos Christodoulides", "Ersin Tatar"}
    assert met.parties == ("CY",)


@pytest.mark.parametrize("opening", ["On Friday,", "In Lima,"])
def test_what_opens_the_sentence_is_of_what_is_due(rows, opening):
    (met,) = rows(f"{opening} Emmanuel Macron is due to meet Olaf Scholz.")
    assert (met.date_from == dt.date(2026, 3, 13)) is opening.startswith("On")
    assert (met.place == "Lima") is opening.startswith("In")


def test_whom_one_of_them_met_besides_is_another_meeting(rows):
    talks, besides = rows(
        "Emmanuel Macron met Pedro Sanchez in Lima on Monday.",
        "Ana Lund, who heads the agency, also met with Sanchez.",
    )
    assert talks.meeting_id != besides.meeting_id


def test_those_whom_the_next_sentence_brings_together_are_at_it(rows):
    told = rows(
        "An informal meeting on the island opens today in Oslo. The talks bring together key figures, "
        "including French President Emmanuel Macron and German Chancellor Friedrich Merz."
    )
    assert {(m.place, m.participants) for m in told} == {("Oslo", ("Emmanuel Macron", "Friedrich Merz"))}


def test_who_visits_too_is_not_at_the_talks(rows):
    told = rows(
        "Norwegian Foreign Minister Espen Barth Eide and Peruvian Foreign Minister Elmer Schialer will meet "
        "in Lima soon.",
        "Besides, the Norwegian energy minister will also visit Lima.",
    )
    assert len(told) == 1

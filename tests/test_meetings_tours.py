"""Tours that one sentence tells stop by stop."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, rows_of


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


STOPS = [
    ("Quito", march(12), {"Ada Roe", "Luis Paz"}),
    ("Lima", march(13), {"Ada Roe", "Ana Diaz"}),
    ("Bogota", march(14), {"Ada Roe", "Ivo Gomez"}),
]


ROE, PAZ, DIAZ, GOMEZ = (
    "US envoy Ada Roe",
    "Ecuadorian President Luis Paz",
    "Peruvian President Ana Diaz",
    "Colombian President Ivo Gomez",
)


@pytest.mark.parametrize(
    "line",
    [  # published on Wednesday, 11 March
        f"{ROE} will be in Quito on Thursday to see {PAZ}, in Lima on Friday for talks with {DIAZ} and in "
        f"Bogota on Saturday, where she meets {GOMEZ}.",
        f"{ROE} will meet {PAZ} in Quito on Thursday, {DIAZ} in Lima on Friday and {GOMEZ} in Bogota "
        "on Saturday.",
        f"{ROE} flies to Quito on Thursday for talks with {PAZ}, then to Lima on Friday to meet {DIAZ}, "
        f"before seeing {GOMEZ} in Bogota on Saturday.",
    ],
)
def test_each_stop_is_a_meeting_with_its_own_host(rows, line):
    found = rows(line)
    assert [(m.place, m.date_from, set(m.participants)) for m in found] == STOPS
    assert {m.status for m in found} == {"scheduled"}
    assert all(name in m.evidence for m in found for name in m.participants if name != "Ada Roe")
    assert {m.rule for m in found} == {"tour_stop"}


def test_hosts_need_no_names(rows):
    found = rows(
        f"{ROE} will be in Quito on Thursday to see Ecuador's president and in Lima on Friday for talks with "
        "Peruvian officials."
    )
    assert [(m.place, m.date_from, m.parties) for m in found] == [
        ("Quito", march(12), ("EC", "US")), ("Lima", march(13), ("PE", "US")),
    ]  # fmt: skip


def test_stops_without_a_host_are_journeys(rows):
    found = rows(
        "US envoy Ada Roe will fly to Quito on Thursday, to Lima on Friday and to Bogota on Saturday."
    )
    assert [(m.place, m.date_from) for m in found] == [(place, day) for place, day, _ in STOPS]
    assert {m.rule for m in found} == {"verb_travel"}


def test_stops_with_verbs_of_their_own_keep_them(rows):
    first, second = rows(
        f"In Quito on Monday US envoy Ada Roe met {PAZ}; in Lima on Tuesday she was received by {DIAZ}."
    )
    assert (first.place, first.date_from, second.place, second.date_from) == (
        "Quito", march(9), "Lima", march(10),
    )  # fmt: skip
    assert set(second.participants) == {"Ada Roe", "Ana Diaz"}


def test_one_place_on_two_days_is_no_tour(rows):
    found = rows(
        "US envoy Ada Roe met Ecuadorian President Luis Paz in Quito on Monday and in Quito on Tuesday."
    )
    assert {m.rule for m in found} == {"verb_meet"}


def test_a_place_and_a_day_of_something_else_are_no_stop(rows):
    found = rows(
        f"During their meeting in Quito on Thursday, {ROE} and Ecuadorian officials will discuss the plan "
        "negotiated between Peru and Chile in Lima on Monday."
    )
    assert (found[0].place, found[0].date_from) == ("Quito", march(12))
    assert not [m for m in found if m.place == "Lima" and "US" in m.parties]

"""Meetings told with all who take part; proposed, refused, broken off ones: on invented lines."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, rows_of

ROE = "Peruvian President Ana Roe"
PAZ = "Chilean President Luis Paz"


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


def only(found):
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (
            "Turkey has proposed that the foreign ministers of Armenia and Azerbaijan meet in Izmir.",
            "proposed",
        ),
        ("The UN suggested that Armenia and Azerbaijan hold talks in Izmir in May.", "proposed"),
        ("It was proposed that talks between Armenia and Azerbaijan be held in Izmir in May.", "proposed"),
        (
            "Officials are working to arrange a meeting between the Armenian and Azerbaijani presidents.",
            "proposed",
        ),
        ("Armenia's president would not commit to a meeting with Azerbaijani officials.", "proposed"),
        ("The Armenian and Azerbaijani ministers were supposed to meet in Izmir on Friday.", "scheduled"),
        (
            "The Armenian minister is due in Izmir on Wednesday for talks with Azerbaijani officials.",
            "scheduled",
        ),
        (
            "Armenian and Azerbaijani ministers were to meet in Izmir on Monday, but Baku pulled out.",
            "cancelled",
        ),
        (
            "Armenia and Azerbaijan were due to meet in Izmir on Monday before Baku called it off.",
            "cancelled",
        ),
        ("Armenia backed out of a planned meeting with Azerbaijani officials in Izmir.", "cancelled"),
        (
            "Armenia's president sought a meeting with Azerbaijan's president but was turned down.",
            "ruled_out",
        ),
        ("The meeting of Armenian and Azerbaijani ministers in Izmir adjourned on Friday.", "held"),
        ("The much awaited talks between Armenia and Azerbaijan in Izmir have been put off.", "cancelled"),
        ("A long awaited summit of Armenia and Azerbaijan took place in Izmir on Monday.", "held"),
        (
            "Gas will be a key point in the talks between Armenia and Azerbaijan in Izmir on Friday.",
            "scheduled",
        ),
        ("Armenia's president meets Azerbaijan's president in Izmir", "held"),
        ("5:15 p.m. Armenia's president receives the Azerbaijani ambassador", "scheduled"),
        ("Armenian and Azerbaijani negotiators meet again in Izmir", "scheduled"),
        ("Armenia and Azerbaijan are back at the negotiating table in Izmir.", "ongoing"),
        ("Armenia and Azerbaijan are locked in talks in Izmir.", "ongoing"),
        ("Armenia and Azerbaijan entered a third day of talks in Izmir on Wednesday.", "ongoing"),
        ("Armenian officials are reported to be meeting Azerbaijani envoys in Izmir.", "ongoing"),
        ("Armenia's president denied having met Azerbaijani envoys in Izmir.", "ruled_out"),
        ("Armenia's president would welcome a meeting with Azerbaijani officials next week.", "proposed"),
        ("Armenia has threatened to pull out of talks with Azerbaijan in Izmir on Friday.", "scheduled"),
        ("Armenia said a meeting with Azerbaijan was premature.", "ruled_out"),
        ("Armenia said it was too early for a meeting with Azerbaijan.", "ruled_out"),
        ("Armenia has ruled out talks with Azerbaijan.", "ruled_out"),
        ("Armenia has requested talks with Azerbaijan.", "proposed"),
        ("A meeting between Armenia and Azerbaijan hangs in the balance.", "proposed"),
        ("A meeting between Armenia and Azerbaijan is off the table.", "ruled_out"),
    ],
)
def test_status_by_what_governs_it(rows, line, status):
    row = only(rows(line))
    assert (row.parties, row.status) == (("AM", "AZ"), status)


def test_broken_off_on_the_day_that_is_told(rows):
    row = only(rows("Talks between Armenia and Azerbaijan were suspended on Friday."))
    assert (row.status, row.date_from, row.date_to) == ("cancelled", march(6), march(6))


@pytest.mark.parametrize(
    ("line", "parties"),
    [
        (f"{ROE}, accompanied by Ecuador's foreign minister, met {PAZ} in Quito.", ("CL", "EC", "PE")),
        (f"{ROE} met {PAZ} in Quito in the presence of Ecuador's president.", ("CL", "EC", "PE")),
        (f"{ROE} met {PAZ} in Quito, with Ecuador's president looking on.", ("CL", "EC", "PE")),
        (
            "Alongside the Czech minister, Slovak officials met Austrian officials in Graz.",
            ("AT", "CZ", "SK"),
        ),
        (
            "Polish negotiators, together with their Latvian colleagues, met German officials.",
            ("DE", "LV", "PL"),
        ),
        ("The presidents of Peru and of Chile met in Arica.", ("CL", "PE")),
        ("Peru's foreign minister held talks with those of Chile and Bolivia in Arica.", ("BO", "CL", "PE")),
        ("Envoys from six nations, including Peru and Chile, opened talks in Bern on Monday.", ("CL", "PE")),
        (f"{ROE} made a phone call to {PAZ} on Monday.", ("CL", "PE")),
        (f"{ROE} was told by {PAZ} in Arica on Saturday that the deal was off.", ("CL", "PE")),
        ("Peru's president told her Chilean counterpart by phone that Lima would not yield.", ("CL", "PE")),
        ("Delegations from Kyrgyzstan and Tajikistan are in Batken drawing up the border.", ("KG", "TJ")),
        ("Chile's president has not yet answered Peru's request for a meeting.", ("CL", "PE")),
        ("Seoul has not responded to Pyongyang's offer of talks in Panmunjom.", ("KP", "KR")),
        (f"{ROE} and {PAZ}, who met in Arica on Saturday, spoke of an accord.", ("CL", "PE")),
        (f"{ROE} and {PAZ}, meeting in Arica on Saturday, said little.", ("CL", "PE")),
        (f"{ROE} and {PAZ} signed the accord in Arica on Saturday.", ("CL", "PE")),
        (f"{ROE} signed the accord with {PAZ} in Arica on Saturday.", ("CL", "PE")),
        (
            "A meeting between Indian High Commissioner to Nepal Vikram Sinha and Nepal's Hari Lama ended.",
            ("IN", "NP"),
        ),
        (
            "Nepal suggested that the next round of talks with India be held on May 2 in Pokhara.",
            ("IN", "NP"),
        ),
        (f"{ROE} was in Bern on Monday, where she discussed the border with {PAZ}.", ("CL", "PE")),
        ("Peru has agreed to talks with Chile in Arica on Friday.", ("CL", "PE")),
        ("Peru turned down a Chilean request for a meeting in Arica.", ("CL", "PE")),
        (f"{PAZ}, left, meets {ROE} in Arica", ("CL", "PE")),
        (f"{PAZ}, whom {ROE} met in Arica last week, was silent.", ("CL", "PE")),
        (f"{PAZ}, with whom {ROE} held talks in Arica last week, was silent.", ("CL", "PE")),
        ("Chile is open to a meeting with Peru in Arica.", ("CL", "PE")),
        (f"{ROE} was the guest of {PAZ} in Arica on Saturday.", ("CL", "PE")),
        (f"{ROE} crossed paths with {PAZ} in Bern in September.", ("CL", "PE")),
    ],
)
def test_all_who_take_part(rows, line, parties):
    assert only(rows(line)).parties == parties


@pytest.mark.parametrize(
    "line",
    [
        "Peru and Chile signed the treaty in Lima in 1929.",
        f"{ROE} and {PAZ} agreed on Saturday that the dispute in Arica must end.",
        "The report suggests that Peru and Chile meet regularly.",
        "Talks with Chile have always been hard for Peru.",
        f"{ROE} and {PAZ} pledged aid for victims of the flood in Bolivia.",
        "Chile rejects talk of a crisis with Peru.",
        "Peru's opposition called the talks with Chile a surrender.",
        f"{ROE} met voters in Arica, accompanied by her husband.",
    ],
)
def test_no_meeting(rows, line):
    assert not rows(line)


def test_day_and_place_of_the_clauses_they_stand_in(rows):
    opening = only(rows(f"Meeting in Arica on Saturday, {ROE} and {PAZ} signed an accord."))
    assert (opening.place, opening.date_from) == ("Arica", march(7))
    line = "The meeting of the Peruvian and Chilean group, which took place in Arica in January, adjourned."
    told = only(rows(line))
    assert (told.place, told.date_from, told.status) == ("Arica", dt.date(2026, 1, 1), "held")


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("In Doha, Peru and Chile met on Saturday.", "Doha"),
        ("In Doha, Peruvian and Chilean officials met on Saturday.", "Doha"),
        ("In the Qatari capital Doha, negotiators of Peru and Chile met on Saturday.", "Doha"),
        ("The Doha talks between Peru and Chile ended on Saturday.", "Doha"),
        (f"{ROE} met {PAZ} on the Indonesian island of Bali on Saturday.", "Bali"),
    ],
)
def test_place_and_sides_kept_apart(rows, line, place):
    row = only(rows(line))
    assert (row.parties, row.place, row.date_from) == (("CL", "PE"), place, march(7))


def test_day_of_a_plan_given_up(rows):
    row = only(rows("The Peru-Chile summit, originally planned for March 20, will now be held on April 2."))
    assert (row.status, row.date_from) == ("scheduled", dt.date(2026, 4, 2))
    off = only(rows("Talks between Peru and Chile, originally planned for Monday, were called off."))
    assert (off.status, off.date_from) == ("cancelled", march(9))


def test_moved_to_another_place(rows):
    row = only(rows("The summit of the Peruvian and Chilean presidents has been moved from Quito to Doha."))
    assert (row.status, row.place) == ("scheduled", "Doha")


def test_several_meetings_of_one_verb(rows):
    lima, arica = rows(f"UN envoy Karin Holt met {ROE} in Lima on Monday and {PAZ} in Arica on Tuesday.")
    assert (lima.parties, lima.place, lima.date_from) == (("PE", "UN"), "Lima", march(9))
    assert (arica.parties, arica.place, arica.date_from) == (("CL", "UN"), "Arica", march(10))
    assert [r.place for r in rows("UN envoy Karin Holt visited Lima and Santiago last week.")] == [
        "Lima", "Santiago",
    ]  # fmt: skip


def test_subject_behind_an_opening_clause(rows):
    told = rows(f"After meeting {ROE}, UN envoy Karin Holt will fly to Arica to meet {PAZ} on Friday.")
    assert {(r.parties, r.status) for r in told} == {(("PE", "UN"), "held"), (("CL", "UN"), "scheduled")}

"""Turns of phrase that name a second occasion, a host, who leads a team, or none; on invented lines."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, rows_of


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


def told(found):
    return [(m.status, m.parties, m.place, m.date_from) for m in found]


@pytest.mark.parametrize(
    ("line", "second"),
    [
        (
            "Swiss and Austrian officials held a first round of talks in Bern on Friday and a second "
            "in Vienna on Monday.",
            ("held", ("AT", "CH"), "Vienna", march(9)),
        ),
        (
            "A first round of talks was held in Bern on Friday between Swiss and Austrian officials, with "
            "a second pencilled in for Vienna on March 20.",
            ("scheduled", ("AT", "CH"), "Vienna", march(20)),
        ),
        (
            "Swiss and Austrian officials held a round of talks in Bern on Friday, and another is due "
            "in Vienna on March 20.",
            ("scheduled", ("AT", "CH"), "Vienna", march(20)),
        ),
        (
            "The Swiss and Austrian ministers met in Bern on February 2 and again on March 6.",
            ("held", ("AT", "CH"), "Bern", march(6)),
        ),
        (
            "Swiss and Austrian officials met in Bern on March 2. A follow-up in "
            "Vienna on March 20 was cancelled.",
            ("cancelled", ("AT", "CH"), "Vienna", march(20)),
        ),
    ],
)
def test_an_occasion_left_unnamed_is_another_of_the_same_sides(rows, line, second):
    found = told(rows(line))
    assert len(found) == 2
    assert found[1] == second


def test_sessions_of_two_days_in_a_row_are_one_occasion(rows):
    (row,) = rows("The Swiss and Austrian ministers met in Bern on Monday and again on Tuesday.")
    assert (row.date_from, row.date_to) == (march(9), march(10))


def test_a_span_dates_each_of_its_meetings(rows):
    found = rows("Norway's minister met the Danish envoy twice last month, first in Oslo and then in Aarhus.")
    assert [(m.place, m.date_from) for m in found] == [
        ("Oslo", dt.date(2026, 2, 1)),
        ("Aarhus", dt.date(2026, 2, 1)),
    ]


@pytest.mark.parametrize(
    ("line", "people", "parties"),
    [
        (
            "The Egyptian delegation, headed by Hani Sabry, met Sudanese officials in Aswan on Monday.",
            {"Hani Sabry"},
            ("EG", "SD"),
        ),
        (
            "Delegations led by Bruno Retard of France and Said Amrani of Algeria "
            "met in Marseille on Monday.",
            {"Bruno Retard", "Said Amrani"},
            ("DZ", "FR"),
        ),
        (
            "Trade Secretary Jane Beaton of Britain and Chinese Vice Premier Li "
            "Wenhai will meet in Oslo on Friday.",
            {"Jane Beaton", "Li Wenhai"},
            ("CN", "GB"),
        ),
        (
            "Kenya's foreign minister visited Kampala on Monday to discuss the "
            "lake with Ugandan President Paul Okello.",
            {"Paul Okello"},
            ("KE", "UG"),
        ),
        (
            "Malaysian minister Nadia Hashim will hold talks in Jakarta on Friday "
            "on palm oil with Indonesia's Budi Santo.",
            {"Nadia Hashim", "Budi Santo"},
            ("ID", "MY"),
        ),
        (
            "Danish minister Lars Holm will fly to Berlin on Friday at the invitation of his German "
            "colleague, Anna Kern.",
            {"Lars Holm", "Anna Kern"},
            ("DE", "DK"),
        ),
        (
            "Belgian minister Jan Claes met his Dutch colleague in Ghent on Monday. Greek envoy Nikos Pappas "
            "said he would see Danish minister Lars Holm when the pair meet in Oslo on Friday.",
            {"Nikos Pappas", "Lars Holm"},
            ("DK", "GR"),
        ),
        ("European Union ministers will hold a summit with Japan in Kyoto on Friday.", set(), ("EU", "JP")),
    ],
)
def test_who_takes_part(rows, line, people, parties):
    row = rows(line)[-1]
    assert set(row.participants) == people
    assert row.parties == parties


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Hosted by Swiss minister Karl Amstutz, the foreign ministers of Peru "
            "and Chile met in Montreux on Monday.",
            ("held", ("CL", "PE"), "Montreux", march(9)),
        ),
        (
            "A summit of Norway and Iceland, postponed twice, is now likely to be held in Oslo on March 26.",
            ("scheduled", ("IS", "NO"), "Oslo", march(26)),
        ),
        (
            "The summit between Norway and Iceland is expected to be held in Bergen on March 26.",
            ("scheduled", ("IS", "NO"), "Bergen", march(26)),
        ),
        (
            "In a meeting with Peruvian officials in Lima on Monday, Chile's Ana "
            "Rojas pressed for lower duties.",
            ("held", ("CL", "PE"), "Lima", march(9)),
        ),
        (
            "After the failure in Jeddah, Peruvian and Chilean officials will try again in Lima on Friday.",
            ("scheduled", ("CL", "PE"), "Lima", march(13)),
        ),
        (
            "Talks between Peru and Chile in Lima, suspended since January, may resume on March 26.",
            ("proposed", ("CL", "PE"), "Lima", march(26)),
        ),
        (
            "No date has been agreed for the next round of talks between Peru and Chile in Lima.",
            ("proposed", ("CL", "PE"), "Lima", None),
        ),
        (
            "The joint commission of Peru and Chile is to take place in Arica on March 26.",
            ("scheduled", ("CL", "PE"), "Arica", march(26)),
        ),
        (
            "Norway's minister denied a report that he had met the Danish envoy in Oslo on Monday.",
            ("ruled_out", ("DK", "NO"), "Oslo", march(9)),
        ),
        (
            "The talks between Peru and Chile in Lima on Friday would not go ahead, officials said.",
            ("cancelled", ("CL", "PE"), "Lima", march(13)),
        ),
        (
            "Muscat hosted a meeting between Iranian and Saudi officials on Monday.",
            ("held", ("IR", "SA"), "Muscat", march(9)),
        ),
        (
            "Estonia's foreign minister summoned the Russian ambassador on Monday.",
            ("held", ("EE", "RU"), None, march(9)),
        ),
        (
            "Peruvian and Chilean negotiators talked in Lima until late on Monday.",
            ("held", ("CL", "PE"), "Lima", march(9)),
        ),
    ],
)
def test_what_is_said_of_an_occasion(rows, line, expected):
    (row,) = rows(line)
    assert (row.status, row.parties, row.place, row.date_from) == expected


def test_a_meeting_held_virtually_is_by_video(rows):
    (row,) = rows("A meeting between Peruvian and Chilean officials was held online on Monday.")
    assert row.form == "video"


def test_we_will_talk_again_is_another_call_with_the_same(rows):
    found = rows(
        '"I had a good call with President Macron on Monday, and we will talk again on Friday," '
        "Chancellor Merz said."
    )
    assert [(m.parties, m.date_from) for m in found] == [(("DE", "FR"), march(9)), (("DE", "FR"), march(13))]


@pytest.mark.parametrize(
    "line",
    [
        "Coalition talks between the Social Democrats and the Greens in Berlin broke down on Monday.",
        "Lima and Santiago are negotiating an accord on copper.",
        "Peru's Ana Rojas and Chile's Luis Soto did not shake hands in Lima on Monday.",
        "The border commission brings together Peruvian and Chilean officials twice a year.",
        "Peruvian and Chilean border guards meet daily in Arica.",
        "Had they met in Lima on Monday, there would have been little to say.",
        "Peruvian and Chilean farmers' leaders met in Arica on Monday.",
        "The Peruvian delegation flew home from Lima on Monday.",
    ],
)
def test_their_look_alikes_are_no_meetings(rows, line):
    assert rows(line) == []


def test_years_since_the_last_visit_are_no_day(rows):
    row = rows("Jordan's king will fly to Damascus next week, the first such visit in 17 years.")[0]
    assert row.date_from == march(16)


def test_the_report_does_not_date_what_was_years_later(rows):
    (row,) = rows("Peru and Chile fought over a river; their presidents shook hands in Arica years later.")
    assert row.date_from is None

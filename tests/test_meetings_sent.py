"""Who is sent, comes back, brings something about, or stands for several states; on invented lines."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, rows_of

MET = "Kyrgyz and Tajik negotiators met in Osh on Monday."
GUEST = "Norwegian Foreign Minister Ingrid Dahl met Polish premier Jan Kowal in Warsaw on Monday."
WHO, WHOM = "US Secretary of State Mark Rowe", "German Chancellor Hans Weber"
SIX = ("CN", "DE", "FR", "GB", "IR", "RU", "US")


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


@pytest.mark.parametrize(
    ("line", "parties", "status", "day"),
    [
        ("Russian President Rodion Kalugin dispatched an aide to Seoul on Friday to brief President Min "
         "of South Korea.", ("KR", "RU"), "held", 6),
        ("Chile sent an envoy to Lima on Monday to hand a letter to President Luis Paz of Peru.",
         ("CL", "PE"), "held", 9),
        ("Norwegian premier Per Dahl sent his foreign minister to Cairo on Monday to see Egyptian President "
         "Anwar Fathi.", ("EG", "NO"), "held", 9),
        ("Norwegian premier Per Dahl is sending an envoy to Cairo on Friday.", ("NO",), "scheduled", 13),
        ("Chile has sent its foreign minister to Lima for talks.", ("CL",), "scheduled", None),
    ],
)  # fmt: skip
def test_who_is_sent_to_see_somebody_does(rows, line, parties, status, day):
    (row,) = rows(line)
    assert (row.parties, row.status) == (parties, status)
    assert row.date_from == (march(day) if day else None)


@pytest.mark.parametrize(
    "line",
    [
        "Chile sent 40 firemen to Lima on Monday to fight the blaze.",
        "Chile sent an ambassador to Peru a letter.",
        "Chile sent troops to Peru on Monday.",
    ],
)
def test_what_else_is_sent_meets_nobody(rows, line):
    assert rows(line) == []


@pytest.mark.parametrize(
    ("line", "place", "first"),
    [
        ("The two teams are expected back in Osh on Friday.", "Osh", 13),
        ("The delegations are due back on 20 March.", None, 20),
        ("The negotiators will be back at work on 20 March.", None, 20),
    ],
)
def test_delegations_come_back_for_another_round(rows, line, place, first):
    held, back = rows(MET, line)
    assert back.meeting_id != held.meeting_id
    assert (back.parties, back.status, back.place) == (("KG", "TJ"), "scheduled", place)
    assert back.date_from == march(first)


def test_delegations_go_home(rows):
    assert len(rows(MET, "The delegations are due back home on Friday.")) == 1


def test_a_guest_is_expected_back(rows):
    row = rows(GUEST, "She is expected back in Warsaw before the month is out.")[-1]
    assert (row.parties, row.status, row.place) == (("NO",), "scheduled", "Warsaw")


@pytest.mark.parametrize(
    ("line", "place", "first"),
    [
        (
            "The king welcomed the progress made by the delegations of Chile and Peru in Quito on 3 March.",
            "Quito",
            3,
        ),
        ("The truce agreed by Chile and Peru in Quito on 2 March has held.", "Quito", 2),
        ("Chile and Peru reached a deal in Geneva on Tuesday.", "Geneva", 10),
        ("A deal was reached by Chile and Peru in Madrid on Monday.", "Madrid", 9),
        ("An agreement hammered out between Chile and Peru in Doha on Sunday is dead.", "Doha", 8),
    ],
)
def test_what_two_sides_bring_about_somewhere_tells_that_they_met(rows, line, place, first):
    (row,) = rows(line)
    assert (row.parties, row.place, row.status) == (("CL", "PE"), place, "held")
    assert row.date_from == march(first)


@pytest.mark.parametrize(
    "line",
    [
        "The accord signed by Chile and Peru in 1929 is old.",
        "The offer made by Chile in Quito is generous.",
        "The road built by Chile and Peru in Arica in 2010 is broken.",
        "The demands made by Chile and Peru in Geneva are old.",
        "Chile and Peru reached the final in Geneva on Tuesday.",
    ],
)
def test_other_works_tell_of_no_meeting(rows, line):
    assert rows(line) == []


@pytest.mark.parametrize("six", ["six world powers", "the P5+1", "the E3+3"])
def test_names_of_several_states_are_all_of_them(rows, six):
    (row,) = rows(f"Iran held talks with {six} in Vienna on Monday.")
    assert (row.parties, row.date_from) == (SIX, dt.date(2026, 3, 9))


@pytest.mark.parametrize(
    ("line", "form", "place"),
    [
        (f"{WHO} said on a call with {WHOM} on Tuesday that it would follow.", "phone", None),
        (f"On the margins of a forum in Davos, {WHO} and {WHOM} shook hands.", "in_person", "Davos"),
        (f"On the sidelines of the General Assembly in New York, {WHO} and {WHOM} spend an hour alone.",
         "in_person", "New York"),
    ],
)  # fmt: skip
def test_who_said_so_on_a_call_was_on_it_and_who_follows_a_place_meets(rows, line, form, place):
    row = rows(line)[-1]
    assert (row.parties, row.form, row.place, row.status) == (("DE", "US"), form, place, "held")


@pytest.mark.parametrize(
    "line",
    [
        f"{WHO} issued a call with {WHOM} to end the war.",
        f"{WHO} said on a call with reporters on Tuesday that it would follow.",
    ],
)
def test_other_calls_are_no_meetings(rows, line):
    assert rows(line) == []


def test_the_state_of_the_city_that_opens_a_sentence_is_not_listed_with_people(rows):
    met = "Peruvian President Luis Paz and Chilean President Ana Roe know each other."
    row = rows(met, "At their last meeting in June 2025 in Geneva, Switzerland, Paz and Roe agreed on hake.")[
        -1
    ]
    assert (row.parties, row.place) == (("CL", "PE"), "Geneva")

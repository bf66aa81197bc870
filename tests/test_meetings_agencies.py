"""Meetings as agencies tell them: abbreviated states at the head of a line, torn lists, topics."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import rows_of


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


@pytest.fixture(scope="module")
def rows(nlp, pack):
    """Merged mentions of a page made of lines, told on Wednesday, 11 March 2026."""
    return rows_of(nlp, pack)


@pytest.mark.parametrize(
    ("line", "parties"),
    [
        # an abbreviation in capitals at the head of a line is no dateline
        ("The U.S. and Peru held trade talks in Quito on Sunday.", {"US", "PE"}),
        ("The U.K. and Chile ended talks on a positive note on Sunday.", {"GB", "CL"}),
        ("NATO and Georgia met in Brussels on Monday.", {"NATO", "GE"}),
        # but a city is
        ("LIMA (Andina) - Peru and Chile met on Monday.", {"PE", "CL"}),
        # the first of a list of adjectives, which the parser hangs on "senior" or on the verb
        ("Senior US and Peruvian officials held five hours of talks in Quito on Monday.", {"US", "PE"}),
        ("US, Qatari and Peruvian negotiators will gather in Quito on Sunday.", {"US", "QA", "PE"}),
        ("Top UK, French and German diplomats spoke by phone with their Peruvian counterpart on Monday.",
         {"GB", "FR", "DE", "PE"}),
        # where they met is none of them
        ("In the US, Qatari and Egyptian ministers met on Monday.", {"QA", "EG"}),
        ("After leaving the US, Peruvian and Chilean envoys met in Lima on Monday.", {"PE", "CL"}),
        # envoys of the rebels beside a state's delegation
        ("Meetings between the Sudanese delegation and envoys of the six rebel groups begin on Monday.",
         {"SD"}),
    ],
)  # fmt: skip
def test_no_side_of_a_list_is_lost(rows, line, parties):
    assert [set(r.parties) for r in rows(line)] == [parties]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        # a name behind a title that the parser makes an apposition of another
        ("Peruvian minister Luis Paz and Chilean minister Ana Roe met in Quito on Monday.",
         {"Luis Paz", "Ana Roe"}),
        ("Chile's foreign minister talked on Monday with the president of Peru, Jo Diaz.", {"Jo Diaz"}),
        # who told of it in passing was not there
        ("Chilean minister Ana Roe returned home on Friday, local media reported, following a meeting with "
         "Peruvian minister Luis Paz.", {"Ana Roe", "Luis Paz"}),
        # but who speaks after talks was
        ("The plan is dead, Chilean minister Ana Roe said, after talks with Peruvian minister Luis Paz.",
         {"Ana Roe", "Luis Paz"}),
        # those who prepare a visit do not make it
        ("Roe and Paz agreed to begin preparations for a visit to Japan by a Korean president.", set()),
    ],
)  # fmt: skip
def test_people_are_those_of_the_meeting(rows, line, people):
    assert people == {p for r in rows(line) for p in r.participants} & {
        "Luis Paz", "Ana Roe", "Jo Diaz"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "place", "form", "day"),
    [
        # what is discussed is elsewhere
        ("Chile's Ana Roe and Peru's Luis Paz met in Quito on Monday to discuss a truce in Sudan.",
         "Quito", "in_person", dt.date(2026, 3, 9)),
        ("Chile's president discussed the situation in Sudan with Peru's president during a telephonic "
         "conversation on Monday.", None, "phone", dt.date(2026, 3, 9)),
        ("Chile's Ana Roe and Peru's Luis Paz discussed fishing in Quito on Monday.",
         "Quito", "in_person", dt.date(2026, 3, 9)),
        # since when something is so is not when they met
        ("Chile's Ana Roe and Peru's Luis Paz on Monday discussed trade since its opening in 1970.",
         None, "unknown", dt.date(2026, 3, 9)),
    ],
)  # fmt: skip
def test_what_is_talked_of_gives_no_place_and_no_day(rows, line, place, form, day):
    assert [(r.place, r.form, r.date_from) for r in rows(line)] == [(place, form, day)]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        # they did not meet
        (("The Peruvian team walked out without having met the Chilean delegation.",), ["ruled_out"]),
        # what is not expected is progress, not the talks
        (("Chile and Peru held talks in Quito on Monday.",
          "\"I don't expect much progress from the Quito talks,\" Peru's Luis Paz said."),
         ["held", "scheduled"]),
        # who stays away from what is to come does not stay away from what has been
        (("Chile and Peru held talks in Lima on Friday.",
          "US, Qatari and Peruvian negotiators will gather in Doha on Sunday.",
          "Although Chile will not send a delegation to the talks, it has been closely involved."),
         ["held", "scheduled", "scheduled"]),
    ],
)  # fmt: skip
def test_status_is_that_of_the_meeting(rows, lines, told):
    assert [r.status for r in rows(*lines)] == told


def test_who_has_not_spoken_since_a_day_spoke_then(rows):
    told = rows(
        "Ana Roe of Chile and Luis Paz of Peru spoke on Tuesday.",
        "Chile said that Roe did not talk to Paz since February 4.",
    )
    assert [r.date_from for r in told] == [dt.date(2026, 3, 10), dt.date(2026, 2, 4)]
    assert len({r.meeting_id for r in told}) == 2


def test_an_invitation_to_a_forum_is_not_the_meeting_just_told(rows):
    told = rows(
        "Ana Roe of Chile discussed the border in a conversation with Luis Paz of Peru on Tuesday evening.",
        "Roe invited Paz to attend the next G-7 Summit to be held at Camp David in September.",
    )
    assert len({r.meeting_id for r in told}) == len(told)


def test_what_was_before_a_meeting_is_not_among_its_sides(rows):
    (told,) = rows(
        "A meeting of Ana Roe of Chile with Luis Paz of Peru followed talks with Bolivia's Eva Sol."
    )
    assert "BO" not in told.parties

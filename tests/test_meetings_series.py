"""Talks that go on: resumed, one more, the last before; and which of a page's meetings they belong to."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, rows_of

HELD = "Peru and Kuwait held talks in Muscat on Saturday."
SIDES = ("KW", "PE")


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


@pytest.mark.parametrize(
    ("line", "place", "first", "last"),
    [
        ("The talks will resume on Friday.", None, 13, 13),
        ("Talks will resume next week, officials said.", None, 16, 22),
        ("Negotiations are set to resume in Doha on Monday.", "Doha", 16, 16),
        ("The negotiations will continue in Doha on Monday, the minister said.", "Doha", 16, 16),
        ("More talks are planned for Friday.", None, 13, 13),
        ("Expert-level talks will follow in Lima on 20 March.", "Lima", 20, 20),
    ],
)
def test_talks_that_go_on_are_one_more_occasion_of_the_same_sides(rows, line, place, first, last):
    held, again = rows(HELD, line)
    assert (again.parties, again.status, again.place) == (SIDES, "scheduled", place)
    assert (again.date_from, again.date_to) == (march(first), march(last))
    assert again.meeting_id != held.meeting_id


def test_talks_that_resume_on_the_next_day_are_the_same(rows):
    held, again = rows("Peru and Kuwait held talks in Muscat on Monday.", "The talks resumed on Tuesday.")
    assert again.meeting_id == held.meeting_id
    assert (again.place, again.date_from) == ("Muscat", march(10))


def test_talks_that_resume_within_days_are_where_they_were(rows):
    _, again = rows("Peru and Kuwait held talks in Muscat on Monday.", "The talks will resume on Thursday.")
    assert (again.place, again.date_from) == ("Muscat", march(12))


def test_the_last_round_is_one_before_if_its_day_says_so(rows):
    held, before = rows(HELD, "The last round of talks was held in January.")
    assert (before.parties, before.date_from.month) == (SIDES, 1)
    assert before.meeting_id != held.meeting_id


@pytest.mark.parametrize(
    "line",
    [
        "The talks come after months of tension.",
        "The talks are the first since 2019.",
        "At the talks, the delegations exchanged maps.",
        "It was the 19th round since 2021.",
    ],
)
def test_how_talks_stand_to_others_is_told_of_them(rows, line):
    held, again = rows(HELD, line)
    assert again.meeting_id == held.meeting_id
    assert (again.status, again.place, again.date_from) == ("held", "Muscat", march(7))


@pytest.mark.parametrize(
    "line",
    ["Classes will resume on Friday.", "The talks with Lima have yet to yield an accord.", "Talk is cheap."],
)
def test_what_goes_on_is_not_always_talks(rows, line):
    assert len(rows(HELD, line)) == 1


def test_talks_that_others_discuss_are_not_theirs(rows):
    (call,) = rows("Keir Starmer and Emmanuel Macron discussed the Lima round in a phone call on Tuesday.")
    assert (call.form, call.place) == ("phone", None)


def test_a_round_is_of_those_whom_the_page_tells_of_together(rows):
    found = rows(
        "Chile and Bolivia accuse each other of delay over water.",
        "Chilean Foreign Minister Ana Roe met UN envoy Per Lund in Lima on Monday.",
        "Chile says Bolivia takes too much. Bolivia says Chile takes too much.",
        "Farmers on both banks are waiting.",
        "A dam was built there in 1980.",
        "It has been dry since.",
        "Nobody has counted the fields.",
        "The third round is due to open in Quito on 20 March.",
    )
    assert [r.parties for r in found if r.place == "Quito"] == []


@pytest.mark.parametrize(
    ("line", "status", "first"),
    [
        ("Chile and Peru agreed to hold talks. It will take place in Quito on Friday.", "scheduled", 13),
        ("Chile and Peru held a meeting in Quito on Monday, and it ended without a text.", "held", 9),
        (
            "A meeting of Chile and Peru was planned in Quito. It is due to be held on Friday.",
            "scheduled",
            13,
        ),
    ],
)
def test_it_stands_for_the_occasion_just_named(rows, line, status, first):
    (row,) = rows(line)
    assert (row.parties, row.status, row.place) == (("CL", "PE"), status, "Quito")
    assert row.date_from == march(first)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("It was attended by the gas ministers of both countries.", "held"),
        ("It was chaired by Turkish minister Ali Demir.", "held"),
        ("It lasted four hours.", "held"),
    ],
)
def test_it_in_the_next_line_stands_for_the_occasion_too(rows, line, status):
    held, again = rows(HELD, line)
    assert (again.meeting_id, again.status, again.rule) == (held.meeting_id, status, "pronoun_occasion")


@pytest.mark.parametrize(
    "line",
    [
        "The election will be held in May. It will be held on a Sunday.",
        "It was held that the treaty was void.",
        "The dam was full. It will be opened on Friday.",
    ],
)
def test_it_may_stand_for_something_else(rows, line):
    assert len(rows(HELD, line)) == 1


@pytest.mark.parametrize(
    ("line", "status", "place", "month"),
    [
        ("Kuwait proposed another meeting in April.", "proposed", None, 4),
        ("Kuwait ruled out another round.", "ruled_out", None, None),
        ("Negotiators will return to Muscat on 20 April.", "scheduled", "Muscat", 4),
        ("No further talks are planned.", "ruled_out", None, None),
        ("It was not clear when the talks would resume.", "scheduled", None, None),
        ("The January round in Lima ended in acrimony.", "held", "Lima", 1),
    ],
)
def test_another_round_is_of_those_who_met_before(rows, line, status, place, month):
    held, other = rows(HELD, line)
    assert other.meeting_id != held.meeting_id
    assert (other.parties, other.status, other.place) == (SIDES, status, place)
    assert (other.date_from.month if other.date_from else None) == month


@pytest.mark.parametrize(
    "line",
    [
        "Talks broke off after six hours.",
        "The closed-door meeting lasted six hours.",
    ],
)
def test_bare_talks_and_breaks_are_of_those_just_told_of(rows, line):
    held, again = rows(HELD, line)
    assert (again.meeting_id, again.place) == (held.meeting_id, "Muscat")


@pytest.mark.parametrize(
    "line", ["Wage talks broke down on Monday.", "Turkey proposed another round of golf."]
)
def test_other_talks_are_not_those_just_told_of(rows, line):
    assert len(rows(HELD, line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Another is planned for June in Lima.",
        "Round 15 is expected to take place in Lima in June.",
        "The 15th is expected to take place in Lima in June.",
    ],
)
def test_the_next_may_be_told_by_its_number_alone(rows, line):
    held, other = rows(HELD, line)
    assert (other.parties, other.status, other.place) == (SIDES, "scheduled", "Lima")
    assert (other.date_from.month, other.meeting_id == held.meeting_id) == (6, False)


@pytest.mark.parametrize(
    "line",
    [
        "Kuwait opened a refinery. Another is planned for June in Lima.",
        "The 15th of March is a holiday. The 21st will be held in honour of a poet.",
    ],
)
def test_another_may_be_something_else(rows, line):
    assert len(rows(HELD, line)) == 1

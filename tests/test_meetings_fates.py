"""What clauses far from a meeting's own make of it: mere talk, acceptance, answers, misplaced clauses."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, rows_of

DOE = "US President John Doe"
TWO = "Norwegian Foreign Minister Ingrid Dahl and Swedish Foreign Minister Karin Lund left the hall."
KALUGIN = "Russian President Rodion Kalugin"


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


@pytest.mark.parametrize(
    ("predicate", "status"),
    [
        ("is being talked of again", "proposed"),
        ("is much talked about", "proposed"),
        ("remains the stuff of rumour", "proposed"),
        ("remains a distant prospect", "proposed"),
        ("is only a dream", "proposed"),
        ("is back on the table", "proposed"),
        ("is not an option", "ruled_out"),
        ("was the idea of a Finn", "held"),
        ("has to be prepared", "proposed"),
        ("needs to be arranged", "proposed"),
        ("had to be called off", "cancelled"),
        ("had to be held in a tent", "held"),
    ],
)
def test_mere_talk_of_a_meeting_proposes_it(rows, predicate, status):
    (row,) = rows(f"A summit between {DOE} and {KALUGIN} {predicate}.")
    assert (row.status, row.parties) == (status, ("RU", "US"))


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (f"{DOE} invited {KALUGIN} to visit Boston in May, an invitation he accepted.", "scheduled"),
        (f"{DOE} invited {KALUGIN} to Boston, and he accepted the invitation.", "scheduled"),
        (f"{DOE} invited {KALUGIN} to Boston in May, which he accepted.", "scheduled"),
        (f"{DOE} invited {KALUGIN} to Boston, and he accepted the blame.", "proposed"),
        (f"{DOE} invited {KALUGIN} to Boston, which he has not accepted.", "proposed"),
        (f'{DOE} would not meet {KALUGIN} "until the last net is gone".', "proposed"),
        (
            f"Asked whether {DOE} would meet {KALUGIN} in Bern, the aide said there was no such plan.",
            "ruled_out",
        ),
        (
            f"Asked about a meeting between {DOE} and {KALUGIN}, the aide said nothing was planned.",
            "ruled_out",
        ),
        (f"Asked whether {DOE} would meet {KALUGIN} in Bern, the aide said no.", "ruled_out"),
        (f"Asked whether {DOE} would meet {KALUGIN} in Bern, the aide said it was too early.", "proposed"),
    ],
)
def test_what_follows_settles_a_proposal(rows, line, status):
    (row,) = rows(line)
    assert (row.status, row.parties) == (status, ("RU", "US"))


@pytest.mark.parametrize(
    ("clause", "status", "place", "first", "last"),
    [
        ("which continue in Lima until tomorrow", "ongoing", "Lima", 11, 12),
        ("which opened in Quito on Tuesday", "held", "Quito", 10, 10),
        ("which will resume in Quito on Friday", "scheduled", "Quito", 13, 13),
    ],
)
def test_a_clause_behind_the_names_is_of_the_meeting(rows, clause, status, place, first, last):
    (row,) = rows(f"The king praised the talks of the envoys of Chile and Peru, {clause}.")
    assert (row.status, row.place) == (status, place)
    assert (row.date_from, row.date_to) == (march(first), march(last))


def test_a_clause_behind_the_names_is_of_no_border(rows):
    assert rows("The king praised the border of Chile and Peru, which continues to burn.") == []


def test_who_is_with_somebody_abroad_meets(rows):
    (row,) = rows(
        "Norwegian Foreign Minister Ingrid Dahl is in Riga with Latvian premier Janis Ozols as we speak."
    )
    assert (row.status, row.place, row.parties) == ("ongoing", "Riga", ("LV", "NO"))


@pytest.mark.parametrize(
    "line",
    [
        "French envoy Luc Morel is in Riga with a team of 14.",
        "French envoy Luc Morel is in Riga with his wife.",
    ],
)
def test_whose_companions_are_no_other_side_meets_nobody(rows, line):
    assert rows(line) == []


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("A breakfast between the two, which was to be held at 8 am on Thursday, stands cancelled.", 12),
        ("A meeting between them planned for 13 March is off.", 13),
        ("A meeting between the two was called off.", None),
    ],
)
def test_a_meeting_between_the_two_is_theirs(rows, line, day):
    row = rows(TWO, line)[-1]
    assert (row.status, row.participants) == ("cancelled", ("Ingrid Dahl", "Karin Lund"))
    assert row.date_from == (march(day) if day else None)


def test_a_quarrel_between_the_two_is_no_meeting(rows):
    assert rows(TWO, "The quarrel between the two was called off.") == []


def test_two_sides_close_a_round(rows):
    (row,) = rows("Colombia's government and the Northern Front closed the second round of talks on Friday.")
    assert (row.parties, row.participants, row.status) == (("CO",), ("Northern Front",), "held")
    assert row.date_from == march(6)


@pytest.mark.parametrize("what", ["its border with Peru", "its embassy in Lima", "a deal on hake with Peru"])
def test_what_else_is_closed_is_no_meeting(rows, what):
    assert rows(f"Chile closed {what} on Tuesday.") == []


@pytest.mark.parametrize(
    ("doers", "parties"),
    [
        ("The ministers", ("ID", "VN")),  # of the states just named
        ("The two men", ("CL", "PE")),  # the people named last
    ],
)
def test_whose_ministers_met_the_line_says(rows, doers, parties):
    people = "Chilean minister Ana Roe phoned Peruvian minister Luis Paz on Monday."
    row = rows(
        people, f"Indonesia and Vietnam settled it in 2022. {doers} last met in Kuala Lumpur in July."
    )[-1]
    assert (row.parties, row.place) == (parties, "Kuala Lumpur")


def test_another_meeting_that_is_ruled_out_is_none_that_was(rows):
    met = "Peruvian minister Luis Paz met Chilean minister Ana Roe in Arica on Monday."
    held, other = rows(met, "Paz ruled out another meeting with Roe.")
    assert other.meeting_id != held.meeting_id
    assert (other.status, other.date_from, other.place) == ("ruled_out", None, None)

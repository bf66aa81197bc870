"""Whose positions are told: of two named before, of one among several, of bodies that act for no state."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.test_positions_any import held


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


WANTED = {("PE", "ceasefire"): "support", ("CL", "ceasefire"): "support"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Peru and Chile met on Monday. Both called for a ceasefire.", WANTED),
        ("The talks between Peru and Chile began on Monday. Both sides want a ceasefire.", WANTED),
        ("Peru's president met Chile's foreign minister. The two countries agreed to a truce.", WANTED),
        ("Norway hosted the presidents of Peru and Chile. Both want a ceasefire.", WANTED),
        # of three it is not told which two
        ("Norway, Peru and Chile met on Monday. Both sides want a ceasefire.", {}),
        ("Both sides want a ceasefire.", {}),
    ],
)
def test_both_are_the_two_named_before(nlp, pack, sentence, expected):
    assert held(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Peru was among the main opponents of a truce.", {("PE", "ceasefire"): "oppose"}),
        ("Peru is one of the main supporters of a truce.", {("PE", "ceasefire"): "support"}),
        ("The opponents of a truce met in Peru.", {}),
        # bodies within a state are none of its own
        ("The Peruvian government wants a truce.", {("PE", "ceasefire"): "support"}),
        ("Four Peruvian parties want a truce.", {}),
        ("Peru's warring parties agreed to a truce.", {}),
    ],
)
def test_people_and_bodies_are_told_from_states(nlp, pack, sentence, expected):
    assert held(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Peru demanded that Chile's fleet leave the bay before any peace talks can be held.",
        "Peru insisted the fleet must leave the bay before peace talks start.",
        "Peru said the fleet must leave the bay before peace talks can begin.",
    ],
)
def test_what_must_come_first_is_a_condition(nlp, pack, sentence):
    assert held(nlp, pack, sentence)[("PE", "negotiations")] == "conditional"


def test_what_is_demanded_before_an_occasion_is_over_is_no_condition(nlp, pack):
    found = held(nlp, pack, "Peru demanded an apology before the peace talks ended.")
    assert ("PE", "negotiations") not in found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Khalifa Haftar ruled out a ceasefire.", {("Khalifa Haftar", "ceasefire"): "oppose"}),
        ("Hector Quispe, a painter, ruled out a ceasefire.", {}),
    ],
)
def test_people_known_to_lead_a_movement_hold_positions(nlp, pack, sentence, expected):
    assert held(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nobody in Lima wants a ceasefire.", {("PE", "ceasefire"): "oppose"}),
        ("Nobody in the streets wants a ceasefire.", {}),
        # what is told to hold under a document is its author's will
        (
            "Under the Peruvian outline, Chile would withdraw from the town.",
            {("PE", "troop_withdrawal"): "support"},
        ),
    ],
)
def test_nobody_in_a_capital_and_authors_of_outlines(nlp, pack, sentence, expected):
    assert held(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("clause", "stance"),
    [
        ("Many points in the American peace plan for Ukraine are acceptable", "conditional"),
        ("Some points of the American peace plan for Ukraine can be viewed positively", "conditional"),
        ("Moscow has agreed on nine of the 28 points of the American peace plan for Ukraine", "conditional"),
        ("Kyiv has read the American peace plan, and it could form the basis for an accord", "support"),
    ],
)
def test_a_document_accepted_in_part_or_as_a_basis(nlp, clause, stance):
    pack = load_domain(Settings(domain="ukraine"))
    assert held(nlp, pack, f"{clause}, Dmitry Peskov said.") == {("RU", "us_peace_plan"): stance}

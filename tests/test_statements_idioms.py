"""Verbs that say something with one noun, prepositions of three words, and nouns that say nothing."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.extract.statements import extract_statements
from pipeline.resolve import link
from pipeline.settings import Settings
from tests.test_resolve import make_page


@pytest.fixture(scope="module")
def told(nlp):
    """Who says what, as whose, by lines of text of a day."""
    pack = load_domain(Settings(domain="generic"))

    def run(*lines, day=dt.date(2026, 3, 5)):
        page = make_page(nlp, lines, day)
        rows = extract_statements(page, link(page, pack), pack)
        return [(row.speaker_name, row.party, row.content) for row in rows]

    return run


@pytest.mark.parametrize(
    ("before", "content"),
    [
        ("pointed the finger at ", "Lima for the delay"),
        ("laid the blame on ", "the operators"),
        ("took issue with ", "the wording of the draft"),
        ("threw her full weight behind ", "the Swiss plan"),
        ("left the door open to ", "further talks"),
        ("shut the door on ", "a second round"),
        ("has drawn attention to ", "the lack of inspectors"),
        ("poured scorn on ", "the offer"),
        ("served notice that ", "she would walk out"),
        ("made the point that ", "the offer had expired"),
        ("spoke in favour of ", "a longer truce"),
        ("was quick to deny ", "the report"),
    ],
)
def test_a_verb_and_its_noun_say_what_stands_behind(told, before, content):
    assert told(f"Kari Moe {before}{content}.") == [("Kari Moe", None, content)]


@pytest.mark.parametrize(
    "line",
    [
        "Kari Moe took the issue with her to Geneva.",
        "Kari Moe shut the door behind her.",
        "Kari Moe made a point of attending both sessions.",
        "Kari Moe stopped short of accusing Lima of lying.",
        "Kari Moe pointed to the map on the wall.",
        "Kari Moe gave her coat to the usher.",
        "In response to the walkout, Kari Moe further elaborated on the plan of the owners.",
        "A disarmament agreement reached in Lima said the rebels would surrender their arms.",
        "The island, which is threatened by rising emissions, spoke up.",
        "Ports, many of which rejected the offer, will close.",
        "Contrasting perspectives remain between the two ports.",
    ],
)
def test_deeds_and_things_say_nothing(told, line):
    assert told(line) == []


def test_bodies_known_by_their_names_alone_speak_each(told):
    assert [
        s for s, _, _ in told("Both the Chilean opposition and foreign observers condemned the delay.")
    ] == [
        "Chilean opposition",
        "foreign observers",
    ]


def test_an_office_between_commas_is_of_the_name_before_it(told):
    line = "Asked about Elin Berg, the Norwegian envoy, Luis Vial said the port would stay open."
    assert [(s, p) for s, p, _ in told(line)] == [("Luis Vial", None)]


def test_the_text_tells_offices_that_the_reference_data_does_not_know(told):
    line = "Norwegian Prime Minister Kaja Kallas said the port would stay open."
    assert [(s, p) for s, p, _ in told(line, day=dt.date(2004, 3, 5))] == [("Kaja Kallas", "NO")]
    line = "The former Norwegian prime minister Kaja Kallas said the port would stay open."
    assert [(s, p) for s, p, _ in told(line, day=dt.date(2004, 3, 5))] == [("Kaja Kallas", None)]


@pytest.mark.parametrize(
    ("line", "speaker", "content"),
    [
        (
            "The plan includes a tax that critics say would hurt farmers.",
            "critics",
            "a tax that critics say would hurt farmers",
        ),
        (
            "They seized the ship, which Tehran says was smuggling fuel, on Monday.",
            "Tehran",
            "the ship, which Tehran says was smuggling fuel",
        ),
        (
            "The draft leaves out a port that Lima insists is its own.",
            "Lima",
            "a port that Lima insists is its own",
        ),
        ("Kari Moe sold the house that the tax was paid for.", None, None),
        ("Kari Moe signed a deal that nobody said would last.", None, None),
    ],
)
def test_a_relative_clause_of_saying_tells_of_its_noun(told, line, speaker, content):
    assert [(s, c) for s, _, c in told(line)] == ([(speaker, content)] if speaker else [])


def test_an_occasion_holds_over_one_line_of_another_speaker(nlp):
    lines = (
        "Kari Moe told a news conference in Lima that the port would open.",
        "Crane drivers have heard such promises before.",
        "Moe said the cranes were on their way.",
        "Ships waited off the coast.",
        "Nobody on the quay had been paid since May.",
        "Moe said the wages would follow.",
    )
    page = make_page(nlp, lines, dt.date(2026, 3, 5))
    pack = load_domain(Settings(domain="generic"))
    rows = extract_statements(page, link(page, pack), pack)
    assert [r.channel for r in rows if "Moe" in r.speaker_name] == ["press conference"] * 2 + [None]

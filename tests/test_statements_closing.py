"""Attributions that the parse makes part of what was said, and speakers that it hides."""

import pytest

from pipeline.domain import load_domain
from pipeline.extract.statements import extract_statements
from pipeline.resolve import link
from pipeline.settings import Settings
from tests.test_statements import page_of


@pytest.fixture(scope="module")
def told(nlp):
    """Speaker and content of a text's statements."""
    pack = load_domain(Settings(domain="generic"))

    def run(text):
        page = page_of(nlp, *text.split("\n"))
        return [(row.speaker_name, row.content) for row in extract_statements(page, link(page, pack), pack)]

    return run


@pytest.mark.parametrize(
    ("said", "tail", "speaker"),
    [
        (
            "Lund will host a fair on May 14 with Norway’s king Olaf Dahl and Peru’s premier Ana Rojas",
            "three officials with knowledge of the plans told the Lake Gazette.",
            "three officials with knowledge of the plans",
        ),
        (
            "The team stay in Doha and keep up contact with both the port’s managers and the union",
            "Harbour Department Spokesperson Ned Holm said at a press briefing.",
            "Ned Holm",
        ),
        (
            "The boats have come to take part in the new round of races with the islanders",
            "Minister of Ports and Information Jorge Rojas said on Monday.",
            "Jorge Rojas",
        ),
        (
            "The crews reject the offer and want more pay for work on board of ferries",
            "their leader Rosa Dahl told the Lake Gazette.",
            "Rosa Dahl",
        ),
    ],
)
def test_who_closes_a_sentence_said_it(told, said, tail, speaker):
    assert (speaker, said) in told(f"{said}, {tail}")


@pytest.mark.parametrize(
    "text",
    [
        "The king flew to Lima, met the mayor and spoke to reporters.",
        "The two leaders shook hands, smiled and said nothing.",
    ],
)
def test_a_list_of_deeds_says_nothing(told, text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "The leader of the rebel coalition controlling large parts of Peru has rejected the offer.",
            ("leader of the rebel coalition", "the offer"),
        ),
        (
            "Ana Rojas said after the last round of talks broke down that her party was ready to wait.",
            ("Ana Rojas", "her party was ready to wait"),
        ),
        (
            "Ana Rojas has accused the chief judge in the case, Per Lund of bending the rules.",
            ("Ana Rojas", "the chief judge in the case, Per Lund of bending the rules"),
        ),
        ("Ana Rojas demanded at least USD 500 billion.", ("Ana Rojas", "at least USD 500 billion")),
        ("Mick Lund called on RDG to meet urgently.", ("Mick Lund", "RDG to meet urgently")),
        ("The DWA says further strikes can be avoided.", ("DWA", "further strikes can be avoided")),
        ("The retail giant said shops would close.", ("retail giant", "shops would close")),
        (
            "The Harbour Party leader, widely seen as stern, declared that it was over.",
            ("Harbour Party leader", "it was over"),
        ),
        (
            "In response, the co-chairs of the crews’ committee said: “We want peace.”",
            ("chairs of the crews’ committee", "“We want peace.”"),
        ),
        (
            "A joint statement issued after the fair by Peru and Chile said that the mood was good.",
            ("Peru and Chile", "the mood was good"),
        ),
        ("A statement from the U.S. said the fair was off.", ("U.S.", "the fair was off")),
    ],
)
def test_a_speaker_that_the_parse_hides_is_found(told, text, row):
    assert row in told(text)


@pytest.mark.parametrize(
    "text", ["Ana Rojas demanded one.", "The harbour light, widely seen as stern, declared that it was over."]
)
def test_what_tells_nothing_or_nobody_is_left_out(told, text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Rosa Dahl said on Thursday ahead of the fair that her party would not vote for any new ban.",
            ("Rosa Dahl", "her party would not vote for any new ban"),
        ),
        (
            "Egypt says filling the giant lake will cost it water.",
            ("Egypt", "filling the giant lake will cost it water"),
        ),
        ("Kyiv has rejected ceding any land to its rival.", ("Kyiv", "ceding any land to its rival")),
        ("Rosa Dahl condemned blocking the port.", ("Rosa Dahl", "blocking the port")),
        ("Rosa Dahl pushed back against the idea of a ban.", ("Rosa Dahl", "the idea of a ban")),
        ("Rosa Dahl came out against the ban.", ("Rosa Dahl", "the ban")),
        ("The fair is over, as announced by Rosa Dahl.", ("Rosa Dahl", "The fair is over")),
        ("A report in Le Monde suggested that it was over.", ("Le Monde", "it was over")),
    ],
)
def test_what_is_said_is_found_wherever_the_parse_puts_it(told, text, row):
    assert row in told(text)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Rosa Dahl rejected the deal to free the crews.", ("Rosa Dahl", "the deal to free the crews")),
        (
            "The port is shut, Fico said at a summit that his party had opposed.",
            ("Robert Fico", "The port is shut"),
        ),
    ],
)
def test_an_infinitive_or_a_relative_clause_is_the_nouns(told, text, row):
    assert told(text) == [row]

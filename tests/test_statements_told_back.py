"""Words told first and attributed behind, or led in on a line of their own."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.test_statements import reader_of


@pytest.fixture(scope="module")
def told(nlp):
    said = reader_of(nlp, load_domain(Settings(domain="generic")))
    return lambda *lines: [
        (s.speaker_name, s.content, s.rule, s.reported_by, s.channel) for s in said(*lines)
    ]


FERRIES = "The ferries between both ports will sail again on Friday"


def test_the_next_sentence_may_say_who_told(told):
    assert told(
        f"{FERRIES}. This was announced by Ada Ngo, head of the council, on Telegram, according to Reuters."
    ) == [("Ada Ngo", FERRIES, "told_back", "Reuters", "Telegram")]


def test_the_next_line_may_say_who_told(told):
    assert told(f"{FERRIES}.", "This was stated by the Peruvian Foreign Ministry, according to Reuters.") == [
        ("Peruvian Foreign Ministry", FERRIES, "told_back", "Reuters", None)
    ]


@pytest.mark.parametrize(
    "lines",
    [
        (f"{FERRIES}. This was followed by a long debate in the harbour council.",),
        ("Will the ferries sail again on Friday?", "That was asked by Ada Ngo of the harbour council."),
        ("The bill was read. It was written by Ada Ngo in a week.",),
        ("This was announced by Ada Ngo of the harbour council.",),
    ],
)
def test_other_passives_tell_of_nobody(told, lines):
    assert [row for row in told(*lines) if row[2] == "told_back"] == []


def test_what_is_attributed_already_has_one_speaker(told):
    rows = told(
        "Ada Ngo said that the ferries will sail. This was confirmed by the Peruvian Foreign Ministry."
    )
    assert [row[0] for row in rows] == ["Ada Ngo"]


@pytest.mark.parametrize(
    ("lead", "speaker"),
    [
        ("In a statement earlier the Peruvian Foreign Ministry said,", "Peruvian Foreign Ministry"),
        ("According to a senior Peruvian official:", "senior Peruvian official"),
    ],
)
def test_a_line_leads_in_the_quotation_below(told, lead, speaker):
    words = "“The minister thanked the mediators, and stressed that the ferries matter.”"
    assert [row[:3] for row in told(lead, words)] == [(speaker, words, "led_in")]


def test_a_list_of_states_says_whose_ministers_speak(told):
    line = "Foreign ministers of Egypt, France, Germany, and Jordan stressed their commitment to the truce."
    assert [row[:2] for row in told(line)] == [
        ("Foreign ministers of Egypt, France, Germany, and Jordan", "their commitment to the truce")
    ]


def test_who_delivers_remarks_is_told_to_say_nothing(told):
    assert told("Ada Ngo pointed to the crowd after delivering remarks at the harbour on Friday.") == []

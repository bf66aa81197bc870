"""Which single lines are furniture by themselves: the signals of lines."""

import pytest

from pipeline.clean.classify import read_signals
from pipeline.clean.lines import split_lines
from pipeline.clean.stamps import StampReader
from tests.clean_pages import knowledge

KNOWN = knowledge()
READER = StampReader(KNOWN)


def signal_of(text):
    (line,) = split_lines(text, KNOWN.english)
    return read_signals(line, KNOWN, READER).signal


@pytest.mark.parametrize(
    "text",
    [
        "“It reads like it was translated from the original,” the senator told reporters on the steps.",
        "We call on our partners to keep their word and send the convoy before the winter begins.",
        "About the talks themselves the two delegations said nothing when they left the hotel at noon.",
        "5 responses were sent to the mediators, and none of them named a day for the next round of talks.",
        "The video contains an AI-generated speech of the president, the ministry said in a statement.",
    ],
)
def test_prose_with_words_of_furniture_is_no_furniture(text):
    assert signal_of(text) is None


@pytest.mark.parametrize(
    "text", ["2.1K", "❤ 41 👍 12", "8 412 subscribers", "2.4K views 12:30", "197 Comments"]
)
def test_counters_are_furniture(text):
    assert signal_of(text) is not None


@pytest.mark.parametrize("text", ["12%", "$5", "2025-2026", "3:2"])
def test_numbers_with_a_meaning_are_no_counters(text):
    assert signal_of(text) != "counter"


@pytest.mark.parametrize(
    "text",
    [
        "Found an error in the text? Select it and press Ctrl+Enter",
        "Add as a preferred source on Google",
        "Did we miss a speech? Write to speeches@herald.example",
        "All content by Lakes Agency is licensed under a Creative Commons Attribution 4.0 Licence.",
        "20:31 ADVERTISEMENT: Herald Premium, the first month for one dollar",
        "(c) 2026 Lakes Herald Newspapers Limited of Lome, Aneho and Kara",
        "The Mono Dam at Tado in January, when the level fell below nine metres. PHOTO: LEE",
    ],
)
def test_what_sites_say_to_readers_is_furniture(text):
    assert signal_of(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "(c) Agreed to open a telephone line between the commanders not later than 30 June;",
        "(c) Welcomed the declaration of Lome of 14 December 2023 and its annexes;",
        "Were you there when the envoys signed?",
        "20:31 Ministry: advertisement of the tender starts on Monday",
        "Envoy Ann Lee greets her hosts at the Mono Dam in Tado before the talks. PHOTO: BO LI",
    ],
)
def test_points_questions_and_captions_of_people_are_text(text):
    assert signal_of(text) is None

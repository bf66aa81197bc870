"""What a sentence says of a meeting's status, on small invented sentences."""

import datetime as dt

import pytest

from pipeline.extract.meetings.cues import load_cues
from pipeline.extract.meetings.readings import Reading, settle
from pipeline.extract.meetings.status import read_status
from pipeline.model import DateRange
from pipeline.settings import Settings

CASES = [
    ("Kalugin met Hrynko in Doha.", "met", "held"),
    ("Kalugin has met Hrynko twice.", "met", "held"),
    ("Kalugin is meeting Hrynko in Doha.", "meeting", "ongoing"),
    ("Kalugin will meet Hrynko.", "meet", "scheduled"),
    ("Kalugin is expected to meet Hrynko.", "meet", "scheduled"),
    ("Kalugin is to meet Hrynko.", "meet", "scheduled"),
    ("Kalugin is going to meet Hrynko.", "meet", "scheduled"),
    ("Kalugin said he would meet Hrynko.", "meet", "scheduled"),
    ("Kalugin could meet Hrynko.", "meet", "proposed"),
    ("Kalugin is ready to meet Hrynko.", "meet", "proposed"),
    ("Kalugin wants to meet Hrynko.", "meet", "proposed"),
    ("Kalugin will not meet Hrynko.", "meet", "ruled_out"),
    ("Kalugin refused to meet Hrynko.", "meet", "ruled_out"),
    ("Kalugin is not ready to meet Hrynko.", "meet", "ruled_out"),
    ("Kalugin won't meet Hrynko until the guns fall silent.", "meet", "proposed"),
    ("There are no plans for Kalugin to meet Hrynko.", "meet", "ruled_out"),
    ("No meeting is planned.", "meeting", "ruled_out"),
    ("Ana Rojas called the talks with Hrynko “useful.”", "talks", "held"),
    ("Ana Rojas called talks with Hrynko for Sunday.", "talks", "proposed"),
    ("Peru renewed its offer to bring Kalugin and Hrynko together in Lima.", "bring", "proposed"),
    ("The meeting was postponed.", "meeting", "cancelled"),
    ("The second day of the talks did not take place.", "talks", "cancelled"),
    ("A summit could take place in May.", "summit", "proposed"),
    ("He resigned after the talks in Doha.", "talks", "held"),
    ("Kalugin spoke of an upcoming visit to Doha.", "visit", "scheduled"),
    ("He cancelled a trip to Doha.", "trip", "cancelled"),
    ("A summit was to be held in Doha but fell through.", "summit", "cancelled"),
    ("Kalugin was to have met Hrynko in Doha.", "met", "cancelled"),
    ("The summit is to be held in Doha.", "summit", "scheduled"),
    ("The visit was pushed back to June.", "visit", "cancelled"),
    ("They arrived in Doha to meet Hrynko.", "meet", "scheduled"),
    ("Kalugin hopes to secure a meeting with Hrynko.", "meeting", "proposed"),
    ("Peru stressed its preference for a meeting with Hrynko.", "meeting", "proposed"),
    ("The meeting was not expected to take place.", "meeting", "ruled_out"),
    ("Officials are reportedly hoping to secure a meeting with Hrynko.", "meeting", "proposed"),
]


@pytest.fixture(scope="module")
def cues():
    return load_cues(Settings().reference)


@pytest.mark.parametrize(("sentence", "word", "expected"), CASES, ids=[c[0] for c in CASES])
def test_tense_and_modality_decide(nlp, cues, sentence, word, expected):
    doc = nlp(sentence)
    event = next(t for t in doc if t.text == word)
    top = event.head.head if event.head.lower_ == "of" else None
    assert settle(read_status(event, cues.status, top), None, None) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The talks in Doha are not intended to produce a final deal.",
        "The talks were not meant to settle the row.",
        "The talks are not expected to yield a truce.",
    ],
)
def test_what_is_not_to_come_of_an_occasion_does_not_rule_it_out(nlp, cues, sentence):
    doc = nlp(sentence)
    found = read_status(next(t for t in doc if t.text == "talks"), cues.status, None)
    assert (found.status, found.rule) == (None, "about_occasion")


DAY = DateRange(dt.date(2026, 3, 11), dt.date(2026, 3, 11))


def days(first, last=None):
    return DateRange(dt.date(2026, 3, first), dt.date(2026, 3, last or first))


def test_held_cannot_lie_after_the_report():
    assert settle(Reading("held", "past", "past_tense"), days(14), DAY) == "scheduled"


def test_an_open_present_with_a_coming_date_announces():
    assert settle(Reading(None, "present", "present_event"), days(15), DAY) == "scheduled"


def test_a_past_date_makes_what_was_announced_held():
    assert settle(Reading("scheduled", "past", "purpose_of_travel"), days(9), DAY) == "held"


def test_a_plan_that_names_a_past_date_stays_a_plan():
    assert settle(Reading("scheduled", "past", "governor_scheduled"), days(9), DAY) == "scheduled"


def test_refusals_do_not_depend_on_the_date():
    assert settle(Reading("ruled_out", "future", "refusal"), days(15), DAY) == "ruled_out"

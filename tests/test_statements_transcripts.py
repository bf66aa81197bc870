"""Transcripts: who speaks in turns that open with a label, in capitals or not, with an office or without."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.test_statements import reader_of


@pytest.fixture(scope="module")
def told(nlp):
    said = reader_of(nlp, load_domain(Settings(domain="generic")))
    return lambda *lines: [(s.speaker_name, s.party, s.content) for s in said(*lines) if s.rule == "answer"]


SETTLED = "We have settled the fish, and the ferries come next."
DOUBT = "I doubt that we can sign before the winter."


def test_a_surname_speaks_on_for_the_name_with_its_office(told):
    assert told(
        "ADA NGO, HOST: Is there any hope that the ferries will run again?",
        f"LUIS QUISPE, PERUVIAN MINISTER OF TRADE: {SETTLED}",
        "NGO: So a deal is near. Your counterpart would not come on this programme.",
        f"QUISPE: {DOUBT}",
    ) == [("Luis Quispe", "PE", SETTLED), ("Luis Quispe", "PE", DOUBT)]


def test_turns_may_be_long_and_few(told):
    assert told(
        "ADA NGO, WIRE ANCHOR: The Peruvian minister speaks now. We will hear what he has to say.",
        f"LUIS QUISPE, PERUVIAN TRADE MINISTER: {SETTLED}",
        DOUBT,
        "The harbour, we were told, is full of boats that nobody paid for.",
    ) == [
        ("Luis Quispe", "PE", SETTLED),
        ("Luis Quispe", "PE", DOUBT),
        ("Luis Quispe", "PE", "The harbour, we were told, is full of boats that nobody paid for."),
    ]


def test_one_who_is_asked_is_told_by_the_label_of_the_question(told):
    assert told(
        "Here is what the minister told two journalists on Tuesday:",
        "“QUESTION: Is this a setback, and are you losing momentum?",
        f"SECRETARY QUISPE: {SETTLED}",
        f"SECRETARY QUISPE: {DOUBT}",
    ) == [("Quispe", None, SETTLED), ("Quispe", None, DOUBT)]


def test_of_two_who_talk_the_one_who_asks_is_no_speaker(told):
    assert told(
        "ADA NGO: Minister, welcome back to the programme.",
        "LUIS QUISPE: Happy to be with you.",
        "NGO: Are the ferries the issue? The union said that they are.",
        f"QUISPE: {DOUBT}",
        "NGO: Then when will they run?",
        f"QUISPE: {SETTLED}",
    ) == [
        ("Luis Quispe", None, "Happy to be with you."),
        ("Luis Quispe", None, DOUBT),
        ("Luis Quispe", None, SETTLED),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("KEY POINTS: The ferries stay in port.", "WHAT NEXT: The union meets on Friday."),
        ("LIMA, Peru: The ferries stay in port.", "The union, which is small, said: We wait."),
        ("NOTE, 4 March: We have settled the fish.", "BACKGROUND: I doubt it."),
        ("PRESIDENT IN TOWN: Quispe lands at noon.", "MEANWHILE IN LIMA: We hear that the ferries sail."),
    ],
)
def test_other_words_before_a_colon_make_no_transcript(told, lines):
    assert told(*lines) == []


def test_an_office_with_a_name_opens_a_turn_however_long(told):
    assert told(
        "MINISTER QUISPE: Good evening. We have discussed the ferries.",
        "They also discussed the fish. We will meet again.",
        "PRIME MINISTER NGO:(As interpreted.)I am very happy to be here.",
    ) == [
        ("Quispe", None, "Good evening. We have discussed the ferries."),
        ("Quispe", None, "They also discussed the fish. We will meet again."),
        ("Ngo", None, "I am very happy to be here."),
    ]


def test_offices_and_names_need_no_capitals_if_their_bearers_speak_of_themselves(told):
    assert told(
        "President of Peru Luis Quispe: Thank you very much. We appreciate it.",
        "Prime Minister of Norland Ada Ngo: Mr President,",
        "I am very happy to meet you.",
    ) == [
        ("Luis Quispe", "PE", "Thank you very much. We appreciate it."),
        ("Ada Ngo", None, "Mr President,"),
        ("Ada Ngo", None, "I am very happy to meet you."),
    ]


def test_officials_without_a_name_stay_so(nlp):
    rows = reader_of(nlp, load_domain(Settings(domain="generic")))(
        "SENIOR STATE DEPARTMENT OFFICIAL TWO: Thank you. We will know tomorrow.",
        "QUESTION: Did he see the Peruvians?",
        "SENIOR STATE DEPARTMENT OFFICIAL ONE: He saw them for half an hour.",
    )
    assert [(s.speaker_name, s.speaker_kind, s.party) for s in rows] == [
        ("SENIOR STATE DEPARTMENT OFFICIAL TWO", "anonymous", "US"),
        ("SENIOR STATE DEPARTMENT OFFICIAL ONE", "anonymous", "US"),
    ]


def test_questions_and_answers_may_be_marked_by_a_letter_alone(told):
    rows = told(
        "Foreign ministry spokeswoman Ana Rojas held her regular press conference on Tuesday.",
        "Q Will the ferries run again before the winter?",
        f"A {SETTLED}",
        "Q Is there a day for the next round?",
        f"A {DOUBT}",
    )
    assert [content for _, _, content in rows] == [SETTLED, DOUBT]


def test_the_article_that_opens_a_line_marks_no_answer(told):
    assert (
        told(
            "A Lima court heard the case on Monday.",
            "We have settled the fish, Ana Rojas said.",
            "A Lima judge asked why.",
            "Is there a day for the next round?",
        )
        == []
    )

"""On which day something was said, where the sentence or the one before tells of several days."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.extract.statements import extract_statements
from pipeline.resolve import link
from pipeline.settings import Settings
from tests.test_statements import DAY, page_of


@pytest.fixture(scope="module")
def days_of(nlp):
    """The days on which somebody said what a text tells of him; the text is of Wednesday, 4 March 2026."""
    pack = load_domain(Settings(domain="generic"))

    def run(who, text):
        page = page_of(nlp, text)
        told = extract_statements(page, link(page, pack), pack)
        return {row.stated_from for row in told if who in row.speaker_name}

    return run


def march(day):
    return dt.date(2026, 3, day)


@pytest.mark.parametrize(
    ("who", "day", "text"),
    [
        ("Orlov", 2, "Minister Pavel Orlov accused Britain and Norway on Monday of dragging their feet."),
        ("Marku", 3, "President Ilir Marku urged Serbia on Tuesday to come back to the table."),
        ("Lindqvist", 2, "Premier Sara Lindqvist thanked the Omani government on Monday for hosting the "
            "envoys."),
        ("Kim", 1, "Envoy Kim Dae-ho blamed Seoul on Sunday for the collapse of the round."),
    ],
)  # fmt: skip
def test_a_day_behind_whom_it_was_said_to_is_that_of_the_saying(days_of, who, day, text):
    assert days_of(who, text) == {march(day)}


@pytest.mark.parametrize(
    "text",
    [
        "Minister Ola Bode said the vote on Tuesday had been a farce.",
        "Minister Ola Bode criticised the vote in Lagos on Tuesday as a farce.",
        "Minister Ola Bode condemned the attack on Monday night that killed nine envoys.",
        "Minister Ola Bode accused the rebels of breaking the truce on Tuesday.",
        "Minister Ola Bode has said that the round that failed on Tuesday was a farce.",
        "Minister Ola Bode, who met the mediator on Tuesday, said that the list was closed.",
        "Minister Ola Bode, a veteran of the talks with Zambia in 2019, rejected the list.",
        "Ola Bode, one of the architects of the revolt against Premier Jane May in 2018, said that the "
        "deal was void.",
        "The plan, announced in January, is back on the table; Ola Bode says the port has rooms on hold.",
        "Minister Ola Bode flew to Doha on Monday and has since said that the list was closed.",
        "The envoys met in Geneva last Monday, a session that Minister Ola Bode has described as “frank”.",
        "After the third visit, in January, Envoy Grant Ellery said that the text was thin. Ola Bode, "
        "for his part, said that it was good.",
        "The envoys will be in Rome on Sunday, then perhaps in Kyiv, where Ola Bode has asked to see "
        "the king.",
    ],
)  # fmt: skip
def test_the_day_of_something_else_is_not_that_of_the_saying(days_of, text):
    assert days_of("Bode", text) == {DAY}


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (2, "“The lists must be complete,” Minister Ola Bode said during a trip to Angola on Monday."),
        (1, "“The lists must be complete,” Minister Ola Bode said on a visit to Rabat on Sunday."),
        (3, "Minister Ola Bode said on a call Tuesday that the border would stay open."),
        (2, "During a session held in Harare on Monday, Minister Ola Bode rejected the list."),
        (2, "Minister Ola Bode flew to Doha on Monday and told his hosts that the list was closed."),
        (2, "Ola Bode, who met Envoy Kofi Darko on Monday together with her aide, told him that the "
            "list was void."),
        (1, "It is the first round since the Paris summit on March 1, at which Ola Bode promised to "
            "send boats."),
        (1, "The ministers met in Osaka on March 1, when Minister Ola Bode offered to open the port."),
    ],
)  # fmt: skip
def test_the_day_of_the_occasion_is_that_of_the_saying(days_of, day, text):
    assert days_of("Bode", text) == {march(day)}


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (3, "The talks stalled on Wednesday, a day after Ola Bode declared that a deal was within reach."),
        (1, "Fighting resumed on Tuesday, two days after Minister Ola Bode vowed that the truce would hold."),
        (2, "The envoys sat down on Monday. The same day, Ola Bode said that the port would reopen."),
        (3, "The envoys sat down on Monday. A day later, Minister Ola Bode said that the port would reopen."),
        (1, "The two ministers last met on March 1. Minister Ola Bode said then that the door was open."),
        (1, "The session of March 1 was put off. Minister Ola Bode at the time described it as “a farce”."),
        (2, "Ola Bode sent a letter to the court on Monday. In it, Bode threatens to close the port."),
        (2, "Ola Bode telephoned his guest on Monday. In that call Bode said that the list had been "
            "revised."),
        (3, "Minister Ana Ilic said on Tuesday that the camp would close. Ola Bode, for his part, said "
            "it would stay."),
    ],
)  # fmt: skip
def test_a_day_told_before_is_taken_up(days_of, day, text):
    assert days_of("Bode", text) == {march(day)}

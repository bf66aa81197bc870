"""Whom "they" and "the two" mean behind a meeting or a call of two people."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.test_statements import reader_of


@pytest.fixture(scope="module")
def told(nlp):
    said = reader_of(nlp, load_domain(Settings(domain="generic")))
    return lambda *lines: [(s.speaker_name, s.content) for s in said(*lines)]


BOTH = ["Ana Rojas", "Tomas Lind"]
AGREED = "the ferries should sail in May"


@pytest.mark.parametrize(
    "contact",
    [
        "Minister Ana Rojas of Peru spoke with the Swedish envoy, Tomas Lind, on Monday.",
        "Foreign Minister Ana Rojas met her Swedish counterpart Tomas Lind in Lima.",
        "Ana Rojas held talks with Tomas Lind in Lima on Monday.",
        "Ana Rojas and Tomas Lind had a call on Monday.",
    ],
)
@pytest.mark.parametrize("they", ["They", "The two", "Both"])
def test_they_are_the_two_of_the_contact(told, contact, they):
    assert told(f"{contact} {they} agreed that {AGREED}.") == [(name, AGREED) for name in BOTH]


def test_they_go_on_over_sentences_and_into_the_next_line(told):
    rows = told(
        "Ana Rojas spoke with Tomas Lind on Monday.",
        f"The two discussed the harbour. They also agreed that {AGREED}.",
    )
    assert rows == [(name, AGREED) for name in BOTH]


def test_offices_joined_are_those_of_the_contact(told):
    rows = told(
        "President Ana Rojas spoke with Prime Minister Tomas Lind. The President and Prime Minister also "
        f"discussed the harbour, agreeing that {AGREED}."
    )
    assert rows == [(name, AGREED) for name in BOTH]


def test_a_group_speaks_as_one(told):
    rows = told(f"Ana Rojas met Tomas Lind in Lima. Both ministers said that {AGREED}.")
    assert rows == [("Both ministers", AGREED)]


@pytest.mark.parametrize(
    "before",
    [
        "Ana Rojas will meet Tomas Lind in Lima.",
        "Ana Rojas did not meet Tomas Lind in Lima.",
        "Ana Rojas met Tomas Lind in Lima. Fishermen wept at the port.",
        "Ana Rojas praised Tomas Lind in Lima.",
    ],
)
def test_they_are_nobody_who_did_not_meet_just_before(told, before):
    rows = told(f"{before} They agreed that {AGREED}.")
    assert [name for name, content in rows if name in BOTH and content == AGREED] == []


def test_an_office_that_nobody_is_known_in_is_an_unnamed_person(nlp):
    said = reader_of(nlp, load_domain(Settings(domain="generic")))
    (row,) = said("The President expressed his thanks to the crews.")
    assert (row.speaker_name, row.speaker_kind) == ("President", "anonymous")

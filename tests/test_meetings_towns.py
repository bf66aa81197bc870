"""Towns that no list knows: their whole names, and the states that stand behind them."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import rows_of


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


@pytest.mark.parametrize(
    ("town", "line"),
    [
        ("Trondheim", "The next round between Serbia and Kosovo opens in Trondheim, Norway, on May 28."),
        ("Bad Ragaz", "Ministers of Armenia and Azerbaijan met in Bad Ragaz, Switzerland, on Tuesday."),
        ("Siem Reap", "The Thai and Cambodian ministers are to meet in Siem Reap on Friday."),
        ("Punta del Este", "Trade ministers of Brazil and Argentina met in Punta del Este on Monday."),
        ("Wilton Park", "Envoys of Sudan and the United States gathered at Wilton Park on Tuesday."),
        ("Évian-les-Bains", "French and Algerian negotiators met in Évian-les-Bains on Tuesday."),
    ],
)  # fmt: skip
def test_a_town_that_no_list_knows_has_its_whole_name(rows, town, line):
    assert [m.place for m in rows(line)] == [town]


@pytest.mark.parametrize(
    "line",
    [
        "Egypt and Sudan held talks in Parliament, the speaker said.",
        "Egypt and Sudan held talks on May 3, Norway said.",
        "Egypt and Sudan held talks in April, Norway said.",
    ],
)
def test_what_is_no_town_is_none(rows, line):
    assert {m.place for m in rows(line)} <= {None}

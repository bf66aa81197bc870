"""Wars within one state: its government is a side where only its foes name the state."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import rows_of


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


@pytest.mark.parametrize(
    ("sentence", "party", "name"),
    [
        ("South Sudanese rebels and government negotiators will hold talks in Juba on Sunday.", "SS",
         "South Sudanese rebels"),
        ("Colombian guerrillas sat down with government envoys in Quito on Friday.", "CO",
         "Colombian guerrillas"),
        ("South Sudan's rebels will meet government negotiators in Nairobi on Friday.", "SS",
         "South Sudan's rebels"),
        ("Malian separatists and army envoys held talks in Algiers on Monday.", "ML", "Malian separatists"),
        ("Government and rebel negotiators from South Sudan met in Nairobi on Friday.", "SS",
         "rebel negotiators"),
        ("The Chadian government and rebel factions opened negotiations in Doha on Sunday.", "TD",
         "rebel factions"),
        ("Myanmar's junta and ethnic armed groups held talks in Kunming on Sunday.", "MM",
         "ethnic armed groups"),
        ("Delegates from Ethiopia's government and Oromo rebels are to meet in Lagos on Monday.", "ET",
         "Oromo rebels"),
        ("Delegations representing the Libyan rivals met face-to-face in Oslo on Sunday.", "LY",
         "Libyan rivals"),
        ("Syrian rebels met Turkish government officials in Ankara on Monday.", "TR", "Syrian rebels"),
    ],
)  # fmt: skip
def test_the_government_is_that_of_the_state_whose_foes_are_named(rows, sentence, party, name):
    (row,) = rows(sentence)
    assert row.parties == (party,)
    assert row.participants == (name,)


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("Delegations representing Peru and Chile met in Oslo on Friday.", ("CL", "PE")),
        ("Representatives from Iran and the P5+1 countries are holding talks in Vienna.",
         ("CN", "DE", "FR", "GB", "IR", "RU", "US")),
    ],
)  # fmt: skip
def test_those_for_whom_delegates_act_are_sides(rows, sentence, parties):
    (row,) = rows(sentence)
    assert row.parties == parties


@pytest.mark.parametrize(
    "sentence",
    [
        "South Sudanese rebels met in Nairobi on Friday.",
        "Sudanese rebels killed government soldiers in Juba on Friday.",
        "Peru's rivals met in Oslo on Friday.",
        "Peru's opposition called talks with the government a surrender.",
        "Lawyers representing Peru and Chile filed a suit in The Hague on Friday.",
    ],
)
def test_no_meeting_of_two_sides(rows, sentence):
    assert rows(sentence) == []

"""Positions beside the point: inquiries, mimicry, lists, documents taken up by name, bodies as "they"."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.test_positions_any import held


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


@pytest.fixture(scope="module")
def ukraine():
    return load_domain(Settings(domain="ukraine"))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Peru sought clarity on the timing of the truce.", {}),
        ("Peru sought a truce.", {("PE", "ceasefire"): "support"}),
        ("Peru's minister declined to get into the specifics of the truce.", {}),
        ("The peace deal cannot simply be a Peruvian text, Chile's president said.", {}),
        # words of others, put on by who speaks
        ("“That is where it all comes from: ‘We must lift the sanctions.’” Peru's president said.", {}),
        ("“We must lift the sanctions,” Peru's president said.", {("PE", "sanctions_relief"): "support"}),
        # a supposition without an opener
        ("Should the truce be broken off, the talks would stop, Peru's president said.", {}),
    ],
)
def test_who_asks_mimics_or_supposes_takes_no_side(nlp, pack, sentence, expected):
    assert held(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Peru's refusal to accept a truce angered Chile.", {("PE", "ceasefire"): "oppose"}),
        ("Peru's promise to accept a truce pleased Chile.", {("PE", "ceasefire"): "support"}),
        (
            "Peru will not release the prisoners without a treaty.",
            {("PE", "prisoner_release"): "conditional"},
        ),
        ("Peru postponed a decision on lifting the sanctions.", {("PE", "sanctions_relief"): "open"}),
        (
            "Peru wants the fleet gone before it will lift sanctions on Chile.",
            {("PE", "sanctions_relief"): "conditional"},
        ),
        (
            "Peru wants the mine closed before it will restart peace talks.",
            {("PE", "negotiations"): "conditional"},
        ),
        (
            "Peru called on Chile to change its policy if peace talks are to resume.",
            {("PE", "negotiations"): "conditional"},
        ),
        ("Peru opposes the levy as a starting point for negotiations.", {("PE", "tariff_relief"): "support"}),
        (
            "Peru would reject any trade deal that copies Chile's pact with"
            " Norway, firmly opposing a baseline tariff.",
            {("PE", "tariff_relief"): "support"},
        ),
        ("Peru could agree to a truce, Chile's president suggested.", {}),
        ("Peru's president might be ready to accept a truce, he said.", {("PE", "ceasefire"): "open"}),
        ("Peru wants to discuss what could be a peace treaty with Chile.", {}),
        ("Peru has, for some weeks now, refused a truce.", {("PE", "ceasefire"): "oppose"}),
        ("Peru has not yet agreed to a truce.", {("PE", "ceasefire"): "open"}),
        ("Peru hopes to persuade Chile to accept a truce.", {("PE", "ceasefire"): "support"}),
        (
            "Peru said that lifting the sanctions depends on reforms.",
            {("PE", "sanctions_relief"): "conditional"},
        ),
        ("Peru called on the backers of the truce to meet.", {}),
        ("Peru spoke after the peace talks that Chile has not dropped its claim.", {}),
        (
            "Peru wants the mine closed before sanctions are dropped.",
            {("PE", "sanctions_relief"): "conditional"},
        ),
        (
            "Peru demanded the release of prisoners in exchange for its truce.",
            {("PE", "prisoner_release"): "support"},
        ),
        ("It was planned that Peru would hold peace talks on Monday.", {}),
        ("Peru's ministry published a text in which it rejected a truce.", {("PE", "ceasefire"): "oppose"}),
        (
            "Large countries, such as Peru and Chile, have backed a truce.",
            {("PE", "ceasefire"): "support", ("CL", "ceasefire"): "support"},
        ),
        (
            "Peru cannot move forward with a peace agreement as long as Chile keeps its ships.",
            {("PE", "agreement"): "conditional"},
        ),
        ("Chile's envoy is ready to help if Peru agrees to a truce.", {}),
        (
            "Peru's red lines are the withdrawal of its troops and a truce.",
            {("PE", "troop_withdrawal"): "oppose", ("PE", "ceasefire"): "oppose"},
        ),
        ("Peru was ready to resume African Union-led talks.", {("PE", "negotiations"): "support"}),
        ("Peru called the truce plan a real opportunity.", {("PE", "ceasefire"): "support"}),
        (
            "Norway called for an immediate truce and an end to arms flows to Peru.",
            {("NO", "ceasefire"): "support", ("NO", "arms_supplies"): "oppose"},
        ),
        ("Peru's president told Chile to agree to a truce.", {("PE", "ceasefire"): "support"}),
        (
            "Peru's spokesman told reporters who asked for the president's view on a truce that he was away.",
            {},
        ),
        ("Peru is reading a U.S.-backed truce proposal.", {("US", "ceasefire"): "support"}),
        # of what kind it is to be
        ("Chile is looking for a truce that is approved by Norway.", {("CL", "ceasefire"): "support"}),
    ],
)
def test_what_is_refused_put_off_or_tied(nlp, pack, sentence, expected):
    assert held(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The paper has clauses which Peru rejected, such as a truce, Chile"
            " abandoning its bid for membership, and"
            " the withdrawal of its troops.",
            {("PE", "ceasefire"): "oppose", ("PE", "troop_withdrawal"): "oppose"},
        ),
        ("Peru rejected a truce, and the withdrawal of its troops began.", {("PE", "ceasefire"): "oppose"}),
        (
            "Peru insists that Chile leave the pact and other military blocs, disarm and hold elections.",
            {("PE", "disarmament"): "support", ("PE", "elections"): "support"},
        ),
    ],
)
def test_items_of_a_list_share_what_is_told_of_its_head(nlp, pack, sentence, expected):
    found = held(nlp, pack, sentence)
    assert {k: v for k, v in found.items() if k in expected} == expected
    assert len(found) <= len(expected) + 1


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "“Peru only plays for time, but they are not even ready to keep the"
            " truce,” Chile's president said.",
            ("PE", "ceasefire"),
        ),
        ("“Peru erred when they refused to disarm,” Chile's president said.", ("PE", "disarmament")),
        (
            "“The Peruvian leadership erred when they refused to disarm,” Chile's president said.",
            ("PE", "disarmament"),
        ),
    ],
)
def test_they_may_be_a_state(nlp, pack, sentence, expected):
    assert held(nlp, pack, sentence) == {expected: "oppose"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Hungary set the US peace plan beside the EU proposal. Hungary said it"
            " hoped the plan would be adopted.",
            {("HU", "us_peace_plan"): "support"},
        ),
        (
            "Washington has shown its peace plan to Kyiv. “We agree that this"
            " could be used as a basis for a treaty,”"
            " Hungary's president said.",
            {("HU", "us_peace_plan"): "support"},
        ),
        (
            "Hungary's president said the US peace plan could be the basis for"
            " talks but needs additional work.",
            {("HU", "us_peace_plan"): "conditional"},
        ),
    ],
)
def test_a_document_is_taken_up_by_the_noun_it_was_called_by(nlp, ukraine, sentence, expected):
    found = held(nlp, ukraine, "The war in Ukraine went on.", sentence)
    assert {k: v for k, v in found.items() if k[0] == "HU"} == expected


def test_the_sides_are_the_two_of_the_line_before(nlp, pack):
    told = "The sides agreed to a truce, an envoy said."
    both = {("PE", "ceasefire"): "support", ("CL", "ceasefire"): "support"}
    assert held(nlp, pack, "Peru's president met Chile's foreign minister in Oslo.", told) == both
    assert held(nlp, pack, "Peru, Chile and Ghana met in Oslo.", told) == {}


def test_what_one_bids_another_think_of_is_no_stance(nlp, pack):
    first = "Peru rejected a truce."
    found = held(
        nlp, pack, first, "“Given where things stand, think about what you could keep,” Chile's envoy said."
    )
    assert found == {("PE", "ceasefire"): "oppose"}


def test_that_may_stand_for_its_own_sentence(nlp, pack):
    first = "Peru wants a truce."
    found = held(nlp, pack, first, "“We play for time, and they will not destroy that,” Chile's envoy said.")
    assert found == {("PE", "ceasefire"): "support"}


def test_a_government_before_the_last_noun_is_one_of_the_two(nlp, pack):
    found = held(nlp, pack, "The Congo government and M23 rebels aim to hold peace talks on April 9.")
    assert found == {("CD", "negotiations"): "support", ("M23", "negotiations"): "support"}


def test_the_leaders_are_those_named_last(nlp, pack):
    first = "European leaders met in Oslo."
    found = held(nlp, pack, first, "“The leaders all agreed that the truce must be kept,” Peru's envoy said.")
    assert found == {("EUROPE", "ceasefire"): "support"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Hungary must remain able to defend itself in the long term.",
        "Trump understands that any deal must be acceptable to Hungary.",
        "Under the deal, Russia would be required to relinquish Ukrainian land.",
        "Hungary's plan to end the fighting in Ukraine was read by Moscow.",
        "Hungary took measures to restore security, according to a text.",
    ],
)
def test_words_that_only_look_like_an_issue_name_none(nlp, ukraine, sentence):
    before = "Hungary spoke of territorial concessions by Ukraine on Monday."
    assert held(nlp, ukraine, f"{before} {sentence}") == {}


@pytest.mark.parametrize(("verb", "stance"), [("drafted", "support"), ("rejected", None)])
def test_who_rejects_a_plan_has_not_written_it(nlp, pack, verb, stance):
    found = held(nlp, pack, "Talks went on.", f"A plan {verb} by Peru would see all hostages released.")
    assert found.get(("PE", "prisoner_release")) == stance


def test_a_rare_verb_behind_a_name_is_no_part_of_what_is_to_be_left(nlp, ukraine):
    found = held(nlp, ukraine, "Russia insists that Ukraine stay out of NATO and demilitarize.")
    assert found == {("RU", "nato_membership"): "oppose", ("RU", "army_limits"): "support"}

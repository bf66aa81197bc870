"""Positions of those who refuse: in one form only, on terms, once; what stands beside it."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.test_positions_any import held


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Peru rejected a withdrawal of troops.", {("PE", "troop_withdrawal"): "oppose"}),
        ("Peru rejected a partial withdrawal of troops.", {}),
        ("Peru rejected any conditional release of prisoners.", {}),
        ("Peru rejects any peace deal that would split the island.", {}),
        (
            "Peru refuses to accept any peace deal that does not include fishing.",
            {("PE", "agreement"): "conditional"},
        ),
        ("Peru initially rejected a truce.", {}),
        ("After years of refusing a truce, Peru bought ships.", {}),
        ("Peru has refused a truce for years.", {("PE", "ceasefire"): "oppose"}),
    ],
)
def test_a_refusal_of_one_form_or_of_the_past_is_none_of_the_thing(nlp, pack, sentence, expected):
    assert held(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            '"Without a harbour, there can be no peace deal," Peru\'s foreign minister said.',
            {("PE", "agreement"): "conditional"},
        ),
        (
            "\"If Chile's troops do not withdraw there will be no peace talks,\" Peru's president said.",
            {("PE", "negotiations"): "conditional", ("PE", "troop_withdrawal"): "support"},
        ),
        (
            "There could be no truce until Chile's troops withdraw, Peru's president said.",
            {("PE", "ceasefire"): "conditional", ("PE", "troop_withdrawal"): "support"},
        ),
        (
            "There will be no truce until a peace deal is signed, Peru's president said.",
            {("PE", "ceasefire"): "conditional"},
        ),
        (
            "Peru wants to see new ships before it will agree to trade talks with Chile.",
            {("PE", "negotiations"): "conditional"},
        ),
        ("There will be no truce, Peru's foreign minister said.", {("PE", "ceasefire"): "oppose"}),
        (
            '"We are not even considering contact, let alone a truce," Peru\'s foreign minister said.',
            {("PE", "ceasefire"): "oppose"},
        ),
        ('"We have a harbour, never mind a truce," Peru\'s foreign minister said.', {}),
    ],
)
def test_what_there_will_not_be_may_wait_for_something(nlp, pack, sentence, expected):
    assert held(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Peru conditioned any truce on a full withdrawal of Chile's troops.",
            {("PE", "ceasefire"): "conditional", ("PE", "troop_withdrawal"): "support"},
        ),
        ("Peru would not release prisoners prior to peace talks.", {("PE", "prisoner_release"): "oppose"}),
        ("For the signing of the peace treaty, Peru insists on changes to Chile's laws.", {}),
        ('"Leaving the port would allow them to continue the war," Peru\'s president said.', {}),
        ("Peru expects the truce to go into effect on Monday.", {("PE", "ceasefire"): "support"}),
        ("Peru wants the peacekeepers to go.", {("PE", "foreign_force"): "oppose"}),
        (
            "Kenya listed clauses which Peru had rejected, such as Chile dropping its bid to join the EU.",
            {("PE", "membership"): "support"},
        ),
        (
            "Peru demands the withdrawal of Chile's troops as a precondition for any dialogue.",
            {("PE", "troop_withdrawal"): "support", ("PE", "negotiations"): "conditional"},
        ),
        (
            "Peru threatened to quit the alliance if the peace talks fail.",
            {("PE", "membership"): "conditional", ("PE", "negotiations"): "support"},
        ),
        (
            "Peru denied that its ships were there and called for direct talks with Chile.",
            {("PE", "negotiations"): "support"},
        ),
        ("Peru spoke of fishing, or signing a peace agreement.", {}),
        ("Peru called for an end to violence and talks with Chile.", {("PE", "ceasefire"): "support"}),
        ("Peru voiced major concerns over Kenya's mediation.", {("PE", "mediation"): "oppose"}),
        ("Peru is due to impose new tariffs on copper.", {("PE", "tariff_relief"): "oppose"}),
    ],
)
def test_what_stands_beside_an_attitude_is_not_always_its_object(nlp, pack, sentence, expected):
    assert held(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Peru welcomed the peace plan. Chile commented, calling it a farce.", {
            ("PE", "agreement"): "support", ("CL", "agreement"): "oppose",
        }),
        # too little is told of "it" elsewhere, and nothing of "any documents"
        ("Peru welcomed the peace plan. It is “pointless” to sign any documents, Chile said.", {
            ("PE", "agreement"): "support",
        }),
    ],
)  # fmt: skip
def test_what_is_judged_must_be_what_was_named(nlp, pack, sentence, expected):
    assert held(nlp, pack, sentence) == expected


def test_such_a_meeting_is_of_the_kind_named_before_and_may_wait(nlp):
    pack = load_domain(Settings(domain="ukraine"))
    found = held(
        nlp,
        pack,
        "No summit between Trump and Putin on Ukraine is planned yet, Dmitry Peskov of the Kremlin said.",
        '"Such a meeting has to be prepared. Once the work is done, it will take place," he noted.',
    )
    assert found == {("RU", "leaders_summit"): "conditional"}


def test_whoever_has_not_rejected_a_document_is_open_to_it(nlp, pack):
    found = held(nlp, pack, "Peru welcomed the peace plan.", "Chile has not rejected the document outright.")
    assert found == {("PE", "agreement"): "support", ("CL", "agreement"): "open"}


def test_what_a_clause_of_condition_does_is_no_position_of_its_subject(nlp):
    pack = load_domain(Settings(domain="gaza_ceasefire"))
    found = held(
        nlp, pack, "The Hamas terror group said in Gaza it would not disarm as long as Israel occupies Gaza."
    )
    assert found == {("HAMAS", "hamas_disarmament"): "conditional"}


def test_the_aim_of_a_document_is_not_of_whoever_speaks_of_it(nlp, pack):
    found = held(nlp, pack, "Houthi rebels rejected a Norwegian paper aimed at ending the war.")
    assert found.get(("Houthis", "ceasefire")) != "support"

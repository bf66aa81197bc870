"""What is wanted on which terms: conditions that ask for something, decisions, reasons of a refusal."""

import pytest

from pipeline.domain import load_domain
from pipeline.extract.positions import actor_words
from pipeline.extract.positions.clauses import with_conjuncts
from pipeline.extract.positions.vocabulary import forms_of, load_issues, words_of
from pipeline.settings import Settings
from tests.test_positions import stances


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Xandria will return to the table if Morvenia agrees to a truce.",
            {("Xandria", "truce"): "support"},
        ),
        (
            "Xandria confirmed that it would talk, but only if Morvenia agrees to a truce.",
            {("Xandria", "truce"): "support"},
        ),
        # one's own agreement is no demand, and what is not undertaken asks for nothing
        ("Talks broke off before noon if Morvenia agreed to a truce.", {}),
    ],
)
def test_what_another_is_to_agree_to_is_asked_for(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Xandria named its conditions for a truce.", {("Xandria", "truce"): "conditional"}),
        ("Xandria asked about the conditions for a truce.", {}),
        ("Xandria's conditions for a truce are long.", {("Xandria", "truce"): "conditional"}),
        ("Morvenia would only agree to a truce after the army left.", {("Morvenia", "truce"): "conditional"}),
    ],
)
def test_a_thing_on_terms_is_wanted_on_these_terms(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


@pytest.mark.parametrize(
    ("clause", "stance"),
    [
        ("A truce with Morvenia requires firm guarantees", "conditional"),
        ("A truce with Morvenia must come", "support"),
    ],
)
def test_what_a_thing_requires_is_a_condition_for_it(nlp, clause, stance):
    found = stances(nlp, f"{clause}, Mara Voss said.", statements=[(clause, "Mara Voss")])
    assert found == {("Mara Voss", "truce"): stance}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Xandria's decision to lift the sanctions surprised few.", "support"),
        ("Xandria continues to lift the sanctions on traders.", "support"),
        ("A Xandria decision to lift the sanctions would surprise few.", None),
    ],
)
def test_decisions_and_habits_are_acts_of_their_owner(nlp, sentence, expected):
    assert stances(nlp, sentence).get(("Xandria", "sanctions_relief")) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Morvenia rejected the paper for lacking a truce.", {("Morvenia", "truce"): "support"}),
        ("Morvenia rejected the paper as delaying a truce.", {}),
        ("Morvenia rejected the truce.", {("Morvenia", "truce"): "oppose"}),
    ],
)
def test_the_reason_of_a_refusal_is_not_what_is_refused(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


def test_what_one_would_do_even_without_a_thing_asks_for_it_no_longer(nlp):
    assert stances(nlp, "Ivo Brandt was ready to travel even without a truce.") == {}


def test_a_refusal_for_as_long_as_somebody_is_in_office_stands(nlp):
    found = stances(nlp, "Ivo Brandt said Morvenia would oppose a truce as long as he is president.")
    assert (
        found[("Morvenia", "truce") if ("Morvenia", "truce") in found else ("Ivo Brandt", "truce")]
        == "oppose"
    )


def test_to_pass_over_anothers_demand_is_not_to_give_up_ones_own(nlp):
    assert ("Ivo Brandt", "truce") not in stances(nlp, "Ivo Brandt ignored the truce demand.")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Morvenia will not talk until Xandria lifts sanctions.",
            {("Morvenia", "sanctions_relief"): "support"},
        ),
        ("Morvenia will not talk until a truce takes hold.", {}),
    ],
)
def test_a_refusal_asks_for_the_act_that_it_waits_for(nlp, sentence, expected):
    found = stances(nlp, sentence)
    assert {k: v for k, v in found.items() if k[0] == "Morvenia"} == expected


def test_where_a_movement_leads_is_not_what_it_leaves(nlp):
    found = stances(nlp, "Morvenia insists that the army should withdraw to the truce.")
    assert found == {("Morvenia", "truce"): "support"}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Egypt, Norway, and Chile rejected the truce.", ["Egypt", "Norway", "Chile"]),
        ("Norway, a member of the bloc, rejected the truce.", ["Norway"]),
    ],
)
def test_a_list_of_names_holds_each_of_them(nlp, sentence, names):
    subject = next(t for t in nlp(sentence) if t.dep_ == "nsubj")
    assert sorted(t.text for t in with_conjuncts(subject)) == sorted(names)


def test_a_gerund_in_somebodys_way_is_not_what_he_wants(nlp):
    found = stances(nlp, "Xandria is standing in the way of trying to set up a summit.")
    assert found == {("Xandria", "summit"): "oppose"}


def test_an_administration_acts_for_the_state_of_its_leader():
    pack = load_domain(Settings(domain="generic"))
    leaders = actor_words(pack).leaders
    assert leaders["obama"][0] == leaders["trump"][0] == "US"
    assert all(party in {c.code for c in pack.countries} for party, _ in leaders.values())


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Morvenia sent the others a letter rejecting the truce.", {("Morvenia", "truce"): "oppose"}),
        ("Xandria's statement backing the truce surprised many.", {("Xandria", "truce"): "support"}),
    ],
)
def test_a_letter_says_what_its_sender_holds(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


def test_what_nobody_is_entitled_to_is_refused_by_whoever_says_so(nlp):
    clause = "Xandria has no right to lift sanctions"
    found = stances(nlp, f"{clause}, Ivo Brandt of Morvenia said.", statements=[(clause, "Ivo Brandt")])
    assert found == {("Ivo Brandt", "sanctions_relief"): "oppose"}


def test_somebodys_own_party_stands_for_him(nlp):
    clause = "his small but loud party will reject a truce with Xandria"
    found = stances(nlp, f"Ivo Brandt said {clause}.", statements=[(clause, "Ivo Brandt")])
    assert found == {("Ivo Brandt", "truce"): "oppose"}


def test_a_preposition_may_open_the_line(nlp):
    assert (
        stances(nlp, "Without a truce Morvenia refuses to talk to Xandria.").get(("Xandria", "truce")) is None
    )


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Morvenia is willing to impose tighter sanctions if Xandria moves.", "conditional"),
        ("Morvenia will never lift sanctions if Xandria moves.", "oppose"),
    ],
)
def test_an_act_against_a_thing_may_be_promised_on_a_condition(nlp, sentence, stance):
    assert stances(nlp, sentence)[("Morvenia", "sanctions_relief")] == stance


@pytest.mark.parametrize(
    ("sentence", "holders"),
    [
        ("Xandria demands that Morvenia withdraw from the bay in exchange for a truce.", set()),
        ("Xandria wants Morvenia to leave the bay in return for a truce.", set()),
        ("Morvenia will leave the bay in exchange for a truce.", {"Morvenia"}),
        ("Xandria says that Morvenia will leave the bay in exchange for a truce.", {"Morvenia"}),
    ],
)
def test_a_bargain_that_another_demands_is_not_the_subjects(nlp, sentence, holders):
    assert {name for name, issue in stances(nlp, sentence) if issue == "truce"} == holders


@pytest.mark.parametrize(
    ("sentence", "issues"),
    [
        ("Ukraine would free prisoners and hold elections in exchange for money.", ["prisoner_exchange"]),
        ("The prisoners heard that Ukraine would hold elections in exchange for money.", []),
        ("Russia insists that Ukraine withdraw from areas claimed by Russia.", ["territorial_concessions"]),
    ],
)
def test_a_bargain_is_no_exchange_of_prisoners_nor_a_claimed_area_a_bid(nlp, sentence, issues):
    pack = load_issues(load_domain(Settings(domain="ukraine")).folder)
    doc = nlp(sentence)
    forms = forms_of(doc)
    found = [h for s in doc.sents for h in pack.find(s, forms, words_of(forms, 0, len(forms)))]
    named = {h.issue.id for h in found if h.orient and h.issue.id in {"prisoner_exchange", "nato_membership"}}
    named |= {h.issue.id for h in found if h.issue.id == "territorial_concessions"}
    assert sorted(named) == issues


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Xandria had expected the envoys to agree on a truce.", {}),
        ("Xandria had demanded that the envoys agree on a truce.", {("Xandria", "truce"): "support"}),
        ("Xandria expects the envoys to agree on a truce.", {("Xandria", "truce"): "support"}),
    ],
)
def test_what_one_had_expected_is_not_what_one_wants(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected

"""Turns of phrase of news pages: threats to leave, refusals without something, what is not yet given."""

import pytest

from tests.test_positions import stances


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Ivo Brandt will leave the coalition if the cabinet of Morvenia accepts a truce.", "oppose"),
        ("Ivo Brandt is prepared to quit his post if Morvenia accepts a truce.", "oppose"),
        ("Ivo Brandt warned that the valley would suffer if Morvenia accepted a truce.", "oppose"),
        ("Ivo Brandt warned that the talks would fail if Morvenia rejected a truce.", "support"),
    ],
)
def test_who_would_leave_or_warns_of_harm_opposes_what_would_bring_it_about(nlp, sentence, stance):
    assert stances(nlp, sentence) == {("Ivo Brandt", "truce"): stance}


def test_to_leave_a_place_threatens_nobody(nlp):
    found = stances(nlp, "Ivo Brandt said the Morvenian envoys would leave the hotel if a truce held.")
    assert "oppose" not in found.values()


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Morvenia refused to accept a truce without patrols.", "conditional"),
        ("Morvenia will not accept a truce without patrols.", "conditional"),
        ("Morvenia has opposed a truce from the start.", "oppose"),
    ],
)
def test_a_refusal_without_something_holds_as_long_as_it_is_missing(nlp, sentence, stance):
    assert stances(nlp, sentence) == {("Morvenia", "truce"): stance}


def test_readiness_on_a_condition_is_conditional_but_not_if_both_are_ready(nlp):
    found = stances(nlp, "Morvenia is prepared to accept a truce if Tessaly pulls back.")
    assert found == {("Morvenia", "truce"): "conditional"}
    found = stances(nlp, "Morvenia is ready to accept a truce if Tessaly is ready.")
    assert found[("Morvenia", "truce")] == "support"


def test_a_condition_inside_a_clause_set_beside_the_wish_does_not_bind_it(nlp):
    found = stances(nlp, "Morvenia wants a truce, though envoys say it will come only after the harvest.")
    assert found == {("Morvenia", "truce"): "support"}


def test_nobody_is_told_to_be_unwilling_by_an_if(nlp):
    found = stances(
        nlp, "Xandria said that if Morvenia is not willing to accept a truce, the talks are over."
    )
    assert ("Morvenia", "truce") not in found


def test_the_second_verb_under_should_is_a_wish_too(nlp):
    content = "Morvenia should come back to the talks and lift sanctions"
    found = stances(nlp, f"“{content},” Mara Voss said.", statements=[(content, "Mara Voss")])
    assert found == {("Mara Voss", "sanctions_relief"): "support"}


@pytest.mark.parametrize(
    "sentence", ["Xandria would have lifted sanctions.", "The scheme would see Xandria lift sanctions."]
)
def test_what_did_not_come_or_is_brought_about_is_nobodys_own_act(nlp, sentence):
    assert stances(nlp, "News of Xandria.", sentence) == {}


def test_what_another_says_that_somebody_might_do_is_not_his_position(nlp):
    content = "Morvenia might lift sanctions"
    found = stances(nlp, f"Mara Voss said {content}.", statements=[(content, "Mara Voss")])
    assert ("Morvenia", "sanctions_relief") not in found


def test_not_after_a_verb_negates_only_what_follows(nlp):
    content = "A truce could include not the valley itself but a strip of it in Morvenia"
    found = stances(nlp, f"“{content},” Mara Voss said.", statements=[(content, "Mara Voss")])
    assert "oppose" not in found.values()


def test_consent_that_is_needed_has_not_been_given(nlp):
    assert stances(nlp, "Morvenia's acceptance of a truce would be needed.") == {}
    assert stances(nlp, "Morvenia's acceptance of a truce pleased the envoys.") == {
        ("Morvenia", "truce"): "support"
    }


def test_a_clause_of_time_judges_nothing(nlp):
    found = stances(nlp, "“We will see a truce when the rebels are destroyed,” said Ivo Brandt of Morvenia.")
    assert "oppose" not in found.values()


def test_any_plans_are_no_plan_in_particular(nlp):
    assert ("Morvenia", "draft") not in stances(nlp, "Morvenia rejected any Tessalian drafts.")
    assert stances(nlp, "Xandria rejected the Tessalian draft.") == {("Xandria", "draft"): "oppose"}


def test_his_opposition_is_that_of_the_clauses_subject(nlp):
    assert stances(nlp, "Ivo Brandt has repeated his opposition to a truce with Xandria.") == {
        ("Ivo Brandt", "truce"): "oppose"
    }


def test_what_had_been_aimed_to_prevent_is_opposed(nlp):
    found = stances(nlp, "Ivo Brandt said a truce was something that Morvenia had aimed to prevent.")
    assert "support" not in found.values()


def test_an_arrangement_is_taken_up_by_another_word_for_it(nlp):
    found = stances(nlp, "Morvenia wants a truce deal. Xandria rejected the agreement.")
    assert found == {("Morvenia", "truce"): "support", ("Xandria", "truce"): "oppose"}
    found = stances(nlp, "Morvenia wants a truce deal. Xandria rejected any agreement.")
    assert found == {("Morvenia", "truce"): "support"}


def test_a_group_acts_for_those_who_sent_it(nlp):
    found = stances(nlp, "Negotiators from Morvenia and Xandria are pushing for a truce.")
    assert found == {("Morvenia", "truce"): "support", ("Xandria", "truce"): "support"}


def test_what_they_cannot_do_is_no_wish_of_whoever_says_so(nlp):
    content = "They cannot lift sanctions"
    found = stances(
        nlp, "News of Morvenia.", f"“{content},” Mara Voss said.", statements=[(content, "Mara Voss")]
    )
    assert found == {}


def test_what_somebody_is_allowed_to_do_is_not_his_own_act(nlp):
    found = stances(nlp, "The accord had allowed Xandria to lift sanctions.")
    assert ("Xandria", "sanctions_relief") not in found


def test_to_fail_to_praise_or_to_blame_tells_no_stance(nlp):
    assert stances(nlp, "Morvenia failed to condemn a truce with Xandria.") == {}


def test_there_must_be_no_truce_is_a_refusal(nlp):
    content = "There must be no truce"
    found = stances(nlp, f"“{content},” Mara Voss said in Xandria.", statements=[(content, "Mara Voss")])
    assert found == {("Mara Voss", "truce"): "oppose"}


def test_a_surrender_to_somebody_is_not_his_judgement(nlp):
    content = "A truce would be a surrender to Morvenia"
    found = stances(nlp, f"“{content},” Mara Voss said.", statements=[(content, "Mara Voss")])
    assert found == {("Mara Voss", "truce"): "oppose"}


def test_a_refusal_without_a_fight_is_no_condition(nlp):
    found = stances(nlp, "Morvenia will not accept a truce without protest.")
    assert found == {("Morvenia", "truce"): "oppose"}


def test_what_ill_would_come_of_an_if_is_held_against_it(nlp):
    content = "If the truce is rejected, Morvenia risks a war"
    found = stances(nlp, f"“{content},” Mara Voss said.", statements=[(content, "Mara Voss")])
    assert found == {("Mara Voss", "truce"): "support"}


def test_only_parted_from_its_condition_sets_one(nlp):
    content = "A truce should only be declared with the consent of Morvenia"
    found = stances(nlp, f"“{content},” Mara Voss said.", statements=[(content, "Mara Voss")])
    assert "support" not in found.values()


@pytest.mark.parametrize("predicate", ["a key hurdle", "an important question"])
def test_the_weight_of_a_thing_is_no_praise_of_it(nlp, predicate):
    content = f"A truce with Morvenia is {predicate}"
    assert stances(nlp, f"“{content},” Mara Voss said.", statements=[(content, "Mara Voss")]) == {}


def test_a_key_step_is_praised(nlp):
    content = "A truce with Morvenia is a key step"
    found = stances(nlp, f"“{content},” Mara Voss said.", statements=[(content, "Mara Voss")])
    assert found == {("Mara Voss", "truce"): "support"}


def test_what_need_not_be_done_is_no_wish(nlp):
    content = "Morvenia does not need to lift sanctions"
    found = stances(nlp, f"“{content},” Mara Voss said.", statements=[(content, "Mara Voss")])
    assert "support" not in found.values()


@pytest.mark.parametrize(
    "sentence",
    [
        "Morvenia sought clarity on the truce.",
        "Morvenia is seeking details of the truce.",
        "Morvenia is seeking clarity on the sequencing of the Tessalian draft.",
        "Morvenia wants answers about a truce.",
    ],
)
def test_who_asks_for_more_to_be_told_of_a_thing_stands_nowhere_yet(nlp, sentence):
    assert stances(nlp, sentence) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "Morvenia has recently ramped up drone attacks on towns ahead of the truce.",
        "Morvenia stepped up attacks ahead of a truce.",
    ],
)
def test_what_is_done_ahead_of_a_truce_is_not_done_for_it(nlp, sentence):
    assert stances(nlp, sentence) == {}

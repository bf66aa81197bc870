"""Reactions told beside a clause, what is warned of, whose a document is, and who leads several states."""

import pytest

from tests.test_positions import stances


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Xandria will lift the sanctions despite objections from Morvenia.", "oppose"),
        ("Xandria decided not to lift the sanctions after objections from Morvenia.", "oppose"),
        ("Xandria wants to lift the sanctions, despite resistance from Morvenia.", "oppose"),
        ("Lifting the sanctions has met with stiff resistance from Morvenia.", "oppose"),
        ("Lifting the sanctions drew support from Morvenia.", "support"),
    ],
)
def test_a_reaction_is_held_by_whom_it_comes_from(nlp, sentence, expected):
    assert stances(nlp, sentence)["Morvenia", "sanctions_relief"] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Xandria agreed on a truce but, after objections from Morvenia, kept the mines.",
        "Xandria wants a truce despite Morvenia.",
        "The truce drew objections to the map from Morvenia.",
    ],
)
def test_a_reaction_to_another_matter_tells_nothing(nlp, sentence):
    assert ("Morvenia", "truce") not in stances(nlp, sentence)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Ivo Brandt warned that any attempt to lift sanctions would embolden Xandria.",
            {("Ivo Brandt", "sanctions_relief"): "oppose"},
        ),
        (
            "Ivo Brandt warned that a truce would only strengthen Xandria.",
            {("Ivo Brandt", "truce"): "oppose"},
        ),
        ("Ivo Brandt warned that the lack of a truce would hurt Morvenia.", {}),
        ("Ivo Brandt warned that a truce would fail in Morvenia.", {}),
        ("Ivo Brandt warned that the summit would take up the time of Morvenia.", {}),
    ],
)
def test_what_is_warned_of_is_spoken_against(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


def test_what_is_said_to_be_wished_of_a_state_is_its_speakers_wish(nlp):
    line = "Morvenia should have no prospect of a truce, Mara Voss said."
    said = [("Morvenia should have no prospect of a truce", "Mara Voss")]
    assert stances(nlp, line, statements=said) == {("Mara Voss", "truce"): "oppose"}


def test_what_another_is_to_do_first_is_asked_for(nlp):
    sentence = "Morvenia will open the road once Xandria lifts the sanctions."
    assert stances(nlp, sentence) == {("Morvenia", "sanctions_relief"): "support"}
    assert stances(nlp, "Morvenia will open the road once the truce is signed in Xandria.") == {}


def test_what_must_come_before_makes_a_step_conditional(nlp):
    line = "The army of Morvenia must leave the valley before a truce can begin, Mara Voss said."
    said = [("The army of Morvenia must leave the valley before a truce can begin", "Mara Voss")]
    assert stances(nlp, line, statements=said)["Mara Voss", "truce"] == "conditional"


def test_a_condition_told_beside_a_refusal_is_not_its_condition(nlp):
    sentence = "Xandria has dismissed the idea of a truce, warning that talks without Morvenia are void."
    assert stances(nlp, sentence) == {("Xandria", "truce"): "oppose"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The negotiators of Xandria and Morvenia agreed to a truce.",
        "A truce between Xandria and Morvenia was agreed in the capital.",
    ],
)
def test_what_people_of_several_states_agree_to_is_accepted_by_each(nlp, sentence):
    assert stances(nlp, sentence) == {("Xandria", "truce"): "support", ("Morvenia", "truce"): "support"}


def test_what_is_decided_against_is_opposed(nlp):
    sentence = "Xandria has decided not to lift the sanctions for now."
    assert stances(nlp, sentence) == {("Xandria", "sanctions_relief"): "oppose"}


def test_criticism_that_is_condemned_tells_nothing_of_its_matter(nlp):
    assert stances(nlp, "Xandria condemned criticism of the truce in Morvenia.") == {}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Xandria wants a parley with Morvenia.", {("Xandria", "parley"): "support"}),
        ("Xandria wants a parley with Tessaly.", {}),
        ("Tessaly wants a parley with Morvenia.", {}),
        ("Tessaly wants a parley between Xandria and Morvenia.", {("Tessaly", "parley"): "support"}),
        ("Xandria will hold a parley with Morvenia.", {("Xandria", "parley"): "support"}),
        ("Xandria and Tessaly will hold a parley on what Morvenia has sent.", {}),
        ("Tessaly, which wrote to Xandria, will hold a parley with Morvenia.", {}),
    ],
)
def test_talks_with_a_stranger_are_no_talks_between_the_sides(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


def test_an_obliged_document_is_its_speakers_wish(nlp):
    line = "Any future agreement must include a truce, Mara Voss said."
    said = [("Any future agreement must include a truce", "Mara Voss")]
    found = stances(nlp, "Morvenia has drafted an agreement.", line, statements=said)
    assert found == {("Mara Voss", "truce"): "support"}


def test_what_others_have_signed_is_not_accepted_by_who_tells_it(nlp):
    line = "A truce was signed at the weekend, Lena Hall of Xandria said."
    assert stances(nlp, line, statements=[("A truce was signed at the weekend", "Mara Voss")]) == {}


def test_not_to_block_is_no_support(nlp):
    assert stances(nlp, "Xandria will not veto the truce.") == {("Xandria", "truce"): "open"}


def test_what_is_said_of_a_clause_is_not_said_of_its_document(nlp):
    assert stances(nlp, "Xandria rejected a clause of the Tessalian draft.") == {}


def test_talks_about_a_matter_tell_no_stance_on_it(nlp):
    assert stances(nlp, "Xandria will hold further discussions regarding a truce.") == {}


def test_unnamed_allies_hold_what_they_and_their_friend_are_told_to_hold(nlp):
    found = stances(nlp, "Xandria and its allies have rejected a truce.")
    assert found == {("Xandria", "truce"): "oppose", ("Xandria's allies", "truce"): "oppose"}
    assert stances(nlp, "Morvenia and its allies have rejected a truce.") == {("Morvenia", "truce"): "oppose"}


def test_parts_of_a_draft_hold_what_its_author_wants(nlp):
    found = stances(nlp, "News of Xandria.", "Elements of the Xandrian draft include a truce.")
    assert found == {("Xandria", "truce"): "support"}


def test_refusing_talks_about_a_matter_is_told_of_the_matter(nlp):
    sentence = "Xandria will not approve any talks regarding a truce until Morvenia lifts the sanctions."
    assert stances(nlp, sentence)["Xandria", "truce"] == "conditional"


def test_a_participle_beside_a_passive_goes_with_who_says_it(nlp):
    sentence = "Xandria has said that the valley must be kept, rejecting a truce."
    assert stances(nlp, sentence) == {("Xandria", "truce"): "oppose"}


def test_out_of_the_question_for_somebody_leaves_nothing_to_others(nlp):
    line = "A truce was out of the question for Xandria, Mara Voss said."
    said = [("A truce was out of the question for Xandria", "Mara Voss")]
    assert set(stances(nlp, line, statements=said).values()) == {"oppose"}
    left = "A truce was a matter for Xandria, Mara Voss said."
    assert stances(nlp, left, statements=[("A truce was a matter for Xandria", "Mara Voss")]) == {}


def test_the_aim_of_a_thing_is_nobodys_who_tells_it(nlp):
    line = "The calls were aimed at ending the war, and a truce was near, Mara Voss said."
    said = [("The calls were aimed at ending the war, and a truce was near", "Mara Voss")]
    assert stances(nlp, line, statements=said) == {}


def test_who_joins_an_initiative_wants_what_it_is_for(nlp):
    found = stances(nlp, "Xandria joined an initiative to lift the sanctions.")
    assert found == {("Xandria", "sanctions_relief"): "support"}


def test_what_one_seeks_to_prevent_is_opposed(nlp):
    sentence = "Morvenia praised a truce that Xandria is seeking to veto."
    assert stances(nlp, sentence) == {("Morvenia", "truce"): "support", ("Xandria", "truce"): "oppose"}


def test_a_finite_verb_after_an_obligation_goes_with_who_says_it(nlp):
    line = "Mara Voss said that Morvenia must disarm and rejected a truce."
    said = [("that Morvenia must disarm and rejected a truce", "Mara Voss")]
    assert stances(nlp, line, statements=said) == {("Mara Voss", "truce"): "oppose"}


def test_the_intent_of_a_thing_is_not_that_of_who_tells_it(nlp):
    line = "A truce was intended to deceive Morvenia, Mara Voss said."
    said = [("A truce was intended to deceive Morvenia", "Mara Voss")]
    assert stances(nlp, line, statements=said) == {}


def test_what_is_refused_except_after_something_is_conditional(nlp):
    line = "There will be no truce, except after the sanctions end, Ivo Brandt of Morvenia said."
    said = [("There will be no truce, except after the sanctions end", "Ivo Brandt")]
    assert stances(nlp, line, statements=said)["Ivo Brandt", "truce"] == "conditional"

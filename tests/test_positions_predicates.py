"""Clauses on a predicate, being shut out, bare answers, receptions, judgements whose words hang apart."""

import pytest

from pipeline.extract.positions.skeleton import skeleton
from tests.test_positions import stances


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A truce is something Morvenia will never accept.", {("Morvenia", "truce"): "oppose"}),
        ("A truce is not something Morvenia can agree to.", {("Morvenia", "truce"): "oppose"}),
        ("A truce is a step that Morvenia supports.", {("Morvenia", "truce"): "support"}),
        ("A truce is something to which Morvenia has turned.", {}),
    ],
)
def test_a_clause_on_the_predicate_tells_of_the_subject(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The sanctions must play no part in Morvenia, Mara Voss said.", "support"),
        ("The sanctions must play a part in Morvenia, Mara Voss said.", "oppose"),
    ],
)
def test_what_must_have_no_part_is_to_be_kept_out(nlp, sentence, expected):
    said = [(sentence.removesuffix(", Mara Voss said."), "Mara Voss")]
    assert stances(nlp, sentence, statements=said) == {("Mara Voss", "sanctions_relief"): expected}


@pytest.mark.parametrize("words", ["a non-starter", "a red line", "a deal-breaker", "out of the question"])
def test_for_whom_something_is_so_holds_the_judgement(nlp, words):
    assert stances(nlp, f"A truce is {words} for Morvenia.") == {("Morvenia", "truce"): "oppose"}
    assert stances(nlp, f"For Morvenia, a truce is {words}.") == {("Morvenia", "truce"): "oppose"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "Xandria proposed a truce. Morvenia agreed.",
            {("Xandria", "truce"): "support", ("Morvenia", "truce"): "support"},
        ),
        (
            "Xandria proposed a truce; Morvenia said no.",
            {("Xandria", "truce"): "support", ("Morvenia", "truce"): "oppose"},
        ),
        ("Xandria proposed a truce. Morvenia agreed to a map.", {("Xandria", "truce"): "support"}),
        ("Xandria proposed a truce. Morvenia has not agreed.", {("Xandria", "truce"): "support"}),
        ("A truce came into force. Morvenia agreed.", {}),
    ],
)
def test_a_bare_answer_answers_what_is_wished_for(nlp, lines, expected):
    assert stances(nlp, lines) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The summit drew a furious response from Morvenia.", {("Morvenia", "summit"): "oppose"}),
        ("The summit drew a warm response from Morvenia.", {("Morvenia", "summit"): "support"}),
        ("The summit won the backing of Morvenia.", {("Morvenia", "summit"): "support"}),
        ("The summit drew a response from Morvenia.", {}),
    ],
)
def test_how_a_thing_is_received_is_held_by_who_receives_it(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


def test_who_will_retaliate_for_an_act_is_against_it(nlp):
    line = "Morvenia vowed to retaliate if Xandria agreed to lift sanctions."
    assert stances(nlp, line)["Morvenia", "sanctions_relief"] == "oppose"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Morvenia wants nothing to do with a truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia is in no hurry to agree to a truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia is appalled by the truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia halted the summit.", {("Morvenia", "summit"): "oppose"}),
        ("Morvenia briefly halted the summit.", {}),
    ],
)
def test_idioms_of_refusal(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


def test_what_somebody_calls_it_is_his_judgement(nlp):
    found = stances(nlp, "Xandria wants a truce. Morvenia called it a trap.")
    assert found == {("Xandria", "truce"): "support", ("Morvenia", "truce"): "oppose"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "A truce is backed by Xandria but rejected by Morvenia.",
            {("Xandria", "truce"): "support", ("Morvenia", "truce"): "oppose"},
        ),
        (
            "Rejected by Morvenia, a truce is backed by Xandria.",
            {("Xandria", "truce"): "support", ("Morvenia", "truce"): "oppose"},
        ),
        ("A truce is backed by Xandria and was told of by Morvenia.", {("Xandria", "truce"): "support"}),
    ],
)
def test_passives_share_their_subject(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Xandria gave Morvenia ten days to accept a truce.", {("Xandria", "truce"): "support"}),
        ("Xandria has given Morvenia until Friday to accept a truce.", {("Xandria", "truce"): "support"}),
        ("Everyone but Morvenia supports a truce.", {}),
        ("Morvenia denied that it was ready to accept a truce.", {("Morvenia", "truce"): "oppose"}),
    ],
)
def test_who_is_given_a_day_left_out_or_denies_it_holds_nothing_else(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Morvenia will not be allowed to lift the sanctions", "oppose"),
        ("Morvenia has the right to lift the sanctions", "support"),
        ("Morvenia has no right to lift the sanctions", "oppose"),
    ],
)
def test_what_is_let_or_is_a_right_is_told_by_the_speaker(nlp, content, expected):
    found = stances(nlp, f"{content}, Mara Voss said.", statements=[(content, "Mara Voss")])
    assert found == {("Mara Voss", "sanctions_relief"): expected}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Neither side wants a truce.", "oppose"),
        ("Each side agreed to a truce.", "support"),
    ],
)
def test_each_side_is_both(nlp, sentence, expected):
    found = stances(nlp, f"Xandria met Morvenia. {sentence}")
    assert found == {("Xandria", "truce"): expected, ("Morvenia", "truce"): expected}


def test_items_of_a_list_after_a_colon_are_wished_alike(nlp):
    found = stances(nlp, "Morvenia listed its demands: a truce, no sanctions, a summit.")
    assert found == {
        ("Morvenia", "truce"): "support",
        ("Morvenia", "sanctions_relief"): "support",
        ("Morvenia", "summit"): "support",
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Ivo Brandt wants Xandria to accept a truce, abandon the summit.",
            {("Ivo Brandt", "truce"): "support", ("Ivo Brandt", "summit"): "oppose"},
        ),
        (
            "Morvenia wants Xandria to abandon the summit before it leaves.",
            {("Morvenia", "summit"): "oppose"},
        ),
        (
            "Morvenia rejected a truce, a demand that Xandria has made for years.",
            {("Morvenia", "truce"): "oppose", ("Xandria", "truce"): "support"},
        ),
        ("Morvenia never, never accepted a truce.", {("Morvenia", "truce"): "oppose"}),
    ],
)
def test_bare_verbs_go_on_the_inner_clause_and_demands_have_makers(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("The sanctions on Morvenia should be tightened rather than lifted", "oppose"),
        ("The administration is ready to lift the sanctions", "support"),
    ],
)
def test_set_against_each_other_and_the_speakers_own_body(nlp, content, expected):
    found = stances(nlp, f"In Xandria, {content}, Mara Voss said.", statements=[(content, "Mara Voss")])
    assert found["Mara Voss", "sanctions_relief"] == expected


def test_what_hangs_on_a_subject_is_left_out_of_the_skeleton(nlp):
    doc = nlp("The sanctions imposed on fuel by the council must be lifted.")
    left = skeleton(doc[:])
    assert left is not None
    assert [doc[i].text for i in left] == ["The", "sanctions", "must", "be", "lifted", "."]
    assert skeleton(nlp("The sanctions must be lifted.")[:]) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Morvenia is the only country opposing a truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia is the only country that opposes a truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia abandoned its resistance to a truce.", {("Morvenia", "truce"): "support"}),
        ("Morvenia has softened its opposition to a truce.", {("Morvenia", "truce"): "open"}),
        ("Morvenia has yet to decide on a truce.", {("Morvenia", "truce"): "open"}),
        ("Morvenia accepted the truce with reservations.", {("Morvenia", "truce"): "conditional"}),
        ("Morvenia supports the truce but wants changes.", {("Morvenia", "truce"): "conditional"}),
        ("Xandria wants changes to the Tessalian draft.", {("Xandria", "draft"): "conditional"}),
        ("Morvenia is ready to accept a truce at once.", {("Morvenia", "truce"): "support"}),
    ],
)
def test_what_is_held_back_given_up_or_left_open(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


def test_what_makes_a_thing_possible_is_asked_for(nlp):
    content = "A truce is only possible after Xandria cedes the valley"
    found = stances(nlp, f"{content}, Ivo Brandt said.", statements=[(content, "Ivo Brandt")])
    assert found == {("Ivo Brandt", "truce"): "conditional", ("Ivo Brandt", "valley"): "support"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Xandria wants Morvenia to accept a truce. Morvenia has refused to do so.", "oppose"),
        ("Xandria wants Morvenia to accept a truce. Morvenia is ready to do so.", "support"),
        ("Xandria wants Morvenia to accept a truce, which Morvenia has refused to do.", "oppose"),
    ],
)
def test_to_do_so_is_what_was_told_before(nlp, lines, expected):
    assert stances(nlp, lines)["Morvenia", "truce"] == expected


def test_a_shorter_operator_stands_in_where_the_longer_one_ends_in_the_issue(nlp):
    assert stances(nlp, "Xandria is unwilling to hold a summit.") == {("Xandria", "summit"): "oppose"}
    assert stances(nlp, "Morvenia has no wish to join the summit.") == {("Morvenia", "summit"): "oppose"}

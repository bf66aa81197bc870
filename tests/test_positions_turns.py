"""Turns of phrase that tell a stance, or tell none: given up, threatened, in part, under a plan."""

import pytest

from tests.test_positions import stances


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ivo Brandt dropped Morvenia's demand for a truce.", {("Ivo Brandt", "truce"): "open"}),
        ("Ivo Brandt did not drop Morvenia's demand for a truce.", {("Morvenia", "truce"): "support"}),
        ("Ivo Brandt repeated Morvenia's demand for a truce.", {("Morvenia", "truce"): "support"}),
    ],
)
def test_a_demand_that_is_dropped_is_no_longer_held(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


def test_its_demand_is_that_of_the_clauses_subject(nlp):
    assert stances(nlp, "Morvenia repeated its demand for a truce.") == {("Morvenia", "truce"): "support"}
    assert stances(nlp, "Its demand for a truce surprised Morvenia.") == {}


def test_what_had_been_demanded_counts_less_than_what_is_told_after_it(nlp):
    found = stances(nlp, "Morvenia, which had demanded a truce, now rejects the truce.")
    assert found == {("Morvenia", "truce"): "oppose"}


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Ivo Brandt threatened to resign if Morvenia accepted a truce.", "oppose"),
        ("Ivo Brandt threatened to resign if Morvenia rejected a truce.", "support"),
    ],
)
def test_a_threat_is_held_against_what_would_bring_it_about(nlp, sentence, stance):
    assert stances(nlp, sentence) == {("Ivo Brandt", "truce"): stance}


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Xandria accepted the Tessalian draft.", "support"),
        ("Xandria accepted most of the Tessalian draft.", "conditional"),
        ("Xandria agreed on 90 percent of the Tessalian draft.", "conditional"),
    ],
)
def test_a_document_accepted_in_part_is_accepted_on_conditions(nlp, sentence, stance):
    assert stances(nlp, sentence) == {("Xandria", "draft"): stance}


def test_a_draft_for_one_matter_is_not_the_document_of_the_pack(nlp):
    assert stances(nlp, "Xandria accepted a Tessalian draft for a truce.") == {
        ("Xandria", "truce"): "support",
        ("Tessaly", "truce"): "support",
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Under the Xandrian draft, Morvenia would accept a truce.",
        "Under the Xandrian draft, a truce would be declared.",
    ],
)
def test_what_would_be_under_a_draft_is_its_authors_wish(nlp, sentence):
    assert stances(nlp, "News of Xandria.", sentence) == {("Xandria", "truce"): "support"}


def test_terms_hold_what_their_owner_wants_and_nobodys_terms_tell_nothing(nlp):
    assert stances(nlp, "Xandria's terms include a truce.") == {("Xandria", "truce"): "support"}
    assert stances(nlp, "News of Xandria.", "The terms include a truce.") == {}


def test_a_time_after_a_noun_is_not_what_is_demanded(nlp):
    assert stances(nlp, "Morvenia dropped the demand after the summit.") == {}


def test_a_critic_named_beside_his_name_opposes_what_he_criticises(nlp):
    found = stances(nlp, "News of Xandria.", "Ivo Brandt, a critic of the truce, spoke to Mara Voss.")
    assert found == {("Ivo Brandt", "truce"): "oppose"}
    assert stances(nlp, "Critics of the truce marched through Xandria.") == {}


def test_a_noun_set_after_a_clause_sums_it_up(nlp):
    found = stances(nlp, "Xandria agreed to ease sanctions, a step Morvenia has condemned.")
    assert found[("Morvenia", "sanctions_relief")] == "oppose"


def test_who_stands_right_before_a_verb_without_subject_does_it(nlp):
    found = stances(nlp, "After weeks of haggling, Anland and Morvenia signed a truce late on Monday.")
    assert found == {("Anland", "truce"): "support", ("Morvenia", "truce"): "support"}


def test_what_will_go_on_is_the_will_of_who_says_so(nlp):
    content = "the truce will continue"
    said = [(content, "Ivo Brandt")]
    assert stances(nlp, "News of Xandria.", f"Ivo Brandt said {content}.", statements=said) == {
        ("Ivo Brandt", "truce"): "support"
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Xandria questioned why Morvenia should ease sanctions.",
        "Xandria said it had failed to secure a truce.",
    ],
)
def test_a_question_and_a_failure_are_no_wish(nlp, sentence):
    assert "support" not in stances(nlp, sentence).values()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The truce was on the table. Morvenia insists that the root causes be addressed.", False),
        ("The truce was on the table. Morvenia has opposed it.", True),
    ],
)
def test_a_topic_is_taken_up_only_by_words_that_have_no_matter_of_their_own(nlp, sentence, expected):
    assert (("Morvenia", "truce") in stances(nlp, sentence)) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Xandria declined the invitation while the truce still held in Morvenia.", {}),
        ("On the truce, Morvenia is opposed.", {("Morvenia", "truce"): "oppose"}),
    ],
)
def test_nearness_alone_tells_nothing_of_a_refusal(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


def test_as_soon_as_possible_is_no_condition(nlp):
    found = stances(nlp, "Morvenia wants a truce as soon as possible.")
    assert found == {("Morvenia", "truce"): "support"}
    found = stances(nlp, "Morvenia will accept a truce as soon as the army leaves.")
    assert found == {("Morvenia", "truce"): "conditional"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Anland would freeze the front, with sanctions against Xandria being lifted.", {}),
        ("Anland seeks a settlement rather than a truce with Xandria.", {("Anland", "truce"): "oppose"}),
        ("Anland urged Xandria to explore alternatives to a truce.", {("Anland", "truce"): "oppose"}),
        ("Mara Voss will probably ease sanctions, Ivo Brandt said.", {}),
    ],
)
def test_what_is_set_beside_or_against_or_only_expected_is_not_wanted(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


def test_a_version_that_others_made_is_not_the_document_of_the_pack(nlp):
    line = "Xandria rejected a version of the Tessalian draft put forward by Morvenia."
    assert stances(nlp, line) == {}
    assert stances(nlp, "Xandria rejected a version of the Tessalian draft.") == {
        ("Xandria", "draft"): "oppose"
    }


def test_leave_given_to_others_is_no_will_of_theirs(nlp):
    content = "Xandria can ease sanctions"
    said = [(content, "Ivo Brandt")]
    assert stances(nlp, "News of Xandria.", f"Ivo Brandt said {content}.", statements=said) == {}


def test_what_a_judged_clause_wants_is_not_its_speakers_wish(nlp):
    content = "seeking a truce was unrealistic"
    said = [(content, "Ivo Brandt")]
    found = stances(nlp, "News of Xandria.", f"Ivo Brandt said {content}.", statements=said)
    assert found == {("Ivo Brandt", "truce"): "oppose"}

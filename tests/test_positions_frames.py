"""Plain ways of saying where somebody stands, frame by frame, with traps that look like them."""

import pytest

from tests.test_positions import stances


def told(nlp, words, opener="Ivo Brandt said "):
    """The stance that Ivo Brandt's `words` take on the truce, or None."""
    found = stances(nlp, "News of Xandria.", f"{opener}{words}.", statements=[(words, "Ivo Brandt")])
    assert set(found) <= {("Ivo Brandt", "truce")}
    return found.get(("Ivo Brandt", "truce"))


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("there was no way around a truce", "support"),
        ("a truce made no sense", "oppose"),
        ("a truce was conceivable", "open"),
        ("a truce was not off the table", "open"),
        ("he did not think a truce was a good idea", "oppose"),
        ("he thought a truce was a good idea", "support"),
        ("it was time for a truce", "support"),
        ("the time had come for a truce", "support"),
        ("it was too early for a truce", "oppose"),
        ("now was not the time for a truce", "oppose"),
        ("there could be no truce before the vote", "conditional"),
        ("there could be no truce before Friday", "oppose"),
        ("there would be no truce without a vote", "conditional"),
        ("a truce could only come after the vote", "conditional"),
        ("he had no idea when it was time for a truce", None),
        ("the talk of a truce was on everybody's lips", None),
    ],
)
def test_what_a_speaker_says_of_a_matter_is_his_stand(nlp, words, stance):
    assert told(nlp, words) == stance


@pytest.mark.parametrize(
    ("opener", "words", "stance"),
    [
        ("Asked about a truce, Ivo Brandt said ", "it was out of the question", "oppose"),
        ("Pressed on a truce, Ivo Brandt said ", "it was the only way", "support"),
        ("After a word on the truce, Ivo Brandt said ", "it was out of the question", None),
    ],
)
def test_what_is_asked_about_is_what_the_answer_judges(nlp, opener, words, stance):
    assert told(nlp, words, opener) == stance


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Morvenia has come out in support of a truce.", {("Morvenia", "truce"): "support"}),
        ("Morvenia ruled a truce with Xandria out.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia is not in favour of a truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia cannot imagine a truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia has vowed to fight the truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia's readiness to discuss a truce surprised many.", {("Morvenia", "truce"): "open"}),
        ("Morvenia gave a cautious welcome to the truce.", {("Morvenia", "truce"): "conditional"}),
        ("Morvenia has set conditions for a truce.", {("Morvenia", "truce"): "conditional"}),
        ("A truce is one of the main demands of Morvenia.", {("Morvenia", "truce"): "support"}),
        ("Morvenia is one of the countries pushing for a truce.", {("Morvenia", "truce"): "support"}),
        ("Morvenia is among the countries opposed to a truce.", {("Morvenia", "truce"): "oppose"}),
        ("The idea of a truce ran into opposition from Morvenia.", {("Morvenia", "truce"): "oppose"}),
    ],
)
def test_a_plain_frame_tells_its_stance(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Morvenia withdrew its support for a truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia retreated from its backing for a truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia never withdrew its support for a truce.", {("Morvenia", "truce"): "support"}),
        ("Morvenia would rather walk out than accept a truce.", {("Morvenia", "truce"): "oppose"}),
    ],
)
def test_support_that_is_withdrawn_or_denied_is_turned_over(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Morvenia's position is that there must be a truce.", {("Morvenia", "truce"): "support"}),
        ("Morvenia's stance is that there can be no truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia's red lines include a truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia's support for a truce depends on the vote.", {("Morvenia", "truce"): "conditional"}),
    ],
)
def test_a_stand_is_its_owners_whoever_tells_it(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("Xandria backs the truce, as does Morvenia.", "support"),
        ("Xandria rejects the truce, and so does Morvenia.", "oppose"),
        ("Xandria backs the truce, but Morvenia does not.", "oppose"),
        ("Xandria does not back the truce, nor does Morvenia.", "oppose"),
        ("Xandria backs the truce, as Morvenia does its own fleet.", None),
    ],
)
def test_an_ellipsis_takes_up_the_stance_before_it(nlp, sentence, other):
    found = {holder: stance for (holder, _), stance in stances(nlp, sentence).items()}
    assert found.pop("Xandria", None) in {"support", "oppose"}
    assert found == ({"Morvenia": other} if other else {})


def test_an_accusation_is_nobodys_stand(nlp):
    assert stances(nlp, "Ivo Brandt accused the opposition of wanting a truce.") == {}


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("Xandria backs the truce, while Morvenia is opposed.", "oppose"),
        ("Xandria rejects the truce, while Morvenia is in favour.", "support"),
        ("Xandria backs the truce, but Morvenia remains hostile.", "oppose"),
        ("Xandria backs the truce, while Morvenia is busy.", None),
        ("Xandria backs the truce, while Morvenia is opposed to the new tax.", None),
        ("Xandria backs the truce, while Morvenia is not opposed.", None),
    ],
)
def test_who_is_opposed_or_in_favour_means_what_was_just_told(nlp, sentence, other):
    found = {holder: stance for (holder, _), stance in stances(nlp, sentence).items()}
    assert found.pop("Xandria", None) in {"support", "oppose"}
    assert found == ({"Morvenia": other} if other else {})


@pytest.mark.parametrize(
    ("reaction", "stance"),
    [
        ("Morvenia was sceptical.", "oppose"),
        ("Morvenia reacted coolly.", "oppose"),
        ("Morvenia has its doubts.", "oppose"),
        ("Morvenia would never agree.", "oppose"),
        ("Morvenia vowed to block the step.", "oppose"),
        ("Morvenia promised the step long ago.", None),
        ("Morvenia was sceptical about the euro.", None),
        ("Morvenia would never agree to a tax.", None),
    ],
)
def test_a_short_reaction_means_what_was_proposed_before_it(nlp, reaction, stance):
    found = stances(nlp, f"Xandria proposed a truce. {reaction}")
    assert found.pop(("Xandria", "truce")) == "support"
    assert found == ({("Morvenia", "truce"): stance} if stance else {})


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Morvenia's policy is to reject a truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia's policy is not to accept a truce.", {("Morvenia", "truce"): "oppose"}),
        ("The question is whether to accept a truce with Morvenia.", {}),
        ("Morvenia has cast doubt on a truce.", {("Morvenia", "truce"): "oppose"}),
        (
            "Xandria rejects the idea of Morvenia's ships landing while casting doubt on a truce.",
            {("Xandria", "truce"): "oppose"},
        ),
        ("Morvenia has not committed to a truce.", {("Morvenia", "truce"): "open"}),
        (
            "Xandria would only free them if Morvenia lifted the sanctions.",
            {("Xandria", "sanctions_relief"): "support"},
        ),
        ("Xandria would only know more if Morvenia lifted the sanctions.", {}),
        ("Morvenia would not vote for a truce.", {("Morvenia", "truce"): "oppose"}),
    ],
)
def test_a_policy_a_doubt_and_a_price_are_stands(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


def test_a_breach_is_laid_to_a_paper_and_told_of_no_author(nlp):
    found = stances(nlp, "Lena Hall said the Tessalian plan violated the truce.")
    assert ("Tessaly", "truce") not in found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Morvenia is fully behind a truce.", {("Morvenia", "truce"): "support"}),
        ("Morvenia drew the line at a truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia ignored calls for a truce.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia fears that a truce would make things worse.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia is optimistic about a truce.", {}),
        ("Morvenia is divided over a truce.", {("Morvenia", "truce"): "open"}),
        ("Morvenia wants money in exchange for a truce.", {("Morvenia", "truce"): "conditional"}),
        ("Morvenia offered money in exchange for a truce.", {("Morvenia", "truce"): "support"}),
    ],
)
def test_an_idiom_tells_what_its_words_do_not(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("there would be no deal without a truce", "support"),
        ("a truce could not wait", "support"),
        ("a truce was in everyone's interest", "support"),
        ("a truce was not in Morvenia's interest", "oppose"),
        ("a truce was not going to happen", "oppose"),
        ("nothing was off the table", None),
    ],
)
def test_what_a_speaker_says_with_an_idiom_is_his_stand(nlp, words, stance):
    assert told(nlp, words) == stance

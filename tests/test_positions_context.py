"""Positions told over clauses and sentences: plans and their authors, bargains, terms, charges."""

import pytest

from pipeline.extract.positions.actors import ActorWords
from pipeline.extract.positions.build import extract_rows, merge_rows
from pipeline.extract.positions.lexicon import load_stance
from pipeline.extract.positions.vocabulary import IssuePack
from pipeline.settings import PROJECT_ROOT
from tests.test_positions import ISSUES, links_of, page_of, stances

TRUCE, VALLEY, SANCTIONS = "truce", "valley", "sanctions_relief"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Xandria has put forward a plan.", "The plan calls for a truce."), {("Xandria", TRUCE): "support"}),
        (
            ("A draft was presented by Morvenia.", "The draft provides for a truce."),
            {("Morvenia", TRUCE): "support"},
        ),
        (("Xandria has not put forward a plan.", "The plan calls for a truce."), {}),
        (("A plan reached the papers.", "The plan calls for a truce."), {}),
        (
            ("Xandria submitted a paper. Morvenia submitted a draft.", "The paper demands a truce."),
            {("Xandria", TRUCE): "support"},
        ),
        (("Xandria submitted a paper. Morvenia submitted a draft.", "The proposal demands a truce."), {}),
        (("Xandria has unveiled a plan.", "The Morvenia-backed plan calls for a truce."), {}),
    ],
)
def test_a_plan_is_its_authors_in_the_sentences_that_follow(nlp, lines, expected):
    assert stances(nlp, "News of the talks in Xandria.", *lines) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Anland accused Morvenia of wanting a truce.", {}),
        ("Morvenia was accused of seeking a truce.", {}),
        ("Critics say Morvenia wants a truce.", {}),
        ("Anland accused Morvenia of rejecting a truce.", {("Morvenia", TRUCE): "oppose"}),
        ("Anland said Morvenia wanted a truce.", {("Morvenia", TRUCE): "support"}),
    ],
)
def test_a_will_that_others_impute_is_nobodys_stand(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Xandria's prerequisite for a truce is a handover of the valley.",
            {("Xandria", TRUCE): "conditional", ("Xandria", VALLEY): "support"},
        ),
        (
            "Morvenia has made the handover of the valley a precondition for a truce.",
            {("Morvenia", TRUCE): "conditional", ("Morvenia", VALLEY): "support"},
        ),
        ("Morvenia has not made the handover of the valley a precondition for a truce.", {}),
        (
            "Morvenia ruled out a truce, one of Xandria's key demands.",
            {("Morvenia", TRUCE): "oppose", ("Xandria", TRUCE): "support"},
        ),
        (
            "Morvenia offered a truce if Xandria lifted the sanctions.",
            {("Morvenia", TRUCE): "conditional", ("Morvenia", SANCTIONS): "support"},
        ),
        (
            "Morvenia offered a truce if Xandria lifted the sanctions. Xandria dismissed the offer.",
            {
                ("Morvenia", TRUCE): "conditional",
                ("Morvenia", SANCTIONS): "support",
                ("Xandria", SANCTIONS): "oppose",
            },
        ),
        ("Morvenia offered a truce after Xandria lifted the sanctions.", {("Morvenia", TRUCE): "support"}),
    ],
)
def test_what_is_asked_in_return_is_wanted(nlp, sentence, expected):
    found = stances(nlp, sentence)
    assert {k: v for k, v in found.items() if k in expected or not expected} == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Morvenia demands that Xandria cede the valley, something Xandria has refused to do.",
            {("Morvenia", VALLEY): "support", ("Xandria", VALLEY): "oppose"},
        ),
        (
            "Morvenia is ready for a truce if Xandria lifts the sanctions.",
            {("Morvenia", TRUCE): "conditional", ("Morvenia", SANCTIONS): "support"},
        ),
        (
            "There will be no deal if Xandria insists on a truce, Ivo Brandt said.",
            {("Ivo Brandt", TRUCE): "oppose"},
        ),
        ("Morvenia could accept the Tessalian draft with changes.", {("Morvenia", "draft"): "conditional"}),
    ],
)
def test_answers_terms_and_threats_within_a_sentence(nlp, sentence, expected):
    said = sentence.removesuffix(", Ivo Brandt said.")
    statements = [(said, "Ivo Brandt")] if said != sentence else []
    assert stances(nlp, "News of Xandria.", sentence, statements=statements) == expected


def test_a_stance_that_is_rejected_is_turned(nlp):
    found = stances(nlp, "Xandria says there must be no truce, a stance rejected by Morvenia.")
    assert found[("Morvenia", TRUCE)] == "support"


def test_what_a_thing_serves_as_is_no_matter_of_its_own(nlp):
    words = "the sanctions cannot serve as a truce"
    found = stances(nlp, f"Ivo Brandt said {words}.", statements=[(words, "Ivo Brandt")])
    assert ("Ivo Brandt", TRUCE) not in found


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("it would be a big mistake to lift the sanctions", "oppose"),
        ("it would be a grave error to lift the sanctions", "oppose"),
        ("it would be a good idea to lift the sanctions", "support"),
    ],
)
def test_a_judgement_on_an_act_to_come_is_a_stand(nlp, words, stance):
    found = stances(nlp, "News of Xandria.", f"Ivo Brandt said {words}.", statements=[(words, "Ivo Brandt")])
    assert found == {("Ivo Brandt", SANCTIONS): stance}


@pytest.mark.parametrize(
    ("line", "stance"),
    [
        ("“Will Morvenia agree to a truce? Definitely not,” Ivo Brandt said.", "oppose"),
        ("“Will Morvenia agree to a truce? Sure not,” Ivo Brandt said.", "oppose"),
        ("“Will Morvenia agree to a truce? Definitely,” Ivo Brandt said.", "support"),
    ],
)
def test_a_yes_that_is_denied_is_a_no(nlp, line, stance):
    words = line[1 : line.index("”")]
    assert stances(nlp, line, statements=[(words, "Ivo Brandt")])[("Ivo Brandt", TRUCE)] == stance


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("it was mandatory to make sure that Xandria never, never sees a truce", None),
        ("the sides argued over how long a truce would last", None),
        ("Morvenia would not bow to pressure on a truce", None),
        ("he doubted that a truce could come about", None),
        ("Morvenia suggested that a truce had been agreed by others", None),
        ("Morvenia was sceptical about a truce", "oppose"),
        ("Morvenia would only agree to a truce after the withdrawal", "conditional"),
    ],
)
def test_what_only_sounds_like_a_stand(nlp, words, stance):
    found = stances(nlp, "News of Xandria.", f"Ivo Brandt said {words}.", statements=[(words, "Ivo Brandt")])
    told = {found.get((holder, TRUCE)) for holder in ("Ivo Brandt", "Morvenia")} - {None}
    assert told == ({stance} if stance else set())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Anland called for a truce in Corland.", {}),
        ("Anland called for a truce in Xandria, as in Corland.", {("Anland", TRUCE): "support"}),
        ("Anland called for a truce.", {("Anland", TRUCE): "support"}),
    ],
)
def test_a_line_on_another_negotiation_tells_nothing_of_this_one(nlp, line, expected):
    page = page_of(nlp, "News of Xandria.", line)
    file = ISSUES.model_copy(update={"home": ("xandria",), "elsewhere": ("corland",)})
    words = ActorWords(roles=frozenset(), states={})
    lexicon = load_stance(PROJECT_ROOT / "seeds" / "reference")
    rows = extract_rows(page, links_of(page), [], IssuePack(file), lexicon, words)
    assert {(p.actor_name, p.issue_id): p.stance for p in merge_rows(page, rows, lexicon)} == expected


def test_a_later_object_of_a_verb_makes_a_phrase_with_it(nlp):
    found = stances(nlp, "Xandria will lift the blockade of the port and its sanctions on Morvenia.")
    assert found == {("Xandria", SANCTIONS): "support"}

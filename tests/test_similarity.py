"""Likeness of sentences to propositions."""

import pytest

from pipeline.extract.positions import IssuePack, issues_of
from pipeline.extract.positions.similarity import Likeness, stem
from pipeline.extract.positions.vocabulary import Issue, IssuesFile, Term

PROPOSITIONS = {
    "site_inspections": "inspectors get access to the sites",
    "river_border": "the border is drawn along the river",
    "gas_pipeline": "gas flows through the pipeline again",
    "fishing_quotas": "fishing quotas are shared by catch",
}


def nearest(text: str, propositions: dict[str, str] = PROPOSITIONS):
    forms = [(word, word) for word in text.lower().split()]
    return Likeness(propositions).nearest(forms, 0, len(forms))


def test_a_sentence_comes_near_the_proposition_whose_words_it_shares():
    near = nearest("nobody may inspect a site without leave")
    assert near is not None
    assert (near.issue_id, near.tokens) == ("site_inspections", (2, 4))


def test_a_sentence_that_shares_no_word_comes_near_nothing():
    assert nearest("the weather was fine in the capital") is None


def test_words_that_propositions_share_tell_little():
    shared = {name: "the treaty on " + name.split("_")[0] for name in PROPOSITIONS}
    assert nearest("they read the treaty", shared) is None
    river = nearest("the treaty names the river", shared)
    assert river is not None and river.issue_id == "river_border"


def test_of_few_propositions_none_stands_out():
    few = dict(list(PROPOSITIONS.items())[:3])
    assert nearest("the border follows the river", few) is None


@pytest.mark.parametrize(
    "family", [("inspectors", "inspections", "inspected"), ("enrich", "enriching", "enriched")]
)
def test_words_of_one_family_share_a_stem(family):
    assert len({stem(word) for word in family}) == 1


def test_a_short_word_keeps_its_ending():
    assert stem("king") == "king"


def pack_of(terms: dict[str, tuple[Term, ...]]) -> IssuePack:
    return IssuePack(
        IssuesFile(
            anchors=(),
            sets={},
            issues=tuple(
                Issue(id=name, label=name, proposition=text, terms=terms.get(name, ()))
                for name, text in PROPOSITIONS.items()
            ),
        )
    )


def test_an_issue_without_terms_is_named_by_the_words_of_its_proposition(nlp):
    doc = nlp("Xandria wants inspections of every site.")
    assert issues_of(doc, pack_of({})) == ("site_inspections",)


def test_a_phrase_of_the_pack_goes_before_likeness(nlp):
    terms = {"river_border": (Term(any=("site",), orient=1),)}
    assert issues_of(nlp("Xandria wants inspections of every site."), pack_of(terms)) == ("river_border",)


def test_an_issue_with_terms_is_not_named_by_likeness_alone(nlp):
    terms = {name: (Term(any=("nowhere",), orient=1),) for name in PROPOSITIONS}
    assert issues_of(nlp("Xandria wants inspections of every site."), pack_of(terms)) == ()

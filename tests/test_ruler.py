"""The quick attribute ruler leaves every token as spaCy's own does."""

import importlib
import warnings

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline import AttributeRuler

from pipeline.quick import ruler
from pipeline.settings import DEFAULT_MODEL
from tests.synthetic.pages import page

ATTRIBUTES = ["ORTH", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START"]
ODD = (
    "",
    "Let's go, y'all; c'mon, it ain't over, there's nothin' left.",
    "'Cause we'd've gone  had\tit not   rained.",
    "That which is is; that which is not is not.",
    "  ",
    "“But,” she'd said, “so it's been, and who'll have had it?”",
)


@pytest.fixture(scope="module")
def tagged(nlp):
    """Texts tagged and parsed, before any rule has run."""
    texts = [line for n in range(6) for line in page(3, n).text.split("\n") if line.strip()]
    off = ["attribute_ruler", "lemmatizer", "ner"]
    return list(nlp.pipe((*texts, *ODD), disable=off))


@pytest.fixture(scope="module")
def stock(nlp):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(DEFAULT_MODEL).load(vocab=nlp.vocab).get_pipe("attribute_ruler")


def alike(one, other):
    return (one.to_array(ATTRIBUTES) == other.to_array(ATTRIBUTES)).all()


def test_the_model_is_loaded_with_the_quick_ruler(nlp, stock):
    quick = nlp.get_pipe("attribute_ruler")
    assert type(stock) is AttributeRuler
    assert type(quick) is ruler.QuickAttributeRuler
    assert quick.patterns == stock.patterns
    assert nlp.pipe_names.index("attribute_ruler") == nlp.pipe_names.index("parser") + 1


def test_tokens_get_what_the_stock_ruler_gives(nlp, stock, tagged):
    quick = nlp.get_pipe("attribute_ruler")
    for doc in tagged:
        assert alike(quick(doc.copy()), stock(doc.copy())), doc.text


def test_forgetting_changes_nothing(nlp, stock, tagged, monkeypatch):
    monkeypatch.setattr(ruler, "MAX_KINDS", 3)
    quick = nlp.get_pipe("attribute_ruler")
    for doc in tagged[:40]:
        assert alike(quick(doc.copy()), stock(doc.copy()))


RULES = (
    {"patterns": [[{"LOWER": {"REGEX": "^[ab]b?$"}}]], "attrs": {"LEMMA": "w", "POS": "VERB"}},
    {"patterns": [[{"LOWER": {"NOT_IN": ["a", "d"]}}]], "attrs": {"TAG": "U"}},
    {"patterns": [[{"LOWER": "a"}]], "attrs": {"LEMMA": "x"}},
    {"patterns": [[{"LOWER": "a"}, {"LOWER": "b"}]], "attrs": {"LEMMA": "y"}, "index": 1},
    {"patterns": [[{"LOWER": {"IN": ["b", "c"]}}]], "attrs": {"POS": "NOUN", "LEMMA": "z"}},
    {"patterns": [[{"SHAPE": "Xx"}], [{"LOWER": "c"}]], "attrs": {"POS": "PROPN"}},
    {"patterns": [[{"LOWER": "b"}, {"OP": "?", "LOWER": "c"}]], "attrs": {"TAG": "T"}, "index": 0},
    {"patterns": [[{"IS_SPACE": True}]], "attrs": {"TAG": "_SP", "POS": "SPACE"}},
)


VOCAB = spacy.blank("en").vocab


@given(
    st.lists(st.sampled_from(RULES), max_size=6),
    st.lists(st.sampled_from(("a", "b", "c", "d", "Ab", "Cd", " ")), min_size=1, max_size=8),
)
@settings(max_examples=60, deadline=None)
def test_rules_of_any_kind_and_order_leave_the_same(rules, words):
    plain, quick = Language(VOCAB), Language(VOCAB)
    for nlp in (plain, quick):
        nlp.add_pipe("attribute_ruler").add_patterns(list(rules))
    ruler.quicken(quick)
    one, other = (nlp(spacy.tokens.Doc(nlp.vocab, words)) for nlp in (plain, quick))
    assert [(t.lemma_, t.pos_, t.tag_) for t in one] == [(t.lemma_, t.pos_, t.tag_) for t in other]

"""The quick lemmatizer gives the lemmas that spaCy's own gives."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.tokens import Doc

from pipeline.quick import lemmas
from tests.synthetic.pages import page

ODD = ("", "  ", "He's been leaving; she left 12 leaves, 3.5 Better-known ones \n\n worst … ñandúes ΣΑΣ")


@pytest.fixture(scope="module")
def bare(nlp):
    """Texts with parts of speech and no lemmas but those of the ruler."""
    texts = [line for n in range(6) for line in page(3, n).text.split("\n") if line.strip()]
    return list(nlp.pipe((*texts, *ODD), disable=["lemmatizer", "ner"]))


def lemmas_of(doc):
    return [token.lemma_ for token in doc]


def test_the_model_is_loaded_with_the_quick_lemmatizer(nlp):
    quick = nlp.get_pipe("lemmatizer")
    assert type(quick) is lemmas.QuickLemmatizer
    assert type(quick.stock) is EnglishLemmatizer
    assert nlp.pipe_names.index("lemmatizer") == nlp.pipe_names.index("attribute_ruler") + 1


@pytest.mark.parametrize("kinds", [3, lemmas.MAX_KINDS])
def test_tokens_get_what_the_stock_lemmatizer_gives(nlp, bare, monkeypatch, kinds):
    monkeypatch.setattr(lemmas, "MAX_KINDS", kinds)
    quick = nlp.get_pipe("lemmatizer")
    for doc in bare:
        assert lemmas_of(quick(doc.copy())) == lemmas_of(quick.stock(doc.copy())), doc.text


WORDS = ("left", "leaves", "Better", "was", "Reuters", "data", "flying", "x", "'s", " ", "2nd")
PARTS = ("NOUN", "VERB", "ADJ", "ADV", "PROPN", "AUX", "PUNCT", "SPACE")
FORMS = ("", "Number=Sing", "VerbForm=Inf", "Tense=Pres|VerbForm=Fin", "Degree=Pos", "Degree=Cmp")


TOKENS = st.tuples(st.sampled_from(WORDS), st.sampled_from(PARTS), st.sampled_from(FORMS))


@given(st.lists(TOKENS, min_size=1))
@settings(max_examples=60, deadline=None)
def test_any_form_part_and_morphology_give_the_same_lemma(nlp, tokens):
    words, parts, forms = map(list, zip(*tokens, strict=True))
    doc = Doc(nlp.vocab, words=words, pos=parts, morphs=forms)
    quick = nlp.get_pipe("lemmatizer")
    assert lemmas_of(quick(doc.copy())) == lemmas_of(quick.stock(doc.copy()))


def test_lemmas_that_are_there_stay(nlp):
    doc = Doc(nlp.vocab, words=["left", "left"], pos=["VERB", "VERB"], lemmas=["right", ""])
    assert lemmas_of(nlp.get_pipe("lemmatizer")(doc)) == ["right", "leave"]


def test_a_lemmatizer_of_another_kind_stays():
    nlp = spacy.blank("en")
    assert lemmas.quicken(nlp) is nlp
    stock = nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    assert lemmas.quicken(nlp).get_pipe("lemmatizer") is stock

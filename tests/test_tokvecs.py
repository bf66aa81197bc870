"""The quick layers give the vectors of spaCy's own, bit by bit."""

import importlib
import warnings

import numpy as np
import pytest
import spacy

from pipeline.quick import tokvecs
from pipeline.settings import DEFAULT_MODEL
from tests.synthetic.pages import page

ODD = (
    "",
    " ",
    "x",
    "\n\n  \n",
    "Let's go, y'all; c'mon, it ain't over.  ",
    "“But,” she'd said, “so it's been, and who'll have had it?”",
    "word " * 1500,
    "ÀÉÎ 中文 🙂 3.5bn €40 12:30",
)


def load(vocab):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(DEFAULT_MODEL).load(vocab=vocab)


@pytest.fixture(scope="module")
def stock(nlp):
    return load(nlp.vocab)


@pytest.fixture(scope="module")
def texts(nlp):
    lines = [line for n in range(6) for line in page(3, n).text.split("\n") if line.strip()]
    return [nlp.make_doc(text) for text in (*lines, *ODD)]


def layers(nlp, name):
    component = nlp.get_pipe(name)
    component = getattr(component, "stock", component)
    return component.model if name == "tok2vec" else component.model.get_ref("tok2vec").layers[0]


@pytest.mark.parametrize("name", ["tok2vec", "ner"])
def test_vectors_are_those_of_the_stock_layers(nlp, stock, texts, name):
    quick, own = layers(nlp, name), layers(stock, name)
    assert [layer.name for layer in quick.layers] == ["quick_tok2vec"]
    for vectors, expected in zip(quick.predict(texts), own.predict(texts), strict=True):
        assert np.array_equal(vectors, expected)


@pytest.mark.parametrize("name", ["tok2vec", "ner"])
def test_which_texts_are_computed_together_changes_no_bit(nlp, texts, monkeypatch, name):
    quick = layers(nlp, name)
    together = quick.predict(texts)
    monkeypatch.setattr(tokvecs, "TOGETHER", 0)
    for vectors, expected in zip(quick.predict(texts), together, strict=True):
        assert np.array_equal(vectors, expected)


def test_forgetting_changes_no_bit(nlp, texts, monkeypatch):
    quick = layers(nlp, "tok2vec")
    before = quick.predict(texts)
    monkeypatch.setattr(tokvecs, "MAX_KINDS", 5)
    monkeypatch.setattr(tokvecs, "TOGETHER", 50)
    for vectors, expected in zip(quick.predict(texts), before, strict=True):
        assert np.array_equal(vectors, expected)
    kinds = {(token.orth, token.whitespace_) for doc in texts for token in doc}
    assert len(layers(nlp, "tok2vec").layers[0].attrs["layers"].first.table) < len(kinds)


def test_words_alike_in_form_but_not_in_norm_differ(nlp, stock):
    """The tokenizer gives the second half of "can't" another norm than the word "not" by itself has."""
    docs = [nlp.make_doc(text) for text in ("He can't", "ca nt", "n't n't")]
    for vectors, expected in zip(
        layers(nlp, "tok2vec").predict(docs), layers(stock, "tok2vec").predict(docs), strict=True
    ):
        assert np.array_equal(vectors, expected)


def test_parses_are_those_of_the_stock_model(nlp, stock):
    """The whole of the quick model against the whole of the stock one."""
    texts = [line for n in range(10, 14) for line in page(3, n).text.split("\n") if line.strip()]
    seen = ["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE"]
    docs = zip(nlp.pipe((*texts, *ODD)), stock.pipe((*texts, *ODD)), strict=True)
    for doc, expected in docs:
        assert (doc.to_array(seen) == expected.to_array(seen)).all(), doc.text


def test_quick_layers_refuse_training(nlp, texts):
    with pytest.raises(NotImplementedError):
        layers(nlp, "tok2vec")(texts[:1], is_train=True)


def test_layers_of_another_kind_stay():
    nlp = spacy.blank("en")
    embed = {"attrs": ["NORM"], "rows": [50], "width": 8, "include_static_vectors": False}
    model = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {"@architectures": "spacy.MultiHashEmbed.v2", **embed},
        "encode": {"@architectures": "spacy.MishWindowEncoder.v2", "width": 8, "window_size": 1, "depth": 2},
    }
    nlp.add_pipe("tok2vec", config={"model": model})
    before = list(nlp.get_pipe("tok2vec").model.layers)
    tokvecs.quicken(nlp)
    assert nlp.get_pipe("tok2vec").model.layers == before

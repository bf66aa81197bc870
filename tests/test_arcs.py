"""The quick parser builds the trees that spaCy's own builds."""

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline.quick import arcs
from tests.synthetic.pages import page

SEEN = ["HEAD", "DEP", "SENT_START"]
ODD = (
    "",
    " ",
    "\n\n  \n",
    "Yes.",
    "Go! Stop? No . . . Then — well… what",
    "  Two  spaces\tand\n\nbreaks . New line",
    "“But,” she'd said, “so it's been, and who'll have had it?” he asked. “Nobody,” said she. (He left.)",
    "What did the minister whom the envoy that they sent met say the plan they had drafted was about?",
    "Fish people fish fish fish people people fish that fish fish fish.",
    "one, two, three, four, five; six: seven - eight / nine " * 20,
    "The talks, which the envoy said on Monday he had hoped would end, went on.",
)


def with_vectors(nlp, docs):
    return list(nlp.get_pipe("tok2vec").pipe(docs))


@pytest.fixture(scope="module")
def tagged(nlp):
    """Texts with vectors of their tokens, before any tree is built."""
    texts = [line for n in range(6) for line in page(3, n).text.split("\n") if line.strip()]
    return with_vectors(nlp, map(nlp.make_doc, (*texts, *ODD)))


def alike(one, other):
    edges = [[(t.left_edge.i, t.right_edge.i, t.n_lefts, t.n_rights) for t in doc] for doc in (one, other)]
    return (one.to_array(SEEN) == other.to_array(SEEN)).all() and edges[0] == edges[1]


def parsed(pipe, docs):
    return list(pipe.pipe([doc.copy() for doc in docs]))


def test_the_model_is_loaded_with_the_quick_parser(nlp):
    quick = nlp.get_pipe("parser")
    assert type(quick) is arcs.QuickParser
    assert type(quick.stock) is spacy.pipeline.DependencyParser
    assert nlp.pipe_names.index("parser") == nlp.pipe_names.index("tagger") + 1


def test_trees_are_those_that_the_stock_parser_builds(nlp, tagged):
    quick = nlp.get_pipe("parser")
    found = parsed(quick, tagged)
    for doc, expected in zip(found, parsed(quick.stock, tagged), strict=True):
        assert alike(doc, expected), doc.text
    assert sum(len(list(doc.sents)) for doc in found) > len(found) + 50
    assert any(token.head.i > token.i + 8 for doc in found for token in doc)


@pytest.mark.parametrize(("tokens", "texts"), [(1, 1_000), (300, 7)])
def test_which_texts_are_parsed_together_changes_nothing(nlp, tagged, monkeypatch, tokens, texts):
    quick = nlp.get_pipe("parser")
    together = parsed(quick, tagged)
    monkeypatch.setattr(arcs, "MAX_TOKENS", tokens)
    monkeypatch.setattr(arcs, "MAX_TEXTS", texts)
    for doc, expected in zip(parsed(quick, tagged), together, strict=True):
        assert alike(doc, expected), doc.text


WORDS = (
    "fish",
    "people",
    "that",
    "said",
    ",",
    ".",
    "“",
    "she",
    "of",
    "to",
    "meet",
    "Monday",
    "and",
    "–",
    "\n",
)


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=25), min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
def test_words_in_any_order_give_the_same_trees(nlp, texts):
    """Heaps of words make the parser take back and redraw more than sentences do."""
    docs = with_vectors(nlp, [Doc(nlp.vocab, words=words) for words in texts])
    quick = nlp.get_pipe("parser")
    for doc, expected in zip(parsed(quick, docs), parsed(quick.stock, docs), strict=True):
        assert alike(doc, expected)


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 30), min_size=1, max_size=5))
@settings(max_examples=80, deadline=None)
def test_vectors_without_sense_give_the_same_trees(nlp, seed, lengths):
    """Noise in the place of the vectors leads to moves in any order."""
    noise = np.random.default_rng(seed)
    docs = []
    for length in lengths:
        doc = Doc(nlp.vocab, words=["word"] * length)
        doc.tensor = noise.normal(scale=4, size=(length, 96)).astype(np.float32)
        docs.append(doc)
    quick = nlp.get_pipe("parser")
    for doc, expected in zip(parsed(quick, docs), parsed(quick.stock, docs), strict=True):
        assert alike(doc, expected)


def test_marked_sentences_are_not_read_over(nlp):
    doc = Doc(nlp.vocab, words=["Go", ".", "Stop", "."], sent_starts=[True, False, True, False])
    with pytest.raises(ValueError, match="marked already"):
        nlp.get_pipe("parser")(nlp.get_pipe("tok2vec")(doc))


def test_a_parser_of_another_kind_stays():
    nlp = spacy.blank("en")
    assert arcs.quicken(nlp) is nlp
    nlp.add_pipe("beam_parser", name="parser")
    arcs.quicken(nlp)
    assert type(nlp.get_pipe("parser")) is spacy.pipeline.DependencyParser

"""The quick recogniser finds the names that spaCy's own finds."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from pipeline.quick import recogniser
from tests.synthetic.pages import page

MARKS = ["ENT_IOB", "ENT_TYPE", "ENT_KB_ID"]
ODD = (
    "",
    " ",
    "\n\n  \n",
    "Berlin",
    "New York",
    "  New  York Times   reported\tin\n\nJanuary 2024 . ",
    "On Monday, May 5, 2025, Ursula von der Leyen met the U.N. Secretary-General in New York City",
    "EU, UN, NATO, IMF, WTO, OSCE, USA, UK, IBM, BBC, CNN, AFP, AP, TASS, DPA",
    "$3.5 billion; 40%; forty-two people; 12 km; the first; English; Toyota; Ramadan; the Geneva Convention",
    "The Ministry of Foreign Affairs of the Republic of the Union of Myanmar and the Kingdom of the "
    "Netherlands and Saint Vincent and the Grenadines . Saint Kitts",
)


@pytest.fixture(scope="module")
def stock(nlp):
    return nlp.get_pipe("ner").stock


@pytest.fixture(scope="module")
def unnamed(nlp):
    """Texts parsed, before any name is marked."""
    texts = [line for n in range(6) for line in page(3, n).text.split("\n") if line.strip()]
    return list(nlp.pipe((*texts, *ODD), disable=["ner"]))


def alike(one, other):
    return (one.to_array(MARKS) == other.to_array(MARKS)).all()


def read(pipe, docs):
    return list(pipe.pipe([doc.copy() for doc in docs]))


def test_the_model_is_loaded_with_the_quick_recogniser(nlp, stock):
    quick = nlp.get_pipe("ner")
    assert type(quick) is recogniser.QuickRecogniser
    assert type(stock) is spacy.pipeline.EntityRecognizer
    assert nlp.pipe_names[-1] == "ner"
    assert quick.labels == stock.labels


def test_names_are_those_that_the_stock_recogniser_finds(nlp, stock, unnamed):
    found = read(nlp.get_pipe("ner"), unnamed)
    for doc, expected in zip(found, read(stock, unnamed), strict=True):
        assert alike(doc, expected), doc.text
    assert sum(len(doc.ents) for doc in found) > 300
    assert any(len(name) > 2 for doc in found for name in doc.ents)


def test_sentences_and_spaces_bound_names_as_they_do_in_the_stock_one(nlp, stock, unnamed):
    """Every third token begins a sentence, so that many names are cut."""
    cut = []
    for doc in unnamed:
        starts = [i % 3 == 0 for i in range(len(doc))]
        words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
        cut.append(Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts))
    for doc, expected in zip(read(nlp.get_pipe("ner"), cut), read(stock, cut), strict=True):
        assert alike(doc, expected), doc.text


@pytest.mark.parametrize("tokens", [1, 50])
def test_which_texts_are_read_together_changes_nothing(nlp, unnamed, monkeypatch, tokens):
    quick = nlp.get_pipe("ner")
    together = read(quick, unnamed)
    monkeypatch.setattr(recogniser, "MAX_TOKENS", tokens)
    for doc, expected in zip(read(quick, unnamed), together, strict=True):
        assert alike(doc, expected), doc.text


WORDS = ("Angela", "Merkel", "met", "the", "European", "Union", "on", "Monday", ".", "\n", "5", "In", "–")


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25), st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_words_in_any_order_give_the_same_names(nlp, words, every):
    doc = Doc(nlp.vocab, words=words, sent_starts=[i % every == 0 for i in range(len(words))])
    quick = nlp.get_pipe("ner")
    assert alike(quick(doc.copy()), quick.stock(doc.copy()))


def test_marked_names_are_not_read_over(nlp):
    doc = nlp.make_doc("Paris fell silent")
    doc.set_ents([Span(doc, 0, 1, label="GPE")])
    with pytest.raises(ValueError, match="marked already"):
        nlp.get_pipe("ner")(doc)


def test_a_recogniser_of_another_kind_stays():
    nlp = spacy.blank("en")
    assert recogniser.quicken(nlp) is nlp
    nlp.add_pipe("beam_ner", name="ner")
    assert not recogniser.can_quicken(nlp.get_pipe("ner"))
    recogniser.quicken(nlp)
    assert type(nlp.get_pipe("ner")) is spacy.pipeline.EntityRecognizer

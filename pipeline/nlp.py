"""The language model: loading it lazily, parsing each block once, and keeping parses as bytes."""

from __future__ import annotations

import importlib
import importlib.metadata
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING

from pipeline.errors import ParleyError
from pipeline.model import Block, Document, Page
from pipeline.text import on_one_line

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

PARSED_KINDS = frozenset({"title", "heading", "body"})
MAX_PIECE = 8_000
"""Characters of a line that are parsed at once; news paragraphs are far below."""
MAX_RUN = 400
"""Characters without white space that the tokenizer looks into: its time grows with the square of them."""
MAX_SENTENCE = 500
"""Tokens of the longest sentence that is read; what is longer is a list or noise without full stops."""
_UNBROKEN = re.compile(rf"\S{{{MAX_RUN + 1},}}")
_ATTRS = ("ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE")


@lru_cache(maxsize=2)
def load_model(name: str) -> Language:
    """Load the spaCy model package ``name`` once per process, with parts of it in quicker form.

    They give what the model's own give; see `pipeline.quick`.

    Raises:
        ParleyError: code ``model_missing`` if the package is not installed.
    """
    import spacy  # noqa: F401 - spaCy installs its warning filters on import, so it must come before ours

    with warnings.catch_warnings():
        # W095: the model was built for spaCy 3.7; its parses under 3.8 were compared and are identical.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        model: Language = _model_package(name).load()
    from pipeline.quick import quicken  # after spaCy, which it imports

    return quicken(model)


def _model_package(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise ParleyError("model_missing", f"spaCy model package {name!r} is not installed.") from error


def model_fingerprint(name: str) -> str:
    """Name and version of the installed model package, for cache keys and code versions; loads nothing."""
    return f"{name}-{importlib.metadata.version(name.replace('_', '-'))}"


def parse_blocks(nlp: Language, document: Document, blocks: Sequence[Block]) -> dict[int, Doc]:
    """Parse the document's title, headings and body: block_no -> Doc whose text is the block's text."""
    return next(parse_documents(nlp, [(document, blocks)]))


def parse_documents(
    nlp: Language, documents: Iterable[tuple[Document, Sequence[Block]]]
) -> Iterator[dict[int, Doc]]:
    """What `parse_blocks` gives for each document, parsed together.

    The model works on many lines at once. Which lines share a batch changes no parse: each row of its
    matrices is computed by itself. Equal lines share one Doc, which readers must not change.
    """
    plans = [
        [
            (b.block_no, list(_readable(nlp, on_one_line(document.text[b.char_start : b.char_end]))))
            for b in blocks
            if b.kind in PARSED_KINDS
        ]
        for document, blocks in documents
    ]
    # Wire copies repeat paragraphs: a text is parsed once.
    wanted = dict.fromkeys(piece for plan in plans for _, pieces in plan for piece in pieces)
    parsed = zip(wanted, nlp.pipe(wanted), strict=True)
    known: dict[str | Doc, Doc] = {}

    def doc_of(piece: str | Doc) -> Doc:
        while piece not in known:
            asked, doc = next(parsed)
            known[asked] = _without_endless(doc)
        return known[piece]

    for plan in plans:
        yield {number: _joined([doc_of(piece) for piece in pieces]) for number, pieces in plan}


def _readable(nlp: Language, text: str) -> Iterator[str | Doc]:
    """The text in pieces for the model; a run without white space that is no word is one token."""
    from spacy.tokens import Doc

    start = 0
    for run in _UNBROKEN.finditer(text):
        if run.start() > start:
            yield from in_pieces(text[start : run.start()])
        yield Doc(nlp.vocab, words=[run.group()], spaces=[False])
        start = run.end()
    if start < len(text):
        yield from in_pieces(text[start:])


def _without_endless(doc: Doc) -> Doc:
    """The parse with the words of sentences over `MAX_SENTENCE` tokens each by itself, their syntax left out.

    Rules look along the branches of a sentence's tree: there they find nothing, in time linear in the words.
    """
    if len(doc) <= MAX_SENTENCE:
        return doc
    endless = {t.i for sentence in doc.sents if len(sentence) > MAX_SENTENCE for t in sentence}
    if not endless:
        return doc
    from spacy.tokens import Doc

    kept = [t.i not in endless for t in doc]

    def of(attribute: str) -> list[str]:
        return [getattr(t, attribute) if keep else "" for t, keep in zip(doc, kept, strict=True)]

    named = [t.ent_iob_ if t.ent_iob_ in ("", "O") else f"{t.ent_iob_}-{t.ent_type_}" for t in doc]
    bare = Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=of("tag_"),
        pos=of("pos_"),
        morphs=[str(t.morph) if keep else "" for t, keep in zip(doc, kept, strict=True)],
        lemmas=of("lemma_"),
        heads=[t.head.i if keep else t.i for t, keep in zip(doc, kept, strict=True)],
        deps=[t.dep_ if keep else "ROOT" for t, keep in zip(doc, kept, strict=True)],
        ents=[iob if keep else "O" for iob, keep in zip(named, kept, strict=True)],
    )
    bare.tensor = doc.tensor
    return bare


def endless_sentences(page: Page) -> Iterator[tuple[int, int]]:
    """Block numbers and lengths in tokens of the sentences that were too long to be read, in order."""
    for block_no, doc in page.parses.items():
        if len(doc) <= MAX_SENTENCE:
            continue
        unread = 0
        for token in (*doc, None):
            if token is not None and not token.pos:
                unread += 1
                continue
            if unread > MAX_SENTENCE:
                yield block_no, unread
            unread = 0


def in_pieces(text: str, limit: int = MAX_PIECE) -> Iterator[str]:
    """The text in pieces of at most `limit` characters, cut behind a sentence, a word, or where it must be.

    The model's memory grows with the length of what it reads at once, and it refuses more than a million
    characters.
    """
    start = 0
    while len(text) - start > limit:
        window = text[start : start + limit]
        cut = max(window.rfind(mark) + len(mark) for mark in (". ", "! ", "? ", ".” ", '." '))
        if cut < limit // 2:
            cut = window.rfind(" ") + 1
        if cut == 0:
            cut = limit
        yield text[start : start + cut]
        start += cut
    yield text[start:]


def _joined(docs: list[Doc]) -> Doc:
    from spacy.tokens import Doc

    return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)


def pack_parses(parses: Mapping[int, Doc]) -> bytes:
    """Serialise the parses of one document, in block order."""
    import numpy as np
    from spacy.attrs import SPACY
    from spacy.tokens import DocBin

    packed = DocBin(attrs=_ATTRS)
    columns: list[int | str] = [*packed.attrs]
    # What `DocBin.add` does, but for the strings: it asks nine of each token, here each is asked for once.
    for _, doc in sorted(parses.items()):
        packed.tokens.append(doc.to_array(columns))
        packed.spaces.append(doc.to_array(SPACY).reshape(-1, 1).astype(bool))
        packed.flags.append({"has_unknown_spaces": doc.has_unknown_spaces})
        packed.cats.append(doc.cats)
        packed.span_groups.append(doc.spans.to_bytes())
    if packed.tokens:
        store = doc.vocab.strings
        named = np.isin(columns, _named_attributes())
        numbers = np.unique(np.vstack(packed.tokens)[:, named])
        packed.strings = {store[number] for number in numbers.tolist()}
    return packed.to_bytes()


@lru_cache(maxsize=1)
def _named_attributes() -> list[int]:
    """Attributes whose values are numbers of strings that a vocabulary may not know."""
    from spacy.attrs import DEP, ENT_TYPE, LEMMA, MORPH, ORTH, TAG

    return [ORTH, TAG, MORPH, LEMMA, DEP, ENT_TYPE]


@lru_cache(maxsize=1)
def _shared_vocab() -> Vocab:
    import spacy

    return spacy.blank("en").vocab


def unpack_parses(data: bytes, document: Document, blocks: Sequence[Block]) -> dict[int, Doc]:
    """Restore what `pack_parses` wrote; needs no model.

    Raises:
        ParleyError: code ``parse_mismatch`` if the bytes belong to other blocks.
    """
    from spacy.tokens import DocBin

    numbers = [b.block_no for b in blocks if b.kind in PARSED_KINDS]
    docs = list(DocBin().from_bytes(data).get_docs(_shared_vocab()))
    by_no = dict(zip(numbers, docs, strict=False))
    text = on_one_line(document.text)
    same = len(docs) == len(numbers) and all(
        by_no[b.block_no].text == text[b.char_start : b.char_end] for b in blocks if b.kind in PARSED_KINDS
    )
    if not same:
        raise ParleyError("parse_mismatch", f"Stored parses of {document.source_file} fit other blocks.")
    return by_no

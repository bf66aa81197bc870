"""A quicker lemmatizer: spaCy's own, asked once for each form with its part of speech and morphology.

spaCy's rules for English look at nothing else of a token, but remember only what they had to look up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.pipeline import Pipe

from pipeline.quick.common import mark, put_in_place

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME: Final = "lemmatizer"
FACTORY: Final = "parley_lemmatizer"
MAX_KINDS: Final = 100_000
"""Kinds of token that are remembered before forgetting all: about 20 MB."""
_KEY: Final = [ORTH, POS, MORPH, LEMMA]


class QuickLemmatizer(Pipe):
    """The lemmatizer `stock` with a memory."""

    def __init__(self, name: str = NAME) -> None:
        """Without rules yet: `adopt` gives them."""
        self.name = name

    def adopt(self, stock: EnglishLemmatizer) -> None:
        """Ask `stock` from now on; its lists of known words, in which it looks for each form, become sets."""
        self.stock: Any = stock
        words = self.stock.lookups.get_table("lemma_index")
        for part in list(words):
            words.set(part, frozenset(words.get(part)))
        self._memory: dict[tuple[int, int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of every token that has none."""
        return mark(self, doc)

    def set(self, doc: Doc) -> None:
        """Mark a text that is not empty."""
        memory, strings = self._memory, doc.vocab.strings
        if len(memory) > MAX_KINDS:
            memory.clear()
        values: Any = doc.to_array(_KEY)
        lemmas = []
        for i, (form, part, morphology, lemma) in enumerate(values.tolist()):
            if not lemma:
                kind = form, part, morphology
                lemma = memory.get(kind, 0)
                if not lemma:
                    lemma = memory[kind] = strings.add(self.stock.lemmatize(doc[i])[0])
            lemmas.append(lemma)
        values[:, 3] = lemmas
        doc.from_array([LEMMA], values[:, 3:])


@Language.factory(FACTORY, assigns=["token.lemma"])
def _make(nlp: Language, name: str) -> QuickLemmatizer:
    return QuickLemmatizer(name)


def quicken(nlp: Language) -> Language:
    """Put the quick lemmatizer in the place of one by English rules; do nothing with another."""
    stock: Any = nlp.get_pipe(NAME) if NAME in nlp.pipe_names else None
    if type(stock) is EnglishLemmatizer and stock.mode == "rule" and not stock.overwrite:
        put_in_place(nlp, NAME, FACTORY)
    return nlp

"""A quicker name recogniser: the names that spaCy's own finds with the same weights, found many at a time.

spaCy's recogniser goes through a text token by token and asks of each of its moves, four for every type of
name, whether it may be made; that takes twice as long as its neural network. But outside a name, what it
sees of a token does not depend on what it did before. So the moves at all tokens are scored at once as if no
name were open, and then, one token further at each step, those in all names that may begin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from spacy.attrs import IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline import EntityRecognizer, Pipe
from spacy.tokens import Span

from pipeline.quick.common import batches, has_known_moves, move_names, put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]
    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.intp]

NAME: Final = "ner"
FACTORY: Final = "parley_ner"
MAX_TOKENS: Final = 4_000
"""Tokens of the texts that are read together: what is computed of them takes some 20 MB."""
_FEATURES: Final = 3
"""What a state shows: the next token; within a name also the name's first token and the last one read."""
_NEVER: Final = np.float32(-np.inf)


@dataclass(frozen=True, slots=True)
class _Moves:
    """Numbers of the moves, in the order of their scores: of names that stand open, and of none.

    Attributes:
        types: labels of names.
        type_of: index in `types` for each move; -1 for moves without one.
        begin, unit: whether a move begins a name of several tokens, or is one of a single token.
        inside, last: numbers of the moves that go on with and that end a name, by type.
        outside: number of the move that leaves a token without a name.
    """

    types: tuple[str, ...]
    type_of: Numbers
    begin: Flags
    unit: Flags
    inside: Numbers
    last: Numbers
    outside: int

    @classmethod
    def of(cls, names: Sequence[str]) -> _Moves:
        """Read the names that spaCy gives to moves: ``B-ORG``, ``I-ORG``, ``L-ORG``, ``U-ORG``, ``O``."""
        parts = [name.partition("-")[::2] for name in names]
        types = tuple(dict.fromkeys(kind for _, kind in parts if kind))
        at = {part: number for number, part in enumerate(parts)}
        return cls(
            types,
            np.array([types.index(kind) if kind else -1 for _, kind in parts], dtype=np.intp),
            np.array([move == "B" for move, _ in parts]),
            np.array([move == "U" and kind != "" for move, kind in parts]),
            np.array([at["I", kind] for kind in types], dtype=np.intp),
            np.array([at["L", kind] for kind in types], dtype=np.intp),
            at["O", ""],
        )


class QuickRecogniser(Pipe):
    """spaCy's recogniser with its network as it is and its moves chosen for many tokens at once.

    It reads texts in which no name is marked yet. The original stays within reach as `stock`.
    """

    def __init__(self, name: str = NAME) -> None:
        """Without weights yet: `adopt` gives them."""
        self.name = name

    def adopt(self, stock: EntityRecognizer) -> None:
        """Take over weights and types of `stock`, which `can_quicken`."""
        self.stock: Any = stock
        self._moves = _Moves.of(move_names(stock))

    @property
    def labels(self) -> tuple[str, ...]:
        """Types of names, sorted."""
        labels: tuple[str, ...] = self.stock.labels
        return labels

    def __call__(self, doc: Doc) -> Doc:
        """Mark the names of one text."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 256) -> Iterator[Doc]:
        """Mark the names of texts, given back in order; `batch_size` is the most texts read together."""
        error_handler = self.get_error_handler()
        for batch in batches(stream, MAX_TOKENS, batch_size):
            try:
                self._mark(batch)
                yield from batch
            except Exception as error:
                error_handler(self.name, self, batch, error)

    def _mark(self, docs: list[Doc]) -> None:
        filled = [doc for doc in docs if len(doc)]
        if not filled:
            return
        if any(doc.has_annotation("ENT_IOB") for doc in filled):
            raise ValueError("Names are marked already.")
        types = self._moves.types
        spans = iter(self._names(filled))
        start, span = 0, next(spans, None)
        for doc in filled:
            own = []
            while span is not None and span[0] < start + len(doc):
                own.append(Span(doc, span[0] - start, span[1] - start, label=types[span[2]]))
                span = next(spans, None)
            doc.set_ents(own, default="outside")
            start += len(doc)

    def _names(self, docs: Sequence[Doc]) -> Iterator[tuple[int, int, int]]:
        """First and end token, counted through all texts, and number of the type of each name, in order."""
        seen = np.concatenate([doc.to_array([IS_SPACE, SENT_START]) for doc in docs])
        space = seen[:, 0] == 1
        # A name goes on from a token only to the next of the same sentence of the same text.
        goes_on = np.empty(len(space), dtype=np.bool_)
        goes_on[:-1] = seen[1:, 1] != 1
        goes_on[np.cumsum([len(doc) for doc in docs]) - 1] = False

        network = _Network(self.stock.model, docs)
        chosen = self._outside_names(network, space, goes_on)
        begun = np.flatnonzero(self._moves.begin[chosen])
        ends = self._ends(network, begun, self._moves.type_of[chosen[begun]], goes_on)
        end_of = dict(zip(begun.tolist(), ends.tolist(), strict=True))
        free = 0
        for at in np.flatnonzero(chosen != self._moves.outside).tolist():
            if at >= free:
                free = end_of.get(at, at + 1)
                yield at, free, int(self._moves.type_of[chosen[at]])

    def _outside_names(self, network: _Network, space: Flags, goes_on: Flags) -> Numbers:
        """The best move at each token if no name stands open there."""
        tokens = np.arange(len(space))
        scores = network.scores(tokens, None)
        allowed = np.zeros(scores.shape, dtype=np.bool_)
        allowed[:, self._moves.outside] = True
        allowed |= self._moves.unit & ~space[:, None]
        allowed |= self._moves.begin & (goes_on & ~space)[:, None]
        best: Numbers = np.where(allowed, scores, _NEVER).argmax(axis=1)
        return best

    def _ends(self, network: _Network, begun: Numbers, types: Numbers, goes_on: Flags) -> Numbers:
        """Token after the last of each name that begins at `begun`."""
        ends = begun + 2
        open_ = np.arange(len(begun))
        while len(open_):
            at = ends[open_] - 1
            scores = network.scores(at, begun[open_])
            kinds, rows = types[open_], np.arange(len(open_))
            inside, last = self._moves.inside[kinds], self._moves.last[kinds]
            further, stop = scores[rows, inside], scores[rows, last]
            better = (further > stop) | ((further == stop) & (inside < last))
            open_ = open_[better & goes_on[at]]
            ends[open_] += 1
        return ends


class _Network:
    """Scores of moves by the recogniser's own layers, with sums in spaCy's order."""

    def __init__(self, model: Any, docs: Sequence[Doc]) -> None:
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        features = lower.predict(model.get_ref("tok2vec").predict(docs))
        self._padding: Floats = features[0]
        self._features: Floats = features[1:]
        self._bias: Floats = lower.get_param("b")
        self._upper = upper

    def scores(self, at: Numbers, first: Numbers | None) -> Floats:
        """A row for each state with `at` as its next token and a name open since `first`; None: no name."""
        if first is None:
            summed = self._features[at, 0]
            summed += self._padding[1]
            summed += self._padding[2]
        else:
            summed = self._features[at, 0]
            summed += self._features[first, 1]
            summed += self._features[at - 1, 2]
        summed += self._bias
        hidden = summed[:, :, 0]
        for piece in range(1, summed.shape[2]):
            hidden = np.maximum(hidden, summed[:, :, piece])
        scores: Floats = self._upper.predict(hidden)
        return scores


@Language.factory(FACTORY, assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def _make(nlp: Language, name: str) -> QuickRecogniser:
    return QuickRecogniser(name)


def can_quicken(recogniser: object) -> bool:
    """Whether it is one whose states and moves are understood here: greedy, of three features, two layers."""
    return type(recogniser) is EntityRecognizer and has_known_moves(recogniser, _FEATURES)


def quicken(nlp: Language) -> Language:
    """Put the quick recogniser in the place of the model's own; do nothing if there is none that it knows."""
    if NAME in nlp.pipe_names and can_quicken(nlp.get_pipe(NAME)):
        put_in_place(nlp, NAME, FACTORY)
    return nlp

"""A quicker dependency parser: the trees that spaCy's own builds with the same weights, many texts at a time.

spaCy's parser asks in turn, for each move in each text, what may be done and does it; here one move is
made in all texts of a batch at once, by matrices: shift a word, reduce, draw an arc to the left or to the
right, begin a sentence. Texts of like length are read together, so that they end together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from spacy.attrs import DEP, HEAD, SENT_START
from spacy.language import Language
from spacy.pipeline import DependencyParser, Pipe

from pipeline.quick.common import batches, has_known_moves, move_names, put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]
    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.intp]

NAME: Final = "parser"
FACTORY: Final = "parley_parser"
MAX_TOKENS: Final = 10_000
"""Tokens of the texts that are parsed together: what is computed of them takes some 50 MB."""
MAX_TEXTS: Final = 1_000
"""Texts that are put in order of length together."""
_FEATURES: Final = 8
_SHIFT, _REDUCE, _LEFT, _RIGHT, _BREAK = range(5)
_MOVES: Final = {"S": _SHIFT, "D": _REDUCE, "L": _LEFT, "R": _RIGHT, "B": _BREAK}
_SUBTOKEN: Final = "subtok"
_NEVER: Final = np.float32(-np.inf)
_NO_TOKEN: Final = -1


@dataclass(frozen=True, slots=True)
class _Moves:
    """Kind and label (a number of the vocabulary's strings) of each move, in the order of their scores."""

    kinds: Numbers
    labels: NDArray[np.uint64]
    root: int


class QuickParser(Pipe):
    """spaCy's parser with its network as it is and its moves made in many texts at once.

    It reads texts whose sentences are not marked yet. The original stays within reach as `stock`.
    """

    def __init__(self, name: str = NAME) -> None:
        """Without weights yet: `adopt` gives them."""
        self.name = name

    def adopt(self, stock: DependencyParser) -> None:
        """Take over weights and labels of `stock`, which `can_quicken`."""
        self.stock: Any = stock
        strings = self.stock.vocab.strings
        names = [name.partition("-")[::2] for name in move_names(self.stock)]
        labels = [strings.add(label) if label else 0 for _, label in names]
        self._moves = _Moves(
            np.array([_MOVES[move] for move, _ in names], dtype=np.intp),
            np.array(labels, dtype=np.uint64),
            strings.add("ROOT"),
        )

    def __call__(self, doc: Doc) -> Doc:
        """Parse one text."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = MAX_TEXTS) -> Iterator[Doc]:
        """Parse texts, given back in order; `batch_size` is spaCy's and says little here."""
        error_handler = self.get_error_handler()
        texts = iter(stream)
        while some := list(islice(texts, MAX_TEXTS)):
            try:
                for batch in batches((doc for doc in sorted(some, key=len) if len(doc)), MAX_TOKENS):
                    self._parse(batch)
                yield from some
            except Exception as error:
                error_handler(self.name, self, some, error)

    def _parse(self, docs: list[Doc]) -> None:
        if any(doc.to_array(SENT_START)[1:].any() for doc in docs):
            raise ValueError("Sentences are marked already.")
        trees = _Trees(self.stock.model, self._moves, docs)
        while trees.move():
            pass
        for doc, (heads, labels) in zip(docs, trees.arcs(), strict=True):
            values: Any = np.stack([heads.view(np.uint64), labels], axis=1)
            doc.from_array([HEAD, DEP], values)
            for hook in self.stock.postprocesses:
                hook(doc)


class _Trees:
    """Trees under construction: a stack of words whose arcs are open, and the words still to come, per text.

    Tokens are counted through all texts. What spaCy calls a state is a row of the arrays here.
    """

    def __init__(self, model: Any, moves: _Moves, docs: Sequence[Doc]) -> None:
        lower = model.get_ref("lower")
        features = lower.predict(model.get_ref("tok2vec").predict(docs))
        self._moves = moves
        self._pieces: int = features.shape[3]
        # Row 0 stands for no token; the features of a token stand together.
        self._features: Floats = features.reshape(features.shape[0] * _FEATURES, -1)
        self._bias: Floats = lower.get_param("b").reshape(-1)
        self._upper: Any = model.get_ref("upper")

        lengths = np.array([len(doc) for doc in docs], dtype=np.intp)
        self._ends: Numbers = np.cumsum(lengths)
        self._starts: Numbers = self._ends - lengths
        self._next: Numbers = self._starts.copy()
        longest = int(lengths.max())
        # Three columns without a token lie below each stack, so that one may look below its foot.
        self._stack: Numbers = np.full((len(docs), longest + 4), _NO_TOKEN, dtype=np.intp)
        self._depth: Numbers = np.zeros(len(docs), dtype=np.intp)
        self._returned: Numbers = np.full((len(docs), longest + 2), _NO_TOKEN, dtype=np.intp)
        self._n_returned: Numbers = np.zeros(len(docs), dtype=np.intp)
        # The last place of each of these stands for no token.
        n = int(lengths.sum())
        self._head: Numbers = np.full(n + 1, _NO_TOKEN, dtype=np.intp)
        self._label: NDArray[np.uint64] = np.zeros(n + 1, dtype=np.uint64)
        self._last_left: Numbers = np.full(n + 1, _NO_TOKEN, dtype=np.intp)
        self._last_right: Numbers = np.full(n + 1, _NO_TOKEN, dtype=np.intp)
        self._sibling: Numbers = np.full(n + 1, _NO_TOKEN, dtype=np.intp)
        self._begins: Flags = np.zeros(n + 1, dtype=np.bool_)
        self._was_returned: Flags = np.zeros(n + 1, dtype=np.bool_)
        self._open: Numbers = np.flatnonzero(lengths)

    def arcs(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint64]]]:
        """Heads, as distances from their words, and labels of each text's words."""
        tokens = np.arange(len(self._head))
        heads = np.where(self._head == _NO_TOKEN, 0, self._head - tokens).astype(np.int64)
        labels = np.where(heads == 0, np.uint64(self._moves.root), self._label)
        for start, end in zip(self._starts.tolist(), self._ends.tolist(), strict=True):
            yield heads[start:end], labels[start:end]

    def move(self) -> bool:
        """Make the best move that is allowed in every text that is not done; False if all are."""
        texts = self._open
        if not len(texts):
            return False
        depth, returned = self._depth[texts], self._n_returned[texts]
        top, second, third = (self._stack[texts, depth + below] for below in (2, 1, 0))
        following, end = self._next[texts], self._ends[texts]
        first = np.where(following < end, following, _NO_TOKEN)
        after = np.where(following + 1 < end, following + 1, _NO_TOKEN)
        if returned.any():
            after = np.where(returned == 1, first, after)
            after = np.where(returned > 1, self._returned[texts, returned - 2], after)
            first = np.where(returned > 0, self._returned[texts, returned - 1], first)
        left = end - following + returned

        seen = (first, after, top, second, third)
        children = (self._last_left[first], self._last_left[top], self._last_right[top])
        scores = self._scores(np.stack([*seen, *children], axis=1))
        kind, label = self._best(scores, depth, left, first, after)
        self._draw(kind, label, texts, first, top)
        self._take(kind, texts, first, top, depth)
        self._begins[after[kind == _BREAK]] = True
        busy = (self._depth[texts] > 0) | (self._next[texts] < end) | (self._n_returned[texts] > 0)
        self._open = texts[busy]
        return True

    def _scores(self, seen: Numbers) -> Floats:
        """A row of scores for each text; sums are taken in spaCy's order."""
        rows = self._features[(seen + 1) * _FEATURES + np.arange(_FEATURES)]
        summed: Floats = np.add.reduce(rows, axis=1)
        summed += self._bias
        pieces = summed.reshape(len(seen), -1, self._pieces)
        hidden = pieces[:, :, 0]
        for piece in range(1, self._pieces):
            hidden = np.maximum(hidden, pieces[:, :, piece])
        scores: Floats = self._upper.predict(hidden)
        return scores

    def _best(
        self, scores: Floats, depth: Numbers, left: Numbers, first: Numbers, after: Numbers
    ) -> tuple[Numbers, NDArray[np.uint64]]:
        """Kind and label of the best move that spaCy allows in each text; `left` words are to come."""
        begins = self._begins[first]
        allowed = np.empty((len(scores), len(_MOVES)), dtype=np.bool_)
        allowed[:, _SHIFT] = (depth == 0) | ((left >= 2) & ~begins & ~self._was_returned[first])
        allowed[:, _REDUCE] = depth > 0
        allowed[:, _LEFT] = allowed[:, _RIGHT] = (depth > 0) & (left > 0) & ~begins
        allowed[:, _BREAK] = (left >= 2) & (after == first + 1) & ~self._begins[after]
        best = np.where(allowed[:, self._moves.kinds], scores, _NEVER).argmax(axis=1)
        return self._moves.kinds[best], self._moves.labels[best]

    def _draw(
        self, kind: Numbers, label: NDArray[np.uint64], texts: Numbers, first: Numbers, top: Numbers
    ) -> None:
        """Draw the arcs between the next word and the top of the stack."""
        chosen = kind == _LEFT
        head, child = first[chosen], top[chosen]
        former = self._head[child]
        clobbered = former != _NO_TOKEN
        if clobbered.any():
            # The word was the last on the right of its former head: what lay above it in the stack is gone.
            self._last_right[former[clobbered]] = self._sibling[child[clobbered]]
        self._head[child], self._label[child] = head, label[chosen]
        self._sibling[child], self._last_left[head] = self._last_left[head], child
        self._was_returned[head] = False

        chosen = kind == _RIGHT
        head, child = top[chosen], first[chosen]
        self._head[child], self._label[child] = head, label[chosen]
        self._sibling[child], self._last_right[head] = self._last_right[head], child

    def _take(self, kind: Numbers, texts: Numbers, first: Numbers, top: Numbers, depth: Numbers) -> None:
        """Move words from those to come to the stack, off it, and back."""
        pushed = (kind == _SHIFT) | (kind == _RIGHT)
        text = texts[pushed]
        self._stack[text, depth[pushed] + 3] = first[pushed]
        self._depth[text] += 1
        again = self._n_returned[text] > 0
        self._n_returned[text[again]] -= 1
        self._next[text[~again]] += 1

        reduced = kind == _REDUCE
        back = reduced & (depth > 1) & (self._head[top] == _NO_TOKEN)
        self._depth[texts[reduced | (kind == _LEFT)]] -= 1
        if back.any():
            text, word = texts[back], top[back]
            self._was_returned[word] = True
            self._returned[text, self._n_returned[text]] = word
            self._n_returned[text] += 1


@Language.factory(FACTORY, assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"])
def _make(nlp: Language, name: str) -> QuickParser:
    return QuickParser(name)


def can_quicken(parser: object) -> bool:
    """Whether its states and moves are understood here: greedy, eight features, two layers, no subtokens."""
    if type(parser) is not DependencyParser:
        return False
    return has_known_moves(parser, _FEATURES) and not any(
        name.endswith(f"-{_SUBTOKEN}") for name in move_names(parser)
    )


def quicken(nlp: Language) -> Language:
    """Put the quick parser in the place of the model's own; do nothing if there is none that it knows."""
    if NAME in nlp.pipe_names and can_quicken(nlp.get_pipe(NAME)):
        put_in_place(nlp, NAME, FACTORY)
    return nlp

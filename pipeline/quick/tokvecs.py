"""Quicker layers below tagger, parser and recogniser: the vectors of tokens, bit by bit as spaCy's own.

The first layer looks at one token by itself, at its form and whether a space follows; what it gives is
remembered for each kind of token. The layers above look at neighbours too: they multiply as they do in
spaCy, with the pieces of each maximum side by side in memory and without what only training needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from spacy.attrs import ORTH, intify_attr
from thinc.api import Model, NumpyOps

from pipeline.quick.common import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    Floats = NDArray[np.float32]
    Words = NDArray[np.uint64]
    Numbers = NDArray[np.intp]

MAX_KINDS: Final = 60_000
"""Kinds of token that a first layer remembers before it forgets all: some 30 MB."""
TOGETHER: Final = 1_000
"""Tokens, about, whose vectors are computed at once: what the layers leave on the way fits a cache."""
_OF_ONE_TOKEN: Final = frozenset(
    {"extract_features", "list2ragged", "ints-getitem", "hashembed", "static_vectors"}
    | {"maxout", "layernorm", "dropout", "ragged2list"}
)
"""Innermost layers of a first layer that looks at no token but one."""
_OF_A_WINDOW: Final = ["expand_window", "maxout", "layernorm", "dropout"]
"""Innermost layers, in order, of each of the layers above."""
_SMALLEST: Final = 1e-08
"""What thinc adds to a variance before it divides by its root."""


def quicken(nlp: Language) -> Language:
    """Put quick layers below every component that has layers known here; others stay."""
    for _, component in nlp.pipeline:
        model = getattr(getattr(component, "stock", component), "model", None)
        for node in list(model.walk()) if isinstance(model, Model) else ():
            layers = _layers(node, nlp.vocab)
            if layers is not None:
                node.layers[:] = [Model("quick_tok2vec", _forward, attrs={"layers": layers})]
                node.set_ref("embed", None)
                node.set_ref("encode", None)
    return nlp


@dataclass(frozen=True, slots=True)
class _Layers:
    first: _First
    blocks: tuple[_Block, ...]
    pad: int


def _forward(
    model: Model[Sequence[Doc], list[Floats]], docs: Sequence[Doc], is_train: bool
) -> tuple[list[Floats], Callable[[Any], Any]]:
    if is_train:
        raise NotImplementedError("Quick layers cannot be trained.")
    layers: _Layers = model.attrs["layers"]
    vectors: list[Floats] = []
    for some in batches(docs, TOGETHER):
        vectors += _vectors(layers, some)
    return vectors, lambda _: []


def _vectors(layers: _Layers, docs: Sequence[Doc]) -> list[Floats]:
    """A row for each token of each text; texts are computed as one, with empty rows between them."""
    pad, lengths = layers.pad, [len(doc) for doc in docs]
    starts = (np.cumsum([pad, *(length + pad for length in lengths)])).tolist()
    rows = np.zeros(starts[-1], dtype=np.intp)
    for start, length, own in zip(starts, lengths, layers.first.rows(docs), strict=False):
        rows[start : start + length] = own
    vectors = layers.first.table[rows]
    for block in layers.blocks:
        vectors = block(vectors)
    return [vectors[start : start + length] for start, length in zip(starts, lengths, strict=False)]


class _First:
    """The layer that sees one token, with what it gave for each kind of token.

    Attributes:
        table: what it gave; row 0 is empty, and so is room for more at the end.
    """

    def __init__(self, embed: Model[Any, Any], vocab: Vocab) -> None:
        seen = [intify_attr(name) for leaf in embed.walk() for name in leaf.attrs.get("columns", ())]
        self._columns = list(dict.fromkeys((*seen, getattr(vocab.vectors, "attr", ORTH))))
        self._embed = embed
        self._width = embed.get_dim("nO")
        self._vocab = vocab
        self._forget()

    def _forget(self) -> None:
        self.table: Floats = np.zeros((1, self._width), dtype=np.float32)
        self._row: dict[bytes, int] = {}

    def rows(self, docs: Sequence[Doc]) -> list[list[int]]:
        """Rows of `table` for the tokens of each text; they hold until it is asked again."""
        if len(self._row) > MAX_KINDS:
            self._forget()
        row = self._row
        found: list[list[int]] = []
        new: dict[bytes, None] = {}
        for doc in docs:
            kinds = _as_bytes(doc.to_array(self._columns))
            for kind in kinds:
                if kind not in row:
                    row[kind] = len(row) + 1
                    new[kind] = None
            found.append([row[kind] for kind in kinds])
        if new:
            words = np.frombuffer(b"".join(new), dtype=np.uint64).reshape(len(new), -1)
            first, end = len(row) - len(new) + 1, len(row) + 1
            if end > len(self.table):
                self.table = np.concatenate([self.table, np.zeros((end, self._width), dtype=np.float32)])
            self.table[first:end] = self._embed.predict([_Kinds(self._vocab, self._columns, words)])[0]
        return found


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Kinds of token in the place of a text, as far as layers of one token look at it."""

    vocab: Vocab
    columns: list[int]
    words: Words

    def __len__(self) -> int:
        return len(self.words)

    def to_array(self, names: Any) -> Words:
        """Attributes of the tokens, a column for each name; one name by itself gives a flat array."""
        if isinstance(names, str | int):
            return self.words[:, self.columns.index(intify_attr(names))]
        return self.words[:, [self.columns.index(intify_attr(name)) for name in names]]


class _Block:
    """A layer that sees a token and its neighbours: thinc's residual of window, maximum and norm."""

    def __init__(self, residual: Model[Any, Any]) -> None:
        window, maxout, norm, _ = _leaves(residual)
        self._ops: Any = maxout.ops
        self._reach: int = window.attrs["window_size"]
        pieces, self._width = maxout.get_dim("nP"), maxout.get_dim("nO")
        weights = maxout.get_param("W").transpose(1, 0, 2).reshape(pieces * self._width, -1)
        self._weights: Floats = np.ascontiguousarray(weights)
        self._bias: Floats = np.ascontiguousarray(maxout.get_param("b").T).reshape(-1)
        self._scale: Floats = norm.get_param("G")
        self._shift: Floats = norm.get_param("b")

    def __call__(self, vectors: Floats) -> Floats:
        """The same rows, each with what its neighbours tell about it."""
        width = self._width
        pieces: Floats = self._ops.gemm(self._ops.seq2col(vectors, self._reach), self._weights, trans2=True)
        pieces += self._bias
        best = pieces[:, :width].copy()
        for start in range(width, pieces.shape[1], width):
            np.maximum(best, pieces[:, start : start + width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        variance = (best * best).mean(axis=1, keepdims=True) + np.float32(_SMALLEST)
        best *= variance ** (-1.0 / 2.0)
        best *= self._scale
        best += self._shift
        best += vectors
        return best


def _layers(node: Model[Any, Any], vocab: Vocab) -> _Layers | None:
    """Quick layers that do what `node` does; None if it is no chain of a first layer and windows."""
    if not {"embed", "encode"} <= set(node.ref_names):
        return None
    embed, encode = node.get_ref("embed"), node.get_ref("encode")
    if node.layers != [embed, encode] or any(type(leaf.ops) is not NumpyOps for leaf in node.walk()):
        return None
    if not {leaf.name for leaf in _leaves(embed)} <= _OF_ONE_TOKEN or "pad" not in encode.attrs:
        return None
    residuals = [layer for layer in encode.walk() if layer.name.startswith("residual(")]
    residuals = [layer for layer in residuals if [leaf.name for leaf in _leaves(layer)] == _OF_A_WINDOW]
    if not residuals or len(residuals) * len(_OF_A_WINDOW) != len(list(_leaves(encode))):
        return None
    return _Layers(_First(embed, vocab), tuple(map(_Block, residuals)), encode.attrs["pad"])


def _leaves(model: Any) -> Iterator[Any]:
    """Innermost layers in order."""
    if not model.layers:
        yield model
    for layer in model.layers:
        yield from _leaves(layer)


def _as_bytes(words: NDArray[Any]) -> list[bytes]:
    """Each row as bytes."""
    whole, width = np.ascontiguousarray(words).tobytes(), words.shape[1] * words.itemsize
    return [whole[start : start + width] for start in range(0, len(whole), width)]

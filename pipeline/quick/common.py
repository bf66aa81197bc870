"""What quick parts share: texts in batches, and what tells whether a part of a model is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc


def batches(docs: Iterable[Doc], tokens: int, texts: int | None = None) -> Iterator[list[Doc]]:
    """Texts in order, at most `texts` at once and so many tokens together; a longer one by itself."""
    batch: list[Doc] = []
    size = 0
    for doc in docs:
        if batch and (size + len(doc) > tokens or len(batch) == texts):
            yield batch
            batch, size = [], 0
        batch.append(doc)
        size += len(doc)
    if batch:
        yield batch


def mark(part: Any, doc: Doc) -> Doc:
    """Let a part that reads texts one by one mark this one, with what spaCy does of an error."""
    error_handler = part.get_error_handler()
    try:
        if len(doc):
            part.set(doc)
    except Exception as error:
        error_handler(part.name, part, [doc], error)
    return doc


def has_known_moves(part: Any, features: int) -> bool:
    """Whether a transition-based part chooses greedily, by two layers over so many features of its state."""
    model = part.model
    return (
        part.cfg["beam_width"] == 1
        and bool(model.attrs["has_upper"])
        and not model.attrs["unseen_classes"]
        and model.get_ref("lower").get_dim("nF") == features
        and model.get_ref("lower").get_dim("nP") > 1
    )


def move_names(part: Any) -> list[str]:
    """Names of a transition-based part's moves, in the order of their scores."""
    return [part.moves.get_class_name(number) for number in range(part.moves.n_moves)]


def put_in_place(nlp: Language, name: str, factory: str) -> None:
    """Put a quick part in the place of the model's own, whose weights it adopts."""
    stock: Any = nlp.get_pipe(name)
    quick: Any = nlp.replace_pipe(name, factory)
    quick.adopt(stock)

"""What "there", "in the same city" and "when" point back at: a place or meeting named before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.places import TOWNS, World
from pipeline.model import Links

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_REACH: Final = 2  # lines above, of which one may be blank or a heading
_AT: Final = frozenset({"in", "at"})
_SAME: Final = TOWNS | {"place", "venue", "location", "site", "country", "hotel", "palace", "building"}


def give_there(candidate: Candidate, doc: Doc, links: Links, world: World) -> None:
    """ "... Doha, and met him there": the place named last before in the line."""
    if not _pointing(candidate):
        return
    for i in range(candidate.event.i - 1, -1, -1):
        spot = world.at(links, candidate.block.block_no, doc[i])
        if spot is not None:
            candidate.spot = spot
            return


def give_there_before(candidates: Sequence[Candidate]) -> None:
    """ "The talks will be held in Oslo. / The experts gather there on Thursday": where those above are.

    Args:
        candidates: of a page, in reading order.
    """
    last: Candidate | None = None
    for candidate in candidates:
        if last is not None and candidate.form != "phone" and _pointing(candidate):
            lines = candidate.block.block_no - last.block.block_no
            if lines <= _REACH and candidate.block.entry_no == last.block.entry_no:
                candidate.spot, candidate.written = last.spot, last.written
        if candidate.spot is not None:
            last = candidate


def give_when(candidates: Sequence[Candidate]) -> None:
    """ "A 2018 meeting in Oslo, when the two first met": what a clause with "when" tells was then and there.

    Args:
        candidates: of a page, in reading order.
    """
    for at, candidate in enumerate(candidates):
        verb = candidate.verb
        when = next((c for c in verb.lefts if c.lower_ == "when"), None)
        if when is None or verb.dep_ not in _CLAUSES or candidate.readings or candidate.spot is not None:
            continue
        before = when.nbor(-1) if when.i > when.sent.start else when
        before = before.nbor(-1) if before.text == "," and before.i > when.sent.start else before
        for told in reversed(candidates[:at]):
            noun = told.top or told.event
            if told.block is candidate.block and noun.pos_ == "NOUN" and noun.is_ancestor(before):
                candidate.readings, candidate.date_basis = told.readings, told.date_basis
                candidate.expression = told.expression
                candidate.spot, candidate.written = told.spot, told.written
                break


_CLAUSES: Final = frozenset({"relcl", "advcl"})


def _pointing(candidate: Candidate) -> bool:
    verbs = [candidate.event] if candidate.governor is None else [candidate.event, candidate.governor]
    return candidate.spot is None and (
        any(c.lower_ == "there" for v in verbs for c in v.rights) or any(map(_in_same, verbs))
    )


def _in_same(token: Token) -> bool:
    """ "Was held in the same city", "a second round at the same venue"."""
    return any(
        place.lower_ in _SAME and any(c.lower_ == "same" for c in place.lefts)
        for prep in token.rights
        if prep.lower_ in _AT
        for place in prep.children
    )

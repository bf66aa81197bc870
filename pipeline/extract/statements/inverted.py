"""Words that stand before the clause which tells whose they are: "“A farce” is how one envoy put it"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.statements.lines import Line, trim

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDING = frozenset({"put", "describe", "phrase", "characterize", "characterise", "summarize", "summarise"})
_COPULAS = frozenset({"is", "was", "’s", "'s"})


def words_before_how(line: Line, verb: Token) -> tuple[int, int] | None:
    """What precedes "is how X put it" in the verb's sentence, or None where that does not stand there."""
    if verb.lemma_ not in _WORDING or line.quoted(verb):
        return None
    how = next((c for c in verb.lefts if c.lower_ == "how" and not line.quoted(c)), None)
    if how is None or how.i == 0 or how.nbor(-1).lower_ not in _COPULAS:
        return None
    copula = how.nbor(-1)
    sentence = line.sentence_at(verb.i)
    before = trim(line, sentence.start, copula.idx)
    if before is None or line.text[before[0] : before[1]].lower() in _POINTING:
        return None
    return before


_POINTING = frozenset({"this", "that", "it", "which", "here"})

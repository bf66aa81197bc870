"""Words around or before the clause which tells whose they are.

"“A farce” is how one envoy put it", "The plan, added Roe, will work".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.statements.lines import FINITE, OBJECTS, SUBJECTS, Line, end_of, trim

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


def around_insertion(line: Line, verb: Token) -> tuple[Token, list[tuple[int, int]]] | None:
    """Who speaks, and both parts of what is said, where verb and speaker stand in it between commas.

    "The plan, added Roe, will work": the parse takes what stands before the verb for its subject.
    """
    sentence = line.sentence_at(verb.i)
    if verb.tag_ not in FINITE or line.quoted(verb) or verb.i <= sentence.start_i + 1:
        return None
    opening = line.doc[sentence.start_i : verb.i - 1]
    if verb.nbor(-1).text != "," or any(t.tag_ in FINITE | {"MD"} or line.quoted(t) for t in opening):
        return None
    roles = SUBJECTS | OBJECTS
    speaker = next((c for c in verb.rights if c.dep_ in roles and c.left_edge.i == verb.i + 1), None)
    if speaker is None or speaker.right_edge.i + 2 >= sentence.end_i:
        return None
    comma = speaker.right_edge.nbor()
    named = speaker.pos_ in {"PROPN", "PRON"} or any(c.lower_ in {"the", "a", "an"} for c in speaker.lefts)
    if comma.text != "," or comma.nbor().tag_ not in FINITE | {"MD"} or not named:
        return None
    before, after = trim(line, sentence.start, verb.idx), trim(line, end_of(comma), sentence.end)
    return (speaker, [before, after]) if before is not None and after is not None else None

"""Where what was said ends: before the reporter's remark on it and before what others say beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import CLOSING, Line, end_of

if TYPE_CHECKING:
    from spacy.tokens import Token


def without_aside(line: Line, start: int, end: int, speech: Speech) -> int:
    """End of a clause without the reporter's remark on it, or what he sets beside it.

    "..., referring to the 1938 pact", "..., while the union warned that ...", "...; the union vowed to ...".
    """
    end = before_contrast(line, start, before_comment(line, start, end, speech), speech)
    end = before_occasion(line, start, end, speech)
    for token in line.doc.char_span(start, end, alignment_mode="expand") or ():
        if (
            token.tag_ == "VBG"
            and token.lemma_ in speech.aside_verbs
            and not line.quoted(token)
            and token.i > 0
        ):
            before = token.nbor(-1)
            if before.text == "," or before.text[-1:] in CLOSING:
                return int(before.idx) if before.text == "," else int(token.idx)
    return end


def before_occasion(line: Line, start: int, end: int, speech: Speech) -> int:
    """End of what was said before the words that only tell where: "... could be signed in an interview with".

    Not where somebody else's saying or telling stands in it, which may have been done there.
    """
    span = line.doc.char_span(start, end, alignment_mode="expand")
    tokens = list(span) if span is not None else []
    place = next(
        (
            t
            for t in tokens
            if t.lower_ == "in"
            and t.idx > start
            and not line.quoted(t)
            and (noun := next((c for c in t.rights if c.dep_ == "pobj"), None)) is not None
            and noun.lemma_.lower() in _OCCASIONS
            and any(c.lower_ in {"a", "an"} for c in noun.lefts)
        ),
        None,
    )
    if place is None:
        return end
    before, after = line.doc[tokens[0].i : place.i], line.doc[place.i : tokens[-1].i + 1]
    framed = (speech.frames(speech.lemma(t)) for t in before if t.pos_ == "VERB")
    told = any(frames is not None and not frames.weak for frames in framed)
    ends = tokens[-1].i + 2 >= line.sentence_at(place.i).end_i
    goes_on = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} or line.quoted(t) for t in after)
    stated = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in before)
    return int(place.idx) if ends and stated and not told and not goes_on else end


_OCCASIONS = frozenset({"interview", "statement", "tweet", "post", "email", "e-mail", "communique", "letter"})


def before_comment(line: Line, start: int, end: int, speech: Speech) -> int:
    """End of what was said before what somebody else calls it: "..., a demand Kyiv called absurd"."""
    for token in line.doc.char_span(start, end, alignment_mode="expand") or ():
        if token.text != "," or line.quoted(token) or token.i + 1 >= len(line.doc):
            continue
        if _as_another_puts_it(line, token):
            return int(token.idx)
        for noun in line.doc[token.i + 1 : min(token.i + 1 + _COMMENT_REACH, len(line.doc))]:
            clause = next((c for c in noun.rights if c.dep_ == "relcl"), None)
            if noun.pos_ != "NOUN" or noun.left_edge.i != token.i + 1 or clause is None:
                continue
            subject = next((c for c in clause.lefts if c.dep_ == "nsubj"), None)
            if noun.lemma_ in speech.utterances and clause.idx < end:
                return int(token.idx)  # "..., a remark that infuriated Kyiv"
            other = subject is not None and subject.pos_ in {"PROPN", "NOUN"} and subject.i > noun.i
            if other and speech.frames(speech.lemma(clause)) is not None and clause.idx < end:
                return int(token.idx)
    return end


def _as_another_puts_it(line: Line, comma: Token) -> bool:
    """Whether behind a comma somebody is told to word it so: "..., as his spokesman put it"."""
    if comma.nbor(1).lower_ != "as":
        return False
    after = line.doc[comma.i + 2 : min(comma.i + 2 + _WORDING_REACH, len(line.doc))]
    verb = next((t for t in after if t.tag_ in {"VBD", "VBZ"}), None)
    return verb is not None and verb.lemma_ == "put" and not line.quoted(verb)


_WORDING_REACH = 10  # tokens
_COMMENT_REACH = 5  # tokens


def before_contrast(line: Line, start: int, end: int, speech: Speech) -> int:
    """End of a clause before "while" or a semicolon and another speaker's verb of saying."""
    for token in line.doc.char_span(start, end, alignment_mode="expand") or ():
        if line.quoted(token) or token.i + 2 >= len(line.doc):
            continue
        bare = token.lower_ in _BARE_CONTRASTS and token.i > 0 and token.nbor(-1).text != ","
        if token.text not in {",", ";"} and not (bare and token.idx > start):
            continue
        if token.text == "," and token.nbor(1).lower_ not in _CONTRASTS:
            continue
        after = line.doc[token.i + 1 : min(token.i + 1 + _CONTRAST_REACH, len(line.doc))]
        verb = next(
            (
                t
                for t in after
                if t.tag_ in {"VBD", "VBZ", "VBP"} and t.dep_ != "relcl" and not line.quoted(t)
            ),
            None,
        )
        if verb is None or verb.idx >= end:
            continue
        if verb.dep_ == "aux" and verb.lemma_ == "have":
            if verb.tag_ == "VBD" and _tells_before(line, start, token):
                continue  # "said they had not come but the union had agreed": all of it is what was said
            verb = verb.head  # "while the union has insisted that ..."
        frames = speech.frames(speech.lemma(verb))
        says = verb.lemma_ in speech.framing_verbs or verb.tag_ in {"VBD", "VBN"}
        if frames is None or frames.weak or not says:
            continue
        subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
        if subject is not None and subject.i > token.i and (subject.pos_ != "PRON" or token.text == ";"):
            return end_of(token.nbor(-1)) if bare else int(token.idx)
    return end


def _tells_before(line: Line, start: int, contrast: Token) -> bool:
    """Whether a clause tells, as reported speech does, what had happened before it was said."""
    own = [t for t in line.doc[: contrast.i] if t.idx >= start and not line.quoted(t)]
    return any(t.dep_ == "aux" and t.lemma_ == "have" and t.tag_ == "VBD" for t in own)


_BARE_CONTRASTS = frozenset({"but", "while", "whereas"})  # with no comma, or with one inside the quotation
_CONTRAST_REACH = 30  # tokens
_CONTRASTS = frozenset({"while", "whereas", "though", "although", "but"})


def is_reason(cited: Token) -> bool:
    """Whether what is cited is no source but a reason: "citing Norway's plan to close the port"."""
    return cited.pos_ == "NOUN" and any(
        c.dep_ == "acl" and any(g.tag_ == "TO" for g in c.lefts) for c in cited.rights
    )

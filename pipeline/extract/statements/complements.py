"""What was said as object or phrase of a verb: "announced a deal", "called for talks", "called it a trap"."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from pipeline.extract.statements.asides import before_comment, before_contrast, is_reason
from pipeline.extract.statements.clauses import extended, without_tail
from pipeline.extract.statements.cues import Frames, Speech
from pipeline.extract.statements.lines import FINITE, OBJECTS, Line, end_of, subtree_span, trim
from pipeline.extract.statements.quotes import Sentence
from pipeline.extract.statements.silence import has_subject
from pipeline.extract.statements.tails import RULES, before_medium

if TYPE_CHECKING:
    from spacy.tokens import Token

Found = tuple[tuple[int, int], str]
"""Span of what was said, and the name of the rule that found it."""

_NOTHING: Final[Found] = ((0, 0), "")
"""What a frame finds that fits and holds nothing: no other frame is tried."""


def frame_content(line: Line, verb: Token, frames: Frames, speech: Speech) -> Found | None:
    """Content of object, predicate, prepositional and open-complement frames, with the rule's name."""
    around = _Around(line, verb, frames, speech)
    if around.is_reasoned:
        return None
    for read in (
        _described,
        _called,
        _object_and_phrase,
        _urged_to_do,
        _urged_apart,
        _open_complement,
        _for_clause,
        _phrase,
        _object,
    ):
        found = read(around)
        if found is not None:
            return None if found is _NOTHING else found
    return None


class _Around:
    """A verb with what stands to its right."""

    def __init__(self, line: Line, verb: Token, frames: Frames, speech: Speech) -> None:
        self.line, self.verb, self.frames, self.speech = line, verb, frames, speech
        self.sentence = line.sentence_at(verb.i)
        objects = [c for c in verb.rights if c.dep_ in OBJECTS]
        if len(objects) > 1 and objects[0].i == verb.i + 1 and objects[0].lower_ == "that":
            objects = objects[1:]  # "proposed that leaders meet": the conjunction misread
        obj = objects[0] if objects else None
        self.is_reasoned = obj is not None and frames.lemma in speech.citing and is_reason(obj)
        if (
            obj is not None
            and obj.left_edge.i == verb.i + 2
            and verb.nbor(1).text == ","
            and not line.quoted(obj)
        ):
            obj = (
                None  # "..., officials confirmed, a reversal of his refusal": set beside what they confirmed
            )
        self.object = obj
        self.rights = [c for c in verb.rights if c.i < self.sentence.end_i]
        self.opens = [
            c
            for c in self.rights
            if c.dep_ in {"xcomp", "ccomp", "advcl"}
            and (any(g.tag_ == "TO" or g.lower_ == "having" for g in c.lefts) or c.tag_ == "VBG")
            and not (c.dep_ == "advcl" and c.tag_ == "VBG")
        ]
        self.preps = [c for c in self.rights if c.dep_ in {"prep", "dative"} or _holds_object(c)]
        if frames.lemma in speech.idioms and objects:
            states = (c for c in self.rights if c.pos_ == "ADJ")  # "left the door open to talks"
            self.preps.extend(
                c for c in (*objects[0].rights, *(p for s in states for p in s.rights)) if c.dep_ == "prep"
            )
        self.because = _clause_of_as(line, verb, self.sentence)

    def span(self, start: int, end: int, rule: str) -> Found:
        """What lies between, to where it ends; `_NOTHING` if that is nothing."""
        end = min(extended(self.line, self.verb, end, self.speech), self.sentence.end)
        end = before_contrast(
            self.line, start, before_comment(self.line, start, end, self.speech), self.speech
        )
        end = _before_main(self.line, self.verb, start, without_tail(self.line, start, end))
        end = _before_meanwhile(self.line, self.verb, start, end)
        if rule in RULES:
            end = before_medium(self.line, start, end, self.speech)
        if self.because is not None and self.because.idx > start:
            end = min(end, self.because.idx)
        trimmed = trim(self.line, start, end)
        return (trimmed, rule) if trimmed is not None else _NOTHING


def _holds_object(particle: Token) -> bool:
    """Whether what the parse takes for a particle is a preposition: "called on the port to open"."""
    return particle.dep_ == "prt" and any(c.dep_ == "pobj" for c in particle.children)


def _clause_of_as(line: Line, verb: Token, sentence: Sentence) -> Token | None:
    """The "as" that opens a clause, however parsed: "mocked the choice as Roe has resigned"."""
    for token in line.doc[verb.i + 1 : sentence.end_i - 2]:
        if token.lower_ != "as" or line.quoted(token):
            continue
        clause = token.head
        if line.quoted(clause):
            continue
        if token.dep_ == "mark" and clause.dep_ == "advcl" and has_subject(clause):
            return token if clause.head == verb or clause.head.head == verb else None
        if token.dep_ != "prep":
            continue
        follows = token.right_edge.i + 1
        if token.right_edge.i > token.i and follows < sentence.end_i and line.doc[follows].tag_ in FINITE:
            return token if not line.quoted(line.doc[follows]) else None
    return None


def _before_meanwhile(line: Line, verb: Token, start: int, end: int) -> int:
    """End of a complement before what another does meanwhile: "ruled out a pact while X still seeks it"."""
    for clause in verb.rights:
        opening = clause.left_edge
        if clause.dep_ != "advcl" or opening.lower_ not in _MEANWHILE or not start < opening.idx < end:
            continue
        other = next((c for c in clause.lefts if c.dep_ == "nsubj"), None)
        if other is not None and other.pos_ in {"NOUN", "PROPN"} and not line.quoted(opening):
            return int(opening.idx)
    return end


_MEANWHILE = frozenset({"while", "whereas"})


def _before_main(line: Line, verb: Token, start: int, end: int) -> int:
    """End of a complement before the main clause that a comma parts from the cue's clause of time.

    "When Roe announced the levy, Peru put up its own": the parse may take all of it for the object.
    """
    opening = line.doc[line.sentence_at(verb.i).start_i : verb.i]
    if not opening or opening[0].lower_ not in _TIMES or any(t.text == "," for t in opening):
        return end
    for token in line.doc[verb.i + 1 :]:
        if start < token.idx < end and token.text == "," and not line.quoted(token):
            after = line.doc[token.i + 1 : token.i + 1 + _MAIN_REACH]
            nominal = after and after[0].pos_ in {"NOUN", "PROPN", "PRON", "DET"}
            if nominal and any(t.tag_ in FINITE for t in after):
                return int(token.idx)
    return end


_TIMES = frozenset({"when", "after", "since", "before", "once"})
_MAIN_REACH = 6  # tokens within which a main clause shows its subject


def _described(a: _Around) -> Found | None:
    """ "Described the plan as a trap"."""
    if not a.frames.predicate:
        return None
    wanted = a.frames.predicate_prepositions
    marker = next((p for p in a.preps if p.lower_ in wanted), None)
    if marker is None and a.object is not None:
        marker = next((p for p in a.object.rights if p.dep_ == "prep" and p.lower_ in wanted), None)
    if marker is None and wanted and (not a.frames.object or a.frames.lemma == "describe"):
        marker = _as(a.line, a.verb, a.sentence)
    if marker is None or marker == a.because:
        return None
    start = a.object.left_edge.idx if a.object is not None else _phrase_start(a.line, a.verb, marker)
    end = end_of(marker.right_edge)
    quote = next(iter(a.line.quotes.overlapping(end_of(marker), a.sentence.end)), None)
    if quote is not None and quote.start <= end_of(marker) + 1:
        end = max(end, quote.end)
    if marker.i == a.verb.i + 1:
        start = a.line.doc[marker.i + 1].idx if marker.i + 1 < len(a.line.doc) else start
    return a.span(start, end, "described_as")


_NAMING = frozenset({"call", "dub", "brand", "label", "term", "deem"})


def _called(a: _Around) -> Found | None:
    """ "Called the plan a trap"."""
    if not a.frames.predicate:
        return None
    lemma = a.frames.lemma
    called_on = lemma == "call" and any(p.lower_ in a.frames.prepositions for p in a.preps)
    naming = not a.frames.predicate_prepositions or lemma in _NAMING | {"declare", "bill"}
    if called_on or not naming:
        return None
    predicate = next(
        (
            c
            for c in a.rights
            if c.dep_ in {"oprd", "xcomp", "ccomp"}
            and not any(g.tag_ == "TO" for g in c.lefts)
            and (c.pos_ in {"NOUN", "ADJ", "PROPN"} or a.line.quoted(c))
        ),
        None,
    )
    if predicate is not None:
        first = predicate.left_edge.idx
        start = first if a.object is None else min(a.object.left_edge.idx, first)
        return a.span(start, end_of(predicate.right_edge), "called")
    if a.object is None or lemma not in _NAMING:
        return None
    after = a.line.quotes.overlapping(end_of(a.verb), a.sentence.end)
    quote = next((q for q in after if q.start > a.verb.idx), None)
    if quote is None or quote.start - end_of(a.verb) >= _NEAR:
        return None
    return a.span(a.line.doc[a.verb.i + 1].idx, max(quote.end, end_of(a.object.right_edge)), "called")


def _object_and_phrase(a: _Around) -> Found | None:
    """ "Blamed Oslo for the delay"."""
    wanted = a.frames.object_prepositions
    if not wanted:
        return None
    if a.object is not None:
        beside = [*a.preps, *(c for c in a.object.rights if c.dep_ == "prep")]
        holder = next((p for p in beside if p.lower_ in wanted), None)
        holder = holder or _deed_apart(a, wanted)
        if holder is None:
            return None
        end = max(end_of(holder.right_edge), end_of(a.object.right_edge))
        return a.span(a.object.left_edge.idx, end, "object_preposition")
    holder = next((p for p in a.preps if p.lower_ in wanted), None)
    if holder is None or a.verb.dep_ != "relcl":
        return None
    return a.span(holder.idx, end_of(holder.right_edge), "object_preposition")


def _deed_apart(a: _Around, wanted: Collection[str]) -> Token | None:
    """The "of" before what somebody is accused of, parsed apart: "accused the envoy, Jane Roe, of lying"."""
    after = a.line.doc[a.object.i + 1 : a.sentence.end_i - 1] if a.object is not None else ()
    for token in after:
        if token.tag_ in FINITE or a.line.quoted(token):
            return None
        if token.lower_ in wanted and token.nbor().tag_ == "VBG" and token.dep_ == "prep":
            return token
    return None


def _urged_to_do(a: _Around) -> Found | None:
    """ "Urged both sides to return"."""
    if not a.frames.person or not a.opens:
        return None
    target = a.opens[0]
    if target.lemma_.lower() in a.speech.empty_complements:
        return _NOTHING
    subject = next((c for c in target.lefts if c.dep_ == "nsubj"), None)
    start = a.object.left_edge.idx if a.object is not None else (subject or target).left_edge.idx
    if a.object is None and subject is None:
        called = next((p for p in a.preps if p.lower_ in {"on", "upon", "to"} and p.i < target.i), None)
        if called is not None and called.i + 1 < a.sentence.end_i:
            start = a.line.doc[called.i + 1].idx
    return a.span(start, end_of(target.right_edge), "urged")


def _urged_apart(a: _Around) -> Found | None:
    """The same where the parse hangs "to return" elsewhere."""
    obj = a.object
    if not a.frames.person or a.opens or obj is None:
        return None
    doc, end_i = a.line.doc, a.sentence.end_i
    marker = next((t for t in doc[obj.i + 1 : min(obj.i + _TO_REACH, end_i)] if t.tag_ == "TO"), None)
    if marker is None:
        if any(t.tag_ == "TO" for t in obj.subtree if t.i > obj.i) and not _thing(obj, a.speech):
            return a.span(*subtree_span(obj), "urged")  # "urged all who meet in Oslo to show good will"
        return None
    if any(t.text == "," for t in doc[obj.i : marker.i]):
        return None
    commas = (t.idx for t in doc[marker.i : end_i] if t.text == "," and not a.line.quoted(t))
    return a.span(obj.left_edge.idx, next(commas, a.sentence.end), "urged")


def _open_complement(a: _Around) -> Found | None:
    """ "Vowed to continue", and not of "committed to a cut to prop up prices"."""
    if not a.opens:
        return None
    deed = a.frames.lemma in a.speech.gerunds and a.object is None and a.opens[0].tag_ == "VBG"
    if not a.frames.open and not deed:
        return None
    goal = next((p for p in a.preps if p.lower_ == "to" and "to" in a.frames.prepositions), None)
    target = a.opens[0]
    if goal is not None and goal.i < target.i:
        return None
    if target.lemma_.lower() in a.speech.empty_complements - {"be"}:
        return _NOTHING
    return a.span(target.left_edge.idx, end_of(target.right_edge), "open_complement")


def _for_clause(a: _Around) -> Found | None:
    """ "Called for both sides to return"."""
    clause = next(
        (
            c
            for c in a.rights
            if c.dep_ in {"advcl", "xcomp", "ccomp"}
            and any(g.lower_ == "for" and g.dep_ in {"mark", "prep"} for g in c.lefts)
        ),
        None,
    )
    if clause is None or "for" not in a.frames.prepositions or clause.left_edge.lower_ != "for":
        return None
    return a.span(a.line.doc[clause.left_edge.i + 1].idx, end_of(clause.right_edge), "preposition")


def _phrase(a: _Around) -> Found | None:
    """ "Called for talks"."""
    phrase = next((p for p in a.preps if p.lower_ in a.frames.prepositions), None)
    phrase = phrase or _in_favour(a)
    if phrase is None:
        return None
    if a.frames.lemma == "call" and phrase.lower_ in {"on", "upon"} and not a.opens:
        return _NOTHING  # who calls on somebody for nothing pays a visit
    if a.frames.lemma in {"testify", "respond"} and phrase.lower_ == "to":
        heard = next((c for c in phrase.children if c.dep_ == "pobj"), None)
        if heard is not None and (heard.ent_type_ == "ORG" or heard.lemma_.lower() in a.speech.listeners):
            return None  # "testifying to the Senate committee"
    if phrase.i + 2 < len(a.line.doc) and a.line.doc[phrase.i + 1 : phrase.i + 3].text.lower() == "all but":
        return None  # "agreed to all but shut down the talks"
    filled = any(c.dep_ in {"pobj", "pcomp"} for c in phrase.children)
    if not filled or phrase.i + 1 >= a.sentence.end_i:
        return None
    if a.frames.lemma == "point" and any(c.lemma_ in a.speech.empty_objects for c in phrase.children):
        return None  # "pointed to the map"
    end = end_of(phrase.right_edge)
    if a.opens and a.opens[0].i > phrase.i:
        end = max(end, end_of(a.opens[0].right_edge))
    elif a.frames.lemma in _CALLING and phrase.lower_ in {"to", "on", "upon"}:
        deed = _deed_behind(a, phrase)
        return a.span(a.line.doc[phrase.i + 1].idx, max(end, deed), "preposition")
    return a.span(a.line.doc[phrase.i + 1].idx, end, "preposition")


def _in_favour(a: _Around) -> Token | None:
    """The last word of a preposition of three: "spoke in favour of a truce"."""
    for phrase in a.preps:
        words = a.line.doc[phrase.i : phrase.i + _THREE]
        if words.text.lower() in a.frames.prepositions:
            return words[-1]
    return None


_THREE = 3
_CALLING = frozenset({"call", "appeal", "plead"})


def _deed_behind(a: _Around, phrase: Token) -> int:
    """Where the infinitive ends that an aside parts from who is called on: "to all, led by X, to talk"."""
    for token in a.line.doc[phrase.i + 1 : a.sentence.end_i - 1]:
        if token.tag_ in FINITE or a.line.quoted(token):
            return 0
        if token.tag_ == "TO" and token.nbor(-1).text == ",":
            return end_of(token.head.right_edge)
    return 0


def _object(a: _Around) -> Found | None:
    """ "Announced a deal"."""
    obj, frames = a.object, a.frames
    if obj is None or (frames.person and not _thing(obj, a.speech)) or not _telling(obj, frames, a.speech):
        return None
    start, end = subtree_span(obj)
    if frames.light and not frames.object:
        clause = next((c for c in a.verb.rights if c.dep_ in {"ccomp", "acl"} and c.i > obj.i), None)
        end = max(end, end_of(clause.right_edge)) if clause is not None else end
    return a.span(start, end, "object")


def _as(line: Line, verb: Token, sentence: Sentence) -> Token | None:
    """The "as" of "described X as Y" where the parse hangs it elsewhere."""
    for token in line.doc[verb.i + 1 : min(sentence.end_i - 1, verb.i + _AS_REACH)]:
        if token.lower_ == "as" and token.tag_ == "IN" and not line.quoted(token):
            return token
        if token.tag_ in {"VBD", "VBZ", "VBP"} and token.dep_ in {"ROOT", "conj"}:
            return None
    return None


_TO_REACH = 5  # tokens
_AS_REACH = 25  # tokens
_NEAR = 60  # characters between "called" and the quotation that it introduces

_GREETING = frozenset({"welcome", "salute", "hail", "cheer"})
_GUESTS = frozenset(
    {"counterpart", "guest", "delegation", "leader", "minister", "president", "envoy", "ambassador"}
)
_DENYING = frozenset({"reject", "deny", "dispute", "refute", "rebut", "confirm", "dismiss"})


def _telling(obj: Token, frames: Frames, speech: Speech) -> bool:
    """Whether a direct object can be what was said."""
    lemma = obj.lemma_.lower()
    if frames.light and lemma in speech.utterances and not any(c.i > obj.i for c in obj.children):
        return False  # who delivers remarks has spoken, and nothing tells what
    if frames.lemma in _GREETING and (obj.ent_type_ == "PERSON" or lemma in _GUESTS):
        return False  # who welcomes a guest says nothing
    if frames.lemma in _DENYING and obj.lower_ in {"this", "that"}:
        return True
    number = obj.tag_ == "CD" and obj.is_alpha and not obj.n_lefts  # "one", not "$5 billion"
    if obj.pos_ == "PRON" or number or lemma in speech.empty_objects:
        return False
    if frames.light and not frames.object:
        empty = any(c.lower_ in _POINTING for c in obj.lefts) and not any(
            c.dep_ in {"prep", "acl", "relcl"} and c.lower_ not in _SETTING for c in obj.rights
        )
        return not empty and (lemma in speech.said_nouns or obj.lower_ in speech.said_nouns)
    return frames.object


_SETTING = frozenset(
    {"in", "at", "on", "during", "after", "before", "to", "as", "from", "following", "while"}
)
_POINTING = frozenset({"the", "this", "that", "these", "those", "such", "similar"})


def _thing(obj: Token, speech: Speech) -> bool:
    """Whether an object is what is urged, and not who is urged."""
    return (
        obj.pos_ == "NOUN"
        and not obj.ent_type_
        and obj.lemma_.lower() not in speech.audiences
        and obj.tag_ == "NN"
    )


def _phrase_start(line: Line, verb: Token, marker: Token) -> int:
    """Start of what stands between the verb and "as": an object, or the object of "refer to"."""
    start = verb.i + 1
    if line.doc[start].lower_ == "to" and start + 1 < marker.i:
        start += 1
    return int(line.doc[start].idx)

"""Syntax of attribution: from a verb of saying to its subject's head and to the words that it reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Frames, Speech
from pipeline.extract.statements.quotes import Quote, Quotes, Sentence, find_quotes, join_sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from pipeline.model import Block

SUBJECTS = frozenset({"nsubj", "csubj"})
OBJECTS = frozenset({"dobj", "obj"})
_RECIPIENTS = frozenset({"dobj", "obj", "dative", "iobj"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SEPARATORS = frozenset(",—–-?!;…")
_CLOSING = frozenset("”\"’»'")
_TRIM = " \t\u00a0,;:—–-"
_GERUND_PREPOSITIONS = frozenset({"by", "in", "after", "before", "while", "when", "with", "besides", "despite"})
_NEGATIONS = frozenset({"never", "nor", "neither", "hardly", "no"})
_MAX_CLIMB = 6
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(slots=True)
class Line:
    """A block of the body with its parse and quotation structure."""

    block: Block
    doc: Doc
    text: str
    quotes: Quotes
    sentences: list[Sentence]
    dateline: int = 0
    _sentence_of: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._sentence_of = [0] * len(self.doc)
        for number, sentence in enumerate(self.sentences):
            for i in range(sentence.start_i, sentence.end_i):
                self._sentence_of[i] = number

    def sentence_no(self, token_i: int) -> int:
        return self._sentence_of[token_i]

    def sentence_at(self, token_i: int) -> Sentence:
        return self.sentences[self._sentence_of[token_i]]

    def quoted(self, token: Token) -> bool:
        return self.quotes.at(token.idx) is not None


def make_line(block: Block, doc: Doc) -> Line:
    """Read a block's quotation marks and sentences."""
    text = doc.text
    quotes = find_quotes(text)
    dateline = _DATELINE.match(text)
    return Line(block, doc, text, quotes, join_sentences(doc, quotes), dateline.end() if dateline is not None else 0)


# "WASHINGTON (AP) — ", "KYIV/MOSCOW, March 12 (Reuters) - ", "MOSCOW, May 5. /VNA/. "
_DATELINE = re.compile(
    r"[A-Z][A-Z.’'\-/ ]{2,40}(?:, [A-Z][\w.]{1,20}(?: \d{1,2})?(?:, \d{4})?)?\.?(?: ?[(/][\w /.&\-]{2,30}[)/]\.?)?(?: ?(?:—|–|--|-) |(?<=/\.) )"
)


@dataclass(slots=True)
class Attribution:
    """A cue with the head of the phrase that names its speaker and the spans of what was said.

    Spans are character offsets into the line. `segment` covers subject and cue, which are the
    reporter's words. `speaker` None: the cue has no subject of its own, see `inherits`.
    """

    cue: Token
    lemma: str
    speaker: Token | None
    pieces: list[tuple[int, int]]
    segment: tuple[int, int]
    rule: str
    frame: str
    addressee: Token | None = None
    opens_next: bool = False
    by_document: bool = False


def end_of(token: Token) -> int:
    return int(token.idx + len(token))


def subtree_span(token: Token) -> tuple[int, int]:
    """Character span of a token's subtree, from its left edge to its right edge."""
    return token.left_edge.idx, end_of(token.right_edge)


def find_attributions(line: Line, speech: Speech) -> list[Attribution]:
    """All attributions of a line whose cue is a verb outside quotation marks, in order of the text."""
    found: list[Attribution] = []
    segment_ends: dict[int, int] = {}
    for token in line.doc:
        if not _verbal(token, line) or line.quoted(token):
            continue
        lemma = speech.lemma(token)
        frames = speech.frames(lemma)
        if frames is None or _silent(token, lemma, speech) or _under_question(token, line):
            continue
        attribution = _attribute(line, token, frames, speech, segment_ends)
        if attribution is not None:
            found.append(attribution)
            if attribution.frame == "left":
                segment_ends[line.sentence_no(token.i)] = attribution.segment[1]
    return found


def _verbal(token: Token, line: Line) -> bool:
    """Whether a token is a verb, or a plural noun by mistake of the tagger (", Smith reports, citing")."""
    if token.tag_[:2] == "VB":
        return True
    if token.tag_ != "NNS" or token.i == 0 or token.i + 1 >= len(token.doc):
        return False
    before, after = token.nbor(-1), token.nbor(1)
    return (before.pos_ in {"PROPN", "PRON", "NOUN"} or before.text == ",") and after.text in {",", "."} and token.dep_ in {"ROOT", "appos", "conj"}


# --- does the verb speak? ---------------------------------------------------------------------------


def _silent(verb: Token, lemma: str, speech: Speech) -> bool:
    """Whether negation, modality, a condition or a governing verb leaves nothing said."""
    current, infinitive = verb, False
    for _ in range(_MAX_CLIMB):
        negated = any(c.dep_ == "neg" or c.lower_ in _NEGATIONS and c.dep_ in {"advmod", "preconj", "cc"} for c in current.lefts)
        if negated and not (current == verb and lemma in speech.speaks_when_negated):
            return True
        if any(c.dep_ == "aux" and c.tag_ == "MD" and c.lower_ in speech.blocking_modals for c in current.lefts):
            return True
        if any(c.dep_ == "mark" and c.lower_ in speech.conditionals for c in current.lefts):
            return True
        infinitive = infinitive or any(c.tag_ == "TO" for c in current.lefts)
        if current.dep_ == "conj" and current.head.tag_[:2] == "VB" and not _has_subject(current):
            if current.tag_ == "VB" or infinitive or current.head.tag_ == current.tag_:
                current = current.head
                continue
            return False
        if infinitive:
            return not _transparent(current, speech)
        return current.tag_ == "VB" and not any(c.dep_ == "aux" for c in current.lefts)
    return False


def _under_question(verb: Token, line: Line) -> bool:
    """Whether the verb asks or is asked about: "asked if he had threatened, ...", "Does the UN accept ...?"."""
    sentence = line.sentence_at(verb.i)
    current = verb
    for _ in range(_MAX_CLIMB):
        if current.lemma_ == "ask" and _asked(current):
            return True
        if current.head == current:
            break
        current = current.head
    if verb.dep_ == "ROOT" and not line.quotes.overlapping(sentence.start, sentence.end):
        last = line.text[sentence.start : sentence.end].rstrip()[-1:]
        first = line.doc[sentence.start_i]
        return last == "?" and (first.pos_ == "AUX" or first.tag_ in {"WP", "WRB", "WDT"})
    return False


def _asked(verb: Token) -> bool:
    """Whether "asked" is a participle: somebody was asked."""
    if verb.tag_ not in {"VBN", "VBD"} or any(c.dep_ == "aux" for c in verb.lefts):
        return False
    if any(c.dep_ in SUBJECTS and c.i == verb.i - 1 for c in verb.lefts):
        return False
    alone = verb.i == 0 or verb.nbor(-1).text in {",", "When", "when", "While"} or verb.nbor(-1).is_punct or bool(verb.is_sent_start)
    follow = verb.nbor(1).lower_ if verb.i + 1 < len(verb.doc) else ""
    return alone and follow in {"if", "whether", "about", "by", "why", "how", "what", "when", "at", "on", "in", "to", "for", "who"}


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS or c.dep_ == "nsubjpass" for c in verb.children)


def _transparent(verb: Token, speech: Speech) -> bool:
    """Whether an infinitive says what its governor's subject says ("went on to say", "used it to warn")."""
    return verb.dep_ in {"xcomp", "advcl"} and verb.head.lemma_.lower() in speech.transparent_heads


# --- who speaks? ------------------------------------------------------------------------------------


def subject_of(verb: Token, line: Line) -> tuple[Token | None, str]:
    """Head of the phrase that names who does ``verb``, and how it was found; passives yield their agent."""
    current = verb
    how = "subject"
    for _ in range(_MAX_CLIMB):
        if _is_passive(current):
            agent = _agent(current)
            if agent is not None:
                return agent, "agent"
            if current == verb:
                return None, "passive"
            return next((c for c in current.lefts if c.dep_ == "nsubjpass"), None), "inherited"
        child = _own_subject(current, line)
        if child is not None:
            if child.lower_ in _RELATIVE and current.dep_ == "relcl":
                return current.head, "relative"
            return child, how
        if current.dep_ == "relcl" and current.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            return None, "relative object"
        outer = _governing_speech(verb, current)
        if outer is not None:
            current, how = outer, "inherited"
            continue
        if current.dep_ in {"conj", "xcomp", "advcl", "ccomp"} and current.head.pos_ in {"VERB", "AUX"}:
            if current.dep_ == "ccomp" and current.tag_ != "VBG":
                break
            current, how = _nearest_clause(current, current.head), "inherited"
            continue
        if current.dep_ == "pcomp" and current.head.head.pos_ in {"VERB", "AUX"}:
            current, how = current.head.head, "inherited"
            continue
        if current.dep_ == "acl" and current.tag_ == "VBG":
            return current.head, "participle"
        break
    return None, "none"


_CONTINUING = frozenset({"add", "stress", "note", "emphasize", "emphasise", "underline", "insist", "explain", "conclude", "warn",
                         "argue", "point", "describe", "reiterate", "call", "express", "vow", "urge"})
_FRAMING = frozenset({"say", "tell", "state", "note", "claim", "write", "announce", "stress", "add", "declare", "confirm", "argue",
                      "explain", "insist", "remark", "warn", "report"})


def _governing_speech(verb: Token, current: Token) -> Token | None:
    """The verb of saying that a continuing cue goes back to, where the parse hangs the cue inside what was said.

    "He said the bloc takes note, adding that ..." and "He said it would wait, and insisted that ...".
    """
    if verb != current:
        return None
    inner = current.head
    if inner.dep_ != "ccomp" or inner.head.lemma_ not in _FRAMING or inner.head.i > inner.i or inner.head.tag_ not in _FINITE | {"VBN"}:
        return None
    if current.dep_ == "advcl" and current.tag_ == "VBG" and current.lemma_ in _CONTINUING and current.i > 0 \
            and any(t.text == "," or t.text in _CLOSING for t in current.doc[max(0, current.left_edge.i - 2) : current.i]):
        return inner.head
    modal = any(c.tag_ == "MD" for c in inner.lefts)
    if current.dep_ == "conj" and current.tag_ == "VBD" and modal and not _has_subject(current):
        return inner.head
    return None


def _nearest_clause(participle: Token, head: Token) -> Token:
    """The clause that a participle belongs to: the last one before it that is coordinate with its head."""
    if participle.tag_ != "VBG":
        return head
    nearer = [c for c in head.conjuncts if head.i < c.i < participle.i and _has_subject(c)]
    return nearer[-1] if nearer else head


def _own_subject(verb: Token, line: Line) -> Token | None:
    """The verb's subject: the nearest on its left, else one on its right."""
    lefts = [c for c in verb.lefts if c.dep_ in SUBJECTS]
    rights = [c for c in verb.rights if c.dep_ in SUBJECTS]
    outside = [c for c in lefts if not line.quoted(c)]
    chosen = outside[-1:] or rights[:1] or lefts[-1:]
    return chosen[0] if chosen else None


def _is_passive(verb: Token) -> bool:
    if verb.tag_ != "VBN":
        return False
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    if verb.dep_ == "conj" and not any(c.dep_ == "aux" for c in verb.children) and verb.head != verb and _is_passive(verb.head):
        return True
    return not any(c.dep_ == "aux" and c.lemma_ in {"have", "'ve", "’ve"} for c in verb.children) and verb.dep_ in {
        "acl", "advcl", "relcl", "amod",
    }


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _neighbour_subject(verb: Token, line: Line) -> tuple[Token | None, str]:
    """Subject by position where the parse gives none or a wrong one: ", NP (has) said" and "..., said NP"."""
    sentence = line.sentence_at(verb.i)
    i = verb.i - 1
    while i >= sentence.start_i and line.doc[i].pos_ in {"AUX", "ADV"}:
        i -= 1
    if i > sentence.start_i and line.doc[i].text == "," and line.doc[i - 1].pos_ == "PROPN":
        i -= 1  # the comma that closes an apposition
    if i >= sentence.start_i and line.doc[i].pos_ in {"NOUN", "PROPN", "PRON"} and not line.quoted(line.doc[i]):
        low = _segment_start(line, i, sentence)
        if low > sentence.start_i or verb.dep_ == "ROOT":
            return _top(line.doc[i], low, i + 1), "surface"
    i = verb.i + 1
    if i < sentence.end_i and _before(line, verb.idx) in _CLOSING | {","}:
        token = line.doc[i]
        if token.pos_ in {"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"} and not line.quoted(token):
            return _top(token, i, sentence.end_i), "surface"
    return None, "none"


def _segment_start(line: Line, i: int, sentence: Sentence) -> int:
    """First token of the stretch of text around token ``i`` that no comma, quotation mark or verb cuts."""
    low = i
    while low > sentence.start_i:
        token = line.doc[low - 1]
        if token.text in {",", ";", ":", "–", "—", "-"} and token.whitespace_ or token.pos_ in {"AUX", "SCONJ"} or token.tag_ in _FINITE or line.quoted(token):
            break
        low -= 1
    return low


def _top(token: Token, low: int, high: int) -> Token:
    """Head of the noun phrase around ``token`` within the tokens ``low``..``high``."""
    climb = token
    while climb.head != climb and low <= climb.head.i < high and climb.head.tag_ not in _FINITE:
        climb = climb.head
        if climb.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
            token = climb
    return token


def _misread(verb: Token, subject: Token, line: Line) -> bool:
    """Whether a left subject is implausible: a comma with no "and" cuts it off from its verb's neighbour."""
    if subject.i >= verb.i - 1 or verb.dep_ == "ROOT":
        return False
    between = line.doc[subject.i + 1 : verb.i]
    commas = [t.i for t in between if t.text == ","]
    if len(commas) != 1:
        return False
    tail = [t for t in between if t.i > commas[0]]
    return bool(tail) and tail[0].lower_ not in {"who", "which", "and", "or"} and any(
        t.dep_ == "conj" and t.head == subject and not any(c.dep_ == "cc" for c in subject.children) for t in tail
    )


def _before(line: Line, position: int) -> str:
    """The last character before ``position`` that is no space, or the empty string."""
    return line.text[:position].rstrip()[-1:] if position < 200 else line.text[position - 200 : position].rstrip()[-1:]


# --- what was said? ---------------------------------------------------------------------------------


def _attribute(
    line: Line, verb: Token, frames: Frames, speech: Speech, segment_ends: dict[int, int]
) -> Attribution | None:
    subject, how = subject_of(verb, line)
    passive = _is_passive(verb)
    if (subject is None and how == "none") or (subject is not None and how == "subject" and _misread(verb, subject, line)):
        subject, how = _neighbour_subject(verb, line)
    if subject is None and how in {"passive", "none"}:
        return None
    if subject is not None and line.quoted(subject) and how != "relative object":
        return None
    segment = _segment(line, verb, subject, how)
    addressee = _addressee(verb, frames, speech)
    make = lambda pieces, rule, frame: Attribution(  # noqa: E731 - shared by the branches below
        verb, frames.lemma, subject, pieces, segment, rule, frame, addressee
    )
    if how == "relative object" or (passive and how == "agent"):
        return _gapped(line, verb, frames, subject, how, segment)

    # Only a verb with its own subject stands in parenthesis; "..., adding" looks to the right.
    left = _left_content(line, verb, segment, frames, segment_ends) if how in {"subject", "surface"} else None
    if left is not None and _after_closing_mark(line, segment[0]):
        pieces = [left, *_resumed(line, verb, segment)]
        return make(pieces, "closing_quotation", "left")
    right = _clause_right(line, verb, frames)
    if right is None and left is not None and _inserted(line, verb, segment):
        right = _quote_right(line, verb, frames)
    if right is not None:
        if left is not None and _inserted(line, verb, segment) and left[1] - left[0] < right[1] - left[0]:
            return make([left, right], "inserted", "left")
        return make([right], "clause", "clause")
    main = _as_clause(line, verb, frames)
    if main is not None:
        return make([main], "as_clause", "left")
    parts = _frame_content(line, verb, frames, speech)
    # A verb that has its own object or complement speaks through that, even where a comma stands before it.
    if parts is not None:
        return make([parts[0]], parts[1], parts[1])
    if _leads_in(line, verb, frames):
        found = make([], "lead_in", "lead_in")
        found.opens_next = True
        return found
    if left is not None and frames.parenthetical and _is_parenthetical(line, verb, segment):
        return make([left, *_resumed(line, verb, segment)], "parenthetical", "left")
    quote = _quote_right(line, verb, frames)
    if quote is not None:
        return make([quote], "quotation_right", "quote")
    loose = _loose_clause(line, verb, frames)
    if loose is not None:
        return make([loose], "loose_clause", "clause")
    return None


def _as_clause(line: Line, verb: Token, frames: Frames) -> tuple[int, int] | None:
    """The main clause beside "as X first reported,"."""
    if not frames.clause:
        return None
    mark = next((c for c in verb.lefts if c.lower_ == "as" and c.tag_ in {"IN", "RB"}), None)
    if mark is None:
        return None
    sentence = line.sentence_at(verb.i)
    comma = next((t for t in line.doc[verb.i + 1 : min(verb.i + _AS_CLAUSE, sentence.end_i)] if t.text == ","), None)
    before = trim(line, sentence.start, mark.idx)
    if before is None or before[1] - before[0] < 4:
        return trim(line, end_of(comma), sentence.end) if comma is not None else None
    if comma is not None or sentence.end_i - verb.i <= _AS_CLAUSE:
        return before if line.text[before[1] : mark.idx].strip(" ") in {",", "—", "–"} else None
    return None


_AS_CLAUSE = 12  # tokens


def _leads_in(line: Line, verb: Token, frames: Frames) -> bool:
    """Whether the line ends in a colon that hands its words to the next line."""
    return frames.clause and line.text.rstrip().endswith(":") and line.sentence_at(verb.i).end_i == len(line.doc)


def _segment(line: Line, verb: Token, subject: Token | None, how: str) -> tuple[int, int]:
    """Characters of subject and verb, where they stand together."""
    start, end = verb.idx, end_of(verb)
    for child in verb.lefts:
        if child.dep_ in {"aux", "auxpass", "neg", "advmod"} and not line.quoted(child) and child.i >= verb.i - 4:
            start = min(start, child.idx)
    if subject is not None and how in {"subject", "surface"}:
        left, right = subtree_span(subject)
        if how == "surface" and subject.i < verb.i:
            left = max(left, line.doc[_segment_start(line, verb.i - 1 if subject.i == verb.i - 1 else subject.i, line.sentence_at(verb.i))].idx)
        if subject.i < verb.i:
            quote_end = max((q.end for q in line.quotes.overlapping(left, verb.idx)), default=left)
            comma = line.text.find(", ", left, subject.idx)
            start = min(start, max(left, quote_end) if comma < 0 or not quote_end > left else quote_end)
        else:
            end = max(end, right)
            for quote in line.quotes.overlapping(end_of(verb), end):
                end = min(end, quote.start)
    while start < verb.idx and line.text[start] in " ,”\"’»":
        start += 1
    return start, end


def _addressee(verb: Token, frames: Frames, speech: Speech) -> Token | None:
    """Head of the phrase that names whom the words were said to."""
    if frames.addressee:
        for child in verb.rights:
            if child.dep_ in _RECIPIENTS and child.dep_ != "ccomp":
                return child
    for child in verb.rights:
        if child.dep_ == "dative":
            return child if child.lower_ != "to" else next((c for c in child.children if c.dep_ == "pobj"), None)
        if child.dep_ == "prep" and child.lower_ == "to" and "to" not in frames.prepositions:
            pobj = next((c for c in child.children if c.dep_ == "pobj"), None)
            if pobj is not None and (pobj.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"} or pobj.lemma_.lower() in speech.audiences):
                return pobj
    return None


def _after_closing_mark(line: Line, position: int) -> bool:
    before = line.text[:position].rstrip()
    if not before:
        return False
    quote = line.quotes.at(len(before) - 1)
    return quote is not None and quote.closed and quote.end == len(before) and quote.end - quote.start > 3


def _left_content(
    line: Line, verb: Token, segment: tuple[int, int], frames: Frames, segment_ends: dict[int, int]
) -> tuple[int, int] | None:
    sentence = line.sentence_at(verb.i)
    if not frames.parenthetical and not frames.clause:
        return None
    start = max(sentence.start, line.dateline, segment_ends.get(line.sentence_no(verb.i), sentence.start))
    end = segment[0]
    if end <= start or _before(line, end) not in _SEPARATORS | _CLOSING:
        return None
    return trim(line, start, end)


def trim(line: Line, start: int, end: int) -> tuple[int, int] | None:
    """Cut separators and space from both ends of a span, or None where nothing is left."""
    text = line.text
    while start < end and (text[start] in _TRIM or text[start] in ".?!…" and text[start : start + 2] != "…"):
        start += 1
    while end > start and text[end - 1] in _TRIM + ".":
        if text[end - 1] == "." and (line.quotes.at(end - 1) is not None or _abbreviation(text, end)):
            break
        end -= 1
    return (start, end) if end - start > 1 else None


def _abbreviation(text: str, end: int) -> bool:
    """Whether the full stop before ``end`` belongs to an abbreviation such as "U.S."."""
    return end >= 4 and text[end - 3] == "." and text[end - 2].isupper() and text[end - 4].isupper()


def _is_parenthetical(line: Line, verb: Token, segment: tuple[int, int]) -> bool:
    """Whether subject and verb stand apart: text before a comma on the left, no clause of the verb on the right."""
    tail = _tail_start(line, verb, segment)
    sentence = line.sentence_at(verb.i)
    if tail >= sentence.end or line.text[tail : tail + 1] in ",.;—–:?!)":
        return True
    clause = next((c for c in verb.rights if c.dep_ in {"ccomp", "xcomp"} and not line.quoted(c)), None)
    return clause is None


def _inserted(line: Line, verb: Token, segment: tuple[int, int]) -> bool:
    """Whether commas set subject and verb off on both sides ("If they agree, Smith told Reuters, both will sign")."""
    tail = _tail_start(line, verb, segment)
    return line.text[tail : tail + 1] == "," and _before(line, segment[0]) == ","


def _tail_start(line: Line, verb: Token, segment: tuple[int, int]) -> int:
    """Position after subject, verb and the adjuncts that follow without a comma."""
    end = segment[1]
    for child in verb.rights:
        if child.dep_ in {"prep", "npadvmod", "advmod", "dobj", "dative", "prt", "oprd", "agent"}:
            left, right = subtree_span(child)
            if left <= end + 2:
                comma = line.text.find(",", left, right)
                end = max(end, right if comma < 0 else comma)
    while end < len(line.text) and line.text[end] == " ":
        end += 1
    return end


def _resumed(line: Line, verb: Token, segment: tuple[int, int]) -> list[tuple[int, int]]:
    """What goes on after an inserted attribution: a second quotation, or the rest of the split clause."""
    sentence = line.sentence_at(verb.i)
    tail = _tail_start(line, verb, segment)
    if tail >= sentence.end or line.text[tail] not in ",:—–;":
        return []
    position = tail + 1
    while position < sentence.end and line.text[position] == " ":
        position += 1
    quote = line.quotes.at(position)
    if quote is not None and quote.start == position:
        return [(quote.start, min(quote.end, sentence.end))]
    nearby = next((t for t in line.doc[verb.i + 1 : sentence.end_i] if t.idx >= position), None)
    if nearby is None:
        return []
    if _belongs_to_split_clause(nearby, verb) or _goes_on(line, nearby, sentence, segment):
        trimmed = trim(line, position, sentence.end)
        return [trimmed] if trimmed is not None else []
    return []


_RESUMING = frozenset({"if", "because", "unless", "provided", "but", "not", "to", "so", "until", "although", "though", "or"})


def _goes_on(line: Line, token: Token, sentence: Sentence, segment: tuple[int, int]) -> bool:
    """Whether the text after an inserted attribution needs what stands before it."""
    if token.lower_ in _RESUMING or token.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
        return True
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in line.doc[sentence.start_i : token.i] if t.idx < segment[0])
    return not finite and any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in line.doc[token.i : sentence.end_i])


def _belongs_to_split_clause(token: Token, verb: Token) -> bool:
    """Whether ``token``, right of an inserted attribution, is part of the clause that began left of it."""
    if token.lower_ in {"and", "but", "while", "as", "who", "which", "when", "where", "after", "in"} or token.tag_ in {"VBG", "VBN"}:
        return False
    climb = token
    for _ in range(60):
        if climb.head == climb:
            return verb.dep_ in {"parataxis", "ccomp", "advcl", "dep", "intj"} and climb != verb
        if climb.head == verb:
            return climb.dep_ == "ccomp" and climb.left_edge.i < verb.i
        climb = climb.head
        if climb == verb:
            return False
    return False


def _clause_right(line: Line, verb: Token, frames: Frames) -> tuple[int, int] | None:
    """A finite clause to the right of the verb, without its "that"."""
    if not frames.clause and not frames.person:
        return None
    for child in verb.rights:
        if child.dep_ not in {"ccomp", "advcl"} or child.left_edge.i <= verb.i:
            continue
        mark = next((c for c in child.lefts if c.dep_ == "mark" and c.lower_ in {"that", "whether", "if"}), None)
        if child.dep_ == "advcl" and (mark is None or mark.lower_ != "that"):
            continue
        infinitive = any(c.tag_ == "TO" for c in child.lefts)
        if infinitive and not frames.person:
            continue
        if not infinitive and not frames.clause:
            continue
        if frames.weak and mark is None and not line.quotes.overlapping(*subtree_span(child)) and not _wh(child):
            continue
        if child.pos_ not in {"VERB", "AUX"} and not any(c.dep_ in {"cop", "aux", "nsubj"} for c in child.children) \
                and not line.quotes.overlapping(*subtree_span(child)):
            continue
        start_token = child.left_edge
        start, end = start_token.idx, _extend(line, verb, end_of(child.right_edge))
        if start_token.lower_ == "that" and start_token.dep_ == "mark":
            start = line.doc[start_token.i + 1].idx
        else:
            start = _past_time(line, start_token, child).idx
        sentence = line.sentence_at(verb.i)
        return trim(line, start, min(end, sentence.end))
    return None


def _past_time(line: Line, first: Token, clause: Token) -> Token:
    """First token of a clause after a time that belongs to the verb before it ("said Tuesday night she had")."""
    i = first.i
    while i < clause.i and line.doc[i].ent_type_ in {"DATE", "TIME"} and line.doc[i].dep_ in {"npadvmod", "compound", "nmod"}:
        i += 1
    return line.doc[i] if i > first.i and line.doc[i].text != "," else first


_EXTENDING = frozenset({"for", "of", "if", "as", "to", "despite", "over", "because", "in", "between", "with", "from", "until", "unless",
                        "against", "so", "that", "when", "without", "than", "about", "by", "while", "once", "since"})


def _extend(line: Line, verb: Token, end: int) -> int:
    """End of a complement with the adjuncts that follow without a comma, which the parse hangs on the verb."""
    for child in verb.rights:
        left, right = subtree_span(child)
        if left < end - 1 or child.dep_ not in {"prep", "advcl", "xcomp", "acl", "relcl", "dative", "ccomp", "conj"}:
            continue
        gap = line.text[end:left].strip()
        if gap in {",", "”", ",”"} and child.dep_ == "advcl" and child.left_edge.lower_ in _CONCESSIVE and not _speaks(child):
            end = right
            continue
        if gap or line.quotes.at(left) is None and child.left_edge.lower_ not in _EXTENDING:
            break
        if child.dep_ == "conj" or any(t.ent_type_ in {"DATE", "TIME"} for t in child.subtree) and child.dep_ == "prep":
            break
        end = right
    return end


_CONCESSIVE = frozenset({"while", "although", "though", "if", "unless", "because", "since"})
_SPEECH_TAGS = frozenset({"say", "tell", "add", "warn", "claim", "argue", "insist", "note", "stress", "urge", "call", "state"})


def _speaks(clause: Token) -> bool:
    """Whether a clause has a verb of saying of its own, and so is the reporter's."""
    return any(t.lemma_ in _SPEECH_TAGS for t in clause.subtree if t.pos_ == "VERB")


_TAILS = frozenset({"which", "who", "while", "whose", "whereas", "when", "where"})


def _without_tail(line: Line, start: int, end: int) -> int:
    """End of a noun-like complement without what the reporter adds after a comma ("..., suggesting that")."""
    for token in line.doc.char_span(start, end, alignment_mode="expand") or ():
        if token.text != "," or line.quoted(token) or token.i + 1 >= len(line.doc):
            continue
        after = line.doc[token.i + 1]
        if after.idx < end and not line.quoted(after) and (after.lower_ in _TAILS or after.tag_ == "VBG" and after.lower_ != "including"):
            return int(token.idx)
    return end


def _wh(clause: Token) -> bool:
    return clause.left_edge.tag_ in {"WP", "WRB", "WDT"}


def _quote_right(line: Line, verb: Token, frames: Frames) -> tuple[int, int] | None:
    """A quotation that follows the verb after a colon, a comma, "that" or nothing."""
    if not frames.clause:
        return None
    sentence = line.sentence_at(verb.i)
    for quote in line.quotes.overlapping(end_of(verb), sentence.end):
        if quote.start < end_of(verb):
            continue
        if quote.start >= sentence.end:
            return None
        between = line.text[end_of(verb) : quote.start].strip()
        if not between or between[-1] in ":," or between.split()[-1] == "that":
            return quote.start, min(quote.end, sentence.end)
        return None
    return None


def _loose_clause(line: Line, verb: Token, frames: Frames) -> tuple[int, int] | None:
    """What follows "said (that)" where the parse attaches it elsewhere."""
    if not frames.clause:
        return None
    sentence = line.sentence_at(verb.i)
    follow = verb.i + 1
    if follow >= sentence.end_i:
        return None
    that = next((i for i in range(follow, min(follow + _THAT_REACH, sentence.end_i))
                 if line.doc[i].lower_ == "that" and line.doc[i].tag_ == "IN" and not line.quoted(line.doc[i])
                 and (i - follow < _NEAR_THAT or line.doc[i - 1].text == ",")), None)
    start = that + 1 if that is not None else None
    if start is None:
        if frames.weak or frames.addressee or line.doc[follow].pos_ not in {"PRON", "PROPN", "DET", "NOUN", "ADJ", "NUM"}:
            return None
        if not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in line.doc[follow : sentence.end_i]):
            return None
        start = follow
    if start >= sentence.end_i:
        return None
    return trim(line, line.doc[start].idx, sentence.end)


_THAT_REACH = 25  # tokens
_NEAR_THAT = 8


def _frame_content(line: Line, verb: Token, frames: Frames, speech: Speech) -> tuple[tuple[int, int], str] | None:
    """Content of object, predicate, prepositional and open-complement frames, with the rule's name."""
    sentence = line.sentence_at(verb.i)
    obj = next((c for c in verb.rights if c.dep_ in OBJECTS), None)
    rights = [c for c in verb.rights if c.i < sentence.end_i]
    opens = [c for c in rights if c.dep_ in {"xcomp", "ccomp", "advcl"} and (any(g.tag_ == "TO" or g.lower_ == "having" for g in c.lefts) or c.tag_ == "VBG")
             and not (c.dep_ == "advcl" and c.tag_ == "VBG")]
    preps = [c for c in rights if c.dep_ in {"prep", "dative"}]
    end_cap = sentence.end

    def span(start: int, end: int, rule: str) -> tuple[tuple[int, int], str] | None:
        end = min(_extend(line, verb, end), end_cap)
        trimmed = trim(line, start, _without_tail(line, start, end))
        return (trimmed, rule) if trimmed is not None else None

    if frames.predicate:
        marker = next((p for p in preps if p.lower_ in frames.predicate_prepositions), None)
        if marker is None and obj is not None:
            marker = next((p for p in obj.rights if p.dep_ == "prep" and p.lower_ in frames.predicate_prepositions), None)
        if marker is None and frames.predicate_prepositions and not frames.object:
            marker = _as(line, verb, sentence)
        if marker is not None:
            start = obj.left_edge.idx if obj is not None else _phrase_start(line, verb, marker)
            end = end_of(marker.right_edge)
            quote = next((q for q in line.quotes.overlapping(end_of(marker), sentence.end)), None)
            if quote is not None and quote.start <= end_of(marker) + 1:
                end = max(end, quote.end)
            if marker.i == verb.i + 1:
                start = line.doc[marker.i + 1].idx if marker.i + 1 < len(line.doc) else start
            return span(start, end, "described_as")
        if not frames.predicate_prepositions or frames.lemma in {"call", "dub", "declare", "brand", "label", "term", "deem", "bill"}:
            predicate = next((c for c in rights if c.dep_ in {"oprd", "xcomp", "ccomp"} and not any(g.tag_ == "TO" for g in c.lefts)
                              and (c.pos_ in {"NOUN", "ADJ", "PROPN"} or line.quoted(c))), None)
            if predicate is not None:
                start = min(obj.left_edge.idx if obj is not None else predicate.left_edge.idx, predicate.left_edge.idx)
                return span(start, end_of(predicate.right_edge), "called")
            if obj is not None and frames.lemma in {"call", "dub", "brand", "label", "term", "deem"}:
                quote = next((q for q in line.quotes.overlapping(end_of(verb), sentence.end) if q.start > verb.idx), None)
                if quote is not None and quote.start - end_of(verb) < _NEAR:
                    return span(line.doc[verb.i + 1].idx, max(quote.end, end_of(obj.right_edge)), "called")
    if frames.object_prepositions and obj is not None:
        holder = next((p for p in [*preps, *[c for c in obj.rights if c.dep_ == "prep"]] if p.lower_ in frames.object_prepositions), None)
        if holder is not None:
            return span(obj.left_edge.idx, max(end_of(holder.right_edge), end_of(obj.right_edge)), "object_preposition")
    if frames.object_prepositions and obj is None and verb.dep_ == "relcl":
        holder = next((p for p in preps if p.lower_ in frames.object_prepositions), None)
        if holder is not None:
            return span(holder.idx, end_of(holder.right_edge), "object_preposition")
    if frames.person and opens:
        target = opens[0]
        if target.lemma_.lower() in speech.empty_complements:
            return None
        subject = next((c for c in target.lefts if c.dep_ == "nsubj"), None)
        start = obj.left_edge.idx if obj is not None else (subject or target).left_edge.idx
        if obj is None and subject is None:
            start = target.left_edge.idx
            called = next((p for p in preps if p.lower_ in {"on", "upon", "to"} and p.i < target.i), None)
            if called is not None and called.i + 1 < sentence.end_i:
                start = line.doc[called.i + 1].idx
        return span(start, end_of(target.right_edge), "urged")
    if frames.person and not opens and obj is not None:
        marker = next((t for t in line.doc[obj.i + 1 : min(obj.i + _TO_REACH, sentence.end_i)] if t.tag_ == "TO"), None)
        if marker is not None and not any(t.text == "," for t in line.doc[obj.i : marker.i]):
            comma = next((t.idx for t in line.doc[marker.i : sentence.end_i] if t.text == "," and not line.quoted(t)), sentence.end)
            return span(obj.left_edge.idx, comma, "urged")
    if frames.open and opens:
        target = opens[0]
        if target.lemma_.lower() in speech.empty_complements - {"be"}:
            return None
        return span(target.left_edge.idx, end_of(target.right_edge), "open_complement")
    clause_for = next((c for c in rights if c.dep_ in {"advcl", "xcomp", "ccomp"} and any(
        g.lower_ == "for" and g.dep_ in {"mark", "prep"} for g in c.lefts)), None)
    if clause_for is not None and "for" in frames.prepositions and clause_for.left_edge.lower_ == "for":
        return span(line.doc[clause_for.left_edge.i + 1].idx, end_of(clause_for.right_edge), "preposition")
    phrase = next((p for p in preps if p.lower_ in frames.prepositions), None)
    if phrase is not None and phrase.i + 1 < sentence.end_i and any(c.dep_ in {"pobj", "pcomp"} for c in phrase.children):
        end = end_of(phrase.right_edge)
        if opens and opens[0].i > phrase.i:
            end = max(end, end_of(opens[0].right_edge))
        return span(line.doc[phrase.i + 1].idx, end, "preposition")
    if obj is not None and (not frames.person or _thing(obj, speech)) and _telling(obj, frames, speech):
        start, end = subtree_span(obj)
        if frames.light and not frames.object:
            clause = next((c for c in verb.rights if c.dep_ in {"ccomp", "acl"} and c.i > obj.i), None)
            end = max(end, end_of(clause.right_edge)) if clause is not None else end
        return span(start, end, "object")
    return None


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


def _telling(obj: Token, frames: Frames, speech: Speech) -> bool:
    """Whether a direct object can be what was said."""
    lemma = obj.lemma_.lower()
    if obj.pos_ == "PRON" or lemma in speech.empty_objects:
        return False
    if frames.light and not frames.object:
        return lemma in speech.said_nouns or obj.lower_ in speech.said_nouns
    return frames.object


def _thing(obj: Token, speech: Speech) -> bool:
    """Whether an object is what is urged, and not who is urged."""
    return obj.pos_ == "NOUN" and not obj.ent_type_ and obj.lemma_.lower() not in speech.audiences and obj.tag_ == "NN"


def _phrase_start(line: Line, verb: Token, marker: Token) -> int:
    """Start of what stands between the verb and "as": an object, or the object of "refer to"."""
    start = verb.i + 1
    if line.doc[start].lower_ == "to" and start + 1 < marker.i:
        start += 1
    return int(line.doc[start].idx)


def _gapped(
    line: Line, verb: Token, frames: Frames, subject: Token | None, how: str, segment: tuple[int, int]
) -> Attribution | None:
    """Relative clauses and passives, whose content stands before the verb: "an offer dismissed by X"."""
    noun: Token | None = None
    if verb.dep_ in {"relcl", "acl"}:
        noun = verb.head
    elif how == "agent":
        holder = verb.head if verb.dep_ == "conj" and _is_passive(verb.head) else verb
        noun = next((c for c in holder.lefts if c.dep_ == "nsubjpass"), None)
    if noun is None or not (frames.object or frames.predicate or frames.clause) or noun.pos_ == "PRON":
        return None
    if how == "agent" and not frames.object and not frames.predicate:
        return None
    start = min([noun.idx, *(c.left_edge.idx for c in noun.lefts if c.dep_ in _MODIFIERS)])
    end = min(end_of(noun.right_edge), _gap_end(verb))
    trimmed = trim(line, start, end)
    if trimmed is None:
        return None
    return Attribution(verb, frames.lemma, subject, [trimmed], segment, "relative_clause" if verb.dep_ in {"relcl", "acl"} else "passive", "object")


_MODIFIERS = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet"})


def _gap_end(verb: Token) -> int:
    """Where the clause of ``verb`` begins."""
    return int(verb.left_edge.idx) if verb.dep_ in {"relcl", "acl"} else int(verb.idx)


def quotes_in(line: Line, sentence: Sentence) -> Iterator[Quote]:
    """Quotations that begin inside the sentence."""
    for quote in line.quotes.overlapping(sentence.start, sentence.end):
        if quote.start >= sentence.start:
            yield quote

"""Attributions by verbs: each cue with its speaker's head, its own words and the spans of what was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.extract.statements.clauses import clause_right, loose_clause, quote_right, told_outlet
from pipeline.extract.statements.complements import frame_content
from pipeline.extract.statements.cues import Frames, Speech
from pipeline.extract.statements.gaps import asserted_of, expletive, gapped
from pipeline.extract.statements.inverted import around_insertion, words_before_how
from pipeline.extract.statements.lines import (
    CLOSING,
    FINITE,
    SEPARATORS,
    SUBJECTS,
    Attribution,
    Line,
    after_closing_mark,
    before,
    end_of,
    leads_to_quotation,
    subtree_span,
    trim,
)
from pipeline.extract.statements.resumed import resumed, tail_start
from pipeline.extract.statements.silence import is_silent, under_question, verbal_tokens
from pipeline.extract.statements.subjects import (
    is_misread,
    is_passive,
    neighbour_subject,
    segment_start,
    subject_of,
)

if TYPE_CHECKING:
    from spacy.tokens import Token


_RECIPIENTS = frozenset({"dobj", "obj", "dative", "iobj"})


def find_attributions(line: Line, speech: Speech) -> list[Attribution]:
    """All attributions of a line whose cue is a verb outside quotation marks, in order of the text."""
    found: list[Attribution] = []
    segment_ends: dict[int, int] = {}
    unsaid: set[int] = set()
    for token in verbal_tokens(line):
        if line.quoted(token):
            continue
        lemma = speech.lemma(token)
        frames = speech.frames(lemma)
        if frames is None and (_attributes_quotation(line, token) or _hands_over(line, token, speech)):
            frames = speech.frames(_PLAIN)
        if frames is None or (
            token.tag_ == "VBG"
            and (lemma in speech.aside_verbs or _weighs(token, frames) or _shows(token, lemma, line, speech))
        ):
            continue
        if is_silent(token, lemma, speech, line) or under_question(token, line) or _under(token, unsaid):
            unsaid.add(token.i)
            continue
        attribution = _attribute(line, token, frames, speech, segment_ends)
        if attribution is not None:
            found.append(attribution)
            if attribution.frame == "left":
                segment_ends[line.sentence_no(token.i)] = attribution.segment[1]
    means = {m.i for m in (_means(a.cue, found) for a in found) if m is not None}
    return [a for a in found if a.cue.i not in means]


def _means(cue: Token, found: Sequence[Attribution]) -> Token | None:
    """The verb that a participle of saying tells how it was done: "threatened them by saying that"."""
    by = cue.head
    if cue.dep_ != "pcomp" or by.lower_ != "by" or by.dep_ != "prep":
        return None
    own = next((a for a in found if a.cue == cue), None)
    told = own is not None and own.rule in {"clause", "quotation_right", "loose_clause"}
    return by.head if told and any(a.cue == by.head and a.rule == "object" for a in found) else None


def _weighs(token: Token, frames: Frames) -> bool:
    """Whether a participle tells what the words before it do: "..., she said on Monday, raising the odds"."""
    said = token.head
    return (
        frames.light
        and token.dep_ == "advcl"
        and said.lemma_ == _PLAIN
        and said.i < token.i
        and any(c.dep_ == "ccomp" and c.i < said.i for c in said.lefts)
    )


def _shows(token: Token, lemma: str, line: Line, speech: Speech) -> bool:
    """Whether a participle tells what is done shows: "Underscoring the gaps, he left", "..., underlining"."""
    if lemma not in speech.showing_verbs or token.dep_ != "advcl":
        return False
    frames = speech.frames(speech.lemma(token.head))
    opens = token.i == line.sentence_at(token.i).start_i
    return opens or frames is None or not (frames.clause or frames.object)


_PLAIN = "say"


def _attributes_quotation(line: Line, verb: Token) -> bool:
    """Whether a verb of any kind says: a quotation that ends in a comma stands before ("“No,” he rasped")."""
    if verb.tag_ not in {"VBD", "VBZ"} or verb.lemma_ in {"be", "have", "do"}:
        return False
    subject = next((c for c in verb.lefts if c.dep_ in SUBJECTS), None)
    if subject is None or verb.i - subject.i > _NEAR_SUBJECT:
        return False
    if any(c.dep_ in {"dobj", "obj", "xcomp", "attr", "acomp"} for c in verb.rights):
        return False
    text = line.text[: subject.left_edge.idx].rstrip()
    quote = line.quotes.at(len(text) - 1) if text else None
    return quote is not None and quote.closed and quote.end == len(text) and text[-2:-1] == ","


_NEAR_SUBJECT = 3  # tokens


def _says_something(line: Line, span: tuple[int, int]) -> bool:
    """Whether text before an attribution can be content: a finite verb, a quotation or some length."""
    if line.quotes.overlapping(*span) or span[1] - span[0] > _ADVERBIAL:
        return True
    return any(t.tag_ in FINITE for t in line.doc if span[0] <= t.idx < span[1])


def _after_colon_mark(line: Line, position: int) -> bool:
    """Whether a colon opens the text at ``position``, or the quotation that it stands in."""
    quote = line.quotes.at(position)
    return line.text[: quote.start if quote is not None else position].rstrip().endswith(":")


_MARKS = '“"‘«'


def _states(line: Line, span: tuple[int, int]) -> bool:
    """Whether text before an attribution is a main clause, and no scene ("After the vote ended, ...")."""
    tokens = [t for t in line.doc if span[0] <= t.idx < span[1]]
    if not tokens or tokens[0].pos_ in {"ADP", "SCONJ", "ADV", "VERB"} or tokens[0].tag_ in {"VBG", "VBN"}:
        return False
    if tokens[0].lower_ in _SCENES:
        return False
    return any(t.tag_ in FINITE and not line.quoted(t) for t in tokens)


def _opens_scene(line: Line, left: tuple[int, int], verb: Token) -> bool:
    """Whether words up to a quotation only tell when somebody says what follows the verb.

    "But after the mayor called it “late”, Roe said the port would wait".
    """
    tokens = [t for t in line.doc if left[0] <= t.idx < left[1]]
    if tokens and tokens[0].lower_ in {"but", "and", "yet"}:
        tokens = tokens[1:]
    if not tokens or tokens[0].lower_ not in _TIMES or line.quoted(tokens[0]):
        return False
    return any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.rights)


_TIMES = frozenset({"after", "when", "while", "as", "before", "since", "once"})
_SCENES = frozenset({"asked", "speaking", "pressed", "when", "while", "as", "after", "before", "according"})


def _sets_scene(line: Line, verb: Token, left: tuple[int, int]) -> bool:
    """Whether words with no finite verb precede a verb with its own object ("On the bank, people tell")."""
    if line.quotes.overlapping(*left) or any(
        t.tag_ in FINITE for t in line.doc if left[0] <= t.idx < left[1]
    ):
        return False
    told = any(c.dep_ in {"dobj", "obj"} and c.i > verb.i for c in verb.rights) or _expands(verb)
    opening = next((t for t in line.doc if t.idx >= left[0]), None)
    timed = opening is not None and opening.ent_type_ in {"DATE", "TIME"}
    return told and opening is not None and (timed or opening.pos_ in {"ADP", "SCONJ", "ADV"})


def _expands(verb: Token) -> bool:
    """Whether a verb goes on about a subject that its own phrase names: "elaborated on the plan"."""
    topics = [
        c for p in verb.rights if p.lower_ in {"on", "about", "upon"} for c in p.children if c.dep_ == "pobj"
    ]
    return any(c.ent_type_ not in {"DATE", "TIME"} for c in topics)


_ADVERBIAL = 40  # characters; "By one o'clock, an aide was telling ..." says nothing before the comma


def _split_off(line: Line, span: tuple[int, int], rest: tuple[int, int], speech: Speech) -> bool:
    """Whether text before an inserted attribution begins what is said, not a scene ("When asked, ...")."""
    own = [t for t in line.doc if span[0] <= t.idx < span[1]]
    opening = [t.lower_ for t in own][:2]
    if own and not any(t.tag_ in FINITE for t in own) and not line.quotes.overlapping(*span):
        papers = speech.statement_nouns | _SPOKEN
        if line.text[: rest[0]].rstrip().lower().endswith(" that") or (
            own[0].dep_ == "prep" and any(t.lemma_.lower() in papers for t in own)
        ):
            return False  # "The envoy, Jane Roe, said that ...", "In a post, Roe said, ..."
    quote = line.quotes.at(rest[0])
    if quote is not None and rest[0] - quote.start <= 1 and not line.quotes.overlapping(*span):
        # "At the briefing, she said, “...”": where it was said is no part of it.
        before = [t for t in line.doc if span[0] <= t.idx < span[1]]
        occasions = speech.setting_nouns | speech.occasion_nouns | _REPLIES
        placed = before[0].dep_ == "prep" and before[-1].ent_type_ in {"GPE", "DATE", "TIME"}
        if not any(t.tag_ in FINITE for t in before) and (placed or before[-1].lemma_.lower() in occasions):
            return False
    return not {"asked", "according", "speaking"} & set(opening)


_SPOKEN = frozenset({"interview", "speech", "tweet", "comment", "remark", "address"})
_REPLIES = frozenset({"response", "reply", "reaction", "answer", "turn"})  # "In response, she said, “...”"


def _under(token: Token, unsaid: set[int]) -> bool:
    """Whether a cue stands in the clause of one that says nothing ("would not say who had objected")."""
    current = token
    while current.dep_ in {"ccomp", "xcomp", "pcomp", "conj"} and current.head != current:
        if current.dep_ != "conj" and current.head.i in unsaid:
            return True
        current = current.head
    return False


def _attribute(
    line: Line, verb: Token, frames: Frames, speech: Speech, segment_ends: dict[int, int]
) -> Attribution | None:
    inserted = around_insertion(line, verb) if frames.clause else None
    if inserted is not None:
        segment = (verb.idx, end_of(inserted[0].right_edge))
        return Attribution(verb, frames.lemma, *inserted, segment, "inserted", "left")
    subject, how = subject_of(verb, line, speech)
    passive = is_passive(verb)
    if (subject is None and how == "none") or (
        subject is not None and how == "subject" and is_misread(verb, subject, line)
    ):
        subject, how = neighbour_subject(verb, line)
    if subject is not None and how == "inherited" and line.quoted(subject) and not line.quoted(verb):
        subject, how = neighbour_subject(verb, line)
    if subject is None and how in {"passive", "none"}:
        return None
    if subject is not None and line.quoted(subject) and how != "relative object":
        return None
    segment = _segment(line, verb, subject, how)
    addressee = _addressee(line, verb, frames, speech)

    def make(pieces: list[tuple[int, int]], rule: str, frame: str) -> Attribution:
        return Attribution(verb, frames.lemma, subject, pieces, segment, rule, frame, addressee)

    if passive and how == "agent" and (frames.addressee or expletive(verb)):
        told = clause_right(line, verb, frames, speech)
        if told is not None:
            return make([told], "clause", "clause")
    if how == "relative object" or (passive and how == "agent"):
        return gapped(line, verb, frames, subject, how, segment, speech)

    before_how = words_before_how(line, verb) if how in {"subject", "surface"} else None
    if before_how is not None:
        return make([before_how], "is_how", "left")
    asserted = asserted_of(line, verb) if frames.clause else None
    if asserted is not None:
        return make([asserted], "asserted_of", "object")
    # Only a verb with its own subject stands in parenthesis; "..., adding" looks to the right.
    left = (
        _left_content(line, verb, segment, frames, segment_ends, speech)
        if how in {"subject", "surface"}
        else None
    )
    # A quotation between the subject and its verb is the subject's own ("those who spoke of “X” now say").
    split = subject is not None and subject.i < verb.i and subject.idx < segment[0]
    scene = left is not None and _opens_scene(line, left, verb)
    if left is not None and not split and not scene and after_closing_mark(line, segment[0]):
        pieces = [left, *resumed(line, verb, segment, speech)]
        return make(pieces, "closing_quotation", "left")
    right = clause_right(line, verb, frames, speech)
    if right is not None and left is not None and subject is not None and right[0] <= subject.idx < right[1]:
        # "..., said a spokesman as regards the visit": nobody's words hold his own name.
        return make([left], "parenthetical", "left")
    if right is None and left is not None and _inserted(line, verb, segment):
        right = quote_right(line, verb, frames)
    if right is not None:
        if left is not None and _after_colon_mark(line, right[0]) and _states(line, left):
            return make([left, right], "parenthetical", "left")
        if left is not None and _inserted(line, verb, segment) and _split_off(line, left, right, speech):
            return make([left, right], "inserted", "left")
        return make([right], "clause", "clause")
    main = _as_clause(line, verb, frames)
    if main is not None:
        return make([main], "as_clause", "left")
    parts = frame_content(line, verb, frames, speech)
    # A verb that has its own object or complement speaks through that, even where a comma stands before it.
    if parts is not None:
        if parts[1] == "called" and subject is not None and _only_names(line, verb, subject, parts[0]):
            return None
        return make([parts[0]], parts[1], parts[1])
    if _asks_for_nothing(verb, speech):
        return None
    if _leads_in(line, verb, frames, speech):
        found = make([], "lead_in", "lead_in")
        found.opens_next = True
        return found
    announced = quote_right(line, verb, frames)
    if announced is not None and line.text[: announced[0]].rstrip().endswith(":"):
        if left is not None and _states(line, left):
            return make([left, announced], "parenthetical", "left")
        return make([announced], "quotation_right", "quote")
    if left is not None and frames.parenthetical and _is_parenthetical(line, verb, segment):
        pieces = [left, *resumed(line, verb, segment, speech)]
        sourced = line.text[left[0] : left[1]].lower().startswith("according to ")
        if (
            not sourced
            and not _sets_scene(line, verb, left)
            and not (frames.weak and any(c.dep_ == "dobj" and not line.quoted(c) for c in verb.rights))
            and (not frames.weak or len(pieces) > 1 or _states(line, left) or line.text[left[0]] in _MARKS)
            and (len(pieces) > 1 or _says_something(line, left))
        ):
            return make(pieces, "parenthetical", "left")
    if announced is not None:
        return make([announced], "quotation_right", "quote")
    if (
        verb.dep_ == "relcl"
        and how == "subject"
        and subject is not None
        and subject.dep_ in SUBJECTS
        and frames.object
    ):
        return gapped(line, verb, frames, subject, how, segment, speech)
    loose = loose_clause(line, verb, frames, speech)
    if loose is not None:
        return make([loose], "loose_clause", "clause")
    return None


def _only_names(line: Line, verb: Token, subject: Token, content: tuple[int, int]) -> bool:
    """Whether people at large only tell what a thing is known as ("Old men call the ridge “the Camel”")."""
    if verb.tag_ != "VBP" or subject.tag_ != "NNS":
        return False
    quote = next(iter(line.quotes.overlapping(*content)), None)
    if quote is None:
        return False
    words = [t for t in line.doc[verb.i :] if quote.start < t.idx < quote.end and t.pos_ in _CONTENT_WORDS]
    return bool(words) and all(t.text[0].isupper() for t in words)


_CONTENT_WORDS = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "ADV"})


def _asks_for_nothing(verb: Token, speech: Speech) -> bool:
    """Whether a complement carries nothing that was said ("who asked not to be named")."""
    return any(c.dep_ == "xcomp" and c.lemma_.lower() in speech.empty_complements for c in verb.rights)


def _as_clause(line: Line, verb: Token, frames: Frames) -> tuple[int, int] | None:
    """The main clause beside "as X first reported,"."""
    if not frames.clause:
        return None
    mark = next((c for c in verb.lefts if c.lower_ == "as" and c.tag_ in {"IN", "RB"}), None)
    if mark is None:
        return None
    sentence = line.sentence_at(verb.i)
    comma = next(
        (t for t in line.doc[verb.i + 1 : min(verb.i + _AS_CLAUSE, sentence.end_i)] if t.text == ","), None
    )
    follows = end_of(comma) if comma is not None else 0
    quote = line.quotes.at(follows + 1) if comma is not None and follows + 1 < sentence.end else None
    before = trim(line, sentence.start, mark.idx)
    own = line.quotes.at(before[1] - 1) if before is not None and verb.lemma_ in _WORDING else None
    if own is not None and own.start > sentence.start and own.end == (before or (0, 0))[1]:
        return own.start, own.end  # "Oslo refused until “it is signed”, as X put it": the quotation alone
    if quote is not None and quote.start == follows + 1 and verb.lemma_ in _WORDING:
        return quote.start, min(quote.end, sentence.end)  # "It was, as X put it, “...”"
    copula = line.doc.char_span(*before, alignment_mode="expand") if before is not None else None
    if before is not None and copula is not None and copula[-1].lemma_ == "be" and comma is not None:
        return trim(line, before[0], sentence.end)  # "The plan is, as X put it, a trap"
    if before is None or before[1] - before[0] < 4:
        return trim(line, end_of(comma), sentence.end) if comma is not None else None
    if comma is not None or sentence.end_i - verb.i <= _AS_CLAUSE:
        gap = line.text[before[1] : mark.idx].strip(" ")
        set_off = gap in {",", "—", "–"} or (not gap and after_closing_mark(line, mark.idx))
        return before if set_off else None
    return None


_AS_CLAUSE = 12  # tokens
_WORDING = frozenset({"put", "say", "describe", "call", "phrase", "term", "have", "tell"})


def _leads_in(line: Line, verb: Token, frames: Frames, speech: Speech) -> bool:
    """Whether the line ends in a colon that hands its words to the next, or in a comma behind the verb."""
    if frames.clause and line.text[end_of(verb) :].strip() == ",":
        return True
    return (frames.clause or _hands_over(line, verb, speech)) and _ends_in_colon(line, verb)


def _hands_over(line: Line, verb: Token, speech: Speech) -> bool:
    """Whether what somebody issues is a document that a colon at the line's end opens.

    "The port offered this statement:", "The ministry released the following letter:".
    """
    objects = [c for c in verb.rights if c.dep_ in _RECIPIENTS]
    issued = any(c.lemma_.lower() in speech.statement_nouns for c in objects)
    return issued and verb.tag_ in FINITE and _ends_in_colon(line, verb)


def _ends_in_colon(line: Line, verb: Token) -> bool:
    return line.text.rstrip().endswith(":") and line.sentence_at(verb.i).end_i == len(line.doc)


def _segment(line: Line, verb: Token, subject: Token | None, how: str) -> tuple[int, int]:
    """Characters of subject and verb, where they stand together."""
    start, end = verb.idx, end_of(verb)
    for child in verb.lefts:
        if (
            child.dep_ in {"aux", "auxpass", "neg", "advmod"}
            and not line.quoted(child)
            and child.i >= verb.i - 4
        ):
            start = min(start, child.idx)
    if subject is not None and how in {"subject", "surface"}:
        left, right = subtree_span(subject)
        for other in verb.lefts:
            # "Norway's envoy Jane Roe said": the parse may make two subjects of office and name.
            apart = any(t.text == "," for t in line.doc[other.left_edge.i : other.i])
            if other.dep_ in SUBJECTS and other.i + 1 == subject.left_edge.i and not apart:
                left = min(left, other.left_edge.idx)
        if how == "surface" and subject.i < verb.i:
            left = max(
                left,
                line.doc[
                    segment_start(
                        line, verb.i - 1 if subject.i == verb.i - 1 else subject.i, line.sentence_at(verb.i)
                    )
                ].idx,
            )
        if subject.i < verb.i:
            left = _with_office(line, left)
            quote_end = max((q.end for q in line.quotes.overlapping(left, verb.idx)), default=left)
            comma = line.text.find(", ", left, subject.idx)
            start = min(start, max(left, quote_end) if comma < 0 or not quote_end > left else quote_end)
        else:
            end = max(end, right)
            for quote in line.quotes.overlapping(end_of(verb), end):
                end = min(end, quote.start)
    while start < verb.idx and line.text[start] in ' ,”"’»':
        start += 1
    return start, end


def _with_office(line: Line, left: int) -> int:
    """Start of a subject with the office that the parse parts from the name behind a quotation.

    "“...,” Ministry of Fisheries Spokesperson Jane Roe said".
    """
    first = next((t.i for t in line.doc if t.idx == left), 0)
    i = first
    while i > 0 and line.doc[i - 1].pos_ in _OFFICE_WORDS and not line.quoted(line.doc[i - 1]):
        i -= 1
    if i < first and after_closing_mark(line, line.doc[i].idx):
        return int(line.doc[i].idx)
    return _with_field(line, left, first)


def _with_field(line: Line, left: int, first: int) -> int:
    """The same behind a comma: "..., Minister of Ports and Fisheries | Jane Roe said"."""
    i = first
    while i > 0 and (line.doc[i - 1].text[0].isupper() or line.doc[i - 1].lower_ in _FIELD_WORDS):
        if line.doc[i - 1].pos_ not in _OFFICE_WORDS or line.quoted(line.doc[i - 1]):
            break
        i -= 1
    set_off = 0 < i < first and line.doc[i - 1].text == "," and line.doc[i].text[0].isupper()
    field = set_off and any(t.lower_ in {"of", "for"} for t in line.doc[i:first])
    return int(line.doc[i].idx) if field else left


_FIELD_WORDS = frozenset({"of", "for", "and", "the"})


_OFFICE_WORDS = frozenset({"NOUN", "PROPN", "ADP", "DET", "ADJ", "CCONJ", "PART"})


def _addressee(line: Line, verb: Token, frames: Frames, speech: Speech) -> Token | None:
    """Head of the phrase that names whom the words were said to."""
    if frames.addressee:
        for child in verb.rights:
            if child.dep_ in _RECIPIENTS and child.lower_ in {"this", "that", "it"}:
                continue  # "told this to the Gazette"
            if child.dep_ in _RECIPIENTS and _can_hear(child, line, speech):
                return child
        if (outlet := told_outlet(verb, frames)) is not None:
            return outlet
    for child in verb.rights:
        if child.dep_ == "dative":
            return (
                child if child.lower_ != "to" else next((c for c in child.children if c.dep_ == "pobj"), None)
            )
        if child.dep_ == "prep" and child.lower_ == "to" and "to" not in frames.prepositions:
            pobj = next((c for c in child.children if c.dep_ == "pobj"), None)
            if pobj is not None and (
                pobj.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"} or pobj.lemma_.lower() in speech.audiences
            ):
                return pobj
    return None


def _can_hear(token: Token, line: Line, speech: Speech) -> bool:
    """Whether an object is somebody who is told, and not what is promised."""
    if line.quoted(token):
        return False
    if token.tag_ == "NNS" and not token.ent_type_ and token.lemma_.lower() in speech.inanimate:
        return False  # "urged concerted efforts to settle it"
    singular = token.tag_ == "NN" and not token.ent_type_ and token.lemma_.lower() not in speech.audiences
    return not singular or token.lemma_.lower() in speech.listeners


def _left_content(
    line: Line,
    verb: Token,
    segment: tuple[int, int],
    frames: Frames,
    segment_ends: dict[int, int],
    speech: Speech,
) -> tuple[int, int] | None:
    sentence = line.sentence_at(verb.i)
    if not frames.parenthetical and not frames.clause:
        return None
    start = max(sentence.start, line.dateline, segment_ends.get(line.sentence_no(verb.i), sentence.start))
    end = segment[0]
    if (
        end <= start
        or before(line, end) not in SEPARATORS | CLOSING
        or _participle_tells(line, start, speech)
    ):
        return None
    if after_closing_mark(line, end):
        if _JOINING.match(line.text, end):
            return None  # "X said the truce was “useful,” and he accused Y of ...": what X said
        start = _after_colon(line, start, end)
    elif any(c.dep_ in SUBJECTS and c.pos_ == "PRON" for c in verb.children):
        start = _after_lead(line, start, end)
    return trim(line, _after_dash(line, verb, start, end), end)


_JOINING = re.compile(r"(?:and|but|while|although|though) ")


def _participle_tells(line: Line, start: int, speech: Speech) -> bool:
    """Whether a participle of saying opens what stands left: "Calling it “useful,” X said that ..."."""
    first = next((t for t in line.doc if t.idx >= start), None)
    if first is None or first.tag_ != "VBG" or first.dep_ in {"csubj", "nsubj"} or line.quoted(first):
        return False
    return speech.frames(speech.lemma(first)) is not None


def _after_colon(line: Line, start: int, end: int) -> int:
    """Where a quotation begins that a clause of the reporter's own leads up to ("He objects: “No,”")."""
    for quote in line.quotes.overlapping(start, end):
        if quote.start > start and line.text[start : quote.start].rstrip().endswith(":"):
            return quote.start
    return start


def _after_dash(line: Line, verb: Token, start: int, end: int) -> int:
    """Where the quotation begins that a clause on somebody leads up to ("X left – “enough,” he said")."""
    pronoun = any(c.dep_ in SUBJECTS and c.lower_ in {"he", "she"} for c in verb.children)
    for token in line.doc if pronoun else ():
        if not start < token.idx < end or not leads_to_quotation(line, token):
            continue
        lead = [t for t in line.doc if start <= t.idx < token.idx]
        quote = line.quotes.at(line.doc[token.i + 1].idx)
        named = any(t.dep_ == "nsubj" and t.ent_type_ == "PERSON" for t in lead)
        if named and any(t.tag_ in FINITE for t in lead) and quote is not None:
            return quote.start
    return start


def _after_lead(line: Line, start: int, end: int) -> int:
    """Where what "he" says begins after a clause and colon leading to it ("X was firm: no, he said")."""
    colon = next((t for t in line.doc if t.text == ":" and start < t.idx < end and not line.quoted(t)), None)
    led = colon is not None and any(t.tag_ in FINITE for t in line.doc if start <= t.idx < colon.idx)
    return end_of(colon) if colon is not None and led else start


def _is_parenthetical(line: Line, verb: Token, segment: tuple[int, int]) -> bool:
    """Whether subject and verb stand apart, with no clause of the verb on the right."""
    tail = tail_start(line, verb, segment)
    sentence = line.sentence_at(verb.i)
    if tail >= sentence.end or line.text[tail : tail + 1] in ",.;—–:?!)":
        return True
    clause = next((c for c in verb.rights if c.dep_ in {"ccomp", "xcomp"} and not line.quoted(c)), None)
    return clause is None


def _inserted(line: Line, verb: Token, segment: tuple[int, int]) -> bool:
    """Whether commas set subject and verb off on both sides ("If they agree, Smith said, both sign")."""
    tail = tail_start(line, verb, segment)
    return line.text[tail : tail + 1] == "," and before(line, segment[0]) == ","

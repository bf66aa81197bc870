"""Who speaks: from a verb of saying to the head of the phrase that names its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.statements.closing import closing_subject, own_clause_subject
from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import CLOSING, FINITE, SUBJECTS, Line, before
from pipeline.extract.statements.quotes import Sentence
from pipeline.extract.statements.silence import has_subject
from pipeline.resolve.datelines import opens_with_place

if TYPE_CHECKING:
    from spacy.tokens import Token


_RELATIVE = frozenset({"who", "which", "that", "whom"})


_MAX_CLIMB = 6


def subject_of(verb: Token, line: Line, speech: Speech) -> tuple[Token | None, str]:
    """Head of the phrase that names who does ``verb``, and how it was found; passives yield their agent."""
    closing = closing_subject(verb, line, speech)
    if closing is not None:
        return closing, "surface"
    found, how = _subject_of(verb, line, speech)
    issuer = _issuer(verb, found, speech) if found is not None and how == "subject" else None
    issuer = issuer or (_cited_issuer(verb, line, speech) if how == "inherited" else None)
    if issuer is not None:
        return issuer, "inherited"
    return (behind_place(found, verb, line) if found is not None else None), how


def _issuer(verb: Token, subject: Token, speech: Speech) -> Token | None:
    """Who issued a statement "after the walkout saying that", where the parse lets the walkout say it."""
    if verb.tag_ != "VBG" or subject.i != verb.i - 1 or verb.dep_ not in {"pcomp", "acl", "advcl"}:
        return None
    for above in verb.ancestors:
        issued = any(c.dep_ == "dobj" and c.lemma_ in speech.statement_nouns for c in above.rights)
        if issued and above.tag_ in FINITE | {"VBN"}:
            return next((c for c in above.lefts if c.dep_ == "nsubj"), None)
    return None


def _cited_issuer(verb: Token, line: Line, speech: Speech) -> Token | None:
    """Who issued the document that another points to: "He cited a letter signed by Roe, calling for"."""
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or verb.head.i > verb.i:
        return None
    for noun in verb.head.subtree:
        cited = noun.i < verb.i and noun.dep_ in {"pobj", "dobj"} and noun.lemma_ in speech.statement_nouns
        if not cited or line.quoted(noun):
            continue
        for made in (c for c in noun.rights if c.dep_ == "acl" and c.tag_ == "VBN" and c.i < verb.i):
            if made.lemma_ in speech.relaying:
                continue  # "made the remark in a statement carried by KCNA, saying"
            agent = next((c for c in made.rights if c.dep_ == "agent"), None)
            if agent is not None:
                return next((c for c in agent.rights if c.dep_ == "pobj"), None)
    return None


def behind_place(subject: Token, verb: Token, line: Line) -> Token:
    """The subject behind the place from which a report is told, where the parse takes the place for it.

    "Dakar, Senegal (PA) – Three ministers said", "Lima,  UN envoy X said".
    """
    if subject.i > verb.i:
        return subject
    behind = [
        token
        for token in subject.subtree
        if token.dep_ in {"appos", "conj", "nmod", "dep"} and token.pos_ in {"NOUN", "PROPN", "PRON"}
    ]
    if subject.idx < line.dateline:
        later = [t for t in behind if t.idx >= line.dateline > t.head.idx]
        return later[-1] if later else neighbour_subject(verb, line)[0] or subject
    if subject.left_edge.i == 0 and opens_with_place(line.doc, subject.i + 1):
        return next((t for t in behind if t.dep_ == "appos"), subject)
    if subject.i == 0 and subject.ent_type_ == "GPE" and subject.nbor().text == ",":
        named = (t for t in behind if t.dep_ == "appos" and any(n.ent_type_ == "PERSON" for n in t.subtree))
        return next(named, subject)
    return subject


def _subject_of(verb: Token, line: Line, speech: Speech) -> tuple[Token | None, str]:
    current = verb
    how = "subject"
    led = _led_to(verb)
    if led is not None:
        return led, how
    if verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.head.lemma_ in {"receive", "get", "obtain"}:
        got = [c for c in verb.head.rights if c.dep_ == "dobj" and c.lemma_.lower() in speech.documents]
        if got:
            return None, "passive"  # "got a letter from the port, telling of": the letter does
    for _ in range(_MAX_CLIMB):
        if is_passive(current):
            agent = _agent(current)
            if agent is not None:
                return agent, "agent"
            if current == verb:
                return None, "passive"
            return next((c for c in current.lefts if c.dep_ == "nsubjpass"), None), "inherited"
        child = _own_subject(current, line)
        if child is None and current == verb and _stands_alone(verb):
            led, found = neighbour_subject(verb, line)
            if led is not None:
                return led, found
        if child is not None:
            if child.lower_ in _RELATIVE and current.dep_ == "relcl":
                return current.head, "relative"
            return child, how
        if current.dep_ == "relcl" and current.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            return None, "relative object"
        outer = _governing_speech(verb, current, speech)
        if outer is not None:
            current, how = outer, "inherited"
            continue
        beside = (_contrasted(current) or _listed(current, line, speech)) if current == verb else None
        if beside is not None:
            current, how = beside, "inherited"
            continue
        if current.dep_ in {"conj", "xcomp", "advcl", "ccomp"} and current.head.pos_ in {"VERB", "AUX"}:
            if current.dep_ == "ccomp" and current.tag_ != "VBG":
                break
            current, how = _nearest_clause(current, current.head), "inherited"
            continue
        if (
            current.dep_ == "xcomp"
            and current.head.dep_ == "acomp"
            and current.head.lemma_ in speech.transparent_heads
        ):
            current, how = current.head.head, "inherited"  # "was quick to dismiss"
            continue
        if current.dep_ == "pcomp" and current.head.head.pos_ in {"VERB", "AUX"}:
            current, how = current.head.head, "inherited"
            continue
        if current.dep_ == "acl" and current.tag_ == "VBG":
            return current.head, "participle"
        if how == "inherited" and current.dep_ == "ROOT" and current.tag_ in FINITE:
            # "..., Meloni, made the case, arguing that": the parse lost the name before the first verb.
            return neighbour_subject(current, line)[0], how
        break
    return None, "none"


def _led_to(verb: Token) -> Token | None:
    """Who is told to do something as an outcome: "a row that led to President Roe announcing that"."""
    name = verb.nbor(-1) if verb.i else verb
    if verb.tag_ != "VBG" or name.ent_type_ != "PERSON" or name.dep_ not in {"pobj", "nsubj", "poss"}:
        return None
    outcome = name.head if name.dep_ == "pobj" else verb.head
    return name if outcome.dep_ == "prep" and outcome.head.lemma_ in _OUTCOMES else None


_OUTCOMES = frozenset({"lead", "result", "culminate", "end", "contribute"})


def _stands_alone(verb: Token) -> bool:
    """Whether a verb is coordinate by the parse alone, with no "and": "whose head, Roe, has pressed for"."""
    first = next((c for c in verb.lefts if c.lemma_ == "have" and c.dep_ == "aux"), None)
    if verb.dep_ != "conj" or first is None or first.i < 2:
        return False
    named = first.nbor(-1).text == "," and first.nbor(-2).pos_ == "PROPN"
    return named and all(c.dep_ != "cc" or c.i > verb.i for c in verb.head.children)


def _governing_speech(verb: Token, current: Token, speech: Speech) -> Token | None:
    """The verb of saying that a continuing cue goes back to, where the parse hangs it on what was said.

    "He said the bloc takes note, adding that ...", "He said it would wait, and insisted that ...",
    "He said it was ready and warned that ...".
    """
    if verb != current:
        return None
    inner = current.head
    asking = inner.head.head if inner.dep_ == "pcomp" else inner.head
    if current.tag_ == "VBG" and current.dep_ == "conj" and asking.lemma_ == "ask" and asking.tag_ == "VBG":
        return asking  # "asking why the port was closed and suggesting that it reopen"
    while current.dep_ == "advcl" and inner.dep_ == "conj" and inner.head.i < inner.i:
        inner = inner.head  # "He said it has read and is studying it, adding that ..."
    told = inner.head.head if inner.dep_ in {"acl", "relcl"} and inner.head.dep_ == "dobj" else inner.head
    if inner.dep_ in {"ccomp", "acl", "relcl"} and current.tag_ == "VBG" and current.dep_ == "advcl":
        # "He dismissed the charge that they had lied, insisting that ..."
        frames = speech.frames(speech.lemma(told))
        objects = frames is not None and frames.object and told.tag_ in FINITE and told.i < inner.i
        if objects and current.lemma_ in speech.continuing_verbs and current.nbor(-1).text == ",":
            return told
    if (
        inner.dep_ != "ccomp"
        or not _frames_clause(inner.head, speech)
        or inner.head.i > inner.i
        or inner.head.tag_ not in FINITE | {"VBN"}
    ):
        return None
    if (
        current.dep_ == "advcl"
        and current.tag_ == "VBG"
        and current.lemma_ in speech.continuing_verbs
        and current.i > 0
        and any(
            t.text == "," or t.text in CLOSING
            for t in current.doc[max(0, current.left_edge.i - 2) : current.i]
        )
    ):
        return inner.head
    if (
        current.dep_ == "conj"
        and current.tag_ == "VBD"
        and current.lemma_ == "add"
        and not has_subject(current)
    ):
        return inner.head  # "speculated the port sent it and added that"
    # Of what would come, and of a state, nobody says "and warned": that the speaker did.
    no_act = inner.lemma_ in _STATES or any(c.tag_ == "MD" for c in inner.lefts)
    if current.dep_ == "advcl" and current.tag_ == "VBG" and current.lemma_ == "say" and no_act:
        return inner.head if current.nbor(-1).text == "," else None
    if current.dep_ == "conj" and current.tag_ == "VBD" and no_act and not has_subject(current):
        return inner.head
    return None


_STATES = frozenset({"be", "remain", "stay"})


def _frames_clause(verb: Token, speech: Speech) -> bool:
    """Whether a verb plainly says what its clause tells."""
    frames = speech.frames(speech.lemma(verb))
    return frames is not None and frames.clause and not frames.weak


def _contrasted(verb: Token) -> Token | None:
    """The clause of contrast that a verb behind "and" goes on with, though parsed with the main one.

    "The union agreed, while the port called it a farce and denied the figures."
    """
    if verb.dep_ != "conj" or has_subject(verb) or verb.i == 0 or verb.nbor(-1).lower_ != "and":
        return None
    clauses = [
        c
        for c in verb.head.rights
        if c.dep_ == "advcl"
        and c.i < verb.i
        and c.left_edge.lower_ in {"while", "whereas"}
        and has_subject(c)
    ]
    last = clauses[-1] if clauses else None
    return last if last is not None and last.tag_ == verb.tag_ else None


def _listed(verb: Token, line: Line, speech: Speech) -> Token | None:
    """The verb of saying before a comma that this one goes on with, in headlines, which leave out "and".

    "Roe claims to press Lind, says the port must wait": the parse takes the first for what is said.
    """
    if verb.dep_ != "ROOT" or verb.tag_ != "VBZ" or verb.i == 0 or verb.nbor(-1).text != ",":
        return None
    if not any(c.dep_ == "ccomp" for c in verb.rights):
        return None
    firsts = (c for c in verb.lefts if c.dep_ == "ccomp" and c.tag_ == "VBZ" and has_subject(c))
    return next((c for c in firsts if not line.quoted(c) and speech.frames(speech.lemma(c))), None)


def _nearest_clause(participle: Token, head: Token) -> Token:
    """The clause that a participle belongs to: the last one before it that is coordinate with its head."""
    if participle.tag_ != "VBG":
        return head
    nearer = [c for c in head.conjuncts if head.i < c.i < participle.i and has_subject(c)]
    # "Roe called it odd, with Vial rejecting the plan, saying": Vial says so.
    beside = [c for p in head.rights if p.lower_ == "with" for c in p.children if c.dep_ == "pcomp"]
    nearer += [c for c in beside if head.i < c.i < participle.i and c.tag_ == "VBG" and has_subject(c)]
    return nearer[-1] if nearer else head


def _own_subject(verb: Token, line: Line) -> Token | None:
    """The verb's subject: the nearest on its left, else one on its right."""
    lefts = [c for c in verb.lefts if c.dep_ in SUBJECTS]
    rights = [c for c in verb.rights if c.dep_ in SUBJECTS]
    outside = [c for c in lefts if not line.quoted(c)]
    rights = [c for c in rights if not _heads_clause(c)]
    if len(outside) > 1 and any(c.lower_ == "and" and c.dep_ == "cc" for c in outside[0].rights):
        return outside[0]  # "The army, and rebels in the north, have agreed": the parse makes two of it
    chosen = outside[-1:] or rights[:1] or lefts[-1:]
    return own_clause_subject(chosen[0]) if chosen else None


def _heads_clause(subject: Token) -> bool:
    """Whether a right subject is that of a clause after the verb ("..., said the two sides disagreed")."""
    follow = subject.right_edge.i + 1
    return follow < len(subject.doc) and subject.doc[follow].tag_ in FINITE


def is_passive(verb: Token) -> bool:
    """Whether a participle is passive: with an auxiliary, coordinate with one, or reduced."""
    if verb.tag_ != "VBN":
        return False
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    if (
        verb.dep_ == "conj"
        and not any(c.dep_ == "aux" for c in verb.children)
        and verb.head != verb
        and is_passive(verb.head)
    ):
        return True
    if verb.lemma_ in _NEVER_PASSIVE and any(t.lower_ == "that" for t in verb.doc[verb.i : verb.i + _THAT]):
        return False  # "X, an aide picked by Y, added in a statement that": no participle, though tagged so
    return not any(
        c.dep_ == "aux" and c.lemma_ in {"have", "'ve", "’ve"} for c in verb.children
    ) and verb.dep_ in {
        "acl",
        "advcl",
        "relcl",
        "amod",
    }


_NEVER_PASSIVE = frozenset({"add", "insist", "argue", "reply", "warn", "complain"})
_THAT = 6  # tokens between such a verb and its "that"


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    # "Was described as “a farce” by X": the parse hangs the agent on the quotation.
    for predicate in (c for c in verb.rights if c.lower_ == "as"):
        for by in predicate.subtree:
            if by.lower_ == "by" and by.dep_ in {"prep", "agent"} and by.nbor(-1).text in CLOSING:
                return next((c for c in by.children if c.dep_ == "pobj"), None)
    return None


def neighbour_subject(verb: Token, line: Line) -> tuple[Token | None, str]:
    """Subject by position where the parse gives none or a wrong one: ", NP (has) said" and "..., said NP"."""
    sentence = line.sentence_at(verb.i)
    i = verb.i - 1
    while i >= sentence.start_i and line.doc[i].pos_ in {"AUX", "ADV"}:
        i -= 1
    i = _before_turn(line, i, sentence)
    if i > sentence.start_i and line.doc[i].text == "," and line.doc[i - 1].pos_ == "PROPN":
        i -= 1  # the comma that closes an apposition
    if (
        i >= sentence.start_i
        and line.doc[i].pos_ in {"NOUN", "PROPN", "PRON"}
        and not line.quoted(line.doc[i])
    ):
        low = segment_start(line, i, sentence)
        bracket = next((k for k in range(i - 1, low, -1) if line.doc[k].text == ")"), None)
        if bracket is not None:
            low = bracket + 1  # "In an interview with the Lake Agency (LA) Roe said"
        person = _apposed_person(line, low, sentence)
        if person is not None:
            return person, "surface"
        if low > sentence.start_i or verb.dep_ == "ROOT":
            return _top(line.doc[i], low, i + 1), "surface"
    led = _before_insertion(verb, line, sentence) or _left_subject(verb, line, sentence)
    if led is not None:
        return led, "surface"
    i = verb.i + 1
    while (
        i + 1 < sentence.end_i
        and line.doc[i].lower_ in _PARTICLES
        and line.doc[i].pos_ in {"ADV", "ADP", "PART"}
    ):
        i += 1  # "..., shot back X"
    if i < sentence.end_i and before(line, verb.idx) in CLOSING | {","}:
        token = line.doc[i]
        if token.pos_ in {"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"} and not line.quoted(token):
            top = _top(token, i, sentence.end_i)
            if before(line, verb.idx) in CLOSING or not _heads_clause(top):
                return top, "surface"
    return None, "none"


def _before_turn(line: Line, i: int, sentence: Sentence) -> int:
    """The token before "for his part" or "in turn" that ends at token ``i``, or ``i``."""
    words = [t.lower_ for t in line.doc[max(sentence.start_i, i - 2) : i + 1]]
    if words[-1:] == ["part"] and words[:1] == ["for"]:
        return i - 3
    return i - 2 if words[-2:] == ["in", "turn"] else i


_PARTICLES = frozenset({"back", "out", "in", "up", "on", "off", "down"})


def _apposed_person(line: Line, low: int, sentence: Sentence) -> Token | None:
    """The name that the phrase from token ``low`` describes: "Jane Roe, under-secretary for trade, said"."""
    i = low - 2
    if i < sentence.start_i or line.doc[low - 1].text != "," or line.doc[low].pos_ in {"PRON", "CCONJ"}:
        return None
    name = line.doc[i]
    if name.ent_type_ != "PERSON" or name.pos_ != "PROPN" or line.quoted(name):
        return None
    start = segment_start(line, i, sentence)
    opens = start == sentence.start_i or line.doc[start - 1].text == ","
    return name if opens and i - start <= _NAME_TOKENS else None


_NAME_TOKENS = 6


def _left_subject(verb: Token, line: Line, sentence: Sentence) -> Token | None:
    """The phrase that opens the sentence, where its participle is misread as the verb.

    "Two officials briefed on the talks, who asked for anonymity, said the gaps were narrow."
    """
    if verb.dep_ != "ROOT" or line.doc[verb.i - 1].text != ",":
        return None
    if not any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.rights):
        return None
    for clause in verb.lefts:
        if clause.dep_ in {"ccomp", "advcl"} and clause.tag_ in {"VBD", "VBN"}:
            subject = next((c for c in clause.lefts if c.dep_ == "nsubj"), None)
            if subject is not None and subject.left_edge.i == sentence.start_i and clause.i == subject.i + 1:
                return subject
    return None


def _before_insertion(verb: Token, line: Line, sentence: Sentence) -> Token | None:
    """The phrase that opens the sentence where commas part it from its verb."""
    if verb.i <= sentence.start_i or line.doc[verb.i - 1].text != ",":
        return None
    if line.doc[sentence.start_i].idx < line.dateline:
        return None
    comma = next((i for i in range(sentence.start_i + 1, verb.i - 1) if line.doc[i].text == ","), None)
    if comma is None or line.doc[comma - 1].pos_ not in {"NOUN", "PROPN"}:
        return None
    if segment_start(line, comma - 1, sentence) > sentence.start_i:
        return None
    return _top(line.doc[comma - 1], sentence.start_i, comma)


def segment_start(line: Line, i: int, sentence: Sentence) -> int:
    """First token of the stretch of text around token ``i`` that no comma, quotation mark or verb cuts."""
    low = i
    while low > sentence.start_i:
        token = line.doc[low - 1]
        if (
            (token.text in {",", ";", ":", "–", "—", "-"} and token.whitespace_)
            or token.pos_ in {"AUX", "SCONJ"}
            or token.tag_ in FINITE
            or line.quoted(token)
        ):
            break
        low -= 1
    return low


def _top(token: Token, low: int, high: int) -> Token:
    """Head of the noun phrase around ``token`` within the tokens ``low``..``high``."""
    climb = token
    while climb.head != climb and low <= climb.head.i < high and climb.head.tag_ not in FINITE:
        climb = climb.head
        if climb.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
            token = climb
    return token


def is_misread(verb: Token, subject: Token, line: Line) -> bool:
    """Whether a left subject is implausible: a comma with no "and" cuts it off from its verb's neighbour."""
    if subject.i >= verb.i - 1 or verb.dep_ == "ROOT":
        return False
    between = line.doc[subject.i + 1 : verb.i]
    commas = [t.i for t in between if t.text == ","]
    if len(commas) != 1:
        return False
    tail = [t for t in between if t.i > commas[0]]
    return (
        bool(tail)
        and tail[0].lower_ not in {"who", "which", "and", "or"}
        and any(
            t.dep_ == "conj" and t.head == subject and not any(c.dep_ == "cc" for c in subject.children)
            for t in tail
        )
    )

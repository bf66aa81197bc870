"""Which verbs of saying say nothing: negated, modal, conditional, asked about, or governed by wanting to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import SUBJECTS, Line

if TYPE_CHECKING:
    from spacy.tokens import Token


_NEGATIONS = frozenset({"never", "nor", "neither", "hardly", "no"})


_MAX_CLIMB = 6


def verbal_tokens(line: Line) -> Iterator[Token]:
    """The tokens for which `is_verbal` holds, in order."""
    words, last = line.words, len(line.words.tag) - 1
    for i, tag in enumerate(words.tag):
        # Nouns are asked further only before what `is_verbal` wants to follow them.
        if tag[:2] == "VB" or (
            tag in {"NN", "NNS"}
            and i < last
            and (words.lower[i + 1] in _CLAUSE_OPENERS or words.text[i + 1] in _CLAUSE_ENDS)
        ):
            token = line.doc[i]
            if is_verbal(token):
                yield token


def is_verbal(token: Token) -> bool:
    """Whether a token is a verb, or a plural noun by mistake of the tagger (", Smith reports, citing")."""
    if token.tag_[:2] == "VB" or _claims(token):
        return True
    if token.tag_ != "NNS" or token.i == 0 or token.i + 1 >= len(token.doc):
        return False
    before, after = token.nbor(-1), token.nbor(1)
    return (
        (before.pos_ in {"PROPN", "PRON", "NOUN"} or before.text == ",")
        and after.text in _CLAUSE_ENDS
        and token.dep_ in {"ROOT", "appos", "conj"}
    )


def _claims(token: Token) -> bool:
    """Whether a noun by mistake of the tagger governs a clause as a verb ("Aides of X claim he was")."""
    if token.tag_ not in {"NN", "NNS"} or token.i == 0 or token.i + 1 >= len(token.doc):
        return False
    subject = next((c for c in token.lefts if c.dep_ in SUBJECTS), None)
    return (
        subject is not None
        and token.nbor(1).lower_ in _CLAUSE_OPENERS
        and any(c.dep_ in {"ccomp", "relcl", "acl"} for c in token.rights)
        and not any(c.dep_ in {"det", "poss", "cop"} for c in token.lefts)
    )


_CLAUSE_ENDS = frozenset({",", "."})
_CLAUSE_OPENERS = frozenset({"he", "she", "they", "we", "it", "there", "that", "no", "the", "this"})


_GIVING = frozenset({"offer", "give", "provide", "make", "issue"})
_NOTHING_GIVEN = frozenset(
    {"detail", "comment", "information", "explanation", "specific", "reason", "indication", "hint"}
)


def is_silent(verb: Token, lemma: str, speech: Speech, line: Line) -> bool:
    """Whether negation, modality, a condition or a governing verb leaves nothing said.

    Words inside quotation marks are what is said, wherever the parse hangs them.
    """
    current, infinitive = verb, False
    if lemma in _GIVING and any(
        c.dep_ == "dobj" and c.lemma_.lower() in _NOTHING_GIVEN and any(d.lower_ == "no" for d in c.lefts)
        for c in verb.rights
    ):
        return True  # "offered no details on the meeting"
    for _ in range(_MAX_CLIMB):
        lefts = [c for c in current.lefts if not line.quoted(c)]
        negated = any(
            c.dep_ == "neg" or (c.lower_ in _NEGATIONS and c.dep_ in {"advmod", "preconj", "cc"})
            for c in lefts
        )
        negated = negated or (current == verb and _neither(current))
        if negated and not (current == verb and lemma in speech.speaks_when_negated):
            return True
        if current.dep_ == "pcomp" and is_lacking(current.head):
            return True
        if current.tag_ == "VBG" and current.dep_ == "xcomp" and current.head.lemma_ in _SHUNNING:
            return True
        if (
            current.dep_ == "pcomp"
            and current.head.lower_ == "from"
            and current.head.head.lemma_ in _SHUNNING
        ):
            return True
        if any(
            c.dep_ == "aux" and c.tag_ == "MD" and c.lower_ in speech.blocking_modals for c in lefts
        ) and not (_performs(current, verb, lemma) or _says_no_more(current, line)):
            return True
        marks = {"mark", "advmod"} if current.dep_ == "advcl" else {"mark"}
        if any(c.dep_ in marks and c.lower_ in speech.conditionals for c in lefts):
            return True
        infinitive = infinitive or any(c.tag_ == "TO" and c.dep_ != "prep" for c in lefts)
        if current.dep_ == "conj" and current.head.tag_[:2] == "VB" and not has_subject(current):
            if current.tag_ == "VB" or infinitive or current.head.tag_ == current.tag_:
                current = current.head
                continue
            return False
        if infinitive:
            return not _transparent(current, speech)
        past = current.lemma_ in _SAME_IN_PAST and has_subject(current)
        return current.tag_ == "VB" and not past and not any(c.dep_ == "aux" for c in current.lefts)
    return False


_SHUNNING = frozenset(
    {"avoid", "stop", "quit", "refrain", "abstain", "desist"}
)  # who avoids saying it does not
_SAME_IN_PAST = frozenset({"let", "put", "set", "cut", "read", "hit"})  # often taken for infinitives


def _neither(verb: Token) -> bool:
    """Whether the subject is "neither X nor Y", "none of them" or "no other minister"."""
    subject = next((c for c in verb.lefts if c.dep_ in SUBJECTS), None)
    return subject is not None and any(
        t.lower_ in {"neither", "none", "nobody", "no"} for t in (subject, *subject.lefts)
    )


_LACKING = frozenset({"instead", "short"})


def is_lacking(preposition: Token) -> bool:
    """Whether a preposition tells that something was not said ("without agreeing", "instead of saying")."""
    return preposition.lower_ == "without" or (
        preposition.lower_ == "of"
        and (
            preposition.head.lower_ in _LACKING
            or (preposition.i > 0 and preposition.nbor(-1).lower_ in _LACKING)
        )
    )


def _says_no_more(verb: Token, line: Line) -> bool:
    """Whether somebody "would only say" what follows, or "would say only" that."""
    beside = [t for t in (*verb.lefts, *line.doc[verb.i + 1 : verb.i + 2]) if not line.quoted(t)]
    return any(t.lower_ == "only" for t in beside) and any(t.lower_ == "would" for t in beside)


_PERFORMED = frozenset({"reveal", "disclose", "report", "confirm", "announce"})


def _performs(current: Token, verb: Token, lemma: str) -> bool:
    """Whether "can" does what the verb says ("the Gazette can reveal")."""
    return current == verb and lemma in _PERFORMED and any(c.lower_ == "can" for c in current.lefts)


def has_subject(verb: Token) -> bool:
    """Whether the verb has a subject of its own."""
    return any(c.dep_ in SUBJECTS or c.dep_ == "nsubjpass" for c in verb.children)


def _transparent(verb: Token, speech: Speech) -> bool:
    """Whether an infinitive says what its governor's subject says ("went on to say", "used it to warn").

    What somebody "was to have said" he has not.
    """
    if verb.head.lemma_ == "be" and any(c.lower_ == "have" for c in verb.lefts):
        return False
    if verb.dep_ not in {"xcomp", "advcl"}:
        return False
    above = verb.head
    heard = above.lemma_ in _HEARING and any(c.dep_ == "auxpass" for c in above.lefts)
    return heard or above.lemma_.lower() in speech.transparent_heads


_HEARING = frozenset({"hear", "overhear"})  # "was heard to remark that"


def under_question(verb: Token, line: Line) -> bool:
    """Whether the verb asks or is asked about: "asked if he had left, ...", "Does X accept ...?"."""
    sentence = line.sentence_at(verb.i)
    current = verb
    for _ in range(_MAX_CLIMB):
        if current.lemma_ == "ask" and _asked(current):
            return not _parenthesis(current, verb)
        if current.head == current:
            break
        current = current.head
    if verb.dep_ == "ROOT" and not line.quotes.overlapping(sentence.start, sentence.end):
        last = line.text[sentence.start : sentence.end].rstrip()[-1:]
        first = line.doc[sentence.start_i]
        return last == "?" and (first.pos_ == "AUX" or first.tag_ in {"WP", "WRB", "WDT"})
    return False


_INSERTED = 2  # commas around what stands between a subject and its verb


def _parenthesis(asked: Token, verb: Token) -> bool:
    """Whether what somebody was asked is only inserted: "Roe, asked about the strike, urged both to talk"."""
    subject = next((c for c in asked.lefts if c.dep_ in SUBJECTS), None)
    return (
        subject is not None
        and subject.i == asked.i - 2
        and asked.nbor(-1).text == ","
        and verb.dep_ == "conj"
        and verb.head == asked
        and verb.nbor(-1).text == ","
        and not has_subject(verb)
    )


def _asked(verb: Token) -> bool:
    """Whether "asked" is a participle: somebody was asked."""
    subject = next((c for c in verb.lefts if c.dep_ in SUBJECTS), None)
    inserted = verb.doc[subject.i : verb.i] if subject is not None else ()
    if sum(t.text == "," for t in inserted) >= _INSERTED and all(t.lower_ != "according" for t in inserted):
        return False  # "Roe, in a letter, asked for more time"
    if verb.tag_ not in {"VBN", "VBD"} or any(c.dep_ == "aux" for c in verb.lefts):
        return False
    if any(c.dep_ in SUBJECTS and c.i == verb.i - 1 for c in verb.lefts):
        return False
    alone = (
        verb.i == 0
        or verb.nbor(-1).text in {",", "When", "when", "While"}
        or verb.nbor(-1).is_punct
        or bool(verb.is_sent_start)
    )
    follow = verb.nbor(1).lower_ if verb.i + 1 < len(verb.doc) else ""
    return alone and follow in {
        "if",
        "whether",
        "about",
        "by",
        "why",
        "how",
        "what",
        "when",
        "at",
        "on",
        "in",
        "to",
        "for",
        "who",
    }

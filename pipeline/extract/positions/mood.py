"""The mood of a clause: what negates it, what it obliges, announces, supposes or leaves outstanding."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from pipeline.extract.positions.clauses import SUBJECTS, children, is_passive, subjects_of
from pipeline.extract.positions.lexicon import StanceLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

# "under no circumstances", "in no way", "at no time": the noun only strengthens the negation.
_ANY_CASE = frozenset({"circumstance", "condition", "way", "mean", "means", "case", "event", "time", "point"})
# Verbs after which a bare verb tells what is to be done.
_BIDDING = frozenset({
    "suggest", "propose", "recommend", "demand", "insist", "request", "urge", "ask", "advise", "stipulate",
    "require", "advocate", "prefer", "desire", "move", "order",
})  # fmt: skip
# Verbs that govern what somebody is brought to do.
_BRINGING = frozenset({"see", "let", "make", "have", "help", "watch"})
_ALLOWING = frozenset(
    {"allow", "permit", "enable", "let", "authorise", "authorize", "require", "oblige", "force"}
)


def is_negated(token: Token, lexicon: StanceLexicon, counted: Container[int] = ()) -> bool:
    """Whether the clause or phrase headed by `token` is turned over by a negator, its own or its subject's.

    Two negators cancel out. Subjects in `counted` were looked at before.
    """
    negators = lexicon.file.negators
    count = 0
    for child in token.children:
        if child.i > token.i and child.lower_ == "not" and child.i and token.doc[child.i - 1].text == ",":
            continue  # "guarantees, not promises"
        if child.lower_ == "not" and _is_beyond(child, token):
            continue  # "not just a truce" wants one, too
        if _is_contrast(child, token):
            continue
        if child.lower_ == "never" and _is_repeated(child):
            continue  # "never, never become a member"
        if child.dep_ == "neg" or (
            child.lower_ in negators
            and child.dep_ in {"det", "advmod", "preconj", "cc", "mark", "aux", "intj"}
        ):
            # "and/or ... nor" before another clause belongs to that clause.
            if child.dep_ == "cc" and child.i > token.i:
                continue
            count += 1
        elif child.dep_ == "advmod" and child.lower_ == "longer":
            count += any(g.lower_ == "no" for g in child.children)
        elif child.dep_ in SUBJECTS and child.i not in counted:
            if child.lower_ in negators or any(
                g.dep_ in {"det", "preconj"} and g.lower_ in {"no", "neither"} for g in child.children
            ):
                count += 1
        elif child.dep_ == "prep" and child.lower_ in {"under", "in", "at", "by"}:
            # "under no circumstances"
            nouns = [n for n in children(child, "pobj") if n.lemma_.lower() in _ANY_CASE]
            count += any(g.lower_ == "no" for noun in nouns for g in noun.children)
    count += is_outstanding(token)
    if not count and _is_after_nor(token):
        return True
    if is_going_to(token):
        return is_negated(token.head, lexicon, counted) != (count % 2 == 1)
    if token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"} and not count and not subjects_of(token):
        # "will not stop or withdraw": the negator stands before the first verb.
        head = token.head
        if any(c.lower_ in {"or", "nor"} for c in head.children if c.dep_ == "cc"):
            return is_negated(head, lexicon)
    return count % 2 == 1


def _is_repeated(word: Token) -> bool:
    """Whether the same word stands before it, with no more than a comma between."""
    before = word.doc[max(0, word.i - 2) : word.i]
    return bool(len(before)) and (
        before[-1].lower_ == word.lower_ or (before[-1].text == "," and before[0].lower_ == word.lower_)
    )


def _is_beyond(negator: Token, token: Token) -> bool:
    """ "Not only a truce", "not only unacceptable but foolish": what is said holds, and more than that."""
    after = negator.i + 1 < len(negator.doc) and negator.nbor(1).lower_
    if token.pos_ in {"NOUN", "ADJ"}:
        return after in {"just", "only", "merely"}
    return after == "only" and negator.i < token.i and token.pos_ == "VERB"


def _is_contrast(negator: Token, verb: Token) -> bool:
    """ "Could include not the border itself but a strip": after a full verb only what follows is negated."""
    return negator.dep_ == "neg" and negator.i > verb.i and verb.pos_ == "VERB" and negator.lower_ == "not"


def _is_after_nor(verb: Token) -> bool:
    """ "..., nor will it lift the levy": the negator hangs on the verb of the clause before."""
    if verb.dep_ != "conj" or not subjects_of(verb):
        return False
    first = verb.left_edge.i
    return any(c.lower_ == "nor" and c.i == first - 1 for c in verb.head.children)


def is_obliged(verb: Token, lexicon: StanceLexicon) -> bool:
    """Whether the clause says what must or should be: a wish of whoever says it, not of its subject."""
    if is_asked(verb):
        return False
    if is_imperative(verb) or (verb.lemma_.lower() in {"need", "require"} and verb.pos_ == "VERB"):
        # "will require more talks" looks ahead, and wishes for nothing
        return verb.lemma_.lower() != "require" or not any(c.lower_ == "will" for c in verb.children)
    if is_inverted(verb):
        return False  # "should the clause be struck out, Oslo would": a supposition
    for child in verb.children:
        if child.dep_ == "aux" and child.lower_ in {"must", "should", "ought", "shall", "need"}:
            return True
    if (
        verb.dep_ in {"xcomp", "ccomp"}
        and verb.head.lemma_.lower() in {"need", "have", "ought", "let"}
        and verb.head.pos_ in {"VERB", "AUX"}
        and verb.head.i < verb.i  # "Oslo has agreed; Riga has not"
    ):
        # "Does not need to build it": no duty, and no wish that it be left
        return not is_outstanding(verb) and not is_negated(verb.head, lexicon)
    if verb.dep_ == "conj" and verb.tag_ == "VB" and not subjects_of(verb) and not children(verb, "aux"):
        # "should come back to the table and lift the embargo"
        return verb.head.pos_ in {"VERB", "AUX"} and is_obliged(verb.head, lexicon)
    # "cannot": what must not be, if the subject is no person speaking of himself.
    modal = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    nothing = any(
        c.dep_ in SUBJECTS and any(g.lower_ in {"no", "nothing"} for g in (c, *c.children))
        for c in verb.children
    )
    negated = any(c.dep_ == "neg" and not _is_contrast(c, verb) for c in verb.children)
    # "can have no part in it"
    shut_out = verb.lemma_ == "have" and any(
        c.lower_ == "no" for o in children(verb, "dobj") for c in children(o, "det")
    )
    negated = negated or shut_out
    if any(c.dep_ == "nsubj" and c.lower_ in {"they", "he", "she"} for c in verb.children):
        return False  # "they cannot lift it": they are not able to
    if not is_passive(verb) and verb.lemma_ != "be":
        negated = negated and not modal & {"may", "could"}  # "may not follow the river": perhaps it does not
    forbidden = (nothing or negated) and modal & {"can", "ca", "may", "could"}
    return bool(forbidden) or any(c.lower_ == "cannot" for c in verb.children)


def is_inverted(verb: Token) -> bool:
    """Whether the clause is a condition without an opener: "should Oslo lift it"."""
    first = next((c for c in verb.children if c.dep_ == "aux"), None)
    return (
        verb.dep_ in {"advcl", "ccomp"}
        and first is not None
        and first.lower_ == "should"
        and any(first.i < s.i for s in subjects_of(verb))
        and all(t.text != "?" for t in verb.sent)
    )


def is_asked(verb: Token) -> bool:
    """Whether the clause is an indirect question: "questioned why Rome should send weapons"."""
    return any(c.dep_ in {"advmod", "mark"} and c.lower_ in {"why", "whether", "how"} for c in verb.children)


def is_imperative(verb: Token) -> bool:
    """ "Give it to the IAEA", "do not trust them": a bare verb with no subject and no auxiliary but "do" """
    if verb.tag_ != "VB" or verb.dep_ not in {"ROOT", "ccomp", "conj", "parataxis"}:
        return False
    if any(c.dep_ in SUBJECTS or (c.dep_ in {"aux", "auxpass"} and c.lower_ != "do") for c in verb.children):
        return False
    return verb.dep_ != "conj" or is_imperative(verb.head)


def is_committing(verb: Token, lexicon: StanceLexicon) -> bool:
    """Whether the clause tells its subject's own coming act ("will", "would", "won't", "is going to")."""
    return is_going_to(verb) or any(
        c.dep_ == "aux" and c.lower_ in lexicon.file.commitment for c in verb.children
    )


def is_announced(verb: Token) -> bool:
    """Whether the clause tells outright what its subject will or will not do."""
    return any(c.dep_ == "aux" and c.lower_ in {"will", "wo", "would", "'ll", "’ll"} for c in verb.children)


def is_going_to(verb: Token) -> bool:
    """Whether the verb is the second part of "is going to"."""
    return verb.dep_ == "xcomp" and verb.head.lower_ == "going"


def is_outstanding(verb: Token) -> bool:
    """Whether what the verb says is still to come: "have yet to agree", also of a verb joined to it."""
    while verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and not subjects_of(verb):
        verb = verb.head
    above = verb.head
    return (
        verb.dep_ == "xcomp"
        and above.lemma_.lower() in {"have", "be", "remain"}
        and any(t.lower_ == "yet" for t in above.doc[above.i + 1 : verb.i])
    )


def is_undecided(verb: Token) -> bool:
    """Whether somebody is yet to do what the verb says: "has yet to agree", "has not yet agreed"."""
    if is_outstanding(verb):
        return True
    return bool(children(verb, "neg")) and any(c.lower_ == "yet" for c in children(verb, "advmod"))


def is_unable(verb: Token) -> bool:
    """Whether the clause tells what its subject cannot do."""
    able = any(c.dep_ == "aux" and c.lower_ in {"can", "ca", "could"} for c in verb.children)
    return able and bool(children(verb, "neg")) and not is_passive(verb)


def is_supposed(verb: Token) -> bool:
    """Whether the clause tells only what its subject could or might do."""
    return any(c.dep_ == "aux" and c.lower_ in {"could", "might", "may"} for c in verb.children)


def is_bygone(verb: Token) -> bool:
    """Whether the clause tells what had been before: "had demanded"."""
    return verb.tag_ == "VBN" and any(
        c.dep_ == "aux" and c.lower_ in {"had", "'d", "’d"} for c in verb.children
    )


def is_allowed(verb: Token) -> bool:
    """Whether the clause tells only what its subject can do."""
    return any(c.dep_ == "aux" and c.lower_ == "can" for c in verb.children)


def is_only_then(verb: Token) -> bool:
    """Whether the clause tells on what terms alone a thing can be: "can stop only after they have left"."""
    able = any(c.dep_ == "aux" and c.lower_ in {"can", "could"} for c in verb.children)
    return able and any(
        t.lower_ == "only" and t.i + 1 < len(t.doc) and t.nbor(1).lower_ in {"after", "if", "once", "when"}
        for t in verb.subtree
    )


def is_bidden(verb: Token) -> bool:
    """Whether the clause tells what somebody else is to do: "suggested that Oslo pull its troops out"."""
    if verb.dep_ != "ccomp" or verb.head.lemma_.lower() not in _BIDDING or verb.i < verb.head.i:
        return False
    if verb.tag_ not in {"VB", "VBP"} or children(verb, "aux", "auxpass"):
        return False
    told = [s for s in children(verb, "nsubj") if s.tag_ in {"NNP", "NN"} or s.lower_ in {"it", "he", "she"}]
    return bool(told) and all(not children(s, "conj") for s in told)


def asserts_fact(verb: Token) -> bool:
    """Whether what a verb of insisting tells is or has been: "insisted that it had kept the truce".

    What must be, will be or is to be asked for is no fact: "that it withdraw", "that it had to withdraw".
    """
    contents = children(verb, "ccomp")
    if verb.dep_ == "parataxis" and not contents:
        contents = [verb.head]
    return bool(contents) and all(_is_fact(clause) for clause in contents)


def _is_fact(clause: Token) -> bool:
    """Whether a clause is told in the past, the perfect or the progressive, and of no need."""
    if clause.pos_ not in {"VERB", "AUX"} or clause.lemma_.lower() in {"need", "require", "want"}:
        return False
    aux = children(clause, "aux", "auxpass")
    to_come = clause.lower_ == "going" or any(c.tag_ == "MD" for c in aux)
    if to_come or (clause.lemma_ == "have" and children(clause, "xcomp")):
        return False
    first = aux[0] if aux else clause
    past = first.tag_ == "VBD" or (first.lemma_ == "have" and clause.tag_ in {"VBN", "VBG"})
    return past or (clause.tag_ == "VBG" and first.lemma_ == "be" and first.tag_ in {"VBZ", "VBP"})


def is_no_longer(verb: Token) -> bool:
    """Whether the clause tells that something has ended: "no longer insists on the withdrawal"."""
    return any(
        c.lower_ == "longer" and any(g.lower_ == "no" for g in c.children) for c in children(verb, "advmod")
    )


def is_hypothetical(verb: Token) -> bool:
    """Whether the clause is the content of an if or whether, also as the second one under it."""
    marks = {c.lower_ for c in children(verb, "mark")}
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and not marks:
        return verb.head.dep_ == "advcl" and is_hypothetical(verb.head)
    return not marks.isdisjoint({"if", "whether", "unless", "should"})


def is_eventual(verb: Token) -> bool:
    """ "In the event that it cannot join": whether the clause is one that may come about."""
    if verb.pos_ not in {"VERB", "AUX"} or not any(c.lower_ == "that" for c in children(verb, "mark")):
        return False
    nouns = [verb.head, *(o for p in children(verb, "prep") for o in children(p, "pobj") if o.i < verb.i)]
    return any(n.lower_ == "event" and n.head.lower_ == "in" for n in nouns)


def is_supposition(verb: Token) -> bool:
    """Whether a clause joined by "but" is a condition: "would talk, but only if the guns fall silent"."""
    return verb.pos_ in {"VERB", "AUX"} and any(
        c.lower_ in {"if", "once", "when", "after"} and c.i > verb.head.i
        for c in children(verb, "mark", "advmod")
    )


def is_unreal(verb: Token) -> bool:
    """Whether the clause tells what its subject did not do or never came to do: "would have ceded"."""
    aux = {c.lower_ for c in children(verb, "aux")}
    return "have" in aux and not aux.isdisjoint({"would", "could", "might", "should", "'d", "’d"})


def is_permission(verb: Token) -> bool:
    """Whether the clause tells what its subject is or is not let do: "will not be allowed to join"."""
    return verb.lemma_.lower() in {"allow", "permit"} and is_passive(verb)


def is_seen(verb: Token) -> bool:
    """Whether an infinitive is what something brings about or allows somebody else to do.

    "A scheme that would see Oslo send ships", "the accord had allowed Oslo to keep its ships".
    """
    if verb.tag_ != "VB" or verb.dep_ not in {"ccomp", "xcomp"}:
        return False
    aux = children(verb, "aux")
    if not aux:
        return verb.dep_ == "ccomp" and verb.head.lemma_.lower() in _BRINGING
    return all(c.lower_ == "to" for c in aux) and verb.head.lemma_.lower() in _ALLOWING

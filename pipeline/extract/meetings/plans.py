"""Clauses that plan a meeting or call it off: those on its noun, and those that a parse hangs elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.candidates import Candidate

if TYPE_CHECKING:
    from spacy.tokens import Token

# When it was called off is not when it was to be.
_CALLING_OFF = frozenset({"cancel", "postpone", "delay", "scrap", "shelve", "axe", "nix", "put"})
_ARRANGING = frozenset({"arrange", "agree", "propose", "broker", "request", "suggest"})
_FORMERLY = frozenset({"originally", "initially", "previously", "formerly", "first"})
_GOING_ON = frozenset({"begin", "start", "open", "resume", "continue", "last", "end", "conclude"})
# Those who meet: what continues or opens is not they.
_WHO = frozenset({
    "envoy", "minister", "leader", "president", "premier", "negotiator", "delegation", "team", "diplomat",
    "official", "ambassador", "adviser", "advisor", "general", "commander", "chief", "mediator",
})  # fmt: skip
_OWN = frozenset({"nsubj", "nsubjpass", "mark", "aux", "auxpass"})
CLIMB = 14  # no phrase behind a meeting is deeper; it bounds the climb on odd parses


def arranged_then(day: Token, candidate: Candidate) -> bool:
    """ "The meeting was set up last week at Peru's suggestion": not its own day, unless told with "for"."""
    verb, event = candidate.governor, candidate.top or candidate.event
    if verb is None or event.dep_ != "nsubjpass" or event.head != verb or verb.tag_ != "VBN":
        return False
    if any(c.dep_ == "aux" for c in verb.children):
        return False  # "will be arranged next week"
    up = any(c.dep_ == "prt" and c.lower_ == "up" for c in verb.children)
    arranged = verb.lemma_.lower() in _ARRANGING or (verb.lemma_ == "set" and up)
    prep = day.head if day.dep_ == "pobj" else None
    return arranged and verb.is_ancestor(day) and (prep is None or prep.lower_ not in {"for", "to"})


def calls_off(verb: Token) -> bool:
    """ "cancelled", "called off", but not "has been called for Sunday"."""
    off = verb.lemma_ == "call" and any(c.lower_ == "off" for c in verb.children)
    return off or verb.lemma_.lower() in _CALLING_OFF


def foretold(candidate: Candidate) -> list[Token]:
    """ "The summit is likely to be held in May": the infinitive, below the adjective or the verb."""
    event, verb = candidate.top or candidate.event, candidate.governor
    if verb is None or event.dep_ not in {"nsubj", "nsubjpass"}:
        return []
    below = [verb, *(c for c in verb.children if c.dep_ == "acomp")]
    return [c for v in below for c in v.children if c.dep_ == "xcomp" and c.tag_ in {"VB", "VBN"}]


def clauses_on(event: Token, timed: frozenset[str]) -> list[Token]:
    """Clauses on a meeting noun that tell of it: "talks planned for Friday", "which continue in London"."""
    if event.pos_ in {"VERB", "AUX"}:
        return []
    found = []
    for child in event.children:
        if _given_up(child, event):
            continue
        if child.lower_ == "due" and child.i > event.i and child.dep_ in {"amod", "acl", "advcl", "acomp"}:
            found.extend([child, *(c for c in child.children if c.dep_ == "xcomp")])
        elif (child.dep_ == "acl" and child.lemma_.lower() in timed) or (
            child.dep_ == "relcl"
            and any(
                c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ in {"that", "which"} for c in child.children
            )
        ):
            found.append(child)
            due = [c for c in child.children if c.dep_ == "acomp"]  # "that was due to open on Sunday"
            # "that were to start on Monday"
            found.extend(c for clause in (child, *due) for c in clause.children if c.dep_ == "xcomp")
    found = found or _planned_far(event, timed) or _planned_beside(event, timed)
    return found or _opening_clause(event, timed)


def _opening_clause(event: Token, timed: frozenset[str]) -> list[Token]:
    """ "Held in Quito on Friday, the meeting brought no result"."""
    clause = event.sent[0]
    opens = clause.tag_ == "VBN" and clause.dep_ in {"advcl", "acl"} and clause.lemma_.lower() in timed
    told = event.dep_ in {"nsubj", "nsubjpass"} and clause.head in {event, event.head}
    return [clause] if opens and told else []


def _given_up(plan: Token, event: Token) -> bool:
    """ "Talks originally planned for Monday will now be held on Friday": Monday is none of theirs."""
    if all(c.lower_ not in _FORMERLY for c in plan.lefts) or event.dep_ not in {"nsubj", "nsubjpass", "dobj"}:
        return False
    return any(c.dep_ == "aux" and c.tag_ == "MD" for c in event.head.children)


def _planned_far(event: Token, timed: frozenset[str]) -> list[Token]:
    """ "a meeting of the leaders of Peru and Chile set for Sunday": the parser hangs "set" on the last name.

    Likewise "which was held in Doha". Or on the verb above: "cancelled a meeting of the leaders set for
    Sunday".
    """
    for child in event.head.children if event.dep_ == "dobj" else ():
        bare = child.dep_ == "advcl" and child.tag_ in {"VBD", "VBN"} and child.i > event.i
        if bare and child.lemma_.lower() in timed and any(c.lower_ == "for" for c in child.children):
            return [child] if all(c.dep_ not in {"nsubj", "mark", "aux"} for c in child.children) else []
    current = event
    for _ in range(CLIMB):
        ahead = [c for c in current.rights if c.dep_ in {"prep", "pobj", "conj"}]
        if not ahead:
            return []
        current = ahead[-1]
        plans = [
            c
            for c in current.children
            if c.tag_ == "VBN"
            and (c.dep_ == "acl" or (c.dep_ == "relcl" and any(w.lower_ == "which" for w in c.children)))
        ]
        plans += [
            held for c in current.children if c.dep_ == "relcl" and c.lemma_ == "be"
            if any(w.dep_ == "nsubj" and w.lower_ in {"that", "which"} for w in c.children)
            for due in (c, *c.children) if due == c or due.dep_ == "acomp"
            for held in due.children if held.dep_ == "xcomp"
        ]  # fmt: skip
        plans += [c for c in current.children if _took_place(c)]
        if plans and plans[-1].lemma_.lower() in timed:
            return [plans[-1], *(c for c in plans[-1].children if c.dep_ == "xcomp")]
    return []


def told_behind(event: Token) -> Token | None:
    """ "the meeting of the ministers of Peru and Chile, which continues in Lima": hung on a name."""
    current = event
    for _ in range(CLIMB):
        ahead = [c for c in current.rights if c.dep_ in {"prep", "pobj", "conj"}]
        if not ahead:
            return None
        current = ahead[-1]
        people = current.pos_ == "PROPN" or current.lemma_.lower() in _WHO
        told = [c for c in current.children if people and _took_place(c)]
        if told:
            return told[-1]
    return None


def _took_place(clause: Token) -> bool:
    """ "the meeting of the group, which took place in Lima": told of the meeting, not of the group."""
    if clause.dep_ != "relcl" or not any(w.lower_ in {"which", "that"} for w in clause.lefts):
        return False
    goes = clause.lemma_ in _GOING_ON and all(c.dep_ not in {"dobj", "xcomp"} for c in clause.children)
    return goes or (
        clause.lemma_ == "take" and any(o.dep_ == "dobj" and o.lower_ == "place" for o in clause.rights)
    )


def _planned_beside(event: Token, timed: frozenset[str]) -> list[Token]:
    """ "invited them to join talks, set to begin in Rome on Friday": the parser hangs "set" on the verb."""
    doc = event.doc
    at = event.right_edge.i + 1
    if at + 1 < len(doc) and doc[at].text == ",":
        at += 1
    plan = doc[min(at, len(doc) - 1)]
    if plan.lower_ == "due" and plan.sent == event.sent:  # "pulled out of talks due to start in Rome"
        return [plan, *(c for c in plan.children if c.dep_ in {"pcomp", "xcomp"})]
    bare = plan.tag_ in {"VBN", "VBD"} and plan.dep_ in {"advcl", "acl"} and plan.sent == event.sent
    if not bare or plan.lemma_.lower() not in timed or any(c.dep_ in _OWN for c in plan.children):
        return []
    return [plan, *(c for c in plan.children if c.dep_ == "xcomp")]

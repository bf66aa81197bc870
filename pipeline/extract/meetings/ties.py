"""Uniting what the syntax of a sentence ties to one meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.sides import two_sided

if TYPE_CHECKING:
    from spacy.tokens import Token

_BESIDE_IN_TIME = frozenset({"after", "before", "since", "until", "once"})
_PARTING = frozenset({"leave", "depart", "emerge", "exit"})
_DURING = frozenset({"during", "in", "on"})


def join_tied(found: list[Candidate], beside: frozenset[str]) -> list[Candidate]:
    """Unite candidates of a sentence that the syntax ties together: "met for talks", "flew to see X".

    `beside` are the nouns of "on the sidelines of the summit": what is told there is where the summit is.
    """
    dropped: set[int] = set()
    for i, inner in enumerate(found):
        for j, outer in enumerate(found):
            if i == j or i in dropped or j in dropped:
                continue
            if _beside(inner, outer, beside):
                if inner.spot is None and outer.spot is not None:
                    # of the summit's own mentions it is another meeting at the same place
                    inner.wide = inner.wide or outer.written or outer.spot.name
                inner.expression = inner.expression or outer.expression
                if not outer.sides and not any(_paired(c) for c in outer.event.lefts):
                    dropped.add(j)  # nothing is said of the summit itself
                continue
            if inner.rule == "verb_discuss" and inner.event.head == outer.event and _purpose(inner, outer):
                # "flew to Doha to discuss Gaza", "met X in Doha to discuss a truce in Gaza": where they went
                inner.spot = inner.written = None
            if not _tied(inner, outer) and not _told_with(inner, outer):
                continue
            if outer.rule == "verb_lead" and inner.spot is None and not two_sided(inner.sides):
                # "led the Indian side at the session": who leads it need not have been named before
                inner.rule, inner.reference, inner.definite = outer.rule, True, True
            inner.found.add(outer.found)
            if inner.spot is None or inner.spot == outer.spot:
                inner.spot, inner.written = outer.spot, inner.written or outer.written
            if inner.expression is None and outer.expression is not None:
                inner.expression = outer.expression
            inner.outer = outer.event
            if outer.event.pos_ in {"VERB", "AUX"} and not outer.travel and not outer.reference:
                inner.weak = inner.abstract = False  # "gather for a retreat": the verb tells the contact
            if inner.form == "unknown":
                inner.form = outer.form
            inner.span = (min(inner.span[0], outer.span[0]), max(inner.span[1], outer.span[1]))
            dropped.add(j)
    return [c for k, c in enumerate(found) if k not in dropped]


def _purpose(inner: Candidate, outer: Candidate) -> bool:
    """Whether `inner` is what they went or met for."""
    infinitive = any(c.tag_ == "TO" for c in inner.event.lefts)
    return outer.travel or (infinitive and outer.event.pos_ == "VERB" and outer.spot is not None)


def mere_backdrop(candidate: Candidate, beside: frozenset[str]) -> bool:
    """ "he said on the sidelines of the summit": nothing is told of the summit, but where he was."""
    noun = candidate.event
    side = noun.head.head
    if candidate.sides or noun.dep_ != "pobj" or noun.head.lower_ != "of" or side.dep_ != "pobj":
        return False
    told = any(c.dep_ in {"relcl", "acl"} for c in noun.children) or any(_paired(c) for c in noun.lefts)
    return side.lemma_.lower() in beside and not told


def at_forum(candidate: Candidate, speaks: frozenset[str], forums: frozenset[str]) -> bool:
    """ "he said after the G20 summit in Oslo": where many meet, and he merely spoke then."""
    noun, verb = candidate.event, candidate.governor
    named = any(c.lower_ in forums for c in noun.lefts)
    around = noun.dep_ == "pobj" and (verb is None or verb.lemma_.lower() in speaks)
    told = any(c.dep_ in {"relcl", "acl"} for c in noun.children)
    return (
        candidate.rule == "noun_occasion" and named and around and not told and not two_sided(candidate.sides)
    )


def _paired(name: Token) -> bool:
    """ "the European Union-African Union summit": a name that a hyphen joins to another."""
    return name.pos_ == "PROPN" and any(t.text in {"-", "–"} for t in name.subtree)


def _told_with(inner: Candidate, outer: Candidate) -> bool:
    """ "They will resume their dialogue, with talks due in Bern on Friday": when and where, behind "with"."""
    noun, verb = outer.event if outer.top is None else outer.top, inner.governor
    behind = noun.head if noun.dep_ == "pobj" and noun.head.lower_ == "with" else None
    if behind is None or verb is None or outer.sides or not two_sided(inner.sides):
        return False
    arranged = any(c.dep_ == "acl" and c.tag_ == "VBN" for c in noun.children)
    clause = behind.head if behind.head.dep_ != "advcl" else behind.head.head
    bare = inner.spot is None and inner.expression is None
    return arranged and bare and verb in {behind.head, clause} and inner.event.i < noun.i


def _beside(inner: Candidate, outer: Candidate, nouns: frozenset[str]) -> bool:
    """ "will meet on the sidelines of the summit in Bali": the summit only says where and when."""
    of = outer.event.head
    side = of.head
    if (
        two_sided(outer.sides)
        or outer.event.dep_ != "pobj"
        or of.lower_ != "of"
        or side.lemma_.lower() not in nouns
    ):
        return False
    verb = side.head.head
    clear = inner.spot is None or outer.spot is None or inner.spot == outer.spot
    return side.dep_ == "pobj" and verb in {inner.event, inner.governor} and clear


def _on_journey(inner: Candidate, outer: Candidate) -> bool:
    """ "a visit to Peru during which he held talks with X": the talks are there, and what it was for."""
    clause = inner.event if inner.event.pos_ == "VERB" else inner.governor
    if not outer.travel or clause is None or clause.dep_ != "relcl" or clause.head != outer.event:
        return False
    return any(p.lower_ in _DURING and any(w.lower_ == "which" for w in p.children) for p in clause.children)


def _by_way_of(inner: Candidate, outer: Candidate) -> bool:
    """ "concluded his tour by meeting X in Bern": the tour is the meeting, wherever it went."""
    by = inner.event.head
    told = inner.event.dep_ == "pcomp" and by.lower_ in {"by", "with"}
    return told and by.head in {outer.governor, outer.event} and two_sided(inner.sides)


def _parting(inner: Candidate, outer: Candidate) -> bool:
    """ "left the Peruvian capital after meeting X": the parting is from that meeting."""
    event, verb = inner.event, outer.event
    away = outer.rule in {"presence", "verb_travel"} and verb.lemma_.lower() in _PARTING
    behind = event.dep_ in {"pcomp", "pobj"} and event.head.lower_ in {"after", "following"}
    return away and behind and event.head.head == verb and two_sided(inner.sides)


def _staying_for(event: Token, outer: Candidate) -> bool:
    """ "is due to be in Lima this weekend, meeting X": the parser hangs that on "is due"."""
    above = outer.event.head
    stays = outer.rule == "verb_stay" and outer.event.dep_ == "xcomp" and event.tag_ == "VBG"
    return stays and event.head in {above, above.head} and event.i > outer.event.i


def _tied(inner: Candidate, outer: Candidate) -> bool:
    """Whether `inner` is the purpose or the object of `outer`'s verb, and nothing speaks against it."""
    verb = outer.event
    if _parting(inner, outer):
        return inner.spot is None or outer.spot is None or inner.spot == outer.spot
    if _on_journey(inner, outer):
        return inner.spot is None or outer.spot is None or inner.spot.country == outer.spot.country
    if inner.linked is not None and outer.travel and inner.linked == outer.spot and verb.i < inner.event.i:
        return inner.event.is_ancestor(verb) or verb.is_ancestor(inner.event)
    if verb.pos_ not in {"VERB", "AUX"}:
        # "is weighing a stop in Luanda to meet X": the journey and its purpose hang on one verb
        purpose = inner.event.pos_ == "VERB" and inner.event.dep_ in {"advcl", "xcomp", "acl", "relcl"}
        if outer.travel and _by_way_of(inner, outer):
            return True
        return (
            outer.travel
            and purpose
            and inner.event.head in {outer.governor, outer.event}
            and (inner.spot is None or inner.spot == outer.spot)
        )
    direct = inner.governor == verb and inner.event != verb
    due = inner.governor  # "is to host a call": one reader takes "is" for the verb, the other "host"
    direct = direct or (verb.lemma_ == "be" and due is not None and (due.dep_, due.head) == ("xcomp", verb))
    told_of = inner.event.pos_ == "VERB" and inner.event.dep_ in {"advcl", "xcomp"}
    apart = any(c.lower_ in _BESIDE_IN_TIME for c in inner.event.children)  # "met A after B met C"
    purpose = told_of and inner.event.head == verb and not apart
    purpose = purpose or (told_of and _staying_for(inner.event, outer))
    middle = inner.governor
    if middle is not None and middle.head == verb and middle.dep_ in {"advcl", "xcomp"} and outer.travel:
        # "arrived in Baku to hold talks": the purpose hangs on a verb of its own
        held = inner.event if inner.top is None else inner.top  # "to hold a third round of talks"
        purpose = purpose or (held.dep_ == "dobj" and any(c.tag_ == "TO" for c in middle.children))
    if not direct and not purpose:
        return False
    told = inner.event if inner.top is None else inner.top  # "for a few hours of talks"
    if outer.rule == "verb_discuss" and inner.definite and told.dep_ == "dobj" and told.head == verb:
        return False  # "discussed the Lima talks by phone": what they spoke of is another occasion
    if direct and told.dep_ == "pobj" and told.head.lower_ not in {"for", "in", "at", "during", "with"}:
        return False
    return inner.spot is None or outer.spot is None or inner.spot == outer.spot

"""What the words on a verb or noun say of it: denied, under a condition, with a modal, told in the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.dates.calendar import is_weekday
from pipeline.extract.meetings.cues import StatusCues, hyphenated
from pipeline.extract.meetings.frames import own_words
from pipeline.extract.meetings.function_words import CLOSING
from pipeline.extract.meetings.readings import Reading
from pipeline.model import MeetingStatus

if TYPE_CHECKING:
    from spacy.tokens import Token

GOES_AHEAD = frozenset({"take", "happen", "go", "proceed", "occur"})
_DOUBTS = frozenset({"if", "unless", "should", "whether", "could", "might", "may", "perhaps"})
_ADDED = frozenset({"also", "then", "later", "separately", "afterwards"})


_BEGINNING = frozenset(
    {"take", "happen", "occur", "begin", "start", "open", "materialise", "materialize", "proceed"}
)


def is_denied(token: Token) -> bool:
    """Whether "not", "never", "nor" or "no longer" hangs on the word."""
    return any(
        c.dep_ == "neg"
        or c.lower_ in {"never", "neither", "nor"}
        or (c.lower_ in {"longer", "more"} and any(n.dep_ == "neg" or n.lower_ == "no" for n in c.children))
        for c in token.children
    )


def ends_all(verb: Token, cues: StatusCues) -> bool:
    """ "The talks were broken off before the third round", "pulled out before it": which was not held."""
    over = verb.tag_ in {"VBD", "VBN"} and cues.governor(verb) == "cancelled"
    return over and all(c.dep_ != "dobj" for c in verb.children) and not is_denied(verb)


def auxiliaries_of(verb: Token) -> list[Token]:
    """Auxiliaries that hang on the verb itself."""
    return [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]


def shared_auxiliaries(verb: Token) -> list[Token]:
    """Own auxiliaries, or those of the first verb of a coordination that the verb continues."""
    own = auxiliaries_of(verb)
    current = verb
    while not own and current.dep_ == "conj" and current.head.pos_ in {"VERB", "AUX"}:
        current = current.head
        if any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children):
            break
        if current.tag_ != verb.tag_ and verb.tag_ not in {"VB", "VBN", "VBG"}:
            break
        own = auxiliaries_of(current)
    return own


def condition(verb: Token, cues: StatusCues) -> bool:
    """Whether "until", "unless", "only once" or "only when" hang on the verb or on what it governs."""
    if any(
        t.lower_ in cues.until and t.dep_ in {"mark", "prep", "advmod"} and not _dated(t)
        for t in verb.subtree
        if t.i > verb.i
    ):
        return True
    behind = verb.doc[verb.right_edge.i + 1 : verb.right_edge.i + 3]
    quoted = verb.right_edge.i + 1 < verb.sent.end and any(t.is_quote for t in (verb.right_edge, *behind))
    if quoted and any(t.lower_ in cues.until and t.dep_ == "mark" for t in behind):
        return True  # "would not meet them "until the last net is gone"": hung on the verb of saying
    only = any(c.lower_ == "only" for c in verb.children)
    for child in verb.children:
        if child.dep_ in {"advcl", "prep", "advmod"}:
            words = {c.lower_ for c in child.children if c.dep_ in {"mark", "advmod"}} | {child.lower_}
            if words & {"once", "when", "if"} and (only or "only" in words or "once" in words):
                return True
    return False


def departure(verb: Token, cues: StatusCues) -> bool:
    """ "has flown to Washington": what the journey is for still lies ahead."""
    if verb.lemma_.lower() not in cues.departures or any(c.lower_ in {"home", "back"} for c in verb.children):
        return False
    return all(c.dep_ not in {"dobj", "auxpass", "agent"} for c in verb.children)  # but "was headed by X"


def is_perfect(verb: Token) -> bool:
    """Whether the verb has "have" before it: "could have met"."""
    return any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children)


def told_in_past(verb: Token) -> bool:
    """Whether what stands above the clause is told in the past: "said he would"."""
    current = verb
    while current.dep_ == "conj" and current.head != current:
        current = current.head
    above = current.head
    if current.dep_ == "acl" and above.lemma_ in _RUMOURS and above.head.tag_ == "VBD":
        return True  # "confirmed a report that he would travel"
    if current.dep_ in {"ccomp", "relcl", "advcl"} and above != current:
        return above.tag_ in {"VBD", "VBN"} or any(c.lower_ in {"had", "has", "have"} for c in above.children)
    return False


def went_on(verb: Token) -> bool:
    """ "went on to meet Y": no journey, but what was done next."""
    return verb.lemma_ == "go" and any(c.lower_ == "on" and not list(c.children) for c in verb.children)


def taken_back(verb: Token, cues: StatusCues) -> bool:
    """ "cancelled an invitation", "has withdrawn it": whoever was asked is no longer."""
    if verb.pos_ != "VERB" or is_denied(verb):
        return False
    return verb.lemma_.lower() in _TAKING_BACK or cues.governor(verb) == "cancelled"


def was(word: Token) -> bool:
    """ "had been due to", "had planned to": the plan is of the past."""
    verb = word if word.pos_ in {"VERB", "AUX"} else word.head
    return any(c.lower_ == "had" for c in verb.children if c.dep_ in {"aux", "auxpass"})


_TAKING_BACK = frozenset({"withdraw", "rescind", "revoke", "retract"})
_GARDEN_PATH = frozenset({"ccomp", "dep", "conj", "advcl", "parataxis"})


def told_after_plan(planned: Token, cues: StatusCues) -> Token | None:
    """The verb after a bare participle that the parse took for the verb of the sentence.

    "The talks between A and B planned for Friday never took place", "... were called off".
    """
    if planned.tag_ not in {"VBD", "VBN"} or auxiliaries_of(planned) or cues.governor(planned) != "scheduled":
        return None
    for verb in planned.rights:
        if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ not in _GARDEN_PATH:
            continue
        own = any(c.dep_ in {"nsubj", "nsubjpass", "mark", "cc"} or c.tag_ == "TO" for c in verb.lefts)
        if not own and verb.tag_ != "VBG":
            return verb
    return None


def modal_above(word: Token, cues: StatusCues) -> bool:
    """Whether a modal that leaves it open stands with the word."""
    return any(a.tag_ == "MD" and a.lower_ in cues.modals["proposed"] for a in auxiliaries_of(word))


def det_no(word: Token) -> bool:
    """Whether "no" or "neither" determines the word."""
    return any(c.lower_ in {"no", "neither"} and c.dep_ in {"det", "neg", "advmod"} for c in word.children)


def there_no(word: Token) -> bool:
    """Whether "no" hangs on the word."""
    return any(c.lower_ == "no" for c in word.children)


def modifier_status(noun: Token, cues: StatusCues) -> MeetingStatus | None:
    """Status that a modifier before the noun gives, or None."""
    for child in noun.children:
        if child.i < noun.i and child.dep_ in {"amod", "compound", "nmod", "advmod"}:
            status = cues.modifier(hyphenated(child) or child.lower_)
            if status is not None:
                return status
    return None


def is_to(verb: Token) -> bool:
    """Whether the verb is an infinitive with "to"."""
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def nearest_verb(token: Token) -> Token | None:
    """The nearest verb above the token, or None."""
    return next((a for a in token.ancestors if a.pos_ in {"VERB", "AUX"}), None)


_DENYING = frozenset({"deny", "disclaim", "refute", "dismiss", "reject"})
_RUMOURS = frozenset({"report", "rumour", "rumor", "claim", "suggestion", "speculation", "allegation"})


def disclaimed(verb: Token) -> bool:
    """ "denied that any meeting had taken place", "denied reports that they had met"."""
    above = verb.head
    if verb.dep_ in {"acl", "ccomp"} and above.lemma_ in _RUMOURS and above.dep_ in {"dobj", "nsubjpass"}:
        return above.head.lemma_ in _DENYING and not is_denied(above.head)
    return verb.dep_ in {"ccomp", "xcomp"} and above.lemma_ in _DENYING and not is_denied(above)


_PLANNED = frozenset({"plan", "intention", "preparation", "agreement", "arrangement", "proposal"})
_ABOUT = frozenset({"for", "of", "about", "on"})
_CLAUSES_UP = 6


def plan_denied(token: Token) -> bool:
    """ "denied that they had agreed to meet", "dismissed reports that", "denied plans for a summit".

    `token` is the verb or noun of the meeting.
    """
    current = token
    for _ in range(_CLAUSES_UP):
        above = current.head
        told = above.lemma_ in _DENYING and not is_denied(above)
        if current.dep_ in {"ccomp", "xcomp"} and above.pos_ in {"VERB", "AUX", "ADJ"}:
            if told and above.lemma_ == "deny":
                return True
        elif current.dep_ in {"acl", "ccomp", "relcl"}:
            if above.lemma_ not in _RUMOURS:
                return False
        elif current.dep_ == "dobj":
            return told and current.lemma_ in _RUMOURS | _PLANNED
        elif current.dep_ == "pobj" and above.lower_ in _ABOUT and above.head.pos_ == "NOUN":
            above = above.head
        elif current.dep_ != "acomp" and not (current.dep_ == "advcl" and current.tag_ == "VB"):
            return False  # "would travel to Oslo to meet him" is of one plan
        if above == current:
            return False
        current = above
    return False


_STANDING = frozenset({"stand", "remain", "stay"})
_PREDICATES = frozenset({"acomp", "oprd", "advcl", "xcomp", "ccomp", "attr", "acl"})


def left_as(verb: Token) -> Token | None:
    """ "stands cancelled", "remains postponed": the participle that tells."""
    if verb.lemma_ not in _STANDING:
        return None
    return next((c for c in verb.rights if c.tag_ in {"VBN", "JJ"} and c.dep_ in _PREDICATES), None)


def ended_after(verb: Token, cues: StatusCues) -> Token | None:
    """ "was to be held in May but fell through": a later verb of the same subject says that it is off."""
    for child in verb.conjuncts:
        own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children)
        if child.i > verb.i and not own and child.pos_ == "VERB" and cues.governor(child) == "cancelled":
            return child
    return None


def stillborn(verb: Token, cues: StatusCues) -> bool:
    """ "The summit collapsed before it began", "was called off hours before it was to open": never held."""
    return any(
        c.dep_ == "advcl"
        and any(m.lower_ == "before" and m.i < c.i for m in c.children)
        and any(s.lower_ in {"it", "they"} and s.dep_ in {"nsubj", "nsubjpass"} for s in c.children)
        and (c.lemma_.lower() in cues.takes_place or c.lemma_ in {"hold", "get"})
        for c in verb.children
    )


def hypothetical(verb: Token, forms: set[str], cues: StatusCues) -> bool:
    """ "if they meet", "until they meet", "unless they have met": nothing that is arranged."""
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark"}
    if marks & {"if", "whether"} or _inverted(verb):
        return True
    if not marks & cues.until or not (verb.tag_ in {"VBP", "VBZ"} or forms & {"have", "has"}):
        return False
    return all(t.ent_type_ != "DATE" for t in verb.subtree)


def _inverted(verb: Token) -> bool:
    """ "Had they met in May, ...", "should the two sides meet": a condition without "if"."""
    if verb.dep_ != "advcl":
        return False
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return subject is not None and any(
        a.lower_ in {"had", "should", "were"} and a.i < subject.left_edge.i for a in auxiliaries_of(verb)
    )


_REGULARLY = frozenset(
    {"daily", "weekly", "monthly", "yearly", "annually", "regularly", "periodically", "hourly"}
)
_EVERY = frozenset(
    {"every", "each", "annually", "yearly", "monthly", "weekly", "daily", "regularly", "usually", "often"}
)
_PERIODS = frozenset({"year", "month", "week", "day"})
_TIMES = frozenset({"once", "twice", "times"})


def is_habit(verb: Token) -> bool:
    """ "meets twice a year", "convenes every month": in the plain present no single occasion."""
    if verb.tag_ == "VB" and any(c.dep_ == "advmod" and c.lower_ in _REGULARLY for c in verb.children):
        return True  # "agreed to speak daily"
    if verb.tag_ not in {"VBZ", "VBP"} or any(c.dep_ == "aux" for c in verb.children):
        return False
    words = list(own_words(verb))
    if any(t.lower_ in _EVERY for t in words):
        return True
    per = any(t.lower_ in _PERIODS and any(c.lower_ in {"a", "per"} for c in t.children) for t in words)
    return per and any(t.lower_ in _TIMES for t in words)


def done_there(verb: Token) -> bool:
    """ "flew to Riyadh, where she met X": the journey is over."""
    return any(
        t.tag_ == "VBD" and t.dep_ in {"relcl", "advcl"} and any(c.lower_ == "where" for c in t.children)
        for t in verb.subtree
    )


def _dated(until: Token) -> bool:
    """ "until Thursday" is no condition."""
    return any(
        c.dep_ == "pobj" and (c.ent_type_ in {"DATE", "TIME"} or is_weekday(c.lower_)) for c in until.children
    )


def foretells(verb: Token, cues: StatusCues) -> bool:
    """Whether a main clause with "would" tells what is to come, not what might be."""
    top = verb
    while top.dep_ == "conj" and top.head != top:
        top = top.head
    doers = [c for c in top.children if c.dep_ in {"nsubj", "nsubjpass"}]
    named = any(d.pos_ in {"PROPN", "NOUN"} for d in doers)
    doubt = any(t.lower_ in _DOUBTS for t in verb.sent)
    also = any(c.lower_ in _ADDED for c in verb.children)
    return (
        top.dep_ == "ROOT"
        and named
        and also
        and not doubt
        and (verb.lemma_ in cues.holding or cues.meets(verb))
    )


def has_subject(verb: Token) -> bool:
    """Whether the clause has a subject of its own."""
    return any(c.dep_ == "nsubj" for c in verb.children)


def after_all(verb: Token) -> bool:
    """ "will only agree after X and Y began talks": what has to come first is not told as done."""
    above = verb.head
    if verb.dep_ != "advcl" or all(c.lower_ not in {"after", "once"} for c in verb.children):
        return False
    words = {c.lower_ for c in above.children if c.dep_ in {"aux", "advmod"}}
    return bool(words & {"will", "would", "can", "could"}) and "only" in words


def been_there(verb: Token) -> bool:
    """ "had flown to X for talks", "travelled to X for talks": told as over, unlike "left for talks"."""
    before = any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children)
    return before or verb.lemma_ in {"travel", "visit"}


def as_subject(verb: Token) -> Reading | None:
    """A gerund that is a subject: "holding another meeting will be difficult", or None."""
    if verb.tag_ != "VBG" or verb.dep_ not in {"csubj", "csubjpass"} or verb.head == verb:
        return None
    if verb.lemma_ in GOES_AHEAD and has_subject(verb):
        return Reading("ongoing", "present", "goes_on")  # "the talks taking place in Bern will help"
    if verb.head.tag_ == "VBD":
        return Reading("held", "past", "past_tense")
    return Reading("proposed", "future", "gerund")


def in_passive(verb: Token) -> bool:
    """Whether the verb has an auxiliary of the passive."""
    return any(c.dep_ == "auxpass" for c in verb.children)


def in_present(verb: Token) -> bool:
    """Whether a passive is told in the present: "is aimed at", not "has been aimed at"."""
    return any(c.dep_ == "auxpass" and c.tag_ in {"VBZ", "VBP"} for c in verb.children)


def brings(verb: Token, cues: StatusCues) -> bool:
    """Whether the infinitive below tells what is to come of the occasion, and not that it is to be held."""
    below = [c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VB"]
    still = cues.holding | cues.takes_place
    return any(
        c.lemma_.lower() in cues.yielding
        or (c.lemma_.lower() not in still and any(o.dep_ == "dobj" for o in c.children))
        for c in below
    )


def _deemed_possible(verb: Token, cues: StatusCues) -> bool:
    """ "It is possible that X and Y will talk soon": nobody arranged it."""
    if verb.dep_ != "ccomp" or verb.head.lemma_ != "be":
        return False
    return any(c.dep_ == "acomp" and cues.modifier(c.lower_) == "proposed" for c in verb.head.children)


def read_modal(verb: Token, modal: Token, negated: bool, conditional: bool, cues: StatusCues) -> Reading:
    """Status of what a modal verb tells: arranged by "will", wanted or possible by all others."""
    word = modal.lower_
    scheduled = word in cues.modals["scheduled"] and not _deemed_possible(verb, cues)
    iffy = any(
        c.dep_ == "advcl" and any(m.lower_ == "if" and m.dep_ == "mark" for m in c.children)
        and all(t.dep_ != "cc" for t in verb.doc[max(c.left_edge.i - 2, 0) : c.left_edge.i])
        for c in verb.children  # but not "received and, if all goes well, heard"
    )  # fmt: skip
    if not scheduled and word == "would" and told_in_past(verb) and not iffy:
        scheduled = True  # future in the past: "said he would travel"
    if not scheduled and word == "would" and not iffy and foretells(verb, cues):
        scheduled = True  # free indirect: "X would also hold talks with Y during the visit"
    if not scheduled and word in {"'d", "’d"} and told_in_past(verb):
        scheduled = True
    if conditional and (negated or scheduled):
        return Reading("proposed", "future", "conditional")
    if iffy and scheduled and not negated:
        return Reading("proposed", "future", "conditional")  # "if they agree, there will be a summit"
    if negated:
        if word in {"might", "may"}:
            return Reading("proposed", "future", "modal")
        return Reading("ruled_out", "future", "negated_modal")
    if word in {"could", "might", "may", "would", "should"} and is_perfect(verb):
        return Reading("proposed", "past", "modal")
    if any(c.dep_ == "mark" and c.lower_ in {"if", "whether"} for c in verb.children):
        return Reading("proposed", "future", "if_clause")
    return Reading("scheduled" if scheduled and not _guessed(verb, cues) else "proposed", "future", "modal")


def _guessed(verb: Token, cues: StatusCues) -> bool:
    """ "Speculation grew that the two would meet", "rumours that they will talk": nobody has said so."""
    above = verb.head
    if verb.dep_ not in {"acl", "ccomp"}:
        return False
    told = [above, *(c for c in above.children if c.dep_ in {"nsubj", "nsubjpass", "attr", "dobj"})]
    return any(t.lemma_.lower() in cues.mere_thoughts for t in told)


_ASKING = frozenset({"WRB", "WP", "WDT", "WP$"})


def asked(verb: Token) -> bool:
    """Whether a question leaves open what the verb tells: "Has Roe met Lind?", not "When did Roe meet?"."""
    if verb.dep_ != "ROOT" or not verb.sent.text.rstrip().endswith("?"):
        return False
    subject = next((c for c in verb.lefts if c.dep_ in {"nsubj", "nsubjpass"}), None)
    before = [c for c in verb.lefts if subject is not None and c.right_edge.i < subject.left_edge.i]
    return any(c.dep_ in {"aux", "auxpass"} for c in before) and not any(c.tag_ in _ASKING for c in before)


def present_plural(verb: Token, auxiliaries: list[Token]) -> bool:
    """Whether the tagger takes the present tense of several for an infinitive: "A and B return to talks"."""
    return verb.tag_ == "VB" and verb.dep_ == "ROOT" and not auxiliaries and has_subject(verb)


_EAGERLY = frozenset({"much", "long", "highly", "eagerly", "keenly", "widely", "oft", "repeatedly"})


def told_after_awaited(verb: Token) -> Token | None:
    """ "The much awaited talks with X have been put off": the verb, for which the parser takes "awaited"."""
    if verb.tag_ not in {"VBD", "VBN"} or any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in verb.children):
        return None
    if not any(c.dep_ == "advmod" and c.lower_ in _EAGERLY and c.i == verb.i - 1 for c in verb.lefts):
        return None
    after = (c for c in verb.rights if c.pos_ in {"VERB", "AUX"} and c.dep_ in _GARDEN_PATH)
    return next((c for c in after if all(o.dep_ not in {"nsubj", "mark"} for o in c.lefts)), None)


_BYGONE = frozenset({"latest", "last", "recent", "previous", "past", "earlier"})


def bygone(noun: Token) -> bool:
    """ "could build on the latest talks": what may come of them, they were held."""
    return noun.dep_ == "pobj" and any(c.lower_ in _BYGONE for c in noun.lefts)


_WILL = frozenset({"will", "'ll", "’ll", "shall"})


def will_close(noun: Token) -> bool:
    """ "They will conclude the first round on Thursday": it goes on until then."""
    verb = noun.head
    closing = noun.dep_ == "dobj" and verb.lemma_.lower() in CLOSING
    return closing and any(a.lower_ in _WILL for a in auxiliaries_of(verb))


def never_begun(verb: Token, cues: StatusCues) -> bool:
    """ "failed to materialise", "never got off the ground": what was planned was not begun."""
    past = verb.tag_ in {"VBD", "VBN"} or is_denied(verb)
    grounded = any(c.lower_ == "ground" for p in verb.subtree if p.lower_ == "off" for c in p.children)
    if verb.lemma_ == "get" and grounded:
        return past and is_denied(verb)
    if verb.lemma_ != "fail" or is_denied(verb) or not past:
        return False
    begun = cues.takes_place & _BEGINNING
    return any(c.dep_ == "xcomp" and c.lemma_.lower() in begun | {"get"} for c in verb.children)


_DURING = frozenset({"during", "in", "at"})
_THANKED_FOR = frozenset({"for"})


def behind_what_came_of_it(prep: Token, cues: StatusCues) -> bool:
    """ "After the progress made at the talks", "thanked him for his work at the talks": they are over."""
    thing = prep.head
    upper = thing.head
    if prep.lower_ not in _DURING or thing.pos_ != "NOUN" or thing.dep_ != "pobj":
        return False
    thanked = upper.lower_ in _THANKED_FOR and upper.head.lemma_.lower() in cues.thanking
    return thanked or upper.lower_ in cues.after

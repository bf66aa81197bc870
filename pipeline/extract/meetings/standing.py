"""How verbs of being tell where an occasion stands: "is off", "is under way", "hangs in the balance"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.modality import auxiliaries_of, in_present, is_denied
from pipeline.extract.meetings.readings import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.extract.meetings.cues import StatusCues
    from pipeline.model import MeetingStatus

_COPULAS = frozenset({"be", "remain", "stay", "hang", "stand", "look", "seem", "appear"})
_ABOUT_SUBJECT = frozenset({"acomp", "attr", "advmod", "prep", "oprd"})
_ENGAGED = frozenset({"lock", "engage", "embroil", "immerse", "absorb", "mire"})
_REPORTED = frozenset(
    {"say", "report", "believe", "think", "understand", "know", "rumour", "rumor", "allege"}
)
_ATTENDING = frozenset({"attend", "hold", "have", "join", "host", "finish", "conclude", "complete"})
_ANEW = frozenset({"back", "again", "still", "once"})  # "is back on the table"
_SENDING = frozenset({"send", "dispatch", "despatch"})
_IS = frozenset({"is", "are", "'s", "’s", "'re", "’re"})
_WILL = frozenset({"will", "'ll", "’ll", "shall"})
_WHEN = frozenset({"prep", "npadvmod"})
_ARRANGING = frozenset({
    "prepare", "arrange", "organise", "organize", "schedule", "plan", "fix", "set", "agree", "hold",
    "convene", "call",
})  # fmt: skip
_TALKING = frozenset({"talk", "speak", "whisper"})
_WELCOMING = frozenset({"welcome", "love", "prefer", "appreciate", "favour", "favor", "relish", "support"})


def standing(verb: Token, reading: Reading, cues: StatusCues) -> Reading | tuple[Token, MeetingStatus] | None:
    """What the predicate of the occasion's verb says of it, or the word that governs it with its status.

    `reading` is what the verb itself says; None where the predicate says nothing.
    """
    if verb.lemma_.lower() not in _COPULAS:
        return None
    below = [c for c in verb.children if c.i > verb.i]
    below += [t for c in below if c.lower_ in _ANEW for t in c.children]
    said = [c for c in below if c.dep_ in _ABOUT_SUBJECT and c.lower_ not in _ANEW]
    adjective = [c for c in said if c.dep_ == "acomp"]  # "is now likely to be held"
    complement = next(iter([*(c for c in said if c.lower_ == "off"), *adjective, *said]), None)
    if complement is None:
        return None
    if complement.lemma_.lower() in cues.mere_thoughts and reading.tense == "present":
        return complement, "proposed"  # "remains a distant prospect", "is only a dream"
    held = cues.governor(complement)
    if held is not None and complement.pos_ in {"ADJ", "VERB", "ADV"}:
        return complement, held
    told = cues.standing(complement)
    if told is not None:
        off = is_denied(verb) or any(c.lower_ in {"not", "no"} for c in complement.subtree)
        return Reading("ruled_out" if off else told, "future", "standing")
    if complement.lower_ == "off" and reading.status != "ruled_out":
        return Reading("cancelled", "past", "off")
    if complement.lower_ == "over" and reading.tense in {"present", "past"} and not is_denied(verb):
        return Reading("held", "past", "over")
    going = complement.lower_ == "underway" or (
        complement.lower_ in {"on", "under"} and all(c.lower_ == "way" for c in complement.children)
    )
    if going and reading.tense in {"present", "past"} and reading.status != "ruled_out":
        return Reading("ongoing", reading.tense, "underway")
    return None


def engaged_in(verb: Token, reading: Reading) -> bool:
    """ "are in talks", "are locked in talks": told in the present, they go on."""
    if reading.status not in {None, "held"} or is_denied(verb):
        return False
    if verb.lemma_ == "be":
        return reading.tense == "present" and reading.status is None
    return verb.lemma_.lower() in _ENGAGED and in_present(verb)


def rumoured_now(verb: Token) -> bool:
    """ "are said to be meeting": it goes on while it is told."""
    above = verb.head
    passive = any(c.dep_ == "auxpass" and c.tag_ in {"VBZ", "VBP"} for c in above.children)
    now = verb.tag_ == "VBG" and any(a.lower_ == "be" for a in auxiliaries_of(verb))
    return now and verb.dep_ == "xcomp" and passive and above.lemma_.lower() in _REPORTED


def there_is(noun: Token) -> Reading | None:
    """ "There is a meeting of the two": it goes on, or lies ahead ("at which they will discuss it")."""
    verb = noun.head
    present = verb.lower_ in _IS and not is_denied(verb)
    if not present or all(c.dep_ != "expl" for c in verb.lefts):
        return None
    ahead = any(a.lower_ in _WILL for c in noun.rights if c.dep_ == "relcl" for a in auxiliaries_of(c))
    return Reading("scheduled" if ahead else "ongoing", "future" if ahead else "present", "existential")


def put_in_doubt(noun: Token, position: Reading) -> bool:
    """ "The summit planned for Friday now looks doubtful": what is said of it outweighs the plan."""
    copula = noun.dep_ == "nsubj" and noun.head.lemma_.lower() in _COPULAS
    return copula and position.status == "proposed" and all(c.tag_ != "MD" for c in noun.head.children)


def attended(noun: Token) -> bool:
    """ "Attended a scheduled luncheon", "held planned talks": it took place as planned."""
    return noun.dep_ == "dobj" and noun.head.tag_ == "VBD" and noun.head.lemma_.lower() in _ATTENDING


def to_be_arranged(verb: Token) -> bool:
    """ "A meeting has to be prepared", "needs to be arranged": it is wanted, and not yet planned."""
    if verb.lemma_.lower() not in {"have", "need", "must"} or verb.tag_ == "VBD":
        return False
    return any(c.dep_ == "xcomp" and c.lemma_.lower() in _ARRANGING for c in verb.children)


def had_to(verb: Token) -> Token | None:
    """ "The meeting had to be put off": the verb that tells what had to be done, and was."""
    done = verb.tag_ in {"VBD", "VBN"} and verb.lemma_.lower() == "have" and not is_denied(verb)
    return next((c for c in verb.children if done and c.dep_ == "xcomp"), None)


def talked_of(verb: Token) -> bool:
    """ "A meeting is being talked of again", "is much talked about": nobody has arranged it."""
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    passive = verb.tag_ == "VBN" and bool(helpers & {"is", "are", "'s", "’s"})
    stranded = any(
        c.lower_ in {"of", "about"} and c.i == verb.i + 1 and all(t.dep_ != "pobj" for t in c.children)
        for c in verb.rights
    )
    return passive and stranded and verb.lemma_.lower() in _TALKING


def would_welcome(verb: Token, reading: Reading) -> bool:
    """ "would welcome a meeting", "would prefer talks": it is only wished for."""
    return reading.rule == "modal" and reading.status == "proposed" and verb.lemma_.lower() in _WELCOMING


def sent_off(verb: Token) -> bool:
    """ "Sent an envoy to Lima on Monday to see X": told in the past, and with a day, it was done."""
    dated = any(t.ent_type_ == "DATE" for c in verb.children if c.dep_ in _WHEN for t in (c, *c.children))
    return verb.tag_ == "VBD" and verb.lemma_.lower() in _SENDING and dated


def threatened(verb: Token) -> bool:
    """ "has threatened to pull out of the talks": they are still to be held."""
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in {"threaten", "warn"}

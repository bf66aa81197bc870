"""Which status a mention asserts: tense and modality of the verbs above the meeting word decide first.

Order of decisions: denial ("no meeting", "refused to"), conditions ("until", "only once"), modal verbs and
governors ("ready to", "plans to"), position ("after the talks"), modifiers ("upcoming"), tense. What stays
open here is None; the date against the day of the report decides it later (`readings.settle`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings import function_words as words
from pipeline.extract.meetings.cues import StatusCues
from pipeline.extract.meetings.frames import to_come, verb_behind
from pipeline.extract.meetings.modality import (
    GOES_AHEAD,
    after_all,
    as_subject,
    asked,
    auxiliaries_of,
    been_there,
    behind_what_came_of_it,
    brings,
    bygone,
    condition,
    departure,
    det_no,
    disclaimed,
    done_there,
    ended_after,
    ends_all,
    has_subject,
    hypothetical,
    in_passive,
    in_present,
    is_denied,
    is_to,
    left_as,
    modal_above,
    modifier_status,
    nearest_verb,
    never_begun,
    present_plural,
    read_modal,
    shared_auxiliaries,
    stillborn,
    taken_back,
    there_no,
    told_after_awaited,
    told_after_plan,
    told_in_past,
    was,
    went_on,
    will_close,
)
from pipeline.extract.meetings.plans import told_behind
from pipeline.extract.meetings.readings import WEAK_POSITIONS, WEIGHED, Reading, weighed
from pipeline.extract.meetings.standing import (
    attended,
    engaged_in,
    had_to,
    put_in_doubt,
    rumoured_now,
    sent_off,
    standing,
    talked_of,
    there_is,
    threatened,
    to_be_arranged,
    would_welcome,
)
from pipeline.extract.meetings.wishes import due_for, striven_for, wished_by
from pipeline.model import MeetingStatus

if TYPE_CHECKING:
    from spacy.tokens import Token

_LIMIT = 8  # clauses climbed above a meeting word


def read_status(event: Token, cues: StatusCues, top: Token | None = None) -> Reading:
    """Status of the meeting that the token `event` (noun or verb) tells of; `top` stands for it, if given."""
    if event.pos_ in {"VERB", "AUX"}:
        return _read_verb(event, cues, 0)
    if top is not None and top != event:
        reading = _read_noun(top, cues)
        return reading if reading.status is not None else _read_noun(event, cues)
    return _read_noun(event, cues)


def _read_verb(verb: Token, cues: StatusCues, depth: int) -> Reading:
    auxiliaries = shared_auxiliaries(verb)
    negated = is_denied(verb)
    if depth > _LIMIT:
        return Reading(None, None, "too_deep")
    subject = as_subject(verb)
    if subject is not None:
        return subject
    if verb.tag_ in {"VBG", "VBN"} and disclaimed(verb):
        return Reading("ruled_out", "past", "denied")
    if rumoured_now(verb):
        return Reading("ongoing", "present", "progressive")
    if after_all(verb):
        return Reading("proposed", "future", "conditional")
    wish = wished_by(verb, cues)
    if wish is not None:
        told = _with_governor(wish, "proposed", cues, depth)
        return Reading("proposed", "future", "wish") if told.status == "proposed" else told
    conditional = condition(verb, cues)
    modal = next((a for a in auxiliaries if a.tag_ == "MD"), None)
    if modal is not None:
        return read_modal(verb, modal, negated, conditional, cues)
    emphatic = any(a.lower_ in {"did", "does", "do"} for a in auxiliaries)
    infinite = verb.tag_ in {"VB", "VBG"} or not auxiliaries or any(a.tag_ == "TO" for a in auxiliaries)
    # "confirmed that the call focused on ...": a past that the tagger takes for a participle
    finite = verb.tag_ == "VBN" and verb.dep_ == "ccomp" and not auxiliaries and has_subject(verb)
    if not emphatic and not finite and infinite and verb.tag_ in {"VB", "VBG", "VBN"}:
        governed = _governed(verb, auxiliaries, cues, depth)
        if governed is not None:
            if negated:
                status: MeetingStatus = "proposed" if conditional else "ruled_out"
                return Reading(status, governed.tense, "negated_infinitive")
            if conditional and governed.status in {"scheduled", "ruled_out"}:
                return Reading("proposed", governed.tense, "conditional")
            return governed
    forms = {a.lower_ for a in auxiliaries}
    if hypothetical(verb, forms, cues):
        return Reading("proposed", "future", "if_clause")
    perfect = bool(forms & words.HAVING) and verb.tag_ in {"VBN", "VBG", "VBD"}
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return Reading("ruled_out", "past", "without")  # "left without having met X"
    if departure(verb, cues) and verb.tag_ in {"VBD", "VBN"} and not negated and not done_there(verb):
        if verb.lemma_ == "fly" and been_there(verb):
            return Reading("held", "past", "past_tense")
        return Reading("scheduled", "past", "purpose_of_travel")
    if departure(verb, cues) and verb.tag_ == "VBG" and forms & {"is", "are", "'s", "’s"} and not negated:
        return Reading("scheduled", "future", "purpose_of_travel")
    if verb.tag_ == "VBG" and forms & {"is", "are", "am", "been", "'re", "’re", "'s", "’s"}:
        if negated:
            return Reading("ruled_out", "present", "negated_verb")
        return Reading("ongoing", "present", "progressive")
    if verb.tag_ == "VBN" and {"being"} < forms and forms & {"is", "are"} and not negated:
        return Reading("ongoing", "present", "progressive")  # "are being held"
    if asked(verb):
        return Reading(None, "past", "asked")
    if verb.tag_ in {"VBD", "VBN"} or perfect or forms & {"was", "were", "did", "had"}:
        if negated:
            return Reading("proposed" if conditional else "ruled_out", "past", "negated_past")
        if disclaimed(verb):
            return Reading("ruled_out", "past", "denied")
        return Reading("held", "past", "past_tense")
    if (
        verb.tag_ in {"VBZ", "VBP"}
        or forms & {"is", "are", "does", "do"}
        or present_plural(verb, auxiliaries)
    ):
        if negated:
            return Reading("proposed" if conditional else "ruled_out", "present", "negated_verb")
        return Reading(None, "present", "present_event")
    if any(a.tag_ == "TO" for a in auxiliaries):
        return Reading("scheduled", "future", "bare_infinitive")
    return Reading(None, None, "open_verb")


def _governed(verb: Token, auxiliaries: list[Token], cues: StatusCues, depth: int) -> Reading | None:
    """Status that the word above an infinitive or a participle gives it, or None if none does."""
    above = verb.head
    if above == verb:
        return None
    if verb.tag_ == "VBG" and any(
        a.lower_ in {"is", "are", "was", "were", "been", "be"} for a in auxiliaries
    ):
        if any(a.lower_ in {"was", "were"} for a in auxiliaries):
            if verb.dep_ == "ccomp" and told_in_past(verb):
                return Reading("ongoing", "present", "progressive")  # "said that they were meeting in Oslo"
            return Reading("held", "past", "past_tense")
        return None
    infinitive = any(a.tag_ == "TO" for a in auxiliaries)
    if verb.tag_ == "VBN" and verb.dep_ == "acl":
        return Reading("held", "past", "participle")
    if verb.tag_ == "VBG" and verb.dep_ == "advcl" and above.pos_ in {"VERB", "AUX"} and not infinitive:
        return _meanwhile(verb, above, cues, depth)
    if verb.dep_ == "conj" and above.pos_ in {"VERB", "AUX"}:
        if above.tag_ == verb.tag_ or above.tag_ in {"VB"}:
            return (
                _read_verb(above, cues, depth + 1)
                if not infinitive
                else _governed(above, auxiliaries_of(above), cues, depth + 1)
                or _read_verb(above, cues, depth + 1)
            )
        return _read_verb(above, cues, depth + 1)
    if above.pos_ == "AUX" and above.lemma_ == "be" and infinitive and verb.dep_ in {"xcomp", "ccomp"}:
        if is_denied(above):
            return Reading("ruled_out", "future", "be_to")
        if any(a.lower_ == "have" for a in auxiliaries) and above.tag_ == "VBD":
            return Reading("cancelled", "future", "was_to_have")
        if above.dep_ == "relcl" and above.tag_ == "VBD" and above.head.pos_ in {"NOUN", "PROPN"}:
            # "called off his trip to Delhi, where he was to meet X"
            journey = _noun_position(above.head, cues, depth + 1)
            if journey.status in {"cancelled", "ruled_out"}:
                return Reading("cancelled", "future", "was_to_have")
        return Reading("scheduled", "future", "be_to")
    if above.lemma_ == "have" and infinitive and verb.dep_ == "xcomp":
        return Reading("proposed", "future", "have_to")
    if above.lemma_ == "go" and above.tag_ == "VBG" and infinitive and verb.dep_ == "xcomp":
        denied = is_denied(above)
        return Reading("ruled_out" if denied else "scheduled", "future", "going_to")
    if verb.dep_ in {"advcl"} and infinitive and above.pos_ in {"VERB", "AUX"}:
        offer = verb.left_edge.nbor(-1) if verb.left_edge.i > 0 else verb
        if offer.dep_ == "dobj" and offer.head == above and (told := cues.governor(offer)) is not None:
            return _with_governor(offer, told, cues, depth)  # "renewed his offer to bring A and B together"
        upper = _read_verb(above, cues, depth + 1)
        table = cues.governor(above)
        if table is not None:
            return _with_governor(above, table, cues, depth)
        if upper.status == "held" and (cues.meets(above) or above.lemma_ == "be"):
            return Reading("held", "past", "past_tense")  # "met X to discuss", "was in Rome to meet X"
        if upper.status == "held" and (been_there(above) or went_on(above)):
            return upper
        if upper.status == "held":
            return Reading("scheduled", "past", "purpose_of_travel")
        if upper.status is None:
            return Reading("scheduled", upper.tense, "purpose_of_travel")
        return upper
    if above.lemma_ == "fail" and infinitive and verb.dep_ == "xcomp" and not is_denied(above):
        return Reading("ruled_out", "past", "failed")
    table = cues.governor(above)
    if table is not None:
        return _with_governor(above, table, cues, depth)
    if above.pos_ in {"ADP", "SCONJ"} and above.lower_ == "without":
        return Reading("ruled_out", _read_above(above.head, cues, depth + 1).tense, "without")
    if above.pos_ == "ADP" and above.lower_ in cues.after:
        return Reading("held", "past", "after_occasion")
    if above.pos_ in {"ADP", "SCONJ"} and above.lower_ in cues.before:
        upper = _read_above(above.head, cues, depth)
        if upper.status == "held" and above.head.pos_ == "VERB" and cues.meets(above.head):
            return Reading("held", "past", "before_occasion")  # "held talks with A before meeting B"
        return Reading("scheduled", "future", "before_occasion")
    if above.pos_ in {"ADP", "SCONJ"} and above.head != above:
        bent = verb.tag_ == "VBG" and above.lower_ in words.BENT_ON and above.head.pos_ in {"VERB", "ADJ"}
        if bent and cues.governor(above.head) is None:
            return Reading("proposed", "future", "gerund")  # "remains committed to holding talks"
        return _read_above(above.head, cues, depth)
    if above.pos_ in {"VERB", "AUX"} and verb.dep_ in {"advcl", "xcomp", "ccomp", "pcomp", "acl", "relcl"}:
        return _read_verb(above, cues, depth + 1)
    if above.pos_ in {"NOUN", "PROPN"} and verb.dep_ in {"acl", "relcl"}:
        noun = _noun_position(above, cues, depth + 1)
        if infinitive:
            return noun if noun.status is not None else Reading("scheduled", "future", "infinitive_of_noun")
        past = verb.tag_ == "VBN"
        return Reading("held" if past else None, "past" if past else None, "participle")
    return None


def _meanwhile(verb: Token, above: Token, cues: StatusCues, depth: int) -> Reading:
    """ "while speaking to X, he proposed": only the tense of the verb above counts, not what it governs."""
    if any(c.lower_ in cues.before and c.dep_ in {"mark", "prep"} for c in verb.children):
        return Reading("scheduled", "future", "before_occasion")
    tense = _read_verb(above, cues, depth + 1).tense
    if tense == "past":
        return Reading("held", "past", "past_tense")
    if tense == "present":
        return Reading("ongoing", "present", "progressive")
    return Reading("scheduled", tense, "meanwhile")


def _read_above(above: Token, cues: StatusCues, depth: int) -> Reading:
    table = cues.governor(above)
    if table is not None:
        return _with_governor(above, table, cues, depth)
    if above.pos_ in {"VERB", "AUX"}:
        return _read_verb(above, cues, depth + 1)
    return _noun_position(above, cues, depth + 1)


def _with_governor(word: Token, status: MeetingStatus, cues: StatusCues, depth: int) -> Reading:
    """Status that a governor gives, turned round if the governor is denied, and put off by a condition."""
    if sent_off(word) and not is_denied(word):
        return Reading("held", "past", "past_tense")
    denied = (
        is_denied(word)
        or det_no(word)
        or (
            word.pos_ in {"ADJ", "NOUN"}
            and word.head.lemma_ == "be"
            and (is_denied(word.head) or there_no(word))
        )
    )
    conditional = word.pos_ in {"VERB", "AUX"} and condition(word, cues)
    if status == "ruled_out":
        if denied or conditional:
            return Reading("proposed", "future", "denied_refusal")
        modal = next((a for a in auxiliaries_of(word) if a.tag_ == "MD"), None)
        if modal is not None and modal.lower_ in cues.modals["proposed"] and modal.lower_ != "would":
            return Reading("proposed", "future", "modal_refusal")
        return Reading("ruled_out", "future", "refusal")
    if denied:
        left_open = conditional or word.lemma_.lower() in cues.confirming
        return Reading("proposed" if left_open else "ruled_out", "future", "denied_governor")
    upper = word.head
    if status == "cancelled" and threatened(word):
        return Reading("scheduled", "future", "threatened")
    if word.pos_ == "VERB" and word.dep_ == "xcomp" and is_to(word) and depth <= _LIMIT:
        above = _read_verb(word, cues, depth + 1)  # "refuses to send a team for talks"
        if above.status in {"ruled_out", "cancelled"} or (status, above.status) == ("scheduled", "proposed"):
            return above
    if status == "scheduled" and word.pos_ == "VERB" and striven_for(word, cues):
        return Reading("proposed", "future", "effort")
    if status == "proposed" and word.pos_ == "NOUN" and upper.lemma_ == "accept" and not is_denied(upper):
        return Reading("scheduled", "future", "accepted")
    if status == "proposed" and word.lemma_ == "invitation" and taken_back(upper, cues):
        return Reading("cancelled", "past", "invitation_taken_back")
    if word.pos_ == "NOUN" and upper.pos_ in {"VERB", "AUX"} and cues.governor(upper) == "ruled_out":
        return _with_governor(upper, "ruled_out", cues, depth + 1)
    if status == "scheduled" and (conditional or modal_above(word, cues)):
        return Reading("proposed", "future", "modal_governor")
    past = status in {"held", "cancelled"} or (was(word) and not told_in_past(word))
    return Reading(status, "past" if past else "future", f"governor_{status}")


def _read_noun(noun: Token, cues: StatusCues) -> Reading:
    first = noun
    while (
        first.dep_ in {"conj", "appos", "compound", "nmod"}
        and first.head != first
        and first.head.pos_ in {"NOUN", "PROPN"}
    ):
        first = first.head
    if det_no(noun):
        above = nearest_verb(noun)
        held_back = above is not None and above.tag_ in {"VB", "VBN"} and condition(above, cues)
        if held_back and any(a.tag_ == "MD" for v in [above] if v is not None for a in auxiliaries_of(v)):
            return Reading("proposed", "future", "conditional")  # "no round can be held until X withdraws"
        return Reading("ruled_out", "future", "no_occasion")
    if noun.tag_ == "NNS" and any(c.lower_ in cues.habitual for c in noun.lefts):
        told = _noun_position(first, cues, 0)
        habit = told.status in {None, "ongoing"} or told.tense == "present"
        return Reading("ongoing", "present", "habit") if habit else told
    modifier = modifier_status(noun, cues)
    position = _noun_position(first, cues, 0)
    relative = _relative_status(noun, cues)
    if modifier == "cancelled":
        return Reading("cancelled", "past", "modifier_cancelled")
    if position.status in {"cancelled", "ruled_out"}:
        return position
    overtaken = (
        relative is not None and relative.status == "cancelled"
        and (position.status in {"scheduled", "proposed"} or position.rule == "present_event")
    )  # fmt: skip
    doubted = relative is not None and relative.status == "scheduled" and put_in_doubt(noun, position)
    if relative is not None and not (overtaken or doubted):
        return relative  # but "talks, suspended in January, will resume"
    if position.rule in {"date_of_occasion", "wish"}:
        return position  # "no date has been agreed for the next round", "suggested that it be held in May"
    held = first.dep_ == "dobj" and first.head.lemma_ in cues.holding
    if (
        held
        and position.rule == "governor_proposed"
        and any(c.lower_ in {"next", "future", "coming"} for c in noun.lefts)
    ):
        return position  # "has offered to host the next round"
    if modifier == "scheduled" and position.rule == "past_tense" and attended(first):
        return position  # "attended a scheduled luncheon"
    if modifier == "scheduled" or (modifier == "proposed" and position.rule in WEAK_POSITIONS):
        return Reading(modifier, "future", f"modifier_{modifier}")
    if modifier in {"ongoing"} and position.status in {None, "held"} and position.rule in WEAK_POSITIONS:
        return Reading("ongoing", "present", "modifier_ongoing")
    if modifier == "held" and will_close(first):
        return Reading("scheduled", "future", "modal")  # "will wrap up the first round on Thursday"
    if modifier == "held" and (position.status is None or (position.rule == "modal" and bygone(noun))):
        return Reading("held", "past", "modifier_held")  # "could build on the latest talks"
    return position


def _arranged_by_subject(verb: Token, cues: StatusCues, depth: int) -> Reading | None:
    """ "Preparations are under way for a visit", "no date has been set for talks": the subject decides."""
    for subject in (c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}):
        if subject.lemma_.lower() in words.DATES:
            return _date_told(subject, cues, depth)
        table = cues.governor(subject) if verb.lemma_ == "be" and subject.pos_ == "NOUN" else None
        if table is not None:
            return _with_governor(subject, table, cues, depth)
    return None


def _date_told(date: Token, cues: StatusCues, depth: int) -> Reading:
    """ "A date for talks has yet to be set": open; "has been set": arranged."""
    verb = nearest_verb(date)
    told = [verb, *verb.children] if verb is not None else []
    still_open = det_no(date) or any(w.dep_ == "neg" or w.lower_ in {"yet", "no", "still"} for w in told)
    if verb is not None and cues.governor(verb) == "proposed":
        return Reading("proposed", "future", "date_of_occasion")
    if still_open or verb is None or _read_verb(verb, cues, depth + 1).status in {"proposed", "ruled_out"}:
        return Reading("proposed", "future", "date_of_occasion")
    return Reading("scheduled", "future", "date_of_occasion")


def _relative_status(noun: Token, cues: StatusCues) -> Reading | None:
    """Status told in a clause on the noun: "a visit planned for Friday", "which continues until ..."."""
    for child in noun.children:
        if child.dep_ in {"acl", "relcl"} and child.i > noun.i:
            bare = not any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children)
            if bare and child.tag_ == "VBG" and child.dep_ == "acl" and child.lemma_ in GOES_AHEAD:
                return Reading("ongoing", "present", "goes_on")  # "talks taking place in Rome"
            going_on = [a.lower_ for a in auxiliaries_of(child)] == ["being"]
            if bare and going_on and child.lemma_ in cues.holding:
                return Reading("ongoing", "present", "being_held")  # "talks being held in Rome"
            if bare and child.tag_ in {"VBN", "VBD"} and not auxiliaries_of(child):  # "set" comes out as VBD
                status = cues.governor(child)
                if status in {"scheduled", "cancelled"}:
                    return Reading(status, "future", "participle_on_noun")
                continue
            subject = next((c for c in child.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
            tells = child.lemma_.lower() in cues.takes_place or cues.governor(child) is not None
            if tells and subject is not None and subject.tag_ in {"WDT", "WP"}:
                told = _subject_of(child, subject.dep_ == "nsubjpass", cues, 0)
                return Reading("ongoing", "present", "goes_on") if told.status is None else told
            if child.tag_ == "VB" and child.lemma_ == "hold" and is_to(child):
                return Reading("scheduled", "future", "to_be_held")
    behind = told_behind(noun)
    if behind is not None:
        told = _subject_of(behind, False, cues, 0)
        return Reading("ongoing", "present", "goes_on") if told.status is None else told
    return None


def _noun_position(noun: Token, cues: StatusCues, depth: int) -> Reading:
    above = noun.head
    if depth > _LIMIT or above == noun:
        return Reading(None, None, "open_noun")
    if det_no(noun) and (depth == 0 or cues.governor(noun) is not None):
        return Reading("ruled_out", "future", "no_occasion")
    if noun.dep_ in {"pobj", "pcomp"} and above.pos_ in {"ADP", "SCONJ", "VERB", "ADV", "PART"}:
        return _after_preposition(above, cues, depth)
    if noun.dep_ in {"nsubj", "nsubjpass"}:
        upper = above.head
        if (
            above.tag_ == "VBN"
            and not auxiliaries_of(above)
            and above.dep_ == "ccomp"
            and upper.tag_ == "VBN"
        ):
            # "The visit, planned for Friday, has been postponed": the subject hangs on the first participle.
            return _subject_of(upper, True, cues, depth)
        told = told_after_plan(above, cues) or verb_behind(above)
        if told is not None:
            return _subject_of(told, False, cues, depth)
        return _subject_of(above, noun.dep_ == "nsubjpass", cues, depth)
    if noun.dep_ in words.TOLD_BY_HEAD:
        if noun.dep_ == "poss":
            return _noun_position(above, cues, depth + 1)
        if above.pos_ in {"VERB", "AUX"}:
            existing = there_is(noun)
            if existing is not None:
                return existing
            told = told_after_awaited(above)
            return _object_of(above, cues, depth) if told is None else _subject_of(told, False, cues, depth)
        if noun.dep_ in {"conj", "appos"}:
            return _noun_position(above, cues, depth + 1)
    return Reading(None, None, "open_noun")


def _subject_of(verb: Token, passive: bool, cues: StatusCues, depth: int) -> Reading:
    """Status of an occasion of which the verb tells something."""
    ended = ended_after(verb, cues)
    if ended is not None:
        return _with_governor(ended, "cancelled", cues, depth)
    if passive and weighed(verb, cues):
        return Reading(None, None, WEIGHED)
    ahead = to_come(verb) if verb.lemma_ == "be" else None
    if ahead is not None:
        return _read_verb(ahead, cues, depth + 1)
    if stillborn(verb, cues) and not is_denied(verb):
        return Reading("cancelled", "past", "stillborn")
    forced = had_to(verb)
    if forced is not None and cues.governor(forced) == "cancelled":
        return _with_governor(forced, "cancelled", cues, depth)
    if talked_of(verb):
        return Reading("proposed", "future", "talked_of")
    if to_be_arranged(verb) and not is_denied(verb):
        return Reading("proposed", "future", "to_be_arranged")
    status = cues.governor(verb)
    fate = left_as(verb)
    left = cues.governor(fate) if fate is not None else None
    if fate is not None and left is not None:
        return _with_governor(fate, left, cues, depth)
    passive = (
        passive
        or any(c.dep_ == "auxpass" for c in verb.children)
        or (verb.tag_ == "VBN" and any(c.lower_ == "been" for c in verb.children))
    )
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    planned = any(
        modifier_status(c, cues) in {"scheduled", "proposed"} for c in verb.children if c.dep_ == "nsubj"
    )
    broke = verb.lemma_.lower() in cues.takes_place and not passive and not planned
    if broke and status == "cancelled":
        return _read_verb(verb, cues, depth + 1)  # "the talks collapsed in Caracas": they took place
    if status in {"cancelled", "ruled_out"} and (passive or particle or status == "cancelled"):
        return _with_governor(verb, status, cues, depth)
    if passive and status is None and verb.lemma_.lower() in words.RELOCATING and not is_denied(verb):
        return _with_governor(verb, "scheduled", cues, depth)  # "has been moved from Lima to Quito"
    if passive and verb.lemma_ == "call" and particle is None:
        return _with_governor(verb, "scheduled", cues, depth)  # "a summit has been called for Sunday"
    if status in {"scheduled", "proposed"} and passive and verb.lemma_ != "aim":
        if is_denied(verb) and brings(verb, cues):
            return Reading(None, "present", "about_occasion")  # "are not intended to produce a deal"
        if modal_above(verb, cues):
            return Reading("proposed", "future", "modal")
        return _with_governor(verb, status, cues, depth)
    if never_begun(verb, cues):
        return Reading("cancelled", "past", "did_not_take_place")
    reading = _read_verb(verb, cues, depth + 1)
    if passive and reading.rule == "past_tense" and in_present(verb):
        return Reading(None, "present", "subject_of_present")  # "is aimed at breaking the deadlock"
    if verb.lemma_.lower() in cues.yielding and not passive and reading.status in {"scheduled", "proposed"}:
        return Reading(None, "present", "about_occasion")  # "the talks would yield results"
    if verb.lemma_.lower() in cues.takes_place and not passive:
        if reading.rule == "negated_past":
            return Reading("cancelled", "past", "did_not_take_place")
        if reading.rule == "negated_modal" and verb.lemma_.lower() in GOES_AHEAD:
            return Reading("cancelled", "future", "will_not_take_place")
        if reading.status == "held" and disclaimed(verb):
            return Reading("ruled_out", "past", "denied")
        if reading.status == "held" and verb.lemma_.lower() in cues.lasting:
            return Reading("held", "past", "lasting")
        return reading
    stands = standing(verb, reading, cues)
    if isinstance(stands, Reading):
        return stands
    if stands is not None:
        return _with_governor(*stands, cues, depth)
    if reading.status in {"scheduled", "proposed"}:
        return reading
    if verb.lemma_ == "do" and reading.rule == "negated_past":
        return Reading("cancelled", "past", "did_not_take_place")  # "did not materialise", misread
    if reading.tense == "past":
        if disclaimed(verb):
            return Reading("ruled_out", "past", "denied")
        return Reading("held", "past", "subject_of_past")
    if reading.status == "ongoing" and (verb.tag_ == "VBG" or verb.lemma_ in cues.holding):
        return Reading("ongoing", "present", "progressive")
    return Reading(None, reading.tense, "subject_of_present")


def _object_of(verb: Token, cues: StatusCues, depth: int) -> Reading:
    if verb.lower_ in words.REGARDING:
        above = nearest_verb(verb)  # "is waiting for an answer regarding a meeting"
        table = cues.governor(above) if above is not None else None
        if above is not None and table is not None:
            return _with_governor(above, table, cues, depth)
        return Reading(None, None, "about_occasion")
    if weighed(verb, cues):
        return Reading(None, None, WEIGHED)
    status = cues.governor(verb)
    if status is not None:
        return _with_governor(verb, status, cues, depth)
    reading = _read_verb(verb, cues, depth + 1)
    if would_welcome(verb, reading):
        return reading
    open_still = reading.rule == "failed" or reading.status == "proposed"  # "hope to secure a call"
    if reading.rule == "past_tense" and verb.lemma_ in cues.lasting:
        return Reading("held", "past", "begun")
    giving = reading.rule == "progressive" and verb.lemma_ in words.GIVING  # "is giving a dinner for her"
    if giving or verb.lemma_ in cues.holding or (open_still and verb.lemma_ in cues.obtaining):
        return reading
    if reading.status == "held":
        return Reading("held", "past", "object_of_past")
    # "may have leaked the call", "will discuss the summit": the modality is not the occasion's.
    return Reading(None, None, "object_of_present")


def _after_preposition(prep: Token, cues: StatusCues, depth: int) -> Reading:
    word = prep.lower_
    above = prep.head
    if word == "of" and prep.i > 0 and prep.nbor(-1).lower_ in {"ahead"}:
        word = "ahead of"
    elif word == "of" and above.lower_ == "out" and above.head.pos_ == "VERB":
        above = above.head  # "pulled out of the talks"
    if word in cues.after or behind_what_came_of_it(prep, cues):
        return Reading("held", "past", "after_occasion")
    upper_verb = nearest_verb(prep)
    if word in cues.before:
        if upper_verb is not None and ends_all(upper_verb, cues):
            return Reading("cancelled", "past", "ended_before")
        if upper_verb is not None and _read_verb(upper_verb, cues, depth + 1).status == "held":
            return Reading("scheduled", "past", "before_occasion")
        return Reading("scheduled", "future", "before_occasion")
    if word == "at" and above.lemma_ == "be" and above.tag_ == "VBD" and is_denied(above):
        return Reading("held", "past", "not_there")  # "Peru was not at the talks": which were held
    table = cues.governor(above) if word not in {"during", "amid"} else None
    if above.pos_ == "NOUN" and above.lemma_ in words.PURPOSES:
        table = None  # "the aim of the meeting is ..."
    if above.lemma_ == "call" and above.pos_ == "NOUN" and word != "for":
        table = None  # "a second call to X", not "a call for talks"
    if above.pos_ == "NOUN" and word == "in" and above.lemma_ == "proposal":
        table = None  # "worked on the proposal in talks": the talks are not proposed
    if above.lemma_ == "point" and not det_no(above):
        table = None  # "a key point in the talks"; but "no point in talks"
    if above.lemma_ == "ask" and word != "for":
        table = None  # "asked about the talks": nobody asks for them
    fronted = prep.i < above.i  # "In a meeting with X on Tuesday, Y pressed for lower tariffs"
    governs = any(c.dep_ in {"dobj", "ccomp"} for c in above.children)
    if word in words.SETTING and above.pos_ == "VERB" and (fronted or governs):
        table = None  # "prepared the ground at a dinner", "told her at a lunch": what is governed is another
    if word in {"at", "in", "on", "over"} and table == "scheduled" and above.pos_ == "VERB":
        table = None  # "agreed at talks in Geneva", "agreed in a call to meet"
    if word == "for" and above.pos_ in {"VERB", "AUX"}:
        prepared = _arranged_by_subject(above, cues, depth)
        if prepared is not None:
            return prepared
        due = due_for(above, cues)
        if due is not None:
            return _with_governor(due, "scheduled", cues, depth)  # "is due in Oslo for talks"
    if above.lemma_.lower() in words.DATES and word in {"for", "of"}:
        return _date_told(above, cues, depth)
    if table is not None and word in words.GOVERNING:
        return _with_governor(above, table, cues, depth)
    if above.pos_ in {"NOUN", "PROPN"} and word not in {"during", "amid"}:
        if cues.outcome(above):
            verb = nearest_verb(above) if above.lemma_.lower() in cues.beside else None
            ahead = _read_verb(verb, cues, depth + 1) if verb is not None else None
            if ahead is not None and ahead.tense == "future" and ahead.status in {"scheduled", "proposed"}:
                return ahead  # "will meet on the sidelines of the summit"
            return Reading("held", "past", "outcome_of_occasion")
        upper = _noun_position(above, cues, depth + 1)
        if word == "from" and "governor" in upper.rule:
            return Reading(None, upper.tense, "about_occasion")  # "expects no progress from the talks"
        if word == "at" and upper.rule.startswith("governor_") and upper_verb is not None:
            # "is considering several options at the meeting": what is considered is not the meeting
            reading = _read_verb(upper_verb, cues, depth + 1)
            return Reading(reading.status, reading.tense, "around_occasion")
        if upper.rule in {"subject_of_past", "object_of_past", "past_tense", "begun"}:
            return Reading(None, "past", "about_occasion")
        return upper
    if upper_verb is None:
        return Reading(None, None, "open_noun")
    reading = _read_verb(upper_verb, cues, depth + 1)
    if reading.rule == "failed" and word != "for":
        return Reading("held", "past", "around_occasion")  # "failed to agree at talks in Geneva"
    if word == "for" and upper_verb.lemma_ in cues.travel and not in_passive(upper_verb):
        if reading.status == "held" and been_there(upper_verb):
            return reading
        if reading.status == "held":
            return Reading("scheduled", "past", "purpose_of_travel")
        return reading
    if word in words.TOPIC and upper_verb.lemma_ in cues.informing:
        return Reading(None, "past", "told_about")  # "will brief reporters on the meeting"
    if word in cues.during or word in {"for", "by", "over", "via", "with", "to"}:
        if word == "for" and reading.rule == "present_event" and upper_verb.lemma_ in words.GATHERING:
            return reading  # "meet in Bern on Sunday for talks"
        if word == "in" and engaged_in(upper_verb, reading):
            return Reading("ongoing", "present", "progressive")  # "are in talks"
        if (
            word == "for"
            and upper_verb.lemma_ == "be"
            and reading.tense == "present"
            and reading.status is None
        ):
            return Reading("ongoing", "present", "progressive")  # "is in Riyadh for talks"
        if reading.status in {"ruled_out"} and word != "for" and upper_verb.lemma_ not in cues.holding:
            return Reading("held", reading.tense, "around_occasion")  # the denial is not of the occasion
        if reading.status in {"proposed"} and reading.rule == "modal":
            return reading
        if reading.rule in {"infinitive_of_noun", "gerund"} and word in cues.during:
            return Reading(None, None, "about_occasion")  # "the failure to agree during this round"
        return Reading(reading.status, reading.tense, "around_occasion")
    return Reading(None, reading.tense, "about_occasion")

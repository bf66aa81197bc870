"""On which day something was said: dates of the saying, apart from those of what else a sentence tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from pipeline.dates.calendar import load_calendar, shift, width
from pipeline.dates.expressions import DateExpression, find_dates, is_anaphoric
from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import Line
from pipeline.model import DateRange

if TYPE_CHECKING:
    from spacy.tokens import Token

IsActor = Callable[["Token"], bool]
"""Whether a noun names or describes somebody who may have been spoken to."""


class Said(Protocol):
    """What is known of something said: where it stands, its cue, and the spans of what was said."""

    line: Line
    pieces: list[tuple[int, int]]
    cue: Token | None


MAX_CLIMB: Final = 6
"""Heads that are climbed from a word to what it hangs on."""
_DEADLINE = ("by ", "until ", "before ")  # what is to happen by then has not been said then
_ANCHORED = (" after", " before")  # "a day after the vote" dates the saying only by another event
_ACTORS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_OBJECTS = frozenset({"dobj", "obj", "dative", "pobj", "conj", "appos"})
_OPENERS = frozenset({"of", "for", "to", "over", "about", "against"})
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "prep", "pcomp", "acl"})
_RELATIVE = frozenset({"relcl", "acl", "appos"})
_RELATIVE_ADVERBS = frozenset({"when", "where"})
_OCCASION_PREPOSITIONS = frozenset({"at", "in", "during", "on"})


def said_on(
    said: Said, region: str, offset: int, report: DateRange | None, speech: Speech, is_actor: IsActor
) -> DateExpression | None:
    """The date of the saying, or None where the text tells no other than that of the report.

    Args:
        said: what was said.
        region: the words of attribution: the cue's sentence with the content blanked out.
        offset: where the region begins in the line.
        report: the days of the report.
        speech: verbs and nouns of speaking.
        is_actor: a date behind an actor ("told Kyiv on Monday to") is that of what was done to him.
    """
    near = [e for e in _told(region, offset, report, _day_before(said, offset, region, report)) if _own(e)]
    anchor = said.cue.idx if said.cue is not None else 0
    dated = [e for e in near if _dates_cue(said, e, speech, is_actor)]
    if not dated and said.cue is not None and _may_follow_actor(said.cue):
        # Behind the cue, in its sentence: also what stands in the content.
        end = said.line.sentence_at(said.cue.i).end
        behind = _outside_quotes(said.line, said.cue.idx, end, report)
        dated = [e for e in behind if _follows_actor(said.cue, e, is_actor)]
    if dated:
        return min(dated, key=lambda e: abs(e.char_start - anchor))
    return _days_before(said, region, offset, near, report) or _taken_up(said, region, offset, report, speech)


def sentence_of(cue: Token, line: Line) -> Sequence[Token]:
    """Tokens of the cue's sentence: a line may hold thousands of others."""
    sentence = line.sentence_at(cue.i)
    return list(line.doc[sentence.start_i : sentence.end_i])


# --- which dates there are ---------------------------------------------------------------------------


def _told(
    text: str, offset: int, report: DateRange | None, antecedent: DateRange | None = None
) -> list[DateExpression]:
    """Dates that a text of the past tells, at their places in the line; none behind the report."""
    found = find_dates(text, report, tense="past", antecedent=antecedent)
    return [
        replace(e, char_start=e.char_start + offset, char_end=e.char_end + offset)
        for e in found
        if e.first is not None and e.last is not None and (report is None or e.first <= report.last)
    ]


def _own(expression: DateExpression) -> bool:
    lower = expression.text.lower()
    return not lower.endswith(_ANCHORED) and not lower.startswith(_DEADLINE)


def _day_before(said: Said, offset: int, region: str, report: DateRange | None) -> DateRange | None:
    """The day that "the same day" and "a day later" count from: the last one told before, if it is one."""
    if not is_anaphoric(region):
        return None
    told = [e.days for e in _told(said.line.unquoted(0, offset), 0, report) if e.days is not None]
    return told[-1] if told and width(told[-1]) == 0 else None


def _outside_quotes(line: Line, start: int, end: int, report: DateRange | None) -> list[DateExpression]:
    """Dates of days by themselves that the reporter's own words tell between `start` and `end`."""
    return [e for e in _told(line.unquoted(start, end), start, report) if _own(e)]


# --- dates of the cue's own sentence -------------------------------------------------------------------


def _dates_cue(said: Said, expression: DateExpression, speech: Speech, is_actor: IsActor) -> bool:
    """Whether a date is that of the saying, and not of another event told in the same sentence."""
    cue = said.cue
    if cue is None:
        return True
    tokens = sentence_of(cue, said.line)
    if _of_the_occasion(cue, expression, tokens):
        return True
    start, end = expression.char_start, expression.char_end
    if any(t.text == ";" and min(start, cue.idx) < t.idx < max(end, cue.idx) for t in tokens):
        return False
    token = _first_token(tokens, start, end)
    for _ in range(MAX_CLIMB):
        if token is None or token == cue:
            return True
        head = token.head
        if token.dep_ == "appos":
            return False  # "a veteran of the talks of 2019": who he is, not when he spoke
        if head in (token, cue):
            return True
        within = start <= head.idx < end
        if head.pos_ in {"VERB", "AUX"} and not within:
            noun = _told_of(head)
            if noun is None or head.is_ancestor(cue) or _to_pronoun(cue):
                return _verb_dates(cue, head, speech)
            if not _may_be_dated(noun, speech):
                return False
            head = noun  # "at the round held on Monday"
        named = head.pos_ in {"NOUN", "PROPN"} and not within
        if named and not _may_be_dated(head, speech) and not (head.pos_ == "PROPN" and is_actor(head)):
            return head.ent_type_ in {"DATE", "TIME"} or token.dep_ == "npadvmod"
        token = head
    return False


def _told_of(verb: Token) -> Token | None:
    """The noun that the clause of a verb is about ("the round, brokered by Oman and held on Monday")."""
    while verb.dep_ == "conj":
        verb = verb.head
    if verb.dep_ not in {"acl", "relcl"}:
        return None
    noun = verb.head
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head
    return noun


def _first_token(tokens: Sequence[Token], start: int, end: int) -> Token | None:
    inside = (t for t in tokens if start <= t.idx < end and t.pos_ not in {"ADP", "DET", "ADV", "ADJ"})
    return next(inside, None) or next((t for t in tokens if t.idx >= start), None)


def _may_be_dated(noun: Token, speech: Speech) -> bool:
    """Whether a noun is of the saying ("in a statement on Monday") or the occasion of it ("at a dinner")."""
    lemma = noun.lemma_.lower()
    inside = noun.dep_ == "pobj" and noun.head.lower_ in {"in", "during", "at", "on"}
    return lemma in speech.setting_nouns or (inside and lemma in speech.occasion_nouns)


def _verb_dates(cue: Token, verb: Token, speech: Speech) -> bool:
    """Whether the date of another verb of the sentence is that of the cue, too."""
    path = list(_up_to(cue, verb))
    if path:  # the verb governs the cue
        if any(t.dep_ in _RELATIVE and _own_subject(t) for t in path) or path[-1].dep_ == "appos":
            return False
        if cue.tag_ == "VBD" and verb.tag_ == "VBD" and all(t.dep_ == "conj" for t in path):
            return _speaks(verb, speech) or not _own_subject(cue)  # "flew in on Monday and said"
        return _speaks(verb, speech) or (cue.tag_ == "VBG" and verb == cue.head)
    if any(t.dep_ in {"relcl", "acl"} for t in (verb, *verb.ancestors)):
        # "Who met her on Monday, said": that is when they met; "who met her on Monday, told her": both.
        return verb.lemma_ in speech.contact_verbs and cue.tag_ == "VBD" and _to_pronoun(cue)
    return _speaks(verb, speech)


def _to_pronoun(cue: Token) -> bool:
    return any(c.dep_ in {"dobj", "dative"} and c.tag_ == "PRP" for c in cue.rights)


def _speaks(verb: Token, speech: Speech) -> bool:
    return speech.frames(verb.lemma_.lower()) is not None or verb.lemma_ in speech.setting_verbs


def _up_to(token: Token, above: Token) -> Iterator[Token]:
    """The token and its heads below `above`; nothing if it does not lie under it."""
    path = [token]
    for head in token.ancestors:
        if head == above:
            yield from path
            return
        path.append(head)


def _own_subject(verb: Token) -> bool:
    """Whether a verb has a subject of its own that is no relative pronoun."""
    return any(c.dep_ in {"nsubj", "nsubjpass"} and c.tag_ not in {"WP", "WDT"} for c in verb.lefts)


def _of_the_occasion(cue: Token, expression: DateExpression, tokens: Sequence[Token]) -> bool:
    """The date of where it was said: "the summit on 3 May, at which she promised", "in May, when he said"."""
    if cue.tag_ != "VBD":
        return False
    relative = next((t for t in tokens if t.idx >= expression.char_end and _relates(t, cue)), None)
    if relative is None:
        return False
    between = [t for t in tokens if expression.char_end <= t.idx < relative.idx]
    return not any(t.pos_ in {"VERB", "AUX"} for t in between)


def _relates(token: Token, cue: Token) -> bool:
    if token.lower_ in _RELATIVE_ADVERBS:
        return token.head == cue
    preposition = token.head
    return (
        token.lower_ == "which"
        and preposition.head == cue
        and preposition.lower_ in _OCCASION_PREPOSITIONS
        and preposition.i < token.i
    )


# --- dates between whom it was said to and what was said -------------------------------------------------


def _may_follow_actor(cue: Token) -> bool:
    """Whether the cue has what `_follows_actor` asks for behind the day: without it no date is looked for."""
    return any(
        c.dep_ in _CLAUSES and (c.lower_ in _OPENERS or any(g.lower_ in _OPENERS for g in c.children))
        for c in cue.children
    )


def _follows_actor(cue: Token, expression: DateExpression, is_actor: IsActor) -> bool:
    """ "Accused Norway on Monday of", "urged the state on Monday to": behind an actor, before the rest."""
    doc, tokens = cue.doc, [t for t in cue.sent if expression.char_start <= t.idx < expression.char_end]
    if not tokens or tokens[-1].i + 1 >= len(doc):
        return False
    first, behind = tokens[0], doc[tokens[-1].i + 1]
    start = first.i - 1 if doc[first.i - 1].lower_ in {"on", "in", "late", "early"} else first.i
    if behind.lower_ not in _OPENERS or start <= cue.i + 1:
        return False
    if not any(t.head == cue and t.dep_ in _CLAUSES for t in (behind, behind.head)):
        return False
    between = doc[cue.i + 1 : start]
    if any(t.pos_ in {"VERB", "AUX", "PUNCT"} for t in between):
        return False
    last = between[-1]
    while last.i > cue.i and last.head.i < last.i and last.head != cue and last.dep_ == "conj":
        last = last.head
    return last.dep_ in _OBJECTS and (last.pos_ == "PRON" or last.ent_type_ in _ACTORS or is_actor(last))


# --- dates told before -------------------------------------------------------------------------------------

_STEP = re.compile(r"(?<![\w-])(?P<n>[\w-]{1,12})\s{1,3}(?P<unit>day|week)s?\s{1,3}$", re.IGNORECASE)
_THEN = re.compile(r"\bat\s+the\s+time\b(?!\s+of\b)|\bback\s+then\b|\bon\s+that\s+occasion\b", re.IGNORECASE)
_SAME = re.compile(
    r"\bfor\s+(?:his|her|its|their)\s+(?:own\s+)?part\b|\bin\s+(?:his|her|its|their)\s+turn\b", re.I
)
_SOON = 7  # days
_THERE = re.compile(
    r"^\W*(?:in|at|during|on)\s+(?:it\b|(?:the|that|this|their|his|her)\s+(?:[\w-]+\s+){0,2}?(?P<noun>[\w-]+)\b)",
    re.IGNORECASE,
)


def _days_before(
    said: Said, region: str, offset: int, near: Sequence[DateExpression], report: DateRange | None
) -> DateExpression | None:
    """ "The talks stalled on Friday, a day after she said": so many days before what else is told."""
    mark = _after(said.cue)
    if mark is None or not offset <= mark.idx < offset + len(region):
        return None
    step = _STEP.search(region[: mark.idx - offset])
    if step is None:
        return None
    try:
        count = load_calendar().count(step["n"])
    except KeyError:
        return None
    told = [e for e in near if e.char_end <= offset + step.start()]
    base = told[-1].days if told else report
    if base is None or width(base) > 0:
        return None
    days = shift(base, -count * (7 if step["unit"].lower() == "week" else 1))
    start, end = offset + step.start(), mark.idx + len(mark)
    return DateExpression(
        char_start=start,
        char_end=end,
        text=said.line.text[start:end],
        first=days.first,
        last=days.last,
        basis="relative",
        kind="point",
        granularity="day",
        alternatives=(),
        weekday_only=False,
        rule="step_after",
    )


def _after(cue: Token | None) -> Token | None:
    """The "after" that opens the cue's clause, whatever the parse hangs it on: a subject lies between."""
    if cue is None:
        return None
    for i in range(cue.i - 1, cue.sent.start - 1, -1):
        token = cue.doc[i]
        if token.lower_ == "after":
            return token
        if token.pos_ == "VERB" or (token.pos_ == "AUX" and token.head != cue):
            return None
    return None


def _taken_up(
    said: Said, region: str, offset: int, report: DateRange | None, speech: Speech
) -> DateExpression | None:
    """A date that the words before tell and those of the saying point back to: "at the time", "in it"."""
    cue = said.cue
    if cue is None:
        return None
    number = said.line.sentence_no(cue.i)
    then = _THEN.search(region) is not None or any(
        c.lower_ == "then" and c.dep_ == "advmod" and c.i > cue.i for c in cue.children
    )
    if then:
        start = said.line.sentences[max(0, number - 1)].start
        own = _outside_quotes(said.line, start, cue.idx, report)
        return own[-1] if own else None
    answers = _SAME.search(region) is not None
    if number == 0 or not (answers or _points_there(region, speech)):
        return None
    before = said.line.sentences[number - 1]
    own = _outside_quotes(said.line, before.start, before.end, report)
    if len(own) != 1 or (answers and not _lately(own[0], report)):
        return None
    return own[0]


def _lately(expression: DateExpression, report: DateRange | None) -> bool:
    """Whether a date is a day of the week of the report: who answers "for his part" does so soon."""
    days = expression.days
    if days is None or report is None:
        return False
    return width(days) == 0 and (report.last - days.first).days <= _SOON


def _points_there(region: str, speech: Speech) -> bool:
    """Whether the words open with what the sentence before tells of: "In it,", "In that call"."""
    found = _THERE.match(region)
    if found is None:
        return False
    noun = (found["noun"] or "").lower()
    return not noun or noun in speech.setting_nouns or noun in speech.occasion_nouns

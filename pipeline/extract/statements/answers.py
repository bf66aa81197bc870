"""Pages of questions and answers: who answers, when, and on what occasion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.dates.calendar import width
from pipeline.dates.expressions import DateExpression, find_dates
from pipeline.domain import DomainPack, once_per_pack
from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.layout import LinePlan
from pipeline.extract.statements.lines import Line
from pipeline.extract.statements.state import Speaker
from pipeline.model import Actor, Links, Page

if TYPE_CHECKING:
    pass


def interviewee_of(
    page: Page, links: Links, lines: Sequence[Line], plans: Sequence[LinePlan], speech: Speech
) -> Speaker | None:
    """The person whom a page of questions asks.

    Who is most named before the first question, where standing in the title, being the one who talks
    ("spoke to us", "interview with X", "remarks by X") or speaking for others by office weighs more.
    """
    first = next(i for i, p in enumerate(plans) if p.role != "prose")
    limit = lines[first].block.char_start
    kinds = {b.block_no: b.kind for b in page.blocks}
    scores: Counter[str] = Counter()
    people: dict[str, Actor] = {}
    for mention in links.mentions:
        actor = mention.actor
        if actor.kind != "person" or mention.char_start >= limit or mention.block_no not in page.parses:
            continue
        head = page.parses[mention.block_no][mention.head_i]
        governor = head.head.head if head.dep_ == "pobj" else head.head
        people.setdefault(actor.key, actor)
        scores[actor.key] += 1
        scores[actor.key] += _WEIGHT * (kinds[mention.block_no] == "title")
        talks = head.dep_ == "nsubj" and governor.lemma_.lower() in speech.conversation_words
        given = head.dep_ == "pobj" and head.head.lower_ in {"by", "with", "from"} and governor.pos_ == "NOUN"
        scores[actor.key] += _WEIGHT * (talks or given)
        scores[actor.key] += _WEIGHT * (
            mention.resolution == "name" and any(r.startswith("spokes") for r in actor.roles)
        )
    if not people:
        return None
    best = max(people, key=lambda key: scores[key])
    return Speaker(people[best], None, None, 0.8, "interviewee")


_WEIGHT = 2


def labelled_speaker(
    label: str, page: Page, links: Links, pack: DomainPack, speech: Speech, interviewee: Speaker | None
) -> Speaker | None:
    """Who a transcript's label stands for.

    A person of the page with that surname or those initials; for a bare office ("SPOKESPERSON") whoever
    has it, else the interviewee; otherwise the label itself, as a name, with the state or body that the
    office behind the name belongs to ("JANE ROE, PERUVIAN MINISTER OF TRADE").
    """
    named, _, office = label.partition(",")
    party = party_of_office(office, pack)
    words = [w.strip(".,").lower() for w in named.split()]
    people = {m.actor.key: m.actor for m in links.mentions if m.actor.kind == "person"}
    for actor in people.values():
        # Reading "MINISTER ROE" as a name of its own tells no more than the label.
        if actor.name.lower().split()[-1:] == words[-1:] and not actor.name.isupper():
            known = actor if actor.party is not None or party is None else replace(actor, party=party)
            return Speaker(known, None, None, 0.9, "label")
    compact = named.replace(".", "").replace(" ", "")
    if compact.isupper() and 2 <= len(compact) <= _INITIALS:
        for actor in people.values():
            if "".join(part[0] for part in actor.name.split()).upper() == compact:
                return Speaker(actor, None, None, 0.85, "label")
    outlet = next(
        (m.actor for m in links.mentions if m.actor.kind == "media" and m.words.lower() == label.lower()),
        None,
    )
    if outlet is not None:
        return Speaker(outlet, None, None, 0.8, "label")
    unnamed = [w for w in words[-_LAST_WORDS:] if w not in _NUMBERS][-1:]
    if len(words) > 1 and unnamed and f"{unnamed[0]}s" in pack.anonymous.plain_plural:
        # "SENIOR STATE DEPARTMENT OFFICIAL TWO" is to be somebody without a name.
        state = next(
            (p for i in range(len(words)) if (p := party_of_office(" ".join(words[i:]), pack))), None
        )
        return Speaker(Actor(f"anonymous:{label}", label, "anonymous", state), None, None, 0.8, "label")
    name = " ".join(w for w in named.split() if w.strip(".,").lower() not in speech.label_titles)
    if not name:
        holder = next(
            (a for a in people.values() if set(words) & {w for r in a.roles for w in r.split()}), None
        )
        return Speaker(holder, None, None, 0.75, "label") if holder is not None else interviewee
    if "of" in words[:-_LAST_WORDS]:  # "Prime Minister of Norland Jane Roe"
        name = " ".join(named.split()[-_LAST_WORDS:])
    name = " ".join("-".join(map(_in_small, w.split("-"))) for w in name.split())
    # "MS. ROE" is whom the head of a readout names in full.
    signed = [a for a in page.document.authors if a.lower().split()[-1:] == words[-1:]]
    name = signed[0] if len(signed) == 1 else name
    return Speaker(Actor(f"person:{name}", name, "person", party), None, None, 0.7, "label")


def _in_small(word: str) -> str:
    return word.capitalize() if word.isupper() else word


def party_of_office(office: str, pack: DomainPack) -> str | None:
    """The party whose name or adjective opens an office: "Armenian minister of trade", "Hamas spokesman"."""
    words = office.replace(".", "").lower().split()
    names = _names_of_parties(pack)
    for length in range(min(len(words), _LONGEST_NAME), 0, -1):
        if (party := names.get(" ".join(words[:length]))) is not None:
            return party
    return None


@once_per_pack
def _names_of_parties(pack: DomainPack) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for body in pack.organisations:
        if body.party is not None:
            found |= dict.fromkeys((body.name, *body.aliases), body.party)
    for country in pack.countries:
        found |= dict.fromkeys((country.name, *country.aliases, *country.adjectives), country.code)
    return {name.replace(".", "").lower(): party for name, party in found.items()}


_LONGEST_NAME = 5
_NUMBERS = frozenset({"one", "two", "three", "four", "1", "2", "3", "4"})
_LAST_WORDS = 2
"""Words at the end of a label: a given name and surname, or a noun for somebody unnamed and his number."""
_INITIALS = 4


_CONVERSATION_DAYS = 31
"""Days of the widest range that may date a conversation: "since last year" dates something else."""


def asked_on(
    page: Page, lines: Sequence[Line], plans: Sequence[LinePlan], speech: Speech
) -> DateExpression | None:
    """The day of the conversation, where the text around questions and answers gives it."""
    for line, plan in zip(lines, plans, strict=True):
        if plan.role != "prose":
            continue
        report = page.report_range(line.block)
        for sentence in line.sentences:
            tokens = line.doc[sentence.start_i : sentence.end_i]
            if not any(t.lemma_.lower() in speech.conversation_words for t in tokens):
                continue
            found = [
                e
                for e in find_dates(line.text[sentence.start : sentence.end], report, tense="past")
                if e.days is not None
                and e.kind == "point"
                and width(e.days) <= _CONVERSATION_DAYS
                and not e.text.lower().endswith((" after", " before", " earlier"))
            ]
            if found and (
                report is None or (found[0].days is not None and found[0].days.first <= report.last)
            ):
                return found[0]
    return None


def occasion_of(page: Page, lines: Sequence[Line], plans: Sequence[LinePlan], speech: Speech) -> str | None:
    """Channel of a page of questions and answers: by its opening, else by how questions are labelled.

    None where turns are labelled and nobody asks: remarks, whose occasion the labels do not tell.
    """
    first = next(i for i, p in enumerate(plans) if p.role != "prose")
    opening = " ".join(
        [
            page.document.title or "",
            *(page.text_of(b) for b in page.blocks if b.kind == "title"),
            *(line.text for line in lines[: first + 1]),
        ]
    ).lower()
    conference = next(c for c in speech.channels if c.channel == "press conference")
    if any(phrase in opening for phrase in conference.phrases):
        return conference.channel
    labelled = any(
        p.role == "question" and line.doc[0].lower_ in speech.question_labels
        for p, line in zip(plans, lines, strict=True)
    )
    interview = any("interview" in line.text.lower() for line in lines)
    if not interview and not any(p.role == "question" for p in plans):
        return None
    return conference.channel if labelled and not interview else "interview"

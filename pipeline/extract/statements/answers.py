"""Pages of questions and answers: who answers, when, and on what occasion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.dates.expressions import DateExpression, find_dates
from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.discourse import Speaker
from pipeline.extract.statements.layout import LinePlan
from pipeline.extract.statements.lines import Line
from pipeline.model import Actor, Links, Page

if TYPE_CHECKING:
    pass


def interviewee_of(links: Links, lines: Sequence[Line], plans: Sequence[LinePlan]) -> Speaker | None:
    """The person whom a question-and-answer page asks: the one most named before the first question."""
    first = next(i for i, p in enumerate(plans) if p.role != "prose")
    limit = lines[first].block.char_start
    people: dict[str, tuple[int, Actor]] = {}
    for mention in links.mentions:
        actor = mention.actor
        if actor.kind == "person" and mention.char_start < limit:
            people[actor.key] = (people.get(actor.key, (0, actor))[0] + 1, actor)
    if not people:
        return None
    return Speaker(max(people.values(), key=lambda item: item[0])[1], None, None, 0.8, "interviewee")


def labelled_speaker(label: str, links: Links, speech: Speech) -> Speaker:
    """Who a transcript's label stands for: the person with that surname, else the label itself."""
    words = [w.strip(".,").lower() for w in label.split()]
    for mention in links.mentions:
        actor = mention.actor
        if actor.kind == "person" and actor.name.lower().split()[-1:] == words[-1:]:
            return Speaker(actor, None, None, 0.9, "label")
    name = " ".join(
        w.capitalize() if w.isupper() else w
        for w in label.split()
        if w.strip(".").lower() not in speech.label_titles
    )
    return Speaker(Actor(f"person:{name}", name, "person", None), None, None, 0.7, "label")


def asked_on(
    page: Page, lines: Sequence[Line], plans: Sequence[LinePlan], speech: Speech
) -> DateExpression | None:
    """The day of the conversation, where the text around questions and answers gives it."""
    for line, plan in zip(lines, plans, strict=True):
        if plan.role != "prose" or not any(t.lemma_.lower() in speech.conversation_words for t in line.doc):
            continue
        report = page.report_range(line.block)
        for sentence in line.sentences:
            if not any(
                t.lemma_.lower() in speech.conversation_words
                for t in line.doc[sentence.start_i : sentence.end_i]
            ):
                continue
            found = [
                e
                for e in find_dates(line.text[sentence.start : sentence.end], report, tense="past")
                if e.days is not None
            ]
            if found and (
                report is None or (found[0].days is not None and found[0].days.first <= report.last)
            ):
                return found[0]
    return None


def occasion_of(page: Page, lines: Sequence[Line], plans: Sequence[LinePlan], speech: Speech) -> str:
    """Channel of a page of questions and answers, by the words of its title and opening."""
    first = next(i for i, p in enumerate(plans) if p.role != "prose")
    opening = " ".join(
        [
            page.document.title or "",
            *(page.text_of(b) for b in page.blocks if b.kind == "title"),
            *(line.text for line in lines[:first]),
        ]
    ).lower()
    conference = next(c for c in speech.channels if c.channel == "press conference")
    return conference.channel if any(phrase in opening for phrase in conference.phrases) else "interview"

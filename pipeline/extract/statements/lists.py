"""Lists: who speaks the items that stand under a heading or a line that attributes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.discourse import Speakers
from pipeline.extract.statements.layout import LinePlan
from pipeline.extract.statements.lines import FINITE, Line, make_line, subtree_span
from pipeline.extract.statements.state import Discourse, Speaker
from pipeline.model import Actor, Page

if TYPE_CHECKING:
    from spacy.tokens import Token

MAX_HEADING = 20  # tokens of a line that can head a list
MAX_LEAD = 45  # tokens of a line that introduces the items of a joint document


def opens_with_verb(line: Line, plan: LinePlan, speech: Speech) -> bool:
    """Whether an item opens with its own verb of saying ("• reaffirmed their support")."""
    first = next((t for t in line.doc if t.idx >= plan.body_start), None)
    if first is None:
        return False
    verb = first.tag_ in {"VBD", "VBZ", "VBP", "VBN", "VB"}
    lemma = speech.lemma(first) if verb else first.lower_
    return (verb and speech.frames(lemma) is not None) or lemma in speech.resolving_verbs


def verbless_lead(
    line: Line, speakers: Speakers, speech: Speech, state: Discourse, number: int
) -> list[Speaker]:
    """Who speaks the items of "The delegations of A and B, meeting in C:", each opened by a verb."""
    if not line.text.rstrip().endswith(":") or len(line.doc) > MAX_LEAD or line.quotes.spans:
        return []
    if any((t.tag_ in FINITE and t.dep_ == "ROOT") or t.lower_ in speech.list_words for t in line.doc):
        return []
    head = next((t for t in line.doc if t.dep_ == "ROOT" or t.dep_ == "nsubj"), None)
    if head is None or head.pos_ not in {"NOUN", "PROPN"} or head.left_edge.i > 0:
        return []
    found = speakers.resolve(head, line, state, number)
    return [
        Speaker(s.actor, None, None, s.confidence * 0.9, "heading")
        for s in found
        if s.actor.kind in {"group", "person", "government"}
    ]


def headed(
    page: Page,
    lines: Sequence[Line],
    plans: Sequence[LinePlan],
    number: int,
    speakers: Speakers,
    speech: Speech,
) -> list[Speaker]:
    """Who speaks the items of a list that stands under a block of kind heading."""
    first = number
    while first > 0 and plans[first - 1].role == "bullet":
        first -= 1
    above = lines[first].block.block_no - 1
    if above < 0 or page.blocks[above].kind != "heading" or above not in page.parses:
        return []
    return list_owner(make_line(page.blocks[above], page.parses[above]), speakers, speech)


def list_owner(line: Line, speakers: Speakers, speech: Speech) -> list[Speaker]:
    """The owner of a heading such as "Key takeaways from X's comments"."""
    if len(line.doc) > MAX_HEADING:
        return []
    for token in line.doc:
        if token.lower_ not in speech.list_words:
            continue
        owner = next((c for c in token.lefts if c.dep_ == "poss"), None) or next(
            (
                c
                for p in token.rights
                if p.lower_ in {"from", "by", "of"}
                for c in p.children
                if c.dep_ == "pobj"
            ),
            None,
        )
        mention = speakers.mention(owner, line) if owner is not None else None
        if mention is not None:
            return [Speaker(mention.actor, None, None, mention.confidence, "heading")]
    return []


def joint_authors(
    line: Line, speakers: Speakers, speech: Speech, state: Discourse, number: int
) -> tuple[Actor, ...]:
    """Who wrote a joint document: "Joint statement by A and B", "put out a joint statement of X"."""
    lower = line.text.lower()
    word = next((w for w in speech.joint_words if w in lower), None)
    if word is None:
        return ()
    heading = len(line.doc) <= MAX_HEADING and line.text.rstrip()[-1:] not in ".?!:"
    if not heading and not word.startswith("joint"):
        return ()
    start, at = lower.index(word), lower.index(word) + len(word)
    opener = next(
        (
            t
            for t in line.doc
            if at <= t.idx < at + _AUTHORS_REACH
            and t.lower_ in {"by", "of", "from"}
            # "a joint communiqué at the end of the talks" is not of the talks
            and (t.idx <= at + 1 or any(start <= a.idx < at for a in (t.head, *_issued(t.head))))
        ),
        None,
    )
    head = next((c for c in opener.children if c.dep_ == "pobj"), None) if opener is not None else None
    if head is None:
        return ()
    people = tuple(s.actor for s in speakers.resolve(head, line, state, number) if s.actor.kind == "person")
    if people:
        return people
    text = line.text[slice(*subtree_span(head))]
    text = text if " and " in text else text.split(",")[0]
    return (Actor(f"group:{text.lower()}", text.removeprefix("the "), "group", None),)


def _issued(verb: Token) -> tuple[Token, ...]:
    """The document of which a participle tells who put it out: "a joint statement issued on Monday by A"."""
    return (verb.head,) if verb.tag_ == "VBN" and verb.dep_ == "acl" else ()


_AUTHORS_REACH = 40  # characters

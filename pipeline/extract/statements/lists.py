"""Lists: who speaks the items that stand under a heading or a line that attributes them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.discourse import Speaker, Speakers
from pipeline.extract.statements.layout import LinePlan
from pipeline.extract.statements.lines import Line, make_line
from pipeline.model import Page

MAX_HEADING = 20  # tokens of a line that can head a list


def opens_with_verb(line: Line, plan: LinePlan, speech: Speech) -> bool:
    """Whether an item opens with its own verb of saying ("• reaffirmed their support")."""
    first = next((t for t in line.doc if t.idx >= plan.body_start), None)
    return (
        first is not None
        and first.tag_ in {"VBD", "VBZ", "VBP", "VBN", "VB"}
        and speech.frames(speech.lemma(first)) is not None
    )


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

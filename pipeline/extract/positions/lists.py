"""Items that the parse parts from the head of their list: "clauses that Oslo refused, such as X, and Y"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.positions.claims import Claim, stance_of
from pipeline.extract.positions.vocabulary import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OPENERS = frozenset({"including", "include", "includes", "included", "namely", ":"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# Words by which a clause of its own begins, and marks that end a list.
_PARTING = frozenset({
    "that", "which", "who", "whom", "whose", "if", "while", "because", "as", "after", "before", "when", "but",
    "although", "though", "until", "unless", "despite", "amid", "without",
    ";", ":", "(", ")", "–", "—",
})  # fmt: skip
# Tokens of an article or owner before the words that name an item.
_LEAD = 4


def listed(hit: Hit, told: Sequence[tuple[Hit, Sequence[Claim]]], doc: Doc) -> list[Claim]:
    """The claims that hold for an earlier item of the list in which `hit` stands, as they are of `hit`.

    `told` are the hits before it in its sentence with their claims; none if it stands in no list.
    """
    earlier = [(first, claims) for first, claims in told if first.end_i <= hit.start_i and not first.anaphor]
    if not earlier or hit.anaphor:
        return []
    first, claims = earlier[-1]
    if first.issue is hit.issue or not _goes_on(first, hit, doc):
        return []
    return [_of_item(claim, hit, doc) for claim in claims if _opens_list(claim, doc)]


def _goes_on(first: Hit, hit: Hit, doc: Doc) -> bool:
    """Whether nothing but items stands between the two, parted by commas."""
    between = doc[first.end_i : hit.start_i]
    if any(t.tag_ in _FINITE or t.lower_ in _PARTING for t in between):
        return False
    marks = [t.i for t in between if t.text == "," or t.lower_ in {"and", "or"}]
    return bool(marks) and hit.start_i - marks[-1] <= _LEAD


def _opens_list(claim: Claim, doc: Doc) -> bool:
    """Whether "such as", "including" or a colon stands between the operator and the first item."""
    if claim.rule.startswith(("listed_", "judged_")):
        return claim.rule.startswith("listed_")
    low, high = sorted((claim.node_i, claim.hit.start_i))
    words = [t.lower_ for t in doc[low : high + 1]]
    return not _OPENERS.isdisjoint(words) or ("such", "as") in pairwise(words)


def _of_item(claim: Claim, hit: Hit, doc: Doc) -> Claim:
    stance = claim.stance
    if stance in {"support", "oppose"}:
        wanted = (stance == "support") == (claim.hit.orient > 0)
        if claim.rule.startswith("listed_") and _is_denied(claim.hit, doc):
            wanted = not wanted  # "guarantees, no cap, membership": what "no" turned is turned back
        denied = _is_denied(hit, doc)
        sign = hit.orient * (1 if wanted else -1) * (-1 if denied else 1)
        stance = stance_of(sign)
    rule = claim.rule if claim.rule.startswith("listed_") else f"listed_{claim.rule}"
    tokens = claim.tokens | hit.tokens
    return replace(claim, hit=hit, stance=stance, rule=rule, strength=2, tokens=tokens)


def _is_denied(hit: Hit, doc: Doc) -> bool:
    return any(c.lower_ == "no" and c.i not in hit.tokens for c in doc[hit.head_i].children)

"""What the reader is asked: one line of a page, with the actors that it names and a line of context."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.extract.positions import IssuePack, issues_of
from pipeline.model import Block, Links, Page, Statement
from pipeline.reference import Strict, load_reference
from pipeline.text import fold

MAX_CONTEXT = 600
"""Characters of the line before that go along."""
MAX_LINE = 6_000
"""Longer lines are no paragraphs of news; they are not sent."""
_NO_WORD = re.compile(r"[^\w<>|\[\]#]+")


class ReaderWords(Strict):
    """The file `reader.yaml` of the reference data: phrases by which a text speaks to a model."""

    instructions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActorHere:
    """An actor whom a line names or lets speak: `called` are the words for it there."""

    name: str
    called: tuple[str, ...]
    party: str | None
    entity_id: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """One line to read. `named`: whether it names an issue in the pack's own words, which goes first."""

    document_id: str
    block_no: int
    context: str
    line: str
    actors: tuple[ActorHere, ...]
    named: bool


@dataclass(frozen=True, slots=True)
class Withheld:
    """A line that is not sent, and why: it speaks to a model, or is too long."""

    document_id: str
    block_no: int
    detail: str


def load_words(reference: Path) -> ReaderWords:
    """Load `reader.yaml`; raise ReferenceDataError if it is invalid."""
    return load_reference(reference / "reader.yaml", ReaderWords)


def speaks_to_model(text: str, words: ReaderWords) -> str | None:
    """The phrase by which `text` gives instructions to a model, or None.

    Signs that do not show (zero width, direction) and odd spacing are taken out first.
    """
    shown = fold("".join(c for c in text if unicodedata.category(c) != "Cf"))
    found = _phrases(words.instructions).search(shown)
    found = found or _phrases(words.instructions).search(" ".join(_NO_WORD.sub(" ", shown).split()))
    return found.group() if found is not None else None


@cache
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases, as whole words."""
    folded = sorted((fold(phrase) for phrase in phrases), key=lambda phrase: (-len(phrase), phrase))
    bounded = [
        ("(?<!\\w)" if p[0].isalnum() else "") + re.escape(p) + ("(?!\\w)" if p[-1].isalnum() else "")
        for p in folded
    ]
    return re.compile("|".join(bounded))


def questions_of(
    page: Page, links: Links, statements: Sequence[Statement], issues: IssuePack, words: ReaderWords
) -> tuple[list[Question], list[Withheld]]:
    """Lines of a page's body that are worth asking about, in reading order, and those held back.

    A line is asked about if its entry speaks of the negotiation, and it names an actor with a party or is
    spoken by one.
    """
    found: list[Question] = []
    withheld: list[Withheld] = []
    if not issues.issues:
        return found, withheld
    spoken = _spoken(page, statements)
    for entry in page.entries():
        if not any(issues.speaks_of(doc) for _, doc in entry):
            continue
        before = ""
        for block, doc in entry:
            line = page.text_of(block)
            # What comes before may not speak to the model either.
            context, before = before, "" if speaks_to_model(line, words) else line
            actors = _actors(block, links, spoken.get(block.block_no, ()))
            if not actors:
                continue
            phrase = speaks_to_model(line, words)
            if phrase is not None:
                withheld.append(
                    Withheld(page.document.document_id, block.block_no, f"speaks to a model: {phrase!r}")
                )
            elif len(line) > MAX_LINE:
                withheld.append(
                    Withheld(page.document.document_id, block.block_no, f"{len(line)} characters in one line")
                )
            else:
                named = bool(issues_of(doc, issues))
                found.append(
                    Question(
                        page.document.document_id,
                        block.block_no,
                        context[-MAX_CONTEXT:],
                        line,
                        actors,
                        named,
                    )
                )
    return found, withheld


def _spoken(page: Page, statements: Sequence[Statement]) -> dict[int, list[Statement]]:
    """Statements by the line in which they begin."""
    numbers = {block.block_id: block.block_no for block in page.blocks}
    found: dict[int, list[Statement]] = {}
    for statement in statements:
        if statement.block_id in numbers:
            found.setdefault(numbers[statement.block_id], []).append(statement)
    return found


def _actors(block: Block, links: Links, spoken: Sequence[Statement]) -> tuple[ActorHere, ...]:
    """Actors of the line by name; two of one name cannot be told apart and are left out."""
    called: dict[tuple[str, str | None, str | None], list[str]] = {}
    for mention in links.in_block(block.block_no):
        actor = mention.actor
        if actor.party is None or actor.kind in {"place", "media", "anonymous"} or actor.in_passing:
            continue
        words = called.setdefault((actor.name, actor.party, actor.entity_id), [])
        if mention.words not in words:
            words.append(mention.words)
    for statement in spoken:
        if statement.party is not None and not statement.is_anonymous:
            key = (statement.speaker_name, statement.party, statement.speaker_entity_id)
            called.setdefault(key, []).append("the speaker")
    names = [name for name, _, _ in called]
    return tuple(
        ActorHere(name, tuple(words), party, entity_id)
        for (name, party, entity_id), words in called.items()
        if names.count(name) == 1
    )

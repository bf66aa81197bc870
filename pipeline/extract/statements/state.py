"""What one entry has said so far: who spoke last, which outlet, which unnamed sources, whose document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.statements.lines import Line
from pipeline.model import Actor

_DOCUMENT_LINES = 4


@dataclass(frozen=True, slots=True)
class Speaker:
    """An actor who speaks, the words that name him (offsets into the line, or None), and how sure that is."""

    actor: Actor
    start: int | None
    end: int | None
    confidence: float
    via: str
    reporter: Actor | None = None
    """The outlet whose source the speaker is, where the phrase says so ("the Gazette's sources")."""

    @property
    def key(self) -> str:
        return self.actor.key


@dataclass(slots=True)
class Discourse:
    """What one entry of a page has said so far; made anew for each entry.

    `last` is the speaker of the last statement, `line_no` counts the entry's lines.
    """

    last: Speaker | None = None
    last_line: int = -10
    line_above: Line | None = None
    last_token: int = -1
    last_plural: bool = False
    contents: list[tuple[int, int]] = field(default_factory=list)
    medium: Actor | None = None
    credit: Actor | None = None
    credit_line: int = -10
    body: Actor | None = None
    plural: Actor | None = None
    plural_line: int = -10
    document_authors: tuple[Actor, ...] = ()
    persons: list[tuple[Actor, int]] = field(default_factory=list)
    unnamed: dict[str, Actor] = field(default_factory=dict)
    unnamed_line: dict[str, int] = field(default_factory=dict)
    sources: list[Actor] = field(default_factory=list)
    """All unnamed speakers so far, the last one last."""
    holders: tuple[Actor, ...] = ()
    document_line: int = -10
    document_joint: bool = False
    together: tuple[Actor, ...] = ()
    """Who last spoke or agreed with one verb, for the joint statement that the text then quotes."""
    together_line: int = -10

    @property
    def previous_block(self) -> int:
        """Number of the block above; -1 at the head of an entry."""
        return -1 if self.line_above is None else self.line_above.block.block_no

    def in_content(self, line_no: int, position: int) -> bool:
        """Whether the character of the line lies in what somebody said there before."""
        return self.last_line == line_no and any(s <= position < e for s, e in self.contents)

    def spoke(
        self,
        speaker: Speaker,
        line_no: int,
        head: str | None,
        token_i: int = -1,
        pieces: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Note a speaker for the lines to come, with the cue's token and what was said."""
        actor = speaker.actor
        if line_no != self.last_line:
            self.contents = []
        self.contents.extend(pieces)
        self.last, self.last_line, self.last_token = speaker, line_no, token_i
        if actor.kind == "media":
            self.medium = actor
        elif actor.kind in {"institution", "government"}:
            self.body = actor
        elif actor.kind == "person":
            self.persons.append((actor, line_no))
        if actor.kind == "anonymous":
            self.sources.append(actor)
        if actor.kind in {"group", "anonymous"}:
            self.plural, self.plural_line = actor, line_no
            if head is not None:
                self.unnamed[head] = actor
                self.unnamed_line[head] = line_no

    def next_entry(self) -> Discourse:
        """State for the entry that follows: the last speaker, since an item may run over several.

        He and the outlet credited go along if this very entry has had them, not from one entry to all others.
        """
        carried = Discourse(medium=self.medium)
        if self.last_line >= 0:
            carried.last, carried.last_plural, carried.last_line = self.last, self.last_plural, -1
        if self.credit_line >= 0:
            carried.credit, carried.credit_line = self.credit, -1
        return carried

    def wrote(self, authors: tuple[Actor, ...], line_no: int, *, joint: bool = False) -> None:
        """Note who wrote the document that the lines to come may call "the statement" or "it".

        It stays `joint` while its authors are the same.
        """
        self.document_joint = joint or (self.document_joint and authors == self.document_authors)
        self.document_authors, self.document_line = authors, line_no

    def author(self, line_no: int) -> Actor | None:
        """Author of the document spoken of, while it is fresh."""
        if not self.document_authors or line_no - self.document_line > _DOCUMENT_LINES:
            return None
        if len(self.document_authors) == 1 or any(a.kind == "person" for a in self.document_authors):
            return self.document_authors[0]
        return together(self.document_authors)


def together(actors: Sequence[Actor]) -> Actor:
    """The group of those who speak as one."""
    name = " and ".join(a.name for a in actors)
    return Actor(f"group:{name.lower()}", name, "group", None)

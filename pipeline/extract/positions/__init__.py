"""Where each actor stands: issue positions read from the clauses of a page, with evidence and rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from pipeline.domain import DomainPack, once_per_pack
from pipeline.extract.positions.actors import ActorWords
from pipeline.extract.positions.build import extract_rows, merge_rows
from pipeline.extract.positions.filling import fill_issues
from pipeline.extract.positions.lexicon import load_stance
from pipeline.extract.positions.vocabulary import IssuePack, forms_of, load_issues, words_of
from pipeline.model import IssuePosition, Links, Page, Statement
from pipeline.resolve.leaders import states_by_leader

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

__all__ = ["IssuePack", "extract_positions", "issues_of", "load_issues", "with_issues"]


def extract_positions(
    page: Page,
    links: Links,
    statements: Sequence[Statement],
    pack: DomainPack,
    *,
    issues: IssuePack | None = None,
) -> list[IssuePosition]:
    """Positions of a page on the pack's issues, one per line, actor and issue, in reading order.

    A pack without issues yields none; `issues` replace the pack's own.
    `statements` of the page say who speaks where; without them
    only what the reporter tells of named actors is found.
    """
    if issues is None:
        issues = load_issues(pack.folder)
    lexicon = load_stance(pack.reference)
    rows = extract_rows(page, links, statements, issues, lexicon, actor_words(pack))
    return merge_rows(page, rows, lexicon)


@once_per_pack
def actor_words(pack: DomainPack) -> ActorWords:
    """Words for actors that the pack knows: nouns for officials and bodies, words for states."""
    roles = {word for role in pack.roles for word in (role.noun, *role.aliases)}
    called = {country.code: country.name for country in pack.countries}
    states: dict[str, tuple[str, str]] = {}
    for country in pack.countries:
        names = (country.name, *country.aliases, *country.capitals, *country.metonyms)
        for word in (*names, *country.adjectives):
            if " " not in word:
                states.setdefault(word, (country.code, country.name))
    return ActorWords(
        roles=frozenset(
            roles | set(pack.groups.heads) | set(pack.institutions.heads) | {"side", "government"}
        ),
        states=states,
        capitals=frozenset(
            word for c in pack.countries for word in (*c.capitals, *c.metonyms) if " " not in word
        ),
        governments=frozenset(pack.institutions.government),
        leaders={surname: (code, called[code]) for surname, code in states_by_leader(pack).items()},
        allies=pack.allies_of,
        stateless=frozenset(pack.groups.stateless),
        domestic=frozenset(pack.groups.domestic),
        factions=frozenset(pack.groups.movements),
        movements={
            name: body.name
            for body in pack.organisations
            if body.kind == "group" and body.party is None and not body.bloc
            for name in (body.name, *body.aliases)
        },
        speakers=frozenset(person.name for person in pack.people if person.movement is not None),
        sides={
            name: body.name
            for body in pack.organisations
            if body.kind == "group" and body.party not in {None, *called} and not body.bloc
            for name in (body.name, *body.aliases)
        },
        opponents=pack.opponents,
    )


def issues_of(text: Doc | Span, pack: IssuePack) -> tuple[str, ...]:
    """Ids of the issues that parsed text names, in the pack's order; anaphors do not count."""
    span = cast("Span", text if hasattr(text, "start") else text[:])
    forms = forms_of(span.doc)
    line_words = words_of(forms, span.start, span.end)
    named: set[str] = set()
    for sentence in span.doc.sents:
        if sentence.start < span.end and sentence.end > span.start:
            hits = pack.find(sentence, forms, line_words)
            named.update(hit.issue.id for hit in hits if span.start <= hit.head_i < span.end)
    return tuple(issue.id for issue in pack.issues if issue.id in named)


def with_issues(statements: Sequence[Statement], pages: Iterable[Page], pack: DomainPack) -> list[Statement]:
    """The statements, in their order, with `issues` filled from the pack's vocabulary."""
    return fill_issues(statements, pages, load_issues(pack.folder))

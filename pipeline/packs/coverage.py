"""What a pack finds and misses in a corpus: issues, what actors want beside them, names without a party."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.domain import DomainPack, Organisation, Outlet, load_domain
from pipeline.extract.positions import load_issues
from pipeline.extract.positions.lexicon import load_stance
from pipeline.extract.positions.vocabulary import Hit, Issue, forms_of, words_of
from pipeline.ingest import ingest
from pipeline.model import IssuePosition, Links, Page
from pipeline.nlp import load_model
from pipeline.packs.wanted import Unclaimed, Wanted
from pipeline.settings import Settings
from pipeline.stages import blocks_by_document
from pipeline.steps import clean_documents
from pipeline.text import fold
from pipeline.yields import PAGE_READERS, Knowledge, parsed_pages, read_page

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

NEAR: Final = 0.66
"""Likeness, from 0 to 1, from which a phrase counts as near a proposition."""
_CONTENT: Final = frozenset({"NOUN", "VERB", "ADJ", "PROPN"})
_NAMES: Final = frozenset({"PERSON", "ORG", "NORP"})
_OBJECTS: Final = frozenset({"dobj", "nsubjpass"})
_LIGHT: Final = frozenset(
    {
        "attend", "be", "cite", "come", "continue", "discuss", "do", "get", "give", "go", "have", "hold",
        "make", "mention", "need", "quote", "reach", "report", "require", "say", "see", "sign", "take",
        "tell",
    }
)  # fmt: skip
"""Verbs that tell nothing of what is done with their object."""
_MODIFIERS: Final = frozenset({"amod", "compound", "nmod", "poss"})
_LONGEST: Final = 4


@dataclass(frozen=True, slots=True)
class IssueCount:
    """How often an issue is named and stood on."""

    issue_id: str
    lines: int
    documents: int
    positions: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A phrase near an issue's proposition in lines in which the vocabulary finds no word of it."""

    issue_id: str
    phrase: str
    lines: int
    example: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that cannot hold a position: linked to nobody, or to somebody without a party, as `why` says."""

    name: str
    why: str
    lines: int
    example: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a pack makes of a corpus."""

    documents: int
    on_topic: int
    lines: int
    issues: tuple[IssueCount, ...]
    missed: tuple[Missed, ...]
    unresolved: tuple[Unresolved, ...]
    unclaimed: tuple[Unclaimed, ...]


def cover(settings: Settings, now: dt.datetime) -> Coverage:
    """Read the corpus under `settings.seeds` with the pack, and count."""
    pack = load_domain(settings)
    cleaned = clean_documents(ingest(settings, now).documents, settings)
    by_document = blocks_by_document(cleaned.blocks)
    documents = [(d, by_document.get(d.document_id, ())) for d in cleaned.documents]
    parsed = parsed_pages(documents, load_model(settings.model), PAGE_READERS)
    pages = [page for page, _ in parsed if page is not None]
    knowledge = Knowledge.of(pack)
    read = [read_page(page, knowledge) for page in pages]
    links = {found.document_id: found.links for found in read}
    positions = [position for found in read for position in found.positions]
    return coverage_of(pages, links, positions, pack)


def coverage_of(
    pages: Sequence[Page],
    links: Mapping[str, Links],
    positions: Sequence[IssuePosition],
    pack: DomainPack,
) -> Coverage:
    """Count what the pack finds on parsed pages, and gather what it misses."""
    issues = load_issues(pack.folder)
    lines: Counter[str] = Counter()
    documents: defaultdict[str, set[str]] = defaultdict(set)
    near = _Near(issues.issues)
    names = _Names(pack)
    wanted = Wanted(load_stance(pack.reference))
    on_topic: set[str] = set()
    n_lines = 0
    for page in pages:
        own = links.get(page.document.document_id, Links(()))
        for entry in page.entries():
            if not any(issues.speaks_of(doc) for _, doc in entry):
                continue
            on_topic.add(page.document.document_id)
            for block, doc in entry:
                forms = forms_of(doc)
                words = words_of(forms, 0, len(doc))
                if issues.is_elsewhere(words):
                    continue
                n_lines += 1
                hits: list[Hit] = [h for s in doc.sents for h in issues.find(s, forms, words)]
                found = {hit.issue.id for hit in hits}
                lines.update(found)
                for issue_id in found:
                    documents[issue_id].add(page.document.document_id)
                near.read(doc, found)
                names.read(block.block_no, doc, own)
                spoken = {doc[h.head_i].sent.start for h in hits}
                wanted.read(page.document.document_id, block.block_no, doc, forms, own, spoken)
    stood = Counter(position.issue_id for position in positions)
    counted = tuple(IssueCount(i.id, lines[i.id], len(documents[i.id]), stood[i.id]) for i in issues.issues)
    return Coverage(
        len(pages), len(on_topic), n_lines, counted, near.frequent(), names.frequent(), wanted.frequent()
    )


class _Near:
    """Gathers phrases near propositions. Likeness of a phrase: the mean, over its content words, of the best
    likeness of each to a content word of the proposition (cosine of the model's word vectors)."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self._issues = issues
        self._targets: dict[str, list[Token]] | None = None
        self._likeness: dict[tuple[str, str], float] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], str] = {}

    def read(self, doc: Doc, found: set[str]) -> None:
        """Count the phrases of a line for the issues that it does not name."""
        for phrase, tokens in dict(_phrases(doc)).items():
            best, score = "", 0.0
            for issue in self._issues:
                likeness = self._of(phrase, tokens, issue, doc)
                if likeness > score:
                    best, score = issue.id, likeness
            if score >= NEAR and best not in found:
                self._counts[(best, phrase)] += 1
                self._examples.setdefault((best, phrase), doc.text)

    def frequent(self, most: int = 40) -> tuple[Missed, ...]:
        """The most frequent, by lines."""
        ranked = sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            Missed(issue, phrase, n, self._examples[(issue, phrase)]) for (issue, phrase), n in ranked[:most]
        )

    def _of(self, phrase: str, tokens: tuple[Token, ...], issue: Issue, doc: Doc) -> float:
        known = self._likeness.get((issue.id, phrase))
        if known is None:
            targets = self._words_of(issue, doc)
            best = [max((_likeness(t, target) for target in targets), default=0.0) for t in tokens]
            known = self._likeness[(issue.id, phrase)] = sum(best) / len(best)
        return known

    def _words_of(self, issue: Issue, doc: Doc) -> list[Token]:
        """Content words of the proposition, as tokens that share the page's vocabulary of vectors."""
        if self._targets is None:
            from spacy.tokens import Doc as Made

            self._targets = {}
            for each in self._issues:
                text = f"{each.label} {each.proposition}".lower()
                words = ["".join(c for c in word if c.isalnum() or c == "-") for word in text.split()]
                made = Made(doc.vocab, words=[word for word in words if word])
                self._targets[each.id] = [t for t in made if not t.is_stop and len(t.text) > 2]
        return self._targets[issue.id]


def _likeness(token: Token, target: Token) -> float:
    if fold(token.lemma_ or token.text) == fold(target.text) or token.lower_ == target.lower_:
        return 1.0
    if not token.has_vector or not target.has_vector:
        return 0.0
    return max(0.0, float(token.similarity(target)))


def _phrases(doc: Doc) -> Iterator[tuple[str, tuple[Token, ...]]]:
    """Noun phrases of two words or more, and verbs with their objects, as lemmas; without names."""
    chunks: list[Span] = list(doc.noun_chunks) if doc.has_annotation("DEP") else []
    for chunk in chunks:
        words = tuple(t for t in chunk if t.pos_ in _CONTENT and not t.is_stop)
        if chunk.root.pos_ == "PROPN" or any(t.ent_type_ for t in words):
            continue
        if 2 <= len(words) <= _LONGEST:
            yield " ".join(t.lemma_.lower() for t in words), words
        head = chunk.root.head
        if (
            chunk.root.dep_ in _OBJECTS
            and head.pos_ == "VERB"
            and head.lemma_.lower() not in _LIGHT
            and chunk.root.pos_ == "NOUN"
        ):
            yield f"{head.lemma_.lower()} {chunk.root.lemma_.lower()}", (head, chunk.root)


class _Names:
    """Gathers names that the model takes for people or bodies and that cannot hold a position."""

    def __init__(self, pack: DomainPack) -> None:
        private = {role.noun for role in pack.roles if role.category == "private"}
        self._private = private | {
            alias for role in pack.roles for alias in role.aliases if role.noun in private
        }
        self._known = {fold(name) for person in pack.people for name in (person.name, *person.aliases)}
        for each in (*pack.organisations, *pack.outlets):
            assert isinstance(each, Organisation | Outlet)
            self._known |= {fold(name) for name in (each.name, *each.aliases)}
        for country in pack.countries:
            named = (country.name, *country.aliases, *country.adjectives, *country.people)
            self._known |= {fold(name) for name in (*named, *country.capitals, *country.metonyms)}
        self._known |= {fold(word) for word in (*pack.groups.european, *pack.groups.regions)}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], str] = {}

    def read(self, block_no: int, doc: Doc, links: Links) -> None:
        """Count the names of a line once each."""
        own = links.in_block(block_no)
        found = set()
        for mention in own:
            actor = mention.actor
            if actor.kind not in {"person", "institution", "group"} or actor.party is not None:
                continue
            named = any(part[:1].isupper() for part in actor.name.split())
            acts = self._private.isdisjoint(actor.roles)  # journalists and analysts act for nobody
            if named and acts and not actor.in_passing and fold(actor.name) not in self._known:
                role = f", called {actor.roles[0]}" if actor.roles else ""
                found.add((actor.name, f"{actor.kind} without a party{role}"))
        covered = {i for mention in own for i in range(mention.start_i, mention.end_i)}
        for entity in doc.ents:
            # "Finance Minister X", "German officials": part of how somebody else is called
            part_of = entity.root.dep_ in _MODIFIERS or (entity.end < len(doc) and entity.end in covered)
            free = covered.isdisjoint(range(entity.start, entity.end)) and not part_of
            name = fold(entity.text).removeprefix("the ")
            if entity.label_ in _NAMES and free and name not in self._known:
                found.add((entity.text, "linked to nobody"))
        for key in found:
            self._counts[key] += 1
            self._examples.setdefault(key, doc.text)

    def frequent(self, most: int = 40) -> tuple[Unresolved, ...]:
        """The most frequent, by lines."""
        ranked = sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            Unresolved(name, why, n, self._examples[(name, why)]) for (name, why), n in ranked[:most]
        )

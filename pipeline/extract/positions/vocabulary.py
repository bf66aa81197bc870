"""A pack's issues: their vocabulary as data, and where a sentence names them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from pipeline.extract.positions.patterns import Match, PatternIndex
from pipeline.extract.positions.predicates import is_cut_off
from pipeline.extract.positions.similarity import Likeness, Near
from pipeline.extract.positions.skeleton import conjuncts, skeleton
from pipeline.reference import Strict, load_reference
from pipeline.words import words_in

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


# Tokens on either side of a phrase in which a word of its `forbid` list makes it another matter.
NEAR = 6


class Term(Strict):
    """Phrases that name an issue alike.

    orient: 1 if the phrase speaks towards the proposition, -1 against it, 0 if it is another matter that
    shares its words, so that no shorter phrase names the issue there.
    agentive: the phrase's own subject decides on it, so that its will is a position.
    agents: parties that can decide on it; empty means any.
    require: one of these words stands in the same line; forbid: none of them within `NEAR` tokens.
    """

    any: tuple[str, ...]
    orient: int = Field(ge=-1, le=1)
    agentive: bool = False
    agents: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()


class Issue(Strict):
    """One issue of a negotiation; to support it means to want the proposition.

    document_of: the party whose document the issue is about. document: it is about a document, whosever: "the
    proposal" takes it up from further back than other words would.
    step_to_settlement: a step that may be refused until the final settlement, which opposes it.
    authorship: writing or submitting the document is a position, too.
    occasion: its phrases also name what has happened ("met"), which tells nobody's will.
    yields_to: issues whose phrases at the same place leave this one aside unless it is the longer phrase.
    sides: parties that would deal with each other; who talks with somebody else takes no position on it.
    mutual: it lies between the pack's two opponents, whom "both sides" means there.
    given_by: parties that would have to give something up for it: by "non-negotiable" they refuse it, and
    what others say that they "will" do is no will of theirs. kept_by: parties that have what the issue is
    about and would keep it: by "a red line" they mean that it is not to be touched.
    by_proposition: sentences that no term of the pack matches may name it by the words of its proposition;
    an issue without terms is found in no other way.
    """

    id: str
    label: str
    proposition: str
    terms: tuple[Term, ...] = ()
    document_of: str | None = None
    document: bool = False
    step_to_settlement: bool = False
    authorship: bool = False
    occasion: bool = False
    yields_to: tuple[str, ...] = ()
    sides: frozenset[str] = frozenset()
    mutual: bool = False
    given_by: frozenset[str] = frozenset()
    kept_by: frozenset[str] = frozenset()
    by_proposition: bool = False

    @property
    def is_document(self) -> bool:
        """Whether the issue is about a document, of one party or of any."""
        return self.document or self.document_of is not None


class Bloc(Strict):
    """States that, named together, stand as one party: all of `members` in one coordination."""

    name: str
    party: str
    members: frozenset[str]


class IssuesFile(Strict):
    """The file `issues.yaml` of a pack.

    anchors: an entry of a feed that has none of these words is about something else. home: a whole page
    that has none of these is, whatever its entries have: "Moscow" also stands in news of other matters.
    elsewhere: a line that has one of these and no `home` word tells of another negotiation.
    """

    anchors: tuple[str, ...]
    home: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    sets: dict[str, tuple[str, ...]]
    issues: tuple[Issue, ...]
    blocs: tuple[Bloc, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that names an issue; `head_i` is the syntactic head of its words.

    orient: polarity of the phrase towards the proposition. agentive: see `Term`.
    anaphor: the words only stand for an issue named before. spoken_for: words of the sentence that name
    the same issue, here or elsewhere, and so are no operators on it. likeness: no phrase names it, the words
    only come near its proposition.
    """

    issue: Issue
    start_i: int
    end_i: int
    head_i: int
    tokens: frozenset[int]
    orient: int
    agentive: bool
    agents: tuple[str, ...] = ()
    anaphor: bool = False
    spoken_for: frozenset[int] = frozenset()
    likeness: bool = False


class IssuePack:
    """The issues of one domain pack with their compiled vocabulary."""

    def __init__(self, file: IssuesFile) -> None:
        self.file = file
        self.issues = file.issues
        self.anchors = frozenset(file.anchors)
        self.home = frozenset(file.home)
        self.elsewhere = frozenset(file.elsewhere)
        self.blocs = file.blocs
        self._index: PatternIndex[tuple[Issue, Term]] = PatternIndex()
        for issue in file.issues:
            for term in issue.terms:
                self._index.add(term.any, file.sets, (issue, term))
        self._loose = {i.id: i for i in file.issues if i.by_proposition or not i.terms}

    @cached_property
    def _likeness(self) -> Likeness:
        """Made when the first line asks for it: packs are also loaded where no line is read."""
        return Likeness({issue.id: issue.proposition for issue in self.file.issues})

    @cached_property
    def vocabulary(self) -> dict[str, frozenset[str]]:
        """Issue id -> all words of its phrases that speak of it."""
        sets = self.file.sets
        return {
            issue.id: frozenset(
                word
                for term in issue.terms
                if term.orient
                for pattern in term.any
                for part in pattern.replace("?", "").split()
                for each in part.split("|")
                for word in (sets.get(each[1:], ()) if each.startswith("@") else (each,))
            )
            for issue in self.file.issues
        }

    def speaks_of(self, doc: Doc) -> bool:
        """Whether the parse names the negotiation at all (a pack without anchors never needs it)."""
        return not self.anchors or not self.anchors.isdisjoint(words_in(doc).lower)

    def concerns(self, docs: Iterable[Doc]) -> bool:
        """Whether the parses of a page have one of the pack's `home` words; always if it names none."""
        return not self.home or any(not self.home.isdisjoint(words_in(doc).lower) for doc in docs)

    def is_elsewhere(self, line_words: frozenset[str]) -> bool:
        """Whether a line of these words tells of another negotiation."""
        return not self.elsewhere.isdisjoint(line_words) and self.home.isdisjoint(line_words)

    def find(self, sentence: Span, forms: list[tuple[str, str]], line_words: frozenset[str]) -> list[Hit]:
        """Issues that the sentence names: per issue the longest of overlapping phrases.

        Where no phrase does, the issue whose proposition the sentence comes nearest to, if one stands out.
        """
        hits = self._named(sentence, forms, line_words)
        if hits or not self._loose:
            return hits
        near = self._likeness.nearest(forms, sentence.start, sentence.end)
        return [] if near is None or near.issue_id not in self._loose else [self._paraphrase(sentence, near)]

    def _paraphrase(self, sentence: Span, near: Near) -> Hit:
        """The words that a sentence shares with a proposition, as a place that names its issue."""
        words = frozenset(near.tokens)
        return Hit(
            issue=self._loose[near.issue_id],
            start_i=near.tokens[0],
            end_i=near.tokens[-1] + 1,
            head_i=head_of(sentence.doc, near.tokens),
            tokens=words,
            orient=1,
            agentive=False,
            spoken_for=words,
            likeness=True,
        )

    def _named(self, sentence: Span, forms: list[tuple[str, str]], line_words: frozenset[str]) -> list[Hit]:
        matches = self._index.find(forms, sentence.start, sentence.end)
        left = skeleton(sentence)
        over = self._over_modifiers(left, forms, matches) if left is not None else []
        over += self._over_lists(sentence, forms)
        distant = {id(m) for m in over}
        matches += over
        if not matches:
            return []
        kept: list[Match[tuple[Issue, Term]]] = []
        for match in matches:
            _, term = match.payload
            if term.require and line_words.isdisjoint(term.require):
                continue
            if term.forbid:
                first, last = max(sentence.start, match.start - NEAR), min(sentence.end, match.end + NEAR)
                if not words_of(forms, first, last).isdisjoint(term.forbid):
                    continue
            doc = sentence.doc
            if any(doc[i].dep_ == "aux" and forms[i][0] == "have" for i in match.tokens):
                continue  # "has called for": no possession
            if _spans_clauses(match.tokens, doc):
                continue
            if any(
                doc[i].lower_ in _SET_AGAINST for i in range(match.start, match.end) if i not in match.tokens
            ):
                continue
            if term.agentive and any(_is_bygone(doc[i], match.tokens) for i in match.tokens):
                continue
            if any(doc[i].pos_ == "AUX" for i in match.tokens) and is_cut_off(
                doc[match.tokens[-1]], match.tokens
            ):
                continue
            kept.append(match)
        # Longest first: more words, then the wider reach. What reaches over a verb comes last.
        doc = sentence.doc
        kept.sort(
            key=lambda m: (
                _reaches_over(m.tokens, doc),
                -len(m.tokens),
                id(m) in distant,
                m.start - m.end,
                m.start,
            )
        )
        taken: dict[str, set[int]] = {}
        hits: list[Hit] = []
        for match in kept:
            issue, term = match.payload
            used = taken.setdefault(issue.id, set())
            if not used.isdisjoint(match.tokens):
                continue
            hit = Hit(
                issue=issue,
                start_i=match.start,
                end_i=match.end,
                head_i=head_of(sentence.doc, match.tokens),
                tokens=frozenset(match.tokens),
                orient=term.orient,
                agentive=term.agentive,
                agents=term.agents,
            )
            if term.orient and (_is_title(hit, sentence.doc) or not _is_fit(hit, sentence.doc)):
                continue  # "US-drafted peace [plan]" ends in no noun: a shorter phrase there may
            used.update(range(match.start, match.end))
            hits.append(hit)
        hits = [h for h in hits if h.orient and not _yields(h, hits)]
        words = {h.issue.id: frozenset().union(*(o.tokens for o in hits if o.issue is h.issue)) for h in hits}
        hits = [replace(h, spoken_for=words[h.issue.id]) for h in hits]
        hits.sort(key=lambda h: (h.start_i, h.end_i, h.issue.id))
        return hits

    def _over_modifiers(
        self,
        left: list[int],
        forms: list[tuple[str, str]],
        known: Sequence[Match[tuple[Issue, Term]]],
    ) -> list[Match[tuple[Issue, Term]]]:
        """Phrases that only the words `left` of a sentence make, told by the verbs of their subjects."""
        found = self._index.find([forms[i] for i in left], 0, len(left))
        same = {(m.tokens, id(m.payload[1])) for m in known}
        over = (Match(tuple(left[i] for i in m.tokens), m.payload) for m in found)
        return [m for m in over if (m.tokens, id(m.payload[1])) not in same and m.payload[1].agentive]

    def _over_lists(self, sentence: Span, forms: list[tuple[str, str]]) -> list[Match[tuple[Issue, Term]]]:
        """Phrases of a verb and a later one of its objects: "halt its enrichment and missile work"."""
        over: list[Match[tuple[Issue, Term]]] = []
        for left in conjuncts(sentence):
            found = self._index.find([forms[i] for i in left], 0, len(left))
            over += [Match(tuple(left[i] for i in m.tokens), m.payload) for m in found if m.start == 0]
        return over


_NAMING = frozenset({"NOUN", "PROPN", "ADJ"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
# "Tightened rather than eased", "lasting peace without security": one word is set against the other.
_SET_AGAINST = frozenset({"rather", "instead", "without"})


def _spans_clauses(tokens: tuple[int, ...], doc: Doc) -> bool:
    """ "Oslo thinks that any deal [is]": a verb stands between, and the second word is of its clause."""
    for first, second in pairwise(tokens):
        if doc[first].pos_ not in _NAMING:
            continue
        verbs = [t for t in doc[first + 1 : second] if t.tag_ in _FINITE and t.pos_ == "VERB"]
        if any(c.dep_ == "ccomp" and c.i >= second for verb in verbs for c in verb.children):
            return True
    return False


def _is_bygone(word: Token, tokens: tuple[int, ...]) -> bool:
    """ "The bombed sites": what was done to a thing tells which one it is, and no act."""
    kind = word.tag_ == "VBN" and word.dep_ == "amod" and word.i < word.head.i
    return kind and (word.head.i in tokens or len(tokens) == 1)


def _reaches_over(tokens: tuple[int, ...], doc: Doc) -> bool:
    """ "Oslo rejects elections", "threatened to veto sanctions": a verb stands in it and is no part of it.

    The first word is its subject, or the last its object under the first.
    """
    first, last = doc[tokens[0]], doc[tokens[-1]]
    acting = first.pos_ == "PROPN" and first.dep_ == "nsubj"
    act = last.head
    # "has no intention to hold elections": the act may hang on the first verb's noun
    had = act.dep_ == "acl" and act.head.head.lemma_ == "have"
    above = act.head.head if had else act.head
    governing = last.dep_ == "dobj" and (had or act.dep_ == "xcomp") and above.i == first.i
    verbs = [word.head for word, told in ((first, acting), (last, governing)) if told]
    verbs += [c for c in first.children if c.dep_ in {"acl", "relcl"} and c.tag_ == "VBG"]
    return any(verb.pos_ == "VERB" and verb.i not in tokens and first.i < verb.i < last.i for verb in verbs)


# "A plan to end the war" is the document itself; any other purpose makes it a matter of its own.
_ANY = frozenset({"any", "all", "such", "other"})
_NO_ONE = frozenset({"no", "any", "every"})
_ENDING = frozenset({"end", "stop", "settle", "resolve", "bring", "halt"})


def _is_title(hit: Hit, doc: Doc) -> bool:
    """ "Tessalian negotiator Ivo Brandt has complained": the word only tells who somebody is."""
    head = doc[hit.head_i]
    return hit.issue.occasion and head.dep_ == "compound" and head.head.pos_ == "PROPN" and head.tag_ == "NN"


def _is_fit(hit: Hit, doc: Doc) -> bool:
    """A document is named by a noun: "the EU plans to" is none, nor is "a US proposal to freeze the line"."""
    if hit.issue.document_of is None:
        return True
    head = doc[hit.head_i]
    if head.pos_ in {"VERB", "AUX"}:
        return False
    if head.tag_ == "NN" and any(c.dep_ == "det" and c.lower_ in _NO_ONE for c in head.children):
        return False  # "no peace plan that leaves the town out", "any peace plan": none in particular
    if head.tag_ == "NNS" and any(c.dep_ == "det" and c.lower_ in _ANY for c in head.children):
        return False  # "any peace plans that give up land": no plan in particular
    return not any(
        child.dep_ in {"acl", "relcl"}
        and child.lemma_.lower() not in _ENDING
        and (
            (child.i == i + 2 and doc[i + 1].lower_ == "to")
            or (doc[i + 1].lower_ in {"that", "which"} and any(c.lower_ == "would" for c in child.children))
        )
        for i in hit.tokens
        for child in doc[i].children
        if i + 1 < len(doc)
    )


def _yields(hit: Hit, hits: list[Hit]) -> bool:
    return any(
        other.issue.id in hit.issue.yields_to
        and other.orient
        and not other.tokens.isdisjoint(hit.tokens)
        and len(other.tokens) >= len(hit.tokens)
        for other in hits
    )


# Words that only lead to what follows them: "in no hurry to" hangs on its "in".
_LEADING = frozenset({"ADP", "PART"})

# "According to" is no accord.
_OWN_LEMMAS = {"n't": "not", "according": "according"}


def forms_of(doc: Doc) -> list[tuple[str, str]]:
    """(lemma, written form) of each token, lower case, with typographic apostrophes made plain."""
    words = words_in(doc)
    lemmas = (lemma.replace("’", "'") for lemma in words.lemma)
    written = (word.replace("’", "'") for word in words.lower)
    return [(_OWN_LEMMAS.get(word, lemma), word) for lemma, word in zip(lemmas, written, strict=True)]


def words_of(forms: list[tuple[str, str]], start: int, end: int) -> frozenset[str]:
    """The lemmas and written forms of the tokens [start, end)."""
    return frozenset(form for pair in forms[start:end] for form in pair)


def head_of(doc: Doc, tokens: tuple[int, ...]) -> int:
    """The matched token that governs the others: the one nearest the sentence's root."""
    inside = set(tokens)
    outer = [i for i in tokens if doc[i].head.i not in inside or doc[i].head.i == i]
    if not outer:
        return tokens[0]
    # A negator is never what a phrase hangs on.
    top = min(
        outer,
        key=lambda i: (
            doc[i].dep_ == "neg",
            doc[i].pos_ in _LEADING,
            _depth(doc[i]),
            doc[i].pos_ == "ADV",
            i,
        ),
    )
    # "Ukrainian [membership] in NATO": the word that all hang on stands between them.
    over = doc[top].head.i
    if len(outer) > 1 and tokens[0] < over < tokens[-1] and sum(doc[i].head.i == over for i in outer) > 1:
        return over
    return top


def _depth(token: Token) -> int:
    depth = 0
    while token.head.i != token.i:
        token = token.head
        depth += 1
    return depth


def load_issues(folder: Path) -> IssuePack:
    """Load the file `issues.yaml` of a domain pack's folder; raise ReferenceDataError if it is invalid."""
    return compile_issues(load_reference(folder / "issues.yaml", IssuesFile))


_PACKS: dict[int, tuple[IssuesFile, IssuePack]] = {}


def compile_issues(file: IssuesFile) -> IssuePack:
    """Compile a pack once for each loaded file (the loader returns the same object while it is unchanged)."""
    known = _PACKS.get(id(file))
    if known is None or known[0] is not file:
        known = _PACKS[id(file)] = (file, IssuePack(file))
    return known[1]

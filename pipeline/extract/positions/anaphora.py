"""Anaphora: words that stand for an issue named before, and the memory of what an entry has named."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.extract.positions.claims import Claim
from pipeline.extract.positions.drafts import Drafts
from pipeline.extract.positions.holders import Holder
from pipeline.extract.positions.lexicon import StanceLexicon
from pipeline.extract.positions.vocabulary import Hit, Issue

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# How many sentences back an anaphor may reach: a document stays in mind longer than a pronoun's referent.
_DOCUMENT_REACH = 8
_NOUN_REACH = 3
_PRONOUN_REACH = 1
_ONE_MORE = frozenset({"another", "one"})
_DEFINITE = frozenset({"the", "this", "that"})


@dataclass(slots=True)
class Memory:
    """What an entry has named so far: (sentence number, issue, polarity to take up).

    vocabulary: issue id -> the words of its phrases.
    """

    sentence: int = 0
    vocabulary: Mapping[str, frozenset[str]] = field(default_factory=dict)
    named: list[tuple[int, Issue, int]] = field(default_factory=list)
    documents: list[tuple[int, Issue, int]] = field(default_factory=list)
    authors: list[Holder] = field(default_factory=list)
    drafts: Drafts = field(default_factory=Drafts)
    asked: list[tuple[int, Issue, int]] = field(default_factory=list)
    block_before: int | None = None
    called: dict[str, set[str]] = field(default_factory=dict)
    arranged: tuple[int, Issue, int] | None = None
    wished: list[tuple[int, Issue, int]] = field(default_factory=list)
    bought: tuple[int, Issue, int] | None = None

    def call(self, hit: Hit, doc: Doc, nouns: Container[str]) -> None:
        """Keep by what noun a document was named: "the plan" is the one that was called a plan."""
        words = {doc[i].lemma_.lower() for i in hit.tokens if doc[i].lemma_.lower() in nouns}
        self.called.setdefault(hit.issue.id, set()).update(words)

    def named_document(self, lemma: str) -> list[tuple[int, Issue, int]]:
        """The last document in reach that was called by the noun, else the last one; at most one."""
        near = [d for d in self.documents if self.sentence - d[0] <= _DOCUMENT_REACH]
        so_called = [d for d in near if lemma in self.called.get(d[1].id, ())]
        return (so_called or near)[-1:]

    def note(self, hits: Sequence[Hit], doc: Doc, arrangements: Container[str]) -> None:
        """Keep the last issue that was named by or before a word for an arrangement: "a hostage deal"."""
        for hit in hits:
            words = [doc[i] for i in hit.tokens]
            words += [t.head for t in words if t.dep_ in {"compound", "nmod"}]
            if not hit.anaphor and any(t.lemma_.lower() in arrangements for t in words):
                self.arranged = (self.sentence, hit.issue, hit.orient)


def anaphors_of(
    sentence: Span,
    forms: list[tuple[str, str]],
    hits: Sequence[Hit],
    lexicon: StanceLexicon,
    memory: Memory,
    actors: Container[int] = (),
) -> list[Hit]:
    """Words of the sentence that stand for an issue named before: "the idea", "that demand", "it".

    `actors` are tokens that stand for an actor, as far as the page's mentions tell.
    """
    if not (hits or memory.named or memory.documents or memory.arranged):
        return []
    memory.note(hits, sentence.doc, lexicon.file.arrangements)
    covered = {i for hit in hits for i in hit.tokens}
    file = lexicon.file
    found: list[Hit] = []
    doing = {t.i for t in sentence if does_so(t)}
    for token in sentence:
        if token.i in covered or token.head.i in doing:
            continue
        lemma = forms[token.i][0]
        if token.i in doing:
            # "Oslo was asked to leave and refused to do so", ", which it will never do"
            spoken = [h for h in hits if h.end_i <= token.i and not h.anaphor]
            spoken = spoken or [h for h in found if h.end_i <= token.i]
            acts = [(memory.sentence, spoken[-1].issue, spoken[-1].orient)] if spoken else []
            # "will not do it" is said of what somebody wishes for, "will not do so" of any act
            told = memory.named if _is_so(token) else memory.wished
            acts = acts or [n for n in told if memory.sentence - n[0] <= _PRONOUN_REACH][-1:]
            found.extend(replace(hit, agentive=True) for hit in _stand_for(token, acts))
            continue
        if (
            token.pos_ == "NOUN"
            and lemma in file.anaphora_nouns
            and not _is_of_time(token, file.spans)
            and (_is_bare(token, file.anaphora_determiners) or _takes_up(token, lexicon) or _sums_up(token))
        ):
            documents = memory.named_document(lemma)
            near = [
                (memory.sentence, h.issue, h.orient) for h in hits if h.end_i <= token.i and not h.anaphor
            ]
            named = near or [n for n in memory.named if memory.sentence - n[0] <= _NOUN_REACH]
            if (
                not near
                and lemma in file.bargains
                and memory.bought is not None
                and _is_near(memory.bought, memory)
            ):
                # "offered a truce if Rome leaves ... the offer"
                found.extend(_stand_for(token, [memory.bought]))
            elif lemma in file.document_nouns and documents:
                found.extend(_stand_for(token, documents, orient=1))
            else:
                # "the idea" is the last one named, "these demands" are all of them; ", a plan that" sums up
                # what its clause is about.
                own = [h for h in hits if h.end_i <= token.i and not h.anaphor]
                if own and lemma in file.document_nouns and _sums_up(token) and token.tag_ != "NNS":
                    top = min(own, key=lambda h: _depth(sentence.doc[h.head_i]))
                    named = [(memory.sentence, top.issue, top.orient)]
                found.extend(_stand_for(token, named if token.tag_ == "NNS" else named[-1:]))
        elif (
            token.pos_ == "NOUN"
            and lemma in file.arrangements
            and memory.arranged is not None
            and memory.sentence - memory.arranged[0] <= _DOCUMENT_REACH
            and _is_bare(token, _DEFINITE)
        ):
            # "a hostage deal ... the agreement": taken up by another word for it
            found.extend(_stand_for(token, [memory.arranged]))
        elif (
            token.pos_ == "NOUN"
            and lemma in file.occasion_nouns
            and any(c.lower_ == "such" for c in token.children)
        ):
            # "Such a meeting must be prepared": of the kind named before
            occasions = [n for n in memory.named if n[1].occasion]
            found.extend(
                _stand_for(token, [n for n in occasions if memory.sentence - n[0] <= _NOUN_REACH][-1:])
            )
        elif token.pos_ == "NOUN" and any(c.lower_ == "such" for c in token.children) and not hits:
            # "sends a contingent ... such troops": another word for what was named
            near = [n for n in memory.named if memory.sentence - n[0] <= _NOUN_REACH and not n[1].is_document]
            words = memory.vocabulary.get(near[-1][1].id, frozenset()) if near else frozenset()
            if lemma in words or token.lower_ in words:
                found.extend(_stand_for(token, near[-1:]))
        elif token.pos_ == "NOUN" and lemma in file.taking_up and not hits and _is_bare(token, _DEFINITE):
            # "wants to send troops ... ruled out taking part in the mission": a word of the issue's own
            near = [n for n in memory.named if _is_near(n, memory)][-1:]
            if near and lemma in memory.vocabulary.get(near[0][1].id, ()):
                found.extend(_stand_for(token, near))
        elif _is_another(token) and not hits:
            # "the truce was kept; Oslo has not ruled out another"
            found.extend(_stand_for(token, [n for n in memory.named if _is_near(n, memory)][-1:]))
        elif (
            token.pos_ == "PRON"
            and token.tag_ not in {"WDT", "WP"}
            and not _is_expletive(token)
            and not (token.i in actors and _acts(token))
            and not _is_addressed(token)
            and token.lower_ in file.anaphora_pronouns
            and token.dep_ in {"dobj", "nsubj", "nsubjpass", "pobj"}
            and token.head.i not in covered
            and not _sums_up_clause(token)
        ):
            if token.lower_ == "them" and _are_others(token, covered):
                continue
            acting = _acting_on(token)
            before = [h for h in hits if h.end_i <= token.i and not h.anaphor and acting.isdisjoint(h.tokens)]
            taken = [h for h in found if h.end_i <= token.i and acting.isdisjoint(h.tokens)]
            if _is_called_basis(token, file.basis_nouns):  # "this could be used as a basis for an accord"
                papers = [
                    (memory.sentence, h.issue, h.orient) for h in (*before, *taken) if h.issue.is_document
                ]
                found.extend(_stand_for(token, (papers or memory.documents)[-1:]))
            elif taken:  # "criticised the deal, calling it a mistake"
                found.extend(_stand_for(token, [(memory.sentence, taken[-1].issue, taken[-1].orient)]))
            elif before:
                taken_up = _foremost(before, sentence.doc)
                found.extend(_stand_for(token, [(memory.sentence, taken_up.issue, taken_up.orient)]))
            elif not hits:
                found.extend(
                    _stand_for(
                        token, [n for n in memory.named if memory.sentence - n[0] <= _PRONOUN_REACH][-1:]
                    )
                )
    return found


def as_told(hit: Hit, told: Iterable[tuple[Hit, Sequence[Claim]]], doc: Doc, lexicon: StanceLexicon) -> Hit:
    """A hit by "a stance rejected by Riga" with the sign of the stance that the sentence has just told."""
    if not hit.anaphor or doc[hit.head_i].lemma_.lower() not in lexicon.file.stand_nouns:
        return hit
    stances = [
        claim.stance
        for other, claims in told
        for claim in claims
        if other.issue is hit.issue and other.end_i <= hit.start_i and claim.stance in {"support", "oppose"}
    ]
    return replace(hit, orient=1 if stances[-1] == "support" else -1) if stances else hit


def _is_near(named: tuple[int, Issue, int], memory: Memory) -> bool:
    return memory.sentence - named[0] <= _PRONOUN_REACH and not named[1].is_document


def _is_another(token: Token) -> bool:
    """ "Did not rule out another for the holidays", "wants one": one more of the kind named before."""
    if token.lower_ not in _ONE_MORE or token.dep_ not in {"dobj", "pobj"} or token.nbor(-1).is_punct:
        return False
    alone = all(c.dep_ in {"prep", "punct", "advmod"} and c.lower_ != "of" for c in token.children)
    return alone and token.head.lower_ != "from"


def _are_others(them: Token, covered: Container[int]) -> bool:
    """ "Lays down its demands and expects all to accede to them": things named nearer, and no issue."""
    before = them.doc[them.sent.start : them.i]
    last = max((t.i for t in before if t.i in covered), default=-1)
    return any(t.tag_ == "NNS" and t.dep_ in {"dobj", "pobj"} and t.i > last for t in before)


def does_so(token: Token) -> bool:
    """Whether the token is the "do" of "do so", "do that", ", which it refuses to do"."""
    if token.lemma_ != "do" or token.pos_ != "VERB":
        return False
    told = token.head
    if told.dep_ == "relcl" and told.head.lower_ == "something" and token.dep_ == "xcomp":
        return True  # "is to leave, something it has refused to do"
    if len([c for c in token.children if c.dep_ == "nsubj"]) > 1:  # "which Oslo says it will not do"
        return any(c.lower_ == "which" and c.dep_ == "nsubj" for c in token.children)
    return any(
        (c.lower_ == "so" and c.dep_ in {"advmod", "dobj"} and c.i > token.i)
        or (c.lower_ in {"it", "that", "this", "which"} and c.dep_ == "dobj")
        for c in token.children
    )


def _is_so(verb: Token) -> bool:
    return any(c.lower_ == "so" for c in verb.children)


def _is_of_time(noun: Token, spans: Container[str]) -> bool:
    """ "In the long term", "in the short term": a time, and nothing that was named."""
    return any(c.dep_ == "amod" and c.lemma_.lower() in spans for c in noun.children)


def _acting_on(pronoun: Token) -> set[int]:
    """Tokens of the subject that acts on the pronoun, and so is not what it stands for."""
    verb = pronoun.head
    while verb.dep_ in {"pcomp", "xcomp", "prep"} and verb.head.i != verb.i:
        verb = verb.head
    if pronoun.dep_ in {"nsubj", "nsubjpass"}:
        return set()
    return {s.i for s in verb.children if s.dep_ in {"nsubj", "nsubjpass"}}


def _sums_up_clause(pronoun: Token) -> bool:
    """ "They have a chance to gain something, so they will not risk that": taken up from its own sentence."""
    if pronoun.lower_ != "that" or pronoun.dep_ != "dobj":
        return False
    above = {t.i for t in pronoun.ancestors}
    return any(
        t.pos_ in {"VERB", "AUX"} and t.dep_ in {"ccomp", "conj"} and t.i not in above and t.i < pronoun.i
        for t in pronoun.sent
    )


def _is_called_basis(pronoun: Token, nouns: Container[str]) -> bool:
    """Whether the pronoun's clause calls it a basis, which only a document is."""
    if pronoun.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    verb = pronoun.head
    places = [c for c in verb.children if c.dep_ in {"attr", "dobj"}]
    places += [o for p in verb.children if p.dep_ == "prep" and p.lower_ == "as" for o in p.children]
    return any(place.lemma_.lower() in nouns for place in places)


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def _foremost(hits: Sequence[Hit], doc: Doc) -> Hit:
    """Of issues named before a pronoun the one that its sentence is about: its subject, else the last."""
    for hit in hits:
        token = doc[hit.head_i]
        while token.dep_ in {"compound", "amod", "nmod"}:
            token = token.head
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head.dep_ in {"ROOT", "ccomp"}:
            return hit
    return hits[-1]


def _is_expletive(pronoun: Token) -> bool:
    """ "It is crucial to", "it is clear that": the pronoun announces a clause. Relatives count, too."""
    head = pronoun.head
    if head.dep_ == "relcl" and pronoun.lower_ == "that":
        return True
    if pronoun.dep_ not in {"nsubj", "nsubjpass"} or pronoun.lower_ != "it":
        return False
    return any(c.dep_ in {"xcomp", "ccomp", "csubj", "advcl"} and c.i > head.i for c in head.children) or any(
        g.dep_ in {"xcomp", "ccomp", "advcl"}
        for c in head.children
        if c.dep_ in {"acomp", "attr"}
        for g in c.children
    )


def _acts(pronoun: Token) -> bool:
    """ "The ministry said it would lift the levy": the subject of an act under a verb of saying."""
    verb = pronoun.head
    told = verb.dep_ == "ccomp" or (verb.dep_ == "acl" and any(c.dep_ == "mark" for c in verb.children))
    if pronoun.dep_ != "nsubj" or verb.pos_ != "VERB" or not told:
        return False  # "its position that it does not seek one" tells of it, too
    return verb.tag_ in {"VBD", "VBZ", "VBP"} or any(c.tag_ == "MD" for c in verb.children)


def _is_addressed(pronoun: Token) -> bool:
    """ "They advised them to sign", "told them that": somebody, who is asked to act or told something."""
    if pronoun.lower_ != "them":
        return False
    verb = pronoun.head
    asked = pronoun.dep_ == "nsubj" and verb.dep_ in {"ccomp", "xcomp"} and verb.tag_ == "VB"
    told = pronoun.dep_ in {"dobj", "dative"} and any(
        c.dep_ in {"xcomp", "ccomp"} and c.i > pronoun.i for c in verb.children
    )
    return asked or told


def _takes_up(noun: Token, lexicon: StanceLexicon) -> bool:
    """ "specific clauses", "many points": parts of a document named before, with no determiner."""
    return (
        noun.lemma_.lower() in lexicon.file.document_nouns
        and any(c.lower_ in lexicon.file.part_words and c.i < noun.i for c in noun.children)
        and not any(c.lower_ in {"a", "an"} for c in noun.children)
        and not any(c.dep_ in {"acl", "relcl", "poss", "compound", "prep"} for c in noun.children)
    )


def _sums_up(noun: Token) -> bool:
    """ ", a step that Israel has condemned": a noun set after a clause for what the clause tells."""
    first = noun.left_edge
    if first.lower_ not in {"a", "an"} or first.i <= noun.sent.start or first.nbor(-1).text != ",":
        return False
    return noun.dep_ != "conj" and any(
        c.dep_ in {"relcl", "acl"} and c.i > noun.i and c.tag_ != "VBG" for c in noun.children
    )


def _is_bare(noun: Token, determiners: frozenset[str]) -> bool:
    """A definite noun with nothing that would say what it is."""
    if any(
        c.dep_ in {"acl", "relcl", "poss", "compound", "nmod"}
        or (c.dep_ == "prep" and c.lower_ in {"of", "to", "for", "on"})
        for c in noun.children
    ):
        return False
    several = noun.tag_ == "NNS"  # "to sign any documents": none that was named
    return any(
        c.dep_ == "det" and c.lower_ in determiners and not (several and c.lower_ == "any")
        for c in noun.children
    )


def _stand_for(token: Token, named: Iterable[tuple[int, Issue, int]], orient: int | None = None) -> list[Hit]:
    return [
        Hit(
            issue,
            token.i,
            token.i + 1,
            token.i,
            frozenset({token.i}),
            polarity if orient is None else orient,
            False,
            (),
            True,
        )
        for _, issue, polarity in named
    ]

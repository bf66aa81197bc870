"""Noun phrases that name speakers: where one begins and ends, and what its modifiers tell."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.statements.lines import Line
from pipeline.model import Actor, Links, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_NAME_TOKENS = 14


def after_place(head: Token) -> list[Token]:
    """Appositions that the parse hangs on a title's state or body: "the president of Norway, Jane Roe"."""
    return [
        apposition
        for phrase in head.rights
        if phrase.dep_ == "prep" and head.pos_ == "NOUN"
        for place in phrase.children
        if place.dep_ == "pobj" and place.ent_type_ in {"GPE", "ORG", "NORP", "LOC"}
        for apposition in place.rights
        if apposition.dep_ == "appos" and apposition.ent_type_ == "PERSON"
    ]


def whole_word(head: Token) -> Token:
    """Head of the phrase whose first word the parse cuts at a hyphen: "co|-chairs Jane Roe and Per Holm"."""
    doc, i = head.doc, head.i
    if head.text == "-" and 0 < i < len(doc) - 1 and not (head.whitespace_ or doc[i - 1].whitespace_):
        rest = doc[i + 1]
        return rest if rest.pos_ in {"NOUN", "PROPN"} else head
    if i + 2 >= len(doc) or doc[i + 1].text != "-" or head.whitespace_ or doc[i + 1].whitespace_:
        return head
    rest = doc[i + 2]
    while rest.dep_ == "compound" and rest.head.i > rest.i:
        rest = rest.head
    return rest if rest.pos_ in {"NOUN", "PROPN"} and head.pos_ not in {"PROPN"} else head


_OF_OFFICE = frozenset({"of", "for", "in", "at", "to"})
_OFFICE_WORDS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PART", "CCONJ"})


def apposed_at(head: Token) -> int | None:
    """Where a name may stand that follows an office at once, or a comma after the office's own place.

    "Envoy Jane Roe", "the president of Norway, Jane Roe, ...", "a spokesman for the ministry, Per Roe, ...".
    """
    doc, i = head.doc, head.i + 1
    if i < len(doc) and doc[i].pos_ == "PROPN":
        return i
    if i < len(doc) and doc[i].lower_ in _OF_OFFICE:
        i += 1
        while i < len(doc) and i - head.i <= _MAX_NAME_TOKENS:
            bracket = doc[i].text in {"(", ")"}  # "of the Council of State (CoS), Jane Roe"
            if not bracket and doc[i].pos_ not in _OFFICE_WORDS and doc[i].lower_ not in _OF_OFFICE:
                break
            i += 1
    if i + 1 < len(doc) and doc[i].text == "," and doc[i + 1].pos_ == "PROPN":
        return i + 1
    return None


def distinguished(head: Token) -> bool:
    """Whether a phrase tells its source from others of the kind: "the envoy of X", "Y's envoy"."""
    return any(c.dep_ in {"prep", "appos", "relcl"} for c in head.rights) or any(
        c.dep_ == "poss" and c.pos_ != "PRON" for c in head.lefts
    )


def bare(head: Token) -> bool:
    """Whether a noun stands without a modifier that would tell it from others of its kind."""
    return not any(c.dep_ in {"amod", "compound", "poss", "nummod"} for c in head.lefts) and not any(
        c.dep_ in {"prep", "appos"} for c in head.rights
    )


def phrase_span(head: Token, line: Line) -> tuple[int, int]:
    """Characters of a noun phrase: its subtree up to the first comma, relative clause or quotation mark."""
    start, end = head.left_edge.idx, head.right_edge.idx + len(head.right_edge)
    if start < line.dateline <= head.idx:
        start = line.dateline
    for i in range(head.i + 1, head.right_edge.i + 1):
        token = line.doc[i]
        dated = (
            token.dep_ == "prep" and token.i + 1 < len(line.doc) and line.doc[token.i + 1].ent_type_ == "DATE"
        )
        if (
            dated
            or token.text in {",", ";", ":", "—", "–", "("}
            or line.quoted(token)
            or i - head.left_edge.i > _MAX_NAME_TOKENS
        ):
            end = token.idx
            break
    comma = line.text.rfind(", ", start, head.idx)
    if comma >= 0:
        start = comma + 2
    for quote in line.quotes.overlapping(start, head.idx):
        start = max(start, min(quote.end, head.idx))
    while start < head.idx and line.text[start] == " ":
        start += 1
    return start, len(line.text[:end].rstrip()) if end > start else end


def proper_issuer(modifier: Token, line: Line) -> Actor | None:
    """The body with a proper name whose document it is ("the AKB statement"), if nobody knows it."""
    if modifier.pos_ != "PROPN" or modifier.ent_type_ in {"DATE", "TIME", "EVENT", "GPE", "NORP", "PERSON"}:
        return None
    name = line.text[modifier.left_edge.idx : modifier.idx + len(modifier)]
    return Actor(f"name:{name.lower()}", name, "institution", None)


def owner_of_paper(paper: Token, issued: Sequence[Token]) -> Token | None:
    """Head of the phrase that names whose paper it is, after it or after the participles that issued it."""
    behind = [*paper.rights, *(by for verb in issued for by in verb.rights)]
    # "issued after the talks by X": the parse hangs the agent on the talks.
    deeper = [by for verb in issued for by in verb.subtree if by.lower_ == "by" and by.i > verb.i]
    owning = [*(p for p in behind if p.lower_ in {"by", "from", "of"}), *deeper]
    return next((c for p in owning for c in p.children if c.dep_ == "pobj"), None)


_OFFICIAL = frozenset({"statement", "communique", "communiqué", "readout", "declaration", "release"})


def described_issuer(paper: Token, line: Line, bodies: Collection[str]) -> tuple[int, int] | None:
    """Where the body stands whose paper it is, told by a common noun: "a foreign ministry statement"."""
    if paper.lemma_.lower() not in _OFFICIAL:
        return None
    body = next((c for c in reversed(list(paper.lefts)) if c.dep_ in {"compound", "nmod"}), None)
    if (
        body is None
        or body.lemma_.lower() not in bodies
        or body.pos_ not in {"NOUN", "PROPN"}
        or line.quoted(body)
    ):
        return None
    own = [t for c in paper.lefts if c.i <= body.i for t in c.subtree if t.i <= body.i]
    first = next((t for t in own if t.dep_ not in {"det", "poss", "case"}), body)
    return first.idx, body.idx + len(body)


def another(head: Token, mention: Mention, line: Line) -> bool:
    """Whether "and" joins a name with no title of its own: "a spokesman and Jane Roe" are two."""
    joint = next((t.i for t in line.doc[head.i + 1 : mention.start_i] if t.dep_ == "cc"), None)
    return joint is not None and all(t.pos_ != "NOUN" for t in line.doc[joint + 1 : mention.start_i])


def leads(token: Token, pronoun: Token) -> bool:
    """Whether a token is the subject of a main clause, or of one that a colon parts from the pronoun's."""
    if token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    if token.head.dep_ in {"ROOT", "conj"}:
        return True
    between = token.doc[token.i : pronoun.i]
    return token.head.dep_ in {"ccomp", "parataxis"} and any(t.text in {":", "–", "—"} for t in between)


def body_named_in(head: Token, line: Line, links: Links) -> Mention | None:
    """The body named inside a phrase for one: "the Free Coast Army (FCA) rebel group", "a union, Ver.di"."""
    if head.tag_ != "NN" or head.lemma_.lower() not in _BODY_NOUNS:
        return None
    names = [c for c in head.lefts if c.dep_ in {"nmod", "compound"}]
    names += [c for c in head.rights if c.dep_ == "appos" and c.pos_ == "PROPN"]
    found = (links.at(line.block.block_no, t.i) for name in names for t in name.subtree)
    named = (m for m in found if m is not None and m.actor.kind in {"group", "institution"})
    return next((m for m in named if not is_class(m)), None)


def is_class(mention: Mention) -> bool:
    """Whether a phrase names a kind of body and none by its name: "rebel group"."""
    return mention.actor.kind in {"group", "anonymous"} and mention.actor.name.rsplit(" ", 1)[-1].islower()


_BODY_NOUNS = frozenset({"group", "movement", "militia", "faction", "union", "organisation", "organization"})


def is_asked(token: Token) -> bool:
    """Whether the reporter asks somebody, who answers: "I asked X whether they still play"."""
    if token.dep_ not in {"dobj", "dative"} or token.head.lemma_ not in {"ask", "press", "phone", "call"}:
        return False
    return any(c.dep_ == "nsubj" and c.lower_ in {"i", "we"} for c in token.head.lefts)


def voice_of(mention: Mention | None, line: Line) -> Token | None:
    """The noun behind a body's long name that tells who speaks: "a Department for Trade spokesman"."""
    if mention is None or mention.actor.kind != "institution" or mention.end_i >= len(line.doc):
        return None
    names = line.doc[mention.start_i : mention.end_i]
    noun = line.doc[mention.end_i]
    long = any(t.lower_ in {"of", "for"} for t in names)
    named = noun.i + 1 < len(line.doc) and noun.nbor().ent_type_ == "PERSON"
    return noun if long and noun.lower_ in _VOICES and not named else None


_VOICES = frozenset({"spokesperson", "spokesman", "spokeswoman", "official", "source", "representative"})

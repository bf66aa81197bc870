"""References found in one block before the discourse decides them: names of states and bodies, noun phrases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.domain import Gender
from pipeline.model import Actor, Resolution
from pipeline.resolve.describe import EUROPE, PartyHint, describe_role, hint_before, party_at
from pipeline.resolve.lexicon import Entry
from pipeline.resolve.people import Facts, People
from pipeline.resolve.scan import Scan, is_possessive
from pipeline.resolve.vocabulary import RoleMatch, Vocabulary
from pipeline.text import fold

if TYPE_CHECKING:
    from spacy.tokens import Token

DraftKind = Literal["fixed", "description", "media", "body", "source", "pronoun"]
_LOCATIVE = frozenset({"in", "from", "near", "outside", "across", "around", "into", "through", "toward", "towards",
                       "inside", "over", "via", "at", "throughout", "within"})  # fmt: skip
_MOTION = frozenset({"travel", "fly", "visit", "trip", "return", "go", "come", "head", "arrive", "journey", "way", "move",
                     "route", "flight", "send", "dispatch", "invite", "tour", "drive", "shuttle", "bring", "arrival"})  # fmt: skip
_BLOCS = frozenset({"bloc", "alliance", "union"})
_REPORTING = frozenset({"report", "publish", "reveal"})
_NUMBERED = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "several", "some", "many", "multiple"})
NAMED, CLASS, REFERENCE, WEAK = 0.95, 0.85, 0.7, 0.4


@dataclass(slots=True)
class Draft:
    """One reference: `actor` is fixed for kind fixed, else what remains if the discourse resolves nothing."""

    kind: DraftKind
    start: int
    end: int
    head: int
    resolution: Resolution
    confidence: float
    actor: Actor | None
    roles: tuple[RoleMatch, ...] = ()
    party: str | None = None
    party_known: bool = False
    gender: Gender | None = None
    plural: bool = False
    word: str = ""
    facts: Facts | None = None


def drafts_of(scan: Scan, people: People, vocabulary: Vocabulary) -> list[Draft]:
    """All references of the block in reading order of their heads; none overlaps a longer one at its head."""
    found: dict[int, Draft] = {}
    for draft in (*_names(scan, people), *_known(scan, vocabulary), *_phrases(scan, people, vocabulary)):
        found.setdefault(draft.head, draft)
    for token in scan.doc:
        if token.i not in found and token.lower_ in {"he", "she", "they", "it"} and token.pos_ == "PRON":
            draft = _pronoun(token)
            if draft is not None:
                found[token.i] = draft
    return [found[i] for i in sorted(found)]


def _names(scan: Scan, people: People) -> Iterator[Draft]:
    for name in scan.names:
        facts = people.at(scan.block.block_no, name.start)
        if facts is None:
            continue
        end = name.end
        head = scan.doc[name.start : end].root.i
        if end < len(scan.doc) and scan.doc[head].dep_ in {"compound", "nmod"} and scan.doc[head].head.i >= end:
            following = scan.doc[head].head
            head = head if following.pos_ in {"NOUN", "PROPN"} else end - 1
        full = len(name.words) > 1 or len(facts.person.words) == 1
        resolution: Resolution = "name" if full else "surname"
        yield Draft("fixed", name.start, end, head, resolution, 0.97 if full else 0.95, None, facts=facts)
        office = _office_head(scan, head, people)
        if office is not None:
            start = scan.left_edge(office.start)
            yield Draft("fixed", start, office.end, scan.doc[head].head.i, "title", 0.9, None, facts=facts)


def _office_head(scan: Scan, head: int, people: People) -> RoleMatch | None:
    """The office to which a name stands in apposition, if the office is what the sentence's grammar sees."""
    above = scan.doc[head].head
    role = scan.role_at.get(above.i)
    if role is None or scan.doc[head].dep_ not in {"appos", "nmod", "dep"} or above.i == head:
        return None
    return role if (scan.block.block_no, role.start) in people.consumed else None


def _known(scan: Scan, vocabulary: Vocabulary) -> Iterator[Draft]:
    seen = -1
    for i in sorted(scan.match_at):
        match = scan.match_at[i]
        if match.start <= seen or i in scan.name_at:
            continue
        seen = match.start
        span = scan.doc[match.start : match.end]
        head = span.root
        if match.entry.kind == "person" or span.text.isupper() and len(span.text) > 5:
            continue
        draft = _known_draft(scan, match.start, match.end, head, match.entry, vocabulary)
        if draft is not None:
            yield draft


def _known_draft(scan: Scan, start: int, end: int, head: Token, entry: Entry, vocabulary: Vocabulary) -> Draft | None:
    text = scan.doc[start:end].text
    how: Resolution = "alias" if entry.alias else "name"
    if entry.kind in {"state", "capital", "metonym"}:
        if _modifies(head, end):
            return None
        if entry.kind != "metonym" and _is_place(head):
            place = vocabulary.pack.place(text)
            if place is None:
                return None
            actor = Actor(f"place:{fold(place.name)}", place.name, "place", place.country)
            return Draft("fixed", start, end, head.i, how, NAMED, actor)
        country = vocabulary.countries.get(entry.ref)
        if country is None:
            body = next((b for b in vocabulary.bodies.values() if b.party == entry.ref), None)
            name = body.name if body is not None else entry.ref
            if _is_place(head):
                place = vocabulary.pack.place(text)
                if place is not None:
                    return Draft("fixed", start, end, head.i, how, NAMED, Actor(f"place:{fold(place.name)}", place.name, "place", place.country))
            return Draft("fixed", start, end, head.i, "metonym", 0.9, Actor(f"body:{fold(name)}", text, "institution", entry.ref, official_name=name))
        resolution: Resolution = "name" if entry.kind == "state" else "metonym"
        return Draft("fixed", start, end, head.i, resolution, NAMED, Actor(f"gov:{entry.ref}", text, "government", entry.ref, official_name=country.name))
    if entry.kind == "people":
        return Draft("fixed", start, end, head.i, "name", 0.8, Actor(f"people:{entry.ref}", text, "group", entry.ref), plural=True)
    if entry.kind == "adjective":
        if head.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj"} and start > 0 and scan.doc[start - 1].lower_ == "the":
            if head.tag_ in {"NNS", "NNPS"}:
                return Draft("fixed", start, end, head.i, "name", 0.8, Actor(f"people:{entry.ref}", text, "group", entry.ref), plural=True)
            return Draft("description", start - 1, end, head.i, "description", 0.6, None, party=entry.ref, party_known=True)
        return None
    if entry.kind == "body":
        body = vocabulary.bodies[entry.ref]
        if _modifies(head, end):
            return None
        return Draft("fixed", start, end, head.i, how, NAMED, Actor(f"body:{fold(body.name)}", body.name, body.kind, body.party))
    if entry.kind == "outlet":
        if entry.common and not _speaks(head, vocabulary):
            return None
        where, stop = head.i, end
        if head.dep_ in {"compound", "nmod"} and head.head.lower_ in vocabulary.media_heads and head.head.i < end + 3:
            where, stop = head.head.i, head.head.i + 1
        return Draft("fixed", start, stop, where, how, NAMED, Actor(f"media:{fold(entry.ref)}", entry.ref, "media", None))
    if entry.kind == "place":
        place = vocabulary.pack.place(entry.ref)
        if place is None or _modifies(head, end):
            return None
        return Draft("fixed", start, end, head.i, how, 0.9, Actor(f"place:{fold(place.name)}", place.name, "place", place.country))
    return None


def _modifies(head: Token, end: int) -> bool:
    """Whether a name only modifies the noun that follows it ("US envoy", "Kremlin spokesman")."""
    return head.dep_ in {"compound", "amod", "nmod"} and head.head.i >= end and head.head.pos_ in {"NOUN", "PROPN"}


def _is_place(head: Token) -> bool:
    """Whether a state's or capital's name stands for the place: object of a preposition of place or motion."""
    if head.dep_ == "conj":
        return _is_place(head.head) if head.head.i < head.i else False
    if head.dep_ != "pobj":
        return head.dep_ == "dobj" and head.head.lemma_ in {"visit", "leave", "reach"}
    preposition = head.head.lower_
    return preposition in _LOCATIVE or (preposition == "to" and head.head.head.lemma_.lower() in _MOTION)


def _speaks(head: Token, vocabulary: Vocabulary) -> bool:
    """Whether the noun is the subject of a verb of saying, or is told something."""
    verb = head.head.lemma_.lower()
    said = head.dep_ in {"nsubj", "nsubjpass"} and verb in vocabulary.saying
    according = head.dep_ == "pobj" and head.head.head.lower_ == "according"
    return said or according or (head.dep_ in {"dobj", "dative"} and verb == "tell")


def _phrases(scan: Scan, people: People, vocabulary: Vocabulary) -> Iterator[Draft]:
    for token in scan.doc:
        if token.pos_ not in {"NOUN", "PROPN", "PRON", "NUM"} and token.lower_ not in vocabulary.anonymous_always:
            continue
        if token.i in scan.name_at or (token.dep_ in {"compound", "nmod"} and token.head.i > token.i):
            continue
        draft = _phrase(scan, token, people, vocabulary)
        if draft is not None:
            yield draft


def _outlet(phrase: _NounPhrase) -> Draft | None:
    """Outlets by grammar: "told the Post", "the Daily Planet reported"; short forms wait for the discourse."""
    token, scan = phrase.head, phrase.scan
    reported = token.dep_ == "nsubj" and token.head.lemma_ in _REPORTING
    told = token.dep_ in {"dobj", "dative"} and token.head.lemma_ == "tell"
    if not (reported or told or _speaks(token, phrase.vocabulary)) or token.ent_type_ == "PERSON":
        return None
    if token.lower_ in phrase.vocabulary.institution_heads or any(is_possessive(t) for t in phrase.before):
        return None
    start = phrase.start
    while start < token.i and scan.doc[start].pos_ != "PROPN":
        start += 1
    name = scan.doc[start : token.i + 1].text
    if start == token.i and token.i > 0 and scan.doc[token.i - 1].lower_ == "the":
        return Draft("media", token.i, token.i + 1, token.i, "alias", 0.8, None, word=fold(name))
    if not (reported or told) or start == token.i and not token.text.isupper():
        return None
    return Draft("fixed", start, token.i + 1, token.i, "name", 0.6, Actor(f"media:{fold(name)}", name, "media", None))


def _phrase(scan: Scan, token: Token, people: People, vocabulary: Vocabulary) -> Draft | None:
    word = token.lower_
    match = scan.match_at.get(token.i)
    if match is not None and match.entry.kind not in {"place"}:
        return None
    role = scan.role_at.get(token.i)
    if role is not None and (scan.block.block_no, role.start) in people.consumed:
        return None
    if role is not None and scan.doc[role.start : role.end].root.i != token.i:
        return None
    phrase = _NounPhrase(scan, token, role.start if role is not None else token.i, vocabulary)
    if word in vocabulary.media_heads:
        return _media(phrase)
    if word in vocabulary.anonymous_anyone and not (phrase.knows() or _speaks(token, vocabulary)):
        return None
    if word in vocabulary.anonymous_always:
        return _source(phrase, people)
    if role is not None and not role.plural and phrase.plural is False:
        return _role(phrase, role, people)
    if word in vocabulary.anonymous_qualified and phrase.indefinite(people):
        return _source(phrase, people)
    if token.pos_ == "PROPN" and match is None and (outlet := _outlet(phrase)) is not None:
        return outlet
    if word in vocabulary.institution_heads:
        return _institution(phrase, people)
    if word in vocabulary.group_heads or (role is not None and role.plural):
        return _group(phrase, people)
    return None


class _NounPhrase:
    """A noun with the words before it, and what they tell."""

    def __init__(self, scan: Scan, head: Token, core: int, vocabulary: Vocabulary) -> None:
        self.scan, self.head, self.vocabulary = scan, head, vocabulary
        self.edge = scan.left_edge(core)
        self.core = core
        self.plural = head.tag_ in {"NNS", "NNPS"}
        self.before = [t for t in scan.doc[self.edge : core]]
        self.words = {t.lower_ for t in self.before}
        self.definite = any(t.lower_ in {"the", "this", "that"} or t.tag_ == "PRP$" or is_possessive(t) for t in self.before)
        self.hint = hint_before(scan, self.edge, core, vocabulary)
        self.former = bool(self.words & vocabulary.former)

    @property
    def start(self) -> int:
        """First token without a leading article."""
        first = self.scan.doc[self.edge]
        return self.edge + 1 if first.lower_ in {"the", "a", "an"} and self.edge < self.core else self.edge

    def text(self, end: int | None = None) -> str:
        return " ".join(self.scan.doc[self.start : end or self.head.i + 1].text.split())

    def indefinite(self, people: People) -> bool:
        """Whether the phrase names a source by class: no definite article, or words such as "unnamed"."""
        vocabulary = self.vocabulary
        if self.words & {"unnamed", "anonymous", "unidentified", "undisclosed"}:
            return True
        word = self.head.lower_
        if word in vocabulary.anonymous_plain:
            return not self.definite or self.knows() or word != "people"
        if self.definite:
            return self.knows()
        return not self.plural or bool(self.words & vocabulary.qualifiers) or self.knows()

    def knows(self) -> bool:
        """Whether a clause tells what the source knows: "familiar with", "briefed on"."""
        following = self.scan.doc[self.head.i + 1 : self.head.i + 4]
        return any(t.lower_ in self.vocabulary.knowing for t in following)

    def _ends_list(self, token: Token) -> bool:
        """Whether a comma ends the phrase; in "Britain, France and Germany" it does not."""
        following = token.i + 1
        return token.text == "," and not (following in self.scan.match_at and token.i - 1 in self.scan.match_at)

    def complement_end(self) -> int:
        """End of what follows the head inside the phrase: "close to the White House", "familiar with …"."""
        doc, end = self.scan.doc, self.head.i + 1
        for child in self.head.children:
            if child.i <= self.head.i or child.dep_ not in {"prep", "amod", "acl", "relcl"} or child.i > end + 1:
                continue
            edge = child.right_edge.i + 1
            if edge - end > 12 or (child.dep_ == "relcl" and doc[end].text == ","):
                continue
            cut = next((t.i for t in doc[end:edge] if t.text in {"“", '"', ":", ";"} or self._ends_list(t)), edge)
            end = max(end, cut)
        return end


def _parties(phrase: _NounPhrase, end: int) -> set[str | None]:
    found: set[str | None] = set()
    for i in range(phrase.edge, end):
        if i == phrase.head.i:
            continue
        hint = party_at(phrase.scan, i, phrase.vocabulary)
        if hint is not None and hint.known:
            found.add(hint.party)
    return found


def _media(phrase: _NounPhrase) -> Draft | None:
    token, name = phrase.head, phrase.text()
    if any(phrase.scan.match_at.get(i) is not None and phrase.scan.match_at[i].entry.kind == "outlet" for i in range(phrase.edge, token.i)):
        return None
    if token.dep_ not in {"nsubj", "nsubjpass", "pobj", "dobj", "dative", "agent"} or "social" in phrase.words:
        return None
    if phrase.plural or token.lower_ == "media":
        if phrase.definite and not phrase.hint.known:
            return None
        return Draft("fixed", phrase.start, token.i + 1, token.i, "name", 0.75, Actor(f"media:{fold(name)}", name, "media", None), plural=True)
    if phrase.definite and token.dep_ in {"nsubj", "pobj", "dobj", "dative"}:
        return Draft("media", phrase.edge, token.i + 1, token.i, "description", REFERENCE, None, word=token.lower_)
    return None


def _source(phrase: _NounPhrase, people: People) -> Draft:
    """An unnamed source; its name is the descriptor as written."""
    end = phrase.complement_end()
    party, known = (None, True) if phrase.former else people.party_of(phrase.scan.block.block_no, phrase.hint)
    name = phrase.text(end)
    block = phrase.scan.block
    key = f"anonymous:{block.document_id}:{block.char_start + phrase.scan.doc[phrase.start].idx}"
    actor = Actor(key, name, "anonymous", party, roles=(phrase.head.lower_,))
    kind: DraftKind = "source" if phrase.definite and not phrase.plural else "fixed"
    return Draft(kind, phrase.start, phrase.head.i + 1, phrase.head.i, "name", CLASS, actor, party=party,
                 party_known=known, plural=phrase.plural, word=phrase.head.lower_)  # fmt: skip


def _role(phrase: _NounPhrase, role: RoleMatch, people: People) -> Draft | None:
    """A person by office: "the German chancellor"; with an indefinite article an unnamed source."""
    described = describe_role(phrase.scan, role, phrase.vocabulary)
    party, known = people.party_of(phrase.scan.block.block_no, described.hint)
    bare = not phrase.definite and not (phrase.words & {"a", "an"})
    named_party = described.hint.known or described.hint.person is not None
    if not phrase.definite and not (bare and named_party and not phrase.words & phrase.vocabulary.qualifiers):
        if role.role.category in {"private", "neutral"} and not phrase.words & phrase.vocabulary.qualifiers:
            return None
        if phrase.words & {"a", "an", "one", "another"} or phrase.words & phrase.vocabulary.qualifiers:
            if phrase.head.dep_ in {"attr", "appos", "compound"}:
                return None
            return _source(phrase, people)
        return None
    if phrase.head.dep_ in {"attr", "appos"}:
        return None
    if phrase.former:
        party, known = None, True
    fallback = None
    if described.hint.person is not None or described.hint.known:
        source = _source(phrase, people)
        fallback = source.actor
        if fallback is not None and fallback.party is None:
            fallback = Actor(fallback.key, fallback.name, "anonymous", party, roles=fallback.roles)
    resolution: Resolution = "title" if role.role.one_per_party else "description"
    return Draft("description", phrase.edge, role.end, phrase.head.i, resolution, REFERENCE, fallback,
                 described.roles, party, known, role.role.gender, False, phrase.head.lower_)  # fmt: skip


def _institution(phrase: _NounPhrase, people: People) -> Draft | None:
    """A body by a common noun: "Russia's Defense Ministry", "Keir Starmer's office", "the German government"."""
    vocabulary, token = phrase.vocabulary, phrase.head
    party, known = people.party_of(phrase.scan.block.block_no, phrase.hint)
    end = token.i + 1
    if end + 1 < len(phrase.scan.doc) and phrase.scan.doc[end].lower_ == "of" and not known:
        stop = phrase.complement_end()
        parties = _parties(phrase, stop) - {None}
        if len(parties) == 1:
            party, known, end = parties.pop(), True, stop
    if token.lower_ in vocabulary.private_bodies:
        party = None
    name = phrase.text(end)
    owner = phrase.hint.person
    if owner is not None and (facts := people.at(phrase.scan.block.block_no, owner.start)) is not None:
        after = owner.end + 1 if is_possessive(phrase.scan.doc[owner.end]) else owner.end
        own = phrase.scan.doc[after : token.i + 1].text
        actor = Actor(f"inst:{facts.person.key}:{fold(own)}", f"{facts.person.name}’s {own}", "institution", facts.party)
        return Draft("fixed", owner.start, token.i + 1, token.i, "name", CLASS, actor)
    if token.lower_ in vocabulary.government_nouns and party in vocabulary.countries:
        return Draft("fixed", phrase.start, token.i + 1, token.i, "description", 0.85, Actor(f"gov:{party}", name, "government", party, official_name=vocabulary.countries[party or ""].name))
    if known:
        return Draft("fixed", phrase.start, token.i + 1, token.i, "name", CLASS, Actor(f"inst:{party}:{_body_key(phrase)}", name, "institution", party))
    proper = sum(t.pos_ == "PROPN" for t in phrase.scan.doc[phrase.start : token.i + 1])
    if proper >= 2 and token.pos_ == "PROPN":
        return Draft("fixed", phrase.start, token.i + 1, token.i, "name", 0.7, Actor(f"inst::{_body_key(phrase)}", name, "institution", None))
    if phrase.definite:
        return Draft("body", phrase.edge, token.i + 1, token.i, "description", REFERENCE, None, party=party, party_known=known, word=token.lower_)
    return None


def _body_key(phrase: _NounPhrase) -> str:
    """Words of a body's name without the state's, in one spelling."""
    words = [
        fold(t.text).replace("defence", "defense").replace("affairs", "").strip()
        for t in phrase.scan.doc[phrase.start : phrase.head.i + 1]
        if t.i not in phrase.scan.match_at and not is_possessive(t) and t.tag_ != "PRP$"
        and t.lower_ not in {"the", "of"}
    ]
    return " ".join(w for w in words if w)


def _group(phrase: _NounPhrase, people: People) -> Draft | None:
    """Several people or a collective speaking as one: "European leaders", "Kiev's delegation"."""
    vocabulary, token = phrase.vocabulary, phrase.head
    if not phrase.plural and token.lower_ not in vocabulary.collective and token.tag_ not in {"NNS", "NNPS"}:
        return None
    if token.lower_ not in vocabulary.group_heads and all(
        r.role.category in {"private", "neutral"} for r in [phrase.scan.role_at[token.i]]
    ):
        return None
    if token.lower_ in _BLOCS and phrase.definite and not phrase.hint.known:
        return Draft("body", phrase.edge, token.i + 1, token.i, "description", REFERENCE, None, word=token.lower_)
    end = token.i + 1
    if end < len(phrase.scan.doc) and phrase.scan.doc[end].lower_ in {"of", "from"}:
        end = phrase.complement_end()
    parties = _parties(phrase, end)
    others = token.lower_ in vocabulary.of_others
    european = bool(phrase.words & vocabulary.european - {"eu"})
    party: str | None = None
    if european:
        party = EUROPE
    elif others:
        possessor = next((vocabulary.pack.allies_of[p] for p in parties if p in vocabulary.pack.allies_of), None)
        party = possessor if token.lower_ in {"allies", "backers", "partners", "supporters"} else None
    elif len(parties) == 1:
        party = next(iter(parties))
    elif len(parties) > 1 and all(p in vocabulary.european_states for p in parties):
        party = EUROPE
    elif not parties and phrase.hint.person is not None:
        party, _ = people.party_of(phrase.scan.block.block_no, phrase.hint)
    name = phrase.text(end)
    # Without a party "both sides" are others in each document.
    key = f"group:{party}:{_body_key(phrase)}" if party else f"group:{phrase.scan.block.document_id}:{fold(name)}"
    return Draft("fixed", phrase.start, token.i + 1, token.i, "name", 0.75, Actor(key, name, "group", party), plural=True)


def _pronoun(token: Token) -> Draft | None:
    word = token.lower_
    if word in {"they", "it"} and (token.dep_ not in {"nsubj", "nsubjpass"} or token.head.pos_ not in {"VERB", "AUX"}):
        return None
    gender: Gender | None = "m" if word == "he" else "f" if word == "she" else None
    return Draft("pronoun", token.i, token.i + 1, token.i, "pronoun", REFERENCE, None, gender=gender, plural=word == "they", word=word)

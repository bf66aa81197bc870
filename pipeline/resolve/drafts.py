"""All references of one block: names of people, states, bodies, outlets, places; phrases; pronouns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.domain import Gender
from pipeline.model import Actor, Resolution
from pipeline.resolve.draft import NAMED, REFERENCE, Draft, speaks
from pipeline.resolve.lexicon import Entry
from pipeline.resolve.people import People
from pipeline.resolve.phrases import phrases
from pipeline.resolve.scan import NameSpan, Scan, is_possessive, stands_as_place
from pipeline.resolve.vocabulary import RoleMatch, Vocabulary
from pipeline.text import fold

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMPLEMENT = 6  # tokens between an office and the name behind its portfolio
# Each form under its subject form.
_PRONOUNS = {"he": "he", "him": "he", "she": "she", "her": "she", "they": "they", "them": "they", "it": "it"}


def drafts_of(scan: Scan, people: People, vocabulary: Vocabulary) -> list[Draft]:
    """All references of the block in reading order of their heads; none overlaps a longer one at its head."""
    found: dict[int, Draft] = {}
    for draft in (
        *_names(scan, people),
        *_known(scan, people, vocabulary),
        *phrases(scan, people, vocabulary),
    ):
        found.setdefault(draft.head, draft)
    for i, word in enumerate(scan.words.lower):
        if word == "old" and (aged := _aged(scan, scan.tokens[i])) is not None:
            found.setdefault(i, aged)
        if word in _PRONOUNS and i not in found and scan.words.pos[i] == "PRON":
            pronoun = _pronoun(scan.tokens[i])
            if pronoun is not None:
                found[i] = pronoun
    return [found[i] for i in sorted(found)]


def _names(scan: Scan, people: People) -> Iterator[Draft]:
    for name in scan.names:
        facts = people.at(scan.block.block_no, name.start)
        if facts is None:
            continue
        end = name.end
        head = scan.doc[name.start : end].root.i
        if (
            end < len(scan.doc)
            and scan.tokens[head].dep_ in {"compound", "nmod"}
            and scan.tokens[head].head.i >= end
        ):
            following = scan.tokens[head].head
            head = head if following.pos_ in {"NOUN", "PROPN"} else end - 1
        full = len(name.words) > 1 or len(facts.person.words) == 1
        resolution: Resolution = "name" if full else "surname"
        yield Draft("fixed", name.start, end, head, resolution, 0.97 if full else 0.95, None, facts=facts)
        office = _office_head(scan, head, people)
        if office is not None:
            start = scan.left_edge(office.start)
            yield Draft("fixed", start, office.end, scan.tokens[head].head.i, "title", 0.9, None, facts=facts)
        above = _office_above(scan, name, head, people)
        if above is not None:
            start = scan.left_edge(above.start)
            yield Draft("fixed", start, name.end, above.end - 1, "title", 0.9, None, facts=facts)


def _office_head(scan: Scan, head: int, people: People) -> RoleMatch | None:
    """The office to which a name stands in apposition, if the office is what the sentence's grammar sees."""
    above = scan.tokens[head].head
    role = scan.role_at.get(above.i)
    if role is None or scan.tokens[head].dep_ not in {"appos", "nmod", "dep"} or above.i == head:
        return None
    return role if (scan.block.block_no, role.start) in people.consumed else None


def _office_above(scan: Scan, name: NameSpan, head: int, people: People) -> RoleMatch | None:
    """The office on whose complement the parse hangs the name: "the Commissioner for Peace X said"."""
    for i in range(name.start - 1, max(-1, name.start - 1 - _COMPLEMENT), -1):
        role = scan.role_at.get(i)
        if role is None:
            if i in scan.name_at or scan.tokens[i].is_punct:
                return None
            continue
        apart = role.end < name.start and scan.tokens[role.end].lower_ in {"of", "for"}
        if not apart or (scan.block.block_no, role.start) not in people.consumed:
            return None
        return role if any(t.i == role.end - 1 for t in scan.tokens[head].ancestors) else None
    return None


def _known(scan: Scan, people: People, vocabulary: Vocabulary) -> Iterator[Draft]:
    seen = -1
    for i in sorted(scan.match_at):
        match = scan.match_at[i]
        if match.start <= seen or i in scan.name_at:
            continue
        seen = match.start
        span = scan.doc[match.start : match.end]
        head = span.root
        if match.entry.kind == "person" or _shouted(span.text, match.entry, vocabulary):
            continue
        draft = _known_draft(scan, match.start, match.end, head, match.entry, people, vocabulary)
        if draft is not None:
            yield draft


_ACRONYM = 5  # letters of the longest short form of a state or place


def _shouted(text: str, entry: Entry, vocabulary: Vocabulary) -> bool:
    """Whether a name stands in capitals that are not its own, as in datelines: not "UNICEF"."""
    if not text.isupper():
        return False
    own = vocabulary.lexicon.get(text) is not None
    return not own or (len(text) > _ACRONYM and entry.kind not in {"body", "outlet"})


def _known_draft(
    scan: Scan, start: int, end: int, head: Token, entry: Entry, people: People, vocabulary: Vocabulary
) -> Draft | None:
    text = scan.doc[start:end].text
    how: Resolution = "alias" if entry.alias else "name"
    actor: Actor | None = None
    match entry.kind:
        case "state" | "capital" | "metonym":
            if _modifies(head, end):
                return None
            if stands_as_place(head, vocabulary) and (entry.kind != "metonym" or entry.alias):
                actor = _place(text, vocabulary)
                if actor is not None or entry.kind != "metonym":
                    return Draft("fixed", start, end, head.i, how, NAMED, actor)
            how = "name" if entry.kind == "state" else "metonym"
            return Draft("fixed", start, end, head.i, how, NAMED, _government(entry.ref, text, vocabulary))
        case "people":
            actor = Actor(f"people:{entry.ref}", text, "group", entry.ref)
            return Draft("fixed", start, end, head.i, "name", 0.8, actor, plural=True)
        case "adjective":
            return _nationality(scan, start, end, head, entry.ref, text)
        case "body":
            if not _modifies(head, end):
                body = vocabulary.bodies[entry.ref]
                other = _of_another_state(scan, start, body.party, vocabulary)
                if other is not None:
                    actor = Actor(f"inst:{other}:{fold(text)}", text, "institution", other)
                    return Draft("fixed", start, end, head.i, "name", 0.85, actor)
                if text in body.shared and body.party is not None and people.is_elsewhere(body.party):
                    actor = Actor(f"inst:{fold(text)}", text, "institution", None)
                    return Draft("fixed", start, end, head.i, "name", 0.85, actor)
                actor = Actor(f"body:{fold(body.name)}", body.name, body.kind, body.party)
                return Draft("fixed", start, end, head.i, how, NAMED, actor)
        case "outlet":
            if not entry.common or speaks(head, vocabulary):
                where, stop = head.i, end
                noun = head.head.lower_ in vocabulary.media_heads and head.head.i < end + 3
                if head.dep_ in {"compound", "nmod"} and noun:  # "the Interfax news agency"
                    where, stop = head.head.i, head.head.i + 1
                actor = Actor(f"media:{fold(entry.ref)}", entry.ref, "media", None)
                return Draft("fixed", start, stop, where, how, NAMED, actor)
        case "place":
            actor = None if _modifies(head, end) else _place(entry.ref, vocabulary)
            return Draft("fixed", start, end, head.i, how, 0.9, actor) if actor is not None else None
        case "region":
            return None  # a word of offices only; places are those of the gazetteer
        case "person":
            raise AssertionError("people are linked by the name index")
    return None


def _of_another_state(scan: Scan, start: int, party: str | None, vocabulary: Vocabulary) -> str | None:
    """The state named before a body that the data knows as another's: "Pakistan's | Foreign Office"."""
    if party not in vocabulary.countries or start == 0:
        return None
    i = start - 2 if is_possessive(scan.tokens[start - 1]) else start - 1
    match = scan.match_at.get(i)
    if match is None or match.entry.kind not in {"state", "adjective", "capital"}:
        return None
    return match.entry.ref if match.entry.ref in vocabulary.countries and match.entry.ref != party else None


def _government(code: str, text: str, vocabulary: Vocabulary) -> Actor:
    """The government of the state, or the body that a city stands for ("Brussels")."""
    country = vocabulary.countries.get(code)
    if country is not None:
        return Actor(f"gov:{code}", text, "government", code, official_name=country.name)
    body = next((b.name for b in vocabulary.bodies.values() if b.party == code), code)
    return Actor(f"body:{fold(body)}", text, "institution", code, official_name=body)


def _place(name: str, vocabulary: Vocabulary) -> Actor | None:
    place = vocabulary.pack.place(name)
    return (
        Actor(f"place:{fold(place.name)}", place.name, "place", place.country) if place is not None else None
    )


def _nationality(scan: Scan, start: int, end: int, head: Token, code: str, text: str) -> Draft | None:
    """An adjective used as a noun: "the French" are a group, "the American" is somebody met before."""
    stands = head.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj"}
    if not stands or start == 0 or scan.tokens[start - 1].lower_ != "the":
        return None
    if head.tag_ in {"NNS", "NNPS"}:
        actor = Actor(f"people:{code}", text, "group", code)
        return Draft("fixed", start, end, head.i, "name", 0.8, actor, plural=True)
    return Draft(
        "description", start - 1, end, head.i, "description", 0.6, None, party=code, party_known=True
    )


def _modifies(head: Token, end: int) -> bool:
    """Whether a name only modifies the noun that follows it ("US envoy", "Kremlin spokesman")."""
    return (
        head.dep_ in {"compound", "amod", "nmod"}
        and head.head.i >= end
        and head.head.pos_ in {"NOUN", "PROPN"}
        and not _issues(head.head)
    )


_PAPERS = frozenset({"statement", "readout", "communique", "communiqué", "declaration"})


def _issues(paper: Token) -> bool:
    """Whether a noun is a paper that itself says something: "a Kremlin statement said"."""
    return paper.dep_ == "nsubj" and paper.lemma_.lower() in _PAPERS and paper.head.pos_ == "VERB"


def _aged(scan: Scan, token: Token) -> Draft | None:
    """ "The 71-year-old" alone: somebody of whom the text spoke."""
    words = [t.text.lower() for t in scan.tokens[max(0, token.i - 5) : token.i]]
    alone = token.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj"} and words[-3:] == ["-", "year", "-"]
    if not alone or len(words) < 5 or words[0] != "the":
        return None
    start = token.i - 5
    return Draft("pronoun", start, token.i + 1, token.i, "description", REFERENCE, None, word="he")


def _pronoun(token: Token) -> Draft | None:
    """A subject pronoun, or the pronoun in "according to him"."""
    word = _PRONOUNS[token.lower_]
    according = token.dep_ == "pobj" and token.head.head.lower_ == "according"
    subject = token.dep_ in {"nsubj", "nsubjpass"} and token.head.pos_ in {"VERB", "AUX"}
    if not according and (token.lower_ in {"him", "her", "them"} or (word in {"they", "it"} and not subject)):
        return None
    gender: Gender | None = "m" if word == "he" else "f" if word == "she" else None
    return Draft(
        "pronoun",
        token.i,
        token.i + 1,
        token.i,
        "pronoun",
        REFERENCE,
        None,
        gender=gender,
        plural=word == "they",
        word=word,
    )

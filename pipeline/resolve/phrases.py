"""References by common nouns: "the chancellor", "two officials", "Russia's army", "the outlet"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.dates.calendar import is_weekday
from pipeline.model import Actor, Resolution
from pipeline.resolve.describe import ACTING, body_behind, describe_role
from pipeline.resolve.draft import CLASS, REFERENCE, Draft, DraftKind, speaks
from pipeline.resolve.institutions import (
    body_key,
    full_name_end,
    in_passing,
    institution,
    parties_of,
    seat_behind,
)
from pipeline.resolve.noun_phrase import NounPhrase, serves
from pipeline.resolve.people import People
from pipeline.resolve.scan import Scan, is_possessive
from pipeline.resolve.sides import EUROPE, NO_HINT, of_movement, party_at, region_at
from pipeline.resolve.vocabulary import RoleMatch, Vocabulary
from pipeline.text import fold

if TYPE_CHECKING:
    from spacy.tokens import Token

_HEADS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_BLOCS = frozenset({"bloc", "alliance", "union"})
_BELONGING = frozenset({"of", "from", "for", "to"})
_REACH_AFTER = 8
_OF_BODIES = frozenset({"of", "at", "for"})
_REPORTING = frozenset({"report", "publish", "reveal"})


def phrases(scan: Scan, people: People, vocabulary: Vocabulary) -> Iterator[Draft]:
    """References of the block whose head is a common noun, or a proper noun that no name data knows."""
    for i, (word, pos) in enumerate(zip(scan.words.lower, scan.words.pos, strict=True)):
        if (named := people.bodies.named_at(scan, i)) is not None:
            yield named
            continue
        if word not in vocabulary.heads and i not in scan.role_at and pos != "PROPN":
            continue
        if pos not in _HEADS and word not in vocabulary.anonymous_always:
            continue
        token = scan.tokens[i]
        if i in scan.name_at or (token.dep_ in {"compound", "nmod"} and token.head.i > i):
            continue
        draft = _phrase(scan, token, people, vocabulary)
        if draft is not None:
            yield draft


def _outlet(phrase: NounPhrase) -> Draft | None:
    """Outlets that no data knows, by name or grammar: "the Continental Post", "told Delo"."""
    token, scan, vocabulary = phrase.head, phrase.scan, phrase.vocabulary
    if token.ent_type_ == "PERSON" or token.lower_ in vocabulary.institution_heads:
        return None
    if is_weekday(token.lower_):
        return None  # "told the Delo Post Thursday that"
    start = token.i
    while (
        start > phrase.edge
        and scan.tokens[start - 1].pos_ == "PROPN"
        and not is_possessive(scan.tokens[start - 1])
    ):
        start -= 1
    named = any(t.text in vocabulary.media_name_words for t in scan.doc[start : token.i + 1])
    told = token.dep_ in {"dobj", "dative"} and token.head.lemma_ == "tell"
    reported = token.dep_ == "nsubj" and token.head.lemma_ in _REPORTING
    article = start > 0 and scan.tokens[start - 1].lower_ == "the"
    name = scan.doc[start : token.i + 1].text
    if article and start == token.i and (told or reported or speaks(token, vocabulary)):
        capital = scan.tokens[start - 1].text == "The" and not scan.tokens[start - 1].is_sent_start
        fallback = _media_actor(f"The {name}" if capital else name) if told or capital else None
        return Draft("media", token.i, token.i + 1, token.i, "alias", 0.8, fallback, word=fold(name))
    if not (named and start < token.i) and not (told or (reported and token.ent_type_ == "ORG")):
        return None
    return Draft("fixed", start, token.i + 1, token.i, "name", 0.8 if named else 0.6, _media_actor(name))


def _media_actor(name: str) -> Actor:
    return Actor(f"media:{fold(name).removeprefix('the ')}", name, "media", None)


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
    phrase = NounPhrase(scan, token, role.start if role is not None else token.i, vocabulary)
    if word in vocabulary.media_heads:
        return _media(phrase)
    if word in vocabulary.anonymous_anyone and not (phrase.knows() or speaks(token, vocabulary)):
        return None
    if word in vocabulary.anonymous_always:
        return _source(phrase, people)
    if role is not None and not role.plural and phrase.plural is False:
        return _role(phrase, role, people)
    if word in vocabulary.anonymous_qualified and phrase.indefinite():
        return _source(phrase, people)
    if token.pos_ == "PROPN" and match is None and (outlet := _outlet(phrase)) is not None:
        return outlet
    if word in vocabulary.institution_heads:
        return institution(phrase, people)
    if word in vocabulary.group_heads or (role is not None and role.plural):
        return _group(phrase, people)
    return None


def _media(phrase: NounPhrase) -> Draft | None:
    token, name = phrase.head, phrase.text()
    end = token.i + 1
    while end < len(phrase.scan.doc) and _names_outlet(phrase.scan, phrase.scan.tokens[end]):
        end += 1
    if end > token.i + 1 and not phrase.plural:  # "the Israeli daily Hadshot HaYom"
        own = phrase.scan.doc[token.i + 1 : end].text
        known = phrase.vocabulary.lexicon.get(own)
        actor = _media_actor(known.ref if known is not None and known.kind == "outlet" else own)
        return Draft("fixed", token.i, end, token.i, "name", 0.85, actor)
    if any(
        phrase.scan.match_at.get(i) is not None and phrase.scan.match_at[i].entry.kind == "outlet"
        for i in range(phrase.edge, token.i)
    ):
        return None
    if (
        token.dep_ not in {"nsubj", "nsubjpass", "pobj", "dobj", "dative", "agent"}
        or "social" in phrase.words
    ):
        return None
    if phrase.plural or token.lower_ == "media":
        if phrase.definite and not phrase.hint.known:
            return None
        return Draft(
            "fixed",
            phrase.start,
            token.i + 1,
            token.i,
            "name",
            0.75,
            _media_actor(name),
            plural=True,
        )
    if (named := _named_before(phrase)) is not None:
        return named
    if any(t.pos_ == "PROPN" and t.i not in phrase.scan.match_at for t in phrase.before):
        return None  # "the Sudan Doctors Network" has a name of its own
    if phrase.definite and token.dep_ in {"nsubj", "pobj", "dobj", "dative"}:
        return Draft(
            "media", phrase.edge, token.i + 1, token.i, "description", REFERENCE, None, word=token.lower_
        )
    return None


def _named_before(phrase: NounPhrase) -> Draft | None:
    """The outlet whose name stands before its noun: "the Itar news agency", "the Saba News Agency"."""
    scan, head = phrase.scan, phrase.head
    start = core = head.i - 1 if scan.tokens[head.i - 1].lower_ in _OF_NEWS else head.i
    while start > phrase.edge and _names_outlet(scan, scan.tokens[start - 1]):
        start -= 1
    own = head.text[0].isupper()  # the noun is part of the name
    if start == core or (own and core == head.i):
        return None
    end = head.i + 1
    name = scan.doc[start : end if own else core].text
    return Draft("fixed", start, end, head.i, "name", 0.8, _media_actor(name))


_OF_NEWS = frozenset({"news", "press"})


def _party_after(phrase: NounPhrase, people: People) -> tuple[str | None, bool]:
    """Party that the words after a source tell: "from the Russian team", "for Pike", ", an Egyptian"."""
    scan, vocabulary = phrase.scan, phrase.vocabulary
    if (seat := seat_behind(phrase)) is not None:
        return seat, True
    if (side := _side_within(phrase)) is not None:
        return side, True
    if (area := _area(phrase)) is not None:
        return area, True
    several = _sides_joined(phrase)
    if len(several) > 1:
        return (EUROPE if several <= vocabulary.european_states else None), True
    for child in phrase.head.children:
        if child.i <= phrase.head.i:
            continue
        close = child.lower_ == "close" and _side_after(phrase, child)
        belongs = child.dep_ == "prep" and (child.lower_ in _BELONGING or _inside(phrase, child))
        if child.dep_ == "appos" or close or belongs:
            last = min(child.right_edge.i + 1, child.i + _REACH_AFTER)
            for i in range(child.left_edge.i if child.dep_ == "appos" else child.i + 1, last):
                hint = party_at(scan, i, vocabulary)
                if hint is not None and (own := of_movement(scan, i, vocabulary)) is not None:
                    return own.party, True
                if hint is not None:
                    return (None, False) if _names_event(scan, i, vocabulary) else (hint.party, True)
                if i in scan.name_at:
                    facts = people.at(scan.block.block_no, i)
                    return (facts.party, facts.party_known) if facts is not None else (None, False)
                role = scan.role_at.get(i) if child.lower_ in _BELONGING or close else None
                if role is not None and not role.plural and role.role.category in ACTING:
                    party = people.party_of_office(role.role.noun)  # "an aide to the vice president"
                    return party, party is not None
                if scan.tokens[i].is_punct:
                    break
    return None, False


def _sides_joined(phrase: NounPhrase) -> set[str | None]:
    """The sides that "from" or "of" gives a source of several: "diplomats from Peru, Chile and Oman"."""
    found: set[str | None] = set()
    for child in phrase.head.rights:
        if child.dep_ == "prep" and child.lower_ in {"from", "of"}:
            first = next((c for c in child.children if c.dep_ == "pobj"), None)
            for noun in (first, *first.conjuncts) if first is not None else ():
                hint = party_at(phrase.scan, noun.i, phrase.vocabulary)
                found |= {hint.party} if hint is not None and hint.known else set()
    return found


def _area(phrase: NounPhrase) -> str | None:
    """The state of the place where local officials are: "a police official in Cusco"."""
    i = phrase.head.i + 1
    if not phrase.words & _LOCAL or i >= len(phrase.scan.tokens) or phrase.scan.tokens[i].lower_ != "in":
        return None
    hint = region_at(phrase.scan, i + 1) if i + 1 < len(phrase.scan.tokens) else None
    return hint.party if hint is not None else None


_LOCAL = frozenset({"police", "local", "regional", "district", "provincial", "municipal", "city", "village"})


def _inside(phrase: NounPhrase, preposition: Token) -> bool:
    """Whether a source is in a body of a state: "in the government", "at the Peruvian mission"."""
    if preposition.lower_ not in {"in", "at", "inside", "within"}:
        return False
    body = next((c.lower_ for c in preposition.children if c.dep_ == "pobj"), "")
    vocabulary = phrase.vocabulary
    return body in vocabulary.institution_heads - vocabulary.private_bodies or body in vocabulary.collective


def _side_within(phrase: NounPhrase) -> str | None:
    """Party of the side to which a clause behind a source puts it: "who listened on the Armenian end"."""
    scan, vocabulary, head = phrase.scan, phrase.vocabulary, phrase.head.i
    for i in range(head + 1, min(phrase.complement_end(), head + _REACH_AFTER + 2)):
        word = scan.tokens[i].lower_
        if word in vocabulary.told:
            return None  # who is told of a side's position need not be of it
        if word in vocabulary.collective or word == "end":
            for before in (i - 1, i - 2):
                hint = party_at(scan, before, vocabulary) if before > head else None
                if hint is not None:
                    return hint.party
    return None


def _side_after(phrase: NounPhrase, close: Token) -> bool:
    """Whether a source is close to a delegation or team: who is close to a government need not be of it."""
    return any(t.lower_ in phrase.vocabulary.collective for t in close.subtree)


def _names_event(scan: Scan, i: int, vocabulary: Vocabulary) -> bool:
    """Whether a state or capital only tells which accord is meant: "a veteran of the Minsk accords"."""
    match = scan.match_at.get(i)
    token = scan.doc[match.start : match.end].root if match is not None else scan.tokens[i]
    above = token.head.lower_
    sides = above in vocabulary.collective or above in vocabulary.institution_heads
    return (
        token.dep_ in {"compound", "nmod"}
        and token.head.i > i
        and not sides
        and token.head.i not in scan.role_at
    )


def _names_outlet(scan: Scan, token: Token) -> bool:
    """Whether a token behind a noun for outlets is of the name: no state, date, office or person."""
    match = scan.match_at.get(token.i)
    other = match is not None and match.entry.kind != "outlet"
    return (
        token.pos_ == "PROPN"
        and token.text[0].isupper()
        and not other
        and token.i not in scan.name_at
        and token.i not in scan.role_at
        and token.ent_type_ not in {"DATE", "TIME"}
    )


_OF_STATES = frozenset({"state", "capital", "adjective", "people", "region", "body"})
_JOINING = frozenset({"and", "or", "&", ","})


def _of_several(phrase: NounPhrase) -> bool:
    """Whether the words before the noun name two states or more that "and" joins."""
    tokens, at = phrase.scan.tokens, phrase.scan.match_at
    within = {m.start: m for i in range(phrase.start, phrase.head.i) if (m := at.get(i)) is not None}
    named = [m for m in within.values() if m.entry.kind in _OF_STATES]
    return any(
        tokens[one.end].lower_ in _JOINING and two.start == one.end + 1 and one.entry.ref != two.entry.ref
        for one, two in pairwise(named)
    )


def _source(phrase: NounPhrase, people: People) -> Draft:
    """An unnamed source; its name is the descriptor as written."""
    end = phrase.complement_end()
    party, known = (None, True) if phrase.former else people.party_of(phrase.scan.block.block_no, phrase.hint)
    role = phrase.scan.role_at.get(phrase.head.i)
    private = role is not None and role.role.category == "private"
    if private or phrase.words & phrase.vocabulary.media_heads:
        party, known = None, True  # "a Russian blogger", "Afghan media sources" act for nobody
    elif phrase.plural and _of_several(phrase):
        party, known = None, True  # "US and Israeli officials" speak for neither alone
    elif not known:
        party, known = _party_after(phrase, people)
        if not known and end == phrase.head.i + 1 and _of_body(phrase, role):
            party = people.party_of_sentence_before(phrase.scan.block.block_no, phrase.head.i)
            known = party is not None
    name = phrase.text(end)
    block = phrase.scan.block
    key = f"anonymous:{block.document_id}:{block.char_start + phrase.scan.tokens[phrase.start].idx}"
    actor = Actor(key, name, "anonymous", party, roles=(phrase.head.lower_,))
    kind: DraftKind = "source" if phrase.definite and not phrase.plural else "fixed"
    return Draft(
        kind,
        phrase.start,
        phrase.head.i + 1,
        phrase.head.i,
        "name",
        CLASS,
        actor,
        roles=(role,) if role is not None and role.role.category == "spokesperson" else (),
        party=party,
        party_known=known,
        plural=phrase.plural,
        word=phrase.head.lower_,
    )


def _of_body(phrase: NounPhrase, role: RoleMatch | None) -> bool:
    """ "A spokesman", "a department official": somebody of a body that has just been named."""
    if role is None:
        return False
    return role.role.category == "spokesperson" or any(
        word in phrase.vocabulary.institution_heads for word in phrase.words
    )


def _role(phrase: NounPhrase, role: RoleMatch, people: People) -> Draft | None:
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
    # "The head of the Dockers' League" is somebody, if unnamed.
    headed = body_behind(phrase.scan, phrase.head.i + 1, _OF_BODIES) is not None
    headed = headed or (role.role.category != "spokesperson" and phrase.owned_by_noun())
    if described.hint is not NO_HINT or headed:
        source = _source(phrase, people)
        fallback = source.actor
        name = phrase.text(full_name_end(phrase)) if described.hint is NO_HINT else ""
        if fallback is not None and fallback.party is None:
            fallback = Actor(fallback.key, name or fallback.name, "anonymous", party, roles=fallback.roles)
    resolution: Resolution = "title" if role.role.one_per_party else "description"
    return Draft(
        "description",
        phrase.edge,
        role.end,
        phrase.head.i,
        resolution,
        REFERENCE,
        fallback,
        described.roles,
        party,
        known,
        role.role.gender,
        False,
        phrase.head.lower_,
        places=described.places,
    )


def _group(phrase: NounPhrase, people: People) -> Draft | None:
    """Several people or a collective speaking as one: "European leaders", "Kiev's delegation"."""
    vocabulary, token = phrase.vocabulary, phrase.head
    if not phrase.plural and token.lower_ not in vocabulary.collective and token.tag_ not in {"NNS", "NNPS"}:
        return None
    if token.lower_ not in vocabulary.group_heads and all(
        r.role.category in {"private", "neutral"} for r in [phrase.scan.role_at[token.i]]
    ):
        return None
    movement = token.lower_ in vocabulary.movements and not phrase.plural and _names_nothing_else(phrase)
    sided = phrase.hint.known and not (movement and phrase.hint.party is None)
    if (token.lower_ in _BLOCS or movement) and phrase.definite and not sided:
        fallback = in_passing(phrase, phrase.text(), "group") if movement else None
        return Draft(
            "body", phrase.edge, token.i + 1, token.i, "description", REFERENCE, fallback, word=token.lower_
        )
    office = phrase.scan.role_at.get(token.i)
    end = max(token.i + 1, office.end if office is not None else 0)  # "co-chairs", which the parse cuts
    if end < len(phrase.scan.doc) and phrase.scan.tokens[end].lower_ in {"of", "from", "for"}:
        end = phrase.complement_end()
    # Whom a body is "for" is not whose it is: "the Forces for the Liberation of Rwanda".
    cause = token.i + 1 < len(phrase.scan.doc) and phrase.scan.tokens[token.i + 1].lower_ == "for"
    parties = parties_of(phrase, token.i + 1 if cause else end)
    others = token.lower_ in vocabulary.of_others or any(
        word in vocabulary.of_others or f"{word}s" in vocabulary.of_others
        for word in (t.lower_ for t in phrase.before if t.i not in phrase.scan.match_at)
    )  # "the country's main rebel group"
    of_body = any(
        match.entry.kind == "body"
        for i in range(phrase.edge, phrase.core)
        if (match := phrase.scan.match_at.get(i)) is not None
    )  # "European Union negotiators" act for the Union
    european = bool(phrase.words & vocabulary.european - {"eu"}) and not of_body
    party: str | None = None
    if european:
        party = EUROPE
    elif others:
        possessor = next(
            (
                vocabulary.pack.allies_of[p]
                for p in parties
                if p is not None and p in vocabulary.pack.allies_of
            ),
            None,
        )
        party = possessor if token.lower_ in {"allies", "backers", "partners", "supporters"} else None
    elif len(parties) == 1:
        party = next(iter(parties))
    elif len(parties) > 1 and all(p in vocabulary.european_states for p in parties):
        party = EUROPE
    elif not parties and (phrase.hint.person is not None or serves(phrase)):
        party, _ = people.party_of(phrase.scan.block.block_no, phrase.hint)
    name = phrase.text(end)
    if party is not None and not parties and serves(phrase):
        actor = replace(in_passing(phrase, name, "group"), party=party)
    elif party is not None or any(t.pos_ == "PROPN" for t in phrase.scan.doc[phrase.start : token.i + 1]):
        actor = Actor(f"group:{party or ''}:{body_key(phrase)}", name, "group", party)
    else:
        actor = in_passing(phrase, name, "group")
    return Draft(
        "fixed",
        phrase.start,
        token.i + 1,
        token.i,
        "name",
        0.75,
        actor,
        plural=True,
    )


def _names_nothing_else(phrase: NounPhrase) -> bool:
    """Whether no word before the noun tells it from others: "the (militant) group", named before."""
    return all(t.tag_ in {"DT", "PRP$"} or t.lower_ in phrase.vocabulary.describing for t in phrase.before)

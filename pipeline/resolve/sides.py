"""Whom the words around a noun say somebody acts for: states, bodies, parties, regions, possessors."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.resolve.leaders import states_by_leader
from pipeline.resolve.scan import NameSpan, Scan, is_possessive
from pipeline.resolve.vocabulary import RoleMatch, Vocabulary
from pipeline.text import fold

EUROPE = "EUROPE"
_OF_CATEGORIES = frozenset({"aide", "spokesperson", "official", "military", "security"})
_REACH = 9
# Participles that stand behind a name and a hyphen and are often read as something else.
_HOSTED = frozenset({"based", "led", "backed", "run", "held", "born", "owned", "aligned", "brokered"})


@dataclass(frozen=True, slots=True)
class PartyHint:
    """Whom somebody acts for, as a phrase tells it.

    Either `party` (with `known` True; None then means nobody's) or `person`, a name span in the block whose
    party it is, or `pronoun`, a possessive pronoun ("the group" in its place, too) to resolve first.
    """

    party: str | None = None
    known: bool = False
    person: NameSpan | None = None
    pronoun: int | None = None


NO_HINT = PartyHint()
RULERS = frozenset({"government", "junta"})
"""Who rules a state, whose state is the one just spoken of: "a government negotiator"."""


def party_at(scan: Scan, i: int, vocabulary: Vocabulary) -> PartyHint | None:
    """The party that the known phrase at token ``i`` gives, or None if there is none."""
    match = scan.match_at.get(i)
    if i in scan.elsewhere:
        return None
    if match is not None:
        entry = match.entry
        if _joined_to_participle(scan, match.end) or _is_field(scan, match.end):
            return None
        if entry.kind in {"state", "capital", "metonym", "adjective", "people"}:
            return PartyHint(entry.ref, known=True)
        if entry.kind == "body":
            return PartyHint(vocabulary.party_of_body(entry.ref), known=True)
    word = scan.tokens[i].lower_
    if word in vocabulary.european:
        return PartyHint(EUROPE, known=True)
    if is_partisan(scan, i, vocabulary):
        return PartyHint(vocabulary.partisan[word], known=True)
    return None


def _is_field(scan: Scan, end: int) -> bool:
    """Whether a state is only what an office deals with: "the department of U.S. affairs"."""
    return end < len(scan.tokens) and scan.tokens[end].lower_ in {"affairs", "desk", "studies"}


def is_partisan(scan: Scan, i: int, vocabulary: Vocabulary) -> bool:
    """Whether the token names a party that tells the state: a Democrat, but no Liberal Democrat."""
    token = scan.tokens[i]
    if token.lower_ not in vocabulary.partisan or not token.text[0].isupper():
        return False
    return i == 0 or scan.tokens[i - 1].lower_ not in vocabulary.other_partisans


def _joined_to_participle(scan: Scan, end: int) -> bool:
    """Whether a hyphen joins the phrase that ends here to a participle: "Iran-backed", "Quito-based".

    Who backs, leads or hosts somebody is not whom he acts for.
    """
    if end + 1 >= len(scan.tokens) or scan.tokens[end].text not in {"-", "‑", "–"}:
        return False
    return scan.tokens[end + 1].tag_ in {"VBN", "VBD", "VBG"} or scan.tokens[end + 1].lower_ in _HOSTED


def region_at(scan: Scan, i: int) -> PartyHint | None:
    """The state in which the city or region at token ``i`` lies, or None if there is none."""
    match = scan.match_at.get(i)
    return PartyHint(match.entry.country, known=True) if match is not None and match.entry.country else None


def hint_before(
    scan: Scan, edge: int, start: int, vocabulary: Vocabulary, *, local: bool = False, sent: bool = False
) -> PartyHint:
    """Party from the modifiers in tokens [edge, start): nearest first, possessors included.

    `local` offices are those of regions and cities too, whose state then tells: "Ohio governor".
    Who may be `sent` somewhere acts for whoever stands before the place: "UN Peru envoy", "the king's Peru
    adviser".
    """
    if sent and (place := _sent_about(scan, edge, start, vocabulary)) is not None:
        sender = hint_before(scan, edge, place, vocabulary)
        if sender is not NO_HINT or any(is_possessive(scan.tokens[i]) for i in range(edge, place)):
            return sender
    pronoun: int | None = None
    body: PartyHint | None = None
    region: PartyHint | None = None
    for i in range(start - 1, edge - 1, -1):
        hint = party_at(scan, i, vocabulary)
        if hint is not None and i in scan.match_at and scan.match_at[i].entry.kind == "body":
            if vocabulary.bodies[scan.match_at[i].entry.ref].kind == "group":
                return hint  # "Yemen's Houthi spokesman" is no spokesman of the state
            body = (
                body or hint
            )  # "Russian Security Council secretary", "US ambassador to NATO": the state decides
            continue
        if hint is not None:
            return hint
        word = scan.tokens[i]
        if word.lower_ in vocabulary.stateless and (word.is_lower or i == edge) and body is None:
            return PartyHint(None, known=True)  # "rebel president", "company chairman"
        if word.lower_ == "administration" and i > edge:
            led = party_of_surname(scan, i - 1, vocabulary)
            if led is not NO_HINT:
                return led  # "a Roe administration official"
        name = scan.name_at.get(i)
        possessed = name is not None and name.end < len(scan.doc) and is_possessive(scan.tokens[name.end])
        if name is not None and (possessed or name.end == start):
            return PartyHint(person=name)
        if local and region is None:
            region = region_at(scan, i)
        if scan.tokens[i].tag_ in {"PRP$", "WP$"} or _refers_back(scan, i, vocabulary):
            pronoun = i
    if body is not None:
        return body
    if region is not None:
        return region
    return PartyHint(pronoun=pronoun) if pronoun is not None else NO_HINT


def _sent_about(scan: Scan, edge: int, start: int, vocabulary: Vocabulary) -> int | None:
    """First token of the state, capital or "Europe" right before an office, if words stand before it."""
    match = scan.match_at.get(start - 1)
    if start > edge and scan.tokens[start - 1].text in _CONTINENT:
        place = start - 1
    elif match is not None:
        if match.end != start or match.entry.kind not in {"state", "capital"}:
            return None
        place = match.start
    else:
        return None
    joined = place > edge and scan.tokens[place - 1].text in {"and", ",", "&", "-", "‑", "–", "/"}
    return place if place > edge and not joined else None


_CONTINENT = frozenset({"Europe"})


def party_of_surname(scan: Scan, i: int, vocabulary: Vocabulary) -> PartyHint:
    """The state whose head the reference data knows by the surname at the token: "the Ode administration"."""
    token = scan.tokens[i]
    if token.pos_ != "PROPN" or i in scan.match_at or i in scan.name_at:
        return NO_HINT
    party = states_by_leader(vocabulary.pack).get(fold(token.text))
    return PartyHint(party, known=True) if party is not None else NO_HINT


def _refers_back(scan: Scan, i: int, vocabulary: Vocabulary) -> bool:
    """ "The group's negotiator", "the government's", "a government negotiator": one named before."""
    following = scan.tokens[i + 1] if i + 1 < len(scan.tokens) else None
    if scan.tokens[i].lower_ in RULERS and following is not None and not is_possessive(following):
        return True
    return (
        (scan.tokens[i].lower_ in vocabulary.movements or scan.tokens[i].lower_ in RULERS)
        and i > 0
        and scan.tokens[i - 1].lower_ == "the"
        and following is not None
        and is_possessive(following)
    )


def hint_after(scan: Scan, role: RoleMatch, vocabulary: Vocabulary) -> tuple[PartyHint, int]:
    """Party from what follows a role noun ("of Ukraine", "to President X"); and the token where it ends."""
    doc, i = scan.tokens, role.end
    if (led := _led(scan, i, vocabulary)) is not None:
        return led, role.end
    if i >= len(doc) or doc[i].lower_ not in {"of", "for", "to", "at", "in", "on", "with", "from"}:
        return NO_HINT, role.end
    preposition = doc[i].lower_
    belongs = preposition in {"of", "from"} or (
        preposition in {"for", "to"} and role.role.category in _OF_CATEGORIES
    )
    belongs = belongs or (preposition == "for" and role.role.noun == "negotiator")
    end, hint = i + 1, NO_HINT
    while end < len(doc) and end - i < _REACH:
        token = doc[end]
        if token.is_punct and token.text not in {"-", "’s", "'s"}:
            break
        if token.pos_ in {"VERB", "AUX", "SCONJ"} and token.i not in scan.role_at:
            break
        if hint is NO_HINT and belongs:
            found = party_at(scan, end, vocabulary)
            if found is None and token.is_lower and token.lower_ in vocabulary.stateless:
                found = PartyHint(None, known=True)  # "the negotiator of the rebels"
            if found is None and role.role.noun in vocabulary.local:
                found = region_at(scan, end)
            if found is None and token.lower_ == "government" and _refers_back(scan, end, vocabulary):
                found = PartyHint(pronoun=end)  # "head of the government delegation"
            if found is not None:
                hint = of_movement(scan, end, vocabulary) or found
            elif end in scan.name_at:
                hint = PartyHint(person=scan.name_at[end])
        if end in scan.name_at and not belongs:
            return NO_HINT, role.end
        end += 1
    return hint, end


def of_movement(scan: Scan, i: int, vocabulary: Vocabulary) -> PartyHint | None:
    """The side of a movement that a state only says where to find: "of Peru's Lake group"."""
    doc = scan.tokens
    for k in range(i, min(len(doc), i + _REACH)):
        match = scan.match_at.get(k)
        if match is not None and match.entry.kind == "body":
            body = vocabulary.bodies[match.entry.ref]
            return PartyHint(body.party, known=True) if body.kind == "group" else None
        # "The Peruvian group" is a delegation, "Peru's Lake group" has a name of its own.
        named = (
            k > i + 1
            and doc[k - 1].pos_ == "PROPN"
            and (doc[k].lower_ in vocabulary.movements or doc[k].text in _BANDS)
        )
        if named or doc[k].lower_ in vocabulary.stateless:
            return PartyHint(None, known=True)
        joined = doc[k].text in _HYPHENS or doc[k - 1].text in _HYPHENS  # "Yemen's Iran-backed Lake group"
        if k > i and doc[k].pos_ not in _NAMING and not is_possessive(doc[k]) and not joined:
            return None
    return None


_BANDS = frozenset({"Alliance", "Coalition"})
_HYPHENS = frozenset({"-", "‑", "–"})
_NAMING = frozenset({"ADJ", "NOUN", "PROPN", "PART"})


def _led(scan: Scan, i: int, vocabulary: Vocabulary) -> PartyHint | None:
    """Whose it is what a clause behind an office puts its holder at the head of.

    "An official who runs the Kremlin's Balkan desk", "a deputy minister who leads the Peruvian delegation".
    """
    doc = scan.tokens
    if i + 2 >= len(doc) or doc[i].lower_ != "who" or doc[i + 1].lemma_.lower() not in LEADING_VERBS:
        return None
    for k in range(i + 2, min(len(doc), i + _REACH)):
        hint = party_at(scan, k, vocabulary)
        if hint is not None:
            follows = scan.match_at[k].end if k in scan.match_at else k + 1
            owns = follows < len(doc) and (is_possessive(doc[follows]) or doc[k].dep_ in _MODIFYING)
            return hint if owns else None
        if doc[k].is_punct or doc[k].pos_ in {"VERB", "AUX", "ADP"}:
            return None
    return None


LEADING_VERBS = frozenset({"lead", "head", "chair", "command", "run"})
_MODIFYING = frozenset({"amod", "compound", "nmod", "poss"})

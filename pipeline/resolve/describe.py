"""What the words around a name or role noun tell: offices, whom they are held for, whether past."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.resolve.scan import NameSpan, Scan, is_possessive
from pipeline.resolve.sides import (
    LEADING_VERBS,
    NO_HINT,
    PartyHint,
    hint_after,
    hint_before,
    is_partisan,
    party_at,
)
from pipeline.resolve.vocabulary import RoleMatch, Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_BODIES = frozenset({"official", "head", "aide", "spokesperson"})
AT_HOME = frozenset({"head", "minister", "lawmaker"})  # categories of who is sent to no other state
_APPOINTING = frozenset({"appoint", "name", "elect", "make", "nominate"})
_SPEAKING_FOR = frozenset({"speak", "represent"})
_NAMING = frozenset({"named", "called"})
_LEAVING = frozenset(
    {"resign", "quit", "retire", "step", "dismiss", "remove", "oust", "sack", "fire", "depose"}
)
# "X described Y as the envoy": the office is another's than the subject's.
_OF_OBJECT = frozenset(
    {"describe", "regard", "see", "treat", "cast", "portray", "view", "dismiss", "replace", "succeed", "know"}
)
_LIST_WORDS = frozenset(
    {"and", ",", "of", "the", "'s", "’s", "'", "’", "respectively", "&", "with", "his", "her"}
)
_LIST_REACH = 24
_REACH = 9
ACTING = frozenset(
    {
        "head",
        "minister",
        "envoy",
        "spokesperson",
        "aide",
        "official",
        "lawmaker",
        "diplomat",
        "military",
        "security",
    }
)


@dataclass(frozen=True, slots=True)
class Description:
    """One phrase that describes a person: its role nouns and what they say of the party.

    `places` are the cities and regions it names: "the New York senator".
    """

    roles: tuple[RoleMatch, ...]
    hint: PartyHint
    former: bool
    private: bool
    text: str
    position: int
    places: frozenset[str] = frozenset()

    @property
    def acting(self) -> bool:
        """Whether the person acts for somebody in the office described."""
        return not self.former and not self.private and any(r.role.category in ACTING for r in self.roles)


_NO_PRESIDENT = frozenset({"prime minister", "chancellor", "taoiseach", "king", "queen"})


def _are_two(offices: set[str]) -> bool:
    """Whether nobody holds two offices at once: "the President and Prime Minister X" are two people."""
    return "president" in offices and not offices.isdisjoint(_NO_PRESIDENT)


def describe_role(scan: Scan, role: RoleMatch, vocabulary: Vocabulary) -> Description:
    """The description whose core is the role noun: modifiers before, complements after."""
    doc = scan.doc
    edge = scan.left_edge(role.start)
    roles = [role]
    # "Secretary of State and national security adviser": the left conjunct belongs to the same description.
    if (
        edge > 1
        and doc[edge - 1].lower_ in {"and", "/"}
        and (other := scan.role_at.get(edge - 2)) is not None
        and not _are_two({other.role.noun, role.role.noun})
    ):
        roles.insert(0, other)
        edge = scan.left_edge(other.start)
    former = any(doc[i].lower_ in vocabulary.former for i in range(max(0, edge - 1), role.start))
    local, sent = role.role.noun in vocabulary.local, role.role.category not in AT_HOME
    before = hint_before(scan, edge, role.start, vocabulary, local=local, sent=sent)
    after, end = hint_after(scan, role, vocabulary)
    implied = next(
        (
            r.role.implies
            for r in roles
            if r.role.implies is not None
            and not _of_portfolio(scan, r)
            and (r.role.noun not in vocabulary.partisan or is_partisan(scan, r.start, vocabulary))
        ),
        None,
    )
    hint = before if before.known or before.person is not None else after if after is not NO_HINT else before
    if role.role.category == "official" and role.role.noun in {"head", "deputy head"} and after.known:
        hint = after
    if implied is not None and not hint.known:
        hint = PartyHint(implied, known=True)
    stop = end if after is not NO_HINT else role.end
    # "A director at the X Fund" works for X; only governments' own people act for a state.
    private = role.role.category == "private" or (
        role.role.category in _OF_BODIES
        and (
            (role.end < len(doc) and doc[role.end].lower_ == "at")
            or _private_body(
                scan,
                role,
                edge,
                vocabulary.private_bodies
                if not hint.known and hint.person is None
                else vocabulary.private_always,
            )
        )
    )
    places = frozenset(
        match.entry.ref
        for i in range(edge, stop)
        if (match := scan.match_at.get(i)) is not None and match.entry.kind in {"place", "region"}
    )
    return Description(tuple(roles), hint, former, private, doc[edge:stop].text, role.start, places)


def _of_portfolio(scan: Scan, role: RoleMatch) -> bool:
    """Whether a title that alone tells the state is only a rank here: "Secretary of State for Trade"."""
    following = scan.tokens[role.end].lower_ if role.end < len(scan.tokens) else ""
    return role.role.category == "minister" and following == "for"


def _private_body(scan: Scan, role: RoleMatch, edge: int, bodies: frozenset[str]) -> bool:
    """Whether the office is one of bodies that act for no state: "union leader", "head of the X Club"."""
    doc, end = scan.tokens, role.end
    if end < len(doc) and doc[end].lower_ in {"of", "for"}:
        while end < len(doc) and end - role.end < _REACH and not doc[end].is_punct:
            if doc[end].pos_ in {"VERB", "AUX"}:
                break
            end += 1
    words = {
        doc[i].lower_ for i in (*range(edge, role.start), *range(role.end, end)) if i not in scan.match_at
    }
    return bool(words & bodies) and "central" not in words


def descriptions_of(scan: Scan, name: NameSpan, vocabulary: Vocabulary) -> list[Description]:
    """All descriptions that stand in apposition to the name, before it, after it, or by a copula."""
    found = []
    before = _before(scan, name.start, vocabulary)
    if before is not None and _of_other_name(scan, before, name):
        before = None
    further = _before(scan, scan.left_edge(before.start), vocabulary) if before is not None else None
    if further is not None and not _definite(scan, further):
        further = (
            None  # of "the AU's envoy, former president X" both are told, not of "ministers, President X"
        )
    held, left = _as_office(scan, name)
    for role in (before, _after(scan, name, vocabulary), _copula(scan, name), held, further):
        if role is not None:
            description = describe_role(scan, role, vocabulary)
            if role is held and left:
                description = replace(description, former=True)
            of = _of_state(scan, name, vocabulary) if not description.hint.known else None
            found.append(replace(description, hint=of) if of is not None else description)
    if (before is None or before.plural) and (shared := plural_office(scan, name, vocabulary)) is not None:
        of = _of_state(scan, name, vocabulary) if not shared.hint.known else None
        found = [d for d in found if not any(r.plural for r in d.roles)]
        found.append(replace(shared, hint=of) if of is not None else shared)
    for reading in (_in_brackets, _leading, _led_in_turn, _led_side):
        if not any(d.hint.known for d in found) and (side := reading(scan, name, vocabulary)) is not None:
            found.append(side)
    if not found and (bare := _bare_possessor(scan, name, vocabulary)) is not None:
        found.append(bare)
    # "The Commissioner for Peace X": X, whom the parse puts behind the portfolio, is no office's owner.
    return [replace(d, hint=NO_HINT) if d.hint.person == name else d for d in found]


def _of_state(scan: Scan, name: NameSpan, vocabulary: Vocabulary) -> PartyHint | None:
    """ "Prime Minister Ingrid Solheim of Norway"."""
    doc, i = scan.tokens, name.end
    if i + 1 >= len(doc) or doc[i].lower_ != "of":
        return None
    first = i + 2 if doc[i + 1].lower_ == "the" and i + 2 < len(doc) else i + 1
    hint = party_at(scan, first, vocabulary)
    if hint is None and (place := vocabulary.pack.place(doc[first].text)) is not None:
        return PartyHint(place.country, known=True)  # "Senator Roy Tillmore of Kansas"
    return hint


def _ends_words(name: Token, i: int) -> bool:
    """Whether the token ends what the bearer of a name says: "She will tell the envoy, X also said"."""
    while name.dep_ in {"compound", "nmod"} and name.head.i > name.i:
        name = name.head
    if name.dep_ != "nsubj":
        return False
    said = (c for c in name.head.lefts if c.dep_ == "ccomp")
    return any(clause.left_edge.i <= i <= clause.right_edge.i for clause in said)


def _before(scan: Scan, start: int, vocabulary: Vocabulary) -> RoleMatch | None:
    doc, i = scan.tokens, start - 1
    if i > 0 and doc[i].lower_ in _NAMING:
        i -= 1  # "a judge named X"
        if i not in scan.role_at:
            return None
    if i >= 0 and doc[i].lower_.rstrip(".") in vocabulary.titles:
        i -= 1
    if i < 0:
        return None
    if i in scan.role_at:
        return scan.role_at[i]
    comma = doc[i].text == ","
    if comma and _ends_words(doc[start], i - 1):
        return None
    # "President of Ukraine Vadym Ostapchuk", "the Prime Minister of Estonia, Liisa Torim"
    j = i - 1 if comma else i
    bracketed = False  # "Head of the Atomic Energy Organization of Iran (AEOI) X"
    for k in range(j, max(-1, j - _REACH), -1):
        token = doc[k]
        if token.text in {"(", ")"}:
            bracketed = token.text == ")"
            continue
        if bracketed:
            continue
        if (token.is_punct and token.text not in {"-", "’s", "'s"}) or (
            token.pos_ in {"VERB", "AUX"} and k not in scan.role_at
        ):
            return None
        role = scan.role_at.get(k)
        if role is not None:
            if role.end == j + 1:
                return role if not comma or _definite(scan, role) or _opens(scan, role) else None
            if (
                k + 1 < len(doc)
                and role.end <= j
                and (
                    doc[role.end].lower_ in {"of", "for", "to", "in", "on", "at", "from"}
                    or _portfolios(scan, role.end, j)
                )
                and role.end + 1 <= j  # not "a spokesman for X", who is another
                and not role.plural
            ):
                return role if not comma or _definite(scan, role) or _opens(scan, role) else None
            return None
        if k in scan.name_at:
            return None
    return None


def _of_other_name(scan: Scan, role: RoleMatch, name: NameSpan) -> bool:
    """Whether commas close the office in behind another's name: "Asked about Roe, the envoy, Vial said"."""
    doc, edge = scan.tokens, scan.left_edge(role.start)
    if doc[name.start - 1].text != "," or edge < _APPOSED or doc[edge - 1].text != ",":
        return False
    told = name.end < len(doc) and doc[name.end].pos_ in {"VERB", "AUX"}
    return told and edge - _APPOSED in scan.name_at


_APPOSED = 2  # tokens from the first of an apposition back to the last of the name before its comma


def _portfolios(scan: Scan, start: int, last: int) -> bool:
    """Whether the tokens go on with a portfolio: "Minister of Foreign Affairs | and Trade"."""
    doc = scan.tokens
    return doc[start].lower_ == "and" and all(
        doc[i].text[0].isupper() or doc[i].lower_ in {"and", "of", "the", ","} for i in range(start, last + 1)
    )


def _opens(scan: Scan, role: RoleMatch) -> bool:
    """ "A former judge from Gaborone, X has …", "As finance minister, X …": the office opens the sentence."""
    edge = scan.left_edge(role.start)
    if edge > 0 and scan.tokens[edge - 1].lower_ == "as":
        edge -= 1
    return not role.plural and bool(scan.tokens[edge].is_sent_start)


def _definite(scan: Scan, role: RoleMatch) -> bool:
    edge = scan.left_edge(role.start)
    first = scan.tokens[edge]
    possessed = any(is_possessive(t) for t in scan.doc[edge : role.start])
    adjective = any(i in scan.match_at for i in range(edge, role.start))
    return not role.plural and (
        first.lower_ == "the" or first.tag_ in {"PRP$", "WP$"} or possessed or adjective
    )


def _after(scan: Scan, name: NameSpan, vocabulary: Vocabulary) -> RoleMatch | None:
    doc, i = scan.tokens, name.end
    if i >= len(doc) or doc[i].text not in {",", "—", "–", "("}:
        return None
    i += 1
    if i < len(doc) and doc[i].lower_ in {"who", "himself", "herself", "now", "currently", "then"}:
        i += 1
    if i + 1 < len(doc) and doc[i].like_num and doc[i + 1].text == ",":
        i += 2  # "X, 54, a farmer"
    for k in range(i, min(len(doc), i + _REACH)):
        token = doc[k]
        role = scan.role_at.get(k)
        if role is not None:
            if role.plural or role.end in scan.name_at:
                return None  # the role of the next name in a list
            return role
        if (
            k in scan.name_at
            and not _possessor(scan, scan.name_at[k])
            and scan.name_at[k].end not in scan.role_at
        ):
            return None
        if token.is_punct and token.text not in {"-", "’s", "'s", "’", "'"}:
            return None
        if token.pos_ == "VERB" and token.lemma_.lower() not in LEADING_VERBS | {"serve"}:
            return None
        if token.pos_ == "ADP" and token.lower_ not in {"of", "as"}:
            return None
    return None


def _possessor(scan: Scan, name: NameSpan) -> bool:
    return name.end < len(scan.doc) and is_possessive(scan.tokens[name.end])


def _copula(scan: Scan, name: NameSpan) -> RoleMatch | None:
    """ "X is the finance minister", "X was named envoy", "X serves as envoy": the office told of the name."""
    head = _head(scan, name)
    verb = head.head
    wanted: frozenset[str]
    if head.dep_ == "nsubj" and verb.lemma_ in {"be", "become"}:
        wanted = frozenset({"attr"})
    elif head.dep_ == "nsubjpass" and verb.lemma_ in _APPOINTING:
        wanted = frozenset({"oprd", "attr", "dobj"})
    elif head.dep_ == "nsubj" and verb.lemma_ in {"serve", "act", "work"}:
        verb, wanted = next((t for t in verb.children if t.lower_ == "as"), verb), frozenset({"pobj"})
    else:
        return None
    for child in verb.children:
        if child.dep_ in wanted and child.i in scan.role_at and child.i > head.i:
            return scan.role_at[child.i]
    return None


def copula_of_pronoun(scan: Scan, i: int, vocabulary: Vocabulary) -> Description | None:
    """ "She is Ukraine's chief negotiator": the office that the sentence tells of its subject pronoun."""
    token = scan.tokens[i]
    if token.dep_ != "nsubj" or token.head.lemma_ != "be" or token.head.dep_ != "ROOT":
        return None
    if token.head.tag_ not in {"VBZ", "VBP"}:
        return None
    role = next(
        (scan.role_at[c.i] for c in token.head.children if c.dep_ == "attr" and c.i in scan.role_at), None
    )
    if role is None or role.start < i or any(t.dep_ == "neg" for t in token.head.children):
        return None
    return describe_role(scan, role, vocabulary)


def _as_office(scan: Scan, name: NameSpan) -> tuple[RoleMatch | None, bool]:
    """ "X leaves after years as the UN's envoy": the office of the clause's subject; whether left."""
    head = _head(scan, name)
    verb = head.head
    if head.dep_ not in {"nsubj", "nsubjpass"} or verb.lemma_.lower() in _OF_OBJECT | _APPOINTING:
        return None, False
    left = verb.lemma_.lower() in _LEAVING or (
        verb.tag_ == "VBD" and verb.lemma_.lower() in {"serve", "work"}
    )
    for token in scan.tokens[verb.i + 1 : verb.right_edge.i + 1]:
        if token.lower_ != "as" or token.dep_ != "prep":
            continue
        above = token.head
        while above.pos_ not in {"VERB", "AUX"} and above.head.i != above.i:
            above = above.head
        office = next((t for t in token.children if t.dep_ == "pobj" and t.i in scan.role_at), None)
        if above.i == verb.i and office is not None and not scan.role_at[office.i].plural:
            return scan.role_at[office.i], left
    return None, False


def plural_office(scan: Scan, name: NameSpan, vocabulary: Vocabulary) -> Description | None:
    """ "Presidents X and Y", "the foreign ministers of Peru and Chile, X and Y": an office told of several.

    States named beside the office are those of the people in their order, if there are as many.
    """
    doc, i = scan.tokens, name.start - 1
    while i >= 0 and name.start - i < _LIST_REACH and i not in scan.role_at:
        word = doc[i].lower_
        listed = i in scan.name_at or i in scan.match_at or word in _LIST_WORDS
        if not listed and word.rstrip(".") not in vocabulary.titles:
            return None
        i -= 1
    role = scan.role_at.get(i)
    if role is None or not role.plural:
        return None
    people: list[int] = []
    end = role.end
    while end < len(doc) and end - role.end < 2 * _LIST_REACH:
        span = scan.name_at.get(end)
        if span is not None and span.start == end:
            people.append(end)
        elif span is None and end not in scan.match_at and doc[end].lower_ not in _LIST_WORDS:
            break
        end += 1
    if name.start not in people or len(people) < 2:
        return None
    edge = scan.left_edge(role.start)
    of = range(role.end, people[0]) if doc[role.end].lower_ == "of" else range(edge, role.start)
    states: list[PartyHint] = []
    for k in of:
        match = scan.match_at.get(k)
        hint = party_at(scan, k, vocabulary) if match is None or match.start == k else None
        if hint is not None:
            states.append(hint)
    hint = NO_HINT
    if len(states) == len(people):
        hint = states[people.index(name.start)]
    elif len(states) == 1:
        hint = states[0]
    former = any(doc[k].lower_ in vocabulary.former for k in range(edge, role.start))
    private = role.role.category == "private"
    return Description((role,), hint, former, private, scan.doc[edge : role.end].text, role.start)


def _led_in_turn(scan: Scan, name: NameSpan, vocabulary: Vocabulary) -> Description | None:
    """ "… and that of Venezuela by Minister X": the delegation named only by its state."""
    doc, by = scan.tokens, name.start - 1
    while by > 0 and name.start - by < _REACH and doc[by].lower_ != "by":
        if by not in scan.role_at and doc[by].pos_ not in {"PROPN", "PUNCT"}:
            return None
        by -= 1
    first = by - 1
    while first > 1 and first in scan.match_at and first > scan.match_at[by - 1].start:
        first -= 1
    if first < 2 or doc[by].lower_ != "by" or doc[first - 1].lower_ != "of":
        return None
    hint = party_at(scan, first, vocabulary)
    if hint is None or doc[first - 2].lower_ not in {"that", "those"}:
        return None
    return Description((), hint, former=False, private=False, text=doc[first].text, position=first)


def _in_brackets(scan: Scan, name: NameSpan, vocabulary: Vocabulary) -> Description | None:
    """ "X (Sweden)", "X, R-Texas", "X (D-Ore.)": the side written after the name."""
    doc, i = scan.tokens, name.end
    if i + 2 >= len(doc) or doc[i].text not in {"(", ","}:
        return None
    letter, dash = doc[i + 1].text[:1], doc[i + 1].text[1:2] or doc[i + 2].text
    hint = party_at(scan, i + 1, vocabulary) if doc[i].text == "(" and doc[i + 2].text == ")" else None
    if hint is None and letter in vocabulary.party_letters and dash in {"-", "–", "‑"}:
        hint = PartyHint(vocabulary.party_letters[letter], known=True)
    if hint is None:
        return None
    return Description((), hint, former=False, private=False, text=doc[i + 1].text, position=i + 1)


def _leading(scan: Scan, name: NameSpan, vocabulary: Vocabulary) -> Description | None:
    """ "X, who leads Ukraine's delegation", "X, speaking for the Omani side": the party of what is led."""
    doc, i = scan.tokens, name.end
    if i + 2 >= len(doc) or doc[i].text != ",":
        return None
    related = doc[i + 1].lower_ == "who"
    verb = next(
        (
            t
            for t in doc[i + 1 : i + 5]
            if t.lemma_.lower() in LEADING_VERBS | _SPEAKING_FOR and (related or t.tag_ == "VBG")
        ),
        None,
    )
    if verb is None or (
        verb.lemma_.lower() == "speak" and doc[min(verb.i + 1, len(doc) - 1)].lower_ not in {"for", "on"}
    ):
        return None
    for k in range(verb.i + 1, min(len(doc), verb.i + _REACH)):
        hint = party_at(scan, k, vocabulary)
        if hint is not None:
            text = scan.doc[verb.i : k + 1].text
            return Description((), hint, former=False, private=False, text=text, position=verb.i)
        if doc[k].is_punct and not is_possessive(doc[k]) and doc[k].text != "-":
            return None
    return None


def _led_side(scan: Scan, name: NameSpan, vocabulary: Vocabulary) -> Description | None:
    """ "A Ukrainian team led by X", "X heads Norway's delegation", "X of the German foreign ministry"."""
    head = _head(scan, name)
    verb, side = head.head, None
    if head.dep_ == "pobj" and verb.lower_ == "by" and verb.head.lemma_.lower() in LEADING_VERBS:
        if verb.head.dep_ == "acl":
            side = verb.head.head
        elif verb.head.dep_ in {"ROOT", "relcl"}:
            side = next((t for t in verb.head.children if t.dep_ == "nsubjpass"), None)
    elif head.dep_ == "nsubj" and verb.lemma_.lower() in LEADING_VERBS | {"represent"}:
        side = next((t for t in verb.children if t.dep_ == "dobj"), None)
    of = name.end + 1 if name.end < len(scan.tokens) and scan.tokens[name.end].text == "," else name.end
    if side is None and of + 1 < len(scan.tokens) and scan.tokens[of].lower_ in {"of", "from", "with"}:
        side = next((t for t in scan.tokens[of].children if t.dep_ == "pobj"), None)
    if side is None or not (
        side.lower_ in vocabulary.collective or side.lower_ in vocabulary.institution_heads
    ):
        return None
    hint = hint_before(scan, scan.left_edge(side.i), side.i, vocabulary)
    named = {t.lower_ for t in scan.tokens[scan.left_edge(side.i) : side.i]}
    if side.lower_ in vocabulary.private_bodies and "central" not in named:
        hint = PartyHint(None, known=True)  # "X of the Indian Mills Association" acts for no state
    if not hint.known:
        return None
    return Description((), hint, former=False, private=False, text=side.text, position=side.i)


def _bare_possessor(scan: Scan, name: NameSpan, vocabulary: Vocabulary) -> Description | None:
    """ "The Kremlin's Peskov", "Russian Yuri X": a party and no role."""
    i = name.start - 1
    if i >= 0 and is_possessive(scan.tokens[i]):
        i -= 1
    hint = party_at(scan, i, vocabulary) if i >= 0 else None
    if hint is None or scan.tokens[i].sent != scan.tokens[name.start].sent:
        return None
    return Description((), hint, former=False, private=False, text=scan.tokens[i].text, position=i)


def body_behind(scan: Scan, i: int, prepositions: Collection[str]) -> int | None:
    """The proper name, no person's, that one of the prepositions at ``i`` opens: "of the Dockers' League"."""
    doc = scan.tokens
    if i + 1 >= len(doc) or doc[i].lower_ not in prepositions:
        return None
    i += 2 if doc[i + 1].lower_ == "the" else 1
    if i >= len(doc) or i in scan.name_at:
        return None
    return i if doc[i].pos_ == "PROPN" and doc[i].text[0].isupper() else None


def _head(scan: Scan, name: NameSpan) -> Token:
    return scan.doc[name.start : name.end].root

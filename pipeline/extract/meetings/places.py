"""Where a meeting takes place: words of the text to a city, region or state, and what lies in what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.domain import DomainPack, once_per_pack
from pipeline.model import Links
from pipeline.text import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


_AGENCY_DATELINE = re.compile(
    r"([A-Z][^\d(),.–—]{2,30}?)(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)? ?\([^()]{2,40}\)\.? ?[-–—]"
)
_DATELINE = 32  # words of a line that a dateline with its agency lies within
_STATE_WORDS = 4  # of the longest name of a state that is looked for behind a comma
_HYPHENS = frozenset({"-", "‐", "‑"})
_BODY_WORDS = 7  # no name of an organisation that begins with a city is longer


TOWNS = frozenset({"town", "city", "village", "port", "resort", "island", "capital", "suburb"})
"""Nouns before "of" and a place's name."""
# What a place only gives its name to.
_NAMED_AFTER = frozenset({
    "group", "format", "process", "agreement", "agreements", "accord", "accords", "protocol", "protocols",
    "declaration", "formula", "platform", "treaty", "convention",
})  # fmt: skip


class Spot(NamedTuple):
    """A place: its name, the state's code (None outside the gazetteer), and whether it is a whole state."""

    name: str
    country: str | None
    is_country: bool


class World:
    """The pack's states, cities and demonyms, indexed by folded word."""

    def __init__(self, pack: DomainPack) -> None:
        self._pack = pack
        self._parties: dict[str, str] = {}
        self._seats: dict[str, Spot] = {}
        self._family_first = frozenset(fold(n) for n in pack.names.family_first)
        self._countries: dict[str, str] = {}
        self._adjectives: dict[str, str] = {}
        for country in pack.countries:
            self._countries[country.code] = country.name
            for word in (country.name, *country.aliases, *country.adjectives, *country.people):
                self._parties.setdefault(fold(word).removeprefix("the "), country.code)
            for word in country.adjectives:
                self._adjectives.setdefault(fold(word), country.code)
            if country.capitals:
                seat = Spot(country.capitals[0], country.code, False)
                for word in country.metonyms:
                    site = pack.place(word)  # a building that the gazetteer knows is not in the capital
                    there = seat if site is None else Spot(site.name, site.country, False)
                    self._seats.setdefault(fold(word).removeprefix("the "), there)
        # Nouns that can take part: roles, groups and institutions, without which "Russian funds" would.
        words = [
            *pack.groups.heads,
            *pack.groups.collective,
            *pack.institutions.heads,
            *pack.institutions.government,
        ]
        words += [w for role in pack.roles for w in (role.noun, *role.aliases)]
        self.actor_nouns = frozenset(fold(w).split()[-1] for w in words)
        self._body_names = {
            fold(word).removeprefix("the "): body.name
            for body in pack.organisations
            for word in (body.name, *body.aliases)
        }
        # Peoples of two words that have no state: the first word tells no party ("Turkish Cypriot").
        groups = [body for body in pack.organisations if body.party is None and body.kind == "group"]
        self._peoples = {fold(w): g.name for g in groups for w in g.aliases if _names_a_people(w)}
        self._groups = {fold(w).removeprefix("the "): g.name for g in groups for w in (g.name, *g.aliases)}
        self._opponents = {g.name: g.opponent for g in groups}
        self._movements = {fold(w): g.name for g in groups for w in (g.name, *g.aliases) if " " not in w}
        for body in pack.organisations:
            if body.party is not None:
                for word in (body.name, *body.aliases):
                    bare = fold(word).removeprefix("the ")
                    if " " in bare or bare == fold(word):  # "the Commission" is no other's Commission
                        self._parties.setdefault(bare, body.party)
        for word in pack.groups.european:
            self._parties.setdefault(fold(word), "EUROPE")
        for word in ("europe", "europeans"):
            self._parties.setdefault(word, "EUROPE")

    def party(self, word: str) -> str | None:
        """Party that a name, adjective or people names, or None."""
        return self._parties.get(fold(word).removeprefix("the "))

    def body_in(self, words: str) -> str | None:
        """Name of the organisation that a title names ("the IAEA chief"), or None."""
        told = fold(words).replace("'s", " ").replace("’s", " ").split()
        spans = (
            " ".join(told[i:j])
            for i in range(len(told))
            for j in range(min(len(told), i + _BODY_WORDS), i, -1)
        )
        return next((self._body_names[s] for s in spans if s in self._body_names), None)

    def people(self, words: str) -> str | None:
        """Name of the people without a state that two words name ("Turkish Cypriot"), or None."""
        return self._peoples.get(fold(words))

    def group(self, name: str) -> str | None:
        """Name of the group without a state that the whole name is of, or None."""
        return self._groups.get(fold(name).removeprefix("the "))

    def movement_in(self, name: str) -> str | None:
        """Name of a movement that negotiates with a state, for "M23 rebels" and "the M23"; or None."""
        words = name.split()
        known = self.group(name) or self.movement(words[0]) or self.movement(words[-1])
        return known if known is not None and self._opponents.get(known) is not None else None

    def opponent(self, group: str) -> str | None:
        """The state with whose government a movement negotiates, or None."""
        return self._opponents.get(group)

    def movement(self, word: str) -> str | None:
        """Name of the group without a state that one word names ("RSF", "Houthi"), or None."""
        return self._movements.get(fold(word))

    def spot(self, name: str) -> Spot | None:
        """The place of that name, or the capital that a building stands for; None if neither is known."""
        key = fold(name).removeprefix("the ")
        seat = self._seats.get(key)
        if seat is not None:
            return seat
        found = self._pack.place(name)
        if found is None:
            return None
        return Spot(found.name, found.country, self._countries.get(found.country) == found.name)

    def spot_of_row(self, name: str) -> Spot:
        """The place of a row, which the gazetteer may not know."""
        return self.spot(name) or Spot(name, None, False)

    def is_state(self, name: str) -> bool:
        """Whether the name is a state's, which can take part; a city as a place cannot."""
        spot = self.spot(name)
        return spot is not None and spot.is_country

    def written(self, spot: Spot, words: str) -> str | None:
        """The words, if they name the place themselves; None for adjectives, buildings and descriptions."""
        key = fold(words).removeprefix("the ")
        if key in self._seats:
            return None
        known = self._pack.place(words)
        return words.removeprefix("the ") if known is not None and known.name == spot.name else None

    def party_name(self, party: str) -> str:
        """A state's name for its code; other parties stay as they are."""
        return self._countries.get(party, party)

    def surname(self, name: str, *, family_first: bool) -> str:
        """The name by which a person is called: "Trump", and "Xi" where the family's name comes first."""
        words = name.split()
        if family_first and len(words) in {2, 3} and fold(words[0]) in self._family_first:
            return words[0]
        return words[-1]

    def capital(self, code: str) -> Spot | None:
        country = self._pack.country(code)
        return Spot(country.capitals[0], code, False) if country is not None and country.capitals else None

    def adjective_spot(self, word: str) -> Spot | None:
        """The state that an adjective or a clipped name means as a place ("Saudi talks")."""
        code = self._adjectives.get(fold(word)) or self._parties.get(fold(word))
        name = self._countries.get(code) if code is not None else None
        return Spot(name, code, True) if name is not None else None

    def dateline(self, doc: Doc, *, in_capitals: bool = True) -> Spot | None:
        """The city that a line opens with ("ANTALYA, May 5"), or None; if not in capitals, before a dash.

        Or before an agency and a dash, also with a day: "Lima, Nov 10 (Andina) -".
        """
        told = _AGENCY_DATELINE.match(
            doc[:_DATELINE].text
        )  # the words of a whole line cost more than the look
        spot = self.spot(told[1].title()) if told is not None else None
        if spot is not None and not spot.is_country:
            return spot
        words: list[str] = []
        for token in doc[:4]:
            written = token.text.isupper() or (not in_capitals and token.text.istitle())
            if not (written and token.text.isalpha() and len(token.text) > 2):
                break
            words.append(token.text)
        capitals = all(word.isupper() for word in words)
        ends = {",", "(", "-", "–", "—"} if capitals else {"–", "—"}
        if not words or len(doc) <= len(words) or doc[len(words)].text not in ends:
            return None
        spot = self.spot(" ".join(words).title())
        return spot if spot is not None and not spot.is_country else None

    def at(self, links: Links, block_no: int, token: Token) -> Spot | None:
        """The place that a token of the text names, by its mention, its own word, or "the X capital"."""
        mention = links.at(block_no, token.i)
        if token.lower_ == "capital":
            return self._capital_of(links, block_no, token)
        after = token.nbor(1) if token.i + 1 < len(token.doc) else None
        if token.dep_ in {"compound", "nmod"} and after is not None and after.lower_ in _NAMED_AFTER:
            return None  # "the Minsk Group", "the Oslo accords"
        if mention is not None and mention.actor.kind == "person":
            return None
        if any(c.isdigit() for c in token.text):
            return None  # "on the sidelines of the G7 summit"
        if mention is not None and mention.actor.kind == "place":
            known = self.spot(mention.actor.name) or self.spot(mention.words)
            return known or Spot(mention.actor.name, mention.actor.party, False)
        if token.dep_ in {"amod", "compound"} and fold(token.text) in self._adjectives:
            return None
        for name in (mention.words, mention.actor.name) if mention is not None else ():
            known = self.spot(name)
            if known is not None:
                return known
        if not token.text[:1].isupper() or fold(token.text) in self._adjectives:
            return None
        if token.pos_ != "PROPN":
            known = self.spot(token.text) if token.pos_ in {"ADJ", "NOUN"} and mention is None else None
            return known if known is not None and not known.is_country else None
        if token.dep_ == "compound" and self._in_body(token):
            return None
        left = [t for t in token.lefts if t.dep_ == "compound" and t.pos_ == "PROPN"]
        for words in ([*left, token], [token]):
            known = self.spot(" ".join(t.text for t in words))
            if known is not None:
                return known
        if mention is None and token.ent_type_ in {"GPE", "FAC"}:
            return self.unlisted(token)
        return None

    def unlisted(self, token: Token) -> Spot:
        """The place that a name outside the gazetteer is taken for, in the state right behind it."""
        words = name_around(token)
        state = self._state_behind(words)
        return Spot(words.text, None if state is None else state.country, False)

    def _state_behind(self, words: Span) -> Spot | None:
        """ "Trondheim, Norway": the state behind a comma."""
        doc, comma = words.doc, words.end
        if comma + 1 >= len(doc) or doc[comma].text != ",":
            return None
        for length in range(min(_STATE_WORDS, len(doc) - comma - 1), 0, -1):
            found = self.spot(doc[comma + 1 : comma + 1 + length].text)
            if found is not None and found.is_country:
                return found
        return None

    def _in_body(self, token: Token) -> bool:
        """ "the Shanghai Cooperation Organisation": the city only begins the name."""
        ahead = token.doc[token.i : token.i + _BODY_WORDS]
        return any(fold(ahead[:n].text) in self._body_names for n in range(2, len(ahead) + 1))

    def _capital_of(self, links: Links, block_no: int, token: Token) -> Spot | None:
        appositions = [c for c in token.children if c.dep_ == "appos"]
        for named in appositions:
            spot = self.at(links, block_no, named)
            if spot is not None:
                return spot
        for child in token.children:
            if child.dep_ in {"amod", "compound", "poss", "nmod"}:
                mention = links.at(block_no, child.i)
                code = mention.actor.party if mention is not None else self.party(child.text)
                if code is not None:
                    return self.capital(code)
        return None


def name_around(token: Token) -> Span:
    """All words of the name that a token belongs to: of its entity, of its compounds, joined by hyphens."""
    doc = token.doc
    start = min([t.i for t in token.lefts if t.dep_ == "compound" and t.pos_ == "PROPN"] + [token.i])
    end = token.i + 1
    while doc[start].ent_iob_ == "I" and start > token.sent.start:
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    while (
        start >= 2
        and doc[start - 1].text in _HYPHENS
        and not (doc[start - 1].whitespace_ or doc[start - 2].whitespace_)
    ):
        start -= 2
    while (
        end + 1 < len(doc)
        and doc[end].text in _HYPHENS
        and not (doc[end - 1].whitespace_ or doc[end].whitespace_)
    ):
        end += 2
    while start < token.i and doc[start].lower_ in {"the", "in", "at"}:
        start += 1
    return doc[start:end]


def same_place(a: Spot | None, b: Spot | None) -> bool:
    """Whether two known places may be one: equal names, or one is the state that the other lies in."""
    if a is None or b is None:
        return False
    if fold(a.name) == fold(b.name):
        return True
    return a.country is not None and a.country == b.country and (a.is_country or b.is_country)


def different_places(a: Spot | None, b: Spot | None) -> bool:
    """Whether both are known and cannot be one; two sites of one state stay open."""
    if a is None or b is None or same_place(a, b):
        return False
    return (
        a.country is None
        or b.country is None
        or a.country != b.country
        or (not a.is_country and not b.is_country)
    )


@once_per_pack
def world_of(pack: DomainPack) -> World:
    """The pack's world."""
    return World(pack)


def _names_a_people(words: str) -> bool:
    """Two names, "Turkish Cypriot"; a noun behind one, "Western nations", is no people."""
    parts = words.split()
    return len(parts) == 2 and all(part[:1].isupper() for part in parts)

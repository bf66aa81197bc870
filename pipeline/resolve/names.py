"""Personal names of one page: finding them, telling them from other names, and joining their forms."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.domain import Gender, Person
from pipeline.model import DateRange
from pipeline.resolve.bearers import TAKEN_FOR, Bearers, free_surnames, stands_as_person
from pipeline.resolve.datelines import opens_with_place
from pipeline.resolve.scan import NameSpan, Scan, is_possessive
from pipeline.resolve.vocabulary import Vocabulary
from pipeline.text import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_STARTING_PARTICLES = frozenset({"von", "van", "de", "al", "el", "bin"})
_LABEL_VOTES = {
    "PERSON": 1.0,
    "GPE": -1.0,
    "LOC": -1.0,
    "FAC": -1.0,
    "NORP": -0.7,
    "ORG": -0.6,
    "PRODUCT": -0.5,
    "WORK_OF_ART": -0.5,
    "EVENT": -1.0,
    "LAW": -1.0,
    "DATE": -1.0,
    "LANGUAGE": -1.0,
}
_GIVEN_VOTE, _ROLE_VOTE, _SUBJECT_VOTE, _ARTICLE_VOTE, _IN_VOTE = 1.5, 2.0, 0.5, -1.5, -1.0
_TOLD_VOTE, _OUTLET_VOTE = -1.5, -3.0
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "conj", "poss"})
_SAME_NAME = 0.75
_OFFICE_LIST = 14  # tokens between an office and a name in its list
_MIN_SURNAME = 4
_JOINED = 3  # tokens of two names and what joins them


# "Yoon Tae-hoon": a hyphenated given name whose second half is in small letters stands after the family name.
_DOUBLE = re.compile(r"[A-Z]\w+ [A-Z]\w*-[a-z]+$")


@dataclass(slots=True)
class NamedPerson:
    """A person of the page under all the forms of the name found so far."""

    name: str
    words: tuple[str, ...]
    known: Person | None
    genders: Counter[Gender] = field(default_factory=Counter)

    @property
    def key(self) -> str:
        return f"person:{fold(self.name)}"


class NameIndex:
    """Who each name span of a page is."""

    def __init__(
        self, scans: Mapping[int, Scan], vocabulary: Vocabulary, days: DateRange | None = None
    ) -> None:
        self._vocabulary = vocabulary
        self._bearers = Bearers(scans.values(), vocabulary, days)
        self.people: list[NamedPerson] = []
        self._by_word: dict[str, list[NamedPerson]] = {}
        self._of_span: dict[tuple[int, int], NamedPerson] = {}
        free_surnames(scans, vocabulary, (), self._bearers)
        for scan in scans.values():
            scan.names = list(_runs(scan, vocabulary))
        votes = self._votes(scans)
        self._collect_full(scans, votes)
        self._paired: set[tuple[int, int]] = set()
        for scan in scans.values():
            scan.names = [part for name in scan.names for part in self._parted(scan, name)]
        free_surnames(scans, vocabulary, self._sure_surnames(), None)
        for scan in scans.values():
            self._add_missed(scan)
        self._attach(scans, votes)
        for scan in scans.values():
            scan.names = [n for n in scan.names if (scan.block.block_no, n.start) in self._of_span]
            scan.name_at = {i: n for n in scan.names for i in range(n.start, n.end)}

    def person(self, block_no: int, span: NameSpan) -> NamedPerson:
        """The person whom the name span of the block names."""
        return self._of_span[block_no, span.start]

    def lines_of(self, person: NamedPerson) -> list[int]:
        """Numbers of the blocks that name a person, in reading order."""
        return sorted({number for (number, _), named in self._of_span.items() if named is person})

    def _votes(self, scans: Mapping[int, Scan]) -> Counter[str]:
        votes: Counter[str] = Counter()
        for scan in scans.values():
            for name in scan.names:
                votes[_surname(name.words)] += _evidence(scan, name, self._vocabulary)  # type: ignore[assignment]
                if len(name.words) == 1 and self._bearers.of(name.words[0]) is not None:
                    votes[name.words[0]] += self._known_vote(scan, name)  # type: ignore[assignment]
        return votes

    def _sure_surnames(self) -> set[str]:
        """Surnames of people who are known, or whose given name is one: not "Ras Naqoura"."""
        sure = (p for p in self.people if p.known is not None or self._given(p.words) is not None)
        return {_surname(p.words) for p in sure}

    def _known_vote(self, scan: Scan, name: NameSpan) -> float:
        """How much a known person's surname alone speaks for him: as the subject of saying, or in office."""
        token = scan.doc[name.end - 1]
        if token.dep_ == "nsubj" and token.head.lemma_.lower() in self._vocabulary.saying:
            return _ROLE_VOTE
        if stands_as_person(token) and self._bearers.serves(name.words[0]):
            return _GIVEN_VOTE
        if token.dep_ not in _ARGUMENTS or not self._bearers.in_office(name.words[0]):
            return 0.0
        unlabelled = token.ent_type_ == "" and not token.is_sent_start
        return _SUBJECT_VOTE if unlabelled else _GIVEN_VOTE if token.ent_type_ in TAKEN_FOR else 0.0

    def _collect_full(self, scans: Mapping[int, Scan], votes: Counter[str]) -> None:
        """Names of two words or more, and names that the pack knows whole."""
        for scan in scans.values():
            for name in scan.names:
                known = self._known(scan, name)
                if known is not None:
                    person = self._find(self._vocabulary.name_words(known.name), known) or self._add(
                        known.name, self._vocabulary.name_words(known.name), known
                    )
                    self._index(person, name.words)
                elif _is_full(scan, name, self._vocabulary) and votes[_surname(name.words)] > 0:
                    person = self._find(name.words, None) or self._add(
                        _display(scan.doc, name), name.words, None
                    )
                else:
                    continue
                self._of_span[scan.block.block_no, name.start] = person

    def _add_missed(self, scan: Scan) -> None:
        """Surnames of the page's people that the model took for something else."""
        taken = {i for n in scan.names for i in range(n.start, n.end)}
        words = scan.words
        for i, text in enumerate(words.text):
            if not text[0].isupper() or text.isupper() or len(text) < _MIN_SURNAME:
                continue
            if i in taken or i in scan.match_at or i in scan.role_at:
                continue
            word = fold(text)
            alike = [p for p in self._by_word.get(word, []) if _surname(p.words) == word]
            common = words.opens[i] and words.pos[i] not in {"PROPN", "NOUN"}
            if alike and not common and word not in self._vocabulary.not_names:
                scan.names.append(NameSpan(i, i + 1, (word,)))
        scan.names.sort(key=lambda n: n.start)

    def _attach(self, scans: Mapping[int, Scan], votes: Counter[str]) -> None:
        """Surnames alone: the person of the page who bears it, else one of the pack, else a new person."""
        recent: dict[str, NamedPerson] = {}
        firsts = {p.words[0] for p in self.people if len(p.words) > 1}
        for scan in scans.values():
            for name in scan.names:
                at = (scan.block.block_no, name.start)
                person = self._of_span.get(at)
                if person is None:
                    person = self._by_surname(name, recent, _title_gender(scan, name, self._vocabulary))
                    if person is None and (votes[_surname(name.words)] > 0 or at in self._paired):
                        person = self._lone(scan, name, firsts)
                    if person is None:
                        continue
                    self._of_span[at] = person
                recent[_surname(name.words)] = person
                if len(name.words) > 1 and person in self._by_word.get(name.words[0], ()):
                    recent[name.words[0]] = person  # "Kim Yo-jong", whom "Kim" takes up
                gender = _title_gender(scan, name, self._vocabulary)
                if gender is not None:
                    person.genders[gender] += 3

    def _parted(self, scan: Scan, name: NameSpan) -> Sequence[NameSpan]:
        """The name; both names where a hyphen joins those of two people ("the Roe-Vial meeting").

        They are people whom the page names in full, or who are in office on its days. Of others nobody can
        tell whether it is one person's name, such as "Adjei-Mensah".
        """
        at = scan.block.block_no
        if len(name.words) != 2 or name.end - name.start != _JOINED or (at, name.start) in self._of_span:
            return [name]
        first, second = (self._bearer_of(word) for word in name.words)
        if first is None or second is None or first == second:
            return [name]
        parts = [
            NameSpan(i, i + 1, (word,))
            for i, word in zip((name.start, name.end - 1), name.words, strict=True)
        ]
        self._paired.update((at, part.start) for part in parts)
        return parts

    def _bearer_of(self, word: str) -> str | None:
        """Key of whoever of the page, or in office on its days, bears the surname."""
        own = {p.key for p in self._by_word.get(word, ()) if word in {_surname(p.words), p.words[0]}}
        if own:
            return min(own)
        person = self._bearers.of(word) if self._bearers.serves(word) else None
        return None if person is None else f"person:{fold(person.name)}"

    def _with_umlaut(self, surname: str) -> list[NamedPerson]:
        """People whose surname the page writes with an umlaut elsewhere: "Schmoeller", of Per Schmöller."""
        plain = _DIGRAPH.sub(lambda m: m[0][0], surname)
        listed = self._by_word.get(plain, []) if plain != surname else []
        return [p for p in listed if any(letter in p.name.lower() for letter in "äöü")]

    def _lone(self, scan: Scan, name: NameSpan, firsts: set[str]) -> NamedPerson | None:
        word = _surname(name.words)
        known = self._bearers.of(word)
        if known is not None:
            return self._add(known.name, self._vocabulary.name_words(known.name), known)
        if word in firsts and len(name.words) == 1:
            # "Amélia" beside "Amélia Pinto": the only bearer of that first name on the page.
            bearers = [p for p in self.people if len(p.words) > 1 and p.words[0] == word]
            return bearers[0] if len(bearers) == 1 and bearers[0].known is None else None
        if word in self._vocabulary.surnames or len(word) < 3:
            return None  # several bearers
        if word in self._vocabulary.given and not _introduced(scan, name):
            return None  # a first name only: no guess
        return self._add(_display(scan.doc, name), name.words, None)

    def _known(self, scan: Scan, name: NameSpan) -> Person | None:
        match = scan.match_at.get(name.start)
        if (
            match is not None
            and match.entry.kind == "person"
            and (match.start, match.end) == (name.start, name.end)
        ):
            return self._vocabulary.people[match.entry.ref]
        if not _is_full(scan, name, self._vocabulary):
            return None
        for person in self._vocabulary.surnames.get(_surname(name.words), []):
            if any(
                _compatible(self._vocabulary.name_words(n), name.words)
                for n in (person.name, *person.aliases)
            ):
                return person
        return None

    def _find(self, words: tuple[str, ...], known: Person | None) -> NamedPerson | None:
        for person in self._by_word.get(_surname(words), []):
            if (known is not None and person.known is known) or (
                known is None
                and len(person.words) > 1
                and (_compatible(person.words, words) or _part_of(person.words, words))
            ):
                return person
        return None

    def _add(self, name: str, words: tuple[str, ...], known: Person | None) -> NamedPerson:
        person = NamedPerson(name, words, known)
        gender = known.gender if known is not None else None
        if gender is not None:
            person.genders[gender] += 10
        elif len(words) > 1 and (given := self._given(words)) is not None:
            person.genders[given] += 1
        self.people.append(person)
        self._index(person, words)
        return person

    def _given(self, words: tuple[str, ...]) -> Gender | None:
        return self._vocabulary.given.get(words[0]) or (
            self._vocabulary.given.get(f"{words[0]}-{words[1]}") if len(words) > 2 else None
        )

    def _index(self, person: NamedPerson, words: tuple[str, ...]) -> None:
        keys = set(words[1:]) | {_surname(words)}
        in_front = words[0] in self._vocabulary.family_first or _DOUBLE.match(person.name) is not None
        if in_front and len(words) in {2, 3}:
            keys.add(words[0])
        for word in keys:
            listed = self._by_word.setdefault(word, [])
            if person not in listed:
                listed.append(person)

    def _by_surname(
        self, name: NameSpan, recent: dict[str, NamedPerson], gender: Gender | None
    ) -> NamedPerson | None:
        surname = _surname(name.words)
        listed = self._by_word.get(surname, []) or self._with_umlaut(surname)
        own = [p for p in listed if _surname(p.words) == surname] or [
            p
            for p in listed
            if (p.words[0] == surname and _DOUBLE.match(p.name) is not None)
            or (surname not in self._vocabulary.given and surname not in self._vocabulary.particles)
        ]
        if len(name.words) > 1:
            own = [
                p
                for p in own
                if set(name.words) <= set(p.words) or name.words[0] in self._vocabulary.particles
            ]
        if gender is not None:
            own = [
                p
                for p in own
                if not p.genders or p.genders[gender] >= p.genders["f" if gender == "m" else "m"]
            ]
        if len(own) <= 1:
            return own[0] if own else None
        last = recent.get(surname)
        return last if last in own else own[0]


def _runs(scan: Scan, vocabulary: Vocabulary) -> Iterable[NameSpan]:
    """Runs of capitalised words, with particles and hyphens inside, outside other known phrases."""
    doc, line = scan.doc, scan.words
    i = 0
    while i < len(line.text):
        if (
            not line.text[i][0].isupper()
            and line.lower[i] not in _STARTING_PARTICLES
            and (i not in scan.match_at)
        ):
            i += 1
            continue
        match = scan.match_at.get(i)
        if (
            match is not None
            and match.entry.kind == "person"
            and match.start == i
            and not _goes_on(doc, match.end)
        ):
            yield NameSpan(i, match.end, _fold_words(doc, i, match.end, vocabulary.prefixes))
            i = match.end
            continue
        j = _run_end(scan, i, vocabulary)
        if j == i:
            i += 1
            continue
        i = _past_field(scan, i, j)
        words = _fold_words(doc, i, j, vocabulary.prefixes)
        if words and not all(w in vocabulary.particles for w in words) and not _of_place(scan, i, vocabulary):
            yield NameSpan(i, j, words)
        i = j


def _past_field(scan: Scan, start: int, end: int) -> int:
    """Where a name begins behind an office's second field: "Minister of Ports and Fisheries | Jane Roe"."""
    tokens = scan.tokens
    i = start - 1
    if end - start < _FIELD_AND_NAME or i < 1:
        return start
    if tokens[i].lower_ in {"for", "of"} and i - 1 in scan.role_at and tokens[start].ent_type_ == "GPE":
        return start + (tokens[start + 1].ent_type_ == "PERSON")  # "the MP for Lund Jane Roe"
    if i < 3 or tokens[i].lower_ not in {"and", "&"}:
        return start
    i -= 1
    while i > 0 and tokens[i].text[0].isupper() and i not in scan.role_at:
        i -= 1
    of = i if tokens[i].lower_ in {"of", "for"} else i - 1 if tokens[i].lower_ == "the" else -1
    return start + 1 if of > 0 and tokens[of].lower_ in {"of", "for"} and of - 1 in scan.role_at else start


_FIELD_AND_NAME = 3  # words of a field and a name of two


def _of_place(scan: Scan, start: int, vocabulary: Vocabulary) -> bool:
    """Whether the words from ``start`` on name a street or place: "Rua das Flores", "Lake Turkana"."""
    i = start - 1
    while i > 0 and scan.tokens[i].lower_ in _PLACE_JOINTS:
        i -= 1
    if i < 0 or scan.tokens[start].is_sent_start:
        return False
    return scan.tokens[i].text[0].isupper() and fold(scan.tokens[i].text) in vocabulary.place_openers


_PLACE_JOINTS = frozenset(
    {"de", "da", "do", "das", "dos", "del", "della", "des", "du", "la", "las", "los", "el"}
)


def _is_full(scan: Scan, name: NameSpan, vocabulary: Vocabulary) -> bool:
    """Whether the name holds more than a surname: "Adjei-Mensah" and "von der Leyen" are surnames."""
    apart = len(scan.doc[name.start : name.end].text.split()) > 1
    return apart and len(name.words) > 1 and name.words[0] not in vocabulary.particles


def _goes_on(doc: Doc, end: int) -> bool:
    """Whether a known name is only the beginning of a longer one."""
    return (
        end < len(doc)
        and doc[end].ent_type_ == "PERSON"
        and doc[end].ent_iob_ == "I"
        and doc[end].text[0].isupper()
    )


def _run_end(scan: Scan, start: int, vocabulary: Vocabulary) -> int:
    doc, i, end = scan.tokens, start, start
    while i < len(doc):
        token = doc[i]
        if _name_token(scan, token, vocabulary):
            i += 1
            end = i
            suffix = i < len(doc) and doc[i].text in {"Jr", "Jr.", "Sr.", "II", "III"}
            if suffix:
                return i + 1
            if (
                i + 1 < len(doc)
                and doc[i].text in {"-", "‑", "–"}
                and not token.whitespace_
                and not doc[i].whitespace_
            ):
                i += 1
                # "Kang Min-jun": the second half of a given name after a family name in front.
                family = fold(doc[start].text) in vocabulary.family_first or i - start >= _DOUBLE_GIVEN
                if doc[i].is_lower and doc[i].is_alpha and (family or _given_in_front(scan, i, vocabulary)):
                    i += 1
                    end = i
            continue
        if i > start and i == end and token.is_sent_start:
            break
        if _particle(token, vocabulary) and (i > start or token.lower_ in _STARTING_PARTICLES):
            i += 1
            while i < len(doc) and (_particle(doc[i], vocabulary) or doc[i].text in {"-", "‑"}):
                i += 1
            if i < len(doc) and _name_token(scan, doc[i], vocabulary):
                continue
            if i < len(doc) and i - end > 1 and doc[i - 1].text == "-" and doc[i].text[0].isupper():
                i += 1  # "al-Sabah", though Sabah is a region
                end = i
                continue
        break
    return end


def _given_in_front(scan: Scan, at: int, vocabulary: Vocabulary) -> bool:
    """Whether a small word behind a hyphen ends a given name ("Min-jun Kang"), as no "-backed" does."""
    doc = scan.tokens
    return doc[at].tag_ == "NNP" and at + 1 < len(doc) and _name_token(scan, doc[at + 1], vocabulary)


_DOUBLE_GIVEN = 3  # tokens before the second half of a given name: family name, first half, hyphen


def _particle(token: Token, vocabulary: Vocabulary) -> bool:
    return token.lower_ in vocabulary.particles


def _name_token(scan: Scan, token: Token, vocabulary: Vocabulary) -> bool:
    text = token.text
    if not text[0].isupper() or not text[0].isalpha() or is_possessive(token):
        return False
    word = fold(text)
    person = token.ent_type_ == "PERSON"
    common = word in vocabulary.not_names and not (person and word in vocabulary.given)
    if common or word.rstrip(".") in vocabulary.titles:
        return False
    match = scan.match_at.get(token.i)
    if match is not None and match.entry.kind != "person":
        joined = person and match.end - match.start == 1 and match.entry.kind in _SHARED
        if not joined or not _inside_longer_person(token) or _sent_to(scan, match.start):
            return False
    if token.i in scan.role_at and not (
        person and token.i > 0 and scan.tokens[token.i - 1].ent_type_ == "PERSON"
    ):
        return False
    if token.i in scan.role_at and token.i - 1 in scan.role_at:
        return False
    capitals = text.isupper() and len(text) >= _MIN_SURNAME and not (person and _are_initials(text))
    if (len(text) == 1 and text in {"I", "A"}) or capitals:
        return False  # capitals all through: a dateline, an acronym
    return token.pos_ == "PROPN" or person or _first_of_person(token)


def _are_initials(text: str) -> bool:
    """Whether this is "J.T." or the like."""
    return text.endswith(".") and all(len(part) == 1 for part in text[:-1].split("."))


def _sent_to(scan: Scan, start: int) -> bool:
    """Whether a state's name is the complement of an office: "envoy to Mali | Kari Lund"."""
    return start - 2 in scan.role_at and scan.tokens[start - 1].lower_ in {"to", "for", "of", "on"}


_SHARED = frozenset({"state", "capital", "place", "region", "outlet"})  # names that people bear as well


def _first_of_person(token: Token) -> bool:
    """Whether a capitalised word that is read as a common one opens a name: "minister, Levent Akar"."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return (
        following is not None
        and not token.is_sent_start
        and token.dep_ in {"compound", "amod", "nmod"}
        and token.head.i >= following.i
        and following.ent_type_ == "PERSON"
        and following.ent_iob_ == "B"
        and following.text[0].isupper()
    )


def _inside_longer_person(token: Token) -> bool:
    doc, i = token.doc, token.i
    apart = i > 0 and doc[i - 1].is_punct and bool(doc[i - 1].whitespace_)  # "LARNACA - Peru and Chile"
    before = i > 0 and doc[i - 1].ent_type_ == "PERSON" and token.ent_iob_ == "I" and not apart
    after = (
        i + 1 < len(doc)
        and doc[i + 1].ent_type_ == "PERSON"
        and doc[i + 1].ent_iob_ == "I"
        and doc[i + 1].is_alpha
    )
    return before or after


def _evidence(scan: Scan, name: NameSpan, vocabulary: Vocabulary) -> float:
    """How much one occurrence speaks for (above 0) or against a person's name."""
    doc = scan.doc
    last = doc[name.end - 1]
    score = _LABEL_VOTES.get(last.ent_type_, 0.0)
    if len(name.words) > 1 and name.words[0] in vocabulary.given:
        score += _GIVEN_VOTE
    if len(name.words) == 1 and last.dep_ in {"dobj", "dative"} and last.head.lemma_ == "tell":
        score += _TOLD_VOTE
    if name.start > 0:
        previous = doc[name.start - 1]
        lone = len(name.words) == 1 or name.words[0] not in vocabulary.given
        if previous.lower_ in vocabulary.media_heads or (lone and previous.text in vocabulary.named_bodies):
            score += _OUTLET_VOTE
        if (
            previous.i in scan.role_at
            or fold(previous.text).rstrip(".") in vocabulary.titles
            or (previous.lower_ in {"named", "called"} and last.ent_type_ != "GPE" and len(name.words) > 1)
        ):
            score += _ROLE_VOTE
        elif previous.text == "," and len(name.words) > 1 and _closes_office(scan, name):
            score += _ROLE_VOTE / 2
        elif (previous.text == "," and len(name.words) > 1 and _closes_office_of_state(scan, name)) or (
            (previous.lower_ in {",", "and"} or previous.i in scan.match_at)
            and len(name.words) > 1
            and _in_office_list(scan, name)
        ):
            score += _ROLE_VOTE
        elif previous.lower_ == "the":
            score += _ARTICLE_VOTE
        elif previous.lower_ == "of" and name.start - 2 in scan.role_at:
            score += _ARTICLE_VOTE if last.ent_type_ == "PERSON" else 2 * _ARTICLE_VOTE  # "the mayor of X"
        elif previous.lower_ == "in" or (previous.lower_ == "at" and last.ent_type_ != "PERSON"):
            score += _IN_VOTE
        elif is_possessive(previous) and name.start - 2 in scan.match_at and last.ent_type_ in {"", "PERSON"}:
            score += _GIVEN_VOTE  # "France's Lemoine"
    if name.start == 0 and opens_with_place(doc, name.end):
        score += _OUTLET_VOTE
    if name.end < len(doc) and doc[name.end].lower_ in vocabulary.area_nouns:
        score += _ARTICLE_VOTE  # "Batken region"
    if last.dep_ == "nsubj" and last.head.pos_ == "VERB":
        score += _SUBJECT_VOTE
    if len(name.words) == 1 and _says_it(scan, name.end):
        score += _OUTLET_VOTE  # "Vialog says it will sail"
    if name.end + 2 < len(doc) and doc[name.end].text == ",":
        if doc[name.end + 1].like_num and doc[name.end + 2].text == ",":
            score += _ROLE_VOTE  # an age
        following = (
            scan.role_at.get(name.end + 1) or scan.role_at.get(name.end + 2) or scan.role_at.get(name.end + 3)
        )
        if following is not None:
            score += _ROLE_VOTE / 2
    return score


def _says_it(scan: Scan, end: int) -> bool:
    """Whether who stands before the token says of itself what "it" will do."""
    words = scan.words.lower[end : end + _SAID_IT]
    if scan.words.tag[end : end + 1] != ["VBZ"] or "it" not in words[1:3]:
        return False
    at = words.index("it")
    return words[at + 1 : at + 2] in (["will"], ["plans"], ["expects"], ["has"])


_SAID_IT = 5  # tokens of "says that it will"


def _closes_office(scan: Scan, name: NameSpan) -> bool:
    """Whether the name stands between commas after an office: "the dockers' leader, X, said"."""
    role = scan.role_at.get(name.start - 2)
    after = scan.tokens[name.end] if name.end < len(scan.tokens) else None
    return role is not None and not role.plural and after is not None and after.text == ","


def _in_office_list(scan: Scan, name: NameSpan) -> bool:
    """Whether the name stands in a list behind an office: "the ministers of Peru and Chile, X and Y"."""
    i = name.start - 1
    while i >= 0 and name.start - i <= _OFFICE_LIST and i not in scan.role_at:
        token = scan.tokens[i]
        listed = i in scan.match_at or token.pos_ == "PROPN" or token.lower_ in {",", "and", "of", "the"}
        if not listed or token.is_sent_start:
            return False
        i -= 1
    role = scan.role_at.get(i)
    return role is not None and role.plural and scan.tokens[role.end].lower_ == "of"


def _closes_office_of_state(scan: Scan, name: NameSpan) -> bool:
    """Whether the name stands between commas after an office and its state: "the president of Norway, X,"."""
    i = name.start - 2
    after = scan.tokens[name.end] if name.end < len(scan.tokens) else None
    if after is None or after.text != "," or i not in scan.match_at:
        return False
    i = scan.match_at[i].start - 1
    if i > 0 and scan.tokens[i].lower_ == "the":
        i -= 1
    role = scan.role_at.get(i - 1)
    joined = scan.tokens[i].lower_ in {"of", "for", "to", "on"}
    return i > 0 and joined and role is not None and not role.plural


def _introduced(scan: Scan, name: NameSpan) -> bool:
    """Whether the text tells who the bearer of a first name is: "Oksana, a pharmacist", "Mutasim, 34"."""
    doc, i = scan.tokens, name.end
    if i + 1 >= len(doc) or doc[i].text != ",":
        return False
    after = doc[i + 1]
    return after.like_num or (after.lower_ in {"a", "an"} and doc[name.end - 1].ent_type_ == "PERSON")


def _title_gender(scan: Scan, name: NameSpan, vocabulary: Vocabulary) -> Gender | None:
    if name.start == 0:
        return None
    return vocabulary.titles.get(fold(scan.tokens[name.start - 1].text).rstrip("."))


def _fold_words(doc: Doc, start: int, end: int, prefixes: Collection[str]) -> tuple[str, ...]:
    """The words of a name in small letters, without "el-" and its like before one."""
    words = [fold(t.text).strip(".") for t in doc[start:end]]
    joined = {i for i, word in enumerate(words[:-1]) if word in prefixes and words[i + 1] == "-"}
    return tuple(w for i, w in enumerate(words) if i not in joined and any(c.isalnum() for c in w))


_DIGRAPH = re.compile("ae|oe|ue")


def _surname(words: tuple[str, ...]) -> str:
    return words[-2] if len(words) > 2 and words[-1] in {"jr", "sr", "ii", "iii", "iv"} else words[-1]


def _display(doc: Doc, name: NameSpan) -> str:
    return " ".join(doc[name.start : name.end].text.split())


def _part_of(known: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether several words begin or end a longer name: "García Hernández" of "José García Hernández"."""
    n = len(words)
    return 1 < n < len(known) and words in {known[:n], known[-n:]}


def _compatible(known: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether two full names may be spellings of one: same surname, given names alike or initials."""
    if _surname(known) != _surname(words):
        return False
    a, b = known[0], words[0]
    if a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]):
        return True
    return a[0] == b[0] and difflib.SequenceMatcher(None, a, b).ratio() >= _SAME_NAME

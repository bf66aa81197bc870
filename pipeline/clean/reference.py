"""Models of the cleaning stage's reference data, and the matchers compiled from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field

from pipeline.dates.calendar import Calendar
from pipeline.reference import Strict, load_reference
from pipeline.text import any_of

Opens = Literal["headlines", "card", "insert", "end", "tail"]
_EDGE = " \t\u00a0\u200b\ufeff•·*►▶▸»«›‹→←↓↑|–—-_:;,.!?…()[]{}<>\"'“”‘’#✓✔✕×♦◆■□●○▲△▼★☆"
_EDGE_BUT_BRACKET = _EDGE.replace("(", "")
_COUNTED = 4
"""Words of a line up to which its numbers are counters ("Comments (14)")."""
_STRAIGHT = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'))
_NAME = r"((?:the )?[A-Z][\w&]*(?: [A-Z][\w&]*){0,3})"
_NAME_AFTER = re.compile(_NAME + r"\b")
_NAME_BEFORE = re.compile(r"\b" + _NAME + "$")
_NAME_REACH = 60
_DOMAIN_REACH = 300
_HEAVY = 3
_LEADING_NUMBER = re.compile(r"^\d[\d,.]*k?\s+")
_COUNT = re.compile(r"\(?\b\d[\d,.]*k?\b\)?")
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]{2,63}\.){1,4}[a-z]{2,12})(?:/\S*)?", re.I)


def plain(text: str) -> str:
    """`text` as cues are compared: casefolded, straight quotation marks, single spaces."""
    for curly, straight in _STRAIGHT:
        text = text.replace(curly, straight)
    return " ".join(text.casefold().split())


def trimmed(text: str) -> str:
    """`plain` without bullets, arrows and punctuation at either end."""
    return plain(text).strip(_EDGE)


class Cue(Strict):
    """Phrases that mark one sort of page furniture; see the head of boilerplate.yaml."""

    rule: str
    exact: list[str] = Field(default_factory=list)
    prefix: list[str] = Field(default_factory=list)
    suffix: list[str] = Field(default_factory=list)
    contains: list[str] = Field(default_factory=list)
    counted: list[str] = Field(default_factory=list)
    max_words: int = Field(default=8, ge=1)
    unfinished: bool = False
    opens: Opens | None = None


class Credit(Strict):
    """What photo credits are recognised by."""

    agencies: list[str]
    prefixes: list[str]
    inside: list[str]
    place_nouns: list[str]


class English(Strict):
    """english.yaml."""

    function_words: frozenset[str]
    shared_words: frozenset[str]
    auxiliaries: frozenset[str]
    headline_verbs: frozenset[str]
    pronouns: frozenset[str]
    report_nouns: frozenset[str]


class Boilerplate(Strict):
    """boilerplate.yaml."""

    cues: list[Cue]
    share_words: list[str]
    section_words: list[str]
    credit: Credit
    company_words: list[str]
    byline_marks: list[str]
    byline_labels: list[str]
    not_names: list[str]
    role_words: list[str]
    office_adjectives: list[str]
    outlet_words: list[str]
    institute_words: list[str]
    generic_owner_words: list[str]
    institution_openings: list[str]
    self_mentions: list[str]
    site_text: dict[int, list[str]]
    self_reference: list[str]


class Publisher(Strict):
    """One entry of publishers.yaml."""

    name: str
    kind: Literal["site", "agency"]
    aliases: list[str] = Field(default_factory=list)
    domains: list[str] = Field(default_factory=list)
    furniture: list[str] = Field(default_factory=list)


class Publishers(Strict):
    """publishers.yaml."""

    publishers: list[Publisher]


class Stamps(Strict):
    """stamps.yaml."""

    time_zones: list[str]
    stamp_words: list[str]
    units_back: dict[int, list[str]]
    back_after: list[str]
    back_before: list[str]
    near_days: dict[str, int]
    post_openers: list[str]
    named_times: dict[str, int]
    solar_months: list[list[str]]


class State(BaseModel):
    """What cleaning reads of a state in countries.yaml: names of places, which name no site by themselves."""

    name: str
    adjectives: list[str] = Field(default_factory=list)
    capitals: list[str] = Field(default_factory=list)


class States(BaseModel):
    """countries.yaml."""

    countries: list[State]


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue that a line matches."""

    rule: str
    opens: Opens | None
    unfinished: bool = False
    """Whether only a line without a full stop counts."""


class Knowledge:
    """All reference data of the cleaning stage, compiled for look-up by line."""

    def __init__(
        self,
        boilerplate: Boilerplate,
        publishers: Publishers,
        stamps: Stamps,
        english: English,
        calendar: Calendar,
        states: States,
    ) -> None:
        self.publishers = publishers.publishers
        self.stamps = stamps
        self.english = english
        self._states = frozenset(
            plain(n) for s in states.countries for n in (s.name, *s.adjectives, *s.capitals)
        )
        self._capitals = frozenset(n for s in states.countries for n in s.capitals)
        self.share_words = frozenset(boilerplate.share_words)
        self.section_words = frozenset(boilerplate.section_words)
        self.credit_agencies = frozenset(map(plain, boilerplate.credit.agencies))
        self.credit_prefixes = tuple(map(plain, boilerplate.credit.prefixes))
        self.place_nouns = frozenset(map(plain, boilerplate.credit.place_nouns))
        self.credit_inside = tuple(map(plain, boilerplate.credit.inside))
        self.credit_ends = tuple(f"{mark}{a}" for a in self.credit_agencies for mark in (" / ", "/", "| "))
        self._site_text = [
            (weight, re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(plain(p)) for p in phrases)})(?!\w)"))
            for weight, phrases in boilerplate.site_text.items()
        ]
        self._exact: dict[str, Hit] = {}
        self._prefix: list[tuple[tuple[str, ...], int, Hit]] = []
        self._counted: list[tuple[tuple[str, ...], int, Hit]] = []
        self._suffix: list[tuple[tuple[str, ...], int, Hit]] = []
        self._contains: list[tuple[re.Pattern[str], int, Hit]] = []
        for cue in boilerplate.cues:
            hit = Hit(cue.rule, cue.opens, cue.unfinished)
            for phrase in cue.exact:
                known = self._exact.get(trimmed(phrase))
                # A phrase in two cues keeps what it opens: "related" lists and "related" menu items.
                if known is None or (known.opens is None and hit.opens is not None):
                    self._exact[trimmed(phrase)] = hit
            if cue.prefix:
                self._prefix.append((tuple(map(plain, cue.prefix)), cue.max_words, hit))
            if cue.counted:
                self._counted.append((tuple(map(plain, cue.counted)), cue.max_words, hit))
            if cue.suffix:
                self._suffix.append((tuple(map(plain, cue.suffix)), cue.max_words, hit))
            if cue.contains:
                phrases = any_of(map(plain, cue.contains))
                self._contains.append((re.compile(rf"(?<!\w)(?:{phrases})(?!\w)"), cue.max_words, hit))
        self._longest_cue = max(cue.max_words for cue in boilerplate.cues)
        marks = any_of(boilerplate.byline_marks)
        labels = any_of(boilerplate.byline_labels)
        self.byline_mark = re.compile(rf"^(?:(?:{marks}):?|(?:{labels}):)\s+(?=\S)", re.I)
        self.not_names = frozenset(map(plain, boilerplate.not_names)) | self.section_words
        self.role_words = frozenset(map(plain, boilerplate.role_words))
        self.office_adjectives = frozenset(map(plain, boilerplate.office_adjectives))
        self.outlet_words = frozenset(map(plain, boilerplate.outlet_words))
        self._institutes = frozenset(map(plain, boilerplate.institute_words))
        self.generic_owner_words = frozenset(map(plain, boilerplate.generic_owner_words))
        self.institution_openings = tuple(map(plain, boilerplate.institution_openings))
        self._self_mentions = [
            re.compile(
                rf"{re.escape(before)}(?:the\s)?(.{{2,40}}?){re.escape(after)}(?:$|[.,!|(]|\s(?:premium|pro|plus)$)",
                re.I,
            )
            for before, _, after in (phrase.partition("{name}") for phrase in boilerplate.self_mentions)
        ]
        self.company_words = frozenset(map(plain, boilerplate.company_words))
        self._self_reference = [tuple(phrase.split("{name}")) for phrase in boilerplate.self_reference]
        self.by_name: dict[str, Publisher] = {}
        self.by_domain: dict[str, Publisher] = {}
        for publisher in self.publishers:
            for name in (publisher.name, *publisher.aliases):
                self.by_name.setdefault(trimmed(name), publisher)
            for domain in publisher.domains:
                self.by_domain[domain.casefold()] = publisher
            for phrase in publisher.furniture:
                self._exact.setdefault(trimmed(phrase) or plain(phrase), Hit("publisher_furniture", None))
        self.agencies = [p for p in self.publishers if p.kind == "agency"]
        self.months: dict[str, int] = {}
        for foreign in calendar.foreign_months.values():
            self.months.update((name.casefold(), number) for number, name in enumerate(foreign, 1))
        for number, names in enumerate(calendar.months, 1):
            self.months.update((name.casefold(), number) for name in names)
        self.solar_months = {
            name.casefold(): number for number, names in enumerate(stamps.solar_months, 1) for name in names
        }
        self.weekdays = {
            name.casefold(): number for number, names in enumerate(calendar.weekdays) for name in names
        }

    def is_place(self, word: str) -> bool:
        """Whether a word, as written, is the name of a capital."""
        return word in self._capitals

    def names_outlet(self, key: str) -> bool:
        """Whether a name holds a word of the names of outlets and institutes, with others."""
        words = key.removeprefix("the ").split()
        own = [w in self.outlet_words or w in self._institutes for w in words]
        # "Press Review" and "Briefing Room" are sections.
        return any(own[1:]) and not own[0] and words[0] not in self.section_words

    def is_section(self, line_key: str, words: Sequence[str]) -> bool:
        """Whether a line names a section of a site: a state, its people, or words of menus and such names.

        Args:
            line_key: the line as `plain` gives it.
            words: its words in lower case.
        """
        return line_key in self._states or all(
            w in self.section_words or w in self._states or w in ("and", "the", "of") for w in words
        )

    def site_text_weight(self, key: str) -> int:
        """Sum of the weights of a line's words by which sites speak of themselves and to their readers.

        The lightest words ("our", "news") count only beside heavier ones.
        """
        weights = {w: w * len(set(pattern.findall(key))) for w, pattern in self._site_text if w > 1}
        heavy = sum(weights.values())
        if heavy < _HEAVY:
            return 0
        return heavy + sum(w * len(set(pattern.findall(key))) for w, pattern in self._site_text if w == 1)

    def named_by_site(self, text: str) -> str | None:
        """What a line of furniture may name as its own site ("Why you can trust X"), as written."""
        straight = text.replace("’", "'")
        for pattern in self._self_mentions:
            match = pattern.match(straight)
            if match is not None:
                return match.group(1).strip()
        return None

    def self_references(self, text: str) -> Iterator[tuple[str, int]]:
        """Names of whose staff or pages the text speaks as an outlet speaks of its own, and in which way."""
        for way, (before, after) in enumerate(self._self_reference):
            # The first letter of the phrase may be a capital.
            literal = before[1:] or after
            at = text.find(literal)
            while at >= 0:
                end = at + len(literal)
                match = (
                    _NAME_AFTER.match(text[end : end + _NAME_REACH])
                    if before
                    else _NAME_BEFORE.search(text[max(0, at - _NAME_REACH) : at])
                )
                if match is not None:
                    yield match.group(1), way
                at = text.find(literal, end)

    def cue(self, key: str, n_words: int) -> Hit | None:
        """The first cue that a line matches: whole line, then beginning, end, inside.

        Args:
            key: the line as `plain` gives it.
            n_words: number of its words.
        """
        if n_words > self._longest_cue:
            return None
        bare = key.strip(_EDGE)
        hit = self._exact.get(bare or key)
        if hit is None and n_words <= _COUNTED:
            hit = self._exact.get(_COUNT.sub("", bare).strip(_EDGE))
        if hit is not None:
            return hit
        whole = key.lstrip(_EDGE_BUT_BRACKET)
        for phrases, most, hit in self._prefix:
            if (
                n_words <= most
                and (whole.startswith(phrases) or key.startswith(phrases))
                and not (hit.unfinished and whole[-1:] in ".!")
            ):
                return hit
        if whole[:1].isdigit():
            after = _LEADING_NUMBER.sub("", whole)
            for phrases, most, hit in self._counted:
                if n_words <= most and after.startswith(phrases):
                    return hit
        for phrases, most, hit in self._suffix:
            if n_words <= most and whole.endswith(phrases):
                return hit
        for pattern, most, hit in self._contains:
            if n_words <= most and pattern.search(whole):
                return hit
        return None

    def publisher_of_domain(self, text: str) -> Publisher | None:
        """The known publisher whose domain `text` holds."""
        match = _DOMAIN.search(text[:_DOMAIN_REACH])
        if match is None:
            return None
        domain = match.group(1).casefold()
        while domain.count(".") >= 1:
            if domain in self.by_domain:
                return self.by_domain[domain]
            domain = domain.split(".", 1)[1]
        return None


def load_knowledge(folder: Path) -> Knowledge:
    """Read all reference data of the cleaning stage; raise ReferenceDataError on a bad file."""
    return Knowledge(
        load_reference(folder / "boilerplate.yaml", Boilerplate),
        load_reference(folder / "publishers.yaml", Publishers),
        load_reference(folder / "stamps.yaml", Stamps),
        load_reference(folder / "english.yaml", English),
        load_reference(folder / "calendar.yaml", Calendar),
        load_reference(folder / "countries.yaml", States),
    )

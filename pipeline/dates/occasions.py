"""Occasions that documents share: what a dated one says of their days, and what that tells of others."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.dates.calendar import distance, load_calendar, shift, width
from pipeline.dates.cues import Cue, sentences
from pipeline.dates.expressions import DateExpression, find_dates
from pipeline.dates.tense import tense_around
from pipeline.model import DateRange

_MIN_STRENGTH = 1.5
# Names that two documents must share for one to tell the other's year, and how unlikely it must be that words
# so rare come together by chance (minus its logarithm, as if each came by itself): below it, most matches of
# dated pages whose own dates were hidden were with another round of the same talks, in corpora of one year or
# of thirty.
_ENOUGH_SHARED = 3
_SURE_OF_YEAR = 34.0
# Share of their words from which on two sentences are one that was taken over, and how many they must have.
_TAKEN_OVER, _LEAST_WORDS = 0.7, 6
# Words below this rarity are too common to look occasions up by.
_MIN_RARITY = 0.35
_MAX_PAIRS = 16
_MAX_LOOKED_AT = 400
_MAX_SPAN = 31
_MAX_CONTEXT = 4000
# Title and first paragraphs: what they tell is news.
_LEAD_LINES = 4
# Days around an occasion that it brings into question as days of the report.
_AROUND = 45
# A place belongs to a date that stands within so many characters.
_NEAR = 45
_WORD = re.compile(r"[A-Za-zÀ-ÿА-яІіЇїЄє][\w'’.-]{0,40}")
_PLACE = re.compile(r"\b(?:in|at|to|near|from|over)\s(?:the\s)?((?:[A-ZÀ-Ý][\w'’.-]{1,40}\s?){1,3})")
# Where an occasion was: "talks in Paris", "met the envoy at Example Hall".
_SITE = re.compile(r"\b(?:in|at|near)\s(?:the\s)?((?:[A-ZÀ-Ý][\w'’.-]{1,40}\s?){1,3})")
_SITE_REACH = 30
# "30-day", "28-point": a count that marks one truce or plan among others; small counts mark nothing.
_MARK = re.compile(r"(?<![\w.,])([1-9]\d{1,3})-([a-z]{3,12})\b(?!-old)")
_UNITS = {"day": 1, "week": 7, "month": 30}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its words in comparable form.

    `names` are the words written with a capital, `places` those of them that follow "in" or the like and
    are no mere part of a region's name,
    `marks` the counts like "30-day", `around` the names of the whole line and of the next. `is_lead`
    tells that it stands in the first lines of the document.
    """

    text: str
    words: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    marks: frozenset[str]
    has_noun: bool
    is_lead: bool
    around: frozenset[str]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A sentence of a dated document with the days on which what it tells takes place.

    `places` are the names close to the words that give the days.
    """

    document_id: str
    sentence: Sentence
    days: DateRange
    reason: str
    places: frozenset[str]


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    return frozenset(load_calendar().occasion_nouns)


@lru_cache(maxsize=1)
def _gatherings() -> frozenset[str]:
    return frozenset(load_calendar().gathering_nouns)


@lru_cache(maxsize=1)
def _regions() -> frozenset[str]:
    return frozenset(load_calendar().region_words)


@lru_cache(maxsize=1)
def _calendar_words() -> frozenset[str]:
    own = load_calendar()
    return frozenset(n.lower() for names in own.months + own.weekdays for n in names)


@lru_cache(maxsize=1)
def _expiry() -> re.Pattern[str]:
    joined = "|".join(re.escape(w) for w in load_calendar().expiry_words)
    return re.compile(rf"\b(?:{joined})\b")


@lru_cache(maxsize=65_536)
def _key(token: str) -> str:
    return token.lower().replace("’", "'").removesuffix("'s").replace(".", "").rstrip("'-")


@lru_cache(maxsize=65_536)
def _told(token: str) -> tuple[str, bool, bool] | None:
    """Key of a token, whether it has a capital, whether it counts as a word; None if it tells nothing."""
    key = _key(token)
    if len(key) < 2 or key in _calendar_words():
        return None
    return key, token[0].isupper(), len(key) >= 4 or token.isupper()


def read_sentence(text: str, around: frozenset[str] = frozenset(), is_lead: bool = False) -> Sentence:
    """Bring a sentence into comparable form."""
    words, names, places, marks, has_noun = _parts(text)
    return Sentence(text, words, names, places, marks, has_noun, is_lead, around | names)


@lru_cache(maxsize=8192)
def _parts(
    text: str,
) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], bool]:
    """Words, names, places and marks of a sentence, and whether it has a noun for occasions."""
    words: set[str] = set()
    names: set[str] = set()
    for i, told in enumerate(map(_told, _WORD.findall(text))):
        if told is None:
            continue
        key, is_capital, is_word = told
        if is_capital and i > 0:
            names.add(key)
        if is_word:
            words.add(key)
    places = {_key(t) for group in _PLACE.findall(text) for t in group.split()}
    marks = frozenset(f"{n}-{u}" for n, u in _MARK.findall(text))
    return (
        frozenset(words),
        frozenset(names),
        frozenset((places & names) - _regions()),
        marks,
        bool(words & _nouns()),
    )


def read_lines(lines: Sequence[str]) -> list[Sentence]:
    """All sentences of the lines in comparable form."""
    names = [read_sentence(line[:_MAX_CONTEXT]).names for line in lines] + [frozenset()]
    return [
        read_sentence(s, names[i] | names[i + 1], i < _LEAD_LINES)
        for i, line in enumerate(lines)
        for s in sentences(line)
    ]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an occasion must share with the sentences of undated documents to tell them anything."""

    places: frozenset[str]
    marks: frozenset[str]

    def may_tell(self, sentence: Sentence) -> bool:
        """Whether an occasion of the sentence could match; its places are some of its names."""
        return not (self.places.isdisjoint(sentence.names) and self.marks.isdisjoint(sentence.marks))


def wanted_by(documents: Iterable[Sequence[Sentence]]) -> Wanted:
    """Places and marks that the documents' sentences on occasions name."""
    places: set[str] = set()
    marks: set[str] = set()
    for document in documents:
        for sentence in document:
            if sentence.has_noun or sentence.marks:
                places |= sentence.places
                marks |= sentence.marks
    return Wanted(frozenset(places), frozenset(marks))


def occasions_of(document_id: str, lines: Sequence[str], reports: Sequence[DateRange]) -> Iterator[Occasion]:
    """Dated occasions of a document whose lines come with the days of their report."""
    own = [[read_sentence(text) for text in sentences(line)] for line in lines]
    for i, report in enumerate(reports):
        told = [s for s in own[i] if s.has_noun or s.marks]
        if not told:
            continue
        around = frozenset(n for line in lines[i : i + 2] for n in read_sentence(line[:_MAX_CONTEXT]).names)
        for sentence in told:
            text = sentence.text
            sentence = replace(sentence, around=around | sentence.names)
            if sentence.marks and width(report) <= _MAX_SPAN:
                yield Occasion(document_id, sentence, report, "the day of its report", frozenset())
            if not sentence.has_noun:
                continue
            for expression in find_dates(text, report):
                if expression.days is not None and _is_narrow(expression):
                    near = text[max(0, expression.char_start - _NEAR) : expression.char_end + _NEAR]
                    places = frozenset(_key(m[0]) for m in _WORD.finditer(near)) & sentence.names - _regions()
                    yield Occasion(document_id, sentence, expression.days, f"“{expression.text}”", places)
                    yield from _beginning(document_id, sentence, expression.days)


def _is_narrow(e: DateExpression) -> bool:
    return e.days is not None and e.kind == "point" and width(e.days) <= _MAX_SPAN


def _beginning(document_id: str, sentence: Sentence, end: DateRange) -> Iterator[Occasion]:
    """A limited time that ended on known days began as long before, give or take a day."""
    if width(end) > 1 or _expiry().search(sentence.text) is None:
        return
    for mark in sorted(sentence.marks):
        count, unit = mark.split("-")
        if unit in _UNITS:
            days = int(count) * _UNITS[unit]
            began = shift(end, -days - 1, -days + 1)
            yield Occasion(document_id, sentence, began, f"end of the {mark} time", frozenset())


def counted(lines: Iterable[str]) -> tuple[int, Counter[str]]:
    """How many sentences the lines have, and how many of them hold each word, name or mark."""
    holding: Counter[str] = Counter()
    total = 0
    for line in lines:
        for text in sentences(line):
            total += 1
            words, names, _, marks, _ = _parts(text)
            holding.update(words | names | marks)
    return total, holding


def rarity(holding: Mapping[str, int], total: int) -> dict[str, float]:
    """Weight of each word, 0 to 1: how few of all sentences hold it.

    In hundredths, so that a document more or less hardly moves any, nor what has been worked out with them.
    """
    top = math.log(total + 1) or 1.0
    return {word: round(math.log((total + 1) / n) / top, 2) for word, n in holding.items()}


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of an undated document that seems to tell of a dated occasion, and how strongly."""

    strength: float
    sentence: Sentence
    occasion: Occasion
    words: tuple[str, ...]

    def bounds_year(self, sentences: int) -> bool:
        """Whether it may date a document that says nothing of its year itself.

        Others meet at the same place in other years, and the same ones do, too: more than the place and one
        name must be the same, and the words rare among all `sentences`, or nearly all of them the same. A
        count such as "30-day" is rarer than a name, and stands for two.
        """
        names = self.sentence.names & self.occasion.sentence.around - _regions()
        marks = self.sentence.marks & self.occasion.sentence.marks
        # `rarity` gives weights as shares of the logarithm of a word's chance that the rarest one has.
        surprise = self.strength * math.log(sentences + 1)
        enough = len(names) + 2 * len(marks) >= _ENOUGH_SHARED
        return enough and (surprise >= _SURE_OF_YEAR or self._taken_over)

    @property
    def _taken_over(self) -> bool:
        """Whether the sentence is the occasion's own, in nearly the same words."""
        own, other = self.sentence.words, self.occasion.sentence.words
        together = own | other
        return len(together) >= _LEAST_WORDS and len(own & other) >= _TAKEN_OVER * len(together)


class Occasions:
    """Occasions of dated documents, found by the rarer words of their sentences."""

    def __init__(self, occasions: Sequence[Occasion], weights: Mapping[str, float]) -> None:
        self.weights = weights
        self._occasions = occasions
        self._by_word: dict[str, list[int]] = {}
        self._by_place: dict[str, set[int]] = {}
        self._by_mark: dict[str, set[int]] = {}
        self._of: dict[str, set[int]] = {}
        for i, occasion in enumerate(occasions):
            told = occasion.sentence
            for word in told.words | told.around | told.marks:
                if weights.get(word, 0.0) >= _MIN_RARITY:
                    self._by_word.setdefault(word, []).append(i)
            for place in occasion.places:
                self._by_place.setdefault(place, set()).add(i)
            for mark in told.marks:
                self._by_mark.setdefault(mark, set()).add(i)
            self._of.setdefault(occasion.document_id, set()).add(i)

    def near(self, sentence: Sentence, document_id: str) -> list[Occasion]:
        """Occasions of other documents that may be the sentence's, in order.

        They share a rare name or a mark with it, and a place or a mark.
        """
        told: set[int] = set()
        for place in sentence.places:
            told.update(self._by_place.get(place, ()))
        for mark in sentence.marks:
            told.update(self._by_mark.get(mark, ()))
        own = self._of.get(document_id, set())
        near: set[int] = set()
        for word in sentence.names | sentence.marks if told else ():
            # Looking at more would make this quadratic, and a word of so many occasions tells little.
            if len(here := self._by_word.get(word, ())) > 2 * _MAX_LOOKED_AT:
                continue
            if len(here) - len(own.intersection(here)) <= _MAX_LOOKED_AT:
                near.update(here)
        return [self._occasions[i] for i in sorted((near & told) - own)]


def compared(
    document_id: str, own: Sequence[Sentence], occasions: Occasions
) -> list[tuple[Sentence, list[Occasion]]]:
    """The sentences of a document that may tell of occasions, each with those of other documents near it."""
    return [(s, occasions.near(s, document_id)) for s in own if s.has_noun or s.marks]


def matches(near: Iterable[tuple[Sentence, Sequence[Occasion]]], weights: Mapping[str, float]) -> list[Match]:
    """The strongest matches of a document's sentences with occasions near them, as `compared` gives them.

    Both name an occasion, and share a place, or a limited time of the same length, and rare words.
    """
    each = (_match(sentence, occasion, weights) for sentence, others in near for occasion in others)
    found = [match for match in each if match is not None]
    found.sort(key=lambda m: (-m.strength, m.sentence.text, m.occasion.document_id, m.occasion.days.first))
    kept: list[Match] = []
    seen: set[object] = set()
    for match in found:
        # One occasion speaks once, and so does one sentence: repetition is no further evidence.
        keys = {match.sentence.text, (match.occasion.document_id, match.occasion.days)}
        if not keys & seen:
            seen |= keys
            kept.append(match)
    return kept[:_MAX_PAIRS]


def _match(sentence: Sentence, occasion: Occasion, weights: Mapping[str, float]) -> Match | None:
    other = occasion.sentence
    marks = sentence.marks & other.marks
    names = sentence.names & other.around
    words = (sentence.words & other.words) - names
    strength = sum(weights[w] for w in names) + 0.5 * sum(
        weights[w] for w in words if weights[w] >= _MIN_RARITY
    )
    # Rounded, so that the order in which they are added is of no account.
    strength = round(strength + 1.0 * len(marks), 3)
    if strength < _MIN_STRENGTH:
        return None
    # Who is spoken of may be the same in another year; the place of another meeting is not.
    here, there = _sites(sentence.text), _sites(other.text)
    if here and there and here.isdisjoint(there):
        return None
    dated = _own_days(sentence.text)
    if dated is not None and distance(dated, occasion.days) != 0:
        return None
    ranked = sorted(names | words | marks, key=lambda w: (-weights[w], w))
    return Match(strength, sentence, occasion, tuple(ranked))


@lru_cache(maxsize=8192)
def _sites(text: str) -> frozenset[str]:
    """Keys of the names of places that stand right behind a noun for people who come together."""
    found: set[str] = set()
    for site in _SITE.finditer(text):
        before = _WORD.findall(text[max(0, site.start() - _SITE_REACH) : site.start()])
        if not _gatherings().isdisjoint(map(_key, before)):
            found.update(_key(word) for word in site[1].split())
    return frozenset(found)


@lru_cache(maxsize=4096)
def _own_days(text: str) -> DateRange | None:
    """The days that a sentence gives with their year."""
    return next((e.days for e in find_dates(text, None) if e.days is not None), None)


_WEEKLY_RULES = frozenset({"weekday", "deictic", "period", "period_part"})
_MONDAY = dt.date(2024, 1, 1)


def cue_of(match: Match) -> Cue:
    """What a match says of the day: by the weekday or week in the undated sentence, else by its tense."""
    days = match.occasion.days
    source = f"{days.first} to {days.last} by {match.occasion.reason} in {match.occasion.document_id}"
    about = f"{', '.join(match.words[:4])}: {source}"
    around = shift(days, -_AROUND, _AROUND)
    # A day that fits is much likelier than one of the year that does not, even if the match may be chance.
    weight = min(2.0, (match.strength - 1) / 1.2)
    tied = _weekly(match.sentence.text)
    if tied is not None:
        text, offsets = tied

        def same_time(day: dt.date) -> float:
            for lo, hi in offsets[day.weekday()]:
                if day + dt.timedelta(days=lo) <= days.last and days.first <= day + dt.timedelta(days=hi):
                    return 0.0
            return -3.0 - 1.5 * weight

        return Cue(f"“{text}” is the time of {about}", same_time, around)
    tense = tense_around(match.sentence.text, len(match.sentence.text), len(match.sentence.text))

    scale, cap = (1.25, 3.5 + 1.2 * weight) if match.sentence.is_lead else (14.0, 2.0 + weight)

    def by_tense(day: dt.date) -> float:
        if day < days.first:
            gap, wrong = (days.first - day).days, tense == "past"
        else:
            gap, wrong = max(0, (day - days.last).days), tense == "future" and day > days.last
        return -cap if wrong else -min(cap, gap / scale)

    told = {"past": "after", "future": "before", None: "about"}[tense]
    return Cue(f"speaks {told} {about}", by_tense, around)


def _weekly(text: str) -> tuple[str, list[list[tuple[int, int]]]] | None:
    """The first phrase that is read by the report's weekday alone, with its readings for each weekday.

    Readings are offsets in days from the report to the first and last day.
    """
    offsets: list[list[tuple[int, int]]] = []
    phrase = ""
    for on in range(7):
        here = _MONDAY + dt.timedelta(days=on)
        weekly = [e for e in find_dates(text, DateRange(here, here)) if _is_weekly(e)]
        if not weekly:
            return None
        phrase = weekly[0].text
        # On a Sunday "last week" is the week that is ending, as good as always.
        others = () if on == 6 and not weekly[0].weekday_only else weekly[0].alternatives
        readings = [*others, *([weekly[0].days] if weekly[0].days is not None else [])]
        offsets.append([((r.first - here).days, (r.last - here).days) for r in readings])
    return phrase, offsets


def _is_weekly(e: DateExpression) -> bool:
    return e.rule in _WEEKLY_RULES and e.granularity in {"day", "week"}

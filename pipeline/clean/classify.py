"""Which lines of a page are editorial text: scores from the signals of each line, zones from the scores.

A page is furniture, text, furniture. Every line gets a score, positive for prose; the text zone is the
run of lines with the greatest sum. Within a zone each line is then decided by its own signals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.clean.lines import Line
from pipeline.clean.reference import Hit, Knowledge
from pipeline.clean.stamps import Stamp, StampReader
from pipeline.model import BlockKind

_OPENING = 150
_LONGEST_CREDIT = 100
_CREDIT_WORDS = 7
_ADVERT_WORDS = 40
_TOLD = 12
PERSON_FIRST = re.compile(r"(?:[A-ZÀ-Ž][\w'’.-]+\s){1,3}[A-ZÀ-Ž][\w'’.-]+(?:,|\s(?=[a-z]))")
"""A caption that opens with who is to be seen."""
_LONGEST_STAMP = 16
_CRY = 12
"""Words from which on a line with a mark of exclamation may be a sentence of a text."""
_ALLOWED = 2
"""Words beside a day without its year."""
_ITEM_WORDS = 3
"""Words behind the day that a line opens with."""
_LABELS = re.compile(r"\b[A-Z]\w+\.? :(?=\s|$)")
"""What a form of a site names its fields by: "Author : ... Date : ... Page No. : ..."."""
_FILE = re.compile(
    r"^(?=\S*\d)[\w.-]+(?:_[\w.-]+|\.(?:jpe?g|png|gif|webp|mp4))$|"
    r"^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$",
    re.I,
)
"""The name of a picture's file, or its number."""
_MANY_LABELS = 3
_LABELLED = 40
_LONGEST_FILE = 120
_SITE_TEXT = 4
_LONGEST_SITE_TEXT = 150
_SITE_TEXT_DENSITY = 0.08
_COPYRIGHT = re.compile(
    r"(?:©|&copy;|\bcopyright\b)\s*(?:©|\(c\)|copyright|\d{4}|[A-Z])|\(c\)\s*(?:©|copyright|\d{4})", re.I
)
_ABOUT = re.compile(r"^About\s+\S")
BULLET = re.compile(r"^(?:[•·▪◦‣*–—-]|\d{1,2}[.)])\s+\S")
_POINT_END = re.compile(r"[;:]$|[;,] (?:and|or)$")
_YEAR_NEAR = re.compile(r"^\(c\)\D{0,40}\b(?:19|20)\d{2}\b", re.I)
_TIMED_ADVERT = re.compile(
    r"^(?:\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?)?\s*(?:[-–—|:]\s*)?)?"
    r"(?:ADVERTISEMENT|Advertisement|SPONSORED|Sponsored|PROMOTED|Promoted|PAID POST|Paid post|AD)\s?[:|–—]\s"
)
"""An advertisement among the posts of a feed, which bears a time as they do."""
_COUNT = re.compile(r"\d[\d.]*[km]?")
_IN_NUMBERS = re.compile(r"[%$€£:/–—-]\s*\d|\d\s*[%$€£:/–—-]")
"""What tells numbers with a meaning (dates, times, sums, ranges) from counters of clicks."""
_REFERENCE = re.compile(r"^\[?\d{1,3}[\].)]?\s*(?:https?://|www\.)\S+", re.I)
_NAME = re.compile(r"[A-ZÀ-ÞĀ-Ž][\w'’.-]{0,40}(?:\s{1,9}(?:[a-z]{1,3}\s{1,9})?[A-ZÀ-ÞĀ-Ž][\w'’.-]{1,40})+")
_WHERE = re.compile(r"\s(?:at|in|on|to|by)\s")
# "The hall on Tuesday. (Jane Doe/XYZ)", "(XYZ News: Jane Doe)", "... on Saturday. — XYZ Photo"
_CREDIT_END = re.compile(
    r"(?:\((?:[A-Z][\w.'’& -]{1,40}(?:/|: ?)[A-Z][\w.'’&/ -]{1,40}|[^()]{0,40}\bPhotos?\b[^()]{0,40})\)|"
    r"[—–-]\s?(?:[A-Z][\w.'’&-]{0,30}\s){1,3}(?:Photos?|Images?|Pictures|Archives?|Files))\.?$"
)
_DATED_END = re.compile(r"\((?:\d{1,2} )?[A-Z][a-z]{2,8} (?:\d{1,2}, )?(?:19|20)\d{2}\)$")
"""The day of a picture that ends its caption."""
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z./' -]{2,40})(?:,(?:\s[A-Z][a-z]{2,3}\.|[^.—–-]){0,40})?"
    r"(?:\([^)]{2,30}\)|\.)?\s*(?:--|[-—–:])\s"
)
# "Tehran, July 14, PNA - ", "Oslo (NTX) – 14 July 2026 – ": written as other words are, with a date inside.
_MIXED_DATELINE = re.compile(
    r"^[A-Z][\w.'’-]+(?:[ /][A-Z][\w.'’-]+){0,3}(?: ?\([A-Z][\w .&-]{1,28}\))?(?:,| [-–—]) "
    r"[^.!?–—()]{0,24}\d[^!?–—()]{0,12}?(?:\([A-Z][\w .&-]{1,28}\))?(?:, ?[A-Z][\w&.-]{1,20}\.?)?"
    r" ?(?:--|[-–—:])\s"
)
# "OSLO, July 14, 2026. /NTX/. ", "Oslo, Jul. 14, 2026 (NTX).- ": the agency stands last.
_SIGNED_DATELINE = re.compile(
    r"^[A-Z][\w.'’-]+(?:[ /][A-Z][\w.'’-]+){0,3}, [^!?–—()/]{0,24}\d[^!?–—()/]{0,12}?"
    r"(?:\([A-Z][\w .&-]{1,28}\)|/[A-Z][\w .&-]{1,28}/) ?(?:\. ?[-–—]?|[-–—:])\s"
)
DAY_FIRST = re.compile(
    r"^(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.? \d{1,2},) (?:19|20)\d{2} ?[-–—]\s(?=[A-Z\"“‘'])"
)
"""A text that opens with its day: "14 July 2026 – The envoys ..."; an item of a chronology does so, too."""


# "Envoys are back, published at 18:11 Greenwich Mean Time 21 November": run together or not.
_POSTED = re.compile(
    r"(?:published|posted|updated|(?<=[\s\W])(?:Published|Posted|Updated))\s(?:at|on)?\s?(?=\d)[^.!?“”\"]{4,60}$"
)
# "Envoys are back (9:38 p.m.)"
_IN_BRACKETS = re.compile(r"[(\[](?=[^()\[\]]{0,24}\d)[^()\[\]]{3,30}[)\]]$")


@dataclass(slots=True)
class Judged:
    """A line with the signals that were read from it and, at the end, the decision."""

    line: Line
    hit: Hit | None
    stamp: Stamp | None
    score: float
    signal: str | None
    """Name of a signal that by itself marks furniture, or None."""
    caption: bool = False
    """Whether the line is the caption of a picture that names people, with its credit."""
    dateline: Stamp | None = None
    """Date in the dateline that opens the line."""
    posted: Stamp | None = None
    """Time, perhaps with the day, that ends the heading of a feed's post."""
    led: Stamp | None = None
    """Time, perhaps with the day, that opens the line of a feed's post."""
    kind: BlockKind = "body"
    rule: str = "prose"

    def decide(self, kind: BlockKind, rule: str) -> None:
        self.kind, self.rule = kind, rule


def opens_with_day(stamp: Stamp) -> bool:
    """Whether a line opens with its day and goes on, as an item of a list of days does."""
    return stamp.has_day and stamp.before == 0 and len(stamp.rest) >= _ITEM_WORDS


def is_whole_stamp(line: Line, stamp: Stamp | None) -> bool:
    """Whether the line is a date or time and nothing else that matters."""
    if stamp is None or "by" in (w.casefold() for w in stamp.rest):
        return False
    if stamp.before == 2 and "," not in line.text[: line.text.find(stamp.rest[1]) + len(stamp.rest[1]) + 2]:
        return False
    if stamp.has_day and stamp.year is not None:
        # "Wednesday, 4 March 2026 - Envoys in Oslo." is an item of a list of days.
        item = line.ends_sentence and opens_with_day(stamp)
        told = not stamp.updated and (item or line.tells(stamp.rest))
        return len(stamp.rest) <= 4 and stamp.before <= 2 and not told
    if line.ends_sentence and len(stamp.rest) == _ALLOWED and stamp.before == 0:
        return False  # "9 May - Peru answers."
    return len(stamp.rest) <= (_ALLOWED if stamp.has_day else 0) and line.n_words <= _LONGEST_STAMP


def read_signals(line: Line, knowledge: Knowledge, reader: StampReader) -> Judged:
    """All signals of one line."""
    hit = line.hit(knowledge)
    stamp = reader.read(line.text)
    caption = _caption(line, knowledge)
    signal = _furniture_signal(line, hit, caption, knowledge)
    score = _prose_score(line)
    opens = (_DATELINE, _MIXED_DATELINE, _SIGNED_DATELINE, DAY_FIRST)
    opening = next((found for each in opens if (found := each.match(line.text[:_OPENING]))), None)
    dateline = reader.read(opening.group()) if opening is not None else None
    dated = dateline is not None and dateline.has_day
    posted = _posted(line, reader)
    dateline = dateline if dated else None
    led = reader.opening(line.text)
    return Judged(line, hit, stamp, score, signal, caption == "caption", dateline, posted, led)


def _posted(line: Line, reader: StampReader) -> Stamp | None:
    """The time that ends a heading, in brackets or behind the word that says that it was posted then."""
    told = _POSTED.search(line.text) or _IN_BRACKETS.search(line.text)
    stamp = None if told is None or told.start() == 0 else reader.read(told.group())
    return stamp if stamp is not None and stamp.time is not None and not stamp.rest else None


def _furniture_signal(line: Line, hit: Hit | None, caption: str | None, knowledge: Knowledge) -> str | None:
    n = line.n_words
    if n == 0:
        return "separator"
    spoken = line.has_quote and line.ends_sentence and n >= 8
    if hit is not None and not (spoken and hit.rule in {"promo", "share_bar", "navigation", "reader_note"}):
        return hit.rule
    if n <= _ADVERT_WORDS and _TIMED_ADVERT.match(line.text):
        return "advertisement"
    if n <= 60 and not _is_point_c(line) and _COPYRIGHT.search(line.text) and not spoken:
        return "copyright"
    if line.is_address:
        return "address"
    if len(line.text) <= _LONGEST_FILE and _FILE.match(line.text):
        return "file_name"
    if n <= _LABELLED and not spoken and len(_LABELS.findall(line.text)) >= _MANY_LABELS:
        return "labels"
    words = line.lowered
    counted = all(_COUNT.fullmatch(w) is not None for w in words)
    if n <= 14 and not counted and all(w in knowledge.share_words or _COUNT.fullmatch(w) for w in words):
        return "share_bar"
    if _is_menu(line, words, knowledge):
        return "menu"
    if caption == "photo_credit":
        return "photo_credit"
    if counted and not _IN_NUMBERS.search(line.text) and (n > 1 or len(words[0]) <= 5):
        return "counter"
    if _REFERENCE.match(line.text):
        return "reference_link"
    weight = knowledge.site_text_weight(line.key) if n <= _LONGEST_SITE_TEXT and not spoken else 0
    if weight >= _SITE_TEXT and weight / n >= _SITE_TEXT_DENSITY:
        return "site_text"
    return None


def _is_point_c(line: Line) -> bool:
    """Whether "(c)" numbers a point of a list rather than claiming a copyright."""
    if not line.key.startswith("(c) ") or line.n_words <= _CREDIT_WORDS:
        return False
    return _POINT_END.search(line.text) is not None or (
        _YEAR_NEAR.match(line.text) is None and "reserved" not in line.key
    )


def _is_menu(line: Line, words: list[str], knowledge: Knowledge) -> bool:
    if line.ends_sentence or line.n_words > 40:
        return False
    in_menu = sum(w in knowledge.section_words for w in words)
    if (
        len(line.menu_items) >= 3
        and sum(len(p.split()) for p in line.menu_items) / len(line.menu_items) <= 3.5
    ):
        return True
    if len(line.menu_items) == 2 and line.n_words <= 8 and in_menu >= 1 and not line.has_verb:
        return True
    return line.n_words >= 2 and in_menu / line.n_words >= 0.8


def _caption(line: Line, knowledge: Knowledge) -> str | None:
    """`photo_credit` for credits and for captions that name nobody, `caption` for captions that do.

    A caption that names people tells who was where, and is text of the page.
    """
    if line.n_words > 60:
        return None
    key = line.key
    inside = [at for mark in knowledge.credit_inside if (at := key.find(mark)) >= 0]
    listed = key.startswith("(c)") and line.n_words > _CREDIT_WORDS
    begins = key.startswith(knowledge.credit_prefixes) and not listed
    agency = key.rstrip(")] .").endswith(knowledge.credit_ends) or key in knowledge.credit_agencies
    ends = _CREDIT_END.search(line.text[-_LONGEST_CREDIT:]) is not None
    if ends and not (inside or begins or agency):
        shown = line.has_verb or line.has_quote or line.n_words >= _TOLD
        shown = shown or PERSON_FIRST.match(line.text) is not None
        return "caption" if shown else "photo_credit"
    if not (inside or begins or agency):
        dated = PERSON_FIRST.match(line.text) is not None and _DATED_END.search(line.text) is not None
        return "caption" if dated and line.n_words >= _TOLD else None
    if begins or line.n_words <= 7:
        return "photo_credit" if line.n_words <= 25 else None
    if not inside and line.ends_sentence and line.text.endswith("."):
        return None
    told = line.text[: min(inside)] if inside else line.text.rsplit("/", 1)[0]
    named = any(
        len(words := part.removeprefix("The ").split()) > 1
        and words[-1].casefold() not in knowledge.place_nouns
        for name in _NAME.finditer(told)
        for part in _WHERE.split(name.group())
    )
    return "photo_credit" if len(told.split()) < 8 or not named else "caption"


def _prose_score(line: Line) -> float:
    n = line.n_words
    if line.ends_sentence:
        score = 5.0 if n >= 25 else 4.0 if n >= 12 else 2.0 if n >= 5 else 0.5
    elif n >= 12:
        score = 2.0 if line.ends_open else 1.5
    else:
        score = -0.5 if n >= 6 else -1.5
        score += 1.0 if line.ends_open and n >= 3 else 0.0
    share = line.function_share
    if share >= 0.25:
        score += 1.0
    elif share >= 0.12:
        score += 0.5
    elif share < 0.05 and n >= 4:
        score -= 1.0
    if 6 <= n < 12 and not line.ends_sentence and share >= 0.12 and line.has_auxiliary:
        score += 0.5
    if line.has_quote and n >= 4:
        score += 1.0
    if _DATELINE.match(line.text[:_OPENING]):
        score += 1.5
    if BULLET.match(line.text) and n >= 4:
        score += 1.0
    if line.text.endswith("!") and n < _CRY and not line.has_quote:
        score -= 1.5  # "Your news, picked by hand every day!"
    return score

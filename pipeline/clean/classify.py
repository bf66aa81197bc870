"""Which lines of a page are editorial text: scores from the signals of each line, zones from the scores.

A page is furniture, text, furniture. Every line gets a score, positive for prose; the text zone is the
run of lines with the greatest sum. Within a zone each line is then decided by its own signals.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.clean.lines import Line
from pipeline.clean.reference import Hit, Knowledge
from pipeline.clean.stamps import Stamp, StampReader
from pipeline.model import BlockKind

STRONG_PROSE = 4.5
_COPYRIGHT = re.compile(r"(?:©|\(c\)|&copy;|\bcopyright\b)\s*(?:©|\(c\)|copyright|\d{4}|[A-Z])", re.I)
_ABOUT = re.compile(r"^About\s+\S")
BULLET = re.compile(r"^(?:[•·▪◦‣*–—-]|\d{1,2}[.)])\s+\S")
_NAME = re.compile(r"[A-ZÀ-ÞĀ-Ž][\w'’.-]*(?:\s+(?:[a-z]{1,3}\s+)?[A-ZÀ-ÞĀ-Ž][\w'’.-]+)+")
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z./' -]{2,40})(?:,[^.—–-]{0,40})?(?:\([^)]{2,30}\)|\.)?\s*(?:--|[-—–:])\s"
)


@dataclass(slots=True)
class Judged:
    """A line with the signals that were read from it and, at the end, the decision."""

    line: Line
    hit: Hit | None
    stamp: Stamp | None
    score: float
    signal: str | None
    """Name of a signal that by itself marks furniture, or None."""
    dateline: Stamp | None = None
    """Date in the dateline that opens the line."""
    kind: BlockKind = "body"
    rule: str = "prose"

    def decide(self, kind: BlockKind, rule: str) -> None:
        self.kind, self.rule = kind, rule


@dataclass(slots=True)
class Page:
    """All lines of one page, judged, with the bounds of the text zone (indices, half open)."""

    lines: list[Judged]
    first: int
    last: int
    lead: int
    """Index of the first line of strong prose."""
    tail: int
    """Index behind the last line of strong prose."""


def is_whole_stamp(line: Line, stamp: Stamp | None) -> bool:
    """Whether the line is a date or time and nothing else that matters."""
    if stamp is None:
        return False
    if stamp.has_day and stamp.year is not None:
        return len(stamp.rest) <= 4 and not (stamp.rest and line.has_verb)
    return len(stamp.rest) <= (2 if stamp.has_day else 0) and line.n_words <= 12


def judge(lines: Sequence[Line], knowledge: Knowledge, repeated: Collection[str]) -> Page:
    """Score every line and find the zones.

    Args:
        lines: the page's non-blank lines.
        knowledge: reference data.
        repeated: `Line.key` of lines that other pages carry too.
    """
    reader = StampReader(knowledge)
    judged = [_signals(line, knowledge, reader, repeated) for line in lines]
    _open_sections(judged)
    first, last = _best_run([j.score for j in judged])
    strong = [i for i in range(first, last) if judged[i].score >= STRONG_PROSE and judged[i].signal is None]
    lead, tail = (strong[0], strong[-1] + 1) if strong else (first, last)
    return Page(judged, first, last, lead, tail)


def _signals(line: Line, knowledge: Knowledge, reader: StampReader, repeated: Collection[str]) -> Judged:
    hit = line.hit(knowledge)
    stamp = reader.read(line.text)
    signal = _furniture_signal(line, hit, stamp, knowledge, repeated)
    score = _prose_score(line)
    if signal is not None:
        score = min(score, 0.0) - 4.0
    elif is_whole_stamp(line, stamp):
        score = -1.5
    opening = _DATELINE.match(line.text)
    dateline = reader.read(opening.group()) if opening is not None else None
    return Judged(
        line, hit, stamp, score, signal, dateline if dateline is not None and dateline.has_day else None
    )


def _furniture_signal(
    line: Line, hit: Hit | None, stamp: Stamp | None, knowledge: Knowledge, repeated: Collection[str]
) -> str | None:
    n = line.n_words
    if n == 0:
        return "separator"
    spoken = line.has_quote and line.ends_sentence and n >= 8
    if hit is not None and not (spoken and hit.rule in {"promo", "share_bar", "navigation"}):
        return hit.rule
    if _COPYRIGHT.search(line.text) and n <= 60 and not spoken:
        return "copyright"
    if line.is_address:
        return "address"
    if line.key in repeated:
        return "repeated_line"
    words = [w.casefold() for w in line.words]
    if n <= 14 and all(w in knowledge.share_words or w.isdigit() for w in words):
        return "share_bar"
    if _is_menu(line, words, knowledge):
        return "menu"
    if _is_credit(line, knowledge):
        return "photo_credit"
    return None


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
    return 2 <= line.n_words and in_menu / line.n_words >= 0.8


def _is_credit(line: Line, knowledge: Knowledge) -> bool:
    """Photo credits, and captions that name nobody; a caption that names people is text of the page."""
    key = line.key
    inside = [at for mark in knowledge.credit_inside if (at := key.find(mark)) >= 0]
    begins = key.startswith(knowledge.credit_prefixes)
    agency = any(key.endswith((" / " + a, "/" + a, "| " + a)) or key == a for a in knowledge.credit_agencies)
    if not (inside or begins or agency) or line.n_words > 60:
        return False
    if begins or line.n_words <= 7:
        return line.n_words <= 25
    caption = line.text[: min(inside)] if inside else line.text.rsplit("/", 1)[0]
    return len(caption.split()) < 8 or not _NAME.search(caption)


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
    if line.has_quote and n >= 4:
        score += 1.0
    if _DATELINE.match(line.text):
        score += 1.5
    if BULLET.match(line.text) and n >= 4:
        score += 1.0
    return score


def _open_sections(judged: list[Judged]) -> None:
    """Let openers ("Related", "Website preview", "About X") colour the lines that follow them."""
    total = sum(max(0.0, j.score) for j in judged)
    left = total
    mode: str | None = None
    since = 0
    for i, j in enumerate(judged):
        left -= max(0.0, j.score)
        opens = j.hit.opens if j.hit is not None and j.signal == j.hit.rule else None
        if (
            _ABOUT.match(j.line.text)
            and j.line.n_words <= 6
            and not j.line.ends_sentence
            and left < 0.4 * total
        ):
            j.signal, j.score, opens = "about_text", -4.0, "tail"
        if mode == "tail":
            _mark(j, "tail_section")
            continue
        if opens == "tail":
            mode = "tail" if left < 0.3 * total else None
            continue
        if opens is not None:
            mode, since = opens, i
            continue
        if mode == "card":
            ended = j.line.gap or i - since > 5
            if ended:
                mode = None
            else:
                if j.signal == "address":
                    mode = None
                _mark(j, "link_card")
                continue
        if mode == "headlines":
            prose = j.line.ends_sentence and j.line.n_words >= 12 or j.score >= STRONG_PROSE
            if prose or is_whole_stamp(j.line, j.stamp) or j.line.n_words > 30 or i - since > 12:
                mode = None
            elif j.signal is None:
                _mark(j, "related_headline")


def _mark(j: Judged, signal: str) -> None:
    if j.signal is None:
        j.signal = signal
    j.score = min(-1.0, j.score if j.score < 0 else -1.0)


def _best_run(scores: Sequence[float]) -> tuple[int, int]:
    """Bounds of the run with the greatest sum; (0, 0) if no score is positive."""
    best, best_bounds = 0.0, (0, 0)
    total, start = 0.0, 0
    for i, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, i
        total += score
        if total > best:
            best, best_bounds = total, (start, i + 1)
    return best_bounds

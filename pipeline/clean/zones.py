"""Where the text of a page begins and ends, and which of its lines hang on furniture above them.

A page is furniture, text, furniture. The text zone is the run of lines with the greatest sum of scores,
in which prose counts for and furniture against it. Anchors are its sure sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pipeline.clean.classify import Judged, is_whole_stamp, read_signals
from pipeline.clean.lines import Line
from pipeline.clean.reference import Knowledge
from pipeline.clean.stamps import StampReader

_ANCHOR = 3.0
_WEAK_ANCHOR = 1.0
_FEED_STAMPS = 2
_CARD_LINES = 5
_HEADLINES = 12
_FEW = 3
"""Sentences that may stand above a page's byline."""
_BYLINE_WORDS = 20
_POSTS = 40
"""Lines in which a feed has another stamp, and the longest head between two sentences."""
_TAIL_SHARE = 0.3
"""An opener of tail furniture is believed if no more than this share of the page's prose follows it."""
_COMMENTS_SHARE = 0.6
"""The same for comments, which are prose of a kind themselves."""
_INSERT_LINES = 15
_BOX_OPENERS = frozenset({"promo", "reader_note", "site_text"})
_FIELD = 4
"""Words of the label of a field that readers fill in."""
_SENTENCE = 2.0
_ABOUT = re.compile(r"^About\s+\S")
_SEPARATED = re.compile(r"\s[|·•]\s.*\d")
"""A date behind a separator, as bylines have it."""
_ENDING = frozenset({"copyright", "legal", "comment_widget", "about_text", "contact"})
"""Closing furniture behind which no text of the page follows; lists of links may stand inside a text."""
_CLOSING = frozenset({"copyright", "legal", "comment_widget", "related_list", "about_text", "contact"})


@dataclass(slots=True)
class Page:
    """All lines of one page with their signals, and the zones found among them.

    The text zone is ``lines[first:last]``; `lead` is the index of its first anchor (`first` if there is
    none), `anchors` the number of anchors above each line.
    """

    lines: list[Judged]
    first: int
    last: int
    lead: int
    anchors: list[int]
    closed: int
    """Index of the first line from `last` on that closes a page (copyright, comments, related stories)."""
    ended: int
    """The same, without lists of other pages, behind which a text may go on."""

    def in_head(self, i: int) -> bool:
        """Whether line `i` stands above the running text: before it or behind one leading sentence only."""
        return i < self.lead or (self.anchors[i] < 2 and i < self.lead + 10)

    def in_tail(self, i: int) -> bool:
        return i >= self.last


def judge(lines: Sequence[Line], knowledge: Knowledge) -> Page:
    """Read the signals of every line and find the zones.

    Args:
        lines: the page's non-blank lines.
        knowledge: reference data.
    """
    reader = StampReader(knowledge)
    order = reader.slashed_order([line.text for line in lines])
    reader = reader if order is None else StampReader(knowledge, order)
    judged = [read_signals(line, knowledge, reader) for line in lines]
    _open_sections(judged)
    first, last = _best_run([_zone_score(j) for j in judged])
    last = _last_post(judged, first, last)
    at = [i for i in range(first, last) if _is_anchor(judged[i], _ANCHOR)]
    at = at or [i for i in range(first, last) if _is_anchor(judged[i], _WEAK_ANCHOR)]
    marks = set(at)
    above = list(accumulate((i in marks for i in range(len(judged))), initial=0))
    closed = next((i for i in range(last, len(judged)) if _closes(judged[i])), len(judged))
    ended = next((i for i in range(last, len(judged)) if judged[i].signal in _ENDING), len(judged))
    lead = _lead(judged, at, knowledge) if at else first
    return Page(judged, first, last, lead, above[:-1], closed, ended)


def _lead(judged: Sequence[Judged], at: Sequence[int], knowledge: Knowledge) -> int:
    """The first anchor, or the first below the byline or date if that stands under few others.

    What stands above the byline or the page's date is a standfirst, a slogan or a notice.
    """
    lead = at[0]
    for above, below in pairwise(at[: _FEW + 1]):
        others = [*judged[max(0, above - _POSTS) : above], *judged[below : below + _POSTS]]
        if any(_marks_head(j, others, knowledge) for j in judged[max(above + 1, below - _POSTS) : below]):
            lead = below
    return lead


def _marks_head(j: Judged, others: Sequence[Judged], knowledge: Knowledge) -> bool:
    """Whether a line is a byline that says so, or a full date while the page gives no other day or time."""
    if knowledge.byline_mark.match(j.line.text):
        return j.line.n_words <= _BYLINE_WORDS and not j.line.ends_sentence
    if j.stamp is None or not j.stamp.has_day or j.stamp.year is None:
        return False
    if not is_whole_stamp(j.line, j.stamp):
        # "Jane Doe · Example News · Posted: Jun 11, 2025 4:00 AM": name, site and date in one line.
        return j.line.n_words <= _BYLINE_WORDS and _SEPARATED.search(j.line.text) is not None
    own = (j.stamp.date(), j.stamp.time)
    return not any(
        k.stamp is not None
        and not k.stamp.updated
        and is_whole_stamp(k.line, k.stamp)
        and (k.stamp.date(), k.stamp.time) != own
        for k in others
    )


def _last_post(judged: Sequence[Judged], first: int, last: int) -> int:
    """End of the text zone of a feed: posts with little prose at its end belong to it as well."""
    timed = [
        i
        for i, j in enumerate(judged)
        if j.stamp is not None and j.stamp.time and is_whole_stamp(j.line, j.stamp)
    ]
    if sum(first <= i < last for i in timed) < _FEED_STAMPS:
        return last
    end = next((i for i in range(last, len(judged)) if _closes(judged[i])), len(judged))
    # Where nothing closes the page, only what stands under a time is sure to be a post.
    return end if any(last - 2 <= i < end for i in timed) and end < len(judged) else last


def _closes(j: Judged) -> bool:
    return j.signal in _CLOSING or j.signal == "tail_section"


def _is_anchor(j: Judged, least: float) -> bool:
    return j.signal is None and not j.caption and j.line.ends_sentence and j.score >= least


def _zone_score(j: Judged) -> float:
    """What a line says for (positive) or against being in the text zone."""
    if j.signal is not None:
        return 0.0 if j.signal == "insert" else -3.0 if j.signal in _CLOSING else -0.7
    if is_whole_stamp(j.line, j.stamp):
        return 0.0
    return j.score if j.score > 0 else max(j.score, -1.0)


def _open_sections(judged: list[Judged]) -> None:
    """Let openers ("Related", "Website preview", "About X") mark the lines that follow them."""
    _mark_inserts(judged)
    prose = [max(0.0, j.score) if j.signal is None else 0.0 for j in judged]
    total = sum(prose)
    left = total
    mode: str | None = None
    since = 0
    told = False
    for i, j in enumerate(judged):
        left -= prose[i]
        told = told or prose[i] >= _ANCHOR
        comments = j.signal == "comment_widget"
        few_left = left <= (_COMMENTS_SHARE if comments else _TAIL_SHARE) * total
        if j.signal is None and few_left and _is_about(j, judged[i + 1 : i + 2]):
            j.signal = "about_text"
            mode = "tail"
            continue
        if mode == "tail":
            j.signal = j.signal or "tail_section"
            continue
        opens = _opened(j)
        if opens == "tail":
            mode = "tail" if few_left else None
        elif opens in ("headlines", "card"):
            mode, since = opens, i
        elif mode == "card":
            mode = _card_line(j, i - since)
        elif mode == "headlines":
            titled = not told and any(_signs(k) for k in judged[i + 1 : i + 2])
            mode = None if titled else _headline(j, i - since)


def _opened(j: Judged) -> str | None:
    """What a line opens by the cue that it matches."""
    return j.hit.opens if j.hit is not None and j.signal == j.hit.rule else None


def _mark_inserts(judged: Sequence[Judged]) -> None:
    """Mark what stands between "skip past newsletter promotion" and "after newsletter promotion"."""
    start: int | None = None
    for i, j in enumerate(judged):
        opens = _opened(j)
        if opens == "insert":
            start = i
        elif opens == "end" and start is not None:
            if i - start <= _INSERT_LINES:
                for k in judged[start : i + 1]:
                    k.signal = "insert"
            start = None
    _mark_boxes(judged)


def _mark_boxes(judged: Sequence[Judged]) -> None:
    """Mark a box between paragraphs that asks readers to sign up: its small print closes no page."""
    start: int | None = None
    for i, j in enumerate(judged):
        if start is None:
            start = i if j.signal in _BOX_OPENERS else None
        elif j.signal is None and not j.line.ends_sentence and j.line.n_words <= _FIELD:
            continue
        elif j.signal is None or j.signal in ("copyright", "related_list", "comment_widget"):
            goes_on = j.signal is None and j.line.ends_sentence and j.score >= _SENTENCE
            if goes_on and i - start <= _INSERT_LINES and _prose_above(judged, start):
                for k in judged[start:i]:
                    k.signal = "insert" if k.signal == "legal" else k.signal
            start = None


def _prose_above(judged: Sequence[Judged], i: int) -> bool:
    return any(k.signal is None and k.score >= _ANCHOR for k in judged[max(0, i - _CARD_LINES) : i])


def _is_about(j: Judged, below: Sequence[Judged]) -> bool:
    """Whether a line heads a text on the site or an author, whom the line `below` names as written."""
    if not _ABOUT.match(j.line.text) or j.line.n_words > 6 or j.line.ends_sentence:
        return False
    subject = j.line.text.split(None, 1)[1].removeprefix("the ").strip(" .:")
    return not below or any(subject in k.line.text or k.signal is not None for k in below)


def _card_line(j: Judged, distance: int) -> str | None:
    """Mark a line of a link preview; return the mode that holds for the next."""
    if j.line.gap or distance > _CARD_LINES:
        return None
    ended = j.signal == "address"
    j.signal = j.signal or "link_card"
    return None if ended else "card"


def _signs(j: Judged) -> bool:
    """Whether a line gives a full date, as it stands under a page's title and seldom in a list above it."""
    return j.stamp is not None and j.stamp.has_day and j.stamp.year is not None


def _headline(j: Judged, distance: int) -> str | None:
    """Mark a line of a list of links; return the mode that holds for the next."""
    # A headline may quote, which makes a sentence of the text no surer.
    quoted = 1.0 if j.line.has_quote and not j.line.ends_sentence else 0.0
    # Only the teaser of another page breaks off: "Many of them came by boat and …".
    teaser = j.line.text.rstrip(" ]").endswith(("…", "..."))
    is_prose = not teaser and ((j.line.ends_sentence and j.line.n_words >= 12) or j.score - quoted >= _ANCHOR)
    if j.line.key.startswith("by ") or is_prose or is_whole_stamp(j.line, j.stamp) or distance > _HEADLINES:
        return None
    j.signal = j.signal or "related_headline"
    return "headlines"


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


def body_words(page: Page) -> Iterator[str]:
    """Words of four letters or more of the anchors, casefolded."""
    for i in range(page.first, page.last):
        if _is_anchor(page.lines[i], _WEAK_ANCHOR):
            yield from (w.casefold() for w in page.lines[i].line.words if len(w) >= 4)

"""The decision on each line: its kind and the name of the signal that decided."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.clean.classify import BULLET, PERSON_FIRST, is_whole_stamp
from pipeline.clean.head import Byline, find_title, parse_byline
from pipeline.clean.lines import Line
from pipeline.clean.posts import films, posted_headings, told_posts
from pipeline.clean.reference import Knowledge, plain
from pipeline.clean.stamps import Stamp
from pipeline.clean.zones import Page

_KEEP = 2.0
"""Score from which an undecided line of the head is text."""
_TAIL_KEEP = 5.0
"""Score from which a line below the text zone is text all the same."""
_SENTENCE = 4
_GOES_ON = 12
"""Lines of links behind which a text may go on."""
_PROSE_SHARE = 0.25
_HEADING = 12
_SHORT = 10
_DAY_WORDS = 4
_MOMENT_WORDS = 8
_DATED_WORDS = 14
_POINTS = 8
"""Lines in a list of key points."""
_FEW_ABOVE = 2
"""Sentences above a title that may be notices."""
_BESIDE = 2
"""Lines between the bylines of one page."""
_TRAIL = ("/", ">", "›", "»", "|", "→")
_CREDIT_WORDS = 8
_CAPTION = 25
_MAY_BE_BYLINE = frozenset({"credit_line", "update_stamp"})
_NEAR_TITLE = 8
_TELLS = 9
"""Words from which on a line with a verb tells something: what is to be seen, and whose picture it is."""
_SEPARATORS = re.compile(r"\s[|·•]\s")
_BOOK = re.compile(r"\b(?:author of|book|memoir|newsletter|podcast|writer)\b")
"""What a note on an author may quote: a title."""
_AUTHOR_NOTE = re.compile(
    r"^(?:[’']s\b| (?:is|was|are|reported|contributed|covers|writes|can be|joined|previously|holds|studied|"
    r"specialises|specializes|has (?:been|covered|written|worked|reported|lived|taught|spent))\b)"
)


_LAST_NOTE = re.compile(
    r"((?:[A-ZÀ-Ž][\w'’.-]{0,30} ){1,3}[A-ZÀ-Ž][\w'’-]{1,30}) (?:is|was) (?:an?|the) ([^.!?]{3,60})"
)
"""A note on who wrote the text: "Ada Ngo is a reporter for the Herald."."""


_OF_OTHERS_TOO = frozenset({"chief", "host", "staff", "bureau", "producer"})
"""Words of journalists' offices that are as often those of others."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of the page said of it."""

    title: int | None
    bylines: tuple[Byline, ...]

    @property
    def authors(self) -> tuple[str, ...]:
        """Names of all bylines, each once, in order."""
        return tuple(dict.fromkeys(name for byline in self.bylines for name in byline.authors))


def decide_lines(
    page: Page, knowledge: Knowledge, furniture_names: frozenset[str], title: int | None = None
) -> Head:
    """Set kind and rule of every line of `page`; `title` is the number of its title's line, where known."""
    if title is None:
        title = find_title(page, knowledge, furniture_names)
    bylines: list[tuple[int, Byline]] = []
    for i, j in enumerate(page.lines):
        if i == title:
            j.decide("title", "head_title")
        elif (
            _may_be_byline(i, j.signal, title) and (byline := _byline(page, i, title, knowledge)) is not None
        ):
            j.decide("byline", "byline")
            bylines.append((i, byline))
        elif j.signal is not None:
            j.decide("boilerplate", j.signal)
        elif title is not None and _is_trail(j.line, page.lines[title].line):
            j.decide("boilerplate", "breadcrumb")
        elif is_whole_stamp(j.line, j.stamp):
            # Until the format of the page is known, a date or time that stands alone is just that.
            j.decide("boilerplate", "stamp")
        elif (byline := _byline(page, i, title, knowledge)) is not None:
            j.decide("byline", "byline")
            bylines.append((i, byline))
        elif i > 0 and page.lines[i - 1].kind == "byline" and _is_role(j.line, knowledge):
            j.decide("boilerplate", "byline_role")
        elif j.caption:
            j.decide("body", "caption")
        elif i < page.lead:
            _decide_head(page, i, title)
        elif page.in_tail(i):
            _decide_tail(page, i)
        else:
            _decide_text(page, i)
    above = tuple(_signing([(i, byline) for i, byline in bylines if page.in_head(i)]))
    # Who signs single posts of a feed counts only where nobody signs the page.
    head = Head(title, above or tuple(byline for _, byline in bylines))
    _drop_author_notes(page, head)
    _drop_last_note(page, knowledge)
    _drop_captions(page)
    return head


def _may_be_byline(i: int, signal: str | None, title: int | None) -> bool:
    """Whether a line with a signal of furniture may be a byline; a menu near the title may."""
    near = title is not None and title < i <= title + _NEAR_TITLE
    return signal in _MAY_BE_BYLINE or (signal == "menu" and near)


def _signing(bylines: Sequence[tuple[int, Byline]]) -> Iterator[Byline]:
    """The bylines of a head that sign the page: those that say so and their neighbours, else the first.

    A name that stands elsewhere in the head is a company, a topic or a sponsor.
    """
    named = [i for i, byline in bylines if byline.said and byline.authors]
    named = named or [i for i, byline in bylines if byline.marked and byline.authors]
    near = named or [i for i, byline in bylines if byline.authors][:1]
    for i, byline in bylines:
        if not byline.authors or any(abs(i - k) <= _BESIDE for k in near):
            near.append(i)
            yield byline


def _is_trail(line: Line, title: Line) -> bool:
    """Whether a line leads through the site's sections to the title ("News / World / The title")."""
    before = line.key.removesuffix(title.key)
    return before != line.key and before.rstrip().endswith(_TRAIL)


def _is_role(line: Line, knowledge: Knowledge) -> bool:
    """Whether a line under a byline is the author's office ("Middle East analyst")."""
    return (
        line.n_words <= 6
        and not line.ends_open
        and any(w.casefold() in knowledge.role_words for w in line.words)
    )


def _byline(page: Page, i: int, title: int | None, knowledge: Knowledge) -> Byline | None:
    """The byline that line `i` is: above the running text, or beside the stamp of an entry."""
    line = page.lines[i].line
    if i > 0 and page.lines[i - 1].signal == "promo":
        # A name below "Presented by" is a sponsor's.
        return None
    if line.n_words > 30 or (line.ends_sentence and line.n_words > 8):
        return None
    if page.in_head(i):
        near_title = title is not None and title < i <= title + 12
        found = parse_byline(line.text, knowledge, marked_only=not near_title)
        separated = _SEPARATORS.search(line.text) is not None
        tells = line.has_verb and line.n_words > _TELLS
        named = found is not None and (found.said or (found.marked and not tells))
        if named or separated or line.n_words <= 5 or not line.has_verb:
            return found
        return None
    beside = [page.lines[k] for k in (i - 1, i + 1) if 0 <= k < len(page.lines)]
    below = beside[-1]
    if _is_role(below.line, knowledge) or any(
        is_whole_stamp(k.line, k.stamp) or k.kind == "byline" for k in beside
    ):
        found = parse_byline(line.text, knowledge)
        if found is not None and line.n_words <= 6 and not line.ends_open:
            return found
    return None


def _decide_head(page: Page, i: int, title: int | None) -> None:
    """A line above the first paragraph: furniture unless it reads like prose."""
    j = page.lines[i]
    line = j.line
    below_title = title is not None and title < i
    if title is not None and i < title and _is_notice(page, i):
        j.decide("boilerplate", "above_title")
    elif _gives_date(page, i):
        j.decide("boilerplate", "head_furniture")
    elif j.score >= _KEEP and (below_title or title is None or line.ends_sentence):
        j.decide("body", "prose")
    elif below_title and line.n_words >= 6 and line.function_share >= 0.15 and line.capital_share < 0.8:
        j.decide("body", "standfirst")
    elif below_title and i >= page.first and BULLET.match(line.text) and line.n_words >= 4:
        j.decide("body", "bullet")
    elif below_title and _is_key_point(page, i):
        j.decide("body", "key_point")
    elif below_title and i >= page.first and line.ends_sentence and line.n_words >= 2:
        j.decide("body", "short_sentence")
    elif below_title and i + 1 >= page.first and _heads_entry(page, i):
        j.decide("heading", "heading")
    else:
        j.decide("boilerplate", "head_furniture")


def _gives_date(page: Page, i: int) -> bool:
    """Whether a line of the head is a full date among a few words ("14 July 2026 07:00 | by Staff")."""
    j = page.lines[i]
    dated = j.stamp is not None and j.stamp.has_day and j.stamp.year is not None
    return dated and j.line.n_words <= _DATED_WORDS and not j.line.has_verb and not j.line.ends_sentence


def _is_notice(page: Page, i: int) -> bool:
    """Whether a sentence above the title is a notice or slogan: nobody speaks and it stands alone."""
    beside = [page.lines[k] for k in (i - 1, i + 1) if 0 <= k < len(page.lines)]
    prose = sum(k.signal is None and k.score >= _KEEP and k.kind != "title" for k in beside)
    return not page.lines[i].line.has_quote and prose < len(beside) and page.anchors[i] < _FEW_ABOVE


def _is_key_point(page: Page, i: int) -> bool:
    """Whether a short sentence without a full stop stands in a list of them right above the text."""
    if page.lead - i > _POINTS:
        return False
    for j in page.lines[i : page.lead]:
        line = j.line
        if j.signal is not None or line.n_words < 4 or line.capital_share >= 0.8 or j.stamp is not None:
            return False
    return page.lines[i].line.has_verb or i + 1 < page.lead


def _decide_tail(page: Page, i: int) -> None:
    """A line below the text zone: furniture unless it is prose beyond doubt, or heads such prose."""
    j = page.lines[i]
    below = page.lines[i + 1] if i + 1 < len(page.lines) else None
    is_sentence = (
        j.line.ends_sentence and j.line.n_words >= _SENTENCE and j.line.function_share >= _PROSE_SHARE
    )
    near = i < page.ended and i - page.last <= _GOES_ON
    goes_on = near and j.line.has_verb and not j.line.text.endswith("?")
    if j.score >= _TAIL_KEEP or (is_sentence and (i < page.closed or goes_on)):
        j.decide("body", "prose")
    elif (
        below is not None
        and below.signal is None
        and below.score >= _TAIL_KEEP
        and j.line.n_words <= _HEADING
    ):
        j.decide("heading", "heading")
    else:
        j.decide("boilerplate", "tail_furniture")


def _decide_text(page: Page, i: int) -> None:
    """A line of the text zone: text unless it stands among furniture and reads like it."""
    j = page.lines[i]
    line = j.line
    if _is_link(page, i):
        j.decide("heading", "linked_heading")
    elif j.score >= _KEEP or line.ends_open or line.text.endswith(",") or BULLET.match(line.text):
        j.decide("body", "prose")
    elif _is_timed_post(page, i):
        j.decide("body", "timed_post")
    elif line.n_words <= 18 and _heads_prose(page, i):
        j.decide("heading", "heading")
    elif line.n_words <= 4 and line.function_share == 0 and _among_furniture(page, i):
        j.decide("boilerplate", "among_furniture")
    else:
        j.decide("body", "short_line")


def _is_link(page: Page, i: int) -> bool:
    """Whether a short question stands between lines that are no sentences: a link, or a heading in a row."""
    if not 0 < i < len(page.lines) - 1:
        return False
    beside = (page.lines[i - 1], page.lines[i + 1])
    line = page.lines[i].line
    return (
        line.text.endswith("?")
        and line.n_words <= _SHORT
        and not line.has_quote
        and all(k.line.n_words <= _SHORT and not k.line.text.endswith((".", ":", "!")) for k in beside)
        and not any(k.signal or is_whole_stamp(k.line, k.stamp) or k.line.has_quote for k in beside)
    )


def _is_timed_post(page: Page, i: int) -> bool:
    """Whether a line opens with a time of day and heads nothing, since the next line opens with one, too."""
    if page.lines[i].led is None:
        return False
    below = next((k for k in page.lines[i + 1 :] if k.signal is None), None)
    return below is not None and below.led is not None


def _heads_prose(page: Page, i: int) -> bool:
    """Whether a line without a full stop stands above prose, as a heading does; a byline may lie between."""
    if page.lines[i].line.text[0].islower():
        return False
    for following in page.lines[i + 1 : i + 4]:
        line = following.line
        if following.signal is None and (BULLET.match(line.text) or (line.ends_open and line.n_words >= 5)):
            return True
        if following.signal is None and (line.n_words > 5 or line.ends_open):
            return False
    return False


def _heads_entry(page: Page, i: int) -> bool:
    """Whether a line of the head is the heading of a feed's first post, or stands right above the text."""
    stamped = i > 0 and is_whole_stamp(page.lines[i - 1].line, page.lines[i - 1].stamp)
    return _heads_prose(page, i) and (stamped or i + 1 == page.lead)


def _among_furniture(page: Page, i: int) -> bool:
    """Whether both neighbours of a line are furniture or stamps."""
    beside = [page.lines[k] for k in (i - 1, i + 1) if 0 <= k < len(page.lines)]
    return all(k.signal is not None or is_whole_stamp(k.line, k.stamp) for k in beside)


def _drop_captions(page: Page) -> None:
    """The captions that stand above the line of a picture's credit, or below the words "Image caption"."""
    for i, j in enumerate(page.lines):
        if j.signal != "photo_credit" or j.line.n_words > _CREDIT_WORDS or j.line.key.startswith("source"):
            continue
        near = i + 1 if j.line.key.endswith("caption") else i - 1
        if not 0 <= near < len(page.lines) or (near < i and j.line.gap):
            continue
        other = page.lines[near]
        told = other.line.ends_sentence or other.line.has_quote or other.line.n_words > _CAPTION
        told = told or PERSON_FIRST.match(other.line.text) is not None
        if other.kind in ("body", "heading") and not told:
            other.decide("boilerplate", "caption_of_credit")


def _drop_last_note(page: Page, knowledge: Knowledge) -> None:
    """The note on an author that ends a text, of whom nothing else is told: "Ada Ngo is a fellow of ..."."""
    told = [j for j in page.lines if j.kind == "body"]
    note = _LAST_NOTE.match(told[-1].line.text) if len(told) > _FEW_ABOVE else None
    roles = knowledge.role_words - _OF_OTHERS_TOO
    if note is None or told[-1].line.has_quote or roles.isdisjoint(note[2].casefold().split()):
        return
    surname = note[1].split()[-1]
    if not any(surname in j.line.text for j in told[:-1]):
        told[-1].decide("boilerplate", "author_note")


def _drop_author_notes(page: Page, head: Head) -> None:
    """Notes on the authors below the text ("A B is a fellow of ...", "A B's book is out in January")."""
    names = [plain(name) for name in head.authors]
    names += [name.split()[-1] for name in names]
    if not names:
        return
    total = page.anchors[-1] if page.anchors else 0
    for i, j in enumerate(page.lines):
        late = page.anchors[i] >= 0.75 * total and i > page.lead
        signed = i > 0 and page.lines[i - 1].kind == "byline"
        if j.kind != "body" or not (late or signed):
            continue
        key = plain(j.line.text)
        if j.line.has_quote and not _BOOK.search(key):
            continue
        if any(key.startswith(name) and _AUTHOR_NOTE.match(key[len(name) :]) for name in names):
            j.decide("boilerplate", "author_note")
            above = page.lines[i - 1]
            if late and above.kind in ("heading", "body") and plain(above.line.text) in names:
                above.decide("boilerplate", "author_note")


def settle_stamps(page: Page, feed: bool) -> None:
    """Tell day headings, times of entries and the page's own date apart, once the format is known."""
    opening = _opening_day(page)
    durations = {} if feed else films(page)
    for i in posted_headings(page) if feed else ():
        page.lines[i].decide("heading", "posted_heading")
    for i in told_posts(page) if feed else ():
        page.lines[i].decide("boilerplate", "entry_stamp")
    for i, j in enumerate(page.lines):
        if j.rule != "stamp" or j.stamp is None:
            continue
        stamp = j.stamp
        own = stamp.updated or (i < page.first and stamp.year is not None and i != opening)
        own = (own and not _dates_time(page, i)) or _over_weekday(page, i)
        if feed and not own and not page.in_tail(i):
            if _is_day(stamp):
                j.decide("day_heading", "day_heading")
            else:
                j.decide("boilerplate", "entry_stamp")
        elif i in durations:
            j.decide("boilerplate", "duration")
            for k in range(i + 1, durations[i]):
                page.lines[k].decide("boilerplate", "related_headline")
        elif (
            not feed and not page.in_head(i) and not page.in_tail(i) and stamp.has_day and stamp.time is None
        ):
            j.decide("heading", "dated_heading")
        else:
            j.decide("boilerplate", "page_date")


def _opening_day(page: Page) -> int | None:
    """The stamp above the text that is the first of a feed's days or posts: they run on in one direction."""
    lines = enumerate(page.lines[: page.last])
    stamps = [(i, j.line.n_words, j.stamp) for i, j in lines if j.rule == "stamp"]
    days = [i for i, n, s in stamps if s is not None and _is_day(s) and n <= _DAY_WORDS]
    moments = [i for i, n, s in stamps if s is not None and s.time is not None and n <= _MOMENT_WORDS]
    first = _first_of(page, days)
    return _first_of(page, moments) if first is None else first


def _first_of(page: Page, stamps: Sequence[int]) -> int | None:
    """The one of these stamps that stands above the text, if one after the other is later, or earlier."""
    moments = [(i, _moment(page.lines[i].stamp)) for i in stamps]
    dated = [(i, moment) for i, moment in moments if moment is not None]
    above = [i for i, _ in dated if i < page.first]
    if len(above) != 1 or len(dated) < 2:
        return None
    later = [b > a for (_, a), (_, b) in pairwise(dated)]
    same = any(a == b for (_, a), (_, b) in pairwise(dated))
    return above[0] if len(set(later)) == 1 and not same else None


def _moment(stamp: Stamp | None) -> tuple[dt.date, dt.time] | None:
    day = None if stamp is None else stamp.date()
    return None if day is None or stamp is None else (day, stamp.time or dt.time())


def _is_day(stamp: Stamp) -> bool:
    """Whether a stamp names a day and no time, as day headings do."""
    return stamp.time is None and (stamp.has_day or stamp.weekday is not None or stamp.near is not None)


def _over_weekday(page: Page, i: int) -> bool:
    """Whether a full date stands right above the heading of a weekday, as the page's own may."""
    stamp, below = page.lines[i].stamp, page.lines[i + 1 : i + 2]
    if stamp is None or stamp.year is None or not below or below[0].rule != "stamp":
        return False
    other = below[0].stamp
    return other is not None and other.weekday is not None and _is_day(other) and not other.has_day


def _dates_time(page: Page, i: int) -> bool:
    """Whether a day stands right above the time of the same post."""
    below = page.lines[i + 1] if i + 1 < len(page.lines) else None
    one, other = page.lines[i].stamp, None if below is None else below.stamp
    if (
        one is None
        or other is None
        or below is None
        or not one.has_day
        or one.time is not None
        or one.updated
    ):
        return False
    return (
        is_whole_stamp(below.line, other) and other.time is not None and not (other.has_day or other.updated)
    )

"""When a document without an explicit date was published: inference from its text, with stated reasons."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Protocol

from pipeline.dates.calendar import MAX_YEAR, MIN_YEAR, width
from pipeline.dates.cues import Cue, own_cues
from pipeline.dates.occasions import (
    Match,
    Occasion,
    Occasions,
    Sentence,
    Wanted,
    compared,
    counted,
    cue_of,
    matches,
    occasions_of,
    rarity,
    read_lines,
    wanted_by,
)
from pipeline.model import DateBasis, DateRange


@dataclass(frozen=True, slots=True)
class UndatedText:
    """What the inference may read of one document.

    Attributes:
        document_id: key of the result.
        publisher: site that published it, or None.
        body_lines: title and editorial lines, in reading order.
        furniture_lines: everything else on the page (bylines, copyright lines, site chrome).
        known: the publication range where sidecar, page or feed headings give it; such a document is
            returned as it is, and serves as evidence for the others.
        line_days: for a live feed, the entry's day of each body line (None where it has none); empty or as
            long as `body_lines`. It dates what the feed says of occasions that others report too.
    """

    document_id: str
    publisher: str | None
    body_lines: tuple[str, ...]
    furniture_lines: tuple[str, ...]
    known: DateRange | None = None
    line_days: tuple[dt.date | None, ...] = ()

    def reports(self, published: DateRange) -> list[DateRange]:
        """The days of the report of each body line."""
        days = self.line_days or (None,) * len(self.body_lines)
        return [published if day is None else DateRange(day, day) for day in days]


@dataclass(frozen=True, slots=True)
class Inferred:
    """Publication range of one document: `basis` is "explicit" if it was known, "inferred", or "unknown".

    `rationale` holds one sentence per cue that constrained the range, strongest first.
    """

    published: DateRange | None
    basis: DateBasis
    rationale: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gist:
    """What a page, or several, give to the dating of others, for which nobody need read them again.

    Attributes:
        sentences: how many they have, `holding` how many of them hold each word, name or mark.
        occasions: those that they date, if they are dated closely enough themselves.
    """

    sentences: int
    holding: Mapping[str, int]
    occasions: tuple[Occasion, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an undated page says of its own day, and what others may date of it.

    Attributes:
        first: what its own cues tell.
        sentences: those that may tell of occasions; none if it is dated closely by itself.
        gist: what it gives to others before it is dated.
    """

    first: Inferred
    sentences: tuple[Sentence, ...]
    gist: Gist


class Undated(Protocol):
    """A document that gives no date, read by whoever has to: most of it may be known from earlier."""

    @property
    def document_id(self) -> str:
        """Key of the document."""

    @property
    def draft(self) -> Draft:
        """What it says by itself."""

    def inferred(self, matched: Sequence[Match]) -> Inferred:
        """Its range by its own cues and by its sentences that match other documents' occasions."""

    def occasions(self, published: DateRange) -> Sequence[Occasion]:
        """What it dates for others if it was published in that range; nothing if that is too wide."""


# Share of the probability that the published range holds, and the lesser one that is taken where
# the range would otherwise be wider than _LOOSE days.
_MASS = 0.85
_LESSER_MASS = 0.75
_LOOSE = 31
# A range wider than this (days after the first) is no knowledge.
_TOO_WIDE = 366
# Documents dated within this (days after the first) date occasions for others.
_SOURCE_WIDTH = 7
_ROUNDS = 3


def gist_of(text: UndatedText) -> Gist:
    """What a page gives to the dating of others; without occasions if it is not dated closely itself."""
    total, holding = counted((*text.body_lines, *text.furniture_lines))
    occasions = () if text.known is None else tuple(_occasions(text, text.known))
    return Gist(total, holding, occasions)


def joined_gist(gists: Iterable[Gist]) -> Gist:
    """What several pages give, in one."""
    sentences, holding = 0, Counter[str]()
    occasions: list[Occasion] = []
    for gist in gists:
        sentences += gist.sentences
        holding.update(gist.holding)
        occasions += gist.occasions
    return Gist(sentences, holding, tuple(occasions))


class ReadText:
    """An undated document that is at hand: `Undated` for who has read it."""

    def __init__(self, text: UndatedText) -> None:
        self._text = text
        self._kept: dict[DateRange, tuple[Occasion, ...]] = {}

    @property
    def document_id(self) -> str:
        """Key of the document."""
        return self._text.document_id

    @cached_property
    def draft(self) -> Draft:
        """What it says by itself."""
        text = self._text
        first = _infer(self._cues)
        # What dates itself closely needs no other document, whose occasions may only seem to be the same.
        lines = () if _is_close(first.published) else read_lines((*text.body_lines, *text.furniture_lines))
        return Draft(first, tuple(s for s in lines if s.has_noun or s.marks), gist_of(text))

    def inferred(self, matched: Sequence[Match]) -> Inferred:
        """By its own cues and by what other documents tell."""
        return _infer([*self._cues, *map(cue_of, matched)])

    def occasions(self, published: DateRange) -> Sequence[Occasion]:
        """What it dates for others."""
        if published not in self._kept:
            self._kept[published] = tuple(_occasions(self._text, published))
        return self._kept[published]

    @cached_property
    def _cues(self) -> list[Cue]:
        return [cue.remembering() for cue in own_cues(self._text.body_lines, self._text.furniture_lines)]


def infer_publication(
    documents: Sequence[UndatedText], others: Iterable[Gist] = ()
) -> Mapping[str, Inferred]:
    """Return the publication range of every document, by `document_id`.

    A document with a `known` range keeps it (basis "explicit"). The others get the range of days that
    their cues allow (basis "inferred"), or None with basis "unknown" where the cues do not bound one.
    A document that is dated in one round dates the occasions that it shares with others in the next.

    Args:
        documents: those to be dated, and any that are dated and serve as evidence.
        others: of further dated documents, the gists; gone through once, and only if there is need.
    """
    known = {
        d.document_id: Inferred(d.known, "explicit", ("known from the page",)) for d in documents if d.known
    }
    gists = chain((gist_of(d) for d in documents if d.known is not None), others)
    return known | infer_together([ReadText(d) for d in documents if d.known is None], gists)


def infer_together(waiting: Sequence[Undated], others: Iterable[Gist]) -> dict[str, Inferred]:
    """The publication ranges of undated documents, by `document_id`: see `infer_publication`.

    Args:
        waiting: the documents.
        others: what dated documents give, in gists of one or of several; gone through only if there is need.
    """
    drafts = {each.document_id: each.draft for each in waiting}
    result = {name: draft.first for name, draft in drafts.items()}
    unsure = {each.document_id: each for each in waiting if not _is_close(result[each.document_id].published)}
    wanted = wanted_by(drafts[name].sentences for name in unsure)
    if not (wanted.places or wanted.marks):
        return result
    read = [drafts[name].sentences for name in unsure]
    weights, dated, total = _evidence(read, wanted, chain((draft.gist for draft in drafts.values()), others))
    near: dict[str, list[tuple[Sentence, list[Occasion]]]] = {}
    for _ in range(_ROUNDS):
        told = (o for each in waiting for o in _told_by(each, result[each.document_id].published))
        occasions = Occasions([*dated, *(o for o in told if wanted.may_tell(o.sentence))], weights)
        latest = {}
        for name, each in unsure.items():
            here = compared(name, drafts[name].sentences, occasions)
            if name not in near or near[name] != here:
                near[name] = here
                latest[name] = _with(each, matches(here, weights), total)
            else:
                latest[name] = result[name]
        if all(result[name] == inferred for name, inferred in latest.items()):
            break
        result.update(latest)
    return result


def _with(page: Undated, matched: Sequence[Match], sentences: int) -> Inferred:
    """The range by a page's own cues and by matches, unless only weak matches bound its year."""
    first = page.draft.first
    if first.published is None and not any(match.bounds_year(sentences) for match in matched):
        return first
    return page.inferred(matched)


def _told_by(page: Undated, published: DateRange | None) -> Sequence[Occasion]:
    return () if published is None else page.occasions(published)


def _evidence(
    read: Sequence[Sequence[Sentence]], wanted: Wanted, gists: Iterable[Gist]
) -> tuple[Mapping[str, float], list[Occasion], int]:
    """How rare the words of the sentences are, the occasions that may tell of them, and of how many all."""
    words = {w for sentences in read for s in sentences for w in s.words | s.names | s.marks}
    total, holding = 0, Counter[str]()
    dated: list[Occasion] = []
    for gist in gists:
        total += gist.sentences
        for word in words & gist.holding.keys():
            holding[word] += gist.holding[word]
        dated += [o for o in gist.occasions if wanted.may_tell(o.sentence)]
    return rarity(holding, total), dated, total


def _is_close(published: DateRange | None) -> bool:
    return published is not None and width(published) <= _SOURCE_WIDTH


def _occasions(text: UndatedText, published: DateRange) -> Iterator[Occasion]:
    """What a document dates for others if it is dated closely; a long feed dates its entries, too."""
    if _is_close(published) or any(text.line_days):
        yield from occasions_of(text.document_id, text.body_lines, text.reports(published))


def _infer(cues: Sequence[Cue]) -> Inferred:
    """The narrowest range of days that holds most of the probability, all cues weighed together."""
    days = _days_in_question(cues)
    if not days:
        return Inferred(None, "unknown", ("nothing in the text bounds the year",))
    rows = [[cue.score(day) for day in days] for cue in cues]
    scores = [sum(column) for column in zip(*rows, strict=True)]
    top = max(scores)
    chances = [math.exp(score - top) for score in scores]
    best = max(range(len(days)), key=lambda i: (chances[i], -i))
    first, last = _narrowest(chances, _MASS)
    if last - first > _LOOSE:
        # Most of the probability may lie close together, with the rest thinly spread.
        closer = _narrowest(chances, _LESSER_MASS)
        if 4 * (closer[1] - closer[0]) < last - first:
            first, last = closer
    published = DateRange(days[first], days[last])
    reasons = _rationale(cues, rows, best)
    if width(published) > _TOO_WIDE:
        return Inferred(None, "unknown", reasons)
    return Inferred(published, "inferred", reasons)


def _narrowest(chances: Sequence[float], share: float) -> tuple[int, int]:
    """Indexes of the first and last day of the shortest run that holds ``share`` of all chances."""
    wanted = share * sum(chances)
    best, start, held = (0, len(chances) - 1), 0, 0.0
    for end, chance in enumerate(chances):
        held += chance
        while held - chances[start] >= wanted:
            held -= chances[start]
            start += 1
        if held >= wanted and end - start < best[1] - best[0]:
            best = (start, end)
    return best


def _days_in_question(cues: Sequence[Cue]) -> list[dt.date]:
    """All days that any cue brings into question, in order."""
    days: set[dt.date] = set()
    for cue in cues:
        if cue.around is not None and cue.around.first.year > MIN_YEAR and cue.around.last.year < MAX_YEAR:
            days.update(cue.around.first + dt.timedelta(days=k) for k in range(width(cue.around) + 1))
    return sorted(days)


def _rationale(cues: Sequence[Cue], rows: Sequence[Sequence[float]], best: int) -> tuple[str, ...]:
    """The cues that favour the best day over the average one, the strongest first."""
    gains = [(row[best] - sum(row) / len(row), cue.reason) for cue, row in zip(cues, rows, strict=True)]
    return tuple(reason for gain, reason in sorted(gains, key=lambda g: (-g[0], g[1])) if gain > 0.05)

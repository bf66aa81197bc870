"""When a document without an explicit date was published: inference from its text, with stated reasons."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.dates.calendar import MAX_YEAR, MIN_YEAR, width
from pipeline.dates.cues import Cue, own_cues
from pipeline.dates.occasions import (
    Occasion,
    Occasions,
    Wanted,
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
    """What a page gives to the dating of others, for which nobody need read it again.

    Attributes:
        sentences: how many it has, `holding` how many of them hold each word, name or mark.
        occasions: those that it dates, if it is dated closely enough itself.
    """

    sentences: int
    holding: Mapping[str, int]
    occasions: tuple[Occasion, ...]


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
    if text.known is None or not _dates_others(text, text.known):
        return Gist(total, holding, ())
    return Gist(total, holding, tuple(_occasions(text, text.known)))


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
    result = {
        d.document_id: Inferred(d.known, "explicit", ("known from the page",)) for d in documents if d.known
    }
    waiting = [d for d in documents if d.known is None]
    if not waiting:
        return result
    own = {
        d.document_id: [c.remembering() for c in own_cues(d.body_lines, d.furniture_lines)] for d in waiting
    }
    result.update({key: _infer(cues) for key, cues in own.items()})
    # What dates itself closely needs no other document, whose occasions may only seem to be the same.
    read = {
        d.document_id: read_lines((*d.body_lines, *d.furniture_lines))
        for d in waiting
        if not _is_close(result[d.document_id].published)
    }
    wanted = wanted_by(read.values())
    if not (wanted.places or wanted.marks):
        return result
    words = {w for lines in read.values() for s in lines for w in s.words | s.names | s.marks}
    total, holding = 0, Counter[str]()
    dated: list[Occasion] = []
    for gist in chain(map(gist_of, documents), others):
        total += gist.sentences
        for word in words & gist.holding.keys():
            holding[word] += gist.holding[word]
        dated += [o for o in gist.occasions if wanted.may_tell(o.sentence)]
    weights = rarity(holding, total)
    known: dict[tuple[str, DateRange], list[Occasion]] = {}
    for _ in range(_ROUNDS):
        told = _told_anew(waiting, result, wanted, known)
        occasions = Occasions([*dated, *told], weights)
        latest = {
            key: _infer([*own[key], *map(cue_of, matches(key, lines, occasions))])
            for key, lines in read.items()
        }
        if all(result[key] == inferred for key, inferred in latest.items()):
            break
        result.update(latest)
    return result


def _is_close(published: DateRange | None) -> bool:
    return published is not None and width(published) <= _SOURCE_WIDTH


def _dates_others(text: UndatedText, published: DateRange) -> bool:
    """A long feed dates its entries closely, however long it ran."""
    return _is_close(published) or any(text.line_days)


def _occasions(text: UndatedText, published: DateRange, wanted: Wanted | None = None) -> Iterator[Occasion]:
    return occasions_of(text.document_id, text.body_lines, text.reports(published), wanted)


def _told_anew(
    waiting: Sequence[UndatedText],
    dated: Mapping[str, Inferred],
    wanted: Wanted,
    known: dict[tuple[str, DateRange], list[Occasion]],
) -> list[Occasion]:
    """Occasions of the documents that are dated by now; `known` keeps them between rounds."""
    found: list[Occasion] = []
    for text in waiting:
        published = dated[text.document_id].published
        if published is None or not _dates_others(text, published):
            continue
        key = (text.document_id, published)
        if key not in known:
            known[key] = list(_occasions(text, published, wanted))
        found.extend(known[key])
    return found


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

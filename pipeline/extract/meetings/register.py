"""The occasions found so far, and the few of them that new evidence is compared with."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

from pipeline.extract.meetings.matching import Matcher
from pipeline.extract.meetings.occasions import Evidence, Occasion

_RECENT_PER_KEY = 40  # occasions of one key that new evidence is compared with: keeps long feeds linear


class Register:
    """Occasions found so far, with keys that lead new evidence to the few it must be compared with."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self.occasions: list[Occasion] = []
        self._by_key: dict[tuple[str, ...], deque[int]] = defaultdict(lambda: deque(maxlen=_RECENT_PER_KEY))

    def place(self, evidence: Evidence) -> tuple[Occasion, str]:
        """Find or make the occasion of the evidence, and add the evidence to it."""
        occasion, reason = self.find(evidence)
        self.extend(occasion, evidence)
        return occasion, reason

    def find(self, evidence: Evidence) -> tuple[Occasion, str]:
        """The occasion that the evidence belongs to, made (empty) if there is none, and the reason."""
        best: tuple[float, int] | None = None
        chosen, reason = None, "new"
        for number in sorted({n for key in _keys(evidence) for n in self._by_key.get(key, ())}):
            occasion = self.occasions[number]
            fit = self._matcher.fit(occasion, evidence)
            if fit is not None and (best is None or (-fit.score, -number) < best):
                best, chosen, reason = (-fit.score, -number), occasion, fit.reason
        if chosen is None:
            chosen = Occasion(len(self.occasions))
            self.occasions.append(chosen)
        return chosen, reason

    def consolidate(self) -> dict[int, tuple[Occasion, str]]:
        """Unite occasions that fit each other once all their mentions are known.

        Returns number -> (occasion it went into, reason) for those that were united.
        """
        moved: dict[int, tuple[Occasion, str]] = {}
        for occasion in self.occasions:
            if occasion.renewed:
                continue
            summary = occasion.summary()
            best: tuple[float, int] | None = None
            chosen, reason = None, ""
            for number in sorted({n for key in _keys(summary) for n in self._by_key.get(key, ())}):
                if number >= occasion.number or number in moved:
                    continue
                other = self.occasions[number]
                fit = self._matcher.fit(other, summary)
                if fit is not None and (best is None or (-fit.score, number) < best):
                    best, chosen, reason = (-fit.score, number), other, fit.reason
            if chosen is not None:
                chosen.absorb(occasion)
                moved[occasion.number] = (chosen, reason)
        return moved

    def unite_on_page(self, gone: Iterable[int], *, feed: bool) -> dict[int, tuple[Occasion, str]]:
        """Unite each occasion of an article with the one other that it may be; where several fit, none.

        A live feed tells of many: there the city must be the same. `gone` are numbers that went into others
        before. Returns number -> (occasion, reason).
        """
        out = set(gone)
        kept = [o for o in self.occasions if o.number not in out and o.documents][:_RECENT_PER_KEY]
        fitting = {o.number: [p for p in kept if p is not o and self._fits(p, o, feed)] for o in kept}
        moved: dict[int, tuple[Occasion, str]] = {}
        for occasion in kept:
            options = fitting[occasion.number]
            if len(options) != 1 or occasion.number in moved or options[0].number in moved:
                continue
            other = options[0]
            if len(fitting[other.number]) != 1:
                continue
            into, gone_in = (other, occasion) if _better_told(other, occasion) else (occasion, other)
            if self._fits(into, gone_in, feed):
                into.absorb(gone_in)
                moved[gone_in.number] = (into, "same_on_page")
        return moved

    def _fits(self, occasion: Occasion, other: Occasion, feed: bool) -> bool:
        spot = occasion.spot
        if feed and (spot is None or spot.is_country or spot != other.spot):
            return False
        return self._matcher.same_on_page(occasion, other)

    def extend(self, occasion: Occasion, evidence: Evidence) -> None:
        """Add evidence to an occasion and keep the keys up to date."""
        occasion.add(evidence)
        for key in _keys(evidence):
            queue = self._by_key[key]
            if occasion.number in queue:
                queue.remove(occasion.number)
            queue.append(occasion.number)


def _better_told(a: Occasion, b: Occasion) -> bool:
    """Whether the first occasion is told more often, or earlier."""
    return (sum(a.forms.values()), -a.number) > (sum(b.forms.values()), -b.number)


def _keys(evidence: Evidence) -> Iterable[tuple[str, ...]]:
    for person in sorted(evidence.people, key=lambda p: p.name):
        yield ("person", person.name)
    if evidence.spot is not None:
        yield ("place", evidence.spot.name)
        if evidence.spot.country is not None:
            yield ("country", evidence.spot.country)
    parties: Sequence[str] = sorted(evidence.parties)
    for i, a in enumerate(parties[:6]):
        for b in parties[i + 1 : 6]:
            yield ("parties", a, b)

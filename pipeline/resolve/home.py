"""The state a page is about, and the one whose officials it names without saying whose they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from pipeline.resolve.describe import ACTING, describe_role
from pipeline.resolve.scan import Scan, is_place
from pipeline.resolve.sides import is_partisan
from pipeline.resolve.vocabulary import Vocabulary

_LEAST, _LEAD = 5, 2.0  # mentions of the state a page is about; and how many times the next one's
_OWN_LEAST, _OWN_SHARE, _OWN_LEAD = 4, 0.4, 2.0  # the same for a state whose officials go without its name
_ELSEWHERE_LEAST = 2  # mentions of another state, on a page that never names the one whose body is meant
_OF_MOST = 0.2  # least share of the mentions of the state named most: others are only mentioned in passing
_OWN_BESIDE = 0.34  # largest share of mentions beside an office, of the state whose capital the page is from
_NAMED_TOO = 2  # mentions of a state with which those of its cities count
_DATELINE, _DATELINE_REACH = 2, 9  # weight of a dateline; tokens within which it ends
_ACRONYM = 3  # letters of "UK", "EU", "UAE"
_ENDS = frozenset({"-", "–", "—", "--", ":"})


def opens_dateline(scan: Scan, i: int) -> bool:
    """ "CAIRO, May 5 —": a city in capitals at the head of a line says where it was written, not of whom."""
    return i < _DATELINE_REACH and scan.tokens[i].text.isupper() and len(scan.tokens[i].text) > _ACRONYM


class Home:
    """Counts over one page: how often each state is named, and how often beside an office.

    A page calls foreign officials by their state ("Peru's trade minister"), its own not ("Trade Minister X"):
    a state often named but never beside an office is the page's own.
    """

    def __init__(self, scans: Iterable[Scan], vocabulary: Vocabulary) -> None:
        self._named: Counter[str] = Counter()
        self._beside: Counter[str] = Counter()
        self._places: Counter[str] = Counter()
        self._implied: Counter[str] = Counter()
        self._datelines: Counter[str] = Counter()
        self._titled: set[str] = set()
        self._told_from: str | None = None
        for scan in scans:
            self._count(scan, vocabulary)
            if scan.tokens and scan.block.kind == "body":
                self._dateline(scan, vocabulary)
        for state, n in self._places.items():
            if self._named[state] >= _NAMED_TOO:  # a city alone may only host talks
                self._named[state] += n

    def names(self, state: str) -> bool:
        """Whether the page names the state, not only an office that implies it."""
        return self._named[state] > self._implied[state]

    def only_writes_from(self, state: str) -> bool:
        """Whether the page is written from the state and names others, it only in the dateline."""
        others = any(n > self._implied[s] for s, n in self._named.items() if s != state)
        return others and self._named[state] - self._implied[state] <= self._datelines[state]

    def speaks_of(self, state: str) -> bool:
        """Whether the page names the state or a place in it."""
        return self.names(state) or self._places[state] > 0

    def is_elsewhere(self, state: str) -> bool:
        """Whether the page is told from another state, or speaks of one, and does not name this one."""
        if self.names(state):
            return False
        about = self._told_from or self.state()
        others = max((n for other, n in self._named.items() if other != state), default=0)
        return (about is not None and about != state) or others >= _ELSEWHERE_LEAST

    def state(self, may: Callable[[str], bool] = lambda _: True, *, own_too: bool = True) -> str | None:
        """The state that the page names far more often than any other of those that may; else its own."""
        titled = [state for state in self._titled if may(state)]
        if own_too and len(self._titled) == 1 and titled and not self._beside:
            return titled[0]  # the page's one state, whose officials alone it speaks of
        told = self._told_from
        if own_too and told is not None and may(told):
            named = self._named[told]
            if named >= _OWN_LEAST and self._beside[told] <= _OWN_BESIDE * named:
                return told
        ranked = [(state, n) for state, n in self._named.most_common() if may(state)]
        if not ranked or ranked[0][1] < max(_OWN_LEAST, _OF_MOST * max(self._named.values())):
            return None
        if ranked[0][1] >= _LEAST and (len(ranked) == 1 or ranked[0][1] >= _LEAD * ranked[1][1]):
            return ranked[0][0]
        if not own_too:
            return None
        own = [(state, n) for state, n in ranked if not self._beside[state]]
        if not own or own[0][1] < max(_OWN_LEAST, _OWN_SHARE * ranked[0][1]):
            return None
        return own[0][0] if len(own) == 1 or own[0][1] >= _OWN_LEAD * own[1][1] else None

    def _dateline(self, scan: Scan, vocabulary: Vocabulary) -> None:
        """ "LIMA, May 5 –", "Lima (Andina) -": where a page is written from counts more than once."""
        first = scan.tokens[0]
        capitals = len(first) > 2 and first.text.isupper()
        entry = vocabulary.lexicon.get(first.text.title() if capitals else first.text)
        if entry is None or entry.kind != "capital" or entry.ref not in vocabulary.countries:
            return
        second = scan.tokens[1].text if len(scan.tokens) > 1 else ""
        ended = any(token.text in _ENDS for token in scan.tokens[1:_DATELINE_REACH])
        if capitals:
            self._named[entry.ref] += _DATELINE
            counted = 0 in scan.match_at and not is_place(scan, 0, vocabulary)
            self._datelines[entry.ref] += _DATELINE + counted
        if ended and (capitals or second in _ENDS | {",", "("}):
            self._told_from = self._told_from or entry.ref

    def _count(self, scan: Scan, vocabulary: Vocabulary) -> None:
        weight = 1 if scan.block.kind == "body" else 2
        for i, match in scan.match_at.items():
            if match.start != i:
                continue
            entry = match.entry
            if entry.kind == "place":
                self._places[entry.country or ""] += weight
                continue
            if is_place(scan, i, vocabulary):
                continue  # talks are held in third states
            state = (
                vocabulary.party_of_body(entry.ref) if entry.kind == "body" else entry.country or entry.ref
            )
            if state in vocabulary.countries:
                self._named[state or ""] += weight
                if (
                    entry.kind == "body"
                    and scan.doc[i : match.end].text in vocabulary.bodies[entry.ref].shared
                ):
                    self._implied[state or ""] += weight
                if scan.block.kind != "body":
                    self._titled.add(state or "")
        for i, role in scan.role_at.items():
            if role.start != i:
                continue
            if role.role.implies in vocabulary.countries:
                self._named[role.role.implies or ""] += weight
                self._implied[role.role.implies or ""] += weight
            if role.role.category in ACTING and role.role.implies is None and not role.plural:
                hint = describe_role(scan, role, vocabulary).hint
                if hint.known and hint.party in vocabulary.countries:
                    self._beside[hint.party or ""] += 1
        for i, word in enumerate(scan.words.lower):
            if word in vocabulary.partisan and is_partisan(scan, i, vocabulary):
                self._named[vocabulary.partisan[word]] += weight

"""Time, and rightness against known truth, of merging mentions of meetings over a large corpus.

`python -m tests.bench_merge 10000 100000 --into docs/benchmarks.md` merges so many synthetic mentions and
shows how long each took, how much longer than in proportion, and which share of the pairs of mentions that
were put together belong together (and the other way round). Seconds are of CPU time, the least of several
rounds (`--rounds 3`), so that other work on the machine counts less.
"""

import argparse
import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from pipeline.domain import load_domain
from pipeline.extract.meetings import merge_meetings
from pipeline.model import Actor, Document, MeetingMention, Page
from pipeline.settings import Settings
from tests.benching import put_table

FIRST = dt.date(2022, 1, 1)
PARTIES = (
    "US",
    "RU",
    "UA",
    "CN",
    "FR",
    "DE",
    "GB",
    "TR",
    "SA",
    "QA",
    "EG",
    "IL",
    "IR",
    "IN",
    "JP",
    "BR",
    "KE",
)
PLACES = (
    "Geneva", "Doha", "Istanbul", "Riyadh", "Cairo", "Paris", "London", "Berlin", "Moscow", "Washington",
    "Beijing", "New Delhi", "Vienna", "Abu Dhabi", "Nairobi", "Tokyo", "Switzerland", "Turkey", "Qatar",
)  # fmt: skip
DOCUMENT = 6
"""Mentions of one document, at most."""


def synthetic(n_mentions: int, seed: int = 0) -> tuple[list[MeetingMention], list[Page], dict[str, int]]:
    """Mentions, their documents, and the true occasion of each mention.

    A tenth of all occasions have the same two parties, and a few occasions take most of the mentions, as in
    news. Mentions come before the occasion (proposed, scheduled) and after it (held); each names some of the
    people, the place half of the time and the day a third of the time. Larger corpora are longer and denser:
    ten times the mentions span three times the years.
    """
    chance = random.Random(seed)
    n_days = max(60, int(40 * n_mentions**0.4))
    weights = list(accumulate(1 / (rank + 1) for rank in range(len(PARTIES))))
    mentions: list[MeetingMention] = []
    told: list[tuple[dt.date, int, dict[str, object]]] = []
    number = 0
    while len(told) < n_mentions:
        told.extend(_occasion(chance, number, n_days, weights))
        number += 1
    told = sorted(told[:n_mentions], key=lambda t: (t[0], t[1]))
    pages: list[Page] = []
    truth: dict[str, int] = {}
    at = 0
    while at < len(told):
        day, document_id = told[at][0], f"doc_{len(pages):07}"
        size = chance.randint(1, DOCUMENT)
        held = [t for t in told[at : at + size] if t[0] == day]
        at += len(held)
        pages.append(_page(document_id, day, chance.randrange(40)))
        for place, (_, occasion, fields) in enumerate(held):
            mention_id = f"{document_id}_{place}"
            truth[mention_id] = occasion
            mentions.append(
                _mention(mention_id, f"{document_id}_{occasion}", document_id, place, day, fields)
            )
    return mentions, pages, truth


def _occasion(chance, number, n_days, weights):
    parties = ["US", "RU"] if chance.random() < 0.1 else []
    while len(parties) < (2 if chance.random() < 0.8 else 3):
        parties = list(dict.fromkeys([*parties, *chance.choices(PARTIES, cum_weights=weights)]))
    people = [(f"{p} {chance.choice(['Ash', 'Birk', 'Crag', 'Dale', 'Elm'])}", p) for p in parties]
    when = FIRST + dt.timedelta(days=chance.randrange(n_days))
    place, form = chance.choice(PLACES), chance.choice(("in_person", "in_person", "unknown", "phone"))
    place = None if form == "phone" else place
    for _ in range(min(400, int(chance.paretovariate(0.9)))):
        ahead = int(chance.expovariate(0.15)) * chance.choice((-1, 1, 1))
        told = when + dt.timedelta(days=ahead)
        named = [p for p in people if chance.random() < 0.7]
        dated = chance.random() < 0.35
        delegations = parties if chance.random() < 0.7 or not named else [p for _, p in named]
        yield (
            told,
            number,
            {
                "participants": tuple(n for n, _ in named),
                "parties": tuple(sorted(set(delegations))),
                "participant_actors": tuple(Actor(f"person:{n}", n, "person", p) for n, p in named),
                "place": place if chance.random() < 0.5 else None,
                "form": form if chance.random() < 0.7 or form == "phone" else "unknown",
                "status": "held" if ahead > 0 else chance.choice(("scheduled", "scheduled", "proposed")),
                "date_from": when if dated else None,
                "date_to": when if dated else None,
                "date_basis": "explicit" if dated else "unknown",
                "date_text": f"{when:%B} {when.day}, {when.year}" if dated else None,
            },
        )


def _page(document_id: str, day: dt.date, publisher: int) -> Page:
    document = Document(
        document_id=document_id, source_file=f"{document_id}.txt", publisher=f"P{publisher}", agency=None,
        authors=(), title=None, published_from=day, published_to=day, published_basis="explicit",
        format="article", language="en", url=None, text="", n_words=0, sha256="", duplicate_of=None,
        ingested_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    return Page(document, (), {})


def _mention(mention_id, own, document_id, place, day, fields) -> MeetingMention:
    return MeetingMention(
        mention_id=mention_id, meeting_id=own, document_id=document_id, block_id="b", char_start=place * 10,
        char_end=place * 10 + 5, evidence="12345", reported_on=day, statement_id=None, merge_rule="new",
        confidence=0.7, rule="verb_meet", **fields,
    )  # fmt: skip


def agreement(found: dict[str, str], truth: dict[str, int]) -> tuple[float, float]:
    """Precision and recall over pairs of mentions that stand in one meeting."""

    def pairs(counts):
        return sum(n * (n - 1) // 2 for n in counts)

    both = pairs(Counter((found[m], truth[m]) for m in truth).values())
    return both / max(1, pairs(Counter(found.values()).values())), both / max(
        1, pairs(Counter(truth.values()).values())
    )


@dataclass(frozen=True, slots=True)
class Merge:
    """What merging so many mentions took and gave; seconds are of CPU time."""

    mentions: int
    documents: int
    occasions: int
    meetings: int
    seconds: float
    precision: float
    recall: float


def measured(size: int, rounds: int = 1) -> Merge:
    """Merge so many synthetic mentions, several times over; the quickest counts."""
    pack = load_domain(Settings(domain="generic"))
    mentions, pages, truth = synthetic(size)
    merge_meetings(*synthetic(100)[:2], pack)  # reference data are read before the clock starts
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        merged = merge_meetings(mentions, pages, pack)
        spent.append(time.process_time() - began)
    pairs = agreement({m.mention_id: m.meeting_id or "" for m in merged.mentions}, truth)
    return Merge(size, len(pages), len(set(truth.values())), len(merged.meetings), min(spent), *pairs)


def markdown(merges: Sequence[Merge]) -> str:
    """A column for each size; time in proportion is that of the first size times the mentions."""
    first = merges[0]
    lines = {
        "": [f"{m.mentions:,} mentions" for m in merges] + ["aim"],
        "documents": [f"{m.documents:,}" for m in merges] + [""],
        "occasions, meetings found": [f"{m.occasions:,}, {m.meetings:,}" for m in merges] + [""],
        "seconds of CPU": [f"{m.seconds:.1f}" for m in merges] + ["100,000 under 20"],
        "longer than in proportion": [
            f"{m.seconds / first.seconds / (m.mentions / first.mentions):.2f} times" for m in merges
        ]
        + ["near-linear"],
        "pairs of mentions: precision, recall": [f"{m.precision:.3f}, {m.recall:.3f}" for m in merges] + [""],
    }
    rows = [f"| {name} | {' | '.join(cells)} |" for name, cells in lines.items()]
    return "\n".join([rows[0], "|---" * (len(merges) + 2) + "|", *rows[1:]])


def main() -> None:
    """Measure each size, print the table, and put it into a page if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mentions", type=int, nargs="*", default=[10_000, 30_000, 100_000])
    parser.add_argument("--into", type=Path, help="page whose table is replaced: docs/benchmarks.md")
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    table = markdown([measured(size, given.rounds) for size in given.mentions])
    print(table)
    if given.into is not None:
        put_table(given.into, "merge", table)


if __name__ == "__main__":
    main()

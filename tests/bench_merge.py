"""Time, and rightness against known truth, of merging mentions of meetings over a large corpus.

`python -m tests.bench_merge 10000 100000` merges so many synthetic mentions and shows how long each took,
how much longer than in proportion, and which share of the pairs of mentions that were put together belong
together (and the other way round).
"""

import datetime as dt
import random
import sys
import time
from collections import Counter
from itertools import accumulate

from pipeline.domain import load_domain
from pipeline.extract.meetings import merge_meetings
from pipeline.model import Actor, Document, MeetingMention, Page
from pipeline.settings import Settings

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


def main(sizes: list[int]) -> None:
    pack = load_domain(Settings(domain="generic"))
    merge_meetings(*synthetic(100)[:2], pack)
    first = None
    for size in sizes:
        mentions, pages, truth = synthetic(size)
        began, cpu = time.perf_counter(), time.process_time()
        merged = merge_meetings(mentions, pages, pack)
        wall, cpu = time.perf_counter() - began, time.process_time() - cpu
        first = first or (size, cpu)
        precision, recall = agreement({m.mention_id: m.meeting_id or "" for m in merged.mentions}, truth)
        print(
            f"{size:>9,} mentions  {len(pages):>7,} documents  {len(set(truth.values())):>6,} occasions  "
            f"{len(merged.meetings):>6,} meetings  {wall:6.1f} s  {cpu:6.1f} s of CPU  "
            f"{cpu / first[1] / (size / first[0]):.2f} x in proportion  "
            f"pairs: precision {precision:.3f}, recall {recall:.3f}"
        )


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1_000, 10_000, 100_000])

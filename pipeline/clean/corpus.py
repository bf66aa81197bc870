"""What only the corpus shows: lines that pages repeat, and pages that carry the same story.

Two pages carry the same story if they share most of their long lines (wire copy on several sites). A line
that three different stories carry is furniture, however it reads.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from pipeline.clean.lines import Line

_STORIES = 3
"""A line in so many different stories is furniture."""
_LONG = 12
"""Words from which a line is prose of its story and not a menu, heading or stamp."""
_SAME_STORY = 0.5
_RUN = 5
_EVERY = 4
_NEAR = 0.7
_LEAST_SHARED = 8
_COMMON = 20
"""A line or run of more documents than this says nothing of two being the same."""


def repeated_lines(pages: Mapping[str, Sequence[Line]]) -> frozenset[str]:
    """Keys of the lines that stand on pages of at least three different stories.

    Args:
        pages: lines of every page, by any key.
    """
    on: dict[str, set[str]] = defaultdict(set)
    for name, lines in pages.items():
        for line in lines:
            on[line.key].add(name)
    many = {key: names for key, names in on.items() if len(names) >= _STORIES}
    if not many:
        return frozenset()
    story = _stories(pages, on)
    return frozenset(key for key, names in many.items() if len({story[n] for n in names}) >= _STORIES)


def _stories(pages: Mapping[str, Sequence[Line]], on: Mapping[str, set[str]]) -> dict[str, str]:
    """The first page, by order, that carries the same story as each page."""
    long = {name: {x.key for x in lines if x.n_words >= _LONG} for name, lines in pages.items()}
    first: dict[str, str] = {}
    for name in pages:
        shared: Counter[str] = Counter()
        for key in long[name]:
            if len(on[key]) <= _COMMON:
                shared.update(other for other in on[key] if other in first)
        same = [
            other for other, n in shared.items() if n >= _SAME_STORY * min(len(long[name]), len(long[other]))
        ]
        first[name] = min(first[other] for other in same) if same else name
    return first


def near_duplicates(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Which documents repeat an earlier one, as later -> earlier key.

    Args:
        texts: key and editorial text of every document, earliest first.

    Two texts are near-duplicates if at least 70% of the runs of five words of the shorter one are in the
    other, estimated on a quarter of all runs (the same run is in the sample of every text or of none).
    Linear in the length of the texts.
    """
    holders: dict[int, list[str]] = defaultdict(list)
    samples: dict[str, frozenset[int]] = {}
    duplicates: dict[str, str] = {}
    for key, text in texts:
        sample = _sample(text)
        shared: Counter[str] = Counter()
        for value in sample:
            if len(holders[value]) <= _COMMON:
                shared.update(holders[value])
        for other, n in shared.most_common():
            if n >= max(_LEAST_SHARED, _NEAR * min(len(sample), len(samples[other]))):
                duplicates[key] = duplicates.get(other, other)
                break
        samples[key] = sample
        for value in sample:
            holders[value].append(key)
    return duplicates


def _sample(text: str) -> frozenset[int]:
    """Digests of a quarter of all runs of five words."""
    words = [word.encode() for word in text.casefold().split()]
    digests = (crc32(b" ".join(words[i : i + _RUN])) for i in range(len(words) - _RUN + 1))
    return frozenset(d for d in digests if d % _EVERY == 0)

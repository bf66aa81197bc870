"""What only the corpus shows: pages that carry the same story (wire copy on several sites)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from zlib import crc32

_RUN = 5
_EVERY = 4
_NEAR = 0.7
_LEAST_SHARED = 8
_COMMON = 20
"""A line or run of more documents than this says nothing of two being the same."""


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

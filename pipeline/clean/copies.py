"""Near-duplicates: the signature of a text, and which documents of a corpus repeat an earlier one.

A signature depends on its text alone, so that it can be kept with the document; `copies` then compares
signatures only. Texts are compared by their runs of five words. A signature holds

- a MinHash (datasketch), whose bands find texts that resemble each other, however many there are of one;
- a sample of the runs, the same run being in the sample of every text or of none. MinHash tells how much of
  both texts together is shared, which says nothing of a short story inside a long page; shares of the sample
  do. An LSH Ensemble would look for containment, too, but keeps many indices in memory and verifies nothing.

Whatever shares a band or one of the rarer sampled runs is a candidate, and each is verified on the samples.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import heapq
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from datasketch import MinHash

Hashes = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]

_WORD = re.compile(r"\w+")
_RUN = 5
_PERMUTATIONS = 64
_BANDS = 21
_ROWS = 3
"""Values of a band. Of two texts that share half of both together, 95% have a band in common, of two that
share a twentieth, 0.3%."""
_AT_ONCE = 8192
"""Runs that are hashed in one go: bounds the memory that a long text takes."""
_EVERY = 4
_KEYS_EVERY = 16
"""Of the runs in the sample, those that lead to candidates: a quarter."""
_LEAST_SHARED = 8
_WITHIN = 0.7
"""Share of a text's runs from which it is said to be in the other."""
_NOT_OWN = 0.5
"""Share of its runs that a text may at most have of its own, to be a copy of a shorter one that it holds."""
_HOLDERS = 20
"""Originals to which one key leads: a run that more stories than this share says nothing of them."""
_VERIFIED = 8
"""Candidates that are compared, those that share most keys first: keeps time linear."""
_FEWER = 4
"""Candidates that share so many times fewer keys than the likeliest are not compared."""
_MOST_AGAIN = 8
"""If one document in so many would have to be compared again, all are, which is quicker then."""
_LATEST = dt.date.max


@dataclass(frozen=True, slots=True)
class Signed:
    """What `copies` must know of a document; `published_from` is the first day that may be its own."""

    document_id: str
    published_from: dt.date | None
    source_file: str
    signature: bytes


class Compared(NamedTuple):
    """What was found of a document: a digest of its signature, and which one it repeats, if any."""

    document_id: str
    digest: str
    original: str | None


def signature(text: str) -> bytes:
    """Signature of a text: 64 values of its MinHash, then its sampled runs in ascending order.

    Each value is a 32-bit number, little-endian: 256 bytes, and about one byte for each word. Texts that
    differ only in white space, case and punctuation have the same. Linear in the length of the text.
    """
    runs = _runs(text)
    minhash = _blank().copy()
    for start in range(0, len(runs), _AT_ONCE):
        minhash.update_batch(runs[start : start + _AT_ONCE].tolist())
    sample = np.unique(runs[runs % _EVERY == 0])
    return np.concatenate([minhash.hashvalues, sample]).astype("<u4").tobytes()


def copies(items: Iterable[Signed]) -> dict[str, str]:
    """Which documents repeat another one, as document_id -> document_id of the original.

    The original is the earliest by `published_from` (those without come last), then `source_file`; it is
    never a copy itself. A document repeats an earlier one if at least 70% of its runs are there, or if it
    holds 70% of the other's and at most half of its runs are its own: a long page that quotes a short story
    whole is no copy of it. Shares are estimated on a quarter of the runs, and eight must be shared.

    The result does not depend on the order of `items`. Time is near-linear in their number.

    Raises:
        ValueError: if a signature is not of the form that `signature` gives.
    """
    return {each.document_id: each.original for each in compared(items) if each.original is not None}


def compared(items: Iterable[Signed], before: Sequence[Compared] = ()) -> list[Compared]:
    """What `copies` finds, told of every document, in the order in which they are compared.

    Args:
        items: the documents.
        before: what was found of documents of which most are the same. Then only those are compared that are
            new, or that are led to other originals than they were; all are if an original has gone or moved.
    """
    ordered = sorted(items, key=lambda i: (i.published_from or _LATEST, i.source_file, i.document_id))
    if not ordered:
        return []
    digests = [hashlib.blake2b(item.signature, digest_size=16).hexdigest() for item in ordered]
    read = [_read(item.signature) for item in ordered]
    samples = [values[_PERMUTATIONS:] for values in read]
    names = [item.document_id for item in ordered]
    keys = _keys(read)
    originals = _updated(names, digests, keys, samples, before)
    if originals is None:
        originals = _found(keys, samples)
    return [
        Compared(name, digest, None if original is None else names[original])
        for name, digest, original in zip(names, digests, originals, strict=True)
    ]


def _found(keys: Sequence[Hashes], samples: Sequence[Hashes]) -> list[int | None]:
    """The number of the original of each document, by its number."""
    holders = _Holders(keys)
    found: list[int | None] = []
    for number in range(len(keys)):
        original = _original(number, holders.likely(number), samples)
        found.append(original)
        if original is None:
            holders.add(number)
    return found


def _updated(
    names: Sequence[str],
    digests: Sequence[str],
    keys: Sequence[Hashes],
    samples: Sequence[Hashes],
    before: Sequence[Compared],
) -> list[int | None] | None:
    """What `_found` gives, taken over from before where nothing can differ; None where too much may."""
    places = {each.document_id: at for at, each in enumerate(before)}
    numbers = {name: number for number, name in enumerate(names)}
    found: list[int | None] = [None] * len(names)
    is_original = np.zeros(len(names), bool)
    waiting: list[int] = []
    last = -1
    for number, name in enumerate(names):
        at = places.pop(name, None)
        if at is not None and at > last and before[at].digest == digests[number]:
            last = at
            repeated = before[at].original
            is_original[number] = repeated is None
            # Never absent: an original that has gone or moved is seen below.
            found[number] = None if repeated is None else numbers.get(repeated)
        elif at is not None and before[at].original is None:
            return None
        else:
            waiting.append(number)
    if not before or any(before[at].original is None for at in places.values()):
        return None
    postings = _Postings(keys)
    again = 0
    while waiting:
        number = heapq.heappop(waiting)
        if waiting and waiting[0] == number:
            continue
        again += 1
        if _MOST_AGAIN * again > len(names):
            return None
        original = found[number] = _original(number, postings.likely(number, is_original), samples)
        if is_original[number] != (original is None):
            is_original[number] = original is None
            for other in postings.led_by(number, is_original):
                heapq.heappush(waiting, other)
    return found


def _original(number: int, candidates: Numbers, samples: Sequence[Hashes]) -> int | None:
    """The earlier document that this one repeats most of; of equals the earliest."""
    mine = samples[number]
    if not len(candidates) or len(mine) < _LEAST_SHARED:
        return None
    others = [samples[n] for n in candidates]
    sizes = np.array([len(other) for other in others])
    values = np.concatenate(others)
    places = np.minimum(np.searchsorted(mine, values), len(mine) - 1)
    shared = np.add.reduceat(mine[places] == values, np.cumsum(sizes) - sizes, dtype=np.int64)
    within, holds = shared / len(mine), shared / sizes
    repeats = (within >= _WITHIN) | ((holds >= _WITHIN) & (within >= _NOT_OWN))
    fitting = np.flatnonzero((shared >= _LEAST_SHARED) & repeats)
    if not len(fitting):
        return None
    return min((-within[at], int(candidates[at])) for at in fitting)[1]


class _Holders:
    """Originals found so far, by the keys that lead to them; only keys that several documents have count."""

    def __init__(self, keys: Sequence[Hashes]) -> None:
        """`keys` are those of each document, in the documents' order."""
        self._ends = np.cumsum([len(own) for own in keys])
        _, self._keys, count = np.unique(np.concatenate(keys), return_inverse=True, return_counts=True)
        self._is_shared = count > 1
        room = np.where(self._is_shared, np.minimum(count, _HOLDERS), 0)
        self._starts = np.cumsum(room) - room
        self._room = room
        self._held = np.zeros(len(room), np.int64)
        self._numbers = np.zeros(int(room.sum()), np.int64)
        """Of each key as many places as it may have holders, one after the other."""

    def likely(self, number: int) -> Numbers:
        """Originals that share keys with a document, see `_likeliest`."""
        own = self._own(number)
        held = self._held[own]
        before = np.cumsum(held) - held
        here = np.repeat(self._starts[own] - before, held) + np.arange(held.sum())
        return _likeliest(self._numbers[here])

    def add(self, number: int) -> None:
        """Take a document for an original; keys that lead to enough of them lead to no more."""
        own = self._own(number)
        own = own[self._held[own] < self._room[own]]
        self._numbers[self._starts[own] + self._held[own]] = number
        self._held[own] += 1

    def _own(self, number: int) -> Numbers:
        """Keys of a document that others have, too."""
        own = self._keys[self._ends[number - 1] if number else 0 : self._ends[number]]
        return own[self._is_shared[own]]


class _Postings:
    """All documents by key, for who asks about a few of them."""

    def __init__(self, keys: Sequence[Hashes]) -> None:
        """`keys` are those of each document, in the documents' order."""
        self._own = keys
        values = np.concatenate(keys)
        order = np.argsort(values, kind="stable")
        self._values = values[order]
        self._numbers = np.repeat(np.arange(len(keys)), [len(own) for own in keys])[order]

    def likely(self, number: int, is_original: npt.NDArray[np.bool_]) -> Numbers:
        """What `_Holders.likely` gives once all originals before this document are known."""
        held = [before[is_original[before]][:_HOLDERS] for before, _ in self._around(number)]
        return _likeliest(np.concatenate(held)) if held else np.empty(0, np.int64)

    def led_by(self, number: int, is_original: npt.NDArray[np.bool_]) -> Iterator[int]:
        """Later documents that a key leads to this one, or would if it were an original."""
        later = [
            after
            for before, after in self._around(number)
            if np.count_nonzero(is_original[before]) < _HOLDERS
        ]
        yield from np.unique(np.concatenate(later)).tolist() if later else ()

    def _around(self, number: int) -> Iterator[tuple[Numbers, Numbers]]:
        """By each key of a document the documents before it and those after it."""
        own = self._own[number]
        starts, ends = (np.searchsorted(self._values, own, side) for side in ("left", "right"))
        for start, end in zip(starts, ends, strict=True):
            numbers = self._numbers[start:end]
            at = int(np.searchsorted(numbers, number))
            yield numbers[:at], numbers[at + 1 :]


def _likeliest(held: Numbers) -> Numbers:
    """Of originals, each as often as a key leads to it, those that are compared, the likeliest first.

    Of equals the earliest comes first.
    """
    candidates, count = np.unique(held, return_counts=True)
    order = np.argsort(-count, kind="stable")[:_VERIFIED]
    likely: Numbers = candidates[order[_FEWER * count[order] >= count.max(initial=0)]]
    return likely


def _keys(read: Sequence[Hashes]) -> list[Hashes]:
    """What leads from each document to others, in ascending order, each once.

    That a band may equal a run by chance costs a comparison.
    """
    first = np.stack([values[: _BANDS * _ROWS] for values in read]).reshape(-1, _BANDS, _ROWS)
    summed = np.zeros(first.shape[:2], np.uint64)
    for row, factor in enumerate(_FACTORS[:_ROWS]):
        summed += first[:, :, row].astype(np.uint64) * factor
    banded = (_mixed(summed + np.arange(1, _BANDS + 1, dtype=np.uint64)) >> np.uint64(32)).astype(np.uint32)
    sizes = np.array([len(values) - _PERMUTATIONS for values in read])
    told = np.flatnonzero(sizes >= _LEAST_SHARED)
    samples = np.concatenate([np.empty(0, np.uint32), *[read[at][_PERMUTATIONS:] for at in told.tolist()]])
    rare = samples % _KEYS_EVERY == 0
    numbers = np.concatenate([np.repeat(told, _BANDS), np.repeat(told, sizes[told])[rare]])
    values = np.concatenate([banded[told].ravel(), samples[rare]])
    # Document and key as one number: sorted together, those of a document stand side by side.
    joined = np.sort((numbers.astype(np.uint64) << np.uint64(32)) | values)
    joined = joined[np.diff(joined, prepend=np.iinfo(np.uint64).max) != 0]
    ends = np.searchsorted(joined, np.arange(1, len(read) + 1, dtype=np.uint64) << np.uint64(32)).tolist()
    keys = joined.astype(np.uint32)
    return [keys[start:end] for start, end in pairwise([0, *ends])]


def _read(data: bytes) -> Hashes:
    if len(data) % 4 or len(data) < 4 * _PERMUTATIONS:
        raise ValueError(f"A signature has {_PERMUTATIONS} values of 4 bytes or more, not {len(data)} bytes.")
    return np.frombuffer(data, "<u4").astype(np.uint32, copy=False)


_FACTORS: Final = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    np.uint64,
)
"""Odd numbers without pattern: one for each place in a run."""


def _runs(text: str) -> Hashes:
    """Hash of every run of five words, in the order of the text."""
    words = np.array(
        [crc32(w.encode("utf-8", "surrogatepass")) for w in _WORD.findall(text.casefold())], np.uint64
    )
    count = len(words) - _RUN + 1
    if count <= 0:
        return np.empty(0, np.uint32)
    total = np.zeros(count, np.uint64)
    for place, factor in enumerate(_FACTORS):
        total += words[place : place + count] * factor
    return (_mixed(total) >> np.uint64(32)).astype(np.uint32)


def _mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Each number with all its bits stirred (the finaliser of SplitMix64); arithmetic is modulo 2**64."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@cache
def _blank() -> MinHash:
    """An empty MinHash; its permutations follow from the seed and are shared by all copies of it."""
    from datasketch import MinHash  # brings SciPy along, which takes its time to load

    return MinHash(num_perm=_PERMUTATIONS, seed=1, scheme="affine32", hashfunc=int)

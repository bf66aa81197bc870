"""Two Dask workers against two processes of a pool on the same documents, in turns: part of `make bench`.

`python -m tests.bench_cluster --documents 1000 --rounds 3 --into docs/benchmarks.md` cleans a corpus, and
then lets either side read it into a store that knows nothing. What is timed is the extraction step: on both
sides a reading process for each worker starts and loads the model. The cluster is up before, as an existing
one would be, and is started anew for every round, so that no side finds its models loaded. Both must give
the same rows.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import polars as pl

from pipeline.extraction import Extraction
from pipeline.gather import gathered
from pipeline.ingest import ingest
from pipeline.settings import Settings
from pipeline.steps import clean_documents
from pipeline.store import Store
from pipeline.tables import frame
from pipeline.work import Limits, Workers
from pipeline.work.cluster import Cluster
from pipeline.work.pool import Pool
from tests.bench_corpus import SEED
from tests.benching import cpu_seconds, put_table
from tests.cluster_nodes import cluster
from tests.synthetic_corpus import write_corpus

NOW = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
N_WORKERS = 2
AIM = 0.9


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that passed, and seconds of CPU of this process and all that it started."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> Spent:
        """What was spent until now; only differences mean something."""
        return cls(time.perf_counter(), cpu_seconds(os.getpid()))

    def since(self, earlier: Spent) -> Spent:
        """What was spent in between."""
        return Spent(self.wall - earlier.wall, self.cpu - earlier.cpu)


@contextmanager
def pool(limits: Limits) -> Iterator[tuple[Workers, Spent]]:
    """Workers, and what was spent before their processes were started."""
    began = Spent.now()
    with Pool(N_WORKERS, limits) as workers:
        yield workers, began


@contextmanager
def dask(limits: Limits) -> Iterator[tuple[Workers, Spent]]:
    """Workers, and what was spent when the cluster was there and had read nothing."""
    with cluster(N_WORKERS) as nodes:
        began = Spent.now()
        with Cluster(nodes.scheduler_address, limits) as workers:
            yield workers, began


SIDES = {"pool": pool, "dask": dask}


def extract(side: str, documents: pl.DataFrame, blocks: pl.DataFrame, scratch: Path) -> tuple[Spent, str]:
    """What a side spends on reading all documents into a store of its own, and a digest of all rows."""
    settings = Settings()
    limits = Limits(settings.max_seconds, settings.max_memory)
    with tempfile.TemporaryDirectory(dir=scratch) as folder, Store(Path(folder) / "store.sqlite") as store:
        with SIDES[side](limits) as (workers, began):
            work = Extraction(documents, blocks, settings, store)
            counts = work.make_sure(workers)
            spent = Spent.now().since(began)
        if counts.read != documents.height:
            raise SystemExit(f"{side}: {counts}")
        digest = hashlib.sha256()
        for name, part in gathered(work):
            digest.update(name.encode() + part.write_ipc(None).getvalue())
    return spent, digest.hexdigest()


def markdown(n_documents: int, n_words: int, of_pool: Sequence[Spent], of_dask: Sequence[Spent]) -> str:
    """The table: medians of the rounds of each side, and how much of the pool's speed the cluster reaches."""
    ratios = [one.wall / other.wall for one, other in zip(of_pool, of_dask, strict=True)]
    rounds = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    wall = [median(spent.wall for spent in spents) for spents in (of_pool, of_dask)]
    cpu = [median(spent.cpu for spent in spents) for spents in (of_pool, of_dask)]
    return "\n".join(
        [
            f"| {n_documents:,} documents | {N_WORKERS} pool processes | {N_WORKERS} Dask workers | aim |",
            "|---|---|---|---|",
            f"| seconds | {wall[0]:,.1f} | {wall[1]:,.1f} | |",
            f"| words a second | {n_words / wall[0]:,.0f} | {n_words / wall[1]:,.0f} | |",
            f"| seconds of CPU, all processes | {cpu[0]:,.1f} | {cpu[1]:,.1f} | |",
            f"| of the pool's speed | | {wall[0] / wall[1]:.2f} (by round: {rounds}) | at least {AIM:.2f} |",
        ]
    )


def main() -> None:
    """Measure both sides in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scratch", type=Path, help="folder for corpus and stores")
    parser.add_argument("--into", type=Path, help="page whose table is replaced: docs/benchmarks.md")
    given = parser.parse_args()
    spent: dict[str, list[Spent]] = {side: [] for side in SIDES}
    digests: set[str] = set()
    with tempfile.TemporaryDirectory(dir=given.scratch) as folder:
        scratch = Path(folder)
        n_words = write_corpus(scratch / "documents", given.documents, SEED)
        settings = Settings(seeds=scratch / "documents")
        cleaned = clean_documents(ingest(settings, NOW).documents, settings)
        documents, blocks = frame("documents", cleaned.documents), frame("blocks", cleaned.blocks)
        for number in range(given.rounds):
            # The first place changes: a machine may get warm.
            for side in sorted(SIDES, reverse=number % 2 == 0):
                own, digest = extract(side, documents, blocks, scratch)
                spent[side].append(own)
                digests.add(digest)
                print(f"round {number + 1}: {side} {own.wall:.1f} s, {own.cpu:.1f} s of CPU", flush=True)
    if len(digests) != 1:
        raise SystemExit("The two sides gave different rows.")
    table = markdown(documents.height, n_words, spent["pool"], spent["dask"])
    print(table)
    if given.into is not None:
        put_table(given.into, "cluster", table)


if __name__ == "__main__":
    main()

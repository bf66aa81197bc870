"""Documents read by a cluster, one of its workers killed on the way: every table is as without a cluster."""

import datetime as dt

import pytest

from pipeline.extraction import Extraction
from pipeline.gather import gathered
from pipeline.ingest import ingest
from pipeline.settings import Settings
from pipeline.steps import clean_documents
from pipeline.store import Store
from pipeline.tables import frame
from pipeline.work.cluster import Cluster
from pipeline.work.here import Here
from tests.cluster_nodes import cluster, kill_one
from tests.synthetic_corpus import write_corpus

N_DOCUMENTS = 24


class Killing(Cluster):
    """Kills a worker's process once the first documents have come back."""

    def __init__(self, nodes):
        super().__init__(nodes.scheduler_address)
        self._nodes = nodes
        self.n_before = 0

    def map(self, task, common, shards):
        for outcome in super().map(task, common, shards):
            if not self.n_before:
                kill_one(self._nodes)
                self.n_before = len(outcome.shard.names)
            yield outcome


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    seeds = tmp_path_factory.mktemp("seeds")
    write_corpus(seeds, N_DOCUMENTS, n_words=150)
    return Settings(seeds=seeds)


def read(settings, workers):
    """Counts of what was done, and every table as bytes."""
    cleaned = clean_documents(ingest(settings, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)).documents, settings)
    documents, blocks = frame("documents", cleaned.documents), frame("blocks", cleaned.blocks)
    with Store(None) as store:
        extraction = Extraction(documents, blocks, settings, store)
        counts = extraction.make_sure(workers)
        tables = [(name, part.write_ipc(None).getvalue()) for name, part in gathered(extraction)]
    return counts, tables


def test_a_killed_worker_changes_no_byte(settings):
    with Here() as here:
        alone, expected = read(settings, here)
    with cluster(2) as nodes, Killing(nodes) as workers:
        counts, found = read(settings, workers)
        assert 0 < workers.n_before < N_DOCUMENTS
    assert counts == alone
    assert counts.parsed > 0 and counts.lost == 0
    assert len(expected) == len(found)
    for (name, one), (_, other) in zip(expected, found, strict=True):
        assert one == other, name

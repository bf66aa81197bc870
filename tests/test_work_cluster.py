"""Workers of a Dask cluster give every item back exactly once, whatever happens to them on the way."""

import os
import time

import pytest

from pipeline.settings import Settings
from pipeline.work import Done, Limits, Lost, Shard, WorkError
from pipeline.work.choose import workers_for
from pipeline.work.cluster import AHEAD, Cluster
from tests.cluster_nodes import cluster, kill_one
from tests.test_work import ACT, settled, shards

LIMITS = Limits(seconds=1.0, mebibytes=600)


@pytest.fixture(scope="module")
def nodes():
    with cluster(2) as found:
        yield found


@pytest.fixture
def workers(nodes):
    with Cluster(nodes.scheduler_address, LIMITS) as found:
        yield found


def test_every_item_comes_back_with_its_result(workers):
    names = [f"n{i}" for i in range(20)]
    assert settled(workers, *names) == {name: (f"> {name}".encode(),) for name in names}


def test_work_goes_to_several_processes(workers):
    found = settled(workers, "pid 1", "sleep 0.4", "pid 2", "sleep 0.3", "pid 3", "sleep 0.2", size=1)
    pids = {int(found[f"pid {n}"][0]) for n in (1, 2, 3)}
    assert os.getpid() not in pids
    assert workers.parallel == 2


def test_a_process_that_dies_takes_one_item_with_it(workers):
    found = settled(workers, "a", "b", "die", "c", "d", size=5)
    lost = found.pop("die")
    assert isinstance(lost, Lost) and lost.code == "worker_died"
    assert found == {name: (f"> {name}".encode(),) for name in "abcd"}


def test_limits_hold_on_the_workers(workers):
    found = settled(workers, "a", "stuck", "b", "eat 900", "c")
    assert found.pop("stuck").code == "out_of_time"
    assert found.pop("eat 900").code == "out_of_memory"
    assert set(found) == {"a", "b", "c"}


def test_shards_of_a_worker_that_is_killed_go_to_another(nodes, workers):
    killed = []
    results = {}
    for outcome in workers.map(ACT, b"", shards(*(f"sleep 0.1{i:02}" for i in range(12)), size=1)):
        assert isinstance(outcome, Done)
        results |= dict(zip(outcome.shard.names, outcome.results, strict=True))
        if not killed:
            killed.append(kill_one(nodes))
    assert len(results) == 12


def test_an_error_of_the_task_arrives_with_its_code_and_its_items(workers):
    with pytest.raises(WorkError) as raised:
        settled(workers, "a", "raise no good", "b")
    assert raised.value.code == "work_failed"
    assert "ValueError: no good" in raised.value.message
    assert raised.value.names == ("raise no good", "b")


def test_shards_are_taken_as_workers_get_free(workers):
    taken = []

    def given():
        for n in range(50):
            taken.append(n)
            yield Shard(((f"n{n}".encode(),),), (f"n{n}",))

    outcomes = workers.map(ACT, b"", given())
    next(outcomes)
    assert len(taken) <= 2 * AHEAD * workers.parallel
    outcomes.close()


def test_nobody_at_the_address(monkeypatch):
    monkeypatch.setattr("pipeline.work.cluster.CONNECT_SECONDS", 0.5)
    with pytest.raises(WorkError) as raised:
        Cluster("tcp://127.0.0.1:9")
    assert raised.value.code == "cluster_unreachable"


def test_a_cluster_without_workers_is_waited_for_and_then_given_up():
    with cluster(0) as empty, Cluster(empty.scheduler_address, patience=0.5) as workers:
        began = time.monotonic()
        with pytest.raises(WorkError) as raised:
            settled(workers, "a")
    assert raised.value.code == "cluster_empty"
    assert raised.value.names == ("a",)
    assert time.monotonic() - began < 20


def test_the_setting_chooses_the_cluster(nodes):
    settings = Settings(cluster=nodes.scheduler_address, max_seconds=1)
    with workers_for(settings, 10) as found:
        assert isinstance(found, Cluster)
        assert settled(found, "a")["a"] == (b"> a",)

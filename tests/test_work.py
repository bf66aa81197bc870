"""Workers give every item back exactly once, whatever happens to them on the way."""

import contextlib
import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.settings import Settings
from pipeline.work import Done, Limits, Lost, Shard, WorkError, settle
from pipeline.work.choose import WORTH_A_PROCESS, workers_for
from pipeline.work.frames import pack, unpack
from pipeline.work.here import Here
from pipeline.work.pool import Pool

ACT = "tests.work_tasks:act"
LIMITS = Limits(seconds=1.0, mebibytes=600)


@pytest.fixture(params=["here", "pool"])
def workers(request):
    with Here(LIMITS) if request.param == "here" else Pool(2, LIMITS) as found:
        yield found


@pytest.fixture
def pool():
    with Pool(2, LIMITS) as found:
        yield found


def shards(*texts, size=3):
    found = [Shard(((t.encode(),),), (t,)) for t in texts]
    return [
        Shard(tuple(s.items[0] for s in found[i : i + size]), tuple(s.names[0] for s in found[i : i + size]))
        for i in range(0, len(found), size)
    ]


def settled(workers, *texts, size=3):
    pairs = list(settle(workers, ACT, b"> ", shards(*texts, size=size)))
    assert len(pairs) == len(texts)
    return dict(pairs)


def test_every_item_comes_back_with_its_result(workers):
    names = [f"n{i}" for i in range(20)]
    assert settled(workers, *names) == {name: (f"> {name}".encode(),) for name in names}


def test_work_goes_to_several_processes(pool):
    found = settled(pool, "pid 1", "sleep 0.3", "pid 2", "sleep 0.2", size=1)
    assert os.getpid() not in {int(found["pid 1"][0]), int(found["pid 2"][0])}


def test_a_worker_that_dies_takes_one_item_with_it(pool):
    found = settled(pool, "a", "b", "die", "c", "d", "e", "f", size=7)
    lost = found.pop("die")
    assert isinstance(lost, Lost) and lost.code == "worker_died" and "exit code 7" in lost.detail
    assert found == {name: (f"> {name}".encode(),) for name in "abcdef"}


def test_an_item_whose_worker_died_of_something_else_is_tried_again(pool, tmp_path):
    name = f"once {tmp_path / 'mark'}"
    assert settled(pool, "a", name, "b")[name] == (f"> {name}".encode(),)


def test_an_item_that_takes_too_long_is_lost_and_the_others_go_on(workers):
    found = settled(workers, "a", "stuck", "b")
    assert found.pop("stuck").code == "out_of_time"
    assert set(found) == {"a", "b"}


def test_an_item_that_eats_all_memory_is_lost_and_the_others_go_on(pool):
    found = settled(pool, "a", "eat 900", "b")
    lost = found.pop("eat 900")
    assert lost.code == "out_of_memory" and "600 MiB" in lost.detail
    assert set(found) == {"a", "b"}


@pytest.mark.parametrize(("text", "code"), [("raise odd", "work_failed"), ("oserror disk full", "work_io")])
def test_what_is_no_documents_fault_ends_the_work(workers, text, code):
    with pytest.raises(WorkError) as caught:
        settled(workers, "a", text, "b", size=1)
    assert caught.value.code == code
    assert caught.value.names == (text,)


def test_an_unknown_task_is_told(workers):
    with pytest.raises(WorkError, match="no task"):
        list(workers.map("tests.work_tasks:absent", b"", shards("a")))


def test_shards_are_taken_as_workers_get_free(pool):
    taken = []

    def given():
        for shard in shards(*(f"n{i}" for i in range(40)), size=1):
            taken.append(shard)
            yield shard

    found = pool.map(ACT, b"", given())
    next(found)
    assert len(taken) < 10
    found.close()


def known(pid):
    """Whether a process is there, be it only to be waited for."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def test_work_that_is_given_up_leaves_no_process_behind(pool):
    work = pool.map(ACT, b"", shards("pid 1", "pid 2", "sleep 30", size=1))
    pids = [int(outcome.results[0][0]) for _, outcome in zip(range(2), work, strict=False)]
    work.close()
    ends = time.monotonic() + 20
    while any(known(pid) for pid in pids):
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_a_lost_shard_is_halved_and_a_single_item_tried_again():
    (shard,) = shards("a", "b", "c")
    one, two = shard.again()
    assert one.names + two.names == shard.names and one.attempt == two.attempt == 2
    assert [s.names for s in one.again()] == [("a",)]


class Losing:
    """A cluster that loses whole shards: every one that holds a bad item."""

    parallel = 2

    def __init__(self, *bad):
        self.bad = set(bad)
        self.sizes = []

    def map(self, task, common, shards):
        for shard in shards:
            self.sizes.append(len(shard.items))
            if self.bad & set(shard.names):
                yield Lost(shard, "worker_died", "gone")
            else:
                yield Done(shard, shard.items)


def test_whole_shards_that_are_lost_are_narrowed_down_to_the_item():
    names = [f"n{i}" for i in range(16)]
    workers = Losing("n3", "n12")
    found = dict(settle(workers, ACT, b"", shards(*names, size=8)))
    assert {name for name, result in found.items() if isinstance(result, Lost)} == {"n3", "n12"}
    assert len(found) == 16
    assert len(workers.sizes) < 20


@given(st.lists(st.binary(max_size=40), max_size=6))
def test_messages_come_back(parts):
    assert unpack(pack(parts)) == tuple(parts)


@given(st.binary(max_size=60))
def test_other_bytes_are_no_message(data):
    with contextlib.suppress(ValueError):
        assert pack(unpack(data)) == data


def test_few_documents_are_read_in_this_process():
    assert isinstance(workers_for(Settings(), 1000), Here)
    assert isinstance(workers_for(Settings(workers="0"), 100 * WORTH_A_PROCESS), Here)
    with workers_for(Settings(workers="3"), 10) as found:
        assert isinstance(found, Pool) and found.parallel == 3

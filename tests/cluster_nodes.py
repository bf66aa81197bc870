"""A Dask cluster of several processes on loopback, whose workers can be killed."""

import contextlib
import os
import signal

import dask.config
from distributed import LocalCluster


@contextlib.contextmanager
def cluster(n_workers=2):
    """A running cluster; everything ends with it. A worker that is killed is replaced."""
    with (
        dask.config.set({"distributed.worker.profile.enabled": False}),  # as docs/cluster.md advises
        LocalCluster(
            n_workers=n_workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            silence_logs=50,
            memory_limit=0,
        ) as found,
    ):
        yield found


def kill_one(found):
    """Kill a worker's process as the system does when memory runs out; gives its process id."""
    nanny = next(iter(found.workers.values()))
    pid = nanny.process.process.pid
    os.kill(pid, signal.SIGKILL)
    return pid

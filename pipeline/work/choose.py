"""Which workers a run gets: `PARLEY_WORKERS` as a number of processes, or `auto`; `PARLEY_CLUSTER`."""

from __future__ import annotations

import os
from typing import Final

from pipeline.settings import AUTO_WORKERS, Settings
from pipeline.work.here import Here
from pipeline.work.limits import Limits
from pipeline.work.model import Workers
from pipeline.work.pool import Pool

WORTH_A_PROCESS: Final = 250_000
"""Characters of text, unread as yet, from which another process is worth its start and its model."""


def workers_for(settings: Settings, characters: int) -> Workers:
    """Workers for so many characters of text that are to be parsed: in this process if they are few."""
    limits = Limits(settings.max_seconds, settings.max_memory)
    if settings.cluster is not None:
        from pipeline.work.cluster import Cluster

        return Cluster(settings.cluster, limits)
    if settings.workers == AUTO_WORKERS:
        parallel = min(cores(), characters // WORTH_A_PROCESS)
        return Pool(parallel, limits) if parallel > 1 else Here(limits)
    return Pool(int(settings.workers), limits) if int(settings.workers) else Here(limits)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

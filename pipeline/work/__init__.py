"""Carrying out work on many documents: shards of them, tasks, and workers here, in processes or elsewhere."""

from pipeline.work.limits import Limits
from pipeline.work.model import Done, Item, Lost, Outcome, Shard, Task, WorkError, Workers, load_task
from pipeline.work.settle import settle

__all__ = [
    "Done",
    "Item",
    "Limits",
    "Lost",
    "Outcome",
    "Shard",
    "Task",
    "WorkError",
    "Workers",
    "load_task",
    "settle",
]

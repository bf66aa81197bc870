"""What benchmarks share: commands that are measured with all that they start, and tables put into a page."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.settings import PROJECT_ROOT

SAMPLED = 0.5
"""Seconds between two looks at the memory of all processes."""
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of a command, and the peak memory (MiB) of its first process and of the largest other one."""

    seconds: float
    main: float
    workers: float
    said: str = ""


class _Memory:
    """Looks at the memory of a process and of all that it starts, until told to stop."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peaks: dict[int, float] = {}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._done.is_set():
            for pid in (self._pid, *descendants(self._pid)):
                self._peaks[pid] = max(self._peaks.get(pid, 0.0), _peak(pid))
            self._done.wait(SAMPLED)

    def stop(self) -> tuple[float, float]:
        """Peaks of the first process and of the largest other."""
        self._done.set()
        self._thread.join()
        others = [peak for pid, peak in self._peaks.items() if pid != self._pid]
        return self._peaks.get(self._pid, 0.0), max(others, default=0.0)


def descendants(pid: int) -> list[int]:
    """All processes that a process has started, and that these have started."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        parent = waiting.pop()
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                children = [int(child) for child in task.read_text().split()]
            except OSError:
                continue
            found += children
            waiting += children
    return found


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and of all that it has started, those that it has waited for included."""
    spent = 0.0
    for each in (pid, *descendants(pid)):
        try:
            stat = Path(f"/proc/{each}/stat").read_text(encoding="utf-8")
        except OSError:
            continue
        # utime, stime, cutime, cstime: fields 14 to 17 of proc(5); the name before them may hold anything.
        spent += sum(int(ticks) for ticks in stat.rpartition(")")[2].split()[11:15]) / _TICK
    return spent


def _peak(pid: int) -> float:
    """Peak resident memory in MiB; 0 if the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def run(command: list[str], environment: dict[str, str]) -> Measured:
    """Run a command to its end and measure it; raise SystemExit with its words if it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=PROJECT_ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    memory = _Memory(process.pid)
    said, _ = process.communicate()
    seconds = time.perf_counter() - began
    peaks = memory.stop()
    if process.returncode != 0:
        raise SystemExit(f"{command} failed:\n{said}")
    return Measured(seconds, *peaks, said)


def put_table(page: Path, name: str, table: str) -> None:
    """Put a table between the marks of that name in a page."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"{page} has no place for the table {name!r}")
    page.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8")

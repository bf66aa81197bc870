"""Whole runs over synthetic corpora against bare `nlp.pipe`, in one session: part of `make bench`.

`python -m tests.bench_corpus --documents 1000 10000 --workers 2 --markdown` prints a row for every measure.
The bare side is spaCy's own model, as it is installed, over every title, heading and paragraph that the
cleaned pages hold, copies included, spread over as many processes as the run has; both sides load the model.
Nothing is asserted: machines differ, and the aims stand beside the figures.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.settings import AUTO_WORKERS, DEFAULT_DOMAIN, DEFAULT_MODEL, PROJECT_ROOT
from tests.benching import Measured, put_table, run
from tests.synthetic_corpus import write_corpus

SEED = 1
DAY = 86_400
CORPORA = (100_000, 1_000_000, 10_000_000)
VOLUME = 250_000
"""Documents a day that are assumed for the world's English news: docs/cluster.md says why."""

TEXTS = """
import datetime as dt, json, sys
from pipeline.clean import clean_corpus
from pipeline.ingest import ingest
from pipeline.nlp import PARSED_KINDS
from pipeline.settings import settings_from_env
settings = settings_from_env()
cleaned = clean_corpus(ingest(settings, dt.datetime(2000, 1, 1, tzinfo=dt.UTC)).documents, settings)
texts = {d.document_id: d.text for d in cleaned.documents}
with open(sys.argv[1], "w", encoding="utf-8") as file:
    for b in cleaned.blocks:
        if b.kind in PARSED_KINDS:
            print(json.dumps(texts[b.document_id][b.char_start : b.char_end]), file=file)
"""

BARE = """
import importlib, json, sys, warnings
warnings.simplefilter("ignore")
path, model, own, of = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
nlp = importlib.import_module(model).load()
with open(path, encoding="utf-8") as file:
    texts = (json.loads(line) for n, line in enumerate(file) if n // 256 % of == own)
    for _ in nlp.pipe(texts):
        pass
"""


def bare(texts: Path, workers: int, environment: dict[str, str]) -> float:
    """Seconds of bare `nlp.pipe` over the texts, spread over processes of their own."""
    began = time.perf_counter()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", BARE, str(texts), DEFAULT_MODEL, str(n), str(workers)], env=environment
        )
        for n in range(workers)
    ]
    if any(process.wait() != 0 for process in running):
        raise SystemExit("bare nlp.pipe failed")
    return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured of one size of corpus."""

    documents: int
    words: int
    workers: int
    bare: float
    whole: Measured
    again: Measured
    one_more: Measured
    other_pack: Measured

    @property
    def a_day(self) -> float:
        """Documents a day that each process reads, everything that a run does counted in."""
        return self.documents / self.whole.seconds * DAY / self.workers


def measure(scratch: Path, documents: int, workers: int, words: int) -> Size:
    """Make a corpus and run everything over it."""
    folder = scratch / f"corpus-{documents}"
    seeds = folder / "documents"
    n_words = write_corpus(seeds, documents, SEED, words)
    # A copy, so that it can be changed.
    pack = folder / "pack"
    shutil.copytree(PROJECT_ROOT / "seeds" / "domains" / DEFAULT_DOMAIN, pack)
    home = folder / "dagster"
    home.mkdir()
    shutil.copy(PROJECT_ROOT / "dagster.yaml", home)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PARLEY_")}
    environment |= {
        "PARLEY_SEEDS": str(seeds),
        "PARLEY_WAREHOUSE": str(folder / "warehouse"),
        "PARLEY_DOMAIN": str(pack),
        "PARLEY_WORKERS": str(workers),
        "DAGSTER_HOME": str(home),
        "GX_ANALYTICS_ENABLED": "false",
        # One thread a process on both sides: processes share the cores, not threads.
        "OMP_NUM_THREADS": "1",
    }
    texts = folder / "texts.jsonl"
    run([sys.executable, "-c", TEXTS, str(texts)], environment)
    alone = bare(texts, workers, environment)
    whole_run = [sys.executable, "-m", "assets.run"]
    whole = run(whole_run, environment)
    again = run(whole_run, environment)
    write_corpus(seeds, 1, SEED, words, first=documents)
    # As by default: a page is no more worth a process of its own than to be compared with bare spaCy.
    one_more = run(whole_run, environment | {"PARLEY_WORKERS": AUTO_WORKERS})
    issues = pack / "issues.yaml"
    # Another label of an issue: all that the pack says must be read anew, nothing parsed.
    issues.write_text(
        issues.read_text(encoding="utf-8").replace("label: ", "label: The ", 1), encoding="utf-8"
    )
    other_pack = run(whole_run, environment)
    shutil.rmtree(folder)
    return Size(documents, n_words, workers, alone, whole, again, one_more, other_pack)


def rows_of(size: Size, smaller: Size | None) -> list[tuple[str, str, str]]:
    """Measure, figure and aim of each row of the table."""
    whole = size.whole.seconds
    rows = [
        ("words", f"{size.words:,}", ""),
        ("bare `nlp.pipe`", f"{size.bare:,.1f} s", ""),
        ("whole run", f"{whole:,.1f} s", ""),
        ("bare / whole run", f"{size.bare / whole:.2f}", "at least 0.90"),
        ("documents a day", f"{size.documents / whole * DAY:,.0f}", ""),
        ("documents a day and process", f"{size.a_day:,.0f}", ""),
        ("peak memory, main process", f"{size.whole.main:,.0f} MiB", "under 1,500"),
        ("peak memory, a worker", f"{size.whole.workers:,.0f} MiB", "under 1,200"),
        ("run again, nothing new", _share(size.again, whole), "under 2%"),
        ("one new document, workers `auto`", _share(size.one_more, whole), "under 1% and constants"),
        ("a changed pack", _share(size.other_pack, whole), "nothing parsed"),
    ]
    if smaller is not None:
        times = whole / smaller.whole.seconds
        more = size.documents / smaller.documents
        rows.append(
            (f"time for {more:g} times the documents", f"{times:.2f} times", f"at most {1.05 * more:.1f}")
        )
        held = size.whole.main / smaller.whole.main
        rows.append((f"main memory for {more:g} times the documents", f"{held:.2f} times", "flat"))
    return rows


def machines(sizes: Sequence[Size], volume: int) -> str:
    """What machine corpora of several sizes need, and `volume` documents every day, as Markdown.

    The process that runs everything holds more the more documents there are: what it takes for each is the
    difference between the two largest sizes, which makes the figures beyond these a computation.
    """
    *_, smaller, size = sorted(sizes, key=lambda size: size.documents)
    each = (size.whole.main - smaller.whole.main) / (size.documents - smaller.documents)
    words = size.words / size.documents
    lines = [
        f"Measured on {size.documents:,} documents of {words:,.0f} words: {size.a_day / DAY:.1f} documents "
        f"a second and core; {size.whole.workers:,.0f} MiB a worker; {size.whole.main:,.0f} MiB the run, "
        f"{smaller.whole.main:,.0f} MiB on {smaller.documents:,} documents, and so {each * 1024:,.0f} KiB "
        "more for each more.",
        "",
        "| documents | cores for an hour | cores for a day | memory of the run | of the workers, for a day |",
        "|---|---:|---:|---:|---:|",
    ]
    for documents in CORPORA:
        a_day = cores(size, documents)
        run = size.whole.main + each * (documents - size.documents)
        lines.append(
            f"| {documents:,} | {cores(size, documents * 24):,} | {a_day:,} | {_gibibytes(run)} "
            f"| {_gibibytes(a_day * size.whole.workers)} |"
        )
    a_day = cores(size, volume)
    held = _gibibytes(a_day * size.whole.workers)
    lines.append(f"| {volume:,} every day | | {a_day:,} | by all that are kept | {held} |")
    return "\n".join(lines)


def cores(size: Size, documents_a_day: int) -> int:
    """Cores that read so many documents a day."""
    return max(1, math.ceil(documents_a_day / size.a_day))


def _gibibytes(mebibytes: float) -> str:
    return f"{mebibytes / 1024:,.1f} GiB"


def _share(measured: Measured, whole: float) -> str:
    return f"{measured.seconds:,.1f} s, {measured.seconds / whole:.1%}"


def markdown(sizes: list[Size], workers: int) -> str:
    """The table as Markdown: a column for each size."""
    columns: list[dict[str, str]] = [{} for _ in sizes]
    aims: dict[str, str] = {}
    for n, size in enumerate(sizes):
        for name, figure, aim in rows_of(size, sizes[n - 1] if n else None):
            columns[n][name] = figure
            aims[name] = aim
    heads = [f"{size.documents:,} documents" for size in sizes]
    lines = [
        f"| {workers} processes | {' | '.join(heads)} | aim |",
        "|---|" + "---|" * (len(sizes) + 1),
    ]
    for name, aim in aims.items():
        lines.append(f"| {name} | {' | '.join(column.get(name, '') for column in columns)} | {aim} |")
    return "\n".join(lines)


def main() -> None:
    """Measure corpora of several sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[300])
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--scratch", type=Path, help="folder for corpora and warehouses")
    parser.add_argument("--markdown", action="store_true", help="print the table for docs/benchmarks.md")
    parser.add_argument("--into", type=Path, help="page whose table is replaced: docs/benchmarks.md")
    parser.add_argument("--sizes-into", type=Path, help="page of sizes that is renewed: docs/cluster.md")
    parser.add_argument("--volume", type=int, default=VOLUME, help="documents a day to find a machine for")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    given = parser.parse_args()
    if given.sizes_into is not None and len(given.documents) < 2:
        parser.error("--sizes-into needs two sizes, which tell what each more document takes")
    sizes: list[Size] = []
    with tempfile.TemporaryDirectory(dir=given.scratch) as scratch:
        for documents in given.documents:
            sizes.append(measure(Path(scratch), documents, given.workers, given.words))
            if not given.markdown:
                print(f"\n{documents:,} documents, {given.workers} processes")
                for name, figure, aim in rows_of(sizes[-1], sizes[-2] if len(sizes) > 1 else None):
                    print(f"  {name:34s} {figure:>20s}   {aim}", flush=True)
    if given.markdown:
        print(markdown(sizes, given.workers))
    if given.into is not None:
        put_table(given.into, "corpus", markdown(sizes, given.workers))
    if len(sizes) > 1:
        print(f"\n{machines(sizes, given.volume)}")
    if given.sizes_into is not None:
        put_table(given.sizes_into, "sizes", machines(sizes, given.volume))
    if given.json is not None:
        figures = [{name: figure for name, figure, _ in rows_of(size, None)} for size in sizes]
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

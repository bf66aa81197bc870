"""What may import what: `pipeline` knows no Dagster, and neither spaCy nor Great Expectations loads early."""

import ast
import subprocess
import sys

import pytest

from pipeline.settings import PROJECT_ROOT

PURE = sorted((PROJECT_ROOT / "pipeline").rglob("*.py"))
HEAVY = ("dagster", "great_expectations")
CHECK = """
import sys, time
began = time.perf_counter()
import {module}
took = time.perf_counter() - began
print(took, *(name for name in {names} if name in sys.modules))
"""


def imported(path):
    """Top-level names of everything that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", PURE, ids=lambda p: str(p.relative_to(PROJECT_ROOT)))
def test_pipeline_imports_no_orchestration(path):
    assert not set(imported(path)) & {*HEAVY, "assets", "expectations"}


def after_import(module, names):
    """Seconds that an import takes in a fresh process, and which of `names` it has loaded."""
    code = CHECK.format(module=module, names=names)
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    return float(said[0]), said[1:]


def test_importing_the_pipeline_loads_no_model_and_no_orchestration():
    _, loaded = after_import("pipeline.run", ("dagster", "great_expectations", "spacy", "pandas"))
    assert loaded == []


def test_importing_pipeline_is_quick():
    # The best of three: the machine may be busy.
    assert min(after_import("pipeline", ())[0] for _ in range(3)) < 0.3


def test_definitions_load_without_great_expectations_and_spacy():
    _, loaded = after_import("assets.definitions", ("great_expectations", "spacy", "pandas"))
    assert loaded == []

"""What is imported late: not before it is used, and then as ever."""

import gc
import subprocess
import sys

import pytest

from expectations.lean import loading_later


@pytest.fixture
def module(tmp_path, monkeypatch):
    """A module in a package that says when it is loaded."""
    package = tmp_path / "some_package"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "heavy.py").write_text("import sys\nsys.heavy_loaded = True\nanswer = 42\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "some_package.heavy"
    sys.modules.pop("some_package.heavy", None)
    sys.modules.pop("some_package", None)
    vars(sys).pop("heavy_loaded", None)


def test_a_module_is_loaded_when_it_is_used(module):
    with loading_later(module):
        from some_package import heavy
    assert not hasattr(sys, "heavy_loaded")
    assert heavy.answer == 42
    assert sys.heavy_loaded


def test_others_are_loaded_at_once_and_the_collector_works_again(module):
    finders = list(sys.meta_path)
    with loading_later("some_package.other"):
        assert not gc.isenabled()
        import some_package.heavy  # noqa: F401
    assert sys.heavy_loaded
    assert gc.isenabled() and sys.meta_path == finders


def test_what_is_not_there_is_still_missing():
    with loading_later("no_such_package"), pytest.raises(ModuleNotFoundError):
        import no_such_package  # noqa: F401


def test_checks_load_no_statistics():
    script = (
        "import sys, polars as pl\n"
        "from expectations import SUITES\n"
        "from expectations.validate import validate\n"
        "from tests.good_data import stage_frames\n"
        "suite = next(s for s in SUITES if s.name == 'reference')\n"
        "assert all(r.success for r in validate(suite, stage_frames()))\n"
        "print('scipy.stats._stats_py' in sys.modules)\n"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"

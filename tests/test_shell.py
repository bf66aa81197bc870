"""`make sql` explains what there is, answers, and cannot write."""

import importlib.util
import subprocess
import sys

import pytest

from pipeline.contract import TABLES
from pipeline.settings import PROJECT_ROOT, Settings
from pipeline.shell import main, overview
from pipeline.views import STORED
from pipeline.warehouse import build_database, open_database
from tests.contract_rows import sample


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    settings = Settings(warehouse=tmp_path_factory.mktemp("shell"))
    build_database(settings.database, sample())
    return settings


def test_the_overview_names_every_table_view_and_macro_with_its_first_sentence(settings):
    with open_database(settings.database) as con:
        text = overview(con)
    for name in [*(t.name for t in TABLES), *STORED, "search_statements(query, top)"]:
        assert f"\n  {name}" in text
    assert "One row per accepted input document." in text
    assert "Beware" not in text


def shell(settings, monkeypatch, words):
    monkeypatch.setenv("PARLEY_WAREHOUSE", str(settings.warehouse))
    command = [sys.executable, "-m", "pipeline.shell"]
    return subprocess.run(command, input=words, capture_output=True, text=True, cwd=PROJECT_ROOT)


@pytest.mark.skipif(importlib.util.find_spec("duckdb_cli") is None, reason="needs the extra `sql`")
def test_the_shell_answers_and_refuses_to_write(settings, monkeypatch):
    asked = shell(settings, monkeypatch, "SELECT content FROM search_statements('truce');\n")
    assert asked.returncode == 0 and "“no truce”" in asked.stdout
    assert "read-only" in shell(settings, monkeypatch, "DELETE FROM issue_positions;\n").stderr


def test_without_a_database_it_says_how_to_make_one(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PARLEY_WAREHOUSE", str(tmp_path))
    assert main() == 1
    assert "make run" in capsys.readouterr().err


def test_without_the_shell_it_says_what_to_install(settings, monkeypatch, capsys):
    monkeypatch.setenv("PARLEY_WAREHOUSE", str(settings.warehouse))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert main() == 1
    assert "duckdb-cli" in capsys.readouterr().err

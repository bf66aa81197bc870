"""Pages run by Streamlit without a browser: each with rows, without any, and over broken exports."""

import ast
import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.app import VIEWS
from tests.dashboard_data import emptied, small_frames, without_text, write

HOME = Path(dashboard.__file__).parent
APP = """
import streamlit as st
from dashboard import app, ui
ui.register()
view = next(v for v in app.VIEWS if v.name == {name!r})
app._page(view)()
"""


def run(monkeypatch, where, name, **params):
    """One run of a page; Streamlit's tests know no pages made of functions, so the page is run by itself."""
    monkeypatch.setenv("PARLEY_EXPORTS", str(where))
    at = AppTest.from_string(APP.format(name=name), default_timeout=30)
    for key, value in params.items():
        at.query_params[key] = value
    return at.run()


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    return write(tmp_path_factory.mktemp("small"), without_text(small_frames()))


@pytest.fixture(scope="module")
def nothing(tmp_path_factory):
    return write(tmp_path_factory.mktemp("empty"), emptied(small_frames()))


@pytest.mark.parametrize("name", [view.name for view in VIEWS])
def test_each_page_runs_with_rows(monkeypatch, exports, name):
    at = run(monkeypatch, exports, name)
    assert not at.exception
    assert len(at.title) == 1


@pytest.mark.parametrize("name", [view.name for view in VIEWS])
def test_each_page_runs_without_rows(monkeypatch, nothing, name):
    assert not run(monkeypatch, nothing, name).exception


@pytest.mark.parametrize("name", ["overview", "row"])
def test_a_page_runs_without_exports(monkeypatch, tmp_path, name):
    assert not run(monkeypatch, tmp_path, name).exception


@pytest.mark.parametrize("name", ["overview", "quality"])
def test_a_page_says_so_when_a_file_is_broken(monkeypatch, tmp_path, name):
    folder = write(tmp_path, without_text(small_frames()))
    for path in folder.glob("*.parquet"):
        path.write_bytes(b"broken")
    assert not run(monkeypatch, folder, name).exception


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("issues", {"party": "XX", "issue": "none", "show": "YY", "sure": "abc"}),
        ("timeline", {"issue": "none", "from": "yesterday", "n": "-1"}),
        ("meetings", {"meeting": "mt_none", "month": "1999-13", "status": "odd"}),
        (
            "statements",
            {"q": "((", "from": "9999-99-99", "n": "999999", "sort": "odd", "most": "x", "sure": "900"},
        ),
        ("network", {"a": "nobody", "b": "no one", "who": "odd"}),
        ("row", {"table": "../../etc", "id": "'; DROP TABLE"}),
    ],
)
def test_an_address_with_nonsense_breaks_nothing(monkeypatch, exports, name, params):
    assert not run(monkeypatch, exports, name, **params).exception


def test_filters_take_their_values_from_the_address(monkeypatch, exports):
    party = small_frames()["statements"]["party"].drop_nulls()[0]
    at = run(monkeypatch, exports, "statements", q="the", party=party, sure="50")
    assert at.text_input[0].value == "the"
    assert at.multiselect[0].value == [party]
    assert at.slider[0].value == 50


def test_a_filter_is_written_into_the_address(monkeypatch, exports):
    at = run(monkeypatch, exports, "statements")
    at.text_input[0].set_value("talks").run()
    assert at.query_params["q"] == "talks"
    at.text_input[0].set_value("").run()
    assert "q" not in at.query_params


def test_no_page_lets_markup_run():
    for path in HOME.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
        assert not named & {"unsafe_allow_html", "unsafe_allow_javascript"}, path
    script = (HOME / "tree.js").read_text(encoding="utf-8")
    assert not [
        word
        for word in ("innerHTML", "outerHTML", "insertAdjacent", "eval(", "document.write")
        if word in script
    ]


def test_tree_py_and_tree_js_know_the_same_tags():
    from dashboard.tree import ATTRIBUTES, TAGS

    script = (HOME / "tree.js").read_text(encoding="utf-8")
    words = set(
        "".join(script[: script.index("function")].split("new Set("))
        .replace('"', " ")
        .replace(",", " ")
        .split()
    )
    assert words >= TAGS
    assert words >= ATTRIBUTES


def test_the_settings_are_for_this_machine_and_report_to_nobody():
    settings = tomllib.loads((HOME / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["browser"]["gatherUsageStats"] is False


def test_only_the_thin_layer_knows_streamlit_and_none_the_database():
    thin = {"app.py", "ui.py", "__main__.py"}
    for path in HOME.rglob("*.py"):
        names = {
            (alias.name if isinstance(node, ast.Import) else node.module or "").split(".")[0]
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        assert not names & {"dagster", "spacy"}, path
        if "duckdb" in names:
            assert 'duckdb.connect(":memory:")' in path.read_text(encoding="utf-8")
        if path.parent.name != "views" and path.name not in thin:
            assert "streamlit" not in names, path

"""Servers listen on the loopback address unless somebody says otherwise."""

import re
import tomllib

from tests.attack_strings import PACKAGES, ROOT


def test_the_dashboard_s_shipped_settings_keep_it_to_this_machine():
    shipped = tomllib.loads((ROOT / "dashboard" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert shipped["server"]["address"] == "127.0.0.1"
    assert shipped["browser"]["gatherUsageStats"] is False
    assert shipped["client"]["showErrorDetails"] == "none"
    assert shipped["server"].get("enableXsrfProtection", True)
    assert shipped["server"].get("enableCORS", True)


def test_the_dashboard_s_command_sets_the_address_where_nobody_has(monkeypatch):
    from streamlit.web import cli

    from dashboard import __main__ as command

    seen = {}
    monkeypatch.setattr(command.sys, "argv", ["dashboard"])
    monkeypatch.setattr(cli, "main", lambda **_: seen.update(command.os.environ) or 0)
    for given, expected in ((None, "127.0.0.1"), ("10.0.0.5", "10.0.0.5")):
        monkeypatch.delenv("STREAMLIT_SERVER_ADDRESS", raising=False)
        if given is not None:
            monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", given)
        assert command.main() == 0
        assert seen["STREAMLIT_SERVER_ADDRESS"] == expected


def test_make_ui_listens_on_the_loopback_address():
    served = re.findall(r"dagster (?:dev|-webserver).*", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert served
    assert all("--host 127.0.0.1" in line for line in served)


def test_nothing_listens_on_every_address():
    texts = {
        path: path.read_text(encoding="utf-8")
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
    } | {path: path.read_text(encoding="utf-8") for path in (ROOT / "Makefile", ROOT / "dagster.yaml")}
    assert [str(path) for path, text in texts.items() if re.search(r"0\.0\.0\.0|INADDR_ANY", text)] == []


def test_every_limit_of_the_security_page_is_that_of_the_code():
    from pipeline.ingest.folders import MAX_SIDECAR_BYTES
    from pipeline.ingest.model import YEARS
    from pipeline.ingest.plain import MAX_LINES
    from pipeline.nlp import MAX_RUN, MAX_SENTENCE
    from pipeline.reference import MAX_YAML_BYTES, MAX_YAML_DEPTH, MAX_YAML_VALUES
    from pipeline.settings import DEFAULT_MAX_BYTES

    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    for told in (
        f"| {DEFAULT_MAX_BYTES // 1_000_000} MB |",
        f"| {MAX_LINES:,} |",
        f"| {MAX_SIDECAR_BYTES // 1_000} kB; {MAX_YAML_BYTES // 1_000_000} MB |",
        f"| {MAX_YAML_DEPTH}; {MAX_YAML_VALUES:,} |",
        f"| {YEARS.start} to {YEARS.stop - 1} |",
        f"over {MAX_RUN} characters",
        f"over {MAX_SENTENCE} tokens",
    ):
        assert told in page, told

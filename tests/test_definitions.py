"""The project loads, and holds the assets, checks, job, schedule and sensor that the snapshot names.

After a change that is meant, run `UPDATE_SNAPSHOTS=1 python -m pytest tests/test_definitions.py` and review
the difference.
"""

import json
import os
from pathlib import Path

import dagster as dg
import pytest

from assets.definitions import build_defs
from pipeline.contract import TABLES
from pipeline.settings import PROJECT_ROOT, Settings

SNAPSHOT = Path(__file__).parent / "snapshots" / "definitions.json"
GROUPS = {"raw", "clean", "extract", "tables", "exports"}


@pytest.fixture(scope="module")
def defs(tmp_path_factory):
    return build_defs(Settings(warehouse=tmp_path_factory.mktemp("warehouse")))


@pytest.fixture(scope="module")
def graph(defs):
    return defs.resolve_asset_graph()


def severity(spec):
    return "critical" if spec.blocking else "warning"


def test_definitions_are_loadable(defs):
    dg.Definitions.validate_loadable(defs)


def test_definitions_equal_snapshot(defs, graph):
    found = {
        "assets": {
            key.to_user_string(): {
                "group": graph.get(key).group_name,
                "needs": sorted(parent.to_user_string() for parent in graph.get(key).parent_keys),
            }
            for key in sorted(graph.get_all_asset_keys())
        },
        "checks": {
            f"{key.asset_key.to_user_string()}: {key.name}": severity(graph.get_check_spec(key))
            for key in sorted(graph.asset_check_keys)
        },
        "jobs": sorted(job.name for job in defs.resolve_all_job_defs() if not job.name.startswith("__")),
        "schedules": {s.name: s.cron_schedule for s in defs.schedules},
        "sensors": {s.name: s.minimum_interval_seconds for s in defs.sensors},
    }
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        SNAPSHOT.parent.mkdir(exist_ok=True)
        SNAPSHOT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_every_asset_says_what_it_is(graph):
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        name = key.to_user_string()
        assert node.description and len(node.description) > 30, name
        assert node.group_name in GROUPS, name
        assert node.owners == ["team:parley"], name
        assert "python" in node.kinds, name
        assert node.code_version, name
        assert node.tags["stage"] == node.group_name, name


def test_tables_carry_the_columns_of_the_contract(graph):
    for table in TABLES:
        if table.name == "quality_results":
            continue
        schema = graph.get(dg.AssetKey(table.name)).metadata["dagster/column_schema"]
        assert tuple(column.name for column in schema.columns) == table.column_names
        assert all(column.description for column in schema.columns)


def test_every_asset_step_is_retried(defs):
    for definition in defs.assets:
        assert definition.op.retry_policy is not None, definition.op.name


def test_files_with_assets_or_checks_evaluate_annotations():
    for path in [*(PROJECT_ROOT / "assets").glob("*.py"), PROJECT_ROOT / "expectations" / "factory.py"]:
        assert "from __future__ import annotations" not in path.read_text(encoding="utf-8"), path.name


def test_telemetry_is_off():
    assert "telemetry:\n  enabled: false" in (PROJECT_ROOT / "dagster.yaml").read_text(encoding="utf-8")

"""What lies under `deploy/`: the script for Slurm runs (`srun` stands in), the manifests hold together."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pipeline.export import open_set
from pipeline.settings import PROJECT_ROOT
from tests.test_run import ARTICLE

DEPLOY = PROJECT_ROOT / "deploy"
# Starts what it is given twice, as Slurm does on two cores, and ends both when it is ended.
SRUN = """#!/usr/bin/env bash
"$@" & "$@" &
trap 'kill $(jobs -p)' TERM EXIT
wait
"""


@pytest.fixture
def manifests():
    text = (DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")
    return {(each["kind"], each["metadata"]["name"]): each for each in yaml.safe_load_all(text)}


def containers(manifest):
    spec = manifest["spec"]
    if manifest["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    return spec["template"]["spec"]["containers"]


def test_a_run_on_a_slurm_allocation_of_two_cores(tmp_path):
    stub = tmp_path / "bin" / "srun"
    stub.parent.mkdir()
    stub.write_text(SRUN, encoding="utf-8")
    stub.chmod(0o755)
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "page.txt").write_text(ARTICLE, encoding="utf-8")
    environment = os.environ | {
        "PATH": f"{stub.parent}{os.pathsep}{os.environ['PATH']}",
        "PARLEY_BIN": str(Path(sys.executable).parent),
        "PARLEY_SHARED": str(tmp_path),
        "PARLEY_SEEDS": str(seeds),
        "PARLEY_WAREHOUSE": str(tmp_path / "warehouse"),
        "PYTHONPATH": str(PROJECT_ROOT),  # where the environment does not have the project installed
        "DAGSTER_HOME": "",
        "GX_ANALYTICS_ENABLED": "false",
    }
    done = subprocess.run(
        [DEPLOY / "slurm.sh"], cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert (open_set(tmp_path / "warehouse" / "exports") / "statements.parquet").is_file()
    assert not list(tmp_path.glob("scheduler.*"))


def test_workers_and_the_run_ask_the_same_scheduler_with_the_same_image(manifests):
    service = manifests["Service", "parley-scheduler"]
    port = service["spec"]["ports"][0]["port"]
    address = f"tcp://{service['metadata']['name']}:{port}"
    (worker,) = containers(manifests["Deployment", "parley-workers"])
    (refresh,) = containers(manifests["CronJob", "parley-refresh"])
    (scheduler,) = containers(manifests["Deployment", "parley-scheduler"])
    assert address in worker["command"]
    assert {"name": "PARLEY_CLUSTER", "value": address} in refresh["env"]
    assert str(port) in scheduler["command"]
    assert len({each["image"] for each in (worker, refresh, scheduler)}) == 1


def test_only_own_pods_reach_the_scheduler(manifests):
    policy = manifests["NetworkPolicy", "parley-own"]["spec"]
    assert policy["policyTypes"] == ["Ingress"]
    own = {"podSelector": {"matchLabels": {"app": "parley"}}}
    assert policy["ingress"] == [{"from": [own]}]
    for manifest in manifests.values():
        assert manifest["metadata"]["labels"]["app"] == "parley"

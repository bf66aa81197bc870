"""The data dictionary in the repository says what the contract says."""

from pipeline import dictionary
from pipeline.contract import TABLES


def test_the_committed_dictionary_is_up_to_date():
    stale = "run `python -m pipeline.dictionary` and commit what it writes"
    assert dictionary.PATH.read_text(encoding="utf-8") == dictionary.render(), stale


def test_writing_again_changes_nothing(tmp_path):
    path = tmp_path / "dictionary.md"
    assert dictionary.write(path)
    assert not dictionary.write(path)
    path.write_text("old", encoding="utf-8")
    assert dictionary.main([str(path)]) == 0
    assert path.read_text(encoding="utf-8") == dictionary.render()


def test_every_table_column_warning_and_allowed_value_is_in_it():
    text = dictionary.render()
    for declared in TABLES:
        section = text.split(f"\n### {declared.name}\n")[1].split("\n### ")[0]
        for warning in declared.warnings:
            assert warning in section
        for column in declared.columns:
            assert f"| `{column.name}` |" in section
            assert column.description in section
            assert all(f"`{value}`: {meaning}" in section for value, meaning in column.values.items())


def test_views_are_described_with_their_columns():
    section = dictionary.render().split("\n### position_changes\n")[1].split("\n### ")[0]
    assert "| `stance_before` | VARCHAR | Stance on the earlier day. |" in section

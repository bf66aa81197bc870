"""The data dictionary in the repository says what the contract says."""

import yaml

from pipeline import __version__, dictionary
from pipeline.contract import TABLES
from pipeline.datapackage import CODE_LICENCE
from pipeline.settings import PROJECT_ROOT


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


def test_the_diagram_has_every_table_with_its_keys_and_a_line_for_every_reference():
    text = dictionary.render().split("```mermaid\n")[1].split("```")[0]
    assert text.startswith("erDiagram\n")
    for declared in TABLES:
        box = text.split(f"  {declared.name} {{\n")[1].split("  }")[0]
        assert all(f" {name} PK" in box for name in declared.primary_key)
        for column in declared.columns:
            if column.references is not None:
                line = f' {declared.name} : "{column.name}"'
                assert any(
                    found.startswith(f"  {column.references.table} ") and found.endswith(line)
                    for found in text.splitlines()
                )


def test_views_say_whose_warnings_they_carry():
    section = dictionary.render().split("\n### meetings_not_held\n")[1].split("\n### ")[0]
    assert "> **Beware** of what is said of" in section and "`meeting_mentions`" in section


def test_the_citation_is_of_this_version():
    cited = yaml.safe_load((PROJECT_ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == __version__
    assert cited["license"] == CODE_LICENCE
    assert {"cff-version", "message", "title", "authors"} <= cited.keys()

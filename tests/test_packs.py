"""Packs: those of the repository are sound, a new one loads as written, faults are told all at once, and a
corpus shows what a pack misses."""

import datetime as dt
import shutil

import pytest
import yaml

from pipeline.domain import load_domain
from pipeline.errors import ReferenceDataError
from pipeline.extract.positions import load_issues
from pipeline.packs.__main__ import main, told
from pipeline.packs.check import check_pack
from pipeline.packs.coverage import cover
from pipeline.packs.scaffold import scaffold
from pipeline.settings import PROJECT_ROOT, Settings
from tests.gold.packs import paragraphs

DOMAINS = PROJECT_ROOT / "seeds" / "domains"
PACKS = sorted(folder.name for folder in DOMAINS.iterdir() if folder.is_dir())
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize("name", PACKS)
def test_packs_of_the_repository_have_no_fault(name):
    assert [str(fault) for fault in check_pack(Settings(domain=name))] == []


@pytest.mark.parametrize("name", [name for name in PACKS if name != "generic"])
def test_full_packs_have_dates_and_questions_that_run(name):
    pack = load_domain(Settings(domain=name))
    assert len(pack.dates) >= 5
    assert len(pack.questions) >= 4
    assert list(pack.dates) == sorted(pack.dates, key=lambda date: date.days.first)


@pytest.mark.parametrize("name", ["iran_nuclear", "gaza_ceasefire"])
def test_packs_of_the_corpus_have_its_issues(name):
    import json

    corpus = json.loads((PROJECT_ROOT / "tests/gold/stance/propositions.json").read_text())[name]
    issues = load_issues(DOMAINS / name).issues
    assert {issue.id: issue.proposition for issue in issues if issue.id in corpus} == corpus
    assert len(paragraphs(name)) > 50


def test_paragraphs_of_parts_that_are_only_scored_are_not_given():
    assert paragraphs("us_china_trade") == []
    assert paragraphs("armenia_azerbaijan") == []


def test_a_new_pack_loads_as_it_is_written(tmp_path):
    written = scaffold(tmp_path / "my_talks")
    assert {path.name for path in written} >= {"pack.yaml", "issues.yaml", "actors.yaml", "questions.yaml"}
    settings = Settings(domain=str(tmp_path / "my_talks"))
    assert check_pack(settings) == []
    pack = load_domain(settings)
    assert (pack.id, pack.label) == ("my_talks", "My talks")
    assert pack.dates[0].issues == ("ceasefire",)


@pytest.mark.parametrize(("name", "code"), [("My talks", "pack_name"), ("taken", "pack_exists")])
def test_a_new_pack_is_written_over_nothing(tmp_path, name, code):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "notes.txt").write_text("mine")
    with pytest.raises(ReferenceDataError) as error:
        scaffold(tmp_path / name)
    assert error.value.code == code
    assert (tmp_path / "taken" / "notes.txt").read_text() == "mine"


@pytest.fixture
def broken(tmp_path):
    """Settings of a new pack and a function that changes one of its files."""
    folder = tmp_path / "talks"
    scaffold(folder)

    def change(name, edit):
        path = folder / name
        data = yaml.safe_load(path.read_text())
        edit(data)
        path.write_text(yaml.safe_dump(data))
        return check_pack(Settings(domain=str(folder)))

    return change


FAULTS = [
    ("pack.yaml", lambda d: d.update(id="other"), "pack_id", "id"),
    ("pack.yaml", lambda d: d.update(colour="blue"), "schema_extra_forbidden", "colour"),
    ("pack.yaml", lambda d: d.update(places="nowhere.yaml"), "file_missing", ""),
    ("pack.yaml", lambda d: d.update(allies_of={"XX": "EUROPE"}), "party_unknown", "allies_of"),
    ("pack.yaml", lambda d: d.update(opponents=[{"name": "Peru"}]), "schema_value_error", "opponents"),
    (
        "pack.yaml",
        lambda d: d.update(opponents=[{"name": "Peru", "party": "PE"}, {"name": "Nobody", "party": "XX"}]),
        "party_unknown",
        "opponents",
    ),
    ("issues.yaml", lambda d: d["issues"][0].pop("proposition"), "schema_missing", "issues.0.proposition"),
    ("issues.yaml", lambda d: d["issues"][0].update(id="Cease fire"), "issue_id", "issues.0 (Cease fire)"),
    ("issues.yaml", lambda d: d["issues"].append(d["issues"][0]), "issue_twice", "issues.0 (ceasefire)"),
    ("issues.yaml", lambda d: d["issues"][0].update(terms=[]), "issue_without_terms", "issues.0 (ceasefire)"),
    ("issues.yaml", lambda d: d["issues"][0].update(yields_to=["peace"]), "issue_unknown", ".yields_to"),
    ("issues.yaml", lambda d: d["issues"][0].update(document_of="XX"), "party_unknown", "ceasefire"),
    (
        "issues.yaml",
        lambda d: d["issues"][0]["terms"][0].update(orient=2),
        "schema_less_than_equal",
        ".orient",
    ),
    ("issues.yaml", lambda d: d["issues"][0]["terms"][0].update(any=["end .."]), "pattern_invalid", ".any"),
    ("issues.yaml", lambda d: d["issues"][0]["terms"][0].update(any=["@peace"]), "pattern_invalid", ".any"),
    ("issues.yaml", lambda d: d["issues"][0]["terms"][0].update(forbid=["UN"]), "word_form", ".forbid"),
    ("issues.yaml", lambda d: d["sets"].update(spare=["x"]), "set_unused", "sets.spare"),
    ("issues.yaml", lambda d: d.update(anchors=["New York"]), "anchor_form", "anchors"),
    ("issues.yaml", lambda d: d.update(anchors=[]), "no_anchors", "anchors"),
    ("actors.yaml", lambda d: d["people"][0].update(party="rebels"), "party_form", ".party"),
    ("actors.yaml", lambda d: d["people"][0].update(party="NOBODY"), "party_unknown", ".party"),
    (
        "actors.yaml",
        lambda d: d["people"][0]["offices"][0].update(title="wizard"),
        "role_unknown",
        ".offices",
    ),
    ("actors.yaml", lambda d: d["people"].append(d["people"][0]), "person_twice", ""),
    ("places.yaml", lambda d: d["places"][0].update(country="Atlantis"), "country_unknown", "Exampletown"),
    ("dates.yaml", lambda d: d["dates"][0].update(issues=["peace"]), "issue_unknown", "dates.0.issues"),
    ("dates.yaml", lambda d: d["dates"][0].update(to=dt.date(2020, 1, 1)), "schema_value_error", "dates.0"),
    (
        "questions.yaml",
        lambda d: d["questions"][0].update(issues=["p"]),
        "issue_unknown",
        "questions.0.issues",
    ),
    (
        "questions.yaml",
        lambda d: d["questions"][0].update(sql="SELECT nothing FROM issues"),
        "question_sql",
        ".sql",
    ),
]


@pytest.mark.parametrize(
    ("file", "edit", "code", "key"), FAULTS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_fault_is_told_with_code_file_and_key(broken, file, edit, code, key):
    found = [f for f in broken(file, edit) if f.code == code]
    assert found, code
    assert key in found[0].key
    assert found[0].file.endswith(".yaml")


def test_all_faults_are_told_at_once(broken):
    def edit(data):
        data["issues"][0]["terms"][0].update(orient="up", colour="blue")
        del data["issues"][0]["label"]

    assert {fault.code for fault in broken("issues.yaml", edit)} >= {
        "schema_int_parsing", "schema_extra_forbidden", "schema_missing",
    }  # fmt: skip


def test_unreadable_files_are_told_with_their_line(tmp_path):
    folder = tmp_path / "talks"
    scaffold(folder)
    (folder / "issues.yaml").write_text("anchors: [a\nissues: ]")
    (folder / "places.yaml").write_bytes(b"places: \xff")
    found = {fault.file: fault for fault in check_pack(Settings(domain=str(folder)))}
    assert found["issues.yaml"].code == "yaml_unreadable"
    assert found["issues.yaml"].key.startswith("line 2")
    assert found["places.yaml"].code == "file_not_utf8"


def test_dates_and_questions_are_validated_on_load_of_any_pack(tmp_path):
    folder = tmp_path / "ukraine"
    shutil.copytree(DOMAINS / "ukraine", folder)
    path = folder / "dates.yaml"
    path.write_text(path.read_text().replace("leaders_summit", "leaders_lunch"))
    with pytest.raises(ReferenceDataError) as error:
        load_domain(Settings(domain=str(folder)))
    assert error.value.code == "pack_issue_unknown"
    assert "leaders_lunch" in error.value.message


PAGE = """\
Rebels weigh halt to shelling

Ann Writer
3 June 2024

The rebels' council said on Monday that it rejects a ceasefire. Talks went on in Exampletown for a third day.

Envoy Borislav Quent of the Tellurian League said that a peace settlement was near. A peace settlement would \
end years of hardship, Quent said.

The rebels said that a peace settlement needs time, and that they would wait.
"""


def test_coverage_shows_issues_missed_phrases_and_names_without_a_party(tmp_path):
    folder = tmp_path / "talks"
    scaffold(folder)
    data = yaml.safe_load((folder / "issues.yaml").read_text())
    unseen = {"id": "lake_ferry", "label": "Ferry", "proposition": "a ferry crosses the lake",
              "terms": [{"orient": 1, "any": ["ferry"]}]}  # fmt: skip
    data["issues"].append(unseen)
    (folder / "issues.yaml").write_text(yaml.safe_dump(data))
    seeds = tmp_path / "in"
    seeds.mkdir()
    (seeds / "a.txt").write_text(PAGE, encoding="utf-8")
    found = cover(Settings(domain=str(folder), seeds=seeds), NOW)
    by_id = {issue.issue_id: issue for issue in found.issues}
    assert by_id["ceasefire"].lines == 1
    assert by_id["lake_ferry"].lines == 0
    assert (found.documents, found.on_topic) == (1, 1)
    assert ("ceasefire", "peace settlement", 2) in {(m.issue_id, m.phrase, m.lines) for m in found.missed}
    assert any("Quent" in name.name for name in found.unresolved)
    report = "\n".join(told(found))
    assert "where no issue is named" in report
    assert "Issues never found: lake_ferry" in report
    assert "peace settlement" in report


def test_coverage_lists_what_actors_want_where_no_issue_is_named(tmp_path):
    folder = tmp_path / "talks"
    scaffold(folder)
    seeds = tmp_path / "in"
    seeds.mkdir()
    for name, day in (("a", "Monday"), ("b", "Tuesday")):
        text = f"Quiet talks\n\nNorway and Sweden met for talks. On {day} Norway demanded fishing rights."
        (seeds / f"{name}.txt").write_text(f"{text}\n\nSweden wants a ceasefire.\n", encoding="utf-8")
    data = yaml.safe_load((folder / "issues.yaml").read_text())
    data["anchors"] = ["norway", "sweden"]
    (folder / "issues.yaml").write_text(yaml.safe_dump(data))
    found = cover(Settings(domain=str(folder), seeds=seeds), NOW)
    assert [(u.phrase, u.documents, u.lines) for u in found.unclaimed] == [("fishing right", 2, 2)]


def test_the_command_starts_checks_and_refuses(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PARLEY_SEEDS", str(tmp_path / "none"))
    name = str(tmp_path / "my_talks")
    assert main([name]) == 0
    assert "Write over the examples" in capsys.readouterr().out
    assert main([name]) == 0
    assert "set PARLEY_SEEDS" in capsys.readouterr().out
    (tmp_path / "my_talks" / "places.yaml").write_text("places: none")
    assert main([name]) == 1
    assert "places.yaml: places:" in capsys.readouterr().out
    assert main([str(tmp_path / "My talks")]) == 1
    assert "[pack_name]" in capsys.readouterr().err

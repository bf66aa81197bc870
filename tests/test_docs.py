"""The documentation keeps its word: its SQL runs on the seeds, its links lead somewhere, its verbs exist."""

import re

import pytest

from pipeline.settings import PROJECT_ROOT

PAGES = sorted(
    [*PROJECT_ROOT.glob("*.md"), *PROJECT_ROOT.glob("docs/*.md"), *PROJECT_ROOT.glob("warehouse/*.md")]
)
WITH_SQL = [PROJECT_ROOT / "README.md", PROJECT_ROOT / "docs" / "tutorial.md"]


def queries():
    for page in WITH_SQL:
        for i, sql in enumerate(re.findall(r"```sql\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)):
            yield pytest.param(sql, id=f"{page.name}-{i}")


@pytest.mark.parametrize("sql", list(queries()))
def test_queries_of_the_pages_give_rows_on_the_seeds(seeds_database, sql):
    assert seeds_database.execute(sql).fetchall()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = [link.partition("#")[0] for link in re.findall(r"(?<!\\)\]\(([^)\s]+)\)", text)]
    broken = [link for link in links if link and ":" not in link and not (page.parent / link).exists()]
    assert not broken


def test_pages_name_no_verb_that_make_does_not_have():
    makefile = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
    verbs = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = {
        verb for page in PAGES for verb in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))
    }
    assert named <= verbs


def test_the_readme_names_every_verb():
    makefile = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    verbs = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)) - {"help"}
    assert [verb for verb in sorted(verbs) if f"`make {verb}" not in readme] == []

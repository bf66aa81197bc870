"""The quality report: whole, escaped, readable without a network, honest about what was not reached."""

import datetime as dt
import re
from html.parser import HTMLParser

from pipeline.quality import CheckResult, SuiteResult
from pipeline.quality_report import WORDS, ReportFacts, render_report, write_report

NOW = dt.datetime(2025, 11, 24, 12, tzinfo=dt.UTC)
PASSED = CheckResult(
    "clean", "blocks", "clean", "no_gaps", None, "critical", True, "3 rows", 0, (), "Gaps lose text.", 3
)
FAILED = CheckResult(
    "clean",
    "blocks",
    "clean",
    "kind_known",
    "kind",
    "critical",
    False,
    "1 of 3 rows",
    1,
    ({"block_id": "blk_1", "kind": "<script>alert(1)</script>", "note": None},),
    "Kinds have meanings.",
    3,
)


def facts(**changes):
    values = {
        "made_at": NOW,
        "run_id": "run-1",
        "published": True,
        "corpus": "seeds/documents",
        "domain": "ukraine",
        "rows": {"blocks": 1234},
        "rows_set_aside": [],
        "set_aside": [("bad.txt", "not_utf8", "Byte 3 is not UTF-8.")],
        "planned": [("clean", "clean"), ("tables", "tables")],
    }
    return ReportFacts(**(values | changes))


def suite(*results):
    return SuiteResult("clean", "clean", "run-1", NOW, {}, results)


def test_values_are_escaped():
    page = render_report([suite(FAILED)], facts(published=False))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_nothing_is_loaded_from_elsewhere():
    page = render_report([suite(PASSED, FAILED)], facts())
    assert not re.search(r"\b(src|href)=\"(?!#)", page)
    assert "@import" not in page and "url(" not in page


def test_elements_are_closed_and_named_for_readers():
    class Reader(HTMLParser):
        void = frozenset({"meta", "br"})

        def __init__(self):
            super().__init__()
            self.open, self.seen = [], []

        def handle_starttag(self, tag, attributes):
            self.seen.append((tag, dict(attributes)))
            if tag not in self.void:
                self.open.append(tag)

        def handle_endtag(self, tag):
            assert self.open.pop() == tag

    reader = Reader()
    reader.feed(render_report([suite(PASSED, FAILED)], facts()))
    assert reader.open == []
    assert ("html", {"lang": "en"}) in reader.seen
    assert all("scope" in attributes for tag, attributes in reader.seen if tag == "th")
    assert len({a["id"] for _, a in reader.seen if "id" in a}) == sum("id" in a for _, a in reader.seen)


def test_a_failure_comes_first_with_reason_and_rows():
    page = render_report([suite(PASSED, FAILED)], facts(published=False))
    assert "Not published: 1 critical check failed." in page
    assert page.index("kind known") < page.index("no gaps")
    assert "Kinds have meanings." in page and "blk_1" in page
    assert page.count('<span class="soft">missing</span>') == 1


def test_suites_that_were_not_reached_are_named():
    page = render_report([suite(PASSED)], facts(published=False))
    assert "<strong>Not reached in this run:</strong> tables." in page
    assert "Not published: the run broke off." in page


def test_a_clean_run_says_so():
    page = render_report([suite(PASSED)], facts(set_aside=[]))
    assert "Published. Every check passed." in page
    assert "No input was set aside." in page
    assert "1,234" in page
    assert all(f'id="stage-{stage}"' in page for stage in WORDS)


def test_the_page_is_replaced_whole(tmp_path):
    path = tmp_path / "deep" / "report.html"
    write_report(path, [suite(PASSED)], facts())
    write_report(path, [suite(FAILED)], facts(published=False))
    assert "Not published" in path.read_text(encoding="utf-8")
    assert [p.name for p in path.parent.iterdir()] == ["report.html"]

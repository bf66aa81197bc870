"""Time of the dashboard on exports of 10,000 synthetic documents, in a real browser: part of `make bench`.

Nothing is asserted: machines differ. What is aimed at: the first page within 2 s, a filter within 300 ms,
both warm. Without a Chromium only the functions behind the pages are timed.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dashboard import network, overview, positions, quality, statements
from dashboard.changes import changes
from dashboard.corpus import Corpus
from dashboard.source import open_generation
from dashboard.statements import Filters
from tests.dashboard_browser import FLAGS, IDLE, chromium, served
from tests.synthetic_rows import write_exports

N = 7


def main() -> None:
    """Make exports, unless some are given, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exports", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        exports = given.exports or write_exports(Path(scratch), given.documents)
        functions(exports)
        if chromium() is None:
            print("pages            not timed: no browser, install the package chromium")
        else:
            pages(exports, Path(scratch) / "log")


def shown(what: str, seconds: list[float]) -> None:
    """Print the median and the longest."""
    print(f"{what:34s} {statistics.median(seconds):6.3f} s   longest {max(seconds):.3f} s")


def repeated(call: Callable[[], object]) -> list[float]:
    """Seconds of each of N calls."""
    took = []
    for _ in range(N):
        began = time.perf_counter()
        call()
        took.append(time.perf_counter() - began)
    return took


def functions(exports: Path) -> None:
    """Time what pages compute, on tables that are in memory."""
    began = time.perf_counter()
    corpus = Corpus(open_generation(str(exports)))
    corpus.searchable, corpus.positions, corpus.mentions, corpus.participants  # noqa: B018
    print(f"tables read                        {time.perf_counter() - began:6.3f} s")
    rows, searched = corpus.statements, corpus.searchable
    party = rows["party"].drop_nulls()[0]
    wanted = Filters(search="the talks", sort="relevance")
    shown("search", repeated(lambda: statements.find(rows, searched, wanted)))
    shown("filter", repeated(lambda: statements.find(rows, searched, Filters(parties=(party,), least=0.5))))
    shown("matrix", repeated(lambda: positions.matrix(corpus.positions)))
    shown("changes", repeated(lambda: changes(corpus.table)))
    shown("network", repeated(lambda: network.network(corpus.meetings, corpus.participants)))
    shown("coverage", repeated(lambda: overview.coverage(corpus)))
    shown("confidences", repeated(lambda: quality.confidences(corpus)))


def pages(exports: Path, log: Path) -> None:
    """Time pages from the request until they stand, and a filter from the key to the new rows."""
    from playwright.sync_api import sync_playwright

    with served(exports, log) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page.set_default_timeout(120_000)

        def visit(path: str, ready: str) -> None:
            page.goto(address + path)
            page.locator(ready).first.wait_for()

        for name, path, ready in (
            ("first page", "/", "a.tile"),
            ("issues", "/issues", "a.cell"),
            ("timeline", "/timeline", "article.card"),
            ("meetings", "/meetings", "table.calendar"),
            ("statements", "/statements", "article.card"),
            ("network", "/network", "table.list"),
            ("data quality", "/quality", "table.list"),
        ):
            visit(path, ready)
            page.wait_for_function(IDLE)
            shown(f"{name}, warm", repeated(lambda path=path, ready=ready: visit(path, ready)))  # type: ignore[misc]
        visit("/statements", "article.card")
        page.wait_for_function(IDLE)
        box = page.get_by_role("textbox", name="Search")
        count = page.get_by_text("statements", exact=False).filter(has_text=" of ").first
        took = []
        for word in ("truce", "talks", "border", "the", "said", "prisoners", "aid"):
            before = count.inner_text()
            box.fill(word)
            began = time.perf_counter()
            box.press("Enter")
            page.wait_for_function(
                "([node, before]) => node.innerText !== before", arg=[count.element_handle(), before]
            )
            took.append(time.perf_counter() - began)
            page.wait_for_function(IDLE)
        shown("a search, from key to new rows", took)
        browser.close()


if __name__ == "__main__":
    main()

"""The dashboard in a real browser: pages load cleanly, filters act, cells lead to evidence, markup "
"stays inert."""

import os
import re
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import expect, sync_playwright

from tests.dashboard_browser import FLAGS, IDLE, PROBES, chromium, served
from tests.dashboard_data import HOSTILE, emptied, hostile, small_frames, without_text, write

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no browser: install the package chromium"),
]

WAIT = 20_000
PAGES = {
    "overview": "Overview",
    "issues": "Issues",
    "timeline": "Timeline",
    "meetings": "Meetings",
    "statements": "Statements",
    "network": "Network",
    "quality": "Data quality",
}
UNLABELLED = """() => {
  const roots = [document], found = [];
  for (const root of roots) {
    for (const e of root.querySelectorAll('*')) if (e.shadowRoot) roots.push(e.shadowRoot);
  }
  const named = (e) => e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.title
    || e.textContent?.trim() || (e.labels && e.labels.length) || e.alt;
  for (const root of roots) {
    for (const e of root.querySelectorAll('input, select, textarea, button, a[href], img, [role=slider]')) {
      const hidden = e.type === 'hidden' || e.closest('[aria-hidden=true], [hidden]');
      if (!hidden && e.getClientRects().length && !named(e)) found.push(e.outerHTML.slice(0, 160));
    }
    for (const e of root.querySelectorAll('table')) {
      if (!e.querySelector('th[scope]')) found.push('table without heads');
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def sets(tmp_path_factory):
    """Sets of exports by name; `current` is a link that `showing` points to one of them."""
    root = tmp_path_factory.mktemp("exports")
    frames = small_frames()
    write(root / "small", without_text(frames))
    write(root / "texts", frames)
    write(root / "hostile", hostile(frames))
    write(root / "empty", emptied(frames))
    broken = write(root / "broken", without_text(frames))
    (broken / "statements.parquet").write_bytes(b"broken")
    return root


def showing(root, name):
    """Publish one of the sets, as a run does: the link is swapped in one step."""
    new = root / "new"
    new.unlink(missing_ok=True)
    new.symlink_to(root / name)
    new.rename(root / "current")


@pytest.fixture(scope="module")
def address(sets, tmp_path_factory):
    showing(sets, "small")
    with served(sets, tmp_path_factory.mktemp("log") / "dashboard.log") as found:
        yield found


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """Where screenshots go: PARLEY_SCREENSHOTS, else a temporary folder."""
    folder = Path(os.environ.get("PARLEY_SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def contexts(browser):
    """One browser profile for each width, scheme and zone: what it has loaded once it need not load again."""
    made = {}

    def context(width, scheme, zone):
        if (width, scheme, zone) not in made:
            made[width, scheme, zone] = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                reduced_motion="reduce",
                timezone_id=zone,
            )
        return made[width, scheme, zone]

    yield context
    for one in made.values():
        one.close()


@pytest.fixture
def opened(contexts, address):
    """Opens a page and waits until it stands; closing checks that the console held no error."""

    @contextmanager
    def opening(path="/", *, width=1280, scheme="light", zone="Etc/UTC"):
        page = contexts(width, scheme, zone).new_page()
        page.set_default_timeout(WAIT)
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console", lambda said: errors.append(f"{said.text} {said.location}") if wrong(said) else None
        )
        page.on("request", lambda asked: errors.append(asked.url) if foreign(asked.url, address) else None)
        page.goto(address + path)
        settle(page)
        yield page
        page.close()
        assert errors == []

    return opening


def wrong(said):
    return said.type == "error" and not said.location["url"].endswith(PROBES)


def foreign(url, address):
    """Whether a request leaves this machine."""
    return not url.startswith((address, address.replace("http", "ws", 1), "data:", "blob:"))


def settle(page):
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_function(IDLE)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=WAIT)
    assert page.get_by_test_id("stException").count() == 0


def full_picture(page, path):
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": min(max(height, 600), 2400)})
    page.wait_for_timeout(150)
    page.screenshot(path=path)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_cleanly_fits_and_is_labelled(opened, sets, pictures, name, width, scheme):
    showing(sets, "small")
    with opened("/" if name == "overview" else f"/{name}", width=width, scheme=scheme) as page:
        assert page.get_by_role("heading", level=1).all_inner_texts() == [PAGES[name]]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth - e.clientWidth") <= 0
        assert page.evaluate(UNLABELLED) == []
        full_picture(page, pictures / f"{name}-{width}-{scheme}.png")


def test_a_cell_of_the_matrix_leads_to_its_evidence_and_back(opened, sets, pictures):
    showing(sets, "texts")
    with opened("/issues") as page:
        cell = page.locator("a.cell").first
        spoken = cell.get_attribute("aria-label")
        party, issue = re.match(r".*?\(?([A-Z_]+)\)? on (.+?): ", spoken).groups()
        cell.focus()
        page.keyboard.press("Enter")
        heading = page.get_by_role("heading", level=2).filter(has_text=f" on {issue}")
        heading.wait_for()
        assert party in heading.inner_text()
        assert "party=" in page.url
        assert page.locator("article.card mark").count() >= 1
        full_picture(page, pictures / "evidence-1280-light.png")
        page.locator("article.card").first.get_by_role("link", name="Row").click()
        page.wait_for_url("**/row?*")
        settle(page)
        page.get_by_text("All columns").wait_for()
        assert page.locator("blockquote mark").count() == 1
        page.go_back()
        page.wait_for_url("**/issues?*")
        heading.wait_for()


def test_a_shared_address_shows_the_same_view(opened, sets):
    showing(sets, "small")
    content = small_frames()["statements"].sort("content_start").row(0, named=True)
    word = max(re.findall(r"\w+", content["content"]), key=len)
    with opened(f"/statements?q={word}&sure=20") as page:
        expect(page.get_by_role("textbox", name="Search")).to_have_value(word)
        page.locator("article.card").first.wait_for()
        for card in page.locator("article.card").all():
            assert word.lower() in card.inner_text().lower()


def test_filters_act_and_stand_in_the_address(opened, sets):
    showing(sets, "small")
    with opened("/statements") as page:
        count = page.get_by_text(re.compile(r"of [\d,]+ statements"))
        before = count.inner_text()
        page.get_by_role("textbox", name="Search").fill("zzzzzz")
        page.get_by_role("textbox", name="Search").press("Enter")
        page.get_by_role("heading", name="No statement passes").wait_for()
        page.wait_for_url("**/statements?q=zzzzzz")
        page.get_by_role("textbox", name="Search").fill("")
        page.get_by_role("textbox", name="Search").press("Enter")
        page.get_by_text("Unnamed sources only").click()
        page.wait_for_url("**unnamed=1*")
        page.wait_for_function(IDLE)
        assert count.inner_text() != before
        assert page.locator("article.card").filter(has_text="unnamed source").count() > 0


def test_statements_can_be_taken_away(opened, sets, tmp_path):
    showing(sets, "hostile")
    with opened("/statements") as page:
        with page.expect_download() as started:
            page.get_by_role("button", name="Download CSV").click()
        started.value.save_as(tmp_path / "rows.csv")
        assert len((tmp_path / "rows.csv").read_text(encoding="utf-8-sig")) > 1000


@pytest.mark.parametrize(
    "path", ["/", "/issues", "/timeline", "/meetings", "/statements", "/network", "/quality"]
)
def test_markup_of_documents_is_shown_and_not_run(opened, sets, path):
    showing(sets, "hostile")
    with opened(path) as page:
        if path != "/quality":
            page.get_by_text(HOSTILE[:40]).first.wait_for(state="attached")
        page.wait_for_timeout(300)
        assert page.evaluate("window.ran") is None
        assert page.locator("img[src=x], a[href^='javascript']").count() == 0


def test_a_row_of_a_hostile_document_is_inert(opened, sets):
    showing(sets, "hostile")
    key = small_frames()["statements"]["statement_id"][0]
    with opened(f"/row?table=statements&id={key}") as page:
        page.locator("blockquote").first.wait_for()
        assert HOSTILE in page.locator("blockquote").first.inner_text()
        assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Etc/UTC", "Pacific/Auckland"])
def test_days_of_a_chart_are_those_of_the_data_wherever_it_is_read(opened, sets, zone):
    showing(sets, "small")
    rows = small_frames()["issue_positions"]
    (issue,) = rows["issue_id"].mode().sort().head(1)
    known = {f"{day:%-d %b %Y}" for day in rows.filter(pl.col("issue_id") == issue)["as_of_to"].drop_nulls()}
    with opened(f"/timeline?issue={issue}", zone=zone) as page:
        marks = page.locator("svg [aria-label*='As of: ']")
        marks.first.wait_for()
        labels = marks.evaluate_all("es => es.map(e => e.getAttribute('aria-label'))")
        told = {re.search(r"As of: (\d+ \w+ \d+)", label)[1] for label in labels}
        assert told and told <= known


def test_a_meeting_shows_its_life(opened, sets, pictures):
    showing(sets, "texts")
    most = small_frames()["meetings"].sort("n_mentions", descending=True).row(0, named=True)
    with opened(f"/meetings?meeting={most['meeting_id']}") as page:
        page.get_by_role("heading", name=most["label"]).wait_for()
        assert page.locator("ol.life > li").count() == min(most["n_mentions"], 40)
        full_picture(page, pictures / "meeting-1280-light.png")


@pytest.mark.parametrize(("name", "words"), [("empty", "No documents"), ("broken", "do not belong together")])
def test_failing_states_are_told_in_words(opened, sets, pictures, name, words):
    showing(sets, name)
    with opened("/", scheme="dark") as page:
        page.get_by_text(words).first.wait_for()
        full_picture(page, pictures / f"state-{name}.png")


def test_no_exports_says_what_to_do(browser, tmp_path):
    with served(tmp_path / "none", tmp_path / "log") as bare:
        page = browser.new_page()
        page.goto(bare)
        page.get_by_role("heading", name="No exports yet").wait_for(timeout=WAIT)
        page.get_by_text("make run").first.wait_for()
        page.close()


def test_new_exports_show_at_the_next_click(opened, sets):
    showing(sets, "empty")
    with opened("/statements") as page:
        page.get_by_role("heading", name="No statements").wait_for()
        showing(sets, "small")
        page.locator("a[href$='/quality']").first.click()
        page.wait_for_url("**/quality")
        page.locator("a[href$='/statements']").first.click()
        page.locator("article.card").first.wait_for()

"""Feeds from a server on loopback: what is new is fetched once, and no answer stops the others."""

import datetime as dt
import http.server
import json
import threading
import time
from dataclasses import replace

import dagster as dg
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.definitions import build_defs
from pipeline.errors import ReferenceDataError
from pipeline.feeds import Feeds, collect, feed_frame, load_feeds
from pipeline.feeds.client import Client, FetchError, Limits
from pipeline.feeds.items import read_items
from pipeline.feeds.state import FILE, load_state
from pipeline.ingest import ingest
from pipeline.settings import PROJECT_ROOT, Settings
from tests.format_files import html

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
QUICK = Limits(pause=0, max_bytes=200_000)
IMPATIENT = replace(QUICK, total=0.6)


class Site:
    """A site whose answers a test sets, and which remembers what it was asked."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.asked.append((self.path, dict(self.headers)))
                answer = site.answers.get(self.path, (404, {}, b""))
                if callable(answer):
                    answer = answer(self)
                if answer is None:
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def paths(self):
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def page(self, path, words="", **headers):
        self.answers[path] = (200, {"Content-Type": "text/html; charset=utf-8", **headers}, html(words))

    def feed(self, path, *items, **headers):
        self.answers[path] = (200, {"Content-Type": "application/rss+xml", **headers}, rss(*items))


def rss(*items):
    rows = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate><description>{text}</description></item>"
        for title, link, text in items
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>{rows}</channel></rss>'.encode()
    )


@pytest.fixture
def site():
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def own(tmp_path):
    (tmp_path / "seeds").mkdir()
    return Settings(seeds=tmp_path / "seeds", warehouse=tmp_path / "warehouse")


def feeds(*each):
    return Feeds.model_validate({"feeds": list(each)})


def one(site, **more):
    return feeds({"name": "post", "url": f"{site.url}/feed", **more})


def ask(own, named, now=NOW, limits=QUICK):
    client = Client(limits)
    try:
        return [(r.outcome, r.code) for r in collect(own, named, now, client)]
    finally:
        client.close()


def test_new_items_become_documents_with_what_the_feed_says_of_them(site, own):
    site.feed(
        "/feed", ("Talks resume in Lome", f"{site.url}/a", "Short"), ("Other", f"{site.url}/b", "Short")
    )
    site.page("/a")
    site.answers["/b"] = (
        200,
        {"Content-Type": "text/html"},
        html("<p>Another page.</p>", '<meta property="article:published_time" content="2026-03-02">'),
    )
    assert (
        ask(own, one(site, publisher="The Post", language="en")) == [("read", None)] + [("saved", None)] * 2
    )
    found = ingest(own, NOW)
    assert not found.quarantine and len(found.documents) == 2
    by_url = {d.sidecar.url: d for d in found.documents}
    first, second = by_url[f"{site.url}/a"], by_url[f"{site.url}/b"]
    assert first.source_file.startswith("feeds/post/") and first.source_file.endswith(".html")
    assert (first.sidecar.publisher, first.sidecar.language) == ("The Post", "en")
    assert str(first.sidecar.published_on) == "2026-03-03"
    # The page knows its own day better.
    assert second.sidecar.published_on is None and str(second.facts.published_on) == "2026-03-02"


def test_an_unchanged_feed_is_asked_with_what_it_gave_and_nothing_is_fetched_again(site, own):
    site.feed(
        "/feed",
        ("A", f"{site.url}/a", "x"),
        ETag='"one"',
        **{"Last-Modified": "Tue, 03 Mar 2026 10:00:00 GMT"},
    )
    site.page("/a")
    ask(own, one(site))
    site.asked.clear()

    def conditional(request):
        assert request.headers["If-None-Match"] == '"one"'
        assert request.headers["If-Modified-Since"] == "Tue, 03 Mar 2026 10:00:00 GMT"
        return 304, {}, b""

    site.answers["/feed"] = conditional
    assert ask(own, one(site)) == [("unchanged", None)]
    assert site.paths() == ["/feed"]
    # Another item, while the server has forgotten what it gave.
    site.feed("/feed", ("A", f"{site.url}/a", "x"), ("B", f"{site.url}/b", "x"))
    site.page("/b", "<p>More of it.</p>")
    site.asked.clear()
    assert ask(own, one(site)) == [("read", None), ("saved", None)]
    assert site.paths() == ["/feed", "/b"]


def slow(request):
    request.send_response(200)
    request.send_header("Content-Type", "application/rss+xml")
    request.end_headers()
    for _ in range(40):
        try:
            request.wfile.write(b"<!-- -->")
            request.wfile.flush()
        except OSError:
            break
        time.sleep(0.05)
    request.close_connection = True


def silent(request):
    time.sleep(1)
    request.close_connection = True


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((404, {}, b""), "status"),
        ((500, {}, b""), "status"),
        ((200, {}, b"x" * 300_000), "too_large"),
        ((200, {"Content-Encoding": "gzip"}, __import__("gzip").compress(b"x" * 3_000_000)), "too_large"),
        ((200, {"Content-Encoding": "gzip"}, b"no gzip"), "connection"),
        ((200, {}, b"<html>no feed</html>"), "no_feed"),
        ((200, {}, b"\xff\xfe\x00 rubbish"), "no_feed"),
        ((200, {}, b""), "no_feed"),
        ((302, {"Location": "http://localhost:1/feed"}, b""), "redirect_refused"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "redirect_refused"),
        ((302, {"Location": "//evil.example/feed"}, b""), "redirect_refused"),
        ((302, {"Location": "/feed"}, b""), "redirect_refused"),
        ((302, {"Location": "http://[bad"}, b""), "address"),
    ],
)
def test_a_bad_answer_is_recorded_and_the_next_feed_is_asked(site, own, answer, code):
    site.answers["/feed"] = answer
    site.feed("/good", ("A", f"{site.url}/a", "x"))
    site.page("/a")
    named = feeds({"name": "bad", "url": f"{site.url}/feed"}, {"name": "good", "url": f"{site.url}/good"})
    assert ask(own, named) == [("failed", code), ("read", None), ("saved", None)]


@pytest.mark.parametrize("answer", [slow, silent])
def test_an_answer_that_does_not_come_in_time_is_recorded(site, own, answer):
    site.answers["/feed"] = answer
    assert ask(own, one(site), limits=IMPATIENT) == [("failed", "timeout")]


def test_a_redirect_on_the_same_host_is_followed(site, own):
    site.answers["/feed"] = (301, {"Location": "/moved"}, b"")
    site.feed("/moved", ("A", f"{site.url}/a", "x"))
    site.answers["/a"] = (307, {"Location": f"{site.url}/a2"}, b"")
    site.page("/a2")
    assert ask(own, one(site)) == [("read", None), ("saved", None)]


def test_a_server_that_is_not_there_is_recorded(own):
    named = feeds({"name": "gone", "url": "http://127.0.0.1:9/feed"})
    assert ask(own, named) == [("failed", "connection")]


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("http://localhost:1/a", "other_host"),
        ("http://169.254.169.254/latest/meta-data", "other_host"),
        ("file:///etc/passwd", "address"),
        ("{url}/elsewhere", "redirect_refused"),
        ("{url}/image", "content_type"),
        ("{url}/private/a", "robots"),
        ("{url}/none", "status"),
    ],
)
def test_an_item_that_may_not_be_fetched_is_refused_for_good(site, own, link, code):
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private/\n")
    site.answers["/elsewhere"] = (302, {"Location": "http://localhost:1/"}, b"")
    site.answers["/image"] = (200, {"Content-Type": "image/png"}, b"x")
    site.page("/private/a")
    site.feed("/feed", ("A", link.format(url=site.url), "x"))
    assert ask(own, one(site)) == [("read", None), ("refused", code)]
    assert ask(own, one(site)) == [("read", None)]
    assert not list(own.seeds.rglob("*.*"))


def test_an_allowed_host_is_fetched_from(site, own):
    other = Site()
    other.page("/a")
    site.feed("/feed", ("A", f"{other.url}/a", "x"))
    host = other.url.removeprefix("http://")
    assert ask(own, one(site, hosts=[host])) == [("read", None), ("saved", None)]
    other.server.shutdown()


def test_an_item_that_fails_for_now_is_tried_again_three_times_at_most(site, own):
    site.feed("/feed", ("A", f"{site.url}/a", "x"), ETag='"one"')
    site.answers["/a"] = (503, {}, b"")
    assert ask(own, one(site)) == [("read", None), ("failed", "status")]
    site.answers["/feed"] = (304, {}, b"")
    assert ask(own, one(site)) == [("unchanged", None), ("failed", "status")]
    site.page("/a")
    assert ask(own, one(site)) == [("unchanged", None), ("saved", None)]
    assert ask(own, one(site)) == [("unchanged", None)]


def test_one_round_takes_its_share_and_the_next_the_rest(site, own):
    site.feed("/feed", *((str(i), f"{site.url}/{i}", "x") for i in range(5)))
    for i in range(5):
        site.page(f"/{i}", f"<p>Page {i}.</p>")
    assert ask(own, one(site, max_items=3)).count(("saved", None)) == 3
    assert ask(own, one(site, max_items=3)).count(("saved", None)) == 2
    assert len(ingest(own, NOW).documents) == 5


def test_a_server_that_asks_for_patience_is_left_alone(site, own):
    site.answers["/feed"] = (429, {"Retry-After": "3600"}, b"")
    assert ask(own, one(site)) == [("failed", "status")]
    assert ask(own, one(site), NOW + dt.timedelta(minutes=59)) == [("waiting", "asked_to_wait")]
    site.feed("/feed")
    assert ask(own, one(site), NOW + dt.timedelta(minutes=61)) == [("read", None)]


def test_requests_to_one_host_keep_their_distance_and_say_who_asks(site):
    waits = []
    clock = iter(range(1000))
    client = Client(Limits(pause=10), sleep=waits.append, clock=lambda: float(next(clock)))
    site.page("/a")
    client.fetch(f"{site.url}/a")
    client.fetch(f"{site.url}/a")
    client.close()
    assert len(waits) == 1 and 0 < waits[0] < 10
    assert all(headers["User-Agent"].startswith("Parley/") for _, headers in site.asked)


def test_passwords_of_the_user_are_never_sent(site, tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    site.page("/a")
    client = Client(QUICK)
    client.fetch(f"{site.url}/a")
    client.close()
    assert "Authorization" not in site.asked[0][1]


def test_the_text_in_the_feed_itself_may_be_taken(site, own):
    text = "&lt;p&gt;The envoys met for three hours, officials said after the talks.&lt;/p&gt;"
    atom = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>
    <entry><title>Talks &amp; more</title><id>urn:1</id><link href="{site.url}/a"/>
    <updated>2026-03-03T10:00:00Z</updated><content type="html">{text * 3}</content></entry></feed>"""
    site.answers["/feed"] = (200, {"Content-Type": "application/atom+xml"}, atom.encode())
    assert ask(own, one(site, take="entry")) == [("read", None), ("saved", None)]
    (document,) = ingest(own, NOW).documents
    assert document.text.startswith("Talks & more\nThe envoys met")
    assert (document.sidecar.url, str(document.sidecar.published_on)) == (f"{site.url}/a", "2026-03-03")
    assert site.paths() == ["/feed"]


def test_a_feed_that_is_not_well_formed_gives_what_can_be_read(site, own):
    site.answers["/feed"] = (
        200,
        {},
        rss(("A", f"{site.url}/a", "x")).replace(b"</channel></rss>", b"<item><title>cut"),
    )
    site.page("/a")
    assert ask(own, one(site))[:2] == [("read", None), ("saved", None)]


def test_entities_that_multiply_do_not_swell_a_feed(site, own):
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)
    )
    rest = '<rss version="2.0"><channel><item><title>&j;</title></item></channel></rss>'
    body = f'<?xml version="1.0"?>{bomb}]>{rest}'
    named = one(site)
    began = time.perf_counter()
    items, _ = read_items(body.encode(), {}, named.feeds[0])
    assert time.perf_counter() - began < 30
    assert sum(len(item.title or "") for item in items) < 1_000_000


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_a_feed_or_none(raw):
    feed = feeds({"name": "any", "url": "https://x.example/feed"}).feeds[0]
    items, wrong = read_items(raw, {}, feed)
    assert items or wrong
    items, _ = read_items(rss(("A", "https://x.example/a", "x"))[:150] + raw, {}, feed)
    assert all(item.key for item in items)


def test_a_damaged_state_is_made_anew_and_nothing_is_written_twice(site, own):
    site.feed("/feed", ("A", f"{site.url}/a", "x"))
    site.page("/a")
    ask(own, one(site))
    before = sorted(own.seeds.rglob("*"))
    (own.warehouse / FILE).write_text("{broken")
    assert ask(own, one(site)) == [("read", None), ("saved", None)]
    assert sorted(own.seeds.rglob("*")) == before
    assert load_state(own.warehouse).feeds["post"].seen


def test_a_feed_at_another_address_is_another_feed(site, own):
    site.feed("/feed", ("A", f"{site.url}/a", "x"), ETag='"one"')
    site.page("/a")
    ask(own, one(site))
    site.asked.clear()
    site.feed("/new")
    ask(own, feeds({"name": "post", "url": f"{site.url}/new"}))
    assert "If-None-Match" not in site.asked[0][1]


@pytest.mark.parametrize(
    "feed",
    [
        {"name": "../up", "url": "https://x.example"},
        {"name": "A", "url": "https://x.example"},
        {"name": "a", "url": "file:///etc/passwd"},
        {"name": "a", "url": "https://me:secret@x.example"},
        {"name": "a", "url": "https://"},
        {"name": "a", "url": "https://x.example", "max_items": 0},
        {"name": "a", "url": "https://x.example", "every": 5},
    ],
)
def test_a_feed_that_is_not_valid_is_named(tmp_path, feed):
    path = tmp_path / "feeds.yaml"
    path.write_text(yaml.safe_dump({"feeds": [feed]}))
    with pytest.raises(ReferenceDataError):
        load_feeds(path)


def test_names_are_used_once():
    with pytest.raises(ValueError, match="more than one feed"):
        feeds({"name": "a", "url": "https://x.example"}, {"name": "a", "url": "https://y.example"})


def test_nothing_is_fetched_by_default(own):
    named = load_feeds(PROJECT_ROOT / "seeds" / "feeds.yaml")
    assert named == Feeds() == load_feeds(PROJECT_ROOT / "none.yaml")
    assert collect(own, named, NOW) == ()
    assert not own.warehouse.exists()


def test_the_example_in_the_shipped_file_is_valid():
    text = (PROJECT_ROOT / "seeds" / "feeds.yaml").read_text()
    example = text.partition("An example:\n#\n")[2].partition("feeds: []")[0].replace("# ", "", 1)
    lines = [
        line.removeprefix("# ")
        for line in text.partition("An example:\n#\n")[2].splitlines()
        if line.startswith("#")
    ]
    assert example and Feeds.model_validate(yaml.safe_load("\n".join(lines))).feeds[0].hosts == (
        "amp.example.org",
    )


def test_the_asset_records_what_became_of_each_feed_and_leaves_the_rest_alone(site, own, tmp_path):
    site.feed("/feed", ("A", f"{site.url}/a", "x"))
    site.page("/a")
    path = tmp_path / "feeds.yaml"
    path.write_text(
        yaml.safe_dump(
            {
                "feeds": [
                    {"name": "post", "url": f"{site.url}/feed"},
                    {"name": "bad", "url": f"{site.url}/bad"},
                ]
            }
        )
    )
    defs = build_defs(Settings(seeds=own.seeds, warehouse=own.warehouse, feeds=path))
    job = defs.resolve_job_def("fetch_feeds")
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance)
    assert result.success
    (event,) = result.asset_materializations_for_node("feeds")
    assert json.loads(json.dumps(event.metadata["outcomes"].value)) == {"failed": 1, "read": 1, "saved": 1}
    assert "feed_items" not in {
        k.to_user_string() for k in defs.resolve_job_def("refresh").asset_layer.executable_asset_keys
    }


def test_rows_of_a_round_fit_their_frame(site, own):
    site.feed("/feed", ("A", f"{site.url}/a", "x"))
    client = Client(QUICK)
    frame = feed_frame(collect(own, one(site), NOW, client))
    client.close()
    assert frame["outcome"].to_list() == ["read", "refused"]
    assert feed_frame(()).height == 0


def test_an_address_without_host_is_no_address():
    client = Client(QUICK)
    with pytest.raises(FetchError) as refused:
        client.fetch("http://")
    client.close()
    assert refused.value.code == "address"

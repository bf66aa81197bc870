"""Inputs in all formats: what is read as text, what as a fact, and what is ignored by name."""

import datetime as dt
import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.errors import Reason
from pipeline.ids import sha256_hex
from pipeline.ingest.fields import day_of
from pipeline.ingest.formats import named
from tests import format_files as files

META = '<meta property="%s" content="%s">'
LD = '<script type="application/ld+json">%s</script>'


def one(folder, name, raw, **settings):
    (folder / name).write_bytes(raw)
    found = files.run(folder, **settings)
    assert not found.quarantine, found.quarantine
    (document,) = found.documents
    return document


@pytest.mark.parametrize(
    ("name", "reader", "compression", "stem"),
    [
        ("a.txt", "text", None, "a"),
        ("A.TXT.GZ", "text", "gzip", "A"),
        ("a.b.htm", "html", None, "a.b"),
        ("a.ndjson.zst", "jsonl", "zstd", "a"),
        ("a.tsv", "csv", None, "a"),
        ("a.warc.gz", "warc", "gzip", "a"),
        ("a.warc.wet.gz", "warc", "gzip", "a"),
    ],
)
def test_the_name_tells_format_compression_and_sidecar(name, reader, compression, stem):
    told = named(name)
    assert told is not None
    assert (told.format.name, told.compression, told.sidecar) == (reader, compression, f"{stem}.meta.yaml")


@pytest.mark.parametrize("name", ["a.gz", "a.zip", "a.pdf", "a.txt.bz2", ".a.txt", "txt", "a.meta.yaml"])
def test_other_names_are_no_inputs(name):
    assert named(name) is None


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_compressed_text_is_the_text_and_a_duplicate_of_it(seeds, ending):
    text = "\n".join(files.PROSE)
    document = one(seeds, f"a.txt{ending}", files.compressed(text.encode(), ending))
    assert (document.text, document.sha256, document.reader) == (text, sha256_hex(text.encode()), "text")
    (seeds / "b.txt").write_text(text)
    assert files.refusals(files.run(seeds)) == [("b.txt", Reason.DUPLICATE)]


def test_members_of_a_gzip_file_follow_each_other_and_zeros_may_pad_it(seeds):
    raw = gzip.compress(b"One and ") + gzip.compress(b"two.") + b"\0" * 512
    assert one(seeds, "a.txt.gz", raw).text == "One and two."


def test_a_page_gives_main_content_under_its_title(seeds):
    document = one(seeds, "a.html", files.html())
    assert document.text.splitlines() == ["Talks resume in Lome", *files.PROSE]
    assert document.reader == "html"
    assert document.sha256 == sha256_hex(files.html())


def test_a_page_states_where_by_whom_and_when_it_was_published(seeds):
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "datePublished": "2001-01-01"},
            {
                "@type": ["NewsArticle"],
                "headline": "Talks resume in Lome",
                "datePublished": "2026-03-03T23:30:00-05:00",
                "author": [
                    {"@type": "Person", "name": "Ada Moreau"},
                    {"@type": "Person", "name": "Ben Okoro"},
                ],
            },
        ],
    }
    head = (
        LD % json.dumps(data)
        + '<link rel="canonical" href="https://lakes.example/talks">'
        + '<meta property="og:site_name" content="The Lakes Herald">'
    )
    facts = one(seeds, "a.html", files.html(head=head)).facts
    assert facts.url == "https://lakes.example/talks"
    assert facts.publisher == "The Lakes Herald"
    assert facts.authors == ("Ada Moreau", "Ben Okoro")
    assert (facts.published_on, facts.published_by) == (dt.date(2026, 3, 3), "json-ld:datePublished")


@pytest.mark.parametrize(
    ("head", "body", "day", "by"),
    [
        (META % ("pubdate", "2026-03-03T10:00Z"), "", "2026-03-03", "meta:pubdate"),
        ('<meta name="DC.date.issued" content="2026-03-03">', "", "2026-03-03", "meta:dc.date.issued"),
        ("", '<time pubdate datetime="2026-03-03">a</time>', "2026-03-03", "time:datePublished"),
        ("", '<time datetime="2026-03-03T08:00">3 March</time>', "2026-03-03", "time"),
        # Never guessed: several days, a day of change, words of the text, the address.
        ("", '<time datetime="2026-03-03">a</time><time datetime="2026-03-04">b</time>', None, None),
        (META % ("article:modified_time", "2026-03-03"), "", None, None),
        ('<link rel="canonical" href="https://x.example/2026/03/03/a">', "", None, None),
        ("", "<p>Published 3 March 2026</p>", None, None),
        ('<meta name="date" content="yesterday">', "", None, None),
        ('<meta name="date" content="2026-13-45">', "", None, None),
        (LD % "{broken", "", None, None),
        (LD % '{"@type": "Event", "datePublished": "2026-03-03"}', "", None, None),
    ],
)  # fmt: skip
def test_a_date_is_taken_where_it_is_stated_and_never_guessed(seeds, head, body, day, by):
    facts = one(seeds, "a.html", files.html(body, head)).facts
    assert (None if facts.published_on is None else str(facts.published_on), facts.published_by) == (day, by)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_a_page_is_decoded_as_it_declares(seeds, charset):
    raw = files.html(
        "<p>Ein Gespräch – „offen“ und lang genug für die Seite</p>".replace("–", "-")
        .replace("„", "")
        .replace("“", ""),
        charset=charset,
    )
    assert "Gespräch" in one(seeds, "a.html", raw).text


def test_a_page_that_declares_nothing_is_told_by_its_looks(seeds):
    page = files.html("<p>Le ministre a été reçu à l’Élysée où il a évoqué la crise.</p>" * 8).decode()
    raw = page.replace('<meta charset="utf-8">', "").encode("windows-1252")
    assert "l’Élysée" in one(seeds, "a.html", raw).text


@pytest.mark.parametrize("label", ["zlib", "rot13", "punycode", "utf-7", "unicode_escape", "no-such"])
def test_what_is_no_encoding_of_text_is_not_used_as_one(seeds, label):
    raw = (
        files.html("<p>Gespräch im Rathaus über den Haushalt</p>")
        .decode()
        .replace("utf-8", label)
        .encode("cp1252")
    )
    assert "Haushalt" in one(seeds, "a.html", raw).text


def test_a_page_without_content_is_refused(seeds):
    (seeds / "a.html").write_bytes(b"<html><head><title>A</title></head><body><img src=a></body></html>")
    (seeds / "b.html").write_bytes(b"")
    found = files.run(seeds)
    assert [q.source_file for q in found.quarantine] == ["a.html", "b.html"]
    assert {q.reason for q in found.quarantine} == {"empty"}


def test_reading_a_page_twice_gives_equal_documents(seeds):
    (seeds / "a.html").write_bytes(files.html("<table><tr><td>a</td></tr></table><ul><li>An item</li></ul>"))
    assert files.run(seeds) == files.run(seeds)


def test_json_lines_are_documents_named_by_their_lines(seeds):
    raw = b'\xef\xbb\xbf{"Body": "First text.", "headline": "A title", "date": "2026-03-03", '
    raw += b'"source": {"name": "Post"}}\n\n'
    raw += b'{"content": "Second text.", "authors": ["Ada Moreau", "Ben Okoro"], "lang": "en-GB", '
    raw += b'"link": "https://x.example"}'
    (seeds / "a.jsonl").write_bytes(raw)
    found = files.run(seeds)
    first, second = found.documents
    assert files.names(found) == ["a.jsonl#1", "a.jsonl#3"]
    assert first.text == "A title\n\nFirst text."
    assert (first.facts.publisher, first.facts.published_on) == ("Post", dt.date(2026, 3, 3))
    assert second.facts.authors == ("Ada Moreau", "Ben Okoro")
    assert (second.facts.language, second.facts.url) == ("en", "https://x.example")
    assert first.sha256 == sha256_hex(raw.splitlines()[0].removeprefix(b"\xef\xbb\xbf"))
    assert dict(found.records) == {"a.jsonl": 2}


def test_a_record_may_hold_a_page_whose_metadata_fill_what_the_fields_leave_open(seeds):
    page = files.html(
        head=META % ("article:published_time", "2026-03-03") + '<meta name="author" content="Ada Moreau">'
    )
    record = {"html": page.decode(), "url": "https://x.example/a", "publisher": "Post"}
    document = one(seeds, "a.jsonl", json.dumps(record).encode())
    assert document.text.startswith("Talks resume in Lome\n") and "Home" not in document.text
    assert (document.facts.url, document.facts.publisher) == ("https://x.example/a", "Post")
    assert (document.facts.authors, document.facts.published_on) == (("Ada Moreau",), dt.date(2026, 3, 3))


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://x.example/a", True),
        ("x.example/a", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_an_address_that_could_do_harm_as_a_link_is_left_out(seeds, url, kept):
    document = one(seeds, "a.jsonl", json.dumps({"text": "A text.", "url": url}).encode())
    assert document.facts.url == (url if kept else None)


def test_control_characters_are_no_part_of_a_fact(seeds):
    record = {"text": "A text.", "title": "A\x00 ti\x1btle\nin two lines", "authors": ["Ada\x08"]}
    document = one(seeds, "a.jsonl", json.dumps(record).encode())
    assert document.facts.title == "A title in two lines" and document.facts.authors == ("Ada",)
    assert document.text == "A title in two lines\n\nA text."


def test_the_sidecar_names_fields_and_speaks_for_all_records(seeds):
    (seeds / "a.meta.yaml").write_text(
        "publisher: The Post\nfields: {text: story.full, published: when, title: kicker}\n"
    )
    record = {"story": {"full": files.PROSE[0]}, "text": "not this", "when": 1772530200, "kicker": "A title"}
    document = one(seeds, "a.jsonl.gz", gzip.compress(json.dumps(record).encode()))
    assert document.text == f"A title\n\n{files.PROSE[0]}"
    assert document.sidecar.publisher == "The Post"
    assert document.facts.published_on == dt.date(2026, 3, 3)


def test_a_sidecar_that_only_names_fields_says_nothing_of_the_documents(seeds):
    (seeds / "a.meta.yaml").write_text("fields: {text: story}\n")
    assert one(seeds, "a.jsonl", b'{"story": "A text."}').sidecar is None


@pytest.mark.parametrize(
    ("name", "sidecar"),
    [
        ("a.jsonl", "fields: {body: story}"),
        ("a.jsonl", "fields: {text: ' '}"),
        ("a.csv", "delimiter: '::'"),
        ("a.txt", "fields: {text: story}"),
        ("a.warc", "delimiter: ';'"),
    ],
)
def test_a_sidecar_that_does_not_fit_sets_the_file_aside(seeds, name, sidecar):
    (seeds / name).write_bytes(b'{"text": "A text."}')
    (seeds / "a.meta.yaml").write_text(sidecar)
    assert files.refusals(files.run(seeds)) == [
        ("a.jsonl" if name == "a.jsonl" else name, Reason.BAD_SIDECAR)
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", Reason.MALFORMED),
        (b"[1]", Reason.MALFORMED),
        (b'{"title": "no text"}', Reason.MALFORMED),
        (b'{"text": 7}', Reason.MALFORMED),
        (b'{"text": "half \\ud800 pair"}', Reason.MALFORMED),
        (b'{"text": " "}', Reason.EMPTY),
        (b'{"text": "nul \\u0000 nul"}', Reason.BINARY),
        (b'{"text": "\xff"}', Reason.NOT_UTF8),
        (b"[" * 100_000, Reason.MALFORMED),
        (b'{"text": ' + b"9" * 5000 + b"}", Reason.MALFORMED),
        (b'{"text": "' + b"x" * 200_000 + b'"}', Reason.TOO_LARGE),
        (b'{"text": "A first text."}', Reason.DUPLICATE),
    ],
)
def test_a_bad_line_is_set_aside_alone(seeds, line, reason):
    (seeds / "a.jsonl").write_bytes(b'{"text": "A first text."}\n' + line + b'\n{"text": "A last text."}\n')
    found = files.run(seeds, max_bytes=150_000)
    assert files.names(found) == ["a.jsonl#1", "a.jsonl#3"]
    assert files.refusals(found) == [("a.jsonl#2", reason)]
    assert found.quarantine[0].detail.endswith(".")


def test_rows_of_csv_are_documents_named_by_the_line_where_they_begin(seeds):
    raw = b'title,text,date\nA,"One\ntext, and more",20260303\nB,Two texts,2026-03-04\n\n'
    raw += b'short\nC,"T" x,\nD,\xff,\nE,Last text,\n'
    (seeds / "a.csv").write_bytes(raw)
    found = files.run(seeds)
    assert files.names(found) == ["a.csv#2", "a.csv#4", "a.csv#9"]
    assert files.refusals(found) == [
        ("a.csv#6", "malformed"),
        ("a.csv#7", "malformed"),
        ("a.csv#8", "not_utf8"),
    ]
    assert found.documents[0].text == "A\n\nOne\ntext, and more"
    assert [str(d.facts.published_on) for d in found.documents] == ["2026-03-03", "2026-03-04", "None"]
    assert files.n_inputs(found) == 6


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_told_by_the_header(seeds, delimiter):
    raw = (
        delimiter.join(["text", "url"])
        + "\n"
        + delimiter.join(["A text, with commas, of course.", "u"])
        + "\n"
    )
    assert one(seeds, "a.csv", raw.encode()).facts.url == "u"


def test_an_open_quotation_mark_does_not_swallow_the_file_unseen(seeds):
    (seeds / "a.csv").write_bytes(b'text\nOne text\n"open\n' + b"more\n" * 100)
    assert files.names(files.run(seeds)) == ["a.csv#2"]
    assert files.refusals(files.run(seeds)) == [("a.csv#3", "malformed")]
    assert files.refusals(files.run(seeds, max_bytes=200)) == [("a.csv#3", "too_large")]


def table(n=3):
    return pa.table(
        {
            "body": [f"{i}. {files.PROSE[0]}" for i in range(n)],
            "published": pa.array([dt.datetime(2026, 3, 3, 10)] * n, pa.timestamp("ms")),
            "n_shares": list(range(n)),
        }
    )


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_rows_of_parquet_are_documents(seeds, tmp_path, ending):
    pq.write_table(table(), tmp_path / "a.parquet", row_group_size=2)
    raw = (tmp_path / "a.parquet").read_bytes()
    (seeds / f"a.parquet{ending}").write_bytes(files.compressed(raw, ending) if ending else raw)
    found = files.run(seeds)
    assert files.names(found) == [f"a.parquet{ending}#{i}" for i in (1, 2, 3)]
    assert found.documents[1].text == f"1. {files.PROSE[0]}"
    assert {d.facts.published_on for d in found.documents} == {dt.date(2026, 3, 3)}


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_pages_of_a_warc_are_documents_with_address_and_day_of_crawling(seeds, ending):
    (seeds / f"a.warc{ending}").write_bytes(files.warc(2, ending))
    found = files.run(seeds)
    assert files.names(found) == [f"a.warc{ending}#2", f"a.warc{ending}#3"]
    first, second = found.documents
    assert first.facts.url == "https://x.example/1" and "Page 1" in first.text
    assert first.facts.crawled_on == dt.date(2026, 3, 5)
    assert first.facts.published_on is None
    assert second.reader == "warc"


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_of_another_writer_is_read_as_its_own_reader_reads_it(seeds, packed):
    name = "a.warc.gz" if packed else "a.warc"
    pages = [files.html(f"<p>Page {i}, in a sentence that is its own.</p>") for i in range(3)]
    with (seeds / name).open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        file_info = writer.create_warcinfo_record(name, {"software": "test"})
        writer.write_record(file_info)
        for i, page in enumerate(pages):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
            record = writer.create_warc_record(
                f"https://x.example/{i}", "response", payload=io.BytesIO(page), http_headers=head
            )
            writer.write_request_response_pair(_request(writer, i), record)
    found = files.run(seeds)
    assert [d.sha256 for d in found.documents] == [sha256_hex(page) for page in pages]
    assert [d.facts.url for d in found.documents] == [f"https://x.example/{i}" for i in range(3)]
    with (seeds / name).open("rb") as file:
        told = [
            (n, r.rec_type, r.rec_headers["WARC-Target-URI"]) for n, r in enumerate(ArchiveIterator(file), 1)
        ]
    responses = [(f"{name}#{n}", uri) for n, kind, uri in told if kind == "response"]
    assert responses == [(d.source_file, d.facts.url) for d in found.documents]


def _request(writer, i):
    head = StatusAndHeaders(f"GET /{i} HTTP/1.0", [("Host", "x.example")], is_http_request=True)
    return writer.create_warc_record(f"https://x.example/{i}", "request", http_headers=head)


def test_a_page_from_a_warc_has_the_key_of_the_same_page_as_a_file(seeds):
    (seeds / "a.html").write_bytes(files.html())
    (seeds / "b.warc").write_bytes(files.response(files.html()))
    assert files.refusals(files.run(seeds)) == [("b.warc#1", Reason.DUPLICATE)]


def test_what_is_no_page_in_a_warc_is_ignored_by_name(seeds, caplog):
    caplog.set_level("INFO")
    raw = (
        files.warc_record("request", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request")
        + files.response(files.html(), status="404 Not Found")
        + files.response(files.html()).replace(b"text/html", b"image/gif")
        + files.warc_record("revisit", b"", "application/http; msgtype=response")
        + files.warc_record("resource", files.html(), "text/html; charset=utf-8")
        + files.warc_record("conversion", files.PROSE[0].encode(), "text/plain")
    )
    (seeds / "a.warc").write_bytes(raw)
    found = files.run(seeds)
    assert files.names(found) == ["a.warc#5", "a.warc#6"] and not found.quarantine
    said = " ".join(caplog.messages)
    for what in ("1 request", "1 response with status 404", "1 response image/gif", "1 revisit"):
        assert what in said


def test_a_date_after_the_crawl_is_dropped(seeds):
    def crawled(day):
        return files.response(
            files.html(head=f'<meta name="date" content="{day}">'), f"https://x.example/{day}"
        )

    (seeds / "a.warc").write_bytes(crawled("2026-03-05") + crawled("2026-03-06") + crawled("2026-03-07"))
    days = [d.facts.published_on for d in files.run(seeds).documents]
    assert days == [dt.date(2026, 3, 5), dt.date(2026, 3, 6), None]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "identity"])
def test_codings_of_transfer_and_content_are_undone(seeds, coding):
    import zlib

    page = files.html()
    body = {"gzip": gzip.compress(page), "deflate": zlib.compress(page), "identity": page}[coding]
    chunks = b"".join(
        b"%x\r\n%s\r\n" % (len(body[i : i + 99]), body[i : i + 99]) for i in range(0, len(body), 99)
    )
    more = f"Transfer-Encoding: chunked\r\nContent-Encoding: {coding}\r\n"
    document = one(seeds, "a.warc", files.response(chunks + b"0\r\n\r\n", more=more))
    assert document.sha256 == sha256_hex(page)


@pytest.mark.parametrize(("coding", "reason"), [("br", "malformed"), ("gzip", "truncated")])
def test_a_coding_that_cannot_be_undone_sets_the_record_aside(seeds, coding, reason):
    more = f"Content-Encoding: {coding}\r\n"
    bad = files.response(gzip.compress(files.html())[:-30], more=more)
    (seeds / "a.warc").write_bytes(bad + files.response(files.html()))
    found = files.run(seeds)
    assert (files.refusals(found), files.names(found)) == ([("a.warc#1", reason)], ["a.warc#2"])


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-03-03T10:00:00+02:00", "2026-03-03"),
        ("2026/3/3", "2026-03-03"),
        ("20260303143000", "2026-03-03"),
        (20260303143000, "2026-03-03"),
        ("20260303T143000Z", "2026-03-03"),
        ("Tue, 03 Mar 2026 10:00:00 GMT", "2026-03-03"),
        (1772530200, "2026-03-03"),
        (1772530200000, "2026-03-03"),
        (dt.datetime(2026, 3, 3, 1), "2026-03-03"),
        (dt.date(2026, 3, 3), "2026-03-03"),
        ("3 March", None),
        ("03/04/2026", None),
        ("2026-02-30", None),
        (True, None),
        (float("nan"), None),
        (float("inf"), None),
        (10**30, None),
        ([], None),
    ],
)
def test_days_are_read_where_they_can_be_told(value, day):
    assert (None if day_of(value) is None else str(day_of(value))) == day


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.lists(st.text())))
def test_no_value_breaks_the_reading_of_a_day(value):
    found = day_of(value)
    assert found is None or isinstance(found, dt.date)


def test_many_formats_beside_each_other_are_read_in_order_of_path(seeds):
    (seeds / "a.jsonl").write_bytes(files.jsonl(2))
    (seeds / "b.html").write_bytes(files.html())
    (seeds / "c.txt").write_text(files.PROSE[1])
    assert files.names(files.run(seeds)) == ["a.jsonl#1", "a.jsonl#2", "b.html", "c.txt"]

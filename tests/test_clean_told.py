"""What sidecar and record say of a document: who wins, and what a day of crawling rules out."""

import dataclasses
import datetime as dt

import pytest

from pipeline.clean import clean_corpus, clean_document
from pipeline.ingest import Facts, Sidecar
from pipeline.settings import Settings
from tests.clean_pages import knowledge, raw

PROSE = (
    "The envoys of both countries met for three hours on Thursday, officials said after the talks.\n"
    "They agreed to meet again within a month, and a joint commission is to look at the border.\n"
)
PAGE = f"The Lakes Herald\n3 March 2026\nBy Ada Moreau\nTalks resume in Lome\n{PROSE}"


def cleaned(facts=None, sidecar=None, text=PAGE):
    return clean_document(dataclasses.replace(raw(text, sidecar=sidecar), facts=facts), knowledge()).document


def test_the_records_own_metadata_win_over_its_lines():
    facts = Facts(
        url="https://x.example/a",
        publisher="Other Post",
        authors=("Ben Okoro",),
        published_on=dt.date(2026, 3, 1),
    )
    document = cleaned(facts)
    assert (document.url, document.publisher) == ("https://x.example/a", "Other Post")
    assert document.authors == ("Ben Okoro",)
    assert document.published_from == document.published_to == dt.date(2026, 3, 1)
    assert document.published_basis == "explicit"


def test_the_sidecar_wins_over_the_records_own_metadata():
    facts = Facts(url="https://x.example/a", publisher="Other Post", published_on=dt.date(2026, 3, 1))
    sidecar = Sidecar.model_validate({"publisher": "Third Mail", "published_on": dt.date(2026, 2, 2)})
    document = cleaned(facts, sidecar)
    assert (document.url, document.publisher) == ("https://x.example/a", "Third Mail")
    assert document.published_from == dt.date(2026, 2, 2)


def test_what_the_record_leaves_open_the_lines_give():
    assert cleaned(Facts()) == cleaned(None)
    assert cleaned(Facts()).published_from == dt.date(2026, 3, 3)


def test_a_publisher_by_its_site_gets_its_known_name():
    assert cleaned(Facts(publisher="reuters.com")).publisher == "Reuters"


def test_the_line_that_is_the_stated_title_is_the_title():
    text = f"Envoys meet again after a month of silence\nTalks resume in Lome\n{PROSE}"
    assert cleaned(Facts(title="Talks Resume in Lome"), text=text).title == "Talks resume in Lome"
    assert cleaned(Facts(title="Something else"), text=text).title == cleaned(None, text=text).title


def test_a_date_after_the_crawl_is_not_that_of_publication():
    assert cleaned(Facts(crawled_on=dt.date(2026, 3, 2))).published_from is None
    assert cleaned(Facts(crawled_on=dt.date(2026, 3, 3))).published_from == dt.date(2026, 3, 3)


def test_an_inferred_range_ends_with_the_crawl():
    text = (
        f"Talks resume in Lome\n{PROSE}The deadline is Friday, March 13, 2026, and the talks began on "
        "Wednesday, March 11, officials said on Thursday.\n"
    )
    item = raw(text)
    (free,) = clean_corpus([item], Settings()).documents
    assert free.published_basis == "inferred"
    crawled = free.published_from + dt.timedelta(days=1)
    bound = dataclasses.replace(item, facts=Facts(crawled_on=crawled))
    (document,) = clean_corpus([bound], Settings()).documents
    assert (document.published_from, document.published_to) == (free.published_from, crawled)
    early = dataclasses.replace(item, facts=Facts(crawled_on=free.published_from - dt.timedelta(days=1)))
    (document,) = clean_corpus([early], Settings()).documents
    assert (document.published_from, document.published_basis) == (None, "unknown")


@pytest.mark.parametrize(("language", "n"), [("de", 0), ("en", 1), (None, 1)])
def test_a_stated_language_decides(language, n):
    item = dataclasses.replace(raw(PAGE), facts=Facts(language=language))
    found = clean_corpus([item], Settings())
    assert len(found.documents) == n
    assert [q.reason for q in found.quarantine] == ["not_english"] * (1 - n)

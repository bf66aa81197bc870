"""Chronologies: what days their lines tell of, and what statements, meetings and offices make of that."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.extract.meetings import extract_meeting_mentions
from pipeline.extract.statements import extract_statements
from pipeline.model import DateRange, Page
from pipeline.nlp import parse_blocks
from pipeline.resolve import link
from pipeline.settings import Settings
from tests.clean_pages import clean

HEAD = (
    "Timeline: the quarrel over the Sill river\n\n12 June 2025\n\n"
    "The envoys hope to be done in a week. How it came to that.\n\n"
)
INLINE = (
    "March 3, 2001 – The envoys of Chile and Peru meet in Lima. Chile's ministry said it was content.\n"
    "Nov. 2004 – Peru rejects the border plan.\n"
    "July 11-25, 2010 – The government of Chile hosts talks with Peru in Arica that collapse over fishing.\n"
    "1 December 2018: Peru's foreign ministry says it will go to court.\n"
)
UNDER_DAYS = (
    "2004\n\nPeru rejects the border plan and says it was not asked.\n\n"
    "7 July 2017\n\nThe conference at Arica collapses without a deal.\n\n"
    "March 2019\n\nThe court in The Hague hears both of the states.\n\n"
    "18 March 2025\n\nThe envoys of Chile and Peru meet in Geneva.\n\n"
    "What comes next\n\nThe envoys will meet again in Lima, the ministry said on Tuesday.\n"
)


def page_of(text, nlp=None):
    cleaned = clean(text)
    parses = {} if nlp is None else parse_blocks(nlp, cleaned.document, cleaned.blocks)
    return Page(cleaned.document, cleaned.blocks, parses)


def told(text):
    """Opening words of the lines of a chronology -> first and last day, as ISO."""
    page = page_of(text)
    return {
        page.text_of(b)[:12]: f"{item.days.first}..{item.days.last}"
        for b in page.blocks
        if (item := page.chronicle.get(b.block_no)) is not None
    }


def test_a_line_tells_of_the_day_that_it_opens_with():
    assert told(HEAD + INLINE) == {
        "March 3, 200": "2001-03-03..2001-03-03",
        "Nov. 2004 – ": "2004-11-01..2004-11-30",
        "July 11-25, ": "2010-07-11..2010-07-25",
        "1 December 2": "2018-12-01..2018-12-01",
    }


def test_lines_tell_of_the_day_above_them_until_the_next_heading():
    assert told(HEAD + UNDER_DAYS) == {
        "Peru rejects": "2004-01-01..2004-12-31",
        "The conferen": "2017-07-07..2017-07-07",
        "The court in": "2019-03-01..2019-03-31",
        "The envoys o": "2025-03-18..2025-03-18",
    }


def test_days_have_the_year_that_stands_above_them():
    years = (
        "2003:\n\nOct 13 - Peru sends an envoy to Arica with a new offer.\n\nDec 9 - Chile answers.\n\n"
        "2004:\n\nMar 7 - The two of them sign a first paper in Lima.\n\nJune 17 - Peru leaves the talks.\n"
    )
    assert [span for span in told(HEAD + years).values() if not span.endswith("12-31")] == [
        "2003-10-13..2003-10-13",
        "2003-12-09..2003-12-09",
        "2004-03-07..2004-03-07",
        "2004-06-17..2004-06-17",
    ]


def test_days_without_any_year_are_those_before_the_page():
    days = ("Nov. 3", "Jan. 5", "April 2", "May 9")
    page = page_of(HEAD + "".join(f"{day} — The envoys talk in Lima about the fish.\n" for day in days))
    assert [item.days.first for item in page.chronicle.values()] == [
        dt.date(2024, 11, 3),
        dt.date(2025, 1, 5),
        dt.date(2025, 4, 2),
        dt.date(2025, 5, 9),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # too few, in no order, among other text, and days that only open a sentence
        "".join(INLINE.splitlines(keepends=True)[:3]),
        "".join(INLINE.splitlines(keepends=True)[n] for n in (2, 0, 3, 1)),
        ("The envoys spoke of fish, and of little else, that day.\n" * 4).join(
            INLINE.splitlines(keepends=True)
        ),
        "".join(
            f"On {day} 2004 the envoys talked in Lima about the fish.\n"
            for day in ("3 May", "4 May", "5 May", "6 May")
        ),
    ],
)
def test_other_lines_with_days_are_no_chronology(text):
    assert told(HEAD + text) == {}


def test_a_feed_is_no_chronology():
    posts = "".join(
        f"{day} March 2025, 10:15\n\nThe envoys talk in Lima about the fish, and go on.\n\n"
        for day in (9, 8, 7, 6, 5)
    )
    page = page_of("Talks in Lima: live\n\n" + posts)
    assert page.document.format == "live_feed"
    assert page.chronicle == {}


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


@pytest.fixture(scope="module")
def rows(nlp, pack):
    def read(text):
        page = page_of(text, nlp)
        links = link(page, pack)
        statements = extract_statements(page, links, pack)
        return statements, extract_meeting_mentions(page, links, statements, pack)

    return read


def test_what_a_line_tells_was_said_on_its_day(rows):
    statements, _ = rows(HEAD + INLINE)
    said = {s.content: (str(s.stated_from), str(s.stated_to), s.stated_basis) for s in statements}
    assert said["it was content"] == ("2001-03-03", "2001-03-03", "explicit")
    assert said["it will go to court"] == ("2018-12-01", "2018-12-01", "explicit")


def test_below_the_list_the_page_tells_of_its_own_days(rows):
    statements, mentions = rows(HEAD + UNDER_DAYS)
    (last,) = (s for s in statements if s.content.startswith("The envoys will meet"))
    assert (last.stated_from, last.stated_basis) == (dt.date(2025, 6, 10), "relative")
    (coming,) = (m for m in mentions if "again" in m.evidence)
    assert (coming.status, coming.reported_on) == ("scheduled", dt.date(2025, 6, 12))


def test_the_present_tense_tells_what_was_held_then(rows):
    _, mentions = rows(HEAD + INLINE)
    assert [(m.status, m.place, str(m.date_from), str(m.date_to), str(m.reported_on)) for m in mentions] == [
        ("held", "Lima", "2001-03-03", "2001-03-03", "2001-03-03"),
        ("held", "Arica", "2010-07-11", "2010-07-25", "2010-07-25"),
    ]


def test_the_conference_of_another_day_is_another_one(rows):
    _, mentions = rows(HEAD + UNDER_DAYS)
    held = [m for m in mentions if m.status == "held"]
    assert {m.place for m in held if m.date_from == dt.date(2025, 3, 18)} == {"Geneva"}
    assert len({m.meeting_id for m in held}) == len(held)


def test_an_item_behind_the_page_is_to_come(rows):
    due = INLINE + "20 June 2025: Envoys of Chile and Peru are due in Lima for further talks.\n"
    _, mentions = rows(HEAD + due)
    assert (mentions[-1].status, str(mentions[-1].date_from)) == ("scheduled", "2025-06-20")
    assert mentions[-1].reported_on == dt.date(2025, 6, 12)


def test_an_office_is_that_of_the_day(rows):
    """Who led a state then, and led it no more when the page was published, spoke for it."""
    then = "May 8, 2002 – Ariel Sharon says the truce will hold.\n" + INLINE.split("\n", 1)[1]
    statements, _ = rows(HEAD + then)
    assert [(s.speaker_name, s.party) for s in statements if s.content == "the truce will hold"] == [
        ("Ariel Sharon", "IL")
    ]
    statements, _ = rows(HEAD + "Ariel Sharon says the truce will hold, and that nobody should doubt it.\n")
    assert [s.party for s in statements] == [None]


def test_a_plan_is_of_no_meeting_before_it(rows):
    newest_first = (
        "July 28, 2013 – Envoys of Chile and Peru are invited to Lima to resume talks.\n"
        "Sept. 2, 2010 – Chile and Peru hold talks in Lima about the fish.\n"
        "Nov. 27, 2007 – The presidents of Chile and Peru meet in Arica.\n"
        "June 4, 2003 – Peru rejects the border plan.\n"
    )
    _, mentions = rows(HEAD + newest_first)
    in_lima = {m.status: m for m in mentions if m.place == "Lima"}
    assert str(in_lima["held"].date_from) == "2010-09-02"
    assert in_lima["proposed"].date_from is None
    assert in_lima["proposed"].meeting_id != in_lima["held"].meeting_id


def test_the_items_of_an_agenda_are_neither_title_nor_dates_of_the_page():
    page = clean(
        "Agenda of the river commission\n\n2 March 2026\n\n"
        "Monday, March 2, 2026 - The envoys of Chile meet in Arica.\n"
        "Tuesday, March 3, 2026 - The commission receives the mayor of Lima.\n"
        "Wednesday, March 4, 2026 - Talks on the budget.\n"
        "Thursday, March 5, 2026 - The chair of the commission visits Arica for talks with the mayor.\n"
    )
    assert page.document.title == "Agenda of the river commission"
    assert page.document.published == DateRange(dt.date(2026, 3, 2), dt.date(2026, 3, 2))
    assert [b.kind for b in page.blocks][2:] == ["body"] * 4

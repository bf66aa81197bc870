"""Live feeds: format, days of entries, entries."""

import datetime as dt

import pytest

from pipeline.clean import undated_text
from tests.clean_pages import clean

D = dt.date


def feed(*rows: str):
    return clean("\n".join(rows))


def days_of(cleaned):
    return [b.entry_date for b in cleaned.blocks if b.kind == "body"]


def entries_of(cleaned):
    return [b.entry_no for b in cleaned.blocks if b.kind == "body"]


POST = "The envoy of the northern council said that the talks in Lome would go on, and left."


def test_day_headings_date_what_follows_and_a_lead_has_the_newest_day():
    page = feed(POST, "27 November 2025", POST, POST, "26 November 2025", POST, "25 November 2025", POST)
    assert page.document.format == "live_feed"
    assert days_of(page) == [D(2025, 11, 27)] * 3 + [D(2025, 11, 26), D(2025, 11, 25)]
    assert page.document.published_from == D(2025, 11, 25)
    assert page.document.published_to == D(2025, 11, 27)
    assert [b.kind for b in page.blocks if b.rule == "day_heading"] == ["day_heading"] * 3


def test_the_year_comes_from_the_copyright_line_if_stamps_leave_it_out():
    page = feed(
        "5 MAY, 14:02",
        "Talks go on in Lome",
        POST,
        "6 MAY, 11:15",
        POST,
        "6 MAY, 18:00",
        POST,
        "(c) 1999-2026 News",
    )
    assert days_of(page) == [D(2026, 5, 5), D(2026, 5, 6), D(2026, 5, 6)]


def test_times_that_run_backwards_over_midnight_go_back_a_day():
    page = feed(
        "Talks in Lome live",
        "20 July 2026",
        "Live feed",
        "01:10",
        POST,
        "00:20",
        POST,
        "23:40",
        POST,
        "22:00",
        POST,
        "© News 2026",
    )
    assert days_of(page) == [D(2026, 7, 20), D(2026, 7, 20), D(2026, 7, 19), D(2026, 7, 19)]


def test_times_that_run_forwards_over_midnight_end_on_the_pages_day():
    page = feed(
        "Ticker: talks in Lome",
        "Last updated: 20 July 2026, 00:40",
        "22:00",
        POST,
        "23:40",
        POST,
        "00:20",
        POST,
        "© News 2026",
    )
    assert days_of(page) == [D(2026, 7, 19), D(2026, 7, 19), D(2026, 7, 20)]


def test_weekdays_alone_are_days_before_the_pages_date():
    page = feed(
        "Talks in Lome live",
        "Updated 20 May 2026",
        "Wednesday",
        POST,
        "Tuesday",
        POST,
        "Monday",
        POST,
        "© News 2026",
    )
    assert days_of(page) == [D(2026, 5, 20), D(2026, 5, 19), D(2026, 5, 18)]


def test_weekdays_that_run_forwards_end_on_the_pages_date():
    page = feed(
        "Talks in Lome live",
        "Updated 20 May 2026",
        "Monday",
        POST,
        "Tuesday",
        POST,
        "Wednesday",
        POST,
        "© News 2026",
    )
    assert days_of(page) == [D(2026, 5, 18), D(2026, 5, 19), D(2026, 5, 20)]


def test_days_without_any_year_stay_unknown():
    page = feed(POST, "5 May", POST, "4 May", POST, "3 May", POST)
    assert page.document.format == "live_feed"
    assert set(days_of(page)) == {None}


def test_an_article_with_its_date_on_top_is_no_feed():
    page = feed("Talks go on in Lome", "5 May 2026, 14:02", POST, POST, POST)
    assert page.document.format == "article"
    assert {b.entry_no for b in page.blocks} == {None}


def test_a_chronology_over_years_is_no_feed():
    page = feed("How the talks went", POST, "5 May 2021", POST, "4 June 2023", POST, "3 May 2026", POST)
    assert page.document.format == "article"


def test_a_stamp_begins_an_entry_and_its_heading_belongs_to_it():
    page = feed(
        "Talks in Lome live",
        "12:30",
        "Talks go on",
        POST,
        "He then left.",
        "11:00",
        "Talks begin",
        POST,
        "© News 2026",
    )
    assert [(b.entry_no, b.kind) for b in page.blocks[1:8]] == [
        (0, "boilerplate"),
        (0, "heading"),
        (0, "body"),
        (0, "body"),
        (1, "boilerplate"),
        (1, "heading"),
        (1, "body"),
    ]


@pytest.mark.parametrize(
    ("line", "continues"),
    [
        ("He added that the border would stay closed until the summer.", True),
        ("“We will wait,” Doe said.", True),
        ("According to the report, the border was closed in May.", True),
        ("Doe also met the governor of the region on Tuesday.", True),
        ("– The border would be opened in May.", True),
        ("Defence Minister John Roe has said that he knows of no such plan.", False),
        ("“We will wait,” Defence Minister John Roe said.", False),
        ("Ghana has closed the crossing for a week.", False),
        ("The border will be opened in May, she told parliament.", True),
        ("The border will be opened in May, John Roe said, and he was cheered.", False),
    ],
)
def test_without_stamps_a_line_that_introduces_somebody_begins_an_entry(line, continues):
    first = "Chief negotiator Jane Doe has said that the talks were going nowhere."
    page = feed("2 May 2026", first, line, "1 May 2026", POST)
    one, two, _ = entries_of(page)
    assert (one == two) is continues


TITLED = (
    "News | World | Live",
    "Truce live: buses cross the line as talks go on",
    "By Ann Lee",
    "Last updated 15 March 2028 at 12:01",
    "11:42 GMT Monitors report calm",
    POST,
    "00:25 GMT Buses cross the line",
    POST,
    "23:50 GMT Premier speaks",
    POST,
)


def test_posts_whose_times_open_their_titles_make_a_feed_that_crosses_midnight():
    page = feed(*TITLED)
    assert page.document.format == "live_feed"
    assert days_of(page) == [D(2028, 3, 15), D(2028, 3, 15), D(2028, 3, 14)]
    assert len(set(entries_of(page))) == 3


def test_two_lines_that_open_with_a_time_make_no_feed():
    assert feed(*TITLED[:-2]).document.format == "article"


@pytest.mark.parametrize(
    "stamps",
    [
        ("Wed 22:41", "Wed 20:15", "Tue 23:10", "Tue 09:15"),
        ("2241 GMT", "0015 GMT", "2350 GMT", "1430 GMT"),
    ],
)
def test_short_days_and_times_without_a_colon_date_the_posts(stamps):
    posts = "\n".join(
        f"{stamp}\nThe envoys met again to discuss the border, post {n} said.\n"
        for n, stamp in enumerate(stamps)
    )
    page = clean(f"Border talks in Lome: live\nLast updated 3 March 2027, 22:50\n\n{posts}")
    assert page.document.format == "live_feed"
    days = [str(b.entry_date) for b in page.blocks if b.kind == "body"]
    assert days == ["2027-03-03", "2027-03-03", "2027-03-02", "2027-03-02"]


BULLETS = (
    "• The envoys of both councils said that they would stay in Lome until Friday evening",
    "• A pause in the shelling of the valley is expected to begin on Thursday, an official said",
)


@pytest.mark.parametrize("glue", ["", ", "])
def test_headings_that_end_with_the_time_of_their_post_make_a_feed(glue):
    page = feed(
        "Summary",
        *BULLETS,
        f"1. Council would have to sign it{glue}published at 18:11 Greenwich Mean Time 21 November 2023",
        "Ines Okafor",
        "Valley correspondent, reporting from Lome",
        POST,
        POST,
        f"2. Envoy says the truce is near{glue}published at 17:40 GMT 21 November 2023",
        POST,
        f"3. Post{glue}published at 09:05 British Summer Time 20 June 2023",
        POST,
    )
    assert page.document.format == "live_feed"
    assert page.document.title is None
    assert [b.kind for b in page.blocks if b.rule == "posted_heading"] == ["heading"] * 3
    assert days_of(page)[2:] == [D(2023, 11, 21)] * 3 + [D(2023, 6, 20)]
    assert len({b.entry_no for b in page.blocks if b.kind == "body"}) == 4


def test_prose_that_tells_when_something_was_published_is_no_heading():
    page = feed(
        "Council leak shakes the talks in Lome",
        "3 March 2026",
        f"{POST} The draft was published at 18:11 on 2 March.",
        POST,
        "He said that he had read what the council posted at 17:40 on Monday.",
    )
    assert page.document.format == "article"
    assert not [b for b in page.blocks if b.rule == "posted_heading"]


FIRST = "The envoy of the northern council said that the talks in Lome would go on, and left."
SECOND = "Mediators met both delegations at the palace and asked them to stay until the morning."
THIRD = "The governor of the valley rejected the draft, calling it a trap for his people."
FORMATS = {
    "counted back, and by the clock": """Talks in Lome live: envoy stays
By Ada Ngo
Published On 4 Mar 2025
2h ago
2 hours ago
(18:02 GMT)
Envoy will go on
{0}
9h ago
(11:02 GMT)
Mediators meet both sides
{1}
21h ago
(23:10 GMT)
{2}""",
    "posted at": """Talks in Lome: latest updates
Live Reporting
Posted at 18:02 4 Mar 2025
Envoy will go on
{0}
Posted at 9:15 4 Mar 2025
{1}
Posted at 23:40 3 Mar 2025
Governor rejects draft
{2}""",
    "heading above its time": """Envoy stays as talks go on in Lome
Live Reporting
Edited by Ada Ngo
Talks go on in Lome
published at 18:02 Greenwich Mean Time 4 March 2025
18:02 GMT 4 March 2025
{0}
Mediators meet both sides
published at 09:15 Greenwich Mean Time 4 March 2025
{1}
Governor rejects draft
published at 23:40 Greenwich Mean Time 3 March 2025
{2}""",
    "the day twice": """Talks in Lome: live
03/04/2025March 4, 2025
Talks go on in Lome
{0}
03/04/2025March 4, 2025
{1}
03/03/2025March 3, 2025
Governor rejects draft
{2}""",
}


@pytest.mark.parametrize("name", FORMATS)
def test_posts_of_many_forms_are_dated(name):
    page = feed(FORMATS[name].format(FIRST, SECOND, THIRD))
    assert page.document.format == "live_feed"
    text = page.document.text
    found = {text[b.char_start : b.char_end]: b for b in page.blocks if b.kind == "body"}
    assert [found[post].entry_date for post in (FIRST, SECOND, THIRD)] == [
        D(2025, 3, 4),
        D(2025, 3, 4),
        D(2025, 3, 3),
    ]
    assert len({found[post].entry_no for post in (FIRST, SECOND, THIRD)}) == 3


def test_a_title_that_opens_a_post_is_not_that_of_the_page():
    page = feed(
        "Live ticker: the valley, 4 March 2025",
        f"18:02 - Envoy says that the talks go on\n{FIRST}",
        f"09:15 - Mediators meet both sides\n{SECOND}",
        f"07:05 - Governor rejects draft\n{THIRD}",
    )
    assert page.document.format == "live_feed"
    assert page.document.title == "Live ticker: the valley, 4 March 2025"
    assert set(days_of(page)) == {D(2025, 3, 4)}


FILMS = (
    "Mediators warn of a worsening crisis in the valley as the truce falters",
    "Pictures of the day: August 19, 2025",
    "Council and the rebels miss their deadline to reach a peace agreement",
    "The council slams a report on the valley as “deeply flawed” and unfair",
)


def films(*durations):
    listed = [row for pair in zip(durations, FILMS, strict=True) for row in pair]
    return feed("Talks break off in Lome", "5 December 2023", FIRST, SECOND, *listed)


def test_films_with_their_durations_are_no_posts():
    page = films("01:55", "00:50", "01:25", "02:12")
    assert page.document.format == "article"
    assert page.document.published_to == D(2023, 12, 5)
    assert [b.kind for b in page.blocks[-8:]] == ["boilerplate"] * 8
    assert {b.rule for b in page.blocks[-8:]} == {"duration", "related_headline"}


def test_headlines_that_follow_one_another_in_time_are_posts():
    assert films("18:12", "17:25", "16:50", "15:55").document.format == "live_feed"


def test_the_date_of_a_listed_film_tells_nothing_of_the_page():
    listed = [row for pair in zip(("01:55", "00:50", "01:25", "02:12"), FILMS, strict=True) for row in pair]
    cleaned = feed("Talks break off in Lome", FIRST, SECOND, *listed)
    assert cleaned.document.published_from is None
    assert not any("2025" in line for line in undated_text(cleaned).furniture_lines)


def test_the_stamp_of_the_first_post_is_not_that_of_the_page():
    page = feed(
        "Items by tag: talks",
        "Thursday, 19 December 2024 20:36",
        POST,
        "Published in World",
        "Thursday, 5 December 2024 22:02",
        POST,
        "Published in World",
        "Thursday, 21 November 2024 21:11",
        POST,
    )
    assert days_of(page) == [D(2024, 12, 19), D(2024, 12, 5), D(2024, 11, 21)]
    assert page.document.published_to == D(2024, 12, 19)


def test_the_stamp_of_a_page_whose_posts_are_newer_stays_its_own():
    page = feed(
        "Talks in Lome",
        "Thursday, 5 December 2024 22:02",
        POST,
        "Thursday, 19 December 2024 20:36",
        POST,
        "Thursday, 12 December 2024 21:11",
        POST,
    )
    assert page.blocks[1].rule == "page_date"


def test_a_timed_line_heads_nothing_where_the_next_is_timed_too():
    rows = [f"{hour}:05 {POST}" for hour in (19, 18, 17)]
    short = "18:40 Togo's team has left - ATOP"
    page = feed("Ticker: talks in Lome", "3 March 2027", rows[0], short, *rows[1:])
    assert [b.rule for b in page.blocks if b.kind == "body"] == ["prose", "timed_post", "prose", "prose"]
    assert entries_of(page) == [0, 1, 2, 3]

"""Temporal expressions: found where they stand, resolved no more narrowly than they are worded."""

import datetime as dt
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dates.expressions import find_dates, is_anchored
from pipeline.model import DateRange


def days(text: str) -> DateRange:
    first, _, last = text.partition("..")
    return DateRange(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first))


# phrase in a sentence -> (text found, range) against Thursday 12 March 2026
THURSDAY = "2026-03-12"
RESOLVED = [
    # fortnights, counts in words, doubled and vague counts
    ("They met a fortnight ago.", "a fortnight ago", "2026-02-23..2026-03-01"),
    ("They met two or three weeks ago.", "two or three weeks ago", "2026-02-16..2026-03-01"),
    ("They will meet in 10 to 14 days.", "in 10 to 14 days", "2026-03-22..2026-03-26"),
    ("They will meet in a week or two.", "in a week or two", "2026-03-16..2026-03-29"),
    ("They will meet three days from now.", "three days from now", "2026-03-15"),
    ("They met a few days ago.", "a few days ago", "2026-03-06..2026-03-10"),
    ("They met a couple of days ago.", "a couple of days ago", "2026-03-09..2026-03-10"),
    ("They met several weeks ago.", "several weeks ago", "2026-01-19..2026-02-22"),
    ("They met days ago.", "days ago", "2026-03-05..2026-03-11"),
    ("They met hours ago.", "hours ago", "2026-03-12"),
    ("They met a year ago today.", "a year ago today", "2025-03-12"),
    ("They will meet in the next few days.", "in the next few days", "2026-03-12..2026-03-19"),
    ("They will sign within the month.", "within the month", "2026-03-12..2026-04-11"),
    # days of a month in words
    ("They met on the sixth of January.", "the sixth of January", "2026-01-06"),
    ("They met on the Twenty-first of February 2024.", "the Twenty-first of February 2024", "2024-02-21"),
    # weekdays of other weeks
    ("They will meet on Friday week.", "Friday week", "2026-03-20"),
    ("They will meet a week on Friday.", "a week on Friday", "2026-03-20"),
    ("They met a week ago on Tuesday.", "a week ago on Tuesday", "2026-03-03"),
    ("They met the Friday before last.", "the Friday before last", "2026-02-27"),
    ("They met last Friday but one.", "last Friday but one", "2026-02-27"),
    ("They will meet next week, on Tuesday.", "next week, on Tuesday", "2026-03-17"),
    ("They will meet on the second Tuesday of April.", "the second Tuesday of April", "2026-04-14"),
    ("They will meet on the last Friday in April.", "the last Friday in April", "2026-04-24"),
    ("They met in the night to Tuesday.", "in the night to Tuesday", "2026-03-09..2026-03-10"),
    ("They met overnight into Tuesday.", "overnight into Tuesday", "2026-03-09..2026-03-10"),
    # weeks, months and years beside the next
    ("They met the week before last.", "the week before last", "2026-02-23..2026-03-01"),
    ("They will meet the month after next.", "the month after next", "2026-05-01..2026-05-31"),
    ("They met in March last year.", "March last year", "2025-03-01..2025-03-31"),
    (
        "They met in the fourth quarter of last year.",
        "the fourth quarter of last year",
        "2025-10-01..2025-12-31",
    ),
    ("They met in the early 1990s.", "the early 1990s", "1990-01-01..1993-12-31"),
    (
        "They will meet in the first half of next month.",
        "the first half of next month",
        "2026-04-01..2026-04-15",
    ),
    ("They will meet on the weekend of March 28.", "the weekend of March 28", "2026-03-28..2026-03-29"),
    ("They will meet in the last week of April.", "the last week of April", "2026-04-24..2026-04-30"),
    ("They will sign by year-end.", "by year-end", "2026-03-12..2026-12-31"),
    ("They will sign before the end of the month.", "before the end of the month", "2026-03-12..2026-03-31"),
    ("The truce holds through Sunday.", "through Sunday", "2026-03-12..2026-03-15"),
    ("They met at the February summit.", "February", "2026-02-01..2026-02-28"),
    # days beside others
    ("They met two days before Christmas.", "two days before Christmas", "2025-12-23"),
    ("They met the day after Tuesday's strike.", "the day after Tuesday", "2026-03-11"),
    ("They will meet on the eve of May 9.", "the eve of May 9", "2026-05-08"),
    # full and partial dates
    ("They met on 20 April 2025 in Oslo.", "20 April 2025", "2025-04-20"),
    ("They met on the 20th of April, 2025.", "the 20th of April, 2025", "2025-04-20"),
    ("They met on Apr. 20, 2026, in Oslo.", "Apr. 20, 2026", "2026-04-20"),
    ("They met on Sunday, February 8.", "Sunday, February 8", "2026-02-08"),
    ("They met on Feb. 20.", "Feb. 20", "2026-02-20"),
    ("They sign on 2026-05-05T10:00Z.", "2026-05-05", "2026-05-05"),
    ("Dated 27.06.2026.", "27.06.2026", "2026-06-27"),
    ("Dated 27/06/2026.", "27/06/2026", "2026-06-27"),
    ("Dated 06/27/2026.", "06/27/2026", "2026-06-27"),
    ("They met on November 20.", "November 20", "2025-11-20"),
    ("They meet again on March 19.", "March 19", "2026-03-19"),
    ("They will meet on the 18th.", "the 18th", "2026-03-18"),
    ("They met on the 8th.", "the 8th", "2026-03-08"),
    # ranges of days
    ("Talks were held on 29–30 January.", "29–30 January", "2026-01-29..2026-01-30"),
    ("Talks were held on January 29-30, 2026.", "January 29-30, 2026", "2026-01-29..2026-01-30"),
    (
        "Talks ran from 29 January to 2 February 2026.",
        "29 January to 2 February 2026",
        "2026-01-29..2026-02-02",
    ),
    ("Talks ran from December 29 to January 2.", "December 29 to January 2", "2025-12-29..2026-01-02"),
    ("It will be between 3 and 5 May.", "3 and 5 May", "2026-05-03..2026-05-05"),
    ("They met from Monday to Wednesday.", "Monday to Wednesday", "2026-03-09..2026-03-11"),
    ("They met on Tuesday and Wednesday.", "Tuesday and Wednesday", "2026-03-10..2026-03-11"),
    # months, parts of months, years
    ("It was better than it was in December.", "December", "2025-12-01..2025-12-31"),
    ("It will end in August.", "August", "2026-08-01..2026-08-31"),
    ("They met in June 2025.", "June 2025", "2025-06-01..2025-06-30"),
    ("It will end in mid-April.", "mid-April", "2026-04-11..2026-04-20"),
    ("It began in early March.", "early March", "2026-03-01..2026-03-10"),
    ("It began in late 2025.", "late 2025", "2025-09-01..2025-12-31"),
    ("since January's Paris summit", "January", "2026-01-01..2026-01-31"),
    ("in the second week of June", "the second week of June", "2026-06-08..2026-06-14"),
    ("in the week beginning 16 February", "the week beginning 16 February", "2026-02-16..2026-02-22"),
    ("in the week of June 10", "the week of June 10", "2026-06-08..2026-06-14"),
    ("They met in 2014.", "2014", "2014-01-01..2014-12-31"),
    ("in 2022-2023 and later", "2022-2023", "2022-01-01..2023-12-31"),
    ("He will visit in the spring.", "spring", "2026-03-01..2026-05-31"),
    ("He visited last summer.", "last summer", "2025-06-01..2025-08-31"),
    ("in the third quarter of 2026", "the third quarter of 2026", "2026-07-01..2026-09-30"),
    ("in Q1 2027", "Q1 2027", "2027-01-01..2027-03-31"),
    # weekdays
    ("He said on Tuesday that", "Tuesday", "2026-03-10"),
    ("He said on Thursday that", "Thursday", "2026-03-12"),
    ("The two will meet on Tuesday.", "Tuesday", "2026-03-17"),
    ("He said late Friday that", "late Friday", "2026-03-06"),
    ("He spoke on Monday evening.", "Monday evening", "2026-03-09"),
    ("He spoke last Friday.", "last Friday", "2026-03-06"),
    ("They will meet next Wednesday.", "next Wednesday", "2026-03-18"),
    ("They meet this Saturday.", "this Saturday", "2026-03-14"),
    ("They met on Tuesday of last week.", "Tuesday of last week", "2026-03-03"),
    ("The chancellor hosts them on Sunday.", "Sunday", "2026-03-15"),
    ("The round resumes at 10 a.m. on Monday.", "Monday", "2026-03-16"),
    ("He had been due to call on Tuesday but did not.", "Tuesday", "2026-03-10"),
    ("after Sunday's talks in Geneva", "Sunday", "2026-03-08"),
    # deictic and anaphoric
    ("He spoke yesterday.", "yesterday", "2026-03-11"),
    ("He spoke earlier today.", "earlier today", "2026-03-12"),
    ("He will speak tomorrow.", "tomorrow", "2026-03-13"),
    ("They spoke by phone overnight.", "overnight", "2026-03-11..2026-03-12"),
    ("his telephone conversation of the previous evening", "the previous evening", "2026-03-11"),
    ("Peskov said earlier in the day", "earlier in the day", "2026-03-12"),
    ("two days ago", "two days ago", "2026-03-10"),
    ("It began three weeks ago.", "three weeks ago", "2026-02-16..2026-02-22"),
    # weeks and windows
    ("They will meet this week.", "this week", "2026-03-09..2026-03-15"),
    ("They met last week.", "last week", "2026-03-02..2026-03-08"),
    ("early next week", "early next week", "2026-03-16..2026-03-18"),
    ("late last week", "late last week", "2026-03-05..2026-03-08"),
    ("plans it for next week", "next week", "2026-03-16..2026-03-22"),
    ("earlier this month", "earlier this month", "2026-03-01..2026-03-12"),
    ("later this year", "later this year", "2026-03-12..2026-12-31"),
    ("They met over the weekend.", "over the weekend", "2026-03-07..2026-03-08"),
    ("in the coming days", "in the coming days", "2026-03-12..2026-03-19"),
    ("In the past day alone", "In the past day", "2026-03-11..2026-03-12"),
    ("within 30 days", "within 30 days", "2026-03-12..2026-04-11"),
    ("over the past two weeks", "over the past two weeks", "2026-02-26..2026-03-12"),
    ("before the month is out", "before the month is out", "2026-03-12..2026-03-31"),
    # since, until, by, before
    ("They have sat there since Sunday night.", "since Sunday night", "2026-03-08..2026-03-12"),
    ("since 2022", "since 2022", "2022-01-01..2026-03-12"),
    ("It continues until tomorrow.", "until tomorrow", "2026-03-12..2026-03-13"),
    ("by the end of the week", "by the end of the week", "2026-03-12..2026-03-15"),
    ("by April 20", "by April 20", "2026-03-12..2026-04-20"),
    ("before Easter", "before Easter", "2026-03-12..2026-04-04"),
    # named days
    ("Easter 2025", "Easter 2025", "2025-04-20"),
    ("Orthodox Easter 2024", "Orthodox Easter 2024", "2024-05-05"),
    ("They met on Christmas Eve.", "Christmas Eve", "2025-12-24"),
    ("Thanksgiving 2026", "Thanksgiving 2026", "2026-11-26"),
]


@pytest.mark.parametrize(("sentence", "phrase", "expected"), RESOLVED, ids=[r[1] for r in RESOLVED])
def test_phrase_is_found_and_resolved(sentence, phrase, expected):
    found = find_dates(sentence, days(THURSDAY))
    assert [(e.text, e.days) for e in found] == [(phrase, days(expected))]


OTHER_ANCHORS = [
    ("2025-12-08..2025-12-09", "he told us on Monday", "2025-12-08"),
    ("2025-12-08..2025-12-09", "he will fly there on Tuesday", "2025-12-09"),
    ("2025-12-08..2025-12-09", "he said last week", "2025-12-01..2025-12-07"),
    ("2025-03-23", "they met last week", "2025-03-17..2025-03-23"),  # a Sunday: the week that ends
    ("2025-03-23", "they will meet this week", "2025-03-24..2025-03-30"),
    ("2024-01-03", "they met in December", "2023-12-01..2023-12-31"),
    ("2024-01-03", "they met on December 28", "2023-12-28"),
    ("2023-12-28", "they will meet on January 3", "2024-01-03"),
    ("2025-11-25", "they will meet before Thanksgiving", "2025-11-25..2025-11-26"),
    ("2024-02-28", "they will meet tomorrow", "2024-02-29"),
    ("2023-04-14", "a truce began on Easter Monday", "2023-04-10"),
    ("2026-06-22", "they will exchange papers on Tuesday morning", "2026-06-23"),
    ("2026-06-22", "A second was to be held on 19 May", "2026-05-19"),
]


@pytest.mark.parametrize(("anchor", "sentence", "expected"), OTHER_ANCHORS)
def test_phrase_is_resolved_against_its_anchor(anchor, sentence, expected):
    assert [e.days for e in find_dates(sentence, days(anchor))] == [days(expected)]


@pytest.mark.parametrize(
    "text",
    [
        "a 30-day truce",
        "a two-hour call",
        "the four-year war",
        "the 73-year-old leader",
        "for three days and two nights",
        "They talked for two hours.",
        "24 hours a day",
        "It may help, and troops march on.",
        "Theresa May said so.",
        "Steve Witkoff said on Fox News Sunday that it would.",
        "a letter in the Sunday Times",
        "the Good Friday Agreement",
        "Article 5 and Resolution 2334",
        "about 2025 people",
        "at 10:30 a.m. and 18:44 BST",
        "Room 12/03",
        "in 2,022 villages",
        "Prices fall 5 percent.",
        "They spring into action and fall back.",
        "12/03/20",
        "second to none, first of all",
        "Sundays are quiet.",
        "",
    ],
)
def test_durations_ages_names_and_numbers_are_no_dates(text):
    assert find_dates(text, days(THURSDAY)) == []


def test_a_weekday_with_its_number_is_that_day():
    anchor = DateRange(dt.date(2026, 4, 17), dt.date(2026, 4, 17))  # a Friday
    told = ("He comes on Friday the 24th.", "Friday 24: Roe in Oslo.", "They met on Tuesday 14th.")
    assert [find_dates(t, anchor)[0].days for t in told] == [
        DateRange(dt.date(2026, 4, day), dt.date(2026, 4, day)) for day in (24, 24, 14)
    ]
    assert find_dates("On Monday 10:30 they met.", anchor)[0].text == "Monday"


def test_a_bare_weekday_of_unknown_tense_keeps_both_readings():
    (found,) = find_dates("Tuesday talks", days(THURSDAY))
    assert found.weekday_only
    assert {found.days, *found.alternatives} == {days("2026-03-10"), days("2026-03-17")}


def test_the_caller_tense_decides_and_leaves_no_alternative():
    (past,) = find_dates("They meet on Tuesday.", days(THURSDAY), tense="past")
    (future,) = find_dates("They met on Tuesday.", days(THURSDAY), tense="future")
    assert (past.days, past.alternatives) == (days("2026-03-10"), ())
    assert (future.days, future.alternatives) == (days("2026-03-17"), ())


def test_easter_keeps_the_other_church_as_an_alternative():
    (found,) = find_dates("Easter 2024", days(THURSDAY))
    assert found.days == days("2024-03-31")
    assert found.alternatives == (days("2024-05-05"),)
    (same,) = find_dates("Easter 2025", days(THURSDAY))
    assert same.alternatives == ()


def test_a_slashed_date_of_two_readings_is_left_open():
    (found,) = find_dates("on 12/03/2026", days(THURSDAY))
    assert found.days is None
    assert set(found.alternatives) == {days("2026-03-12"), days("2026-12-03")}


def test_a_month_far_from_the_anchor_follows_the_tense():
    (past,) = find_dates("in August", days(THURSDAY), tense="past")
    (future,) = find_dates("in August", days(THURSDAY), tense="future")
    assert past.days == days("2025-08-01..2025-08-31")
    assert future.days == days("2026-08-01..2026-08-31")


def test_a_day_later_counts_from_the_date_before_it():
    first, later = find_dates("They met on March 3 and a day later flew home.", days(THURSDAY))
    assert (first.days, later.days) == (days("2026-03-03"), days("2026-03-04"))


def test_the_caller_may_name_the_day_spoken_of():
    (found,) = find_dates("he said earlier in the day", days(THURSDAY), antecedent=days("2026-03-09"))
    assert found.days == days("2026-03-09")


def test_two_days_after_an_event_is_the_day_of_the_event():
    arrival, event = find_dates("arrived on Thursday, two days after he sat down with them", days(THURSDAY))
    assert (arrival.days, event.days) == (days("2026-03-12"), days("2026-03-10"))


def test_a_day_later_with_nothing_before_it_is_unknown():
    (found,) = find_dates("A day later they flew home.", days(THURSDAY))
    assert found.days is None


def test_without_anchor_only_dates_with_a_year_are_known():
    found = find_dates("On Monday, in May 2025, on 3 June 2026, last week and at Easter", None)
    assert [(e.text, e.days) for e in found if e.days is not None] == [
        ("May 2025", days("2025-05-01..2025-05-31")),
        ("3 June 2026", days("2026-06-03")),
    ]
    assert len(found) == 5


def test_a_weekday_says_nothing_against_a_wide_anchor():
    (found,) = find_dates("on Monday", days("2026-03-01..2026-03-31"))
    assert found.days is None and found.weekday_only


YEAR = "2026-01-03..2026-12-27"


@pytest.mark.parametrize(
    ("phrase", "anchor", "expected"),
    [
        ("last week", YEAR, "2025-12-22..2026-12-27"),
        ("next week", YEAR, "2026-01-05..2027-01-03"),
        ("this weekend", "2026-03-02..2026-03-20", "2026-03-07..2026-03-22"),
        ("yesterday", "2026-03-02..2026-03-20", "2026-03-01..2026-03-19"),
        ("early next week", "2026-03-02..2026-03-20", "2026-03-09..2026-03-25"),
        ("on 14 March", "2026-03-02..2026-03-20", "2026-03-14"),
    ],
)
def test_a_report_of_unsure_day_gives_all_days_that_may_be_meant(phrase, anchor, expected):
    (found,) = find_dates(f"They will meet {phrase}.", days(anchor))
    assert found.days == days(expected)


def test_a_day_without_its_year_is_unknown_where_the_report_may_be_before_it_or_after():
    (found,) = find_dates("They met on 8 July.", days("2026-01-03..2026-12-27"))
    assert found.days is None
    assert found.alternatives == (days("2025-07-08"), days("2026-07-08"))


def test_basis_tells_calendar_dates_from_relative_ones():
    found = find_dates("on 3 June, on Monday, last week, at Christmas", days(THURSDAY))
    assert [e.basis for e in found] == ["explicit", "relative", "relative", "explicit"]


def test_kinds_of_open_ranges():
    found = find_dates("since Monday, until Friday, before Easter, after 3 May, by June 2026", days(THURSDAY))
    assert [e.kind for e in found] == ["since", "until", "before", "after", "until"]


def test_an_impossible_day_is_unknown():
    assert [e.days for e in find_dates("on 31 June 2026", days(THURSDAY))] == [None]


WORDS = [
    "on",
    "in",
    "since",
    "until",
    "by",
    "before",
    "after",
    "the",
    "of",
    "and",
    "to",
    "–",
    "-",
    ",",
    ".",
    "'s",
    "’s",
    "May",
    "March",
    "June",
    "Sunday",
    "Monday",
    "Easter",
    "Christmas",
    "2025",
    "2026",
    "3",
    "30",
    "31st",
    "5th",
    "early",
    "late",
    "next",
    "last",
    "this",
    "week",
    "weekend",
    "month",
    "year",
    "day",
    "days",
    "hours",
    "two",
    "a",
    "ago",
    "later",
    "earlier",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "overnight",
    "within",
    "past",
    "coming",
    "quarter",
    "Q1",
    "12/03/2026",
    "2026-02-30",
    "spring",
    "mid-",
    "beginning",
    "first",
    "half",
    "same",
    "previous",
    "that",
]


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)),
    st.one_of(
        st.none(),
        st.builds(
            lambda first, width: DateRange(first, first + dt.timedelta(days=width)),
            st.dates(min_value=dt.date(1800, 1, 1), max_value=dt.date(2199, 1, 1)),
            st.integers(0, 400),
        ),
    ),
    st.sampled_from([None, "past", "future"]),
)
def test_expressions_of_any_text_lie_in_order_and_reproduce_it(text, anchor, tense):
    end = 0
    for e in find_dates(text, anchor, tense=tense):
        assert end <= e.char_start < e.char_end <= len(text)
        assert text[e.char_start : e.char_end] == e.text
        assert (e.first is None) == (e.last is None)
        assert e.first is None or e.first <= e.last
        end = e.char_end


def seconds(text: str) -> float:
    begun = time.process_time()
    find_dates(text, days(THURSDAY))
    return time.process_time() - begun


@pytest.mark.parametrize(
    "piece",
    [
        "early ",
        "1 ",
        "Monday to ",
        "the first ",
        "two days ",
        " ",
        "2025-",
        "in the ",
        "March ",
        "a\u00a0",
        "20 May - ",
    ],
)
def test_time_is_linear_in_hostile_text(piece):
    seconds(piece * 50)
    small, large = seconds(piece * 400), seconds(piece * 3_200)
    assert large < 40 * small + 0.2


def test_a_text_of_random_words_takes_little_time():
    words = random.Random(0).choices(WORDS, k=8_000)
    assert seconds(" ".join(words)) < 8


@pytest.mark.parametrize(
    "text", ["They meet every Tuesday.", "They met half a year ago.", "They met in the run-up to it."]
)
def test_habits_and_halves_are_no_days(text):
    assert find_dates(text, days(THURSDAY)) == []


def test_a_weekday_against_a_report_known_to_a_week_or_two_is_known_to_as_much():
    (found,) = find_dates("He said on Monday that they met.", days("2025-12-01..2025-12-09"))
    assert found.days == days("2025-12-01..2025-12-08")
    assert not found.weekday_only


WITH_YEAR = ["May 5, 2026", "5 May 2026", "2026-05-05", "May 5, 2026 and 7 June 2027", "after May 5, 2026"]
ANCHORED = [
    "Monday", "May 5", "until May 5, 2026", "since 5 May 2026", "before 2026-05-05", "next week",
    "May 5, 2026 and Monday", "two days before May 5, 2026", "05/06/2026 or tomorrow",
]  # fmt: skip


@pytest.mark.parametrize("text", ANCHORED)
def test_what_counts_from_the_day_of_the_report_is_anchored(text):
    assert is_anchored(text)


@given(st.sampled_from([*WITH_YEAR, *ANCHORED, ""]), st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)))
def test_without_an_anchor_a_text_means_the_same_in_every_report(text, day):
    if not is_anchored(text):
        assert find_dates(text, None) == find_dates(text, DateRange(day, day))
    assert not any(is_anchored(each) for each in WITH_YEAR)

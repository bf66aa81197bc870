"""Titles, bylines, publishers and page dates."""

import datetime as dt

import pytest

from pipeline.clean.head import dateline_agency, parse_byline
from pipeline.clean.stamps import StampReader
from pipeline.ingest import Sidecar
from tests.clean_pages import clean, knowledge

KNOWN = knowledge()
PROSE = (
    "The envoys of the two countries met in Lome on Tuesday to discuss the border, their hosts said.\n"
    "They agreed to meet again in the week after the holidays, according to the final statement.\n"
)


@pytest.mark.parametrize(
    ("line", "authors", "agency"),
    [
        ("By Jane Doe", ["Jane Doe"], None),
        ("By PETRA LINDQVIST and OLEH MARCHUK Reuters", ["Petra Lindqvist", "Oleh Marchuk"], "Reuters"),
        ("Ann Lee, Bo Li and Cy Ng, Bloomberg News on", ["Ann Lee", "Bo Li", "Cy Ng"], "Bloomberg News"),
        ("Bloomberg News on", [], "Bloomberg News"),
        ("By Espérance Nyiramana, LBC News, Doha", ["Espérance Nyiramana"], None),
        ("By Ursula van der Berg in Brussels", ["Ursula van der Berg"], None),
        ("By Ann Lee and Bo Li in Geneva | March 3, 2026", ["Ann Lee", "Bo Li"], None),
        ("Interview by Karin Holt · January 9, 2026", ["Karin Holt"], None),
        ("Ann Lee (now); Bo Li (earlier)", ["Ann Lee", "Bo Li"], None),
        ("Julian Frayne, diplomatic editor", ["Julian Frayne"], None),
        ("By Staff Writer", [], None),
        ("Ann Lee, in Ankara, and Bo Li, in London", ["Ann Lee", "Bo Li"], None),
        ("Ann Lee in Tallinn and agencies", ["Ann Lee"], None),
        ("Author: MARY O'NEILL", ["Mary O'Neill"], None),
    ],
)
def test_bylines_are_read(line, authors, agency):
    byline = parse_byline(line, KNOWN)
    assert byline is not None
    assert list(byline.authors) == authors
    assert (byline.agency.name if byline.agency else None) == agency


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the talks had failed",
        "Nathan Sealy, right, arriving for last month's session",
        "United Nations",
        "Middle East",
        "Getty Images",
        "What happens next?",
        "",
    ],
)
def test_lines_that_are_no_bylines(line):
    assert parse_byline(line, KNOWN) is None


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("KYIV/MOSCOW, March 12 (Reuters) - The envoy arrived", "Reuters"),
        ("ABU DHABI, United Arab Emirates (AP) — Talks resumed", "Associated Press"),
        ("The minister (Defence) - who arrived late - said", None),
        ("He told Reuters (the agency) on Monday", None),
    ],
)
def test_the_agency_of_a_dateline(opening, agency):
    found = dateline_agency(opening, KNOWN)
    assert (found.name if found else None) == agency


@pytest.mark.parametrize(
    ("line", "day", "time"),
    [
        ("Mar 12, 2026 Updated 3 hrs ago", dt.date(2026, 3, 12), None),
        ("5 February 2026 at 19.20", dt.date(2026, 2, 5), dt.time(19, 20)),
        ("27. Juni 2026, 06:00", dt.date(2026, 6, 27), dt.time(6, 0)),
        ("Last updated 18:44 BST, 19 May 2026", dt.date(2026, 5, 19), dt.time(18, 44)),
        ("Sunday October 18 2026, 12.01am BST, The Meridian Post", dt.date(2026, 10, 18), dt.time(0, 1)),
        ("March, 07, 2026 - 14:22", dt.date(2026, 3, 7), dt.time(14, 22)),
        ("2025-11-21T10:00Z", dt.date(2025, 11, 21), dt.time(10, 0)),
        ("21.11.2025", dt.date(2025, 11, 21), None),
        ("News ID: 84563 | Date: 2026/07/14 - 12:44", dt.date(2026, 7, 14), dt.time(12, 44)),
        ("2026.7.4 10:33", dt.date(2026, 7, 4), dt.time(10, 33)),
        ("07-14-2026", dt.date(2026, 7, 14), None),
        ("1405/04/23", dt.date(2026, 7, 14), None),
        ("23 Tir 1405, 14:32", dt.date(2026, 7, 14), dt.time(14, 32)),
        ("30 Esfand 1403", dt.date(2025, 3, 20), None),
        ("23 Tir 1405 / 15 July 2026", dt.date(2026, 7, 15), None),
        ("11/21/2025 9pm", dt.date(2025, 11, 21), dt.time(21, 0)),
    ],
)
def test_stamps_are_read(line, day, time):
    stamp = StampReader(KNOWN).read(line)
    assert stamp is not None
    assert (stamp.date(), stamp.time) == (day, time)


@pytest.mark.parametrize(
    "line", ["03/04/2025", "Route 14", "31 February 2026", "31 Mehr 1404", "99:99", "No date here"]
)
def test_what_is_no_date_or_can_be_read_in_two_ways_is_not_read(line):
    stamp = StampReader(KNOWN).read(line)
    assert stamp is None or not stamp.has_day


def test_a_page_without_headline_has_no_title():
    assert clean(PROSE).document.title is None


def test_the_headline_is_the_title_and_the_standfirst_is_text():
    page = clean(
        "World\nBorder talks resume in Lome\nBoth sides say that they want a deal by summer\nBy Jane Doe\n"
        + PROSE
    )
    assert page.document.title == "Border talks resume in Lome"
    assert [b.kind for b in page.blocks] == ["boilerplate", "title", "body", "byline", "body", "body"]


@pytest.mark.parametrize(
    ("furniture", "publisher"),
    [
        ("© 2026 The Lakes Herald. All rights reserved.", "The Lakes Herald"),
        ("Copyright 2024-2026 Lakes Herald Ltd.", "Lakes Herald"),
        ("www.rferl.org", "Radio Free Europe/Radio Liberty"),
        ("© 2026 Jane Doe", None),
    ],
)
def test_the_publisher_is_read_from_the_foot_of_the_page(furniture, publisher):
    page = clean(f"Border talks resume in Lome\nBy Jane Doe\n{PROSE}{furniture}")
    assert page.document.publisher == publisher


def test_the_agency_in_the_byline_is_not_the_publisher():
    page = clean(
        "The Lakes Herald\nBorder talks resume in Lome\nJane Doe, Bloomberg News on\n"
        + PROSE
        + "©2026 Bloomberg L.P."
    )
    assert (page.document.publisher, page.document.agency) == ("The Lakes Herald", "Bloomberg News")


def test_a_topic_named_in_the_text_is_not_the_publisher():
    page = clean(f"Lome\nBorder talks resume\n{PROSE}Lome\nTogo")
    assert page.document.publisher is None


def test_an_outlet_that_speaks_of_its_own_staff_is_the_publisher():
    text = (
        "Asked by XTV whether the talks had failed, the envoy said that they had only been suspended.\n"
        "XTV correspondent Jane Doe reports from the border that the crossing is still closed to trucks.\n"
        "The deal is dead, analyst John Roe wrote in an op-ed for XTV, and both of the sides know it.\n"
    )
    assert clean(text).document.publisher == "XTV"


def test_a_sidecar_wins_over_the_page():
    sidecar = Sidecar.model_validate(
        {
            "publisher": "Other Post",
            "published_on": {"from": "2026-01-01", "to": "2026-01-02"},
            "url": "https://x.example",
        }
    )
    document = clean(f"The Lakes Herald\n3 March 2026\nTalks resume in Lome\n{PROSE}", sidecar).document
    assert (document.publisher, document.url) == ("Other Post", "https://x.example")
    assert (document.published_from, document.published_to) == (dt.date(2026, 1, 1), dt.date(2026, 1, 2))
    assert document.published_basis == "explicit"


def test_a_dateline_takes_its_year_from_the_copyright_line():
    dateline = "LOME, March 12 (Reuters) - The envoys of both countries met on Thursday, officials said.\n"
    document = clean(f"Border talks resume in Lome\n{dateline}{PROSE}© 2025-2026 Thomson Reuters").document
    assert document.published_from == document.published_to == dt.date(2026, 3, 12)


def test_a_dateline_may_give_a_short_month_and_the_year():
    dateline = "LOME, Mar. 12, 2026 (Xinhua) -- The envoys of both countries met on Thursday.\n"
    document = clean(f"Border talks resume in Lome\n{dateline}{PROSE}").document
    assert document.published_from == document.published_to == dt.date(2026, 3, 12)


@pytest.mark.parametrize(
    "opening",
    [
        "Lome, July 14, LNA - ",
        "Lome (LNA) – 14 July 2026 – ",
        "Lome, 14.07.2026 - ",
        "LOME, July 14, 2026. /LNA/. ",
        "Lome, Jul 14, 2026 (LNA).- ",
        "14 July 2026 – ",
        "July 14, 2026 - ",
    ],
)
def test_a_dateline_may_be_written_as_other_words_are(opening):
    line = f"{opening}The envoys of both countries met on Tuesday, their hosts said.\n"
    document = clean(f"Border talks resume in Lome\n{line}{PROSE}© 2026 Lome News Agency").document
    assert document.published_from == document.published_to == dt.date(2026, 7, 14)


def test_the_first_day_of_a_chronology_is_not_the_page_s():
    days = "14 May 2026 – The envoys of both countries met for the first time, their hosts said."
    later = "2 June 2026 – A second meeting ended early, and its host said nothing to reporters."
    document = clean(f"Border talks day by day\n{days}\n{later}\n{PROSE}").document
    assert document.published_from is None


def test_labels_around_a_date_make_neither_title_nor_heading():
    page = clean(f"News ID: 84563 | Date: 2026/07/14 - 12:44\nBorder talks resume in Lome\n{PROSE}")
    assert page.document.title == "Border talks resume in Lome"
    assert page.blocks[0].kind == "boilerplate"
    page = clean(f"Border talks resume in Lome\n14 July 2026 07:00 | by Staff Reporter\n{PROSE}")
    assert page.blocks[1].kind == "byline" and page.document.authors == ()
    assert page.document.published_from == dt.date(2026, 7, 14)


def test_the_only_full_date_of_the_furniture_is_the_page_s():
    page = clean(f"Border talks resume in Lome\n{PROSE}All rights reserved. 14 July 2026")
    assert page.document.published_from == page.document.published_to == dt.date(2026, 7, 14)
    other = "More news\n2 May 2026 Ferry strike ends\n"
    page = clean(f"Border talks resume in Lome\n{PROSE}{other}")
    assert page.document.published_from is None


def test_a_page_that_gives_no_date_is_unknown_before_the_corpus_is_asked():
    document = clean(f"Border talks resume in Lome\n{PROSE}").document
    assert (document.published_from, document.published_basis) == (None, "unknown")


def test_names_that_stand_apart_from_the_byline_are_no_authors():
    page = clean(
        f"Envoys meet in Lome\nBy Ann Lee\nMay 5, 2026\nShare\nOrvand Harbour Works\nFollow\nSummary\n{PROSE}"
    )
    assert page.document.authors == ("Ann Lee",)


def test_a_sentence_above_the_byline_is_no_title():
    standfirst = "Neither government wants to be blamed for a collapse of the talks, and neither will sign."
    page = clean(
        f"As Talks Drag On in Lome, Both Sides Play for Time\n{standfirst}\nBy Ann Lee\nMay 5, 2026\n{PROSE}"
    )
    assert page.document.title == "As Talks Drag On in Lome, Both Sides Play for Time"
    assert page.document.authors == ("Ann Lee",)
    assert str(page.document.published_from) == "2026-05-05"


def test_a_notice_above_the_title_is_no_text():
    page = clean(
        f"Herald Online\nThis site looks best with a newer browser.\nLive TV\n"
        f"Envoys of two countries meet in Lome\nBy Ann Lee\n{PROSE}"
    )
    assert page.document.title == "Envoys of two countries meet in Lome"
    assert [b.kind for b in page.blocks][:4] == ["boilerplate", "boilerplate", "boilerplate", "title"]


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("© 2026 Copyright Lakes Herald - All rights reserved.", "Lakes Herald"),
        ("© 1996-2026 The Washington Post", "The Washington Post"),
        ("© Lakes Fund/Bo Li", ""),
        ("Copyright © euronews 2026", "Euronews"),
    ],
)
def test_the_owner_in_a_copyright_line_is_the_publisher(line, publisher):
    page = clean(f"Envoys of two countries meet in Lome\n{PROSE}{line}\n")
    assert (page.document.publisher or "") == publisher


def test_an_agency_is_the_publisher_of_its_own_site():
    page = clean(
        f"TASS\nPress Review\nEnvoys meet in Lome\nMOSCOW, May 5. /TASS/. {PROSE}Press Review\n© TASS, 2026"
    )
    assert page.document.publisher == "TASS" and page.document.agency is None


def test_a_known_publishers_name_is_not_lengthened_by_its_menu():
    page = clean(f"AXIOS\nAxios Homepage\nEnvoys of two countries meet in Lome\n{PROSE}Axios Homepage\n")
    assert page.document.publisher == "Axios"


def test_a_short_title_above_a_sentence_is_the_title():
    page = clean(
        "Example Weekly\nHome | World | Culture\n\nCold Peace\n\n"
        "Two capitals have stopped shooting. Neither has begun to talk.\n\n"
        f"By Jane Doe\nJune 3, 2027\n\n{PROSE}"
    )
    assert page.document.title == "Cold Peace"
    assert [b.kind for b in page.blocks][2:5] == ["title", "body", "byline"]


@pytest.mark.parametrize(
    "above",
    [
        "News in English from the lakes and the coast since 2004",
        "BREAKING: Fuel prices to drop on Friday",
        "Conflict | Peace Process",
    ],
)
def test_slogans_alerts_and_trails_are_no_titles(above):
    title = "Envoys close second round of border talks in Lome with a truce on paper"
    page = clean(f"LAKES TIMES\n{above}\n\n{title}\n\nBy Jane Doe\n12 March 2026\n\n{PROSE}")
    assert page.document.title == title


def test_an_alert_may_be_the_title_where_there_is_no_other():
    page = clean(f"Lakes Times\nBREAKING: Envoys agree to meet again\nBy Jane Doe\n12 March 2026\n\n{PROSE}")
    assert page.document.title == "BREAKING: Envoys agree to meet again"


@pytest.mark.parametrize(
    ("furniture", "told", "publisher"),
    [
        ("lakesobserver.example", "“No,” she told the Lakes Observer.\n", "The Lakes Observer"),
        ("LAKES TIMES", "", "Lakes Times"),
        ("HUALAKE\nSource: Hualake", "", "Hualake"),
    ],
)
def test_the_site_is_named_by_its_domain_company_or_source(furniture, told, publisher):
    owner = {"LAKES TIMES": "Lakes Times SAS", "lakesobserver.example": "Mono Valley Newspapers"}
    foot = f"Copyright 2026 {owner.get(furniture, 'Hualake')}. Reproduction permitted with link."
    page = clean(f"{furniture}\nEnvoys of two countries meet in Lome\nBy Ann Lee\n{PROSE}{told}{foot}\n")
    assert page.document.publisher == publisher


def test_the_full_stop_of_an_initial_belongs_to_the_name():
    byline = parse_byline("Reporter: Jane D.", KNOWN)
    assert byline is not None and byline.authors == ("Jane D.",)


@pytest.mark.parametrize(
    ("stamp", "elsewhere", "day"),
    [
        ("03/04/2026", "", None),
        ("04/04/2026", "", "2026-04-04"),
        ("Tuesday, 03/03/2026", "", "2026-03-03"),
        ("Friday, 03/04/2026", "", "2026-04-03"),
        ("Wednesday 03/04/2026", "", "2026-03-04"),
        ("03/04/2026", "First published: 28/03/2026\n", "2026-04-03"),
        ("03/04/2026", "They had met on 4 March, two days after the fire, the hosts said.\n", "2026-03-04"),
        ("03/04/2026", "They meet on 4 March and on 3 April, the hosts of the talks said.\n", None),
    ],
)
def test_slashed_dates_are_read_as_the_page_shows(stamp, elsewhere, day):
    page = clean(f"Border talks resume in Lome\nBy Jane Doe\n{stamp}\n\n{PROSE}{elsewhere}")
    assert (page.document.published_from and str(page.document.published_from)) == day


def test_what_somebody_said_is_no_title():
    page = clean(
        "The two councils said on Monday that they were holding indirect talks under the eyes of a mediator. "
        "Their envoys were in Lome, an official said. He would not say who had come.\n\n"
        '"The two sides have begun their talks,"\n\nContact us'
    )
    assert page.document.title is None
    assert [b.kind for b in page.blocks][:2] == ["body", "body"]


@pytest.mark.parametrize(
    ("line", "publisher"),
    [("© Ada Ngo, AFP", None), ("© Ada Ngo/AFP", None), ("© 2024 Lome Herald", "Lome Herald")],
)
def test_the_credit_of_a_picture_names_no_publisher(line, publisher):
    page = clean(f"Truce holds in the valley, envoys say\n\n{line}\n\n{PROSE}")
    assert page.document.publisher == publisher


@pytest.mark.parametrize("line", ["Select Page", "top of page", "Country Flag"])
def test_a_widget_at_the_top_is_not_the_site(line):
    page = clean(f"{line}\n\nTruce holds in the valley, envoys say\n\n{PROSE}")
    assert page.document.publisher is None
    assert page.blocks[0].kind == "boilerplate"


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Journal : Council Briefing Date : Author : NA Page No. : NA", "labels"),
        (
            'Menu An icon of three lines. Search An icon of a glass. Print An icon of the "P" mark.',
            "icon_text",
        ),
        ("Category: World Published on Wednesday, 02 December 2020 17:33 Hits: 5", "update_stamp"),
        ("This ad will auto-close in 10 seconds", "reader_note"),
        ("Let us know what you think in the comments! Please share this report.", "reader_note"),
        ("ARTICLE AD BOX", "navigation"),
        ("Publish Date", "update_stamp"),
        ("Shutterstock_2129046806-scaled", "file_name"),
        ("f8222336-b0d2-4c98-91dd-e40f7b50ff6d", "file_name"),
        ("THIS IS A RUSH TRANSCRIPT. THIS COPY MAY NOT BE IN ITS FINAL FORM.", "legal"),
        ("The largest network for jobs at sea - JOIN NOW", "promo"),
        ("Return to Transcripts main page", "navigation"),
    ],
)
def test_furniture_of_many_sites_is_known(line, rule):
    page = clean(f"{line}\n\nTruce holds in the valley, envoys say\n\n{PROSE}")
    assert (page.blocks[0].kind, page.blocks[0].rule) == ("boilerplate", rule)


def test_what_is_told_behind_a_greeting_is_text():
    told = (
        "Welcome to our live coverage. Peru and Chile are due to hold talks in Quito today, their envoys say."
    )
    entry = f"09:00\nGood morning\n{told}\nWelcome to our coverage."
    feed = f"12 February 2031\n19:05\n{PROSE}\n\n{entry}\n\n{PROSE}"
    page = clean(f"Peru talks: delegations leave Quito\nUpdated 12 February 2031, 19:20 CET\n{feed}")
    kinds = {page.document.text[b.char_start : b.char_end]: b.kind for b in page.blocks}
    assert (kinds[told], kinds["Welcome to our coverage."]) == ("body", "boilerplate")


def test_a_time_may_run_on_from_the_year():
    page = clean(f"Truce holds in the valley, envoys say\nWednesday, October 3, 201819:12\n\n{PROSE}")
    assert page.document.published_from == dt.date(2018, 10, 3)


def test_a_caption_with_its_agency_is_no_byline():
    shown = "Ada Ngo and Bo Li met in Lome this week for the latest round of talks - Reuters"
    page = clean(f"Truce holds in the valley, envoys say\n\n{shown}\n{shown}\n\n{PROSE}")
    assert page.document.publisher is None
    assert not [b for b in page.blocks if b.kind == "byline"]


@pytest.mark.parametrize(
    "line",
    [
        "2026. 03. 04. 14:05",
        "2026年3月4日",
        "4 de marzo de 2026",
        "Issue Date: 04-Mar-2026",
        "Aired March 4, 2026 - 18:00 ET",
        "March 4, 2026 by Ada Ngo Leave a Comment",
        "Esfand 13, 1404 - 14:05",
        "Truce talks: March 4, 202614:05",
    ],
)
def test_days_are_written_in_many_ways(line):
    page = clean(f"Truce holds in the valley, envoys say\n{line}\n\n{PROSE}")
    assert page.document.published_from == page.document.published_to == dt.date(2026, 3, 4)
    assert page.document.title == "Truce holds in the valley, envoys say"


def test_a_byline_may_begin_with_its_day():
    page = clean(f"Truce holds in the valley, envoys say\nMarch 4, 2026 by Ada Ngo 3 Comments\n\n{PROSE}")
    assert page.document.authors == ("Ada Ngo",)


def test_a_turn_of_a_transcript_is_no_title():
    page = clean(
        f"Daily Council Briefing\nLome\nFebruary 4, 2026\n\nMR NGO: Afternoon, everybody.\n\n{PROSE}"
    )
    assert page.document.title != "MR NGO: Afternoon, everybody."
    assert page.document.published_from == dt.date(2026, 2, 4)


def test_what_a_site_lists_below_its_top_stories_is_not_the_pages():
    listed = (
        "Top stories\n"
        "The Norland ministry has denied that its troops broke the truce.\n"
        "The speaker of the council met with his counterpart in Doha.\n"
        "Partner news"
    )
    page = clean(f"Truce holds in the valley, envoys say\n3 March 2026\n{PROSE}{PROSE}{listed}")
    assert [b.kind for b in page.blocks[-4:]] == ["boilerplate"] * 4


def test_captions_of_a_gallery_are_no_title():
    title = "Live: Envoys end their talks in Lome"
    gallery = "1 / 2\nThe president of Peru meets the envoy of Chile.\n2 / 2\nEnvoys of Chile arrive\n"
    page = clean(f"{title}\n\n{gallery}Updated 2 December 2024\n\n{title}\n\n{PROSE}")
    assert page.document.title == title


def test_a_caption_that_ends_with_its_day_is_neither_title_nor_byline():
    head = "Page last updated at 12:04 GMT, Thursday, 2 April 2009 13:04 UK\nEnvoys seal a border deal\n\n"
    caption = "Ada Ngo, Luis Quispe and Jane Roe pose for the cameras in Lome (2 April 2009)\n\n"
    page = clean(head + caption + "TEXT AND VIDEO (all times GMT)\n\n" + PROSE)
    assert (page.document.title, page.document.authors) == ("Envoys seal a border deal", ())
    assert page.blocks[3].kind == "boilerplate"


@pytest.mark.parametrize(
    "title", ["Chronology: envoys at the border since 1993", "Envoys of the two countries since 1993"]
)
def test_a_title_may_end_like_a_slogan(title):
    summary = "Of the ferries and of the tea"
    page = clean(f"{title}\n\nMonday 29 Jul 2013\n\n{summary}\n\nOf the river\n\nOf the people\n\n{PROSE}")
    assert page.document.title == title


def test_the_languages_of_a_site_are_no_title():
    title = "The spokeswoman of the ministry on the border"
    page = clean(f"中文 العربي Contact Us Links\n\n{title}\n2026-03-04 22:03\n\n{PROSE}")
    assert page.document.title == title


@pytest.mark.parametrize("times", [1, 2])
def test_a_title_may_ask(times):
    asking = "Will the envoys of the two countries meet in Lome today?"
    page = clean("\n".join([asking] * times) + f"\n\n{PROSE}")
    assert page.document.title == asking
    assert [b.kind for b in page.blocks].count("title") == 1


@pytest.mark.parametrize(
    "asked",
    [
        "What do you make of the talks?",
        "Q: Will the envoys meet today?",
        "“Will they meet today?” she asked?",
    ],
)
def test_a_question_to_somebody_is_no_title(asked):
    assert clean(f"{asked}\n\n{PROSE}").document.title is None


def test_a_cry_above_the_title_is_a_slogan():
    title = "Envoys to discuss the border and fish"
    assert clean(f"Notes\n\nYour own news, picked by hand!\n\n{title}\n\n{PROSE}").document.title == title


def test_who_helped_with_a_report_signs_it_too():
    page = clean(
        f"Truce holds in the valley\nAda Ngo with additional reporting by Bo Li\n4 March 2025\n\n{PROSE}"
    )
    assert page.document.authors == ("Ada Ngo", "Bo Li")


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        ("Ada Ngo is a reporter for the Herald.", "boilerplate"),
        ("Ada Ngo is a docker from the port of Lome.", "body"),
        ("Kofi Doe is a fellow of the institute.", "body"),
    ],
)
def test_a_note_on_somebody_of_whom_nothing_else_is_told_is_no_text(last, kind):
    told = "Kofi Doe said on Monday that the truce would hold until the rains came."
    page = clean(f"Truce holds in the valley\n4 March 2025\n\n{PROSE}\n{told}\n{PROSE}\n{last}")
    assert page.blocks[-1].kind == kind


@pytest.mark.parametrize(
    ("above", "below", "day"),
    [
        (
            "Thursday, 12 November 2026",
            "Published : 3 Mar 2026, 23:09\nUpdated : 4 Mar 2026, 00:12",
            "2026-03-03",
        ),
        ("Thursday, 12 November 2026", "Posted on 3 March 2026", "2026-03-03"),
        ("12 Nov 2026\nTuesday 3 March 2026 - 14:41", "", "2026-03-03"),
        ("Tuesday 3 March 2026 - 14:41", "", "2026-03-03"),
        (
            "Thursday, 12 November 2026",
            "Updated : 4 Mar 2026, 00:12",
            "2026-11-12",
        ),  # the page was changed then
    ],
)
def test_the_day_of_reading_above_the_title_is_not_that_of_publication(above, below, day):
    page = clean(f"{above}\n\nBorder talks resume in Lome\n\n{below}\n\n{PROSE}")
    assert str(page.document.published_from) == day


def test_a_labelled_stamp_does_not_go_before_a_date_below_the_title():
    page = clean(f"Border talks resume in Lome\n3 March 2026\nFirst published: 28 February 2026\n\n{PROSE}")
    assert str(page.document.published_from) == "2026-03-03"


def test_a_line_that_leads_to_a_quotation_is_no_title():
    page = clean(
        f"Envoy Ada Ngo has posted the following on her page:\n“The port is open. Talks go on.\n{PROSE}”"
    )
    assert page.document.title is None
    page = clean(f"Border talks: the following was agreed:\n{PROSE}")
    assert page.document.title == "Border talks: the following was agreed:"

"""Posts of live feeds in the layouts of many outlets: how times are written, on which days they fall."""

import datetime as dt

import pytest

from tests.clean_pages import clean

POSTS = (
    "The envoy of the northern council said that the talks in Lome would go on, and left.",
    "Mediators met both delegations at the palace and asked them to stay until the morning.",
    "The governor of the valley rejected the draft, calling it a trap for his people.",
    "Three ships with grain left the port this morning, the harbour master said.",
)
# Name: the page, in which each "$" is the next post; then the day of March 2025 of each post.
PAGES = {
    "times of four digits and their zone": (
        "Talks in Lome, live\nMARCH 4, 2025\n1802 GMT — Envoys stay\n$\n0915 GMT — Sides meet\n$\n"
        "0615 GMT — Opening\n$",
        (4, 4, 4),
    ),
    "times of four digits alone": (
        "Day two in Lome\nTue 4 Mar 2025 21.39 GMT\n0037: $\n0615: $\n1745 – $\n2115: $",
        (4, 4, 4, 4),
    ),
    "some with their day": (
        "Live: talks in Lome\nUpdated 4 March 2025\n21:38 | Envoys stay\n$\n18:02 | Ships leave\n"
        "$\n3 Mar, 23:38 | Opening\n$",
        (4, 4, 3),
    ),
    "between crosses": (
        "Ticker: talks in Lome\n04.03.2025\n+++ 21:38 Envoys stay +++\n$\n+++ 18:02 Ships leave +++\n$\n"
        "+++ 23:50 Opening +++\n$",
        (4, 4, 3),
    ),
    "in brackets behind the heading": (
        "Envoys stay in Lome as talks go on\nMarch 4, 2025\nEnvoys stay put (9:38 p.m.)\n$\n"
        "Ships leave port (4:12 p.m.)\n$\n"
        "Opening of the day (8:12 a.m.)\n$",
        (4, 4, 4),
    ),
    "updates that say so": (
        "Talks in Lome: envoys stay\n4 March 2025\nUPDATE 9:38 p.m.: $\nUPDATE 4:10 p.m.: $\n"
        "UPDATE 10:00 a.m.: $",
        (4, 4, 4),
    ),
    "each last updated": (
        "Envoys Stay in Lome: Live Updates\nLast Updated: Mar 4, 2025 at 9:02 PM EST\n"
        "Last Updated: Mar 4, 2025 at 8:14 PM EST\nEnvoys stay\n$\n"
        "Last Updated: Mar 4, 2025 at 4:14 PM EST\nShips leave\n$\n"
        "Last Updated: Mar 3, 2025 at 4:14 PM EST\n$",
        (4, 4, 3),
    ),
    "named days": (
        "Live: talks in Lome\nLast updated: Tuesday 4 March 2025, 10:15\nToday\n10:15\n$\n08:15\n"
        "$\nYesterday\n22:15\n$\n09:00\n$",
        (4, 4, 3, 3),
    ),
    "named days beside the time": (
        "Live, talks in Lome: envoys stay\n"
        "Published on March 4, 2025, at 6:30 am, updated at 10:10 pm\n9:38 pm\n$\n"
        "Yesterday at 11:02 pm\n$\nYesterday at 6:15 pm\n$",
        (4, 3, 3),
    ),
    "a day over each time": (
        "Talks in Lome – as it happened\nWed 5 Mar 2025 00.12 GMT\n4 Mar 2025\n23.40 GMT\n"
        "Closing summary\n$\n"
        "4 Mar 2025\n18.15 GMT\n$\n4 Mar 2025\n07.44 GMT\n$",
        (4, 4, 4),
    ),
    "counted back, over a night of few posts": (
        "Envoys stay in Lome as talks go on\nPublished On 4 Mar 2025\n6m ago\n(18:02 GMT)\nEnvoys stay\n$\n"
        "1h ago\n(17:02 GMT)\nShips leave\n$\n19h ago\n(23:02 GMT)\nOpening\n$",
        (4, 4, 3),
    ),
    "counted back beside the time": (
        "Live updates: Envoys stay in Lome\nUpdated March 4, 2025, 9:02 PM EST\n"
        "1h ago / 8:02 PM EST\nEnvoys stay\n$\n"
        "5h ago / 4:02 PM EST\nShips leave\n$\n22h ago / 11:02 PM EST\nOpening\n$",
        (4, 4, 3),
    ),
    "counted back from the update": (
        "Envoys stay in Lome as talks go on\nBy Ada Ngo\nLast updated 4 March 2025 12:10 GMT\n"
        "1 hr 12 min ago\nEnvoys stay\n$\n"
        "3 hr 4 min ago\nShips leave\n$\n20 hours ago\n$",
        (4, 4, 3),
    ),
    "a step over midnight of some hours": (
        "Live updates: Envoys stay in Lome\nUpdated March 4, 2025 at 9:02 p.m. EST\nBy Ada Ngo\n"
        "8:41 p.m. EST\nEnvoys stay\n$\n"
        "By Bo Li\n3:15 p.m. EST\nShips leave\n$\nBy Ada Ngo\n11:52 p.m. EST\n$",
        (4, 4, 3),
    ),
    "the author runs on": (
        "Lome talks LIVE: Envoys stay put\nBy Ada Ngo, Senior Reporter\n13:32, 4 MAR 2025\n"
        "21:38Ada Ngo\nEnvoys stay\n$\n"
        "18:05Bo Li\nShips leave\n$\n07:05Ada Ngo\nOpening\n$",
        (4, 4, 4),
    ),
    "signed below": (
        "Lome talks live: Envoys ‘will not leave’\nEnvoys stay\n$\nAda Ngo4 March 2025 21:38\n"
        "Ships leave\n$\n"
        "Bo Li4 March 2025 14:00\nOpening of the talks\n$\nAda Ngo3 March 2025 23:00",
        (4, 4, 3),
    ),
    "a list of the posts on top": (
        "Talks in Lome – live\n4 March 2025\n21.40\nEnvoys stay\n18.15\nShips leave\n09.44\nOpening\n"
        "21.40\nEnvoys stay\n$\n18.15\nShips leave\n$\n09.44\nOpening\n$",
        (4, 4, 4),
    ),
    "weekdays up to the day before": (
        "A week of talks in Lome\nSaturday 8 March 2025\nWEDNESDAY\n$\nTHURSDAY\n$\nFRIDAY\n$",
        (5, 6, 7),
    ),
    "noon": ("The Latest: talks in Lome\nMarch 4, 2025\n5:10 p.m.\n$\nNoon\n$\n9 a.m.\n$", (4, 4, 4)),
}


def filled(page):
    text, rest = page, iter(POSTS)
    while "$" in text:
        text = text.replace("$", next(rest), 1)
    return clean(text)


@pytest.mark.parametrize("name", PAGES)
def test_posts_have_their_days(name):
    text, days = PAGES[name]
    page = filled(text)
    assert page.document.format == "live_feed"
    written = page.document.text
    found = [b for b in page.blocks if any(p in written[b.char_start : b.char_end] for p in POSTS)]
    assert [b.kind for b in found] == ["body"] * len(days)
    assert [b.entry_date for b in found] == [dt.date(2025, 3, day) for day in days]
    assert page.document.title == text.split("\n")[0]


@pytest.mark.parametrize(
    "tail",
    [
        "Latest news\n21:38 Port of Lome closes\n21:05 Market opens in Lome\n"
        "20:44 Rain in the valley\n20:15 Bridge is shut",
        "2003: The war begins.\n2004: The first talks fail.\n1998: The border is closed.",
        "Films\nEnvoys arrive (01:25)\nShips leave (02:10)\nRain in the valley (00:45)",
        "Agenda\n— 12:30 p.m. Envoys have lunch.\n— 3 p.m. Council meets.\n— 5:15 p.m. The governor speaks.",
        "9.15 per cent of the voters stayed away.\n8.30 million took part.\n7.20 points were lost.",
    ],
)
def test_other_lines_with_numbers_are_no_posts(tail):
    page = filled(f"Envoys stay in Lome\n4 March 2025\n$\n$\n$\n$\n{tail}")
    assert page.document.format == "article"


def test_what_counts_back_from_an_unknown_hour_over_a_night_has_no_day():
    page = filled(
        "Talks in Lome: live\nUpdated 4 March 2025\n2 hours ago\n$\n5 hours ago\n$\n19 hours ago\n$"
    )
    days = [b.entry_date for b in page.blocks if b.kind == "body"]
    assert days == [dt.date(2025, 3, 4)] * 2 + [None]

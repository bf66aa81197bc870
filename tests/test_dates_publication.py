"""Publication days are inferred from what a text says, never more narrowly than it allows."""

import datetime as dt

import pytest

from pipeline.codec import decode_gist, encode_gist
from pipeline.dates.publication import UndatedText, gist_of, infer_publication
from pipeline.model import DateRange


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def document(key, body, furniture=(), known=None, line_days=()):
    return UndatedText(key, "Example Post", tuple(body), tuple(furniture), known, tuple(line_days))


# Each text was written for the day named; none of it is a real report.
INVENTED = {
    "christmas": (
        "2023-12-27",
        "2023-12-20",
        "2024-01-05",
        [
            "Ferry talks stall after holiday walkout",
            "Harbour pilots in Port Serle said on Tuesday that they would not return to work.",
            "The union called the strike on Christmas Eve and was joined by tug crews on Christmas Day.",
            "Mediator Ines Okafor told reporters on Wednesday that both sides would meet again on Thursday.",
        ],
        ["© 2023 Example Post"],
    ),
    "thanksgiving": (
        "2026-11-25",
        "2026-09-15",
        "2026-11-28",
        [
            "Senators near a budget deal",
            "Senate leaders said on Tuesday they hoped to vote on the budget before Thanksgiving.",
            "The House passed its own bill on Friday. Talks will resume on Wednesday, aides said.",
        ],
        ["Copyright 2026 Example Post LLC"],
    ),
    "orthodox_easter": (
        "2024-05-06",
        "2024-05-05",
        "2024-05-11",
        [
            "Shelling resumes after holiday lull",
            "Shelling resumed along the river on Monday, the governor said, after a quiet Orthodox Easter.",
            "A truce for Orthodox Easter had been declared on Friday by both commands.",
        ],
        ["(c) 2024 Example Wire"],
    ),
    "weekday_and_date": (
        "2027-03-04",
        "2027-03-03",
        "2027-03-16",
        [
            "Minister visits flooded valley",
            "Minister Lena Varga visited the flooded Orla valley on Thursday, 4 March, and promised aid.",
            "The dam failed on Tuesday night. Parliament will debate the disaster next Monday.",
        ],
        ["© 2027 Valley News"],
    ),
    "dateline": (
        "2028-07-19",
        "2028-07-19",
        "2028-07-20",
        [
            "Trade ministers agree on fish quotas",
            "OSLO, July 19 (Example) - Trade ministers agreed on Wednesday to cut fish quotas by a tenth.",
            "The deal, reached late on Tuesday, will be signed in August.",
        ],
        ["© Copyright Example Wire 2028"],
    ),
    "election": (
        "2025-09-30",
        "2025-09-28",
        "2025-10-15",
        [
            "Opposition claims victory in island vote",
            "The opposition claimed victory on Monday in the island's election, held on September 28.",
            "Turnout on Sunday was the highest since 2009, the commission said on Tuesday.",
            "A new parliament will convene by October 15.",
        ],
        ["© 2025 Island Post"],
    ),
}


@pytest.mark.parametrize("key", INVENTED)
def test_range_holds_the_day_and_is_no_wider_than_the_text_allows(key):
    published, earliest, latest, body, furniture = INVENTED[key]
    inferred = infer_publication([document(key, body, furniture)])[key]
    assert inferred.basis == "inferred"
    assert inferred.published is not None
    assert inferred.published.first <= day(published) <= inferred.published.last
    assert day(earliest) <= inferred.published.first and inferred.published.last <= day(latest), inferred
    assert inferred.rationale


def test_a_known_range_is_kept():
    known = DateRange(day("2026-01-02"), day("2026-01-02"))
    inferred = infer_publication([document("a", ["On Monday the sides met."], known=known)])["a"]
    assert (inferred.published, inferred.basis) == (known, "explicit")


def test_nothing_that_bounds_the_year_leaves_the_day_unknown():
    inferred = infer_publication([document("a", ["The sides met on Monday and will meet again on Friday."])])[
        "a"
    ]
    assert (inferred.published, inferred.basis) == (None, "unknown")


def test_an_empty_document_is_unknown():
    assert infer_publication([document("a", [])])["a"].basis == "unknown"


def test_no_documents():
    assert infer_publication([]) == {}


def test_a_date_and_a_named_day_that_coincide_fix_the_year():
    body = [
        "Commanders agreed on a truce by April 20, which this year is Easter in both churches.",
        "Talks began in 2024, officials said on Monday.",
    ]
    inferred = infer_publication([document("a", body, ["© 2025 Post"])])["a"]
    assert inferred.published is not None
    assert inferred.published.first.year == 2025
    assert any("is Easter in both churches" in reason for reason in inferred.rationale)


def test_another_document_dates_the_same_occasion():
    dated = document(
        "dated",
        [
            "Border commission to meet in Tarvo",
            "Delegations from Arkania, Belmora and Corvia will meet Envoy Lena Varga for talks in Tarvo on "
            "Wednesday.",
            "Energy prices rose again.",
        ],
        known=DateRange(day("2026-02-10"), day("2026-02-10")),
    )
    undated = document(
        "undated",
        [
            "Commission agrees on patrols",
            "The talks of Envoy Lena Varga in Tarvo with Arkania, Belmora and Corvia ended with a deal.",
            "The Corvian minister said on Wednesday that she was content.",
        ],
        ["© 2026 Post"],
    )
    other = document(
        "other",
        ["Rain floods Lissom", "Rain flooded the town of Lissom on Monday, the mayor said."],
        known=DateRange(day("2025-06-03"), day("2025-06-03")),
    )
    inferred = infer_publication([dated, undated, other])["undated"]
    assert inferred.published is not None
    assert day("2026-02-11") >= inferred.published.first >= day("2026-02-10")
    assert inferred.published.last <= day("2026-02-19")
    assert any("dated" in reason for reason in inferred.rationale)


def test_an_unrelated_document_dates_nothing():
    dated = document(
        "dated",
        ["The mayor of Lissom opened a bridge in Lissom on Monday."],
        known=DateRange(day("2025-06-03"), day("2025-06-03")),
    )
    undated = document("undated", ["Delegations from Arkania and Belmora held talks in Tarvo on Wednesday."])
    assert infer_publication([dated, undated])["undated"].basis == "unknown"


def test_the_end_of_a_limited_time_dates_its_beginning():
    late = document(
        "late",
        ["A 30-day halt to attacks on the Orla pipeline ran out on Friday, Arkania said."],
        known=DateRange(day("2026-05-04"), day("2026-05-04")),
    )
    early = document(
        "early",
        [
            "Arkania and Belmora accept pipeline truce",
            "A 30-day halt to attacks on the Orla pipeline was agreed on Wednesday, it said on Thursday.",
        ],
        ["© 2026 Post"],
    )
    inferred = infer_publication([late, early])["early"]
    assert inferred.published is not None
    assert inferred.published.first <= day("2026-04-02") <= inferred.published.last
    assert inferred.published.last <= day("2026-04-07")


def test_entries_of_a_feed_date_occasions_by_their_own_day():
    feed = document(
        "feed",
        [
            "Talks in Tarvo between Arkania and Belmora begin today.",
            "Nothing new from Lissom.",
        ],
        known=DateRange(day("2026-03-01"), day("2026-03-08")),
        line_days=[day("2026-03-03"), day("2026-03-08")],
    )
    undated = document(
        "undated",
        ["Talks in Tarvo between Arkania and Belmora began on Tuesday without a deal."],
        ["© 2026 Post"],
    )
    inferred = infer_publication([feed, undated])["undated"]
    assert inferred.published is not None
    assert inferred.published.first <= day("2026-03-03") <= inferred.published.last


def test_the_gist_of_a_page_dates_others_as_the_page_does():
    dated = [
        document(
            "dated",
            [
                "Delegations from Arkania, Belmora and Corvia will meet Envoy Lena Varga for talks in Tarvo "
                "on Wednesday."
            ],
            ["© 2026 Post"],
            known=DateRange(day("2026-02-10"), day("2026-02-10")),
        ),
        document(
            "feed",
            ["A 30-day halt to attacks on the Orla pipeline was agreed today.", "Nothing new from Lissom."],
            known=DateRange(day("2026-03-01"), day("2026-03-08")),
            line_days=[day("2026-03-03"), day("2026-03-08")],
        ),
        document(
            "elsewhere", ["Rain fell on Lissom."], known=DateRange(day("2025-06-03"), day("2025-06-03"))
        ),
    ]
    undated = [
        document(
            "a",
            ["Envoy Lena Varga opened the talks of Arkania, Belmora and Corvia in Tarvo on Wednesday."],
            ["© 2026 Post"],
        ),
        document(
            "b",
            ["Arkania said that the 30-day halt on the Orla pipeline had been agreed on Tuesday."],
            ["© 2026 Post"],
        ),
    ]
    whole = infer_publication([*dated, *undated])
    stored = [decode_gist(encode_gist(gist_of(text))) for text in dated]
    short = infer_publication(undated, stored)
    assert {key: whole[key] for key in short} == short
    assert any("dated" in reason for reason in short["a"].rationale)
    assert any("feed" in reason for reason in short["b"].rationale)


def test_a_page_date_in_the_furniture_is_evidence():
    inferred = infer_publication(
        [document("a", ["The sides met on Monday."], ["Posted 5 May 2026 by the desk"])]
    )["a"]
    assert inferred.published is not None
    assert inferred.published.first <= day("2026-05-05") <= inferred.published.last
    assert (inferred.published.last - inferred.published.first).days <= 5


def test_the_result_does_not_depend_on_the_order_of_documents():
    documents = [document(key, body, furniture) for key, (_, _, _, body, furniture) in INVENTED.items()]
    forward, backward = infer_publication(documents), infer_publication(documents[::-1])
    assert {k: v.published for k, v in forward.items()} == {k: v.published for k, v in backward.items()}


def test_a_very_long_line_is_read_in_bounded_time():
    body = ["Monday Easter April 20 " * 5_000]
    assert infer_publication([document("a", body, ["© 2025"])])["a"].basis in {"inferred", "unknown"}


def dated_by(told, asked, on="2017-01-18"):
    """What a sentence of a dated page tells of the day of an undated one."""
    known = DateRange(day(on), day(on))
    filler = document("filler", [f"The harbour board counted {n} ships." for n in range(500)], known=known)
    source = document("told", [told], known=known)
    return infer_publication([source, document("asked", [asked]), filler])["asked"]


def elsewhere(place):
    return dated_by(
        "Officials of Norland, Sudland and Estland held talks in Port Serle under Ann Orr on Wednesday.",
        f"Officials from Norland, Sudland and Estland opened talks in {place} under Ann Orr over ferries.",
        on="2024-05-09",
    )


def test_talks_of_the_same_sides_in_another_place_date_nothing():
    assert elsewhere("Port Serle").published is not None
    assert elsewhere("Cape Orrin").basis == "unknown"


def test_a_place_and_a_few_names_do_not_tell_the_year():
    told = "The envoy of Norland opened talks in Serle with the harbour council on Wednesday."
    asked = "The harbour council heard that the envoy of Norland had left the talks in Serle."
    assert dated_by(told, asked).basis == "unknown"
    both = (text.replace("Norland", "Norland and Sudland") for text in (told, asked))
    assert dated_by(*both).basis == "unknown"  # the same two may meet there in any year
    more = (
        text.replace("Norland", "Norland and Sudland, Ann Orr of the Ferry Board,") for text in (told, asked)
    )
    assert dated_by(*more).basis == "inferred"


def test_a_region_is_no_place_of_one_meeting():
    told = "The Special Envoy for peace in the Middle East, Ann Orr, will hold talks with Jon Ide of Sudland."
    asked = "The Special Envoy to the Middle East, Ann Orr, held talks with Jon Ide of Sudland today."
    told = told.replace("will", "on Thursday will")
    assert dated_by(told, asked).basis == "unknown"
    held = told.replace("the Middle East", "Tarvo")
    assert dated_by(held, asked.replace("the Middle East", "Tarvo")).basis == "inferred"


@pytest.mark.parametrize("past", ["in November 2022", "in 2022"])
def test_a_month_or_a_year_far_behind_bounds_nothing(past):
    line = f"The government and the opposition signed an accord {past} and will resume talks on Tuesday."
    assert infer_publication([document("a", [line])])["a"].basis == "unknown"

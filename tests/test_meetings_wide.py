"""Wider ways of telling a contact: hyphens, joint idioms, hosts, presence at talks, a page's two sides."""

import pytest

from pipeline.domain import load_domain
from pipeline.extract.meetings import merge_meetings
from pipeline.extract.meetings.cues import hyphenated
from pipeline.extract.meetings.sides import Side
from pipeline.extract.meetings.topic import topic_of
from pipeline.guard import Guard
from pipeline.model import Links, Page
from pipeline.settings import Settings
from tests.meeting_pages import read_lines, rows_of


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


@pytest.fixture(scope="module")
def read(nlp, pack):
    """Page, links and unmerged mentions of lines."""

    def run(*lines, entries=None):
        return read_lines(nlp, pack, lines, entries)

    return run


@pytest.fixture(scope="module")
def rows(nlp, pack):
    """Merged mentions of lines, in text order."""
    return rows_of(nlp, pack)


TOLD = [
    (
        "Hungarian Foreign Minister Laszlo Kis held a one-on-one with Serbian President Dragan Ilic.",
        "HU RS held",
    ),
    (
        "A sit-down between Turkish President Kemal Arslan and Syrian President Salim Haddad is off.",
        "SY TR cancelled",
    ),
    (
        "Indian Foreign Minister Anil Deshpande and his Chinese counterpart exchanged views by phone.",
        "CN IN held",
    ),
    ("Sudanese and South Sudanese negotiators reconvened in Addis Ababa on Tuesday.", "SD SS held"),
    ("Turkish and Egyptian ministers will host a meeting in Doha on 12 March.", "EG TR scheduled"),
    (
        "Ugandan and Rwandan chiefs of staff held their third round of consultations in Kabale.",
        "RW UG held",
    ),
    ("Negotiators from Sudan and Ethiopia will return to Addis Ababa next week.", "ET SD scheduled"),
    ("Morocco has called for a summit with Algeria.", "DZ MA proposed"),
    ("Mexico's president turned down a request from Peru's leader for a meeting.", "MX PE ruled_out"),
    ("Japan cancelled a planned visit to Tokyo by the Chinese foreign minister.", "CN cancelled"),
    ("Iran and Saudi Arabia, whose foreign ministers met in Beijing on Thursday, agreed.", "IR SA held"),
    (
        "US officials passed messages between the Israeli and Lebanese teams on Wednesday.",
        "IL LB US held",
    ),
    ("Qatar is hosting Israeli and Lebanese delegations in Doha.", "IL LB ongoing"),
    (
        "Zambia and Zimbabwe will discuss the dam when their ministers meet in Livingstone on Friday.",
        "ZM ZW scheduled",
    ),
    ("A date for talks between Venezuela and Guyana has yet to be set.", "GY VE proposed"),
    ("Rwanda pulled out of Sunday's meeting with Burundi in Luanda.", "BI RW cancelled"),
    ("Uganda denied that any meeting with Rwandan officials had taken place.", "RW UG ruled_out"),
    ("Israel refuses to send a delegation to Cairo for talks with Lebanon.", "IL LB ruled_out"),
    ("Secretary of State Helen Ward is in Riyadh for talks with Saudi leaders.", "SA US ongoing"),
    (
        "The Norwegian prime minister is flying to Beijing for a meeting with the Chinese premier.",
        "CN NO scheduled",
    ),
    ("The Kigali-Kinshasa dialogue in Luanda broke up on Tuesday.", "CD RW held"),
    (
        "In a call on Sunday, Indian Prime Minister Rajesh Menon urged Israeli leader Dov Shamir to halt.",
        "IL IN held",
    ),
]


@pytest.mark.parametrize(("line", "told"), TOLD)
def test_contacts_are_read_with_both_sides_and_status(rows, line, told):
    assert told in [" ".join([*row.parties, row.status]) for row in rows(line)]


@pytest.mark.parametrize(
    "line",
    [
        "The Ethiopian prime minister met his security cabinet on Thursday evening.",
        "Polish and Ukrainian historians met in Lviv.",
        "An exchange of prisoners between Russia and Ukraine took place on Friday.",
        "Diplomats at the German mission in Geneva waited for news.",
        "Iran argued with Iraq about water.",
    ],
)
def test_look_alikes_are_no_meetings(rows, line):
    assert rows(line) == []


def test_the_place_of_what_is_talked_about_is_not_the_place_of_the_talks(rows):
    (row,) = rows("Israel and Egypt held talks on a truce in Gaza in Doha on Friday.")
    assert row.place == "Doha"


def test_a_place_that_no_gazetteer_lists_is_kept_as_written(rows):
    (row,) = rows("Algerian and Malian negotiators met in Tamanzuret on Monday.")
    assert row.place == "Tamanzuret"


TALKS = "Indian and Pakistani negotiators held talks in Dubai on Monday."


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("The two delegations filed back in after lunch.", "held"),
        ("The Indian delegation walked out at noon.", "held"),
        ("Negotiators return to the table on Friday.", "scheduled"),
        ("No further meeting is planned.", "ruled_out"),
        ("At Dubai, both sides raised their voices.", "held"),
    ],
)
def test_lines_that_name_no_occasion_tell_of_the_one_before(rows, line, status):
    found = rows(TALKS, line)
    assert [r.status for r in found] == ["held", status]
    assert set(found[1].parties) <= {"IN", "PK"} and found[1].parties


def test_presence_is_not_told_of_a_meeting_to_come(rows):
    found = rows(
        "Indian and Pakistani negotiators will meet in Dubai on Friday.", "The delegations ate at noon."
    )
    assert [r.status for r in found] == ["scheduled"]


def test_mentions_without_place_and_date_join_the_page_s_occasion_of_the_same_sides(rows):
    found = rows(TALKS, "The talks between India and Pakistan lasted nine hours, a diplomat said.")
    assert len(found) == 2
    assert len({r.meeting_id for r in found}) == 1


def test_a_new_round_of_the_same_sides_is_another_occasion(rows):
    found = rows(TALKS, "A second round between India and Pakistan is expected.")
    assert len({r.meeting_id for r in found}) == 2


def test_a_short_name_that_the_page_never_spells_out_takes_part_in_nothing(rows):
    found = rows("The Commission held talks with Guyana in Bridgetown on Monday.")
    assert all("EU" not in r.parties for r in found)


def test_the_journey_tells_where_the_meeting_is(rows):
    found = rows(
        "US envoy Paul Garrity flies to Moscow on Sunday. Russian minister Oleg Bykov will receive Garrity."
    )
    assert {r.place for r in found} == {"Moscow"}


def test_the_words_of_hyphenated_nouns_belong_together(nlp):
    doc = nlp("They held a one-on-one and a sit-down.")
    assert {hyphenated(t) for t in doc} >= {"one-on-one", "sit-down"}
    assert hyphenated(doc[0]) is None


def test_a_page_is_about_the_pair_that_it_names_most(read):
    page, links, _ = read(
        *["India and Pakistan talked.", "India accused Pakistan of delay."] * 2, "China watched."
    )
    assert [s.party for s in topic_of(page, links, [], {}.get, {}.get).pair] == ["IN", "PK"]


def test_a_page_without_a_leading_pair_is_about_none(read):
    lines = ["India and Pakistan talked.", "China and Japan talked.", "Iran and Iraq talked."] * 3
    page, links, _ = read(*lines)
    assert topic_of(page, links, [], {}.get, {}.get).pair == ()
    assert (
        topic_of(Page(page.document, (), {}), Links(()), [[Side(None, "IN", None)]], {}.get, {}.get).pair
        == ()
    )


def test_an_error_in_merging_takes_out_one_occasion_and_the_others_stay(read, pack, monkeypatch):
    page, _, found = read(
        TALKS, "Turkish President Kemal Arslan met Greek Prime Minister Nikos Petridis in Athens."
    )
    from pipeline.extract.meetings import merge

    real = merge.label_of

    def broken(occasion, world, family_first):
        if "TR" in occasion.parties:
            raise KeyError("label")
        return real(occasion, world, family_first)

    monkeypatch.setattr(merge, "label_of", broken)
    with pytest.raises(KeyError):
        merge_meetings(found, [page], pack)
    guard = Guard("merging")
    merged = merge_meetings(found, [page], pack, guard)
    assert [m.parties for m in merged.meetings] == [("IN", "PK")]
    assert {m.meeting_id for m in merged.mentions} == {m.meeting_id for m in merged.meetings}
    (gone,) = guard.set_aside()
    assert (gone.document_id, gone.code) == ("d", "exception")

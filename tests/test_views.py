"""Views and macros: what each counts, in which order, what it leaves out."""

import dataclasses
import datetime as dt
import re

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import views, warehouse
from pipeline.contract import TABLES, load_order, table
from pipeline.ids import digest_id
from pipeline.model import (
    Block,
    Entity,
    EntityMention,
    MeetingParticipant,
)
from pipeline.settings import PROJECT_ROOT
from pipeline.tables import frame, rows
from tests.contract_rows import TEXT, document, sample
from tests.synthetic_rows import synthetic_frames

CON = duckdb.connect()
ROWS = {name: rows(name, sample()[name]) for name in sample()}
DAY = dt.date(2025, 11, 24)


@pytest.fixture(scope="module")
def sampled():
    """The sample's tables without their keys, which DuckDB would check against rows deleted meanwhile."""
    con = duckdb.connect()
    for name, df in sample().items():
        con.register("incoming", df)
        con.execute(f"CREATE TABLE {name} AS FROM incoming")
        con.unregister("incoming")
    views.create_views(con)
    return con


@pytest.fixture
def con(sampled):
    """The sample's tables with all views, none of them stored; what a test changes is undone after it."""
    sampled.begin()
    yield sampled
    sampled.rollback()


def put(con, name, *changed):
    """Put copies of the table's first row with other values into the table, each with a key of its own."""
    first = ROWS[name][0]
    key = table(name).primary_key[0]
    made = [
        dataclasses.replace(
            first,
            **({key: digest_id(name[:3], i, str(change))} if name != "meeting_participants" else {}) | change,
        )
        for i, change in enumerate(changed)
    ]
    warehouse._insert(con, table(name), frame(name, made))
    return made


def day(number):
    return dt.date(2025, 11, number)


def ask(con, sql, *values):
    return con.execute(sql, list(values)).fetchall()


def page(con, name, **changes):
    """Another document with one block; return the keys of both."""
    other = document(name=name, **changes)
    block = Block(digest_id("blk", name), other.document_id, 0, 18, len(TEXT) - 1, "body", "sample")
    warehouse._insert(con, table("documents"), frame("documents", [other]))
    warehouse._insert(con, table("blocks"), frame("blocks", [block]))
    return {"document_id": other.document_id, "block_id": block.block_id}


def positions(con, *told):
    """Positions (day, actor, party, stance, basis, ...changes) in the place of the sample's."""
    con.execute("DELETE FROM issue_positions")
    return put(
        con,
        "issue_positions",
        *(
            {"as_of_from": day(n), "as_of_to": day(n), "actor_name": actor, "party": party, "stance": stance}
            | {"basis": basis}
            | (more[0] if more else {})
            for n, actor, party, stance, basis, *more in told
        ),
    )


def tell(con, *told):
    """Mentions (day reported, status, ...changes) in the place of the sample's."""
    con.execute("DELETE FROM meeting_mentions")
    return put(
        con,
        "meeting_mentions",
        *({"reported_on": day(n), "status": status} | (more[0] if more else {}) for n, status, *more in told),
    )


# --- words in their text ----------------------------------------------------------------------------


def test_context_shows_the_evidence_in_the_text_around_it(con):
    shown = ask(con, "SELECT evidence_context(document_id, char_start, char_end, 5) FROM issue_positions")
    whole = ask(con, "SELECT context FROM statements_in_context")
    assert shown == [("said [“no truce”]. She",)]
    assert whole == [(TEXT.replace("“no truce”", "[“no truce”]"),)]


def test_entries_of_a_feed_that_grows_upwards_are_told_in_the_order_of_time(con):
    con.execute("DELETE FROM blocks")
    entries = [(None, None), (0, 25), (0, 25), (1, 24), (2, None), (3, 24)]
    blocks = [
        Block(
            f"blk_{i:016x}",
            ROWS["documents"][0].document_id,
            i,
            2 * i,
            2 * i + 1,
            "body",
            "sample",
            entry,
            None if number is None else day(number),
        )
        for i, (entry, number) in enumerate(entries)
    ]
    warehouse._insert(con, table("blocks"), frame("blocks", blocks))
    asked = "SELECT b.block_no FROM chronology JOIN blocks AS b USING (block_id) ORDER BY time_no"
    assert [row[0] for row in ask(con, asked)] == [5, 4, 3, 1, 2, 0]
    con.execute("UPDATE blocks SET entry_date = DATE '2025-12-01' WHERE entry_no = 3")
    assert [row[0] for row in ask(con, asked)] == [0, 1, 2, 3, 4, 5]


@given(st.text(max_size=30), st.data())
def test_offsets_mean_the_same_in_sql_as_in_python(text, data):
    end = data.draw(st.integers(0, len(text)))
    start = data.draw(st.integers(0, end))
    found = CON.execute("SELECT substr(?, ? + 1, ? - ?)", [text, start, end, start]).fetchall()
    assert found == [(text[start:end],)]


# --- positions --------------------------------------------------------------------------------------


def test_latest_position_is_the_last_days_and_own_words_go_first(con):
    positions(
        con,
        (20, "Ada Byron", "LI", "oppose", "own"),
        (24, "Cy Grant", "LI", "support", "reported"),
        (24, "Ada Byron", "LI", "conditional", "own"),
        (25, "Somebody", None, "support", "own"),
    )
    asked = "SELECT party, stance, n_positions, n_stances FROM latest_positions"
    assert ask(con, asked) == [("LI", "conditional", 3, 3)]


def test_the_timeline_of_positions_keeps_each_with_the_stance_before(con):
    positions(
        con,
        (22, "Ada Byron", "LI", "open", "own"),
        (20, "Bo Lind", "LI", "oppose", "own"),
        (21, "Ada Byron", "LI", "oppose", "reported"),
        (23, "Cy Grant", None, "support", "own"),
    )
    asked = "SELECT actor_name, stance_before, stance, is_news FROM position_timeline"
    assert ask(con, asked) == [
        ("Bo Lind", None, "oppose", True),
        ("Ada Byron", "oppose", "oppose", False),
        ("Ada Byron", "oppose", "open", True),
        ("Cy Grant", None, "support", True),
    ]


def test_a_day_weighs_own_words_in_full_and_reports_by_half(con):
    positions(
        con,
        (20, "Ada Byron", "LI", "support", "own", {"evidence": "Yes!"}),
        (20, "Ada Byron", "LI", "support", "own", {"evidence": "By all means.", "confidence": 0.6}),
        (20, "Ada Byron", "LI", "oppose", "reported", {"confidence": 1.0}),
        (21, "Ada Byron", "LI", "support", "reported", {"reported_by": "One", "evidence": "wants it"}),
        (21, "Bo Lind", "LI", "support", "reported", {"reported_by": "Two", "evidence": "would sign"}),
        (21, "Ada Byron", "LI", "oppose", "reported", {"reported_by": "Three", "confidence": 0.4}),
    )
    shown = "as_of_to, stance, basis, weight, against, n_sources, is_carried, confidence"
    asked = f"SELECT {shown} FROM daily_stances"
    assert ask(con, asked) == [
        (day(20), "support", "own", 0.7, 0.5, 1, False, 0.7),
        (day(21), "support", "reported", 0.7, 0.2, 2, True, 0.91),
    ]


@pytest.mark.parametrize(
    ("first", "second", "n_sources"),
    [
        ({"reported_by": "Axios"}, {"reported_by": "Axios", "evidence": "other words"}, 1),
        ({"reported_by": "Axios"}, {"reported_by": "Reuters", "evidence": "other words"}, 2),
        (
            {"reported_by": "Axios", "evidence": "It agrees."},
            {"reported_by": "TASS", "evidence": "it agrees"},
            1,
        ),
        ({"basis": "own"}, {"basis": "own", "evidence": "other words"}, 1),
        ({"basis": "own"}, {"basis": "own", "evidence": "other words", "actor_name": "Bo Lind"}, 2),
    ],
    ids=["one reporter", "two reporters", "the same words", "one speaker", "two speakers"],
)
def test_a_source_counts_once_however_often_it_repeats_itself(con, first, second, n_sources):
    told = [(20, "Ada Byron", "LI", "support", "reported", changed) for changed in (first, second)]
    positions(con, *told)
    assert ask(con, "SELECT n_sources FROM daily_stances") == [(n_sources,)]


def test_a_copied_page_and_rows_without_party_carry_nothing(con):
    positions(con, (20, "Ada Byron", None, "support", "own"))
    assert ask(con, "FROM daily_stances") == []
    positions(con, (20, "Ada Byron", "LI", "support", "own"))
    con.execute("UPDATE documents SET duplicate_of = document_id")
    assert ask(con, "FROM daily_stances") == []


def test_a_change_of_a_party_is_listed_with_both_sides(con):
    made = positions(
        con,
        (20, "Ada Byron", "LI", "oppose", "own"),
        (22, "Ada Byron", "LI", "oppose", "own"),
        (24, "Bo Lind", "LI", "open", "own"),
        (25, "Cy Grant", "SE", "support", "own"),
    )
    asked = (
        "SELECT party, actor_before, actor_name, stance_before, stance_after, direction, days_between, "
        "weight_before, weight_after, is_confirmed, position_id_before, position_id_after "
        "FROM position_changes"
    )
    ids = [p.position_id for p in made]
    assert ask(con, asked) == [
        ("LI", "Ada Byron", "Bo Lind", "oppose", "open", "towards", 2, 0.7, 0.7, False, ids[1], ids[2])
    ]


def test_a_change_is_confirmed_where_both_stances_rest_on_more_than_one_line(con):
    positions(con, *((n, "Ada", "LI", "oppose" if n < 22 else "support", "own") for n in range(20, 24)))
    assert ask(con, "SELECT as_of_before, as_of_after, is_confirmed FROM position_changes") == [
        (day(21), day(22), True)
    ]


@pytest.mark.parametrize(
    "second",
    [
        {"confidence": 0.4},
        {"basis": "reported"},
        {"as_of_from": day(19), "as_of_to": day(22)},
    ],
    ids=["sooner wrong than right", "one report", "overlapping days"],
)
def test_what_does_not_carry_a_change_gives_none(con, second):
    positions(con, (20, "Ada", "LI", "oppose", "own"), (21, "Ada", "LI", "support", "own", second))
    assert ask(con, "FROM position_changes") == []


def test_a_thin_or_divided_day_makes_no_change_and_hides_none(con):
    positions(
        con,
        (20, "Ada", "LI", "oppose", "own"),
        (21, "Ada", "LI", "support", "reported"),
        (22, "Ada", "LI", "support", "own", {"evidence": "yes"}),
        (22, "Bo", "LI", "oppose", "own", {"evidence": "no"}),
        (23, "Ada", "LI", "conditional", "own"),
    )
    assert ask(con, "SELECT is_carried FROM daily_stances ORDER BY as_of_to") == [
        (True,),
        (False,),
        (False,),
        (True,),
    ]
    assert ask(con, "SELECT as_of_before, as_of_after FROM position_changes") == [(day(20), day(23))]


def test_confident_rows_are_those_from_the_measured_threshold_on(con):
    ((at, precision),) = ask(
        con, "SELECT confidence, precision FROM confidence_thresholds WHERE table_name = 'issue_positions'"
    )
    assert precision >= 0.8
    told = [(20, "Ada", "LI", "support", "own", {"confidence": c}) for c in (at, at - 0.001)]
    positions(con, *told)
    assert ask(con, "SELECT confidence FROM confident_positions") == [(at,)]


def test_every_step_on_the_scale_has_its_direction(con):
    scale = ["oppose", "open", "conditional", "support"]
    for i, before in enumerate(scale):
        for j, after in enumerate(scale):
            positions(con, (20, "Ada", "LI", before, "own"), (21, "Ada", "LI", after, "own"))
            expected = [] if i == j else [("towards" if j > i else "away",)]
            assert ask(con, "SELECT direction FROM position_changes") == expected


def test_the_matrix_has_a_cell_for_what_nobody_told(con):
    con.execute("INSERT INTO issues VALUES ('aid', 'Aid', 'Aid passes.')")
    positions(con, (20, "Ada", "LI", "oppose", "own"), (21, "Ada", "LI", "open", "own"))
    asked = "SELECT party, issue_id, stance, n_support, n_open, n_oppose, n_documents FROM issue_matrix"
    assert ask(con, asked) == [("LI", "aid", None, 0, 0, 0, 0), ("LI", "truce", "open", 0, 1, 1, 1)]


def test_agreement_counts_the_same_the_opposed_and_what_lies_between(con):
    con.execute("INSERT INTO issues VALUES ('aid', 'Aid', 'Aid passes.'), ('ban', 'Ban', 'A ban comes.')")
    positions(
        con,
        (20, "A", "AA", "support", "own"),
        (20, "B", "BB", "oppose", "own"),
        (20, "A", "AA", "open", "own", {"issue_id": "aid"}),
        (20, "B", "BB", "open", "own", {"issue_id": "aid"}),
        (20, "A", "AA", "open", "own", {"issue_id": "ban"}),
        (20, "B", "BB", "oppose", "own", {"issue_id": "ban"}),
    )
    asked = "SELECT * EXCLUDE (confidence), round(confidence, 2) FROM party_agreement"
    assert ask(con, asked) == [("AA", "BB", 3, 1, 1, 1, 0.0, ["Aid"], ["Truce"], 0.49)]


# --- meetings ---------------------------------------------------------------------------------------


def test_a_meeting_is_followed_from_report_to_report(con):
    tell(con, (24, "scheduled"), (29, "held"))
    asked = "SELECT report_no, status_before, status, is_news, publisher FROM meeting_history"
    assert ask(con, asked) == [
        (1, None, "scheduled", True, "The Daily Example"),
        (2, "scheduled", "held", True, "The Daily Example"),
    ]


def test_a_life_takes_one_status_a_day_and_ends_when_the_meeting_is_held(con):
    tell(
        con,
        (20, "proposed"),
        (21, "scheduled"),
        (21, "scheduled"),
        (21, "ruled_out"),
        (22, "scheduled"),
        (24, "held"),
        (25, "scheduled"),
    )
    asked = (
        "SELECT lifecycle, n_moves, first_proposed, first_scheduled, first_held, n_reports "
        "FROM meeting_lifecycles"
    )
    assert ask(con, asked) == [("proposed → scheduled → held", 2, day(20), day(21), day(24), 7)]


@pytest.mark.parametrize(
    ("told", "status", "outcome"),
    [
        ([(24, "scheduled"), (29, "proposed")], "scheduled", "unreported"),
        ([(24, "scheduled"), (26, "cancelled")], "cancelled", "cancelled"),
        ([(24, "proposed"), (26, "ruled_out")], "ruled_out", "ruled_out"),
        ([(24, "scheduled")], "scheduled", None),
        ([(24, "scheduled"), (29, "held")], "held", None),
        ([(26, "ruled_out")], "ruled_out", None),
    ],
    ids=["days passed", "cancelled", "refused", "still to come", "held", "never announced"],
)
def test_announced_and_never_held(con, told, status, outcome):
    con.execute("UPDATE meetings SET status = ?", [status])
    tell(con, *told)
    assert ask(con, "SELECT outcome, announced_on FROM meetings_not_held") == (
        [(outcome, day(24))] if outcome else []
    )


def test_the_calendar_puts_the_undated_last_and_says_whose_outcome_is_open(con):
    made = put(con, "meetings", {"date_from": None, "date_to": None, "date_basis": "unknown"})
    tell(con, (29, "scheduled"))
    asked = "SELECT meeting_id, n_days, is_outcome_open, participants, n_reports FROM meeting_calendar"
    assert ask(con, asked) == [
        (ROWS["meetings"][0].meeting_id, 1, True, ["Ada Byron", "Bo Lind"], 1),
        (made[0].meeting_id, None, False, [], 0),
    ]


def test_who_met_whom_counts_people_that_are_known_and_parties(con):
    bo = Entity(digest_id("ent", "bo"), "Bo Lind", "person", "SE", None, (), None, 1)
    state = Entity(digest_id("ent", "li"), "Liechtenstein", "government", "LI", None, (), None, 1)
    warehouse._insert(con, table("entities"), frame("entities", [bo, state]))
    con.execute("DELETE FROM meeting_participants WHERE name = 'Bo Lind'")
    meeting = ROWS["meetings"][0]
    people = [MeetingParticipant(meeting.meeting_id, e.entity_id, e.name, e.party) for e in (bo, state)]
    warehouse._insert(con, table("meeting_participants"), frame("meeting_participants", people))
    con.execute("UPDATE meetings SET status = 'held', form = 'phone', parties = ['LI', 'SE']")
    asked = "SELECT person_a, person_b, is_between_parties, n_held, n_remote, n_not_held FROM meeting_network"
    assert ask(con, asked) == [("Ada Byron", "Bo Lind", True, 1, 1, 0)]
    assert ask(con, "SELECT * FROM party_contacts") == [
        ("LI", "SE", 1, 1, 1, 0, 0, meeting.date_from, meeting.date_to)
    ]


# --- sources ----------------------------------------------------------------------------------------


def test_a_chain_runs_from_the_page_to_the_speaker_and_names_nobody_twice(con):
    outlet = Entity(digest_id("ent", "wire"), "The Wire", "media", None, None, (), None, 1)
    warehouse._insert(con, table("entities"), frame("entities", [outlet]))
    con.execute("UPDATE statements SET reported_by = 'The Wire', told_to = 'The Wire'")
    put(con, "statements", {"told_to": "reporters", "content_start": 0})
    asked = "SELECT attribution, n_links FROM attribution_chains ORDER BY n_links"
    assert ask(con, asked) == [
        ("The Daily Example ← Ada Byron", 1),
        ("The Daily Example ← The Wire ← Ada Byron", 2),
    ]


def test_the_share_of_unnamed_sources_stands_with_its_interval(con):
    put(con, "statements", *({"is_anonymous": n == 0, "content_start": n} for n in range(3)))
    found = ask(
        con, "SELECT publisher, n_statements, n_unnamed, share_unnamed FROM unnamed_sources_by_publisher"
    )
    assert found == [("The Daily Example", 4, 1, 0.25)]
    low, high = ask(con, "SELECT share_low, share_high FROM unnamed_sources_by_publisher")[0]
    # Wilson's interval for 1 of 4, as published.
    assert (low, high) == (pytest.approx(0.046, abs=0.001), pytest.approx(0.699, abs=0.001))


def test_who_is_quoted_through_one_publisher_only(con):
    asked = "SELECT n_publishers, publishers, only_publisher FROM speaker_profiles"
    assert ask(con, asked) == [(1, ["The Daily Example"], "The Daily Example")]
    put(con, "statements", page(con, "b.txt", publisher="Other"))
    assert ask(con, asked) == [(2, ["Other", "The Daily Example"], None)]


def test_publishers_have_a_profile_even_without_rows(con):
    page(con, "b.txt", publisher="Silent")
    asked = "SELECT publisher, n_documents, n_statements, n_positions, share_direct FROM publisher_profiles"
    assert ask(con, asked) == [("Silent", 1, 0, 0, None), ("The Daily Example", 1, 1, 1, 1.0)]


def test_speakers_and_those_they_name_themselves_left_out(con):
    start = ROWS["statements"][0].content_start
    bo = Entity(digest_id("ent", "bo"), "Bo Lind", "person", "SE", None, (), None, 1)
    warehouse._insert(con, table("entities"), frame("entities", [bo]))
    doc = ROWS["documents"][0].document_id
    named = [
        EntityMention(digest_id("men", 1), bo.entity_id, doc, start + 1, start + 3, "no", "name"),
        EntityMention(
            digest_id("men", 2), ROWS["entities"][0].entity_id, doc, start + 4, start + 6, "tr", "name"
        ),
        EntityMention(digest_id("men", 3), bo.entity_id, doc, 0, 2, "Ta", "name"),
    ]
    warehouse._insert(con, table("entity_mentions"), frame("entity_mentions", named))
    asked = "SELECT speaker_name, mentioned_name, mentioned_party, n_statements FROM mention_network"
    assert ask(con, asked) == [("Ada Byron", "Bo Lind", "SE", 1)]


def test_two_versions_of_a_meeting_stand_beside_each_other_with_all_who_tell_them(con):
    con.execute("UPDATE meetings SET n_mentions = 4")
    other = page(con, "b.txt", publisher="Other")
    tell(
        con,
        (24, "scheduled"),
        (24, "held"),
        (24, "cancelled", other),
        (25, "cancelled"),
    )
    asked = (
        "SELECT kind, value_a, publishers_a, value_b, publishers_b, is_across_publishers "
        "FROM source_disagreements"
    )
    assert ask(con, asked) == [
        ("meeting status", "cancelled", ["Other"], "scheduled", ["The Daily Example"], True)
    ]


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ({"place": "Vaduz"}, {"place": "Bern"}, "meeting place"),
        ({"place": "Vaduz"}, {"place": "U.S."}, None),
        ({"place": "Vaduz"}, {"place": "Wadutz"}, None),
        ({"form": "phone"}, {"form": "in_person"}, "meeting form"),
        ({"form": "phone"}, {"form": "video"}, None),
        ({}, {"date_from": day(29), "date_to": day(30)}, "meeting date"),
        ({}, {"date_from": day(27), "date_to": day(30)}, None),
    ],
    ids=["cities", "country", "spellings", "in person or not", "both remote", "days apart", "days overlap"],
)
def test_what_differs_about_a_meeting(con, first, second, kind):
    con.execute("UPDATE meetings SET n_mentions = 2")
    vaduz = Entity(digest_id("ent", "v"), "Vaduz", "place", "LI", None, ("Wadutz",), None, 1)
    warehouse._insert(con, table("entities"), frame("entities", [vaduz]))
    tell(con, (24, "scheduled", first), (25, "scheduled", second | page(con, "b.txt", publisher="Other")))
    assert ask(con, "SELECT kind FROM source_disagreements") == ([(kind,)] if kind else [])


def test_for_and_against_on_one_day_is_a_disagreement_of_sources(con):
    other = page(con, "b.txt", publisher="Other")
    positions(
        con,
        (24, "Ada", "LI", "support", "own"),
        (24, "Ada", "LI", "oppose", "reported", other | {"statement_id": None}),
    )
    asked = "SELECT subject, value_a, tellers_a, value_b, tellers_b FROM source_disagreements"
    assert ask(con, asked) == [("Ada on Truce", "oppose", ["the reporter"], "support", ["Ada"])]


# --- timeline and search ----------------------------------------------------------------------------


def test_the_timeline_holds_what_is_dated_in_its_order(con):
    put(con, "statements", {"stated_from": None, "stated_to": None, "stated_basis": "unknown"})
    asked = "SELECT day_from, kind, parties, who, what FROM timeline"
    assert ask(con, asked) == [
        (DAY, "position", ["LI"], "Ada Byron", "oppose: Truce"),
        (DAY, "statement", ["LI"], "Ada Byron", "direct"),
        (day(28), "meeting", ["LI"], "2025-11-28 Byron and Lind", "scheduled"),
    ]


def said(con, *contents):
    con.execute("DELETE FROM issue_positions; DELETE FROM statements")
    return put(con, "statements", *({"content": text, "quote": None} for text in contents))


def found(con, query, **options):
    top = "".join(f", {name} := {value}" for name, value in options.items())
    return [row[0] for row in ask(con, f"SELECT content FROM search_statements('{query}'{top})")]


def test_search_puts_rare_words_and_short_statements_first(con):
    said(
        con,
        "the talks on grain will go on",
        "the talks on fish will go on",
        "the talks on fish",
        "the weather is fine",
    )
    assert found(con, "grain talks")[0] == "the talks on grain will go on"
    assert found(con, "fish") == ["the talks on fish", "the talks on fish will go on"]
    assert found(con, "fish", top=1) == ["the talks on fish"]
    assert found(con, "treaty") == found(con, "") == []


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Two policies failed", "policy"),
        ("Erdoğan’s SANCTIONS", "erdogan sanction"),
        ("the crisis", "crisis"),
        ("Переговори тривають", "переговори"),
    ],
)
def test_search_takes_plural_accents_and_capitals_for_one(con, text, query):
    said(con, text)
    assert found(con, query) == [text]


# --- all of them ------------------------------------------------------------------------------------


def test_near_duplicates_count_in_no_view(con):
    original = document(name="0.txt")
    warehouse._insert(con, table("documents"), frame("documents", [original]))
    con.execute("UPDATE documents SET duplicate_of = ? WHERE source_file = 'a.txt'", [original.document_id])
    read = views.tables_read(con)
    whole = {"chronology", views.MISMATCHES, views.WARNINGS, views.THRESHOLDS, "data_dictionary"}
    about_all = {"publisher_profiles", "meeting_calendar", "meeting_network", "party_contacts"}
    for (name,) in ask(con, "SELECT view_name FROM duckdb_views() WHERE NOT internal"):
        if name not in whole | about_all:
            assert {"documents", "issues"} & {*read[name]}
            assert ask(con, f"FROM {name}") == [], name
    assert ask(con, "SELECT publisher, n_documents, n_duplicates, n_statements FROM publisher_profiles") == [
        ("The Daily Example", 1, 1, 0)
    ]
    assert ask(con, "SELECT n_reports FROM meeting_calendar") == [(0,)]


def test_what_several_documents_report_is_said_once(con):
    said = ROWS["statements"][0]
    copy = page(con, "b.txt", publisher="Another")
    put(con, "statements", {**copy, "communication_id": said.statement_id})
    shown = "n_reports, n_reports_with_copies, n_documents, n_documents_with_copies, n_publishers"
    asked = f"SELECT communication_id, {shown} FROM communications"
    assert ask(con, asked) == [(said.statement_id, 2, 2, 2, 2, 2)]
    counted = "n_statements, n_statements_with_copies, n_communications, n_documents_with_copies"
    assert ask(con, f"SELECT {counted} FROM speaker_profiles") == [(2, 2, 1, 2)]
    con.execute("UPDATE documents SET duplicate_of = ? WHERE source_file = 'b.txt'", [said.document_id])
    assert ask(con, asked) == [(said.statement_id, 1, 2, 1, 2, 1)]
    assert ask(con, f"SELECT {counted} FROM speaker_profiles") == [(1, 2, 1, 2)]
    counted = "publisher, n_statements, n_statements_with_copies, n_communications"
    assert ask(con, f"SELECT {counted} FROM publisher_profiles ORDER BY 1") == [
        ("Another", 0, 1, 0),
        ("The Daily Example", 1, 1, 1),
    ]


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory):
    frames = synthetic_frames(500, seed=5)
    path = tmp_path_factory.mktemp("synthetic") / "parley.duckdb"
    warehouse.build_database(path, frames)
    plain = duckdb.connect()
    warehouse.create_all(plain)
    for declared in load_order():
        warehouse._insert(plain, declared, frames[declared.name])
    with warehouse.open_database(path) as stored, plain:
        yield plain, stored


@pytest.mark.parametrize("name", views.STORED)
def test_a_stored_view_holds_the_rows_of_its_definition_in_its_order(synthetic, name):
    expected, kept = (con.sql(f"FROM {name}").pl() for con in synthetic)
    if name in ("chronology", "statement_mentions"):  # in no order of their own
        expected, kept = (df.sort(df.columns) for df in (expected, kept))
    assert expected.height > 0
    assert expected.equals(kept)


def test_every_view_has_rows_on_a_corpus_of_some_size(synthetic):
    _, stored = synthetic
    for (name,) in ask(stored, "SELECT view_name FROM duckdb_views() WHERE NOT internal"):
        found = ask(stored, f"SELECT count(*) FROM {name}")[0][0]
        assert (found > 0) == (name != views.MISMATCHES), name


def test_every_view_macro_column_and_parameter_is_described_also_where_stored(synthetic):
    for con in synthetic:
        bare = (
            "SELECT table_name, column_name FROM data_dictionary WHERE coalesce(description, '') = '' "
            "OR coalesce(table_description, '') = ''"
        )
        assert ask(con, bare) == []
        kinds = dict(
            ask(con, "SELECT table_kind, count(DISTINCT table_name) FROM data_dictionary GROUP BY 1")
        )
        assert kinds["table"] == len(TABLES)
        assert kinds["table macro"] >= 1 and kinds["macro"] >= 1


def test_what_is_made_from_tables_carries_their_warnings(con):
    warnings = {}
    for name, _, text in ask(con, "FROM usage_warnings ORDER BY table_name, warning_no"):
        warnings.setdefault(name, []).append(text)
    for declared in TABLES:
        assert warnings[declared.name] == list(declared.warnings) != []
    assert {*table("meetings").warnings, *table("documents").warnings} <= {*warnings["meetings_not_held"]}
    assert {*table("statements").warnings} <= {*warnings["search_statements"]}


def test_of_values_that_are_as_frequent_the_first_by_name_is_taken():
    """Threads meet rows in any order: `mode` alone would take now the one and now the other."""
    files = sorted((PROJECT_ROOT / "warehouse").glob("*.sql"))
    asked = [call for path in files for call in re.findall(r"\bmode\([^)]*", path.read_text())]
    assert asked
    assert [call for call in asked if "ORDER BY" not in call] == []

"""What pages show, as pure functions: agreement with the database's views, search, calendar, network, "
"trees."""

import datetime as dt
import itertools

import duckdb
import polars as pl
import pytest

from dashboard import (
    cards,
    encodings,
    grids,
    meetings,
    network,
    overview,
    positions,
    quality,
    row,
    statements,
)
from dashboard.corpus import Corpus, folded
from dashboard.encodings import BACKGROUNDS, OUTCOMES, STANCES, STATUSES, contrast
from dashboard.source import open_generation
from dashboard.statements import Filters
from dashboard.tree import el, link, text_of
from pipeline.contract import table
from tests.dashboard_data import emptied, small_frames, without_text, write
from tests.synthetic_rows import write_database


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(
        open_generation(str(write(tmp_path_factory.mktemp("exports"), without_text(small_frames()))))
    )


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with duckdb.connect(
        str(write_database(tmp_path_factory.mktemp("db"), 60, 3)), read_only=True
    ) as connection:
        yield connection


def test_the_matrix_holds_the_rows_of_the_view(corpus, database):
    theirs = database.sql(
        "SELECT party, issue_id, position_id, n_positions, n_stances FROM latest_positions ORDER BY "
        "party, issue_id"
    ).fetchall()
    ours = positions.matrix(corpus.positions).select(
        "party", "issue_id", "position_id", "n_positions", "n_stances"
    )
    assert ours.rows() == theirs


def test_changes_are_the_rows_of_the_view(corpus, database):
    theirs = database.sql("SELECT position_id_before, position_id_after FROM position_changes").fetchall()
    found = corpus.changes
    assert sorted(found.select("position_id_before", "position_id_after").rows()) == sorted(theirs)
    assert found.height


def test_the_life_of_a_meeting_is_the_view_s(corpus, database):
    most = corpus.meetings.sort("n_mentions", descending=True)["meeting_id"][0]
    theirs = database.execute(
        "SELECT mention_id, status_before, is_news FROM meeting_history WHERE meeting_id = ?", [most]
    ).fetchall()
    ours = meetings.history(corpus.mentions, most).select("mention_id", "status_before", "is_news")
    assert ours.rows() == theirs


def test_a_cell_holds_all_its_rows_latest_first(corpus):
    latest = positions.matrix(corpus.positions).sort("n_positions", descending=True).row(0, named=True)
    rows = positions.cell(corpus.positions, latest["party"], latest["issue_id"])
    assert rows.height == latest["n_positions"]
    days = rows["as_of_to"].drop_nulls().to_list()
    assert days == sorted(days, reverse=True)


def test_a_course_marks_changes(corpus):
    change = corpus.changes.row(0, named=True)
    course = positions.course(corpus.positions, corpus.changes)
    marked = course.filter("is_change")["position_id"].to_list()
    assert change["position_id_after"] in marked
    assert set(marked) == set(corpus.changes["position_id_after"])
    assert course["as_of_to"].is_sorted()


def test_positions_are_cut_by_days_their_range_touches():
    frame = pl.DataFrame(
        {"as_of_from": [dt.date(2025, 1, 1), None], "as_of_to": [dt.date(2025, 1, 9), None]},
        schema={"as_of_from": pl.Date, "as_of_to": pl.Date},
    )
    assert positions.between(frame, dt.date(2025, 1, 9), None).height == 1
    assert positions.between(frame, dt.date(2025, 1, 10), None).height == 0
    assert positions.between(frame, None, dt.date(2025, 1, 1)).height == 1
    assert positions.between(frame, None, None).height == 2


SPOKEN = pl.DataFrame(
    {
        "content": [
            "A ceasefire now",
            "No truce, Orbán said",
            "Guarantees of security",
            "security guarantees, warhead",
        ],
        "speaker_name": ["Ada", "Ben", "Ada", "Cy"],
        "party": ["FR", "GB", "FR", None],
        "publisher": ["X", "X", "Y", "Y"],
        "form": ["direct", "indirect", "mixed", "direct"],
        "issues": [["truce"], ["truce"], [], ["nato"]],
        "is_anonymous": [False, False, False, True],
        "stated_from": [dt.date(2025, 5, 1), dt.date(2025, 5, 2), None, dt.date(2025, 5, 4)],
        "stated_to": [dt.date(2025, 5, 3), dt.date(2025, 5, 2), None, dt.date(2025, 5, 4)],
        "document_id": ["d1", "d1", "d2", "d3"],
        "content_start": [0, 9, 0, 0],
        "confidence": [0.9, 0.8, 0.7, 0.6],
    },
    schema_overrides={"stated_from": pl.Date, "stated_to": pl.Date},
)
TEXTS = SPOKEN.select(folded(pl.concat_str("content", "speaker_name", separator=" \n"))).to_series()


def found(**filters):
    return statements.find(SPOKEN, TEXTS, Filters(**filters))["content"].to_list()


@pytest.mark.parametrize(
    ("search", "n"),
    [
        ("", 4),
        ("ceasefire", 1),
        ("ORBAN", 1),
        ("orbán", 1),
        ("guarant", 2),
        ("arantees", 0),
        ('"security guarantees"', 1),
        ("“security guarantees”", 1),
        ("guarantees security", 2),
        ("guarantees -warhead", 1),
        ("ada", 2),
        ("head", 0),
        ("a.*b (", 0),
        ('-"', 4),
        ("---", 4),
    ],
)
def test_search_finds_all_words_as_they_begin(search, n):
    assert len(found(search=search)) == n


def test_the_best_match_comes_first():
    assert found(search="security", sort="relevance")[0] == "Guarantees of security"


@pytest.mark.parametrize(
    ("filters", "n"),
    [
        ({"parties": ("FR",)}, 2),
        ({"speakers": ("Ben", "Cy")}, 2),
        ({"publishers": ("Y",)}, 2),
        ({"forms": ("direct",)}, 2),
        ({"issues": ("truce", "nato")}, 3),
        ({"first": dt.date(2025, 5, 3)}, 2),
        ({"last": dt.date(2025, 5, 1)}, 1),
        ({"least": 0.8}, 2),
        ({"most": 0.65}, 1),
        ({"unnamed": True}, 1),
        ({"document": "d1"}, 2),
        ({"parties": ("FR",), "first": dt.date(2025, 5, 1)}, 1),
    ],
)
def test_filters_leave_what_passes_all(filters, n):
    assert len(found(**filters)) == n


def test_orders():
    assert found(sort="newest")[0].startswith("security")
    assert found(sort="oldest")[0].startswith("No truce")
    assert found(sort="confidence")[0] == "A ceasefire now"


MET = pl.DataFrame(
    {
        "meeting_id": ["m1", "m2", "m3", "m4"],
        "label": ["Talks, FR–GB, 31 May 2025", "Call", "Summit, 1–20 Jun 2025", "Visit"],
        "status": ["held", "scheduled", "held", "cancelled"],
        "parties": [["FR", "GB"], ["FR"], ["FR", "GB"], []],
        "date_from": [dt.date(2025, 5, 31), dt.date(2025, 6, 2), dt.date(2025, 6, 1), None],
        "date_to": [dt.date(2025, 6, 1), dt.date(2025, 6, 2), dt.date(2025, 6, 20), None],
        "last_reported": [None, None, None, dt.date(2025, 6, 3)],
        "confidence": [0.9, 0.8, 0.7, 0.6],
    },
    schema_overrides={"date_from": pl.Date, "date_to": pl.Date, "last_reported": pl.Date},
)


def test_a_meeting_stands_on_each_of_its_days_and_only_in_the_month():
    june = meetings.month(MET, dt.date(2025, 6, 1))
    assert {day.day: [m["meeting_id"] for m in on] for day, on in june.on_day.items()} == {
        1: ["m1"],
        2: ["m2"],
    }
    assert [m["meeting_id"] for m in june.vague] == ["m3"]
    assert {day for week in june.weeks for day in week if day} == {dt.date(2025, 6, d) for d in range(1, 31)}


def test_the_calendar_opens_where_something_has_a_day():
    assert meetings.months(MET) == {dt.date(2025, 6, 1): 1, dt.date(2025, 5, 1): 1}
    only_vague = MET.filter(pl.col("meeting_id") == "m3")
    assert meetings.latest_month(only_vague) == dt.date(2025, 6, 1)
    assert meetings.latest_month(MET.clear()) is None


def test_what_has_no_day_is_listed_apart():
    assert meetings.undated(MET)["meeting_id"].to_list() == ["m4"]


def test_meetings_are_chosen_by_status_and_by_all_parties():
    assert meetings.chosen(MET, statuses=("held",))["meeting_id"].to_list() == ["m1", "m3"]
    assert meetings.chosen(MET, parties=("FR", "GB"))["meeting_id"].to_list() == ["m1", "m3"]
    assert meetings.chosen(MET, least=0.8)["meeting_id"].to_list() == ["m1", "m2"]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, "day not known"),
        (dt.date(2025, 5, 1), dt.date(2025, 5, 1), "1 May 2025"),
        (dt.date(2025, 5, 1), dt.date(2025, 5, 3), "1–3 May 2025"),
        (dt.date(2025, 4, 30), dt.date(2025, 5, 3), "30 Apr – 3 May 2025"),
        (dt.date(2024, 12, 31), dt.date(2025, 1, 1), "31 Dec 2024 – 1 Jan 2025"),
    ],
)
def test_days_in_words(first, last, words):
    assert meetings.days(first, last) == words


def people(*rows):
    return pl.DataFrame(
        rows, schema={"meeting_id": pl.String, "name": pl.String, "party": pl.String}, orient="row"
    )


def test_pairs_are_those_who_took_part_in_one_meeting():
    present = people(
        ("m1", "Ada", "FR"), ("m1", "Ben", "GB"), ("m3", "Ben", "GB"), ("m3", "Ada", None), ("m2", "Cy", "FR")
    )
    net = network.network(MET, present)
    assert net.pairs.select("first", "second", "n_meetings", "first_party").rows() == [
        ("Ada", "Ben", 2, "FR")
    ]
    assert net.actors["name"].to_list() == ["Ada", "Ben"]
    assert network.together(MET, net.pairs, "Ben", "Ada")["meeting_id"].to_list() == ["m3", "m1"]
    assert network.together(MET, net.pairs, "Ben", "Cy").is_empty()


def test_parties_meet_as_people_do():
    net = network.network(MET, people(), scope=network.PARTIES)
    assert net.pairs.select("first", "second", "n_meetings").rows() == [("FR", "GB", 2)]


def test_nobody_met_is_no_error():
    net = network.network(MET, people(), statuses=("proposed",))
    assert net.pairs.is_empty()
    assert net.actors.is_empty()


def test_names_beside_the_network_do_not_share_a_height():
    names = [f"n{i}" for i in range(24)]
    places = network.layout(names, ["A", "B", None] * 8)
    for side in (1, -1):
        heights = sorted(y for x, y in places.values() if x * side > 0)
        assert len(heights) == 12
        assert min(b - a for a, b in itertools.pairwise(heights)) > 0.1


def test_confidence_bands_hold_every_row(corpus):
    bands = quality.confidences(corpus)
    for name in quality.EXTRACTED:
        assert bands.filter(pl.col("table_name") == name)["n"].sum() == corpus.table(name).height


def test_checks_are_judged_by_severity():
    checks = pl.DataFrame(
        {"success": [True, False, False, False], "severity": ["critical", "critical", "warning", "info"]}
    )
    assert quality.outcome(checks)["outcome"].to_list() == ["passed", "failed", "warned", "warned"]


def test_coverage_counts_what_is_there(corpus):
    facts = overview.coverage(corpus)
    assert facts.n_documents == corpus.table("documents").height
    assert facts.n_statements == corpus.statements.height
    assert facts.first_day <= facts.last_day
    assert overview.publishers(corpus)["n_documents"].sum() == facts.n_documents


def test_statements_over_time_count_every_dated_one(corpus):
    counted = overview.over_time(corpus.statements)
    assert counted["n_statements"].sum() == corpus.statements["stated_to"].count()
    assert 2 <= counted.height <= 70


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0.5, "within the last hour"), (1, "1 hour ago"), (30, "30 hours ago"), (72, "3 days ago")],
)
def test_age_in_words(hours, words):
    now = dt.datetime(2025, 5, 5)
    assert overview.age(now - dt.timedelta(hours=hours), now) == words


def test_empty_tables_give_empty_frames(tmp_path):
    nothing = Corpus(open_generation(str(write(tmp_path, emptied(small_frames())))))
    assert positions.matrix(nothing.positions).is_empty()
    assert nothing.changes.is_empty()
    assert statements.find(
        nothing.statements, nothing.searchable, Filters(search="x", sort="relevance")
    ).is_empty()
    assert quality.confidences(nothing).is_empty()
    assert overview.over_time(nothing.statements).is_empty()
    facts = overview.coverage(nothing)
    assert (facts.n_documents, facts.first_day, facts.read_at) == (0, None, None)
    assert overview.age(None, dt.datetime(2025, 1, 1)) == "never"


def test_every_row_can_be_opened_with_every_column(corpus):
    for name in row.SHOWN:
        key = table(name).primary_key[0]
        opened = row.find(corpus, name, corpus.table(name)[key][0])
        shown = row.values(name, opened)
        assert [v.name for v in shown] == [c.name for c in table(name).columns if not c.private]
        assert all(v.meaning for v in shown)
        for value in shown:
            if value.leads_to is not None and value.leads_to[0] in row.SHOWN:
                assert row.find(corpus, *value.leads_to) is not None
    assert row.find(corpus, "statements", "st_none") is None
    assert row.find(corpus, "no_such_table", "x") is None


def test_every_value_of_the_contract_has_a_look():
    allowed = {
        "stance": (STANCES, table("issue_positions")),
        "status": (STATUSES, table("meetings")),
        "form": (encodings.FORMS, table("statements")),
        "basis": (encodings.BASES, table("issue_positions")),
    }
    for column, (looks, of) in allowed.items():
        values = next(c.values for c in of.columns if c.name == column)
        assert set(looks) == set(values)


@pytest.mark.parametrize("marks", [STANCES, STATUSES, OUTCOMES])
def test_colour_is_never_alone_and_stands_out_from_both_grounds(marks):
    for looks in (
        [m.glyph for m in marks.values()],
        [m.shape for m in marks.values()],
        [m.label for m in marks.values()],
    ):
        assert len(set(looks)) == len(marks)
    for look in marks.values():
        assert all(contrast(look.colour, ground) >= 3 for ground in BACKGROUNDS)


def test_a_tree_takes_only_what_it_knows():
    with pytest.raises(ValueError, match="script"):
        el("script", "alert(1)")
    with pytest.raises(ValueError, match="onclick"):
        el("p", onclick="alert(1)")
    assert "url" not in el("a", "x", url="javascript:alert(1)")
    assert el("a", "x", url="https://example.org")["url"] == "https://example.org"


def test_links_leave_out_what_is_empty():
    assert link("overview")["path"] == "./"
    made = link("statements", party=["FR", "GB"], q="", unnamed=False, document=None)
    assert made == {"page": "statements", "path": "statements", "params": {"party": ["FR", "GB"]}}


def nodes(node):
    yield node
    for child in node["c"]:
        if isinstance(child, dict):
            yield from nodes(child)


def test_each_cell_of_the_matrix_leads_to_its_evidence_and_can_be_read_aloud(corpus):
    latest = positions.matrix(corpus.positions)
    issues, parties = (
        positions.busiest(corpus.positions, "issue_id"),
        positions.busiest(corpus.positions, "party"),
    )
    tree = grids.matrix_tree(corpus, latest, issues, parties, (None, None), {})
    cells = [n for n in nodes(tree) if n.get("k", "").startswith("cell")]
    assert len(cells) == latest.height
    for cell in cells:
        params = cell["go"]["params"]
        assert positions.cell(corpus.positions, params["party"], params["issue"]).height
        assert "sure" in cell["a"]["aria-label"]


def test_a_calendar_chip_leads_to_its_meeting():
    june = meetings.month(MET, dt.date(2025, 6, 1))
    tree = grids.calendar_tree(june, "m2", {})
    chips = {n["go"]["params"]["meeting"]: n for n in nodes(tree) if n.get("k") == "chip"}
    assert set(chips) == {"m1", "m2"}
    assert chips["m2"]["a"]["aria-current"] == "true"
    assert "Talks, FR–GB" in text_of(chips["m1"])


def test_the_note_gives_measured_figures_or_says_there_are_none():
    assert "has not been measured" in text_of(cards.machine_note({}, "statements", None))

"""The briefing tells truly what changed, escapes documents, and gives one page for one state."""

import datetime as dt
import itertools
import re
from collections import Counter
from dataclasses import fields, replace

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.briefing import State, changes_between, read_state, render_briefing
from pipeline.briefing.pictures import _ASIDE, _beside, _steps, bars_by_day, bars_by_name, life_cycles
from pipeline.briefing.state import IncomparableError
from pipeline.swap import replace_text
from pipeline.warehouse import build_database
from tests.contract_rows import sample

DAY = dt.date(2025, 11, 24)


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    database = tmp_path_factory.mktemp("briefing") / "parley.duckdb"
    build_database(database, sample())
    return read_state(database)


def page_of(before, after):
    return render_briefing(changes_between(before, after), after, corpus="news", domain="ukraine")


def without_first(state, name):
    return replace(state, **{name: getattr(state, name).slice(1)})


def test_good_data_holds_what_these_tests_take_away(state):
    for name in ("documents", "statements", "meetings", "mentions", "latest_positions"):
        assert getattr(state, name).height, name


def test_nothing_changes_between_equal_states(state):
    changes = changes_between(state, state)
    assert changes.none
    assert changes.in_words() == ["Nothing has changed since the last publication."]


def test_without_a_state_before_all_is_new(state):
    changes = changes_between(None, state)
    assert changes.first
    assert changes.new_statements.height == state.statements.height
    assert changes.new_meetings.height == state.meetings.height
    assert "First publication" in changes.in_words()[0]


def test_a_new_and_a_gone_statement_are_told(state):
    fewer = without_first(state, "statements")
    came = changes_between(fewer, state)
    assert came.new_statements["statement_id"].to_list() == state.statements["statement_id"].head(1).to_list()
    assert any("1 new statement " in sentence for sentence in came.in_words())
    went = changes_between(state, fewer)
    assert went.n_gone_statements == 1
    assert any("1 statement no longer there" in sentence for sentence in went.in_words())


def test_a_new_document_is_named(state):
    changes = changes_between(without_first(state, "documents"), state)
    assert any(state.documents["source_file"][0] in sentence for sentence in changes.in_words())


def test_a_meeting_is_followed_by_its_mentions_when_its_id_changes(state):
    key = state.mentions["meeting_id"].drop_nulls()[0]
    renamed = {key: "mtg_other"}
    before = replace(
        state,
        meetings=state.meetings.with_columns(
            pl.col("meeting_id").replace(renamed),
            status=pl.when(pl.col("meeting_id") == key).then(pl.lit("proposed")).otherwise("status"),
        ),
        mentions=state.mentions.with_columns(pl.col("meeting_id").replace(renamed)),
    )
    after = replace(
        state,
        meetings=state.meetings.with_columns(
            status=pl.when(pl.col("meeting_id") == key).then(pl.lit("held")).otherwise("status")
        ),
    )
    changes = changes_between(before, after)
    assert changes.new_meetings.is_empty()
    assert changes.n_gone_meetings == 0
    assert changes.moved_meetings.select("meeting_id", "status_before", "status").rows() == [
        (key, "proposed", "held")
    ]
    assert any("proposed → held" in sentence for sentence in changes.in_words())


def test_a_meeting_that_nothing_tells_of_any_more_is_counted(state):
    empty = replace(state, meetings=state.meetings.clear(), mentions=state.mentions.clear())
    assert changes_between(state, empty).n_gone_meetings == state.meetings.height


def test_a_stance_that_differs_is_told_with_the_stance_before(state):
    before = replace(state, latest_positions=state.latest_positions.with_columns(stance=pl.lit("open")))
    after = replace(state, latest_positions=state.latest_positions.with_columns(stance=pl.lit("oppose")))
    changes = changes_between(before, after)
    assert changes.changed_positions.height == state.latest_positions.height
    assert set(changes.changed_positions["stance_before"]) == {"open"}
    assert any("open → oppose" in sentence for sentence in changes.in_words())


def test_a_change_of_stance_shows_its_words_in_their_line_and_the_less_sure_are_counted(state):
    row = {
        "actor_before": "Bo Lind", "actor_name": "Ada Byron", "party": "LI", "issue_id": "truce",
        "issue": "Truce",
        "stance_before": "oppose", "stance_after": "support", "as_of_before": DAY, "as_of_after": DAY,
        "evidence_before": "no truce", "evidence_after": "a truce", "position_id_before": "p1",
        "position_id_after": "p2", "confidence": 0.6,
    }  # fmt: skip
    lines = [("p1", "There will be no truce, Lind said.", 14, 22), ("p2", "Byron wants a truce.", 12, 19)]
    known = state.position_lines
    changed = replace(
        state,
        position_changes=pl.DataFrame([row, row | {"confidence": 0.4}], schema=state.position_changes.schema),
        position_lines=known.vstack(pl.DataFrame(lines, schema=known.schema, orient="row")),
    )
    page = page_of(None, changed)
    assert '<span class="soft">There will be </span><mark>no truce</mark>' in page
    assert f"{DAY}, Bo Lind: " in page
    assert page.count("<mark>a truce</mark>") == 1
    assert "1 less sure is in the view position_changes" in page


def test_a_meeting_held_on_a_day_not_known_is_news_if_it_was_first_told_of_now(state):
    held = state.meetings.head(1).with_columns(
        status=pl.lit("held", dtype=state.meetings["status"].dtype),
        date_from=pl.lit(None, pl.Date), date_to=pl.lit(None, pl.Date), last_reported=pl.lit(DAY),
    )  # fmt: skip

    def shown(first):
        meetings = held.with_columns(first_reported=pl.lit(first), label=pl.lit("Talks on the lake"))
        mentions = state.mentions.head(1).with_columns(reported_on=pl.lit(DAY))
        none = {name: getattr(state, name).clear() for name in ("statements", "documents")}
        return (
            "Talks on the lake"
            in page_of(state, replace(state, meetings=meetings, mentions=mentions, **none))
            .split("<h3>Held</h3>")[1]
            .split("<h2")[0]
        )

    assert shown(DAY)
    assert not shown(DAY - dt.timedelta(days=60))


def test_what_one_day_asserts_of_a_meeting_stands_side_by_side():
    assert [_beside(s, ["held", "proposed"]) for s in ("proposed", "held")] == [-_ASIDE / 2, _ASIDE / 2]
    assert _beside("held", ["held", "held"]) == 0


def test_the_page_shows_markup_of_documents_and_does_not_run_it(state):
    attack = "<script>alert(1)</script>"
    hostile = replace(
        state,
        statements=state.statements.with_columns(
            content=pl.lit(attack), speaker_name=pl.lit(attack), stated_from=DAY, stated_to=DAY
        ),
        meetings=state.meetings.with_columns(label=pl.lit(attack), last_reported=DAY),
        latest_positions=state.latest_positions.with_columns(evidence=pl.lit(f'"{attack}')),
    )
    page = page_of(None, replace(hostile, mentions=hostile.mentions.with_columns(reported_on=DAY)))
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_the_page_asks_for_nothing_from_outside(state):
    page = page_of(None, state)
    namespaces = re.compile(r'xmlns(:\w+)?="[^"]*"|rdf:resource="[^"]*"|<!DOCTYPE[^>]*>')
    assert not re.findall(r'(?:src|href)="(?!#)[^"]*"', namespaces.sub("", page))
    assert "@import" not in page


def test_the_same_states_give_the_same_page(state):
    assert page_of(None, state) == page_of(None, state)


def test_an_empty_database_gives_a_page_that_says_so(state):
    empty = State(**{each.name: getattr(state, each.name).clear() for each in fields(State)})
    page = page_of(None, empty)
    assert "0 documents" in page
    assert "No statement is dated" in page


def test_the_page_is_replaced_whole(tmp_path):
    path = tmp_path / "deep" / "briefing.html"
    replace_text(path, "one")
    replace_text(path, "two")
    assert path.read_text() == "two"
    assert list(path.parent.iterdir()) == [path]


def test_a_database_of_other_tables_is_refused_with_a_code(tmp_path):
    with duckdb.connect(str(tmp_path / "other.duckdb")) as con:
        con.execute("CREATE TABLE documents (document_id VARCHAR)")
    with pytest.raises(IncomparableError, match="database_incomparable"):
        read_state(tmp_path / "other.duckdb")


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_pictures_are_the_same_bytes_for_the_same_data(kind):
    starts = {"svg": b"<?xml", "png": b"\x89PNG"}[kind]
    for draw in (
        lambda: bars_by_day([DAY, DAY, DAY + dt.timedelta(days=2)], "statements", kind),
        lambda: bars_by_day([], "statements", kind),
        lambda: bars_by_name({"held": 3, "proposed": 1}, "meetings", kind),
        lambda: bars_by_name({}, "meetings", kind),
        lambda: life_cycles([("Talks", [(DAY, "proposed"), (DAY + dt.timedelta(days=1), "held")])], kind),
    ):
        picture = draw()
        assert picture.startswith(starts)
        assert picture == draw()


@given(days=st.lists(st.dates(dt.date(2025, 1, 1), dt.date(2025, 1, 12)), min_size=1, max_size=20))
def test_bars_of_one_height_are_drawn_as_one(days):
    counts = Counter(days)
    heights, edges = _steps(counts)
    told = {}
    for height, first, end in zip(heights, edges[:-1], edges[1:], strict=True):
        told |= {first + dt.timedelta(days=n): height for n in range((end - first).days)}
    n_days = (max(days) - min(days)).days + 1
    assert told == {day: counts[day] for day in (min(days) + dt.timedelta(days=n) for n in range(n_days))}
    assert all(one != other for one, other in itertools.pairwise(heights))

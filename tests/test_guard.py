"""Rows that break the contract are taken out and recorded; a page that fails leaves the others alone."""

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import table
from pipeline.errors import ReferenceDataError
from pipeline.guard import MAX_DETAIL, Guard, Lines, described, fault_of
from pipeline.model import Entity, Page
from pipeline.sound import is_sound
from pipeline.tables import rows
from tests.contract_rows import sample
from tests.good_data import ADA, BEN, MENTION, ONE, POSITION, STATEMENTS, TWO, stage_frames

PAGE = Page(
    ONE.document("Talks resume in Geneva", "article"),
    tuple(ONE.blocks(["title", "boilerplate", "body", "body"])),
    {},
)
LINES = Lines(PAGE)
KNOWN = {"entities": {ADA, BEN}, "parties": {"FR", "GB"}, "issues": {"truce"}}
SAID = STATEMENTS[0]


def at(words):
    return dict(zip(("content_start", "content_end"), ONE.at(words), strict=True), content=words)


def test_good_rows_have_no_fault():
    assert fault_of("statements", SAID, KNOWN, LINES) is None
    assert fault_of("statements", STATEMENTS[1], KNOWN, LINES) is None
    assert fault_of("meeting_mentions", MENTION, KNOWN, LINES) is None
    assert fault_of("issue_positions", POSITION, KNOWN, None) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"content": "other words"}, "evidence"),
        ({"content_start": SAID.content_start + 1}, "evidence"),
        ({"content_end": 10**9}, "evidence"),
        ({"speaker_text": "Bea"}, "evidence"),
        ({"speaker_start": None, "speaker_end": None}, "evidence"),
        (at("proposed.\n“It is"), "outside_block"),
        ({"block_id": ONE.block_id("It is late")}, "outside_block"),
        ({"cue_end": SAID.content_end + 80}, "outside_block"),
        (at("Share this") | {"block_id": ONE.block_id("Share this")}, "not_editorial"),
        ({"content_start": -1}, "range"),
        ({"confidence": float("nan")}, "range"),
        ({"confidence": 1.5}, "range"),
        ({"confidence": "high"}, "type"),
        ({"stated_from": dt.datetime(2025, 1, 1)}, "type"),
        ({"is_anonymous": None}, "not_null"),
        ({"speaker_kind": "robot"}, "values"),
        ({"issues": ("Truce",)}, "foreign_key"),
        ({"party": "fr"}, "pattern"),
        ({"party": "XX"}, "foreign_key"),
        ({"speaker_entity_id": "ent_0000000000000000"}, "foreign_key"),
        ({"document_id": TWO.document_id}, "foreign_key"),
        ({"stated_to": None}, "ordered"),
        ({"cue_start": None}, "ordered"),
        ({"stated_to": SAID.stated_from - dt.timedelta(1)}, "ordered"),
    ],
)
def test_a_broken_row_has_the_fault_of_its_kind(changes, code):
    fault = fault_of("statements", replace(SAID, **changes), KNOWN, LINES)
    assert fault is not None and fault.code == code
    assert code in table("set_aside_rows").column("code").values


def test_broken_rows_are_taken_out_and_the_others_stay_in_order():
    guard = Guard("statements")
    bad = replace(SAID, content="other words")
    assert guard.keep("statements", [bad, *STATEMENTS[:2]], KNOWN, LINES) == STATEMENTS[:2]
    (row,) = guard.set_aside()
    assert (row.document_id, row.step, row.table_name) == (ONE.document_id, "statements", "statements")
    assert (row.rule, row.code) == ("by_hand", "evidence")
    assert SAID.statement_id in row.detail and "other words" in row.detail


def test_of_several_rows_with_one_key_the_first_stays():
    guard = Guard("statements")
    again = replace(SAID, confidence=0.1)
    assert guard.keep("statements", [SAID, again, again], KNOWN, LINES) == [SAID]
    assert guard.keep("statements", [again], KNOWN, LINES) == []
    rows = guard.set_aside()
    assert [row.code for row in rows] == ["unique"] * 3
    assert len({row.set_aside_id for row in rows}) == 3


def test_rows_over_several_documents_name_none():
    guard = Guard("linking")
    assert guard.keep("entities", [Entity(ADA, "Ada", "robot", None, None, (), None, 1)], KNOWN) == []
    (row,) = guard.set_aside()
    assert row.document_id is None and row.code == "values"


def broken():
    raise ValueError(f"no such word {object()}")


def test_a_page_that_fails_is_recorded_and_the_others_go_on():
    guard = Guard("positions")
    assert guard.attempt("doc_1", "issue_positions", broken) is None
    assert guard.attempt("doc_2", "issue_positions", lambda: [1]) == [1]
    (row,) = guard.set_aside()
    assert (row.document_id, row.table_name, row.code) == ("doc_1", "issue_positions", "exception")
    assert row.detail.startswith("ValueError: no such word <object object> (tests/test_guard.py, line ")


def test_the_same_failure_has_the_same_key_in_every_run():
    guards = Guard("positions"), Guard("positions")
    for guard in guards:
        guard.attempt("doc_1", "issue_positions", broken)
    assert guards[0].set_aside() == guards[1].set_aside()


def test_a_step_that_fails_on_every_page_of_several_is_broken_itself():
    guard = Guard("positions")
    guard.attempt("doc_1", "issue_positions", broken)
    guard.attempt("doc_2", "issue_positions", broken)
    with pytest.raises(ValueError, match="no such word"):
        guard.set_aside()


@pytest.mark.parametrize("error", [ReferenceDataError("bad", "Bad."), OSError("disk"), MemoryError()])
def test_errors_that_are_no_pages_fault_are_raised_on(error):
    def read():
        raise error

    with pytest.raises(type(error)):
        Guard("linking").attempt("doc_1", "entity_mentions", read)


def test_details_are_short():
    assert len(described(ValueError("x" * 9999))) <= MAX_DETAIL
    guard = Guard("statements")
    guard.keep("statements", [replace(SAID, content="x" * 9999)], KNOWN, LINES)
    assert len(guard.set_aside()[0].detail) <= MAX_DETAIL


def test_good_data_keeps_all_its_rows():
    assert stage_frames()["set_aside_rows"].height == 0


# The quick look --------------------------------------------------------------------------------------------

ODD = [
    None, "", "x", "FR", "fr", "truce", 0, -1, 7, 10**9, 0.5, -0.5, 2.0, float("nan"), True, (), ("FR",),
    ("FR", None), ["FR"], ("truce", "x"), (1,), dt.date(2025, 1, 2), dt.datetime(2025, 1, 2), b"x",
]  # fmt: skip
ROWS_OF = {
    name: rows(name, made)[0]
    for name, made in sample().items()
    if name
    in {"entities", "meetings", "meeting_mentions", "statements", "issue_positions", "entity_mentions"}
}
ALL_KNOWN = {
    "entities": {ROWS_OF["entities"].entity_id},
    "parties": {"FR", "LI"},
    "issues": {"truce"},
    "meetings": set(),
}


@pytest.mark.parametrize("name", ROWS_OF)
def test_the_quick_look_finds_nothing_wrong_with_rows_that_keep_the_contract(name):
    assert is_sound(name, ROWS_OF[name], {})


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(ROWS_OF)), st.data())
def test_the_quick_look_passes_no_row_that_a_closer_look_refuses(name, data):
    columns = st.sampled_from(table(name).column_names)
    changes = data.draw(st.dictionaries(columns, st.sampled_from(ODD), min_size=1, max_size=2))
    row = replace(ROWS_OF[name], **changes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.guard.is_sound", lambda *_: False)
        slow = fault_of(name, row, ALL_KNOWN, None)
    assert fault_of(name, row, ALL_KNOWN, None) == slow
    if is_sound(name, row, ALL_KNOWN):
        assert slow is None


def test_a_row_without_all_columns_is_looked_at_as_far_as_it_goes():
    @dataclass
    class Short:
        entity_id: str
        name: str | None

    good = Short(ROWS_OF["entities"].entity_id, "Ada")
    assert is_sound("entities", good, {}) and fault_of("entities", good, {}, None) is None
    assert fault_of("entities", replace(good, name=None), {}, None).code == "not_null"

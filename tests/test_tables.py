"""Rows become frames and come back; a frame that breaks the contract is refused by name."""

import dataclasses
import datetime as dt
import string

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import tables
from pipeline.contract import TABLES, Column, ColumnType, Table, table
from pipeline.errors import ContractError, Reason
from pipeline.model import MeetingMention, Quarantined
from pipeline.tables import ROW_TYPES, Issue, frame, rows, validate_frame, validate_frames

DAY = dt.datetime(2025, 11, 24, 9, 30, tzinfo=dt.UTC)


def issue(issue_id="truce", label="Truce", proposition="A truce comes now."):
    return Issue(issue_id, label, proposition)


# --- the dataclasses and the contract ---------------------------------------------------------------


@pytest.mark.parametrize("declared", TABLES, ids=lambda t: t.name)
def test_each_row_type_has_exactly_the_columns_of_its_table(declared):
    internal = {"participant_actors"} if ROW_TYPES[declared.name] is MeetingMention else set()
    names = tuple(f.name for f in dataclasses.fields(ROW_TYPES[declared.name]) if f.name not in internal)
    assert names == declared.column_names


def test_every_table_has_a_row_type_and_no_row_type_is_left_over():
    assert set(ROW_TYPES) == {declared.name for declared in TABLES}


# --- there and back ---------------------------------------------------------------------------------

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = {
    ColumnType.STRING: TEXT,
    ColumnType.STRINGS: st.lists(TEXT, max_size=3).map(tuple),
    ColumnType.INTEGER: st.integers(-(2**63), 2**63 - 1),
    ColumnType.NUMBER: st.floats(allow_nan=False),
    ColumnType.BOOLEAN: st.booleans(),
    ColumnType.DATE: st.dates(),
    ColumnType.TIMESTAMP: st.datetimes(timezones=st.just(dt.UTC)).map(lambda time: time.replace(fold=0)),
}


def value_of(column: Column):
    plain = VALUES[column.type]
    return st.none() | plain if column.nullable else plain


def row_of(declared: Table):
    return st.builds(ROW_TYPES[declared.name], **{c.name: value_of(c) for c in declared.columns})


@pytest.mark.parametrize("declared", TABLES, ids=lambda t: t.name)
def test_rows_survive_the_way_into_a_frame_and_back(declared):
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(row_of(declared), max_size=4))
    def there_and_back(listed):
        df = frame(declared.name, listed)
        assert sorted(map(repr, rows(declared.name, df))) == sorted(map(repr, listed))
        assert frame(declared.name, rows(declared.name, df)).equals(df)

    there_and_back()


@given(st.permutations([issue(letter, letter.upper()) for letter in string.ascii_lowercase[:6]]))
def test_order_of_input_does_not_change_the_frame(shuffled):
    assert frame("issues", shuffled)["issue_id"].to_list() == list("abcdef")


def test_times_are_kept_in_utc_whatever_zone_they_come_in():
    local = DAY.astimezone(dt.timezone(dt.timedelta(hours=2)))
    df = frame("quarantine", [Quarantined("a.txt", None, "empty", "Nothing in it.", local)])
    assert df["first_seen_at"].to_list() == [dt.datetime(2025, 11, 24, 9, 30)]
    assert rows("quarantine", df)[0].first_seen_at == DAY


def test_a_time_without_zone_is_refused():
    with pytest.raises(ContractError, match=r"naive_time.*quarantine\.first_seen_at"):
        frame("quarantine", [Quarantined("a.txt", None, "empty", "-", DAY.replace(tzinfo=None))])


def test_members_of_an_enumeration_become_plain_strings():
    df = frame("quarantine", [Quarantined("a.txt", None, Reason.EMPTY, "Nothing in it.", DAY)])
    assert [type(value) for value in df["reason"].to_list()] == [str]
    validate_frame("quarantine", df)


def test_a_value_of_another_type_is_refused_by_column():
    with pytest.raises(ContractError, match=r"wrong_type.*issues\.label"):
        frame("issues", [issue(label=3)])


def test_an_unknown_table_is_refused():
    with pytest.raises(ContractError, match="unknown_table"):
        frame("treaties", [])


# --- refusals ---------------------------------------------------------------------------------------


def quarantine(**changes):
    row = Quarantined("a.txt", "0" * 64, "empty", "Nothing in it.", DAY)
    return frame("quarantine", [dataclasses.replace(row, **changes)])


def refusal(name, df, others=None):
    with pytest.raises(ContractError) as caught:
        validate_frame(name, df, others)
    return caught.value


def test_a_good_frame_passes():
    validate_frame("quarantine", quarantine())


def test_a_missing_and_an_added_column_are_named():
    error = refusal("issues", frame("issues", [issue()]).rename({"label": "title"}))
    assert error.code == "wrong_columns"
    assert "['label']" in error.message and "['title']" in error.message


def test_columns_in_another_order_are_refused():
    df = frame("issues", [issue()])
    assert "order differs" in refusal("issues", df.select(reversed(df.columns))).message


def test_a_column_of_another_type_is_refused():
    df = frame("issues", [issue()]).with_columns(label=pl.lit(3))
    assert "issues.label is Int32" in refusal("issues", df).message


def test_a_missing_value_is_refused_with_the_key_of_its_row():
    error = refusal("quarantine", quarantine(detail=None))
    assert error.code == "contract_not_null"
    assert "quarantine.detail" in error.message and "a.txt" in error.message


def test_a_value_that_is_not_allowed_is_shown():
    error = refusal("quarantine", quarantine(reason="boring"))
    assert error.code == "contract_values"
    assert "quarantine.reason" in error.message and "boring" in error.message


def test_a_value_of_the_wrong_form_is_shown():
    error = refusal("quarantine", quarantine(sha256="0" * 63))
    assert error.code == "contract_pattern" and "0" * 63 in error.message


def test_a_repeated_key_is_refused():
    error = refusal("issues", frame("issues", [issue(), issue(label="Other")]))
    assert error.code == "contract_unique" and "truce" in error.message


def entity(**changes):
    plain = {"entity_id": "ent_" + "0" * 16, "name": "A", "kind": "person", "party": None, "role": None}
    plain |= {"aliases": (), "wikidata_id": None, "n_mentions": 0}
    return frame("entities", [ROW_TYPES["entities"](**(plain | changes))])


def test_a_number_below_its_bound_is_refused():
    assert refusal("entities", entity(n_mentions=-1)).code == "contract_range"


def test_a_missing_element_of_a_list_is_refused():
    assert "entities.aliases" in refusal("entities", entity(aliases=("B", None))).message


MENTION = ROW_TYPES["entity_mentions"](
    "men_" + "1" * 16, "ent_" + "0" * 16, "doc_" + "2" * 16, 3, 3, "", "name"
)


def test_an_empty_span_is_refused():
    error = refusal("entity_mentions", frame("entity_mentions", [MENTION]))
    assert error.code == "contract_ordered" and "3..3" in error.message


def test_a_foreign_key_without_target_is_refused_when_the_target_is_given():
    df = frame("entity_mentions", [dataclasses.replace(MENTION, char_end=4, surface="x")])
    validate_frame("entity_mentions", df)
    validate_frame("entity_mentions", df, {"entities": entity()})
    error = refusal("entity_mentions", df, {"entities": entity(entity_id="ent_" + "f" * 16)})
    assert error.code == "contract_foreign_key" and "entity_id" in error.message


def test_elements_of_a_list_are_foreign_keys_too():
    keyed = {c.name for c in table("statements").columns if c.references and c.references.table == "issues"}
    assert keyed == {"issues"}
    spec = next(s for s in tables.generic_expectations(table("statements")) if s.name == "issues_known")
    assert spec.is_list


def test_frames_are_validated_together():
    with pytest.raises(ContractError, match=r"entity_mentions\.document_id"):
        validate_frames(
            {
                "documents": frame("documents", []),
                "entities": entity(),
                "entity_mentions": frame(
                    "entity_mentions", [dataclasses.replace(MENTION, char_end=4, surface="x")]
                ),
            }
        )

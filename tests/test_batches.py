"""Suites look at batches of documents, at those alone that have not passed, and find what they find whole."""

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations import SUITES, batches, looking, validate
from expectations.batches import BATCH, Batches, batch_of, number_of_batches
from expectations.contract import of_contract
from expectations.files import StageFile
from expectations.looking import Passed, load_passed, save_passed
from expectations.model import ByDocument, Expectation, Suite, Summary, by_document, definition_of
from pipeline.ids import digest_id
from pipeline.quality_frames.generic import keys_hold
from pipeline.tables import polars_schema, problems
from tests.breakers import BREAKERS
from tests.contract_rows import sample
from tests.good_data import stage_frames

LOOKED_AT: list[list[str]] = []
"""Documents of which the view `numbers` was asked, each time."""


@by_document("documents", "rows")
def numbers(inputs):
    """Numbers beside those of their document."""
    LOOKED_AT.append(inputs["documents"]["document_id"].to_list())
    rows = inputs["rows"].join(inputs["documents"], on="document_id", how="left", maintain_order="left")
    return rows.with_columns(half=pl.col("number") / 2)


@by_document("rows")
def counted(inputs):
    """How many rows a document has."""
    return inputs["rows"].group_by("document_id").agg(pl.len().alias("n")).sort("document_id")


def asked(name, view, expect, args, severity="critical"):
    show = ("document_id", "row_id") if view is numbers else ("document_id",)
    return Expectation(name, "rows", "It is tried.", view, expect, args, show, severity)


EITHER = {"ignore_row_if": "either_value_is_missing"}
TRIED = Suite(
    "tried",
    "raw",
    ("documents", "rows"),
    (
        asked(
            "between",
            numbers,
            "ExpectColumnValuesToBeBetween",
            {"column": "half", "min_value": 0, "max_value": 4},
        ),
        asked("known", numbers, "ExpectColumnValuesToBeInSet", {"column": "kind", "value_set": ["a", "b"]}),
        asked("there", numbers, "ExpectColumnValuesToNotBeNull", {"column": "kind"}, "warning"),
        asked(
            "least",
            numbers,
            "ExpectColumnPairValuesAToBeGreaterThanB",
            {"column_A": "number", "column_B": "least", "or_equal": True, **EITHER},
        ),
        asked(
            "equal",
            numbers,
            "ExpectColumnPairValuesToBeEqual",
            {"column_A": "kind", "column_B": "wanted", **EITHER},
        ),
        asked("few", counted, "ExpectColumnValuesToBeBetween", {"column": "n", "max_value": 3}),
        asked("once", lambda inputs: inputs["rows"], "ExpectColumnValuesToBeUnique", {"column": "row_id"}),
    ),
)
ROW = st.tuples(st.sampled_from([0, 1, 8, None, 9, -1]), st.sampled_from(["a", "b", None, "c"]))
GOOD = st.tuples(st.integers(0, 8), st.sampled_from(["a", "b"]))
CORPUS = st.dictionaries(
    st.integers(0, 30),
    st.tuples(st.sampled_from([0, None]), st.lists(GOOD, max_size=3) | st.lists(ROW, max_size=4)),
    max_size=9,
)


def key(number):
    return digest_id("doc", number)


def frames_of(corpus):
    """`documents` in the order of their numbers, `rows` in that of the keys, as stages write them."""
    by_key = sorted(corpus, key=key)
    rows = [(f"{n} {i}", key(n), *row) for n in by_key for i, row in enumerate(corpus[n][1])]
    names = {"row_id": pl.String, "document_id": pl.String, "number": pl.Int64, "kind": pl.String}
    documents = {
        "document_id": [key(n) for n in sorted(corpus)],
        "least": [v[0] for _, v in sorted(corpus.items())],
    }
    return {
        "documents": pl.DataFrame(
            documents, schema={"document_id": pl.String, "least": pl.Int64}
        ).with_columns(wanted=pl.lit("a")),
        "rows": pl.DataFrame(rows, schema=names, orient="row"),
    }


def whole(suite):
    """The suite as it would be if nothing could be looked at in batches."""

    def plain(view):
        return view.view if isinstance(view, ByDocument | Summary) else view

    return replace(suite, expectations=tuple(replace(e, view=plain(e.view)) for e in suite.expectations))


def again(passed):
    """What has passed in one evaluation, for the next one."""
    return Passed(passed.now_batches, frozenset(passed.now_answers))


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Batches of one document or two, a few of them at a time, read in small chunks."""
    LOOKED_AT.clear()
    monkeypatch.setattr(batches, "DOCUMENTS", 1)
    monkeypatch.setattr(batches, "AT_ONCE", 200)
    monkeypatch.setattr(batches, "_ROWS", 3)


@settings(max_examples=5, deadline=None)
@given(st.lists(CORPUS, min_size=1, max_size=2), st.lists(st.integers(0, 8), max_size=3))
def test_batches_find_what_is_found_whole_after_any_changes(changes, removed):
    """Of documents that are added, changed or removed between the evaluations."""
    passed, corpus = Passed(), {}
    for change in changes:
        corpus = {n: own for n, own in corpus.items() if n not in removed} | change
        frames = frames_of(corpus)
        found = validate.validate(TRIED, frames, passed)
        assert found == validate.validate(whole(TRIED), frames)
        passed = again(passed)


@pytest.mark.parametrize(
    "suite", [s for s in SUITES if s.name in ("raw", "clean", "positions")], ids=lambda s: s.name
)
def test_suites_find_in_batches_what_they_find_whole(suite):
    """All that can be broken in batches at once, so that each counts among others."""
    good, broken = stage_frames(), stage_frames()
    for e in suite.expectations:
        if e.name in ("columns_as_promised", "key_unique"):
            continue  # nothing else can be judged then
        try:
            broken = BREAKERS[e.table, e.name](broken)
        except (ValueError, IndexError, StopIteration, pl.exceptions.PolarsError):
            continue  # what it breaks was taken away by another
    for frames in (good, broken):
        named = {name: frames[name] for name in suite.inputs}
        assert validate.validate(suite, named) == validate.validate(whole(suite), named)


def test_a_broken_row_of_a_new_document_fails_and_no_other_is_looked_at():
    corpus = {n: (0, [(n % 4, "a")]) for n in range(9)}
    passed = Passed()
    assert all(r.success for r in validate.validate(TRIED, frames_of(corpus), passed))
    LOOKED_AT.clear()
    passed = again(passed)
    frames = frames_of(corpus | {9: (0, [(9, "a")])})
    between, *others = validate.validate(TRIED, frames, passed)
    assert (between.success, between.unexpected_count, between.rows) == (False, 1, 10)
    assert between.observed == "1 of 10 rows are not as expected"
    assert [row["row_id"] for row in between.offending] == ["9 0"]
    assert all(other.success for other in others)
    assert all(key(9) in documents and len(documents) < 5 for documents in LOOKED_AT)
    # What failed is looked at again, until it is right.
    LOOKED_AT.clear()
    assert not validate.validate(TRIED, frames, again(passed))[0].success
    assert LOOKED_AT and all(key(9) in documents for documents in LOOKED_AT)


def test_an_old_row_that_was_changed_behind_our_back_fails(tmp_path):
    """Only what lies in the file counts."""
    corpus = {n: (0, [(n % 4, "a")]) for n in range(9)}
    frames = frames_of(corpus)

    def files(given):
        for name, frame in given.items():
            frame.write_parquet(tmp_path / f"{name}.parquet", row_group_size=4)
        return {name: StageFile.of(tmp_path / f"{name}.parquet") for name in given}

    passed = Passed()
    assert all(r.success for r in validate.validate(TRIED, files(frames), passed))
    kind = pl.when(pl.col("row_id") == "4 0").then(pl.lit("c")).otherwise("kind").alias("kind")
    changed = frames | {"rows": frames["rows"].with_columns(kind)}
    found = {r.expectation: r for r in validate.validate(TRIED, files(changed), again(passed))}
    assert not found["known"].success
    assert [row["row_id"] for row in found["known"].offending] == ["4 0"]
    assert not found["equal"].success


def test_a_removed_document_counts_no_more():
    corpus = {n: (0, [(1, "a"), (2, "a")]) for n in range(9)} | {9: (0, [(9, "c")])}
    passed = Passed()
    before = validate.validate(TRIED, frames_of(corpus), passed)
    del corpus[9], corpus[3]
    after = validate.validate(TRIED, frames_of(corpus), again(passed))
    assert [r.rows for r in before[:2]] == [19, 19]
    assert [(r.rows, r.success) for r in after[:2]] == [(16, True), (16, True)]


def test_where_nothing_is_new_nothing_is_asked(monkeypatch):
    frames = frames_of({n: (0, [(n % 4, "a")]) for n in range(9)})
    passed = Passed()
    first = validate.validate(TRIED, frames, passed)
    LOOKED_AT.clear()
    monkeypatch.setattr(validate, "_frames", lambda: pytest.fail("Great Expectations is loaded"))
    assert validate.validate(TRIED, frames, again(passed)) == first
    assert LOOKED_AT == []


def test_what_passed_under_another_definition_is_asked_anew(tmp_path, caplog):
    passed, path = Passed(), tmp_path / "tried.passed.json"
    validate.validate(TRIED, frames_of({1: (0, [(1, "a")])}), passed)
    save_passed(passed, path, definition_of(TRIED))
    kept = load_passed(path, definition_of(TRIED))
    assert (kept.batches, kept.answers) == (passed.now_batches, passed.now_answers)
    first = TRIED.expectations[0]
    for view in (
        replace(numbers, of=("rows",)),
        replace(numbers, view=lambda inputs: inputs["rows"]),
        numbers.view,
    ):
        other = replace(TRIED, expectations=(replace(first, view=view), *TRIED.expectations[1:]))
        assert load_passed(path, definition_of(other)).batches == {}
    assert caplog.text == ""
    path.write_text('{"definition": "x"', encoding="utf-8")
    assert load_passed(path, "x").batches == {}
    assert "passed_unreadable" in caplog.text
    assert load_passed(tmp_path / "none.json", "x").batches == {}


def test_a_view_that_reads_more_than_it_declares_is_looked_at_whole():
    """It could not tell of a batch what is told of all."""
    lying = replace(numbers, of=("rows",))
    suite = replace(TRIED, expectations=tuple(replace(e, view=lying) for e in TRIED.expectations[:2]))
    frames = frames_of({n: (0, [(n, "a")]) for n in range(7, 12)})
    found = validate.validate(suite, frames)
    assert found == validate.validate(whole(suite), frames)
    assert not found[0].success


def test_what_is_not_judged_row_by_row_is_never_divided():
    unique = replace(TRIED.expectations[-1], view=ByDocument(lambda inputs: inputs["rows"], ("rows",)))
    rows = pl.DataFrame({"row_id": ["x", "x"], "document_id": [key(0), key(1)]})
    (found,) = validate.validate(replace(TRIED, expectations=(unique,)), {"rows": rows})
    assert (found.success, found.unexpected_count) == (False, 2)


def test_promises_on_rows_and_on_all_rows_are_told_together():
    """A key that is there twice, in two batches, and nothing else."""
    suite = Suite("tried", "extract", ("set_aside_rows",), of_contract("set_aside_rows"))
    row = dict.fromkeys(polars_schema("set_aside_rows"), "x") | {"set_aside_id": digest_id("sar", 1)}
    frame = pl.DataFrame([row | {"document_id": key(n)} for n in range(2)])
    frame = frame.select(
        pl.col(name).cast(kind, strict=False) for name, kind in polars_schema("set_aside_rows").items()
    )
    found = {r.expectation: r for r in validate.validate(suite, {"set_aside_rows": frame})}
    assert not found["key_unique"].success
    assert tuple(found.values()) == validate.validate(whole(suite), {"set_aside_rows": frame})


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        ({}, True),
        ({"statement_id": "stm_0"}, False),
        ({"statement_id": None}, False),
        ({"document_id": "doc_0"}, False),
        ({"speaker_entity_id": None}, True),
        ({"communication_id": "stm_0"}, False),
    ],
)
def test_keys_hold_where_the_contract_finds_no_problem(change, holds):
    frames = sample()
    rows = pl.concat([frames["statements"], frames["statements"].with_columns(statement_id=pl.lit("stm_1"))])
    rows = rows.with_columns(**{name: pl.lit(value, pl.String) for name, value in change.items()})
    others = {name: frame for name, frame in frames.items() if name != "statements"}
    assert keys_hold("statements", rows, others) == holds
    assert (problems("statements", rows, others, ("unique", "foreign_key")) == []) == holds


VALUES = {
    "text": ["", None, "ab", "a", "b", "é"],
    "flag": [True, None, False, True, True, None],
    "number": [0, None, 1, -1, 2**62, 3],
    "share": [0.0, None, float("nan"), -0.0, 1.5, 2.0],
    "day": [dt.date(2025, 1, 1), None, dt.date(1969, 1, 1), *[dt.date(2025, 1, 2)] * 3],
    "time": [dt.datetime(2025, 1, 1), None, dt.datetime(1969, 1, 1, 3), *[dt.datetime(2025, 1, 2)] * 3],
    "words": [[], None, ["a", "b"], ["a"], [None], [""]],
    "bytes": [b"", None, b"a", b"ab", b"\x00", b"c"],
}


def frame_of_all_types(documents=(0, 0, 0, 0, 0, 0)):
    return pl.DataFrame({"document_id": [key(n) for n in documents], **VALUES})


def digest(frame):
    """Of all its rows as one batch."""
    (found,) = batches._divided(frame, 1).values()
    return found.digest


def test_every_value_of_every_type_counts():
    frame = frame_of_all_types()
    seen = {digest(frame)}
    for name, values in VALUES.items():
        for at in range(len(values)):
            for other in range(len(values)):
                changed = [*values[:at], values[other], *values[at + 1 :]]
                if repr(changed) != repr(values):
                    seen.add(digest(frame.with_columns(pl.Series(name, changed, dtype=frame.schema[name]))))
    different = {
        (name, repr([*values[:at], values[other], *values[at + 1 :]]))
        for name, values in VALUES.items()
        for at in range(len(values))
        for other in range(len(values))
    } - {(name, repr(values)) for name, values in VALUES.items()}
    assert len(seen) == 1 + len(different)


def test_names_types_and_order_count():
    frame = frame_of_all_types()
    others = [
        frame.rename({"text": "word"}),
        frame.with_columns(pl.col("number").cast(pl.Int32, strict=False)),
        frame.with_columns(pl.col("share").cast(pl.Float32)),
        frame.reverse(),
        frame[:5],
        frame.with_columns(text="kept", kept="text")
        if "kept" in frame
        else frame.select(frame.columns[::-1]),
    ]
    assert len({digest(frame), *map(digest, others)}) == len(others) + 1


@pytest.mark.parametrize("at_once", [1, 2, 5, 100])
@pytest.mark.parametrize("documents", [(0, 0, 1, 1, 2, 3), (3, 0, 1, 0, 3, 2)])
def test_a_digest_does_not_depend_on_how_rows_are_read(monkeypatch, tmp_path, at_once, documents):
    frame = frame_of_all_types(documents)
    frame.write_parquet(tmp_path / "f.parquet", row_group_size=2)
    monkeypatch.setattr(batches, "_ROWS", at_once)
    n = 16
    expected = {
        number: digest(part.drop(BATCH))
        for (number,), part in frame.with_columns(batch_of(n)).partition_by(BATCH, as_dict=True).items()
    }
    for source in (frame, tmp_path / "f.parquet"):
        assert {k: v.digest for k, v in batches._divided(source, n).items()} == expected


def test_batches_are_all_rows_in_their_order(monkeypatch, tmp_path):
    frame = frame_of_all_types((3, 0, 1, 0, 3, 2))
    frame.write_parquet(tmp_path / "rows.parquet", row_group_size=2)
    divided = Batches({"rows": StageFile.of(tmp_path / "rows.parquet")})
    view = ByDocument(lambda inputs: inputs["rows"], ("rows",))
    numbers = sorted(divided.digests(view))
    assert len(numbers) > 1
    assert [n for wave in divided.waves(["rows"], numbers) for n in wave] == numbers
    assert divided.inputs(["rows"], numbers)["rows"].equals(frame)
    for number in numbers:
        own = divided.inputs(["rows"], [number])["rows"]
        assert own.equals(divided.marked(frame, [number]).drop(BATCH))


def test_the_number_of_batches_grows_with_the_corpus_and_not_without_end(monkeypatch):
    monkeypatch.setattr(batches, "DOCUMENTS", 160)
    assert [number_of_batches(n) for n in (0, 160, 161, 10_000, 10**9)] == [1, 1, 2, 64, batches.MOST]


def test_keys_that_are_no_digests_are_in_some_batch():
    odd = pl.DataFrame({"document_id": ["doc_a", "", None, "doc_-1ff", "doc_zzzz"]})
    assert odd.select(batch_of(8)).to_series().null_count() == 0
    assert looking.question(0, odd) != looking.question(1, odd)

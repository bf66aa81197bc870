"""A party's stance by day, and the changes that its evidence carries."""

import datetime as dt

from pipeline.change import changes, timeline
from pipeline.model import IssuePosition


def row(
    day: int,
    stance: str,
    *,
    doc: str = "d1",
    basis: str = "own",
    confidence: float = 0.8,
    party: str | None = "UA",
    reported_by: str | None = None,
) -> IssuePosition:
    when = dt.date(2025, 11, day)
    return IssuePosition(
        position_id=f"p-{doc}-{day}-{stance}-{basis}",
        document_id=doc,
        block_id="b",
        actor_entity_id=None,
        actor_name="Kyiv",
        party=party,
        issue_id="ceasefire_first",
        stance=stance,  # type: ignore[arg-type]
        condition=None,
        basis=basis,  # type: ignore[arg-type]
        evidence=stance,
        char_start=0,
        char_end=1,
        as_of_from=when,
        as_of_to=when,
        statement_id=None,
        reported_by=reported_by,
        confidence=confidence,
        rule="demand",
    )


def test_own_words_outweigh_a_report_of_the_same_day() -> None:
    (day,) = timeline([row(1, "oppose", basis="reported"), row(1, "support")], {})
    assert (day.stance, day.weight, day.against) == ("support", 0.8, 0.4)


def test_a_source_counts_once_however_often_it_repeats_itself() -> None:
    rows = [row(1, "support", doc=d, basis="reported") for d in ("d1", "d2")]
    (same,) = timeline(rows, {"d1": "Wire", "d2": "Wire"})
    (two,) = timeline(rows, {"d1": "Wire", "d2": "Post"})
    assert (same.weight, same.n_sources) == (0.4, 1)
    assert (two.weight, two.n_sources) == (0.8, 2)


def test_a_reporter_named_by_two_pages_is_one_source() -> None:
    rows = [row(1, "support", doc=d, basis="reported", reported_by="Axios") for d in ("d1", "d2")]
    (day,) = timeline(rows, {"d1": "Wire", "d2": "Post"})
    assert day.n_sources == 1


def test_a_change_is_told_with_both_days_and_their_rows() -> None:
    (change,) = changes(timeline([row(1, "oppose"), row(4, "support")], {}))
    assert (change.before.stance, change.after.stance) == ("oppose", "support")
    assert change.before.best.evidence == "oppose"
    assert change.is_reversal


def test_a_thin_or_divided_day_makes_no_change_and_hides_none() -> None:
    thin = row(2, "support", basis="reported", confidence=0.6)
    divided = [row(3, "support"), row(3, "oppose", doc="d2", confidence=0.7)]
    days = timeline([row(1, "oppose"), thin, *divided, row(4, "conditional")], {})
    found = changes(days)
    assert [(c.before.day.day, c.after.day.day) for c in found] == [(1, 4)]
    assert not found[0].is_reversal


def test_rows_without_party_or_of_duplicates_tell_nothing() -> None:
    rows = [row(1, "support", party=None), row(1, "support", doc="copy")]
    assert timeline(rows, {}, duplicates=frozenset({"copy"})) == []


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [row(d, s, doc=f"d{d}") for d, s in ((3, "open"), (1, "oppose"), (2, "support"))]
    assert timeline(rows, {}) == timeline(rows[::-1], {})

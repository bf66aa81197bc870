"""Axes of days: in proportion where days lie close, each with the same room where they are far between."""

import datetime as dt

import polars as pl
import pytest

from dashboard.charts import MOST, leaves_days_out, life_chart

START = dt.date(2026, 1, 1)


def days(*offsets):
    return pl.Series([None if n is None else START + dt.timedelta(days=n) for n in offsets], dtype=pl.Date)


@pytest.mark.parametrize(
    ("offsets", "left_out"),
    [
        ((0, 1, 2, 3), False),
        ((0, 200, 201, 202), True),
        ((0, 200, 200, None), True),
        ((0,), False),
        ((), False),
        (tuple(range(0, 50 * MOST, 50)), True),
        (tuple(range(0, 50 * (MOST + 1), 50)), False),
    ],
    ids=["close", "far", "twice and unknown", "one", "none", "as many as find room", "too many"],
)
def test_days_are_left_out_if_few_and_far_between(offsets, left_out):
    assert leaves_days_out(days(*offsets)) is left_out


@pytest.mark.parametrize(("offsets", "kind"), [((0, 1), "temporal"), ((0, 300), "ordinal")])
def test_a_meetings_life_has_room_for_each_day(offsets, kind):
    history = pl.DataFrame(
        {"reported_on": days(*offsets), "status": ["proposed", "held"], "evidence": ["to meet", "met"]}
    )
    spec = life_chart(history).to_dict()
    assert {layer["encoding"]["x"]["type"] for layer in spec["layer"]} == {kind}
    told = {row["day"] for row in spec["data"]["values"]}
    assert told == {f"{day}T00:00:00" for day in history["reported_on"]}

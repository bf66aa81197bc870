"""Who met whom: pairs of people or parties that took part in the same meetings, and a layout for them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

PEOPLE: Final = "named"
PARTIES: Final = "parties"


@dataclass(frozen=True, slots=True)
class Network:
    """Pairs and the actors in them.

    `pairs`: first, second, n_meetings, meeting_ids, first_party, second_party; `first` sorts before `second`.
    `actors`: name, party, n_meetings, n_others, x, y.
    """

    pairs: pl.DataFrame
    actors: pl.DataFrame


def network(
    meetings: pl.DataFrame,
    participants: pl.DataFrame,
    *,
    scope: str = PEOPLE,
    statuses: Sequence[str] = ("held", "ongoing"),
    least: float = 0.0,
    n_most: int = 24,
) -> Network:
    """Pairs that took part in the same meetings, for the `n_most` actors who met most often.

    `scope` is PEOPLE (rows of meeting_participants) or PARTIES (meetings.parties).
    """
    kept = meetings.filter(pl.col("status").is_in(list(statuses)) & (pl.col("confidence") >= least))
    if scope == PEOPLE:
        present = participants.join(kept.select("meeting_id"), on="meeting_id").select(
            "meeting_id", "name", "party"
        )
    else:
        present = (
            kept.select("meeting_id", name=pl.col("parties"))
            .explode("name", empty_as_null=True)
            .drop_nulls("name")
            .with_columns(party=pl.col("name"))
        )
    pairs = _pairs(present)
    often = (
        pl.concat([pairs.select(name=c, n=pl.col("n_meetings")) for c in ("first", "second")])
        .group_by("name")
        .agg(pl.col("n").sum())
        .sort("n", "name", descending=[True, False])
        .head(n_most)["name"]
    )
    pairs = pairs.filter(pl.col("first").is_in(often.implode()) & pl.col("second").is_in(often.implode()))
    return Network(pairs, _actors(pairs, present))


def _pairs(present: pl.DataFrame) -> pl.DataFrame:
    others = present.rename({"name": "second", "party": "second_party"})
    return (
        present.rename({"name": "first", "party": "first_party"})
        .join(others, on="meeting_id")
        .filter(pl.col("first") < pl.col("second"))
        .group_by("first", "second")
        .agg(
            n_meetings=pl.col("meeting_id").n_unique().cast(pl.Int64),
            meeting_ids=pl.col("meeting_id").unique().sort(),
            first_party=pl.col("first_party").drop_nulls().sort().first(),
            second_party=pl.col("second_party").drop_nulls().sort().first(),
        )
        .sort("n_meetings", "first", "second", descending=[True, False, False])
    )


def _actors(pairs: pl.DataFrame, present: pl.DataFrame) -> pl.DataFrame:
    ends = pl.concat(
        [
            pairs.select(name=a, party=f"{a}_party", other=b)
            for a, b in (("first", "second"), ("second", "first"))
        ]
    )
    met = present.group_by("name").agg(n_meetings=pl.col("meeting_id").n_unique().cast(pl.Int64))
    actors = (
        ends.group_by("name")
        .agg(
            party=pl.col("party").drop_nulls().sort().first(),
            n_others=pl.col("other").n_unique().cast(pl.Int64),
        )
        .join(met, on="name")
        .sort("n_meetings", "name", descending=[True, False])
    )
    places = layout(actors["name"].to_list(), actors["party"].to_list())
    return actors.with_columns(
        x=pl.Series([places[name][0] for name in actors["name"]], dtype=pl.Float64),
        y=pl.Series([places[name][1] for name in actors["name"]], dtype=pl.Float64),
    )


def layout(names: Sequence[str], parties: Sequence[str | None]) -> dict[str, tuple[float, float]]:
    """Places on an oval, down the right side and up the left; those of one party stand beside each other.

    Each side's places are equally far apart in height, so that names beside them do not overlap. Parties
    follow each other as the first of their names does, so the same network always looks the same.
    """
    order = list(dict.fromkeys(parties))
    arranged = [
        name for name, _ in sorted(zip(names, parties, strict=True), key=lambda pair: order.index(pair[1]))
    ]
    n_right = (len(arranged) + 1) // 2
    sides = ((1, arranged[:n_right]), (-1, arranged[n_right:][::-1]))
    places = {}
    for side, on_side in sides:
        for place, name in enumerate(on_side):
            y = 1 - (2 * place + 1) / len(on_side)
            places[name] = (round(side * math.sqrt(1 - (0.94 * y) ** 2), 4), round(y, 4))
    return places


def together(meetings: pl.DataFrame, pairs: pl.DataFrame, first: str, second: str) -> pl.DataFrame:
    """The meetings in which both took part, latest first; empty if they are no pair."""
    ids = pairs.filter((pl.col("first") == min(first, second)) & (pl.col("second") == max(first, second)))
    listed = ids.select(pl.col("meeting_ids").explode(empty_as_null=True)).to_series()
    return meetings.filter(pl.col("meeting_id").is_in(listed.implode())).sort(
        "date_to", "meeting_id", descending=[True, False], nulls_last=True
    )

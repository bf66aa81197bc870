"""People whom one document names by surname alone, or for no side, and others in full."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.extract.meetings import merge_meetings
from pipeline.extract.meetings.identities import Identities
from pipeline.extract.meetings.occasions import Evidence, Person
from pipeline.model import DateRange
from pipeline.settings import Settings
from tests.meeting_pages import read_lines


def told(document, *people, parties=(), day=dt.date(2026, 3, 1)):
    return Evidence(
        frozenset(Person(*p) for p in people), frozenset(parties), None, "phone", (), "held",
        None if day is None else DateRange(day, day), document,
    )  # fmt: skip


def known_of(told, original=str):
    return Identities(told, original)


FULL = [told(f"d{n}", ("Ana Roe", "PE"), ("Luis Paz", "CL"), parties=("PE", "CL")) for n in range(3)]


def test_a_surname_alone_is_that_of_the_one_who_bears_it():
    bare = told("e", ("Roe", None), ("Luis Paz", "CL"), parties=("CL",))
    known = known_of([*FULL, bare]).of(bare)
    assert known.people == {Person("Ana Roe", "PE"), Person("Luis Paz", "CL")}
    assert known.parties == {"PE", "CL"}


def test_one_page_is_outvoted_by_three():
    wrong = told("e", ("Ana Roe", "CL"), ("Luis Paz", "PE"), parties=("PE", "CL"))
    assert known_of([*FULL, wrong]).of(wrong).people == {Person("Ana Roe", "PE"), Person("Luis Paz", "CL")}
    assert known_of([*FULL[:2], wrong]).of(wrong) is wrong


def test_copies_are_one_voice():
    wrong = told("e", ("Ana Roe", "CL"), ("Luis Paz", "PE"), parties=("PE", "CL"))
    assert known_of([*FULL, wrong], lambda name: "d0" if name.startswith("d") else name).of(wrong) is wrong


@pytest.mark.parametrize(
    "other",
    [
        told("e", ("Roe", None), day=dt.date(2026, 9, 1)),  # half a year later it may be somebody else
        told("e", ("Roe", None), day=None),
        told("e", ("Hamas", None)),
    ],
)
def test_nobody_is_taken_for_somebody_far_away(other):
    assert known_of([*FULL, other]).of(other) is other


def test_a_surname_that_two_bear_stays_as_it_is():
    cousin, bare = told("f", ("Eva Roe", "CL"), parties=("CL",)), told("e", ("Roe", None))
    assert known_of([*FULL, cousin, bare]).of(bare) is bare


def test_what_pages_disagree_on_is_not_settled():
    split = [
        told("a", ("Ana Roe", "PE"), parties=("PE",)), told("b", ("Ana Roe", "CL"), parties=("CL",)),
        told("c", ("Ana Roe", None)),
    ]  # fmt: skip
    assert known_of(split).of(split[2]) is split[2]


def test_a_call_that_a_timeline_tells_by_surnames_is_the_one_told_in_full(nlp):
    pack = load_domain(Settings(domain="generic"))
    lines = [
        ["Peruvian President Ana Roe and Chilean President Luis Paz spoke by phone on Friday."],
        ["Peruvian President Ana Roe spoke by phone with Chilean President Luis Paz on 6 March."],
        ["Peruvian President Ana Roe and Chilean President Luis Paz will meet in Quito on Friday."],
        ["March 6: Presidents Roe and Paz speak by telephone."],
    ]
    days = [dt.date(2026, 3, 7), dt.date(2026, 3, 8), dt.date(2026, 3, 9), dt.date(2026, 3, 10)]
    pages, mentions = [], []
    for n, (own, day) in enumerate(zip(lines, days, strict=True)):
        page, _, found = read_lines(nlp, pack, own, published=(day, day), name=f"d{n}")
        pages.append(page)
        mentions.extend(found)
    merged = merge_meetings(mentions, pages, pack)
    (call,) = [m for m in merged.meetings if m.form == "phone"]
    assert (call.n_mentions, call.parties) == (3, ("CL", "PE"))
    people = {(p.name, p.party) for p in merged.participants if p.meeting_id == call.meeting_id}
    assert people == {("Ana Roe", "PE"), ("Luis Paz", "CL")}

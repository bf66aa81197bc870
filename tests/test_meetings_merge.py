"""Occasions and meetings: what is merged, what is not, how dates are voted, on hand-made mentions."""

import datetime as dt
import gc
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain import load_domain
from pipeline.extract.meetings import merge_meetings
from pipeline.extract.meetings.labels import label_of
from pipeline.extract.meetings.matching import Matcher
from pipeline.extract.meetings.occasions import Evidence, Occasion, Person, alone, vote_days
from pipeline.extract.meetings.places import Spot, World
from pipeline.extract.meetings.register import Register
from pipeline.model import Actor, DateRange, Document, MeetingMention, Page
from pipeline.settings import Settings
from tests.bench_merge import FIRST, agreement, synthetic

GENEVA, DOHA = Spot("Geneva", "CH", False), Spot("Doha", "QA", False)
SWISS = Spot("Switzerland", "CH", True)


def days(first, last=None, month=3):
    return DateRange(dt.date(2026, month, first), dt.date(2026, month, last or first))


def evidence(
    *people, parties=("UA", "US"), spot=None, readings=(), status="held", reported=11, form="unknown"
):
    return Evidence(
        frozenset(Person(*p) for p in people),
        frozenset(parties),
        spot,
        form,
        tuple(readings),
        status,
        days(reported),
        "doc",
    )


def occasion(*pieces):
    made = Occasion(0)
    for piece in pieces:
        made.add(piece)
    return made


@pytest.fixture(scope="module")
def matcher():
    return Matcher(frozenset({"EU"}), frozenset({"FR", "DE"}))


def test_same_place_and_date_are_one_meeting(matcher):
    known = occasion(evidence(spot=GENEVA, readings=[days(9)]))
    assert matcher.fit(known, evidence(spot=GENEVA, readings=[days(8, 9)])).reason == "same_place_and_date"


def test_a_state_and_a_city_in_it_may_be_one_place(matcher):
    known = occasion(evidence(spot=GENEVA, readings=[days(9)]))
    assert matcher.fit(known, evidence(spot=SWISS)) is not None


def test_different_cities_are_never_one_meeting(matcher):
    known = occasion(evidence(spot=GENEVA, readings=[days(9)]))
    assert matcher.fit(known, evidence(spot=DOHA, readings=[days(9)])) is None


def test_different_dates_keep_held_meetings_apart(matcher):
    pair = (("A", "UA"), ("B", "US"))
    known = occasion(evidence(*pair, spot=GENEVA, readings=[days(2)]))
    assert matcher.fit(known, evidence(*pair, spot=GENEVA, readings=[days(9)])) is None


def test_a_plan_of_the_same_people_may_change_its_date(matcher):
    pair = (("A", "UA"), ("B", "US"))
    known = occasion(evidence(*pair, readings=[days(14)], status="scheduled"))
    fit = matcher.fit(known, evidence(*pair, readings=[days(21)], status="proposed"))
    assert fit is not None
    assert fit.reason == "same_people_and_plan"


def test_other_people_of_the_same_party_are_another_meeting(matcher):
    known = occasion(evidence(("A", "UA"), ("B", "US"), readings=[days(9)]))
    assert matcher.fit(known, evidence(("A", "UA"), ("C", "US"), readings=[days(9)])) is None


def test_a_call_is_no_meeting_in_person(matcher):
    pair = (("A", "UA"), ("B", "US"))
    known = occasion(evidence(*pair, form="phone", readings=[days(9)]))
    assert matcher.fit(known, evidence(*pair, form="in_person", readings=[days(9)])) is None


def test_equal_parties_alone_are_not_enough(matcher):
    assert matcher.fit(occasion(evidence()), evidence()) is None


def test_a_planned_meeting_is_not_one_that_was_over_before_the_report(matcher):
    known = occasion(evidence(spot=GENEVA, readings=[days(2)], reported=3))
    assert matcher.fit(known, evidence(spot=GENEVA, status="scheduled", reported=11)) is None


def test_a_weekday_takes_the_reading_that_the_other_mentions_support():
    tuesday = (days(10), days(17))
    assert vote_days(Counter({tuesday: 1, (days(16, 22),): 2})) == days(17)


def test_a_wide_range_does_not_win_by_touching_everything():
    votes = Counter({(days(9),): 2, (days(1, 31),): 1})
    assert vote_days(votes) == days(9)


def test_one_wrong_date_does_not_move_the_others():
    votes = Counter({(days(9),): 3, (days(16),): 1})
    assert vote_days(votes) == days(9)


def test_occasions_that_prove_the_same_are_united_late(matcher):
    register = Register(matcher)
    ours, theirs = ("A", "US"), ("B", "RU")
    plan = {"readings": [days(14)], "status": "scheduled"}
    first, _ = register.place(evidence(ours, parties=("US",), spot=DOHA, **plan))
    second, _ = register.place(evidence(ours, theirs, parties=("US", "RU"), status="scheduled"))
    register.extend(second, evidence(theirs, parties=("RU",), spot=DOHA, status="scheduled"))
    moved = register.consolidate()
    assert first is not second
    assert moved[second.number][0] is first


# Merging over documents ------------------------------------------------------------------------------

PEOPLE_OF = (("Ann Ash", "US"), ("Bo Birk", "UA"), ("Cy Crag", "US"))
PEOPLE = {n: Actor(f"person:{n}", n, "person", p) for n, p in PEOPLE_OF}


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


def document(number, published):
    made = Document(
        document_id=f"d{number}", source_file=f"{number}.txt", publisher=f"P{number}", agency=None,
        authors=(), title=None, published_from=published, published_to=published, published_basis="explicit",
        format="article", language="en", url=None, text="", n_words=0, sha256="", duplicate_of=None,
        ingested_at=dt.datetime(2026, 1, 1),
    )  # fmt: skip
    return Page(made, (), {})


def mention(number, start, *people, place=None, when=None, text=None, status="held", reported=11, group="g"):
    return MeetingMention(
        mention_id=f"m{number}-{start}", meeting_id=f"{group}{number}", document_id=f"d{number}",
        block_id="b", char_start=start, char_end=start + 5, evidence="12345", participants=tuple(people),
        parties=tuple(sorted({PEOPLE[p].party for p in people})), place=place, form="unknown", status=status,
        date_from=when.first if when else None, date_to=when.last if when else None, date_text=text,
        date_basis="relative" if when else "unknown", reported_on=dt.date(2026, 3, reported),
        statement_id=None, merge_rule="new", confidence=0.7, rule="verb_meet",
        participant_actors=tuple(PEOPLE[p] for p in people),
    )  # fmt: skip


PAIR = ("Ann Ash", "Bo Birk")


def test_mentions_of_two_documents_become_one_meeting_with_its_history(pack):
    pages = [document(1, dt.date(2026, 3, 8)), document(2, dt.date(2026, 3, 11))]
    planned = mention(
        1, 0, *PAIR, place="Geneva", when=days(10), text="Tuesday", status="scheduled", reported=8
    )
    held = mention(2, 0, *PAIR, place="Geneva", when=days(10), text="Tuesday")
    merged = merge_meetings([held, planned], pages, pack)
    (meeting,) = merged.meetings
    assert meeting.status == "held"
    assert (meeting.n_mentions, meeting.n_publishers) == (2, 2)
    assert (meeting.first_reported, meeting.last_reported) == (dt.date(2026, 3, 8), dt.date(2026, 3, 11))
    assert meeting.country == "CH"
    assert [m.status for m in merged.mentions] == ["scheduled", "held"]
    assert {p.name for p in merged.participants} == set(PAIR)
    assert merged.mentions[1].merge_rule == "same_place_and_date"


def test_who_has_no_party_on_one_page_is_no_second_participant(pack):
    pages = [document(1, dt.date(2026, 3, 11)), document(2, dt.date(2026, 3, 11))]
    told = mention(1, 0, *PAIR, place="Geneva", when=days(10), text="Tuesday")
    unknown = Actor("person:Bo Birk", "Bo Birk", "person", None)
    bare = replace(
        mention(2, 0, *PAIR, place="Geneva", when=days(10), text="Tuesday"),
        parties=("US",), participant_actors=(PEOPLE["Ann Ash"], unknown),
    )  # fmt: skip
    merged = merge_meetings([told, bare], pages, pack)
    assert sorted((p.name, p.party) for p in merged.participants) == [("Ann Ash", "US"), ("Bo Birk", "UA")]


def test_a_mention_without_date_and_place_is_given_the_meetings_and_says_so(pack):
    dated = mention(1, 0, *PAIR, place="Geneva", when=days(10), text="March 10")
    bare = mention(1, 50, *PAIR)
    merged = merge_meetings([dated, bare], [document(1, dt.date(2026, 3, 11))], pack)
    filled = next(m for m in merged.mentions if m.char_start == 50)
    assert (filled.date_from, filled.place, filled.date_basis) == (dt.date(2026, 3, 10), "Geneva", "inferred")


@pytest.mark.parametrize(
    ("told", "text", "n_meetings"),
    [
        (None, None, 2),
        (DateRange(dt.date(2026, 1, 1), dt.date(2026, 7, 1)), "this year", 2),
        (days(1, 31), "in March", 1),
        (days(10), "March 10", 1),
    ],
)
def test_months_later_only_a_named_time_tells_of_the_same_meeting(pack, told, text, n_meetings):
    first = mention(1, 0, *PAIR, place="Geneva", when=days(10), text="March 10")
    later = mention(2, 0, *PAIR, place="Geneva", when=told, text=text)
    later = replace(later, reported_on=dt.date(2026, 7, 1))
    pages = [document(1, dt.date(2026, 3, 11)), document(2, dt.date(2026, 7, 1))]
    assert len(merge_meetings([first, later], pages, pack).meetings) == n_meetings


@pytest.mark.parametrize(("copy_of", "n_meetings"), [(None, 2), ("d1", 1)])
def test_an_undated_document_tells_of_no_other_documents_meeting_unless_it_is_a_copy(
    pack, copy_of, n_meetings
):
    told = mention(1, 0, *PAIR, place="Geneva", when=days(10), text="March 10")
    undated = replace(mention(2, 0, *PAIR, place="Geneva"), reported_on=None)
    page = document(2, None)
    page = replace(page, document=replace(page.document, duplicate_of=copy_of))
    merged = merge_meetings([told, undated], [document(1, dt.date(2026, 3, 11)), page], pack)
    assert len(merged.meetings) == n_meetings


def test_an_undated_document_that_gives_the_day_tells_of_the_meeting_of_that_day(pack):
    told = mention(1, 0, *PAIR, place="Geneva", when=days(10), text="March 10")
    undated = mention(2, 0, *PAIR, place="Geneva", when=days(10), text="March 10, 2026")
    undated = replace(undated, reported_on=None, date_basis="explicit")
    pages = [document(1, dt.date(2026, 3, 11)), document(2, None)]
    assert len(merge_meetings([told, undated], pages, pack).meetings) == 1


def test_a_called_off_meeting_is_cancelled(pack):
    planned = mention(1, 0, *PAIR, place="Geneva", status="scheduled", reported=8)
    off = mention(1, 50, *PAIR, place="Geneva", status="cancelled", reported=11)
    (meeting,) = merge_meetings([planned, off], [document(1, dt.date(2026, 3, 11))], pack).meetings
    assert meeting.status == "cancelled"


def test_held_mentions_keep_no_date_after_their_report(pack):
    later = mention(
        1, 0, *PAIR, place="Geneva", when=days(20), text="20 March", status="scheduled", reported=11
    )
    held = mention(1, 50, *PAIR, place="Geneva", reported=11)
    merged = merge_meetings([later, held], [document(1, dt.date(2026, 3, 11))], pack)
    assert all(
        m.date_from is None or m.date_from <= m.reported_on for m in merged.mentions if m.status == "held"
    )


def test_meetings_with_other_people_stay_apart(pack):
    rows = [
        mention(1, 0, "Ann Ash", "Bo Birk", when=days(10), text="Tuesday", group="a"),
        mention(2, 0, "Cy Crag", "Bo Birk", when=days(10), text="Tuesday", group="b"),
    ]
    pages = [document(1, dt.date(2026, 3, 11)), document(2, dt.date(2026, 3, 11))]
    assert len(merge_meetings(rows, pages, pack).meetings) == 2


def test_nothing_comes_of_nothing(pack):
    merged = merge_meetings([], [], pack)
    assert (merged.mentions, merged.meetings, merged.participants) == ((), (), ())


ROWS = [
    mention(1, 0, *PAIR, place="Geneva", when=days(10), text="Tuesday", reported=11),
    mention(1, 40, *PAIR, reported=11),
    mention(2, 0, *PAIR, place="Geneva", when=days(10), text="March 10", reported=12),
    mention(2, 40, "Cy Crag", "Bo Birk", place="Doha", status="proposed", reported=12, group="h"),
    mention(3, 0, "Cy Crag", "Bo Birk", place="Doha", status="scheduled", reported=14),
]
PAGES = [document(n, dt.date(2026, 3, 10 + n)) for n in (1, 2, 3)]


@settings(max_examples=25, deadline=None)
@given(st.permutations(ROWS), st.permutations(PAGES))
def test_the_order_of_documents_and_mentions_changes_nothing(pack, rows, pages):
    assert merge_meetings(rows, pages, pack) == merge_meetings(ROWS, PAGES, pack)


ANCHORAGE, ALASKA = Spot("Anchorage", "US", False), Spot("Alaska", "US", False)


def test_two_sites_of_a_third_state_are_one_meeting_of_the_same_people_in_a_month(matcher):
    pair = (("A", "RU"), ("B", "UA"))
    known = occasion(evidence(*pair, parties=("RU", "UA"), spot=ALASKA, readings=[days(1, 31)]))
    named = evidence(*pair, parties=("RU", "UA"), spot=ANCHORAGE, readings=[days(1, 31)])
    assert matcher.fit(known, named) is not None
    assert matcher.fit(known, evidence(parties=("RU", "UA"), spot=ANCHORAGE, readings=[days(1, 31)])) is None


def test_a_plan_and_the_undated_report_of_it_are_one_meeting(matcher):
    known = occasion(evidence(spot=GENEVA, readings=[days(9)], status="scheduled", reported=8))
    fit = matcher.fit(known, evidence(spot=GENEVA, reported=12))
    assert fit is not None


def test_a_report_long_after_the_plan_does_not_make_it_come_true(matcher):
    known = occasion(
        evidence(
            parties=("UA", "EUROPE", "US"), spot=GENEVA, readings=[days(2)], status="scheduled", reported=1
        )
    )
    told = {"parties": ("FR", "US"), "spot": GENEVA}
    assert matcher.fit(known, evidence(**told, reported=4)).reason == "plan_came_true"
    assert matcher.fit(known, evidence(**told, reported=25)) is None


def test_labels_call_people_by_the_family_name(pack):
    world = World(pack)
    made = occasion(
        evidence(("Xi Jinping", "CN"), ("Lee Zeldin", "US"), parties=("CN", "US"), readings=[days(9)])
    )
    assert label_of(made, world, frozenset({"CN"})) == "Talks, Zeldin–Xi, 9 Mar 2026"


# Over a corpus that grows -----------------------------------------------------------------------------


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False), st.data())
def test_a_corpus_that_grows_or_shrinks_merges_as_if_it_had_always_been_so(pack, seed, chance, data):
    rows, pages, _ = synthetic(60, seed)
    whole = merge_meetings(rows, pages, pack)
    first = set(data.draw(st.sets(st.sampled_from([p.document.document_id for p in pages]))))
    early = [r for r in rows if r.document_id in first], [p for p in pages if p.document.document_id in first]
    late = [r for r in rows if r not in early[0]], [p for p in pages if p not in early[1]]
    before = merge_meetings(*early, pack)
    # What is kept of a document are its own mentions, so that more of them come beside them, in any order.
    grown, known = early[0] + late[0], early[1] + late[1]
    chance.shuffle(grown)
    chance.shuffle(known)
    assert merge_meetings(grown, known, pack) == whole
    assert merge_meetings(*early, pack) == before


def test_most_pairs_of_mentions_are_put_together_rightly_and_many_are(pack):
    rows, pages, truth = synthetic(2000, 7)
    found = {m.mention_id: m.meeting_id for m in merge_meetings(rows, pages, pack).mentions}
    precision, recall = agreement(found, truth)
    assert precision > 0.98 and recall > 0.7


def test_a_meeting_is_found_by_its_day_however_many_came_since(matcher):
    register = Register(matcher)
    pair = (("A", "RU"), ("B", "US"))
    day = [DateRange(FIRST + dt.timedelta(days=9 * n), FIRST + dt.timedelta(days=9 * n)) for n in range(80)]
    told = [evidence(*pair, parties=("RU", "US"), spot=GENEVA, readings=[d]) for d in day]
    made = [register.place(e)[0] for e in told]
    assert len({id(o) for o in made}) == 80
    assert register.place(evidence(("A", "RU"), parties=("RU",), spot=SWISS, readings=[day[0]]))[0] is made[0]


def test_what_mentions_tell_one_by_one_is_told_of_the_occasion(matcher):
    register = Register(matcher)
    one, other = ("A", "UA"), ("B", "US")
    first, _ = register.place(evidence(one, parties=("UA",), spot=GENEVA, readings=[days(9)]))
    assert register.place(evidence(other, parties=("US", "UA"), spot=GENEVA, readings=[days(9)]))[0] is first
    assert register.place(evidence(one, other))[0] is first


def test_europe_is_found_by_any_of_its_states(matcher):
    register = Register(matcher)
    first, _ = register.place(evidence(parties=("EUROPE", "US"), spot=GENEVA, readings=[days(9)]))
    assert register.place(evidence(parties=("FR", "US"), spot=GENEVA, readings=[days(9)]))[0] is first


def test_a_date_told_in_very_many_ways_is_that_told_most():
    votes = Counter({(days(1 + n % 28, month=1 + n % 9),): 1 for n in range(200)})
    votes[(days(9),)] = 300
    assert vote_days(votes) == days(9)


# Quick ways give what the plain ones do -----------------------------------------------------------------

DAYS = st.builds(lambda first, n: DateRange(FIRST + dt.timedelta(first), FIRST + dt.timedelta(first + n)),
                 st.integers(0, 30), st.integers(0, 12))  # fmt: skip
TOLD = st.builds(
    Evidence,
    people=st.frozensets(st.sampled_from([Person("A", "UA"), Person("B", "US"), Person("A", None)])),
    parties=st.frozensets(st.sampled_from(["UA", "US", "FR"])),
    spot=st.sampled_from([None, GENEVA, DOHA, SWISS]),
    form=st.sampled_from(["unknown", "phone", "in_person"]),
    readings=st.lists(DAYS, max_size=3, unique=True).map(tuple),
    status=st.sampled_from(["held", "ongoing", "scheduled", "proposed", "cancelled", "ruled_out"]),
    reported=st.none() | DAYS,
    document_id=st.sampled_from(["d1", "d2"]),
    journey=st.booleans(),
    whole=st.booleans(),
)


@settings(max_examples=200, deadline=None)
@given(TOLD)
def test_what_is_told_once_comes_to_what_a_count_of_it_would(told):
    assert alone(told) == occasion(told).summary()


@settings(max_examples=100, deadline=None)
@given(st.lists(TOLD, min_size=1, max_size=6))
def test_votes_counted_on_the_way_change_nothing(told):
    whole, asked = occasion(*told), Occasion(0)
    for piece in told:
        asked.add(piece)
        assert asked.elected.n_people == len(asked.people)
    assert asked.elected == whole.elected
    assert asked.summary() == whole.summary()


@settings(max_examples=200, deadline=None)
@given(TOLD, TOLD)
def test_a_remembered_comparison_is_as_the_first(matcher, known, told):
    fresh = Matcher(frozenset({"EU"}), frozenset({"FR", "DE"}))
    assert matcher.fit(occasion(known), told) == fresh.fit(occasion(known), told)


def test_people_of_one_name_stand_in_one_order():
    pair = [Person("A", "UA"), Person("A", None)]
    orders = {occasion(evidence(first), evidence(second)).elected.people
              for first, second in (pair, pair[::-1])}  # fmt: skip
    assert orders == {(Person("A", None), Person("A", "UA"))}


def test_what_an_occasion_is_kept_under_follows_what_is_told_of_it(matcher):
    register = Register(matcher)
    one, other = ("A", "UA"), ("B", "US")
    first, _ = register.place(evidence(one, other, spot=GENEVA, readings=[days(9)]))
    second, _ = register.place(evidence(one, other, spot=DOHA, readings=[days(20)]))
    register.extend(first, evidence(one, other, spot=GENEVA, readings=[days(9)]))
    assert register.place(evidence(one, other, spot=GENEVA, readings=[days(9)]))[0] is first
    assert register.place(evidence(one, other, spot=DOHA, readings=[days(20)]))[0] is second


def test_the_collector_is_as_it_was_after_a_merge(pack):
    for was in (True, False):
        (gc.enable if was else gc.disable)()
        try:
            merge_meetings(ROWS, PAGES, pack)
            assert gc.isenabled() is was
        finally:
            gc.enable()

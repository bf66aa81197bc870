"""What several documents report of one act of saying, and what only looks like it."""

import dataclasses
import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.communications import communications, with_communications
from pipeline.ids import digest_id
from pipeline.tables import frame, rows
from tests.contract_rows import document, sample

SAID = rows("statements", sample()["statements"])[0]
DAY = dt.date(2025, 11, 24)
WORDS = "“The border stays closed until both sides have signed the protocol of Lome”"
OTHER = "ent_00000000000000aa"


def page(name, day=0, **changes):
    return document(name=f"{name}.txt", published_from=DAY + dt.timedelta(days=day), **changes)


def said(of, content=WORDS, day=0, **changes):
    """A statement on the page, made on the day."""
    when = None if day is None else DAY + dt.timedelta(days=day)
    start = changes.get("content_start", 10)
    values = {
        "document_id": of.document_id, "content": content, "quote": None,
        "stated_from": when, "stated_to": when,
        "statement_id": digest_id("stm", of.document_id, start), "communication_id": "", **changes,
    }  # fmt: skip
    return dataclasses.replace(SAID, **values)


def found(pages, statements):
    """Name of the page of each statement -> that of the first telling, where it is another one."""
    of = {p.document_id: p.source_file.removesuffix(".txt") for p in pages}
    own = {s.statement_id: of[s.document_id] for s in statements}
    named = communications([frame("statements", [s]) for s in statements], frame("documents", pages))
    return {own[again]: own[first] for again, first in named.items()}


A, B, C = page("a", 0), page("b", 1), page("c", 2)


def test_one_agency_report_in_three_papers_is_one_communication():
    assert found([C, A, B], [said(C), said(A), said(B)]) == {"b": "a", "c": "a"}


def test_a_few_words_more_or_less_are_the_same():
    near = "the border will stay closed until both the sides have signed the protocol of Lome"
    assert found([A, B], [said(A), said(B, near)]) == {"b": "a"}


def test_the_same_quotation_in_another_sentence_is_the_same():
    quote = "stays closed until both sides have signed"
    one = said(A, f"that the frontier with its neighbour “{quote}”", quote=quote)
    other = said(B, f"“{quote}”, whatever the mediators in Doha may have promised to anybody", quote=quote)
    assert found([A, B], [one, other]) == {"b": "a"}


def test_another_speaker_another_figure_and_a_denial_are_others():
    figure = "the army has lost 40 soldiers near the border of the northern province"
    pairs = [
        (said(A), said(B, speaker_entity_id=OTHER)),
        (said(A, figure), said(B, figure.replace("40", "400"))),
        (said(A), said(B, WORDS.replace("stays closed", "does not stay closed"))),
        (said(A), said(B, "“The border opens as soon as everybody goes home to eat”")),
    ]
    assert [found([A, B], pair) for pair in pairs] == [{}] * 4


def test_what_is_said_again_a_week_later_is_said_again():
    assert found([A, B], [said(A), said(B, day=7)]) == {}
    assert found([A, B], [said(A), said(B, day=3)]) == {"b": "a"}


def test_days_that_the_text_gives_must_meet():
    dated = {"stated_text": "on Monday"}
    assert found([A, B], [said(A, **dated), said(B, day=1, **dated)]) == {}
    assert found([A, B], [said(A, **dated), said(B, day=1)]) == {"b": "a"}


def test_without_a_day_or_a_known_speaker_only_the_very_words_tell():
    near = WORDS.replace("“The", "“So the")
    unnamed = {"speaker_entity_id": None, "speaker_name": "a senior official"}
    assert found([A, B], [said(A), said(B, day=None)]) == {"b": "a"}
    assert found([A, B], [said(A), said(B, near, day=None)]) == {}
    assert found([A, B], [said(A, **unnamed), said(B, **unnamed)]) == {"b": "a"}
    assert found([A, B], [said(A, **unnamed), said(B, near, **unnamed)]) == {}


def test_short_contents_tell_nothing():
    assert found([A, B], [said(A, "“No deal”"), said(B, "“No deal”")]) == {}


def test_the_first_telling_stands_in_no_copy():
    copy = page("a", 0, duplicate_of=B.document_id)
    assert found([copy, B, C], [said(copy), said(B), said(C)]) == {"a": "b", "c": "b"}


def test_repetitions_on_a_page_go_with_what_they_repeat():
    first = said(B)
    again = said(B, "to keep it closed until then", content_start=90, repeats_statement_id=first.statement_id)
    frames = [frame("statements", [said(A)]), frame("statements", [first, again])]
    named = communications(frames, frame("documents", [A, B]))
    assert named == {first.statement_id: said(A).statement_id, again.statement_id: said(A).statement_id}
    kept = with_communications(frames[1], named)
    assert set(kept["communication_id"]) == {said(A).statement_id}


def test_of_one_page_one_statement_reports_a_communication():
    twice = [said(B), said(B, content_start=90)]
    assert len(communications([frame("statements", [said(A), *twice])], frame("documents", [A, B]))) == 1


CONTENTS = [
    WORDS,
    WORDS.replace("Lome", "Lome today"),
    "that nobody in Accra has asked for any new talks so far",
]
PAGES = [page(f"p{n}", n % 4) for n in range(8)]
SAME = [said(p, CONTENTS[n % 3], day=n % 5) for n, p in enumerate(PAGES)]


@settings(max_examples=30, deadline=None)
@given(st.permutations(SAME), st.permutations(PAGES))
def test_the_order_of_rows_changes_nothing(statements, pages):
    named = communications([frame("statements", [s]) for s in statements], frame("documents", pages))
    assert named == communications([frame("statements", SAME)], frame("documents", PAGES))
    assert not set(named) & set(named.values())


class Kept:
    """Gives what it knows from before, and counts what was made anew the last time."""

    def __init__(self):
        self.known = {}
        self.made = 0

    def __call__(self, made_by, told, make):
        lacking = [at for at, each in enumerate(told) if (made_by, each) not in self.known]
        self.made = len(lacking)
        for at, value in zip(lacking, make(lacking), strict=True):
            self.known[made_by, told[at]] = value
        return [self.known[made_by, each] for each in told]


MORE = [said(p, WORDS, day=n % 3, content_start=70, speaker_entity_id=OTHER) for n, p in enumerate(PAGES)]


def test_only_speakers_of_whom_something_is_new_are_compared_anew():
    keep = Kept()
    pages = frame("documents", PAGES)
    whole = [*SAME, *MORE]
    assert communications([frame("statements", whole[:-1])], pages, keep)
    assert keep.made == 2
    assert communications([frame("statements", whole)], pages, keep)
    assert keep.made == 1  # the one of whom the last statement is
    communications([frame("statements", whole[::-1])], pages.reverse(), keep)
    assert keep.made == 0
    changed = dataclasses.replace(SAME[3], content=CONTENTS[1])
    communications([frame("statements", [changed if s is SAME[3] else s for s in whole])], pages, keep)
    assert keep.made == 1
    moved = [dataclasses.replace(PAGES[0], published_from=DAY + dt.timedelta(days=9)), *PAGES[1:]]
    communications([frame("statements", whole)], frame("documents", moved), keep)
    assert keep.made == 2  # both have said something on that page


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_what_is_kept_of_speakers_is_what_is_found_anew(data):
    keep = Kept()
    for _ in range(3):
        statements = data.draw(st.lists(st.sampled_from([*SAME, *MORE]), unique_by=lambda s: s.statement_id))
        pages = [
            dataclasses.replace(
                each,
                published_from=DAY + dt.timedelta(days=data.draw(st.integers(0, 5))),
                duplicate_of=data.draw(st.sampled_from([None, PAGES[0].document_id])),
            )
            for each in PAGES
        ]
        told, pages = [frame("statements", statements)], frame("documents", pages)
        assert communications(told, pages, keep) == communications(told, pages)

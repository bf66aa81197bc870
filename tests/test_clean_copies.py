"""Which documents repeat an earlier one: what counts as a copy, of what, and in any order of arrival."""

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import copies as module
from pipeline.clean.copies import Signed, compared, copies, signature

DAY = dt.date(2026, 5, 4)
WORDS = [f"{a}{b}" for a in ("ba", "ko", "mi", "ru", "te", "vo", "za") for b in "bdfgklmnprstvz"]


def prose(seed, n_words=300):
    """Words in a random order of their own: no two seeds share runs of five, but by rare chance."""
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + chance.choice(WORDS) for _ in range(n_words))


def signed(name, text, day=0):
    published = None if day is None else DAY + dt.timedelta(days=day)
    return Signed(f"doc_{name}", published, f"{name}.txt", signature(text))


def found(*items):
    return {copy.removeprefix("doc_"): first.removeprefix("doc_") for copy, first in copies(items).items()}


def edited(text, every):
    return " ".join("changed" if n % every == 0 else word for n, word in enumerate(text.split(" ")))


def test_the_signature_is_of_the_words_alone():
    text = "“We’ll meet in Lome,” the envoy said — and left. " * 9
    assert signature(text) == signature("  " + text.upper().replace(" ", "\n").replace("“", '"'))
    assert signature(text) != signature(text.replace("Lome", "Accra"))


def test_a_signature_is_small_and_bounded_below():
    assert len(signature("")) == len(signature("too short")) == 256
    assert 256 < len(signature(prose(1, 500))) < 1000


def test_no_signature_is_refused():
    with pytest.raises(ValueError, match="64 values"):
        copies([Signed("doc_a", DAY, "a.txt", b"1234")])


def test_different_stories_are_no_copies():
    assert found(*(signed(str(n), prose(n)) for n in range(50))) == {}


def test_an_edited_copy_points_to_the_earliest():
    story = prose(1)
    items = [signed("c", edited(story, 40), 2), signed("b", edited(story, 50), 1), signed("a", story, 0)]
    assert found(*items) == {"b": "a", "c": "a"}


def test_of_one_day_the_first_by_path_is_the_original_and_the_undated_come_last():
    story = prose(1)
    assert found(signed("b", story), signed("a", story), signed("0", story, None)) == {"b": "a", "0": "a"}


def test_another_text_with_some_of_the_same_words_is_none():
    story = prose(1)
    assert found(signed("a", story), signed("b", edited(story, 5), 1)) == {}


def test_a_copy_of_a_copy_that_drifts_away_is_counted_by_what_is_new_in_it():
    words = [prose(n, 100) for n in range(6)]
    versions = [" ".join(words[n : n + 4]) for n in range(3)]
    assert found(*(signed(str(n), text, n) for n, text in enumerate(versions))) == {"1": "0"}


def test_a_story_that_an_earlier_page_holds_whole_repeats_it():
    story, page = prose(1, 200), prose(2, 2000)
    assert found(signed("a", f"{page} {story} {page[::-1]}"), signed("b", story, 1)) == {"b": "a"}


def test_a_long_page_that_quotes_an_earlier_story_whole_is_no_copy_of_it():
    story = prose(1, 200)
    assert found(signed("a", story), signed("b", f"{story} {prose(2, 2000)}", 1)) == {}


def test_a_story_with_less_than_as_much_again_is_a_copy():
    story = prose(1)
    assert found(signed("a", story), signed("b", f"{story} {prose(2, 200)}", 1)) == {"b": "a"}


def test_a_story_on_a_thousand_sites_has_one_original():
    story = prose(1)
    items = [signed(f"{n:04}", edited(story, 30 + n % 40), n % 9) for n in range(1000)]
    chains = found(*items)
    originals = set(chains.values())
    assert len(chains) == 999 and len(originals) == 1 and not originals & set(chains)


def test_what_a_site_puts_under_every_story_makes_no_copies():
    under = prose(0, 60)
    assert found(*(signed(str(n), f"{prose(n, 150)} {under}") for n in range(1, 60))) == {}


def test_a_few_equal_words_are_too_few_to_tell():
    assert found(signed("a", prose(1, 20)), signed("b", prose(1, 20))) == {}


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(chance):
    stories = [prose(n, 120) for n in range(5)]
    items = [
        signed(f"{n:02}", edited(chance.choice(stories) + " " + prose(100 + n, n % 5 * 40), 9 + n), n % 4)
        for n in range(20)
    ]
    expected = copies(items)
    chance.shuffle(items)
    assert copies(items) == expected
    assert not set(expected) & set(expected.values())


SHARED = [prose(n, 40) for n in range(12)]
"""Paragraphs of which pages are put together, so that they share much or little."""


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_was_found_before_changes_nothing_of_what_is_found(chance):
    def item(number):
        text = " ".join(chance.sample(SHARED, chance.randrange(1, 6)))
        return signed(f"{number:02}", text, chance.choice([None, 0, 1, 2, 3, 4]))

    items = [item(n) for n in range(chance.randrange(1, 40))]
    before = []
    for _ in range(4):
        before = compared(items, before)
        assert before == compared(items)
        for _ in range(chance.randrange(3)):  # one arrives, one goes, one is changed or moved
            items.append(item(100 + len(items) + chance.randrange(1000) * 1000))
            items.pop(chance.randrange(len(items)))
            at = chance.randrange(len(items))
            items[at] = item(int(items[at].document_id.removeprefix("doc_")))
        items = list({each.document_id: each for each in items}.values())


def test_a_new_document_is_compared_and_those_that_it_leads_elsewhere(monkeypatch):
    stories = [prose(n) for n in range(60)]
    items = [signed(f"{n:02}", story, 5) for n, story in enumerate(stories)]
    before = compared(items)
    asked = []
    one = module._original
    monkeypatch.setattr(module, "_original", lambda n, *given: asked.append(n) or one(n, *given))
    first = signed("new", stories[7], 1)
    assert [e.document_id for e in compared([*items, first], before) if e.original] == ["doc_07"]
    assert len(asked) == 2  # the new one, and the one that repeats it
    del asked[:]
    assert compared(items, before) == before
    assert asked == []
    with_copy = compared([*items, signed("new", stories[7], 9)], before)
    assert len(asked) == 1
    assert compared(items, with_copy) == before  # a copy that goes leads nobody elsewhere
    assert len(asked) == 1
    assert compared(items[1:], before) == before[1:]
    assert len(asked) == 60

"""Texts broken into lines of a fixed width: their paragraphs are found, and rows run over line ends."""

import datetime as dt
import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.lines import split_lines
from pipeline.clean.wrapped import paragraphs
from pipeline.domain import load_domain
from pipeline.extract.statements import extract_statements
from pipeline.model import Page
from pipeline.nlp import parse_blocks
from pipeline.resolve import link
from pipeline.settings import Settings
from tests.clean_pages import clean, knowledge

ENGLISH = knowledge().english
PARAGRAPHS = (
    "LAKE TALKS TO GO ON, SAYS MINISTER",
    "Foreign Minister Pavel Orlan told reporters on 4 March 2026 that his country would not sign any "
    "agreement on the lake before the gunboats of Estmark were withdrawn from the eastern shore, and that "
    "the mediators had been told so more than once.",
    "Estmark’s chief negotiator said the two teams had “made no progress at all” in the first three days. "
    "“They simply repeated what we had heard in Tallinn,” she added. A next round is planned for the first "
    "week of April.",
    "The mediators, who have kept to hotel rooms and corridors since the talks began, gave no account of "
    "their own of what was said, nor would they tell when the delegations were to come together again.",
)


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


def wrapped(width, gap="\n\n", indent=""):
    return gap.join(textwrap.fill(p, width, initial_indent=indent) for p in PARAGRAPHS)


def texts(text):
    return [line.text for line in paragraphs(text, list(split_lines(text, ENGLISH)))]


@pytest.mark.parametrize("line_end", ["\n", "\r"], ids=["lf", "cr"])
@pytest.mark.parametrize("width", range(44, 101, 8))
def test_lines_of_a_fixed_width_are_paragraphs(width, line_end):
    text = wrapped(width).replace("\n", line_end)
    assert texts(text) == list(PARAGRAPHS)


def test_two_signs_that_end_a_line_are_two_spaces():
    found = texts(wrapped(72).replace("\n", "\r\n"))
    assert [" ".join(t.split()) for t in found] == list(PARAGRAPHS)


def test_paragraphs_without_blank_lines_are_told_by_their_first_line():
    assert texts(wrapped(64, gap="\n", indent="   "))[1:] == list(PARAGRAPHS[1:])


def test_a_line_of_uneven_length_goes_on_where_its_sentence_does():
    text = (
        "The envoy of Ruvia said on Thursday that his side still\n"
        "needed more time before it could decide whether to return\n"
        "to the talks on the lake that were broken off by\n"
        "Estmark, leaving it open whether the ceasefire that was agreed\n"
        "in March will be kept for another month or will\n"
        "lapse.\n"
        "Nobody in Tallinn would say more.\n"
    )
    first, second = texts(text)
    assert (
        first.startswith("The envoy")
        and "broken off by Estmark, leaving" in first
        and first.endswith("lapse.")
    )
    assert second == "Nobody in Tallinn would say more."


def test_items_of_a_list_stay_apart():
    text = (
        wrapped(60)
        + "\n\n- the withdrawal of all boats from the lake,\n- a joint patrol of the two coast guards,"
    )
    assert texts(text)[-2:] == [
        "- the withdrawal of all boats from the lake,",
        "- a joint patrol of the two coast guards,",
    ]


def test_menus_and_pages_of_long_lines_are_left_as_they_are():
    menu = (
        "Click here to share on social media\nshare2\nplay\nlist of 4 items\nlist 1 of 4\nend of the list\n"
        * 3
    )
    page = menu + "\n".join(PARAGRAPHS)
    assert texts(page) == page.split("\n")
    broken_once = page.replace(" before the gunboats", "\nbefore the gunboats")
    assert texts(broken_once) == broken_once.split("\n")


def test_a_long_text_takes_time_in_proportion():
    text = ("the envoys of both sides said on Friday that the talks would go\n" * 8 + "\n") * 10_000
    lines = list(split_lines(text, ENGLISH))
    began = time.process_time()
    assert sum(1 for _ in paragraphs(text, lines)) == 10_000
    assert time.process_time() - began < 5


@given(st.lists(st.text(alphabet="ab .A\n-", max_size=60), max_size=40).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_no_character_is_lost_whatever_is_joined(text):
    lines = list(split_lines(text, ENGLISH))
    found = list(paragraphs(text, lines))
    assert [line.no for line in found] == list(range(len(found)))
    assert "".join("".join(text[p.start : p.end].split()) for p in found) == "".join(text.split())
    assert all(len(p.text) == p.end - p.start for p in found)


def test_statements_and_their_evidence_run_over_line_ends(nlp, pack):
    text = wrapped(64)
    page = clean(text)
    read = Page(page.document, page.blocks, parse_blocks(nlp, page.document, page.blocks))
    rows = extract_statements(read, link(read, pack), pack)
    for row in rows:
        assert text[row.content_start : row.content_end] == row.content
    (told,) = [row for row in rows if row.cue == "tell"]
    assert told.speaker_text is not None and "Orlan" in told.speaker_text
    assert " ".join(told.content.split()).startswith("his country would not sign any agreement on the lake")
    assert "\n" in told.content and told.stated_from == dt.date(2026, 3, 4)


def test_names_that_run_over_a_line_end_are_mentions_as_they_stand(nlp, pack):
    envoys = (
        "Envoys of the United Arab Emirates, the United States, New Zealand and the United Kingdom looked on."
    )
    broken = 0
    for width in (64, 68, 72, 76):
        text = "\n\n".join(textwrap.fill(p, width) for p in (*PARAGRAPHS, envoys))
        page = clean(text)
        read = Page(page.document, page.blocks, parse_blocks(nlp, page.document, page.blocks))
        for mention in link(read, pack).mentions:
            assert text[mention.char_start : mention.char_end] == mention.surface
            assert "\n" not in mention.words
            broken += mention.words != mention.surface
    assert broken

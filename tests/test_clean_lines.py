"""Splitting into lines and blocks: every character accounted for, once and in order, on any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.lines import split_lines
from tests.clean_pages import clean, knowledge

ENGLISH = knowledge().english
# Letters, white space of all kinds, line ends of all kinds, and pieces that the rules look for.
PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "\n",
            "\r\n",
            "\r",
            "\u2028",
            "\u0085",
            "\x0c",
            "\u00a0",
            "\t",
            "  ",
            "©",
            "Share",
            "By ",
            "5 May 2026",
            "14:02",
            "https://a.example",
            "“No,” he said.",
            "About us",
            "Related",
            "[1]",
            "1",
            "—",
            "99/99/9999",
            "31 February 2026",
        ]
    ),
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_blocks_hold_every_character_but_white_space_once_and_in_order(text):
    blocks = clean(text).blocks
    assert [b.block_no for b in blocks] == list(range(len(blocks)))
    position = 0
    for block in blocks:
        assert text[position : block.char_start].strip() == ""
        piece = text[block.char_start : block.char_end]
        assert piece == piece.strip() != ""
        assert "\n" not in piece and "\r" not in piece
        position = block.char_end
    assert text[position:].strip() == ""


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_cleaning_is_deterministic(text):
    assert clean(text) == clean(text)


def test_white_space_around_a_line_belongs_to_no_line():
    (line,) = split_lines("\u00a0 \t Talks resume.\u3000\r\n", ENGLISH)
    assert (line.start, line.end, line.text) == (4, 17, "Talks resume.")


def test_crlf_is_one_line_end_and_an_empty_line_between_is_a_gap():
    one, two, three = split_lines("a\r\nb\r\n\r\nc", ENGLISH)
    assert (one.gap, two.gap, three.gap) == (True, False, True)


def test_a_lone_carriage_return_ends_a_line():
    assert [line.text for line in split_lines("a\rb", ENGLISH)] == ["a", "b"]


def test_line_separator_and_form_feed_stay_inside_a_line():
    assert [line.text for line in split_lines("a\u2028b\x0cc", ENGLISH)] == ["a\u2028b\x0cc"]


def test_a_whole_sentence_and_a_menu_are_told_apart():
    prose, menu = split_lines("“We will see,” the envoy said on Tuesday.\nHome | World | Sport", ENGLISH)
    assert prose.ends_sentence and prose.has_quote and prose.has_verb
    assert not menu.ends_sentence and menu.menu_items == ["Home", "World", "Sport"]

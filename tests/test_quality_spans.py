"""Which characters of a document lie in no line, and in more than one."""

import sys

import polars as pl
import pytest

from pipeline.quality_frames.spans import _IS_SPACE, character_cover


def cover(text, *spans):
    documents = pl.DataFrame({"document_id": ["d"], "source_file": ["d.txt"], "text": [text]})
    blocks = pl.DataFrame(
        {
            "document_id": ["d"] * len(spans),
            "char_start": [start for start, _ in spans],
            "char_end": [end for _, end in spans],
        },
        schema={"document_id": pl.String, "char_start": pl.Int64, "char_end": pl.Int64},
    )
    (row,) = character_cover(documents, blocks).to_dicts()
    return row["n_characters"], row["n_left_out"], row["n_twice"], row["first_left_out"], row["n_beyond"]


@pytest.mark.parametrize(
    ("text", "spans", "told"),
    [
        ("One line", [(0, 8)], (7, 0, 0, None, 0)),
        ("One\n\u3000\u00a0two", [(0, 3)], (6, 3, 0, 6, 0)),
        ("One two", [(0, 5), (4, 7)], (6, 0, 1, None, 0)),
        ("One", [(0, 7)], (3, 0, 0, None, 4)),
        ("😀 мир", [(0, 1)], (4, 3, 0, 2, 0)),
        ("", [], (0, 0, 0, None, 0)),
    ],
)
def test_characters_are_counted_by_the_lines_that_hold_them(text, spans, told):
    assert cover(text, *spans) == told


def test_white_space_is_what_python_calls_so():
    spaces = {n for n in range(sys.maxunicode + 1) if chr(n).isspace()}
    assert {n for n, is_space in enumerate(_IS_SPACE) if is_space} == spaces

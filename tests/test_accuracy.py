"""The documentation says what was measured, and no more."""

import pytest

from tests.gold.publish import ACCURACY, README, accuracy, figures, with_figures


def test_the_page_of_figures_says_what_was_measured():
    assert ACCURACY.read_text(encoding="utf-8") == accuracy(), "run: python -m tests.gold.publish"


def test_the_readme_says_what_was_measured():
    text = README.read_text(encoding="utf-8")
    assert with_figures(text) == text, "run: python -m tests.gold.publish"


def test_a_figure_that_is_missing_is_shown_as_such():
    assert "| entry_dates | - | 0.500 |" in figures(
        {"a": {"entry_dates": None}, "b": {"entry_dates": 0.5}}, ["entry_dates"]
    )


def test_a_text_without_place_for_figures_is_refused():
    with pytest.raises(ValueError, match="no place"):
        with_figures("A page.")

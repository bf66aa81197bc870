"""Regular expressions, of the code or made from reference data: none backtracks on hostile texts."""

import json
import subprocess
import sys

import pytest

from tests.attack_strings import ROOT, anchored_names, made_in_code, names_at, slowest

LIMIT = 0.1
"""Seconds of processor time for a search of 20,000 characters: thrice what it takes, a fifth of what it
takes where it backtracks."""
MATCHED_WHOLE = "pipeline/sound.py"
"""Holds the contract's patterns against whole values, never searching."""


@pytest.fixture(scope="module")
def patterns():
    """Every pattern, with its flags and the places in the code that make it."""
    listed = subprocess.run(
        [sys.executable, "-m", "tests.attack_strings"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    rows = [json.loads(line) for line in listed.stdout.splitlines() if line.startswith("{")]
    found = {(row["pattern"], row["flags"]): set(row["sites"]) for row in rows}
    reached = {site for sites in found.values() for site in sites}
    for site, literal in made_in_code():
        if site not in reached and literal is not None:
            found.setdefault((literal, 0), set()).add(site)
    return found


def test_every_place_that_makes_a_pattern_is_looked_at(patterns):
    looked_at = {site for sites in patterns.values() for site in sites}
    missed = {site for site, _ in made_in_code()} - looked_at
    assert missed == set()
    assert len(patterns) > 250


def test_no_pattern_backtracks(patterns):
    named, anchored = names_at(), anchored_names()
    slow = []
    for (pattern, flags), sites in sorted(patterns.items()):
        only_matched = all(named.get(s) in anchored or s.startswith(MATCHED_WHOLE) for s in sites)
        if found := slowest(pattern, flags, LIMIT, only_matched):
            slow.append((sorted(sites), pattern, found))
    assert slow == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:a|a)*b",
        r"\s+$",
        r"\S+@\S+\.\S+!",
    ],
)
def test_a_pattern_that_backtracks_is_found(pattern):
    assert slowest(pattern, 0, LIMIT) is not None


def test_a_pattern_that_backtracks_only_when_it_is_searched_is_told_apart():
    assert slowest(r"\s+x", 0, LIMIT) is not None
    assert slowest(r"\s+x", 0, LIMIT, anchored=True) is None


def test_a_pattern_over_a_range_outside_the_usual_letters_is_tried():
    assert slowest("[\ud800-\udbff]+", 0, LIMIT) is None

"""Surnames that stand alone: several leaders bear one, or a town does."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.resolve import link
from pipeline.settings import Settings
from tests.test_resolve import make_page


@pytest.fixture(scope="module")
def people(nlp):
    """Run lines of text on a day; the names of the people whom the word stands for, in order."""
    pack = load_domain(Settings(domain="generic"))

    def run(word, day, *lines):
        links = link(make_page(nlp, lines, day), pack)
        return [m.actor.name for m in links.mentions if m.surface == word and m.actor.kind == "person"]

    return run


@pytest.mark.parametrize(
    ("year", "word", "line", "name"),
    [
        (2016, "Sharif", "Pakistan is angry. Sharif said the fleet would sail.", ["Nawaz Sharif"]),
        (2025, "Sharif", "Pakistan is angry. Sharif said the fleet would sail.", ["Shehbaz Sharif"]),
        (2025, "Sharif", "Norway is angry. Sharif said the fleet would sail.", []),  # no word of Pakistan
        (1980, "Sharif", "Pakistan is angry. Sharif said the fleet would sail.", []),  # neither served
        (2022, "Aliyev", "Aliyev warned that Azerbaijan would not wait.", ["Ilham Aliyev"]),
        (1998, "Aliyev", "Aliyev warned that Azerbaijan would not wait.", ["Heydar Aliyev"]),
    ],
)
def test_of_several_bearers_the_one_in_office_is_meant(people, year, word, line, name):
    assert people(word, dt.date(year, 3, 12), line) == name


@pytest.mark.parametrize(
    ("word", "lines", "names"),
    [
        (
            "Santos",
            ("President Juan Manuel Santos was late.", "Santos said that the fair in Santos was off."),
            ["Juan Manuel Santos"],
        ),
        ("Santos", ("Colombia is calm.", "Santos said that the fair was off."), ["Juan Manuel Santos"]),
        ("Santos", ("Colombia is calm.", "Officials in Santos said that the fair was off."), []),
        ("Santos", ("Brazil is calm.", "Santos is a port. The Santos fair is off."), []),
        (
            "Houston",
            (
                "Jack Houston, the mayor, came late.",
                "Houston said the fair was off. He flew in from Houston.",
            ),
            ["Jack Houston"],
        ),
        ("Houston", ("Houston Port is shut.", "Officials in Houston said that the fair was off."), []),
        ("Houston", ("Jack Houston, the mayor, came late.", "The Houston fair was off."), []),
    ],
)
def test_a_town_is_a_surname_on_the_page_of_its_bearer(people, word, lines, names):
    assert people(word, dt.date(2014, 3, 12), *lines) == names


@pytest.mark.parametrize(
    ("word", "line", "names"),
    [  # the model takes each of them for a place or a body
        ("Trump", "The summit between Trump and Putin in Alaska ended with no deal.", ["Donald Trump"]),
        ("Lavrov", "Rumors swirled in Russia that Lavrov would travel to Ankara.", ["Sergey Lavrov"]),
        ("Macron", "Macron will hold talks Friday with Olaf Scholz in Berlin.", ["Emmanuel Macron"]),
        ("Macron", "Macron Holdings will hold talks Friday with its lenders.", []),
        ("Lavrov", "Officials in Lavrov, a town in Russia, would not comment.", []),
        ("Trump", "The shares of Trump Media rose in the United States.", []),
    ],
)
def test_a_leader_whom_the_model_takes_for_something_else_is_himself(people, word, line, names):
    assert people(word, dt.date(2025, 8, 16), line) == names


@pytest.mark.parametrize(
    ("line", "word", "party"),
    [
        ("UNIFIL said that its patrol was safe.", "UNIFIL", "UN"),
        ("The camp, UNICEF warned, is full.", "UNICEF", "UN"),
        ("NAIROBI said that it was over.", "NAIROBI", None),  # a capital shouted
    ],
)
def test_a_body_is_known_by_a_name_that_is_all_capitals(nlp, line, word, party):
    links = link(make_page(nlp, [line], dt.date(2024, 3, 12)), load_domain(Settings(domain="generic")))
    assert next((m.actor.party for m in links.mentions if m.surface == word), None) == party


@pytest.mark.parametrize("body", ["Presidency", "Chancellery", "Cabinet"])
def test_a_body_of_a_state_is_no_person_however_it_is_written(people, body):
    assert people(body, dt.date(2024, 3, 12), f"Norway waited. {body} said that the fair was off.") == []


@pytest.mark.parametrize("word", ["el-Sisi", "al-Sisi", "Sisi"])
def test_a_leader_is_known_by_a_surname_with_or_without_its_prefix(people, word):
    line = f"Earlier this year, President {word} said that Peru would not go to war."
    assert people(word, dt.date(2026, 3, 12), line) == ["Abdel Fattah el-Sisi"]


def test_another_name_with_the_prefix_is_nobody_known(people):
    line = "Minister Omar el-Sison said that Peru would not go to war."
    assert people("Omar el-Sison", dt.date(2026, 3, 12), line) == ["Omar el-Sison"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Plans for a Trump-Putin meeting went ahead.", ["Vladimir Putin"]),
        ("Plans for the Trump–Putin summit went ahead.", ["Vladimir Putin"]),
        ("Plans for a Lind-Putin meeting went ahead.", []),  # it may be one person's name
    ],
)
def test_leaders_whom_a_hyphen_joins_are_two(people, line, names):
    assert people("Putin", dt.date(2025, 10, 21), line) == names

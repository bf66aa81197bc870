"""Statements in turns of phrase that parsers read badly: lost subjects, clauses hung elsewhere."""

import pytest

from pipeline.domain import load_domain
from pipeline.extract.statements import extract_statements
from pipeline.resolve import link
from pipeline.settings import Settings
from tests.test_statements import page_of


@pytest.fixture(scope="module")
def told(nlp):
    pack = load_domain(Settings(domain="generic"))

    def run(line):
        page = page_of(nlp, line)
        return {(s.speaker_name, s.content) for s in extract_statements(page, link(page, pack), pack)}

    return run


def test_a_participle_goes_back_to_the_name_that_the_parse_lost(told):
    line = (
        "In an interview with La Nazione, the Italian master, Carla Bruni, made the case for patience, "
        "arguing that the cranes would come."
    )
    assert ("Carla Bruni", "the cranes would come") in told(line)


@pytest.mark.parametrize(
    ("line", "content"),
    [
        (
            "Ann Roe told the delegates in a video that she had not agreed to a levy.",
            "she had not agreed to a levy",
        ),
        ("Ann Roe said she was ready to sail provided that the locks opened.",
         "she was ready to sail provided that the locks opened"),
        ("Ann Roe said the work had begun, but it would take years.",
         "the work had begun, but it would take years"),
    ],
)  # fmt: skip
def test_what_is_said_is_whole(told, line, content):
    assert told(line) == {("Ann Roe", content)}


@pytest.mark.parametrize(
    ("line", "content"),
    [
        (
            "The port would stay shut, Ann Roe said, though dockers insisted that the cranes worked.",
            "The port would stay shut",
        ),
        (
            "The levy is not negotiable, Ann Roe said, hours after Jan Holm wrote that it had to go.",
            "The levy is not negotiable",
        ),
    ],
)
def test_what_another_says_is_no_part_of_it(told, line, content):
    found = told(line)
    assert ("Ann Roe", content) in found
    assert len(found) == 2


def test_a_veto_is_an_act_and_says_nothing(told):
    assert told("The board vetoed the sale of the port on Monday.") == set()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "The levy would go, two aldermen confirmed, a reversal of an earlier promise.",
            ("two aldermen", "The levy would go"),
        ),
        (
            "Ann Roe said the port was a trap, a remark that angered the dockers.",
            ("Ann Roe", "the port was a trap"),
        ),
        (
            "The port will stay shut, mayor Ann Roe announced, citing Norway's plan to raise the levy.",
            ("Ann Roe", "The port will stay shut"),
        ),
    ],
)
def test_what_the_reporter_sets_beside_it_is_no_part_of_it(told, line, expected):
    assert told(line) == {expected}


def test_a_misread_conjunction_is_no_content(told):
    found = told("Ann Roe proposed that leaders of the guilds meet in Bergen on Thursday.")
    assert found == {("Ann Roe", "leaders of the guilds meet in Bergen on Thursday")}

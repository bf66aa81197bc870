"""Speakers told by what they are besides their office, and by names that stand apart from the title."""

import pytest

from pipeline.domain import load_domain
from pipeline.extract.statements import extract_statements
from pipeline.resolve import link
from pipeline.settings import Settings
from tests.test_statements import page_of


@pytest.fixture(scope="module")
def speakers(nlp):
    """The speakers of a text's statements, a line a block."""
    pack = load_domain(Settings(domain="generic"))

    def run(text):
        page = page_of(nlp, *text.split("\n"))
        return [row.speaker_name for row in extract_statements(page, link(page, pack), pack)]

    return run


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Trade commissioner Petra Zupan denied the report. “We will see,” the Slovenian said.",
            ["Petra Zupan"] * 2,
        ),
        (
            "Defence Minister Armando Rojas denied the report. In a video, the retired general argued the "
            "planes had been late.",
            ["Armando Rojas"] * 2,
        ),
        (
            "Minister Olaf Moe resigned on Monday. The father of three said he was tired. The Bergen native "
            "told NRK that his time was up. “I am done,” the veteran politician added.",
            ["Olaf Moe"] * 3,
        ),
        (
            "The union’s president, Mary Dolan, left.\n“Enough,” the former nurse told reporters.",
            ["Mary Dolan"],
        ),
        ("Olaf Moe ran for mayor. The seasoned banker warned that the city was broke.", ["Olaf Moe"]),
        (
            "Their host, a Georgian merchant named Irakli Lomaia, left. “They talked all night,” he told me.",
            ["Irakli Lomaia"],
        ),
        (
            "The chief negotiator of the rebels, known as Matias Roldan, came. He said the road was shut.",
            ["Matias Roldan"],
        ),
        (
            "“We are ready,” Deputy Prime Minister for European and Other Affairs Olga Holm told reporters.",
            ["Olga Holm"],
        ),
    ],
)
def test_who_is_told_by_a_life_or_by_a_name_apart_is_the_person(speakers, text, names):
    assert speakers(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Ida Moe spoke first. A retired general sat there. The retired general said that nobody cared.",
            ["retired general"],
        ),
        ("Ida Moe spoke first. The mother of the hostage said that nobody cared.", []),
        ("Premier Anna Berg left. The French said they would come.", ["French"]),
        ("Premier Anna Berg of Norway spoke first. The Swede said that he would come.", []),
        (
            "Aide to President Jane Roe said the offer was final.",
            ["Aide to President Jane Roe"],
        ),
        ("The bank’s chairman, Per Holm, met the union.", []),  # no source: "per Holm"
    ],
)
def test_who_is_somebody_else_is_not_the_person(speakers, text, names):
    assert speakers(text) == names

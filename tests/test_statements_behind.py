"""Outlets behind a sentence, joint statements, paragraphs in single marks, and words that say nothing."""

import pytest

from pipeline.domain import load_domain
from pipeline.extract.statements.quotes import find_quotes
from pipeline.settings import Settings
from tests.test_statements import reader_of


@pytest.fixture(scope="module")
def said(nlp):
    return reader_of(nlp, load_domain(Settings(domain="generic")))


@pytest.fixture(scope="module")
def told(said):
    return lambda *lines: [(s.speaker_name, s.content, s.reported_by) for s in said(*lines)]


def test_the_outlet_behind_a_quotation_reports_it_and_is_no_part_of_it(told):
    assert told("“The ferries will sail,” Ada Ngo said in a Facebook post yesterday, Bernama reported.") == [
        ("Ada Ngo", "“The ferries will sail,”", "Bernama")
    ]


def test_a_broadcaster_that_nobody_knows_reports_what_is_said_before(told):
    assert told(
        "Ada Ngo said she had made some calls but declined to say to whom, broadcaster NOQ reported."
    ) == [("Ada Ngo", "she had made some calls but declined to say to whom", "NOQ")]


def test_an_outlet_known_by_its_article_alone_speaks_for_itself(told, said):
    line = "Party leader Ada Ngo thinks it will be hard to join the cabinet, the Dagstidning reports."
    assert told(line) == [
        ("Dagstidning", "Party leader Ada Ngo thinks it will be hard to join the cabinet", None)
    ]
    assert [row.speaker_kind for row in said(line)] == ["media"]


def test_a_ministry_or_a_journalist_behind_a_sentence_is_no_outlet(said):
    rows = said(
        "The fleet lost two ferries, the Peruvian Defence Ministry reported.",
        "The strait is closed, Reuters correspondent Ada Ngo reported.",
    )
    assert "media" not in [row.speaker_kind for row in rows]


def test_a_joint_statement_is_of_those_who_agreed(told):
    rows = told(
        "President Ada Ngo and rebel leader Tomas Lind agreed to open the strait. “Both sides will gain,” a "
        "joint statement said. Ferries will sail in May, the statement added."
    )
    assert rows[-2:] == [
        ("Ada Ngo and Tomas Lind", "“Both sides will gain,”", None),
        ("Ada Ngo and Tomas Lind", "Ferries will sail in May", None),
    ]


def test_a_joint_statement_of_nobody_known_is_not_the_last_speakers(told):
    rows = told("Ada Ngo agreed to open the strait. “Both sides will gain from it,” a joint statement said.")
    assert [row[1] for row in rows] == ["to open the strait"]


def test_single_marks_open_paragraphs_that_the_last_closes(told):
    rows = told(
        "Union leader Ada Ngo said: ‘The offer falls short of what the crews of the ferries were promised.",
        "‘We will go back to them this week and ask each of them what should be done about it.",
        "‘We're ready to talk. Let's talk.'",
    )
    assert [row[0] for row in rows] == ["Ada Ngo"] * 3
    assert rows[0][1].startswith("‘The offer") and rows[2][1].endswith("Let's talk.'")


def test_an_apostrophe_that_opens_a_short_line_opens_no_quotation():
    assert find_quotes("‘Til Monday").spans == ()


def test_a_day_is_no_part_of_an_outlets_name(said):
    rows = said("Ada Ngo said in an interview with the Delo Times Thursday that the ferries will sail.")
    assert [row.told_to for row in rows] == ["Delo Times"]


def test_who_asks_is_told(said):
    rows = said("When contacted by Reuters, Ada Ngo said in a text message the ferries would sail.")
    assert [row.told_to for row in rows] == ["Reuters"]


def test_who_issues_a_statement_says_what_it_says(told):
    assert told("The Coastal Union issued a statement after the walkout saying it remained ready.") == [
        ("Coastal Union", "it remained ready", None)
    ]


def test_another_surname_in_front_is_taken_up_last(told):
    rows = told(
        "“We are ready,” North Korean minister Kim Jong-du told a forum.",
        "On Monday North Korean envoy Kim Kye-gan arrived in Oslo. Kim said that the ferries would sail.",
    )
    assert rows[-1][0] == "Kim Kye-gan"


@pytest.mark.parametrize(
    "line",
    [
        "Underscoring the gaps in the talks, Ada Ngo left the hall by a side door.",
        "Ada Ngo left the hall by a side door, highlighting the gaps in the talks.",
        "Minister Ada Ngo spoke about a deal that both sides have reached in Bergen.",
    ],
)
def test_showing_and_speaking_about_say_nothing(told, line):
    assert told(line) == []


def test_what_another_does_meanwhile_is_no_part_of_a_refusal(told):
    assert told(
        "Ada Ngo has ruled out a pact with the Greens while Tomas Lind still sees it as his goal."
    ) == [("Ada Ngo", "a pact with the Greens", None)]


def test_a_sentence_may_be_stated_behind_in_the_active(said):
    rows = said("No talks on a treaty are under way. Minister Ada Ngo stated this at a briefing in Lima.")
    assert [(r.speaker_name, r.content, r.rule, r.channel) for r in rows] == [
        ("Ada Ngo", "No talks on a treaty are under way", "told_back", "press conference")
    ]
    assert said("Minister Ada Ngo stated this at a briefing in Lima.") == []


def test_an_outlet_that_passes_on_what_somebody_says_is_his_reporter(told):
    rows = told(
        "Reuters reported that Ada Ngo said the ferries would sail.", "CNN reports that the port is shut."
    )
    assert rows == [("Ada Ngo", "the ferries would sail", "Reuters"), ("CNN", "the port is shut", None)]


def test_a_participle_goes_back_over_a_list_to_the_speaker(told):
    rows = told(
        "Ada Ngo said the Union has not sent its reply and is still reading it, adding that envoys are busy."
    )
    assert [row[0] for row in rows] == ["Ada Ngo"]


def test_they_who_spoke_together_go_on(told):
    rows = told(
        "Committee co-chairs Ada Ngo and Tomas Lind, said: “The crews want this strike to be their last.”",
        "They added: “We hope that the minister will now think again.”",
    )
    assert [row[0] for row in rows] == ["Ada Ngo", "Tomas Lind"] * 2


def test_numbers_say_nothing(told):
    assert told("The war cost 200 lives, according to Peruvian tallies.") == []


def test_a_spokesmans_own_name_is_no_part_of_what_he_said(told):
    rows = told(
        "Lima, May 5 (Andina) -- Talks should go on, said a spokesman for the Peruvian Foreign Ministry in "
        "an answer given to a question put by Andina."
    )
    assert rows == [("spokesman for the Peruvian Foreign Ministry", "Talks should go on", None)]


@pytest.mark.parametrize(
    "place", ["", "Lome, 20 April (XNA)- ", "LOME, 20 April (XNA) - ", "Lome, 20 April 2026 (XNA) - "]
)
def test_a_joint_document_is_of_those_who_issue_it(told, place):
    """Not of the meeting at whose end it came, nor of the city from which that is told."""
    rows = told(
        f"{place}Chile and Peru on Thursday issued a joint communique at the end of the meeting of the joint "
        "committee, in Lome.",
        "The joint communique pointed out that the two ministers had talked.",
        "Peru's minister, the joint communique said, touched on the depth of the joint relations.",
        "The communique said the ferries would sail in May.",
    )
    assert [row[0] for row in rows if row[1].startswith(("the two", "the ferries"))] == ["Chile and Peru"] * 2


@pytest.mark.parametrize(
    ("line", "row"),
    [
        (
            "Ada Ngo cited pay, leave and safety as sticking points in the talks.",
            ("Ada Ngo", "pay, leave and safety as sticking points in the talks", None),
        ),
        (
            "“Both sides agree on much,” panel chairwoman Ada Ngo for her part said.",
            ("Ada Ngo", "“Both sides agree on much,”", None),
        ),
        (
            "Minister Ada Ngo said on Sunday that Peru's decision to increase oil output was irrational, "
            "Russian state news agency TASS reported, before OPEC and others hold a meeting.",
            ("Ada Ngo", "Peru's decision to increase oil output was irrational", "TASS"),
        ),
    ],
)
def test_what_is_cited_added_and_judged(told, line, row):
    assert told(line) == [row]


def test_who_should_avoid_saying_says_nothing(told):
    assert told("Readers should avoid expressing discrimination of any kind.") == []


def test_a_day_of_an_outlet_and_its_place_are_no_name(said):
    rows = said("Minister Ada Ngo told the local Ennahar TV that OPEC could cut production.")
    assert [row.told_to for row in rows] == ["Ennahar TV"]


def test_the_place_before_a_dash_says_nothing_even_where_no_list_knows_it(told):
    line = "Addis Abeba — Ada Ngo, the harbour master, announced that the ferries had sailed."
    assert told(line) == [("Ada Ngo", "the ferries had sailed", None)]

"""Through what, to whom and by whose report: channels, audiences, reporters and where the words end."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.test_statements import reader_of


@pytest.fixture(scope="module")
def said(nlp):
    return reader_of(nlp, load_domain(Settings(domain="generic")))


@pytest.fixture(scope="module")
def told(said):
    return lambda *lines: [(s.speaker_name, s.content, s.reported_by) for s in said(*lines)]


@pytest.mark.parametrize(
    ("line", "speaker", "channel"),
    [
        ("Envoy Ada Ngo, who spoke to Lind by phone on Monday, has said Oslo would sign.", "Ada Ngo", None),
        ("Envoy Ada Ngo said by phone on Monday that Oslo would sign the pact.", "Ada Ngo", "phone call"),
        ("Envoy Ada Ngo tweeted that Reuters had reported that the strait was shut.", "Reuters", None),
        ("Reuters reported that envoy Ada Ngo had said on Facebook that it was shut.", "Ada Ngo", "Facebook"),
    ],
)  # fmt: skip
def test_a_channel_is_that_of_its_own_clause(said, line, speaker, channel):
    assert [(r.speaker_name, r.channel) for r in said(line) if r.speaker_name == speaker] == [
        (speaker, channel)
    ]


@pytest.mark.parametrize(
    ("line", "audience"),
    [
        ("Envoy Ada Ngo told a Senate hearing that the ferries would sail on.", "Senate hearing"),
        ("The rebels' leader told a Dutch radio station that jets had bombed it.", "Dutch radio station"),
        ("“The ferries will sail,” envoy Ada Ngo said when reached by phone.", None),
        ("“The ferries will sail,” envoy Ada Ngo said when reached by Reuters.", "Reuters"),
    ],
)  # fmt: skip
def test_the_audience_ends_where_what_it_heard_begins(said, line, audience):
    assert [row.told_to for row in said(line)] == [audience]


def test_an_agency_by_its_name_is_the_reporter_and_not_the_one_named_before(told):
    rows = told(
        "Reuters said on Monday that the ferries had sailed.",
        "A harbour spokeswoman said the quays would be shut, according to the French news agency, AFP.",
    )
    assert rows[-1][1:] == ("the quays would be shut", "Agence France-Presse")


@pytest.mark.parametrize(
    "closing", ["state television said", "state television reported", "the BBC reported"]
)
def test_words_that_close_a_sentence_are_no_part_of_what_is_said_in_it(told, closing):
    assert told(f"Envoy Ada Ngo said on Sunday she saw the worth of the plan, {closing}.")[0][:2] == (
        "Ada Ngo",
        "she saw the worth of the plan",
    )


def test_what_another_says_inside_ones_words_stays_there(told):
    rows = told("Envoy Ada Ngo said the union had said it was over.")
    assert rows[0] == ("Ada Ngo", "the union had said it was over", None)


@pytest.mark.parametrize(
    ("line", "content"),
    [
        ("Envoy Ada Ngo threatened the union by saying that Oslo “would not wait”.", "Oslo “would not wait”"),
        ("Envoy Ada Ngo said earlier she was working with Chile.", "she was working with Chile"),
        ("Oslo said on January 24 it had left the talks.", "it had left the talks"),
        ("Oslo said earlier talks on the port had failed.", "earlier talks on the port had failed"),
        ("According to Reuters on Monday, the note was “not authentic”.", "the note was “not authentic”"),
        (
            "The harbour board said in a statement after the meeting that talks stalled, claiming Oslo left.",
            "talks stalled, claiming Oslo left",
        ),
    ],
)  # fmt: skip
def test_where_what_is_said_begins(told, line, content):
    assert [row[1] for row in told(line)] == [content]


def test_who_threatens_somebody_and_says_nothing_else_threatens(told):
    assert told("Envoy Ada Ngo threatened a strike by Monday.") == [("Ada Ngo", "a strike by Monday", None)]


def test_the_pages_own_correspondent_is_no_speaker(told):
    assert told("Our correspondent in Lima says the mood is grim.") == []
    assert told("A correspondent of the BBC in Lima says the mood is grim.") != []


def test_states_listed_behind_another_noun_speak_as_a_group(said):
    rows = said(
        "In a joint note released by the bank's website, Peru, Chile, and Cuba announced they would sign."
    )
    assert [(r.speaker_name, r.speaker_kind) for r in rows] == [("Peru, Chile, and Cuba", "group")]


def test_a_state_after_a_place_is_not_listed_with_it(said):
    rows = said("In talks in Lima, and in Cusco, Chile announced that the pact would be signed.")
    assert [r.speaker_name for r in rows] == ["Chile"]


def test_they_are_the_two_who_are_told_to_have_met_in_the_same_sentence(told):
    rows = told(
        "The states will sign in May, the host said.",
        "Before, President Ada Ngo held talks with envoy Tomas Lind, where they voiced hope for peace.",
    )
    assert {r[0] for r in rows[-2:]} == {"Ada Ngo", "Tomas Lind"}


def test_a_later_line_of_an_old_day_dates_nothing_above_it(said):
    rows = said(
        "The call is a trap, said Oslo, which has left the talks.",
        "Oslo said on January 24 that it had left the talks because the union was arming.",
    )
    assert [r.stated_text for r in rows] == [None, "January 24"]
    rows = said("The call is a trap, said Oslo.", "Oslo said on Monday it had left the talks.")
    assert [r.stated_text for r in rows] == ["Monday", "Monday"]

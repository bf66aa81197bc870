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


@pytest.mark.parametrize(
    ("line", "content", "channel"),
    [
        (
            "Envoy Ada Ngo admitted a deal could still be reached in an interview with Reuters on Monday.",
            "a deal could still be reached",
            "interview",
        ),
        ("The union said the strike would go on in a statement.", "the strike would go on", "statement"),
        # It may have been the minister who told it there.
        (
            "The union said the minister had rejected the plan in an interview with Reuters.",
            "the minister had rejected the plan in an interview with Reuters",
            None,
        ),
        ("The union said they had talked in an office.", "they had talked in an office", None),
    ],
)
def test_where_something_was_said_is_no_part_of_it(said, line, content, channel):
    assert [(row.content, row.channel) for row in said(line)] == [(content, channel)]


def test_a_name_before_the_noun_tells_sources_apart(told):
    rows = told(
        "A senior Dutch source told Reuters the deal was near.",
        "A source in Peru's negotiating team said there was a chance.",
        "The ferries will sail, the Dutch source said.",
        "The ferries will not sail, the source said.",
    )
    assert [row[0] for row in rows] == [
        "senior Dutch source",
        "source in Peru's negotiating team",
        "senior Dutch source",
        "senior Dutch source",
    ]


def test_one_of_the_officials_is_the_official_from_then_on(told):
    rows = told(
        "A senior Dutch official said the union was not ready.",
        "One of the Chilean officials said the message was good.",
        "“We will sail,” the official said.",
    )
    assert rows[-1][0] == rows[-2][0] == "One of the Chilean officials"


@pytest.mark.parametrize("goes_on", ["also said", "added that"])
def test_a_body_that_goes_on_is_the_one_that_spoke_last(told, goes_on):
    rows = told(
        "A memo from the European Commission said Peru’s proposals were late.",
        f"It {goes_on} Peru’s ideas did not avoid a border.",
    )
    assert rows[-1][0] == "European Commission"


def test_who_dismisses_a_charge_insists(told):
    rows = told("Envoy Ada Ngo dismissed the charge that they had lied, insisting that the note was old.")
    assert {row[0] for row in rows} == {"Ada Ngo"}


def test_a_clause_with_its_own_listener_keeps_its_own_speaker(told):
    rows = told("Envoy Ada Ngo met the ministers who had lied to Lind, warning that the note was old.")
    assert "ministers" not in {row[0] for row in rows}


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        (
            "Roe held a meeting in Warsaw this week with port chief Bill Burns, a source familiar with the "
            "talks told AFP, asking not to be named.",
            "source familiar with the talks",
        ),
        ("He met port chief Bill Burns, a friend of the family, and told AFP it was late.", None),
    ],
)
def test_who_closes_the_sentence_before_a_veil_speaks(told, line, speaker):
    assert ({row[0] for row in told(line)} == {speaker}) is (speaker is not None)


def test_a_body_told_by_its_kind_and_name_goes_by_its_name(told):
    rows = told("The second largest rebel group, the National Liberation Army (ELN), has announced a truce.")
    assert [row[0] for row in rows] == ["ELN"]
    rows = told("The second largest rebel group, which left Lima, has announced a truce.")
    assert [row[0] for row in rows] == ["largest rebel group"]


def test_a_passive_of_state_is_what_somebody_is_told(told):
    rows = told("Ada Ngo, a Chilean diplomat, and Per Lind told Reuters they were committed to the plan.")
    assert {row[:2] for row in rows} == {
        ("Ada Ngo", "they were committed to the plan"),
        ("Per Lind", "they were committed to the plan"),
    }


@pytest.mark.parametrize(
    "dateline", ["CAIRO, Egypt >> ", "CARACAS/BOGOTA (Reuters) -", "CAIRO, Oct 2 (Reuters) - "]
)
def test_the_dateline_is_no_part_of_what_is_said(told, dateline):
    rows = told(f"{dateline}Peru has left the talks, envoy Ada Ngo told reporters.")
    assert [row[:2] for row in rows] == [("Ada Ngo", "Peru has left the talks")]


@pytest.mark.parametrize(
    ("line", "channel"),
    [
        ("On Twitter, envoy Ada Ngo said the tolls would rise.", "X"),
        ("Envoy Ada Ngo said on “Meet the Harbour” that the tolls would rise.", "interview"),
        ("Envoy Ada Ngo said on “sound and fair” terms the tolls would rise.", None),
        ("Envoy Ada Ngo wrote in the Financial Times that the tolls would rise.", "op-ed"),
        ("Writing in the Financial Times, envoy Ada Ngo said the tolls would rise.", "op-ed"),
        ("Envoy Ada Ngo wrote in a hurry that the tolls would rise.", None),
        ("“The tolls will rise,” envoy Ada Ngo told Reuters over the telephone.", "phone call"),
        ("Interviewed on NPR, envoy Ada Ngo said the tolls would rise.", "interview"),
        ("The port said in a readout of the call that the tolls would rise.", "statement"),
        ("Envoy Ada Ngo wrote on her blog that the tolls would rise.", "blog"),
        ("In court papers, the union said the tolls would rise.", "court filing"),
        ("The union said at the court that the tolls would rise.", None),
        ("In testimony before the Senate, envoy Ada Ngo said the tolls would rise.", "hearing"),
        ("“The tolls will rise,” the union said on its website.", "website"),
        ("In an online post, envoy Ada Ngo said the tolls would rise.", "social media"),
        ("Envoy Ada Ngo said in an audio message that the tolls would rise.", "voice message"),
        ("At the Bundespressekonferenz, spokesman Per Holm said the tolls would rise.", "press conference"),
        ("In her call with Rojas on Monday, the palace said she also raised the tolls.", None),
        ("In her call with Rojas on Monday, envoy Ada Ngo said the tolls would rise.", "phone call"),
    ],
)
def test_channels_by_their_words(said, line, channel):
    assert [row.channel for row in said(line)] == [channel]


@pytest.mark.parametrize(
    ("line", "channel"),
    [
        ("Envoy Ada Ngo voiced her hope on Monday for the statement of the council.", None),
        ("Envoy Ada Ngo said, following a briefing by the harbour chief, that the tolls would rise.", None),
        ("The port released a statement saying the tolls would rise.", "statement"),
        ("The statement said the tolls would rise.", "statement"),
        ("Envoy Ada Ngo told a briefing the tolls would rise.", "press conference"),
        ("Envoy Ada Ngo said at the daily briefing the tolls would rise.", "press conference"),
    ],
)
def test_a_document_or_briefing_only_told_of_is_no_channel(said, line, channel):
    rows = [
        row
        for row in said("The port will close, the port said in March.", line)
        if "toll" in row.content or "hope" in row.content
    ]
    assert [row.channel for row in rows] == [channel]


def test_who_holds_a_meeting_says_nothing_before_it(told):
    rows = told(
        "Spokesman Per Holm said that since Lind was present, Ada Ngo held a first discussion of the port."
    )
    assert {row[0] for row in rows} == {"Per Holm"}


@pytest.mark.parametrize(
    ("line", "party"),
    [
        (
            "The union will talk as long as Turkish threats end, government spokesman Per Holm said.",
            None,
        ),
        ("“The note was read by the UN Security Council,” government spokesman Per Holm said.", None),
        ("The Turkish government spokesman Per Holm said the note was read.", "TR"),
        ("Turkey will talk, government spokesman Per Holm said on Friday.", "TR"),
    ],
)
def test_whom_a_spokesman_speaks_of_is_not_for_whom_he_speaks(said, line, party):
    assert [row.party for row in said(line) if row.speaker_name == "Per Holm"] == [party]


def test_whom_the_words_of_a_speaker_end_with_is_not_the_speaker(said):
    rows = said(
        "Spokesman Per Holm said the port is shut.",
        "Lind will continue his contacts and will inform the UN envoy, Holm also said.",
    )
    assert [(row.speaker_name, row.party) for row in rows] == [("Per Holm", None)] * 2
    rows = said("The UN envoy, Ada Ngo, said the port is shut.", "Ngo said the tolls stay.")
    assert rows[-1].party == "UN"

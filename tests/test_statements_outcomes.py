"""Who is behind a participle, a document passed on and an office before a comma; whose word is relayed."""

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


def test_whom_a_row_led_to_say_something_says_it(told):
    rows = told(
        "The ports gave details on Monday of a row with Chile that led to President Ada Ngo announcing over "
        "the weekend that tolls would rise."
    )
    assert [row[:2] for row in rows] == [("Ada Ngo", "tolls would rise")]


def test_who_writes_to_somebody_says_it_himself(told):
    rows = told("Envoy Tomas Lind wrote to President Ada Ngo, announcing that tolls would rise.")
    assert {row[0] for row in rows} == {"Tomas Lind"}


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ("Jane Roe of Reuters", [("Ada Ngo", "the tolls would rise", "Jane Roe")]),
        # An aide vouches for it; he reports nothing.
        ("Jane Roe of the ministry", None),
    ],
)
def test_a_journalist_behind_a_sentence_of_saying_reports_it(told, source, rows):
    found = told(f"Envoy Ada Ngo said the tolls would rise, according to {source}.")
    if rows is None:
        assert "Jane Roe" in {row[0] for row in found}
    else:
        assert found == rows


def test_who_made_a_remark_in_a_statement_that_an_agency_carried_says_it(told):
    rows = told(
        "Ada Ngo, head of the ministry's port department, made the remark in a statement carried by KCNA, "
        "saying the tolls were like rain."
    )
    assert [row[:2] for row in rows] == [("Ada Ngo", "the tolls were like rain")]


def test_who_signed_a_letter_that_another_cites_calls_for_what_it_asks(told):
    rows = told("Tomas Lind cited a letter signed by Ada Ngo, calling for lower tolls.")
    assert "Ada Ngo" in {row[0] for row in rows}


def test_what_an_agency_passes_on_is_the_issuers(told):
    rows = told(
        "The spokesperson of the port issued a statement, calling envoy Ada Ngo a “shameless person” and "
        "dismissing her speech as rhetorical remarks, according to KCNA.",
        "“The tolls stay,” the statement said.",
    )
    assert [row[0] for row in rows] == ["spokesperson of the port", "spokesperson of the port"]
    assert rows[0][2] == "KCNA"


def test_a_participle_of_what_another_should_do_is_the_speakers(told):
    rows = told(
        "Peru said that Chile should stop its talk of tolls, saying Santiago is not fit to discuss them."
    )
    assert {row[0] for row in rows} == {"Peru"}


@pytest.mark.parametrize(
    "office",
    [
        "Head of the Supreme Port Committee",
        "Special Envoy of the United Nations to Peru",
        "Chief of the port",
    ],
)
def test_an_office_with_a_capital_before_a_name_between_commas_is_the_persons(told, office):
    rows = told(f"{office}, Ada Ngo, said on Wednesday that she had held talks.")
    assert [row[0] for row in rows] == ["Ada Ngo"]


def test_an_office_before_another_name_is_not_that_persons(told):
    rows = told("The head of the committee met Ada Ngo, and said that he had held talks.")
    assert "Ada Ngo" not in {row[0] for row in rows}


def test_whose_name_the_parse_parts_from_a_long_office_is_quoted(told):
    rows = told(
        "The prime minister's top adviser on port affairs Ada Ngo was quoted by Reuters as saying it stays."
    )
    assert [row[0] for row in rows] == ["Ada Ngo"]


def test_remarks_that_come_on_the_day_of_an_event_do_not_tell_it(told):
    assert told("Her comments come on the same day that the envoy is due to arrive in Lima.") == []
    assert (
        told("Ada Ngo left. Her warning was that the envoy would not arrive.")[0][1]
        == "the envoy would not arrive"
    )


def test_whom_somebody_testifies_to_is_no_part_of_it(told):
    rows = told(
        "Ada Ngo, testifying to the House Tolls committee on Monday, said she plans to speak to Lind."
    )
    assert [row[:2] for row in rows] == [("Ada Ngo", "she plans to speak to Lind")]


def test_a_weekday_is_no_part_of_an_audience(said):
    rows = said("“The tolls stay,” envoy Ada Ngo told the Senate Finance Committee Tuesday.")
    assert [row.told_to for row in rows] == ["Senate Finance Committee"]


def test_a_persons_name_goes_before_that_of_a_group(told):
    rows = told(
        "Mohamed Ali al-Houthi has confirmed the end of the talks.",
        "Al-Houthi added that the envoy would not come.",
    )
    assert {row[0] for row in rows} == {"Mohammed Ali al-Houthi"} or len({row[0] for row in rows}) == 1


def test_a_group_stays_one_where_nobody_bears_its_name(told):
    rows = told("The Houthis said that the envoy would not come.")
    assert [row[0] for row in rows] == ["Houthis"]


def test_a_department_that_deals_with_a_state_is_not_the_states(said):
    rows = said(
        "Ada Ngo, director of the department of U.S. affairs of Peru's foreign ministry, said tolls rise."
    )
    assert [(row.speaker_name, row.party) for row in rows] == [("Ada Ngo", "PE")]
    rows = said("U.S. envoy Ada Ngo said the tolls would rise.")
    assert [(row.speaker_name, row.party) for row in rows] == [("Ada Ngo", "US")]


def test_a_verb_that_says_little_says_no_scene_before_it(told):
    assert (
        told("In the latest twist of a row that ran for weeks, the union responded angrily on Monday.") == []
    )
    assert [row[1] for row in told("The port is closed, Ada Ngo responded.")] == ["The port is closed"]
    assert told("In this vein, Ada Ngo continued, no port may close.") != []


def test_who_speculates_also_adds(told):
    rows = told("Observers speculated Reuters had the note and added that the trick had failed.")
    assert "Reuters" not in {row[0] for row in rows}


def test_whoever_gets_a_letter_tells_nothing_of_it(told):
    assert (
        told("Striking dockers received a letter from the board on Monday, revealing plans for talks.") == []
    )
    assert told("Striking dockers met the board on Monday, demanding new talks.") != []


@pytest.mark.parametrize(
    "line",
    [
        "The mayor's aides agreed to all but shut down the talks.",
        "The mayor's office offered no details on how long they met.",
        "The mayor's office gave no reason for the delay.",
    ],
)
def test_what_says_nothing_gives_no_row(told, line):
    assert told(line) == []


@pytest.mark.parametrize(
    "line", ["The mayor's office agreed to a truce.", "The mayor's office offered talks on the port."]
)
def test_what_says_something_gives_one(told, line):
    assert len(told(line)) == 1


@pytest.mark.parametrize(("closing", "reporter"), [("ABDX reports", "ABDX"), ("Harper reports", None)])
def test_initials_behind_a_sentence_are_an_outlet(told, closing, reporter):
    rows = told(f"Envoy Ada Ngo said the port would open, {closing}.")
    assert ("Ada Ngo", "the port would open", reporter) in [(r[0], r[1].split(",")[0], r[2]) for r in rows]


def test_who_is_told_this_stands_behind_it(said):
    rows = said("The port will open in May, spokeswoman Ada Ngo told this to Reuters.")
    assert [row.told_to for row in rows] == ["Reuters"]


@pytest.mark.parametrize(
    ("office", "name"),
    [
        ("Minister of Fisheries and Seafood", "Jens Olav Holm"),
        ("Secretary for Trade and Tolls", "Jane Mary Roe"),
    ],
)
def test_the_second_field_of_an_office_is_no_part_of_the_name(told, office, name):
    assert [row[0] for row in told(f"{office} {name} said the boats would stay in port.")] == [name]


def test_a_name_after_and_keeps_its_first_word(told):
    rows = told("The minister of ports and Jens Olav Holm said the boats would stay.")
    assert "Jens Olav Holm" in {row[0] for row in rows}


def test_an_umlaut_may_be_written_with_two_letters(told):
    rows = told(
        "Port chief Karl Schmöller said the tolls would rise.", "Schmoeller added that the boats would stay."
    )
    assert {row[0] for row in rows} == {"Karl Schmöller"}
    rows = told(
        "Port chief Karl Schmoller said the tolls would rise.", "Schmoeller added that the boats would stay."
    )
    assert len({row[0] for row in rows}) == 2


@pytest.mark.parametrize(
    ("line", "content"),
    [
        ("Envoy Ada Ngo indicated on her Twitter that the port was shut.", "the port was shut"),
        (
            "Envoy Ada Ngo has said on Feb. 19 that at this point the port is shut.",
            "at this point the port is shut",
        ),
        ("Envoy Ada Ngo said that was unheard of.", "that was unheard of"),
    ],
)
def test_the_conjunction_is_no_part_of_what_is_said(told, line, content):
    assert [row[1] for row in told(line)] == [content]


def test_a_members_seat_is_no_part_of_the_name(told):
    rows = told(
        "Union leader Karl Lind said the strike goes on.",
        "Meanwhile, the MP for Leeds Jane Roe has told Reuters that she is against it.",
        "The MP said it was late.",
    )
    assert [row[0] for row in rows] == ["Karl Lind", "Jane Roe", "Jane Roe"]


def test_a_member_without_a_name_is_told_of_before(told):
    rows = told("MP Karl Lind said the strike goes on.", "The MP has told Reuters that it is late.")
    assert [row[0] for row in rows] == ["Karl Lind", "Karl Lind"]


def test_an_office_with_a_capital_is_somebody_and_no_body(said):
    rows = said(
        "The Transport Secretary said he will not talk.", "The Transport Board said it will not talk."
    )
    assert [row.speaker_kind for row in rows] == ["anonymous", "institution"]

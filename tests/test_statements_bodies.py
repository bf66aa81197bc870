"""Statements of bodies that common nouns name, of two with one verb, and where each one's words end."""

import pytest

from pipeline.domain import load_domain
from pipeline.extract.statements import extract_statements
from pipeline.resolve import link
from pipeline.settings import Settings
from tests.test_statements import page_of


@pytest.fixture(scope="module")
def rows(nlp):
    pack = load_domain(Settings(domain="generic"))

    def run(*lines):
        page = page_of(nlp, *lines)
        return extract_statements(page, link(page, pack), pack)

    return run


@pytest.fixture(scope="module")
def told(rows):
    return lambda *lines: {(s.speaker_name, s.content) for s in rows(*lines)}


def test_a_body_that_a_common_noun_names_speaks_and_acts_for_no_state(rows):
    found = rows("The Peruvian district answered on Monday, calling the strike “a shame”.")
    assert [(s.speaker_name, s.speaker_kind, s.party) for s in found] == [
        ("Peruvian district", "institution", None)
    ]


def test_a_statement_that_a_colon_hands_over_is_the_next_line(told):
    found = told("The airline offered this statement:", "“We regret what the union has decided.”")
    assert found == {("airline", "“We regret what the union has decided.”")}


def test_a_plan_that_a_colon_hands_over_is_no_statement(told):
    assert told("The airline offered this seat:", "“Row 12.”") == set()


def test_the_organization_is_the_private_body_just_named(told):
    found = told(
        "The Halden Heights Teachers’ Association will strike, as the organization said it had no choice."
    )
    assert ("Halden Heights Teachers’ Association", "it had no choice") in found


@pytest.mark.parametrize(
    ("line", "first", "second"),
    [
        (
            "Norway said its boats had left, while the Dockers’ Union has insisted that they lie in port.",
            ("Norway", "its boats had left"),
            ("Dockers’ Union", "they lie in port"),
        ),
        (
            "Envoy Per Lund said on May 21 that a deal is close and Kenyan Prime Minister Ana Rojas said "
            "she hoped for good news.",
            ("Per Lund", "a deal is close"),
            ("Ana Rojas", "she hoped for good news"),
        ),
    ],
)
def test_what_one_says_ends_where_another_begins(told, line, first, second):
    assert told(line) == {first, second}


def test_a_negotiator_and_his_counterpart_both_speak(rows):
    found = rows(
        "Speaking at a joint press conference, Norway’s chief negotiator Harald Dahl and his EU counterpart "
        "Marcel Bernier both said that much time had been taken up."
    )
    assert {(s.speaker_name, s.party, s.channel) for s in found} == {
        ("Harald Dahl", "NO", "press conference"),
        ("Marcel Bernier", "EU", "press conference"),
    }


@pytest.mark.parametrize(
    ("line", "channel", "told_to"),
    [
        ("“We are close,” Ann Roe said in an appearance on CNBC.", "interview", "CNBC"),
        (
            "Speaking to reporters, Ann Roe said “it is late”, backed by the general assembly.",
            None,
            "reporters",
        ),
        ("Addressing the general assembly, Ann Roe said it was late.", "speech", None),
    ],
)
def test_where_it_was_said(rows, line, channel, told_to):
    assert {(s.channel, s.told_to) for s in rows(line)} == {(channel, told_to)}


@pytest.mark.parametrize(
    ("line", "speaker", "content"),
    [
        ("It’s a joke, is how one diplomat put it.", "one diplomat", "It’s a joke"),
        ("“A farce” is how Ann Roe described the plan.", "Ann Roe", "“A farce”"),
    ],
)
def test_words_before_how_somebody_put_them(rows, line, speaker, content):
    assert [(s.speaker_name, s.content, s.rule) for s in rows(line)] == [(speaker, content, "is_how")]


def test_this_is_how_somebody_put_it_holds_no_words(rows):
    assert [s for s in rows("This is how Ann Roe put it.") if s.rule == "is_how"] == []


def test_condolences_are_no_statement(rows):
    assert rows("Ann Roe offered her condolences on Monday.") == []


def test_who_is_known_as_somebody_speaks_by_that_name(told):
    found = told("“The boats stay,” said the chief negotiator of the dockers, known as Tomas Luna.")
    assert found == {("Tomas Luna", "“The boats stay,”")}


def test_where_somebody_was_born_is_no_part_of_the_name(rows):
    found = rows("Oslo-born Haugen said the ferries would sail.")
    assert [(s.speaker_name, s.speaker_kind, s.party) for s in found] == [("Haugen", "person", None)]


def test_a_channel_is_told_by_its_own_name(rows):
    assert {s.told_to for s in rows("Ann Roe told NTV on Monday that it was late.")} == {"NTV"}


@pytest.mark.parametrize(
    ("line", "speaker", "content"),
    [
        ("At the briefing, Ann Roe said, “we have held four rounds of talks”.",
         "Ann Roe", "“we have held four rounds of talks”"),
        ("The port said talks to end the strike in the docks would resume in May.",
         "port", "talks to end the strike in the docks would resume in May"),
        ("The goal was described as “totally inadequate” by Ann Roe, who left.",
         "Ann Roe", "“totally inadequate”"),
        ("The plan was described by Ann Roe as “a farce”.", "Ann Roe", "“a farce”"),
    ],
)  # fmt: skip
def test_words_are_whole_and_no_more(told, line, speaker, content):
    assert told(line) == {(speaker, content)}


@pytest.mark.parametrize(
    "line",
    [
        "Yesterday, envoy Ann Roe concluded a visit to the port, during which she met dockers.",
        "Boats are threatened by rising seas.",
    ],
)
def test_who_ends_a_visit_and_what_threatens_says_nothing(rows, line):
    assert rows(line) == []


def test_a_judge_and_another_s_adviser_is_one_speaker(told):
    found = told("“We shall see,” said Hans Moe, a retired general and Roe’s peace adviser, who left.")
    assert found == {("Hans Moe", "“We shall see,”")}


def test_a_diplomat_elsewhere_is_another(told):
    found = told("Peru’s negotiator Ann Roe said it was late. The diplomat in Lviv said it was early.")
    assert ("Ann Roe", "it was early") not in found


def test_a_tweet_is_on_x(rows):
    assert {s.channel for s in rows("The talks have ended, according to a tweet from Ann Roe.")} == {"X"}


def test_who_quotes_a_poet_goes_on_herself(rows):
    found = rows(
        "Norwegian minister Ann Roe said the deal was “worth it”, and, quoting Shakespeare, continued: "
        "“Parting is such sweet sorrow.”"
    )
    assert {s.speaker_name for s in found} == {"Ann Roe"}


@pytest.mark.parametrize(
    ("line", "channel"),
    [
        ("An hour after the release of the statement, Norway expressed readiness to send a boat.", None),
        ("The talks had failed, the statement by Norway said.", "statement"),
        ("Ann Roe posted Friday on her twitter account, “The docks are open.”", "X"),
    ],
)
def test_the_channel_is_where_it_was_said_and_not_when(rows, line, channel):
    assert {s.channel for s in rows(line)} == {channel}


def test_an_outlet_beside_its_noun_speaks(rows):
    found = rows("Another Chilean news agency, Reuters, earlier said the boats had left.")
    assert [(s.speaker_name, s.speaker_kind) for s in found] == [("Reuters", "media")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Norway’s envoy in Lima, Hans Moe, let it be known that the boats would sail.",
         {("Hans Moe", "the boats would sail")}),
        ("The Norwegians made it plain that they would not come.",
         {("Norwegians", "they would not come")}),
        ("Norway has signalled readiness to host a summit.", {("Norway", "readiness to host a summit")}),
        ("Norway ruled out a summit until “there is something to sign”, as its spokesman Hans Moe put it.",
         {("Norway", "a summit until “there is something to sign”"),
          ("Hans Moe", "“there is something to sign”")}),
        ("Norway does not let it be known that the boats would sail.", set()),
    ],
)  # fmt: skip
def test_what_is_made_known(told, line, said):
    assert told(line) == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Ann Roe was adamant that the truce must hold.", {("Ann Roe", "the truce must hold", "adjective")}),
        ("It was explicit that the deal was off.", set()),
        ("Ann Roe was not insistent that the deal was off.", set()),
        ("Ann Roe would be adamant that the deal was off.", set()),
    ],
)
def test_who_is_adamant_says_what(rows, line, said):
    assert {(s.speaker_name, s.content, s.rule) for s in rows(line)} == said

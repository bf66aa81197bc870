"""Statements: the medium behind a noun, papers that bodies put out, and who is told by what he leads."""

from dataclasses import replace

import pytest

from pipeline.domain import load_domain
from pipeline.extract.statements import extract_statements
from pipeline.resolve import link
from pipeline.settings import Settings
from tests.test_statements import page_of, reader_of


@pytest.fixture(scope="module")
def said(nlp):
    return reader_of(nlp, load_domain(Settings(domain="generic")))


@pytest.mark.parametrize(
    ("line", "content", "channel"),
    [
        ("Ola Berg condemned the raid in a post on X.", "the raid", "X"),
        (
            "The fisheries ministry announced a ban on shrimp in a press release on Thursday.",
            "a ban on shrimp",
            "press release",
        ),
        (
            "Ola Berg rejected the plan in her weekly interview with the Lome Herald.",
            "the plan",
            "interview",
        ),
        ("Ola Berg criticised the delay at a press conference in Geneva.", "the delay", "press conference"),
        ("Ola Berg called for calm in a televised address on Sunday.", "calm", "televised address"),
        # whose words the medium holds, and not when the other spoke
        (
            "Ola Berg rejected remarks that the union had made in a letter.",
            "remarks that the union had made in a letter",
            None,
        ),
        (
            "Ola Berg rejected the claims in a letter from the miners.",
            "the claims in a letter from the miners",
            None,
        ),
    ],
)
def test_a_noun_ends_before_the_medium_in_which_its_speaker_said_it(said, line, content, channel):
    (row,) = said(line)
    assert row.content == content
    assert channel is None or row.channel == channel


@pytest.mark.parametrize(
    ("line", "speaker", "party"),
    [
        (
            "A Russian foreign ministry statement said the envoys had to leave.",
            "Russian foreign ministry",
            "RU",
        ),
        ("A White House statement said the president had signed.", "White House", "US"),
        ("A Kremlin readout said the call had been frank.", "Kremlin", "RU"),
        ("An army communique claimed that forty rebels had been hurt.", "army", None),
    ],
)
def test_a_paper_speaks_for_the_body_that_its_noun_names(said, line, speaker, party):
    (row,) = said(line)
    assert (row.speaker_name, row.party, row.channel) == (speaker, party, "statement")


def test_a_party_s_memo_is_no_statement_of_a_party(said):
    assert not [r for r in said("A party memo said the tax would go.") if r.speaker_name == "party"]


@pytest.mark.parametrize(
    "who",
    [
        "army chief",
        "central bank governor",
        "club’s chairman",
        "port’s director",
        "delegation’s head",
        "union leader",
    ],
)
def test_who_leads_something_told_by_a_common_noun_is_somebody(said, who):
    (row,) = said(f"The {who} said the talks were over.")
    assert (row.speaker_name, row.speaker_kind, row.content) == (who, "anonymous", "the talks were over")


@pytest.mark.parametrize("who", ["city’s mayor", "opposition leader"])
def test_a_leader_whom_everybody_knows_by_name_is_not_nobody_in_particular(said, who):
    assert said(f"The {who} said the talks were over.") == []


@pytest.mark.parametrize(
    ("line", "content"),
    [
        ("Lars Vik, in a letter to the council, asked for an exemption.", "an exemption"),
        ("Lars Vik, speaking in parliament, asked for more time.", "more time"),
        ("Lars Vik, asked about the strike, urged both sides to return.", "both sides to return"),
        (
            "Premier Lars Vik is not convinced: “We have seen this film before.”",
            "“We have seen this film before.”",
        ),
        ("Lars Vik’s reaction was swift: “We will not pay.”", "“We will not pay.”"),
        ("Lars Vik left no doubt that he would run again.", "he would run again"),
        ("Lars Vik poured cold water on the idea of a summit.", "the idea of a summit"),
        ("Lars Vik cast doubt on the figures.", "the figures"),
    ],
)
def test_insertions_and_idioms_of_saying(said, line, content):
    (row,) = said(line)
    assert (row.speaker_name, row.content) == ("Lars Vik", content)


def test_what_somebody_was_asked_is_not_his_own_word(said):
    assert said("Lars Vik, asked about the strike.") == []


@pytest.mark.parametrize(
    ("line", "channel"),
    [
        ("At a rally in Tbilisi, Nino Beridze promised to reopen the talks.", "speech"),
        ("In an address to the nation on Saturday, Ola Berg ruled out early elections.", "televised address"),
        (
            "During a phone call on Monday, Ola Berg thanked the emir for help, according to a statement.",
            "phone call",
        ),
        ("Ola Berg thanked the emir for his help, according to a statement.", "statement"),
    ],
)
def test_where_and_by_what_means_it_was_said(said, line, channel):
    assert [r.channel for r in said(line) if r.speaker_name in {"Ola Berg", "Nino Beridze"}] == [channel]


@pytest.mark.parametrize(
    ("line", "speaker", "content"),
    [
        ("It was announced by the ministry that the port would close.", "ministry", "the port would close"),
        ("Workers were told by the company that the mill would close.", "company", "the mill would close"),
        (
            "Both sides were urged by the mediator to return to the table.",
            "mediator",
            "to return to the table",
        ),
        (
            "The plan is, as Premier Lars Vik put it, a trap.",
            "Lars Vik",
            "The plan is, as Premier Lars Vik put it, a trap",
        ),
    ],
)
def test_passives_and_words_around_as_somebody_put_it(said, line, speaker, content):
    assert [(r.speaker_name, r.content) for r in said(line)] == [(speaker, content)]


def test_nothing_is_said_by_nobody_or_in_begging_to_differ(said):
    assert said("It was announced on Monday that the port would close.") == []
    assert said("Premier Lars Vik begs to differ.") == []


def test_a_state_that_is_accused_is_not_the_accuser_s(said):
    (row,) = said("Sweden was accused by Premier Lars Vik of cheating.")
    assert row.party is None


@pytest.mark.parametrize(
    "source",
    ["reporting by the Lome Herald", "reporting from the Lome Herald", "coverage in the Lome Herald"],
)
def test_the_reporting_of_an_outlet_is_the_outlet(said, source):
    (row,) = said(f"The mill will close in May, according to {source}.")
    assert (row.speaker_name, row.speaker_kind) == ("Lome Herald", "media")
    assert row.content == "The mill will close in May"


def test_a_quotation_with_a_credit_of_its_own_continues_nobody(said):
    found = said(
        "Ola Berg said the mill would close.",
        "“Who will pay for it?” – questions from the Herald that she left open.",
    )
    assert [(r.speaker_name, r.content) for r in found] == [("Ola Berg", "the mill would close")]


@pytest.mark.parametrize(
    ("between", "outlet"),
    [
        ([], "The Economist"),  # the post before may go on in this one
        (["The ferries sailed at noon.", "The harbour was quiet."], None),
    ],
)
def test_an_outlet_of_a_post_some_posts_ago_reports_nothing_here(nlp, between, outlet):
    page = page_of(
        nlp,
        "The talks will fail, The Economist wrote, citing a source in the ministry.",
        *between,
        "“They are stuck,” the source added.",
    )
    posts = replace(page, blocks=tuple(replace(b, entry_no=n) for n, b in enumerate(page.blocks)))
    pack = load_domain(Settings(domain="generic"))
    last = extract_statements(posts, link(posts, pack), pack)[-1]
    assert (last.content, last.reported_by) == ("“They are stuck,”", outlet)


def test_who_spoke_some_posts_ago_speaks_no_longer(nlp):
    page = page_of(
        nlp,
        "Ola Berg said that the talks would fail.",
        "The ferries sailed at noon.",
        "He added that they were stuck.",
    )
    posts = replace(page, blocks=tuple(replace(b, entry_no=n) for n, b in enumerate(page.blocks)))
    pack = load_domain(Settings(domain="generic"))
    rows = extract_statements(posts, link(posts, pack), pack)
    assert [row.speaker_name for row in rows] == ["Ola Berg"]


def test_a_source_who_told_one_outlet_is_not_the_source_of_the_one_before(said):
    rows = said(
        "The ferries are full, Politico reported, citing a source in the harbour.",
        "The talks will fail, an unnamed diplomat has told Reuters.",
        "“They are stuck,” the source said.",
    )
    assert [(row.speaker_kind, row.reported_by) for row in rows][1:] == [("anonymous", None)] * 2

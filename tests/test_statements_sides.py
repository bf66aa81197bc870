"""Whom speakers act for where the page tells little, and the channels of joint documents."""

import dataclasses

import pytest

from pipeline.domain import load_domain
from pipeline.extract.statements import extract_statements
from pipeline.resolve import link
from pipeline.settings import Settings
from tests.test_statements import page_of, reader_of


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


@pytest.fixture(scope="module")
def said(nlp, pack):
    return reader_of(nlp, pack)


@pytest.fixture(scope="module")
def undated(nlp, pack):
    def run(*lines):
        page = page_of(nlp, *lines)
        document = dataclasses.replace(page.document, published_from=None, published_to=None)
        page = dataclasses.replace(page, document=document)
        return [(r.speaker_name, r.party) for r in extract_statements(page, link(page, pack), pack)]

    return run


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Christopher Hill said the ferries will sail.", ("Christopher Hill", "US")),
        ("Former envoy Christopher Hill said the ferries will sail.", ("Christopher Hill", None)),
    ],
)
def test_who_only_served_one_side_is_of_it_on_a_page_of_no_day(undated, line, row):
    assert undated(line) == [row]


def test_a_title_of_one_state_alone_is_its_holders_on_a_page_of_no_day(undated):
    rows = undated("Leo Varadkar left the hall. The Taoiseach said the ferries will sail.")
    assert rows == [("Leo Varadkar", "IE")]


@pytest.mark.parametrize(
    ("line", "party"),
    [
        (
            "A spokesman for a ministry of the Democratic People's Republic of Korea said it agreed.",
            "KP",
        ),
        ("The chief negotiator for Yemen's Iran-backed Houthi movement said it would agree.", None),
        ("The G77 + China group said it would agree.", None),
    ],
)
def test_sides_of_long_names_and_movements(said, line, party):
    assert [r.party for r in said(line)] == [party]


def test_a_leader_is_not_who_he_speaks_with(said):
    rows = said(
        "The talks ended as the American leader met with Ada Ngo. Ada Ngo said that Peru agreed to it."
    )
    assert [(r.speaker_name, r.party) for r in rows if r.speaker_name == "Ada Ngo"] == [("Ada Ngo", None)]


def test_who_says_what_it_will_do_is_no_person(said):
    rows = said("Vialog says it will go on with the talks.")
    assert [r.speaker_kind for r in rows] == ["institution"]


def test_what_a_joint_statement_goes_on_to_say_is_of_that_channel(said):
    rows = said(
        "Lima has issued a joint statement by the Peruvian and Chilean delegations as a result of the talks.",
        "The statement said the ferries will sail. It also says that both sides agreed.",
    )
    assert [r.channel for r in rows] == ["joint statement", "joint statement"]


def test_a_surname_behind_a_hyphen_is_no_state(said):
    rows = said(
        "Chief negotiator Jane Crabtree-Ireland left. Crabtree-Ireland told Reuters that it was late."
    )
    assert [(r.speaker_name, r.speaker_kind, r.party) for r in rows] == [
        ("Jane Crabtree-Ireland", "person", None)
    ]


@pytest.mark.parametrize(
    ("line", "party"),
    [
        (
            "Moscow wants the talks to go on, said the de facto president of occupied Abkhazia, Aslan Bazan.",
            None,
        ),
        ("Corneille Roe, leader of the allied Congo River Alliance, said the talks will go on.", None),
        (
            "The Myanmar junta and rebels met. China was host. Junta spokesperson Zaw Roe said talks go on.",
            "MM",
        ),
    ],
)
def test_whose_a_leader_or_spokesman_is(said, line, party):
    assert [r.party for r in said(line) if r.speaker_kind == "person"] == [party]


def test_the_minister_is_the_one_who_speaks(said):
    rows = said(
        "Peruvian Energy Minister Ada Ngo said on Monday the talks would go on. Ngo met her Chilean "
        "counterpart, Energy Minister Tomas Lind.",
        "“We discussed the market,” Reuters cited the minister as saying.",
    )
    assert [r.speaker_name for r in rows] == ["Ada Ngo", "Ada Ngo"]


def test_an_alliance_of_states_is_no_agency(said):
    rows = said("“The activity of NATO in Georgia is a threat,” the agency said.")
    assert "NATO" not in [r.speaker_name for r in rows]


@pytest.mark.parametrize(
    ("line", "party"),
    [
        (
            "ISLAMABAD, Pakistan: The talks will be held soon, Foreign Office spokesman Qazi Roe said here. "
            "India agreed to them.",
            "PK",
        ),
        ("In London, Foreign Office spokesman Per Roe said the talks will be held soon.", "GB"),
        ("Peru waits. “The date hangs on the Chilean reply,” ministry spokesman Per Roe said.", "PE"),
        (
            "Northern Ireland has no government. Secretary of State Jane Roe said they were talking.",
            "GB",
        ),
    ],
)
def test_offices_that_several_states_have_are_the_pages_own(said, line, party):
    assert [r.party for r in said(line) if r.speaker_kind == "person"] == [party]


def test_whom_a_speaker_told_one_thing_he_need_not_have_told_the_next(said):
    rows = said(
        "Negotiator Per Roe said he informed the government of Peru of his terms.",
        "Roe told the government of Peru that it was late.",
        "Roe said that the talks would go on.",
    )
    assert [r.told_to for r in rows][-1] is None


def test_the_channel_of_a_briefing_is_no_audience(said):
    rows = said("“We go on with the talks,” Minister Tomas Lind told a late-night news conference.")
    assert [(r.channel, r.told_to) for r in rows] == [("press conference", None)]


def test_who_doubles_down_says_so_himself(said):
    rows = said(
        "Ada Ngo called the visit a “farce”, with Peruvian negotiator Tomas Lind rejecting the plan, saying: "
        "“I do not think it helped.”"
    )
    assert [(r.speaker_name, r.content) for r in rows if "helped" in r.content] == [
        ("Tomas Lind", "“I do not think it helped.”")
    ]


def test_the_party_is_the_one_that_has_spoken(said):
    rows = said(
        "Sinn Fein said the talks have run their course.", "The party said it will not name a minister."
    )
    assert len({r.speaker_name for r in rows}) == 1


def test_a_response_in_a_statement_is_said(said):
    rows = said("Ada Ngo responded in a statement that the port had worked to restore the ferries.")
    assert [(r.content, r.channel) for r in rows] == [
        ("the port had worked to restore the ferries", "statement")
    ]

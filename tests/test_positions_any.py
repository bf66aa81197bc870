"""Positions on what any negotiation may be about, with the generic pack; movements as parties to it."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.extract.positions import extract_positions
from pipeline.extract.statements import extract_statements
from pipeline.model import Block, Document, Page
from pipeline.resolve import link
from pipeline.settings import Settings
from tests.test_positions import positions_of, stances

ON_TALKS = "The talks went into their third week."


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


def held(nlp, pack, *lines):
    """(party or name, issue) -> stance of a page that tells of talks."""
    lines = (ON_TALKS, *lines)
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    blocks = tuple(
        Block(f"b{n}", "d", n, start, start + len(line), "body", "test")
        for n, (start, line) in enumerate(zip(starts, lines, strict=True))
    )
    document = Document(
        "d", "d.txt", None, None, (), None, None, None, "unknown", "article", "en",
        None, "\n".join(lines), 1, "", None, dt.datetime(2026, 5, 3),
    )  # fmt: skip
    page = Page(document, blocks, {n: nlp(line) for n, line in enumerate(lines)})
    links = link(page, pack)
    found = extract_positions(page, links, extract_statements(page, links, pack), pack)
    return {(p.party or p.actor_name, p.issue_id): p.stance for p in found}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Peru ruled out a truce until Chile lifts the blockade.", {("PE", "ceasefire"): "conditional"}),
        ("Norway called for the release of all prisoners.", {("NO", "prisoner_release"): "support"}),
        ("Ghana demanded the withdrawal of troops from the towns.", {("GH", "troop_withdrawal"): "support"}),
        ("Chile insisted that all tariffs on copper must be scrapped.", {("CL", "tariff_relief"): "support"}),
        ("Kenya rejected the peace plan.", {("KE", "agreement"): "oppose"}),
        ("Ghana said it was opposed to European peacekeepers.", {("GH", "foreign_force"): "oppose"}),
        ("Kenya told Ghana that it would send peacekeepers.", {("KE", "foreign_force"): "support"}),
        ("Ada Ngo threatened to quit if Kenya accepted the peace deal.", {}),
        ("Japan is ready to resume talks with Peru.", {("JP", "negotiations"): "support"}),
        ("Kenya urged talks with Ghana to end the strike.", {("KE", "negotiations"): "support"}),
        ("Kenya wants a legally binding agreement.", {("KE", "agreement"): "support"}),
        ("Kenya refuses to negotiate over the dam.", {("KE", "negotiations"): "oppose"}),
        ("Chile called the tariffs unacceptable.", {("CL", "tariff_relief"): "support"}),
        ("Chile will never accept a backstop plan.", {("CL", "agreement"): "oppose"}),
        ("Chile offered to extend the New START treaty.", {("CL", "agreement"): "support"}),
        ("Chile insists on a two-state deal.", {("CL", "agreement"): "support"}),
        ("Peru demanded an end to the use of fossil fuels.", {("PE", "emission_cuts"): "support"}),
        ("Peru wants a fossil fuel phase-out.", {("PE", "emission_cuts"): "support"}),
        ("Chile is ready to sign the peace treaty.", {("CL", "agreement"): "support"}),
        ("Chile said its peace plan was the only solution.", {("CL", "agreement"): "support"}),
        ("Norway rejected international mediation.", {("NO", "mediation"): "oppose"}),
        ("Norway rejected a proposal by international mediators.", {("NO", "agreement"): "oppose"}),
        ("Norway offered to mediate between the two.", {("NO", "mediation"): "support"}),
        # that talks were held is a meeting, not a position; an act is none of a thing that shares its words
        ("Peru and Chile held talks on Monday.", {}),
        ("Peru reported a violation of the truce.", {}),
        ("The price war between Peru and Chile goes on.", {}),
    ],
)  # fmt: skip
def test_issues_of_any_negotiation_are_found(nlp, pack, sentence, expected):
    found = held(nlp, pack, sentence)
    assert {key: found.get(key) for key in expected} == expected
    assert bool(found) == bool(expected)


def test_a_page_that_tells_of_no_negotiation_has_no_positions(nlp, pack):
    document = Document(
        "d", "d.txt", None, None, (), None, None, None, "unknown", "article", "en",
        None, "Peru demanded the release of all prisoners.", 1, "", None, dt.datetime(2026, 5, 3),
    )  # fmt: skip
    page = Page(document, (Block("b0", "d", 0, 0, 44, "body", "test"),), {0: nlp(document.text)})
    assert extract_positions(page, link(page, pack), [], pack) == []


def test_the_proposal_takes_up_an_agreement_named_before(nlp, pack):
    found = held(
        nlp, pack, "Envoys handed over the peace plan.", "Rain fell.", "Peru dismissed the proposal."
    )
    assert found == {("PE", "agreement"): "oppose"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Houthis rejected a ceasefire.", {("Houthis", "ceasefire"): "oppose"}),
        ("Houthi spokesman Ivo Brandt rejected a ceasefire.", {("Ivo Brandt", "ceasefire"): "oppose"}),
        ("Ivo Brandt, envoy of the Houthis, rejected a ceasefire.", {("Ivo Brandt", "ceasefire"): "oppose"}),
        # whose people are called by a noun beside its name, or speak for it unnamed
        ("FARC guerrillas rejected a ceasefire.", {("FARC", "ceasefire"): "oppose"}),
        ("The M23 rebel group rejected a ceasefire.", {("M23", "ceasefire"): "oppose"}),
        ("A senior Taliban official rejected a ceasefire.", {("Taliban", "ceasefire"): "oppose"}),
        ("A Houthi adviser said: \"We will not accept a ceasefire.\"", {("Houthis", "ceasefire"): "oppose"}),
        ("Former FARC guerrillas rejected a ceasefire.", {}),
        ("Anti-Houthi fighters rejected a ceasefire.", {}),
        # without a part in the negotiation, or for a state in which they only are
        ("The painter Ivo Brandt rejected a ceasefire.", {}),
        ("Yemen's rebels rejected a ceasefire.", {}),
        ("Yemen's opposition leader rejected a ceasefire.", {}),
        ("Yemen's main rebel group announced a ceasefire.", {}),
        ("The armed Yemeni group rejected a ceasefire.", {}),
        ("The West wants a ceasefire.", {}),
    ],
)  # fmt: skip
def test_movements_are_parties_and_rebels_are_of_no_state(nlp, pack, sentence, expected):
    assert held(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Morvenia will not lift the sanctions, nor will it accept a truce.",
            {("Morvenia", "sanctions_relief"): "oppose", ("Morvenia", "truce"): "oppose"},
        ),
        (
            "Morvenia repeatedly rejected Xandria's proposal on a truce.",
            {("Morvenia", "truce"): "oppose", ("Xandria", "truce"): "support"},
        ),
        # what has its own matter says nothing of what was named before
        ("Xandria wants a truce. Morvenia has no intention of leaving.", {("Xandria", "truce"): "support"}),
        ("Xandria wants a truce. It wants guilds to support the fair.", {("Xandria", "truce"): "support"}),
        ("Xandria wants a truce. There will be no surrender.", {("Xandria", "truce"): "support"}),
        ("Xandria wants a truce. It is too early to judge the harvest.", {("Xandria", "truce"): "support"}),
        # nor does an adjective that tells of what kind a thing is
        ("Morvenia spoke at length of a useful truce.", {}),
        ("Envoys spoke of a truce that meets Morvenia's demands.", {}),
        ("The visit by Morvenia raised hopes for a truce.", {}),
        ("It was the only way for Morvenia to lift the sanctions.", {}),
    ],
)  # fmt: skip
def test_what_is_told_of_the_issue_is_told_from_what_is_beside_it(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Morvenia will not lift the sanctions before the return of the valley.", "conditional"),
        ("Morvenia will not lift the sanctions before the summit.", "oppose"),
        ("Morvenia vowed to lift the sanctions and to stop providing Xandria with grain.", "support"),
    ],
)
def test_an_act_that_is_waited_for_is_a_condition(nlp, sentence, stance):
    assert stances(nlp, sentence)[("Morvenia", "sanctions_relief")] == stance


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("A truce with Morvenia is and remains acceptable", {("Mara Voss", "truce"): "support"}),
        (
            "If there is to be a fair, a truce with Morvenia will have to come",
            {("Mara Voss", "truce"): "support"},
        ),
        ("The towns need a hall, not just a truce with Morvenia", {("Mara Voss", "truce"): "support"}),
        ("The details will require a truce with Morvenia", {}),
        ("The truce with Morvenia could not be verified", {}),
    ],
)
def test_what_a_speaker_says_is_a_wish_only_if_it_wishes(nlp, clause, expected):
    found = stances(nlp, f"{clause}, Mara Voss said.", statements=[(clause, "Mara Voss")])
    assert found == expected


def test_a_participle_does_not_take_the_subject_of_its_clause_away(nlp, pack):
    found = held(
        nlp,
        pack,
        "Peru's caretaker unity government, formed to oppose the junta that seized power two years ago, "
        "on Wednesday ruled out a truce.",
    )
    assert found == {("PE", "ceasefire"): "oppose"}


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Morvenia said there will be no truce as long as it insists on a new president.", "conditional"),
        ("Morvenia said there will be no truce as long as he is president.", "oppose"),
    ],
)  # fmt: skip
def test_a_refusal_lasts_as_long_as_a_demand_and_is_final_for_a_term_of_office(nlp, sentence, stance):
    clause = sentence.removeprefix("Morvenia said ").removesuffix(".")
    assert stances(nlp, sentence, statements=[(clause, "Ivo Brandt")])[("Ivo Brandt", "truce")] == stance


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A senior Peruvian official said: \"We will not accept a truce.\"", {("PE", "ceasefire"): "oppose"}),
        # what an unnamed official expects of others is no wish of his
        ("The guards would stop the attacks, a Peruvian official said.", {}),
    ],
)  # fmt: skip
def test_an_unnamed_official_says_we_of_the_side_he_acts_for(nlp, pack, sentence, expected):
    assert held(nlp, pack, sentence) == expected


def test_the_subject_of_what_is_said_may_be_an_actor(nlp):
    _, found = positions_of(nlp, "Morvenia welcomed the truce.", "Xandria said it would buy the ships.")
    assert [p.rule for p in found] == ["back"]

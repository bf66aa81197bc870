"""Meeting mentions read off small invented pages."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.errors import ReferenceDataError
from pipeline.extract.meetings import extract_meeting_mentions, merge_meetings
from pipeline.extract.meetings.cues import load_cues
from pipeline.extract.meetings.gate import Gate
from pipeline.extract.statements import extract_statements
from pipeline.model import Block, Document, Page
from pipeline.nlp import parse_blocks
from pipeline.resolve import link
from pipeline.settings import Settings

ARTICLE = [
    "U.S. envoy Nathan Sealy met Ukrainian Foreign Minister Olha Danko in Geneva on Tuesday.",
    "The meeting lasted three hours, a diplomat said.",
    "Sealy is expected to travel to Moscow on Friday to see Russian President Rodion Kalugin.",
    "German Chancellor Annette Bruehl spoke by phone with Danko on Monday.",
    "A visit of the French foreign minister, Luc Vautrin, to Kyiv has been postponed.",
    "Russian and Ukrainian negotiators held talks in Muscat in February.",
    "There are no plans for Kalugin to meet Danko, the Kremlin said.",
]
QUIET = [
    "Sealy told reporters at a press conference in Washington that he was tired.",
    "Ukraine's cabinet held a meeting on Tuesday.",
    "The proposal met with criticism in Berlin and in Paris.",
    "Bruehl called on Moscow to stop its attacks.",
    "Chelsea meet Arsenal at Wembley on Saturday.",
    "The company held a conference call with investors on Monday.",
    "The peace process has gone nowhere.",
    "The finance ministers passed another round of sanctions on Friday.",
]


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


@pytest.fixture(scope="module")
def read(nlp, pack):
    def run(lines, published=dt.date(2026, 3, 11)):
        text = "\n".join(lines)
        blocks, at = [], 0
        for number, line in enumerate(lines):
            blocks.append(Block(f"b{number}", "d", number, at, at + len(line), "body", "test"))
            at += len(line) + 1
        page_document = Document(
            "d", "d.txt", "Post", None, (), None, published, published, "explicit", "article", "en", None,
            text, len(text.split()), "0", None, dt.datetime(2026, 1, 1),
        )  # fmt: skip
        page = Page(page_document, tuple(blocks), parse_blocks(nlp, page_document, blocks))
        links = link(page, pack)
        mentions = extract_meeting_mentions(page, links, extract_statements(page, links, pack), pack)
        return page, merge_meetings(mentions, [page], pack)

    return run


@pytest.fixture(scope="module")
def article(read):
    page, merged = read(ARTICLE)
    return page, {int(m.block_id[1:]): m for m in merged.mentions}, merged


def test_evidence_is_the_text_it_points_to_and_lies_in_its_block(article):
    page, rows, _ = article
    for number, row in rows.items():
        block = page.blocks[number]
        assert page.document.text[row.char_start : row.char_end] == row.evidence
        assert block.char_start <= row.char_start < row.char_end <= block.char_end


def test_a_meeting_has_its_people_place_and_day(article):
    _, rows, _ = article
    row = rows[0]
    assert set(row.participants) == {"Nathan Sealy", "Olha Danko"}
    assert row.parties == ("UA", "US")
    assert (row.place, row.status, row.form) == ("Geneva", "held", "in_person")
    assert (row.date_from, row.date_basis) == (dt.date(2026, 3, 10), "relative")


def test_a_definite_reference_belongs_to_the_meeting_told_before(article):
    _, rows, _ = article
    assert rows[1].meeting_id == rows[0].meeting_id
    assert rows[1].merge_rule == "reference_by_context"
    assert (rows[1].date_from, rows[1].date_basis) == (dt.date(2026, 3, 10), "inferred")


def test_a_journey_and_its_purpose_are_one_mention(article):
    _, rows, _ = article
    row = rows[2]
    assert set(row.participants) == {"Nathan Sealy", "Rodion Kalugin"}
    assert (row.place, row.status, row.date_from) == ("Moscow", "scheduled", dt.date(2026, 3, 13))


def test_a_call_is_told_by_its_medium(article):
    _, rows, _ = article
    assert (rows[3].form, rows[3].parties, rows[3].place) == ("phone", ("DE", "UA"), None)


def test_what_is_put_off_is_cancelled(article):
    _, rows, _ = article
    assert (rows[4].status, rows[4].place) == ("cancelled", "Kyiv")


def test_delegations_take_part_by_party(article):
    _, rows, _ = article
    assert (rows[5].participants, rows[5].parties) == ((), ("RU", "UA"))
    assert (rows[5].date_from, rows[5].date_to) == (dt.date(2026, 2, 1), dt.date(2026, 2, 28))


def test_a_denied_plan_is_ruled_out(article):
    _, rows, _ = article
    assert rows[6].status == "ruled_out"


def test_each_row_names_its_rule_and_reason(article):
    _, rows, merged = article
    assert all(r.rule and r.merge_rule and 0 < r.confidence <= 1 for r in rows.values())
    assert {m.meeting_id for m in merged.mentions} == {m.meeting_id for m in merged.meetings}


def test_a_second_run_gives_the_same_rows(read, article):
    assert read(ARTICLE)[1] == article[2]


def test_what_is_no_meeting_between_parties_gives_no_row(read):
    _, merged = read(QUIET)
    assert [m.evidence for m in merged.mentions] == []


def test_a_city_stands_for_the_meeting_that_was_there(read):
    _, merged = read([ARTICLE[0], "Since Geneva, both capitals have been silent."])
    assert [m.rule for m in merged.mentions] == ["verb_meet", "place_for_occasion"]
    assert len(merged.meetings) == 1


def test_two_meetings_in_a_line_are_two_mentions(read):
    line = (
        "Olha Danko, the Ukrainian foreign minister, met Polish President Jan Nowak in Warsaw on Monday and "
        "will meet German Chancellor Annette Bruehl in Berlin on Thursday."
    )
    _, merged = read([line])
    assert sorted((m.place, m.status) for m in merged.mentions) == [
        ("Berlin", "scheduled"),
        ("Warsaw", "held"),
    ]


def test_who_speaks_takes_part_in_the_meeting_he_tells_of(read):
    _, merged = read(
        ["“I met the Russian foreign minister in Doha last week,” Ukrainian envoy Olha Danko said."]
    )
    (row,) = merged.mentions
    assert row.participants == ("Olha Danko",)
    assert row.parties == ("RU", "UA")
    assert row.statement_id is not None


def test_reference_data_refuses_unknown_keys(tmp_path):
    original = (Settings().reference / "meetings.yaml").read_text(encoding="utf-8")
    (tmp_path / "meetings.yaml").write_text(original + "\nunheard_of: [word]\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError):
        load_cues(tmp_path)


def test_a_dateline_tells_the_place_if_its_host_takes_part(read):
    line = "ANKARA, March 11. Turkish Foreign Minister Orhan Tezcan met US envoy Nathan Sealy on Tuesday."
    _, merged = read([line])
    assert [m.place for m in merged.mentions] == ["Ankara"]
    _, elsewhere = read([line.replace("ANKARA", "PARIS")])
    assert [m.place for m in elsewhere.mentions] == [None]


def test_those_who_answer_are_meant_by_you_only_in_questions(read):
    _, merged = read(["You met the Russian foreign minister in Doha last week."])
    assert merged.mentions == ()


def test_what_the_gate_passes_over_tells_of_no_meeting(read, monkeypatch):
    lines = [
        *ARTICLE,
        *QUIET,
        "At Geneva, a one-on-one lasted an hour, and the second was held in Oslo on Monday.",
        "The delegations filed back in, and the teams did not address the tariffs.",
        "Danko picked up the phone to Kalugin on Friday.",
    ]
    _, gated = read(lines)
    monkeypatch.setattr(Gate, "openings", lambda _, doc: [t.i for t in doc if not t.is_punct])
    _, whole = read(lines)
    assert gated.mentions == whole.mentions
    assert len(gated.mentions) > len(ARTICLE)

"""Statements: spans, speakers, forms and circumstances on small invented texts."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain import load_domain
from pipeline.extract.statements import extract_statements
from pipeline.extract.statements.cues import load_speech
from pipeline.extract.statements.layout import plan_lines
from pipeline.extract.statements.lines import make_line
from pipeline.extract.statements.quotes import find_quotes
from pipeline.model import Block, Document, Page
from pipeline.nlp import parse_blocks
from pipeline.resolve import link
from pipeline.settings import Settings

DAY = dt.date(2026, 3, 5)  # a Thursday


def page_of(nlp, *lines):
    """A page with one body block a line."""
    text = "\n".join(lines)
    blocks, position = [], 0
    for number, line in enumerate(lines):
        blocks.append(Block(f"blk_{number}", "doc", number, position, position + len(line), "body", "test"))
        position += len(line) + 1
    document = Document(
        "doc", "t.txt", None, None, (), None, DAY, DAY, "explicit", "article", "en", None, text, 1, "", None,
        dt.datetime(2026, 3, 6, tzinfo=dt.UTC),
    )  # fmt: skip
    return Page(document, tuple(blocks), parse_blocks(nlp, document, blocks))


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


def reader_of(nlp, pack):
    """Reads the statements of lines, whose content is where it is said to be."""

    def run(*lines):
        page = page_of(nlp, *lines)
        rows = extract_statements(page, link(page, pack), pack)
        for row in rows:
            assert page.document.text[row.content_start : row.content_end] == row.content
        return rows

    return run


@pytest.fixture(scope="module")
def said(nlp, pack):
    return reader_of(nlp, pack)


def pairs(rows):
    return [(row.speaker_name, row.content) for row in rows]


# --- quotation marks ---


def quoted(text):
    return [text[q.start : q.end] for q in find_quotes(text).spans]


def test_marks_of_any_style_pair_and_nested_ones_stay_inside():
    assert quoted("“One ‘two’ three,” he said. «Four».") == ["“One ‘two’ three,”", "«Four»"]
    assert quoted('"It\'s his," she said, "not ours."') == ['"It\'s his,"', '"not ours."']


def test_an_apostrophe_opens_and_closes_nothing():
    assert quoted("The allies’ plan isn’t Kyiv’s.") == []
    assert quoted("‘It’s the allies’ plan,’ he said") == ["‘It’s the allies’ plan,’"]


def test_a_closing_mark_that_opens_a_line_is_an_opening_one():
    assert quoted("”We are ready,” he wrote") == ["”We are ready,”"]


def test_an_open_mark_runs_to_the_end_of_the_line():
    (quote,) = find_quotes("“First paragraph of many.").spans
    assert not quote.closed
    assert quote.end == len("“First paragraph of many.")


@given(st.text(alphabet="ab “”‘’\"'.,«»", max_size=60))
def test_quotations_are_ordered_disjoint_and_inside_the_text(text):
    spans = find_quotes(text).spans
    assert all(0 <= q.start < q.end <= len(text) for q in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(st.text(alphabet="ab “”.", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_snapping_widens_and_cuts_no_quotation(text, a, b):
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    quotes = find_quotes(text)
    low, high = quotes.snap(start, end)
    assert low <= start and high >= end
    assert all(q.end <= low or q.start >= high or (low <= q.start and q.end <= high) for q in quotes.spans)


# --- frames ---


def test_quotation_clause_and_continuation_of_one_speaker(said):
    rows = said("“We are close,” Maria Alvarez said. “But not there.” She added that work remained.")
    assert pairs(rows) == [
        ("Maria Alvarez", "“We are close,” Maria Alvarez said. “But not there.”"),
        ("Maria Alvarez", "work remained"),
    ]
    assert [row.form for row in rows] == ["direct", "indirect"]


def test_parenthetical_and_inserted_attribution(said):
    rows = said(
        "The port would reopen on Monday, John Smith said.",
        "If they agree, John Smith told Reuters, both will sign.",
    )
    assert pairs(rows)[0] == ("John Smith", "The port would reopen on Monday")
    assert rows[1].content == "If they agree, John Smith told Reuters, both will sign"
    assert rows[1].told_to == "Reuters"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("John Smith accused Germany of dragging its feet.", "Germany of dragging its feet"),
        ("John Smith described the plan as “a farce.”", "the plan as “a farce.”"),
        ("John Smith called for an immediate truce.", "an immediate truce"),
        ("John Smith vowed to continue the talks.", "to continue the talks"),
        ("John Smith urged both sides to return to the table.", "both sides to return to the table"),
        ("John Smith has rejected the latest offer.", "the latest offer"),
        ("John Smith did not rule out further talks.", "further talks"),
    ],
)
def test_verbs_speak_through_their_frames(said, text, content):
    assert pairs(said(text)) == [("John Smith", content)]


@pytest.mark.parametrize(
    "text",
    [
        "John Smith declined to say whether the talks would go on.",
        "John Smith wants to announce the deal in June.",
        "John Smith did not say when he would leave.",
        "John Smith may announce a deal.",
        "Did John Smith announce the deal?",
    ],
)
def test_what_is_not_said_is_no_statement(said, text):
    assert said(text) == []


@pytest.mark.parametrize("verb", ["would only say", "would say only"])
def test_who_would_only_say_something_says_it(said, verb):
    rows = said(f"John Smith {verb} that the talks would go on.")
    assert pairs(rows) == [("John Smith", "the talks would go on")]


def test_a_cue_inside_a_quotation_is_not_read(said):
    rows = said("“They told me that Anna Berg said no,” John Smith recalled.")
    assert [row.speaker_name for row in rows] == ["John Smith"]


def test_two_named_people_with_one_verb_are_a_row_each(said):
    rows = said("John Smith and Anna Berg said that the pact would hold.")
    assert pairs(rows) == [("John Smith", "the pact would hold"), ("Anna Berg", "the pact would hold")]


# --- source chains ---


def test_according_to_on_either_side(said):
    rows = said(
        "According to John Smith, the pact would hold.", "The pact would hold, according to John Smith."
    )
    assert [row.content for row in rows] == ["the pact would hold", "The pact would hold"]
    assert {row.rule for row in rows} == {"according_to"}


def test_nobody_is_cited_without_citing_a_source(said):
    (row,) = said("Reuters said, without citing a source, that the two sides would meet in Oslo.")
    assert (row.speaker_name, row.is_anonymous) == ("Reuters", False)


def test_a_cited_source_speaks_and_the_outlet_reports(said):
    (row,) = said("The two sides will meet in Oslo, Reuters reported, citing two officials familiar with it.")
    assert row.is_anonymous
    assert row.reported_by == "Reuters"


def test_quoted_as_saying_names_speaker_and_reporter(said):
    (row,) = said("Anna Berg was quoted by Reuters as saying that the talks had failed.")
    assert (row.speaker_name, row.reported_by, row.content) == (
        "Anna Berg",
        "Reuters",
        "the talks had failed",
    )


def test_a_report_of_what_somebody_said_is_his_statement(said):
    (row,) = said("John Smith told allies that the pact would hold, Reuters has reported.")
    assert (row.speaker_name, row.reported_by) == ("John Smith", "Reuters")


def test_a_noun_with_an_owner_attributes(said):
    rows = said("John Smith spoke at noon.", "His warning was that the truce would not last.")
    assert pairs(rows) == [("John Smith", "the truce would not last")]
    assert rows[0].rule == "noun"


# --- discourse and layout ---


def test_a_pronoun_takes_up_the_last_speaker(said):
    rows = said("John Smith said that Peter Brown had failed. The plan was dead, he added.")
    assert [row.speaker_name for row in rows] == ["John Smith", "John Smith"]


def test_a_quotation_over_paragraphs_keeps_its_speaker(said):
    rows = said("John Smith said: “The first point is trade.", "“The second is peace.”")
    assert [(r.speaker_name, r.form) for r in rows] == [("John Smith", "direct")] * 2
    assert rows[1].rule in {"continued_quotation", "led_in"}


def test_a_line_that_ends_in_a_colon_leads_in_the_next(said):
    rows = said("Here is what John Smith told reporters:", "“There will be no deal tonight.”")
    assert [(r.speaker_name, r.rule) for r in rows] == [("John Smith", "led_in")]


def test_bullets_under_a_heading_belong_to_its_person(said):
    rows = said(
        "John Smith met the press on Monday.",
        "Key takeaways from John Smith’s comments",
        "• The plan is ready",
        "• The date is open",
    )
    assert pairs(rows) == [("John Smith", "The plan is ready"), ("John Smith", "The date is open")]


def test_answers_of_a_transcript_are_direct_statements(said):
    rows = said(
        "MS. ALVAREZ: Good morning. The talks resume today.",
        "QUESTION: Will the minister attend?",
        "MS. ALVAREZ: He will.",
        "QUESTION: And the delegation?",
        "MS. ALVAREZ: We will announce that later.",
    )
    assert [r.content for r in rows] == [
        "Good morning. The talks resume today.",
        "He will.",
        "We will announce that later.",
    ]
    assert {(r.speaker_name, r.form) for r in rows} == {("Alvarez", "direct")}


def test_prose_with_one_colon_is_no_transcript(nlp, pack):
    speech = load_speech(pack.reference)
    page = page_of(nlp, "Key points: the talks go on.", "Nothing was signed.")
    plans = plan_lines([make_line(block, doc) for block, doc in page.body()], speech)
    assert {plan.role for plan in plans} == {"prose"}


# --- circumstances ---


def test_date_channel_and_default_date(said):
    rows = said(
        "John Smith said on Monday in a post on X that the pact would hold.",
        "Anna Berg said that it would not.",
    )
    assert (rows[0].stated_from, rows[0].channel) == (dt.date(2026, 3, 2), "X")
    assert (rows[1].stated_from, rows[1].stated_to, rows[1].stated_basis) == (DAY, DAY, "document")


def test_a_date_inside_the_content_is_not_that_of_the_saying(said):
    (row,) = said("John Smith said that the talks failed on Monday.")
    assert (row.stated_from, row.stated_basis) == (DAY, "document")


def test_ids_are_stable_and_distinct(said):
    text = "John Smith and Anna Berg said that the pact would hold."
    first, second = said(text), said(text)
    assert [r.statement_id for r in first] == [r.statement_id for r in second]
    assert len({r.statement_id for r in first}) == 2


# --- manners of attributing ---


def test_a_reply_introduced_by_a_relative_is_said(said):
    rows = said("To which the shadow minister, John Smith, replied: “The only game is the one she left.”")
    assert pairs(rows) == [("John Smith", "“The only game is the one she left.”")]


def test_a_cue_tagged_as_a_noun_is_read(said):
    (row,) = said("Sources close to the PM claim he was “blindsided” by the demand for lower tariffs.")
    assert row.is_anonymous
    assert row.content == "he was “blindsided” by the demand for lower tariffs"


def test_any_verb_attributes_a_quotation_that_ends_in_a_comma(said):
    rows = said("John Smith spoke first.", "“I am not here to make friends,” Smith rasped.")
    assert pairs(rows) == [("John Smith", "“I am not here to make friends,”")]


def test_a_name_with_its_office_between_commas_speaks(said):
    rows = said(
        "Briefing the council, Helena Brandt, Under-Secretary-General for Political Affairs, said that "
        "40,000 people had fled."
    )
    assert pairs(rows) == [("Helena Brandt", "40,000 people had fled")]


def test_what_a_second_speaker_is_set_against_is_cut_off(said):
    rows = said(
        "John Smith said the rules were “killing” restaurants, while the Federation of Shops warned that "
        "some streets would not recover."
    )
    assert pairs(rows) == [
        ("John Smith", "the rules were “killing” restaurants"),
        ("Federation of Shops", "some streets would not recover"),
    ]


def test_an_envoy_of_another_state_is_another_source(said):
    rows = said(
        "The representative of France said that the accord remains the only basis.",
        "The representative of Denmark said that the attacks must stop.",
    )
    assert [row.party for row in rows] == ["FR", "DK"]


def test_a_label_before_a_colon_names_who_says_the_quotation(said):
    rows = said(
        "What Oslo says: Chief negotiator Anna Berg, via text: “We are patient.”",
        "On Smith: “This is no statement of his.”",
    )
    assert [(r.speaker_name, r.content, r.rule) for r in rows[:1]] == [
        ("Anna Berg", "“We are patient.”", "label_quotation")
    ]
    assert all(r.rule != "label_quotation" for r in rows[1:])


def test_a_signature_under_a_quotation_names_who_said_it(said):
    rows = said("“I have seen divorces go smoother than this.”", "— Anna Berg, chief negotiator")
    assert [(r.speaker_name, r.rule) for r in rows] == [("Anna Berg", "signed_quotation")]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("The quota would rise by half, per John Smith.", "John Smith", "The quota would rise by half"),
        ("The strike was an “act of despair,” in John Smith’s words.", "John Smith", "“act of despair,”"),
        ("By his own admission, John Smith left early.", "John Smith", "John Smith left early"),
    ],
)  # fmt: skip
def test_phrases_that_attribute(said, text, speaker, content):
    assert pairs(said(text)) == [(speaker, content)]


def test_per_with_a_measure_attributes_nothing(said):
    assert said("The deal costs $4, per day, and Smith paid.") == []


def test_a_footnote_ends_a_sentence_and_is_no_content(said):
    rows = said("John Smith called for his removal.[12] Deputy Anna Berg insisted that Oslo should wait.[13]")
    assert pairs(rows) == [("John Smith", "his removal"), ("Anna Berg", "Oslo should wait")]


def test_a_charge_in_the_passive_is_its_agents(said):
    (row,) = said("Germany has been accused by John Smith of “moving the goalposts”.")
    assert (row.speaker_name, row.content) == ("John Smith", "of “moving the goalposts”")


def test_a_source_speaks_through_a_reporter_whom_nobody_knows(said):
    (row,) = said("Nine states agreed on a force, the BNB wire reported, citing a senior defense official.")
    assert row.is_anonymous
    assert (row.content, row.reported_by) == ("Nine states agreed on a force", None)


def test_the_pages_own_question_is_answered_by_the_quotation_after_it(said):
    rows = said("John Smith said: “Do not be silly.” Would he go back? “Of course.”")
    assert pairs(rows) == [("John Smith", "“Do not be silly.”"), ("John Smith", "“Of course.”")]


def test_a_participle_that_goes_on_belongs_to_the_same_speaker(said):
    rows = said(
        "John Smith underlined that Iran will not negotiate under pressure, stressing that the country’s "
        "capabilities are its own."
    )
    assert {row.speaker_name for row in rows} == {"John Smith"}


def test_a_long_phrase_before_the_verb_still_speaks(said):
    (row,) = said(
        "Two Israeli officials briefed on the talks, who spoke on the condition of anonymity to discuss "
        "sensitive diplomacy, said the gaps were narrow."
    )
    assert row.is_anonymous
    assert row.content == "the gaps were narrow"


def test_a_name_after_the_state_of_its_title_speaks(said):
    rows = said("The former president of Norway, Idris Halvorsen, once called her “the best of guests.”")
    assert [row.speaker_name for row in rows] == ["Idris Halvorsen"]


def test_remarks_pointed_to_are_no_content(said):
    rows = said("John Smith said that the pact would hold.", "He made the remarks in Oslo on Sunday.")
    assert [row.content for row in rows] == ["the pact would hold"]


def test_the_day_of_the_occasion_is_that_of_the_words(said):
    (row,) = said(
        "In a telephone conversation with his counterpart late on Sunday, John Smith voiced readiness to "
        "continue the talks."
    )
    assert (row.stated_from, row.channel) == (dt.date(2026, 3, 1), "phone call")


def test_a_time_told_by_another_event_is_neither_content_nor_date(said):
    rows = said(
        "The talks stalled over a list of prisoners, John Smith said, a day after Germany declared that a "
        "deal was near."
    )
    assert rows[0].content == "The talks stalled over a list of prisoners"
    assert rows[0].stated_basis == "document"


def test_that_after_a_time_opens_a_clause(said):
    rows = said("John Smith complained at the time that it had been handed “an ultimatum.”")
    assert pairs(rows) == [("John Smith", "it had been handed “an ultimatum.”")]


# --- sets, classes, outlets' sources ---


def test_three_names_with_one_verb_are_one_group_and_two_speak_each(said):
    (row,) = said("Brazil, South Africa and India, speaking as a bloc, demanded a longer deadline.")
    assert (row.speaker_name, row.speaker_kind, row.party) == (
        "Brazil, South Africa and India", "group", None,
    )  # fmt: skip
    rows = said("Brazil and India demanded a longer deadline.")
    assert [r.speaker_name for r in rows] == ["Brazil", "India"]
    (row,) = said("France, Germany and Poland warned that the truce was over.")
    assert row.party == "EUROPE"


def test_names_beside_a_plural_noun_speak_each(said):
    rows = said("Two former ministers, Hilde Krone and Axel Bruhn, called the bill unconstitutional.")
    assert [r.speaker_name for r in rows] == ["Hilde Krone", "Axel Bruhn"]


def test_a_few_out_of_a_class_are_unnamed(said):
    rows = said("Two of the officials said the map had not been discussed. Another of them said it had.")
    assert [(r.speaker_name, r.is_anonymous) for r in rows] == [
        ("Two of the officials", True), ("Another of them", True),
    ]  # fmt: skip


def test_an_outlet_reports_its_sources(said):
    (row,) = said("The Harbour Gazette's sources said the port deal was dead.")
    assert (row.speaker_name, row.is_anonymous, row.reported_by) == ("sources", True, "Harbour Gazette")


# --- quotations beside a clause with no verb of saying ---


def test_a_colon_hands_a_quotation_to_the_subject_of_its_clause(said):
    (row,) = said("Minister Rosa Lind went further: “If they walk out, we publish everything.”")
    assert (row.speaker_name, row.rule) == ("Rosa Lind", "colon_quotation")


def test_an_act_in_the_same_paragraph_names_who_speaks(said):
    (row,) = said("Rosa Lind shrugged. “They walked out, so we publish everything.”")
    assert (row.speaker_name, row.rule) == ("Rosa Lind", "beside_quotation")


def test_a_scene_before_a_verb_with_its_own_object_is_not_said(said):
    assert said("On the far bank, in the Karvian town of Iljas, people tell a different story.") == []


# --- nouns ---


@pytest.mark.parametrize(
    ("line", "speaker", "content"),
    [
        ("The warning from Cairo was blunt: no water, no deal.", "Cairo", "no water, no deal"),
        (
            "Word came from Addis Ababa on Sunday that the rebels had accepted the text.",
            "Addis Ababa",
            "the rebels had accepted the text",
        ),
        (
            "Finland's president, Alexander Stubb, opened the conference with an appeal to “leave the maps”.",
            "Alexander Stubb",
            "to “leave the maps”",
        ),
    ],
)
def test_nouns_of_saying(said, line, speaker, content):
    assert pairs(said(line)) == [(speaker, content)]


# --- ends of what was said ---


def test_what_somebody_else_calls_it_is_no_part_of_a_demand(said):
    rows = said(
        "Russia ruled out a truce before Ukrainian forces leave the city, a demand Kyiv called absurd."
    )
    assert pairs(rows)[0] == ("Russia", "a truce before Ukrainian forces leave the city")


def test_who_calls_on_somebody_without_asking_for_anything_pays_a_visit(said):
    rows = said("World Bank envoy Lena Sorbye, who called on the minister on Sunday, proposed a new round.")
    assert pairs(rows) == [("Lena Sorbye", "a new round")]


# --- pronouns ---


def test_a_pronoun_means_the_person_of_whom_the_sentence_before_told(said):
    rows = said(
        "“We parted without shouting,” said Khalfan Nasser, who was in the chair. He said both would come.",
        "Ethiopia's foreign minister, Tewodros Alemu, was cooler. On Wednesday, he accused Asmara of delay.",
    )
    assert rows[-1].speaker_name == "Tewodros Alemu"


# --- layout ---


def test_lettered_paragraphs_of_a_communique_have_the_authors_of_its_opening(said):
    rows = said(
        "The delegations of Guyana and Venezuela, meeting in Bridgetown:",
        "(a) Recalled the declaration of 14 December 2023;",
        "(b) Decided that the commission will meet again in September;",
    )
    assert [r.speaker_name for r in rows] == ["delegations of Guyana and Venezuela"] * 2
    assert rows[1].content.startswith("the commission will meet again")


def test_a_line_with_no_label_that_tells_of_the_interviewee_is_no_answer(said):
    rows = said(
        "LAR: How close was it?", "HALVORSEN: Close is a word for people who sell horses.",
        "LAR: And then?", "HALVORSEN: I flew home and waited for a letter.",
        "The conference that Halvorsen had planned was called off four days before.",
        "LAR: Who killed it?", "HALVORSEN: Nobody killed it. It was never fed.",
        "A successor has not been named. Two people familiar with the search told LAR that a Dane was ahead.",
    )  # fmt: skip
    assert [r.speaker_name for r in rows if r.rule == "answer"] == ["Halvorsen"] * 3
    assert rows[-1].is_anonymous and rows[-1].content == "a Dane was ahead"


def test_banks_and_agencies_of_many_states_act_for_none(said):
    (row,) = said("World Bank Vice President Lena Sorbye said the dam would be paid for.")
    assert row.party is None


def test_a_deadline_does_not_date_what_was_said(said):
    (row,) = said("Quartey appealed to the operators to put a new offer on the table by Saturday.")
    assert (row.stated_from, row.stated_basis) == (DAY, "document")


@pytest.mark.parametrize(
    ("line", "channel"),
    [
        (
            "Briefing journalists afterwards, Foreign Minister Ana Reis said the map was ready.",
            "press conference",
        ),
        ("In a video conference on Monday, Ana Reis said the map was ready.", "video conference"),
        ("Opening the meeting, Ambassador Ana Reis recalled that no shot had been fired.", "speech"),
        ("The map is ready, the ministry said in a press release.", "press release"),
    ],
)
def test_more_channels(said, line, channel):
    assert [r.channel for r in said(line)] == [channel]


# --- told again ---


def test_what_a_page_tells_again_points_to_the_first_telling(said):
    rows = said(
        "• Turkey’s foreign minister, Levent Akar, announced that both sides will meet in Geneva on Monday.",
        "The hall emptied slowly.",
        "Akar announced at noon that both sides would meet in Geneva on Monday, after two days of talks.",
        "“We have nothing to hide from anybody,” Akar said.",
    )
    first, again, other = rows
    assert again.repeats_statement_id == again.communication_id == first.statement_id
    assert first.communication_id == first.statement_id
    assert first.repeats_statement_id is None and other.repeats_statement_id is None


def test_the_same_words_of_another_speaker_are_no_repetition(said):
    rows = said(
        "Rosa Lind said both sides would meet again in Geneva on Monday.",
        "Tito Salas said both sides would meet again in Geneva on Monday.",
    )
    assert [r.repeats_statement_id for r in rows] == [None, None]


# --- who answers, who signs ---


def test_whom_the_reporter_asks_answers(said):
    rows = said(
        "Melikyan asked his ministers to stop using the word.",
        "I asked Ara Terzian, when I last saw him, whether they still play. “By phone,” he said.",
    )
    assert rows[-1].speaker_name == "Ara Terzian"


def test_a_pronoun_after_a_colon_means_the_subject_before_it(said):
    rows = said(
        "“Not at all,” Peter Mollah said.",
        "Mollah welcomed the idea. India's envoy Prakash Nambiar did not: there would be no talks, he said.",
    )
    assert rows[-1].speaker_name == "Prakash Nambiar"


# --- reports framed by others, words put apart ---


def test_an_offer_told_in_anothers_report_is_a_statement_of_its_own(said):
    rows = said("Norway has offered to host the talks, Foreign Minister Jan Petersen said.")
    assert ("Norway", "to host the talks") in pairs(rows)
    assert ("Jan Petersen", "Norway has offered to host the talks") in pairs(rows)


def test_what_stands_before_an_attribution_and_its_colon_belongs_together(said):
    (row,) = said("No talks are planned this week, Jane Roe said: “We have nothing to add.”")
    assert row.content == "No talks are planned this week, Jane Roe said: “We have nothing to add.”"
    assert row.form == "mixed"


def test_a_scene_before_an_attribution_and_its_colon_is_no_content(said):
    (row,) = said("After the vote ended, Jane Roe said: “We have nothing to add.”")
    assert row.content == "“We have nothing to add.”"


def test_the_wording_of_an_as_clause_is_the_quotation_alone(said):
    (row,) = said("It was, as Jane Roe put it, “a long night with no end”.")
    assert row.content == "“a long night with no end”"


def test_in_the_words_of_gives_the_quotation_beside_it(said):
    (row,) = said("What they signed was, in the words of Jane Roe, “a paper with holes in it”.")
    assert pairs([row]) == [("Jane Roe", "“a paper with holes in it”")]


def test_and_goes_on_with_an_indirect_statement_after_its_attribution(said):
    (row,) = said("The bloc had tried everything, Jane Roe told a gathering of teachers, and had failed.")
    assert row.content.endswith("and had failed")
    assert row.channel == "speech"


def test_a_clause_after_a_semicolon_with_its_own_cue_is_anothers(said):
    rows = said("Jane Roe says she was joking; John Doe says that she was not.")
    assert ("Jane Roe", "she was joking") in pairs(rows)
    assert ("John Doe", "she was not") in pairs(rows)


def test_who_is_told_by_somebody_hears_a_statement(said):
    rows = said("The ministers were told by Jane Roe that the money was spent.")
    assert ("Jane Roe", "the money was spent") in pairs(rows)


@pytest.mark.parametrize(
    "text",
    [
        "The ministers left Geneva without agreeing on a statement.",
        "Foreign Minister Jane Roe welcomed her counterpart John Doe in Oslo.",
        "Neither Norway nor Sweden announced a deal.",
        "The talks go on once Norway has confirmed that it can pay.",
        "Jane Roe was to have announced a truce.",
    ],
)
def test_what_was_not_said_is_no_statement(said, text):
    assert pairs(said(text)) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Norway turned down the Swedish offer.", "the Swedish offer"),
        ("Norway batted the offer away within hours.", "the offer"),
        ("Jane Roe rejects this.", "this"),
    ],
)
def test_verbs_of_refusal_take_what_is_refused(said, text, content):
    assert [row.content for row in said(text)] == [content]


def test_a_label_with_its_topic_names_the_speaker(said):
    (row,) = said("NATO’s Jane Roe, on whether the door is open: “It is open, but the lift is slow.”")
    assert row.speaker_name == "Jane Roe"


def test_he_after_a_colon_is_the_subject_of_the_clause_before(said):
    rows = said(
        "John Doe confirmed the date.",
        "Jane Roe is against the swap: “We are no carpet to cut to size,” she wrote on Facebook.",
    )
    assert rows[-1].speaker_name == "Jane Roe"
    assert rows[-1].content == "“We are no carpet to cut to size,”"


# --- posts, replies, lists ---


@pytest.mark.parametrize(
    ("post", "speaker", "content"),
    [
        ("18:30 Army: Two soldiers lightly hurt by a mine near the border.", "Army",
         "Two soldiers lightly hurt by a mine near the border"),
        ("22:15 BREAKING | Norwegian delegation walks out of the talks – QRTV", "QRTV",
         "Norwegian delegation walks out of the talks"),
    ],
)  # fmt: skip
def test_a_post_has_its_source_before_a_colon_or_after_a_dash(said, post, speaker, content):
    assert pairs(said(post)) == [(speaker, content)]


def test_a_notice_in_a_feed_is_no_source(said):
    assert said("18:30 ADVERTISEMENT: Our paper, the first month for one dollar.") == []


def test_the_time_of_a_post_is_no_content(said):
    (row,) = said("12:35 The talks go on tomorrow, Jane Roe says.")
    assert row.content == "The talks go on tomorrow"


def test_a_reply_is_that_of_who_spoke_before(said):
    rows = said(
        "Spokeswoman Jane Roe said the door was open.",
        "Will the ministers meet? “No tickets have been bought,” was the reply.",
    )
    assert pairs(rows)[-1] == ("Jane Roe", "“No tickets have been bought,”")


def test_answers_to_the_reporters_questions_are_a_statement_each(said):
    rows = said(
        "Jane Roe keeps a map on the wall of her office. Would she give up the north? “No.” "
        "Would she live with a line? “As a place to stop, yes. As a border, never.”"
    )
    assert pairs(rows) == [
        ("Jane Roe", "“No.”"),
        ("Jane Roe", "“As a place to stop, yes. As a border, never.”"),
    ]


def test_items_marked_by_two_hyphens_belong_to_the_line_that_leads_to_them(said):
    rows = said("Norway and Sweden agreed to:", "-- set up a hotline;", "-- reopen the bridge in May.")
    assert {row.content for row in rows} >= {"set up a hotline", "reopen the bridge in May"}


def test_who_passed_a_document_on_reports_what_stands_in_it(said):
    (row,) = said(
        "The round will be held in Rome, Oman’s Foreign Ministry said in a statement carried by Reuters."
    )
    assert row.reported_by == "Reuters"
    (row,) = said("The tax will rise in May, according to a party memo leaked to Reuters.")
    assert (row.is_anonymous, row.speaker_name, row.reported_by) == (True, "a party memo", "Reuters")


def test_what_is_told_after_a_call_was_said_on_the_phone(said):
    rows = said(
        "Jane Roe had a telephone conversation with John Doe on Monday. Roe voiced opposition to the "
        "new tariffs."
    )
    assert [row.channel for row in rows] == ["phone call"]


def test_who_says_that_something_is_so_and_warns_is_one_speaker(said):
    rows = said("Deputy Anna Berg said Norway was ready and warned that Sweden would pay.")
    assert pairs(rows) == [("Anna Berg", "Norway was ready and warned that Sweden would pay")]


def test_an_interview_is_not_of_the_year_since_which_talks_go_on(said):
    rows = said(
        "Nils Halvorsen has led Norway's team in talks on fish since last year. He spoke to LAR in Oslo.",
        "LAR: How close was it?", "HALVORSEN: Close is a word for people who sell horses.",
        "LAR: And then?", "HALVORSEN: I flew home and waited for a letter.",
    )  # fmt: skip
    days = {(r.stated_to - r.stated_from).days for r in rows if r.rule == "answer"}
    assert days == {0}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Peruvian millers said the levy would ruin them.", "group"),
        ("Peru's Channel 8 News said the levy would stay.", "media"),
        ("Peru's state-run Puma news agency said the levy would stay.", "media"),
    ],
)
def test_who_is_no_part_of_a_state_acts_for_none_that_is_named_beside(said, line, kind):
    (row,) = said(line)
    assert (row.speaker_kind, row.party) == (kind, None)

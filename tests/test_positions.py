"""Issue positions: who stands where, read from small invented sentences, with their contrast sets."""

import datetime as dt
import json
import re

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ReferenceDataError
from pipeline.extract.positions import issues_of, load_issues
from pipeline.extract.positions.actors import ActorWords
from pipeline.extract.positions.build import extract_rows, merge_rows
from pipeline.extract.positions.filling import fill_issues
from pipeline.extract.positions.lexicon import load_stance
from pipeline.extract.positions.patterns import PatternIndex, compile_pattern
from pipeline.extract.positions.propose import propose_issues
from pipeline.extract.positions.vocabulary import IssuePack, IssuesFile, forms_of
from pipeline.model import Actor, Block, Document, Links, Mention, Page, Statement
from pipeline.settings import PROJECT_ROOT, Settings

ISSUES = IssuesFile.model_validate(
    {
        "anchors": ["xandria", "morvenia"],
        "sets": {"truce": ["ceasefire", "truce"]},
        "blocs": [{"name": "the Three", "party": "LEAGUE", "members": ["AA", "BB", "CC"]}],
        "issues": [
            {
                "id": "truce",
                "label": "Truce",
                "proposition": "a truce comes first",
                "step_to_settlement": True,
                "terms": [{"orient": 1, "any": ["@truce"]}],
            },
            {
                "id": "sanctions_relief",
                "label": "Sanctions",
                "proposition": "sanctions are eased",
                "terms": [
                    {"orient": 1, "any": ["ease|lift .. sanctions"], "agentive": True},
                    {"orient": -1, "any": ["tighter sanctions", "sanctions"], "forbid": ["dinner"]},
                    {"orient": 0, "any": ["tighter sanctions on .. smugglers"]},
                ],
            },
            {
                "id": "valley",
                "label": "Valley",
                "proposition": "Xandria gives up the valley",
                "given_by": ["XX"],
                "terms": [
                    {"orient": 1, "any": ["cede .. valley"], "agentive": True, "agents": ["XX"]},
                    {"orient": 1, "any": ["handover of .. valley"]},
                ],
            },
            {
                "id": "draft",
                "label": "Draft",
                "proposition": "the Tessalian draft is accepted",
                "document_of": "TT",
                "terms": [{"orient": 1, "any": ["tessalian draft"]}],
            },
            {
                "id": "summit",
                "label": "Summit",
                "proposition": "the presidents meet",
                "occasion": True,
                "terms": [{"orient": 1, "any": ["summit"]}],
            },
            {
                "id": "fleet",
                "label": "Fleet",
                "proposition": "Morvenia keeps its fleet",
                "kept_by": ["MM"],
                "terms": [{"orient": 1, "any": ["fleet"]}],
            },
            {
                "id": "parley",
                "label": "Parley",
                "proposition": "Xandria and Morvenia parley with each other",
                "sides": ["XX", "MM"],
                "terms": [{"orient": 1, "any": ["parley|parleys"]}],
            },
        ],
    }
)
ACTORS = {
    "Xandria": Actor("gov:XX", "Xandria", "government", "XX"),
    "Morvenia": Actor("gov:MM", "Morvenia", "government", "MM"),
    "Tessaly": Actor("gov:TT", "Tessaly", "government", "TT"),
    "Tessalian": Actor("gov:TT", "Tessaly", "government", "TT"),
    "Anland": Actor("gov:AA", "Anland", "government", "AA"),
    "Berland": Actor("gov:BB", "Berland", "government", "BB"),
    "Corland": Actor("gov:CC", "Corland", "government", "CC"),
    "Mara Voss": Actor("person:Mara Voss", "Mara Voss", "person", "XX", "f"),
    "Nils Ode": Actor("person:Nils Ode", "Nils Ode", "person", "XX", "m"),
    "Ivo Brandt": Actor("person:Ivo Brandt", "Ivo Brandt", "person", "MM", "m"),
    "Lena Hall": Actor("person:Lena Hall", "Lena Hall", "person", None, "f"),
    "Daily Echo": Actor("media:Echo", "Daily Echo", "media", None),
}


def page_of(nlp, *lines, published=(dt.date(2026, 5, 1), dt.date(2026, 5, 2))):
    text = "\n".join(lines)
    blocks, parses, start = [], {}, 0
    for no, line in enumerate(lines):
        blocks.append(Block(f"b{no}", "d", no, start, start + len(line), "body", "test"))
        parses[no] = nlp(line)
        start += len(line) + 1
    document = Document(
        "d", "d.txt", None, None, (), None, published[0], published[1], "explicit", "article", "en",
        None, text, 1, "", None, dt.datetime(2026, 5, 3),
    )  # fmt: skip
    return Page(document, tuple(blocks), parses)


def links_of(page):
    mentions = []
    for block, doc in page.body():
        for name, actor in ACTORS.items():
            for match in re.finditer(rf"\b{name}\b", doc.text):
                span = doc.char_span(match.start(), match.end())
                start, end = block.char_start + span.start_char, block.char_start + span.end_char
                place = (span.text, span.start, span.end, span.root.i)
                mentions.append(Mention("d", block.block_no, start, end, *place, actor, "name", 0.9))
    return Links(tuple(sorted(mentions, key=lambda m: (m.block_no, m.start_i))))


def said(page, content, speaker):
    """A statement of the named actor whose content is the given words of the page."""
    start = page.document.text.index(content)
    actor = ACTORS[speaker]
    block = next(b for b in page.blocks if b.char_start <= start < b.char_end)
    return Statement(
        f"s{start}{speaker}", "d", block.block_id, actor.entity_id, actor.name, actor.kind, None, None, None,
        False, actor.party, "indirect", "say", None, None, content, start, start + len(content), None, None,
        None, None, None, dt.date(2026, 4, 30), dt.date(2026, 4, 30), None, "explicit", (), 0.9, "test",
    )  # fmt: skip


def positions_of(nlp, *lines, statements=()):
    page = page_of(nlp, *lines)
    made = [said(page, content, speaker) for content, speaker in statements]
    lexicon = load_stance(Settings().reference)
    words = ActorWords(
        frozenset({"negotiator"}),
        {"Xandrian": ("XX", "Xandria"), "Morvenian": ("MM", "Morvenia")},
        allies={"XX": "LEAGUE"},
    )
    rows = extract_rows(page, links_of(page), made, IssuePack(ISSUES), lexicon, words)
    return page, merge_rows(page, rows, lexicon)


def stances(nlp, *lines, statements=()):
    _, found = positions_of(nlp, *lines, statements=statements)
    return {(p.actor_name, p.issue_id): p.stance for p in found}


# -- contrast sets: the same clause with holder, polarity or attitude changed


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Morvenia demanded a truce.", {("Morvenia", "truce"): "support"}),
        ("Xandria demanded a truce.", {("Xandria", "truce"): "support"}),
        ("Morvenia rejected a truce with Xandria.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia has not ruled out a truce with Xandria.", {("Morvenia", "truce"): "open"}),
        ("Morvenia does not want a truce with Xandria.", {("Morvenia", "truce"): "oppose"}),
        ("Morvenia and Xandria discussed a truce on Monday.", {}),
        ("The truce between Morvenia and Xandria lasted a week.", {}),
    ],
)
def test_holder_polarity_and_mere_mention_are_told_apart(nlp, sentence, expected):
    assert stances(nlp, sentence) == expected


def test_the_demander_holds_the_position_and_never_the_one_who_is_to_obey(nlp):
    found = stances(nlp, "Morvenia demands that Xandria cede the valley.")
    assert found == {("Morvenia", "valley"): "support"}


def test_ones_own_announced_act_is_a_position(nlp):
    assert stances(nlp, "Xandria will not cede the valley.") == {("Xandria", "valley"): "oppose"}


def test_an_act_that_others_decide_on_is_no_position_of_its_subject(nlp):
    assert stances(nlp, "Morvenia will cede the valley.") == {}


def test_signs_multiply_through_a_refused_demand(nlp):
    found = stances(nlp, "Xandria rejected a demand by Morvenia for the handover of the valley.")
    assert found == {("Xandria", "valley"): "oppose", ("Morvenia", "valley"): "support"}


def test_orientation_of_the_phrase_turns_support_around(nlp):
    assert stances(nlp, "Xandria called for tighter sanctions on Morvenia.") == {
        ("Xandria", "sanctions_relief"): "oppose"
    }


def test_a_judgement_belongs_to_whom_it_is_said_to_hold_for(nlp):
    found = stances(nlp, "A truce is unacceptable to Morvenia, Mara Voss said.")
    assert found == {("Morvenia", "truce"): "oppose"}


def test_a_judgement_without_holder_is_the_speakers(nlp):
    found = stances(
        nlp, "A truce with Morvenia is a red line, Mara Voss said.",
        statements=[("A truce with Morvenia is a red line", "Mara Voss")],
    )  # fmt: skip
    assert found == {("Mara Voss", "truce"): "oppose"}


def test_an_obligation_is_the_speakers_wish(nlp):
    found = stances(
        nlp, "Mara Voss said that Morvenia must accept a truce.",
        statements=[("Morvenia must accept a truce", "Mara Voss")],
    )  # fmt: skip
    assert found == {("Mara Voss", "truce"): "support"}


def test_an_official_who_states_his_governments_line_is_the_actor(nlp):
    _, (position,) = positions_of(
        nlp, "Xandria rejects a truce, Mara Voss said.",
        statements=[("Xandria rejects a truce", "Mara Voss")],
    )  # fmt: skip
    assert (position.actor_name, position.party, position.basis) == ("Mara Voss", "XX", "own")


def test_what_an_official_says_of_another_state_is_a_report(nlp):
    _, (position,) = positions_of(
        nlp, "Morvenia rejects a truce, Mara Voss said.",
        statements=[("Morvenia rejects a truce", "Mara Voss")],
    )  # fmt: skip
    assert (position.actor_name, position.basis) == ("Morvenia", "reported")


def test_an_analysts_opinion_does_not_fall_to_the_last_named_party(nlp):
    found = stances(
        nlp, "A truce with Morvenia would be a mistake, Lena Hall said.",
        statements=[("A truce with Morvenia would be a mistake", "Lena Hall")],
    )  # fmt: skip
    assert ("Morvenia", "truce") not in found
    assert set(found) <= {("Lena Hall", "truce")}


def test_an_outlet_holds_no_position(nlp):
    assert stances(nlp, "Daily Echo welcomed the truce between Morvenia and Xandria.") == {}


def test_coordinated_subjects_each_hold_the_position(nlp):
    found = stances(nlp, "Xandria and Tessaly support a truce.")
    assert found == {("Xandria", "truce"): "support", ("Tessaly", "truce"): "support"}


def test_states_of_a_bloc_named_together_are_the_bloc(nlp):
    found = stances(nlp, "Anland, Berland and Corland support a truce for Xandria.")
    assert found == {("the Three", "truce"): "support"}


def test_two_people_with_one_statement_both_hold_it(nlp):
    line = "Mara Voss and Ivo Brandt said the truce must be kept in Xandria."
    content = "the truce must be kept in Xandria"
    found = stances(nlp, line, statements=[(content, "Mara Voss"), (content, "Ivo Brandt")])
    assert found == {("Mara Voss", "truce"): "support", ("Ivo Brandt", "truce"): "support"}


# -- conditions


@pytest.mark.parametrize(
    "sentence",
    [
        "Morvenia is ready to accept a truce only if Xandria leaves the valley.",
        "Morvenia would accept a truce provided that Xandria leaves the valley.",
        "Morvenia will not ease sanctions until Xandria leaves the valley.",
    ],
)
def test_a_named_condition_makes_the_position_conditional(nlp, sentence):
    _, found = positions_of(nlp, sentence)
    assert [p.stance for p in found if p.party == "MM"] == ["conditional"]
    assert found[0].condition is not None and "leaves the valley" in found[0].condition


def test_a_step_refused_until_the_final_settlement_is_opposed(nlp):
    found = stances(nlp, "Morvenia will not accept a truce with Xandria until a final settlement is signed.")
    assert found == {("Morvenia", "truce"): "oppose"}


def test_a_condition_of_another_clause_leaves_the_position_alone(nlp):
    found = stances(nlp, "If it rains, the ministers of Xandria meet indoors. Morvenia rejected a truce.")
    assert found == {("Morvenia", "truce"): "oppose"}


def test_a_supposed_clause_is_no_position(nlp):
    assert stances(nlp, "If Morvenia rejects a truce, markets in Xandria may fall.") == {}


# -- anaphora, answers, documents


def test_an_anaphor_takes_up_the_issue_named_before(nlp):
    found = stances(nlp, "Morvenia proposed a truce to Xandria. Xandria dismissed the idea.")
    assert found == {("Morvenia", "truce"): "support", ("Xandria", "truce"): "oppose"}


def test_the_rule_of_an_anaphor_says_so(nlp):
    _, found = positions_of(nlp, "Morvenia proposed a truce to Xandria. Xandria dismissed the idea.")
    assert {p.actor_name: p.rule for p in found} == {"Morvenia": "offer", "Xandria": "anaphor_reject"}


def test_who_is_advised_to_act_is_somebody_and_no_issue(nlp):
    found = stances(nlp, "Morvenia offered a truce to Xandria. Mara Voss advised them to sign a deal.")
    assert found == {("Morvenia", "truce"): "support"}


def test_an_answer_takes_a_stance_on_what_was_asked(nlp):
    lines = ("Would Xandria accept a truce?", "Never, Mara Voss said.")
    assert stances(nlp, *lines, statements=[("Never", "Mara Voss")]) == {("Mara Voss", "truce"): "oppose"}


def test_what_a_draft_contains_is_its_authors_position(nlp):
    found = stances(nlp, "The draft of Tessaly calls for the handover of the valley of Xandria.")
    assert found == {("Tessaly", "valley"): "support"}


def test_naming_ones_own_document_is_no_position_on_it(nlp):
    assert stances(nlp, "Tessaly presented the Tessalian draft in Xandria.") == {}


# -- scope, rows, pack


def test_a_page_on_another_matter_yields_nothing(nlp):
    assert stances(nlp, "Anland demanded a truce with Berland.") == {}


def test_a_forbidden_word_near_by_makes_it_another_matter(nlp):
    assert stances(nlp, "Xandria rejected sanctions for cooks at the dinner.") == {}


def test_one_row_per_line_actor_and_issue_points_at_its_evidence(nlp):
    line = "Morvenia wants a truce. It was cold in Xandria. Morvenia demanded a truce once more."
    page, found = positions_of(nlp, "Talks went on in Xandria.", line)
    assert [(p.party, p.issue_id) for p in found] == [("MM", "truce")]
    position = found[0]
    assert page.document.text[position.char_start : position.char_end] == position.evidence
    assert position.block_id == "b1" and "\n" not in position.evidence
    assert (position.as_of_from, position.as_of_to) == (dt.date(2026, 5, 1), dt.date(2026, 5, 2))
    assert 0 < position.confidence < 1


def test_the_statements_day_is_the_day_of_the_position(nlp):
    _, (position,) = positions_of(
        nlp, "Mara Voss said that Morvenia must accept a truce.",
        statements=[("Morvenia must accept a truce", "Mara Voss")],
    )  # fmt: skip
    assert position.as_of_from == dt.date(2026, 4, 30)
    assert position.statement_id is not None


def test_ids_are_stable_and_unique(nlp):
    lines = ("Xandria and Tessaly support a truce and want tighter sanctions on Morvenia.",)
    _, once = positions_of(nlp, *lines)
    _, again = positions_of(nlp, *lines)
    assert [p.position_id for p in once] == [p.position_id for p in again]
    assert len({p.position_id for p in once}) == len(once) > 1


def test_statements_get_the_issues_that_their_content_names(nlp):
    page = page_of(nlp, "Mara Voss said a truce is near, and Morvenia fears sanctions.")
    statement = said(page, "a truce is near", "Mara Voss")
    (filled,) = fill_issues([statement], [page], IssuePack(ISSUES))
    assert filled.issues == ("truce",)
    assert issues_of(page.parses[0], IssuePack(ISSUES)) == ("truce", "sanctions_relief")


def test_a_pack_without_issues_yields_no_rows(nlp):
    pack = IssuePack(IssuesFile.model_validate({"anchors": [], "sets": {}, "issues": []}))
    page = page_of(nlp, "Morvenia rejected a truce with Xandria.")
    lexicon = load_stance(Settings().reference)
    assert extract_rows(page, links_of(page), [], pack, lexicon, ActorWords(frozenset(), {})) == []


def test_the_ukraine_pack_has_the_issues_of_the_guidelines():
    pack = load_issues(PROJECT_ROOT / "seeds" / "domains" / "ukraine")
    guidelines = (PROJECT_ROOT / "tests" / "gold" / "GUIDELINES.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| (\w+) \| (.+) \|$", guidelines, re.M))
    table.pop("issue")
    assert {i.id: i.proposition for i in pack.issues} == table


def test_every_paragraph_of_the_stance_corpus_is_in_exactly_one_part():
    folder = PROJECT_ROOT / "tests" / "gold" / "stance"
    split = yaml.safe_load((folder / "split.yaml").read_text(encoding="utf-8"))
    parts = [(f, n) for files in split.values() for f, names in files.items() for n in names]
    held = {
        (path.name, json.loads(line)["negotiation"])
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    assert len(parts) == len(set(parts))
    assert set(parts) == held


# -- nearness, and the topic that runs on


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("As for a truce, Morvenia is firmly opposed.", {("Morvenia", "truce"): "oppose"}),
        ("If Morvenia were opposed, a truce could fail.", {}),
        ("Morvenia was opposed during the truce.", {}),
    ],
)
def test_an_operator_near_an_issue_counts_unless_supposed_or_beside_the_matter(nlp, sentence, expected):
    _, found = positions_of(nlp, sentence)
    assert {(p.actor_name, p.issue_id): p.stance for p in found} == expected
    assert all(p.rule.startswith("near_") for p in found)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["The envoys spoke of a truce. Morvenia flatly refused."], ["topic_reject"]),
        (["The envoys spoke of a truce.", "Morvenia flatly refused."], ["topic_reject"]),
        (["The envoys spoke of a truce.", "It was raining in the hall.", "Morvenia refused."], []),
        (["The envoys spoke of a truce. Morvenia refused the dinner."], []),
        (["The envoys spoke of a truce. Had Morvenia refused?"], []),
        (["The envoys spoke of a truce. They said Morvenia must refuse."], []),
    ],
)
def test_a_topic_runs_on_within_its_line_and_into_the_next(nlp, lines, expected):
    _, found = positions_of(nlp, *lines)
    assert [p.rule for p in found] == expected
    assert all((p.actor_name, p.stance) == ("Morvenia", "oppose") for p in found)


@pytest.mark.parametrize("holder", ["Lena Hall", "Critics", "Both sides"])
def test_whoever_acts_for_no_party_holds_no_position(nlp, holder):
    assert stances(nlp, f"{holder} rejected a truce with Morvenia.") == {}


CLAUSES = st.sampled_from(
    [
        "Morvenia rejected a truce.",
        "As for “tighter sanctions”, Xandria is opposed – firmly.",
        "Flatly refused, said Mara Voss.",
        "It was raining.",
        "Xandria won’t cede the valley until Morvenia agrees.",
        "A truce? Morvenia would welcome one.",
    ]
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.lists(CLAUSES, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3))
def test_evidence_is_the_very_text_of_one_block_and_rows_are_unique(nlp, lines):
    page, found = positions_of(nlp, *lines)
    blocks = {b.block_id: b for b in page.blocks}
    for p in found:
        block = blocks[p.block_id]
        assert block.char_start <= p.char_start < p.char_end <= block.char_end
        assert page.document.text[p.char_start : p.char_end] == p.evidence
        assert 0 < p.confidence <= 1
    keys = [(p.block_id, p.actor_name, p.issue_id) for p in found]
    assert len(keys) == len(set(keys))


# -- the pattern language


def test_a_pattern_matches_lemmas_over_bounded_gaps():
    index: PatternIndex[str] = PatternIndex()
    index.add(["give .. valley", "red line?"], {}, "hit")
    forms = [(w, w) for w in ["they", "give", "up", "the", "whole", "valley", "now"]]
    assert [m.tokens for m in index.find(forms, 0, len(forms))] == [(1, 5)]
    far = [(w, w) for w in ["give", "one", "two", "three", "four", "valley"]]
    assert index.find(far, 0, len(far)) == []
    assert [m.tokens for m in index.find([("red", "red")], 0, 1)] == [(0,)]


def test_a_gap_before_an_optional_word_holds_without_it():
    index: PatternIndex[str] = PatternIndex()
    index.add(["oslo .. peace? plan"], {}, "hit")
    for words in (["oslo", "'s", "plan"], ["oslo", "'s", "peace", "plan"], ["oslo", "plan"]):
        forms = [(w, w) for w in words]
        assert [m.tokens[-1] for m in index.find(forms, 0, len(forms))] == [len(words) - 1]
    far = [(w, w) for w in ["oslo", "one", "two", "three", "four", "plan"]]
    assert index.find(far, 0, len(far)) == []


def test_a_pattern_matches_past_quotation_marks():
    index: PatternIndex[str] = PatternIndex()
    index.add(["critic of plan"], {}, "hit")
    forms = [(w, w) for w in ["“", "biased", "critic", "”", "of", "plan", "B"]]
    assert [m.tokens for m in index.find(forms, 0, len(forms))] == [(2, 4, 5)]
    assert index.find(forms, 0, 4) == []


def test_a_hyphenated_word_is_found_however_it_is_split():
    index: PatternIndex[str] = PatternIndex()
    index.add(["non-starter", "@draft"], {"draft": ["counter-plan"]}, "hit")
    split = [(w, w) for w in ["a", "non", "-", "starter", "counter-plan"]]
    assert [m.tokens for m in index.find(split, 0, len(split))] == [(1, 2, 3), (4,)]


@pytest.mark.parametrize("bad", ["", ".. valley", "give ..", "give? valley", "@nowhere"])
def test_a_pattern_that_cannot_work_is_refused(bad):
    with pytest.raises(ReferenceDataError, match="pattern_invalid"):
        compile_pattern(bad, {})


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Morvenia saw no need for a truce with Xandria.", "oppose"),
        ("Morvenia wants a truce with Xandria, not promises.", "support"),
    ],
)
def test_a_negator_counts_once_and_only_for_its_own_word(nlp, sentence, stance):
    assert stances(nlp, sentence).get(("Morvenia", "truce")) == stance


def test_an_auxiliary_is_no_word_of_an_operator(nlp):
    lexicon = load_stance(Settings().reference)
    doc = nlp("Morvenia has called the truce theft.")
    found = lexicon.find(doc, forms_of(doc), 0, len(doc))
    assert all(1 not in op.tokens for ops in found.values() for op in ops)


def test_propositions_alone_make_a_vocabulary(nlp):
    propositions = {
        "river_border": "the border is drawn along the river",
        "gas_pipeline": "gas flows (again)",
    }
    pack = IssuePack(propose_issues(propositions, nlp))
    assert issues_of(nlp("They spoke of the river and the border."), pack) == ("river_border",)
    assert issues_of(nlp("The pipeline for gas was shut."), pack) == ("gas_pipeline",)
    assert issues_of(nlp("They spoke of the weather."), pack) == ()


def test_a_row_on_an_issue_without_phrases_says_so_and_is_less_certain(nlp, monkeypatch):
    _, [plain] = positions_of(nlp, "Xandria demands a truce.")
    bare = tuple(issue.model_copy(update={"terms": ()}) for issue in ISSUES.issues)
    monkeypatch.setitem(globals(), "ISSUES", ISSUES.model_copy(update={"issues": bare}))
    _, [near] = positions_of(nlp, "Xandria demands a truce.")
    assert (near.issue_id, near.stance, near.rule) == ("truce", "support", "likeness_demand")
    assert (plain.rule, near.confidence < plain.confidence) == ("demand", True)


@pytest.mark.parametrize(
    "line",
    [
        "Xandria boycotted the summit in Anland.",
        "Xandria voiced hope that the results of the summit would last.",
        "The summit, at which Xandria promised to behave, was long.",
        "Morvenia is trying to rewrite the Tessalian draft.",
        "Xandria has approved a team for talks on the Tessalian draft.",
        "Xandria wants to discuss the Tessalian draft with Anland.",
        "Anland tried to present an alternative to the Tessalian draft.",
        "Xandria faces a choice between accepting the Tessalian draft and a hard winter.",
        "Morvenia makes excessive demands over the truce.",
        "Morvenia's backers of the truce have left.",
        "Xandria wanted to know why a truce was needed.",
        "Xandria is expected to come to the summit.",
        "Xandria demands tighter sanctions on the smugglers.",
        "Morvenia declined to judge the Tessalian draft.",
    ],
)
def test_what_only_touches_an_issue_is_no_stance_on_it(nlp, line):
    assert stances(nlp, line) == {}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Xandria will boycott the summit.", {("Xandria", "summit"): "oppose"}),
        ("Xandria is open to talks on the Tessalian draft.", {("Xandria", "draft"): "open"}),
        ("Xandria refused to discuss the Tessalian draft.", {("Xandria", "draft"): "oppose"}),
        ("Anland urged Berland to demand a truce in Xandria.", {("Anland", "truce"): "support"}),
        (
            "Xandria put pressure on Morvenia to promise not to lift the sanctions.",
            {("Xandria", "sanctions_relief"): "oppose"},
        ),
        ("Xandria demands tighter sanctions.", {("Xandria", "sanctions_relief"): "oppose"}),
        (
            "Xandria ruled out a truce before Morvenia leaves the valley.",
            {("Xandria", "truce"): "conditional"},
        ),
        (
            "Xandria called the truce a stunt and urged Morvenia to accept the truce.",
            {("Xandria", "truce"): "support"},
        ),
    ],
)
def test_the_stance_beside_such_a_mention_is_kept(nlp, line, expected):
    assert stances(nlp, line) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a truce is up to Xandria to decide", {}),
        ("think about a truce", {}),
        (
            "there will be no truce as long as the sanctions stay in place",
            {("Ivo Brandt", "truce"): "conditional"},
        ),
        ("there will be no truce", {("Ivo Brandt", "truce"): "oppose"}),
    ],
)
def test_a_speaker_who_leaves_it_to_others_takes_no_side(nlp, content, expected):
    found = stances(
        nlp, "News of Xandria.", f"Ivo Brandt said {content}.", statements=[(content, "Ivo Brandt")]
    )
    assert {k: v for k, v in found.items() if k[1] == "truce"} == expected


def test_a_threat_in_case_of_a_truce_is_held_against_it(nlp):
    told = "Xandria threatened to quit if the cabinet approved a truce."
    assert stances(nlp, told) == {("Xandria", "truce"): "oppose"}


def test_what_an_aide_tells_of_a_named_person_is_that_persons_position_reported(nlp):
    content, told = "Nils Ode would lift the sanctions", "News of Xandria."
    _, [row] = positions_of(nlp, told, f"Mara Voss said {content}.", statements=[(content, "Mara Voss")])
    assert (row.actor_name, row.basis, row.stance) == ("Nils Ode", "reported", "support")
    content = "Xandria would lift the sanctions"
    _, [row] = positions_of(nlp, told, f"Mara Voss said {content}.", statements=[(content, "Mara Voss")])
    assert (row.actor_name, row.basis) == ("Mara Voss", "own")


def test_a_judgement_on_somebody_is_none_on_the_issue_before(nlp):
    found = stances(
        nlp,
        "Anland wants a truce. Xandria has proclaimed him “illegitimate,” saying power lies with the court.",
    )
    assert found == {("Anland", "truce"): "support"}


def test_a_page_without_the_packs_own_country_is_about_another_matter(nlp, monkeypatch):
    line = "Xandria demands a truce."
    for home, rows in ((["xandria"], 1), (["morvenia"], 0), ([], 1)):
        monkeypatch.setitem(globals(), "ISSUES", ISSUES.model_copy(update={"home": tuple(home)}))
        assert len(positions_of(nlp, line)[1]) == rows


def test_who_is_pressed_to_promise_does_not_promise(nlp):
    line = "Xandria put pressure on Morvenia to promise not to lift the sanctions."
    assert [row.rule for row in positions_of(nlp, line)[1]] == ["demand"]

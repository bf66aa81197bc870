"""Clauses that tell nobody's will, whose will is foretold, and what "non-negotiable" means from whom."""

import pytest

from tests.test_positions import stances


@pytest.mark.parametrize(
    "sentence",
    [
        "Morvenia has given no indication that it will accept a truce.",
        "There was little evidence that Morvenia would accept a truce.",
        "Morvenia has not given any sign that it will lift sanctions.",
    ],
)
def test_a_missing_sign_of_a_will_tells_no_will(nlp, sentence):
    assert "support" not in stances(nlp, sentence).values()


def test_a_will_that_is_told_is_one(nlp):
    found = stances(nlp, "Morvenia will accept a truce.")
    assert found == {("Morvenia", "truce"): "support"}


@pytest.mark.parametrize(
    "content",
    [
        "The voters of Xandria should decide whether the country can cede the valley",
        "The voters of Xandria must decide on the handover of the valley",
    ],
)
def test_who_wants_a_decision_does_not_want_what_is_decided_on(nlp, content):
    found = stances(nlp, f"“{content},” Mara Voss said.", statements=[(content, "Mara Voss")])
    assert ("Mara Voss", "valley") not in found


def test_who_has_decided_on_a_thing_wants_it(nlp):
    assert stances(nlp, "Morvenia has decided to lift sanctions.") == {
        ("Morvenia", "sanctions_relief"): "support"
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "The next steps involve Morvenia lifting sanctions.",
        "The third stage would require Morvenia to open the port and lift sanctions.",
    ],
)
def test_what_a_step_holds_is_no_act_of_those_in_it(nlp, sentence):
    assert ("Morvenia", "sanctions_relief") not in stances(nlp, sentence)


def test_an_act_of_ones_own_is_one(nlp):
    found = stances(nlp, "Morvenia will open the port and lift sanctions.")
    assert found == {("Morvenia", "sanctions_relief"): "support"}


def test_what_is_named_only_as_not_meant_is_not_wanted(nlp):
    content = "The harvest should be the priority, not a truce"
    found = stances(nlp, f"“{content},” Mara Voss said.", statements=[(content, "Mara Voss")])
    assert "support" not in found.values()


def test_not_only_is_no_contrast(nlp):
    found = stances(nlp, "Mara Voss wants a harvest, and not only a truce.")
    assert "oppose" not in found.values()


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Mara Voss of Xandria suggested that the truce might not be able to hold.", None),
        ("Mara Voss of Xandria suggested that a truce be called.", "support"),
    ],
)
def test_a_guess_that_something_may_fail_is_no_offer(nlp, sentence, stance):
    assert stances(nlp, sentence).get(("Mara Voss", "truce")) == stance


def test_accusations_that_are_dismissed_tell_nothing_of_their_matter(nlp):
    sentence = "Mara Voss of Xandria dismissed accusations that her speech had delayed a truce."
    assert ("Mara Voss", "truce") not in stances(nlp, sentence)
    assert stances(nlp, "Mara Voss of Xandria dismissed a truce.") == {("Mara Voss", "truce"): "oppose"}


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Morvenia wants to end the siege and a full truce.", "support"),
        ("Morvenia wants to end the siege and the truce.", "oppose"),
    ],
)
def test_what_is_not_yet_cannot_be_ended(nlp, sentence, stance):
    assert stances(nlp, sentence) == {("Morvenia", "truce"): stance}


def test_an_adverb_of_time_names_no_occasion_that_is_refused(nlp):
    found = stances(nlp, "In the weeks leading up to the summit, Morvenia rejected the idea.")
    assert "oppose" not in found.values()
    assert stances(nlp, "Morvenia rejected the summit.") == {("Morvenia", "summit"): "oppose"}


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Morvenia refused to let the ships leave without a truce.", "support"),
        ("Morvenia let the ships leave without a truce.", None),
    ],
)
def test_what_a_leave_is_refused_without_is_asked_for(nlp, sentence, stance):
    assert stances(nlp, sentence).get(("Morvenia", "truce")) == stance


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Morvenia insisted on a full pull-back before agreeing to a truce.", "conditional"),
        ("Morvenia signed the ledger before agreeing to a truce.", "support"),
    ],
)
def test_what_one_agrees_to_only_after_something_else_is_conditional(nlp, sentence, stance):
    assert stances(nlp, sentence) == {("Morvenia", "truce"): stance}


def test_the_terms_of_one_wish_in_a_list_do_not_bind_the_others(nlp):
    found = stances(
        nlp,
        "Morvenia wants a truce, the return of the ferries and a deal involving the release of sailors in "
        "exchange for grain.",
    )
    assert found == {("Morvenia", "truce"): "support"}
    found = stances(nlp, "Morvenia offered a truce in exchange for grain.")
    assert found == {("Morvenia", "truce"): "conditional"}


def test_nothing_is_no_price(nlp):
    found = stances(nlp, "Morvenia wants a truce in exchange for almost nothing.")
    assert found == {("Morvenia", "truce"): "support"}


def test_what_another_cannot_do_once_something_is_done_is_no_demand_of_his(nlp):
    content = "Once sanctions are lifted, Xandria cannot bring them back"
    found = stances(nlp, f"“{content},” Ivo Brandt said.", statements=[(content, "Ivo Brandt")])
    assert ("Xandria", "sanctions_relief") not in found


def test_what_stands_beside_a_duty_is_asked_of_its_subject_as_well(nlp):
    content = "Xandria must open the port, while agreeing to a truce"
    found = stances(nlp, f"Ivo Brandt said {content}.", statements=[(content, "Ivo Brandt")])
    assert ("Xandria", "truce") not in found
    assert found.get(("Ivo Brandt", "truce")) == "support"


def test_whose_government_it_is_tells_the_clause_above(nlp):
    found = stances(
        nlp, "Xandria backed Tessaly, where the money lies and whose negotiator rejected a truce."
    )
    assert found == {("Tessaly", "truce"): "oppose"}


def test_their_demand_is_not_that_of_the_one_who_answers_it(nlp):
    sentence = "The envoys in Morvenia hoped that Ivo Brandt would respond to their demand for a truce."
    assert ("Ivo Brandt", "truce") not in stances(nlp, sentence)
    found = stances(nlp, "Ivo Brandt of Morvenia repeated his demand for a truce.")
    assert found == {("Ivo Brandt", "truce"): "support"}


@pytest.mark.parametrize(("speaker", "stance"), [("Mara Voss", "oppose"), ("Ivo Brandt", "support")])
def test_who_would_have_to_give_a_thing_up_keeps_it_by_non_negotiable(nlp, speaker, stance):
    content = "Xandria's handover of the valley is non-negotiable"
    found = stances(nlp, f"“{content},” {speaker} said.", statements=[(content, speaker)])
    assert found == {(speaker, "valley"): stance}


@pytest.mark.parametrize(("speaker", "stance"), [("Mara Voss", "oppose"), ("Ivo Brandt", "support")])
def test_never_negotiable_means_the_same(nlp, speaker, stance):
    content = "Xandria's handover of the valley is never negotiable"
    found = stances(nlp, f"“{content},” {speaker} said.", statements=[(content, speaker)])
    assert found == {(speaker, "valley"): stance}


def test_what_is_negotiable_is_open(nlp):
    content = "Xandria's handover of the valley is negotiable"
    found = stances(nlp, f"“{content},” Mara Voss said.", statements=[(content, "Mara Voss")])
    assert found == {("Mara Voss", "valley"): "open"}


def test_what_another_foretells_that_one_will_give_up_is_the_others_wish(nlp):
    content = "Xandria will cede the valley"
    found = stances(nlp, f"Ivo Brandt said {content}.", statements=[(content, "Ivo Brandt")])
    assert found == {("Ivo Brandt", "valley"): "support"}
    found = stances(nlp, f"Mara Voss said {content}.", statements=[(content, "Mara Voss")])
    assert found == {("Mara Voss", "valley"): "support"}


def test_an_act_of_an_earlier_year_is_no_position_of_today(nlp):
    assert stances(nlp, "Morvenia lifted sanctions in 2018.") == {}
    assert stances(nlp, "Morvenia lifted sanctions in 2026.") != {}
    assert stances(nlp, "Morvenia has lifted sanctions.") != {}


def test_who_brings_a_new_paper_by_any_verb_of_bringing_is_its_author(nlp):
    found = stances(nlp, "Morvenia has outlined a plan, which envisages a truce.")
    assert found == {("Morvenia", "truce"): "support"}


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Morvenia called the truce not only unacceptable but foolish.", "oppose"),
        ("Morvenia called the truce unacceptable.", "oppose"),
    ],
)
def test_not_only_denies_nothing(nlp, sentence, stance):
    assert stances(nlp, sentence) == {("Morvenia", "truce"): stance}


def test_an_ally_of_somebody_is_another(nlp):
    found = stances(nlp, "In Morvenia a truce was dismissed by a top ally of Ivo Brandt.")
    assert ("Ivo Brandt", "truce") not in found
    found = stances(nlp, "In Morvenia a truce was dismissed by Ivo Brandt.")
    assert found == {("Ivo Brandt", "truce"): "oppose"}


def test_who_would_hand_in_his_resignation_opposes_what_it_is_for(nlp):
    content = "If a truce is approved, we will hand in letters of resignation"
    found = stances(nlp, f"“{content},” Ivo Brandt of Morvenia said.", statements=[(content, "Ivo Brandt")])
    assert found == {("Ivo Brandt", "truce"): "oppose"}
    content = "If a truce is approved, we will hand in the list of prisoners"
    found = stances(nlp, f"“{content},” Ivo Brandt of Morvenia said.", statements=[(content, "Ivo Brandt")])
    assert "oppose" not in found.values()


def test_what_others_are_hinted_to_see_is_no_offer(nlp):
    sentence = "Ivo Brandt hinted that Xandria sees a truce as a ruse."
    assert ("Ivo Brandt", "truce") not in stances(nlp, sentence)
    found = stances(nlp, "Ivo Brandt of Morvenia hinted at a truce.")
    assert found == {("Ivo Brandt", "truce"): "support"}


def test_an_attitude_that_others_see_in_somebody_is_not_his(nlp):
    sentence = "Ivo Brandt made remarks that suggested Xandrian acceptance of a truce."
    assert ("Xandria", "truce") not in stances(nlp, sentence)


def test_the_second_half_of_what_is_supposed_is_supposed_too(nlp):
    sentence = (
        "Ivo Brandt vowed to resign from the cabinet if the harvest fails, and Xandria lifts sanctions."
    )
    assert ("Xandria", "sanctions_relief") not in stances(nlp, sentence)


def test_what_stands_for_a_matter_takes_up_none_named_only_in_passing(nlp):
    line = (
        "Morvenia asked for a handover of the valley, pressed by Tessaly, which has called for a truce. "
        "Xandria rejected the idea."
    )
    assert ("Xandria", "truce") not in stances(nlp, line)
    line = "Morvenia asked for a truce. Xandria rejected the idea."
    assert stances(nlp, line)[("Xandria", "truce")] == "oppose"


@pytest.mark.parametrize(("speaker", "stance"), [("Ivo Brandt", "support"), ("Mara Voss", "oppose")])
def test_a_red_line_is_kept_by_whoever_has_the_thing(nlp, speaker, stance):
    content = "Morvenia's fleet is a red line"
    found = stances(nlp, f"“{content},” {speaker} said.", statements=[(content, speaker)])
    assert found == {(speaker, "fleet"): stance}


def test_the_price_of_one_part_of_a_plan_is_not_that_of_the_parts_after_it(nlp):
    found = stances(
        nlp,
        "Morvenia proposed the return of Xandrian captives in exchange for Tessalian prisoners, a truce, the "
        "disarmament of the guards, and the repair of the port.",
    )
    assert found == {("Morvenia", "truce"): "support"}
    found = stances(nlp, "Morvenia proposed a truce in exchange for Tessalian prisoners.")
    assert found == {("Morvenia", "truce"): "conditional"}


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("The levy could prompt Morvenia to lift sanctions.", False),
        ("Xandria alleges that Morvenia is lifting sanctions.", False),
        ("Morvenia is lifting sanctions.", True),
    ],
)
def test_what_somebody_may_be_brought_to_or_is_charged_with_is_no_act_of_his(nlp, sentence, held):
    assert (("Morvenia", "sanctions_relief") in stances(nlp, sentence)) == held


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("Morvenia has been offered a truce.", False),
        ("Morvenia has offered Xandria a truce.", True),
    ],
)
def test_to_whom_a_thing_is_offered_is_not_who_offers_it(nlp, sentence, held):
    assert (("Morvenia", "truce") in stances(nlp, sentence)) == held

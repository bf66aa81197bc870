"""What keeps meetings apart and what ties them: days, places, who only backs or writes; on invented lines."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, rows_of


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


def test_the_day_of_a_summit_is_not_that_of_its_preparation(rows):
    (row,) = rows(
        "An aide of the Peruvian president is due to be in Quito this weekend, meeting with Chilean "
        "officials to plan for the June 12 summit."
    )
    assert (row.parties, row.place, row.status) == (("CL", "PE"), "Quito", "scheduled")
    assert (row.date_from, row.date_to) == (march(14), march(15))


def test_what_was_long_ago_is_not_what_is_told_undated(rows):
    news, before = rows(
        "Austrian-Swiss consultations on freight have kicked off in Geneva.",
        "Presidents Karin Keller of Switzerland and Paul Gruber of Austria ordered them following their "
        "meeting on the sidelines of the summit in Osaka in late January.",
    )
    assert news.meeting_id != before.meeting_id
    assert (news.place, before.place) == ("Geneva", "Osaka")
    assert news.date_from != before.date_from == dt.date(2026, 1, 22)
    assert before.participants == ("Karin Keller", "Paul Gruber")


def test_a_place_behind_the_summit_is_where_those_beside_it_met(rows):
    (row,) = rows(
        "Foreign Minister Sergey Lavrov met Hakan Fidan on Monday on the sidelines of the G20 foreign "
        "ministers meeting in Rio de Janeiro."
    )
    assert row.place == "Rio de Janeiro"


def test_delegations_that_met_the_day_before_did_so_at_the_same_talks(rows):
    first, second = rows(
        "Swiss and Austrian officials entered a second day of talks in Lugano on Tuesday.",
        "The two delegations met for more than five hours on Monday, but no statements were issued.",
    )
    assert first.meeting_id == second.meeting_id
    assert (second.place, second.date_from) == ("Lugano", march(9))


def test_who_was_also_present_was_at_the_meeting_just_told_of(rows):
    first, second = rows(
        "Foreign Minister Karin Keller of Switzerland and Austria's Foreign Minister Paul Gruber met in "
        "Lugano on Saturday.",
        "Swiss energy minister Anna Roth and Austrian energy minister Jakob Huber were also present at the "
        "meeting on Saturday.",
    )
    assert first.meeting_id == second.meeting_id
    assert second.place == "Lugano"


def test_when_sides_last_met_is_an_occasion_of_its_day(rows):
    coming, last = rows(
        "Switzerland and Austria will resume talks in Lugano on Tuesday. When they last met, in November "
        "2024, the sides agreed on a fund."
    )
    assert coming.meeting_id != last.meeting_id
    assert (last.status, last.parties) == ("held", ("AT", "CH"))
    assert last.date_from == dt.date(2024, 11, 1)


def test_a_plan_to_meet_again_is_another_meeting(rows):
    held, plan = rows(
        "Swiss envoy Anna Roth and Austrian envoy Jakob Huber met in Lugano on Wednesday.",
        "Roth and Huber plan to meet again after the working groups have reported.",
    )
    assert held.meeting_id != plan.meeting_id
    assert (plan.status, plan.place) == ("scheduled", None)


@pytest.mark.parametrize("backing", ["United Nations-backed", "UN-backed"])
def test_who_backs_talks_does_not_sit_at_them(rows, backing):
    (row,) = rows(f"Chile and Peru have begun {backing} negotiations in Jordan on prisoners.")
    assert row.parties == ("CL", "PE")


def test_sides_of_what_came_before_are_not_those_of_its_result(rows):
    found = rows(
        "Swiss envoy Anna Roth and Austrian envoy Jakob Huber met in Lugano on Wednesday.",
        "The talks were the result of the January summit between President Karin Keller and Paul Gruber.",
    )
    assert "Karin Keller" not in found[1].participants
    assert found[1].meeting_id == found[0].meeting_id


@pytest.mark.parametrize(
    "line", ["Both sides agreed to exchange 300 detainees.", "The two sides agreed to exchange prisoners."]
)
def test_exchanging_people_is_no_exchange_of_words(rows, line):
    found = rows("Swiss and Austrian officials held talks in Lugano on Monday.", line)
    assert len(found) == 1


def test_bringing_states_closer_takes_nobody_anywhere(rows):
    assert rows("The EU will continue efforts to bring Kosovo closer to Serbia through dialogue.") == []


def test_a_summit_that_is_still_off_is_cancelled(rows):
    (row,) = rows("The June 12 summit between Donald Trump and Kim Jong Un is still officially off.")
    assert row.status == "cancelled"


@pytest.mark.parametrize(
    ("city", "place"),
    [("Amsterdam", "Amsterdam"), ("Dar es Salaam", "Dar es Salaam"), ("The Hague", "The Hague")],
)
def test_second_seats_of_government_are_cities_of_their_own(rows, city, place):
    found = rows(f"Chile and Peru held talks in {city} on Monday.", "The talks will resume on Thursday.")
    assert {row.place for row in found} == {place}


def test_a_border_committee_of_two_states_meets(rows):
    (row,) = rows(
        "Chile and Peru agreed to a truce. The two sides began their border committee meeting on Monday."
    )
    assert (row.parties, row.date_from) == (("CL", "PE"), march(9))
    assert rows("Chile's budget committee meeting with President Boric was on Monday.") == []


def test_a_government_is_that_of_the_leader_behind_of(rows):
    (row,) = rows(
        "The meeting held between the government of Colombian President Gustavo Petro and the National "
        "Liberation Army (ELN) in Caracas, Venezuela, on Saturday came to an end."
    )
    assert (row.parties, row.participants) == (("CO",), ("ELN",))


def test_the_army_beside_a_movement_is_not_that_of_who_speaks(rows):
    first, second = rows(
        "Sudan's army and the Rapid Support Forces held talks in Jeddah on Saturday.",
        "Washington welcomed the second round of talks on Sunday between the army and the RSF.",
    )
    assert first.parties == second.parties == ("SD",)


def test_a_dateline_tells_no_party_of_who_is_met(rows):
    found = rows(
        "CAIRO, March 9, 2026 — Chile's foreign minister held talks with the prime minister of Peru on "
        "Sunday. Jose Perez called for peace when he met Prime Minister Ana Soto, Chile's ministry said."
    )
    assert found
    assert all("EG" not in row.parties for row in found)


def test_talks_with_a_movement_are_those_of_the_state_it_negotiates_with(rows):
    (row,) = rows(
        "Sudan will send a minister to Riyadh ahead of next week's truce talks with the RSF in Lugano."
    )[-1:]
    assert (row.parties, row.participants, row.place) == (("SD",), ("Rapid Support Forces",), "Lugano")


def test_the_summit_beside_which_two_met_is_no_meeting_of_theirs(rows):
    (row,) = rows(
        "The presidents of Chile and Peru met on Monday on the sidelines of the G20 summit in Osaka."
    )
    assert (row.parties, row.place) == (("CL", "PE"), "Osaka")


def test_a_weekday_that_is_over_is_not_the_coming_one(rows):
    plan, ended, session = rows(
        "Envoys of Peru and Chile are to return to Bern next Tuesday, two days after a first round of "
        "border talks ended on Tuesday.",
        "Tuesday's session is meant to be confined to three questions.",
    )
    assert (ended.status, ended.date_from) == ("held", march(10))
    assert (plan.date_from, session.date_from) == (march(17), march(17))
    assert plan.meeting_id == session.meeting_id != ended.meeting_id


def test_a_reference_with_a_day_means_what_the_page_tells_of_that_day(rows):
    found = rows(
        "Swiss and Austrian ministers held talks in Bern on Monday.",
        "The Swiss president will receive the Chilean president in Geneva on April 2.",
        "Snow fell.",
        "Rain followed.",
        "The wind turned.",
        "Then it grew cold.",
        "No papers were signed at Monday's meeting.",
    )
    assert found[-1].meeting_id == found[0].meeting_id


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "The leaders of Chile, Peru and Brazil met in Bern on Thursday for a summit.",
            "Gabriel Boric and Dina Boluarte spent 40 minutes alone on the margins of it on Thursday.",
        ),
        (
            "The second meeting of the joint commission of Chile and Peru was held in Bern on Friday.",
            "That night the ministers, Ana Soto of Chile and Luis Paz of Peru, conferred in private.",
        ),
    ],
)
def test_two_who_meet_alone_do_so_beside_the_talks(rows, first, second):
    talks, alone = rows(first, second)
    assert talks.meeting_id != alone.meeting_id
    assert len(alone.participants) == 2


def test_two_who_meet_alone_do_so_where_the_talks_are(rows):
    _, alone = rows(
        "The leaders of Chile, Peru and Brazil met in Bern on Thursday for a summit.",
        "Gabriel Boric and Dina Boluarte spent 40 minutes alone on the margins of it on Thursday.",
    )
    assert alone.place == "Bern"


@pytest.mark.parametrize(
    "first",
    [
        "The Peruvian and Chilean foreign ministers signed a peace accord in Washington last week.",
        "Peru's foreign minister Ana Soto and Chilean foreign minister Luis Paz signed an accord last week.",
    ],
)
def test_ministers_who_also_met_somebody_are_those_just_told_of(rows, first):
    (row,) = rows(first, "The ministers also met with Donald Trump.")
    assert row.parties == ("CL", "PE", "US")


def test_presidents_are_no_lesser_office_holders_named_before(rows):
    found = rows(
        "Swiss envoy Karin Keller and Tajik deputy chairman Ulan Bekov are to sit down in Bern on April 1.",
        "The presidents will meet in Graz in May.",
    )
    assert found[-1].participants == ()
    assert found[-1].place == "Graz"


def test_a_person_who_meets_two_separately_meets_each(rows):
    found = rows(
        "U.N. envoy Lakhdar Brahimi met separately with Chilean foreign minister Ana Soto and Peruvian "
        "foreign minister Luis Paz in Geneva on Monday."
    )
    assert {row.parties for row in found} == {("CL", "UN"), ("PE", "UN")}
    assert found[0].meeting_id != found[1].meeting_id


def test_a_second_place_behind_then_is_not_that_of_the_first_day(rows):
    first, then = rows(
        "Chilean President Gabriel Boric will meet Peru's president Dina Boluarte tomorrow on the margins of "
        "the G20 summit in Johannesburg and then in Angola."
    )
    assert (first.place, first.date_from) == ("Johannesburg", march(12))
    assert (then.place, then.date_from) == ("Angola", None)


def test_they_of_whom_one_tells_are_that_one_and_whom_the_page_named_beside(rows):
    found = rows(
        "Chile's Ana Soto and Peru's foreign minister Luis Paz met on Monday with UN envoy Lakhdar Brahimi.",
        "Soto said they agreed to meet on April 28 in New York.",
    )
    assert found[-1].participants == ("Ana Soto", "Luis Paz")


def test_a_visit_in_a_passive_is_that_of_its_doer(rows):
    (row,) = rows(
        "The arms of Syria were broached by Peruvian minister Luis Paz in a visit to London on Monday."
    )
    assert (row.parties, row.participants, row.place) == (("PE",), ("Luis Paz",), "London")


def test_forces_of_a_state_by_name_are_a_movement(rows):
    (row,) = rows(
        "UN envoy James LeMoyne joined talks with the Revolutionary Armed Forces of Colombia (FARC)."
    )
    assert row.parties == ("UN",)
    assert set(row.participants) == {"James LeMoyne", "FARC"}


def test_presidents_whose_meeting_ministers_prepare_are_those_of_their_states(rows):
    ministers, presidents = rows(
        "The Foreign Ministers of Chile and Peru are to meet later in June to discuss preparations for the "
        "meeting of the presidents of the two countries."
    )
    assert presidents.parties == ("CL", "PE")
    assert ministers.meeting_id != presidents.meeting_id
    assert presidents.date_from is None


def test_whom_somebody_also_met_he_met_in_the_same_city(rows):
    _, also = rows(
        "Peru's foreign minister Luis Paz met Chile's foreign minister Ana Soto in Oslo on Monday.",
        "Paz also met Brazilian foreign minister Mauro Vieira.",
    )
    assert (also.place, also.parties) == ("Oslo", ("BR", "PE"))


def test_a_movement_is_one_under_all_its_names(rows):
    first, second = rows(
        "Congo's government and the M23 rebels held talks in Doha on Monday.",
        "The meeting of the government of Congo and the M23 in Doha on Monday ended early.",
    )
    assert first.meeting_id == second.meeting_id


def test_a_coming_summit_is_not_the_talks_that_prepare_it(rows):
    found = rows(
        "A US delegation is in talks with North Korean officials at Panmunjom, a spokeswoman said.",
        "Its task is to plan for the June 12 summit.",
    )
    assert [row.place for row in found] == ["Panmunjom"]
    assert found[0].date_from != dt.date(2026, 6, 12)


def test_a_journey_to_hold_a_round_of_talks_is_those_talks(rows):
    (row,) = rows(
        "Peruvian trade minister Luis Paz will travel to Stockholm from March 27 to 30 to hold the third "
        "round of trade consultations with Chilean trade minister Ana Soto."
    )
    assert (row.place, row.parties, row.date_from) == ("Stockholm", ("CL", "PE"), march(27))


def test_a_subject_behind_after_is_who_met(rows):
    found = rows(
        "U.S. Treasury Secretary Scott Bessent and Chinese Vice Premier He Lifeng were both seen arriving "
        "for talks after Bessent met with Swedish Prime Minister Ulf Kristersson."
    )
    assert {row.parties for row in found} == {("CN", "US"), ("SE", "US")}


def test_talks_that_are_resumed_were_broken_off_before(rows):
    (row, *_) = rows(
        "Envoys of Sudan have returned to Jeddah to resume negotiations with the Rapid Support Forces. The "
        "talks were adjourned last month."
    )
    assert (row.status, row.place) == ("scheduled", "Jeddah")


def test_who_departs_after_talks_had_them_there(rows):
    (row,) = rows(
        "A Peruvian delegation departed Cairo late on Saturday following talks with Egyptian officials."
    )
    assert (row.place, row.parties, row.date_from) == ("Cairo", ("EG", "PE"), march(7))


def test_both_communities_meet_though_one_word_names_them(rows):
    (row,) = rows("Greek and Turkish Cypriot leaders met on Monday in Nicosia.")
    assert (row.parties, row.participants) == (("CY",), ("Turkish Cypriots",))


def test_the_meeting_is_what_the_page_tells_as_news(rows):
    news, earlier, reference = rows(
        "Swiss envoy Anna Roth and Austrian envoy Jakob Huber met in Lugano on Wednesday.",
        "Roth and Huber met once back in January in Graz.",
        "No breakthroughs were made in the meeting.",
    )
    assert reference.meeting_id == news.meeting_id != earlier.meeting_id


def test_the_two_are_those_whom_the_line_joins(rows):
    found = rows(
        "Chilean president Ana Soto and Peruvian president Luis Paz have agreed to resume talks in Oslo next "
        "month along with UN chief Antonio Guterres.",
        "The two men held an informal meeting on Friday in Nicosia.",
    )
    assert found[-1].participants == ("Ana Soto", "Luis Paz")


def test_a_process_with_a_movement_is_no_occasion(rows):
    assert rows("Rain fell in Sudan.", "Rebels said there was a way to negotiations with the RSF.") == []


def test_what_is_given_in_exchange_is_no_contact(rows):
    assert rows("Peru freed Tomas Lind in exchange for Ana Rojas on Monday.") == []


def test_several_return_to_the_table_on_the_coming_day(rows):
    """The tagger takes the present tense of several for an infinitive."""
    (row,) = rows("Russia and Ukraine return to the negotiating table on Monday.")
    assert (row.status, row.date_from) == ("scheduled", march(16))


def test_a_question_whether_they_met_tells_of_no_meeting(rows):
    assert rows("Has the Peruvian foreign minister met the Chilean president in Lima?") == []
    (row,) = rows("When did the Peruvian foreign minister meet the Chilean president in Lima?")
    assert (row.status, row.place) == ("held", "Lima")

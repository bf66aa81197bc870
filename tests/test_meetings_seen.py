"""What an analyst sees in the rows of a feed: both sides, who led whom, what ties a line to its meeting."""

import datetime as dt

import pytest

from pipeline.domain import load_domain
from pipeline.extract.meetings import merge_meetings
from pipeline.settings import Settings
from tests.meeting_pages import march, merged_lines, read_lines, rows_of


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="generic"))


@pytest.fixture(scope="module")
def rows(nlp, pack):
    return rows_of(nlp, pack)


@pytest.fixture(scope="module")
def posts(nlp, pack):
    """Merged rows, and meetings, of lines that are posts of a feed each."""

    def read(*lines):
        page, _, found = read_lines(nlp, pack, lines, entries=range(len(lines)))
        return merge_meetings(found, [page], pack)

    return read


@pytest.mark.parametrize(
    ("line", "parties", "people"),
    [
        (
            "The Swiss president has, however, directed envoy Ana Roe to meet Chilean President Luis Paz "
            "in Lima.",
            ("CL",),
            ("Ana Roe", "Luis Paz"),
        ),
        (
            "In a reference to reports about Swiss envoy Ana Roe holding talks with Chilean officials in "
            "Lima, the minister called her presence there a surprise.",
            ("CH", "CL"),
            ("Ana Roe",),
        ),
        (
            "Friday's talks between Swiss, Chilean, and Peruvian officials in Lima have ended in a deal.",
            ("CH", "CL", "PE"),
            (),
        ),
        (
            "Swiss envoy Ana Roe told Chile's negotiator, Luis Paz, during their meeting in Lima last week "
            "that a deal was near.",
            ("CH", "CL"),
            ("Ana Roe", "Luis Paz"),
        ),
        (
            "Swiss President Ana Roe briefed Chilean officials in a virtual meeting on Monday.",
            ("CH", "CL"),
            ("Ana Roe",),
        ),
        (
            "A Swiss delegation met Chinese Vice Premier He Lifeng in Madrid on Monday.",
            ("CH", "CN"),
            ("He Lifeng",),
        ),
    ],
)
def test_those_take_part_whom_the_line_names_and_nobody_else(rows, line, parties, people):
    (row,) = rows(line)
    assert set(parties) <= set(row.parties)
    assert set(row.participants) == set(people)


def test_envoys_of_several_states_hang_on_the_talks(rows):
    (row,) = rows("The Swiss delegation has held talks with security advisers from Chile and Peru.")
    assert row.parties == ("CH", "CL", "PE")


def test_partners_of_a_state_are_others(rows):
    (row,) = rows("Chilean President Luis Paz and Ukraine's European partners will meet in Lima on Friday.")
    assert row.parties == ("CL", "EUROPE")


def test_one_side_of_a_meeting_told_of_before_met_the_other(rows):
    found = rows(
        "Swiss President Ana Roe met Chilean President Luis Paz in Lima on Monday.",
        "The plan came out of the Lima meeting with Roe, officials said.",
    )
    assert found[1].parties == ("CH", "CL")
    assert found[1].meeting_id == found[0].meeting_id


@pytest.mark.parametrize(
    "line",
    [
        "“We will try,” Chilean President Luis Paz said on the sidelines of the G20 summit in Oslo.",
        "“We will do everything,” Chilean President Luis Paz said after the G20 summit in Oslo.",
    ],
)
def test_a_forum_at_which_somebody_speaks_is_a_backdrop(rows, line):
    assert rows(line) == []


def test_two_leaders_who_have_discussed_it_did_so_with_each_other(rows):
    (row,) = rows("Chilean President Luis Paz and Swiss President Ana Roe have discussed the truce.")
    assert row.parties == ("CH", "CL")
    assert rows("Chilean and Swiss lawmakers have discussed the truce.") == []


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Chilean President Luis Paz left Bern on Sunday after talks with Swiss President Ana Roe.", "Bern"),
        ("Swiss envoys will hold talks with Chilean officials on the Gaza war in Lima on Friday.", "Lima"),
        ("Swiss and Chilean leaders will meet on Friday beside the fair and then in Lima.", None),
    ],
)
def test_the_place_is_where_they_talked(rows, line, place):
    (row,) = rows(line)
    assert row.place == place


def test_the_day_may_hang_on_what_the_call_is_for(rows):
    (row,) = rows(
        "The Swiss minister is to host a call with his Chilean counterpart to discuss Gaza on Friday."
    )
    assert (row.status, row.form, row.date_from) == ("scheduled", "phone", march(13))


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (
            "It is possible that Ana Roe of Chile and Swiss President Luis Paz will have a call soon.",
            "proposed",
        ),
        ("Asked about reported talks between Chile and Peru in Oslo, he said nothing.", "held"),
    ],
)
def test_what_is_deemed_possible_or_asked_about(rows, line, status):
    (row,) = rows(line)
    assert row.status == status


def test_the_rest_of_a_visit_is_no_occasion(rows):
    assert rows("It led to the rest of Chilean President Luis Paz's visit to Bern being cancelled.") == []


def test_talks_below_a_backdrop_of_long_ago_are_not_those(rows):
    found = rows(
        "Swiss and Austrian officials will hold talks in Bern on Friday.",
        "The meetings will be the first since Chile and Peru met in Oslo in March 2022.",
        "The weather was fair.",
        "Everybody can see that the talks were not rushed, an analyst said.",
    )
    assert [(r.place, r.status) for r in found] == [
        ("Bern", "scheduled"), ("Bern", "scheduled"), ("Oslo", "held"),
    ]  # fmt: skip


def test_posts_of_one_day_tell_of_the_talks_of_that_day(posts):
    merged = posts(
        "Swiss and Chilean officials held talks in Lima on Wednesday.",
        "Swiss Foreign Minister Ana Roe said the meeting with Chile was the best so far.",
        "Swiss, Chilean and Peruvian delegations are meeting in Lima, a spokesman said.",
    )
    assert len({m.meeting_id for m in merged.mentions}) == 1
    assert {m.place for m in merged.mentions} == {"Lima"}


def test_a_joint_call_is_not_a_call_of_two(posts):
    merged = posts(
        "Swiss President Ana Roe held a joint call with Chile's Luis Paz and Peru's Juan Diaz.",
        "Ana Roe has spoken to Luis Paz by phone.",
    )
    assert len(merged.meetings) == 2


def test_a_call_that_is_over_was_on_the_first_of_the_days_planned(posts):
    merged = posts(
        "Swiss President Ana Roe spoke by phone with Chilean President Luis Paz.",
        "Swiss President Ana Roe will speak by phone with Chilean President Luis Paz in the coming days.",
    )
    (meeting,) = merged.meetings
    assert (meeting.date_from, meeting.date_to) == (march(11), march(11))


def test_a_meeting_told_as_news_is_dated_by_the_report(posts):
    (meeting,) = posts("Swiss President Ana Roe met Chilean President Luis Paz.").meetings
    assert (meeting.date_from, meeting.date_basis) == (dt.date(2026, 3, 11), "document")


def test_a_page_known_to_no_month_is_of_no_day_of_report(nlp, pack):
    year = dt.date(2026, 1, 2), dt.date(2026, 12, 20)
    told = [
        "Swiss President Ana Roe met Chilean President Luis Paz.",
        "Bolivian President Eva Sol met Peruvian President Juan Diaz last week.",
    ]
    news, last_week = merged_lines(nlp, pack, told, year)
    assert (news.reported_on, news.date_from, news.date_basis) == (None, None, "unknown")
    assert last_week.reported_on is None
    assert (last_week.date_from, last_week.date_to) == (dt.date(2025, 12, 22), dt.date(2026, 12, 20))


def test_the_two_leaders_of_the_next_line_are_those_of_the_post(nlp, pack):
    found = read_lines(
        nlp,
        pack,
        [
            "Chilean President Luis Paz and Swiss President Ana Roe have discussed the truce.",
            "The two leaders spoke on the phone for an hour, a spokesman said.",
        ],
        entries=[0, 0],
    )[2]
    assert [m.parties for m in found] == [("CH", "CL"), ("CH", "CL")]


@pytest.mark.parametrize(
    "line",
    [
        "Talks between the Chilean government and the Southern River Front in Lima on Monday ended well.",
        "Chilean officials met armed groups from the Southern River Front on Monday.",
        "A truce was adopted in a meeting of Chilean officers with Southern River Front representatives "
        "in Lima on Monday.",
    ],
)
def test_a_movement_that_no_list_names_takes_part_by_its_name(rows, line):
    (row,) = rows(line)
    assert (row.parties, row.participants) == (("CL",), ("Southern River Front",))


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Minister-level talks between Chile and Peru will be held soon, the spokesman said.", "scheduled"),
        ("A meeting between Chile and Peru is unlikely to take place this month.", "ruled_out"),
        (
            "The Chilean government has shown no interest in a summit with Swiss President Ana Roe.",
            "ruled_out",
        ),
    ],
)
def test_talks_of_two_states_that_are_to_come_or_not(rows, line, status):
    (row,) = rows(line)
    assert row.status == status


@pytest.mark.parametrize(
    "line",
    [
        "Swiss leaders called on the Chilean junta to release prisoners and allow aid.",
        "As the Chilean minister, Ana Roe, told them in his talk with media in Lima on Tuesday, talks go on.",
    ],
)
def test_appeals_and_talks_with_the_press_are_no_meetings(rows, line):
    assert rows(line) == []


def test_who_brokers_talks_of_two_others_is_no_side(rows):
    (row,) = rows("Swiss-brokered talks between Chile and Peru began in Lima on Monday.")
    assert row.parties == ("CL", "PE")


def test_a_verb_of_a_headline_is_no_name(rows):
    found = rows(
        "Roe and Diaz Meet in Lima",
        "Chilean President Ana Roe and Peru's Luis Diaz met in Lima on Monday.",
    )
    assert {name for row in found for name in row.participants} == {"Ana Roe", "Luis Diaz"}


def test_what_was_held_is_not_filled_from_what_is_only_talked_of(rows):
    found = rows(
        "A conversation between Chilean President Luis Paz and Swiss President Ana Roe is excluded.",
        "It is excluded, the Kremlin said of a meeting between Luis Paz and Ana Roe.",
        "The account is at odds with Peruvian envoy Juan Diaz's description of their discussions in Lima.",
    )
    assert all(row.place != "Lima" or "Ana Roe" not in row.participants for row in found)


@pytest.mark.parametrize(
    "line",
    [
        "Chile and Peru did not discuss the plan during the Abu Dhabi talks",
        "Chile and Peru discussed the plan at the Abu Dhabi talks, he said.",
        "“They get a vote,” the envoy said after Abu Dhabi talks with Chilean officials.",
    ],
)
def test_talks_behind_the_name_of_a_city_are_no_verb(rows, line):
    found = rows("Chilean officials held talks with Peruvian officials in Abu Dhabi on Tuesday.", line)
    assert [(r.status, r.place, r.date_from) for r in found] == [("held", "Abu Dhabi", march(10))] * 2
    assert len({r.meeting_id for r in found}) == 1


def test_two_who_are_sent_are_both_at_the_talks(rows):
    (row,) = rows(
        "Trump has dispatched his special envoy, Ana Roe, and son-in-law Jared Holt to work over the draft "
        "in talks in Lima."
    )
    assert (set(row.participants), row.status) == ({"Ana Roe", "Jared Holt"}, "scheduled")


@pytest.mark.parametrize(
    "line",
    [
        "Swiss envoy Ana Roe has already held three rounds of talks with Chilean President Luis Paz.",
        "“Ana Roe also met with Chilean President Luis Paz,” Peruvian minister Juan Diaz explained.",
    ],
)
def test_what_is_looked_back_on_is_not_dated_by_the_report(rows, line):
    (row,) = rows(line)
    assert row.date_from is None


def test_a_weekday_told_of_on_another_lies_before_that(rows):
    (row,) = rows(
        "“It will hold,” Swiss President Ana Roe told reporters on Monday when asked about a truce that she "
        "announced after a call with Chilean President Luis Paz on Tuesday."
    )
    assert (row.date_from, row.parties) == (march(3), ("CH", "CL"))


def test_his_call_is_of_the_one_of_whom_the_palace_tells(rows):
    (row,) = rows(
        "French President Emmanuel Macron has pushed for a deal. In his call with Volodymyr Zelensky on "
        "Tuesday, the Elysee said he also raised the matter."
    )
    assert set(row.participants) == {"Emmanuel Macron", "Volodymyr Zelenskyy"}


def test_the_call_is_that_of_the_line_above(rows):
    found = rows(
        "Swiss Foreign Minister Ana Roe is to host a call with her European counterparts on Friday.",
        "The call would be held with foreign ministers of Germany, Poland and Italy, the source said.",
    )
    assert len({r.meeting_id for r in found}) == 1
    assert [r.date_from for r in found] == [march(13)] * 2

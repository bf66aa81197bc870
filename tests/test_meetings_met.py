"""Who is met by a pronoun, what people of two states do together, who is at the table of others; invented."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.meeting_pages import march, rows_of


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, load_domain(Settings(domain="generic")))


@pytest.mark.parametrize(
    ("lines", "people", "status"),
    [
        (
            "Luis Vega, Chile's president, said he would sign. Peru's Ana Ruiz, who spoke with him on "
            "Monday, said she was glad.",
            {"Luis Vega", "Ana Ruiz"},
            "held",
        ),
        (
            "Chile's president, Luis Vega, said he would sign.\nPeru's foreign minister, Ana Ruiz, met him "
            "in Lima on Monday.",
            {"Luis Vega", "Ana Ruiz"},
            "held",
        ),
        (
            "Polish President Jan Kowal has kept quiet. Ukraine's prime minister, Olha Bondar, will see "
            "him in Rzeszow on Friday, her office said.",
            {"Jan Kowal", "Olha Bondar"},
            "scheduled",
        ),
        (
            "Kenyan envoy Grace Mwangi called for calm. Sudan's army chief, Omar Badri, met with her on "
            "Sunday in Port Sudan.",
            {"Grace Mwangi", "Omar Badri"},
            "held",
        ),
        (
            "Macron accused Merz of delay. Meloni rang him on Tuesday to cool tempers.",
            {"Giorgia Meloni", "Emmanuel Macron"},
            "held",
        ),
    ],
)
def test_an_object_pronoun_is_the_person_told_of_before(rows, lines, people, status):
    (row,) = rows(*lines.split("\n"))
    assert (set(row.participants), row.status) == (people, status)


@pytest.mark.parametrize(
    "line",
    [
        "Kenyan envoy Grace Mwangi called for calm. Sudan's army chief, Omar Badri, met with him on Sunday.",
        "The chancellor, Friedrich Merz, said Germany would pay. His finance minister briefed him on Monday.",
        "Friedrich Merz called the envoy a friend. Reporters met him in Kyiv on Monday.",
        "Macron accused Merz of delay. Meloni called him a hero of the south on Tuesday.",
        "Polish President Jan Kowal called Ukraine's Prime Minister Olha Bondar a friend.",
    ],
)
def test_nobody_else_is_met(rows, line):
    assert rows(line) == []


@pytest.mark.parametrize(
    ("line", "parties", "status"),
    [
        (
            "French minister Paul Girard toured the empty docks with his Moroccan counterpart, Said Amrani.",
            ("FR", "MA"),
            "held",
        ),
        (
            "Polish President Jan Kowal walked through the rebuilt market with Ukraine's Prime Minister Oleh "
            "Bondar on Tuesday.",
            ("PL", "UA"),
            "held",
        ),
        (
            "On Sunday, German Chancellor Anna Weiss visited the dam with Czech Prime Minister Petr Novak.",
            ("CZ", "DE"),
            "held",
        ),
        (
            "Mexican President Claudia Sheinbaum will inaugurate the bridge with Guatemala's Bernardo "
            "Arevalo on Friday.",
            ("GT", "MX"),
            "scheduled",
        ),
    ],
)
def test_people_of_two_states_do_something_together(rows, line, parties, status):
    (row,) = rows(line)
    assert (row.parties, row.status, row.rule) == (parties, status, "verb_outing")


@pytest.mark.parametrize(
    "line",
    [
        "The French minister toured the docks with his wife and two aides on Monday.",
        "Norway's defence minister, Kari Lund, toured the plant with executives of a Swedish firm.",
        "Canada marked the anniversary with Britain on Saturday.",
        "The Swedish prime minister did not tour the plant with her Finnish counterpart.",
    ],
)
def test_no_two_officials_together(rows, line):
    assert rows(line) == []


TALKS = "Iran and the United States held a third round of talks in Muscat on Saturday."


@pytest.mark.parametrize(
    ("line", "parties"),
    [
        (
            "The Omani foreign minister, Badr Salim, shuttled between the two delegations for hours.",
            "IR OM US",
        ),
        ("Oman's foreign minister greeted the two delegations one by one.", "IR OM US"),
        ("Opening the session, Swiss President Karin Keller thanked both sides.", "CH IR US"),
    ],
)
def test_who_is_at_the_table_of_two_others(rows, line, parties):
    talks, beside = rows(TALKS, line)
    assert (beside.meeting_id, " ".join(beside.parties)) == (talks.meeting_id, parties)


@pytest.mark.parametrize(
    "line",
    [
        "Oman's finance minister opened a conference on tourism in Salalah.",
        "In Berlin, Chancellor Friedrich Merz opened the session of parliament with a minute of silence.",
        "Oman's foreign minister briefed him on the talks in Muscat.",
    ],
)
def test_others_are_at_no_table(rows, line):
    assert all("OM" not in row.parties and "DE" not in row.parties for row in rows(TALKS, line))


@pytest.mark.parametrize(
    ("line", "people"),
    [
        (
            "Zambian mediator Peter Chola and Congolese negotiator Jean Mbala skipped dinner. The two sat "
            "on the terrace until midnight.",
            {"Peter Chola", "Jean Mbala"},
        ),
        (
            "Finnish Foreign Minister Elina Salo arrived first. Russian envoy Pavel Orlov followed. The two "
            "talked for an hour in the garden.",
            {"Elina Salo", "Pavel Orlov"},
        ),
    ],
)
def test_two_who_sit_together_for_hours_meet(rows, line, people):
    (row,) = rows(line)
    assert set(row.participants) == people


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Colombia's envoy, Luis Mora, said there would be no second meeting.", "ruled_out"),
        ("There will be another round, Mora said.", "scheduled"),
    ],
)
def test_that_there_will_be_one_more_tells_of_it(rows, line, status):
    first, more = rows("Ecuador and Colombia held talks on the border in Quito on Monday.", line)
    assert (more.status, more.parties) == (status, ("CO", "EC"))
    assert more.meeting_id != first.meeting_id


def test_a_smaller_session_is_no_small_talk(rows):
    (row,) = rows(
        "Kyiv's envoy, Artem Holub, has rejected Russia's suggestion of a smaller session in Minsk in May."
    )
    assert (row.status, row.parties, row.place) == ("ruled_out", ("RU", "UA"), "Minsk")


def test_who_meets_somebody_on_the_way_out_does_so_that_day(rows):
    (row,) = rows("Before flying home on Sunday, French minister Paul Girard met Morocco's Said Amrani.")
    assert row.date_from == march(8)


def test_an_outing_with_somebody_else_is_another_meeting(rows):
    met, toured = rows(
        "Ecuador's Ana Ruiz met Peru's president, Luis Vega, in Lima on Monday. Before leaving on Tuesday, "
        "Ruiz also toured the port with Peru's minister, Pedro Mora.",
    )
    assert toured.meeting_id != met.meeting_id
    assert toured.date_from == march(10)


@pytest.mark.parametrize(
    ("line", "parties", "status"),
    [
        (
            "Chad and Sudan traded fire again. Qatar had invited both foreign ministers to Doha for "
            "March 20, but that meeting has been postponed.",
            "QA SD TD",
            "cancelled",
        ),
        (
            "Armenian and Azerbaijani officials traded blame. US President Donald Trump will host both "
            "leaders in Washington on Friday.",
            "AM AZ US",
            "scheduled",
        ),
        (
            "Norway's prime minister had asked the presidents of Serbia and Kosovo to Oslo for Friday, "
            "but the dinner was scrapped on Tuesday.",
            "NO RS XK",
            "cancelled",
        ),
        ("The Peruvian delegation attended a luncheon at the Brazilian embassy on Tuesday.", "BR PE", "held"),
        (
            "Egypt's Prime Minister Hani Fouad attended a reception at the Saudi ambassador's "
            "residence on Sunday.",
            "EG SA",
            "held",
        ),
        (
            "The statement welcomed the technical exchange held by video link on 2 March between the "
            "Egyptian and Sudanese coast guards.",
            "EG SD",
            "held",
        ),
        ("The plan was agreed during a January 18 video conference of European leaders.", "EUROPE", "held"),
        (
            "Togo has been accused by Ghanaian commentators of enjoying itself. Its minister, Kodjo "
            "Lawson, has proposed that the port authorities of the two countries meet in Aflao next week.",
            "GH TG",
            "proposed",
        ),
    ],
)
def test_whom_the_words_name_as_hosts_guests_and_the_two(rows, line, parties, status):
    (row,) = rows(line)
    assert (" ".join(row.parties), row.status) == (parties, status)


@pytest.mark.parametrize(
    "line",
    [
        "Turkey had invited both presidents to Ankara next week.",
        "The union and the operators traded blame. Ghana invited both sides to Accra on Monday.",
        "Police broke up a protest after a dinner at the Israeli embassy on Monday.",
        "There was a heated exchange on television between the Egyptian and Sudanese ministers.",
        "The Senate's budget committee will reconvene in Washington on March 30.",
    ],
)
def test_of_no_two_hosts_and_guests(rows, line):
    assert rows(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "The Egyptian side was headed by Water Minister Hani Sewilam, the Sudanese by Yasir Abbas.",
        "The Egyptian delegation was led by Minister Hani Sewilam and that of Sudan by Yasir Abbas.",
        "Hani Sewilam headed the Egyptian delegation and Yasir Abbas the Sudanese.",
        "Hani Sewilam led the Egyptian delegation, while Yasir Abbas headed Sudan's.",
    ],
)
def test_who_leads_the_other_team(rows, line):
    talks, led = rows("Egypt and Sudan held talks in Cairo on Monday.", line)
    assert led.meeting_id == talks.meeting_id
    assert set(led.participants) == {"Hani Sewilam", "Yasir Abbas"}
    assert led.parties == ("EG", "SD")


def test_who_is_named_behind_the_leader_leads_nobody(rows):
    _, led = rows(
        "Egypt and Sudan held talks in Cairo on Monday.",
        "The Egyptian team was led by Hani Sewilam, and a Sudanese plan was rejected by Yasir Abbas, "
        "his deputy.",
    )
    assert led.participants == ("Hani Sewilam",)


@pytest.mark.parametrize(
    "line",
    [
        "Their technical working group will reconvene in Aswan on March 30.",
        "The commission's technical committee will reconvene in Aswan on March 30.",
    ],
)
def test_a_body_of_the_two_meets_anew(rows, line):
    _, again = rows("Egypt and Sudan held talks in Cairo on Monday.", line)
    assert (again.parties, again.place, again.status) == (("EG", "SD"), "Aswan", "scheduled")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "Coming up: Macron in Beijing on Thursday, Merz in Ankara on Friday.",
            [("FR", "Beijing", 12), ("DE", "Ankara", 13)],
        ),
        (
            "The week ahead: Tuesday, French President Paul Girard in Berlin. Thursday, EU leaders in "
            "Brussels. Saturday, Japan's prime minister, Ken Mori, in Seoul.",
            [("FR", "Berlin", 17), ("JP", "Seoul", 14)],
        ),
        (
            "Sunday: Rubio in Tel Aviv; Monday: Rubio in Riyadh; Tuesday: home.",
            [("US", "Tel Aviv", 15), ("US", "Riyadh", 16)],
        ),
    ],
)
def test_items_of_an_agenda_need_no_verb(rows, line, found):
    told = [(" ".join(r.parties), r.place, r.date_from, r.status) for r in rows(line)]
    assert told == [(party, place, march(day), "scheduled") for party, place, day in found]


@pytest.mark.parametrize(
    "line",
    [
        "In this issue: French President Paul Girard in Berlin, and why bread is dear in Cairo.",
        "Sunday: Macron in Paris.",
        "Thursday: fighting in Goma, protesters in Tbilisi.",
        "Friday: Trump in trouble.",
    ],
)
def test_no_items_of_an_agenda(rows, line):
    assert rows(line) == []


@pytest.mark.parametrize(
    ("line", "parties", "place"),
    [
        (
            "An attempt collapsed in January, when Eritrean negotiators flew home from Doha after two days.",
            "ER",
            "Doha",
        ),
        ("Israeli envoys left Cairo on Sunday after three days of silence.", "IL", "Cairo"),
        (
            "Presidents Jan Kowal of Poland and Milan Petrovic of Serbia left Budapest on Monday, tired.",
            "PL RS",
            "Budapest",
        ),
    ],
)
def test_who_leaves_talks_was_at_them(rows, line, parties, place):
    (row,) = rows(line)
    assert (" ".join(row.parties), row.place, row.status) == (parties, place, "held")


@pytest.mark.parametrize(
    "line",
    [
        "The Brazilian national team flew home from Doha on Monday.",
        "Russian negotiators flew home from Moscow on Monday.",
        "French troops left Bamako on Monday.",
        "Two British diplomats left Moscow on Friday after being expelled.",
    ],
)
def test_who_leaves_was_at_no_talks(rows, line):
    assert rows(line) == []


def test_his_delegation_is_that_of_the_person_told_of(rows):
    talks, home = rows(
        "Eritrean and Ethiopian negotiators held talks in Nairobi on Tuesday. Gebre spoke for the Eritreans.",
        "Eritrean minister Isaias Gebre spoke to reporters. His delegation flies home tonight.",
    )
    assert home.meeting_id == talks.meeting_id


@pytest.mark.parametrize(
    ("line", "parties", "status"),
    [
        (
            "On Monday Zambia's Hakainde Hichilema had Zimbabwe's president to dinner in Lusaka.",
            "ZM ZW",
            "held",
        ),
        ("Rubio and Lavrov have an appointment in Abu Dhabi on March 20.", "RU US", "scheduled"),
        (
            "The Dutch and Belgian defence ministers toured the flooded border together on Sunday.",
            "BE NL",
            "held",
        ),
        (
            "Vietnam and the EU wrapped up their tenth round of human rights talks in Hanoi on Friday.",
            "EU VN",
            "held",
        ),
        ("The Chilean trade minister showed up in Lima on Monday with a new offer.", "CL", "held"),
    ],
)
def test_dinners_appointments_and_tours_together(rows, line, parties, status):
    (row,) = rows(line)
    assert (" ".join(row.parties), row.status) == (parties, status)


@pytest.mark.parametrize(
    "line",
    [
        "Russia condemned the appointment of Kaja Kallas as envoy.",
        "Thousands of fans turned up in Baku on Sunday.",
        "The UN human rights session opened in Geneva on Monday.",
    ],
)
def test_no_dinners_appointments_and_tours(rows, line):
    assert rows(line) == []


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Turkish Foreign Minister Hakan Fidan greets Sergey Lavrov at the foreign ministry.", 1),
        ("Macron welcomed Merz on the steps of the palace.", 1),
        ("Macron greeted supporters at the airport.", 0),
        ("Germany welcomes Ukraine at the gates of the union.", 0),
        ("Macron welcomed Merz's proposal at the ministry.", 0),
    ],
)
def test_who_is_greeted_at_a_building_is_met(rows, line, count):
    assert len(rows(line)) == count

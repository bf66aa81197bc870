"""Letters and statements that speak, paragraphs of one quotation, sources by office, clauses of "as"."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.test_statements import reader_of


@pytest.fixture(scope="module")
def said(nlp):
    return reader_of(nlp, load_domain(Settings(domain="generic")))


@pytest.mark.parametrize(
    ("line", "speaker", "channel"),
    [
        ("Premier Ada Ngo's letter reads: “We cannot accept the terms of the port.”", "Ada Ngo", "letter"),
        (
            "Ada Ngo wrote a letter to the port. The letter says that the terms are too hard.",
            "Ada Ngo",
            "letter",
        ),
        ("The Coastal Union's message states: “No crew will sail before Friday.”", "Coastal Union", None),
    ],
)
def test_a_letter_speaks_for_who_wrote_it(said, line, speaker, channel):
    rows = said(line)
    assert [(r.speaker_name, r.channel) for r in rows[-1:]] == [(speaker, channel)]


def test_paragraphs_without_marks_go_on_until_one_closes(said):
    rows = said(
        "The Norwegian foreign ministry issued a statement on Monday.",
        "The statement said:",
        '"Norway regrets the decision of the port to close its gates.',
        "We have asked for a meeting with the board.",
        'We will go on with the talks."',
        "The ferries lay idle.",
    )
    assert [(r.speaker_name, r.form, r.rule) for r in rows] == [
        ("Norwegian foreign ministry", "direct", "led_in"),
        ("Norwegian foreign ministry", "direct", "continued_quotation"),
        ("Norwegian foreign ministry", "direct", "continued_quotation"),
    ]


def test_a_quotation_left_open_for_good_takes_no_line_below(said):
    rows = said(
        'Ada Ngo said: "Norway regrets the decision of the port to close its gates.',
        "The ferries lay idle all day in the old harbour.",
        "Nobody was to be seen.",
    )
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("line", "speaker", "content", "reporter"),
    [
        (
            "Reuters reports citing the head of the Norwegian ports authority that the ferries will sail.",
            "head of the Norwegian ports authority",
            "the ferries will sail",
            "Reuters",
        ),
        (
            "Reuters reported, citing the deputy governor of Norway's central bank, that rates rose.",
            "deputy governor of Norway's central bank",
            "rates rose",
            "Reuters",
        ),
    ],
)
def test_an_office_may_be_the_source_that_an_outlet_cites(said, line, speaker, content, reporter):
    assert [(r.speaker_name, r.content, r.reported_by) for r in said(line)] == [(speaker, content, reporter)]


@pytest.mark.parametrize(
    ("line", "content"),
    [
        ("Ada Ngo mocked the appointment as Tomas Lind has lost two elections.", "the appointment"),
        ("Ada Ngo mocked the appointment as Tomas Lind left the hall.", "the appointment"),
        ("Ada Ngo mocked the appointment as a bad joke.", "the appointment as a bad joke"),
        ("Ada Ngo described the day as “somebody else’s trouble”.", "the day as “somebody else’s trouble”"),
    ],
)
def test_a_clause_of_as_is_no_part_of_what_is_mocked(said, line, content):
    assert [r.content for r in said(line)][:1] == [content]


def test_a_letter_of_two_is_of_both(said):
    rows = said(
        "In the letter, Ada Ngo and Tomas Lind called for the union to end the strike.",
        "“The crews cannot wait any longer,” the letter read.",
    )
    assert [(r.speaker_name, r.channel) for r in rows][-1] == ("Ada Ngo and Tomas Lind", "letter")


@pytest.mark.parametrize(
    ("line", "contents"),
    [
        (
            "But after the mayor put out a law that he called “final”, Ada Ngo said a deal was far off.",
            ["a deal was far off"],
        ),
        (
            "In response, Ada Ngo said, “We will wait for a deal.”",
            ["“We will wait for a deal.”"],
        ),
        ("Ada Ngo refrained from revealing the terms of the deal.", []),
        ("Ada Ngo told the “Al-Noor” channel that she hoped for a deal.", ["she hoped for a deal"]),
    ],
)
def test_scenes_replies_and_what_is_kept_back(said, line, contents):
    assert [r.content for r in said(line) if r.speaker_name == "Ada Ngo"] == contents


def test_a_name_ends_before_a_bracket_that_is_not_its_own(said):
    rows = said("Members of the Authority on Lake Trade (ALT) confirmed that the rivals had met.")
    assert all("(" not in r.speaker_name for r in rows)


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (
            ("“We will not sail before Friday.” Ada Ngo said on Monday.",),
            [("Ada Ngo", "“We will not sail before Friday.”", "closing_quotation")],
        ),
        (
            ("“We will not sail.” Ada Ngo said that the port was shut for the rest of the week.",),
            [("Ada Ngo", "the port was shut for the rest of the week", "clause")],
        ),
        (
            ("The UN envoy to Peru, Ada Ngo told Reuters, after talks resumed, that she expected a deal.",),
            [("Ada Ngo", "she expected a deal", "clause")],
        ),
        (
            ("In a post on her page, Ada Ngo said during the visit they discussed the ferries.",),
            [("Ada Ngo", "they discussed the ferries", "clause")],
        ),
        (
            ("The Head of the High Council (HC) in Peru, Ada Ngo, said the talks go on.",),
            [("Ada Ngo", "the talks go on", "clause")],
        ),
    ],
)
def test_where_what_is_said_begins(said, lines, rows):
    found = [(r.speaker_name, r.content, r.rule) for r in said(*lines)]
    assert [row for row in rows if row not in found] == []
    assert all("In a post" not in content and "envoy" not in content for _, content, _ in found)

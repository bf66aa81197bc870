"""Time grows with the length of a hostile text and not with its square, in every part that reads text."""

import datetime as dt
import time
from dataclasses import replace

import pytest
from spacy.tokens import Doc

from pipeline.clean import clean_document
from pipeline.clean.reference import load_knowledge
from pipeline.dates.expressions import find_dates
from pipeline.domain import load_domain
from pipeline.extract.meetings import extract_meeting_mentions
from pipeline.extract.positions import extract_positions
from pipeline.extract.statements import extract_statements
from pipeline.extract.statements.quotes import find_quotes
from pipeline.ingest import RawDocument
from pipeline.model import Block, DateRange, Page
from pipeline.nlp import MAX_SENTENCE, endless_sentences, parse_blocks
from pipeline.resolve import link
from pipeline.settings import Settings
from tests.good_data import ONE
from tests.odd_pages import PROSE, SAID

DAY = DateRange(dt.date(2025, 11, 24), dt.date(2025, 11, 24))
GROWTH = 9
"""How many times as long four times the text may take: four if time is linear, sixteen if it is square."""
NOISE = 0.04
"""Seconds below which a time says nothing."""

TEXTS = {
    "nested quotations": ("He said ", "“he said ", "no.", 2_000),
    "quotations closed out of order": ("He said ", "“a “b “c ” ", "no.", 800),
    "open straight marks": ("He said ", ' "he said ', "no.", 2_000),
    "open guillemets": ("He said ", "«he said ", "no.", 2_000),
    "marks after s": ("He said ", "'allies' ", "no.", 1_500),
    "double apostrophes": ("He said ", "``he ", "no.", 2_000),
    "brackets": ("He said ", "(he ", "no.", 3_000),
    "footnotes": ("He said", "[1]", " no.", 5_000),
    "dates": ("Talks ", "on Monday, 31 February 2025, yesterday ", ".", 150),
    "digits": ("Talks of ", "1234567890", " began.", 5_000),
    "spaces": ("Talks", "\u00a0", "began.", 30_000),
    "combining marks": ("Talks of e", "\u0301\u0302", " began.", 10_000),
    "capitals": ("", "TALKS WITH RUSSIA RESUMED ", ".", 500),
    "letters": ("Talks of ", "A", " began.", 30_000),
    "pipes": ("Talks", " | ", " began.", 5_000),
    "at signs": ("", "a@", "b.", 10_000),
    "stamps": ("Talks live\n", "12.30 GMT\nEnvoys say it is close.\n", "", 100),
    "posts with times": ("Talks live\n", "12:30 Envoys say it is close\n", "", 200),
    "bylines": ("Talks live\n", "By Jane Doe\n12 March 2026\n", "", 100),
    "short lines": ("Talks live\n", "a\n", "", 1_000),
    "newsletters": ("Talks live\n", "Sign up for our newsletter\nEmail\nRelated stories\n", "", 100),
}


def read_text(text):
    """What reads text before the model does."""
    raw = RawDocument("doc_0000000000000000", "a.txt", text, "0" * 64, None, dt.datetime(2026, 1, 1))
    clean_document(raw, load_knowledge(Settings().reference))
    for line in text.splitlines():
        find_quotes(line)
        find_dates(line, DAY)


def grows_with_its_length(seconds, n):
    """Whether four times the length take less than `GROWTH` times as long; a doubtful time is taken again."""
    for _ in range(3):
        short, long = seconds(n), seconds(4 * n)
        if long < GROWTH * max(short, NOISE):
            return True
    return False


@pytest.mark.parametrize("name", TEXTS)
def test_reading_text(name):
    before, piece, after, n = TEXTS[name]

    def seconds(n):
        text = f"Talks resume\n\n{before}{piece * n}{after}\n\n{PROSE}\n"
        began = time.process_time()
        read_text(text)
        return time.process_time() - began

    load_knowledge(Settings().reference)
    assert grows_with_its_length(seconds, n)


PARSED = {
    "quotations left open": ("He said ", "“we accept it. ", "no.", 150),
    "quotations in single marks": ("He said ", "‘we accept’ ", "no.", 150),
    "prose in one line": ("", PROSE + " ", "", 10),
    "prose in an open quotation": ("“", PROSE + " ", "", 10),
    "names": ("", "Putin, Trump, Zelenskyy and Macron met. ", "", 60),
    "pronouns": ("Putin came. ", "He said it. ", "", 100),
    "meetings": ("", "Putin met Trump in Geneva on Monday. ", "", 40),
    "stances": ("", "Russia rejects a ceasefire and Ukraine accepts it. ", "", 60),
    "cues": ("", "said told met rejected accepted. ", "", 100),
}


@pytest.mark.parametrize("name", PARSED)
def test_reading_a_parsed_line(nlp, name):
    before, piece, after, n = PARSED[name]
    pack = load_domain(Settings())
    docs = {text: nlp(text) for text in ("Talks resume", before, piece, after, PROSE) if text}

    def seconds(n):
        parts = [part for part in (before, *[piece] * n, after) if part]
        line = "".join(parts)
        text = f"Talks resume\n\n{line}\n\n{PROSE}"
        at = len("Talks resume\n\n")
        end = at + len(line)
        blocks = (
            Block("blk_0000000000000000", ONE.document_id, 0, 0, at - 2, "title", "by_hand"),
            Block("blk_0000000000000001", ONE.document_id, 1, at, end, "body", "by_hand"),
            Block("blk_0000000000000002", ONE.document_id, 2, end + 2, len(text), "body", "by_hand"),
        )
        whole = Doc.from_docs([docs[part] for part in parts], ensure_whitespace=False)
        document = replace(ONE.document("Talks resume", "article"), text=text)
        page = Page(document, blocks, {0: docs["Talks resume"], 1: whole, 2: docs[PROSE]})
        began = time.process_time()
        links = link(page, pack)
        said = extract_statements(page, links, pack)
        extract_meeting_mentions(page, links, said, pack)
        extract_positions(page, links, said, pack)
        return time.process_time() - began

    seconds(2)
    assert grows_with_its_length(seconds, n)


def parsed(nlp, line):
    document = replace(ONE.document("x", "article"), text=line)
    block = Block("blk_0000000000000000", ONE.document_id, 0, 0, len(line), "body", "by_hand")
    return Page(document, (block,), parse_blocks(nlp, document, [block]))


def test_a_sentence_without_an_end_is_not_read_and_told(nlp):
    page = parsed(nlp, f"{SAID} {'TALKS RESUME ' * 700}. {SAID}")
    ((block_no, length),) = endless_sentences(page)
    assert block_no == 0 and length > MAX_SENTENCE
    assert page.parses[0].text == page.document.text
    assert sum(token.lemma_ == "say" for token in page.parses[0]) == 2
    assert list(endless_sentences(parsed(nlp, f"{SAID} {PROSE}"))) == []


@pytest.mark.parametrize("mark", ["(", "“", "$", "_", "😀", "a:"])
def test_a_run_of_signs_without_spaces_is_parsed_at_once(nlp, mark):
    line = f"{SAID} {mark * (100_000 // len(mark))} {SAID}"
    began = time.process_time()
    page = parsed(nlp, line)
    assert time.process_time() - began < 2
    assert page.parses[0].text == line
    assert len(page.parses[0]) < 120

"""Synthetic pages: the same made alone or in a row, and what is said to be known stands in the text."""

import json
from collections import Counter
from itertools import islice, pairwise

import pytest

from pipeline.contract import TABLES
from pipeline.domain import load_domain
from pipeline.known import issue_rows
from pipeline.settings import Settings
from pipeline.tables import frame
from pipeline.warehouse import build_database
from tests.synthetic.occasions import occasion
from tests.synthetic.pages import day_of, is_feed, original_of, page
from tests.synthetic.stances import EPOCH, ISSUES, stance_of
from tests.synthetic.world import STATES, negotiations
from tests.synthetic_corpus import json_lines, pages, write_corpus
from tests.synthetic_recall import TABLES as JUDGED
from tests.synthetic_recall import Found, extracted, judge, n_pages, published

SEED = 7


@pytest.fixture(scope="module")
def made():
    return list(pages(200, SEED))


def test_a_page_made_alone_is_the_same_as_in_a_row(made):
    for number in (0, 17, 123, 199):
        assert page(SEED, number).text == made[number].text
        assert page(SEED, number).gold == made[number].gold


def test_another_seed_gives_other_pages(made):
    assert page(SEED + 1, 17).text != made[17].text


def test_pages_come_one_by_one():
    assert next(islice(pages(10**9, SEED), 3, None)).number == 3


def test_known_words_stand_in_the_line_they_name(made):
    for one in made:
        lines = one.text.split("\n")
        for unit in one.gold["statements"]:
            assert unit["content"] in lines[unit["line"] - 1]
        for unit in (*one.gold["meetings"], *one.gold["positions"], *one.gold["optional"]):
            assert unit["evidence"] in lines[unit["line"] - 1]
        assert not any(mark in one.text for mark in "⟦⟧⟪⟫⦃⦄{}")


def test_articles_have_the_length_asked_for_on_the_average(made):
    for wanted in (200, 500):
        own = [page(SEED, n, wanted) for n in range(60) if not is_feed(SEED, n)]
        words = sum(len(one.text.split()) for one in own) / len(own)
        assert 0.85 * wanted <= words <= 1.2 * wanted


def test_a_third_to_a_half_of_the_paragraphs_hold_rows(made):
    units = [u for one in made for t in JUDGED for u in one.gold[t]]
    told = {(one.number, u["line"]) for one in made for t in JUDGED for u in one.gold[t]}
    assert 0.33 <= len(told) / sum(len(one.constructions) for one in made) <= 0.5
    assert len({u["construction"] for u in units}) > 60


def test_some_pages_are_copies_under_other_furniture(made):
    copies = [one for one in made if one.copy_of is not None]
    assert 0.15 <= len(copies) / len(made) <= 0.3
    for one in copies:
        own, first = (set(p.text.split("\n")) for p in (one, made[one.copy_of]))
        assert made[one.copy_of].copy_of is None
        assert original_of(SEED, one.number) == one.copy_of
        assert one.text != made[one.copy_of].text
        if one.gold["meta"]["title"] == made[one.copy_of].gold["meta"]["title"]:
            assert len(own & first) >= 0.5 * min(len(one.constructions), len(made[one.copy_of].constructions))


def test_sentences_repeat_only_in_copies_and_in_what_has_no_slots(made):
    seen = Counter(unit["content"] for one in made if one.copy_of is None for unit in one.gold["statements"])
    assert sum(n for n in seen.values() if n > 1) < 0.1 * seen.total()


def test_any_first_pages_lie_over_all_days():
    days = sorted(day_of(SEED, n) for n in range(40))
    assert (days[-1] - days[0]).days > 1_000
    assert max((b - a).days for a, b in pairwise(days)) < 100


def test_meetings_go_through_stages_that_pages_of_different_days_tell():
    about = negotiations(SEED)[0]
    ends = Counter()
    for number in range(60):
        told = occasion(SEED, about, number)
        assert told.status(told.proposed) == "proposed"
        ends[told.status(max(told.day, told.first_day).replace(year=told.day.year + 1))] += 1
        assert told.first_day == told.known_day(told.proposed)
    assert ends["held"] > ends["cancelled"] > 0
    assert ends["ruled_out"] > 0
    assert any(occasion(SEED, about, n).day != occasion(SEED, about, n).first_day for n in range(60))


def test_stances_hold_for_a_time_and_change():
    day = day_of(SEED, 0)
    state = STATES["RU"]
    for issue, _ in ISSUES:
        assert stance_of(SEED, state, issue, day) == stance_of(SEED, state, issue, day)
    later = day.fromordinal(day.toordinal() + 3 * EPOCH)
    assert any(stance_of(SEED, state, i, day) != stance_of(SEED, state, i, later) for i, _ in ISSUES)


def test_files_and_json_lines_hold_the_same_texts(tmp_path):
    write_corpus(tmp_path / "texts", 5, SEED, truth=tmp_path / "truth")
    texts = {p.stem: p.read_text(encoding="utf-8") for p in (tmp_path / "texts").rglob("*.txt")}
    lines = [json.loads(line) for line in json_lines(5, SEED)]
    assert {line["id"]: line["text"] for line in lines} == texts
    assert {p.stem for p in (tmp_path / "truth").glob("*.json")} == set(texts)


def test_the_extractors_find_what_the_templates_hold(tmp_path, nlp):
    """Floors a little below what was measured on 300 pages; `python -m tests.synthetic_recall` measures.

    A run's database says the same.
    """
    some = list(pages(40, SEED, 300))
    corpus = extracted(tmp_path / "in", Settings(), some)
    tallies = judge(Found.of(corpus), some)
    statements, meetings, positions = (tallies[table] for table in JUDGED)
    assert statements.precision >= 0.92
    assert statements.recall >= 0.92
    assert meetings.precision >= 0.85
    assert meetings.recall >= 0.92
    assert positions.precision >= 0.6
    assert positions.recall >= 0.6
    known = corpus.rows() | {"issues": issue_rows(load_domain(Settings()))}
    build_database(tmp_path / "it.duckdb", {t.name: frame(t.name, known.get(t.name, ())) for t in TABLES})
    found = published(tmp_path / "it.duckdb")
    assert n_pages(found) == len(some)
    assert judge(found, pages(n_pages(found), SEED, 300)) == tallies
    twice = judge(found, some, judge(found, some))
    assert twice["statements"].recall == statements.recall
    assert twice["statements"].predicted == 2 * statements.predicted

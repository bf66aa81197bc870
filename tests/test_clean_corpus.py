"""What cleaning learns from the corpus, and what it sets aside."""

import dataclasses
import datetime as dt

import pytest

from pipeline.clean import clean_corpus
from pipeline.clean.language import looks_english
from pipeline.errors import Reason
from pipeline.ingest import Sidecar
from pipeline.settings import Settings
from tests.clean_pages import knowledge, raw

STORIES = [
    "The envoys of the two countries met in Lome on Tuesday to discuss the border, their hosts said.\n"
    "They agreed to meet again in the week after the holidays, according to the final statement.",
    "Fishing ministers signed a deal on mackerel in Bergen after a night of talks, officials said.\n"
    "Nobody got everything that he had asked for, the minister of Norway admitted in the morning.",
    "Rebels walked out of a meeting in Nairobi and blamed the government for a strike on their camp.\n"
    "Mediators hope to see both of the sides again on Saturday, though no time has been agreed so far.",
]
CLAIM = "The Lakes Herald has been telling the truth to the people of the lakes for over a hundred years."


def corpus(*texts, sidecar=None):
    return clean_corpus([raw(t, f"{n}.txt", sidecar) for n, t in enumerate(texts)], Settings())


def rules_of(cleaned, text):
    found = {d.document_id: d.text for d in cleaned.documents}
    return {b.rule for b in cleaned.blocks if found[b.document_id][b.char_start : b.char_end] == text}


def test_a_page_is_cleaned_alike_in_every_company():
    texts = [f"{s}\n{CLAIM}" for s in STORIES]
    together = corpus(*texts)
    assert rules_of(together, CLAIM) == {"prose"}
    alone = [clean_corpus([raw(t, f"{n}.txt")], Settings()) for n, t in enumerate(texts)]
    assert together.blocks == tuple(b for one in alone for b in one.blocks)
    assert together.documents == tuple(d for one in alone for d in one.documents)


def test_one_story_on_three_sites_is_kept_and_its_copies_point_to_the_first():
    wire = STORIES[0] + "\n" + STORIES[1] + "\n" + STORIES[2]
    cleaned = corpus(*(f"{site} Herald\n{wire}" for site in ("Lakes", "Hills", "Coast")))
    assert {b.rule for b in cleaned.blocks if b.kind == "body"} == {"prose"}
    first = cleaned.documents[0].document_id
    assert [d.duplicate_of for d in cleaned.documents] == [None, first, first]


def test_the_earlier_published_is_the_original():
    wire = "\n".join(STORIES)
    late = f"Talks in Lome\n5 May 2026\n{wire}"
    early = f"Talks in Lome\n4 May 2026\n{wire}"
    cleaned = corpus(late, early)
    assert [d.duplicate_of for d in cleaned.documents] == [cleaned.documents[1].document_id, None]


@pytest.mark.parametrize("text", ["Home\nNews\nSport", "Share\n© 2026 News", "____\n***"])
def test_a_page_without_prose_is_set_aside(text):
    cleaned = corpus(text)
    assert cleaned.documents == () and cleaned.blocks == ()
    (refused,) = cleaned.quarantine
    assert refused.reason == Reason.NO_PROSE
    assert refused.source_file == "0.txt" and refused.sha256 and "lines" in refused.detail


GERMAN = (
    "Der Bundeskanzler traf am Montag in Berlin den Gesandten und sprach mit ihm eine Stunde über die Grenze."
)


def test_a_page_in_another_language_is_set_aside_and_does_not_stop_the_others():
    cleaned = corpus(GERMAN, STORIES[0])
    assert [q.reason for q in cleaned.quarantine] == [Reason.NOT_ENGLISH]
    assert "'de'" in cleaned.quarantine[0].detail
    assert [d.source_file for d in cleaned.documents] == ["1.txt"]


def test_the_sidecars_language_wins_over_the_identifier():
    english = corpus(GERMAN, sidecar=Sidecar(language="en"))
    assert [d.language for d in english.documents] == ["en"]
    german = corpus(STORIES[0], sidecar=Sidecar(language="de"))
    assert [q.reason for q in german.quarantine] == [Reason.NOT_ENGLISH]


@pytest.mark.parametrize(
    "text",
    [
        "Zelenskyy, Yermak and Umerov met with the envoys of Szijjarto in Uzhhorod.",
        "Araghchi and Al-Busaidi sat down in Muscat for the third time.",
        "No. We will not.",
    ],
)
def test_short_english_full_of_names_is_english(text):
    assert looks_english(text, knowledge().english)[0]


@pytest.mark.parametrize(
    "text",
    [GERMAN, "Президент встретился с делегацией в Минске.", "Le ministre a rencontré son homologue à Paris."],
)
def test_other_languages_are_not_english(text):
    assert not looks_english(text, knowledge().english)[0]


def test_nothing_vanishes_between_ingestion_and_cleaning():
    texts = [*STORIES, GERMAN, "Home\nNews", CLAIM]
    cleaned = corpus(*texts)
    assert len(cleaned.documents) + len(cleaned.quarantine) == len(texts)


def test_times_of_first_sight_are_those_of_ingestion():
    item = dataclasses.replace(raw(STORIES[0]), ingested_at=dt.datetime(2020, 1, 1))
    assert clean_corpus([item], Settings()).documents[0].ingested_at == dt.datetime(2020, 1, 1)


POST = "The envoy of the northern council said that the talks in Lome would go on, and left."


def dated(*rows):
    cleaned = corpus("\n".join(rows))
    (document,) = cleaned.documents
    days = [None if b.entry_date is None else str(b.entry_date) for b in cleaned.blocks if b.kind == "body"]
    return document, days, cleaned.rationales.get(document.document_id, ())


def test_day_headings_without_year_get_it_from_the_inferred_range():
    shown = "The plan was first shown to reporters on 11 May 2026 in Lome."
    head = ("Talks in Lome", "Tuesday 19 May", POST, shown)
    document, days, rationale = dated(*head, "Monday 18 May", POST, "Sunday 17 May", POST)
    assert document.format == "live_feed"
    assert days == ["2026-05-19", "2026-05-19", "2026-05-18", "2026-05-17"]
    assert (str(document.published_from), str(document.published_to)) == ("2026-05-17", "2026-05-19")
    assert document.published_basis == "inferred"
    assert any("11 May 2026" in reason for reason in rationale)


def test_day_headings_over_new_year_keep_together():
    shown = "The plan was first shown to reporters on 28 December 2026 in Lome."
    document, days, _ = dated("Talks in Lome", "2 January", shown, "1 January", POST, "31 December", POST)
    assert days == ["2027-01-02", "2027-01-01", "2026-12-31"]
    assert document.format == "live_feed"


def test_times_get_a_day_only_if_the_day_of_the_page_is_certain():
    times = ("14:02", POST, "13:05", POST)
    line = "LOME, May 12 (Reuters) - The plan was first shown to reporters on Monday, 11 May 2026."
    document, days, _ = dated("Talks in Lome", line, *times)
    assert str(document.published_from) == str(document.published_to) == "2026-05-12"
    assert document.published_basis == "inferred" and days == ["2026-05-12"] * 3
    vague = dated("Talks in Lome", "The plan was first shown to reporters on 11 May 2026.", *times)
    assert vague[1] == [None] * 3
    unknown = dated("Talks in Lome", *times)
    assert unknown[0].published_basis == "unknown" and unknown[1] == [None] * 2


def test_what_counts_back_from_the_day_of_reading_dates_nothing():
    document, _, rationale = dated("Talks in Lome", "Updated 3 hrs ago", POST, POST)
    assert document.published_from is None and document.published_basis == "unknown"
    assert rationale == ("nothing in the text bounds the year",)
    posts = dated("Talks in Lome", "5 May 2026", POST, "3 hours ago", POST, "1 day ago", POST)
    assert str(posts[0].published_from) == "2026-05-05" and posts[1][1:] == [None, None]


def test_pages_that_give_their_date_need_no_rationale():
    assert dated("Talks in Lome", "5 May 2026", POST, POST)[2] == ()


def test_the_day_of_an_entry_dates_the_same_occasion_in_other_documents():
    occasion = "The envoys of Dahomey and Togo met in Lome on Monday and agreed to a 14-day truce."
    feed = f"Talks live\n9 November 2026\n{occasion}\n3 November 2026\n{POST}\n1 October 2026\n{POST}"
    other = f"{occasion}\nThe truce agreed in Lome was welcomed by the Dahomey government, its envoys said."
    cleaned = corpus(feed, other)
    found = cleaned.documents[1]
    assert found.published_from is not None and found.published_to is not None
    assert found.published_from <= dt.date(2026, 11, 9) <= found.published_to
    assert (found.published_to - found.published_from).days <= 9


OTHER_LANGUAGES = {
    "pl": "Minister spraw zagranicznych spotkał się w Warszawie z wysłannikiem sąsiedniego państwa. To "
    "była trudna rozmowa, a obie strony zgodziły się do niej wrócić na początku maja. On sam nie "
    "chciał odpowiedzieć na pytanie, czy do porozumienia dojdzie jeszcze w tym roku, a my mamy na to "
    "dowody.",
    "pt": "O ministro dos Negócios Estrangeiros não se reuniu com o seu homólogo no norte do país, apesar "
    "do convite feito a ambas as partes no início do mês. As conversações devem continuar a partir "
    "de segunda-feira, no mesmo local, e as delegações não falaram do acordo.",
    "nl": "De minister was maandag in Brussel en had daar een gesprek over de grens met de gezant van het "
    "buurland. We zijn het over veel eens, was zijn verklaring, maar over de prijs is nog niets "
    "besloten. In mei is er weer een ontmoeting in Den Haag.",
    "da": "Udenrigsministeren mødte mandag udsendingen i København for at tale om grænsen. Begge parter "
    "var enige om at mødes igen i maj, men der er endnu ikke nogen aftale om prisen for gassen, og "
    "der kan gå uger, før de har noget at vise.",
    "it": "Il ministro degli Esteri ha incontrato lunedì a Roma l'inviato del paese vicino. In serata le "
    "due delegazioni hanno detto che i colloqui continueranno a maggio, ma non in Italia. A me "
    "sembra poco, ha detto un diplomatico.",
    "es": "El ministro de Asuntos Exteriores se reunió el lunes en Madrid con el enviado del país vecino. "
    "Las dos delegaciones no hablaron a los periodistas, y no se sabe si habrá acuerdo en mayo.",
    "fr": "Le ministre des Affaires étrangères a rencontré lundi à Paris l'envoyé du pays voisin. On a "
    "parlé de la frontière, mais on a peu avancé, et les deux délégations se retrouveront en mai.",
    "de": "Der Außenminister traf am Montag in Berlin den Gesandten des Nachbarlandes. In der Nacht war "
    "man so weit, dass an eine Einigung zu denken war, doch was am Ende fehlte, war das Geld.",
    "ro": "Ministrul de externe a avut luni la București o întâlnire cu trimisul țării vecine. A fost a "
    "doua oară în acest an, iar delegațiile au spus că nu are rost să se grăbească.",
    "af": "Die minister was Maandag in Pretoria en het met die gesant oor die grens gepraat. Hy was moeg, "
    "maar die gesprek is nou in die hande van die twee afvaardigings, en was nie maklik nie.",
    "sv": "Utrikesministern träffade på måndagen sändebudet i Stockholm för att tala om gränsen. Han har "
    "varit i kontakt med alla parter, och man kan se ett avtal i maj.",
    "ru": "Министр иностранных дел встретился в понедельник в Минске с посланником соседней страны. "
    "Стороны договорились продолжить переговоры в мае.",
    "tr": "Dışişleri bakanı pazartesi günü Ankara'da komşu ülkenin elçisiyle görüştü. İki heyet mayıs "
    "ayında yeniden bir araya gelecek.",
    "uk": "Міністр закордонних справ зустрівся в понеділок у Києві з посланцем сусідньої країни.",
}
ENGLISH = (
    "The ministers of both countries met in Lome on Monday and agreed that the talks should go on, according "
    "to the statement they issued after the meeting. "
)


@pytest.mark.parametrize("key", OTHER_LANGUAGES)
def test_texts_of_other_languages_are_not_english_at_any_length(key):
    text = OTHER_LANGUAGES[key]
    assert not looks_english(text, knowledge().english)[0]
    assert not looks_english(text * 4, knowledge().english)[0]
    assert not looks_english(text.split(". ")[0], knowledge().english)[0]


@pytest.mark.parametrize("key", ["de", "nl", "pt"])
def test_the_greater_part_decides_in_mixed_texts(key):
    other = OTHER_LANGUAGES[key]
    assert looks_english(ENGLISH * 6 + other, knowledge().english)[0]
    assert not looks_english(ENGLISH + other * 6, knowledge().english)[0]

"""Synthetic tables of any size that keep the contract: invented people, outlets, words, meetings, positions.

`python -m tests.synthetic_rows FOLDER --documents 10000` writes them as exports and database of a run.
"""

import argparse
import datetime as dt
import random
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path

import polars as pl

from pipeline import model
from pipeline.export import export_tables
from pipeline.ids import digest_id, sha256_hex
from pipeline.settings import Settings
from pipeline.tables import Issue, QualityResult, frame
from pipeline.warehouse import build_database

FIRST_DAY = dt.date(2024, 1, 1)
N_DAYS = 730
TIME = dt.datetime(2026, 1, 2, 5, 0, tzinfo=dt.UTC)
FEED_SHARE, FEED_ENTRIES = 0.01, 40
PARTIES = (
    *("US", "RU", "UA", "EU", "EUROPE", "GB", "FR", "DE", "NATO", "UN", "CN", "TR", "IL", "IR", "IN", "PK"),
    *("SA", "EG", "QA", "BR", "ZA", "PL", "HU", "IT", "ES", "FI", "SE", "NO", "JP", "KR", "AR", "AM", "AZ"),
)
PUBLISHERS = tuple(
    f"{place} {kind}"
    for place in ("Arden", "Brock", "Calder", "Denholm", "Elstow", "Farrow", "Gower", "Hexham")
    for kind in ("Herald", "Post", "Wire", "Tribune", "Live")
)
GIVEN = (
    "Ada",
    "Bela",
    "Cato",
    "Dora",
    "Emil",
    "Fay",
    "Gus",
    "Hana",
    "Ivo",
    "Jude",
    "Kira",
    "Leo",
    "Mina",
    "Nils",
)
SYLLABLES = (
    "bar",
    "cor",
    "dan",
    "fel",
    "gan",
    "hol",
    "kar",
    "lin",
    "mor",
    "nov",
    "pel",
    "ros",
    "sten",
    "tav",
)
PLACES = (("Geneva", "CH"), ("Doha", "QA"), ("Istanbul", "TR"), ("Vienna", "AT"), ("Paris", "FR"))
SOURCES = ("a senior diplomat", "officials", "a person familiar with the talks", "Western officials")
CUES = ("say", "tell", "warn", "stress", "note", "add", "announce", "insist")
PAST = {"say": "said", "tell": "told reporters", "warn": "warned", "stress": "stressed", "note": "noted"}
PAST |= {"add": "added", "announce": "announced", "insist": "insisted"}
ISSUES = (
    ("ceasefire", "Ceasefire", "the fighting stops before terms are settled"),
    ("territory", "Territorial concessions", "one side gives up territory"),
    ("guarantees", "Security guarantees", "states promise to defend another"),
    ("prisoners", "Prisoner exchange", "captives are exchanged"),
    ("sanctions", "Sanctions relief", "sanctions are eased"),
    ("tariffs", "Tariff cuts", "tariffs are lowered"),
    ("inspections", "Inspections", "inspectors are let in"),
    ("aid", "Aid corridor", "aid passes the lines"),
    ("summit", "Leaders' summit", "the leaders meet"),
    ("elections", "Elections", "elections are held"),
    ("reparations", "Reparations", "damage is paid for"),
    ("troops", "Peacekeepers", "foreign troops keep the peace"),
)
TOPICS = (
    *("agreement", "border", "talks", "delegation", "minister", "proposal", "mediator", "summit", "draft"),
    *(
        "clause",
        "quota",
        "deadline",
        "progress",
        "pressure",
        "partners",
        "security",
        "army",
        "energy",
        "grain",
    ),
)
# Few words are frequent and most are rare, as in any language.
WORDS = TOPICS + tuple(a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES)
WORD_WEIGHTS = tuple(accumulate(1 / (rank + 3) for rank in range(len(WORDS))))
STANCES = ("support", "oppose", "conditional", "open")
NEXT = {"proposed": ("scheduled", "proposed", "ruled_out")}
NEXT |= {"scheduled": ("scheduled", "held", "held", "cancelled")}
NEXT |= {"held": ("held",), "cancelled": ("cancelled", "scheduled"), "ruled_out": ("ruled_out", "proposed")}


@dataclass
class _Person:
    entity: model.Entity
    n_mentions: int = 0


@dataclass
class _Occasion:
    meeting_id: str
    people: list[_Person]
    place: str
    country: str
    form: str
    day: dt.date
    dated: bool
    status: str = "proposed"
    mentions: list[model.MeetingMention] = field(default_factory=list)
    publishers: set[str] = field(default_factory=set)


class _Page:
    """A document that grows line by line, so that offsets are right."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
        self.document_id = digest_id("doc", name)
        self.blocks: list[model.Block] = []

    def line(self, parts: list[str], kind: str, entry_no=None, entry_date=None) -> tuple[str, list[int]]:
        """Add the parts as one line; return its block's key and where each part begins."""
        start = len(self.text)
        starts = list(accumulate((len(part) for part in parts), initial=start))
        self.text += "".join(parts) + "\n"
        block_id = digest_id("blk", self.document_id, start)
        number = len(self.blocks)
        self.blocks.append(
            model.Block(
                block_id, self.document_id, number, start, starts[-1], kind, "synthetic", entry_no, entry_date
            )
        )
        return block_id, starts


class _Maker:
    def __init__(self, n_documents: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.n_documents = n_documents
        self.rows: dict[str, list] = {
            name: []
            for name in (
                "documents",
                "blocks",
                "entity_mentions",
                "statements",
                "meeting_mentions",
                "issue_positions",
            )
        }
        self.people = [self._person(i) for i in range(60 + n_documents // 10)]
        self.weights = list(accumulate(1 / (i + 3) for i in range(len(self.people))))
        self.media = [
            _Person(model.Entity(digest_id("ent", "media", name), name, "media", None, None, (), None, 0))
            for name in PUBLISHERS
        ]
        n_occasions = max(3, n_documents // 3)
        self.occasions = [self._occasion(i) for i in range(n_occasions)]
        self.occasions.sort(key=lambda occasion: occasion.day)
        self.leanings = {
            (party, issue[0]): self.chance.choice(STANCES) for party in PARTIES for issue in ISSUES
        }

    def _person(self, i: int) -> _Person:
        surname = "".join(self.chance.choices(SYLLABLES, k=3)).capitalize()
        name = f"{self.chance.choice(GIVEN)} {surname}"
        kind = self.chance.choices(("person", "institution", "government"), (85, 10, 5))[0]
        name = (
            name if kind == "person" else f"{surname} {'ministry' if kind == 'institution' else 'government'}"
        )
        party = None if kind == "person" and self.chance.random() < 0.15 else PARTIES[i % len(PARTIES)]
        role = None if party is None else f"envoy of {party}"
        return _Person(model.Entity(digest_id("ent", i, name), name, kind, party, role, (surname,), None, 0))

    def _occasion(self, i: int) -> _Occasion:
        people = list(
            {p.entity.entity_id: p for p in self._people(self.chance.choice((2, 2, 2, 3, 4)))}.values()
        )
        place, country = self.chance.choice(PLACES)
        day = FIRST_DAY + dt.timedelta(self.chance.randrange(N_DAYS))
        form = self.chance.choices(("in_person", "phone", "video", "unknown"), (6, 2, 1, 1))[0]
        return _Occasion(digest_id("mtg", i), people, place, country, form, day, self.chance.random() < 0.7)

    def _people(self, k: int) -> list[_Person]:
        return self.chance.choices(self.people, cum_weights=self.weights, k=k)

    def _words(self, low: int, high: int) -> str:
        return " ".join(
            self.chance.choices(WORDS, cum_weights=WORD_WEIGHTS, k=self.chance.randint(low, high))
        )

    def _named(self, page: _Page, who: _Person, start: int) -> None:
        name = who.entity.name
        self.rows["entity_mentions"].append(
            model.EntityMention(
                digest_id("men", page.document_id, start),
                who.entity.entity_id,
                page.document_id,
                start,
                start + len(name),
                name,
                "name",
            )
        )
        who.n_mentions += 1

    def _speech(self, page: _Page, day: dt.date, basis: str, entry_no: int | None) -> None:
        who = self._people(1)[0] if self.chance.random() > 0.05 else self.chance.choice(self.media)
        is_anonymous = self.chance.random() < 0.15
        entity = who.entity
        cue = self.chance.choice(CUES)
        is_direct = self.chance.random() < 0.4
        issues = tuple(
            sorted({i[0] for i in self.chance.choices(ISSUES, k=self.chance.choice((0, 0, 1, 1, 2)))})
        )
        about = self._people(1)[0]
        words = f"{self._words(5, 14)} {' '.join(issues)} "
        credit = self.chance.choice(PUBLISHERS) if self.chance.random() < 0.15 else None
        name = self.chance.choice(SOURCES) if is_anonymous else entity.name
        opening = f"{credit} reports: " if credit else ""
        marks = ("“", "”") if is_direct else ("", "")
        parts = [opening, name, " ", PAST[cue], " ", marks[0], words, about.entity.name, marks[1], "."]
        block_id, at = page.line(parts, "body", entry_no, day if entry_no is not None else None)
        content = page.text[at[5] : at[9]]
        if not is_anonymous:
            self._named(page, who, at[1])
        self._named(page, about, at[7])
        statement = model.Statement(
            statement_id=digest_id("stm", page.document_id, at[5]),
            document_id=page.document_id,
            block_id=block_id,
            speaker_entity_id=None if is_anonymous else entity.entity_id,
            speaker_name=name,
            speaker_kind="anonymous" if is_anonymous else entity.kind,
            speaker_text=name,
            speaker_start=at[1],
            speaker_end=at[2],
            is_anonymous=is_anonymous,
            party=None if is_anonymous else entity.party,
            form="direct" if is_direct else "indirect",
            cue=cue,
            cue_start=at[3],
            cue_end=at[4],
            content=content,
            content_start=at[5],
            content_end=at[9],
            quote=content[1:-1] if is_direct else None,
            addressee_name=None,
            channel=self.chance.choice((None, None, None, "X", "Telegram", "interview", "press conference")),
            told_to="reporters" if cue == "tell" else None,
            reported_by=credit,
            stated_from=day,
            stated_to=day,
            stated_text=None,
            stated_basis=basis,
            issues=issues,
            confidence=round(self.chance.uniform(0.5, 0.97), 3),
            rule="synthetic",
        )
        self.rows["statements"].append(statement)
        if issues and not is_anonymous and entity.party and self.chance.random() < 0.6:
            self._position(statement, issues[0], (at[5], at[9]))

    def _position(self, said: model.Statement, issue: str, span: tuple[int, int]) -> None:
        party = said.party or ""
        if self.chance.random() < 0.02:
            self.leanings[party, issue] = self.chance.choice(STANCES)
        stance = self.leanings[party, issue] if self.chance.random() < 0.85 else self.chance.choice(STANCES)
        self.rows["issue_positions"].append(
            model.IssuePosition(
                digest_id("pos", said.document_id, span[0], issue),
                said.document_id,
                said.block_id,
                said.speaker_entity_id,
                said.speaker_name,
                said.party,
                issue,
                stance,
                "if the other side does" if stance == "conditional" else None,
                "own" if said.form == "direct" or self.chance.random() < 0.6 else "reported",
                said.content,
                *span,
                said.stated_from,
                said.stated_to,
                said.statement_id,
                said.reported_by,
                round(self.chance.uniform(0.4, 0.9), 3),
                "synthetic",
            )
        )

    def _encounter(self, page: _Page, publisher: str | None, day: dt.date, entry_no: int | None) -> None:
        # What is told on a day is mostly an occasion of the days around it.
        place = int((day - FIRST_DAY).days / N_DAYS * len(self.occasions))
        spread = max(2, len(self.occasions) // 60)
        occasion = self.occasions[
            min(max(place + self.chance.randint(-spread, spread), 0), len(self.occasions) - 1)
        ]
        status = self.chance.choice(NEXT[occasion.status])
        if status == "scheduled" and occasion.day < day:
            status = "held"
        occasion.status = status
        first, second = occasion.people[0], occasion.people[-1]
        tail = f" in {occasion.place}, {status.replace('_', ' ')}"
        parts = [first.entity.name, " and ", second.entity.name, tail, "."]
        block_id, at = page.line(parts, "body", entry_no, day if entry_no is not None else None)
        self._named(page, first, at[0])
        self._named(page, second, at[2])
        day_met = occasion.day if occasion.dated else None
        mention = model.MeetingMention(
            mention_id=digest_id("mm", page.document_id, at[0]),
            meeting_id=occasion.meeting_id,
            document_id=page.document_id,
            block_id=block_id,
            char_start=at[0],
            char_end=at[4],
            evidence=page.text[at[0] : at[4]],
            participants=tuple(p.entity.name for p in occasion.people if p.entity.kind == "person"),
            parties=_parties(occasion),
            place=occasion.place if occasion.form == "in_person" else None,
            form=occasion.form,
            status=status,
            date_from=day_met,
            date_to=day_met,
            date_text=None,
            date_basis="explicit" if occasion.dated else "unknown",
            reported_on=day,
            statement_id=None,
            merge_rule="same_day_and_parties" if occasion.mentions else None,
            confidence=round(self.chance.uniform(0.5, 0.95), 3),
            rule="synthetic",
        )
        occasion.mentions.append(mention)
        if publisher:
            occasion.publishers.add(publisher)
        self.rows["meeting_mentions"].append(mention)

    def document(self, number: int, original: model.Document | None = None) -> model.Document:
        day = FIRST_DAY + dt.timedelta(number * N_DAYS // self.n_documents)
        is_feed = self.chance.random() < FEED_SHARE
        basis = "explicit" if self.chance.random() < 0.9 else "inferred"
        publisher = self.chance.choice(PUBLISHERS) if self.chance.random() > 0.02 else None
        page = _Page(f"{number:06d}.txt")
        title = self._words(4, 9).capitalize()
        page.line([title], "title")
        for entry_no in range(FEED_ENTRIES if is_feed else 1):
            entry = entry_no if is_feed else None
            own_day = day - dt.timedelta(entry_no // 8) if is_feed else day
            for _ in range(self.chance.randint(3, 6) if is_feed else self.chance.randint(4, 16)):
                self._speech(page, own_day, "relative" if entry is not None else "document", entry)
            for _ in range(self.chance.randint(0, 4)):
                self._encounter(page, publisher, own_day, entry)
        page.line([f"© {day.year} {publisher or 'All rights reserved'}"], "boilerplate")
        self.rows["blocks"] += page.blocks
        first = day - dt.timedelta(5) if basis == "inferred" or is_feed else day
        return model.Document(
            document_id=page.document_id,
            source_file=page.name,
            publisher=publisher,
            agency=None,
            authors=(),
            title=None if is_feed else title,
            published_from=first,
            published_to=day,
            published_basis=basis,
            format="live_feed" if is_feed else "article",
            language="en",
            url=f"https://example.org/{number}",
            text=page.text,
            n_words=len(page.text.split()),
            sha256=sha256_hex(page.text.encode()),
            duplicate_of=original.document_id if original else None,
            ingested_at=TIME,
        )

    def all(self) -> dict[str, list]:
        for number in range(self.n_documents):
            earlier = self.rows["documents"]
            repeats = self.chance.choice(earlier) if earlier and self.chance.random() < 0.03 else None
            repeats = None if repeats is None or repeats.duplicate_of else repeats
            earlier.append(self.document(number, repeats))
        told = [occasion for occasion in self.occasions if occasion.mentions]
        everybody = [*self.people, *self.media]
        return self.rows | {
            "entities": [replace(p.entity, n_mentions=p.n_mentions) for p in everybody if p.n_mentions],
            "meetings": [_meeting(occasion) for occasion in told],
            "meeting_participants": [
                model.MeetingParticipant(o.meeting_id, p.entity.entity_id, p.entity.name, p.entity.party)
                for o in told
                for p in {p.entity.name: p for p in o.people if p.n_mentions}.values()
            ],
            "issues": [Issue(*issue) for issue in ISSUES],
            "quarantine": [
                model.Quarantined(f"bad/{i:04d}.txt", sha256_hex(str(i).encode()), reason, "Synthetic.", TIME)
                for i, reason in zip(
                    range(self.n_documents // 50),
                    ["empty", "not_english", "no_prose"] * self.n_documents,
                    strict=False,
                )
            ],
            "set_aside_rows": [
                model.SetAsideRow(
                    digest_id("set", i),
                    earlier[i].document_id,
                    "statements",
                    "statements",
                    "synthetic",
                    "evidence",
                    "Synthetic.",
                )
                for i in range(0, self.n_documents, 500)
            ],
            "quality_results": _results(),
        }


def _parties(occasion: _Occasion) -> tuple[str, ...]:
    return tuple(sorted({p.entity.party for p in occasion.people if p.entity.party}))


def _meeting(occasion: _Occasion) -> model.Meeting:
    days = [m.reported_on for m in occasion.mentions if m.reported_on]
    when = occasion.day if occasion.dated else None
    who = "–".join(p.entity.name.split()[-1] for p in occasion.people)
    # Pages are made in the order of their days, up to a feed's last entries.
    latest = max(occasion.mentions, key=lambda m: m.reported_on or FIRST_DAY)
    return model.Meeting(
        occasion.meeting_id,
        f"{occasion.place} meeting, {who}" + (f", {when:%-d %b %Y}" if when else ""),
        occasion.form,
        latest.status,
        when,
        when,
        "explicit" if when else "unknown",
        occasion.place if occasion.form == "in_person" else None,
        occasion.country if occasion.form == "in_person" else None,
        _parties(occasion),
        len(occasion.mentions),
        len(occasion.publishers),
        min(days),
        max(days),
        round(min(0.95, 0.7 + 0.05 * len(occasion.mentions)), 3),
    )


def _results() -> list[QualityResult]:
    stages = (("raw", "documents"), ("clean", "blocks"), ("extract", "statements"), ("tables", "meetings"))
    return [
        QualityResult(
            "run-synthetic",
            TIME,
            stage,
            table,
            stage,
            f"expectation_{i:02d}",
            None,
            "critical" if i % 2 else "warning",
            i != 7,
            "as promised" if i != 7 else "3 of 900",
            0 if i != 7 else 3,
            () if i != 7 else ("stm_1", "stm_2", "stm_3"),
        )
        for stage, table in stages
        for i in range(20)
    ]


def synthetic_frames(n_documents: int = 10_000, seed: int = 1) -> dict[str, pl.DataFrame]:
    """A frame for every table; equal arguments give equal frames. Ten thousand documents take about 15 s."""
    return {name: frame(name, rows) for name, rows in _Maker(n_documents, seed).all().items()}


def write_exports(folder: Path, n_documents: int = 10_000, seed: int = 1, *, text: bool = False) -> Path:
    """Write Parquet files, dictionary and manifest into `folder`/exports, as a run does; return that folder.

    `text` lets the documents' texts into the exports, as `PARLEY_EXPORT_TEXT` does.
    """
    settings = Settings(warehouse=folder, export_text=text)
    export_tables(synthetic_frames(n_documents, seed), settings)
    return settings.exports


def write_database(folder: Path, n_documents: int = 10_000, seed: int = 1) -> Path:
    """Build the database of the same tables in `folder`; return its path."""
    settings = Settings(warehouse=folder)
    build_database(settings.database, synthetic_frames(n_documents, seed))
    return settings.database


def main() -> None:
    """Write exports and database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    settings = Settings(warehouse=arguments.folder)
    frames = synthetic_frames(arguments.documents, arguments.seed)
    export_tables(frames, settings)
    build_database(settings.database, frames)
    for name, df in frames.items():
        print(f"{name:22s} {df.height:>9,}")


if __name__ == "__main__":
    main()

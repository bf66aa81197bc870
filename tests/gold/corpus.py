"""Score positions on the stance corpus by part and by stage: `make corpus`, `make corpus ERRORS=20`.

Each paragraph is a page of its own behind the context that it follows. Its actors are given, as a pack would
give them; everything else is the pipeline's own work. A negotiation with a pack of its name is read with that
pack's issues, any other with a vocabulary made from the propositions of its issues.

Three stages, so that it shows where a row was lost: *issues*, those on which the paragraph takes any position
against those that it names; *holders*, actor and issue without the stance; *stance*, all three. For contrast
sets also the share of paragraphs, and of whole groups, in which every row is right and none is missing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.domain import DomainPack, Organisation, Person, load_domain
from pipeline.extract.positions import IssuePack, extract_positions, issues_of, load_issues
from pipeline.extract.positions.propose import propose_issues
from pipeline.extract.positions.vocabulary import compile_issues
from pipeline.extract.statements import extract_statements
from pipeline.ids import digest_id
from pipeline.model import Block, Document, IssuePosition, Links, Page, Statement
from pipeline.nlp import load_model, parse_blocks
from pipeline.resolve import link
from pipeline.settings import PROJECT_ROOT, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

HERE = Path(__file__).parent / "stance"
DOMAINS = PROJECT_ROOT / "seeds" / "domains"
PARTS = ("read", "score_only", "test", "contrast", "contrast_read", "contrast_scored")
READ = ("read", "contrast_read")
Parser = Callable[[Document, Sequence[Block]], dict[int, "Doc"]]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One annotated paragraph as a page, its actors linked and its statements read."""

    record: Mapping[str, object]
    group: str
    page: Page
    links: Links
    statements: tuple[Statement, ...]

    @property
    def gold(self) -> dict[tuple[str, str], str]:
        """(party or actor, lower case, issue) -> stance.

        A movement without a code here is called by its name, which may be its code in a pack.
        """
        parties = {a["name"]: a["party"] or a["name"] for a in self.record["actors"]}
        return {
            (parties.get(p["actor"], p["actor"]).casefold(), p["issue"]): p["stance"]
            for p in self.record["positions"]
        }


def parts() -> dict[str, list[tuple[str, str]]]:
    """Part -> its (file, negotiation) pairs, as split.yaml says."""
    import yaml

    split = yaml.safe_load((HERE / "split.yaml").read_text(encoding="utf-8"))
    return {part: [(f, n) for f, ns in files.items() for n in ns] for part, files in split.items()}


def records(file: str, negotiation: str) -> list[dict[str, object]]:
    """The annotated paragraphs of one negotiation in one file, in order."""
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    return [r for r in map(json.loads, lines) if r["negotiation"] == negotiation]


def page_of(record: Mapping[str, object], parse: Parser) -> Page:
    """The paragraph as a page: its context, if it has one, is the block before."""
    context = (record["context"] or "").strip()
    text = (context + "\n" if context else "") + record["text"]
    document_id = digest_id("doc", record["id"])
    spans = [(0, len(context)), (len(context) + 1, len(text))] if context else [(0, len(text))]
    blocks = tuple(
        Block(digest_id("blk", document_id, start), document_id, n, start, end, "body", "given")
        for n, (start, end) in enumerate(spans)
    )
    document = Document(
        document_id=document_id,
        source_file=record["id"],
        publisher=None,
        agency=None,
        authors=(),
        title=None,
        published_from=None,
        published_to=None,
        published_basis="unknown",
        format="article",
        language="en",
        url=None,
        text=text,
        n_words=len(text.split()),
        sha256="",
        duplicate_of=None,
        ingested_at=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
    )
    return Page(document, blocks, parse(document, blocks))


def with_actors(pack: DomainPack, paragraphs: Iterable[Mapping[str, object]]) -> DomainPack:
    """The pack with the actors of the paragraphs, who act for somebody, in place of the people of its own."""
    names: dict[str, tuple[str | None, set[str]]] = {}
    for record in paragraphs:
        for actor in record["actors"]:
            if actor["party"] is not None:
                known = names.setdefault(actor["name"], (actor["party"], set()))
                if actor["surface"]:
                    known[1].add(actor["surface"].removeprefix("the ").removeprefix("The "))
    people, bodies = [], []
    states = {n for c in pack.countries for n in (c.name, *c.aliases, *c.capitals, *c.metonyms)}
    for name, (party, surfaces) in sorted(names.items()):
        words = name.split()
        if name in states:
            continue
        if len(words) >= 2 and all(
            w[0].isupper() for w in words if w not in {"van", "von", "de", "al", "bin"}
        ):
            people.append(Person(name=name, party=party))
        elif name[:1].isupper() and not name.lower().startswith(("the ", "a ", "an ")):
            aliases = tuple(sorted(s for s in surfaces - {name} if s[:1].isupper()))
            bodies.append(Organisation(name=name, party=party, kind="group", aliases=aliases))
    return replace(pack, people=tuple(people), organisations=(*bodies, *pack.organisations))


def given_speaker(record: Mapping[str, object], page: Page) -> list[Statement]:
    """The paragraph as words of the speaker whom only its context tells."""
    name = record["speaker"]
    actor = next((a for a in record["actors"] if a["name"] == name), None)
    if actor is None:
        return []
    block = page.blocks[-1]
    return [
        Statement(
            statement_id=digest_id("st", record["id"]),
            document_id=page.document.document_id,
            block_id=block.block_id,
            speaker_entity_id=None,
            speaker_name=name,
            speaker_kind="person",
            speaker_text=None,
            speaker_start=None,
            speaker_end=None,
            is_anonymous=False,
            party=actor["party"],
            form="direct",
            cue=None,
            cue_start=None,
            cue_end=None,
            content=page.document.text[block.char_start : block.char_end],
            content_start=block.char_start,
            content_end=block.char_end,
            quote=None,
            addressee_name=None,
            channel=None,
            told_to=None,
            reported_by=None,
            stated_from=None,
            stated_to=None,
            stated_text=None,
            stated_basis="unknown",
            issues=(),
            confidence=1.0,
            rule="given",
        )
    ]


def issues_for(negotiation: str, settings: Settings) -> IssuePack:
    """The negotiation's pack, else a vocabulary made from its propositions; no anchors are asked for."""
    folder = DOMAINS / negotiation
    if folder.is_dir():
        pack = load_issues(folder)
        return compile_issues(pack.file.model_copy(update={"anchors": (), "home": ()}))
    propositions = json.loads((HERE / "propositions.json").read_text(encoding="utf-8"))[negotiation]
    return compile_issues(propose_issues(propositions, load_model(settings.model)))


def paragraphs(file: str, negotiation: str, pack: DomainPack, parse: Parser) -> Iterator[Paragraph]:
    """The paragraphs of one negotiation, read as far as statements."""
    found = records(file, negotiation)
    own = with_actors(pack, found)
    for record in found:
        page = page_of(record, parse)
        links = link(page, own)
        said = tuple(given_speaker(record, page) + extract_statements(page, links, own))
        yield Paragraph(record, f"{file}:{negotiation}", page, links, said)


@dataclass(slots=True)
class Tally:
    """Counts of one part; `errors` lists what is wrong by class.

    contrasts: for each contrast group whether all its paragraphs are wholly right.
    """

    counts: Counter[str]
    errors: dict[str, list[str]]
    contrasts: dict[str, bool] = field(default_factory=dict)

    def add(self, paragraph: Paragraph, rows: Sequence[IssuePosition], named: set[str]) -> None:
        """Count one paragraph."""
        count, gold = self.counts, paragraph.gold
        last = paragraph.page.blocks[-1]
        found = {
            ((r.party or r.actor_name).casefold(), r.issue_id): r
            for r in rows
            if r.char_start >= last.char_start
        }
        record = paragraph.record
        # Readings of one paragraph: "k-01a", "k-01b", unless the group is named.
        contrast = record.get("contrast") or (record["id"][:-1] if record["style"] == "contrast" else None)
        if contrast is not None:
            right = {key: row.stance for key, row in found.items()} == gold
            self.contrasts[contrast] = self.contrasts.get(contrast, True) and right
            count["contrast paragraphs"] += 1
            count["contrast right"] += right
        wanted, spoken = {i for _, i in gold}, {i for _, i in found}
        count["issues wanted"] += len(wanted)
        count["issues named"] += len(named)
        count["issues named right"] += len(named & wanted)
        count["issues spoken"] += len(spoken)
        count["issues spoken right"] += len(spoken & wanted)
        count["gold"] += len(gold)
        count["rows"] += len(found)
        text = paragraph.record["text"]
        for key, row in found.items():
            told = f"{paragraph.record['id']} {key} {row.stance} [{row.rule}] {row.evidence!r} | {text}"
            if key not in gold:
                kind = "holder" if key[1] in wanted else "issue"
                count[f"wrong {kind}"] += 1
                self.errors[f"wrong {kind}"].append(told)
                continue
            count["holders right"] += 1
            count["stance right"] += row.stance == gold[key]
            if row.stance != gold[key]:
                self.errors["stance"].append(f"{gold[key]} is right: {told}")
        for key, stance in gold.items():
            if key in found:
                continue
            kind = "holder" if key[1] in spoken else "clause" if key[1] in named else "issue"
            count[f"missed {kind}"] += 1
            self.errors[f"missed {kind}"].append(f"{paragraph.record['id']} {key} {stance} | {text}")

    def figures(self) -> dict[str, float]:
        """Precision and recall by stage, and F1 with and without the stance."""
        c = self.counts

        def share(part: str, whole: str) -> float:
            return round(c[part] / c[whole], 3) if c[whole] else 0.0

        both = c["rows"] + c["gold"]
        return {
            "F1": round(2 * c["stance right"] / both, 3) if both else 0.0,
            "P": share("stance right", "rows"),
            "R": share("stance right", "gold"),
            "F1 without stance": round(2 * c["holders right"] / both, 3) if both else 0.0,
            "issues named P": share("issues named right", "issues named"),
            "issues named R": share("issues named right", "issues wanted"),
            "issues in rows P": share("issues spoken right", "issues spoken"),
            "issues in rows R": share("issues spoken right", "issues wanted"),
            "holders P": share("holders right", "rows"),
            "holders R": share("holders right", "gold"),
            "stance right": share("stance right", "holders right"),
            **{f"lost: {k}": float(c[f"missed {k}"]) for k in ("issue", "clause", "holder")},
            **{f"wrong: {k}": float(c[f"wrong {k}"]) for k in ("issue", "holder")},
            "contrast: paragraphs": share("contrast right", "contrast paragraphs"),
            "contrast: groups": round(sum(self.contrasts.values()) / max(1, len(self.contrasts)), 3),
            "rows": float(c["rows"]),
            "gold": float(c["gold"]),
        }


def score(settings: Settings, parse: Parser, wanted: Sequence[str] = PARTS) -> dict[str, Tally]:
    """Tallies by part, and by part and negotiation ("read ukraine")."""
    tallies: dict[str, Tally] = defaultdict(lambda: Tally(Counter(), defaultdict(list)))
    for part, groups in parts().items():
        if part not in wanted:
            continue
        for file, negotiation in groups:
            own = negotiation if (DOMAINS / negotiation).is_dir() else settings.domain
            pack = load_domain(replace(settings, domain=own))
            issues = issues_for(negotiation, settings)
            for paragraph in paragraphs(file, negotiation, pack, parse):
                rows = extract_positions(
                    paragraph.page, paragraph.links, paragraph.statements, pack, issues=issues
                )
                doc = paragraph.page.parses[paragraph.page.blocks[-1].block_no]
                named = set(issues_of(doc, issues))
                for name in (part, f"{part} {negotiation}"):
                    tallies[name].add(paragraph, rows, named)
    return tallies


def main() -> None:
    """Print the figures of every part; list errors of the part to read when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--errors", type=int, default=0, help="list up to N errors of each class (parts to read)"
    )
    arguments = parser.parse_args()
    settings = Settings()
    model = load_model(settings.model)
    tallies = score(settings, lambda document, blocks: parse_blocks(model, document, blocks))
    show(tallies, arguments.errors)


def show(tallies: Mapping[str, Tally], errors: int) -> None:
    """Print one column a part."""
    names = list(tallies)
    columns = {name: tallies[name].figures() for name in names}
    print(f"{'':20s}" + "".join(f"{name[-17:]:>18s}" for name in names))
    for key in columns[names[0]]:
        print(f"{key:20s}" + "".join(f"{columns[name][key]:18.3f}" for name in names))
    if errors:
        for part in READ:
            for kind, found in sorted(tallies[part].errors.items()):
                print(f"\n## {part}, {kind} ({len(found)})")
                for line in found[:errors]:
                    print("  " + line)


if __name__ == "__main__":
    main()

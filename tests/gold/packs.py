"""Score domain packs on their negotiation's paragraphs of the stance corpus.

`python -m tests.gold.packs NAME ...` prints precision, recall and F1 with stance, by half: the vocabulary of
a pack is written by reading every second paragraph (`read`); of the others (`unread`) only figures are seen.
Twice: as the pipeline finds the actors, and with the actors given by the corpus. `--errors N` lists errors of
the half that is read; `--reader` adds a row with the reader that the environment names.
"""

import argparse
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from pipeline.domain import DomainPack, load_domain
from pipeline.extract.positions import extract_positions, issues_of, load_issues
from pipeline.extract.statements import extract_statements
from pipeline.ids import digest_id
from pipeline.known import party_codes
from pipeline.model import Actor, Block, Document, IssuePosition, Links, Mention, Page, Statement
from pipeline.nlp import load_model, parse_blocks
from pipeline.resolve import entity_rows, link
from pipeline.settings import Settings, settings_from_env
from pipeline.text import fold

CORPUS = Path(__file__).parent / "stance"
READABLE = ("read",)


@dataclass(slots=True)
class Figures:
    """Counts of one half, and errors if they may be read."""

    gold: int = 0
    found: int = 0
    right_pair: int = 0
    right: int = 0
    issues_gold: int = 0
    issues_found: int = 0
    errors: list[str] = field(default_factory=list)

    def told(self) -> str:
        """One line of figures."""
        precision, recall = _share(self.right, self.found), _share(self.right, self.gold)
        pair = _share(2 * self.right_pair, self.found + self.gold)
        return (
            f"F1 {_share(2 * self.right, self.found + self.gold):.3f}  P {precision:.3f}  R {recall:.3f}  "
            f"without stance {pair:.3f}  issues named {_share(self.issues_found, self.issues_gold):.3f}  "
            f"({self.found} found, {self.gold} in the corpus)"
        )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def paragraphs(negotiation: str) -> list[dict[str, Any]]:
    """The negotiation's paragraphs, in order, from the parts of the corpus that may be read."""
    split = yaml.safe_load((CORPUS / "split.yaml").read_text(encoding="utf-8"))
    files = {name: set(own) for part in READABLE for name, own in split[part].items()}
    found = []
    for name in sorted(files):
        if negotiation in files[name]:
            lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
            found += [row for row in map(json.loads, lines) if row["negotiation"] == negotiation]
    return found


def page_of(row: dict[str, Any], nlp: Any) -> Page:
    """A page of the paragraph's context, if it has one, and the paragraph."""
    context = " ".join((row["context"] or "").split())
    text = f"{context}\n{row['text']}" if context else row["text"]
    key = digest_id("doc", row["id"])
    starts = [0, len(context) + 1] if context else [0]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    blocks = tuple(
        Block(digest_id("blk", key, start), key, number, start, end, "body", "corpus")
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    )
    day = dt.date(2025, 10, 1)
    document = Document(
        key, row["id"], None, None, (), None, day, day, "explicit", "article", "en", None, text,
        len(text.split()), "", None, dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    return Page(document, blocks, parse_blocks(nlp, document, blocks))


def bodies_of(pack: DomainPack) -> dict[str, str | None]:
    """Party of each body that the pack or the reference data names; the pack wins."""
    found: dict[str, str | None] = {}
    for body in pack.organisations:
        for name in (body.name, *body.aliases):
            found.setdefault(fold(name), body.party)
    return found


def given_links(row: dict[str, Any], page: Page, pack: DomainPack) -> Links:
    """Links to the corpus's own actors where their names or surfaces stand; parties that it lacks come from
    the pack's bodies of that name."""
    bodies = bodies_of(pack)
    forms: list[tuple[str, Actor]] = []
    for each in row["actors"]:
        party = each["party"] or bodies.get(fold(each["name"]))
        person = len(each["name"].split()) > 1
        actor = Actor(f"corpus:{each['name']}", each["name"], "person" if person else "government", party)
        names = {each["name"], each["surface"] or each["name"]}
        if person and each["name"].istitle():
            names.add(each["name"].split()[-1])
        forms += [(name, actor) for name in names]
    forms.sort(key=lambda form: (-len(form[0]), form[0]))
    mentions = []
    for block, doc in page.body():
        taken: set[int] = set()
        for name, actor in forms:
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", doc.text):
                span = doc.char_span(*match.span(), alignment_mode="expand")
                if span is None or not taken.isdisjoint(range(span.start, span.end)):
                    continue
                taken.update(range(span.start, span.end))
                start = block.char_start + span.start_char
                mentions.append(
                    Mention(
                        page.document.document_id, block.block_no, start, start + len(span.text), span.text,
                        span.start, span.end, span.root.i, actor, "name", 1.0,
                    )
                )  # fmt: skip
    return Links(tuple(sorted(mentions, key=lambda m: (m.block_no, m.start_i))))


def score(
    rows: Sequence[dict[str, Any]],
    found: Sequence[Sequence[IssuePosition]],
    named: Sequence[set[str]],
    pack: DomainPack,
) -> Figures:
    """Compare rows by actor (party, or name where there is none), issue and stance."""
    bodies = bodies_of(pack)
    figures = Figures()
    for row, positions, issues in zip(rows, found, named, strict=True):
        parties = {a["name"]: a["party"] or bodies.get(fold(a["name"])) for a in row["actors"]}
        gold = {
            (parties.get(p["actor"]) or fold(p["actor"]), p["issue"]): p["stance"] for p in row["positions"]
        }
        ours = {(p.party or fold(p.actor_name), p.issue_id): p for p in positions}
        figures.gold += len(gold)
        figures.found += len(ours)
        wanted = {issue for _, issue in gold}
        figures.issues_gold += len(wanted)
        figures.issues_found += len(wanted & issues)
        for key, position in ours.items():
            figures.right_pair += key in gold
            figures.right += gold.get(key) == position.stance
            if gold.get(key) != position.stance:
                figures.errors.append(
                    f"{row['id']} {key} {position.stance} for {gold.get(key)} [{position.rule}] "
                    f"{position.evidence!r}"
                )
        for key, stance in gold.items():
            if key not in ours:
                where = "issue not named" if key[1] not in issues else "holder or stance not found"
                figures.errors.append(f"{row['id']} {key} {stance} missed, {where}: {row['text'][:240]!r}")
    return figures


def score_pack(settings: Settings, reader: bool = False) -> Iterator[tuple[str, str, Figures]]:
    """Yield (how actors are found, half, figures) for the pack that the settings name."""
    pack = load_domain(settings)
    issues = load_issues(pack.folder)
    issues.anchors = frozenset()  # paragraphs stand alone: that they are about the negotiation is known
    rows = paragraphs(pack.id)
    nlp = load_model(settings.model)
    pages = [page_of(row, nlp) for row in rows]
    named = [set(issues_of(page.parses[page.blocks[-1].block_no], issues)) for page in pages]

    def own(page: Page, positions: Sequence[IssuePosition]) -> list[IssuePosition]:
        """The paragraph's own, not those of its context."""
        return [p for p in positions if p.char_start >= page.blocks[-1].char_start]

    for how in ("actors found", "actors given"):
        linked = [
            link(page, pack) if how == "actors found" else given_links(row, page, pack)
            for row, page in zip(rows, pages, strict=True)
        ]
        told = [extract_statements(page, links, pack) for page, links in zip(pages, linked, strict=True)]
        found = [
            own(page, extract_positions(page, links, statements, pack))
            for page, links, statements in zip(pages, linked, told, strict=True)
        ]
        yield from _halves(how, rows, found, named, pack)
        if reader and how == "actors found":
            read = _read(settings, pages, linked, told, found, pack)
            together = [own(page, read[page.document.document_id]) for page in pages]
            yield from _halves("with the reader", rows, together, named, pack)


def _read(
    settings: Settings,
    pages: Sequence[Page],
    linked: Sequence[Links],
    told: Sequence[Sequence[Statement]],
    found: Sequence[Sequence[IssuePosition]],
    pack: DomainPack,
) -> dict[str, list[IssuePosition]]:
    from pipeline.reader.reading import read_pages

    if settings.reader is None:
        raise SystemExit("--reader needs PARLEY_READER and PARLEY_READER_MODEL.")
    links = {page.document.document_id: own for page, own in zip(pages, linked, strict=True)}
    ids = {entity.entity_id for entity in entity_rows(linked)[0]}
    known = {"parties": party_codes(pack), "issues": {i.id for i in load_issues(pack.folder).issues}}
    statements = [s for own in told for s in own]
    ruled = [p for own in found for p in own]
    read = read_pages(pages, links, statements, ruled, ids, pack, settings.reader, known)
    by_page: dict[str, list[IssuePosition]] = {page.document.document_id: [] for page in pages}
    for position in read.positions:
        by_page[position.document_id].append(position)
    return by_page


def _halves(
    how: str,
    rows: Sequence[dict[str, Any]],
    found: Sequence[Sequence[IssuePosition]],
    named: Sequence[set[str]],
    pack: DomainPack,
) -> Iterator[tuple[str, str, Figures]]:
    for half, offset in (("read", 0), ("unread", 1)):
        every = slice(offset, None, 2)
        figures = score(rows[every], found[every], named[every], pack)
        if half != "read":
            figures.errors.clear()
        yield how, half, figures


def main() -> None:
    """Score the packs that are named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("packs", nargs="+", help="names of packs under seeds/domains")
    parser.add_argument("--errors", type=int, default=0, help="how many errors of the read half to list")
    parser.add_argument("--reader", action="store_true", help="score with the reader, too")
    arguments = parser.parse_args()
    for name in arguments.packs:
        settings = replace(settings_from_env(), domain=name)
        print(name)
        for how, half, figures in score_pack(settings, arguments.reader):
            print(f"  {how:16s}{half:8s}{figures.told()}")
            if how == "actors given":
                kinds = Counter(error.split("missed, ")[-1].split(":")[0][:26] for error in figures.errors)
                for error in figures.errors[: arguments.errors]:
                    print(f"    {error}")
                if arguments.errors:
                    print(f"    {dict(kinds.most_common(3))}")


if __name__ == "__main__":
    main()

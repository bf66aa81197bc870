"""Stage extract: parses, links to entities, and the rows that analysts use."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

import dagster as dg
import polars as pl

from assets.common import RETRIES, failing_for_good, made, plot, spec, table_spec
from assets.resources import Corpus, Stages
from pipeline.briefing.pictures import bars_by_day, bars_by_name
from pipeline.domain import load_domain
from pipeline.guard import Guard
from pipeline.known import issue_rows, party_frame
from pipeline.model import Block, Document, Page
from pipeline.nlp import load_model, model_fingerprint, pack_parses
from pipeline.stages import (
    blocks_by_document,
    links_by_document,
    links_frame,
    pages,
    parse_key,
    parses_frame,
)
from pipeline.steps import Extractors, ask_reader, link_pages, meet_pages, place_pages, state_pages
from pipeline.tables import frame, order, rows

GROUP = "extract"
_PAGES = ["documents", "blocks", "parses"]
_LINKED = [*_PAGES, "links", "entities"]
_SET_ASIDE = ["unparsed", "unlinked", "unstated", "unmet", "unplaced"]
"""What the steps set aside: each its own asset, gathered in `set_aside_rows`."""


def _set_aside_spec(name: str, deps: list[str]) -> dg.AssetSpec:
    return table_spec(name, GROUP, deps, contract="set_aside_rows")


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
        ),
        _set_aside_spec("unparsed", ["documents", "blocks"]),
    ],
    ins={"documents": dg.AssetIn("documents"), "blocks": dg.AssetIn("blocks")},
    retry_policy=RETRIES,
)
def parsing(
    corpus: Corpus,
    stages: Stages,
    extractors: dg.ResourceParam[Extractors],
    documents: pl.DataFrame,
    blocks: pl.DataFrame,
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

        def parsed(document: Document, lines: tuple[Block, ...], key: str) -> tuple[int, bytes]:
            if key in kept:
                return kept[key]
            parses = extractors.parse(load_model(model), document, lines)
            return len(parses), pack_parses(parses)

        guard = Guard("parsing")
        found = []
        n_kept = 0
        for document in rows("documents", documents):
            lines = own.get(document.document_id, ())
            key = parse_key(fingerprint, document, lines)
            result = guard.attempt(document.document_id, None, partial(parsed, document, lines, key))
            if result is not None:
                n_kept += key in kept
                found.append((document.document_id, key, *result))
        set_aside = guard.set_aside()
        yield made("parses", parses_frame(found), model=fingerprint, documents_taken_over=n_kept)
        yield made("unparsed", frame("set_aside_rows", set_aside))


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
        _set_aside_spec("unlinked", _PAGES),
    ],
    ins={name: dg.AssetIn(name) for name in _PAGES},
    retry_policy=RETRIES,
)
def linking(
    corpus: Corpus,
    extractors: dg.ResourceParam[Extractors],
    documents: pl.DataFrame,
    blocks: pl.DataFrame,
    parses: pl.DataFrame,
) -> Iterator[dg.MaterializeResult]:
    """Resolve names, offices, pronouns and descriptions, document by document."""
    with failing_for_good():
        pack = load_domain(corpus.settings())
        linked = link_pages(_pages(documents, blocks, parses), pack, extractors)
        yield made("links", links_frame(linked.links))
        yield made("entities", frame("entities", linked.entities))
        yield made("entity_mentions", frame("entity_mentions", linked.entity_mentions))
        yield made("unlinked", frame("set_aside_rows", linked.set_aside))


@dg.multi_asset(
    name="statement_extraction",
    specs=[table_spec("statements", GROUP, _LINKED), _set_aside_spec("unstated", _LINKED)],
    ins={name: dg.AssetIn(name) for name in _LINKED},
    retry_policy=RETRIES,
)
def statement_extraction(
    corpus: Corpus,
    extractors: dg.ResourceParam[Extractors],
    documents: pl.DataFrame,
    blocks: pl.DataFrame,
    parses: pl.DataFrame,
    links: pl.DataFrame,
    entities: pl.DataFrame,
) -> Iterator[dg.MaterializeResult]:
    """Who said what."""
    with failing_for_good():
        pack = load_domain(corpus.settings())
        stated = state_pages(
            _pages(documents, blocks, parses), links_by_document(links), _ids(entities), pack, extractors
        )
        days = [s.stated_to for s in stated.statements if s.stated_to is not None]
        picture = plot(bars_by_day(days, "statements", "png"), "Statements by day on which they were made")
        yield made("statements", frame("statements", stated.statements), by_day=picture)
        yield made("unstated", frame("set_aside_rows", stated.set_aside))


_WITH_STATEMENTS = [*_LINKED, "statements"]


@dg.multi_asset(
    name="meeting_extraction",
    specs=[
        table_spec("meeting_mentions", GROUP, _WITH_STATEMENTS),
        table_spec("meetings", GROUP, _WITH_STATEMENTS),
        table_spec("meeting_participants", GROUP, _WITH_STATEMENTS),
        _set_aside_spec("unmet", _WITH_STATEMENTS),
    ],
    ins={name: dg.AssetIn(name) for name in _WITH_STATEMENTS},
    retry_policy=RETRIES,
)
def meeting_extraction(
    corpus: Corpus,
    extractors: dg.ResourceParam[Extractors],
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
        met = meet_pages(
            _pages(documents, blocks, parses),
            links_by_document(links),
            rows("statements", statements),
            _ids(entities),
            pack,
            extractors,
        )
        yield made("meeting_mentions", frame("meeting_mentions", met.merged.mentions))
        by_status = dict(Counter(meeting.status for meeting in met.merged.meetings).most_common())
        picture = plot(bars_by_name(by_status, "meetings"), "Meetings by latest status")
        yield made("meetings", frame("meetings", met.merged.meetings), by_status=picture)
        yield made("meeting_participants", frame("meeting_participants", met.merged.participants))
        yield made("unmet", frame("set_aside_rows", met.set_aside))


@dg.multi_asset(
    name="position_extraction",
    specs=[
        table_spec("issue_positions", GROUP, _WITH_STATEMENTS),
        _set_aside_spec("unplaced", _WITH_STATEMENTS),
    ],
    ins={name: dg.AssetIn(name) for name in _WITH_STATEMENTS},
    retry_policy=RETRIES,
)
def position_extraction(
    corpus: Corpus,
    extractors: dg.ResourceParam[Extractors],
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
        placed = place_pages(
            _pages(documents, blocks, parses),
            links_by_document(links),
            rows("statements", statements),
            _ids(entities),
            pack,
            extractors,
        )
        placed = ask_reader(
            _pages(documents, blocks, parses),
            links_by_document(links),
            rows("statements", statements),
            placed,
            _ids(entities),
            pack,
            corpus.settings().reader,
        )
        by_issue = dict(Counter(position.issue_id for position in placed.positions).most_common())
        picture = plot(bars_by_name(by_issue, "positions"), "Positions by issue")
        yield made(
            "issue_positions", frame("issue_positions", placed.positions), by_issue=picture, **placed.reader
        )
        yield made("unplaced", frame("set_aside_rows", placed.set_aside))


@dg.multi_asset(
    name="setting_aside",
    specs=[table_spec("set_aside_rows", GROUP, _SET_ASIDE)],
    ins={name: dg.AssetIn(name) for name in _SET_ASIDE},
    retry_policy=RETRIES,
)
def setting_aside(
    unparsed: pl.DataFrame,
    unlinked: pl.DataFrame,
    unstated: pl.DataFrame,
    unmet: pl.DataFrame,
    unplaced: pl.DataFrame,
) -> Iterator[dg.MaterializeResult]:
    """Gather what the steps took out so that the run could go on."""
    with failing_for_good():
        gathered = pl.concat([unparsed, unlinked, unstated, unmet, unplaced])
        yield made("set_aside_rows", order("set_aside_rows", gathered))


def _pages(documents: pl.DataFrame, blocks: pl.DataFrame, parses: pl.DataFrame) -> Iterator[Page]:
    return pages(rows("documents", documents), rows("blocks", blocks), parses)


def _ids(entities: pl.DataFrame) -> frozenset[str]:
    return frozenset(entities["entity_id"])

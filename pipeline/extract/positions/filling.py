"""Statements with the issues that their words name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.extract.positions.vocabulary import IssuePack, forms_of, words_of
from pipeline.model import Page, Statement


def fill_issues(statements: Sequence[Statement], pages: Iterable[Page], issues: IssuePack) -> list[Statement]:
    """The statements with `issues` filled: what each one's content names, in the pack's order."""
    by_page = {page.document.document_id: page for page in pages}
    found: dict[str, list[tuple[int, int, str]]] = {}
    wanted = {s.document_id for s in statements}
    for document_id in sorted(wanted & set(by_page)):
        page = by_page[document_id]
        if not issues.concerns(page.parses.values()):
            continue
        own = {s.block_id for s in statements if s.document_id == document_id}
        spans: list[tuple[int, int, str]] = []
        for entry in page.entries():
            if not any(issues.speaks_of(doc) for _, doc in entry):
                continue
            for block, doc in entry:
                if block.block_id not in own:
                    continue
                forms = forms_of(doc)
                line_words = words_of(forms, 0, len(doc))
                for sentence in doc.sents:
                    for hit in issues.find(sentence, forms, line_words):
                        head = block.char_start + doc[hit.head_i].idx
                        spans.append((head, head + 1, hit.issue.id))
        found[document_id] = sorted(spans)
    order = [issue.id for issue in issues.issues]
    filled = []
    for statement in statements:
        named = _between(found.get(statement.document_id, []), statement.content_start, statement.content_end)
        filled.append(replace(statement, issues=tuple(i for i in order if i in named)))
    return filled


def _between(spans: list[tuple[int, int, str]], start: int, end: int) -> set[str]:
    from bisect import bisect_left

    low = bisect_left(spans, (start, 0, ""))
    high = bisect_left(spans, (end, 0, ""))
    return {issue for _, _, issue in spans[low:high]}

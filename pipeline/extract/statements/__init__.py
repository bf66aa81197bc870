"""Statements: who said what, to whom, when and where, with the characters that show it."""

from __future__ import annotations

from pipeline.domain import DomainPack
from pipeline.extract.statements.build import read_page
from pipeline.extract.statements.cues import load_speech
from pipeline.model import Links, Page, Statement


def extract_statements(page: Page, links: Links, pack: DomainPack) -> list[Statement]:
    """All statements that the page attributes to somebody other than its reporter, in order of the text.

    Content never crosses a line; a quotation over several lines is a row for each, of the same
    speaker. A statement whose speaker cannot be told is left out.

    Raises:
        ReferenceDataError: `speech.yaml` is missing or does not validate.
    """
    return read_page(page, links, pack, load_speech(pack.reference))

"""What reference data and domain pack define for tables and checks: issues and party codes."""

from __future__ import annotations

import polars as pl

from pipeline.domain import DomainPack
from pipeline.extract.positions import load_issues
from pipeline.tables import Issue

BLOCS = ("EU", "NATO", "UN", "IMF", "EUROPE")
"""Codes that the contract names itself; all others come from reference data."""


def issue_rows(pack: DomainPack) -> list[Issue]:
    """Rows of `issues`."""
    return [Issue(issue.id, issue.label, issue.proposition) for issue in load_issues(pack.folder).issues]


def party_frame(pack: DomainPack) -> pl.DataFrame:
    """Party codes, one a row in column `party`."""
    return pl.DataFrame({"party": sorted(party_codes(pack))}, schema={"party": pl.String})


def party_codes(pack: DomainPack) -> frozenset[str]:
    """Codes of states, of organisations, and of whom people act for."""
    codes = {*BLOCS, *(country.code for country in pack.countries)}
    codes |= {place.country for place in pack.places.values()}
    codes |= {organisation.party for organisation in pack.organisations if organisation.party}
    for person in pack.people:
        codes |= {party for party in (person.party, *(o.party for o in person.offices)) if party}
    return frozenset(codes)

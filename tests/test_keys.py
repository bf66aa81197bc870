"""Keys to entities that have no row are left empty; all others stay."""

from dataclasses import replace

from pipeline.domain import load_domain
from pipeline.keys import known_holders
from pipeline.known import BLOCS, issue_rows, party_frame
from pipeline.settings import Settings
from tests.good_data import BEN, POSITION


def test_unknown_holders_are_unresolved():
    assert known_holders([POSITION], {BEN}) == [POSITION]
    assert known_holders([POSITION], ()) == [replace(POSITION, actor_entity_id=None)]


def test_party_codes_hold_states_blocs_and_organisations():
    codes = set(party_frame(load_domain(Settings()))["party"])
    assert {"UA", "RU", "US", *BLOCS} <= codes


def test_issues_are_those_of_the_pack():
    assert "truce" not in [row.issue_id for row in issue_rows(load_domain(Settings()))]
    assert len(issue_rows(load_domain(Settings()))) == 23
    generic = [row.issue_id for row in issue_rows(load_domain(Settings(domain="generic")))]
    assert "ceasefire" in generic and "ceasefire_first" not in generic

"""Keys to entities that have no row are left empty; all others stay."""

from dataclasses import replace

from pipeline.domain import load_domain
from pipeline.keys import known_holders, known_participants
from pipeline.known import BLOCS, issue_rows, party_frame
from pipeline.model import MeetingParticipant
from pipeline.settings import Settings
from tests.good_data import ADA, BEN, POSITION


def test_unknown_participants_and_holders_are_unresolved():
    people = [MeetingParticipant("m", ADA, "Ada", None), MeetingParticipant("m", None, "Eve", None)]
    assert [p.entity_id for p in known_participants(people, {ADA})] == [ADA, None]
    assert [p.entity_id for p in known_participants(people, ())] == [None, None]
    assert known_holders([POSITION], {BEN}) == [POSITION]
    assert known_holders([POSITION], ()) == [replace(POSITION, actor_entity_id=None)]


def test_party_codes_hold_states_blocs_and_organisations():
    codes = set(party_frame(load_domain(Settings()))["party"])
    assert {"UA", "RU", "US", *BLOCS} <= codes


def test_issues_are_those_of_the_pack():
    assert "truce" not in [row.issue_id for row in issue_rows(load_domain(Settings()))]
    assert len(issue_rows(load_domain(Settings()))) == 23
    assert issue_rows(load_domain(Settings(domain="generic"))) == []

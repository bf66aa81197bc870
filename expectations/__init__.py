"""Suites of Great Expectations for every stage: as data, with names and reasons, one file a stage."""

from expectations.clean import CLEAN
from expectations.exports import EXPORTS
from expectations.extract import ENTITIES, MEETINGS, POSITIONS, REFERENCE, SET_ASIDE, STATEMENTS
from expectations.model import Expectation, Suite
from expectations.raw import RAW
from expectations.tables import TABLES

SUITES: tuple[Suite, ...] = (
    RAW,
    CLEAN,
    REFERENCE,
    ENTITIES,
    STATEMENTS,
    MEETINGS,
    POSITIONS,
    SET_ASIDE,
    TABLES,
    EXPORTS,
)

__all__ = ["SUITES", "Expectation", "Suite"]
